"""Word files made for tests: a .docx from its XML, so that a test shows what it is about."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_KINDS = ("styles", "numbering", "footnotes", "endnotes", "header", "footer")


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


def numbered(text: str, number: int, depth: int = 0) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


def table(*rows: list[str]) -> str:
    """Cells are texts; "\\n" in one divides its paragraphs."""
    cells = (
        "".join(f"<w:tc>{''.join(map(paragraph, cell.split(chr(10))))}</w:tc>" for cell in row)
        for row in rows
    )
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def level(depth: int, text: str, format: str = "decimal", more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{format}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(levels: str, more: str = "") -> str:
    """One list, w:num 1."""
    return (
        f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{more}'
    )


def make_docx(body: str, *, extra: Mapping[str, bytes] | None = None, **parts: str) -> bytes:
    """A Word file with a body and the parts named (styles, numbering, footnotes, endnotes, header, footer)."""
    files: dict[str, bytes] = {
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>".encode(),
        "_rels/.rels": relationships(("rId1", "officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": relationships(
            *((f"r{kind}", kind, f"{kind}.xml") for kind in _KINDS if kind in parts)
        ),
        "[Content_Types].xml": CONTENT_TYPES,
    }
    for kind, content in parts.items():
        tag = {"header": "hdr", "footer": "ftr"}.get(kind, kind)
        files[f"word/{kind}.xml"] = f"<w:{tag} {NAMESPACES}>{content}</w:{tag}>".encode()
    return make_zip(files | dict(extra or {}))


_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_MAIN}.styles+xml"/>'
    f'<Override PartName="/word/numbering.xml" ContentType="{_MAIN}.numbering+xml"/>'
    f'<Override PartName="/word/footnotes.xml" ContentType="{_MAIN}.footnotes+xml"/>'
    f'<Override PartName="/word/header.xml" ContentType="{_MAIN}.header+xml"/>'
    f'<Override PartName="/word/footer.xml" ContentType="{_MAIN}.footer+xml"/></Types>'
).encode()


def relationships(*rows: tuple[str, str, str], external: str = "") -> bytes:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    inner = "".join(f'<Relationship Id="{i}" Type="{kind}/{k}" Target="{t}"/>' for i, k, t in rows)
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{inner}{external}</Relationships>'.encode()


def make_zip(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def decision() -> bytes:
    """A decision with a letterhead in two columns, automatic numbers, a table, a note and a signature block."""
    footnote = "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:footnoteReference w:id='2'/></w:r>"
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rheader"/>'
        '<w:footerReference w:type="default" r:id="rfooter"/></w:sectPr>'
    )
    body = "".join(
        (
            table(
                [
                    "ỦY BAN NHÂN DÂN\nXÃ MẪU\nSố: 12/QĐ-UBND",
                    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
                    "Xã Mẫu, ngày 05 tháng 01 năm 2026",
                ]
            ),
            paragraph("QUYẾT ĐỊNH"),
            paragraph("Về việc ban hành Kế hoạch trồng cây đầu xuân"),
            f"<w:p>{run('Căn cứ Luật Tổ chức chính quyền địa phương')}{footnote}{run(';')}</w:p>",
            numbered("Ban hành kèm theo Quyết định này Kế hoạch trồng cây.", 1),
            numbered("Tổ chức thực hiện", 1),
            numbered("Văn phòng chủ trì;", 1, 1),
            numbered("Các thôn phối hợp:", 1, 1),
            numbered("chuẩn bị cây giống;", 1, 2),
            numbered("báo cáo kết quả.", 1, 2),
            numbered("Hiệu lực thi hành từ ngày ký.", 1),
            table(["Thôn", "Số cây"], ["Thôn Đông", "800"], ["Thôn Đoài", "650"], ["Thôn Nam", "500"]),
            paragraph(""),
            table(["Nơi nhận:\n- Như Điều 2;\n- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn A"]),
            section,
        )
    )
    return make_docx(
        body,
        numbering=numbering(
            level(0, "Điều %1.") + level(1, "%2.") + level(2, "%3)", "lowerLetter"),
        ),
        styles='<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>',
        footnotes='<w:footnote w:id="0" w:type="separator"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:id="1" w:type="continuationSeparator"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
        f'<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>{run("Luật số 72/2025/QH15.")}</w:p></w:footnote>',
        header=paragraph("Dự thảo lần 2"),
        footer=paragraph("Trang 1"),
    )


STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
)


def styled(text: str, style: str) -> str:
    return paragraph(text, f'<w:pStyle w:val="{style}"/>')


def text_box(text: str) -> str:
    """A text box as Word writes it: for newer versions, and once more for older ones."""
    content = f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        '<wp:anchor xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        'distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" locked="0" '
        'layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        '<wp:extent cx="1500000" cy="500000"/><wp:wrapNone/><wp:docPr id="1" name="o"/>'
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        '<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1500000" cy="500000"/></a:xfrm>'
        '<a:prstGeom prst="rect"/></wps:spPr>'
        f"<wps:txbx>{content}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor>"
        "</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"{content}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def regulation() -> bytes:
    """A regulation with what Word keeps beside plain paragraphs: changes, hidden text, boxes, fields, lists."""
    author = 'w:id="9" w:author="x" w:date="2026-01-05T00:00:00Z"'
    body = "".join(
        (
            styled("QUY CHẾ LÀM VIỆC", "Title"),
            styled("QUY ĐỊNH CHUNG", "Heading1"),
            styled("Phạm vi điều chỉnh", "Heading2"),
            f"<w:p>{run('Quy chế này áp dụng cho ')}<w:ins {author}>{run('mười thôn')}</w:ins>"
            f"<w:del {author}><w:r><w:delText>tám thôn</w:delText></w:r></w:del>{run('.')}</w:p>",
            f"<w:p>{run('Chữ hiện')}{run(' và chữ ẩn', '<w:vanish/>')}{run(' ra.')}</w:p>",
            styled("Nguyên tắc", "Heading2"),
            f"<w:p>{run('Đoạn có khung chữ.')}{text_box('Chữ trong khung')}</w:p>",
            f"<w:p>{run('Một dòng')}<w:r><w:br/></w:r>{run('Dòng hai')}<w:r><w:tab/></w:r>{run('sau tab')}</w:p>",
            styled("TỔ CHỨC THỰC HIỆN", "Heading1"),
            styled("Trách nhiệm", "Heading2"),
            f'<w:p>{run("Xem trang ")}<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            "<w:r><w:instrText>PAGEREF x</w:instrText></w:r>"
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("7")}'
            f'<w:r><w:fldChar w:fldCharType="end"/></w:r>{run(" của phụ lục.")}</w:p>',
        )
    )
    levels = level(0, "Chương %1.", "upperRoman") + level(1, "Điều %2.", more='<w:lvlRestart w:val="0"/>')
    return make_docx(body, styles=STYLES, numbering=numbering(levels))


def in_font(text: str, font: str) -> str:
    return run(text, f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:cs="{font}"/>')


def in_old_fonts(encoding: str) -> bytes:
    """A page in the fonts of TCVN3 or VNI."""
    if encoding == "TCVN3":
        pieces = (
            in_font("uû ban nh©n d©n x· mÉu", ".VnTimeH"),
            in_font("Céng hoµ x· héi chñ nghÜa ViÖt Nam", ".VnTime"),
            in_font("§iÒu 1. Uû ban, tr\xadëng c¸c ngµnh vµ ®Þa ph\xad¬ng ± 5 %.", ".VnTime"),
            run("Số 15/2026/QĐ-UBND – § 3: ") + in_font("quyÕt ®Þnh", ".VnTime"),
        )
    else:
        pieces = (
            in_font("COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM", "VNI-Times"),
            in_font("Ñieàu 1. Ban haønh keøm theo Quyeát ñònh naøy Quy cheá laøm vieäc.", "VNI-Times"),
        )
    return make_docx("".join(f"<w:p>{piece}</w:p>" for piece in pieces))
