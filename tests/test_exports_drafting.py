"""The line that cites a document in a new one: from known facts, or refused with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.intake import take_in
from corpus.store import Store
from index.exports.citing import form_of_held, form_of_number
from index.exports.drafting import (
    PARTY_RULE,
    STATE_RULE,
    DraftingForm,
    KnownDocument,
    RefusedForm,
    write_form,
)

DECREE = KnownDocument(
    symbol="30/2020/NĐ-CP",
    type="Nghị định",
    issued_on="2020-03-05",
    issuer="Chính phủ",
    subject="Về công tác văn thư",
    party=False,
)
RESOLUTION = KnownDocument(
    symbol="04-NQ/TU",
    type="Nghị quyết",
    issued_on="2021-07-15",
    issuer="Ban Chấp hành Đảng bộ tỉnh Hà Tĩnh",
    subject="Về lãnh đạo xây dựng nông thôn mới",
    party=True,
)


def written(**changes: object) -> DraftingForm:
    form = write_form(KnownDocument(**{**_fields(DECREE), **changes}))  # type: ignore[arg-type]
    assert isinstance(form, DraftingForm)
    return form


def _fields(known: KnownDocument) -> dict[str, object]:
    return {name: getattr(known, name) for name in KnownDocument.__slots__}


def test_a_document_of_the_state() -> None:
    assert written() == DraftingForm(
        symbol="30/2020/NĐ-CP",
        first="Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư",
        later="Nghị định số 30/2020/NĐ-CP",
        rule=STATE_RULE,
    )


def test_a_document_of_the_party() -> None:
    assert write_form(RESOLUTION) == DraftingForm(
        symbol="04-NQ/TU",
        first="Nghị quyết số 04-NQ/TU, ngày 15/7/2021 của Ban Chấp hành Đảng bộ tỉnh Hà Tĩnh "
        "về lãnh đạo xây dựng nông thôn mới",
        later="Nghị quyết số 04-NQ/TU",
        rule=PARTY_RULE,
    )


@pytest.mark.parametrize(
    ("changes", "ending", "missing"),
    [
        ({"issued_on": None}, "30/2020/NĐ-CP của Chính phủ về công tác văn thư", ("ngày ban hành",)),
        ({"issued_on": "2020-03"}, "30/2020/NĐ-CP của Chính phủ về công tác văn thư", ("ngày ban hành",)),
        ({"issued_on": "2020-12-25"}, "ngày 25 tháng 12 năm 2020 của Chính phủ về công tác văn thư", ()),
        ({"issued_on": "2020-02-09"}, "ngày 09 tháng 02 năm 2020 của Chính phủ về công tác văn thư", ()),
        ({"issuer": None}, "ngày 05 tháng 3 năm 2020 về công tác văn thư", ("cơ quan ban hành",)),
        ({"issuer": "UBND tỉnh A"}, "của Ủy ban nhân dân tỉnh A về công tác văn thư", ()),
        ({"subject": None}, "ngày 05 tháng 3 năm 2020 của Chính phủ", ("trích yếu",)),
        ({"subject": "Chương trình trồng cây"}, "của Chính phủ “Chương trình trồng cây”", ()),
        ({"type": "Công văn", "subject": "chính sách thuế"}, "của Chính phủ về việc chính sách thuế", ()),
        ({"type": "Công văn", "subject": "Hướng dẫn thu thuế"}, "của Chính phủ hướng dẫn thu thuế", ()),
    ],
)
def test_what_is_unknown_is_left_out_and_said(
    changes: dict[str, object], ending: str, missing: tuple[str, ...]
) -> None:
    form = written(**changes)
    assert form.first.endswith(ending)
    assert form.missing == missing


def test_capitals_are_not_guessed_away() -> None:
    form = written(subject="QUY ĐỊNH VỀ TRỒNG CÂY (thay thế)")
    assert form.first.endswith("của Chính phủ QUY ĐỊNH VỀ TRỒNG CÂY (thay thế)")
    assert form.notes == ("trích yếu in hoa trong văn bản: hãy viết lại chữ thường",)


def test_a_law_is_cited_by_its_name() -> None:
    law = {"symbol": "31/2024/QH15", "type": "Luật", "issuer": "Quốc hội"}
    for subject in ("Đất đai", "Luật Đất đai"):
        form = written(**law, subject=subject)
        assert (form.first, form.later, form.missing) == ("Luật Đất đai", "Luật số 31/2024/QH15", ())


def test_an_issuer_that_contradicts_the_number_is_left_out_and_said() -> None:
    form = write_form(KnownDocument(symbol="18-NQ/TW", type="Nghị quyết", issuer="Chính phủ", party=True))
    assert isinstance(form, DraftingForm)
    assert form.first == "Nghị quyết số 18-NQ/TW"
    assert form.notes == ("bỏ cơ quan “Chính phủ” vì không hợp với số, ký hiệu",)
    assert "cơ quan ban hành" in form.missing
    party = written(issuer="Ban Thường vụ Tỉnh ủy Hà Tĩnh")
    assert "của" not in party.first


def test_a_subject_that_names_the_issuer_is_not_given_another() -> None:
    form = write_form(
        KnownDocument(
            symbol="221-KL/TW",
            type="Kết luận",
            issued_on="2025-11-28",
            issuer="Ban Chấp hành Trung ương",
            subject="của Bộ Chính trị, Ban Bí thư về tình hình bộ máy",
            party=True,
        )
    )
    assert isinstance(form, DraftingForm)
    assert form.first == (
        "Kết luận số 221-KL/TW, ngày 28/11/2025 của Bộ Chính trị, Ban Bí thư về tình hình bộ máy"
    )
    assert form.missing == ()
    assert form.notes == ("trích yếu tự nêu cơ quan ban hành; kho ghi “Ban Chấp hành Trung ương”",)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"symbol": None}, "chưa rõ số, ký hiệu đầy đủ của văn bản"),
        ({"symbol": "?NĐ 30"}, "chưa rõ số, ký hiệu đầy đủ của văn bản"),
        ({"type": None}, "chưa rõ tên loại văn bản"),
        ({"party": None}, "chưa rõ là văn bản của Nhà nước hay của Đảng"),
        ({"type": "Luật", "subject": None}, "chưa rõ tên của luật, pháp lệnh"),
    ],
)
def test_refused_rather_than_guessed(changes: dict[str, object], reason: str) -> None:
    form = write_form(KnownDocument(**{**_fields(DECREE), **changes}))  # type: ignore[arg-type]
    assert form == RefusedForm(symbol=changes.get("symbol", DECREE.symbol), reason=reason)  # type: ignore[arg-type]


# --- from a store

DECISION = """ỦY BAN NHÂN DÂN
TỈNH {seat}

