"""vbpl.vn, the database of legal texts: pages of before April 2026 (`#toanvancontent`) and after (`.prov-*`).

After: what an amendment replaced stays in the page, hidden.
"""

from ingest.sites.site import Site

SITE = Site(
    name="vbpl.vn",
    hosts=("vbpl.vn", "moj.gov.vn"),
    marks=("#toanvancontent",),
    body=("#toanvancontent", ".fulltext #toanvancontent"),
    drop=(
        (".vbLienQuan, .box-map, .fileAttack, .vbFile", "related"),
        (".prov-old, .prov-history, .old-version", "hidden"),
    ),
    holds_documents=True,
)
