"""The page: navigation and what every page shares. `pages/` draws what the rooms return."""

from __future__ import annotations

import streamlit as st

from pages.frame import draw_frame, settle_first_address

ABOUT = (
    "**Căn Cứ**: kho văn bản chính sách. Mọi câu trả lời là đoạn trích nguyên văn, mở được ngay tại chỗ trích. "
    "Trang này chạy trên máy của bạn; trình duyệt không gọi tới máy nào khác."
)
# With an entry of its own the menu is there, and with it the choice between light and dark.
st.set_page_config(
    page_title="Căn Cứ", layout="centered", initial_sidebar_state="collapsed", menu_items={"About": ABOUT}
)
pages = [
    st.Page("pages/hoi_dap.py", title="Hỏi đáp", default=True),
    st.Page("pages/tra_cuu.py", title="Tra cứu", url_path="tra-cuu"),
    # A page of its own: a link from a page to itself does not change the address.
    st.Page("pages/doc_van_ban.py", title="Văn bản", url_path="doc-van-ban", visibility="hidden"),
    st.Page("pages/trich_dan.py", title="Trích dẫn", url_path="trich-dan"),
    st.Page("pages/so_sanh.py", title="So sánh tỉnh", url_path="so-sanh"),
    st.Page("pages/kho_du_lieu.py", title="Kho dữ liệu", url_path="kho-du-lieu"),
    # The address that was once a page of its own: it leads to the part of Kho dữ liệu.
    st.Page("pages/them_van_ban.py", title="Thêm văn bản", url_path="them-van-ban", visibility="hidden"),
]
page = st.navigation(pages, position="top")
settle_first_address()
draw_frame([one.url_path for one in pages])
page.run()
