"""What a query asks for beside its words: laws, provisions, places, periods, bodies, candidates of numbers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.intake import take_in
from corpus.store import Store
from corpus.text import fold
from index.asked_issuers import find_asked_issuers
from index.named_documents import find_named_documents
from index.periods import find_periods
from index.query import read_query
from index.query_models import PeriodKind

TODAY = date(2026, 8, 31)

PERIODS = (
    ("từ 2021 đến nay", PeriodKind.ISSUED, "2021-01-01", "2026-08-31"),
    ("từ năm 2021 tới nay", PeriodKind.ISSUED, "2021-01-01", "2026-08-31"),
    ("từ tháng 6/2025 đến nay", PeriodKind.ISSUED, "2025-06-01", "2026-08-31"),
    ("giai đoạn 2021-2025", PeriodKind.PROGRAMME, "2021-01-01", "2025-12-31"),
    ("giai đoạn 2021 – 2025", PeriodKind.PROGRAMME, "2021-01-01", "2025-12-31"),
    ("nhiệm kỳ 2020-2025", PeriodKind.PROGRAMME, "2020-01-01", "2025-12-31"),
    ("từ 2021 đến 2023", PeriodKind.ISSUED, "2021-01-01", "2023-12-31"),
    ("từ ngày 1/7/2025 đến 15/7/2025", PeriodKind.ISSUED, "2025-07-01", "2025-07-15"),
    ("từ 2024 trở đi", PeriodKind.ISSUED, "2024-01-01", None),
    ("tháng 6/2025", PeriodKind.ISSUED, "2025-06-01", "2025-06-30"),
    ("tháng 2 năm 2024", PeriodKind.ISSUED, "2024-02-01", "2024-02-29"),
    ("quý II/2025", PeriodKind.ISSUED, "2025-04-01", "2025-06-30"),
    ("6 tháng đầu năm 2025", PeriodKind.ISSUED, "2025-01-01", "2025-06-30"),
    ("6 tháng cuối năm 2025", PeriodKind.ISSUED, "2025-07-01", "2025-12-31"),
    ("trước 2020", PeriodKind.ISSUED, None, "2019-12-31"),
    ("trước ngày 1/7/2025", PeriodKind.ISSUED, None, "2025-06-30"),
    ("sau năm 2020", PeriodKind.ISSUED, "2021-01-01", None),
    ("2020 trở về trước", PeriodKind.ISSUED, None, "2020-12-31"),
    ("ngày 15 tháng 7 năm 2021", PeriodKind.ISSUED, "2021-07-15", "2021-07-15"),
    ("15.7.2021", PeriodKind.ISSUED, "2021-07-15", "2021-07-15"),
    ("năm nay", PeriodKind.ISSUED, "2026-01-01", "2026-12-31"),
    ("năm ngoái", PeriodKind.ISSUED, "2025-01-01", "2025-12-31"),
    ("tháng trước", PeriodKind.ISSUED, "2026-07-01", "2026-07-31"),
    ("hôm qua", PeriodKind.ISSUED, "2026-08-30", "2026-08-30"),
    ("6 tháng gần đây", PeriodKind.ISSUED, "2026-02-28", "2026-08-31"),
    ("ba năm qua", PeriodKind.ISSUED, "2023-08-31", "2026-08-31"),
    ("năm 2022", PeriodKind.YEAR, "2022-01-01", "2022-12-31"),
    ("Nam tối thiểu", None, None, None),
    ("2000 người", None, None, None),
    ("5 điều", None, None, None),
)


@pytest.mark.parametrize(
    ("text", "kind", "first", "last"),
    [row for row in PERIODS if row[0] not in ("tuần này", "ngày 31/2/2022")],
)
@pytest.mark.parametrize("typed", ["with marks", "without"])
def test_periods(text: str, kind: PeriodKind | None, first: str | None, last: str | None, typed: str) -> None:
    asked = f"văn bản {text}"
    found = read_query(asked if typed == "with marks" else fold(asked), today=TODAY).periods
    expected = [] if kind is None else [(kind, first, last, text)]
    assert [
        (p.kind, p.first and str(p.first), p.last and str(p.last), asked[p.start : p.end]) for p in found
    ] == expected


def test_an_impossible_day_is_no_period() -> None:
    assert [str(p.first) for p in find_periods("ngày 31/2/2022", today=TODAY)] == []


def test_the_year_of_a_law_or_of_a_number_is_no_period() -> None:
    query = read_query("Luật Đất đai 2024 và Nghị định 15/2020/NĐ-CP, từ 2021 đến nay", today=TODAY)
    assert [(p.kind, str(p.first)) for p in query.periods] == [(PeriodKind.ISSUED, "2021-01-01")]


LAWS = (
    ("Luật Đất đai 2024", [("Luật Đất đai", 2024, True)]),
    ("luat dat dai nam 2024", [("Luật Đất đai", 2024, True)]),
    ("Bộ luật Lao động quy định gì", [("Bộ luật Lao động", None, True)]),
    ("bo luat to tung dan su", [("Bộ luật Tố tụng dân sự", None, True)]),
    ("luật phòng chống tham nhũng", [("Luật Phòng, chống tham nhũng", None, True)]),
    ("luat to chuc chinh quyen dia phuong 2025", [("Luật Tổ chức chính quyền địa phương", 2025, True)]),
    ("Luật Đất đai 2013 và Luật Nhà ở 2023", [("Luật Đất đai", 2013, True), ("Luật Nhà ở", 2023, True)]),
    ("Hiến pháp 2013", [("Hiến pháp", 2013, True)]),
    ("Luật Thử nghiệm mới có hiệu lực khi nào", [("Luật Thử nghiệm", None, False)]),
    ("pháp luật về đất đai", []),
    ("kỷ luật đảng viên", []),
    ("luật sư là ai", [("Luật sư", None, True)][:0]),
)


@pytest.mark.parametrize(("text", "expected"), LAWS)
def test_laws_by_name(text: str, expected: list[tuple[str, int | None, bool]]) -> None:
    assert [(d.name, d.year, d.listed) for d in find_named_documents(text)] == expected


PROVISIONS = (
    ("khoản 2 điều 5 luật đất đai 2024", [("Khoản 2 Điều 5", "Luật Đất đai")]),
    ("khoan 2 dieu 5 luat dat dai 2024", [("Khoản 2 Điều 5", "Luật Đất đai")]),
    ("Luật Đất đai 2024 điều 79 nói gì", [("Điều 79", "Luật Đất đai")]),
    (
        "điểm a, b khoản 1 Điều 3 Nghị định 15/2020/NĐ-CP",
        [
            ("Điểm a khoản 1 Điều 3; Điểm b khoản 1 Điều 3", "15/2020/NĐ-CP"),
        ],
    ),
    ("dieu 7 cua 44/2021/NQ-HĐND", [("Điều 7", "44/2021/NQ-HĐND")]),
    ("điều 5", [("Điều 5", None)]),
    (
        "chương II Luật Nhà ở và điều 3 Luật Đất đai",
        [("Chương II", "Luật Nhà ở"), ("Điều 3", "Luật Đất đai")],
    ),
    ("chuong ii luat nha o", [("Chương II", "Luật Nhà ở")]),
    ("mức 5 triệu", []),
    ("điều kiện 5 năm", []),
)


@pytest.mark.parametrize(("text", "expected"), PROVISIONS)
def test_provisions(text: str, expected: list[tuple[str, str | None]]) -> None:
    query = read_query(text)
    assert [(p.value, p.document) for p in query.provisions] == expected


PLACES = (
    ("Thái Bình có bao nhiêu xã", [("Thái Bình", ("Hưng Yên",), True)]),
    ("thai binh co bao nhieu xa", [("Thái Bình", ("Hưng Yên",), True)]),
    ("ubnd huyen hung ha lam gi", [("Hưng Hà", ("Hưng Yên",), True)]),
    ("Nghị quyết của Tỉnh ủy Hà Tĩnh", [("Hà Tĩnh", ("Hà Tĩnh",), True)]),
    ("Hà Tỉnh có gì mới", [("Hà Tĩnh", ("Hà Tĩnh",), False)]),
    ("van ban nao la gi", []),
    ("văn bản nào, là gì", []),
    ("người Việt Nam định cư ở nước ngoài", []),
    ("nguoi viet nam dinh cu o nuoc ngoai", []),
    ("biểu mẫu thống nhất toàn quốc", []),
    ("hop tac xa la gi", []),
    ("ubnd tinh bien phap ho tro", []),
    ("Hà Tỉnh", [("Hà Tĩnh", ("Hà Tĩnh",), False)]),
)


@pytest.mark.parametrize(("text", "expected"), PLACES)
def test_places_old_and_new(text: str, expected: list[tuple[str, tuple[str, ...], bool]]) -> None:
    assert [(p.name, p.current, p.sure) for p in read_query(text).places] == expected


def test_letters_of_a_law_inside_other_words() -> None:
    assert read_query("thuc hien phap luat lao dong").documents == ()
    assert [d.name for d in read_query("bo luat lao dong").documents] == ["Bộ luật Lao động"]


def test_a_place_brings_its_lineage() -> None:
    [place] = read_query("Hưng Yên").places
    assert place.related == ("Hưng Yên", "Thái Bình")


ISSUERS = (
    ("Bộ Nông nghiệp và Môi trường", [("Bộ Nông nghiệp và Môi trường", ("BNNMT",))]),
    ("nghi quyet cua ban thuong vu tinh uy", [("Tỉnh ủy", ("TU",))]),
    (
        "Văn phòng Chính phủ và Thủ tướng Chính phủ",
        [("Văn phòng Chính phủ", ("VPCP",)), ("Thủ tướng", ("TTg",))],
    ),
    ("bộ văn hoá thể thao và du lịch", [("Bộ Văn hóa, Thể thao và Du lịch", ("BVHTTDL",))]),
    ("nông thôn mới", []),
)


@pytest.mark.parametrize(("text", "expected"), ISSUERS)
def test_bodies(text: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    assert [(i.name, i.codes) for i in find_asked_issuers(text)] == expected


def test_a_type_word_counts_only_before_a_number() -> None:
    assert [t.code for t in read_query("nghị quyết 04 và kế hoạch 3004/KH-UBND").types] == ["NQ", "KH"]
    assert read_query("nghị quyết nào về giảm nghèo").types == ()


def test_every_span_covers_what_it_says() -> None:
    text = "khoan 2 dieu 5 luat dat dai 2024, ubnd tinh thai binh, tu 2021 den nay"
    query = read_query(text, today=TODAY)
    spans = [*query.provisions, *query.documents, *query.issuers, *query.places, *query.periods]
    assert [text[span.start : span.end] for span in spans] == [
        "khoan 2 dieu 5",
        "luat dat dai 2024",
        "ubnd",
        "thai binh",
        "tu 2021 den nay",
    ]


ENCODED = (
    # typed right: as it stands
    ("quản lý đất đai", ("quản lý đất đai",)),
    ("xây dựng NTM", ("xây dựng NTM (nông thôn mới)",)),
    # without marks: the restored reading
    ("xay dung nong thon moi", ("xây dựng nông thôn mới",)),
    ("xay dung ntm", ("xây dựng ntm (nông thôn mới)",)),
    # partly: the reading, and what was typed
    ("nghi quyết 04", ("nghị quyết 04", "nghi quyết 04")),
    # slips are read before the marks are put back
    ("nghij quyeets 04", ("nghị quyết 04",)),
    ("nghiquyet 04", ("nghị quyết 04",)),
)


@pytest.mark.parametrize(("text", "expected"), ENCODED)
def test_what_the_encoder_gets(text: str, expected: tuple[str, ...]) -> None:
    query = read_query(text)
    assert query.text == text
    assert query.encoder_texts == expected


def test_what_is_typed_is_never_rewritten() -> None:
    query = read_query("nghij quyeets ve ntm")
    assert query.text == "nghij quyeets ve ntm"
    assert query.encoder_text == "nghij quyeets ve ntm (nông thôn mới)"


def test_units_that_the_reading_adds_to_the_word_index() -> None:
    added = dict(read_query("nong thon moi").added_units)
    assert set(added) == {"nông", "thôn", "mới", "nông_thôn", "thôn_mới"}
    assert all(0.9 < weight <= 1 for weight in added.values())
    assert read_query("nong thon moi").added_folded_units == ()
    assert read_query("nông thôn mới").added_units == ()


def test_units_that_a_slip_adds() -> None:
    query = read_query("quyeets ddinhj")
    assert {unit for unit, _ in query.added_units} == {"quyết", "định", "quyết_định"}
    assert {unit for unit, _ in query.added_folded_units} == {"quyet", "dinh", "quyet_dinh"}
    assert dict(read_query("tỷ lệ").added_units) == {"tỉ": 0.9}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A collection that mentions three resolutions with the number 4."""
    page = tmp_path / "tin.txt"
    page.write_text(
        "Tin về ba nghị quyết\n\n"
        "Thực hiện Nghị quyết số 04-NQ/TU ngày 15/7/2021 của Ban Chấp hành Đảng bộ tỉnh Hà Tĩnh, các huyện đã họp. "
        "Nghị quyết số 04/NQ-HĐND ngày 10/12/2023 của Hội đồng nhân dân tỉnh Thái Bình cũng được nhắc đến.\n\n"
        "Nghị quyết số 04-NQ/TW ngày 30/10/2016 của Ban Chấp hành Trung ương được quán triệt lại trong hội nghị. "
        "Nghị quyết số 04-NQ/TW được nhiều nơi học tập, và Nghị quyết số 04-NQ/TW vẫn còn giá trị.\n",
        "utf-8",
    )
    store = Store.open(tmp_path / "store")
    take_in(store, [page])
    return store


