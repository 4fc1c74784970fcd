"""HTML pages: golden pages written by us in the shapes of real sites, and the saved pages of legal portals."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from conftest import shared
from lxml import etree
from test_ingest_readers import check_consistent, page

from corpus.articles import check_articles
from ingest.errors import EmptyPage, UnsafeFile
from ingest.local import list_pages
from ingest.models import BlockKind, PageText, RawPage
from ingest.published import read_date_line, read_iso
from ingest.readers import read_page
from ingest.sites import SITES
from ingest.sites.selectors import select

PAGES = Path(__file__).parent / "data" / "pages"


def read_file(path: Path) -> PageText:
    (found,) = list_pages(path)
    assert isinstance(found, RawPage)
    read = read_page(found)
    check_consistent(read)
    return read


def read_markup(markup: str) -> PageText:
    read = read_page(page(f'<meta charset="utf-8">{markup}'.encode(), "text/html"))
    check_consistent(read)
    return read


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.html")), ids=lambda path: path.stem)
def test_golden_page(path: Path) -> None:
    """Everything that is read from a page: title, author, publisher, day, blocks and cuts."""
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    read = read_file(path)
    for name in ("title", "author", "publisher", "published_at", "url"):
        assert getattr(read, name) == expected[name], name
    assert [[b.kind.value, read.text[b.start : b.end]] for b in read.blocks] == expected["blocks"]
    cuts = [[c.reason, read.raw_text[c.start : c.end].split("\n")[0]] for c in read.cuts]
    assert cuts == expected["cuts"]


# file (names do not match contents) → number of the document, articles, the end of its text
SAVED = {
    "competition-law-2018": ("2083/QĐ-UBND", 3, "(Ký và ghi rõ họ tên, đóng dấu)"),
    "constitution-2013": ("HIẾN PHÁP", 120, None),
    "cybersecurity-law-2018": ("24/2018/QH14", 43, None),
    "e-transactions-law-2023": ("1456/QĐ-UBND", 5, None),
    "information-technology-law-2006": ("67/2006/QH11", 79, None),
    "luat-dat-dai-2024": ("31/2024/QH15", 260, None),
    "nghi-dinh-100-2024": ("100/2024/NĐ-CP", 78, None),
    "nghi-dinh-147-2026": ("147/2026/NĐ-CP", 14, None),
    "nghi-dinh-95-2024": ("95/2024/NĐ-CP", 95, None),
    "personal-data-protection-decree-2023": ("715/QĐ-UBND", 4, "TỔNG SỐ: 03 TTHC"),
    "telecommunications-law-2009": ("20574/QĐ-CT-THNVDT", 5, None),
}
_AROUND = re.compile(
    r"Thành viên Pro|Theo dõi điều khoản|Đang theo dõi|MỤC LỤC VĂN BẢN|In mục lục|SOCIALIST REPUBLIC|Nội dung hợp nhất"
    r"|^(?:Lưu trữ|Ghi chú|Tải về|Đăng nhập|Lược đồ|Tổng quan|\.\.\.)$",
    re.MULTILINE,
)


@pytest.mark.parametrize("name", SAVED)
def test_saved_page_of_a_legal_portal(name: str) -> None:
    """The whole document with all its articles, from its letterhead on, and nothing of the portal around it."""
    number, articles, end = SAVED[name]
    read = read_file(shared(f"data/files/html/{name}.html"))
    head = [read.text[b.start : b.end] for b in read.blocks[:12]]
    assert any(number in line for line in head)
    assert any(line.replace("HOÀ", "HÒA") == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" for line in head[:6])
    assert _AROUND.search(read.text) is None
    check = check_articles(read.text)
    assert (check.found, check.gaps, check.repeated) == (articles, (), ())
    last = read.blocks[-1]
    signed = re.compile(r"[A-ZĐÀ-Ỹ]\w+(?: [A-ZĐÀ-Ỹ]\w+){1,3}")
    line = read.text[last.start : last.end]
    assert line == end if end is not None else signed.fullmatch(line)
    assert read.author is None and read.published_at is None  # the portal's editor and its own day


HTML_PAIRS = [
    ('<meta charset="windows-1258"><p>Đô\u0323c lâ\u0323p</p>'.encode("cp1258"), "Độc lập"),
    ("<meta charset=utf-8><p>một<br>hai</p><p>ba</p>".encode(), "một\nhai\nba"),
    ("<p>a <b>đậm</b>\n nghiêng</p><!-- ghi chú --><script>x</script>".encode(), "a đậm nghiêng"),
    (b"\xef\xbb\xbf" + "<div>ngoài<p>trong</p>sau</div>".encode(), "ngoài\ntrong\nsau"),
    ("<table><tr><td>một cột</td></tr></table>".encode(), "một cột"),
    ("<p>10&nbsp;000 đồng &lt; 20</p>".encode(), "10\u00a0000 đồng < 20"),
    ("<ol><li>một<li>hai<ol type=a><li>b</ol></ol>".encode(), "1. một\n2. hai\na) b"),
    ("<ol start=5 type=i><li>năm<li value=9>chín</ol>".encode(), "v. năm\nix. chín"),
    ("<ol reversed><li>hai<li>một</ol>".encode(), "2. hai\n1. một"),
    ("<ol><li>Điều 1. Tên</ol><ul><li>chấm</ul>".encode(), "Điều 1. Tên\nchấm"),
    (
        "<p>mở ra cho mọi người</p><p style='display: none'>kín</p><p hidden>kín</p>".encode(),
        "mở ra cho mọi người",
    ),
]


@pytest.mark.parametrize(("content", "text"), HTML_PAIRS)
def test_html_fragments(content: bytes, text: str) -> None:
    read = read_page(page(content, "text/html"))
    assert read.text == text
    check_consistent(read)


TABLES = (
    # columns keep their place below cells that span rows or columns
    (
        "<tr><th rowspan=2>STT<th colspan=2>Hộ chiếu<th rowspan=2>Ghi chú<tr><td>Số<td>Ngày<tr><td>1<td>B1<td><td>mới",
        ["STT | Hộ chiếu | | Ghi chú", "| Số | Ngày", "1 | B1 | | mới"],
    ),
    # letters in elements of their own stay one word; blocks and breaks divide words
    (
        "<tr><td>Quốc t<b>ị</b>ch<td><p>Việt</p><p>Nam</p><tr><td>Ngày<br>cấp<td>1/2/2020",
        ["Quốc tịch | Việt Nam", "Ngày cấp | 1/2/2020"],
    ),
    # a letterhead and a signature only lay out the page
    (
        "<tr><td>SỞ MẪU<td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<tr><td>Số: 1/QĐ-SM<td>Mẫu, ngày 1 tháng 2 năm 2020",
        ["SỞ MẪU", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 1/QĐ-SM", "Mẫu, ngày 1 tháng 2 năm 2020"],
    ),
    ("<tr><td>Nơi nhận:<br>- Lưu.<td>CHỦ TỊCH", ["Nơi nhận:", "- Lưu.", "CHỦ TỊCH"]),
    # so does a table inside which tables stand; those inside are read on their own
    (
        "<tr><td>Trái<td><table><tr><td>a<td>b<tr><td>c<td>d</table>",
        ["Trái", "a | b", "c | d"],
    ),
    ("<tr><td colspan=abc rowspan=-1>x<td>y<tr><td colspan=99999>z<td>t", ["x | y", "z" + " |" * 200 + " t"]),
)


@pytest.mark.parametrize(("rows", "lines"), TABLES)
def test_tables(rows: str, lines: list[str]) -> None:
    read = read_markup(f"<table>{rows}</table>")
    assert read.text.split("\n") == lines
    kinds = {read.text[b.start : b.end]: b.kind for b in read.blocks}
    assert all((kind is BlockKind.TABLE_ROW) == ("|" in line) for line, kind in kinds.items())


def test_footnotes_are_blocks_of_their_own_kind() -> None:
    read = read_markup(
        "<p>Đoạn văn của bài.<a href='#_ftn1' name='_ftnref1'>[1]</a></p>"
        "<div id='ftn1'><p><a href='#_ftnref1' name='_ftn1'>[1]</a> Chú thích thứ nhất.</p></div>"
        "<p class='MsoFootnoteText'>2 Chú thích thứ hai.</p>"
    )
    kinds = [(b.kind, read.text[b.start : b.end]) for b in read.blocks]
    assert kinds == [
        (BlockKind.BODY, "Đoạn văn của bài.[1]"),
        (BlockKind.FOOTNOTE, "[1] Chú thích thứ nhất."),
        (BlockKind.FOOTNOTE, "2 Chú thích thứ hai."),
    ]


@pytest.mark.parametrize(
    "content", [b"<html><body></body></html>", b"<script>x</script>", b"<", b"<!-- x -->"]
)
def test_html_without_text(content: bytes) -> None:
    try:
        read = read_page(page(content, "text/html"))
    except EmptyPage:
        return
    assert read.text == "<"


@pytest.mark.parametrize("opened", ["<font>", "<p><span class=x>", "<b><i>"])
def test_formatting_that_is_never_closed(opened: str) -> None:
    """Thousands of elements one in another, as old editors leave them: every line is there."""
    read = read_markup("".join(f"{opened}Dòng thứ {n}<br>" for n in range(3000)))
    assert read.raw_text.split("\n") == [f"Dòng thứ {n}" for n in range(3000)]


def test_a_page_that_nests_too_deep_is_refused() -> None:
    """The parser would stop in the middle and say nothing."""
    assert (
        read_markup("<div>" * 1900 + "<p>trong cùng</p>" + "</div>" * 1900 + "<p>sau</p>").text
        == "trong cùng\nsau"
    )
    with pytest.raises(UnsafeFile, match="2000 tầng"):
        read_markup("<div>" * 2100 + "trong cùng" + "</div>" * 2100 + "<p>sau</p>")


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ("<svg><title>Biểu tượng</title></svg><p>Một đoạn văn.</p>", None),
        ("<template><title>Mẫu</title></template><title>Tên  trang</title><p>Một đoạn văn.</p>", "Tên trang"),
    ],
)
def test_the_title_of_a_drawing_is_not_that_of_the_page(markup: str, title: str | None) -> None:
    assert read_markup(markup).title == title


def test_selectors_find_what_is_inside() -> None:
    root = etree.HTML(
        '<body class=a><p class="b a" id=x>1</p><p class=ab>2</p><p class=a data-k=v>3</p></body>'
    )
    body = root.find("body")
    assert [tag.text for tag in select(root, ".a")] == [body.text, "1", "3"]
    assert [tag.text for tag in select(body, ".a")] == ["1", "3"]  # not the body itself
    assert [tag.text for tag in select(body, "p:not(.b), #x")] == ["1", "2", "3"]
    assert [tag.text for tag in select(body, "[class^=ab], [data-k=v]")] == ["2", "3"]


@pytest.mark.parametrize(
    "selector",
    [
        selector
        for site in SITES.values()
        for selector in (
            *(*site.marks, *site.title, *site.lead, *site.body, *site.date, *site.author),
            *(dropped for dropped, _ in site.drop),
        )
    ],
)
def test_selectors_of_all_sites_are_read(selector: str) -> None:
    assert select(etree.HTML("<p>không có gì</p>"), selector) == []


PARAGRAPHS = "".join(
    f"<p>Đoạn thứ {n} của bài viết, đủ dài để là chữ chạy của một trang thật.</p>" for n in range(9)
)


def test_main_text_without_any_known_class() -> None:
    links = "".join(
        f'<li><a href="/{n}">Một đường dẫn dài tới trang khác của cổng thông tin số {n}</a></li>'
        for n in range(30)
    )
    read = read_markup(f"<body><div><ul>{links}</ul></div><div><div>{PARAGRAPHS}</div></div></body>")
    assert len(read.blocks) == 9
    assert [c.reason for c in read.cuts] == ["outside"]


# --- when a page was published ----------------------------------------------------------------------------

DATE_LINES = (
    ("Thứ Hai, 11/03/2019, 20:23 (GMT+7)", "2019-03-11T20:23:00+07:00"),
    ("11.03.2019 | 20:23 PM", "2019-03-11T20:23:00+07:00"),  # a 24-hour clock with PM
    ("02/03/2026 | 8:05 PM | Lượt xem: 1.234", "2026-03-02T20:05:00+07:00"),
    ("12:30 AM 02/03/2026", "2026-03-02T00:30:00+07:00"),
    ("14:30 | Thứ Ba, 05/12/2023", "2023-12-05T14:30:00+07:00"),
    ("Chủ nhật, ngày 15 tháng 7 năm 2021", "2021-07-15"),
    ("Ngày đăng: 15-7-2021 - 09h30", "2021-07-15T09:30:00+07:00"),
    ("(15/07/2021)", "2021-07-15"),
    # the date of a document, a change, a deadline, half a date, no date
    ("Hà Tĩnh, ngày 02 tháng 8 năm 2022", None),
    ("Cập nhật: 02/03/2026 08:00", None),
    ("Hạn nộp hồ sơ: 15/8/2025", None),
    ("Ngày 15/7/2021, Tỉnh ủy họp.", None),
    ("8/3", None),
    ("31/02/2020", None),
    ("02/03/2026 25:00", None),
)


@pytest.mark.parametrize(("line", "day"), DATE_LINES)
def test_date_lines(line: str, day: str | None) -> None:
    assert read_date_line(line) == day


def test_dates_of_markup() -> None:
    assert read_iso("2022-07-20T08:00:00+07:00") == "2022-07-20T08:00:00+07:00"
    assert read_iso("2022-07-20T23:30:00Z") == "2022-07-21T06:30:00+07:00"
    assert read_iso("2022-07-20 08:05") == "2022-07-20T08:05:00+07:00"
    assert read_iso("2022-13-20") is None


SITE = "<title>x</title><body>{above}<h1>Tiêu đề của bài</h1>{below}<article>{text}</article>{side}</body>"

PUBLISHED = (
    # linked data before meta, meta before <time>, <time> before the line
    (
        {
            "above": '<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","datePublished":"2020-01-02"}]}'
            '</script><meta property="article:published_time" content="2020-01-03">'
        },
        "2020-01-02",
    ),
    (
        {
            "above": '<meta property="article:published_time" content="2020-01-03">',
            "below": '<time datetime="2020-01-04">4/1</time>',
        },
        "2020-01-03",
    ),
    ({"below": '<time datetime="2020-01-04">4/1</time><p>05/01/2020</p>'}, "2020-01-04"),
    ({"below": "<p>05/01/2020</p>"}, "2020-01-05"),
    ({"above": "<p>06/01/2020 | 10:00</p>"}, "2020-01-06T10:00:00+07:00"),
    # linked data that give two days tell neither
    (
        {
            "above": '<script type="application/ld+json">[{"@type":"Article","datePublished":"2020-01-02"},'
            '{"@type":"Article","datePublished":"2020-02-02"}]</script>'
        },
        None,
    ),
    # a side column, a list of other pages, the text, the day of a change
    ({"side": "<aside><p>05/01/2020</p></aside>"}, None),
    ({"below": "<div class=related><p>05/01/2020</p></div>"}, None),
    ({"side": '<div class=sidebar><time datetime="2020-01-04">4/1</time></div>'}, None),
    ({"below": '<time class="updated" datetime="2020-01-04">4/1</time>'}, None),
    ({"text": PARAGRAPHS + "<p>05/01/2020</p>"}, None),
)


@pytest.mark.parametrize(("parts", "day"), PUBLISHED)
def test_published_at(parts: dict[str, str], day: str | None) -> None:
    filled = {"above": "", "below": "", "text": PARAGRAPHS, "side": "", **parts}
    assert read_markup(SITE.format(**filled)).published_at == day


TCVN3_LINES = ("Céng hoµ x· héi chñ nghÜa ViÖt Nam", "§éc lËp - Tù do - H¹nh phóc")


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_a_page_in_letters_of_tcvn3_fonts_is_converted(charset: str) -> None:
    body = "".join(f"<p>{line}</p>" for line in TCVN3_LINES * 4)
    markup = f'<html><head><meta charset="{charset}"><title>{TCVN3_LINES[0]}</title></head><body>{body}</body></html>'
    read = read_page(
        page(markup.encode("utf-8" if charset == "utf-8" else "cp1252"), "text/html", "trang.html")
    )
    assert read.text.split("\n")[:2] == ["Cộng hoà xã hội chủ nghĩa Việt Nam", "Độc lập - Tự do - Hạnh phúc"]
    assert (read.encoding, read.title) == ("TCVN3", "Cộng hoà xã hội chủ nghĩa Việt Nam")
    assert len(read.notes) == 1
