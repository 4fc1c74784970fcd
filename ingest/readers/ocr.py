"""Reading of page images: cleaned, read by tesseract, handed on as words with boxes and confidences.

tesseract is an outside program (Debian: tesseract-ocr, tesseract-ocr-vie). What it reads is taken as it is: no
word is corrected, replaced or guessed here. (bench/ocr.py measures its speed.)
"""

from __future__ import annotations

import csv
import math
import os
import shutil
import statistics
import subprocess
import unicodedata
from collections.abc import Iterator
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
_BLUR_GRAY = 0.006  # and the grain off a gray one
_SPECK = 6 / 150**2  # of a square inch: no dot or mark is smaller
_SPECK_APART = 0.02  # of an inch from letters: nearer ones may be part of a mark
_EDGE = 0.12  # of an inch: shadows of the paper's edge; no text stands there
_RULE = 0.5  # of an inch: longer than any stroke of a letter
_UNDERLINE = 0.22  # of an inch
_TOUCHED = (0.02, 0.4)  # of an underline, by the letters over it
_TALLEST_RULE = 0.03  # of an inch
_SKEW = 3.0  # degrees: scans are fed by machine
_LEAST_SKEW = 1.0  # tesseract follows lesser ones, and turning the dots blurs the marks
_NOISE_MARKS = frozenset("-–—+/:;.,&()•*")  # signs that documents print alone


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as dots: rows of RGB bytes."""

    width: int
    height: int
    dpi: float
    rgb: bytes
    bilevel: bool = False  # black and white: it has specks where a gray scan has shades


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
    runs, noise = _read_table(table, 72 / image.dpi, math.tan(math.radians(find_skew(gray < _INK))))
    confidences = [word.confidence for run in runs for word in run if word.confidence is not None]
    mean = statistics.fmean(confidences) if confidences else None
    return PageReading(tuple(runs), tuple(rulings), tuple(noise), mean)


# --- cleaning ---------------------------------------------------------------------------------------------


def clean_image(image: PageImage) -> tuple[Gray, list[Ruling]]:
    """The page in gray without red stamps, skew, specks and the lines of tables; and those lines."""
    dots = np.frombuffer(image.rgb, np.uint8).reshape(image.height, image.width, 3)
    gray: Gray = dots[:, :, 0].copy()  # red ink is as bright as paper in the red channel
    _whiten_edges(gray, image.dpi)
    angle = find_skew(gray < _INK)
    if abs(angle) >= _LEAST_SKEW:
        gray = ndimage.rotate(gray, angle, reshape=False, order=1, cval=255)
    rulings = _take_rulings(gray, image.dpi)
    if image.bilevel:
        ink = gray < _INK
        gray[ink & ~_without_underlines(_without_specks(ink, image.dpi), image.dpi)] = 255
    smooth: Gray = ndimage.gaussian_filter(gray, (_BLUR if image.bilevel else _BLUR_GRAY) * image.dpi)
    return smooth, rulings


def _whiten_edges(gray: Gray, dpi: float) -> None:
    edge = max(1, round(_EDGE * dpi))
    gray[:edge], gray[-edge:], gray[:, :edge], gray[:, -edge:] = 255, 255, 255, 255


def find_skew(ink: Mask) -> float:
    """By how many degrees the lines of a page are turned: where the sums over its rows differ most."""
    strips = ink[:, : ink.shape[1] // 8 * 8].reshape(ink.shape[0], -1, 8).mean(2) > 0.3
    rows, columns = np.nonzero(strips)
    if len(rows) < 200:
        return 0.0

    def sharpness(angle: float) -> float:
        turned = rows - (8 * columns + 4) * np.tan(np.radians(angle))
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


def _without_underlines(ink: Mask, dpi: float) -> Mask:
    """Ink without the lines under words, which swallow the dots below; what stands on a line stays with it.

    A line that nothing touches is left to tesseract; one that is touched all along is no underline.
    """
    kept = ink.copy()
    lines = ndimage.binary_opening(ink, np.ones((1, round(_UNDERLINE * dpi))))
    labels, _ = ndimage.label(lines, np.ones((3, 3)))
    for number, (rows, columns) in enumerate(ndimage.find_objects(labels), 1):
        line = labels[rows, columns] == number
        if np.median(line.sum(0)) > _TALLEST_RULE * dpi:
            continue
        tops = rows.start + line.argmax(0)
        bottoms = rows.start + line.shape[0] - line[::-1].argmax(0)
        at = np.arange(columns.start, columns.stop)
        touched = ink[np.maximum(tops - 1, 0), at] & ink[np.maximum(tops - 2, 0), at]
        if not _TOUCHED[0] <= touched.mean() <= _TOUCHED[1]:
            continue
        for column in np.nonzero(~touched)[0]:
            kept[max(0, tops[column] - 1) : bottoms[column] + 1, at[column]] = False
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


def _read_table(table: str, scale: float, slope: float) -> tuple[list[tuple[Word, ...]], list[str]]:
    """The lines of tesseract's TSV as runs of words, set level, and what is noise in it."""
    runs: list[tuple[Word, ...]] = []
    noise: list[str] = []
    for line in _read_lines(table):
        noise += [word.text for word in line if _is_noise(word)]
        words = [_set_level(word, scale, slope) for word in line if not _is_noise(word)]
        if not words:
            continue
        top, bottom = min(word.top for word in words), max(word.bottom for word in words)
        usual = statistics.median(word.bottom - word.top for word in words)
        if bottom - top < 1.8 * usual:  # else something tall, as handwriting, is in the line
            words = [word._replace(top=top, bottom=bottom) for word in words]
        runs.append(tuple(words))
    return runs, noise


def _set_level(word: Word, scale: float, slope: float) -> Word:
    """The word in points, moved to where it would stand if the lines of the page were level."""
    shift = slope * (word.x0 + word.x1) / 2
    return Word(
        word.text,
        word.x0 * scale,
        (word.top - shift) * scale,
        word.x1 * scale,
        (word.bottom - shift) * scale,
        word.confidence,
    )


def _read_lines(table: str) -> Iterator[list[Word]]:
    lines: dict[tuple[str, ...], list[Word]] = {}
    for row in csv.reader(table.split("\n"), delimiter="\t", quoting=csv.QUOTE_NONE):
        if len(row) < 12 or row[0] != "5":
            continue
        x, y, width, height = map(float, row[6:10])
        text = unicodedata.normalize("NFC", "".join(row[11].split()))
        if text:
            word = Word(text, x, y, x + width, y + height, float(row[10]))
            lines.setdefault(tuple(row[1:5]), []).append(word)
    yield from lines.values()


def _is_noise(word: Word) -> bool:
    """Whether a "word" is a speck or a stroke: no letter or digit, and not a sign that is printed alone."""
    if any(char.isalnum() for char in word.text):
        return False
    return not set(word.text) <= _NOISE_MARKS or (word.confidence or 0.0) < 30
