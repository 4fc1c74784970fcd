"""Documents by province: the same name of two maps is two areas, joined only by choice."""

from __future__ import annotations

from datetime import date

from corpus.gazetteer import Scheme
from corpus.place_groups import UNKNOWN_PROVINCE, Joining, group_by_province, group_of, province_on

DOCUMENTS = (
    ("Nghị quyết 2018", "Hưng Yên", date(2018, 6, 15)),
    ("Nghị quyết 2026", "Hưng Yên", date(2026, 6, 15)),
    ("Kế hoạch 2018", "Thái Bình", date(2018, 9, 1)),
    ("Chỉ thị 2017", "Hà Tĩnh", date(2017, 1, 1)),
    ("Chỉ thị 2026", "Hà Tĩnh", date(2026, 1, 1)),
    ("Tin không ngày", "Hưng Yên", None),
    ("Tin không tỉnh", None, date(2026, 1, 1)),
)


def grouped(joining: Joining) -> dict[str, tuple[str, ...]]:
    groups = group_by_province(DOCUMENTS, lambda row: row[1:], joining=joining)
    return {group.label: tuple(row[0] for row in rows) for group, rows in groups.items()}


def test_each_province_is_that_of_its_day() -> None:
    assert grouped(Joining.THEN) == {
        "Hà Tĩnh": ("Chỉ thị 2017", "Chỉ thị 2026"),  # the area has not changed
        "Hưng Yên (không rõ trước hay từ 1/7/2025)": ("Tin không ngày",),
        "Hưng Yên (trước 1/7/2025)": ("Nghị quyết 2018",),
        "Hưng Yên (từ 1/7/2025, gồm cả Thái Bình)": ("Nghị quyết 2026",),
        "Thái Bình (nay thuộc Hưng Yên)": ("Kế hoạch 2018",),
        "Không rõ tỉnh": ("Tin không tỉnh",),
    }


def test_provinces_of_today_join_what_they_hold_by_choice() -> None:
    assert grouped(Joining.NOW) == {
        "Hà Tĩnh": ("Chỉ thị 2017", "Chỉ thị 2026"),
        "Hưng Yên (gồm Hưng Yên và Thái Bình trước 1/7/2025)": (
            "Nghị quyết 2018",
            "Nghị quyết 2026",
            "Kế hoạch 2018",
            "Tin không ngày",
        ),
        "Không rõ tỉnh": ("Tin không tỉnh",),
    }


def test_what_a_group_is() -> None:
    group = group_of("TPHCM", date(2026, 1, 1))
    assert group.label == "Hồ Chí Minh (từ 1/7/2025, gồm cả Bà Rịa - Vũng Tàu và Bình Dương)"
    assert group.parts == ("Hồ Chí Minh", "Bà Rịa - Vũng Tàu", "Bình Dương")
    assert group_of("Thừa Thiên Huế", date(2018, 1, 1)) == group_of("Huế", date(2026, 1, 1))
    assert group_of("không có", date(2018, 1, 1)) is UNKNOWN_PROVINCE


def test_a_province_that_has_ended_stays_the_one_of_before() -> None:
    late = province_on("Thái Bình", date(2026, 1, 1))
    assert late is not None and late.scheme is Scheme.BEFORE
    assert province_on("Thái Bình", None) == late
    assert province_on("Hưng Yên", None) is None
    assert group_of("Thái Bình", date(2026, 1, 1)).label == "Thái Bình (nay thuộc Hưng Yên)"
