"""References, dates and reported parts: pair tables of our own, and the two seed pages read in place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.dates import find_dates
from corpus.issuers import read_issuer
from corpus.models import Reference, Relation
from corpus.references import find_references
from corpus.reports import find_reports

SEEDS = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "seeds"


def seed(name: str) -> str:
    path = SEEDS / name
    if not path.exists():
        pytest.skip(f"{name} absent")
    return path.read_text("utf-8")


def only(text: str) -> Reference:
    (reference,) = find_references(text)
    return reference


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("ngày 15/7/2021", ["2021-07-15"]),
        ("15/07/2021 và 15-7-2021 và 15.7.2021", ["2021-07-15"] * 3),
        ("ngày 15 tháng 7 năm 2021", ["2021-07-15"]),
        ("Hà Tĩnh, ngày 02 tháng 8 năm 2022", ["2022-08-02"]),
        ("11.03.2019 | 20:23 PM", ["2019-03-11"]),
        ("Thứ Hai, 11/03/2019, 20:23 (GMT+7)", ["2019-03-11"]),
        ("2022-07-20T08:00:00+07:00", ["2022-07-20"]),
        ("ngày 27 tháng\n11 năm 2025, 20/ 11 /2025", ["2025-11-27", "2025-11-20"]),
        ("ngày 8/3; tháng 7/2021; năm 2021; giai đoạn 2021-2025", []),
        ("31/2/2022, 15/13/2021, 44/2021/NQ-HĐND, 0943.685.786", []),
        ("ngày … tháng … năm 2025", []),
    ],
)
def test_dates(text: str, dates: list[str]) -> None:
    assert [found.iso for found in find_dates(text)] == dates


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Thủ tướng Chính phủ về quyết định", "Thủ tướng Chính phủ"),
        ("Bộ Văn hóa, Thể thao và Du lịch hướng dẫn", "Bộ Văn hóa, Thể thao và Du lịch"),
        (
            "Bộ trưởng Bộ Lao động - Thương binh và Xã hội quy định",
            "Bộ trưởng Bộ Lao động - Thương binh và Xã hội",
        ),
        ("Ban Chấp hành Đảng bộ tỉnh đã đề ra và Thông báo", "Ban Chấp hành Đảng bộ tỉnh"),
        ("Ban Thường vụ Tỉnh ủy Hà Tĩnh về", "Ban Thường vụ Tỉnh ủy Hà Tĩnh"),
        ("UBND tỉnh Bà Rịa - Vũng Tàu ban hành", "UBND tỉnh Bà Rịa - Vũng Tàu"),
        ("UBND thành phố Hồ Chí Minh về", "UBND thành phố Hồ Chí Minh"),
        ("Quốc hội và Nghị định số 5", "Quốc hội"),
        ("Ban Bí thư Trung ương Đảng khóa XIII, các", "Ban Bí thư Trung ương Đảng khóa XIII"),
        ("Văn phòng Điều phối nông thôn mới Trung ương về", "Văn phòng Điều phối nông thôn mới Trung ương"),
        ("Tổng cục Hải quan hướng dẫn", "Tổng cục Hải quan"),
        ("Hội đồng nhân dân\ntỉnh Kon Tum thông qua", "Hội đồng nhân dân\ntỉnh Kon Tum"),
        ("người dân", None),
        ("tỉnh về", None),
    ],
)
def test_names_of_bodies_end_before_the_next_clause(text: str, name: str | None) -> None:
    end = read_issuer(text, 0)
    assert (None if end is None else text[:end]) == name


# text, symbol, date, issuer, evidence
BESIDE = [
    (
        "Theo Quyết định số 15/QĐ-TTg ngày 22/2/2022 của Thủ tướng Chính phủ về việc",
        ("15/QĐ-TTg", "2022-02-22", "Thủ tướng Chính phủ"),
        "Quyết định số 15/QĐ-TTg ngày 22/2/2022 của Thủ tướng Chính phủ",
    ),
    (
        "Theo Nghị quyết số 12-NQ/ĐU, ngày 05 tháng 9 năm 2024 của Đảng ủy xã về",
        ("12-NQ/ĐU", "2024-09-05", "Đảng ủy xã"),
        "Nghị quyết số 12-NQ/ĐU, ngày 05 tháng 9 năm 2024 của Đảng ủy xã",
    ),
    (
        "Ngày 3/4/2023, UBND tỉnh Nghệ An đã ban hành Kế hoạch số 88/KH-UBND về",
        ("88/KH-UBND", "2023-04-03", "UBND tỉnh Nghệ An"),
        "Ngày 3/4/2023, UBND tỉnh Nghệ An đã ban hành Kế hoạch số 88/KH-UBND",
    ),
    (
        "Thay mặt Ban Thường vụ Tỉnh ủy, đồng chí Phó Bí thư vừa ký ban hành Công văn số 7-CV/TU về",
        ("7-CV/TU", None, "Ban Thường vụ Tỉnh ủy"),
        "Thay mặt Ban Thường vụ Tỉnh ủy, đồng chí Phó Bí thư vừa ký ban hành Công văn số 7-CV/TU",
    ),
    (
        "Nghị quyết số 9-NQ/TU của Ban Thường vụ Tỉnh ủy ngày 1/2/2020 nêu",
        ("9-NQ/TU", "2020-02-01", "Ban Thường vụ Tỉnh ủy"),
        "Nghị quyết số 9-NQ/TU của Ban Thường vụ Tỉnh ủy ngày 1/2/2020",
    ),
    (
        "Thông báo số 44/TB-VPCP ngày 1/2/2020 của Thủ tướng Chính phủ",
        ("44/TB-VPCP", "2020-02-01", "Văn phòng Chính phủ (kết luận của Thủ tướng Chính phủ)"),
        "Thông báo số 44/TB-VPCP ngày 1/2/2020 của Thủ tướng Chính phủ",
    ),
    (
        "Thông báo số 44/TB-VPCP của Văn phòng Chính phủ",
        ("44/TB-VPCP", None, "Văn phòng Chính phủ"),
        "Thông báo số 44/TB-VPCP của Văn phòng Chính phủ",
    ),
    (
        "Thông tư liên tịch số 5/2012/TTLT-BTC-BNV ngày 1/2/2012 của Bộ Tài chính, Bộ Nội vụ quy định",
        ("5/2012/TTLT-BTC-BNV", "2012-02-01", "Bộ Tài chính, Bộ Nội vụ"),
        "Thông tư liên tịch số 5/2012/TTLT-BTC-BNV ngày 1/2/2012 của Bộ Tài chính, Bộ Nội vụ",
    ),
    ("Quyết định số 15/QĐ-TTg ngày 22/2 quy định", ("15/QĐ-TTg", None, None), "Quyết định số 15/QĐ-TTg"),
    ("Căn cứ Luật Đất đai số 31/2024/QH15;", ("31/2024/QH15", None, None), "Luật Đất đai số 31/2024/QH15"),
    ("xem công văn 1144 của tỉnh", ("?CV 1144", None, None), "công văn 1144"),
]


@pytest.mark.parametrize(
    ("text", "expected", "evidence"), BESIDE, ids=[evidence for _, _, evidence in BESIDE]
)
def test_what_stands_beside_a_number(
    text: str, expected: tuple[str, str | None, str | None], evidence: str
) -> None:
    reference = only(text)
    assert (reference.symbol, reference.date, reference.issuer) == expected
    assert text[reference.start : reference.end] == evidence


def test_first_mention_lends_date_and_issuer() -> None:
    text = (
        "Nghị quyết số 9-NQ/TU ngày 1/2/2020 của Ban Thường vụ Tỉnh ủy. Nghị quyết số 09-NQ/TU, nghị quyết 9."
    )
    later = find_references(text)[1:]
    assert [(r.symbol, r.date, r.issuer) for r in later] == [
        ("09-NQ/TU", "2020-02-01", "Ban Thường vụ Tỉnh ủy"),
        ("9-NQ/TU", "2020-02-01", "Ban Thường vụ Tỉnh ủy"),
    ]


def test_two_documents_under_one_number_lend_nothing_backwards() -> None:
    text = "Xem 6-CTr/TU. Chương trình 6-CTr/TU ngày 1/2/2020. Chương trình 6-CTr/TU ngày 3/4/2025."
    assert [r.date for r in find_references(text)] == [None, "2020-02-01", "2025-04-03"]


def test_seed_0_gives_its_seven_numbers_with_dates_and_issuers() -> None:
    text = seed("000_662a6fbdc9e4369b.txt")
    references = find_references(text)
    assert len(references) == 9
    assert {r.symbol: (r.date, (r.issuer or "")[:34]) for r in references} == {
        "04-NQ/TU": ("2021-07-15", "Ban Chấp hành Đảng bộ tỉnh"),
        "3004/KH-UBND": ("2021-08-25", "UBND tỉnh"),
        "44/2021/NQ-HĐND": ("2021-12-16", "HĐND tỉnh"),
        "1144-CV/TU": (None, "Ban Thường vụ Tỉnh ủy"),
        "201/TB-VPCP": ("2022-07-11", "Văn phòng Chính phủ (kết luận của "),
        "263/QĐ-TTg": ("2022-02-22", "Thủ tướng Chính phủ"),
        "01/BCĐ CTMTQG": ("2022-04-14", "Ban Chỉ đạo Trung ương các Chương "),
    }
    assert [(r.symbol, r.relation, r.subject) for r in references] == [
        ("1144-CV/TU", Relation.REPORTED, None),
        ("04-NQ/TU", Relation.REPORTED, None),
        ("3004/KH-UBND", Relation.REPORTED, None),
        ("04-NQ/TU", Relation.IMPLEMENTS, "3004/KH-UBND"),
        ("44/2021/NQ-HĐND", Relation.REPORTED, None),
        ("04-NQ/TU", Relation.BASED_ON, None),
        ("201/TB-VPCP", Relation.BASED_ON, None),
        ("263/QĐ-TTg", Relation.REFERS_TO, None),
        ("01/BCĐ CTMTQG", Relation.REFERS_TO, None),
    ]


def test_seed_1_has_no_numbers() -> None:
    text = seed("001_ff1f4ff7d8d7f964.txt")
    assert find_references(text) == ()
    assert find_reports(text) == ()


def test_seed_0_reports_one_document_in_lines_28_to_50() -> None:
    text = seed("000_662a6fbdc9e4369b.txt")
    (report,) = find_reports(text)
    lines = [text.count("\n", 0, offset) + 1 for offset in (report.start, report.end)]
    assert (report.symbol, lines) == ("1144-CV/TU", [28, 50])


ISSUED = "UBND tỉnh vừa ban hành Công văn số 12/UBND-NL về phòng cháy.\n"


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        (
            ISSUED + "UBND tỉnh yêu cầu các xã thực hiện các nội dung sau:\nMột.\nHai.\nTheo An/bao.vn\n",
            "UBND tỉnh yêu cầu các xã thực hiện các nội dung sau:\nMột.\nHai.",
        ),
        (
            ISSUED + "Công văn nêu rõ:\nMột là rà soát.\nTrước đó, tỉnh đã họp.\nHai.",
            "Công văn nêu rõ:\nMột là rà soát.",
        ),
        (ISSUED + "Sở Y tế yêu cầu các xã làm các việc sau:\nMột.\nHai.", None),
        (ISSUED + "Các hộ dân đã đến nơi tránh trú.", None),
        (
            ISSUED[:-1]
            + " Nội dung cụ thể như sau:\nMột.\nNgày 1/2/2020, HĐND tỉnh đã ban hành NQ 3/NQ-HĐND.",
            ISSUED[:-1] + " Nội dung cụ thể như sau:\nMột.",
        ),
    ],
)
def test_reports(text: str, quoted: str | None) -> None:
    reports = find_reports(text)
    assert [text[report.start : report.end] for report in reports] == ([] if quoted is None else [quoted])
    assert all(report.symbol == "12/UBND-NL" for report in reports)


PIECES = [
    *("04-NQ/TU", " ngày 1/2/2020", " của UBND tỉnh", "đã ban hành ", "\n", "; ", ", ", "Nghị quyết số "),
    *("căn cứ ", "như sau:", "İ", "Luật ", "nghị quyết 4", " 15/2020/NĐ-CP", "(", ")", "Ngày 3/4/2021, "),
]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@settings(max_examples=300, deadline=None)
def test_evidence_covers_the_number_and_stays_inside(text: str) -> None:
    for reference in find_references(text):
        assert (
            0
            <= reference.start
            <= reference.symbol_start
            < reference.symbol_end
            <= reference.end
            <= len(text)
        )
    end = 0
    for report in find_reports(text):
        assert end <= report.start < report.end <= len(text)
        end = report.end


WEAK_VERBS = (
    ("ngày 25/8/2021 UBND tỉnh Hà Tĩnh ra Kế hoạch số 3004/KH-UBND.", "2021-08-25", "UBND tỉnh Hà Tĩnh"),
    ("Sau đó, HĐND tỉnh Hà Tĩnh có Nghị quyết số 44/2021/NQ-HĐND.", None, "HĐND tỉnh Hà Tĩnh"),
    ("Về việc này đã lâu mới có Nghị quyết số 44/2021/NQ-HĐND.", None, None),
)


@pytest.mark.parametrize(("text", "date", "issuer"), WEAK_VERBS)
def test_a_weak_verb_of_issuing_needs_a_body_before_it(
    text: str, date: str | None, issuer: str | None
) -> None:
    (reference,) = find_references(text)
    assert (reference.date, reference.issuer) == (date, issuer)
