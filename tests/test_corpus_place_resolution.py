"""Places of a text as of its day: which unit a name means, and where it stays open."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.build import build_document
from corpus.gazetteer import PlaceLevel, Scheme
from corpus.place_resolution import ResolvedPlace, places_of, resolve_places
from ingest.models import RawPage, hash_content
from ingest.readers import read_page

THEN, NOW = date(2018, 6, 15), date(2026, 3, 2)
BAC_SON = ("Bắc Sơn", "Hưng Hà", "Thái Bình")
HUNG_HA = ("Hưng Hà", "Thái Bình")


def found(text: str, as_of: date | None, *home: str) -> list[tuple[str, tuple[str, ...] | None]]:
    """(name as written, path) of each; None where the text leaves it open."""
    places = resolve_places(text, as_of=as_of, home=home)
    return [(text[p.start : p.end], p.path) for p in places]


def only(text: str, as_of: date | None, *home: str) -> ResolvedPlace:
    (place,) = resolve_places(text, as_of=as_of, home=home)
    return place


SETTLED = (
    # the units above stand behind, for every name of a list
    (
        "Các xã Bắc Sơn, Đông Đô và Tây Đô, huyện Hưng Hà, tỉnh Thái Bình",
        [
            ("Bắc Sơn", BAC_SON),
            ("Đông Đô", ("Đông Đô", "Hưng Hà", "Thái Bình")),
            ("Tây Đô", ("Tây Đô", "Hưng Hà", "Thái Bình")),
            ("Hưng Hà", HUNG_HA),
            ("Thái Bình", ("Thái Bình",)),
        ],
    ),
    ("xã Bắc Sơn (huyện Hưng Hà)", [("Bắc Sơn", BAC_SON), ("Hưng Hà", HUNG_HA)]),
    ("huyện An Lão (Hải Phòng)", [("An Lão", ("An Lão", "Hải Phòng")), ("Hải Phòng", ("Hải Phòng",))]),
    # bodies are named after their units; the span is the name alone
    (
        "Tỉnh ủy Hà Tĩnh và Huyện ủy Nghi Xuân",
        [("Hà Tĩnh", ("Hà Tĩnh",)), ("Nghi Xuân", ("Nghi Xuân", "Hà Tĩnh"))],
    ),
    ("UBND TP.HCM, TPHCM", [("HCM", ("Hồ Chí Minh",)), ("HCM", ("Hồ Chí Minh",))]),
    (
        "Trường hợp UBND tỉnh Hà Tĩnh có ý kiến; Báo cáo Tỉnh ủy Hà Tĩnh; Viện kiểm sát nhân dân tỉnh Hà Tĩnh",
        [("Hà Tĩnh", ("Hà Tĩnh",))] * 3,
    ),
    # a town and the province of its name
    ("thành phố Hưng Yên, tỉnh Hưng Yên", [("Hưng Yên", ("Hưng Yên", "Hưng Yên")), ("Hưng Yên", ("Hưng Yên",))]),
    ("các tỉnh, thành phố: Bắc Ninh và Hà Nội", [("Bắc Ninh", ("Bắc Ninh",)), ("Hà Nội", ("Hà Nội",))]),
    # a heading speaks for what stands below it
    (
        "1. Huyện Hưng Hà\nCác xã: Bắc Sơn, Đông Đô.",
        [
            ("Hưng Hà", HUNG_HA),
            ("Bắc Sơn", BAC_SON),
            ("Đông Đô", ("Đông Đô", "Hưng Hà", "Thái Bình")),
        ],
    ),
    # a bare name is a place once the text has said which
    (
        "Huyện Nghi Xuân họp. Tại Nghi Xuân, bà Nghi Xuân phát biểu.",
        [("Nghi Xuân", ("Nghi Xuân", "Hà Tĩnh")), ("Nghi Xuân", ("Nghi Xuân", "Hà Tĩnh"))],
    ),
    ("tại Can Lộc, Hà Tĩnh", [("Can Lộc", ("Can Lộc", "Hà Tĩnh")), ("Hà Tĩnh", ("Hà Tĩnh",))]),
    # a person behind a commune is no part of its name
    ("Chủ tịch UBND xã Cương Gián Trần Văn Bình, tỉnh Hà Tĩnh", [
        ("Cương Gián", ("Cương Gián", "Nghi Xuân", "Hà Tĩnh")),
        ("Hà Tĩnh", ("Hà Tĩnh",)),
    ]),
    # a list goes on behind brackets and behind a name that the tables lack; it may itself stand in brackets
    (
        "Các xã Bắc Sơn (huyện Hưng Hà), Hồng Xa, Tây Đô và thị trấn Hưng Hà, tỉnh Thái Bình",
        [
            ("Bắc Sơn", BAC_SON),
            ("Hưng Hà", HUNG_HA),
            ("Tây Đô", ("Tây Đô", "Hưng Hà", "Thái Bình")),
            ("Hưng Hà", ("Hưng Hà", "Hưng Hà", "Thái Bình")),
            ("Thái Bình", ("Thái Bình",)),
        ],
    ),
    (
        "các trạm y tế xã (Bắc Sơn, Tây Đô) của huyện Hưng Hà",
        [("Bắc Sơn", BAC_SON), ("Tây Đô", ("Tây Đô", "Hưng Hà", "Thái Bình")), ("Hưng Hà", HUNG_HA)],
    ),
    # what follows a name on its line is another sentence or list
    ("1. Huyện Hưng Hà Các xã: Bắc Sơn.", [("Hưng Hà", HUNG_HA), ("Bắc Sơn", BAC_SON)]),
    ("HĐND tỉnh Hà Tĩnh Quy định mức chi", [("Hà Tĩnh", ("Hà Tĩnh",))]),
    ("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG TỈNH HÀ TĨNH\nCHỦ TỊCH", [("HÀ TĨNH", ("Hà Tĩnh",))]),
    ("huyện Nghi Xuân 24,59%", [("Nghi Xuân", ("Nghi Xuân", "Hà Tĩnh"))]),
    ("Khu kinh tế Vũng Áng tỉnh Hà Tĩnh", [("Hà Tĩnh", ("Hà Tĩnh",))]),
    ("Báo và Phát thanh, Truyền hình Hà Tĩnh", [("Hà Tĩnh", ("Hà Tĩnh",))]),
    ("Ban Quản lý các Khu công nghiệp tỉnh Hà Tĩnh; điểm cầu Hà Tĩnh", [("Hà Tĩnh", ("Hà Tĩnh",))] * 2),
    ("sân bay Nội Bài, Hà Nội; số 99 Cầu Giấy, Hà Nội", [("Hà Nội", ("Hà Nội",))] * 2),
    ("125 Nguyễn Văn Cừ, Long Biên, Hà Nội", [("Long Biên", ("Long Biên", "Hà Nội")), ("Hà Nội", ("Hà Nội",))]),
    ("Thành phố Hồ Chí Minh, Thanh Hóa, Nghệ An", [
        ("Hồ Chí Minh", ("Hồ Chí Minh",)), ("Thanh Hóa", ("Thanh Hóa",)), ("Nghệ An", ("Nghệ An",)),
    ]),
    ("phường Bắc Hà - thành phố Hà Tĩnh", [
        ("Bắc Hà", ("Bắc Hà", "Hà Tĩnh", "Hà Tĩnh")),
        ("Hà Tĩnh", ("Hà Tĩnh", "Hà Tĩnh")),
    ]),
    ("Khu kinh tế Đông Nam\nNghệ An, tỉnh Nghệ An", [("Nghệ An", ("Nghệ An",))]),
    # the mark of a footnote; Huế among provinces
    ("gồm: Phú Thọ2, Thừa Thiên Huế, Nghệ An", [
        ("Phú Thọ", ("Phú Thọ",)), ("Thừa Thiên Huế", ("Huế",)), ("Nghệ An", ("Nghệ An",)),
    ]),
    ("gồm Huế, Đà Nẵng", [("Huế", ("Huế",)), ("Đà Nẵng", ("Đà Nẵng",))]),
    ("Huế, ngày 02 tháng 3 năm 2018", [("Huế", ("Huế",))]),
    # names that are written in two ways
    ("huyện Phú Quý, tỉnh Bình Thuận", [
        ("Phú Quý", ("Phú Quí", "Bình Thuận")), ("Bình Thuận", ("Bình Thuận",)),
    ]),
    ("quận 1 và quận 3", [("1", ("1", "Hồ Chí Minh")), ("3", ("3", "Hồ Chí Minh"))]),
)  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SETTLED)
def test_what_a_text_settles(text: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    assert found(text, THEN) == expected


NO_PLACES = (
    "Ông Nguyễn Thái Bình, đồng chí Hòa Bình và chị Bắc Ninh",
    "đường Lê Lợi, phố Hà Nội, cầu Thái Bình",
    "Báo Hà Tĩnh, Trường Đại học Y Hà Nội, Công ty Cổ phần Thái Bình",
    "cao tốc Hà Nội - Hải Phòng; Bắc Giang - Lạng Sơn",
    "Xuyên Thái Bình\nDương; khởi nghĩa Bắc Sơn; chiến khu Bắc Sơn",
    "hợp tác xã Nghi Xuân; an sinh xã hội; XÃ HỘI CHỦ NGHĨA",
    "xã Thạch Bằng Hạ Giang",  # longer than any name of the gazetteer
    "các xã, phường\n1. Trách nhiệm; trong 3 xã, 5 lần",
    "dạo chơi khắp phố phường Sài Gòn",
    # firms whose names go on, also over a line; roads; zones and plants named after a province
    "Công ty CP Xử lý nước và Phát triển môi trường Hà Nội; Công ty Cổ phần Tập đoàn\nNam Hà Nội",
    "khởi công dự án Thành phố Hồ Chí Minh - Mộc Bài",
    "khu kinh tế cửa khẩu tỉnh An Giang; thủy điện Lai Châu và Sơn La 5",
    "Bệnh viện đa khoa tỉnh Hà Tĩnh; BVĐK Nghi Xuân",
    "chị Huế, ca Huế, sông Hương xứ Huế",
    "các cảng Mỹ Tho, Vĩnh Long, Cần Thơ; công viên: Thống Nhất, Hòa Bình, Bách Thảo; xa lộ Hà Nội",
    "CT CP khoáng sản và Xây dựng Bình Dương",
    "Nghi Xuân, Hưng Hà",  # bare names of districts, nothing says so
)


@pytest.mark.parametrize("text", NO_PLACES)
def test_what_only_looks_like_a_place(text: str) -> None:
    assert found(text, THEN) == []


def test_an_ambiguous_name_keeps_its_candidates() -> None:
    place = only("Xã Bắc Sơn đã đạt 14/18 tiêu chí", THEN)
    assert (place.unit, place.path, place.ambiguous, place.scheme) == (None, None, True, Scheme.BEFORE)
    assert BAC_SON in {unit.path for unit in place.candidates} and len(place.candidates) > 10
    assert only("Xã Bắc Sơn đã đạt 14/18 tiêu chí", THEN, "Thái Bình").path == BAC_SON
    # Ninh Bình had one, Nghệ An two
    assert only("Xã Bắc Sơn", THEN, "Nghệ An").ambiguous


def test_a_name_that_was_two_things_is_not_guessed() -> None:
    town = only("thị trấn Hưng Hà", THEN, "Thái Bình")
    assert (town.path, town.level) == (("Hưng Hà", "Hưng Hà", "Thái Bình"), PlaceLevel.COMMUNE)
    assert only("huyện Hưng Hà", THEN, "Thái Bình").path == HUNG_HA
    assert only("huyện Kỳ Anh", THEN, "Hà Tĩnh").unit != only("thị xã Kỳ Anh", THEN, "Hà Tĩnh").unit
    # a commune of 2018 may be a ward of 2025
    assert only("xã Hương Phong", THEN, "Huế").ambiguous
    assert only("phường Hương Phong", THEN, "Huế").path == ("Hương Phong", "Thuận Hóa", "Huế")


def test_a_text_may_speak_against_the_only_candidate() -> None:
    # Tân Lễ of the table lies in Hưng Hà; one in Nghi Xuân it does not know
    commune, district = resolve_places("xã Tân Lễ, huyện Nghi Xuân", as_of=THEN)
    assert (commune.unit, district.path) == (None, ("Nghi Xuân", "Hà Tĩnh"))
    # a district that another province once had too: nothing in a paper of Hà Nam speaks for it
    assert only("huyện Hưng Hà", THEN, "Hà Nam").unit is None


def test_the_same_name_before_and_since_1_july_2025() -> None:
    then, now = only("UBND tỉnh Hưng Yên", THEN), only("UBND tỉnh Hưng Yên", NOW)
    assert (then.path, now.path) == (("Hưng Yên",), ("Hưng Yên",))
    assert (then.scheme, now.scheme) == (Scheme.BEFORE, Scheme.AFTER)
    assert then.unit != now.unit
    undated = only("UBND tỉnh Hưng Yên", None)
    assert (undated.unit, undated.scheme, undated.path) == (None, None, ("Hưng Yên",))
    assert only("UBND tỉnh Thái Bình", None).scheme is Scheme.BEFORE
    assert only("UBND tỉnh Thái Bình", NOW).scheme is Scheme.BEFORE


def test_the_last_day_of_the_old_map() -> None:
    assert only("tỉnh Hưng Yên", date(2025, 6, 30)).scheme is Scheme.BEFORE
    assert only("tỉnh Hưng Yên", date(2025, 7, 1)).scheme is Scheme.AFTER


SCHEMES = (
    ("tỉnh Đắk Lắk (cũ)", [Scheme.BEFORE]),
    ("tỉnh Đắk Lắk mới đạt 7,5%; ngày 30/3/2022 của UBND tỉnh Đắk Lắk", [Scheme.AFTER, Scheme.BEFORE]),
    ("tỉnh Lâm Đồng (mới)", [Scheme.AFTER]),
    ("Quyết định số 12/2019/QĐ-UBND ngày 05/6/2019 của UBND tỉnh Vĩnh Long", [Scheme.BEFORE]),
    (
        "Nghị quyết ngày 05 tháng 7 năm 2024 của HĐND tỉnh Vĩnh Long quy định mức thu, lệ phí trên địa bàn tỉnh"
        " Vĩnh Long; tỉnh Vĩnh Long yêu cầu",
        [Scheme.BEFORE, Scheme.BEFORE, Scheme.AFTER],
    ),
    # which Hưng Yên is merged and which comes of it, the names alone do not tell
    ("hợp nhất tỉnh Thái Bình và tỉnh Hưng Yên", [Scheme.BEFORE, None]),
    ("thị trấn Hưng Hà, xã Hưng Hà, tỉnh Hưng Yên", [Scheme.BEFORE, Scheme.AFTER, Scheme.AFTER]),
    ("tỉnh Thừa Thiên Huế, thành phố Huế", [Scheme.BEFORE, Scheme.AFTER]),
)


@pytest.mark.parametrize(("text", "schemes"), SCHEMES)
def test_a_text_of_today_speaks_of_both_maps(text: str, schemes: list[Scheme | None]) -> None:
    assert [place.scheme for place in resolve_places(text, as_of=NOW, home=("Hưng Yên",))] == schemes


def test_a_city_is_what_it_was_on_the_day() -> None:
    assert only("thành phố Bắc Ninh", date(2026, 9, 19)).level is PlaceLevel.DISTRICT
    assert only("thành phố Bắc Ninh", date(2026, 9, 20)).level is PlaceLevel.PROVINCE
    assert only("thành phố Huế", date(2024, 12, 31)).level is PlaceLevel.DISTRICT
    assert only("thành phố Huế", date(2025, 1, 1)).level is PlaceLevel.PROVINCE
    assert only("tỉnh Bắc Ninh", date(2026, 9, 20)).scheme is Scheme.AFTER


def test_new_communes_bear_numbers() -> None:
    text = "riêng các xã A Lưới 1, A Lưới 2 và phường Thuận An"
    paths = [("A Lưới 1", "Huế"), ("A Lưới 2", "Huế"), ("Thuận An", "Huế")]
    assert [path for _, path in found(text, NOW, "Huế")] == paths


def test_a_district_bare_in_the_papers_of_its_province() -> None:
    assert found("Về Nghi Xuân xem hội", THEN, "Hà Tĩnh") == [("Nghi Xuân", ("Nghi Xuân", "Hà Tĩnh"))]
    assert found("Về Nghi Xuân xem hội", NOW, "Hà Tĩnh") == []  # a commune of today, or the district
    assert found("Về Kỳ Anh xem hội", THEN, "Hà Tĩnh") == []  # a district and a town
    assert found("Trường CĐ Công nghệ Quy Nhơn, sân vận động Quy Nhơn", THEN, "Bình Định") == []
    assert found("Quân Tây Sơn, chị Hoài Ân", THEN, "Bình Định") == []


def test_both_styles_of_tone_marks() -> None:
    assert found("tỉnh Khánh Hoà; huyện Hướng Hoá", THEN) == [
        ("Khánh Hoà", ("Khánh Hòa",)),
        ("Hướng Hoá", ("Hướng Hóa", "Quảng Trị")),
    ]


def test_hue_of_a_text_since_2025_is_the_province_also_where_it_tells_of_before() -> None:
    text = "Áp dụng trên địa bàn các xã theo Nghị quyết về sắp xếp đơn vị hành chính của thành phố Huế giai đoạn 2023 - 2025."
    since, before = (
        resolve_places(text, as_of=day, home=("Huế",)) for day in (date(2025, 11, 18), date(2024, 11, 18))
    )
    assert [place.path for place in since] == [("Huế",)]
    assert [place.path for place in before] == [("Huế", "Huế")]


def test_a_sentence_of_a_merger_settles_what_merged_and_what_came_of_it() -> None:
    text = (
        "Sắp xếp toàn bộ diện tích tự nhiên, quy mô dân số của xã Cương Gián, xã Xuân Liên và xã Cổ Đạm thành xã mới"
        " có tên gọi là xã Cổ Đạm."
    )
    old = ("Nghi Xuân", "Hà Tĩnh")
    expected = [("Cương Gián", *old), ("Xuân Liên", *old), ("Cổ Đạm", *old), ("Cổ Đạm", "Hà Tĩnh")]
    assert [path for _, path in found(text, None)] == expected
    # nothing went into a Cổ Đạm from a Bắc Sơn alone
    alone = "Sắp xếp toàn bộ diện tích của xã Bắc Sơn thành xã mới có tên gọi là xã Cổ Đạm."
    assert found(alone, None)[0] == ("Bắc Sơn", None)


def test_the_title_of_a_rearrangement_is_its_home() -> None:
    title = "Nghị quyết về việc sắp xếp các đơn vị hành chính cấp xã của tỉnh Hưng Yên năm 2025\n"
    assert found(title + "Xã Bắc Sơn có 5 thôn.", None)[-1] == ("Bắc Sơn", None)
    assert only("Xã Bắc Sơn có 5 thôn.", None).path is None
    places = resolve_places(title + "Thị trấn Ân Thi có 5 thôn.", as_of=None)
    assert places[-1].path == ("Ân Thi", "Ân Thi", "Hưng Yên")


def test_communes_that_were_not_rearranged_are_of_today() -> None:
    text = "Phú Thọ: 2 xã không thực hiện sắp xếp là xã Thu Cúc, xã Trung Sơn."
    assert [p for _, p in found(text, None)] == [
        ("Phú Thọ",),
        ("Thu Cúc", "Phú Thọ"),
        ("Trung Sơn", "Phú Thọ"),
    ]


def test_names_of_one_map_tell_the_map_of_a_text_without_day() -> None:
    old = "Huyện Nghi Xuân và huyện Can Lộc thi đua với phường Bắc Hà, tỉnh Hà Tĩnh."
    assert {place.scheme for place in resolve_places(old)} == {Scheme.BEFORE}
    assert resolve_places("Tỉnh Hà Tĩnh có huyện Can Lộc.")[0].scheme is None  # one name tells too little
    of_today = "phường Hoàn Kiếm, phường Ngọc Hà, phường Hồng Hà, thành phố Hà Nội"
    assert resolve_places(of_today)[1].path == ("Ngọc Hà", "Hà Nội")


def test_a_name_before_its_province_is_of_the_map_of_the_text() -> None:
    assert found("tại Hoàn Kiếm, Hà Nội", NOW)[0] == ("Hoàn Kiếm", ("Hoàn Kiếm", "Hà Nội"))
    now, then, undated = (resolve_places("tại Hoàn Kiếm, Hà Nội", as_of=day)[0] for day in (NOW, THEN, None))
    assert (now.level, then.level, undated.scheme) == (PlaceLevel.COMMUNE, PlaceLevel.DISTRICT, None)
    assert undated.path == ("Hoàn Kiếm", "Hà Nội")


def test_a_commune_of_today_beside_the_district_it_came_of() -> None:
    text = "xã Thần Khê (huyện Hưng Hà cũ)"
    assert found(text, NOW, "Hưng Yên") == [("Thần Khê", ("Thần Khê", "Hưng Yên")), ("Hưng Hà", HUNG_HA)]


def test_what_an_act_of_a_day_approved_is_of_that_day() -> None:
    text = (
        "Quyết định số 17/QĐ-TTg ngày 31 tháng 12 năm 2024 phê duyệt Quy hoạch tỉnh Hưng Yên; tỉnh Hưng Yên"
    )
    schemes = [place.scheme for place in resolve_places(text, as_of=NOW)]
    assert schemes == [Scheme.BEFORE, Scheme.AFTER]


def test_a_commune_of_today_needs_support_where_one_of_its_name_ended() -> None:
    # Minh Hòa of Bình Dương ended, that of Phú Thọ is a commune of today
    assert only("mỏ cát tại xã Minh Hòa", NOW).path is None
    assert only("mỏ cát tại xã Minh Hòa", NOW, "Phú Thọ").path == ("Minh Hòa", "Phú Thọ")


def test_the_number_of_a_document_without_day_tells_its_map(tmp_path: Path) -> None:
    def map_of(number: str) -> Scheme | None:
        text = f"CHÍNH PHỦ\n-------\nSố: {number}\n\nNGHỊ ĐỊNH\nVề một số việc của tỉnh Hưng Yên\n"
        page = RawPage(
            uri=(tmp_path / "trang.txt").as_uri(),
            name="trang.txt",
            content=text.encode(),
            sha256=hash_content(text.encode()),
            media_type="text/plain",
        )
        return places_of(build_document(page, read_page(page)))[0].scheme

    assert map_of("141/2026/NĐ-CP") is Scheme.AFTER
    assert map_of("141/2020/NĐ-CP") is Scheme.BEFORE
    assert map_of("141/2025/NĐ-CP") is None
