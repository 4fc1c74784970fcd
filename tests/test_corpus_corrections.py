"""Corrections by people: what a value may be, and that they outlive reading again, removal and re-indexing."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.corrections import check_value, describe_correction, name_fact
from corpus.errors import InvalidCorrection, UnknownDocument
from corpus.intake import read_again, take_in
from corpus.models import DocumentKind, Fact
from corpus.store import Store
from index.query import read_query

Cancu = Callable[..., subprocess.CompletedProcess[str]]
WHO = {"by": "Văn thư xã", "reason": "số bị mờ khi quét"}

LETTER = """ỦY BAN NHÂN DÂN
XÃ AN BÌNH

Số: 15/KH-UBND

An Bình, ngày 05 tháng 3 năm 2025

KẾ HOẠCH
Về trồng cây đầu năm

Căn cứ Quyết định số 263/QĐ-TTg ngày 22 tháng 02 năm 2022 của Thủ tướng Chính phủ;

Ủy ban nhân dân xã An Bình trồng cây dọc các tuyến đường liên thôn từ ngày 10 tháng 3.
"""


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "ke-hoach.txt"
    path.write_text(LETTER, "utf-8")
    return path


def _take(store: Store, path: Path) -> str:
    document_id = take_in(store, [path]).pages[0].document_id
    assert document_id is not None
    return document_id


# --- values

VALUES = (
    ("issued_on", "2021-07-15", "2021-07-15"),
    ("issued_on", "15/7/2021", "2021-07-15"),
    ("effective_on", "ngày 1 tháng 1 năm 2026"[5:], "2026-01-01"),
    ("symbol", "04-nq/tu", "04-NQ/TU"),
    ("symbol", "263-qđ/ttg", "263/QĐ-TTg"),
    ("level", "Tinh", "tỉnh"),
    ("level", "TRUNG ƯƠNG", "trung ương"),
    ("system", "đảng", "Đảng"),
    ("province", "tỉnh Hà Tĩnh", "Hà Tĩnh"),
    ("signer", "  Nguyễn   Văn A ", "Nguyễn Văn A"),
    ("signer", "", None),
    ("symbol", "  ", None),
    ("kind", "news", "news"),
    ("kind", "Văn bản", "official"),
    ("kind", "", "unknown"),
)
WRONG = (
    ("issued_on", "31/2/2022"),
    ("issued_on", "tháng 7 năm 2021"),
    ("issued_on", "từ 15/7/2021 đến 16/7/2021"),
    ("symbol", "số bốn"),
    ("symbol", "NQ 04"),
    ("level", "quận trung tâm"),
    ("system", "công ty"),
    ("province", "Xứ Nghệ Tĩnh Xưa"),
    ("kind", "thơ"),
)


@pytest.mark.parametrize(("name", "typed", "value"), VALUES)
def test_values_are_kept_in_the_form_of_facts(name: str, typed: str, value: str | None) -> None:
    assert check_value(name, typed) == value


@pytest.mark.parametrize(("name", "typed"), WRONG)
def test_impossible_values_are_refused(name: str, typed: str) -> None:
    with pytest.raises(InvalidCorrection):
        check_value(name, typed)


def test_facts_are_named_in_english_or_vietnamese() -> None:
    assert [name_fact(typed) for typed in ("symbol", "Issued_On", "số, ký hiệu", "Ngay ban hanh")] == [
        "symbol",
        "issued_on",
        "symbol",
        "issued_on",
    ]
    with pytest.raises(InvalidCorrection, match="issued_on"):
        name_fact("màu giấy")


# --- in the store


def test_a_corrected_fact_has_no_span_and_says_who_and_why(tmp_path: Path, letter: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        document_id = _take(store, letter)
        read = store.document(document_id).facts.symbol
        assert read is not None and read.value == "15/KH-UBND" and read.corrected_by is None
        before = store.state()
        store.correct(document_id, "symbol", "16/kh-ubnd", **WHO)
        corrected = Fact(value="16/KH-UBND", corrected_by="Văn thư xã", reason="số bị mờ khi quét")
        assert store.document(document_id).facts.symbol == corrected
        assert store.profile(document_id).symbol == "16/KH-UBND"
        assert store.document(document_id, as_read=True).facts.symbol == read
        after = store.state()
        assert (after.revision, after.edition) == (before.revision, before.edition + 1)  # no index is stale
        assert describe_correction(store.corrections(document_id)[0]) == (
            "Số, ký hiệu: 16/KH-UBND; đã sửa bởi Văn thư xã vì số bị mờ khi quét"
        )


def test_a_corrected_number_is_found_by_every_look_up(tmp_path: Path, letter: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        document_id = _take(store, letter)
        store.correct(document_id, "symbol", "16/KH-UBND", **WHO)
        assert store.documents_with_symbol("16/KH-UBND") == (document_id,)
        assert store.documents_with_symbol("15/KH-UBND") == ()
        assert store.find_document("16-kh/ubnd") == document_id
        with pytest.raises(UnknownDocument):
            store.find_document("15/KH-UBND")
        assert store.symbols_like("KH", "016") == ("16/KH-UBND",)
        assert read_query("kế hoạch 16 nói gì?", store).symbols == ("16/KH-UBND",)
        known = store.mentioned("16/KH-UBND")
        assert known is not None and known.held_by == (document_id,)
        assert store.list_documents()[0]["symbol"] == "16/KH-UBND"


def test_an_empty_value_says_unknown_and_undo_goes_back(tmp_path: Path, letter: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        document_id = _take(store, letter)
        read = store.document(document_id).facts
        store.correct(document_id, "symbol", "16/KH-UBND", **WHO)
        store.correct(document_id, "symbol", "", **WHO)
        assert store.facts(document_id).symbol is None
        assert store.documents_with_symbol("16/KH-UBND") == ()
        store.undo_correction(document_id, "symbol", by="Kiểm tra", reason="đã xem bản gốc")
        held = store.facts(document_id).symbol
        assert held is not None and held.value == "16/KH-UBND"
        store.undo_correction(document_id, "symbol", by="Kiểm tra", reason="đã xem bản gốc")
        assert store.facts(document_id) == read
        with pytest.raises(InvalidCorrection, match="không có gì để bỏ"):
            store.undo_correction(document_id, "symbol", by="Kiểm tra", reason="đã xem bản gốc")
        history = store.corrections(document_id)
        assert [(c.value, c.undone_by, c.holds) for c in history] == [
            ("16/KH-UBND", "Kiểm tra", False),
            (None, "Kiểm tra", False),
        ]


def test_the_kind_of_a_page_can_be_corrected(tmp_path: Path, letter: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        document_id = _take(store, letter)
        store.correct(document_id, "kind", "news", **WHO)
        assert store.profile(document_id).kind is DocumentKind.NEWS
        assert store.list_documents()[0]["kind"] == "news"
        store.undo_correction(document_id, "kind", **WHO)
        assert store.profile(document_id).kind is DocumentKind.OFFICIAL


def test_corrections_outlive_everything_that_happens_to_the_page(tmp_path: Path, letter: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        document_id = _take(store, letter)
        store.correct(document_id, "symbol", "16/KH-UBND", **WHO)
        store.correct(document_id, "signer", "Nguyễn Văn A", **WHO)

        def holds() -> bool:
            facts = store.document(document_id).facts
            return (
                facts.symbol is not None
                and (facts.symbol.value, facts.symbol.corrected_by) == ("16/KH-UBND", "Văn thư xã")
                and facts.signer is not None
                and facts.signer.value == "Nguyễn Văn A"
                and store.documents_with_symbol("16/KH-UBND") == (document_id,)
            )

        assert holds()
        read_again(store)
        assert holds()
        letter.write_text(LETTER + "\nKế hoạch có hiệu lực từ ngày ký.\n", "utf-8")
        take_in(store, [letter])
        assert holds()
        assert len(store.versions(document_id)) == 1
        store.remove(document_id)
        assert store.documents_with_symbol("16/KH-UBND") == ()
        take_in(store, [letter])
        assert holds()
    with Store.open(tmp_path / "store", read_only=True) as store:
        assert store.facts(document_id).symbol is not None
        assert len(store.corrections(document_id)) == 2


@pytest.mark.parametrize(("by", "reason"), [("", "vì thế"), ("Văn thư", "  ")])
def test_nobody_and_no_reason_are_refused(tmp_path: Path, letter: Path, by: str, reason: str) -> None:
    with Store.open(tmp_path / "store") as store:
        document_id = _take(store, letter)
        with pytest.raises(InvalidCorrection, match="--by"):
            store.correct(document_id, "symbol", "16/KH-UBND", by=by, reason=reason)
        assert store.corrections(document_id) == ()


def test_a_wrong_correction_leaves_no_trace(tmp_path: Path, letter: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        document_id = _take(store, letter)
        before = store.state()
        with pytest.raises(InvalidCorrection):
            store.correct(document_id, "issued_on", "hôm qua", **WHO)
        assert (store.state(), store.corrections(document_id)) == (before, ())


# --- the command


def test_the_command_corrects_shows_and_undoes(cancu: Cancu, letter: Path) -> None:
    assert cancu("ingest", str(letter), "--no-index").returncode == 0
    blame = ("--by", "Văn thư xã", "--reason", "gõ nhầm")
    run = cancu("correct", "15/KH-UBND", "issued_on", "06/03/2025", *blame, "--json")
    (correction,) = json.loads(run.stdout)["corrections"]
    assert (correction["name"], correction["value"], correction["undone_at"]) == (
        "issued_on",
        "2025-03-06",
        None,
    )
    for name in (str(letter), "15/KH-UBND"):  # the file, and the document of the store
        read = json.loads(cancu("read", name, "--json").stdout)
        assert read["issued_on"] == "2025-03-06"
        assert read["facts"]["issued_on"] == {
            "value": "2025-03-06",
            "start": None,
            "end": None,
            "corrected_by": "Văn thư xã",
            "reason": "gõ nhầm",
            "evidence": None,
        }
        assert read["facts"]["symbol"]["evidence"] == "15/KH-UBND"
    shown = cancu("read", str(letter)).stdout
    assert "Ngày ban hành: 06/03/2025 (đã sửa bởi Văn thư xã vì gõ nhầm)" in shown
    assert cancu("correct", str(letter), "issued_on", "--undo", *blame).returncode == 0
    assert json.loads(cancu("read", str(letter), "--json").stdout)["issued_on"] == "2025-03-05"


def test_the_command_says_what_is_wrong(cancu: Cancu, letter: Path) -> None:
    cancu("ingest", str(letter), "--no-index")
    blame = ("--by", "Văn thư", "--reason", "thử")
    run = cancu("correct", str(letter), "issued_on", "31/2/2022", *blame, "--json")
    assert (run.returncode, json.loads(run.stdout)["error"]["type"]) == (1, "InvalidCorrection")
    run = cancu("correct", str(letter), "issued_on", *blame)
    assert run.returncode == 1
    assert "Thiếu giá trị mới" in run.stderr
    assert cancu("correct", str(letter), "issued_on", "1/1/2025").returncode == 2
