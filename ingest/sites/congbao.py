"""congbao.chinhphu.vn, the official gazette: attributes of a document and its files; the text is in a PDF.

Its lists are feeds. Of the HTML lists (`/van-ban-dang-cong-bao/…/trang-{N}.htm`) no structure is known; a page
beyond the last repeats the last.
"""

from ingest.sites.site import Site

SITE = Site(
    name="congbao.chinhphu.vn",
    hosts=("congbao.chinhphu.vn",),
    title=(".title-detail", "h1"),
    body=(".content-detail", ".detail-content"),
    drop=((".list--open, .list-file", "related"),),
    files=(".list--open a[data-file], .list-file a[data-file]",),
    holds_documents=True,
)
