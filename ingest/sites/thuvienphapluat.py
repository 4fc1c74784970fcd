"""thuvienphapluat.vn: never fetched; pages that a reader saved.

Checked on saved pages of 2026: the Vietnamese text and its English translation stand in the same page, each in a
`div.content1`, and the translation is cut short for visitors without an account. No rules of lists: the site does not want to be crawled.
"""

from ingest.sites.site import Site

SITE = Site(
    name="thuvienphapluat.vn",
    hosts=("thuvienphapluat.vn",),
    marks=("#divContentDoc.cldivContentDocVn", "#ctl00_Content_ThongTinVB_pnlDocContent"),
    body=(
        "#divContentDoc.cldivContentDocVn .content1",
        "#ctl00_Content_ThongTinVB_pnlDocContent .content1",
        "#tab1 .content1",
        ".news-content",  # its own articles
    ),
    drop=(("#__mucluc, .mlContent", "nav"), ("#hd-save-doc, .tooltip-content, .ui-tooltip", "portal_notice")),
    holds_documents=True,
)
