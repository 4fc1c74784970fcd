"""Host "cong-bao": a portal of documents: listing by pages, a table of attributes, the text in PDF files."""

from __future__ import annotations

import io
from datetime import date, timedelta
from functools import cache
from html import escape
from pathlib import Path
from random import Random

from tests.portals.gold import Document, HostGold, Start
from tests.portals.server import Ask, Reply
from tests.portals.site import Host, cut_pages, html
from tests.portals.texts import make_slug

NUMBERS = tuple(n for n in range(1, 38) if n not in (12, 19))
GAPS = (12, 19)
_NEW = 38  # appears with the switch "cong-bao-new"
_PAGE = 10
_FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
_MATTERS = [
    *("mức thu phí sử dụng bến bãi", "giá nước sạch sinh hoạt", "khung giá cho thuê nhà ở công vụ"),
    *("quy chế phối hợp phòng cháy rừng", "danh mục nghề đào tạo ngắn hạn", "định mức chi hội thi thể thao"),
    *(
        "tiêu chí xét tặng danh hiệu làng văn hóa",
        "kế hoạch sử dụng đất đợt bổ sung",
        "phân cấp quản lý đường xã",
    ),
    *("quy trình cấp nước mùa hạn", "mức hỗ trợ giống cây trồng", "quản lý vỉa hè đô thị", "trợ giá xe buýt"),
]


class Gazette(Host):
    """`/van-ban/trang-N.htm`, ten a page, newest first; a page beyond the last repeats the last.

    The series 01–37/QĐ-UBND of 2025 lacks 12 and 19. Every third decision has an annex in a file of its own.
    """

    switches = ("cong-bao-new",)

    @property
    def numbers(self) -> list[int]:
        return sorted((*NUMBERS, _NEW) if self.on("cong-bao-new") else NUMBERS, reverse=True)

    def page(self, ask: Ask) -> Reply | None:
        if ask.path in ("/", "/van-ban.htm"):
            return self._list(1)
        if ask.path.startswith("/van-ban/trang-") and ask.path.endswith(".htm"):
            return self._list(int(ask.path.removeprefix("/van-ban/trang-").removesuffix(".htm")))
        for number in self.numbers:
            if ask.path == _path(number):
                return html(self._detail(number))
            for path, text in _files(number):
                if ask.path == path:
                    return Reply(body=_draw(text), type="application/pdf")
        return None

    def _list(self, number: int) -> Reply:
        pages = cut_pages(self.numbers, _PAGE)
        number = min(number, len(pages))
        rows = "".join(
            f'<tr><td><a href="{_path(n)}">{_symbol(n)}</a></td><td>{_day(n):%d/%m/%Y}</td>'
            f'<td><a href="{_path(n)}"><span class="substract">{_subject(n)}</span></a></td></tr>'
            for n in pages[number - 1]
        )
        pager = " ".join(f'<a href="/van-ban/trang-{n + 1}.htm">{n + 1}</a>' for n in range(len(pages)))
        return html(
            _frame(
                "Văn bản mới ban hành",
                f'<table class="list-van-ban"><tr><th>Số ký hiệu</th><th>Ngày ban hành</th><th>Trích yếu</th></tr>{rows}</table>'
                f'<div class="paging">{pager} <a class="next" href="/van-ban/trang-{number + 1}.htm">Trang sau</a></div>',
            )
        )

    def _detail(self, number: int) -> str:
        files = " ".join(f'<a href="{path}">{path.rsplit("/", 1)[1]}</a>' for path, _ in _files(number))
        attributes = {
            "Số ký hiệu": _symbol(number),
            "Ngày ban hành": f"{_day(number):%d/%m/%Y}",
            "Loại văn bản": "Quyết định",
            "Cơ quan ban hành": "Ủy ban nhân dân tỉnh Hà Tĩnh",
            "Trích yếu": _subject(number),
        }
        rows = "".join(
            f"<tr><td>{name}</td><td>{escape(value)}</td></tr>" for name, value in attributes.items()
        )
        return _frame(
            f"Quyết định số {_symbol(number)}",
            f"<h1>Quyết định số {_symbol(number)}</h1>"
            f'<div class="content"><table class="thuoc-tinh">{rows}<tr><td>Tệp đính kèm</td><td>{files}</td></tr></table></div>',
            head=f'<link rel="canonical" href="{self.base}{_path(number)}">',
        )

    def _documents(self, number: int) -> tuple[Document, ...]:
        url = self.base + _path(number)
        page = Document(url=url, title=f"Quyết định số {_symbol(number)}", sentence=_subject(number))
        files = [
            Document(url=self.base + path, title=path.rsplit("/", 1)[1], sentence=text[-1], parent=url)
            for path, text in _files(number)
        ]
        return (page, *files)

    def gold(self) -> HostGold:
        return HostGold(
            name=self.name,
            base=self.base,
            starts=(Start(kind="listing", url=f"{self.base}/van-ban/trang-{{page}}.htm"),),
            documents=tuple(d for number in self.numbers for d in self._documents(number)),
            never=(f"{self.base}/van-ban/trang-9", f"{self.base}/lien-he"),
            later={"cong-bao-new": self._documents(_NEW)},
        )


