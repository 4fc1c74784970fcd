"""The gazetteer: the map of before and since 1 July 2025, and what became of which."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.gazetteer import (
    PlaceLevel,
    Scheme,
    Unit,
    find_units,
    list_units,
    predecessors,
    province_by_code,
    same_area,
    scheme_on,
    successors,
)

# The acts of 2025 as facts: the province of today → what it was formed from.
UNCHANGED = (
    "Hà Nội, Cao Bằng, Điện Biên, Lai Châu, Sơn La, Lạng Sơn, Quảng Ninh, Thanh Hóa, Nghệ An, Hà Tĩnh, Huế"
)
MERGED = {
    "Tuyên Quang": "Tuyên Quang, Hà Giang",
    "Lào Cai": "Lào Cai, Yên Bái",
    "Thái Nguyên": "Thái Nguyên, Bắc Kạn",
    "Phú Thọ": "Phú Thọ, Vĩnh Phúc, Hòa Bình",
    "Bắc Ninh": "Bắc Ninh, Bắc Giang",
    "Hưng Yên": "Hưng Yên, Thái Bình",
    "Hải Phòng": "Hải Phòng, Hải Dương",
    "Ninh Bình": "Ninh Bình, Hà Nam, Nam Định",
    "Quảng Trị": "Quảng Trị, Quảng Bình",
    "Đà Nẵng": "Đà Nẵng, Quảng Nam",
    "Quảng Ngãi": "Quảng Ngãi, Kon Tum",
    "Gia Lai": "Gia Lai, Bình Định",
    "Đắk Lắk": "Đắk Lắk, Phú Yên",
    "Khánh Hòa": "Khánh Hòa, Ninh Thuận",
    "Lâm Đồng": "Lâm Đồng, Đắk Nông, Bình Thuận",
    "Đồng Nai": "Đồng Nai, Bình Phước",
    "Hồ Chí Minh": "Hồ Chí Minh, Bình Dương, Bà Rịa - Vũng Tàu",
    "Tây Ninh": "Tây Ninh, Long An",
    "Đồng Tháp": "Đồng Tháp, Tiền Giang",
    "Vĩnh Long": "Vĩnh Long, Bến Tre, Trà Vinh",
    "An Giang": "An Giang, Kiên Giang",
    "Cần Thơ": "Cần Thơ, Hậu Giang, Sóc Trăng",
    "Cà Mau": "Cà Mau, Bạc Liêu",
}
FORMED_FROM = {**{name: name for name in UNCHANGED.split(", ")}, **MERGED}


def province(name: str, scheme: Scheme) -> Unit:
    (unit,) = find_units(name, PlaceLevel.PROVINCE, scheme)
    return unit


def district(name: str, province: str) -> Unit:
    (unit,) = (u for u in find_units(name, PlaceLevel.DISTRICT) if u.path[-1] == province)
    return unit


def commune(*path: str) -> Unit:
    (unit,) = (u for u in find_units(path[0], PlaceLevel.COMMUNE) if u.path == path)
    return unit


@pytest.mark.parametrize(("now", "parts"), FORMED_FROM.items())
def test_each_province_of_today_and_what_it_was_formed_from(now: str, parts: str) -> None:
    unit = province(now, Scheme.AFTER)
    assert {step.before.name for step in predecessors(unit)} == set(parts.split(", "))
    for part in parts.split(", "):
        (step,) = successors(province(part, Scheme.BEFORE))
        assert (step.after, step.whole) == (unit, True)


def test_the_lists_hold_every_unit_once() -> None:
    assert {u.name for u in list_units(PlaceLevel.PROVINCE, Scheme.AFTER)} == set(FORMED_FROM)
    before = {u.name for u in list_units(PlaceLevel.PROVINCE, Scheme.BEFORE)}
    assert before == {name for parts in FORMED_FROM.values() for name in parts.split(", ")}
    assert (len(FORMED_FROM), len(before)) == (34, 63)
    communes = list_units(PlaceLevel.COMMUNE, Scheme.AFTER)
    assert len(communes) == len({(u.kind, *u.path) for u in communes}) == 3321
    at_the_end = [u for u in list_units(PlaceLevel.DISTRICT, Scheme.BEFORE) if u.ended_on == date(2025, 7, 1)]
    assert len(at_the_end) == 696
    assert list_units(PlaceLevel.DISTRICT, Scheme.AFTER) == ()


def test_every_commune_has_a_successor_and_every_one_of_today_a_predecessor() -> None:
    for unit in list_units(PlaceLevel.COMMUNE, Scheme.BEFORE):
        steps = successors(unit)
        assert steps and {s.after.province for s in steps} == {successors(unit.province)[0].after}
        assert all(step.whole is (len(steps) == 1) for step in steps)
    assert all(predecessors(unit) for unit in list_units(PlaceLevel.COMMUNE, Scheme.AFTER))


def test_the_same_name_is_not_the_same_area() -> None:
    assert not same_area(province("Hưng Yên", Scheme.BEFORE), province("Hưng Yên", Scheme.AFTER))
    assert same_area(province("Hà Tĩnh", Scheme.AFTER), province("Hà Tĩnh", Scheme.BEFORE))
    assert not same_area(province("Hà Tĩnh", Scheme.AFTER), province("Nghệ An", Scheme.BEFORE))


def test_a_code_names_another_province_in_each_scheme() -> None:
    for code, before, after in (
        ("15", "Yên Bái", "Lào Cai"),
        ("24", "Bắc Giang", "Bắc Ninh"),
        ("44", "Quảng Bình", "Quảng Trị"),
        ("80", "Long An", "Tây Ninh"),
        ("82", "Tiền Giang", "Đồng Tháp"),
        ("91", "Kiên Giang", "An Giang"),
    ):
        found = [province_by_code(code, scheme) for scheme in (Scheme.BEFORE, Scheme.AFTER)]
        assert [unit and unit.name for unit in found] == [before, after]
    assert province_by_code("34", Scheme.AFTER) is None


def test_provinces_became_cities_on_their_day() -> None:
    for name, last_day in (
        ("Đồng Nai", date(2026, 4, 29)),
        ("Quảng Ninh", date(2026, 8, 31)),
        ("Bắc Ninh", date(2026, 9, 19)),
    ):
        unit = province(name, Scheme.AFTER)
        day_after = date.fromordinal(last_day.toordinal() + 1)
        assert (unit.kind_on(last_day), unit.kind_on(day_after)) == ("tỉnh", "thành phố")
    assert province("Bắc Ninh", Scheme.BEFORE).kind_on(date(2026, 10, 1)) == "tỉnh"
    assert province("Huế", Scheme.BEFORE).kind_on(date(2024, 12, 31)) == "tỉnh"
    assert province("Huế", Scheme.AFTER).kind_on(date(2025, 7, 1)) == "thành phố"


def test_the_map_changes_on_1_july_2025() -> None:
    assert scheme_on(date(2025, 6, 30)) is Scheme.BEFORE
    assert scheme_on(date(2025, 7, 1)) is Scheme.AFTER
    assert province("Hưng Yên", Scheme.AFTER).exists_on(date(2025, 7, 1))
    assert not province("Hưng Yên", Scheme.AFTER).exists_on(date(2025, 6, 30))
    assert not province("Thái Bình", Scheme.BEFORE).exists_on(date(2025, 7, 1))


def test_a_district_ends_in_communes_or_in_another_district() -> None:
    hung_ha = successors(district("Hưng Hà", "Thái Bình"))
    names = "Hưng Hà, Diên Hà, Long Hưng, Ngự Thiên, Tiên La, Thần Khê, Lê Quý Đôn, Hồng Minh".split(", ")
    assert {step.after.path for step in hung_ha} == {(name, "Hưng Yên") for name in names}
    assert not any(step.whole for step in hung_ha)
    (loc_ha,) = successors(district("Lộc Hà", "Hà Tĩnh"))
    assert (loc_ha.after, loc_ha.whole) == (district("Thạch Hà", "Hà Tĩnh"), True)
    assert not district("Lộc Hà", "Hà Tĩnh").exists_on(date(2025, 1, 1))
    # an island district had no communes: it became one as a whole
    (con_dao,) = successors(district("Côn Đảo", "Bà Rịa - Vũng Tàu"))
    assert (con_dao.after.kind, con_dao.after.path) == ("đặc khu", ("Côn Đảo", "Hồ Chí Minh"))
    assert con_dao.whole


def test_a_commune_goes_whole_or_is_divided() -> None:
    (step,) = successors(commune("Bắc Sơn", "Hưng Hà", "Thái Bình"))
    assert (step.after.path, step.whole) == (("Thần Khê", "Hưng Yên"), True)
    formed_from = {s.before for s in predecessors(commune("Hưng Hà", "Hưng Yên"))}
    assert commune("Hưng Hà", "Hưng Hà", "Thái Bình") in formed_from  # the town, "thị trấn"
    assert len(formed_from) > 1
    divided = successors(commune("Phước Hưng", "An Phú", "An Giang"))
    assert {s.after.name for s in divided} == {"An Phú", "Nhơn Hội", "Phú Hữu"}
    assert not any(s.whole for s in divided)


def test_names_that_differ_by_a_mark_are_kept_apart() -> None:
    for one, other in (("Cẩm Giang", "Cẩm Giàng"), ("Văn Lang", "Văn Lăng"), ("Hoằng Quỳ", "Hoằng Quý")):
        assert find_units(one, PlaceLevel.COMMUNE) and find_units(other, PlaceLevel.COMMUNE)
        assert not set(find_units(one, PlaceLevel.COMMUNE)) & set(find_units(other, PlaceLevel.COMMUNE))
    assert find_units("Hoà Bình", PlaceLevel.PROVINCE) == find_units("Hòa Bình", PlaceLevel.PROVINCE) != ()


def test_a_name_may_be_many_units() -> None:
    bac_son = find_units("Bắc Sơn", PlaceLevel.COMMUNE, Scheme.BEFORE)
    assert len({unit.province for unit in bac_son}) > 10
    kinds = {unit.kind for unit in find_units("Kỳ Anh", PlaceLevel.DISTRICT)}
    assert kinds == {"huyện", "thị xã"}
    assert find_units("không có", PlaceLevel.COMMUNE) == ()
