"""Word files old and new, RTF and Markdown: what the file shows, numbers and notes included, and nothing else."""

from __future__ import annotations

from pathlib import Path

import office_files as make
import pytest
from conftest import shared
from test_ingest_readers import check_consistent, cut_texts, of_kind, page

from ingest.errors import (
    BinaryPage,
    DamagedFile,
    EmptyPage,
    EncryptedFile,
    UnreadablePage,
    UnsafeFile,
)
from ingest.kinds import DOC, DOCX, HTML, MARKDOWN, PDF, RTF, TEXT
from ingest.local import list_pages
from ingest.models import BlockKind, PageText, RawPage
from ingest.readers import read_page
from ingest.readers.numbering import write_number

FILES = Path(__file__).parent / "data" / "office"


def read(content: bytes, media_type: str = DOCX, name: str = "a.docx") -> PageText:
    found = read_page(page(content, media_type, name))
    check_consistent(found)
    return found


def read_file(name: str) -> PageText:
    (found,) = list_pages(FILES / name)
    assert isinstance(found, RawPage)
    text = read_page(found)
    check_consistent(text)
    return text


def shown(text: PageText) -> list[tuple[str, str]]:
    return [(block.kind.value, text.text[block.start : block.end]) for block in text.blocks]


DECISION = [
    ("body", "ỦY BAN NHÂN DÂN"),
    ("body", "XÃ MẪU"),
    ("body", "Số: 12/QĐ-UBND"),
    ("body", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    ("body", "Độc lập - Tự do - Hạnh phúc"),
    ("body", "Xã Mẫu, ngày 05 tháng 01 năm 2026"),
    ("body", "QUYẾT ĐỊNH"),
    ("body", "Về việc ban hành Kế hoạch trồng cây đầu xuân"),
    ("body", "Căn cứ Luật Tổ chức chính quyền địa phương[1];"),
    ("body", "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch trồng cây."),
    ("body", "Điều 2. Tổ chức thực hiện"),
    ("body", "1. Văn phòng chủ trì;"),
    ("body", "2. Các thôn phối hợp:"),
    ("body", "a) chuẩn bị cây giống;"),
    ("body", "b) báo cáo kết quả."),
    ("body", "Điều 3. Hiệu lực thi hành từ ngày ký."),
    ("table_row", "Thôn | Số cây"),
    ("table_row", "Thôn Đông | 800"),
    ("table_row", "Thôn Đoài | 650"),
    ("table_row", "Thôn Nam | 500"),
    ("body", "Nơi nhận:"),
    ("body", "- Như Điều 2;"),
    ("body", "- Lưu: VT."),
    ("body", "TM. ỦY BAN NHÂN DÂN"),
    ("body", "CHỦ TỊCH"),
    ("body", "Nguyễn Văn A"),
    ("footnote", "[1] Luật số 72/2025/QH15."),
]


@pytest.mark.parametrize("name", ["docx", "quyet-dinh.doc", "quyet-dinh.rtf"])
def test_one_decision_in_three_formats(name: str) -> None:
    found = read(make.decision()) if name == "docx" else read_file(name)
    assert shown(found) == DECISION
    assert "\n".join(cut_texts(found, "running_head")) == "Dự thảo lần 2\nTrang 1"
    assert (found.title, found.encoding, found.notes) == (None, None, ())


CHANGES = (
    "Bỏ 8 ký tự đã bị xoá (theo dõi thay đổi của Word).",
    "Bỏ 10 ký tự định dạng ẩn, không hiện khi đọc trong Word.",
)


def regulation(last: str) -> list[tuple[str, str]]:
    return [
        ("title", "QUY CHẾ LÀM VIỆC"),
        ("heading", "Chương I. QUY ĐỊNH CHUNG"),
        ("heading", "Điều 1. Phạm vi điều chỉnh"),
        ("body", "Quy chế này áp dụng cho mười thôn."),
        ("body", "Chữ hiện ra."),
        ("heading", "Điều 2. Nguyên tắc"),
        ("body", "Đoạn có khung chữ."),
        ("body", "Chữ trong khung"),
        ("body", "Một dòng"),
        ("body", "Dòng hai sau tab"),
        ("heading", "Chương II. TỔ CHỨC THỰC HIỆN"),
        ("heading", f"{last} Trách nhiệm"),
        ("body", "Xem trang 7 của phụ lục."),
    ]


def test_changes_hidden_text_boxes_and_lists_of_styles() -> None:
    found = read(make.regulation())
    assert shown(found) == regulation("Điều 3.")
    assert (found.title, found.notes) == ("QUY CHẾ LÀM VIỆC", CHANGES)


def test_the_same_in_an_old_word_file() -> None:
    """LibreOffice does not keep that the articles go on through the chapters, and boxes stand at the end."""
    expected = regulation("Điều 1.")
    box = expected.pop(7)
    found = read_file("quy-che.doc")
    assert shown(found) == [*expected, box]
    assert (found.title, found.notes) == ("QUY CHẾ LÀM VIỆC", CHANGES)


def test_the_same_in_rtf() -> None:
    """RTF of LibreOffice names headings in its styles only."""
    found = read_file("quy-che.rtf")
    assert [text for _, text in shown(found)] == [text for _, text in regulation("Điều 1.")]
    assert found.notes == CHANGES


OLD = {
    "tcvn3": [
        "UỶ BAN NHÂN DÂN XÃ MẪU",
        "Cộng hoà xã hội chủ nghĩa Việt Nam",
        "Điều 1. Uỷ ban, trưởng các ngành và địa phương ± 5 %.",
        "Số 15/2026/QĐ-UBND – § 3: quyết định",
    ],
    "vni": [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Điều 1. Ban hành kèm theo Quyết định này Quy chế làm việc.",
    ],
}


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
@pytest.mark.parametrize("suffix", ["docx", "doc", "rtf"])
def test_old_fonts(encoding: str, suffix: str) -> None:
    if suffix == "docx":
        found = read(make.in_old_fonts(encoding.upper()))
    else:
        found = read_file(f"{encoding}.{suffix}")
    assert found.text.split("\n") == OLD[encoding]
    assert found.encoding == encoding.upper()
    assert found.notes == (
        f"Chữ trong tệp viết bằng bảng mã cũ {encoding.upper()} đã được chuyển sang Unicode; tệp gốc vẫn "
        "được giữ.",
    )


def test_old_encoding_without_its_font() -> None:
    """The font was lost when the file was converted: the whole text says what it is."""
    lines = [
        "Céng hoµ x· héi chñ nghÜa ViÖt Nam",
        "Uû ban nh©n d©n tØnh ban hµnh quyÕt ®Þnh vÒ tr\xadëng c¸c ngµnh.",
    ]
    found = read(make.make_docx("".join(map(make.paragraph, lines))))
    assert found.text == (
        "Cộng hoà xã hội chủ nghĩa Việt Nam\nUỷ ban nhân dân tỉnh ban hành quyết định về trưởng các ngành."
    )
    assert found.encoding == "TCVN3"


# --- the twins --------------------------------------------------------------------------------------------


def words(name: str) -> list[str]:
    (found,) = list_pages(shared("data/files/office") / name)
    assert isinstance(found, RawPage)
    return [word for word in read_page(found).text.split() if word != "|"]


def test_twins_give_the_same_text() -> None:
    """One plan as .doc and .docx: the same words in the same order, table separators aside.

    The text of the .doc lies in pieces; read as one stream it lacks a paragraph and a half.
    """
    names = sorted(path.name for path in shared("data/files/office").glob("*.doc*"))
    old, new = map(words, names)
    assert len(new) == 997
    assert old == new


# --- .docx ------------------------------------------------------------------------------------------------


def lines(body: str, **parts: str) -> list[str]:
    return read(make.make_docx(body, **parts)).text.split("\n")


def test_numbers_at_several_levels() -> None:
    levels = (
        make.level(0, "%1.", "upperRoman")
        + make.level(1, "%2)", "lowerLetter")
        + make.level(2, "%1.%2.%3", more="<w:isLgl/>")
    )
    body = "".join(
        make.numbered(text, 1, depth)
        for text, depth in [("A", 0), ("B", 1), ("C", 1), ("D", 2), ("E", 2), ("F", 0), ("G", 1), ("H", 2)]
    )
    assert lines(body, numbering=make.numbering(levels)) == [
        "I. A",
        "a) B",
        "b) C",
        "1.2.1 D",
        "1.2.2 E",
        "II. F",
        "a) G",
        "2.1.1 H",
    ]


def test_a_level_whose_parent_has_not_begun() -> None:
    levels = make.level(0, "%1.") + make.level(1, "%1.%2.")
    assert lines(make.numbered("A", 1, 1), numbering=make.numbering(levels)) == ["1.1. A"]


def test_two_lists_of_one_kind_go_on_unless_one_starts_anew() -> None:
    more = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    body = "".join(make.numbered(text, number) for text, number in zip("ABCDE", [1, 1, 2, 3, 3], strict=True))
    assert lines(body, numbering=make.numbering(make.level(0, "%1."), more)) == [
        "1. A",
        "2. B",
        "3. C",
        "1. D",
        "2. E",
    ]


def test_bullets_and_paragraphs_taken_out_of_a_list() -> None:
    body = make.numbered("A", 1) + make.numbered("B", 0) + make.numbered("", 1) + make.numbered("C", 1)
    assert lines(body, numbering=make.numbering(make.level(0, "\uf0b7", "bullet"))) == ["• A", "B", "• C"]


@pytest.mark.parametrize(
    ("count", "format", "expected"),
    [
        (1994, "upperRoman", "MCMXCIV"),
        (5000, "lowerRoman", "5000"),
        (26, "lowerLetter", "z"),
        (27, "upperLetter", "AA"),
        (3, "decimalZero", "03"),
        (3, "none", ""),
        (3, "cardinalText", "3"),
    ],
)
def test_formats_of_numbers(count: int, format: str, expected: str) -> None:
    assert write_number(count, format) == expected


def test_what_python_docx_passes_over_is_read() -> None:
    """Content controls round blocks and runs, links, inserted and moved text."""
    block = f"<w:sdt><w:sdtContent>{make.paragraph('Trong khung điều khiển')}</w:sdtContent></w:sdt>"
    inline = (
        f"<w:p><w:sdt><w:sdtContent>{make.run('một ')}</w:sdtContent></w:sdt>"
        f"<w:hyperlink r:id='x'>{make.run('hai ')}</w:hyperlink>"
        f"<w:moveTo>{make.run('ba')}</w:moveTo><w:moveFrom>{make.run('bốn')}</w:moveFrom></w:p>"
    )
    found = read(make.make_docx(block + inline))
    assert found.text == "Trong khung điều khiển\nmột hai ba"
    assert found.notes == ("Bỏ 3 ký tự đã bị xoá (theo dõi thay đổi của Word).",)


def test_signs_inside_runs() -> None:
    body = (
        "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t><w:softHyphen/><w:t>d</w:t>"
        "<w:br/><w:t>e\u00a0f</w:t></w:r></w:p>"
    )
    assert lines(body) == ["a b-cd", "e\u00a0f"]


def test_tables_of_values_and_tables_of_layout() -> None:
    nested = (
        f"<w:tbl><w:tr><w:tc>{make.table(['1', '2'], ['3', '4'])}</w:tc>"
        f"<w:tc>{make.paragraph('bên')}</w:tc></w:tr></w:tbl>"
    )
    body = (
        make.table(["TT", "Việc", "Hạn"], ["1", "Rà soát\nquy chế", ""], ["", "", ""])
        + make.table(["Chỉ một cột"], ["dòng hai"])
        + nested
    )
    assert shown(read(make.make_docx(body))) == [
        ("table_row", "TT | Việc | Hạn"),
        ("table_row", "1 | Rà soát quy chế"),
        ("body", "Chỉ một cột"),
        ("body", "dòng hai"),
        ("table_row", "1 | 2"),
        ("table_row", "3 | 4"),
        ("body", "bên"),
    ]


def test_notes_are_numbered_as_they_are_referred_to() -> None:
    def reference(kind: str, identity: int) -> str:
        return f"<w:r><w:{kind}Reference w:id='{identity}'/></w:r>"

    def note(kind: str, identity: int, text: str) -> str:
        return f'<w:{kind} w:id="{identity}">{make.paragraph(text)}</w:{kind}>'

    body = f"<w:p>{make.run('A')}{reference('footnote', 5)}{make.run('B')}{reference('endnote', 2)}</w:p>"
    found = read(
        make.make_docx(
            body,
            footnotes=note("footnote", 5, "Chú một") + note("footnote", 6, "không ai dẫn"),
            endnotes=note("endnote", 2, "Chú hai"),
        )
    )
    assert shown(found) == [("body", "A[1]B[2]"), ("footnote", "[1] Chú một"), ("footnote", "[2] Chú hai")]


def test_macros_are_ignored_and_said() -> None:
    found = read(
        make.make_docx(make.paragraph("Chữ"), extra={"word/vbaProject.bin": b"\xd0\xcf"}), name="a.docm"
    )
    assert (found.text, found.notes) == ("Chữ", ("Tệp có macro: macro bị bỏ qua, chỉ đọc chữ.",))


def test_strict_files_are_read() -> None:
    """Word can save the namespaces of ISO 29500 Strict."""
    body = f"<w:p>{make.run('Chữ')}</w:p>"
    document = f"<w:document {make.NAMESPACES}><w:body>{body}</w:body></w:document>".replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    content = make.make_docx("", extra={"word/document.xml": document.encode()})
    assert read(content).text == "Chữ"


def test_a_page_with_pictures_only() -> None:
    with pytest.raises(EmptyPage, match=r"a\.docx.*hình ảnh"):
        read(make.make_docx("<w:p><w:r><w:drawing/></w:r></w:p>"))


# --- .doc -------------------------------------------------------------------------------------------------


def test_macro_of_old_word_is_said() -> None:
    content = rename_stream((FILES / "quyet-dinh.doc").read_bytes(), "\x05SummaryInformation", "Macros")
    assert read(content, DOC, "a.doc").notes == ("Tệp có macro: macro bị bỏ qua, chỉ đọc chữ.",)


def rename_stream(content: bytes, name: str, other: str) -> bytes:
    """The file with an entry of its directory under another name."""
    old = name.encode("utf-16-le").ljust(64, b"\0") + (2 * len(name) + 2).to_bytes(2, "little")
    new = other.encode("utf-16-le").ljust(64, b"\0") + (2 * len(other) + 2).to_bytes(2, "little")
    assert content.count(old) == 1
    return content.replace(old, new)


def patch_fib(content: bytes, at: int, value: bytes) -> bytes:
    """The file with bytes of its main stream overwritten."""
    start = content.index(b"\xec\xa5") + at
    return content[:start] + value + content[start + len(value) :]


def test_password_of_old_word() -> None:
    content = patch_fib((FILES / "quyet-dinh.doc").read_bytes(), 11, b"\x13")
    with pytest.raises(EncryptedFile, match=r"a\.doc.*mật khẩu"):
        read(content, DOC, "a.doc")


def test_password_of_new_word() -> None:
    """An encrypted .docx is an OLE file with the package inside, whatever its name says."""
    content = rename_stream((FILES / "quyet-dinh.doc").read_bytes(), "WordDocument", "EncryptedPackage")
    with pytest.raises(EncryptedFile, match="mật khẩu"):
        read(content, DOC, "a.docx")


def test_other_files_of_office() -> None:
    content = rename_stream((FILES / "quyet-dinh.doc").read_bytes(), "WordDocument", "Workbook")
    with pytest.raises(DamagedFile, match="không chứa văn bản Word"):
        read(content, DOC, "a.doc")


def word6(text: bytes, flags: bytes = b"\0\0") -> bytes:
    content = (FILES / "quyet-dinh.doc").read_bytes()
    content = patch_fib(content, 0x200, text)
    content = patch_fib(content, 0x18, (0x200).to_bytes(4, "little"))
    content = patch_fib(content, 0x34, len(text).to_bytes(4, "little"))
    content = patch_fib(content, 10, flags)
    return patch_fib(content, 2, b"\x68\x00")


def test_word_95() -> None:
    text = "Céng hoµ x· héi chñ nghÜa ViÖt Nam\rUû ban nh©n d©n tØnh\x07§iÒu 1. Ban hµnh quyÕt ®Þnh\r"
    found = read(word6(text.encode("cp1252")), DOC, "a.doc")
    assert found.text == (
        "Cộng hoà xã hội chủ nghĩa Việt Nam\nUỷ ban nhân dân tỉnh\nĐiều 1. Ban hành quyết định"
    )
    assert found.encoding == "TCVN3"
    assert found.notes[0] == "Tệp Word 6/95: bảng được đọc từng ô một, không giữ hàng."


def test_word_95_saved_in_pieces_is_refused() -> None:
    with pytest.raises(UnreadablePage, match=r"a\.doc.*lưu lại thành \.docx"):
        read(word6(b"abc", b"\x04\0"), DOC, "a.doc")


# --- RTF --------------------------------------------------------------------------------------------------

RTF_PAIRS = [
    # \u with the sign that stands in for it, and a group of its own for none
    (r"{\rtf1\ansi \u272?i\u7873?u{\uc0 \u272 \u7897 c}}", "ĐiềuĐộc"),
    # windows-1258: the tone after the vowel
    (r"{\rtf1\ansi\ansicpg1258 \'d0\'f4\'f2c l\'e2\'f2p}", "Độc lập"),
    (r"{\rtf1\ansi{\fonttbl{\f0\fcharset163 Times;}}\f0 Vi\'ea\'f2t}", "Việt"),
    # a table, its separator in a cell, text after it
    (
        r"{\rtf1\trowd\intbl a|b\cell c\cell\row\trowd\intbl d\cell e\par f\cell\row\pard g\par}",
        "a|b | c\nd | e f\ng",
    ),
    # groups that are no text; fields show their result
    (
        r"{\rtf1{\info{\title no}}{\*\unknown no}{\pict 00ff}{\field{\*\fldinst HYPERLINK}{\fldrslt yes}}}",
        "yes",
    ),
    # raw bytes hold braces
    (b"{\\rtf1 a{\\pict\\bin3 }}{}b}".decode(), "ab"),
    (r"{\rtf1 a{\deleted b}{\v c}{\v0 d}\~e\_f\-g\line h}", "ad\xa0e-fg\nh"),
    (r"{\rtf1 {\pntext 1.\tab}A\par{\listtext a)\tab}B\par}", "1. A\na) B"),
    (r"{\rtf1 a}ignored", "a"),
    (r"{\rtf1 cut {\b off", "cut off"),
]


@pytest.mark.parametrize(("content", "expected"), RTF_PAIRS)
def test_rtf(content: str, expected: str) -> None:
    assert read(content.encode("latin-1"), RTF, "a.rtf").text == expected


def test_rtf_that_is_none() -> None:
    with pytest.raises(BinaryPage, match=r"a\.rtf"):
        read(b"plain text", RTF, "a.rtf")


# --- Markdown ---------------------------------------------------------------------------------------------

MARKDOWN_PAGE = """\
---
tags: x
---
# Kế hoạch *trồng cây*

Căn cứ **Luật** số 1/2025/QH15,
dòng tiếp theo.

## 1. Mục đích

3) Mục ba
4) Mục bốn
   - gạch đầu dòng

| Thôn | Số cây |
|---|---|
| Đông | `800` |

```
mã nguồn
```
"""


def test_markdown() -> None:
    found = read(MARKDOWN_PAGE.encode(), MARKDOWN, "a.md")
    assert shown(found) == [
        ("title", "Kế hoạch trồng cây"),
        ("body", "Căn cứ Luật số 1/2025/QH15,"),
        ("body", "dòng tiếp theo."),
        ("heading", "1. Mục đích"),
        ("body", "3) Mục ba"),
        ("body", "4) Mục bốn"),
        ("body", "- gạch đầu dòng"),
        ("table_row", "Thôn | Số cây"),
        ("table_row", "Đông | 800"),
        ("body", "mã nguồn"),
    ]
    assert found.title == "Kế hoạch trồng cây"
    assert cut_texts(found, "meta") == ["tags: x"]


# --- files that are not what their names say --------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.doc", rb"{\rtf1 Ch\u7919?}", RTF),
        ("a.doc", make.make_docx(make.paragraph("Chữ")), DOCX),
        ("a.doc", "<html><body><p>Chữ</p></body></html>".encode(), HTML),
        ("a.doc", "<?xml version='1.0'?><html><body><p>Chữ</p></body></html>".encode(), HTML),
        ("a.pdf", "<!DOCTYPE html><p>Chữ</p>".encode(), HTML),
        ("a.docx", rb"{\rtf1 Ch\u7919?}", RTF),
        ("a.txt", rb"{\rtf1 Ch\u7919?}", RTF),
        ("a.zip", make.make_docx(make.paragraph("Chữ")), DOCX),
        ("a.md", "Chữ".encode(), MARKDOWN),
        ("a.txt", "Chữ".encode(), TEXT),
    ],
)
def test_files_are_read_by_what_their_bytes_are(
    tmp_path: Path, name: str, content: bytes, media_type: str
) -> None:
    (tmp_path / name).write_bytes(content)
    (found,) = list_pages(tmp_path / name)
    assert isinstance(found, RawPage)
    assert found.media_type == media_type
    text = read_page(found)
    assert text.text == "Chữ"
    said = any("đã đọc theo nội dung" in note for note in text.notes)
    assert said is (name not in ("a.md", "a.txt") or media_type == RTF)


