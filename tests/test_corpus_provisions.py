"""Provisions before a number: read, written out, and parsed again into their levels."""

from __future__ import annotations

import pytest

from corpus.provisions import parse_provision, read_provision
from corpus.references import find_references

NUMBER = "Nghị định số 15/2020/NĐ-CP"

WRITTEN = [
    ("khoản 2 Điều 5 ", "Khoản 2 Điều 5"),
    ("điểm a, b khoản 1 Điều 3 ", "Điểm a khoản 1 Điều 3; Điểm b khoản 1 Điều 3"),
    (
        "khoản 5, khoản 6 và khoản 8 Điều 76 của ",
        "Khoản 5 Điều 76; Khoản 6 Điều 76; Khoản 8 Điều 76",
    ),
    ("Điều 5, Điều 6 và Chương II của ", "Điều 5; Điều 6; Chương II"),
    ("từ Điều 5 đến Điều 9 ", "Điều 5 đến Điều 9"),
    ("các Điều 5, 6 và 7 ", "Điều 5; Điều 6; Điều 7"),
    ("điểm b khoản 2 Điều 5\n", "Điểm b khoản 2 Điều 5"),
    ("khoản 1 Điều 2, khoản 3 Điều 4 ", "Khoản 1 Điều 2; Khoản 3 Điều 4"),
    ("Phụ lục I ban hành kèm theo ", "Phụ lục I"),
    ("Khoản 1a Điều 5a của ", "Khoản 1a Điều 5a"),
    ("Mục 2 Chương III ", "Mục 2 Chương III"),
    ("khoản 1 và khoản 2 Điều 5, Điều 7 ", "Khoản 1 Điều 5; Khoản 2 Điều 5; Điều 7"),
    ("khoản 2 và 3 Điều 8 và khoản 1 Điều 9 ", "Khoản 2 Điều 8; Khoản 3 Điều 8; Khoản 1 Điều 9"),
    ("Điều 102 Luật Trồng cây, ", None),  # of the law, not of the decree
    ("có điều kiện theo ", None),
    ("khoản 2 Điều này và ", None),
]


@pytest.mark.parametrize(("before", "provision"), WRITTEN)
def test_what_is_named_at_a_number(before: str, provision: str | None) -> None:
    text = f"theo quy định tại {before}{NUMBER}."
    (reference,) = find_references(text)
    assert reference.provision == provision


def test_the_phrase_begins_at_its_first_part() -> None:
    text = "bãi bỏ điểm a khoản 2 Điều 5 Nghị định"
    found = read_provision(text, text.index("Nghị định"))
    assert found is not None
    assert text[found.start :] == "điểm a khoản 2 Điều 5 Nghị định"


@pytest.mark.parametrize(
    ("value", "levels"),
    [
        ("Điểm a khoản 2 Điều 5", [[("điểm", "a"), ("khoản", "2"), ("Điều", "5")]]),
        ("Điều 5; Chương II", [[("Điều", "5")], [("Chương", "II")]]),
        ("Điều 5 đến Điều 9", [[("Điều", "5 đến Điều 9")]]),
    ],
)
def test_levels(value: str, levels: list[list[tuple[str, str]]]) -> None:
    assert [[(part.level, part.label) for part in parts] for parts in parse_provision(value)] == levels
