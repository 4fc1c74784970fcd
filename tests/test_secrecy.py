"""Secrecy marks at the head of a document, and texts that only speak of secrets."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

import pytest
from conftest import SAMPLES, shared

from corpus.intake import take_in
from corpus.store import Store
from ingest.errors import SecretDocument
from ingest.local import list_pages
from ingest.models import RawPage, Sheet
from ingest.readers import read_page
from ingest.readers.text import read_plain
from ingest.secrecy import DEGREES, INTERNAL, find_mark, refuse_secret
from settings import INTERNAL_MARKS, SettingsError, load_settings

BODY = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2025;\n\n"
    "Ủy ban nhân dân xã báo cáo kết quả rà soát hộ nghèo trong quý I như sau, kèm theo biểu tổng hợp của từng thôn.\n"
)


def _letter(*head: str, body: str = BODY) -> str:
    return "\n\n".join(head) + "\n\n" + body


MARKED = (
    # a line of its own, in each place where it is stamped
    (_letter("MẬT", "ỦY BAN NHÂN DÂN", "XÃ AN BÌNH", "Số: 05/BC-UBND", "BÁO CÁO"), "MẬT"),
    (_letter("ỦY BAN NHÂN DÂN", "XÃ AN BÌNH", "Số: 05/BC-UBND", "TỐI MẬT", "BÁO CÁO"), "TỐI MẬT"),
    (_letter("TỈNH ỦY AN BÌNH", "*", "Số 12-BC/TU", "(TUYỆT MẬT)", "BÁO CÁO"), "TUYỆT MẬT"),
    (_letter("TỈNH ỦY AN BÌNH", "Số 12-BC/TU", "Độ mật: Tối mật", "BÁO CÁO"), "TỐI MẬT"),
    (_letter("T Ố I  M Ậ T", "TỈNH ỦY AN BÌNH", "Số 12-BC/TU", "BÁO CÁO"), "TỐI MẬT"),
    (_letter("M Ậ T", "TỈNH ỦY AN BÌNH", "Số 12-BC/TU", "BÁO CÁO"), "MẬT"),
    # beside the number or the issuer
    (_letter("ỦY BAN NHÂN DÂN\tMẬT", "Số: 05/BC-UBND", "BÁO CÁO"), "MẬT"),
    (_letter("ỦY BAN NHÂN DÂN", "Số: 05/BC-UBND MẬT", "BÁO CÁO"), "MẬT"),
    (_letter("ỦY BAN NHÂN DÂN", "Số: 05 - BC/HU    TUYỆT MẬT", "BÁO CÁO"), "TUYỆT MẬT"),
    # internal ones
    (_letter("ỦY BAN NHÂN DÂN", "Số: 05/BC-UBND", "Lưu hành nội bộ", "BÁO CÁO"), "Lưu hành nội bộ"),
    (_letter("(TÀI LIỆU LƯU HÀNH NỘI BỘ)", "ỦY BAN NHÂN DÂN", "BÁO CÁO"), "Lưu hành nội bộ"),
    (_letter("BÁO CÁO", "Không phổ biến"), "Không phổ biến"),
    (_letter("KHÔNG PHỔ BIẾN TRÊN BÁO CHÍ", "BÁO CÁO"), "Không phổ biến"),
    (_letter("Tài liệu nội bộ", "BÁO CÁO"), "Tài liệu nội bộ"),
    # the gravest of several
    (_letter("Lưu hành nội bộ", "MẬT", "BÁO CÁO"), "MẬT"),
    # read by OCR, or typed, without diacritics
    ("UY BAN NHAN DAN\n\nSo: 05/BC-UBND\n\nTOI MAT\n\nBAO CAO\n\nCan cu Luat To chuc;\n", "TỐI MẬT"),
    ("UY BAN NHAN DAN\n\nSo: 05/BC-UBND\n\nMAT\n\nBAO CAO\n\nCan cu Luat To chuc;\n", "MẬT"),
    (_letter("LUU HANH NOI BO", "ỦY BAN NHÂN DÂN", "BÁO CÁO"), "Lưu hành nội bộ"),
)

UNMARKED = (
    _letter("QUỐC HỘI", "Luật số: 117/2025/QH15", "LUẬT", "BẢO VỆ BÍ MẬT NHÀ NƯỚC"),
    _letter(
        "BỘ CÔNG AN", "QUYẾT ĐỊNH", "BAN HÀNH DANH MỤC BÍ MẬT NHÀ NƯỚC ĐỘ TUYỆT MẬT, ĐỘ TỐI MẬT, ĐỘ", "MẬT"
    ),
    _letter("BỘ CÔNG AN", "QUYẾT ĐỊNH", "VỀ QUẢN LÝ TÀI LIỆU", "TỐI MẬT"),
    _letter("UBND XÃ", "KẾ HOẠCH", "MẶT", "MẤT"),
    _letter("UBND XÃ", "THÔNG BÁO", "V/v bảo quản tài liệu mật và tài liệu lưu hành nội bộ"),
    _letter("UBND XÃ", "DANH MỤC THỦ TỤC HÀNH CHÍNH NỘI BỘ", "Quy trình nội bộ"),
    # marks below running text belong to something else
    _letter("UBND XÃ", "BÁO CÁO", body=BODY + "\nMẬT\n\nLưu hành nội bộ\n"),
    # the end of a sentence that is broken over lines
    _letter("UBND XÃ", "Văn bản này chỉ dùng trong cơ quan,", "không phổ biến."),
    "Giá mật ong ở các xã miền núi\n\nMật\n\nNgười nuôi ong cho biết giá mật năm nay cao hơn năm ngoái.\n",
)


@pytest.mark.parametrize(("text", "mark"), MARKED, ids=[f"{i}-{mark}" for i, (_, mark) in enumerate(MARKED)])
def test_marks_at_the_head_are_found(text: str, mark: str) -> None:
    assert find_mark(read_plain(text, "tep.txt")) == mark


@pytest.mark.parametrize("text", UNMARKED)
def test_texts_about_secrets_are_no_secrets(text: str) -> None:
    assert find_mark(read_plain(text, "tep.txt")) is None


def test_wrong_tones_are_marks_only_where_they_were_read_by_ocr() -> None:
    from dataclasses import replace

    page = read_plain(_letter("UBND XÃ AN BÌNH", "Số: 05/BC-UBND", "MẶT", "BÁO CÁO"), "quet.pdf")
    assert find_mark(page) is None
    sheet = Sheet(number=1, start=0, end=len(page.text), scanned=True, confidence=71.0)
    assert find_mark(replace(page, sheets=(sheet,))) == "MẬT"


def test_an_html_menu_is_no_head(tmp_path: Path) -> None:
    page = tmp_path / "trang.html"
    page.write_text(
        "<html><body><nav><ul><li>Trang chủ</li><li>Tài liệu nội bộ</li><li>Liên hệ</li></ul></nav>"
        f"<main><h1>Thông báo lịch tiếp dân</h1><p>{'Lãnh đạo xã tiếp công dân vào thứ Năm. ' * 8}</p></main>"
        "</body></html>",
        "utf-8",
    )
    found = next(iter(list_pages(page)))
    assert isinstance(found, RawPage)
    assert find_mark(read_page(found)) is None


def test_degrees_cannot_be_allowed_and_internal_marks_by_name_only() -> None:
    for text, mark in MARKED:
        page = read_plain(text, "tep.txt")
        if mark in DEGREES:
            with pytest.raises(SecretDocument, match=mark):
                refuse_secret(page, "tep.txt", allow=(*INTERNAL, *DEGREES))
        else:
            refuse_secret(page, "tep.txt", allow=[mark])
            with pytest.raises(SecretDocument, match=r"\[secrecy\] allow"):
                refuse_secret(page, "tep.txt", allow=[other for other in INTERNAL if other != mark])


def test_the_settings_name_the_internal_marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert INTERNAL_MARKS == INTERNAL
    config = tmp_path / "config.toml"
    monkeypatch.setenv("CANCU_CONFIG", str(config))
    config.write_text('[secrecy]\nallow = ["Lưu hành nội bộ"]\n', "utf-8")
    assert load_settings().secrecy_allow == ("Lưu hành nội bộ",)
    for wrong in ('allow = ["MẬT"]', 'allow = "Lưu hành nội bộ"', "allow = [1]", "cho_phep = []"):
        config.write_text(f"[secrecy]\n{wrong}\n", "utf-8")
        with pytest.raises(SettingsError, match="secrecy"):
            load_settings()
    config.write_text('secrecy = "x"\n', "utf-8")
    with pytest.raises(SettingsError, match="secrecy"):
        load_settings()


def test_nothing_of_a_secret_file_is_kept(tmp_path: Path) -> None:
    word = "Hương-Khê-bốn-hai"  # stands nowhere else
    secret = tmp_path / "bao-cao.txt"
    secret.write_text(
        _letter("UBND XÃ AN BÌNH", "Số: 05/BC-UBND", "MẬT", "BÁO CÁO", body=BODY + word), "utf-8"
    )
    (tmp_path / "thuong.txt").write_text(_letter("UBND XÃ AN BÌNH", "Số: 06/BC-UBND", "BÁO CÁO"), "utf-8")
    with Store.open(tmp_path / "store") as store:
        report = take_in(store, [secret, tmp_path / "thuong.txt"])
        failed, kept = report.pages
        assert (failed.problem_kind, failed.document_id, failed.title) == ("SecretDocument", None, None)
        assert "“MẬT”" in (failed.problem or "") and word not in (failed.problem or "")
        assert kept.document_id is not None
        assert store.document_ids() == (kept.document_id,)
        (problem,) = store.problems()
        assert problem[1] == "SecretDocument"
        assert "rà soát" not in problem[2]
        assert len(list((tmp_path / "store" / "raw").rglob("*.gz"))) == 1
    for file in (tmp_path / "store").rglob("*"):
        if file.is_file():
            assert word.encode() not in file.read_bytes(), file


def test_an_allowed_internal_paper_is_read(tmp_path: Path) -> None:
    page = tmp_path / "noi-bo.txt"
    page.write_text(_letter("UBND XÃ AN BÌNH", "Lưu hành nội bộ", "BÁO CÁO"), "utf-8")
    with Store.open(tmp_path / "store") as store:
        assert take_in(store, [page]).pages[0].problem_kind == "SecretDocument"
        assert take_in(store, [page], allow=("Lưu hành nội bộ",)).pages[0].document_id is not None
        assert store.problems() == ()


@pytest.mark.parametrize("step", [12, pytest.param(1, marks=pytest.mark.long)])
def test_no_false_alarm_on_real_rows(step: int) -> None:
    """Every twelfth row in each run, all 901 documents and the news in the long one."""
    counted = 0
    for name in ("documents.jsonl", "provincial_news.jsonl"):
        with shared(f"data/official-docs/{name}").open(encoding="utf-8") as lines:
            for row in map(json.loads, islice(lines, 0, None, step)):
                page = read_plain(row["text"], row["id"], title=row.get("title"))
                assert find_mark(page) is None, row["id"]
                counted += 1
    assert counted >= 930 // step


def test_no_false_alarm_on_saved_pages() -> None:
    for folder in (shared("data/seeds"), shared("data/files/html"), SAMPLES):
        for found in list_pages(folder):
            if isinstance(found, RawPage):
                assert find_mark(read_page(found)) is None, found.name
