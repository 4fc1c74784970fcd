"""Which series a number belongs to: the numbering rules, each with the case that it is there for."""

from __future__ import annotations

from typing import Any

import pytest

from corpus.models import Level
from corpus.series import SeriesKey, find_series
from corpus.symbols import read_symbol


def series(symbol: str, **known: Any) -> SeriesKey:
    mention = read_symbol(symbol)
    assert mention is not None
    return find_series(mention, **known)


HA_TINH = {"issuer": "Ủy ban nhân dân tỉnh Hà Tĩnh", "level": Level.PROVINCE, "province": "Hà Tĩnh"}
GIA_LAI = {"issuer": "UBND tỉnh Gia Lai", "level": Level.PROVINCE, "province": "Gia Lai"}


@pytest.mark.parametrize(
    ("symbol", "known", "ending", "kind", "scope"),
    [
        # State: by year of issue; with the year in the number a counter of its own
        ("263/QĐ-TTg", {"date": "2022-02-22"}, "/QĐ-TTg", "QĐ", "năm 2022"),
        ("51/2025/QĐ-TTg", {}, "/2025/QĐ-TTg", "QĐ", "năm 2025"),
        ("44/2021/NQ-HĐND", {"date": "2022-01-05"}, "/2021/NQ-HĐND", "NQ", "năm 2021"),
        ("263/QĐ-TTg", {}, "/QĐ-TTg", "QĐ", None),
        # công văn: the unit is no part of the counter, whoever drafted it
        ("4836/BNN-VPĐP", {"date": "2022-01-05"}, "/BNN-…", "CV", "năm 2022"),
        ("4837/BNN-TCLN", {"date": "2022-01-06"}, "/BNN-…", "CV", "năm 2022"),
        ("77/CP", {"type": "Nghị định", "date": "1996-10-10"}, "/CP", "Nghị định", "năm 1996"),
        ("77/CP", {"date": "1996-10-10"}, "/CP", None, "năm 1996"),
        # the National Assembly: by type through its term
        ("51/2024/QH15", {"type": "Luật"}, "/…/QH15", "Luật", "khóa 15"),
        ("62/2025/QH15", {"type": "Luật"}, "/…/QH15", "Luật", "khóa 15"),
        ("62/2025/QH15", {}, "/…/QH15", None, "khóa 15"),
        ("1658/NQ-UBTVQH15", {}, "/NQ-UBTVQH15", "NQ", "khóa 15"),
        # the Party: by type through the term, known only where no congress was held in that year
        ("04-NQ/TU", {"date": "2021-07-15"}, "-NQ/TU", "NQ", "nhiệm kỳ 2020–2025"),
        ("04-NQ/TU", {"date": "2024-12-31"}, "-NQ/TU", "NQ", "nhiệm kỳ 2020–2025"),
        ("04-NQ/TU", {"date": "2025-12-31"}, "-NQ/TU", "NQ", None),
        ("04-NQ/TU", {"date": "2020-02-01"}, "-NQ/TU", "NQ", None),
        ("26-NQ/TW", {"date": "2022-11-23"}, "-NQ/TW", "NQ", "nhiệm kỳ 2021–2026"),
        ("26-NQ/TW", {"date": "2021-02-28"}, "-NQ/TW", "NQ", None),
        ("26-NQ/TW", {"date": "2021-03-01"}, "-NQ/TW", "NQ", "nhiệm kỳ 2021–2026"),
        ("26-NQ/TW", {"date": "2020-12-31"}, "-NQ/TW", "NQ", "nhiệm kỳ 2016–2021"),
        ("26-NQ/TW", {"date": "2008-08-05"}, "-NQ/TW", "NQ", None),
        ("26-NQ/TW", {}, "-NQ/TW", "NQ", None),
        ("12-KH/ĐTN", {"date": "2022-05-01"}, "-KH/ĐTN", "KH", None),  # the Union has terms of its own
        # a merged province began anew on 1 July 2025; one that was not went on
        ("9/QĐ-UBND", {**GIA_LAI, "date": "2025-06-30"}, "/QĐ-UBND", "QĐ", "năm 2025, trước 1/7"),
        ("9/QĐ-UBND", {**GIA_LAI, "date": "2025-07-01"}, "/QĐ-UBND", "QĐ", "năm 2025, từ 1/7"),
        ("9/2025/QĐ-UBND", GIA_LAI, "/2025/QĐ-UBND", "QĐ", None),
        ("9/QĐ-UBND", {**GIA_LAI, "date": "2024-07-01"}, "/QĐ-UBND", "QĐ", "năm 2024"),
        ("9/QĐ-UBND", {**HA_TINH, "date": "2025-06-30"}, "/QĐ-UBND", "QĐ", "năm 2025"),
        # joint: the number is of whoever presides
        ("02/2014/TTLT-BCA-BTC", {}, "/2014/TTLT-BCA-BTC", "TTLT", "năm 2014"),
    ],
)
def test_counter_and_scope(
    symbol: str, known: dict[str, Any], ending: str, kind: str | None, scope: str | None
) -> None:
    key = series(symbol, **known)
    assert (key.ending, key.kind, key.scope) == (ending, kind, scope)


