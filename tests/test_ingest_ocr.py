"""Scans: what tesseract reads on sheets that we draw, and how near it comes to hand transcripts of real ones."""

from __future__ import annotations

import hashlib
import json
import math
import re
import shutil
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT, shared
from drawn_pdf import HEAD, as_page, draw_pdf, scan_pdf
from scipy import ndimage

from corpus.build import build_document
from index.citations import cite
from index.wording import attribute
from ingest.errors import ToolMissing, UnsafeFile
from ingest.limits import Limits
from ingest.models import PageText
from ingest.readers.ocr import find_skew
from ingest.readers.pdf import read_pdf

SCANS = ROOT / "tests" / "gold" / "scans"
BODY = (
    (70, 200, "Điều 1. Ban hành kèm theo Quyết định này Quy chế mẫu về công tác"),
    (70, 217, "văn thư, lưu trữ của các cơ quan nhà nước trên địa bàn tỉnh."),
    (70, 242, "Điều 2. Quyết định này có hiệu lực thi hành kể từ ngày ký."),
)
# Word accuracy of the first sheet against the hand transcript; the aim is 0.97.
# Words are runs of letters and digits, as OCR is commonly measured; tokens are what stands between white space,
# so that a speck read as a full stop counts as an error. Handwriting is not in the transcripts.
FLOORS = {  # words, tokens
    "hatinh_418_KH-UBND_2017_noText": (0.97, 0.955),
    "hatinh_QD1740_2016_signedNoText": (0.965, 0.955),
    "QD-710_noText": (0.97, 0.965),
    "cv641KT_badocr": (0.965, 0.965),
}
_WORD = re.compile(r"[^\W_]+")

needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None,
    reason="tesseract absent: apt-get install tesseract-ocr tesseract-ocr-vie",
)


@needs_tesseract
def test_a_scan_is_read_in_the_order_of_its_columns() -> None:
    content = scan_pdf(draw_pdf([HEAD + BODY], size=11))
    seen: list[tuple[int, int]] = []
    read = read_pdf(as_page(content), progress=lambda done, total: seen.append((done, total)))
    assert seen == [(0, 1), (1, 1)]
    assert read.text.split("\n")[:6] == [
        "ỦY BAN NHÂN DÂN TỈNH HÀ TĨNH",
        "Số: 15/QĐ-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Hà Tĩnh, ngày 04 tháng 3 năm 2024",
        "QUYẾT ĐỊNH",
    ]
    (sheet,) = read.sheets
    assert sheet.scanned and sheet.confidence is not None and 80 < sheet.confidence <= 100


@needs_tesseract
def test_an_answer_that_quotes_a_scan_says_so() -> None:
    page = as_page(scan_pdf(draw_pdf([HEAD + BODY], size=11)))
    document = build_document(page, read_pdf(page))
    start = document.text.index("Điều 2.")
    citation = cite(document, start, len(document.text), about=(), location="Điều 2")
    assert citation.scanned and citation.place == "Điều 2, trang 1 (trích từ bản quét)"
    assert "trích từ bản quét" in attribute(document, [citation], None)
    assert document.facts.symbol and document.facts.symbol.value == "15/QĐ-UBND"


@needs_tesseract
def test_a_layer_without_marks_over_a_scan_is_not_believed() -> None:
    layer = [
        (x, top, "".join(c for c in unicodedata.normalize("NFD", t) if c.isascii())) for x, top, t in BODY
    ]
    read = read_pdf(as_page(scan_pdf(draw_pdf([HEAD + BODY], size=11), layer=layer)))
    assert read.sheets[0].scanned
    assert "Quyết định này có hiệu lực thi hành kể từ ngày ký." in read.text


@needs_tesseract
def test_one_scanned_sheet_among_sheets_of_text() -> None:
    import io

    import pypdfium2

    text, scan = draw_pdf([BODY]), scan_pdf(draw_pdf([BODY], size=11))
    merged = pypdfium2.PdfDocument.new()
    for content in (text, scan):
        merged.import_pages(pypdfium2.PdfDocument(content))
    target = io.BytesIO()
    merged.save(target)
    read = read_pdf(as_page(target.getvalue()))
    assert [(sheet.number, sheet.scanned) for sheet in read.sheets] == [(1, False), (2, True)]


