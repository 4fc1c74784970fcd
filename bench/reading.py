"""How fast files are read, beside the bare library on the same files in the same run, on two cores.

    python bench/reading.py [--data ../shared/data] [--rounds 3] [--only html text docx doc rtf pdf ocr]

Both sides read every file in a pool of two processes (PDFs one after the other: the reader itself shares the
work out), in turns, `--rounds` times; the best round of each counts, since others may use the machine. The
bare side does what a caller would do with the library alone: lxml through BeautifulSoup and get_text for HTML,
python-docx paragraphs and cells, catdoc, striprtf, the text of pypdfium2, pypdfium2 and tesseract for scans.
Plain text has no library: its bare side decodes and normalises, so its ratio says what understanding a page
costs, not how good a library is.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from ingest.kinds import DOC, DOCX, HTML, PDF, RTF, TEXT  # noqa: E402
from ingest.models import RawPage, hash_content  # noqa: E402
from ingest.readers import read_page  # noqa: E402

CORES = 2
_REPEATED = 60  # small sets are read again and again, to outlast the start of the processes


@dataclass(frozen=True, slots=True)
class Comparison:
    """One kind of file: what is read, and how the bare library reads it."""

    name: str
    files: Sequence[RawPage]
    bare: Callable[[RawPage], int]
    library: str
    alone: bool = False  # not in the pool: the reader itself uses both cores


def read_ours(page: RawPage) -> int:
    return len(read_page(page).text)


def bare_html(page: RawPage) -> int:
    from bs4 import BeautifulSoup

    return len(BeautifulSoup(page.content, "lxml").get_text())


def bare_text(page: RawPage) -> int:
    return len(unicodedata.normalize("NFC", page.content.decode()).splitlines())


def bare_docx(page: RawPage) -> int:
    from docx import Document

    document = Document(io.BytesIO(page.content))
    texts = [paragraph.text for paragraph in document.paragraphs]
    texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return sum(map(len, texts))


def bare_doc(page: RawPage) -> int:
    done = subprocess.run(
        ["catdoc", "-dutf-8", "-w", "-"], input=page.content, capture_output=True, check=True
    )
    return len(done.stdout)


def bare_rtf(page: RawPage) -> int:
    from striprtf.striprtf import rtf_to_text

    return len(rtf_to_text(page.content.decode("latin-1"), errors="ignore"))


def bare_pdf(page: RawPage) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(page.content)
    return sum(len(sheet.get_textpage().get_text_range()) for sheet in document)


def bare_ocr(page: RawPage) -> int:
    """Every sheet drawn at 300 dpi and given to tesseract, two at a time."""
    import pypdfium2

    document = pypdfium2.PdfDocument(page.content)
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(CORES) as pool:
        paths = [Path(folder) / f"{number}.png" for number in range(len(document))]
        for path, sheet in zip(paths, document, strict=True):
            sheet.render(scale=300 / 72, grayscale=True).to_pil().save(path)
        return sum(pool.map(_tesseract, paths))


def _tesseract(path: Path) -> int:
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    command = ["tesseract", str(path), "-", "-l", "vie"]
    return len(subprocess.run(command, capture_output=True, check=True, env=environment).stdout)


# --- what is read -----------------------------------------------------------------------------------------


def as_page(content: bytes, media_type: str, name: str) -> RawPage:
    return RawPage(
        uri=f"file:///{name}",
        content=content,
        sha256=hash_content(content),
        media_type=media_type,
        name=name,
    )


def load(folder: Path, pattern: str, media_type: str) -> list[RawPage]:
    return [as_page(path.read_bytes(), media_type, path.name) for path in sorted(folder.glob(pattern))]


def repeat(pages: list[RawPage]) -> list[RawPage]:
    return pages * max(1, _REPEATED // max(1, len(pages)))


def load_texts(data: Path) -> list[RawPage]:
    rows = (data / "official-docs" / "documents.jsonl").read_text(encoding="utf-8").strip().split("\n")
    return [as_page(json.loads(row)["text"].encode(), TEXT, f"{n}.txt") for n, row in enumerate(rows[::4])]


def comparisons(data: Path) -> list[Comparison]:
    ours, files = ROOT / "tests" / "data" / "office", data / "files"
    html = load(files / "html", "*.html", HTML) + load(ROOT / "samples" / "collection", "*.html", HTML)
    samples = load(ROOT / "samples" / "collection", "*.txt", TEXT)
    scans = load(files / "pdf", "*noText.pdf", PDF)[:1]
    return [
        Comparison("html", repeat(html), bare_html, "BeautifulSoup(lxml).get_text"),
        Comparison("text", load_texts(data) + samples, bare_text, "bytes.decode, NFC, splitlines"),
        Comparison("docx", repeat(load(files / "office", "*.docx", DOCX)), bare_docx, "python-docx"),
        Comparison(
            "doc", repeat(load(files / "office", "*.doc", DOC) + load(ours, "*.doc", DOC)), bare_doc, "catdoc"
        ),
        Comparison("rtf", repeat(load(ours, "*.rtf", RTF)), bare_rtf, "striprtf"),
        Comparison("pdf", load(files / "office", "*.pdf", PDF), bare_pdf, "pypdfium2", alone=True),
        Comparison("ocr", scans, bare_ocr, "pypdfium2 at 300 dpi, tesseract vie", alone=True),
    ]


# --- measuring --------------------------------------------------------------------------------------------


def measure(compared: Comparison, rounds: int) -> tuple[float, float]:
    """Seconds for all files: ours, and the bare library's; the best round of each."""
    sides = (read_ours, compared.bare)
    best = [float("inf"), float("inf")]
    with ProcessPoolExecutor(CORES) as pool:
        if not compared.alone:  # imports are no part of reading
            for side in sides:
                list(pool.map(side, compared.files[: 2 * CORES]))
        for _ in range(rounds):
            for number, side in enumerate(sides):
                start = time.perf_counter()
                if compared.alone:
                    list(map(side, compared.files))
                else:
                    list(pool.map(side, compared.files, chunksize=4))
                best[number] = min(best[number], time.perf_counter() - start)
    return best[0], best[1]


def count_sheets(pages: Sequence[RawPage]) -> int:
    import pypdfium2

    return sum(len(pypdfium2.PdfDocument(page.content)) for page in pages)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", nargs="*")
    options = parser.parse_args()
    commit = subprocess.run(
        ["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True
    ).stdout.strip()
    print(f"commit {commit}, {CORES} processes, best of {options.rounds} rounds")
    for compared in comparisons(options.data):
        if not compared.files or (options.only and compared.name not in options.only):
            continue
        if compared.name == "doc" and shutil.which("catdoc") is None:
            print("doc: catdoc is not installed, nothing to compare with")
            continue
        ours, bare = measure(compared, 1 if compared.name == "ocr" else options.rounds)
        paged = compared.alone
        count = count_sheets(compared.files) if paged else len(compared.files)
        unit = "pages/s" if paged else "documents/s"
        size = sum(len(page.content) for page in compared.files) / 2**20
        print(
            f"{compared.name:5} {count / ours:8.1f} {unit} ({size / ours:6.2f} MB/s); "
            f"{compared.library}: {count / bare:8.1f}; ratio {ours / bare:.2f}"
        )


if __name__ == "__main__":
    main()
