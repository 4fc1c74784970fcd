"""Places: what counts as one in a text, in a question, and the lineage of provinces."""

from __future__ import annotations

import pytest

from corpus.places import (
    PlaceLevel,
    all_provinces,
    current_province,
    find_places,
    find_places_folded,
    province_of,
    related_provinces,
)

IN_TEXT = (
    # the level word, the organ of a level, abbreviations
    ("Ban Thường vụ Tỉnh ủy Hà Tĩnh đề nghị", [("Tỉnh ủy Hà Tĩnh", "Hà Tĩnh", "tỉnh", ("Hà Tĩnh",))]),
    ("ỦY BAN NHÂN DÂN TỈNH HÀ TĨNH", [("TỈNH HÀ TĨNH", "Hà Tĩnh", "tỉnh", ("Hà Tĩnh",))]),
    ("Huyện ủy, UBND huyện Hưng Hà", [("huyện Hưng Hà", "Hưng Hà", "huyện", ("Thái Bình",))]),
    ("UBND TP. Hồ Chí Minh", [("TP. Hồ Chí Minh", "Hồ Chí Minh", "tỉnh", ("Hồ Chí Minh",))]),
    # a city of a province is a district; a commune is not in the table
    ("thành phố Hà Tĩnh", [("thành phố Hà Tĩnh", "Hà Tĩnh", "huyện", ("Hà Tĩnh",))]),
    ("xã Bắc Sơn đã đạt", [("xã Bắc Sơn", "Bắc Sơn", "xã", ())]),
    # one level word for a list
    (
        "các huyện Nghi Xuân, Vũ Quang và Hương Sơn,… Công tác",
        [
            ("huyện Nghi Xuân", "Nghi Xuân", "huyện", ("Hà Tĩnh",)),
            ("Vũ Quang", "Vũ Quang", "huyện", ("Hà Tĩnh",)),
            ("Hương Sơn", "Hương Sơn", "huyện", ("Hà Tĩnh",)),
        ],
    ),
    # the province beside a district that has namesakes settles which one it is
    (
        "huyện An Lão, tỉnh Bình Định",
        [
            ("huyện An Lão", "An Lão", "huyện", ("Bình Định",)),
            ("tỉnh Bình Định", "Bình Định", "tỉnh", ("Bình Định",)),
        ],
    ),
    ("huyện An Lão", [("huyện An Lão", "An Lão", "huyện", ("Bình Định", "Hải Phòng"))]),
    # tone placement and other spellings
    ("tỉnh Khánh Hoà", [("tỉnh Khánh Hoà", "Khánh Hòa", "tỉnh", ("Khánh Hòa",))]),
    ("Bà Rịa–Vũng Tàu", [("Bà Rịa–Vũng Tàu", "Bà Rịa - Vũng Tàu", "tỉnh", ("Bà Rịa - Vũng Tàu",))]),
    # bare names of provinces need capitals and must not be a person
    ("giữ gìn hòa bình ở Hòa Bình", [("Hòa Bình", "Hòa Bình", "tỉnh", ("Hòa Bình",))]),
    ("BẢO VỆ HÒA BÌNH", []),
    ("Ông Nguyễn Thái Bình và Chủ tịch Hồ Chí Minh", []),
    ("của tỉnh, các huyện, thành, thị ủy; tỉnh nhà; hoa binh", []),
    ("", []),
)

Expected = list[tuple[str, str, str, tuple[str, ...]]]


@pytest.mark.parametrize(("text", "expected"), IN_TEXT)
def test_places_of_a_text(text: str, expected: Expected) -> None:
    found = [(text[p.start : p.end], p.name, p.level.value, p.provinces) for p in find_places(text)]
    assert found == expected


IN_QUESTIONS = (
    ("nghi quyet ha tinh ve ntm", [("Hà Tĩnh", "tỉnh", True)]),
    ("hung ha nang cao", [("Hưng Hà", "huyện", True)]),
    ("Hà Tỉnh có gì", [("Hà Tĩnh", "tỉnh", True)]),
    ("thái bình năm 2018", [("Thái Bình", "tỉnh", False)]),
    ("huyện nghi xuân", [("Nghi Xuân", "huyện", False)]),
    ("tp hcm", [("Hồ Chí Minh", "tỉnh", False)]),
    # other words with the same letters
    ("giá lại tăng", []),
    ("ba vị trí", []),
    ("", []),
)


@pytest.mark.parametrize(("query", "expected"), IN_QUESTIONS)
def test_places_of_a_question(query: str, expected: list[tuple[str, str, bool]]) -> None:
    assert [(p.name, p.level.value, p.folded) for p in find_places_folded(query)] == expected


def test_there_were_63_provinces_and_there_are_34() -> None:
    assert len(all_provinces()) == 63
    assert len({current_province(name) for name in all_provinces()}) == 34


def test_lineage_of_the_merger() -> None:
    assert current_province("Thái Bình") == "Hưng Yên"
    assert current_province("Hà Tĩnh") == "Hà Tĩnh"
    assert current_province("huyện Hưng Hà") == "Hưng Yên"
    assert current_province("Bình Dương") == "Hồ Chí Minh"
    assert related_provinces("Hưng Yên") == ("Hưng Yên", "Thái Bình")
    assert related_provinces("Thái Bình") == ("Thái Bình", "Hưng Yên")
    assert related_provinces("Phú Thọ") == ("Phú Thọ", "Hòa Bình", "Vĩnh Phúc")
    assert related_provinces("không có") == ()


def test_a_district_with_namesakes_has_no_single_province() -> None:
    assert province_of("huyện Hưng Hà") == "Thái Bình"
    assert province_of("Lộc Hà") == "Hà Tĩnh"
    assert province_of("Châu Thành") is None


def test_districts_with_unusual_names_are_found_in_a_text() -> None:
    for name in ("Đắk Song", "M'Đrắk", "Phan Rang - Tháp Chàm", "Lắk"):
        (place,) = find_places(f"tại huyện {name}.")
        assert (place.name, place.level) == (name, PlaceLevel.DISTRICT)
