"""Thêm văn bản: a page of its own once; its address leads to the part of Kho dữ liệu."""

from __future__ import annotations

import streamlit as st

from pages.frame import ADDING

st.switch_page("pages/kho_du_lieu.py", query_params={"phan": ADDING})
