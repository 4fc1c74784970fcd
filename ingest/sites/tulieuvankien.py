"""tulieuvankien.dangcongsan.vn: Party documents; addresses only, no page of it was seen."""

from ingest.sites.site import Site

SITE = Site(
    name="tulieuvankien.dangcongsan.vn",
    hosts=("tulieuvankien.dangcongsan.vn",),
    body=(".post-content", ".detail-content", ".news-detail"),
)
