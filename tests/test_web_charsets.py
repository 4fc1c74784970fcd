"""Charsets: what the server declares, and pages whose declarations lie."""

from __future__ import annotations

import pytest

from ingest.errors import BinaryPage
from ingest.models import Origin, RawPage, hash_content
from ingest.readers.html import read_html
from ingest.web.response import declared_charset

TEXT = "Độc lập, tự do: Nghị quyết của Tỉnh ủy về nông thôn mới, ban hành tại Hà Tĩnh."
WINDOWS_1258 = "Nghi\u0323 quyê\u0301t cu\u0309a Ti\u0309nh uy\u0309 vê\u0300 nông thôn mơ\u0301i, ban ha\u0300nh ta\u0323i Ha\u0300 Ti\u0303nh."


def read(content: bytes, charset: str | None) -> str:
    origin = Origin(
        source="bao", url="https://bao.vn/a", fetched_at="2026-03-01T00:00:00+00:00", charset=charset
    )
    page = RawPage(
        uri="https://bao.vn/a",
        content=content,
        sha256=hash_content(content),
        media_type="text/html",
        name="a",
        origin=origin,
    )
    return read_html(page).text


def page(text: str, meta: str | None) -> str:
    return f"<html><head>{f'<meta charset={meta}>' if meta else ''}</head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize("header", [None, "cp1252", "windows-1258", "utf-16", "gb18030", "khong-co", "utf-8"])
@pytest.mark.parametrize("meta", [None, "iso-8859-1", "windows-1258", "utf-16", "utf-8"])
def test_utf8_is_utf8_whatever_header_and_meta_say(header: str | None, meta: str | None) -> None:
    assert read(page(TEXT, meta).encode(), header) == TEXT


@pytest.mark.parametrize("header", [None, "utf-8", "cp1252", "iso-8859-1", "windows-1258", "us-ascii"])
@pytest.mark.parametrize("meta", [None, "utf-8", "iso-8859-1", "windows-1258"])
def test_windows_1258_is_found_whatever_header_and_meta_say(header: str | None, meta: str | None) -> None:
    expected = "Nghị quyết của Tỉnh uỷ về nông thôn mới, ban hành tại Hà Tĩnh."
    assert read(page(WINDOWS_1258, meta).encode("cp1258"), header) == expected


def test_a_few_bad_bytes_do_not_make_utf8_something_else() -> None:
    content = page(f"{TEXT} " * 40, None).encode()
    broken = content.replace("mới".encode(), b"m\xe1\xbbi", 1)
    assert read(broken, "iso-8859-1").startswith(TEXT.replace("mới", "m\ufffdi"))


def test_the_header_decides_before_the_page_where_the_bytes_do_not() -> None:
    content = page("Москва: договор о дружбе", "iso-8859-5").encode("koi8-r")
    assert read(content, "koi8-r") == "Москва: договор о дружбе"
    assert read(content, None) != "Москва: договор о дружбе"


def test_western_pages_are_read_where_they_say_so() -> None:
    content = page("Übersetzung für Größen: naïve “œuvre”", "iso-8859-1").encode("cp1252")
    assert read(content, None) == "Übersetzung für Größen: naïve “œuvre”"
    bare = page("Übersetzung für Größen: naïve “œuvre”", None).encode("cp1252")
    assert read(bare, "cp1252") == "Übersetzung für Größen: naïve “œuvre”"
    with pytest.raises(BinaryPage):
        read(bare, None)


@pytest.mark.parametrize(
    ("header", "charset"),
    [
        ("text/html; charset=UTF-8", "utf-8"),
        ('text/html;charset="windows-1258"', "cp1258"),
        ('text/html; boundary="charset=x"; charset="utf-8"', "utf-8"),
        ("text/html; charset=ISO-8859-1", "cp1252"),
        ("text/html; charset=", None),
        ("text/html; charset=x-user-defined", None),
        ("text/html", None),
        ("", None),
    ],
)
def test_declared_charsets(header: str, charset: str | None) -> None:
    assert declared_charset({"content-type": header}) == charset


def test_no_header_declares_nothing() -> None:
    assert declared_charset({}) is None