def test_an_old_file_under_a_new_name(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes((FILES / "quyet-dinh.doc").read_bytes())
    (found,) = list_pages(tmp_path)
    assert isinstance(found, RawPage) and found.media_type == DOC
    assert shown(read_page(found)) == DECISION
    assert read_page(found).notes == (
        "Tên tệp báo là Word (.docx) nhưng nội dung là Word cũ (.doc); đã đọc theo nội dung.",
    )


def test_a_spreadsheet_under_the_name_of_a_document(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(make.make_zip({"xl/workbook.xml": b"<x/>"}))
    (found,) = list_pages(tmp_path)
    assert isinstance(found, RawPage)
    with pytest.raises(UnreadablePage, match=r"a\.docx.*không phải tệp Word"):
        read_page(found)


def test_pdf_is_told_by_its_first_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"%PDF-1.7\n")
    (found,) = list_pages(tmp_path)
    assert isinstance(found, RawPage) and found.media_type == PDF


def test_kind_of_block_is_kept_out_of_long_headings() -> None:
    long = "Một đoạn dài đặt nhầm kiểu đề mục. " * 20
    found = read(make.make_docx(make.styled(long, "Heading2"), styles=make.STYLES))
    assert of_kind(found, BlockKind.HEADING) == []


def test_entities_are_refused() -> None:
    document = b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    with pytest.raises(UnsafeFile, match="thực thể"):
        read(make.make_docx("", extra={"word/document.xml": document}))
