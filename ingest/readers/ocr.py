"""Reading of page images: cleaned, read by tesseract, handed on as words with boxes and confidences.

tesseract is an outside program (Debian: tesseract-ocr, tesseract-ocr-vie). What it reads is taken as it is: no
word is corrected, replaced or guessed here. What each step of the cleaning is worth is measured by bench/ocr.py.
"""

from __future__ import annotations

import csv
import os
import shutil
import statistics
import subprocess
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from ingest.errors import ToolMissing, UnsafeFile
from ingest.readers.rulings import Ruling
from ingest.readers.words import Word

Gray = NDArray[np.uint8]
Mask = NDArray[np.bool_]

REMEDY = "Hãy cài: sudo apt-get install tesseract-ocr tesseract-ocr-vie"
LANGUAGE = "vie"
_INK = 140  # of 255: darker is ink
_BLUR = 0.0045  # of an inch: takes the steps off the letters of a bilevel scan
_SPECK = 6 / 150**2  # of a square inch: no dot or mark is smaller
_SPECK_APART = 0.02  # of an inch from letters: nearer ones may be part of a mark
_EDGE = 0.12  # of an inch: shadows of the paper's edge; no text stands there
_RULE = 0.5  # of an inch: longer than any stroke of a letter
_TALLEST_RULE = 0.03  # of an inch
_SKEW = 2.0  # degrees: scans are fed by machine
_LEAST_SKEW = 0.15
_BILEVEL = 0.98  # of the dots are black or white
_NOISE_MARKS = frozenset("-–—+/:;.,&()•*")  # signs that documents print alone


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as dots: rows of RGB bytes."""

    width: int
    height: int
    dpi: float
    rgb: bytes


@dataclass(frozen=True, slots=True)
class PageReading:
    """What OCR read on one page image; boxes in points from its top left corner."""

    runs: tuple[tuple[Word, ...], ...]
    rulings: tuple[Ruling, ...]
    noise: tuple[str, ...]  # what holds no letter or digit and was read without confidence
    confidence: float | None  # mean of its words, 0 to 100; None for an empty page


def find_tesseract() -> str:
    """The path of tesseract with Vietnamese. Raises ToolMissing."""
    program = shutil.which("tesseract")
    if program is None:
        raise ToolMissing(f"Tệp quét (ảnh) cần chương trình tesseract, máy này chưa có. {REMEDY}")
    done = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=60, check=False)
    if LANGUAGE not in done.stdout.split():
        raise ToolMissing(f"tesseract trên máy này chưa có tiếng Việt ({LANGUAGE!r}). {REMEDY}")
    return program


def read_image(image: PageImage, name: str, *, program: str, seconds: float) -> PageReading:
    """The words of a page image. Raises UnsafeFile when it takes more than `seconds`."""
    gray, rulings = clean_image(image)
    table = _run_tesseract(gray, image.dpi, name, program, seconds)
    runs, noise = _read_table(table, 72 / image.dpi)
    confidences = [word.confidence for run in runs for word in run if word.confidence is not None]
    mean = statistics.fmean(confidences) if confidences else None
    return PageReading(tuple(runs), tuple(rulings), tuple(noise), mean)


# --- cleaning ---------------------------------------------------------------------------------------------


def clean_image(image: PageImage) -> tuple[Gray, list[Ruling]]:
    """The page in gray without red stamps, skew, specks and the lines of tables; and those lines."""
    dots = np.frombuffer(image.rgb, np.uint8).reshape(image.height, image.width, 3)
    gray: Gray = dots[:, :, 0].copy()  # red ink is as bright as paper in the red channel
    bilevel = _is_bilevel(dots)
    _whiten_edges(gray, image.dpi)
    angle = find_skew(gray < _INK)
    if abs(angle) >= _LEAST_SKEW:
        gray = ndimage.rotate(gray, angle, reshape=False, order=1, cval=255)
    rulings = _take_rulings(gray, image.dpi)
    if bilevel:
        ink = gray < _INK
        gray[ink & ~_without_specks(ink, image.dpi)] = 255
    smooth: Gray = ndimage.gaussian_filter(gray, _BLUR * image.dpi)
    return smooth, rulings


def _is_bilevel(dots: NDArray[np.uint8]) -> bool:
    sample = dots[::3, ::3]
    return bool(np.mean((sample < 16) | (sample > 239)) >= _BILEVEL)


def _whiten_edges(gray: Gray, dpi: float) -> None:
    edge = max(1, round(_EDGE * dpi))
    gray[:edge], gray[-edge:], gray[:, :edge], gray[:, -edge:] = 255, 255, 255, 255


def find_skew(ink: Mask) -> float:
    """By how many degrees the lines of a page are turned: where the sums over its rows differ most."""
    small = ink[: ink.shape[0] // 4 * 4, : ink.shape[1] // 4 * 4]
    blocks = small.reshape(small.shape[0] // 4, 4, small.shape[1] // 4, 4).mean((1, 3))
    if not blocks.any():
        return 0.0
    rows, columns = np.nonzero(blocks > 0.1)
    if len(rows) < 200:
        return 0.0

    def sharpness(angle: float) -> float:
        turned = rows - columns * np.tan(np.radians(angle))
        counts = np.bincount(np.round(turned - turned.min()).astype(np.int64))
        return float(np.sum(counts.astype(np.float64) ** 2))

    coarse = max(np.arange(-_SKEW, _SKEW + 0.01, 0.25), key=sharpness)
    return float(max(np.arange(coarse - 0.2, coarse + 0.21, 0.05), key=sharpness))


def _without_specks(ink: Mask, dpi: float) -> Mask:
    """Ink without lone dots that are too small for any mark of a letter."""
    labels, count = ndimage.label(ink, np.ones((3, 3)))
    area = np.bincount(labels.ravel())
    small = area <= _SPECK * dpi**2
    small[0] = False
    reach = max(1, round(_SPECK_APART * dpi))
    near = ndimage.binary_dilation(ink & ~small[labels], iterations=reach)
    touched = np.zeros(count + 1, bool)
    touched[np.unique(labels[near & ink])] = True
    kept: Mask = ink & ~(small & ~touched)[labels]
    return kept


def _take_rulings(gray: Gray, dpi: float) -> list[Ruling]:
    """The long straight lines of a page where they make a table, erased from the image; else none."""
    ink = gray < _INK
    length = round(_RULE * dpi)
    level = _long_lines(ink, (1, length), dpi)
    upright = _long_lines(ink, (length, 1), dpi)
    if len(level) < 2 or len(upright) < 3:
        return []
    scale = 72 / dpi
    for rows, columns in (*level, *upright):
        gray[rows, columns] = 255
    return [
        Ruling(columns.start * scale, rows.start * scale, columns.stop * scale, rows.stop * scale)
        for rows, columns in (*level, *upright)
    ]


def _long_lines(ink: Mask, shape: tuple[int, int], dpi: float) -> list[tuple[slice, slice]]:
    labels, _ = ndimage.label(ndimage.binary_opening(ink, np.ones(shape)), np.ones((3, 3)))
    found: list[Any] = ndimage.find_objects(labels)
    thickest = _TALLEST_RULE * dpi + 4  # and a little slant
    return [box for box in found if min(box[0].stop - box[0].start, box[1].stop - box[1].start) <= thickest]


# --- tesseract --------------------------------------------------------------------------------------------


def _run_tesseract(gray: Gray, dpi: float, name: str, program: str, seconds: float) -> str:
    height, width = gray.shape
    command = [program, "stdin", "stdout", "-l", LANGUAGE, "--psm", "4", "--dpi", str(round(dpi))]
    command += ["-c", "tessedit_do_invert=0", "tsv"]  # white on black is not printed in documents
    try:
        done = subprocess.run(
            command,
            input=b"P5 %d %d 255\n" % (width, height) + gray.tobytes(),
            capture_output=True,
            timeout=seconds,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # pages run in parallel instead
        )
    except subprocess.TimeoutExpired as error:
        raise UnsafeFile(
            f"Nhận dạng một trang quét của {name!r} quá {seconds:.0f} giây nên đã dừng. "
            "Hãy quét lại trang đó ở 300 dpi rồi nạp lại."
        ) from error
    if done.returncode != 0:
        raise ToolMissing(
            f"tesseract không đọc được trang của {name!r}: {done.stderr.decode('utf-8', 'replace')[-200:]!r}. {REMEDY}"
        )
    return done.stdout.decode("utf-8", "replace")


def _read_table(table: str, scale: float) -> tuple[list[tuple[Word, ...]], list[str]]:
    """The lines of tesseract's TSV as runs of words, and what is noise in it."""
    runs: list[tuple[Word, ...]] = []
    noise: list[str] = []
    for (top, bottom), words in _read_lines(table):
        usual = statistics.median(word.bottom - word.top for word in words)
        flat = bottom - top < 1.8 * usual  # else something tall, as handwriting, is in the line
        run: list[Word] = []
        for word in words:
            if _is_noise(word):
                noise.append(word.text)
                continue
            upper, lower = (top, bottom) if flat else (word.top, word.bottom)
            run.append(
                Word(
                    word.text, word.x0 * scale, upper * scale, word.x1 * scale, lower * scale, word.confidence
                )
            )
        if run:
            runs.append(tuple(run))
    return runs, noise


