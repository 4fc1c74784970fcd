"""Bytes to text: encodings, bad input, seed pages; what is kept and what is cut add up."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.boilerplate import REASONS
from ingest.errors import (
    BinaryPage,
    EmptyPage,
    LegacyEncoding,
    MalformedRow,
    PageTooLarge,
    UnreadablePage,
)
from ingest.limits import Limits
from ingest.local import list_pages
from ingest.models import BlockKind, PageText, RawPage
from ingest.readers import read_page

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"

PROSE = (
    "Uỷ ban nhân dân tỉnh ban hành Kế hoạch số 01/KH-UBND về xây dựng nông thôn mới.\n\n"
    "Các sở, ngành và địa phương tổ chức thực hiện, báo cáo trước ngày 31/12 hằng năm.\n"
)


def page(content: bytes, media_type: str = "text/plain", name: str = "a.txt") -> RawPage:
    digest = hashlib.sha256(content).hexdigest()
    return RawPage(uri=f"file:///{name}", content=content, sha256=digest, media_type=media_type, name=name)


def row(**values: object) -> RawPage:
    return page(json.dumps(values, ensure_ascii=False).encode(), "application/json", "x.jsonl#1")


def without_space(text: str) -> str:
    return unicodedata.normalize("NFC", "".join(text.split()))


def check_consistent(read: PageText) -> None:
    """What holds for every page that is read."""
    assert read.text == unicodedata.normalize("NFC", read.text)
    assert "\n".join(read.text[b.start : b.end] for b in read.blocks) == read.text
    assert all(read.text[b.start : b.end].strip() == read.text[b.start : b.end] != "" for b in read.blocks)
    kept, end = [], 0
    for cut in read.cuts:
        assert end <= cut.start < cut.end <= len(read.raw_text)
        assert cut.reason in REASONS
        kept.append(read.raw_text[end : cut.start])
        end = cut.end
    kept.append(read.raw_text[end:])
    assert without_space(read.text) == without_space("".join(kept))


def of_kind(read: PageText, kind: BlockKind) -> list[str]:
    return [read.text[b.start : b.end] for b in read.blocks if b.kind is kind]


def cut_texts(read: PageText, reason: str) -> list[str]:
    return [read.raw_text[c.start : c.end] for c in read.cuts if c.reason == reason]


# --- characters -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1258"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_encodings(encoding: str, form: str) -> None:
    written = unicodedata.normalize(form, PROSE)
    if encoding == "cp1258":  # holds tone marks apart from the vowels, whatever the form
        written = "".join(split_tone(char) for char in unicodedata.normalize("NFC", PROSE))
    read = read_page(page(written.encode(encoding)))
    assert read.text == PROSE.strip().replace("\n\n", "\n")
    check_consistent(read)
    if encoding != "cp1258":
        assert read.raw_text == written


def split_tone(char: str) -> str:
    """A Vietnamese letter as windows-1258 writes it: the vowel with its hat, then the tone."""
    parts = unicodedata.normalize("NFD", char)
    tone = "".join(p for p in parts if p in "\u0300\u0301\u0303\u0309\u0323")
    return unicodedata.normalize("NFC", "".join(p for p in parts if p not in tone)) + tone


def test_raw_text_keeps_line_ends_and_eth() -> None:
    read = read_page(page("\ufeff15/QÐ-UBND\r\n\r\nÐiều\u00a01. Nội dung\r\n".encode()))
    assert read.raw_text == "15/QÐ-UBND\r\n\r\nÐiều\u00a01. Nội dung\r\n"
    assert read.text == "15/QÐ-UBND\nÐiều\u00a01. Nội dung"


# Marked as VNI is, among words that are no Vietnamese whatever they are converted to.
MIXED_UP = "Coäng hoøa xaõ hoäi international committee resolution framework development programme."

BAD = [
    (b"", EmptyPage),
    (b" \r\n\t\n", EmptyPage),
    ("\ufeff \u00a0\n".encode(), EmptyPage),
    (b"%PDF-1.7 ...", BinaryPage),
    (b"PK\x03\x04" + bytes(range(256)), BinaryPage),
    (bytes(range(256)) * 4, BinaryPage),
    (b"\x00\x01\x02" * 50, BinaryPage),
    (b"\xff\xfe\x00", BinaryPage),
    ("Văn bản bị cắt".encode() + b"\xe1\xba" + b" ngang", BinaryPage),
    (MIXED_UP.encode(), LegacyEncoding),
    (MIXED_UP.encode("cp1252"), LegacyEncoding),
]


@pytest.mark.parametrize(("content", "error"), BAD)
def test_bad_text_is_refused_with_its_name(content: bytes, error: type[UnreadablePage]) -> None:
    with pytest.raises(error, match=r"cong-van\.txt"):
        read_page(page(content, name="cong-van.txt"))


def test_legacy_message_tells_the_remedy() -> None:
    with pytest.raises(LegacyEncoding, match=r"VNI.*chuyển mã"):
        read_page(page(MIXED_UP.encode()))


@pytest.mark.parametrize(
    "text",
    [
        "Le gouvernement a décidé, après délibération, que l'été à Huế sera dédié à la poésie où "
        "rien ne gêne.",
        "The council shall meet on Monday. All members are invited to attend.",
        "Größe und Maße müssen über die Jahre geprüft werden.",
        "Quá trình hoà giải, quá giá, oái oăm; thoả thuận, khoẻ, thuý, quý, toà, hoạ, xoá.",
    ],
)
def test_other_text_is_not_taken_for_legacy(text: str) -> None:
    assert read_page(page(text.encode())).text == text


@pytest.mark.timeout(300)
def test_a_page_of_fifty_megabytes_is_read_whole() -> None:
    line = (
        "Căn cứ Nghị định số 118/2025/NĐ-CP ngày 09 tháng 6 năm 2025 của Chính phủ về thực\nhiện thủ tục.\n"
    )
    content = (line * (50 * 2**20 // len(line.encode()))).encode()
    read = read_page(page(content))
    assert len(read.blocks) == content.count(b"\n") // 2
    assert read.text.startswith(
        "Căn cứ Nghị định số 118/2025/NĐ-CP ngày 09 tháng 6 năm 2025 của Chính phủ về thực hiện thủ"
    )


@pytest.mark.parametrize("media_type", ["text/plain", "text/html", "application/json"])
def test_page_over_the_limit(media_type: str) -> None:
    with pytest.raises(PageTooLarge, match="giới hạn"):
        read_page(page(b"x" * 11, media_type), limits=Limits(max_page_bytes=10, max_html_bytes=10))


# --- rows -------------------------------------------------------------------------------------------------


def test_row() -> None:
    read = read_page(
        row(id="d1", title="Kế hoạch  trồng cây", text=PROSE, url="https://a.example.vn/1", gold=1)
    )
    assert (read.source_id, read.url, read.title) == ("d1", "https://a.example.vn/1", "Kế hoạch trồng cây")
    assert read.title_in_text is False
    assert read.raw_text == PROSE
    assert of_kind(read, BlockKind.TITLE) == []


def test_row_that_carries_its_title() -> None:
    read = read_page(row(id="d1", title="Kế hoạch trồng cây", text="KẾ HOẠCH TRỒNG CÂY\n" + PROSE))
    assert read.title_in_text is True
    assert of_kind(read, BlockKind.TITLE) == ["KẾ HOẠCH TRỒNG CÂY"]


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"id": "1"}, MalformedRow),
        ({"id": "1", "text": None}, MalformedRow),
        ({"id": "1", "text": ["a"]}, MalformedRow),
        ({"id": "1", "text": "a", "title": 3}, MalformedRow),
        ({"id": "1", "text": ""}, EmptyPage),
        ({"id": "1", "text": "\x00\x01" * 9}, BinaryPage),
        ({"id": "1", "text": MIXED_UP}, LegacyEncoding),
    ],
)
def test_bad_rows(values: dict[str, object], error: type[UnreadablePage]) -> None:
    with pytest.raises(error):
        read_page(row(**values))


def test_row_with_half_a_surrogate_pair() -> None:
    with pytest.raises(MalformedRow, match="Unicode"):
        read_page(page(b'{"id": "1", "text": "\\ud800"}', "application/json"))


def test_single_control_characters_stay() -> None:
    text = "Tham gia dự án với vai trò: \x00 Nhà đầu tư độc lập hoặc thành viên liên danh; " + PROSE
    assert "\x00 Nhà đầu tư" in read_page(row(id="1", text=text)).text


# --- the two seed pages (domain.md §0.1) ------------------------------------------------------------------


@pytest.fixture(params=[0, 1])
def seed(request: pytest.FixtureRequest) -> tuple[int, PageText]:
    paths = sorted((SHARED / "data" / "seeds").glob("*.txt"))
    if len(paths) < 2:
        pytest.skip("shared/data/seeds absent")
    (found,) = list_pages(paths[request.param])
    assert isinstance(found, RawPage)
    return request.param, read_page(found)


SEEDS = {
    0: {
        BlockKind.TITLE: ["TẬP TRUNG LÃNH ĐẠO"],
        BlockKind.LEAD_DUPLICATE: ["Ban Thường vụ Tỉnh ủy Hà Tĩnh đề nghị"],
        BlockKind.LEAD: [],
        BlockKind.HEADING: [],
        BlockKind.CAPTION: [
            "Đường vào xã",
            "Sân nhà văn hóa",
            "Khu vui chơi",
            "Nhà văn hóa thôn",
            "Lắp đặt sân chơi",
            "Hà Tĩnh quyết tâm",
        ],
        BlockKind.BODY: [
            "Thay mặt",
            "Ngày 15/7/2021",
            "Sau khi",
            "Tuy nhiên",
            "Để xây dựng",
            "Cả hệ thống",
            "Các sở",
            "Huy động",
            "Các huyện",
            "Kiện toàn",
            "Đồng chí bí thư",
            "Các đoàn công tác",
        ],
    },
    1: {
        BlockKind.TITLE: ["Hưng Hà nâng cao"],
        BlockKind.LEAD_DUPLICATE: [],
        BlockKind.LEAD: [],
        BlockKind.HEADING: [],
        BlockKind.CAPTION: ["Đồng chí Nguyễn Hồng Chuyên, Ủy viên"],
        BlockKind.BODY: ["Thực hiện sự chỉ đạo", "Xác định những", "Phát biểu tại", "Đối với xã Bắc Sơn"],
    },
}
SEED_CUTS = {
    0: [("byline", "Theo Ngô Thắng"), ("comment_form", "Trả lời"), ("phone", "0943")],
    1: [("byline", "Đào Quyên"), ("related", "Tin cùng chuyên mục")],
}


def test_seed_pages_follow_the_map(seed: tuple[int, PageText]) -> None:
    number, read = seed
    check_consistent(read)
    for kind, beginnings in SEEDS[number].items():
        texts = of_kind(read, kind)
        assert len(texts) == len(beginnings)
        assert all(text.startswith(start) for text, start in zip(texts, beginnings, strict=True))
    cuts = [(c.reason, read.raw_text[c.start : c.end]) for c in read.cuts]
    assert [reason for reason, _ in cuts] == [reason for reason, _ in SEED_CUTS[number]]
    assert all(text.startswith(start) for (_, text), (_, start) in zip(cuts, SEED_CUTS[number], strict=True))


def test_seed_pages_name_author_and_publisher(seed: tuple[int, PageText]) -> None:
    number, read = seed
    expected = [("Ngô Thắng – Bá Tân", "baohatinh.vn"), ("Đào Quyên", None)][number]
    assert (read.author, read.publisher) == expected


@pytest.mark.parametrize(
    "trap", ["27 xã chưa đạt chuẩn", "Ngô Đông Hải", "Kiến Xương", "2019", "0943", "Email của bạn"]
)
def test_traps_of_the_boilerplate_are_in_no_text(seed: tuple[int, PageText], trap: str) -> None:
    assert trap not in seed[1].text


# --- properties -------------------------------------------------------------------------------------------

MEDIA = st.sampled_from(["text/plain", "text/html", "application/json"])
WORDS = st.sampled_from(
    [
        "Điều 1.",
        "Căn cứ Luật;",
        "Trả lời",
        "Tin liên quan",
        "- mục 01.02.2020 | 20:23 PM",
        "0943.685.786",
        "[img]",
        "Ảnh: PV",
        "CÔNG BÁO/Số 1 + 2/Ngày 22-5-2023",
        "12",
        "ỦY BAN NHÂN",
        "DÂN",
        "số",
        "ngày",
        "Theo PV/bao.vn",
        "Nguyễn Văn A",
        "e\u0302\u0323",
        "\u0301",
        "\u00a0",
        "một đoạn văn khá dài kết thúc bằng dấu chấm để thành một câu của bài.",
        "## Mục",
    ]
)
BREAKS = st.sampled_from(["\n", "\n\n", " ", "\r\n", "\n \n", "\n\xa0\n", "\u2028", "\x85"])


@given(content=st.binary(max_size=200), media_type=MEDIA)
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_read_or_refused(content: bytes, media_type: str) -> None:
    try:
        read = read_page(page(content, media_type))
    except UnreadablePage:
        return
    check_consistent(read)


@given(parts=st.lists(st.tuples(st.one_of(WORDS, st.text(max_size=30)), BREAKS), min_size=1, max_size=40))
@settings(max_examples=300, deadline=None)
def test_no_word_is_lost_or_changed(parts: list[tuple[str, str]]) -> None:
    text = "".join(word + end for word, end in parts)
    for raw in (
        page(text.encode("utf-8", "ignore")),
        page(f"<p>{text}</p>".encode("utf-8", "ignore"), "text/html"),
    ):
        try:
            read = read_page(raw)
        except UnreadablePage:
            continue
        check_consistent(read)
