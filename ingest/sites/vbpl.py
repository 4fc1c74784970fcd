"""vbpl.vn, the database of legal texts: pages of before April 2026 (`#toanvancontent`) and after (`.prov-*`).

After: what an amendment replaced stays in the page, hidden. Listed by its sitemaps; `items` are those of lists of before April 2026.
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
    files=(".fileAttack a[href], .vbFile a[href]",),
    items=("ul.listLaw > li p.title a",),
    holds_documents=True,
)