def _symbol(number: int) -> str:
    return f"{number:02d}/QĐ-UBND"


def _day(number: int) -> date:
    return date(2025, 1, 3) + timedelta(days=9 * number)


def _subject(number: int) -> str:
    random = Random(f"gazette/{number}")
    return f"Về việc ban hành {random.choice(_MATTERS)} đợt {number} trên địa bàn tỉnh Hà Tĩnh, áp dụng cho {number + 11} xã, phường"


def _path(number: int) -> str:
    return f"/van-ban/{make_slug('Quyết định số ' + _symbol(number))}-{5000 + number}.htm"


def _files(number: int) -> list[tuple[str, list[str]]]:
    """The files of a decision: path, and lines of text whose last is found in no other."""
    main = [
        *("ỦY BAN NHÂN DÂN", "TỈNH HÀ TĨNH", f"Số: {_symbol(number)}"),
        *("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
        f"Hà Tĩnh, ngày {_day(number):%d} tháng {_day(number).month} năm 2025",
        *("QUYẾT ĐỊNH", _subject(number).rsplit(" trên địa bàn", 1)[0]),
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
        "Điều 1. Phạm vi điều chỉnh",
        f"Quyết định này áp dụng tại {number + 11} xã, phường của tỉnh.",
        "Điều 2. Hiệu lực thi hành",
        f"Quyết định này có hiệu lực sau {number + 6} ngày kể từ ngày ký, mã theo dõi QĐ-2025-{number:03d}.",
    ]
    files = [(f"/files/2025/{number:02d}-qd-ubnd.pdf", main)]
    if number % 3 == 0:
        annex = [
            "PHỤ LỤC",
            "Danh mục kèm theo Quyết định",
            f"Mã phụ lục PL-2025-{number:03d} gồm {number + 2} dòng.",
        ]
        files.append((f"/files/2025/{number:02d}-qd-ubnd-phu-luc.pdf", annex))
    return files


def _draw(lines: list[str]) -> bytes:
    return _draw_lines(tuple(lines))


@cache
def _draw_lines(lines: tuple[str, ...]) -> bytes:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    if "DejaVu" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("DejaVu", str(_FONT)))
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(595, 842), invariant=1)
    canvas.setFont("DejaVu", 10)
    for row, line in enumerate(lines):
        canvas.drawString(70, 770 - 18 * row, line)
    canvas.save()
    return target.getvalue()


def _frame(title: str, body: str, head: str = "") -> str:
    return f"""<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><title>{title} - Công báo thử nghiệm</title>{head}</head>
<body><header><a href="/">Công báo thử nghiệm</a></header>
<nav><a href="/van-ban.htm">Văn bản</a> <a href="/lien-he.htm">Liên hệ</a></nav>
<main>{body}</main>
<aside><h3>Công báo mới</h3>Số 119 năm 2026 <span>02.05.2026 | 16:00 PM</span></aside>
<footer>Văn phòng quản lý trang thử nghiệm.</footer></body></html>"""
