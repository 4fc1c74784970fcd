"""Document numbers: the vectors of the field, our own table of typings, properties of generated text."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from corpus.models import System
from corpus.symbols import canonicalize, complete_short_forms, find_symbols, symbol_key

VECTORS = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "docnum_variants.jsonl").read_text("utf-8").splitlines()
]

# Every row of domain.md §1.4 and every odd form of §1.1, as matches and as what must not match.
TYPED: list[tuple[str, list[str]]] = [
    ("66.14/2026/NQ-CP", ["66.14/2026/NQ-CP"]),
    ("77/CP", ["77/CP"]),
    ("12/2003/QĐ/BGD&ĐT", ["12/2003/QĐ/BGD&ĐT"]),
    ("2523/QĐ/BGD&ĐT-KHTC", ["2523/QĐ/BGD&ĐT-KHTC"]),
    ("359/TTr-CP", ["359/TTr-CP"]),
    ("427/BC-UBPLTP15", ["427/BC-UBPLTP15"]),
    ("1666/NQ-UBTVQH15", ["1666/NQ-UBTVQH15"]),
    ("71/2026/VBHN-NĐ-BCT", ["71/2026/VBHN-NĐ-BCT"]),
    (
        "05/2012/TTLT-VKSNDTC-TANDTC-BCA-BTP-BQP-BTC-BNNPTNT",
        ["05/2012/TTLT-VKSNDTC-TANDTC-BCA-BTP-BQP-BTC-BNNPTNT"],
    ),
    ("367-QĐ/TWĐTN-VP", ["367-QĐ/TWĐTN-VP"]),
    ("24-BS/UBKTTU", ["24-BS/UBKTTU"]),
    ("số 01/BCĐ CTMTQG ngày 14/4/2022", ["01/BCĐ CTMTQG"]),
    ("01/BCĐ CTMTQG", ["01/BCĐ CTMTQG"]),
    ("12-BC/ĐH", ["12-BC/ĐH"]),
    ("343-QĐNS/TW", ["343-QĐNS/TW"]),
    ("Quy định số 11-QĐi/TW, ngày 18/02/2019", ["11-QĐi/TW"]),
    ("459-KHHĐ/TU", ["459-KHHĐ/TU"]),
    ("55/1997/L-CTN", ["55/1997/L-CTN"]),
    ("155/2020/nd-cp", ["155/2020/NĐ-CP"]),
    ("155/2020/nđ-cp", ["155/2020/NĐ-CP"]),
    ("04 - NQ/TU", ["04-NQ/TU"]),
    ("04 – NQ / TU", ["04-NQ/TU"]),
    ("31 – QĐ/TW", ["31-QĐ/TW"]),
    ("04−NQ/TU", ["04-NQ/TU"]),
    ("04‑NQ/TU", ["04-NQ/TU"]),
    ("29/NQ-TW", ["29-NQ/TW"]),
    ("31/QĐ-TW", ["31-QĐ/TW"]),
    ("12/NQ-TW-BCT", ["12-NQ/TW"]),
    ("nghi quyet 04 nq tu", ["04-NQ/TU"]),
    ("NQ04/TU", ["04-NQ/TU"]),
    ("263-QĐ/TTg", ["263/QĐ-TTg"]),
    ("NQ 34-NQ/TU", ["34-NQ/TU"]),
    ("QĐ 318/QĐ-TTg", ["318/QĐ-TTg"]),
    ("Thông báo kết luận số 201/TB-VPCP", ["201/TB-VPCP"]),
    ("CV 1144", ["?CV 1144"]),
    ("nq 4", ["?NQ 4"]),
    ("Quyết định số 263", ["?QĐ 263"]),
    ("KH 3004", ["?KH 3004"]),
    ("văn bản 1144", ["?VB 1144"]),
    ("Số:\n 715/QĐ-UBND", ["715/QĐ-UBND"]),
    ("44/2021/NQ-\nHĐND", ["44/2021/NQ-HĐND"]),
    ("715/\u00a0QĐ-UBND", ["715/QĐ-UBND"]),
    ("15/QÐ-UBND", ["15/QĐ-UBND"]),
    ("193/2025/NQ-QH15", ["193/2025/QH15"]),
    ("QCVN 41:2024/BGTVT", []),
    ("TCVN 7957:2008", []),
    ("QCVN 01/2008/BXD", []),
    ("21-TC/TCT", ["21-TC/TCT"]),
    ("07-TT/TC", ["07-TT/TC"]),
    ("02-NQ/HĐNN7", ["02-NQ/HĐNN7"]),
    ("838/TTg", ["838/TTg"]),
    ("Đề án 06", ["?ĐA 06"]),
    ("Chương trình 135", ["?CTr 135"]),
    ("Nghị quyết 57", ["?NQ 57"]),
    ("Đề án 911", ["?ĐA 911"]),
    ("nghi-quyet-so-71-nqtw-ngay-2282025", []),
    ("https://x.vn/van-ban/263-qd-ttg-123", []),
    ("32/33 xã", []),
    ("8/3", []),
    ("25/7/2026", []),
    ("11.03.2019 | 20:23 PM", []),
    ("3/4", []),
    ("km/h", []),
    ("60 km/h", []),
    ("báo cáo 2 trang", []),
    ("kế hoạch 5 năm", []),
    ("quy định 3 nội dung", []),
    ("chương trình 30a", []),
    ("Điều 5", []),
    ("nghị quyết 2021", []),
    ("nghị quyết năm 2021", []),
    ("quyết định 5 chỉ tiêu", []),
    ("Bản án số 12/2020/HS-ST", []),
    ("12/2019/DS-PT", []),
    ("giao 500 tỷ đồng", []),
    ("Mẫu số 02/QĐ-KTĐG", []),
    ("715/UBND-NL2", ["715/UBND-NL2"]),
    ("3172/UBND-KGVX", ["3172/UBND-KGVX"]),
    ("76/2025/UBTVQH15", ["76/2025/UBTVQH15"]),
    ("427/bc-ubpltp15", ["427/BC-UBPLTP15"]),
    ("04-NQ/T.Ư", ["04-NQ/TW"]),
    ("26-NQ/TƯ", ["26-NQ/TW"]),
    ("30/2020/NĐ-CP.", ["30/2020/NĐ-CP"]),
    ("(30/2020/NĐ-CP)", ["30/2020/NĐ-CP"]),
    ("44/2021/NQ-HDND về", ["44/2021/NQ-HĐND"]),
    ("01/CD-TTG", ["01/CĐ-TTg"]),
    ("15-CV/DU", ["15-CV/ĐU"]),
    ("12-HD/BTCTU", ["12-HD/BTCTU"]),
    ("15/HD-SXD", ["15/HD-SXD"]),
    ("15/DA-UBND", ["15/DA-UBND"]),
    ("CV số 1144", ["?CV 1144"]),
    ("Thông báo 201", ["?TB 201"]),
    ("Nghị định 15/2020", ["?NĐ 15/2020"]),
    ("tháng 7 năm 2021", []),
    ("Nghị quyết số 04-NQ/TU ngày 15/7/2021", ["04-NQ/TU"]),
    ("12/KH-UBND – Tăng cường", ["12/KH-UBND"]),
    ("12/KH - DANH MỤC", []),
    ("3004 KH UBND", ["3004/KH-UBND"]),
    ("263 qd ttg", ["263/QĐ-TTg"]),
    ("04/nq-tu", ["04-NQ/TU"]),
    ("nghị quyết 04-nq/tu của tỉnh ủy", ["04-NQ/TU"]),
    ("2026/QĐ-UBND", ["2026/QĐ-UBND"]),
    ("giá 5-10 tr/kg", []),
    ("TT-BTC 05/2022", []),
    ("hướng dẫn số 05-HD/VPTW", ["05-HD/VPTW"]),
    ("Nghị định 30/2020/NĐ-CP1 quy định", ["30/2020/NĐ-CP"]),
    ("Quy định số 66 của Ban Bí thư", ["?QĐ 66"]),
    ("văn bản số 1144", ["?VB 1144"]),
    ("công văn số 1144-CV/TU và văn bản 1144", ["1144-CV/TU", "?VB 1144"]),
    ("tổng số 15/QĐ-UBND", ["15/QĐ-UBND"]),
    ("điện thoại 0239.3855.555", []),
    ("08h30/15-TB", []),
    ("5/2022/TT-BTC", ["5/2022/TT-BTC"]),
    ("số 44/NQ-HĐND", ["44/NQ-HĐND"]),
    ("Nghị quyết 04 nói gì?", ["?NQ 04"]),
    ("thông báo 201 của Thủ tướng", ["?TB 201"]),
    ("kế hoạch 3004 của ubnd tỉnh", ["?KH 3004"]),
    ("ke hoach 3004 cua ubnd", ["?KH 3004"]),
    ("cong van 1144 cua tinh uy", ["?CV 1144"]),
    ("quyết định 263 phê duyệt chương trình gì", ["?QĐ 263"]),
    ("quyết định 263 ngày 22/2/2022", ["?QĐ 263"]),
    ("dự án 500 kV", []),
    ("báo cáo 6 tháng", []),
    ("kế hoạch 2022", []),
    ("văn bản 1144 yêu cầu gì", ["?VB 1144"]),
    ("hợp đồng 12 tháng", []),
    ("thông báo số 5", ["?TB 5"]),
    ("Chỉ thị 05 của Bộ Chính trị", ["?CT 05"]),
    ("nghị quyết 19 khóa XII", ["?NQ 19"]),
    ("KH 2021-2025", []),
    ("Luật 31/2024/QH15", ["31/2024/QH15"]),
    ("Luật số 31/2024/QH15", ["31/2024/QH15"]),
    ("5 CT-XH", []),
    ("12 KH-KT", []),
    ("10-15/TB", []),
    ("1/3-BC/TU", []),
    ("50%/KH-UBND", []),
    ("1.234.567/QĐ", []),
    ("12/QĐ-UBND.HC", ["12/QĐ-UBND.HC"]),
    ("QĐ263/QĐ-TTg", ["263/QĐ-TTg"]),
    ("1144-CV/TU.Căn cứ", ["1144-CV/TU"]),
    ("1144/CV-TU", ["1144-CV/TU"]),
    ("1144 CV/TU", ["1144-CV/TU"]),
    ("văn bản số 1144-cv/tu", ["1144-CV/TU"]),
    ("Số 127-QĐ/TW", ["127-QĐ/TW"]),
    ("Quyết định 1980", ["?QĐ 1980"]),
    ("12A/2020/tt-btc", ["12A/2020/TT-BTC"]),
    ("30a/2008/NQ-CP", ["30a/2008/NQ-CP"]),
    ("72-nq-tw", ["72-NQ/TW"]),
    ("02-TT/TU", ["02-TT/TU"]),
    ("15/TTr-STC", ["15/TTr-STC"]),
    ("15/ttr-stc", ["15/TTr-STC"]),
    ("06-ctr/tu", ["06-CTr/TU"]),
    ("20-CTHD/TU", ["20-CTHĐ/TU"]),
    ("12-QCh/TU", ["12-QC/TU"]),
    ("12/QyĐ-UBND", ["12/QyĐ-UBND"]),
    ("12/QYD-UBND", ["12/QyĐ-UBND"]),
    ("36/2025/TT-BNNMT", ["36/2025/TT-BNNMT"]),
    ("24/7", []),
    ("1/KH-ABCX", ["1/KH-ABCX"]),
    ("1234/XYZ-ABC", []),
    ("Công văn số 1234/XYZ-ABC ngày", ["1234/XYZ-ABC"]),
    ("Độc lập\nSố: 1234/XYZ-ABC\nV/v", ["1234/XYZ-ABC"]),
    ("Mẫu số: 34/TB-ĐKT", []),
    ("văn bản số 12/MT- SKHC ngày", ["12/MT-SKHC"]),
    ("tối đa 06 dự án", []),
    ("1. Kết luận\n2. Kiến nghị", []),
    ("3816/VPCP-\nCN ngày", ["3816/VPCP-CN"]),
    ("12/QĐ-UBND- BAN HÀNH", ["12/QĐ-UBND"]),
    ("nghị quyết số 04-NQ của", ["?NQ 04"]),
    ("tỷ lệ 1/500-BC", []),
]


def canonical_forms(text: str) -> list[str]:
    return list(dict.fromkeys(mention.canonical for mention in find_symbols(text)))


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["text"] for vector in VECTORS])
def test_vectors_of_the_field(vector: dict[str, object]) -> None:
    assert canonical_forms(str(vector["text"])) == vector["expected"]


@pytest.mark.parametrize(("text", "expected"), TYPED, ids=[text for text, _ in TYPED])
def test_typings(text: str, expected: list[str]) -> None:
    assert canonical_forms(text) == expected


def test_parts_of_a_mention() -> None:
    (state,) = find_symbols("Nghị quyết số 44/2021/NQ-HĐND")
    assert (state.number, state.year, state.type_code, state.issuer_code) == ("44", 2021, "NQ", "HĐND")
    assert (state.system, state.short, state.start, state.end) == (System.STATE, False, 14, 29)
    (party,) = find_symbols("nq 04-tu")
    assert (party.canonical, party.system, party.start, party.end) == ("04-NQ/TU", System.PARTY, 3, 8)
    (letter,) = find_symbols("4836/BNN-VPĐP")
    assert (letter.type_code, letter.issuer_code) == (None, "BNN-VPĐP")
    (short,) = find_symbols("CV số 1144")
    assert (short.canonical, short.short, short.system, short.start) == ("?CV 1144", True, None, 6)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("04-NQ/TU", "4-nq/tu", True),
        ("04-NQ/TU", "04/NQ-TU", True),
        ("15/QĐ-UBND", "15/QÐ-UBND", True),
        ("?NQ 04", "?NQ 4", True),
        ("12/2003/QĐ/BGD&ĐT", "12/2003/QĐ-BGD&ĐT", True),
        ("193/2025/NQ-QH15", "193/2025/QH15", True),
        ("44/NQ-HĐND", "44/2021/NQ-HĐND", False),
        ("15/HD-UBND", "15/HĐ-UBND", False),
        ("15/DA-UBND", "15/ĐA-UBND", False),
        ("1144-CV/TU", "1144-QĐ/TU", False),
        ("10-NQ/TU", "1-NQ/TU", False),
    ],
)
def test_keys(one: str, other: str, same: bool) -> None:
    assert (symbol_key(one) == symbol_key(other)) is same


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nghị quyết 04-nq/tu của Tỉnh ủy", "04-NQ/TU"),
        ("04-NQ/TU và 4-NQ/TU", "04-NQ/TU"),
        ("04-NQ/TU và 26-NQ/TW", None),
        ("không có số nào", None),
    ],
)
def test_canonicalize_wants_exactly_one_number(text: str, expected: str | None) -> None:
    assert canonicalize(text) == expected


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Văn bản số 1144-CV/TU … văn bản 1144", "1144-CV/TU"),
        ("Nghị quyết số 04-NQ/TU … nghị quyết 4", "04-NQ/TU"),
        ("Nghị quyết số 43/2022/QH15 … Nghị quyết 43 của Quốc hội", "43/2022/QH15"),
        ("201/TB-VPCP … thông báo kết luận 201", "201/TB-VPCP"),
        ("04-NQ/TU, 04/2020/NQ-HĐND … nghị quyết 04", "?NQ 04"),
        ("04-CT/TU … nghị quyết 04", "?NQ 04"),
        ("15/2020/NĐ-CP … Nghị định 15/2021", "?NĐ 15/2021"),
    ],
)
def test_short_forms_are_completed_only_by_one_number_of_the_text(text: str, last: str) -> None:
    completed = complete_short_forms(find_symbols(text))
    assert completed[-1].canonical == last
    assert completed[-1].short
    assert text[completed[-1].start : completed[-1].end] in text[-25:]


@given(st.text(alphabet=st.sampled_from("0123456789 /-–.,:;\nNQĐUBTWCPHDnqtuđsốÐQuyếtđịnh&ữ"), max_size=200))
@settings(max_examples=400, deadline=None)
def test_spans_are_valid_and_ordered_over_any_text(text: str) -> None:
    end = 0
    for mention in find_symbols(text):
        assert end <= mention.start < mention.end <= len(text)
        assert text[mention.start].isdigit()
        end = mention.end


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read(text: str) -> None:
    for mention in find_symbols(unicodedata.normalize("NFC", text)):
        assert mention.canonical


NUMBERS = st.integers(1, 99999).map(lambda n: f"{n:02d}")
PARTY = st.builds(
    "{}-{}/{}".format,
    NUMBERS,
    st.sampled_from(
        ["NQ", "QĐ", "CT", "KL", "TB", "HD", "CTr", "KH", "BC", "TTr", "CV", "QĐi", "TT", "ĐA", "DA"]
    ),
    st.sampled_from(["TU", "TW", "HU", "ĐU", "VPTW", "BTCTU", "UBKTTW", "BTGDVTU", "TWĐTN-VP"]),
)
STATE = st.builds(
    "{}{}/{}-{}".format,
    NUMBERS,
    st.sampled_from(["", "/1997", "/2021", "/2026"]),
    st.sampled_from(
        ["QĐ", "NQ", "KH", "TB", "NĐ", "TT", "CT", "TTr", "CĐ", "HD", "HĐ", "DA", "ĐA", "QyĐ", "VBHN"]
    ),
    st.sampled_from(["TTg", "CP", "UBND", "HĐND", "BTC", "BNNPTNT", "BGDĐT", "UBND-KGVX", "VPCP"]),
)
OTHER = st.builds(
    "{}/{}".format, NUMBERS, st.sampled_from(["2025/QH15", "BNN-VPĐP", "UBND-NL2", "CP", "TTg"])
)


def plain_d(text: str) -> str:
    """Đ typed as D, but not where that is another code (HĐ, ĐA)."""
    return text if any(code in text for code in ("/HĐ-", "ĐA", "-HĐ/")) else text.replace("Đ", "D")


TYPINGS = {
    "as is": str,
    "small": str.lower,
    "without stroke": plain_d,
    "Eth": lambda text: text.replace("Đ", "Ð"),
    "en dash": lambda text: text.replace("-", "–"),
    "spaced dash": lambda text: text.replace("-", " - ", 1),
    "spaced slash": lambda text: text.replace("/", "/ ", 1),
    "broken line": lambda text: text.replace("/", "/\n", 1),
    "no-break space": lambda text: text.replace("-", "\u00a0-", 1),
}


SPACED = ("spaced dash", "no-break space")
UNIT = re.compile(r"-[^-/]+$(?<=VP|VX|ĐP|L2)")  # a working unit behind a spaced dash is not read


@pytest.mark.parametrize("typing", TYPINGS, ids=str)
@given(number=st.one_of(PARTY, STATE, OTHER), data=st.data())
@settings(max_examples=120, deadline=None)
def test_generated_numbers_come_back_canonical(typing: str, number: str, data: st.DataObject) -> None:
    assume(typing not in SPACED or not UNIT.search(number))
    frame = data.draw(
        st.sampled_from(["Văn bản số {}", "Văn bản số {}.", "theo văn bản số {}, ngày 1/2/2020"])
    )
    text = frame.format(TYPINGS[typing](number))
    assert canonical_forms(text) == [number]


@given(st.one_of(PARTY, STATE, OTHER))
@settings(max_examples=300, deadline=None)
def test_canonical_forms_are_their_own_canonical_form(number: str) -> None:
    assert canonical_forms(number) == [number]


@pytest.mark.timeout(120)  # a quadratic reading of these would take hours
@pytest.mark.parametrize("piece", ["1/", "12/QĐ-", "04-NQ/TU ", "Nghị quyết số 04 ", "1 ", "số "])
def test_long_repetitions_are_read_to_their_end(piece: str) -> None:
    text = piece * (400_000 // len(piece))
    starts = [mention.start for mention in find_symbols(text)]
    assert starts == sorted(set(starts))
