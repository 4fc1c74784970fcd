"""PDFs with a text layer: reading order, paragraphs, tables, running heads, sheets; and files that mean harm."""

from __future__ import annotations

import unicodedata

import pytest
from conftest import shared
from drawn_pdf import HEAD, as_page, draw_pdf
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.build import build_document
from index.citations import cite
from index.wording import attribute
from ingest.errors import DamagedFile, EmptyPage, EncryptedFile, UnreadablePage, UnsafeFile
from ingest.limits import Limits
from ingest.models import BlockKind, Cut, PageText
from ingest.readers.pdf import read_pdf

BODY_1 = (
    (70, 200, "Điều 1. Phạm vi điều chỉnh của Quy chế mẫu này gồm các cơ quan nhà nước,"),
    (70, 215, "các tổ chức và cá nhân có liên quan đến việc soạn thảo, ban hành và lưu"),
    (70, 230, "trữ văn bản mẫu trên địa bàn toàn tỉnh, theo đúng trình tự mà pháp luật"),
    (70, 245, "quy định cho từng loại văn bản và từng cơ quan ban hành văn bản, trong"),
)
BODY_2 = (
    (290, 40, "2"),
    (70, 70, "thời hạn mà kế hoạch hằng năm đã nêu."),
    (70, 95, "Điều 2. Quyết định này có hiệu lực thi hành kể từ ngày ký."),
)
TABLE_LINES = (
    *((70, y, 400, y) for y in (300, 320, 340)),
    *((x, 300, x, 340) for x in (70, 120, 260, 400)),
)
TABLE = (
    (75, 314, "STT"),
    (125, 314, "Nội dung"),
    (265, 314, "Đơn vị chủ trì"),
    (75, 334, "1"),
    (265, 334, "Sở Tư pháp"),
)


def _read(content: bytes, **options: object) -> PageText:
    return read_pdf(as_page(content), **options)  # type: ignore[arg-type]


def _texts(read: PageText) -> list[str]:
    return [read.text[block.start : block.end] for block in read.blocks]


def test_the_head_is_read_left_column_first() -> None:
    read = _read(draw_pdf([HEAD + BODY_1]))
    assert _texts(read)[:6] == [
        "ỦY BAN NHÂN DÂN TỈNH HÀ TĨNH",
        "Số: 15/QĐ-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Hà Tĩnh, ngày 04 tháng 3 năm 2024",
        "QUYẾT ĐỊNH",
    ]


def test_facts_of_the_head() -> None:
    content = draw_pdf([HEAD + BODY_1, BODY_2])
    facts = build_document(as_page(content), _read(content)).facts
    assert facts.symbol and facts.symbol.value == "15/QĐ-UBND"
    assert facts.issued_on and facts.issued_on.value == "2024-03-04"
    assert facts.type and facts.type.value == "Quyết định"


def test_a_paragraph_runs_over_the_page_break() -> None:
    read = _read(draw_pdf([HEAD + BODY_1, BODY_2]))
    paragraph = (
        "Điều 1. Phạm vi điều chỉnh của Quy chế mẫu này gồm các cơ quan nhà nước, các tổ chức và cá nhân có liên "
        "quan đến việc soạn thảo, ban hành và lưu trữ văn bản mẫu trên địa bàn toàn tỉnh, theo đúng trình tự mà "
        "pháp luật quy định cho từng loại văn bản và từng cơ quan ban hành văn bản, trong thời hạn mà kế hoạch "
        "hằng năm đã nêu."
    )
    assert _texts(read)[-2:] == [paragraph, "Điều 2. Quyết định này có hiệu lực thi hành kể từ ngày ký."]
    assert [read.raw_text[cut.start : cut.end] for cut in read.cuts] == ["2"]
    assert read.cuts == (Cut(start=read.cuts[0].start, end=read.cuts[0].end, reason="running_head"),)


def test_sheets_cover_the_text_and_a_citation_says_its_page() -> None:
    content = draw_pdf([HEAD + BODY_1, BODY_2])
    read = _read(content)
    first, second = read.sheets
    assert (first.number, first.start, second.number, second.end) == (1, 0, 2, len(read.text))
    assert first.end == second.start
    assert read.text[second.start :].startswith("thời hạn mà kế hoạch hằng năm đã nêu.\nĐiều 2.")
    assert not first.scanned and first.confidence is None and read.doubts == ()

    document = build_document(as_page(content), read)
    start = read.text.index("Điều 2.")
    citation = cite(document, start, len(read.text), about=(), location="Điều 2")
    assert (citation.sheet, citation.scanned, citation.place) == (2, False, "Điều 2, trang 2")
    assert "bản quét" not in attribute(document, [citation], None)
    over_both = cite(document, read.text.index("trong thời hạn"), start, about=(), location="Điều 1")
    assert over_both.sheet == 1


def test_a_ruled_table_is_rows_of_cells() -> None:
    above = ((70, 280, "Danh mục nhiệm vụ:"),)
    below = ((70, 370, "Các đơn vị căn cứ nhiệm vụ để thực hiện."),)
    read = _read(draw_pdf([above + TABLE + below], lines=TABLE_LINES))
    assert [(block.kind, text) for block, text in zip(read.blocks, _texts(read), strict=True)][1:] == [
        (BlockKind.TABLE_ROW, "STT | Nội dung | Đơn vị chủ trì"),
        (BlockKind.TABLE_ROW, "1 |  | Sở Tư pháp"),
        (BlockKind.BODY, "Các đơn vị căn cứ nhiệm vụ để thực hiện."),
    ]


