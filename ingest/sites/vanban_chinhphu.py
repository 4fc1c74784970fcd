"""vanban.chinhphu.vn: a table of attributes; the text is in a PDF."""

from ingest.sites.site import Site

SITE = Site(
    name="vanban.chinhphu.vn",
    hosts=("vanban.chinhphu.vn",),
    body=(".Content", ".content"),
    holds_documents=True,
)