def _read_lines(table: str) -> Iterator[tuple[tuple[float, float], list[Word]]]:
    heights: dict[tuple[str, ...], tuple[float, float]] = {}
    lines: dict[tuple[str, ...], list[Word]] = {}
    for row in csv.reader(table.split("\n"), delimiter="\t", quoting=csv.QUOTE_NONE):
        if len(row) < 12 or row[0] not in ("4", "5"):
            continue
        key = tuple(row[1:5])
        x, y, width, height = map(float, row[6:10])
        text = unicodedata.normalize("NFC", "".join(row[11].split()))
        if row[0] == "4":
            heights[key] = (y, y + height)
        elif text:
            lines.setdefault(key, []).append(Word(text, x, y, x + width, y + height, float(row[10])))
    for key, words in lines.items():
        yield heights[key], words


def _is_noise(word: Word) -> bool:
    """Whether a "word" is a speck or a stroke: no letter or digit, and not a sign that is printed alone."""
    if any(char.isalnum() for char in word.text):
        return False
    return not set(word.text) <= _NOISE_MARKS or (word.confidence or 0.0) < 30


def mean_confidence(runs: Sequence[Sequence[Word]]) -> float | None:
    """The mean confidence of some words."""
    values = [word.confidence for run in runs for word in run if word.confidence is not None]
    return statistics.fmean(values) if values else None
