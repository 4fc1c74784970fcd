"""vanban.chinhphu.vn: a table of attributes; the text is in a PDF.

A list is an ASP.NET grid; its further pages are posted by a script (`Page$2`), no link leads there. Of the grid
only the ids and classes are known (docs/sources.md).
"""

from ingest.sites.site import Site

SITE = Site(
    name="vanban.chinhphu.vn",
    hosts=("vanban.chinhphu.vn",),
    title=("h1",),
    body=(".Content", ".content"),
    items=(
        "[id$=grvDocument] a[href*='docid='], [id$=grvDocument] a[href$='.pdf'], [id$=grvDocument] a[href$='.doc'],"
        " [id$=grvDocument] a[href$='.docx'], [id$=grvDocument] a[href$='.zip']",
    ),
    holds_documents=True,
)
