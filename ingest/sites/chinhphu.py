"""chinhphu.vn and its news sites (xaydungchinhsach, baochinhphu): one family of pages.

The list's structure is known of xaydungchinhsach.chinhphu.vn (`/chinh-sach-moi.htm?page=N`).
"""

from ingest.sites.site import Site

SITE = Site(
    name="chinhphu.vn",
    hosts=("chinhphu.vn",),
    title=("h1.detail-title", "h1[data-role=title]", "h1"),
    lead=("h2.detail-sapo", "[data-role=sapo]"),
    body=(".detail-content[data-role=content]", "[data-role=content]", ".detail-content"),
    date=(".detail-time [data-role=publishdate]", "[data-role=publishdate]", ".detail-time"),
    author=(".detail-author", "[data-role=author]"),
    drop=(
        (".VCSortableInPreviewMode[type=RelatedNewsBox], .VCSortableInPreviewMode[type=link]", "related"),
        (".kbwc-related-news, .box-related", "related"),
    ),
    items=(".box-category-item a[title][href]",),
)
