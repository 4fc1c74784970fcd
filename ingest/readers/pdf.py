"""PDF to text: the text layer where it can be trusted, OCR sheet by sheet where there is none or a broken one."""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any

from ingest.errors import DamagedFile, UnsafeFile
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.models import PageText, RawPage
from ingest.readers.columns import fold
from ingest.readers.ocr import PageImage, find_tesseract, read_image
from ingest.readers.pdf_process import PdfProcess
from ingest.readers.rulings import Ruling
from ingest.readers.sheets import SheetWords, read_sheets
from ingest.readers.words import Word

_WORKERS = 2
_PIXELS = 20_000_000  # of one page image: A3 at 300 dpi is 17 million
_DPI = (150.0, 300.0)  # the scan's own resolution within these bounds; tesseract reads no better beyond
_DRAWN_DPI = 200.0  # for a sheet that is no scan
_SCAN = 0.5  # of the sheet lies under one image
_SECONDS_EACH = 0.2  # a sheet of text takes a hundredth of a second

_VIETNAMESE = re.compile(r"[\u1ea0-\u1ef9ăâđêôơưàáãèéìíòóõùúýĂÂĐÊÔƠƯÀÁÃÈÉÌÍÒÓÕÙÚÝ]")
_BROKEN = re.compile("[\ue000-\uf8ff\ufffd\u0080-\u009f]")
# The commonest syllables of administrative Vietnamese, as they look without their marks.
_BARE = frozenset(
    "cua va cac duoc theo quy dinh ve viec trong cong nguoi cho voi nghi quyet thuc hien so dieu".split()
)
_FEWEST = 20  # words: fewer say nothing of the layer
_MARKED = 0.35  # of Vietnamese words carry a mark; in real documents 0.7 and more do
_BARE_SHARE = 0.12  # of the words of unmarked Vietnamese are in _BARE; of English 0.01
_GARBAGE = 0.05  # of the characters


@dataclass(frozen=True, slots=True)
class _Layer:
    """The text layer of one sheet, and whether an image lies behind it."""

    words: SheetWords
    scan: bool
    dpi: float  # to draw it at
    bilevel: bool  # the image is black and white, without grays

    @property
    def texts(self) -> list[str]:
        return [word.text for run in self.words.runs for word in run]


def read_pdf(
    page: RawPage,
    *,
    limits: Limits = DEFAULT_LIMITS,
    progress: Callable[[int, int], None] | None = None,
) -> PageText:
    """The text of a PDF with its sheets; `progress(done, total)` counts sheets.

    Raises EncryptedFile, DamagedFile, UnsafeFile, ToolMissing (OCR without tesseract) or EmptyPage.
    """
    with PdfProcess.borrow() as process:
        total = process.ask(page.name, limits.seconds, "open", page.content)
        _check_count(page.name, total, limits)
        layers = _read_layers(process, page.name, total, limits)
        wanted = [i for i, layer in enumerate(layers) if _wants_ocr(layer)]
        if len(wanted) > limits.max_ocr_sheets:
            raise UnsafeFile(
                f"Tệp PDF {page.name!r} có {len(wanted)} trang quét, quá giới hạn {limits.max_ocr_sheets} trang "
                "cho một tệp. Hãy tách tệp thành các phần nhỏ hơn rồi nạp lại."
            )
        if progress is not None:
            progress(total - len(wanted), total)
        sheets = [layer.words for layer in layers]
        if wanted:
            _read_scans(process, page.name, layers, sheets, wanted, limits, progress)
    return read_sheets(sheets, page.name)


def _check_count(name: str, total: int, limits: Limits) -> None:
    if total < 1:
        raise DamagedFile(f"Tệp PDF {name!r} không có trang nào. Hãy tải lại tệp gốc.")
    if total > limits.max_sheets:
        raise UnsafeFile(
            f"Tệp PDF {name!r} có {total} trang, quá giới hạn {limits.max_sheets} trang. "
            "Hãy tách tệp thành các phần nhỏ hơn rồi nạp lại."
        )


