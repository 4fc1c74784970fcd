"""PDFs drawn by the tests: text in a real font at given places, ruled lines, the same as a scan."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from ingest.models import RawPage

WIDTH, HEIGHT = 595.0, 842.0  # A4
_FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")

Placed = tuple[float, float, str]  # points from the left, points from the top, text

HEAD: Sequence[Placed] = (
    (85, 70, "ỦY BAN NHÂN DÂN"),
    (88, 86, "TỈNH HÀ TĨNH"),
    (290, 70, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (345, 86, "Độc lập - Tự do - Hạnh phúc"),
    (90, 112, "Số: 15/QĐ-UBND"),
    (330, 112, "Hà Tĩnh, ngày 04 tháng 3 năm 2024"),
    (255, 150, "QUYẾT ĐỊNH"),
    (170, 166, "Về việc ban hành Quy chế mẫu của tỉnh"),
)


def draw_pdf(
    sheets: Iterable[Sequence[Placed]],
    *,
    lines: Sequence[tuple[float, float, float, float]] = (),
    password: str | None = None,
    size: float = 10,
    page_size: tuple[float, float] = (WIDTH, HEIGHT),
) -> bytes:
    """A PDF with a text layer; `lines` (x0, top, x1, bottom) stand on every sheet."""
    canvas_room = pytest.importorskip("reportlab.pdfgen.canvas")
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    if not _FONT.exists():
        pytest.skip("font DejaVu absent: apt-get install fonts-dejavu-core")
    pdfmetrics.registerFont(TTFont("DejaVu", str(_FONT)))
    target = io.BytesIO()
    lock = StandardEncryption(password, canPrint=0) if password else None
    canvas = canvas_room.Canvas(target, pagesize=page_size, encrypt=lock)
    for sheet in sheets:
        canvas.setFont("DejaVu", size)
        for x, top, text in sheet:
            canvas.drawString(x, page_size[1] - top, text)
        for x0, top, x1, bottom in lines:
            canvas.line(x0, page_size[1] - top, x1, page_size[1] - bottom)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def scan_pdf(content: bytes, *, dpi: int = 200, layer: Sequence[Placed] = ()) -> bytes:
    """The same sheets as images, as a scanner makes them, with an invisible layer of text if wanted."""
    canvas_room = pytest.importorskip("reportlab.pdfgen.canvas")
    from reportlab.lib.utils import ImageReader

    document = pypdfium2.PdfDocument(content)
    target = io.BytesIO()
    canvas = canvas_room.Canvas(target, pagesize=(WIDTH, HEIGHT))
    for page in document:
        image: Image.Image = page.render(scale=dpi / 72).to_pil().convert("L")
        canvas.drawImage(ImageReader(image), 0, 0, WIDTH, HEIGHT)
        words = canvas.beginText()
        words.setTextRenderMode(3)
        words.setFont("Helvetica", 10)
        for x, top, text in layer:
            words.setTextOrigin(x, HEIGHT - top)
            words.textOut(text)
        canvas.drawText(words)
        canvas.showPage()
    canvas.save()
    document.close()
    return target.getvalue()


def as_page(content: bytes, name: str = "thu.pdf") -> RawPage:
    """The raw page that a PDF of this name would be."""
    return RawPage(
        uri=f"file:///{name}",
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        media_type="application/pdf",
        name=name,
    )
