"""nhandan.vn: listed by its sitemaps and feeds; a list in HTML shows its pages as `a.cms-link`, by inference."""

from ingest.sites.site import Site

SITE = Site(
    name="nhandan.vn",
    hosts=("nhandan.vn",),
    marks=("h1.article__title.cms-title",),
    title=("h1.article__title.cms-title", "h1.article__title"),
    lead=("div.article__sapo.cms-desc", ".article__sapo"),
    body=("div.article__body.cms-body", ".article__body"),
    date=("time.time[datetime]", ".article__meta time", ".article__meta"),
    author=(".article__author",),
    items=("a.cms-link[href]",),
    drop=((".cms-relate, a.cms-relate", "related"),),
)
