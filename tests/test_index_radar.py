"""The implementation radar over a small store of texts of our own: days, replacement, provinces, reports."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from conftest import write_pages
from streamlit.testing.v1 import AppTest
from test_answering_chain import act, plan

import cli
from corpus.effect import Effect
from corpus.intake import take_in
from corpus.models import Level, Relation
from corpus.store import Store
from index.radar import wording
from index.radar.finding import find_radar
from index.radar.holders import provinces_on
from index.radar.models import Holder, Implementation, Radar, Seen, Shown, Timing
from index.radar.table import HEADER, make_rows
from index.verification import citation_fault
from pages.radar_drawing import chart_of, documents_html, holders_html, mentions_html

SYMBOL = "7/NQ-CP"
RESOLUTION = "Nghị quyết số 7/NQ-CP ngày 01 tháng 3 năm 2023 của Chính phủ về giữ nghề dệt chiếu"
AS_SUCH = "ban hành Kế hoạch như sau:"
HA_TINH = "ỦY BAN NHÂN DÂN\nTỈNH HÀ TĨNH"
HUNG_YEN = "ỦY BAN NHÂN DÂN\nTỈNH HƯNG YÊN"


def letter(organ: str, symbol: str, day: str, title: str, body: str, *, place: str) -> str:
    return act(
        organ,
        symbol,
        day,
        "QUYẾT ĐỊNH",
        title,
        f"{body}\n\nĐiều 1. Phạm vi\nÁp dụng trong tỉnh.",
        place=place,
    )


TEXTS = {
    "nghi-quyet": act(
        "CHÍNH PHỦ", SYMBOL, "01 tháng 3 năm 2023", "NGHỊ QUYẾT", "Về giữ nghề dệt chiếu",
        "Chính phủ yêu cầu các tỉnh giữ nghề dệt chiếu.\n\n1. Các tỉnh lập kế hoạch giữ nghề.", place="Hà Nội",
    ),
    "thay-the": act(
        "CHÍNH PHỦ", "30/NQ-CP", "01 tháng 9 năm 2025", "NGHỊ QUYẾT", "Về giữ các nghề thủ công",
        "Điều 1. Phạm vi\nNghị quyết này nói về các nghề thủ công.\n\nĐiều 2. Hiệu lực thi hành\n1. Nghị quyết này có "
        "hiệu lực thi hành từ ngày 01 tháng 10 năm 2025.\n2. Nghị quyết này thay thế Nghị quyết số 7/NQ-CP ngày 01 tháng "
        "3 năm 2023 của Chính phủ.", place="Hà Nội",
    ),
    "ha-tinh": plan(
        HA_TINH, "20/KH-UBND", "31 tháng 3 năm 2023", "Giữ nghề dệt chiếu trên địa bàn tỉnh Hà Tĩnh",
        f"Thực hiện {RESOLUTION}, Ủy ban nhân dân tỉnh {AS_SUCH}", place="Hà Tĩnh",
    ),
    # of the same counter: 21 and 22 must exist
    "ha-tinh-khac": plan(
        HA_TINH, "23/KH-UBND", "15 tháng 4 năm 2023", "Nạo vét kênh mương trên địa bàn tỉnh Hà Tĩnh",
        f"Ủy ban nhân dân tỉnh {AS_SUCH}", place="Hà Tĩnh",
    ),
    "hung-yen": plan(
        HUNG_YEN, "21/KH-UBND", "01 tháng 3 năm 2024", "Giữ nghề dệt chiếu trên địa bàn tỉnh Hưng Yên",
        f"Thực hiện {RESOLUTION}, Ủy ban nhân dân tỉnh {AS_SUCH}", place="Hưng Yên",
    ),
    "huyen": plan(
        "ỦY BAN NHÂN DÂN\nHUYỆN CẨM XUYÊN", "31/KH-UBND", "10 tháng 4 năm 2023",
        "Giữ nghề dệt chiếu trên địa bàn huyện Cẩm Xuyên",
        "Thực hiện Kế hoạch số 20/KH-UBND ngày 31 tháng 3 năm 2023 của UBND tỉnh Hà Tĩnh về giữ nghề dệt chiếu, Ủy ban nhân "
        f"dân huyện {AS_SUCH}", place="Cẩm Xuyên",
    ),
    # dated after the replacement began, by a commune, whose province nothing says
    "xa": plan(
        "ỦY BAN NHÂN DÂN\nXÃ CẨM BÌNH", "7/KH-UBND", "01 tháng 12 năm 2025",
        "Giữ nghề dệt chiếu trên địa bàn xã Cẩm Bình",
        f"Thực hiện {RESOLUTION}, Ủy ban nhân dân xã {AS_SUCH}", place="Cẩm Bình",
    ),
    # without a day of its own
    "quang-ninh": plan(
        "ỦY BAN NHÂN DÂN\nTỈNH QUẢNG NINH", "44/KH-UBND", "tháng năm 2023", "Giữ nghề dệt chiếu tỉnh Quảng Ninh",
        f"Thực hiện {RESOLUTION}, Ủy ban nhân dân tỉnh {AS_SUCH}", place="Quảng Ninh",
    ),
    # cites it on its way, carries out something else
    "nghe-an": letter(
        "ỦY BAN NHÂN DÂN\nTỈNH NGHỆ AN", "90/QĐ-UBND", "05 tháng 5 năm 2023", "Về đặt tên đường trên địa bàn tỉnh Nghệ An",
        f"Căn cứ {RESOLUTION};\n\nQUYẾT ĐỊNH:", place="Nghệ An",
    ),
    # of the period, says nothing of it
    "thanh-hoa": letter(
        "ỦY BAN NHÂN DÂN\nTỈNH THANH HÓA", "90/QĐ-UBND", "06 tháng 5 năm 2023", "Về giá nước sạch tỉnh Thanh Hóa",
        "Theo đề nghị của Sở Tài chính;\n\nQUYẾT ĐỊNH:", place="Thanh Hóa",
    ),
    # says that it carries out what was issued later: one of the days is wrong
    "thai-nguyen": plan(
        "ỦY BAN NHÂN DÂN\nTỈNH THÁI NGUYÊN", "50/KH-UBND", "01 tháng 3 năm 2022", "Giữ nghề dệt chiếu tỉnh Thái Nguyên",
        f"Thực hiện {RESOLUTION}, Ủy ban nhân dân tỉnh {AS_SUCH}", place="Thái Nguyên",
    ),
    # held, but of before the resolution
    "son-la": letter(
        "ỦY BAN NHÂN DÂN\nTỈNH SƠN LA", "92/QĐ-UBND", "05 tháng 5 năm 2019", "Về giá nước sạch tỉnh Sơn La",
        "Theo đề nghị của Sở Tài chính;\n\nQUYẾT ĐỊNH:", place="Sơn La",
    ),
    # a page that reports: with the number of the plan, and (another) without one
    "tin-co-so": (
        "Lai Châu giữ nghề dệt chiếu\n\nNgười dân Lai Châu bàn việc giữ nghề dệt chiếu của các bản, với nhiều ý kiến hay của "
        "các nghệ nhân lớn tuổi trong tỉnh.\n\nNgày 20/6/2023, UBND tỉnh Lai Châu đã ban hành Kế hoạch số 88/KH-UBND triển khai "
        "thực hiện Nghị quyết số 7/NQ-CP; người dân mong nghề được giữ.\n"
    ),
    "tin-khong-so": (
        "Cao Bằng họp bàn về nghề dệt chiếu\n\nTỉnh Cao Bằng vừa họp bàn về nghề dệt chiếu, với nhiều ý kiến của người dân các "
        "xã trong tỉnh và của các hợp tác xã dệt.\n\nHội nghị nghe báo cáo về việc tỉnh triển khai thực hiện Nghị quyết số "
        "7/NQ-CP trong năm qua; người dân mong nghề được giữ.\n"
    ),
    # a provincial resolution, implemented by one body of its province; another body is known
    "nq-tinh": act(
        "HỘI ĐỒNG NHÂN DÂN\nTỈNH HÀ TĨNH", "15/2024/NQ-HĐND", "10 tháng 7 năm 2024", "NGHỊ QUYẾT",
        "Quy định mức hỗ trợ nghệ nhân dệt chiếu trên địa bàn tỉnh Hà Tĩnh",
        "Điều 1. Mức hỗ trợ\nMỗi nghệ nhân được hỗ trợ một triệu đồng một tháng.", place="Hà Tĩnh",
    ),
    "kh-cua-tinh": plan(
        HA_TINH, "66/KH-UBND", "20 tháng 7 năm 2024", "Hỗ trợ nghệ nhân dệt chiếu",
        "Thực hiện Nghị quyết số 15/2024/NQ-HĐND ngày 10 tháng 7 năm 2024 của HĐND tỉnh Hà Tĩnh quy định mức hỗ trợ nghệ nhân "
        f"dệt chiếu, Ủy ban nhân dân tỉnh {AS_SUCH}", place="Hà Tĩnh",
    ),
}  # fmt: skip
TODAY = date(2026, 1, 1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made: Path = tmp_path_factory.mktemp("radar")
    pages = write_pages(made, TEXTS)
    with Store.open(made / "store") as opened:
        take_in(opened, [pages])
    return made / "store"


@pytest.fixture(scope="module")
def store(folder: Path) -> Iterator[Store]:
    with Store.open(folder, read_only=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def radar(store: Store) -> Radar:
    return find_radar(store, cache(store.document), SYMBOL, as_of=TODAY)


def found(radar: Radar, symbol: str) -> Implementation:
    (one,) = [one for one in radar.implementations if one.symbol == symbol]
    return one


def holder(radar: Radar, name: str) -> Holder:
    (one,) = [one for one in radar.holders if one.name == name]
    return one


def test_each_document_with_its_days_and_words(radar: Radar, store: Store) -> None:
    told = {one.symbol: (one.issued_on, one.days, one.level, one.via) for one in radar.implementations}
    assert told == {
        "20/KH-UBND": ("2023-03-31", 30, Level.PROVINCE, None),
        "88/KH-UBND": ("2023-06-20", 111, Level.PROVINCE, None),  # as the page that reports says
        "21/KH-UBND": ("2024-03-01", 366, Level.PROVINCE, None),  # over 29 February
        "44/KH-UBND": (None, None, Level.PROVINCE, None),
        "7/KH-UBND": ("2025-12-01", 1006, Level.COMMUNE, None),
        "31/KH-UBND": ("2023-04-10", 40, Level.DISTRICT, "20/KH-UBND"),
    }
    for one in radar.implementations:
        assert one.relation is Relation.IMPLEMENTS
        assert citation_fault(one.citation, store.document) is None
        assert (one.via or SYMBOL) in one.citation.quote


def test_a_day_that_is_not_written_is_not_guessed(radar: Radar) -> None:
    one = found(radar, "44/KH-UBND")
    assert (wording.tell_day(one), wording.tell_days(one.days)) == ("không rõ ngày", "không rõ ngày")
    assert one.timing is Timing.UNKNOWN


def test_what_is_older_than_the_replacement_and_what_still_cites_after_it(radar: Radar) -> None:
    ending = radar.ending
    assert ending is not None and ending.citation is not None
    assert (ending.effect, ending.by, ending.day, ending.issued) == (
        Effect.REPLACED,
        "30/NQ-CP",
        "2025-10-01",
        False,
    )
    assert "thay thế Nghị quyết số 7/NQ-CP" in ending.citation.quote
    assert found(radar, "20/KH-UBND").timing is Timing.BEFORE
    assert found(radar, "31/KH-UBND").timing is Timing.BEFORE
    assert found(radar, "7/KH-UBND").timing is Timing.AFTER
    told = wording.tell_timing(found(radar, "7/KH-UBND"), ending)
    assert told == "vẫn dẫn văn bản gốc sau ngày văn bản đó bị thay thế bởi 30/NQ-CP"
    assert "30/NQ-CP" not in [one.symbol for one in radar.implementations]


def test_before_the_replacement_began_nothing_is_said_of_it(store: Store) -> None:
    radar = find_radar(store, cache(store.document), SYMBOL, as_of=date(2025, 9, 15))
    assert radar.ending is None
    assert {one.timing for one in radar.implementations} == {None}
    assert "7/KH-UBND" not in [one.symbol for one in radar.implementations]  # issued later


def test_a_page_that_reports_is_no_document(radar: Radar) -> None:
    one = found(radar, "88/KH-UBND")
    assert (one.shown, one.held) == (Shown.PAGE, ())
    assert wording.tell_shown(one).startswith("theo bài “Lai Châu giữ nghề dệt chiếu”")
    assert found(radar, "20/KH-UBND").shown is Shown.ITSELF
    assert holder(radar, "Lai Châu").seen is Seen.TOLD
    (told,) = [one for one in radar.mentions if "Cao Bằng" in one.citation.title]
    assert "7/NQ-CP" in told.citation.quote
    assert holder(radar, "Cao Bằng").seen is Seen.NO_DATA  # a page is no document held of the province


def test_what_is_said_of_each_province(radar: Radar) -> None:
    assert len(radar.holders) == 34
    seen = {one.name: one.seen for one in radar.holders if one.seen is not Seen.NO_DATA}
    assert seen == {
        "Hà Tĩnh": Seen.ISSUED,
        "Hưng Yên": Seen.ISSUED,
        "Quảng Ninh": Seen.ISSUED,
        "Lai Châu": Seen.TOLD,
        "Nghệ An": Seen.CITED,
        "Thái Nguyên": Seen.CITED,
        "Thanh Hóa": Seen.NOT_SEEN,
        "Sơn La": Seen.NOT_OF_PERIOD,
    }
    assert Seen.NO_DATA.value == "không có dữ liệu"
    assert Seen.NOT_SEEN.value == "không thấy trong kho"


def test_the_denominator_stands_beside_it(radar: Radar) -> None:
    ha_tinh = holder(radar, "Hà Tĩnh")
    assert (ha_tinh.held, dict(ha_tinh.years)) == (5, {"2023": 3, "2024": 2})
    assert ha_tinh.found == ("20/KH-UBND", "31/KH-UBND")
    assert (ha_tinh.first_on, ha_tinh.first_days) == ("2023-03-31", 30)
    assert ha_tinh.missing == 2
    assert wording.tell_held(ha_tinh) == "5 văn bản của thời kỳ (2023: 3, 2024: 2); thiếu ít nhất 2 số"
    assert holder(radar, "Quảng Ninh").undated == 1
    assert (holder(radar, "Sơn La").held, holder(radar, "Sơn La").ever) == (0, 1)
    assert holder(radar, "Tuyên Quang").ever == 0
    assert any("không rõ thuộc tỉnh nào" in note for note in radar.notes)  # the commune


def test_a_province_of_today_is_not_the_old_one_of_its_name(radar: Radar, store: Store) -> None:
    assert holder(radar, "Hưng Yên").not_seen_of == ("Thái Bình",)
    assert "chưa thấy của Thái Bình" in wording.tell_seen(holder(radar, "Hưng Yên"))
    then = find_radar(store, cache(store.document), SYMBOL, as_of=date(2025, 6, 30))
    assert len(then.holders) == 63
    assert holder(then, "Hưng Yên").seen is Seen.ISSUED
    assert holder(then, "Thái Bình").seen is Seen.NO_DATA


@pytest.mark.parametrize(("day", "count"), [(date(2025, 6, 30), 63), (date(2025, 7, 1), 34)])
def test_the_provinces_of_a_day(day: date, count: int) -> None:
    assert len(provinces_on(day)) == len(set(provinces_on(day))) == count
    assert ("Thái Bình" in provinces_on(day)) is (count == 63)


def test_of_a_provincial_document_the_bodies_of_its_province(store: Store) -> None:
    radar = find_radar(store, cache(store.document), "15/2024/NQ-HĐND", as_of=TODAY)
    seen = {one.name: one.seen for one in radar.holders}
    assert seen == {
        "Ủy ban nhân dân tỉnh Hà Tĩnh": Seen.ISSUED,
        "Ủy ban nhân dân huyện Cẩm Xuyên": Seen.NOT_OF_PERIOD,
    }
    assert found(radar, "66/KH-UBND").days == 10
    assert wording.unit_of(radar) == "cơ quan của tỉnh mà kho biết"


def test_an_unknown_number_is_told(store: Store) -> None:
    radar = find_radar(store, cache(store.document), "999/NQ-CP", as_of=TODAY)
    assert (radar.bearer, radar.holders) == (None, ())
    assert "không có văn bản số 999/NQ-CP" in radar.notes[0]


def test_one_of_several_bearers_is_chosen_by_place_or_day(store: Store) -> None:
    read = cache(store.document)
    both = find_radar(store, read, "90/QĐ-UBND", as_of=TODAY)
    assert both.bearer is None
    assert {choice.province for choice in both.choices} == {"Nghệ An", "Thanh Hóa"}
    one = find_radar(store, read, "90/QĐ-UBND", as_of=TODAY, place="Thanh Hóa")
    other = find_radar(store, read, "90/QĐ-UBND", as_of=TODAY, issued_on=date(2023, 5, 5))
    assert one.bearer is not None and one.bearer.province == "Thanh Hóa"
    assert other.bearer is not None and other.bearer.province == "Nghệ An"
    neither = find_radar(store, read, "90/QĐ-UBND", as_of=TODAY, issued_on=date(2020, 1, 1))
    assert neither.bearer is None
    assert len(neither.choices) == 2


def test_what_is_not_believed_is_told(radar: Radar) -> None:
    assert [(one.symbol, one.reason) for one in radar.set_aside] == [("50/KH-UBND", wording.OLDER)]
    assert any("50/KH-UBND" in note for note in radar.notes)


def test_where_nothing_is_found_no_zeros_are_counted(radar: Radar) -> None:
    first, *_ = wording.sum_up(replace(radar, implementations=()))
    assert first == "Chưa thấy trong kho văn bản nào triển khai 7/NQ-CP."
    assert not any(
        "văn bản triển khai" in line for line in wording.sum_up(replace(radar, implementations=()))
    )


def test_rows_carry_evidence_and_the_version(radar: Radar, store: Store) -> None:
    rows = [dict(zip(HEADER, row, strict=True)) for row in make_rows(store, radar)]
    kinds = [row["Dòng"] for row in rows]
    assert (kinds.count("văn bản triển khai"), kinds.count("tỉnh, thành phố")) == (6, 34)
    assert kinds[0] == "hiệu lực"
    for row in rows:
        assert "bản 16.0" in row["Phiên bản kho"]
        if row["Câu chứng minh"]:
            text = store.text(row["Mã tài liệu"])
            assert text[int(row["Từ ký tự"]) : int(row["Đến ký tự"])] == row["Câu chứng minh"]
    (late,) = [row for row in rows if row["Số, ký hiệu"] == "7/KH-UBND"]
    assert (late["Ngày ban hành"], late["Số ngày sau văn bản gốc"]) == ("01/12/2025", "1006")
    assert late["Lưu ý"].startswith("vẫn dẫn văn bản gốc")


# --- shown


def test_the_command_writes_tables_json_and_csv(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = ["radar", "nq 7/nq-cp", "--vao-ngay", "2026-01-01", "--store", str(folder)]
    assert cli.main([*base, "--csv", str(tmp_path / "radar.csv")]) == 0
    told = capsys.readouterr().out
    assert "6 văn bản triển khai: 5 dẫn thẳng 7/NQ-CP" in told
    assert "vẫn dẫn văn bản gốc sau ngày" in " ".join(told.split())
    assert "không có dữ liệu" in told
    assert "Chỗ nói về hiệu lực: “2. Nghị quyết này thay thế Nghị quyết số 7/NQ-CP" in told
    rows = list(csv.reader(io.StringIO((tmp_path / "radar.csv").read_text("utf-8-sig"))))
    assert tuple(rows[0]) == HEADER
    assert cli.main([*base, "--json"]) == 0
    given = json.loads(capsys.readouterr().out)
    assert given["ending"]["by"] == "30/NQ-CP"
    assert given["implementations"][0]["citation"]["quote"]
    assert cli.main([*base, "--csv", str(tmp_path / "radar.xlsx")]) == 1
    assert ".csv" in capsys.readouterr().err


def test_the_chart_has_a_mark_of_each_dated_document_and_the_end(radar: Radar) -> None:
    chart = chart_of(radar)
    assert chart is not None
    rule, marks = chart.layer
    assert rule.data.values[0]["days"] == 945  # 01/03/2023 → 01/10/2025
    days = {value["name"]: value["days"] for value in marks.data.values}
    assert days["Kế hoạch 20/KH-UBND"] == 30
    assert "Kế hoạch 44/KH-UBND" not in days
    assert chart_of(replace(radar, implementations=())) is None


def test_what_is_drawn_links_to_the_words(radar: Radar) -> None:
    one = found(radar, "20/KH-UBND")
    html = documents_html(radar)
    assert f"start={one.citation.start}&amp;end={one.citation.end}" in html
    assert "Không có dữ liệu (26): " in holders_html(radar)
    assert "Cao Bằng họp bàn" in mentions_html(radar)
    evil = replace(one, symbol="<b>1</b>")
    assert "<b>" not in documents_html(replace(radar, implementations=(evil,)))


def _page() -> None:
    """What the page that compares provinces will do."""
    import os
    from datetime import date
    from pathlib import Path

    from corpus.store import Store
    from index.radar.finding import find_radar
    from pages.radar_drawing import draw_radar

    with Store.open(Path(os.environ["RADAR_STORE"]), read_only=True) as store:
        for symbol in ("7/NQ-CP", "999/NQ-CP"):
            draw_radar(find_radar(store, store.document, symbol, as_of=date(2026, 1, 1)))


def test_the_page_draws_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RADAR_STORE", str(folder))
    app = AppTest.from_function(_page, default_timeout=60).run()
    assert not app.exception
    drawn = "\n".join(element.proto.body for element in app.get("html"))
    assert "Rà soát việc triển khai 7/NQ-CP, tính đến 01/01/2026" in drawn
    assert "Nghị quyết này thay thế Nghị quyết số 7/NQ-CP" in drawn
    assert "không có văn bản số 999/NQ-CP" in drawn
    assert len(app.get("vega_lite_chart")) + len(app.get("arrow_vega_lite_chart")) == 1
