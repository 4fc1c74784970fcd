"""tulieuvankien.dangcongsan.vn: Party documents; addresses only, no page of it was seen.

Its lists are read without rules; files lie in Uploads/<year>/<month>/<day>.
"""

from ingest.sites.site import Site

SITE = Site(
    name="tulieuvankien.dangcongsan.vn",
    hosts=("tulieuvankien.dangcongsan.vn",),
    body=(".post-content", ".detail-content", ".news-detail"),
    files=(
        "a[href*='Uploads/'][href$='.pdf'], a[href*='Uploads/'][href$='.doc'], a[href*='Uploads/'][href$='.docx']",
    ),
)
