"""Facts of a page: heads of documents of several bodies, letters, gazette pages and news.

The documents here are written for the test in the shape of real ones; their numbers stand for nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus.metadata import read_facts
from corpus.models import DocumentKind, Facts
from corpus.text import fold
from ingest.models import Block, BlockKind, PageText, RawPage
from ingest.readers import read_page

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
FIELDS = ("symbol", "type", "issuer", "province", "issued_on", "signer")

DECISION = """ỦY BAN NHÂN DÂN
TỈNH HÀ TĨNH
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 99999/QĐ-UBND
Hà Tĩnh, ngày 02 tháng 8 năm 2022
QUYẾT ĐỊNH
VỀ VIỆC BAN HÀNH MỘT KẾ HOẠCH MẪU
Căn cứ Quyết định số 263/QĐ-TTg ngày 22 tháng 02 năm 2022 của Thủ tướng Chính phủ;
Điều 1. Ban hành kế hoạch trước ngày 30 tháng 9 năm 2022.
Nơi nhận:
- Như Điều 1;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Nguyễn Văn A"""

PARTY_LETTER = """TỈNH ỦY HÀ TĨNH
*
Số 99999-CV/TU
V/v một việc mẫu
ĐẢNG CỘNG SẢN VIỆT NAM
Hà Tĩnh, ngày 5 tháng 8 năm 2022
Kính gửi: Các huyện, thành, thị ủy.
Thực hiện Nghị quyết số 04-NQ/TU ngày 15/7/2021.
T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ
(Đã ký)
Trần Thị
A
Nơi nhận:
- Như trên."""

DEPARTMENT = """ỦY BAN NHÂN DÂN TỈNH THÁI BÌNH
SỞ NỘI VỤ
Số: 9999/SNV-TCBC
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Thái Bình, ngày 31 tháng 2 năm 2022
Kính gửi: Các sở, ban, ngành."""

CENTRAL = """BỘ TÀI CHÍNH CỤC THUẾ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 9999/CT-
CS
V/v chính sách thuế
Hà Nội, ngày 19 tháng 11 năm 2025
Kính gửi: Thuế tỉnh Bắc Ninh."""

CELLS = """QUỐC HỘI
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Luật số: 999/2018/QH14 | Hà Nội, ngày 12 tháng 6 năm 2018
LUẬT
MỘT LUẬT MẪU
Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;"""

CONSOLIDATED = """VĂN BẢN HỢP NHẤT - BỘ Y TẾ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 99/2015/TT-BYT
THÔNG TƯ
Ban hành một danh mục mẫu"""

NO_HEAD = """Kính gửi: Thuế các tỉnh, thành phố.
Thời gian qua, việc mẫu đã được làm.
Nơi nhận:
- Như trên.
KT. CỤC TRƯỞNG
PHÓ CỤC TRƯỞNG Nguyễn Văn A"""

COPIED_BY_NEWS = """CHÍNH PHỦ------- | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAMĐộc lập - Tự do - Hạnh phúc |
Số: 99/2025/NĐ-CP |
NGHỊ ĐỊNH
Căn cứ Luật Tổ chức Chính phủ;"""


def make_page(text: str, *kinds: BlockKind, **given: Any) -> PageText:
    """A page whose lines are blocks of the given kinds, body from there on."""
    blocks, offset = [], 0
    for i, line in enumerate(text.split("\n")):
        kind = kinds[i] if i < len(kinds) else BlockKind.BODY
        blocks.append(Block(kind=kind, start=offset, end=offset + len(line)))
        offset += len(line) + 1
    fields: dict[str, Any] = {
        "title": None,
        "title_in_text": True,
        "source_id": None,
        "url": None,
        "author": None,
        "publisher": None,
    }
    fields.update(given)
    return PageText(text=text, raw_text=text, blocks=tuple(blocks), cuts=(), **fields)


def values(facts: Facts) -> dict[str, str]:
    return {name: fact.value for name in FIELDS if (fact := getattr(facts, name)) is not None}


OFFICIAL = (
    # a State decision; the date is that of the head, not a deadline, the number not one of the recitals
    (
        DECISION,
        {
            "symbol": "99999/QĐ-UBND",
            "type": "Quyết định",
            "issuer": "Ủy ban nhân dân tỉnh Hà Tĩnh",
            "province": "Hà Tĩnh",
            "issued_on": "2022-08-02",
            "signer": "Nguyễn Văn A",
        },
    ),
    # a Party letter: no colon after "Số", a slash in "T/M", the name broken over two lines
    (
        PARTY_LETTER,
        {
            "symbol": "99999-CV/TU",
            "type": "Công văn",
            "issuer": "Tỉnh ủy Hà Tĩnh",
            "province": "Hà Tĩnh",
            "issued_on": "2022-08-05",
            "signer": "Trần Thị A",
        },
    ),
    # a department takes its province from the line above; 31 February is no date
    (
        DEPARTMENT,
        {
            "symbol": "9999/SNV-TCBC",
            "type": "Công văn",
            "issuer": "Sở Nội vụ tỉnh Thái Bình",
            "province": "Thái Bình",
        },
    ),
    # two bodies in one line; a number broken over two; "Hà Nội" is where it was signed, not its province
    (
        CENTRAL,
        {"symbol": "9999/CT-CS", "type": "Công văn", "issuer": "Cục Thuế", "issued_on": "2025-11-19"},
    ),
    # cells of a table row
    (
        CELLS,
        {"symbol": "999/2018/QH14", "type": "Luật", "issuer": "Quốc hội", "issued_on": "2018-06-12"},
    ),
    # a consolidated text prints the number of the act it restates: that is not its own
    (CONSOLIDATED, {"type": "Văn bản hợp nhất", "issuer": "Bộ Y tế"}),
    # a letter copied without its head; name and office in one line
    (NO_HEAD, {"type": "Công văn", "signer": "Nguyễn Văn A"}),
)


@pytest.mark.parametrize(("text", "expected"), OFFICIAL)
def test_facts_of_a_document(text: str, expected: dict[str, str]) -> None:
    facts = read_facts(make_page(text), ())
    assert facts.kind is DocumentKind.OFFICIAL
    assert values(facts) == expected


def test_every_fact_carries_its_span() -> None:
    facts = read_facts(make_page(DECISION), ())
    spans = {
        name: DECISION[fact.start : fact.end] for name in FIELDS if (fact := getattr(facts, name)) is not None
    }
    assert spans == {
        "symbol": "99999/QĐ-UBND",
        "type": "QUYẾT ĐỊNH",
        "issuer": "ỦY BAN NHÂN DÂN\nTỈNH HÀ TĨNH",
        "province": "TỈNH HÀ TĨNH",
        "issued_on": "ngày 02 tháng 8 năm 2022",
        "signer": "Nguyễn Văn A",
    }


NEWS_TEXT = (
    "Một tiêu đề\n"
    "Hôm 15/7/2021, cấp ủy tỉnh đã ban hành Nghị quyết số 04-NQ/TU để chỉ đạo một đề án về "
    "nông thôn; Ban Thường vụ {} đề nghị các nơi bắt tay vào làm ngay.\n"
    "Số: 99999/QĐ-UBND"
)


@pytest.mark.parametrize(
    ("body", "province"),
    [
        ("Tỉnh ủy Hà Tĩnh", "Hà Tĩnh"),
        ("Huyện ủy, UBND huyện Hưng Hà", "Thái Bình"),
        ("Tỉnh ủy", None),
        ("Tỉnh ủy Hà Tĩnh và Tỉnh ủy Nghệ An", None),
        ("huyện Châu Thành", None),
    ],
)
def test_news_has_a_province_at_most(body: str, province: str | None) -> None:
    facts = read_facts(make_page(NEWS_TEXT.format(body), BlockKind.TITLE), ())
    assert facts.kind is DocumentKind.NEWS
    assert values(facts) == ({"province": province} if province else {})


def test_a_head_that_a_news_site_copied_with_the_whole_document_is_read_through_its_bars() -> None:
    facts = read_facts(make_page(COPIED_BY_NEWS, source_id="1"), ())
    assert values(facts) == {"symbol": "99/2025/NĐ-CP", "type": "Nghị định", "issuer": "Chính phủ"}


@pytest.mark.parametrize("text", ["", "Một dòng.", "Điều 5. Quyền\n1. " + "Người dân có quyền. " * 10])
def test_a_page_that_shows_nothing_stays_unknown(text: str) -> None:
    assert read_facts(make_page(text, source_id="1"), ()) == Facts()


def test_seed_pages_are_news_with_the_province_they_show() -> None:
    folder = SHARED / "data/seeds"
    if not folder.exists():
        pytest.skip("shared data absent")
    found = []
    for path in sorted(folder.glob("*.txt")):
        content = path.read_bytes()
        page = RawPage(
            uri=path.as_uri(),
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            media_type="text/plain",
            name=path.name,
        )
        facts = read_facts(read_page(page), ())
        found.append((facts.kind, values(facts)))
    assert found == [
        (DocumentKind.NEWS, {"province": "Hà Tĩnh"}),
        (DocumentKind.NEWS, {"province": "Thái Bình"}),
    ]


GOLD = {
    "symbol": "own_symbol",
    "type": "type",
    "issuer": "issuer",
    "issued_on": "date",
    "signer": "signer",
}


def read_rows() -> Iterator[tuple[dict[str, Any], Facts]]:
    """Every fourth real document of up to 100,000 characters; the reader sees its text only."""
    path = SHARED / "data/official-docs/documents.jsonl"
    if not path.exists():
        pytest.skip("shared data absent")
    with path.open(encoding="utf-8") as rows:
        for i, line in enumerate(rows):
            row = json.loads(line)
            if i % 4 or len(row["text"]) > 100_000:
                continue
            content = json.dumps({"id": row["id"], "text": row["text"]}).encode()
            page = RawPage(
                uri=f"file:///a.jsonl#{row['id']}",
                content=content,
                sha256=hashlib.sha256(content).hexdigest(),
                media_type="application/json",
                name="a.jsonl",
            )
            yield row, read_facts(read_page(page), ())


def test_facts_of_real_documents_keep_their_precision() -> None:
    """Floors a little under what `cancu eval reading` measures over all documents (0.97–0.99 of the gold)."""
    counts: Counter[tuple[str, str]] = Counter()
    for row, facts in read_rows():
        if row["kind"] == "news":  # some of the others carry the full text of a document
            assert facts.symbol is None and facts.issued_on is None, row["id"]
        if row["kind"] != "official":
            continue
        for name, key in GOLD.items():
            fact, gold = getattr(facts, name), row["gold"][key]
            if gold is None:
                continue
            counts[name, "gold"] += 1
            counts[name, "given"] += fact is not None
            if fact is not None:
                # Gold names a province for its people's committee: "Tỉnh Đồng Nai".
                same = fold(gold) in fold(fact.value) if name == "issuer" else fold(gold) == fold(fact.value)
                counts[name, "right"] += same
    for name in GOLD:
        assert counts[name, "right"] >= 0.98 * counts[name, "given"], (name, counts)
        assert counts[name, "right"] >= 0.95 * counts[name, "gold"] > 0, (name, counts)


def central(title: str, opening: str, signed: str) -> str:
    """A document under the letterhead that Trung ương, Bộ Chính trị and Ban Bí thư share."""
    return (
        "BAN CHẤP HÀNH TRUNG ƯƠNG\nĐẢNG CỘNG SẢN VIỆT NAM\n---------------\nSố 9999-QĐ/TW\nHà Nội, ngày 19 tháng 11 năm 2025\n"
        f"QUY ĐỊNH\n{title}\n-----\n- Căn cứ Điều lệ Đảng;\n{opening}\nĐiều 1. Phạm vi\nQuy định này nói về một việc mẫu.\n"
        f"Nơi nhận:\n- Các tỉnh ủy, thành ủy,\n- Lưu Văn phòng Trung ương Đảng.\n{signed}\nTrần Văn Mẫu"
    )


@pytest.mark.parametrize(
    ("title", "opening", "signed", "issuer"),
    [
        ("VỀ MỘT VIỆC MẪU", "Ban Bí thư quy định về một việc mẫu như sau:", "T/M BAN BÍ THƯ", "Ban Bí thư"),
        ("VỀ MỘT VIỆC MẪU", "Nay quy định như sau:", "T/M BỘ CHÍNH TRỊ", "Bộ Chính trị"),
        (
            "CỦA BỘ CHÍNH TRỊ, BAN BÍ THƯ VỀ MỘT VIỆC MẪU",
            "Nay quy định như sau:",
            "T/M BỘ CHÍNH TRỊ",
            "Bộ Chính trị, Ban Bí thư",
        ),
        (
            "VỀ MỘT VIỆC MẪU",
            "Nay quy định như sau:",
            "T/M BAN CHẤP HÀNH TRUNG ƯƠNG",
            "Ban Chấp hành Trung ương",
        ),
        ("VỀ MỘT VIỆC MẪU", "Nay quy định như sau:", "BÍ THƯ", None),
    ],
)
def test_the_letterhead_of_the_centre_names_no_issuer(
    title: str, opening: str, signed: str, issuer: str | None
) -> None:
    text = central(title, opening, signed)
    facts = read_facts(make_page(text), ())
    assert (facts.issuer.value if facts.issuer else None) == issuer
    if facts.issuer is not None:
        assert fold(text[facts.issuer.start : facts.issuer.end]) == fold(issuer or "")
    assert facts.level is not None and facts.level.value == "trung ương"
    assert facts.system is not None and facts.system.value == "Đảng"
