"""Archives: every file in one is a page of its own or is passed over with its reason; bombs are not unpacked."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path

import office_files as make
import pytest

from corpus.intake import take_in
from corpus.store import Store
from ingest.archives import member_name
from ingest.errors import DamagedFile, EncryptedFile, IngestError, PageTooLarge, SourceError, UnsafeFile
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.local import count_pages, list_pages
from ingest.models import RawPage, SkippedPage
from ingest.readers import read_page


def listed(
    tmp_path: Path, content: bytes, *, limits: Limits = DEFAULT_LIMITS, name: str = "a.zip"
) -> list[tuple[str, type | str]]:
    """(what follows "a.zip" in the uri, the media type or the kind of the reason) of every item."""
    path = tmp_path / name
    path.write_bytes(content)
    found = list(list_pages(path, limits=limits))
    assert count_pages(path, limits=limits) == len(found)
    assert len({item.uri for item in found}) == len(found)
    return [
        (
            item.uri.removeprefix(path.as_uri()),
            item.media_type if isinstance(item, RawPage) else type(item.reason),
        )
        for item in found
    ]


def test_files_of_an_archive(tmp_path: Path) -> None:
    content = make.make_zip(
        {
            "b/Công văn số 1.txt": "Kính gửi".encode(),
            "a.html": b"<p>x</p>",
            "c.docx": make.make_docx(make.paragraph("Chữ")),
            "c.doc": b"{\\rtf1 x}",
        }
    )
    (tmp_path / "a.zip").write_bytes(content)
    found = list(list_pages(tmp_path))
    assert all(isinstance(item, RawPage) for item in found)
    assert [(item.uri.rsplit("/a.zip")[1], item.name) for item in found if isinstance(item, RawPage)] == [
        ("#a.html", "a.zip#a.html"),
        ("#b/C%C3%B4ng%20v%C4%83n%20s%E1%BB%91%201.txt", "a.zip#b/Công văn số 1.txt"),
        ("#c.doc", "a.zip#c.doc"),
        ("#c.docx", "a.zip#c.docx"),
    ]
    assert [read_page(item).text for item in found if isinstance(item, RawPage)] == [
        "x",
        "Kính gửi",
        "x",
        "Chữ",
    ]
    assert count_pages(tmp_path) == 4


def test_what_is_passed_over(tmp_path: Path) -> None:
    content = make.make_zip(
        {
            "__MACOSX/._a.txt": b"x",
            ".DS_Store": b"x",
            "~$a.docx": b"x",
            "a.xyz": b"x",
            "rows.jsonl": b"{}",
            "thư mục/": b"",
            "z.txt": b"x",
        }
    )
    assert listed(tmp_path, content) == [
        ("#.DS_Store", SourceError),
        ("#__MACOSX/._a.txt", SourceError),
        ("#a.xyz", SourceError),
        ("#rows.jsonl", SourceError),
        ("#z.txt", "text/plain"),
        ("#~$a.docx", SourceError),
    ]


def test_paths_that_climb_are_names_and_no_more(tmp_path: Path) -> None:
    content = make.make_zip({"../../etc/x.txt": b"a", "/tmp/y.txt": b"b", "c\\d.txt": b"c"})
    assert listed(tmp_path, content) == [
        ("#../../etc/x.txt", "text/plain"),
        ("#c/d.txt", "text/plain"),
        ("#tmp/y.txt", "text/plain"),
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


def test_links_are_passed_over(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("a.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(link, b"/etc/passwd")
    assert listed(tmp_path, buffer.getvalue()) == [("#a.txt", SourceError)]


def test_archive_in_an_archive(tmp_path: Path) -> None:
    innermost = make.make_zip({"c.txt": b"c"})
    inner = make.make_zip({"b.txt": b"b", "tiếp.zip": innermost})
    word = make.make_docx(make.paragraph("Chữ"))
    content = make.make_zip({"a.txt": b"a", "trong.zip": inner, "hỏng.zip": b"PK\x03\x04", "word.zip": word})
    assert listed(tmp_path, content) == [
        ("#a.txt", "text/plain"),
        ("#h%E1%BB%8Fng.zip", DamagedFile),
        ("#trong.zip/b.txt", "text/plain"),
        ("#trong.zip/ti%E1%BA%BFp.zip", UnsafeFile),
        ("#word.zip", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ]


def flags_set(content: bytes, flag: int) -> bytes:
    """The archive with a flag of every member set, in both of its lists."""
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = content.find(mark)
        while start >= 0:
            content = content[: start + at] + bytes([content[start + at] | flag]) + content[start + at + 1 :]
            start = content.find(mark, start + 4)
    return content


def test_members_with_a_password(tmp_path: Path) -> None:
    content = flags_set(make.make_zip({"a.txt": b"a"}), 1)
    assert listed(tmp_path, content) == [("#a.txt", EncryptedFile)]


def test_same_name_twice(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("a.txt", b"1")
        archive.writestr("a.txt", b"2")
    path = tmp_path / "a.zip"
    path.write_bytes(buffer.getvalue())
    first, second = list_pages(path)
    assert isinstance(first, RawPage) and first.content == b"1"
    assert isinstance(second, SkippedPage) and "trùng tên" in str(second.reason)


LIMITS = Limits(max_archive_files=3, max_unpacked_bytes=4 << 20, max_page_bytes=2 << 20)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({f"{n}.txt": b"x" for n in range(4)}, [("", UnsafeFile)]),
        ({"a.txt": b"\0" * (5 << 20)}, [("", UnsafeFile)]),
        ({"a.txt": b"\0" * (2 << 20), "b.txt": b"x"}, [("#a.txt", UnsafeFile), ("#b.txt", "text/plain")]),
        (
            {"a.txt": bytes(range(256)) * 12000, "b.txt": b"x"},
            [("#a.txt", UnsafeFile), ("#b.txt", "text/plain")],
        ),
    ],
)
def test_bombs(tmp_path: Path, files: dict[str, bytes], expected: list[tuple[str, type | str]]) -> None:
    assert listed(tmp_path, make.make_zip(files), limits=LIMITS) == expected


def test_member_over_the_limit_of_its_kind(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.txt", b"x" * (3 << 20))
    assert listed(tmp_path, buffer.getvalue(), limits=LIMITS) == [("#a.txt", PageTooLarge)]


def test_a_word_file_is_behind_the_same_guard(tmp_path: Path) -> None:
    content = make.make_docx("", extra={"word/document.xml": b" " * (3 << 20)})
    (tmp_path / "a.docx").write_bytes(content)
    (found,) = list_pages(tmp_path)
    assert isinstance(found, RawPage)
    with pytest.raises(UnsafeFile, match=r"a\.docx.*gấp \d+ lần"):
        read_page(found)


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x03\x04" + b"x" * 50, b"no archive"])
def test_what_is_no_archive(tmp_path: Path, content: bytes) -> None:
    assert listed(tmp_path, content) == [("", DamagedFile)]


def test_empty_archive(tmp_path: Path) -> None:
    assert listed(tmp_path, make.make_zip({})) == [("", DamagedFile)]


def test_damaged_member(tmp_path: Path) -> None:
    text = bytes(range(256)) * 4
    content = make.make_zip({"a.txt": text, "b.txt": b"b"})
    at = content.index(b"a.txt") + 5
    content = content[:at] + bytes(byte ^ 0xFF for byte in content[at : at + 9]) + content[at + 9 :]
    assert listed(tmp_path, content) == [("#a.txt", DamagedFile), ("#b.txt", "text/plain")]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Quyết định.txt".encode(), "Quyết định.txt"),
        ("Quyê\u0301t đi\u0323nh.txt".encode("cp1258"), "Quyết định.txt"),
        (b"caf\x82.txt", "café.txt"),
        (b"plain.txt", "plain.txt"),
    ],
)
def test_names_in_code_pages(raw: bytes, expected: str) -> None:
    info = zipfile.ZipInfo(raw.decode("cp437"))
    assert member_name(info) == expected


def test_taking_in_again_reads_only_what_changed(tmp_path: Path) -> None:
    pages = {"a.txt": "Công văn số 1/UBND về trồng cây.".encode(), "b.txt": "Kế hoạch số 2/KH-UBND.".encode()}
    path = tmp_path / "a.zip"
    path.write_bytes(make.make_zip(pages | {"c.xyz": b"?"}))
    with Store.open(tmp_path / "store") as store:
        assert [page.change and page.change.value for page in take_in(store, [path]).pages] == [
            "new",
            "new",
            None,
        ]
        path.write_bytes(make.make_zip(pages | {"b.txt": "Kế hoạch số 3/KH-UBND.".encode()}))
        assert [page.change and page.change.value for page in take_in(store, [path]).pages] == [
            "same",
            "changed",
        ]


def test_messages_name_the_file_and_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(flags_set(make.make_zip({"sổ.txt": b"a"}), 1))
    (found,) = list_pages(tmp_path)
    assert isinstance(found, SkippedPage) and isinstance(found.reason, IngestError)
    assert str(found.reason) == (
        "'a.zip#sổ.txt' được bảo vệ bằng mật khẩu. Hãy giải nén rồi nạp các tệp bên trong."
    )
