"""The coverage ledger over a small store: acts whose facts are given, so that every number is known."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.coverage import Coverage, Range, Series, find_gaps, read_coverage, series_of, to_ranges
from corpus.coverage_report import (
    activity_json,
    describe_coverage,
    describe_notes,
    describe_sources,
    series_json,
    write_csv,
    write_ranges,
)
from corpus.errors import StoreReadOnly
from corpus.models import Document, DocumentKind, Fact, Facts, Level, Reference, Relation
from corpus.store import Store
from ingest.activity import SourceActivity

LONG = " ".join(f"Xã thứ {n} trồng thêm {n * 7} cây ven đường trong năm nay." for n in range(60))
HA_TINH = ("Ủy ban nhân dân tỉnh Hà Tĩnh", Level.PROVINCE, "Hà Tĩnh")
NGHE_AN = ("Ủy ban nhân dân tỉnh Nghệ An", Level.PROVINCE, "Nghệ An")
CENTRE = (None, Level.CENTRAL, None)


def paper(
    name: str,
    symbol: str | None,
    issued_on: str | None = None,
    *,
    by: tuple[str | None, Level | None, str | None] = HA_TINH,
    type: str = "Quyết định",
    kind: DocumentKind = DocumentKind.OFFICIAL,
    cites: tuple[Reference, ...] = (),
    text: str | None = None,
) -> Document:
    issuer, level, province = by
    given = {"symbol": symbol, "type": type, "issuer": issuer, "level": level, "province": province}
    facts = {key: Fact(value=str(value)) for key, value in {**given, "issued_on": issued_on}.items() if value}
    return Document(
        id=name,
        uri=f"file:///{name}.txt",
        source_id=None,
        url=None,
        sha256=name,
        title=name,
        title_in_text=True,
        author=None,
        publisher=None,
        text=text or f"Văn bản {name}",
        raw_text="",
        blocks=(),
        cuts=(),
        facts=Facts(kind=kind, **facts),
        references=cites,
        reported=(),
        passages=(),
    )


def cite(symbol: str, issued_on: str | None = None, issuer: str | None = None) -> Reference:
    return Reference(
        symbol=symbol,
        relation=None,
        date=issued_on,
        issuer=issuer,
        start=0,
        end=1,
        symbol_start=0,
        symbol_end=1,
    )


PAPERS = [
    # Hà Tĩnh 2024: 01–03, 05; 07 twice (different), 08 twice (one text); 12A
    *(paper(f"ht{n}", f"{n:02}/QĐ-UBND", f"2024-01-{n:02}") for n in (1, 2, 3, 5)),
    paper("ht7a", "07/QĐ-UBND", "2024-01-07"),
    paper("ht7b", "7/QĐ-UBND", "2024-01-08"),
    paper("ht8a", "08/QĐ-UBND", "2024-01-09", text=LONG),
    paper("ht8b", "08/QĐ-UBND", "2024-01-09", text=LONG),
    paper("ht12a", "12A/QĐ-UBND", "2024-02-01"),
    # the next year begins in the middle; a number without day is of no year
    paper("ht120", "120/QĐ-UBND", "2025-03-01"),
    paper("ht121", "121/QĐ-UBND", "2025-03-02"),
    paper("ht6", "06/QĐ-UBND"),
    # the same number in another province, with the year in it, without issuer
    paper("na4", "04/QĐ-UBND", "2024-01-02", by=NGHE_AN),
    paper("ht44", "44/2024/QĐ-UBND", "2024-05-05"),
    paper("ai9", "09/QĐ-UBND", "2024-01-02", by=(None, None, None)),
    paper("ai11", "11/QĐ-UBND", "2024-01-02", by=(None, None, None)),
    # of the centre, with and without the name of its issuer
    paper("tc1", "01/2024/TT-BTC", by=("Bộ Tài chính", Level.CENTRAL, None), type="Thông tư"),
    paper("tc4", "04/2024/TT-BTC", by=(None, None, None), type="Thông tư"),
    # Cục Thuế: "CT" is the issuer, not the type
    paper("ct5", "05/CT-CS", "2025-01-02", by=("Cục Thuế", Level.CENTRAL, None), type="Công văn"),
    paper("ct7", "07/CT-KK", "2025-01-02", by=("Cục Thuế", Level.CENTRAL, None), type="Công văn"),
    # a page that reports holds nothing, whatever number it is given
    paper("bao", "04/QĐ-UBND", "2024-01-04", kind=DocumentKind.UNKNOWN),
    paper(
        "tin",
        None,
        kind=DocumentKind.NEWS,
        cites=(
            cite("04/QĐ-UBND", "2024-01-04", "UBND tỉnh"),  # "tỉnh" is that of the page
            cite("10/QĐ-UBND", "2024-01-20", "Ủy ban nhân dân tỉnh Hà Tĩnh"),
            cite("02/QĐ-UBND", "2024-01-02", "UBND tỉnh Hà Tĩnh"),  # held
            cite("15/QĐ-UBND", None, "UBND tỉnh Hà Tĩnh"),  # no year
            cite("16/QĐ-UBND", "2024-01-20"),  # no issuer
            cite("03/2023/TT-BTC"),
            cite("02A/2023/TT-BTC"),
        ),
    ),
]


def fill(store: Store, papers: list[Document]) -> None:
    for one in papers:
        store.save(one)
    # The code of the issuer is a fact of its own.
    for name in ("ct5", "ct7"):
        document = store.document(name)
        store.save(replace(document, facts=replace(document.facts, issuer_code=Fact(value="CT"))))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("coverage")) as opened:
        fill(opened, PAPERS)
        yield opened


@pytest.fixture(scope="module")
def coverage(store: Store) -> Coverage:
    return read_coverage(store)


def one_series(coverage: Coverage, issuer: str | None, ending: str, scope: str | None) -> Series:
    (found,) = [
        one
        for one in coverage.series
        if (one.issuer, one.key.ending, one.key.scope) == (issuer, ending, scope)
    ]
    return found


@pytest.mark.parametrize(
    ("held", "mentioned", "gaps"),
    [
        ([], [], ()),
        ([], [3, 5], ()),
        ([7], [], ()),
        ([1, 2, 3], [], ()),
        ([1, 3], [], ((2, 2),)),
        ([3, 1, 3], [], ((2, 2),)),
        ([1, 5, 9], [], ((2, 4), (6, 8))),
        ([120, 121, 140], [], ((122, 139),)),  # nothing below the lowest
        ([120, 121], [5], ()),
        ([1, 2], [5], ((3, 5),)),  # up to the highest seen
        ([1, 5], [3], ((2, 4),)),  # what is mentioned is missing all the same
        ([1, 5], [5], ((2, 4),)),
        ([1, 999999], [], ((2, 999998),)),
    ],
)
def test_gaps(held: list[int], mentioned: list[int], gaps: tuple[Range, ...]) -> None:
    assert find_gaps(held, mentioned) == gaps


@pytest.mark.parametrize(("held", "mentioned"), [({1, 4, 5, 9}, {7, 12}), ({3, 30}, {1, 2}), ({8}, {11})])
def test_gaps_are_what_counting_finds(held: set[int], mentioned: set[int]) -> None:
    missing = {n for n in range(min(held), max(held | mentioned) + 1) if n not in held}
    assert {n for first, last in find_gaps(held, mentioned) for n in range(first, last + 1)} == missing


def test_ranges_as_people_write_them() -> None:
    runs = to_ranges([*range(1, 12), *range(13, 19), *range(20, 38)])
    assert write_ranges(runs) == "01–11, 13–18, 20–37"
    assert write_ranges(to_ranges([1, 3, 5, 7]), most=2) == "01, 03 … và 2 khoảng nữa"
    assert write_ranges(to_ranges([1, 3, 5]), most=2) == "01, 03, 05"  # one more is no longer than its count


def test_held_missing_and_mentioned(coverage: Coverage) -> None:
    found = one_series(coverage, HA_TINH[0], "/QĐ-UBND", "năm 2024")
    assert found.held == (1, 2, 3, 5, 7, 8)
    assert found.missing == ((4, 4), (6, 6), (9, 10))
    assert found.missing_count == 4
    assert found.mentioned == (4, 10)
    assert found.others == ("12A",)
    assert (found.documents, found.type, found.province) == (9, "Quyết định", "Hà Tĩnh")


def test_documents_of_one_number_are_told_as_copies_or_not(coverage: Coverage) -> None:
    seven, eight = one_series(coverage, HA_TINH[0], "/QĐ-UBND", "năm 2024").duplicates
    assert (seven.number, seven.documents, seven.copies) == ("7", ("ht7a", "ht7b"), False)
    assert (eight.number, eight.documents, eight.copies) == ("8", ("ht8a", "ht8b"), True)


def test_series_do_not_mix(coverage: Coverage) -> None:
    held = {(one.issuer, one.key.ending, one.key.scope): one.held for one in coverage.series if one.documents}
    assert held == {
        (HA_TINH[0], "/QĐ-UBND", "năm 2024"): (1, 2, 3, 5, 7, 8),
        (HA_TINH[0], "/QĐ-UBND", "năm 2025"): (120, 121),
        (HA_TINH[0], "/QĐ-UBND", None): (6,),
        (HA_TINH[0], "/2024/QĐ-UBND", "năm 2024"): (44,),
        (NGHE_AN[0], "/QĐ-UBND", "năm 2024"): (4,),
        (None, "/QĐ-UBND", "năm 2024"): (9, 11),
        ("Bộ Tài chính", "/2024/TT-BTC", "năm 2024"): (1, 4),
        ("Cục Thuế", "/CT-…", "năm 2025"): (5, 7),
    }


def test_no_gaps_without_issuer_or_year(coverage: Coverage) -> None:
    unknown = one_series(coverage, None, "/QĐ-UBND", "năm 2024")
    assert (unknown.held, unknown.missing, unknown.lowest) == ((9, 11), (), None)
    assert one_series(coverage, HA_TINH[0], "/QĐ-UBND", None).missing == ()


def test_a_series_that_is_only_mentioned(coverage: Coverage) -> None:
    found = next(one for one in coverage.series if one.key.ending == "/2023/TT-BTC")
    assert (found.issuer, found.documents, found.type) == ("Bộ Tài chính", 0, None)
    assert (found.mentioned, found.mentioned_others, found.missing) == ((3,), ("2A",), ())


def test_mentions_that_tell_no_series_are_counted(coverage: Coverage) -> None:
    assert coverage.unplaced == 2  # 15 without year, 16 without issuer
    assert coverage.unread == ()


def test_the_series_of_one_number(store: Store) -> None:
    assert [(one.issuer, one.key.scope) for one in series_of(store, "10/QĐ-UBND")] == [
        (HA_TINH[0], "năm 2024"),  # it is mentioned there
        (HA_TINH[0], "năm 2025"),
        (None, "năm 2024"),
        (HA_TINH[0], None),
        (NGHE_AN[0], "năm 2024"),
    ]
    of = series_of(store, "10/QĐ-UBND", provinces=("Nghệ An",))
    assert [one.held for one in of] == [(4,)]
    assert [one.held for one in series_of(store, "10/QĐ-UBND", years=(2025,))] == [(120, 121), (6,)]
    assert [one.held for one in series_of(store, "2/2024/TT-BTC", provinces=("Nghệ An",))] == [(1, 4)]
    assert [one.held for one in series_of(store, "06/CT-CS")] == [(5, 7)]
    assert series_of(store, "10/KH-UBND") == series_of(store, "?NQ 04") == ()


def test_the_series_of_one_number_are_those_of_the_ledger(store: Store, coverage: Coverage) -> None:
    for found in series_of(store, "10/QĐ-UBND"):
        same = [one for one in coverage.series if one.key == found.key]
        assert [(one.held, one.missing, one.mentioned) for one in same] == [
            (found.held, found.missing, found.mentioned)
        ]


def test_described_for_people(coverage: Coverage) -> None:
    ours = [one for one in coverage.series if one.issuer == HA_TINH[0] and one.documents]
    assert list(describe_coverage(ours)) == [
        "Ủy ban nhân dân tỉnh Hà Tĩnh",
        "  Quyết định …/2024/QĐ-UBND, năm 2024: có 44; chưa có số nào dưới 44",
        "  Quyết định …/QĐ-UBND, năm 2024: có 01–03, 05, 07–08, 12A",
        "      thiếu 04, 06, 09–10 (4 số)",
        "      được nhắc tới nhưng chưa có văn bản: 04, 10",
        "      trùng số 07: 2 văn bản, nội dung khác nhau, cần xem lại",
        "      trùng số 08: 2 văn bản, cùng nội dung",
        "  Quyết định …/QĐ-UBND, năm 2025: có 120–121; chưa có số nào dưới 120",
        "  Quyết định …/QĐ-UBND, không rõ năm: có 06",
        "      không xét số thiếu: không rõ năm",
        "",
    ]
    unknown = [one for one in coverage.series if one.issuer is None]
    assert list(describe_coverage(unknown)) == [
        "Cơ quan không rõ (mã UBND)",
        "  Quyết định …/QĐ-UBND, năm 2024: có 09, 11",
        "      không xét số thiếu: không rõ cơ quan, tỉnh nào",
        "",
    ]


GIA_LAI = ("Ủy ban nhân dân tỉnh Gia Lai", Level.PROVINCE, "Gia Lai")
UNCOUNTED = [
    (paper("a", "1/QĐ-UBND"), "Quyết định …/QĐ-UBND, không rõ năm: có 01", "không rõ năm"),
    (
        paper("a", "1/2025/QĐ-UBND", by=GIA_LAI),
        "Quyết định …/2025/QĐ-UBND, năm 2025, không rõ trước hay từ 1/7: có 01",
        "năm 2025, không rõ trước hay từ 1/7",
    ),
    (
        paper("a", "04-NQ/TU", "2025-02-01", by=("Tỉnh ủy Hà Tĩnh", None, None), type="Nghị quyết"),
        "Nghị quyết …-NQ/TU, không rõ nhiệm kỳ: có 04",
        "không rõ nhiệm kỳ",
    ),
    (
        paper("a", "80/2025/QH15", by=("Quốc hội", Level.CENTRAL, None), type=""),
        "…/…/QH15, khóa 15: có 80",
        "không rõ loại văn bản",
    ),
    (
        paper("a", "02/2014/TTLT-BCA-BTC", by=CENTRE, type="Thông tư liên tịch"),
        "Thông tư liên tịch …/2014/TTLT-BCA-BTC, năm 2014: có 02",
        "văn bản liên tịch, số do cơ quan chủ trì đánh",
    ),
    (
        paper("a", "1/QĐ-UBND", "2024-01-01", by=(None, None, "Hà Tĩnh")),
        "Quyết định …/QĐ-UBND, năm 2024: có 01",
        "không rõ cơ quan, tỉnh nào",
    ),
]


@pytest.mark.parametrize(("held", "line", "why"), UNCOUNTED, ids=[why for _, _, why in UNCOUNTED])
def test_why_nothing_is_called_missing(held: Document, line: str, why: str, tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.save(held)
        _, *lines = describe_coverage(read_coverage(store).series)
    assert lines == [f"  {line}", f"      không xét số thiếu: {why}", ""]


def test_a_number_that_cannot_be_taken_apart_is_told(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.save(paper("la", "số lạ"))
        coverage = read_coverage(store)
    assert (coverage.series, coverage.unread) == ((), ("la",))
    assert "1 văn bản có số không tách được, nên không tính." in describe_notes((), coverage, unshown=0)


def test_a_page_does_not_mention_its_own_number(tmp_path: Path) -> None:
    own = replace(cite("9/2024/TT-BTC"), relation=Relation.OWN)
    with Store.open(tmp_path) as store:
        store.save(paper("tin", None, kind=DocumentKind.NEWS, cites=(own, cite("8/2024/TT-BTC"))))
        (found,) = read_coverage(store).series
    assert found.mentioned == (8,)


def test_notes_sum_up_what_is_shown(coverage: Coverage) -> None:
    held = [one for one in coverage.series if one.documents]
    first, other, unplaced, _ = describe_notes(held, coverage, unshown=1)
    assert first == (
        "Cộng: 20 văn bản trong 8 dãy số; thiếu 7 số giữa số thấp nhất có trong kho và số cao nhất đã thấy."
    )
    assert other == "Ngoài ra có 1 dãy chỉ được nhắc tới: xem bằng cách lọc, --json hoặc --csv."
    assert unplaced == "2 số được nhắc tới mà không rõ cơ quan hoặc năm, nên không tính."


def test_json_of_a_series(coverage: Coverage) -> None:
    assert series_json(one_series(coverage, HA_TINH[0], "/QĐ-UBND", "năm 2024")) == {
        "issuer": HA_TINH[0],
        "issuer_code": "UBND",
        "province": "Hà Tĩnh",
        "type": "Quyết định",
        "ending": "/QĐ-UBND",
        "year": 2024,
        "scope": "năm 2024",
        "documents": 9,
        "held": [[1, 3], [5, 5], [7, 8]],
        "held_others": ["12A"],
        "counted": True,
        "missing": [[4, 4], [6, 6], [9, 10]],
        "missing_count": 4,
        "mentioned": [4, 10],
        "mentioned_others": [],
        "duplicates": [
            {"number": "7", "documents": ("ht7a", "ht7b"), "copies": False},
            {"number": "8", "documents": ("ht8a", "ht8b"), "copies": True},
        ],
    }


def test_csv_for_a_spreadsheet(coverage: Coverage, tmp_path: Path) -> None:
    path = tmp_path / "thieu.csv"
    write_csv([one_series(coverage, HA_TINH[0], "/QĐ-UBND", "năm 2024")], path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfD\xc3\xb2ng,")
    rows = list(csv.DictReader(path.open(encoding="utf-8-sig", newline="")))
    assert [(row["Dòng"], row["Số"], row["Thiếu"], row["Được nhắc tới"]) for row in rows] == [
        ("dãy", "", "04, 06, 09–10", "04, 10"),
        ("số", "04", "x", "x"),
        ("số", "06", "x", ""),
        ("số", "09", "x", ""),
        ("số", "10", "x", "x"),
    ]
    assert rows[0]["Có"] == "01–03, 05, 07–08, 12A"
    assert (rows[0]["Số lượng thiếu"], rows[0]["Số văn bản"]) == ("4", "9")
    assert rows[0]["Ghi chú"] == "trùng số 07; trùng số 08"
    assert {row["Dãy"] for row in rows} == {"…/QĐ-UBND"}


def test_a_cell_is_never_a_formula(coverage: Coverage, tmp_path: Path) -> None:
    series = one_series(coverage, HA_TINH[0], "/QĐ-UBND", "năm 2024")
    write_csv([replace(series, issuer="=1+1", missing=(), mentioned=())], tmp_path / "a.csv")
    (row,) = csv.DictReader((tmp_path / "a.csv").open(encoding="utf-8-sig", newline=""))
    assert row["Cơ quan"] == "'=1+1"


def test_a_csv_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreReadOnly, match=r"Không ghi được .*không-có"):
        write_csv([], tmp_path / "không-có" / "a.csv")


def test_sources_with_those_that_fell_silent(coverage: Coverage) -> None:
    silent = SourceActivity(
        source="bao-ha-tinh",
        last_listed_at="2026-11-28T01:00:00+00:00",
        last_new_at="2026-10-05T01:00:00+00:00",
        pages=40,
        failed=2,
        new_days=tuple(date(2026, 10, n) for n in range(1, 6)),
    )
    lively = replace(silent, source="cong-bao", failed=0, new_days=(*silent.new_days, date(2026, 11, 27)))
    (held,) = coverage.sources
    assert (held.source, held.documents) == (None, len(PAPERS))
    held = replace(held, last_read_at="2026-11-28T02:00:00+00:00")
    assert list(describe_sources([held], [silent, lively], date(2026, 11, 28))) == [
        f"  Tệp trên máy: {len(PAPERS)} trang, đọc gần nhất 28/11/2026",
        "  ! bao-ha-tinh: 40 trang, 2 trang lỗi; không có trang mới từ 05/10/2026 (54 ngày; thường cách 1 ngày)",
        "  cong-bao: 40 trang; trang mới gần nhất ngày 27/11/2026",
    ]
    told = activity_json(silent, date(2026, 11, 28))
    assert (told["source"], told["quiet"], told["new_days"][0]) == ("bao-ha-tinh", True, "2026-10-01")


def test_a_correction_moves_a_number_to_its_series(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        fill(store, PAPERS)
        with store.writing():
            store.correct("ht6", "issued_on", "2024-01-06", by="Văn thư", reason="đọc trên bản giấy")
        found = one_series(read_coverage(store), HA_TINH[0], "/QĐ-UBND", "năm 2024")
        assert (found.held, found.missing) == ((1, 2, 3, 5, 6, 7, 8), ((4, 4), (9, 10)))
