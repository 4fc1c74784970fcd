"""What leaves as a file: quotations byte for byte, sources as what they are, formats that others can read."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import docx
import pytest
from lxml import etree

from corpus.build import build_document, document_id
from corpus.models import DocumentKind
from corpus.store import Store
from index.citations import cite
from index.errors import QuotationMismatch
from index.exports.bibtex import escape, name_keys, write_bibtex
from index.exports.csl import write_csl
from index.exports.drafting import DraftingForm
from index.exports.files import ENDINGS, export_answer
from index.exports.gathering import Export, ExportedStatement, gather_export
from index.exports.plain import write_plain
from index.exports.sources import CitedSource, CollectionVersion, tell_source
from index.exports.word import write_word
from index.models import Answer, Citation, Nearest, Outcome, Statement
from index.search import Searcher
from ingest.models import Origin, RawPage, hash_content
from ingest.readers import read_page
from tests.small_web import article

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
COLLECTION = CollectionVersion(
    store="8921e301", label="Xã Bình Minh", revision=22, edition=3, updated_at="2026-11-28T02:02:49+00:00"
)
CITATION = Citation(
    document_id="d1",
    symbol="15/2025/QĐ-UBND",
    title="Quyết định 15/2025/QĐ-UBND: Ban hành Quy chế trồng cây",
    issuer="Ủy ban nhân dân tỉnh Hà Tĩnh",
    issued_on="2025-03-05",
    publisher="Cổng tỉnh",
    url="https://tinh.example/vb?id=15&x={a}",
    location="Điều 5, Khoản 2",
    start=100,
    end=130,
    quote="Mỗi thôn trồng ít nhất 100 cây.",
    about=(),
    sheet=3,
    scanned=True,
    fetched_at="2026-11-27T20:00:00+00:00",
    gone_at="2026-11-30T20:00:00+00:00",
)
DOCUMENT = CitedSource(
    citation=CITATION,
    kind=DocumentKind.OFFICIAL,
    type="Quyết định",
    published_on=None,
    issued_on=date(2025, 3, 5),
    read_on=date(2026, 11, 28),
    gone_on=date(2026, 12, 1),
    text_version="8042e90fb74e",
    collection=COLLECTION,
)
NEWS = replace(
    DOCUMENT,
    kind=DocumentKind.NEWS,
    type=None,
    published_on=date(2022, 7, 12),
    issued_on=None,
    gone_on=None,
    citation=replace(
        CITATION,
        symbol=None,
        issuer=None,
        issued_on=None,
        title="Hà Tĩnh trồng cây",
        publisher="baohatinh.vn",
        url=None,
        location="đoạn 3",
        sheet=None,
        scanned=False,
        about=("15/2025/QĐ-UBND",),
        fetched_at=None,
        gone_at=None,
    ),
)
HOSTILE = {
    "quotes": "“a” \"b\" 'c' ‘d’",
    "braces": "{ mở không đóng, }} đóng thừa {x}",
    "backslashes": r"C:\new\textbf{x} \\ \end{document} \symbol{7}",
    "latex": "50% & 100$ #1 a_b ^ ~ <b>&amp;</b> ]]>",
    "entries": "} @misc{giả, title = {x}}\n@comment{",
    "control": "a\x00b\x01c\x1b[31md\x7fe\ufffef",
    "lines": "dòng một\ndòng hai\n\n\tthụt\r\ndòng ba\u2028hết",
    "spaces": "  hai   dấu cách\u00a0 ở đầu và cuối  ",
    "long": "Ủy ban nhân dân xã “Đ” {đ} " * 120,
    "beyond": "𝕏 👍🏽 ệ e\u0323\u0302",
    "formulas": '=HYPERLINK("http://x")',
}


def export_of(*sources: CitedSource, nearest: tuple[CitedSource, ...] = (), question: str = "Hỏi?") -> Export:
    answer = Answer(
        question=question,
        outcome=Outcome.ANSWERED if sources else Outcome.NOT_FOUND,
        message="Có 1 đoạn trả lời câu hỏi.",
        statements=(),
        documents=(),
        nearest=(),
        as_of=COLLECTION.updated_at,
        coverage=("Kho có 3 quyết định của tỉnh năm 2025.",),
    )
    return Export(
        answer=answer,
        statements=tuple(ExportedStatement(lead="Nêu:", note="", sources=(one,)) for one in sources),
        nearest=nearest,
        forms=(DraftingForm(symbol="1/A", first="Một", later="Hai", rule="Luật", missing=("trích yếu",)),),
        collection=COLLECTION,
    )


def quoting(quote: str) -> CitedSource:
    return replace(DOCUMENT, citation=replace(CITATION, quote=quote, title=quote, issuer=quote))


# --- how a source is told


def test_a_document_is_told_with_all_that_is_known_of_it() -> None:
    assert tell_source(DOCUMENT) == (
        "Quyết định số 15/2025/QĐ-UBND ngày 05/03/2025 của Ủy ban nhân dân tỉnh Hà Tĩnh "
        "(“Quyết định 15/2025/QĐ-UBND: Ban hành Quy chế trồng cây”), Điều 5, Khoản 2, trang 3 (trích từ bản quét); "
        "https://tinh.example/vb?id=15&x={a}; tải ngày 28/11/2026; nguồn đã gỡ (thấy ngày 01/12/2026); "
        "kho Căn Cứ “Xã Bình Minh” 8921e301, bản 22.3, cập nhật đến 28/11/2026 09:02 (giờ Việt Nam)."
    )


def test_a_news_page_is_told_as_a_news_page_whatever_it_speaks_of() -> None:
    assert tell_source(NEWS) == (
        "Theo bài “Hà Tĩnh trồng cây” trên baohatinh.vn, đăng ngày 12/07/2022 "
        "(nói về văn bản 15/2025/QĐ-UBND), đoạn 3; đọc vào kho ngày 28/11/2026; "
        "kho Căn Cứ “Xã Bình Minh” 8921e301, bản 22.3, cập nhật đến 28/11/2026 09:02 (giờ Việt Nam)."
    )


def test_what_is_not_known_is_left_out() -> None:
    bare = replace(
        DOCUMENT,
        type=None,
        citation=replace(CITATION, issuer=None, issued_on=None, url=None, fetched_at=None, gone_at=None),
    )
    assert tell_source(bare).startswith("Văn bản số 15/2025/QĐ-UBND (“Quyết định")
    assert "None" not in tell_source(bare)
    assert "ngày" not in tell_source(bare).split("(“")[0]
    page = replace(NEWS, kind=DocumentKind.UNKNOWN, published_on=None)
    assert tell_source(page).startswith("Theo trang “Hà Tĩnh trồng cây” trên baohatinh.vn (nói về")


# --- plain text


def test_the_text_has_question_outcome_quotation_source_and_state_of_the_collection() -> None:
    assert write_plain(export_of(NEWS)).split("\n") == [
        "Câu hỏi: Hỏi?",
        "",
        "Có 1 đoạn trả lời câu hỏi.",
        "Kho có 3 quyết định của tỉnh năm 2025.",
        "",
        "Nêu:",
        "“Mỗi thôn trồng ít nhất 100 cây.” [1]",
        f"[1] {tell_source(NEWS)}",
        "",
        "Dòng dẫn văn bản khi soạn văn bản mới",
        "- Lần đầu: Một",
        "  Các lần sau: Hai",
        "  Chưa rõ, cần bổ sung: trích yếu.",
        "  Theo: Luật.",
        "",
        "Theo kho cập nhật đến 28/11/2026 09:02 (giờ Việt Nam): kho Căn Cứ “Xã Bình Minh” 8921e301, bản 22.3.",
        "",
    ]


def export_by_part() -> Export:
    """Two statements of one part, one of another, one of none."""
    export = export_of(NEWS, NEWS, DOCUMENT, NEWS)
    parts = ("Hà Tĩnh", "Hà Tĩnh", "Nghệ An", None)
    statements = (
        ExportedStatement(lead=f"Nêu {n}:", note="", sources=(source,), part=part)
        for n, (source, part) in enumerate(zip((NEWS, NEWS, DOCUMENT, NEWS), parts, strict=True), start=1)
    )
    return replace(export, statements=tuple(statements))


def test_each_part_has_its_heading_once_in_the_text() -> None:
    lines = write_plain(export_by_part()).split("\n")
    heads = [line for line in lines if line.startswith(("— ", "Nêu "))]
    assert heads == ["— Hà Tĩnh", "Nêu 1:", "Nêu 2:", "— Nghệ An", "Nêu 3:", "Nêu 4:"]
    assert lines[lines.index("— Nghệ An") - 1] == ""


# --- BibTeX

ENTRY = re.compile(r"^@(\w+)\{([^,\s]+),\n((?:  \w+ = \{.*\},\n)+)\}$", re.MULTILINE)
ESCAPED = re.compile(
    r"\\(?:(textbackslash|textbraceleft|textbraceright|textasciicircum|textasciitilde|newline)\{\}"
    r"|symbol\{(\d+)\}|([$&%#_]))"
)
MEANT = {
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciicircum": "^",
    "textasciitilde": "~",
    "newline": "\n",
}


def read_bibtex(text: str) -> list[tuple[str, str, dict[str, str]]]:
    """(type, key, fields), commands read back; addresses are verbatim in BibTeX and stay."""
    entries = []
    for kind, key, body in ENTRY.findall(text):
        fields = dict(re.findall(r"^  (\w+) = \{(.*)\},$", body, re.MULTILINE))
        for value in fields.values():
            assert value.count("{") == value.count("}"), "BibTeX counts every brace"
        shown = {name: value if name == "url" else unescape(value) for name, value in fields.items()}
        entries.append((kind, key, shown))
    return entries


def unescape(value: str) -> str:
    def meant(found: re.Match[str]) -> str:
        return MEANT[found[1]] if found[1] else chr(int(found[2])) if found[2] else found[3]

    return ESCAPED.sub(meant, value)


def test_bibtex_of_a_document_and_of_a_news_page() -> None:
    document, news = read_bibtex(write_bibtex(export_of(DOCUMENT, NEWS)))
    assert document == (
        "misc",
        "15-2025-qd-ubnd-2025-03-05",
        {
            "author": "{Ủy ban nhân dân tỉnh Hà Tĩnh}",
            "title": "{Quyết định 15/2025/QĐ-UBND: Ban hành Quy chế trồng cây}",
            "number": "15/2025/QĐ-UBND",
            "type": "Quyết định",
            "publisher": "Cổng tỉnh",
            "year": "2025",
            "month": "3",
            "date": "2025-03-05",
            "url": "https://tinh.example/vb?id=15&x=%7Ba%7D",
            "urldate": "2026-11-28",
            "language": "vietnamese",
            "note": tell_source(DOCUMENT),
            "annote": "Mỗi thôn trồng ít nhất 100 cây.",
        },
    )
    assert news == (
        "article",
        "ha-tinh-trong-cay-2022-07-12",
        {
            "title": "{Hà Tĩnh trồng cây}",
            "journal": "baohatinh.vn",
            "year": "2022",
            "month": "7",
            "date": "2022-07-12",
            "language": "vietnamese",
            "note": tell_source(NEWS),
            "annote": "Mỗi thôn trồng ít nhất 100 cây.",
        },
    )


@pytest.mark.parametrize("quote", HOSTILE.values(), ids=HOSTILE)
def test_any_quotation_comes_back_from_bibtex(quote: str) -> None:
    ((_, _, fields),) = read_bibtex(write_bibtex(export_of(quoting(quote), question=f"@misc{{x, {quote}")))
    assert fields["annote"] == quote


def test_every_character_comes_back_from_bibtex() -> None:
    text = "".join(map(chr, range(0x250))) + "\u2028\ufeff"
    assert unescape(escape(text)) == text
    assert "\n" not in escape(text)


def test_between_entries_nothing_begins_another() -> None:
    text = write_bibtex(export_of(DOCUMENT, question="@misc{giả,\n@book{x}"))
    head = text.split("\n\n@misc{15-2025")[0]
    assert "@" not in head
    assert all(line.startswith("% ") for line in head.split("\n"))


def test_keys_are_ascii_and_never_the_same() -> None:
    def titled(title: str) -> CitedSource:
        return replace(NEWS, published_on=None, citation=replace(NEWS.citation, title=title))

    sources = [DOCUMENT, DOCUMENT, titled("Đường làng"), titled("Đường làng"), titled("Đường làng 2")]
    assert name_keys([*sources, titled("。。"), titled("")]) == [
        "15-2025-qd-ubnd-2025-03-05",
        "15-2025-qd-ubnd-2025-03-05-2",
        "duong-lang",
        "duong-lang-2",
        "duong-lang-2-2",
        "nguon",
        "nguon-2",
    ]


# --- CSL-JSON

# The string fields of csl-data.json 1.0.2 that a citation could have, and what each other field holds.
CSL_STRINGS = set(
    "id type title number genre authority container-title publisher section page URL archive language note".split()
)
CSL_TYPES = {"legislation", "report", "article-newspaper", "webpage"}


def check_item(item: dict[str, Any]) -> None:
    assert item.keys() - CSL_STRINGS <= {"author", "issued", "accessed", "custom"}
    assert all(isinstance(item[name], str) for name in CSL_STRINGS & item.keys())
    assert item["type"] in CSL_TYPES
    assert all(name.keys() == {"literal"} for name in item.get("author", []))
    for name in ("issued", "accessed"):
        if name in item:
            ((year, month, day),) = item[name]["date-parts"]
            date(year, month, day)


def test_csl_of_a_document() -> None:
    (item,) = json.loads(write_csl(export_of(DOCUMENT)))
    check_item(item)
    custom = item.pop("custom")
    assert item == {
        "id": "15-2025-qd-ubnd-2025-03-05",
        "type": "legislation",
        "title": "Quyết định 15/2025/QĐ-UBND: Ban hành Quy chế trồng cây",
        "number": "15/2025/QĐ-UBND",
        "genre": "Quyết định",
        "author": [{"literal": "Ủy ban nhân dân tỉnh Hà Tĩnh"}],
        "authority": "Ủy ban nhân dân tỉnh Hà Tĩnh",
        "publisher": "Cổng tỉnh",
        "issued": {"date-parts": [[2025, 3, 5]]},
        "section": "Điều 5, Khoản 2",
        "page": "3",
        "URL": "https://tinh.example/vb?id=15&x={a}",
        "accessed": {"date-parts": [[2026, 11, 28]]},
        "archive": str(COLLECTION),
        "language": "vi-VN",
        "note": tell_source(DOCUMENT),
    }
    assert (custom["quote"], custom["start"], custom["end"]) == (CITATION.quote, 100, 130)
    assert (custom["scanned"], custom["gone_at"]) == (True, "2026-11-30T20:00:00+00:00")
    assert custom["collection"]["revision"] == 22


def test_csl_types_say_what_a_source_is() -> None:
    report = replace(DOCUMENT, type="Báo cáo")
    page = replace(NEWS, kind=DocumentKind.UNKNOWN)
    items = json.loads(write_csl(export_of(DOCUMENT, report, NEWS, page)))
    assert [item["type"] for item in items] == ["legislation", "report", "article-newspaper", "webpage"]
    for item in items:
        check_item(item)
    for item in items[2:]:
        assert item.keys().isdisjoint({"number", "authority", "author", "genre"})


@pytest.mark.parametrize("quote", HOSTILE.values(), ids=HOSTILE)
def test_any_quotation_comes_back_from_csl(quote: str) -> None:
    (item,) = json.loads(write_csl(export_of(quoting(quote))))
    check_item(item)
    assert item["custom"]["quote"] == quote


def test_the_nearest_passages_are_never_evidence() -> None:
    export = export_of(nearest=(NEWS,))
    (item,) = json.loads(write_csl(export))
    ((_, _, entry),) = read_bibtex(write_bibtex(export))
    for note in (item["note"], entry["note"]):
        assert note.startswith("Các đoạn gần nhất (chưa chắc là câu trả lời). Theo bài")
    assert item["custom"]["role"] == "nearest"
    assert "Các đoạn gần nhất (chưa chắc là câu trả lời)\n“Mỗi thôn" in write_plain(export)


# --- Word


def parts_of(content: bytes) -> dict[str, etree._Element]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {
            name: etree.fromstring(package.read(name))
            for name in package.namelist()
            if name.endswith((".xml", ".rels"))
        }


def words_in(element: etree._Element) -> str:
    """The text of runs as Word shows it."""
    shown = {f"{W}t": lambda e: e.text or "", f"{W}br": lambda e: "\n", f"{W}tab": lambda e: "\t"}
    return "".join(shown[e.tag](e) for e in element.iter(*shown))


def read_word(content: bytes) -> str:
    page = RawPage(
        uri="file:///a.docx",
        content=content,
        sha256=hash_content(content),
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        name="a.docx",
    )
    return read_page(page).text


def test_our_own_reader_reads_the_word_file() -> None:
    assert read_word(write_word(export_of(NEWS, DOCUMENT))).split("\n") == [
        "Câu trả lời có trích dẫn",
        "Câu hỏi: Hỏi?",
        "Có 1 đoạn trả lời câu hỏi.",
        "Kho có 3 quyết định của tỉnh năm 2025.",
        "Trả lời",
        "Nêu:",
        "“Mỗi thôn trồng ít nhất 100 cây.”[1]",
        "Nêu:",
        "“Mỗi thôn trồng ít nhất 100 cây.”[2]",
        "Dòng dẫn văn bản khi soạn văn bản mới",
        "• Lần đầu: Một",
        "Các lần sau: Hai",
        "Chưa rõ, cần bổ sung: trích yếu.",
        "Theo: Luật.",
        "Theo kho cập nhật đến 28/11/2026 09:02 (giờ Việt Nam): kho Căn Cứ “Xã Bình Minh” 8921e301, bản 22.3.",
        f"[1] {tell_source(NEWS)}",
        f"[2] {tell_source(DOCUMENT)}",
    ]


def test_each_part_is_a_heading_of_the_word_file() -> None:
    document = docx.Document(io.BytesIO(write_word(export_by_part())))
    told = [(p.style.name, p.text) for p in document.paragraphs if p.text.startswith(("Hà", "Nghệ", "Nêu"))]
    assert told == [
        ("Heading 2", "Hà Tĩnh"),
        ("Normal", "Nêu 1:"),
        ("Normal", "Nêu 2:"),
        ("Heading 2", "Nghệ An"),
        ("Normal", "Nêu 3:"),
        ("Normal", "Nêu 4:"),
    ]


def test_the_footnotes_are_what_word_expects() -> None:
    parts = parts_of(write_word(export_of(NEWS, DOCUMENT, nearest=(NEWS,))))
    (override,) = [e for e in parts["[Content_Types].xml"] if e.get("PartName") == "/word/footnotes.xml"]
    assert override.get("ContentType") == (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    )
    (relation,) = [
        e for e in parts["word/_rels/document.xml.rels"] if e.get("Type").endswith("relationships/footnotes")
    ]
    assert relation.get("Target") == "footnotes.xml"
    notes = list(parts["word/footnotes.xml"])
    assert [(e.get(f"{W}id"), e.get(f"{W}type")) for e in notes] == [
        ("-1", "separator"),
        ("0", "continuationSeparator"),
        ("1", None),
        ("2", None),
        ("3", None),
    ]
    assert [child.tag for child in notes[0].iter()] == [
        f"{W}{name}" for name in ("footnote", "p", "r", "separator")
    ]
    for note in notes[2:]:
        (paragraph,) = note
        assert [child.tag for child in paragraph] == [f"{W}{name}" for name in ("pPr", "r", "r")]
        assert [child.tag for child in paragraph[1]] == [f"{W}rPr", f"{W}footnoteRef"]
    marks = list(parts["word/document.xml"].iter(f"{W}footnoteReference"))
    assert [mark.get(f"{W}id") for mark in marks] == ["1", "2", "3"]
    settings = [child.tag for child in parts["word/settings.xml"]]
    assert settings.index(f"{W}footnotePr") == settings.index(f"{W}compat") - 1
    named = parts["word/settings.xml"].find(f"{W}footnotePr")
    assert [e.get(f"{W}id") for e in named] == ["-1", "0"]


def test_every_style_that_is_used_is_there() -> None:
    parts = parts_of(write_word(export_of(NEWS, nearest=(NEWS,))))
    styles = {
        style.get(f"{W}styleId"): style.get(f"{W}type")
        for style in parts["word/styles.xml"].iter(f"{W}style")
    }
    kinds = {"pStyle": "paragraph", "rStyle": "character"}
    for name in ("word/document.xml", "word/footnotes.xml"):
        for tag, kind in kinds.items():
            used = {element.get(f"{W}val") for element in parts[name].iter(f"{W}{tag}")}
            assert used
            assert {styles.get(style) for style in used} == {kind}


WRITABLE = {name: quote for name, quote in HOSTILE.items() if name != "control"}


@pytest.mark.parametrize("quote", WRITABLE.values(), ids=WRITABLE)
def test_any_quotation_stands_in_the_word_file(quote: str) -> None:
    content = write_word(export_of(quoting(quote), question=quote))
    shown = words_in(parts_of(content)["word/document.xml"])
    assert f"Nêu:“{quote}”".replace("\r\n", "\n") in shown
    with_python_docx = [paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs]
    assert f"“{quote}”".replace("\r\n", "\n") in with_python_docx
    assert "ký tự điều khiển" not in read_word(content)


def test_what_xml_cannot_hold_is_shown_and_told() -> None:
    content = write_word(export_of(quoting(HOSTILE["control"]), question="a\x00\ud800"))
    text = read_word(content)
    assert "“a\ufffdb\ufffdc\ufffd[31md\x7fe\ufffdf”[1]" in text
    assert "Tệp Word không ghi được 4 ký tự điều khiển của nguyên văn; chỗ đó ghi \ufffd." in text
    assert "Câu hỏi: a\ufffd\ufffd" in text


def test_the_word_file_does_not_name_its_template() -> None:
    properties = docx.Document(io.BytesIO(write_word(export_of(NEWS, question="ố" * 300)))).core_properties
    assert (properties.author, properties.comments, len(properties.title)) == ("Căn Cứ", "", 255)
    assert properties.created is not None
    assert properties.created.isoformat() == "2026-11-28T02:02:49+00:00"


# --- from the store

URL = "https://bao.example/tin-1.html"
SENTENCE = "Công văn số 1144-CV/TU đề nghị mỗi xã trồng “một nghìn” cây trong năm 2026."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    content = article("Tin số 1", SENTENCE).encode()
    read = RawPage(
        uri=URL,
        content=content,
        sha256=hash_content(content),
        media_type="text/html",
        name="tin-1.html",
        origin=Origin(
            source="bao",
            url=URL,
            fetched_at="2026-11-27T20:00:00+00:00",
            news=True,
            publisher="Báo thử nghiệm",
            published_at="2026-11-25T20:00:00+00:00",
        ),
    )
    with Store.open(tmp_path / "store") as opened:
        opened.save(build_document(read, read_page(read)), page=read)
        opened.mark_gone(URL, at="2026-11-30T00:00:00+00:00")
        yield opened


def answer_from(store: Store) -> Answer:
    document = store.document(document_id(URL))
    start = document.text.index(SENTENCE)
    citation = cite(document, start, start + len(SENTENCE), about=("1144-CV/TU",), location="đoạn 1")
    return Answer(
        question="Trồng bao nhiêu cây?",
        outcome=Outcome.ANSWERED,
        message="Có 1 đoạn trả lời câu hỏi.",
        statements=(
            Statement(text=f"Theo bài “Tin số 1”: “{SENTENCE}” (trích từ bản quét)", citations=(citation,)),
        ),
        documents=(),
        nearest=(),
        as_of=store.state().updated_at,
    )


def test_a_source_is_described_from_the_store(store: Store) -> None:
    export = gather_export(store, answer_from(store))
    (statement,) = export.statements
    assert (statement.lead, statement.note) == ("Theo bài “Tin số 1”:", "(trích từ bản quét)")
    (source,) = statement.sources
    assert (source.kind, source.type, source.issued_on) == (DocumentKind.NEWS, None, None)
    assert source.published_on == date(2026, 11, 26)  # in Việt Nam
    assert (source.read_on, source.gone_on) == (date(2026, 11, 28), date(2026, 11, 30))
    assert source.text_version == store.tag(document_id(URL))
    assert source.collection.store == store.state().store_id[:8]
    assert "nguồn đã gỡ (thấy ngày 30/11/2026)" in tell_source(source)


def test_a_quotation_that_is_not_the_stored_text_does_not_leave(store: Store) -> None:
    given = answer_from(store)
    (statement,) = given.statements
    (citation,) = statement.citations
    false = replace(citation, quote=SENTENCE.replace("2026", "2025"))
    changed = replace(given, statements=(replace(statement, citations=(false,)),))
    beside = replace(given, nearest=(Nearest(citation=false, score=0.0),))
    for ending in ENDINGS:
        for one in (changed, beside):
            with pytest.raises(QuotationMismatch):
                export_answer(store, one, ending)


def test_a_sentence_without_its_quotation_leads_to_it_whole(store: Store) -> None:
    given = answer_from(store)
    said = replace(given, statements=(replace(given.statements[0], text="Mỗi xã trồng 1.000 cây."),))
    (statement,) = gather_export(store, said).statements
    assert (statement.lead, statement.note) == ("Mỗi xã trồng 1.000 cây.", "")


def test_a_question_from_a_broken_terminal_is_written_all_the_same(store: Store) -> None:
    given = replace(answer_from(store), question="Hỏi \udcff gì?")
    for ending in ENDINGS:
        assert export_answer(store, given, ending)


# --- the command

QUESTION = "Nghị định nào về công tác văn thư?"


def test_ask_writes_every_format(
    samples: Searcher, cancu: Callable[..., CompletedProcess[str]], tmp_path: Path
) -> None:
    marks = {".txt": "Câu hỏi:".encode(), ".docx": b"PK", ".bib": "% Câu hỏi:".encode(), ".json": b"["}
    for ending in ENDINGS:
        path = tmp_path / f"trả lời{ending.upper()}"
        run = cancu("ask", QUESTION, "--export", str(path), "--store", str(samples.store.folder), "--json")
        assert run.returncode == 0, run.stderr
        assert f"Đã ghi câu trả lời ra tệp {path}" in run.stderr
        quote = json.loads(run.stdout)["statements"][0]["citations"][0]["quote"]
        content = path.read_bytes()
        assert content.startswith(marks[ending])
        assert quote in (read_word(content) if ending == ".docx" else content.decode())


def test_ask_refuses_an_ending_that_it_does_not_write(
    cancu: Callable[..., CompletedProcess[str]], tmp_path: Path
) -> None:
    run = cancu("ask", QUESTION, "--export", str(tmp_path / "a.pdf"))
    assert run.returncode == 2
    assert "hãy đặt tên tệp với một trong các đuôi .txt, .docx, .bib, .json" in run.stderr


def test_ask_says_where_it_cannot_write(
    samples: Searcher, cancu: Callable[..., CompletedProcess[str]], tmp_path: Path
) -> None:
    missing = tmp_path / "không có" / "a.txt"
    run = cancu("ask", QUESTION, "--export", str(missing), "--store", str(samples.store.folder))
    assert run.returncode == 1
    assert f"Không ghi được tệp {missing}" in run.stderr