@pytest.mark.parametrize(
    ("symbol", "known", "body"),
    [
        ("1/QĐ-TTg", {}, ""),
        ("1/QĐ-BTC", {"issuer": "Bộ trưởng Bộ Tài chính"}, ""),
        ("1-NQ/TW", {"issuer": "Bộ Chính trị"}, ""),
        ("5282/CT-CS", {"level": Level.CENTRAL}, ""),
        ("1/QĐ-UBND", HA_TINH, "Hà Tĩnh"),
        ("1/QĐ-UBND", {"issuer": "Chủ tịch UBND tỉnh Hà Tĩnh"}, "Hà Tĩnh"),
        ("1/QĐ-UBND", {"issuer": "UBND tỉnh", "near": "Hà Tĩnh"}, "Hà Tĩnh"),
        ("1/QĐ-UBND", {"issuer": "UBND", "near": "Hà Tĩnh"}, None),  # of a commune, perhaps
        ("1/QĐ-UBND", {"near": "Hà Tĩnh"}, None),
        ("1/QĐ-UBND", {}, None),
        ("1-NQ/TU", {"issuer": "Ban Thường vụ Tỉnh ủy Hà Tĩnh"}, "Hà Tĩnh"),
        ("1-NQ/TU", {"issuer": "Ban Chấp hành Đảng bộ tỉnh Hà Tĩnh"}, "Hà Tĩnh"),  # one counter for both
        ("1/QĐ-UBND", {"issuer": "UBND huyện Nghi Xuân", "province": "Hà Tĩnh"}, "ubnd huyen nghi xuan (Hà Tĩnh)"),
        ("1/QĐ-UBND", {"issuer": "UBND xã Sơn Hà", "province": "Hà Tĩnh"}, "ubnd xa son ha (Hà Tĩnh)"),
        ("1/QĐ-UBND", {"issuer": "UBND xã Sơn Hà"}, None),  # communes of one name lie in several provinces
        ("1/QĐ-BCĐ", {"issuer": "Ban Chỉ đạo", "level": Level.PROVINCE, "province": "Huế"}, "ban chi dao (Huế)"),
    ],
)  # fmt: skip
def test_body(symbol: str, known: dict[str, Any], body: str | None) -> None:
    assert series(symbol, **known).body == body


def test_names_of_one_body_share_a_series() -> None:
    spellings = (
        "Ủy ban nhân dân tỉnh Thanh Hóa",
        "UBND tỉnh Thanh Hoá",
        "Chủ tịch Uỷ ban nhân dân tỉnh Thanh Hóa",
    )
    assert len({series("1/QĐ-UBND", issuer=name, date="2024-01-02") for name in spellings}) == 1


@pytest.mark.parametrize(
    ("symbol", "known", "countable"),
    [
        ("1/QĐ-UBND", {**HA_TINH, "date": "2024-01-02"}, True),
        ("1/QĐ-UBND", HA_TINH, False),  # no year
        ("1/QĐ-UBND", {"date": "2024-01-02"}, False),  # no issuer
        ("1/2024/QH15", {}, False),  # a law or a resolution
        ("1/2024/QH15", {"type": "Luật"}, True),
        ("02/2014/TTLT-BCA-BTC", {}, False),
        ("04-NQ/TU", {"issuer": "Tỉnh ủy Hà Tĩnh", "date": "2025-03-01"}, False),  # a year of congresses
    ],
)
def test_only_a_series_that_is_known_counts(symbol: str, known: dict[str, Any], countable: bool) -> None:
    assert series(symbol, **known).countable is countable
