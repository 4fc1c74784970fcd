"""The program that opens PDFs: run in a process of its own by ingest.readers.pdf_process, never imported.

PDFium is C++ that is fed whatever people upload. Here it may crash, loop or eat memory without taking the caller
with it. Requests and answers are marshalled tuples, each after its length, over stdin and stdout.
"""

from __future__ import annotations

import ctypes
import marshal
import os
import re
import struct
import sys
from typing import Any, BinaryIO

import pypdfium2
import pypdfium2.raw as pdfium

_MEMORY = 2 * 1024**3
_WORD = re.compile(r"\S+")
_HYPHEN = "\ufffe"  # what PDFium puts for a hyphen at the end of a line, joining the lines
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\u200b\ufeff\uffff]")
_PARTS = re.compile(f"[^{_HYPHEN}]+{_HYPHEN}?|{_HYPHEN}")
_MOST_PATHS = 20_000
_THIN = 2.0  # points: a filled box that thin is a line


def main() -> None:
    """Answer requests until stdin ends."""
    _limit_memory()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    opened: pypdfium2.PdfDocument | None = None
    while (request := _receive(sys.stdin.buffer)) is not None:
        answer: tuple[str, Any]
        try:
            if request[0] == "open":
                if opened is not None:
                    opened.close()
                    opened = None
                opened = pypdfium2.PdfDocument(request[1])
                answer = ("ok", len(opened))
            elif opened is None:
                answer = ("error", "closed")
            elif request[0] == "words":
                answer = ("ok", _read_words(opened, request[1]))
            else:
                answer = ("ok", _render(opened, *request[1:]))
        except pypdfium2.PdfiumError as error:
            answer = ("error", "password" if "password" in str(error).lower() else str(error))
        except MemoryError:
            answer = ("error", "memory")
        _send(answers, answer)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _receive(stream: BinaryIO) -> Any:
    head = stream.read(8)
    if len(head) < 8:
        return None
    return marshal.loads(stream.read(struct.unpack("<Q", head)[0]))


def _send(stream: BinaryIO, answer: tuple[Any, ...]) -> None:
    data = marshal.dumps(answer)
    stream.write(struct.pack("<Q", len(data)) + data)
    stream.flush()


