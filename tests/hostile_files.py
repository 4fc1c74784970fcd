"""Files that want to do harm, and the process that reads them within bounds.

Run as a program, it reads the files named and prints for each, as one line of JSON, what came of it.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import office_files as make

_BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
BILLION_LAUGHS = f'<!DOCTYPE x [<!ENTITY a0 "ha">{_BOMB}]><x>&a11;</x>'
EXTERNAL = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
REMOTE = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><x/>'


def with_document(document: bytes | str) -> bytes:
    """A Word file with this main part."""
    content = document.encode() if isinstance(document, str) else document
    return make.make_docx("", extra={"word/document.xml": content})


def body_of(content: bytes) -> bytes:
    head = f"<w:document {make.NAMESPACES}><w:body>".encode()
    return head + content + b"</w:body></w:document>"


def stored(files: Mapping[str, bytes]) -> bytes:
    """An archive without compression: its ratio says nothing."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def lying(content: bytes, size: int) -> bytes:
    """The archive with the unpacked size of its first file understated in both of its lists."""
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = content.index(mark) + at
        content = content[:start] + size.to_bytes(4, "little") + content[start + 4 :]
    return content


def loops() -> bytes:
    """Styles that inherit from each other, a note that refers to itself."""
    style = '<w:style w:type="paragraph" w:styleId="{}"><w:name w:val="x"/><w:basedOn w:val="{}"/></w:style>'
    reference = "<w:r><w:footnoteReference w:id='2'/></w:r>"
    return make.make_docx(
        f"<w:p><w:pPr><w:pStyle w:val='A'/></w:pPr>{make.run('Chữ')}{reference}</w:p>",
        styles=style.format("A", "B") + style.format("B", "A"),
        footnotes=f'<w:footnote w:id="2"><w:p>{make.run("Chú")}{reference}</w:p></w:footnote>',
    )


