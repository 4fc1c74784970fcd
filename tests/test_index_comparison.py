"""Provinces beside each other over a small store of texts of our own: never another time or area as if it were one."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from html import unescape
from pathlib import Path

import pytest
from compared_texts import ADDRESS, HOSTILE, TEXTS, THEME, write_compared
from conftest import shared
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest
from test_index_radar import TEXTS as RADAR_TEXTS

import cli
from corpus.build import build_document
from corpus.gazetteer import PlaceLevel, Scheme, list_units
from corpus.indicator_cues import IndicatorKind
from corpus.place_groups import Joining
from corpus.spreadsheet import rows_as_csv
from corpus.store import Store
from corpus.text import fold_spaces
from index.comparison import table, wording
from index.comparison.figures import on_units, tell_figure, value_of
from index.comparison.finding import compare
from index.comparison.models import Clock, Comparison, Row, Seen, Span, Told
from index.comparison.times import lies_in, read_span, split_period, time_of
from index.encoder import Encoder
from index.errors import InvalidComparison
from index.exports.workbook import Sheet, make_workbook
from index.search import Searcher
from index.verification import citation_fault
from ingest.local import list_pages
from ingest.models import RawPage
from ingest.readers import read_page
from pages.comparison_charts import timeline_of
from pages.comparison_drawing import table_html
from pages.tile_map import load_tiles, tiles_html
from tests.shown_pages import words

DAY = date(2026, 11, 1)
FIRST, SECOND = "2016-2020", "2021-2025"
PROVINCES = ("Hà Tĩnh", "Nghệ An", "Thái Bình", "Hưng Yên", "Sơn La", "Lai Châu")
OLD_HUNG_YEN, NEW_HUNG_YEN = "Hưng Yên (trước 1/7/2025)", "Hưng Yên (từ 1/7/2025, gồm cả Thái Bình)"
THAI_BINH = "Thái Bình (nay thuộc Hưng Yên)"
ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def searcher(
    tmp_path_factory: pytest.TempPathFactory,
    build_store: Callable[[Path, list[Path]], Store],
    encoder: Encoder,
) -> Iterator[Searcher]:
    base = tmp_path_factory.mktemp("compared")
    with build_store(base / "store", write_compared(base)) as store:
        yield Searcher.open(store, encoder)


def asked(
    searcher: Searcher, *provinces: str, theme: str = THEME, period: str | None = None, **options
) -> Comparison:  # type: ignore[no-untyped-def]
    span = read_span(period, DAY) if period else None
    return compare(searcher, theme, provinces or PROVINCES, period=span, **{"as_of": DAY, **options})


def rows_of(given: Comparison) -> dict[str, Row]:
    return {row.group.label: row for row in given.rows}


def figures(row: Row) -> list[str]:
    """The kilometres that a row quotes, in the order of its cells."""
    return [km for cell in row.cells for km in re.findall(r"([\d.]+) km", wording.quote(cell))]


def test_rows_are_told_as_they_are_found(searcher: Searcher) -> None:
    told: list[tuple[int, int, int]] = []
    seen: list[Comparison] = []

    def take(so_far: Comparison, done: int, of: int) -> None:
        told.append((len(so_far.rows), done, of))
        seen.append(so_far)

    given = asked(searcher, "Hà Tĩnh", "Nghệ An", "Sơn La", progress=take)
    assert told == [(1, 1, 3), (2, 2, 3), (3, 3, 3)]
    assert [one.rows for one in seen] == [given.rows[:1], given.rows[:2], given.rows]


def test_of_a_bare_theme_only_units_with_its_words_are_read(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    score = searcher.score_texts
    monkeypatch.setattr(
        searcher, "score_texts", lambda question, texts: read.extend(texts) or score(question, texts)
    )
    found = asked(searcher, "Hà Tĩnh", "Nghệ An")
    assert read and all("kênh mương" in text.lower() for text in read)
    assert all(row.cells for row in found.rows)
    read.clear()
    assert not any(row.cells for row in asked(searcher, "Hà Tĩnh", theme="đánh bắt xa bờ").rows)
    assert not read


def test_the_days_of_a_feast_are_no_time_that_words_speak_of(tmp_path: Path) -> None:
    words = "Thi đua chào mừng kỷ niệm 80 năm ngày bầu cử đầu tiên (06/01/1946 - 06/01/2026) trong năm 2025."
    (tmp_path / "a.txt").write_text(f"Kế hoạch thi đua\n\n{words}\n", "utf-8")
    page = next(iter(list_pages(tmp_path / "a.txt")))
    assert isinstance(page, RawPage)
    document = build_document(page, read_page(page))
    start = document.text.index(words)
    told = wording.tell_time(time_of(document, start, start + len(words)))
    assert told == "năm 2025 (theo câu trích)"


# --- what is found, and whose


def test_every_cell_is_a_citation_that_passes_the_gate(searcher: Searcher) -> None:
    given = asked(searcher)
    citations = [one for row in given.rows for cell in row.cells for one in cell.citations]
    assert len(citations) == 10
    for one in citations:
        assert one.quote == searcher.store.text(one.document_id)[one.start : one.end]
        assert citation_fault(one, searcher.store.document) is None


def test_each_row_speaks_from_its_own_documents_and_tells_whose_words_others_are(searcher: Searcher) -> None:
    rows = rows_of(asked(searcher, most=9))
    nghe_an = {wording.quote(cell): cell for cell in rows["Nghệ An"].cells}
    told = {re.search(r"(\d+) km", quote)[1]: cell.told for quote, cell in nghe_an.items()}  # type: ignore[index]
    # 88 km is what a plan of Hà Tĩnh says of Nghệ An: never a figure of Hà Tĩnh
    assert told == {"95": Told.OWN, "130": Told.OWN, "90": Told.OTHER, "88": Told.OTHER}
    assert "88" not in figures(rows["Hà Tĩnh"])
    other = next(cell for quote, cell in nghe_an.items() if "88 km" in quote)
    assert wording.tell_told(rows["Nghệ An"], other) == "văn bản nơi khác nói tới tỉnh (Hà Tĩnh)"
    # what is said of the whole country is said of no province
    assert not any("4.000" in wording.quote(cell) for row in rows.values() for cell in row.cells)


def test_a_page_that_reports_is_told_as_one(searcher: Searcher) -> None:
    row = rows_of(asked(searcher, "Hà Tĩnh", most=9))["Hà Tĩnh"]
    pages = [cell for cell in row.cells if cell.told is Told.OWN_PAGE]
    assert pages and all(cell.citations[0].symbol is None and cell.type is None for cell in pages)
    assert (
        wording.name_source(pages[0]) == "“Hà Tĩnh kiên cố hóa kênh mương nội đồng”, Báo Mẫu, ngày 01/06/2019"
    )
    assert any("trang đưa tin" in note for note in asked(searcher, "Hà Tĩnh").notes)


# --- areas


def test_one_name_of_two_areas_is_two_rows(searcher: Searcher) -> None:
    given = asked(searcher, "Hưng Yên", "Thái Bình")
    rows = rows_of(given)
    assert list(rows) == [OLD_HUNG_YEN, NEW_HUNG_YEN, THAI_BINH]
    assert figures(rows[OLD_HUNG_YEN]) == ["60", "58"]  # what the centre said in 2019 is of the old area too
    assert figures(rows[NEW_HUNG_YEN]) == ["300"]
    assert figures(rows[THAI_BINH]) == ["80"]
    told = "\n".join(given.warnings)
    assert "địa bàn khác nhau trước và từ 1/7/2025: Hưng Yên" in told
    assert f"{OLD_HUNG_YEN}, {THAI_BINH} nay cùng một tỉnh Hưng Yên" in told
    assert f"{NEW_HUNG_YEN}: địa bàn rộng hơn tỉnh cũ cùng tên" in told


def test_today_joins_by_choice_and_every_cell_still_tells_its_area(searcher: Searcher) -> None:
    given = asked(searcher, "Thái Bình", "Hưng Yên", joining=Joining.NOW, most=9)
    (row,) = given.rows
    assert row.group.label == "Hưng Yên (gồm Hưng Yên và Thái Bình trước 1/7/2025)"
    areas = {
        km: cell.source.label for cell in row.cells for km in re.findall(r"(\d+) km", wording.quote(cell))
    }
    assert areas["300"] == NEW_HUNG_YEN and areas["60"] == OLD_HUNG_YEN and areas["80"] == THAI_BINH
    assert row.holding.of == ((OLD_HUNG_YEN, 1), (NEW_HUNG_YEN, 1), (THAI_BINH, 1))
    assert any("gộp theo lựa chọn tài liệu của những địa bàn khác nhau" in told for told in given.warnings)


def test_before_the_reform_there_is_no_row_of_the_new_area(searcher: Searcher) -> None:
    rows = rows_of(asked(searcher, "Hưng Yên", as_of=date(2020, 1, 1)))
    assert list(rows) == [OLD_HUNG_YEN]


# --- times


def test_a_figure_of_another_period_is_left_out_and_told(searcher: Searcher) -> None:
    first, second = (asked(searcher, "Hà Tĩnh", period=period, most=9) for period in (FIRST, SECOND))
    # one plan of 2018 sets 120 km for 2016–2020 and 500 km for 2021–2025
    assert figures(first.rows[0]) == ["120"] and set(figures(second.rows[0])) == {"500", "210"}
    assert first.rows[0].other_time >= 2
    assert f"Hà Tĩnh: {first.rows[0].other_time} đoạn nói về thời gian khác" in "\n".join(first.warnings)
    by = {
        re.search(r"(\d+) km", wording.quote(c))[1]: c.time
        for c in second.rows[0].cells
        if "km" in wording.quote(c)
    }  # type: ignore[index]
    assert by["500"].clock is Clock.QUOTE and wording.tell_time(by["500"]) == "2021–2025 (theo câu trích)"


def test_a_cell_shows_the_figures_of_its_words_and_no_others(searcher: Searcher) -> None:
    (row,) = asked(searcher, "Hà Tĩnh", period=SECOND).rows
    told = [tell_figure(figure, cell) for cell in row.cells for figure in cell.figures]
    assert any(one.startswith("500 km (chỉ tiêu, 2021-2025, Hà Tĩnh)") for one in told)
    for cell in row.cells:
        for figure in cell.figures:
            words = searcher.store.text(cell.document_id)[figure.value_start : figure.value_end]
            assert value_of(figure, cell) == fold_spaces(words)
            assert fold_spaces(words) in wording.quote(cell)


def test_figures_of_other_units_and_kinds_are_warned_of(searcher: Searcher) -> None:
    given = asked(searcher, "Hà Tĩnh", "Nghệ An", period=SECOND)
    first, bare = given.rows
    second = replace(bare, cells=first.cells)
    assert not list(on_units(given))  # a row alone is set beside nothing

    def changed(row: Row, **values: object) -> Row:
        cells = tuple(
            replace(cell, figures=tuple(replace(one, **values) for one in cell.figures))  # type: ignore[arg-type]
            for cell in row.cells
        )
        return replace(row, cells=cells)

    one, other = (changed(row, unit="km", kind=IndicatorKind.TARGET) for row in (first, second))
    assert not list(on_units(replace(given, rows=(one, other))))
    (units,) = on_units(replace(given, rows=(one, changed(other, unit="ha"))))
    assert f"{second.group.label}: ha" in units
    (kinds,) = on_units(replace(given, rows=(one, changed(other, kind=IndicatorKind.RESULT))))
    assert "không so chỉ tiêu" in kinds


def test_rows_of_different_times_are_warned_of(searcher: Searcher) -> None:
    warned = asked(searcher, "Thái Bình", "Hưng Yên").warnings
    assert warned[0].startswith("Các dòng không nói về cùng thời gian")
    assert f"{THAI_BINH}: năm 2018" in warned[0] and f"{NEW_HUNG_YEN}: năm 2026" in warned[0]
    alike = asked(searcher, "Thái Bình", "Hưng Yên", period=FIRST).warnings
    assert not any("không nói về cùng thời gian" in told for told in alike)


def test_the_period_may_stand_in_the_theme(searcher: Searcher) -> None:
    given = asked(searcher, "Nghệ An", theme=f"{THEME} giai đoạn {SECOND}")
    assert given.period == Span(first=date(2021, 1, 1), last=date(2025, 12, 31))
    assert figures(given.rows[0]) == ["130"]


def test_times_are_read_from_words_title_day(searcher: Searcher) -> None:
    row = rows_of(asked(searcher, "Hà Tĩnh", most=9))["Hà Tĩnh"]
    page = next(cell for cell in row.cells if cell.told is Told.OWN_PAGE)
    assert wording.tell_time(page.time) == "ngày 01/06/2019 (theo ngày văn bản)"
    assert split_period("giảm nghèo năm 2021", DAY) == (
        "giảm nghèo",
        Span(first=date(2021, 1, 1), last=date(2021, 12, 31)),
    )
    assert split_period("từ 2016-2020 sang 2021-2025", DAY)[1] is None


@pytest.mark.parametrize(
    ("span", "period", "lies"),
    [
        ("năm 2018", "2016-2020", True),
        ("2016-2025", "2016-2020", True),  # half of it
        ("2020-2025", "2016-2020", False),
        ("2018-2020", "năm 2019", False),  # what is said of three years is no figure of one
        ("2021-2025", "2016-2020", False),
    ],
)
def test_words_speak_of_a_period_that_half_of_their_time_lies_in(span: str, period: str, lies: bool) -> None:
    one, other = read_span(span, DAY), read_span(period, DAY)
    assert one is not None and other is not None
    assert lies_in(one, other) is lies


# --- absence


def test_absence_is_told_with_its_denominator_never_as_zero(searcher: Searcher) -> None:
    rows = rows_of(asked(searcher))
    assert (rows["Sơn La"].seen, rows["Lai Châu"].seen) == (Seen.NOT_SEEN, Seen.NO_DATA)
    assert wording.tell_seen(rows["Sơn La"]) == "không thấy trong kho (đang giữ 1 văn bản)"
    assert wording.tell_seen(rows["Lai Châu"]) == "không có dữ liệu"
    later = rows_of(asked(searcher, "Sơn La", period=SECOND))["Sơn La"]
    assert wording.tell_seen(later) == "kho không có văn bản của thời kỳ này (có 1 văn bản của thời kỳ khác)"
    assert rows["Hà Tĩnh"].holding.years == (("2018", 1), ("2022", 1)) and rows["Hà Tĩnh"].holding.pages == 1
    assert rows_of(asked(searcher, "Hà Tĩnh", period=FIRST))["Hà Tĩnh"].holding.years == (("2018", 1),)


def test_what_nobody_writes_of_is_found_nowhere(searcher: Searcher) -> None:
    given = asked(searcher, theme="nuôi cá tầm thương phẩm")
    assert not any(row.cells for row in given.rows)
    assert {row.seen for row in given.rows} == {Seen.NOT_SEEN, Seen.NO_DATA}


def test_a_question_is_answered_row_by_row(searcher: Searcher) -> None:
    rows = rows_of(asked(searcher, theme="Kiên cố hóa bao nhiêu km kênh mương?"))
    assert figures(rows[THAI_BINH]) == ["80"] and figures(rows["Sơn La"]) == []
    assert all(figures(row) for row in rows.values() if row.cells)  # only sentences with a figure


@pytest.mark.parametrize("name", ["tỉnh Sơn La", "Tỉnh Sơn La"])
def test_a_province_is_taken_with_its_level_word(searcher: Searcher, name: str) -> None:
    assert asked(searcher, name).rows == asked(searcher, "Sơn La").rows


@pytest.mark.parametrize(("theme", "province"), [(THEME, "Mường Thanh"), ("và của", "Hà Tĩnh")])
def test_what_cannot_be_compared_is_refused_with_its_remedy(
    searcher: Searcher, theme: str, province: str
) -> None:
    with pytest.raises(InvalidComparison, match="Hãy"):
        asked(searcher, province, theme=theme)


# --- the researcher's questions over the two seed pages


def test_ha_tinh_beside_thai_binh_with_the_periods_shown(seeds: Searcher) -> None:
    given = compare(seeds, "chủ quan, thỏa mãn trong xây dựng NTM", ["Hà Tĩnh", "Thái Bình"], as_of=DAY)
    ha_tinh, thai_binh = given.rows
    assert [row.group.label for row in given.rows] == ["Hà Tĩnh", THAI_BINH]
    assert "tuyệt đối không lơ là, chủ quan, thỏa mãn" in wording.quote(ha_tinh.cells[0])
    assert "khắc phục triệt để tư tưởng chủ quan, thỏa mãn" in wording.quote(thai_binh.cells[0])
    assert ha_tinh.cells[0].told is thai_binh.cells[0].told is Told.OWN_PAGE
    assert ha_tinh.cells[0].time.clock is Clock.UNKNOWN and 2022 in ha_tinh.cells[0].time.years
    assert wording.tell_time(thai_binh.cells[0].time) == "2018–2020 (theo tên văn bản)"
    assert given.warnings[0].startswith("Các dòng không nói về cùng thời gian")


def researcher_question(number: str) -> tuple[str, list[str]]:
    """(a question, its gold quotations)."""
    lines = shared("data/questions/seed_questions.jsonl").read_text("utf-8").splitlines()
    row = next(row for row in map(json.loads, lines) if row["id"] == number)
    return row["text"], [" ".join(quote["quote"].split()) for quote in row["quotes"]]


@pytest.mark.parametrize("number", ["R01", "R03", "R05", "R07", "R11", "R17", "R19"])
def test_what_researchers_ask_stands_in_a_row(seeds: Searcher, number: str) -> None:
    text, quotes = researcher_question(number)
    given = compare(seeds, text, ["Hà Tĩnh", "Thái Bình"], as_of=DAY)
    found = "\n".join(wording.quote(cell) for row in given.rows for cell in row.cells)
    assert [quote for quote in quotes if quote not in found] == []


def test_criteria_of_different_periods_are_not_one(seeds: Searcher) -> None:
    given = compare(seeds, researcher_question("R11")[0], ["Hà Tĩnh", "Thái Bình"], as_of=DAY)
    assert given.warnings[0].startswith("Các dòng không nói về cùng thời gian")
    assert "Hà Tĩnh: 2021–2025" in given.warnings[0] and f"{THAI_BINH}: 2018–2020" in given.warnings[0]


def test_a_figure_of_a_district_is_never_that_of_its_province(seeds: Searcher) -> None:
    given = compare(seeds, researcher_question("R12")[0], ["Hưng Yên"], joining=Joining.NOW, as_of=DAY)
    (row,) = given.rows
    (cell,) = row.cells
    assert "toàn huyện có 32/33 xã" in wording.quote(cell)
    assert (cell.part, cell.places) == (PlaceLevel.DISTRICT, (f"huyện Hưng Hà, {THAI_BINH}",))
    assert f"tài liệu trong kho chỉ là của {THAI_BINH}" in "\n".join(given.warnings)
    assert "chỉ nói về một huyện hoặc một xã, không phải cả tỉnh" in "\n".join(given.warnings)
    # nothing is held of what the name stands for since 1 July 2025
    later = compare(seeds, researcher_question("R12")[0], ["Hưng Yên"], as_of=DAY)
    assert {row.seen for row in later.rows} == {Seen.NO_DATA}


def test_what_is_said_of_other_years_does_not_answer_for_the_year_asked(seeds: Searcher) -> None:
    given = compare(seeds, researcher_question("R14")[0], ["Thái Bình"], as_of=DAY)
    (row,) = given.rows
    assert given.period == Span(first=date(2019, 1, 1), last=date(2019, 12, 31))
    assert row.cells == () and row.other_time == 1
    assert "1 đoạn nói về thời gian khác không đưa vào" in wording.tell_seen(row)


# --- files


def test_the_workbook_has_the_figures_and_links_of_the_comparison(searcher: Searcher) -> None:
    given = asked(searcher)
    book = load_workbook(io.BytesIO(make_workbook(table.make_sheets(searcher.store, given))))
    assert book.sheetnames == ["So sánh", "Bằng chứng", "Số liệu", "Mẫu số", "Lưu ý"]
    found, evidence, figures, counts, notes = (list(page.iter_rows(min_row=2)) for page in book.worksheets)
    cells = [(row, cell) for row in given.rows for cell in row.cells]
    quoted = [row for row in found if row[2].value]
    assert [row[2].value for row in quoted] == [wording.quote(cell) for _, cell in cells]
    citations = [one for _, cell in cells for one in cell.citations]
    assert [row[7].value for row in evidence] == [one.quote for one in citations]
    assert [(row[10].value, row[11].value) for row in evidence] == [(one.start, one.end) for one in citations]
    linked = {row[9].value: row[8].hyperlink.target for row in evidence if row[8].hyperlink}
    assert linked and linked == {one.document_id: one.url for one in citations if one.url}
    assert {target.removeprefix(ADDRESS) for target in linked.values()} & TEXTS.keys()
    assert all(
        "kho Căn Cứ" in row[13].value and re.fullmatch(r"\d\d/\d\d/\d{4}", row[14].value) for row in evidence
    )
    assert [(row[0].value, row[2].value) for row in counts] == [
        (r.group.label, r.holding.held) for r in given.rows
    ]
    shown = [(row, cell, one) for row in given.rows for cell in row.cells for one in cell.figures]
    assert shown and [(row[0].value, row[2].value) for row in figures] == [
        (row.group.label, one.value) for row, _, one in shown
    ]
    for row, (_, cell, one) in zip(figures, shown, strict=True):  # the evidence named shows the figure
        assert row[1].value == value_of(one, cell)
        assert row[1].value in fold_spaces(evidence[row[10].value - 1][7].value)
    assert [row[0].value for row in notes][1:-1] == [*given.warnings, *given.notes]
    first = book["So sánh"]
    assert first.freeze_panes == "A2" and first["C2"].alignment.wrap_text
    assert [row[1].value for row in found if not row[2].value] == [
        wording.tell_seen(row) for row in given.rows if not row.cells
    ]


def test_no_cell_is_a_formula_and_no_address_but_of_the_web_is_a_link() -> None:
    rows = [("=1+1", "javascript:alert(1)"), ("a\x00b", "https://vanban.example/a")]
    book = load_workbook(
        io.BytesIO(make_workbook([Sheet(title="Bảng", header=("Chữ", "Nơi"), rows=rows, links=("Nơi",))]))
    )
    page = book["Bảng"]
    assert (page["A2"].value, page["A2"].data_type) == ("=1+1", "s")
    assert page["A3"].value == "a\ufffdb"
    assert page["B2"].hyperlink is None and page["B3"].hyperlink.target == "https://vanban.example/a"


def test_the_csv_has_a_row_of_each_quotation_and_of_each_absence(searcher: Searcher) -> None:
    given = asked(searcher)
    text = rows_as_csv(table.HEADER, table.make_rows(searcher.store, given)).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    citations = [one for row in given.rows for cell in row.cells for one in cell.citations]
    assert [row["Câu trích nguyên văn"] for row in rows if row["Mã tài liệu"]] == [
        one.quote for one in citations
    ]
    assert [row["Từ ký tự"] for row in rows if row["Mã tài liệu"]] == [str(one.start) for one in citations]
    assert [row["Tình trạng"] for row in rows if not row["Mã tài liệu"]] == [
        wording.tell_seen(row) for row in given.rows if not row.cells
    ]


# --- the terminal


def run(searcher: Searcher, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert cli.main([*arguments, "--store", str(searcher.store.folder)]) == 0
    return capsys.readouterr().out


def test_the_command_says_the_same(
    searcher: Searcher, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    book, sheet = tmp_path / "a.xlsx", tmp_path / "a.csv"
    provinces = [part for name in ("ha tinh", "Thái Bình", "Lai Châu") for part in ("--tinh", name)]
    options = ["--giai-doan", FIRST, "--vao-ngay", DAY.isoformat(), "--xlsx", str(book), "--csv", str(sheet)]
    given = asked(searcher, "Hà Tĩnh", "Thái Bình", "Lai Châu", period=FIRST)
    shown = run(searcher, capsys, "compare", THEME, *provinces, *options)
    for row in given.rows:
        assert f"{row.group.label}: {wording.tell_seen(row)}" in shown
        assert all(wording.quote(cell) in shown for cell in row.cells)
    assert all(told in shown for told in (*given.warnings, *given.notes))
    told = json.loads(run(searcher, capsys, "compare", THEME, *provinces, *options[:4], "--json"))
    assert [row["label"] for row in told["rows"]] == [row.group.label for row in given.rows]
    assert [c["citations"][0]["quote"] for c in told["rows"][0]["cells"]] == [
        cell.citations[0].quote for cell in given.rows[0].cells
    ]
    assert (
        told["period"] == {"first": "2016-01-01", "last": "2020-12-31"} and "kho Căn Cứ" in told["collection"]
    )
    assert load_workbook(book)["Mẫu số"]["A3"].value == THAI_BINH
    assert sheet.read_bytes().startswith(b"\xef\xbb\xbf")


def test_today_is_an_option(searcher: Searcher, capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(run(searcher, capsys, "compare", THEME, "--tinh", "Thái Bình", "--hien-nay", "--json"))
    assert [row["label"] for row in told["rows"]] == ["Hưng Yên (gồm Hưng Yên và Thái Bình trước 1/7/2025)"]


@pytest.mark.parametrize(
    "options",
    [
        ["--tinh", "Atlantis"],
        ["--tinh", "Huế", "--giai-doan", "hồi xưa"],
        ["--tinh", "Huế", "--xlsx", "a.doc"],
        [],
    ],
)
def test_wrong_options_are_named(searcher: Searcher, options: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["compare", THEME, *options, "--store", str(searcher.store.folder)])
    assert ended.value.code == 2


def test_all_facts_and_references_are_exported_with_their_words(
    searcher: Searcher, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    facts, references = tmp_path / "f.jsonl", tmp_path / "r.csv"
    run(searcher, capsys, "export", "--facts", "--jsonl", str(facts))
    run(searcher, capsys, "export", "--references", "--csv", str(references))
    rows = [json.loads(line) for line in facts.read_text("utf-8").splitlines()]
    symbols = {row["value"] for row in rows if row["fact"] == "symbol"}
    assert symbols == {
        "40/KH-UBND",
        "52/KH-UBND",
        "61/KH-UBND",
        "77/KH-UBND",
        "33/KH-UBND",
        "34/KH-UBND",
        "35/KH-UBND",
        "44/KH-UBND",
        "12/BC-BNN",
    }
    with references.open(encoding="utf-8-sig", newline="") as file:
        mentions = list(csv.DictReader(file))
    assert "70/QĐ-UBND" in {row["symbol"] for row in mentions}
    spanned = [row for row in (*rows, *mentions) if row["start"] not in (None, "")]
    assert len(spanned) > len(symbols)
    for row in spanned:
        text = searcher.store.text(row["document_id"])
        assert row["quotation"] == text[int(row["start"]) : int(row["end"])]
    assert all("kho Căn Cứ" in row["collection"] for row in (*rows, *mentions))


def test_the_radar_is_a_workbook_too(
    tmp_path: Path, build_store: Callable[[Path, list[Path]], Store], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, text in RADAR_TEXTS.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    build_store(tmp_path / "store", [folder]).close()
    book = tmp_path / "r.xlsx"
    options = ["--vao-ngay", "2026-01-01", "--xlsx", str(book), "--csv", str(tmp_path / "r.csv")]
    assert cli.main(["radar", "7/NQ-CP", *options, "--store", str(tmp_path / "store")]) == 0
    capsys.readouterr()
    with (tmp_path / "r.csv").open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    page = load_workbook(book)["Triển khai"]
    found = [[cell.value or "" for cell in row] for row in page.iter_rows()]
    assert found[0] == header and len(found) == len(rows) + 1
    assert [row[2] for row in found[1:]] == [row[2] for row in rows]


# --- the page


def test_the_tiles_are_the_provinces_of_each_map() -> None:
    for which, scheme in (("63", Scheme.BEFORE), ("34", Scheme.AFTER)):
        tiles = load_tiles()[which]
        assert {one.name for one in tiles} == {unit.name for unit in list_units(PlaceLevel.PROVINCE, scheme)}
        assert (
            len({(one.row, one.column) for one in tiles}) == len({one.short for one in tiles}) == int(which)
        )
    drawn = tiles_html("34", {"Hà Tĩnh": (2, 1)}, ["Hà Tĩnh"], lambda name: f"so-sanh?tinh={name}&q=<")
    assert 'aria-label="Hà Tĩnh: 2 văn bản, 1 trang đưa tin hoặc chưa rõ loại; bớt khỏi so sánh"' in drawn
    assert 'aria-label="Lai Châu: không có dữ liệu; thêm vào so sánh"' in drawn and "q=<" not in drawn


def test_the_table_escapes_what_documents_say(searcher: Searcher) -> None:
    given = asked(searcher, "Hà Tĩnh", period=SECOND, most=9)
    assert any(HOSTILE in wording.quote(cell) for row in given.rows for cell in row.cells)
    drawn = table_html(given)
    assert "<img" not in drawn and HOSTILE in unescape(re.sub(r"<[^>]+>", "", drawn))


@pytest.fixture
def visit(open_page: Callable[..., AppTest], searcher: Searcher) -> Callable[..., AppTest]:
    """Open the page at an address."""
    return partial(open_page, searcher.store.folder, "so_sanh")


def test_an_empty_page_teaches_and_an_example_compares(visit: Callable[..., AppTest]) -> None:
    app = visit()
    assert "Chọn một ví dụ" in words(app, gap=" ") and "Bảng so sánh" not in words(app, gap=" ")
    app.button(key="compare-example-0").click().run()
    assert not app.exception
    assert "Bảng so sánh" in words(app, gap=" ")
    assert app.text_input(key="theme").value == "xây dựng nông thôn mới"
    assert len(app.multiselect(key="provinces").value) == 4


def test_an_address_shows_its_comparison_and_the_widgets_follow(visit: Callable[..., AppTest]) -> None:
    app = visit(q=THEME, tinh=["Hà Tĩnh", "Hưng Yên", "Lai Châu", "Atlantis"], gd=FIRST)
    assert app.text_input(key="theme").value == THEME and app.text_input(key="period").value == FIRST
    assert app.multiselect(key="provinces").value == ["Hà Tĩnh", "Hưng Yên", "Lai Châu"]
    shown = words(app, gap=" ")
    assert "120 km" in shown and "500 km" not in shown and "60 km" in shown and "không có dữ liệu" in shown
    assert len(app.get("download_button")) == 2
    assert len(app.get("vega_lite_chart")) + len(app.get("arrow_vega_lite_chart")) == 2


def test_today_and_the_map_are_kept_in_the_address(visit: Callable[..., AppTest]) -> None:
    app = visit(q=THEME, tinh=["Thái Bình"], nay="1")
    assert "Hưng Yên (gồm Hưng Yên và Thái Bình trước 1/7/2025)" in words(app, gap=" ")
    app.radio(key="map").set_value("63").run()
    assert not app.exception
    assert app.query_params["ban-do"] == "63" and app.query_params["nay"] == "1"


def test_a_period_that_cannot_be_read_is_said(visit: Callable[..., AppTest]) -> None:
    app = visit(q=THEME, tinh=["Hà Tĩnh"], gd="hồi xưa")
    assert "Không đọc được thời kỳ" in app.warning[0].value


def test_the_radar_answers_on_the_page(visit: Callable[..., AppTest]) -> None:
    app = visit(so="70/QĐ-UBND")
    assert "Rà soát việc triển khai 70/QĐ-UBND" in words(app, gap=" ")
    assert "Hãy viết đủ một số" in visit(so="kế hoạch gì đó").warning[0].value


def test_a_timeline_shows_two_times_or_is_not_there(searcher: Searcher) -> None:
    given = asked(searcher, "Hà Tĩnh", "Nghệ An")
    lines = [row for row in given.rows if any(cell.time.spans for cell in row.cells)]
    chart = timeline_of(given)
    assert chart is not None and len(lines) == 2
    # a line of 34 pixels for each row, beside what the axis and the legend below take of the height
    assert chart["height"] >= 34 * len(lines) + 100
    alone = replace(lines[0], cells=lines[0].cells[:1])
    assert timeline_of(replace(given, rows=(alone,))) is None