CHOICES = (
    ("NQ 04", "04-NQ/TW", ()),
    ("NQ 04 Hà Tĩnh", "04-NQ/TU", ("đúng tỉnh",)),
    ("nq 4 thai binh", "04/NQ-HĐND", ("đúng tỉnh",)),
    ("NQ 04 năm 2023", "04/NQ-HĐND", ("đúng thời gian",)),
    ("NQ 04 trước 2018", "04-NQ/TW", ("đúng thời gian",)),
    ("nq 04 hà tĩnh tháng 7/2021", "04-NQ/TU", ("đúng tỉnh", "đúng thời gian")),
    ("NQ 04 của Tỉnh ủy", "04-NQ/TU", ("đúng cơ quan",)),
)


@pytest.mark.parametrize(("text", "first", "reasons"), CHOICES)
def test_candidates_of_a_short_form(store: Store, text: str, first: str, reasons: tuple[str, ...]) -> None:
    with store:
        query = read_query(text, store, today=TODAY)
        [choices] = query.choices.values()
        assert (choices[0].symbol, choices[0].reasons, choices[0].held) == (first, reasons, False)
        assert query.symbols[0] == first
        assert query.short_forms == {"?NQ 04" if "4 thai" not in text else "?NQ 4": query.symbols}


def test_the_year_typed_in_a_short_form_excludes_other_years(tmp_path: Path) -> None:
    page = tmp_path / "tin.txt"
    page.write_text(
        "Hai nghị định\n\nNghị định số 15/2020/NĐ-CP và Nghị định số 15/2018/NĐ-CP được nhắc đến trong bài này.\n",
        "utf-8",
    )
    with Store.open(tmp_path / "store") as store:
        take_in(store, [page])
        assert read_query("Nghị định 15/2018", store).symbols == ("15/2018/NĐ-CP",)


@pytest.mark.parametrize(
    "text", ["", " ", "?", "a" * 5000, "nghi quyet " * 500, "\u0300\u0301", "1" * 3000, "(" * 500]
)
def test_odd_queries_are_read(text: str) -> None:
    assert read_query(text).text == text.strip() or text.startswith("\u0300")
