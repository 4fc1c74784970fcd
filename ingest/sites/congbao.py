"""congbao.chinhphu.vn, the official gazette: attributes of a document and its files; the text is in a PDF."""

from ingest.sites.site import Site

SITE = Site(
    name="congbao.chinhphu.vn",
    hosts=("congbao.chinhphu.vn",),
    body=(".content-detail", ".detail-content"),
    drop=((".list--open, .list-file", "related"),),
    holds_documents=True,
)