@needs_tesseract
def test_doubts_are_words_of_the_text_below_the_threshold() -> None:
    read = _read_shared("QD-710_noText")
    assert read.doubts
    for doubt in read.doubts:
        assert 0 <= doubt.confidence < 60
        word = read.text[doubt.start : doubt.end]
        assert word and not any(char.isspace() for char in word)
        before, after = read.text[doubt.start - 1 : doubt.start], read.text[doubt.end : doubt.end + 1]
        assert (not before or before.isspace()) and (not after or after.isspace())


def test_more_scanned_sheets_than_allowed() -> None:
    content = scan_pdf(draw_pdf([BODY, BODY]), dpi=40)
    with pytest.raises(UnsafeFile, match="2 trang quét, quá giới hạn 1 trang cho một tệp"):
        read_pdf(as_page(content), limits=Limits(max_ocr_sheets=1))


def test_without_tesseract_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ToolMissing, match="apt-get install tesseract-ocr tesseract-ocr-vie"):
        read_pdf(as_page(scan_pdf(draw_pdf([BODY]), dpi=40)))


@needs_tesseract
def test_a_sheet_that_takes_too_long_is_stopped() -> None:
    content = scan_pdf(
        draw_pdf([[*BODY, *((70.0, 260.0 + 12 * i, "chữ nhỏ " * 12) for i in range(40))]]), dpi=300
    )
    with pytest.raises(UnsafeFile, match="đã dừng"):
        read_pdf(as_page(content), limits=Limits(seconds=0.3))


@pytest.mark.parametrize("angle", [-2.0, -0.5, 0.0, 1.5])
def test_skew_is_measured_and_turning_by_it_sets_lines_level(angle: float) -> None:
    page = np.zeros((800, 600), bool)
    for row in range(100, 700, 25):
        page[row : row + 6, 80:520] = True
    slope = math.tan(math.radians(angle))
    skewed = np.zeros_like(page)
    for column in range(page.shape[1]):
        skewed[:, column] = np.roll(page[:, column], round(slope * (column - 300)))
    assert find_skew(skewed) == pytest.approx(angle, abs=0.11)
    level = ndimage.rotate(skewed.astype(np.float32), find_skew(skewed), reshape=False, order=1) > 0.5
    assert abs(find_skew(level)) <= 0.15


def _read_shared(stem: str) -> PageText:
    return read_pdf(as_page(shared(f"data/files/pdf/{stem}.pdf").read_bytes(), f"{stem}.pdf"))


def _hash(word: str) -> str:
    return hashlib.sha256(unicodedata.normalize("NFC", word).encode()).hexdigest()[:8]


def _distance(wanted: list[str], got: list[str]) -> int:
    """The least number of words to insert, delete or replace."""
    above = list(range(len(got) + 1))
    for i, want in enumerate(wanted, 1):
        row = [i]
        for j, word in enumerate(got, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (want != word)))
        above = row
    return above[-1]


def test_distance_of_words() -> None:
    assert _distance(list("abcd"), list("abcd")) == 0
    assert _distance(list("abcd"), list("axcde")) == 2
    assert _distance(list("abc"), []) == 3


@needs_tesseract
@pytest.mark.parametrize("stem", FLOORS)
def test_word_accuracy_on_real_scans(stem: str, capsys: pytest.CaptureFixture[str]) -> None:
    gold = json.loads((SCANS / f"{stem}.json").read_text("utf-8"))
    read = _read_shared(stem)
    sheet = read.sheets[gold["page"] - 1]
    text = read.text[sheet.start : sheet.end]
    rates = []
    for name, got in (("words", _WORD.findall(text)), ("tokens", text.split())):
        wanted = " ".join(gold[name]).split()
        rates.append(1 - _distance(wanted, [_hash(word) for word in got]) / len(wanted))
    with capsys.disabled():
        print(f"\n{stem}: word accuracy {rates[0]:.4f}, with punctuation {rates[1]:.4f}")
    assert rates[0] >= FLOORS[stem][0]
    assert rates[1] >= FLOORS[stem][1]
