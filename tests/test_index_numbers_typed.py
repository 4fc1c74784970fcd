"""Document numbers in all typings: the document that carries the number comes first, all of them where several.

Every text has the same body, so that nothing but the number can tell the documents apart.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT

from corpus.store import Store
from corpus.symbols import read_symbol
from corpus.text import fold
from index.diversity import Fold
from index.encoder import Encoder
from index.query import read_query
from index.search import Searcher

VARIANTS = [
    json.loads(line)
    for line in (ROOT / "tests" / "data" / "docnum_variants.jsonl").read_text("utf-8").splitlines()
]
NUMBERS = sorted({number for row in VARIANTS for number in row["expected"] if not number.startswith("?")})
NEAR_MISSES = (
    "04-CT/TU 04-NQ/HU 05-NQ/TU 72-CT/TW 73-NQ/TW 1145-CV/TU 1144-TB/TU 01-CT/TU 399-QĐ/TU 08-HD/TW "
    "44/2022/NQ-HĐND 44/2021/QĐ-UBND 45/2021/NQ-HĐND 3004/QĐ-UBND 3040/KH-UBND 263/QĐ-UBND 264/QĐ-TTg "
    "05/2023/TT-BNNPTNT 05/2022/TT-BTC 30/2021/NĐ-CP 12/2020/TT-BTC 12B/2020/TT-BTC 203/2025/QH15 "
    "4836/BTC-VP 15/KH-UBND 15/QĐ-TTg"
).split()
SHARED_NUMBER = "15/QĐ-UBND"  # carried by two provinces
NAMES = {
    "CV": "V/v", "NQ": "NGHỊ QUYẾT", "CTr": "CHƯƠNG TRÌNH", "HD": "HƯỚNG DẪN", "QĐ": "QUYẾT ĐỊNH", "CT": "CHỈ THỊ",
    "KH": "KẾ HOẠCH", "TT": "THÔNG TƯ", "NĐ": "NGHỊ ĐỊNH", "TB": "THÔNG BÁO", "QĐi": "QUY ĐỊNH", "ĐA": "ĐỀ ÁN",
    "TTLT": "THÔNG TƯ LIÊN TỊCH", "VBHN": "THÔNG TƯ", "QH": "LUẬT",
}  # fmt: skip
BODY = "\n".join(
    (
        "Về việc tăng cường công tác xây dựng nông thôn mới",
        "Thực hiện chương trình xây dựng nông thôn mới, các cơ quan, đơn vị triển khai các nội dung sau:",
        "1. Tổ chức quán triệt đến cán bộ, đảng viên và nhân dân trên địa bàn.",
        "2. Định kỳ sáu tháng báo cáo kết quả thực hiện để tổng hợp, theo dõi.",
    )
)


def _write(number: str, province: str) -> str:
    """A document under a number, in the form of its grammar."""
    read = read_symbol(number)
    assert read is not None
    name = NAMES.get(read.type_code or "", "V/v")
    if "-" in number.split("/")[0]:
        head = f"TỈNH ỦY {province.upper()}\n*\nSố {number}\nĐẢNG CỘNG SẢN VIỆT NAM\n"
    else:
        head = (
            f"ỦY BAN NHÂN DÂN\nTỈNH {province.upper()}\n-------\n"
            f"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n---------------\nSố: {number}\n"
        )
    date = f"{province}, ngày 15 tháng 7 năm {read.year or 2021}"
    return f"{head}{date}\n\n{name}\n{BODY}\n"


@pytest.fixture(scope="module")
def numbered(
    tmp_path_factory: pytest.TempPathFactory,
    build_store: Callable[[Path, list[Path]], Store],
    encoder: Encoder,
) -> Searcher:
    """A document for every number of the vectors and every near miss, and pages that cite them."""
    folder = tmp_path_factory.mktemp("numbered")
    texts = [_write(number, "Hà Tĩnh") for number in (*NUMBERS, *NEAR_MISSES)]
    texts.append(_write(SHARED_NUMBER, "Thái Bình"))
    # Word for word these fit a number better than the document that carries it.
    texts += [f"Hội nghị quán triệt văn bản số {n}: {n}, thực hiện {n}, sơ kết {n}." for n in NUMBERS]
    with (folder / "numbered.jsonl").open("w", encoding="utf-8") as out:
        for order, text in enumerate(texts):
            out.write(json.dumps({"id": str(order), "text": text}, ensure_ascii=False) + "\n")
    store = build_store(folder / "store", [folder / "numbered.jsonl"])
    assert store.state().documents == len(texts)
    return Searcher.open(store, encoder)


def _carriers(store: Store, number: str) -> set[str]:
    """The documents that the test wrote under a number; of a short form, under any that it may mean."""
    if number.startswith("?"):
        kind, digits = number[1:].split()
        wanted = {n for n in (*NUMBERS, *NEAR_MISSES) if n.startswith(f"{digits}-{kind}/")}
    else:
        wanted = {number}
    return {document for n in wanted for document in store.documents_with_symbol(n)}


def _first(searcher: Searcher, typed: str, count: int) -> set[str]:
    hits = searcher.search(typed, limit=50, fold=Fold.NOTHING)
    return set(list(dict.fromkeys(hit.passage.document_id for hit in hits))[:count])


def test_every_number_is_read_as_the_own_one_of_the_document_written_under_it(numbered: Searcher) -> None:
    held = {n: len(numbered.store.documents_with_symbol(n)) for n in (*NUMBERS, *NEAR_MISSES)}
    assert held == {n: 2 if n == SHARED_NUMBER else 1 for n in held}


@pytest.mark.parametrize("row", VARIANTS, ids=lambda row: row["text"])
def test_the_carriers_of_a_number_come_first_however_it_is_typed(
    numbered: Searcher, row: dict[str, object]
) -> None:
    typed, expected = str(row["text"]), list(row["expected"])  # type: ignore[call-overload]
    if not expected:
        assert read_query(typed, numbered.store).symbols == ()
        return
    carriers = set().union(*(_carriers(numbered.store, number) for number in expected))
    assert len(carriers) >= len(expected)
    assert _first(numbered, typed, len(carriers)) == carriers


@pytest.mark.parametrize("number", [*NUMBERS, *NEAR_MISSES])
def test_a_number_asked_for_comes_first(numbered: Searcher, number: str) -> None:
    carriers = _carriers(numbered.store, number)
    for typed in (number, f"van ban so {fold(number)} quy dinh gi ve nong thon moi"):
        assert _first(numbered, typed, len(carriers)) == carriers


# A ministry's letter has no code of a type: spaces in it ("4836 BNN VPĐP") could be a count of anything.
@pytest.mark.parametrize(
    "number", sorted({*NUMBERS, *NEAR_MISSES} - {"202/TCCP-VC", "4836/BNN-VPĐP", "4836/BTC-VP"})
)
def test_a_number_with_spaces_for_separators_comes_first(numbered: Searcher, number: str) -> None:
    carriers = _carriers(numbered.store, number)
    assert _first(numbered, re.sub("[-/]", " ", number), len(carriers)) == carriers


@pytest.mark.parametrize(
    "typed", ["127.2026.nd-cp", "nghidinh 127_2026_nđ_cp", "127.2026.nđ.cp", "127 2026 nđ-cp"]
)
def test_dots_and_lines_stand_for_separators_as_well(typed: str) -> None:
    assert read_query(typed).symbols == ("127/2026/NĐ-CP",)


def test_a_year_behind_a_short_number_is_that_of_the_document(numbered: Searcher) -> None:
    store = numbered.store
    symbol = next(one for one in map(read_symbol, NUMBERS) if one and one.year and one.type_code == "NQ")
    found = read_query(f"nghị quyết {symbol.number} năm {symbol.year} của tỉnh", store).symbols
    assert symbol.canonical in found
    assert symbol.canonical not in read_query(f"nghị quyết {symbol.number} năm 1988 của tỉnh", store).symbols


@pytest.mark.parametrize("typed", ["nghị quyết 30 2020 của tỉnh", "tháng 5 2021", "kế hoạch 12 2020 về việc"])
def test_a_year_behind_a_number_makes_no_number_of_the_words_after_it(typed: str) -> None:
    assert read_query(typed).symbols == ()
