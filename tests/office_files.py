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
