"""luatvietnam.vn: pages that a reader saved.

Checked on a saved page of 2026. An address is resolved by its id alone, so a page may hold another document than
its name says. The summary above the text is the site's (`.doc-summary`); each clause carries a menu
(`.document-tip`) and a note for members (`.tooltip-button`), hidden until one clicks. How it lists documents is not known: its feed holds news only.
"""

from ingest.sites.site import Site

SITE = Site(
    name="luatvietnam.vn",
    hosts=("luatvietnam.vn",),
    marks=(".the-document-body.noidungtracuu", ".the-document-body [class^=docitem-]"),
    body=(
        "#noidung .the-document-body",
        ".the-document-body.noidungtracuu",
        ".the-document-body:not(.doc-summary)",
    ),
    drop=(
        (".document-tip, .tooltip-button, .bg-theo-doi, .w-tip-r", "portal_notice"),
        (".docitem-binhluan, .docitem-binh-luan", "comment_form"),
        ("#tomtat, .doc-summary", "portal_summary"),
    ),
    files=("a[href*='VIETLAWFILE']",),
    holds_documents=True,
)
