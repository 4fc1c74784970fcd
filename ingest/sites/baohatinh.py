"""baohatinh.vn: selectors of its software's family (nhandan.vn), by inference; no page of it was seen.

Listed by its feed; a list in HTML shows its pages as `a.cms-link`.
"""

from ingest.sites.site import Site

SITE = Site(
    name="baohatinh.vn",
    hosts=("baohatinh.vn",),
    title=("h1.article__title", "h1.cms-title"),
    lead=(".article__sapo", ".cms-desc"),
    body=(".article__body", ".cms-body"),
    date=(".article__meta time", ".article__meta"),
    author=(".article__author", ".cms-author"),
    items=("a.cms-link[href]",),
    drop=((".cms-relate, .article__relate", "related"),),
)
