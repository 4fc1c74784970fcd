"""Files, folders and rows: every one comes out as a page or as a skip with its reason."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ingest.errors import MalformedRow, PageTooLarge, SourceError
from ingest.limits import Limits
from ingest.local import SkippedPage, count_pages, guess_media_type, list_pages
from ingest.models import RawPage


def rows(*values: object) -> bytes:
    return b"".join(json.dumps(value, ensure_ascii=False).encode() + b"\n" for value in values)


def test_file_is_one_page(tmp_path: Path) -> None:
    path = tmp_path / "công văn.txt"
    path.write_bytes("Kính gửi".encode())
    (page,) = list_pages(path)
    assert isinstance(page, RawPage)
    assert (page.uri, page.media_type, page.name) == (path.as_uri(), "text/plain", "công văn.txt")
    assert page.sha256 == hashlib.sha256("Kính gửi".encode()).hexdigest()


def test_folder_is_listed_in_order_with_reasons(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("b/2.html", "a.txt", "c.xyz", ".hidden.txt", "b/1.HTM"):
        (tmp_path / name).write_text("<p>x</p>", encoding="utf-8")
    found = list(list_pages(tmp_path))
    assert [(type(f).__name__, f.uri.removeprefix(tmp_path.as_uri() + "/")) for f in found] == [
        ("SkippedPage", ".hidden.txt"),
        ("RawPage", "a.txt"),
        ("RawPage", "b/1.HTM"),
        ("RawPage", "b/2.html"),
        ("SkippedPage", "c.xyz"),
    ]
    reasons = [str(f.reason) for f in found if isinstance(f, SkippedPage)]
    assert "ẩn" in reasons[0] and "Chưa đọc được loại tệp" in reasons[1]
    assert count_pages(tmp_path) == 5


def test_rows_go_on_after_bad_lines(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(
        b"\xef\xbb\xbf"
        + rows({"id": "a/1 b", "text": "Một"})
        + b"{not json\n\n"
        + rows(
            {"text": "thiếu id"}, ["không", "phải"], {"id": "a/1 b", "text": "lặp"}, {"id": 7, "text": "Bảy"}
        )
        + b"\xff\xfe\n"
    )
    found = list(list_pages(path))
    pages = [f for f in found if isinstance(f, RawPage)]
    skips = [f for f in found if isinstance(f, SkippedPage)]
    assert [p.uri for p in pages] == [path.as_uri() + "#a/1%20b", path.as_uri() + "#7"]
    assert pages[0].content == rows({"id": "a/1 b", "text": "Một"}).strip()
    assert [s.uri.rsplit("#")[1] for s in skips] == ["line=2", "line=4", "line=5", "line=6", "line=8"]
    assert all(isinstance(s.reason, MalformedRow) for s in skips)
    assert "dòng 1" in str(skips[3].reason)
    assert count_pages(path) == len(found) == 7


def test_deeply_nested_row_is_a_skip(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"[" * 100_000 + b"\n" + rows({"id": "1", "text": "x"}))
    assert [type(f) for f in list_pages(path)] == [SkippedPage, RawPage]


def test_large_rows_and_files_are_skips(tmp_path: Path) -> None:
    limits = Limits(max_page_bytes=100, max_html_bytes=100)
    (tmp_path / "a.jsonl").write_bytes(rows({"id": "1", "text": "x" * 200}, {"id": "2", "text": "y"}))
    (tmp_path / "b.txt").write_bytes(b"x" * 101)
    found = list(list_pages(tmp_path, limits=limits))
    assert [type(f) for f in found] == [SkippedPage, RawPage, SkippedPage]
    assert all(isinstance(f.reason, PageTooLarge) for f in found if isinstance(f, SkippedPage))


@pytest.mark.parametrize("name", ["none.txt", "none", "x.xyz"])
def test_bad_source_raises_at_once(tmp_path: Path, name: str) -> None:
    (tmp_path / "x.xyz").write_bytes(b"?")
    with pytest.raises(SourceError, match=name.split(".")[0]):
        list_pages(tmp_path / name)


def test_file_that_vanishes_is_a_skip(tmp_path: Path) -> None:
    for name in ("1.txt", "2.txt", "3.txt"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    found = list_pages(tmp_path)
    next(found)
    (tmp_path / "2.txt").unlink()
    second, third = found
    assert isinstance(second, SkippedPage) and isinstance(second.reason, SourceError)
    assert "không còn ở đó" in str(second.reason)
    assert isinstance(third, RawPage)


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that other users can enter; pytest's own is closed to them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


@contextmanager
def as_plain_user() -> Iterator[None]:
    """root reads everything, so a test of permissions run by root acts as another user."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_file_without_permission_is_a_skip() -> None:
    with open_folder() as folder:
        path = folder / "a.txt"
        path.write_text("x", encoding="utf-8")
        path.chmod(0)
        with as_plain_user():
            (found,) = list_pages(folder)
    assert isinstance(found, SkippedPage) and "quyền" in str(found.reason)


@pytest.mark.skipif(os.name != "posix", reason="links and pipes of POSIX")
def test_links_and_pipes_are_skips(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    assert [type(f) for f in list_pages(tmp_path)] == [SkippedPage] * 3


@pytest.mark.parametrize(
    ("named", "content", "expected"),
    [
        ("text/plain", b"\xef\xbb\xbf  <!DOCTYPE html><p>x", "text/html"),
        ("text/plain", b"<p> is how a paragraph begins", "text/plain"),
        ("text/html", b"only words", "text/plain"),
        ("text/html", b"<p>x</p>", "text/html"),
    ],
)
def test_media_type_follows_the_bytes(named: str, content: bytes, expected: str) -> None:
    assert guess_media_type(named, content) == expected
