"""PDF and OCR speed beside the bare libraries on the same files: pages per second and the ratio.

    python bench/ocr.py [--folder ../shared/data/files]

Bare PDFium: `get_text_range` of every page in this process. Bare tesseract: the images that our cleaning makes,
read by the same program two at a time, text output alone. Both run after ours, on the same machine.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdfium2

from ingest.models import RawPage
from ingest.readers.ocr import LANGUAGE, PageImage, clean_image, find_tesseract
from ingest.readers.pdf import read_pdf
from ingest.readers.pdf_process import PdfProcess


def _page(path: Path) -> RawPage:
    content = path.read_bytes()
    return RawPage(
        uri=path.resolve().as_uri(),
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        media_type="application/pdf",
        name=path.name,
    )


def _time(act: Callable[[], int], times: int) -> tuple[float, int]:
    """The best of some runs in seconds, and the pages of one run."""
    best, pages = float("inf"), 0
    for _ in range(times):
        start = time.perf_counter()
        pages = act()
        best = min(best, time.perf_counter() - start)
    return best, pages


def _bare_text(path: Path) -> int:
    document = pypdfium2.PdfDocument(path)
    for page in document:
        page.get_textpage().get_text_range()
    return len(document)


def _images(path: Path) -> list[tuple[bytes, int]]:
    from ingest.readers import pdf

    images = []
    with PdfProcess.borrow() as process:
        total = process.ask(path.name, 60.0, "open", path.read_bytes())
        for index in range(total):
            layer = pdf._make_layer(index, *process.ask(path.name, 60.0, "words", index))
            answer = process.ask(path.name, 60.0, "image", index, layer.dpi, 20_000_000)
            gray, _ = clean_image(PageImage(*answer, bilevel=layer.bilevel))
            images.append((b"P5 %d %d 255\n" % gray.shape[::-1] + gray.tobytes(), round(answer[2])))
    return images


def _bare_ocr(images: list[tuple[bytes, int]], program: str) -> int:
    def read(image: tuple[bytes, int]) -> None:
        command = [program, "stdin", "stdout", "-l", LANGUAGE, "--psm", "4", "--dpi", str(image[1])]
        environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        subprocess.run(command, input=image[0], capture_output=True, check=True, env=environment)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(read, images))
    return len(images)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folder", type=Path, default=Path("../shared/data/files"))
    folder = parser.parse_args().folder
    for path in sorted((folder / "office").glob("*.pdf")):
        ours, pages = _time(lambda path=path: len(read_pdf(_page(path)).sheets), 10)
        bare, _ = _time(lambda path=path: _bare_text(path), 10)
        print(
            f"text {path.name}: {pages / ours:.0f} pages/s, bare PDFium {pages / bare:.0f}, ratio {ours / bare:.2f}"
        )
    program = find_tesseract()
    for path in sorted((folder / "pdf").glob("*.pdf")):
        ours, pages = _time(lambda path=path: len(read_pdf(_page(path)).sheets), 1)
        images = _images(path)
        bare, _ = _time(lambda images=images: _bare_ocr(images, program), 1)
        print(
            f"OCR {path.name}: {pages / ours:.2f} pages/s, bare tesseract {pages / bare:.2f}, ratio {ours / bare:.2f}"
        )


if __name__ == "__main__":
    main()