Số: 15/2025/QĐ-UBND

{place}, ngày 05 tháng 3 năm 2025

QUYẾT ĐỊNH
Ban hành Quy chế trồng cây

Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ;

Điều 1. Ban hành kèm theo Quyết định này Quy chế trồng cây trên địa bàn tỉnh.
"""
TALK = """Chuyện trồng cây

Quy định số 399-QĐ/TW ngày 9/1/2026 của Ban Bí thư nói về văn bản của Đảng.

Quyết định 144-QĐ/TW cũng được nhắc tới. Nghị quyết số 04-NQ/TU ngày 15/7/2021 đã có.

Nghị quyết số 04-NQ/TU của Ban Chấp hành Đảng bộ tỉnh Nghệ An là một nghị quyết khác.

Kế hoạch số 12/KH-UBND ngày 1/2/2024 của UBND tỉnh Hà Tĩnh và Kế hoạch số 12/KH-UBND ngày 3/4/2024 của UBND tỉnh Nghệ An.
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.txt").write_text(DECISION.format(seat="HÀ TĨNH", place="Hà Tĩnh"), "utf-8")
    (folder / "b.txt").write_text(TALK, "utf-8")
    with Store.open(tmp_path / "store") as opened:
        take_in(opened, [folder])
        yield opened


def test_the_form_of_a_held_document(store: Store) -> None:
    (held,) = store.documents_with_symbol("15/2025/QĐ-UBND")
    form = form_of_held(store, held)
    assert form == form_of_number(store, "15/2025/QĐ-UBND")
    assert form == DraftingForm(
        symbol="15/2025/QĐ-UBND",
        first="Quyết định số 15/2025/QĐ-UBND ngày 05 tháng 3 năm 2025 của Ủy ban nhân dân tỉnh Hà Tĩnh "
        "ban hành Quy chế trồng cây",
        later="Quyết định số 15/2025/QĐ-UBND",
        rule=STATE_RULE,
    )


def test_a_number_that_two_provinces_gave_is_no_name(store: Store, tmp_path: Path) -> None:
    other = tmp_path / "khac.txt"
    other.write_text(DECISION.format(seat="NGHỆ AN", place="Nghệ An"), "utf-8")
    take_in(store, [other])
    assert form_of_number(store, "15/2025/QĐ-UBND") == RefusedForm(
        symbol="15/2025/QĐ-UBND", reason="kho có 2 văn bản mang số này, không rõ có phải là một"
    )


def test_a_document_that_is_only_mentioned_is_cited_by_what_shows_it(store: Store) -> None:
    form = form_of_number(store, "399-QĐ/TW")
    assert isinstance(form, DraftingForm)
    assert form.first == "Quy định số 399-QĐ/TW, ngày 09/01/2026 của Ban Bí thư"
    assert form.missing == ("trích yếu",)
    assert form.notes == ("kho chưa có toàn văn; theo cách trang “Chuyện trồng cây” nhắc tới",)
    assert form.shown_by is not None
    page, start, end = form.shown_by
    assert store.text(page)[start:end] == "Quy định số 399-QĐ/TW ngày 9/1/2026 của Ban Bí thư"


def test_date_and_issuer_of_two_mentions_are_not_put_together(store: Store) -> None:
    form = form_of_number(store, "04-NQ/TU")
    assert isinstance(form, DraftingForm)
    assert form.first == "Nghị quyết số 04-NQ/TU, ngày 15/7/2021"
    assert form.missing == ("cơ quan ban hành", "trích yếu")
    assert form.notes[-1] == (
        "nơi khác ghi cơ quan ban hành là Ban Chấp hành Đảng bộ tỉnh Nghệ An: hãy kiểm tra"
    )


def test_mentions_that_contradict_each_other_are_no_name(store: Store) -> None:
    assert form_of_number(store, "12/KH-UBND") == RefusedForm(
        symbol="12/KH-UBND", reason="các trang ghi khác nhau về ngày ban hành: 2024-02-01, 2024-04-03"
    )


def test_a_page_that_reports_and_a_number_nobody_knows_have_none(store: Store) -> None:
    (page,) = {document for document, _ in store.references_to("399-QĐ/TW")}
    assert isinstance(form_of_held(store, page), RefusedForm)
    assert form_of_number(store, "99-NQ/TU") == RefusedForm(
        symbol="99-NQ/TU", reason="kho không có văn bản này và không trang nào nhắc tới đủ số"
    )