class _Frame:
    """From PDF coordinates to points from the top left corner of the sheet as it is shown."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self.left, self.low, self.right, self.high = page.get_cropbox()
        self.rotation = page.get_rotation()

    def turn(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        if self.rotation == 0:
            return x0 - self.left, self.high - y1, x1 - self.left, self.high - y0
        if self.rotation == 90:
            return y0 - self.low, x0 - self.left, y1 - self.low, x1 - self.left
        if self.rotation == 180:
            return self.right - x1, y0 - self.low, self.right - x0, y1 - self.low
        return self.high - y1, self.right - x1, self.high - y0, self.right - x0


def _read_words(document: pypdfium2.PdfDocument, index: int) -> tuple[Any, ...]:
    """(width, height, runs, rulings, (share of the sheet under its largest image, dpi and bits of that image))."""
    page = document[index]
    try:
        frame = _Frame(page)
        width, height = page.get_size()
        rulings, image = _read_objects(page, frame, width * height)
        textpage = page.get_textpage()
        runs = _read_runs(textpage, frame)
        textpage.close()
        return width, height, runs, rulings, image
    finally:
        page.close()


def _read_runs(textpage: pypdfium2.PdfTextPage, frame: _Frame) -> list[list[tuple[Any, ...]]]:
    text = textpage.get_text_range()
    if len(text) != textpage.count_chars():  # characters beyond the BMP shift the count
        text = "".join(
            chr(pdfium.FPDFText_GetUnicode(textpage, i) or 32) for i in range(textpage.count_chars())
        )
    box = pdfium.FS_RECTF()
    pointer, handle, read_box = ctypes.byref(box), textpage.raw, pdfium.FPDFText_GetLooseCharBox
    runs: list[list[tuple[Any, ...]]] = []
    odd = _HYPHEN in text or _UNSEEN.search(text) is not None
    start = 0
    for line in re.split("(\r\n|\n|\r)", text):
        run: list[tuple[Any, ...]] = []
        for match in _WORD.finditer(line):
            word, offset = match[0], start + match.start()
            for part in _PARTS.findall(word) if odd else (word,):
                first, last = offset, offset + len(part) - 1
                offset += len(part)
                shown = _UNSEEN.sub("", part.replace(_HYPHEN, "-")) if odd else part
                if not shown:
                    continue
                read_box(handle, first, pointer)
                x0, y0, x1, y1 = box.left, box.bottom, box.right, box.top
                if last > first:
                    read_box(handle, last, pointer)
                    x0, x1 = min(x0, box.left), max(x1, box.right)
                    y0, y1 = min(y0, box.bottom), max(y1, box.top)
                run.append((shown, *frame.turn(x0, y0, x1, y1)))
                if part.endswith(_HYPHEN):
                    runs.append(run)
                    run = []
        if run:
            runs.append(run)
        start += len(line)
    return runs


def _read_objects(
    page: pypdfium2.PdfPage, frame: _Frame, area: float
) -> tuple[list[tuple[float, float, float, float]], tuple[float, float, int]]:
    """The ruled lines of a page, and of its largest image the share of the page, the dpi and the bits of a dot."""
    rulings: list[tuple[float, float, float, float]] = []
    image = (0.0, 0.0, 0)
    for number in range(pdfium.FPDFPage_CountObjects(page.raw)):
        raw = pdfium.FPDFPage_GetObject(page.raw, number)  # a wrapper for each run of text would cost a third
        kind = pdfium.FPDFPageObj_GetType(raw)
        if kind not in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE):
            continue
        item: Any = pypdfium2.PdfObject(raw, page=page, pdf=page.pdf)
        try:
            x0, y0, x1, y1 = item.get_bounds()
        except pypdfium2.PdfiumError:
            continue
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            covered = (x1 - x0) * (y1 - y0) / max(area, 1.0)
            if covered > image[0]:
                image = (covered, _dpi_of(item, x1 - x0, y1 - y0), _bits_of(item))
        elif len(rulings) < _MOST_PATHS:
            rulings += _edges(*frame.turn(x0, y0, x1, y1))
    return rulings, image


def _dpi_of(item: Any, width: float, height: float) -> float:
    pixels = item.get_px_size()
    return float(max(pixels) * 72 / max(width, height, 1.0))


def _bits_of(item: Any) -> int:
    return int(item.get_metadata().bits_per_pixel)


def _edges(x0: float, top: float, x1: float, bottom: float) -> list[tuple[float, float, float, float]]:
    """A thin box is a line; a box that is not thin is its four sides."""
    if min(x1 - x0, bottom - top) <= _THIN:
        return [(x0, top, x1, bottom)]
    return [(x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom)]


def _render(
    document: pypdfium2.PdfDocument, index: int, dpi: float, most_pixels: int
) -> tuple[int, int, float, bytes]:
    """(width, height, dpi, RGB bytes) of a page without annotations; a huge page at fewer dots per inch."""
    page = document[index]
    try:
        if (scan := _lone_scan(page)) is not None and scan[0] * scan[1] <= most_pixels:
            return scan
        width, height = page.get_size()
        pixels = width * height * (dpi / 72) ** 2
        if pixels > most_pixels:
            dpi *= (most_pixels / pixels) ** 0.5
        bitmap = page.render(
            scale=dpi / 72,
            draw_annots=False,
            may_draw_forms=False,
            rev_byteorder=True,
            force_bitmap_format=pdfium.FPDFBitmap_BGR,
        )
        array = bitmap.to_numpy()
        return array.shape[1], array.shape[0], dpi, array.tobytes()
    finally:
        page.close()


def _lone_scan(page: pypdfium2.PdfPage) -> tuple[int, int, float, bytes] | None:
    """The dots of a black and white scan as they are in the file: drawing the page would smear them.

    None unless it is the page's one image, upright and as large as the page.
    """
    images = list(page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,)))
    if len(images) != 1 or page.get_rotation() != 0 or _bits_of(images[0]) != 1:
        return None
    width, height = page.get_size()
    a, b, c, d, _, _ = images[0].get_matrix().get()
    if b or c or abs(a - width) > 0.02 * width or abs(d - height) > 0.02 * height:
        return None
    dots = images[0].get_bitmap(render=False).to_numpy()
    if dots.ndim == 3:
        dots = dots[:, :, 0]
    if dots.max() == 1:
        dots = dots * 255
    rgb = dots[:, :, None].repeat(3, axis=2)
    return dots.shape[1], dots.shape[0], dots.shape[1] * 72 / width, rgb.tobytes()


if __name__ == "__main__":
    main()