def _read_layers(process: PdfProcess, name: str, total: int, limits: Limits) -> list[_Layer]:
    deadline = monotonic() + limits.seconds + total * _SECONDS_EACH
    layers: list[_Layer] = []
    for index in range(total):
        seconds = min(limits.seconds, deadline - monotonic())
        if seconds <= 0:
            raise UnsafeFile(
                f"Tệp PDF {name!r} mất quá nhiều thời gian để đọc. Hãy in lại tệp thành PDF khác."
            )
        layers.append(_make_layer(index, *process.ask(name, seconds, "words", index)))
    return layers


def _make_layer(
    index: int,
    width: float,
    height: float,
    runs: Sequence[Sequence[Sequence[Any]]],
    rulings: Sequence[Sequence[float]],
    image: tuple[float, float, int],
) -> _Layer:
    share, dpi, bits = image
    words = SheetWords(
        number=index + 1,
        width=width,
        height=height,
        runs=tuple(tuple(Word(*word) for word in run) for run in runs),
        rulings=tuple(Ruling(*line) for line in rulings),
    )
    scan = share >= _SCAN
    drawn_at = min(max(dpi, _DPI[0]), _DPI[1]) if scan else _DRAWN_DPI
    return _Layer(words, scan, drawn_at, scan and bits == 1)


# --- is the layer to be trusted? --------------------------------------------------------------------------


def _wants_ocr(layer: _Layer) -> bool:
    """Whether a sheet must be read from its image.

    A scan keeps its layer only where that is Vietnamese with its marks: what scanners write by themselves drops
    them ("cap nhat cac ban va"). A sheet that was never an image is drawn and read only where its layer is
    broken: no letters for its glyphs, or Vietnamese without marks.
    """
    texts = layer.texts
    if not texts:
        return layer.scan
    text = " ".join(texts)
    if len(_BROKEN.findall(text)) > _GARBAGE * len(text):
        return True
    words = [word for word in texts if len(word) > 1 and any(char.isalpha() for char in word)]
    marked = sum(bool(_VIETNAMESE.search(word)) for word in words) / max(len(words), 1)
    if layer.scan:
        return len(words) < _FEWEST or marked < _MARKED
    return len(words) >= _FEWEST and marked < 0.05 and _share_of_bare(words) >= _BARE_SHARE


def _share_of_bare(words: Sequence[str]) -> float:
    return sum(fold(word).strip(".,;:()") in _BARE for word in words) / len(words)


# --- OCR --------------------------------------------------------------------------------------------------


def _read_scans(
    process: PdfProcess,
    name: str,
    layers: Sequence[_Layer],
    sheets: list[SheetWords],
    wanted: Sequence[int],
    limits: Limits,
    progress: Callable[[int, int], None] | None,
) -> None:
    """Put what OCR reads in place of the layers of some sheets, two sheets at a time."""
    program = find_tesseract()
    done = len(layers) - len(wanted)
    with ThreadPoolExecutor(_WORKERS) as pool:
        jobs = {pool.submit(_read_scan, process, name, layers[i], program, limits): i for i in wanted}
        try:
            for job in as_completed(jobs):
                sheets[jobs[job]] = job.result()
                done += 1
                if progress is not None:
                    progress(done, len(layers))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _read_scan(process: PdfProcess, name: str, layer: _Layer, program: str, limits: Limits) -> SheetWords:
    sheet = layer.words
    answer = process.ask(name, limits.seconds, "image", sheet.number - 1, layer.dpi, _PIXELS)
    width, height, dpi, rgb = answer
    image = PageImage(width, height, dpi, rgb, layer.bilevel)
    reading = read_image(image, name, program=program, seconds=limits.seconds)
    if not layer.scan and _marked_share(reading.runs) <= _marked_share(sheet.runs):
        return (
            sheet  # it looks on paper as it reads in the layer: written without marks, or in another language
        )
    return replace(
        sheet,
        runs=reading.runs,
        rulings=reading.rulings,
        noise=reading.noise,
        scanned=True,
        confidence=reading.confidence,
    )


def _marked_share(runs: Sequence[Sequence[Word]]) -> float:
    words = [word.text for run in runs for word in run]
    return statistics.fmean(bool(_VIETNAMESE.search(word)) for word in words) if words else 0.0
