"""Uploads are looked at before anything is kept: their kind, size and content, and how many there are."""

from __future__ import annotations

from pathlib import Path

import pytest
from office_files import decision, make_zip

from corpus.intake import take_in
from corpus.store import Store
from ingest.errors import BinaryPage, DamagedFile, IngestError, PageTooLarge, SourceError, UnsafeFile
from ingest.limits import Limits
from ingest.uploads import check_count, check_upload

PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00" + bytes(600)
PAGE = "Thông báo lịch trực của ủy ban nhân dân xã.".encode()
SMALL = Limits(max_uploads=3, max_upload_bytes=100_000, max_uploads_bytes=150_000, max_archive_files=12)


@pytest.mark.parametrize(
    ("name", "content", "error", "told"),
    [
        pytest.param("a.pdf", PROGRAM, BinaryPage, "chương trình (Windows)", id="program-as-pdf"),
        pytest.param("a.docx", b"\x7fELF\x02" + bytes(90), BinaryPage, "(Linux)", id="program-as-word"),
        pytest.param("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(9), BinaryPage, "ảnh PNG", id="picture-as-text"),
        pytest.param("a.zip", b"Rar!\x1a\x07\x01\x00", BinaryPage, "tệp nén RAR", id="rar-as-zip"),
        pytest.param("a.exe", PROGRAM, SourceError, "Hãy lưu thành một trong các loại", id="program"),
        pytest.param("a.pdf", b"\x01\x02\x03", DamagedFile, "không phải PDF", id="no-pdf"),
        pytest.param("a.txt", b"a" * 100_001, PageTooLarge, "giới hạn", id="too-large"),
        pytest.param("a.zip", make_zip({"a.txt": bytes(4 << 20)}), UnsafeFile, "bung ra", id="bomb"),
        pytest.param(
            "a.docx", make_zip({"word/document.xml": bytes(4 << 20)}), UnsafeFile, "bung ra", id="word-bomb"
        ),
        pytest.param(
            "a.zip",
            make_zip({f"{n}.txt": PAGE for n in range(13)}),
            UnsafeFile,
            "Hãy chia nhỏ",
            id="many-in-zip",
        ),
        pytest.param("a.zip", b"PK\x03\x04 cut off", DamagedFile, "hỏng", id="cut-off"),
    ],
)
def test_what_is_no_document_is_refused_with_a_sentence(
    name: str, content: bytes, error: type[IngestError], told: str
) -> None:
    with pytest.raises(error) as refused:
        check_upload(name, content, SMALL)
    assert type(refused.value) is error
    assert told in str(refused.value)
    assert name in str(refused.value)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", PAGE),
        ("a.txt", "MZ là hai chữ viết tắt trong bảng kê.".encode()),
        ("a.docx", decision()),
        ("a.doc", decision()),  # a Word file under an older name is read by what it is
        ("a.pdf", b"\n\n%PDF-1.7\n"),
        ("a.zip", make_zip({"a.txt": PAGE, "b.txt": PAGE})),
    ],
)
def test_documents_pass(name: str, content: bytes) -> None:
    check_upload(name, content, SMALL)


def test_too_many_files_or_bytes_are_refused_as_a_whole() -> None:
    check_count([50_000] * 3, SMALL)
    with pytest.raises(SourceError, match="Đã chọn 4 tệp, quá 3 tệp một lần; chưa tệp nào được nhận"):
        check_count([1] * 4, SMALL)
    with pytest.raises(SourceError, match="một lần; chưa tệp nào được nhận"):
        check_count([100_000, 50_001], SMALL)


def test_a_program_in_a_folder_is_refused_too(tmp_path: Path) -> None:
    (tmp_path / "don.pdf").write_bytes(PROGRAM)
    with Store.open(tmp_path / "store") as store:
        (page,) = take_in(store, [tmp_path / "don.pdf"]).pages
        assert store.state().documents == 0
    assert page.problem is not None
    assert "nội dung là chương trình (Windows)" in page.problem
