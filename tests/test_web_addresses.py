"""Addresses: one spelling for each page."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.web.addresses import absolute_url, canonical_url, file_name, host_key, host_name, url_shape

BASE = "https://bao.vn/chinh-tri/tin-1.html"
# (address, its canonical form, seen from BASE)
SPELLINGS = [
    ("HTTP://Bao.VN:80/Tin", "http://bao.vn/Tin"),
    ("https://bao.vn:443", "https://bao.vn/"),
    ("https://bao.vn:8443/a", "https://bao.vn:8443/a"),
    ("https://bao.vn./a", "https://bao.vn/a"),
    ("../a/./b/../c#cuoi", "https://bao.vn/a/c"),
    ("//media.bao.vn/a.pdf", "https://media.bao.vn/a.pdf"),
    ("?page=2", "https://bao.vn/chinh-tri/tin-1.html?page=2"),
    ("  /a\n\tb ", "https://bao.vn/ab"),
    ("/a?", "https://bao.vn/a"),
    ("/a?&&", "https://bao.vn/a"),
    # parameters that choose the page stay, in one order; those of one name in theirs
    ("/?pageid=27160&docid=211", "https://bao.vn/?docid=211&pageid=27160"),
    ("/a?page=2&id=7&id=3", "https://bao.vn/a?id=7&id=3&page=2"),
    ("/v.nsf/VwAllDocNew?OpenView&Start=30", "https://bao.vn/v.nsf/VwAllDocNew?OpenView&Start=30"),
    ("/tim?q=n%C3%B4ng%20th%C3%B4n", "https://bao.vn/tim?q=n%C3%B4ng+th%C3%B4n"),
    ("/a?b=c%26d=e", "https://bao.vn/a?b=c%26d=e"),
    # tracking and sessions go
    ("/a?utm_source=zalo&UTM_Medium=x&id=1&fbclid=Iw&zarsrc=30&gidzl=q", "https://bao.vn/a?id=1"),
    ("/a?_ga=1.2&mc_cid=3&igshid=4&gclid=5&replytocom=6", "https://bao.vn/a"),
    ("/a;jsessionid=0A1B?id=1", "https://bao.vn/a?id=1"),
    ("/a?PHPSESSID=abc&sid=0f9e8d7c6b5a49382716", "https://bao.vn/a"),
    ("/a?sid=25", "https://bao.vn/a?sid=25"),
    ("/a?sid=1234567890123456", "https://bao.vn/a?sid=1234567890123456"),
    ("/?s=nongthonmoi2025hatinh", "https://bao.vn/?s=nongthonmoi2025hatinh"),
    ("/a?ref=zalo", "https://bao.vn/a"),
    ("/a?ref=04-NQ", "https://bao.vn/a?ref=04-NQ"),
    # what the sentence left
    ("https://bao.vn/a).", "https://bao.vn/a"),
    ("https://bao.vn/a%20", "https://bao.vn/a"),
    ("https://bao.vn/a”,", "https://bao.vn/a"),
    ("https://bao.vn/a';", "https://bao.vn/a"),
    ("https://bao.vn/a?id=1).", "https://bao.vn/a?id=1"),
    ("https://bao.vn/a.)?utm_source=x", "https://bao.vn/a"),
    ("https://bao.vn/Tien_(tuc)", "https://bao.vn/Tien_(tuc)"),
    # letters
    ("/tin/Nông-thôn", "https://bao.vn/tin/N%C3%B4ng-th%C3%B4n"),
    ("/tin/Tie%CC%82%CC%81ng", "https://bao.vn/tin/Ti%E1%BA%BFng"),
    ("/%7etin/a%2fb/100%", "https://bao.vn/~tin/a%2Fb/100%25"),
    ("/tin/%E9", "https://bao.vn/tin/%E9"),
    ("https://tiếngviệt.vn/", "https://xn--tingvit-5t4cyc.vn/"),
    # hosts in disguise
    ("http://2130706433/", "http://127.0.0.1/"),
    ("http://0x7f.1/a", "http://127.0.0.1/a"),
    ("http://017700000001/", "http://127.0.0.1/"),
    ("http://１２７.0.0.1/", "http://127.0.0.1/"),
    ("http://[::FFFF:127.0.0.1]:80/", "http://[::ffff:7f00:1]/"),
]


@pytest.mark.parametrize(("address", "canonical"), SPELLINGS)
def test_one_spelling(address: str, canonical: str) -> None:
    assert canonical_url(address, BASE) == canonical
    assert canonical_url(canonical) == canonical


@pytest.mark.parametrize(
    "address",
    [
        "mailto:toasoan@bao.vn",
        "javascript:void(0)",
        "tel:+842393855855",
        "data:text/html,a",
        "ftp://bao.vn/a",
        "file:///etc/passwd",
        "https://ten:mat-khau@bao.vn/",
        "https://bao.vn@127.0.0.1/",
        "http:///a",
        "http://bao..vn/",
        "http://bao.vn:99999/",
        "http://bao.vn:cong/",
        "http://[::1",
        "http://999.1.1.1/",
        "http://bao vn/",
        f"http://{'a' * 64}.vn/",
    ],
)
def test_what_is_no_page_of_the_web(address: str) -> None:
    assert canonical_url(address, BASE) is None


URLS = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["http://bao.vn", "https://Bao.vn:8080", "https://bao.vn", "//x.vn", ""]),
    st.text(st.sampled_from("/.;()%20aé\u0301ế~ :@\\'\",=&sid"), max_size=20),
    st.sampled_from(
        ["", "?", "?a=1&utm_x=2", ";jsessionid=1?a", "?sid=0123456789abcdef0&q=a b).", "?%", "?a=%2"]
    ),
    st.text(max_size=8),
)


@given(URLS)
@example("https://bao.vn/\u037e")  # its NFC is ";", which is junk
@example("https://bao.vn/a?a=1%20&utm_x=)")
def test_a_canonical_address_is_its_own(address: str) -> None:
    canonical = canonical_url(address, BASE)
    if canonical is not None:
        assert canonical.isascii()
        assert canonical_url(canonical) == canonical
        assert absolute_url(canonical) == canonical


def test_a_redirect_is_followed_to_the_address_as_written() -> None:
    assert absolute_url("/a?z=1&b=2&utm_source=x#y", BASE) == "https://bao.vn/a?z=1&b=2&utm_source=x"
    assert absolute_url("/bài viết", BASE) == "https://bao.vn/b%C3%A0i%20vi%E1%BA%BFt"
    assert absolute_url("javascript:alert(1)", BASE) is None


def test_keys_and_names() -> None:
    assert host_key("https://bao.vn/a") == "bao.vn:443"
    assert host_key("http://bao.vn/a") == "bao.vn:80"
    assert host_key("http://[::1]:8001/") == "[::1]:8001"
    assert host_name("http://bao.vn:8001/a") == "bao.vn"
    assert url_shape("http://127.0.0.2:8001/lich/2026/08?ngay=12") == "http://127.0.0.2:8001/lich/#/#?ngay=#"
    assert url_shape("https://bao.vn/ti%E1%BA%BFng-1") == "https://bao.vn/tiếng-#"
    assert file_name("https://bao.vn/tep/Ngh%E1%BB%8B%20quy%E1%BA%BFt%2004.pdf?x=1") == "Nghị quyết 04.pdf"
    assert file_name("https://bao.vn/a%2Fb%0A") == "a_b_"
    assert file_name("https://bao.vn/") == "bao.vn"