def test_running_heads_are_cut_and_articles_at_the_top_are_not() -> None:
    sheets = [
        (
            (70, 40, f"Sổ tay văn bản mẫu - Trang {number}"),
            (70, 100, f"Điều {number}. Nội dung thứ {number} của sổ tay."),
        )
        for number in range(1, 5)
    ]
    read = _read(draw_pdf(sheets))
    assert _texts(read) == [f"Điều {number}. Nội dung thứ {number} của sổ tay." for number in range(1, 5)]
    assert [cut.reason for cut in read.cuts] == ["running_head"] * 4


def test_the_signature_block_is_read_after_the_recipients() -> None:
    end = (
        (70, 200, "Quyết định này có hiệu lực kể từ ngày ký."),
        (70, 240, "Nơi nhận:"),
        (330, 240, "TM. ỦY BAN NHÂN DÂN"),
        (70, 255, "- Như Điều 2;"),
        (370, 255, "CHỦ TỊCH"),
        (70, 270, "- Lưu: VT."),
        (360, 330, "Nguyễn Văn A"),
    )
    assert _texts(_read(draw_pdf([end])))[1:] == [
        "Nơi nhận:",
        "- Như Điều 2;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Nguyễn Văn A",
    ]


def test_two_columns_of_running_text() -> None:
    left = [(60.0, 100.0 + 15 * i, f"cột trái dòng thứ {i} của trang") for i in range(10)]
    right = [(320.0, 100.0 + 15 * i, f"cột phải dòng thứ {i} của trang") for i in range(10)]
    words = _read(draw_pdf([[*left, *right]])).text.split()
    assert words == " ".join(text for _, _, text in [*left, *right]).split()


def test_a_turned_sheet_reads_as_it_is_shown() -> None:
    """Text that runs up the sheet, which /Rotate shows upright."""
    stream = b"BT /F 12 Tf 0 1 -1 0 130 100 Tm (Dong hai) Tj 0 1 -1 0 100 100 Tm (Dong mot) Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Rotate 90/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    assert _read(_assemble(objects)).text.split("\n") == ["Dong mot", "Dong hai"]


def test_an_encrypted_file_is_named_as_such() -> None:
    with pytest.raises(EncryptedFile, match=r"'thu\.pdf' có mật khẩu"):
        _read(draw_pdf([BODY_1], password="bi-mat"))


@pytest.mark.parametrize("keep", [10, 200, 900])
def test_a_truncated_file_is_damaged(keep: int) -> None:
    with pytest.raises(DamagedFile):
        _read(draw_pdf([BODY_1])[:keep])


def test_a_file_of_too_many_pages_is_refused_before_it_is_read() -> None:
    kids = b"".join(b"3 0 R " for _ in range(10_000))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 10000/Kids[" + kids + b"]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>",
    ]
    with pytest.raises(UnsafeFile, match="10000 trang, quá giới hạn 3000"):
        _read(_assemble(objects))


def test_a_huge_sheet_without_text_has_no_text() -> None:
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 1e9 1e9]>>",
    ]
    with pytest.raises(UnreadablePage):
        _read(_assemble(objects))


def test_a_sheet_that_takes_too_long_is_stopped() -> None:
    """A content stream of many million operators, with a limit far below what it takes."""
    import zlib

    stream = zlib.compress(b"0 0 m 9 9 l S " * 4_000_000)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 4 0 R>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(stream), stream),
    ]
    with pytest.raises(UnsafeFile, match="đã dừng"):
        _read(_assemble(objects), limits=Limits(seconds=0.2))
    assert _read(draw_pdf([[(70, 100, "Sau đó vẫn đọc được.")]])).text == "Sau đó vẫn đọc được."


def test_no_text_at_all() -> None:
    with pytest.raises(EmptyPage):
        _read(draw_pdf([[]]))


def _assemble(objects: list[bytes]) -> bytes:
    """A PDF file of numbered objects, the first of which is its catalog."""
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj" % number + body + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
        + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    )


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.booleans())
def test_random_bytes_are_refused_in_our_words(content: bytes, marked: bool) -> None:
    with pytest.raises(UnreadablePage):
        _read((b"%PDF-1.7\n" if marked else b"") + content)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=30))
def test_a_mutated_real_file_is_read_or_refused(changes: list[tuple[float, int]]) -> None:
    content = bytearray(shared("data/files/office/ĐIỀU LỆ ĐOÀN KHÓA XI.pdf").read_bytes())
    for at, value in changes:
        content[int(at * len(content))] = value
    try:
        read = _read(bytes(content), limits=Limits(max_ocr_sheets=0))
    except UnreadablePage:
        return
    assert read.text == unicodedata.normalize("NFC", read.text)
    assert read.sheets[-1].end == len(read.text)


def test_a_real_file_of_seventeen_sheets() -> None:
    read = _read(shared("data/files/office/ĐIỀU LỆ ĐOÀN KHÓA XI.pdf").read_bytes())
    assert len(read.sheets) == 17
    assert [read.raw_text[cut.start : cut.end] for cut in read.cuts] == [str(n) for n in range(2, 18)]
    assert {cut.reason for cut in read.cuts} == {"running_head"}
    starts = [text.split(":")[0] for text in _texts(read) if text.startswith("Điều ")]
    articles = sorted({int(start.split()[1]) for start in starts if start.split()[1].isdigit()})
    assert articles == list(range(1, articles[-1] + 1))