def remote() -> bytes:
    """A Word file whose template, picture and link lie on another machine."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    external = "".join(
        f'<Relationship Id="r{k}" Type="{kind}/{k}" Target="http://127.0.0.1:9/{k}" TargetMode="External"/>'
        for k in ("attachedTemplate", "image", "hyperlink", "header", "styles")
    )
    return make.make_docx(
        make.paragraph("Chữ"),
        extra={"word/_rels/document.xml.rels": make.relationships(external=external)},
    )


def nested(depth: int) -> bytes:
    """Archives in each other."""
    content = b"x"
    for _ in range(depth):
        content = make.make_zip({"a.zip": content, "a.txt": b"x"})
    return content


def zeros(size: int = 300 << 20) -> bytes:
    return b"\0" * size


def late_bomb() -> bytes:
    return with_document(f"<?xml version='1.0'?><!--{' ' * 5000}-->{BILLION_LAUGHS}")


def controls(depth: int) -> bytes:
    """Content controls in each other."""
    inside = b"<w:p><w:r><w:t>x</w:t></w:r></w:p>"
    opened, closed = b"<w:sdt><w:sdtContent>", b"</w:sdtContent></w:sdt>"
    return with_document(body_of(opened * depth + inside + closed * depth))


def repeated(paragraph: bytes, count: int) -> bytes:
    return stored({"word/document.xml": body_of(paragraph * count)})


# name → (how the content is made, what may come of it: "text" or the name of an error)
HOSTILE: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "bomb.zip": (lambda: make.make_zip({"a.txt": zeros()}), {"UnsafeFile"}),
    "bombs.zip": (lambda: make.make_zip({f"{n}.txt": zeros() for n in range(4)}), {"UnsafeFile"}),
    "lying.zip": (lambda: lying(make.make_zip({"a.txt": zeros(8 << 20)}), 100), {"DamagedFile"}),
    "nested.zip": (lambda: nested(60), {"UnsafeFile", "text"}),
    "many.zip": (lambda: stored({f"{n}.txt": b"" for n in range(10_001)}), {"UnsafeFile"}),
    "bomb.docx": (lambda: with_document(zeros()), {"UnsafeFile"}),
    "lying.docx": (lambda: lying(with_document(zeros(8 << 20)), 100), {"DamagedFile"}),
    "laughs.docx": (lambda: with_document(BILLION_LAUGHS), {"UnsafeFile"}),
    "laughs16.docx": (lambda: with_document(BILLION_LAUGHS.encode("utf-16")), {"UnsafeFile"}),
    "late.docx": (late_bomb, {"UnsafeFile", "DamagedFile"}),
    "external.docx": (lambda: with_document(EXTERNAL), {"UnsafeFile"}),
    "remote.docx": (lambda: with_document(REMOTE), {"UnsafeFile"}),
    "relations.docx": (remote, {"text"}),
    "loops.docx": (loops, {"text"}),
    "deep.docx": (lambda: with_document(body_of(b"<w:tbl><w:tr><w:tc>" * 20_000)), {"UnsafeFile"}),
    "controls.docx": (lambda: controls(120), {"text"}),
    "empty.docx": (lambda: repeated(b"<w:p/>", 10 << 20), {"UnsafeFile"}),
    "long.docx": (lambda: repeated(b"<w:p><w:r><w:t>x</w:t></w:r></w:p>", 400_000), {"text"}),
    "deep.rtf": (lambda: b"{\\rtf1 " + b"{" * 1_000_000, {"UnsafeFile"}),
    "words.rtf": (lambda: b"{\\rtf1 " + b"\\b" * 6_000_000, {"UnsafeFile"}),
    "paragraphs.rtf": (lambda: b"{\\rtf1 " + b"a\\par " * 1_000_000, {"UnsafeFile"}),
    "raw.rtf": (lambda: b"{\\rtf1 a\\bin9999999999 b", {"text"}),
    "brackets.md": (lambda: b"[" * 300_000, {"text"}),
    "quotes.md": (lambda: b"> " * 1_000_000 + b"a", {"text"}),
    "lists.md": (lambda: b"- " * 200_000 + b"a", {"text"}),
    "deep.html": (lambda: b"<div>" * 100_000 + b"x", {"text", "UnsafeFile", "EmptyPage"}),
    "tags.html": (lambda: b"<p>x" * 200_000, {"text"}),
    "huge.txt": (lambda: "Điều 1. Một dòng.\n".encode() * 400_000, {"text"}),
}


def main(paths: list[str]) -> None:
    import resource

    bound = 3 << 30  # of addresses; what is really used is told below
    resource.setrlimit(resource.RLIMIT_AS, (bound, bound))
    resource.setrlimit(resource.RLIMIT_CPU, (60, 60))  # seconds; the process is killed behind them
    from ingest.errors import UnreadablePage
    from ingest.local import SkippedPage, list_pages
    from ingest.readers import read_page

    for path in map(Path, paths):
        outcomes: list[str] = []
        texts: list[str] = []
        for found in list_pages(path):
            if isinstance(found, SkippedPage):
                outcomes.append(type(found.reason).__name__)
                continue
            try:
                texts.append(read_page(found).text[:200])
                outcomes.append("text")
            except UnreadablePage as error:
                outcomes.append(type(error).__name__)
        used = _peak_memory()
        print(json.dumps({"name": path.name, "outcomes": sorted(set(outcomes)), "texts": texts, "mb": used}))


def _peak_memory() -> int:
    """The most memory that this process held, in MB. (ru_maxrss would count what its parent held at the fork.)"""
    import resource

    status = Path("/proc/self/status").read_text("ascii", "replace")
    peak = next((line for line in status.splitlines() if line.startswith("VmHWM:")), None)
    return (
        int(peak.split()[1]) // 1024 if peak else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    )


if __name__ == "__main__":
    main(sys.argv[1:])
