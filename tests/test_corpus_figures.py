"""Figures by value, whichever way Vietnamese text writes them."""

from __future__ import annotations

import pytest

from corpus.figures import find_figures
from index.claims import Backing, read_claims, strange_characters

# (text, the keys of its figures)
FIGURES = (
    ("1.144 hộ", [("số", "1144")]),
    ("1,144 lần", [("số", "1.144")]),  # a comma is the decimal mark …
    ("1,144,000 đồng", [("số", "1144000")]),  # … but for the groups of a number that has two
    ("12,5%", [("%", "12.5")]),
    ("12.5 %", [("%", "12.5")]),
    ("12,5 phần trăm", [("%", "12.5")]),
    ("37 nghìn tỷ đồng", [("số", "37000000000000")]),
    ("37.000 tỉ đồng", [("số", "37000000000000")]),
    ("tỷ lệ 5 tỷ lệ", [("số", "5")]),
    ("ba mươi bảy xã", [("số", "37")]),
    ("một trăm linh năm", [("số", "105")]),
    ("hai nghìn không trăm hai mươi mốt", [("số", "2021")]),
    ("hai tỷ ba trăm triệu", [("số", "2300000000")]),
    ("mười hai phần trăm", [("%", "12")]),
    ("hai mươi năm", [("số", "20")]),  # "năm" is the year here
    ("hai mươi lăm", [("số", "25")]),
    ("Hai xã", [("số", "2")]),
    ("Ba Vì, Ba Đình, năm 2021, một số, hàng nghìn hộ", [("số", "2021")]),
    ("32/33 xã", [("/", "32", "33")]),
    ("32 trên tổng số 33 xã", [("/", "32", "33")]),
    ("2021-2025", [("–", "2021", "2025")]),
    ("từ năm 2021 đến hết năm 2025", [("–", "2021", "2025")]),
    ("12–15%", [("–%", "12", "15")]),
    ("5 đến 7 triệu", [("–", "5000000", "7000000")]),
    ("khoản 2 Điều 5", [("khoản", "2"), ("điều", "5")]),
    ("mạng 5G, TCVN-9001", []),
)


@pytest.mark.parametrize(("text", "keys"), FIGURES)
def test_figures_by_value(text: str, keys: list[tuple[str, ...]]) -> None:
    assert [figure.key for figure in find_figures(text)] == keys


# (what is claimed, what the evidence writes, what of the claim is not backed)
BACKED = (
    ("ba mươi bảy xã", "37 xã", []),
    ("37.000 tỷ đồng", "37 nghìn tỷ đồng", []),
    ("36 xã", "37 xã", ["36"]),
    ("37 tỷ", "37 nghìn tỷ", ["37 tỷ"]),
    ("12,5", "12,5%", ["12,5"]),
    ("125%", "12,5%", ["125%"]),
    ("33/32 xã", "32/33 xã", ["33/32"]),
    ("15% hộ", "từ 12 đến 15%", []),
    ("12% hộ", "từ 12 đến 15%", []),
    ("12-16%", "từ 12 đến 15%", ["12-16%"]),
    ("ngày 15/7/2021", "ngày 15 tháng 7 năm 2021", []),
    ("2021-07-15", "15.7.2021", []),
    ("ngày 16/7/2021", "ngày 15/7/2021", ["16/7/2021"]),
    ("tháng 7/2021, năm 2021, ngày 15 tháng 7", "15-7-2021", []),
    ("tháng 8/2021", "15/7/2021", ["tháng 8/2021"]),
    ("15 xã", "ngày 15/7/2021", ["15"]),  # the day of a date counts nothing
    ("5 xã", "Điều 5", ["5"]),
    ("Điều 2", "Điều 2–3", []),
    ("Công văn 1144-CV/TU", "1144-QĐ/TU", ["1144-CV/TU"]),
    ("04-NQ/TU", "40-NQ/TU", ["04-NQ/TU"]),
    ("44/NQ-HĐND", "44/2021/NQ-HĐND", ["44/NQ-HĐND"]),
    ("4-nq/tu", "Nghị quyết số 04-NQ/TU", []),
    ("Nghị quyết 04", "Nghị quyết số 04-NQ/TU", []),
    ("Nghị quyết 04", "Nghị quyết số 40-NQ/TU", ["?NQ 04"]),
    ("1144-XX/YY", "1144 xã", ["1144-XX/YY"]),
    ("1144\u200b-CV/TU", "1145-CV/TU", ["1144-CV/TU"]),  # what no reader sees hides no number
    ("mạng 5G", "mạng 4G", ["5G"]),
    ("Luật Đất đai 2024", "Luật Đất đai năm 2024", []),
    ("Luật Đất đai 2024", "Luật Đất đai 2013", ["2024", "Luật Đất đai"]),
)


@pytest.mark.parametrize(("claim", "evidence", "missing"), BACKED)
def test_what_the_evidence_backs(claim: str, evidence: str, missing: list[str]) -> None:
    claims, backing = read_claims(claim), Backing([evidence])
    lacks = backing.lacks_symbols(claims) + backing.lacks_dates(claims) + backing.lacks_figures(claims)
    assert lacks + backing.lacks_laws(claims) == missing


def test_look_alikes_are_seen() -> None:
    assert strange_characters("1144-\u0421V/TU") == ["\u0421"]  # Cyrillic
    assert strange_characters("\uff11\uff11") == ["\uff11", "\uff11"]
    assert strange_characters("a\u200bb\u202ec") == ["U+200B", "U+202E"]
    assert strange_characters("Nghị quyết số 04-NQ/TU “đã”, 12,5%") == []
