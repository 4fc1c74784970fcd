"""Lists become links: feeds, sitemaps, listing pages, WordPress posts, pages of links."""

from __future__ import annotations

import doctest
import gzip
import json
import subprocess
import sys
from collections.abc import Mapping

import pytest

import ingest.lists
from ingest.errors import UnreadableList
from ingest.lists import feeds, gathering, page_files, page_url, read_list
from ingest.lists.models import Link, LinkRole, ListPage
from ingest.sites.site import Site
from ingest.sources import StartKind

PAGE, FILE, LIST = LinkRole.PAGE, LinkRole.FILE, LinkRole.LIST
SITE = Site(
    name="thu.example",
    hosts=("thu.example",),
    items=(".list-news h3 a", ".list-news .item"),
    next=(".pager a.next",),
    files=(".files a[data-file]",),
)


def _read(
    kind: StartKind,
    text: str | bytes,
    *,
    url: str = "https://thu.example/tin/",
    headers: Mapping[str, str] | None = None,
    site: Site | None = None,
) -> ListPage:
    content = text.encode() if isinstance(text, str) else text
    return read_list(kind, url, content, headers or {}, site=site)


def _rss(items: str, head: str = "") -> str:
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Thử</title>{head}{items}</channel></rss>'


@pytest.mark.parametrize("module", [feeds, gathering, ingest.lists])
def test_examples_in_the_docstrings_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


# --- feeds ------------------------------------------------------------------------------------------------


def test_an_rss_item_gives_its_address_title_without_markup_and_day_in_vietnam() -> None:
    page = _read(
        StartKind.FEED,
        _rss(
            "<item><title><![CDATA[<b>Hà Tĩnh</b> sơ kết &amp; triển khai]]></title>"
            "<link>https://thu.example/so-ket-post1.html</link>"
            '<description><![CDATA[<img src="/a.jpg"/><br />Tóm tắt]]></description>'
            "<pubDate>Wed, 20 Jul 2022 01:00:00 GMT</pubDate></item>"
            "<item><title>Tin hai</title><link>/tin-hai-post2.html</link>"
            "<pubDate>Wed, 20 Jul 2022 08:00:00</pubDate></item>"
        ),
    )
    assert page.links == (
        Link(
            url="https://thu.example/so-ket-post1.html",
            role=PAGE,
            title="Hà Tĩnh sơ kết & triển khai",
            published_at="2022-07-20T08:00:00+07:00",
        ),
        Link(
            url="https://thu.example/tin-hai-post2.html",
            role=PAGE,
            title="Tin hai",
            published_at="2022-07-20T08:00:00+07:00",
        ),
    )
    assert page.skipped == ()


def test_an_atom_entry_gives_its_day_of_publication_and_of_change() -> None:
    page = _read(
        StartKind.FEED,
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Thử</title><id>x</id>'
        '<entry><title type="html">Về &lt;i&gt;việc&lt;/i&gt; A</title>'
        '<link rel="self" href="/api/1"/><link rel="alternate" href="/a.html"/>'
        "<published>2026-03-02T01:00:00Z</published><updated>2026-03-05T01:00:00Z</updated></entry></feed>",
    )
    assert page.links == (
        Link(
            url="https://thu.example/a.html",
            role=PAGE,
            title="Về việc A",
            published_at="2026-03-02T08:00:00+07:00",
            modified_at="2026-03-05T08:00:00+07:00",
        ),
    )


def test_an_rdf_feed_dates_its_items_with_dublin_core() -> None:
    page = _read(
        StartKind.FEED,
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>T</title></channel>'
        '<item rdf:about="https://thu.example/a"><title>A</title><link>https://thu.example/a</link>'
        "<dc:date>2026-03-02T08:00:00+07:00</dc:date></item></rdf:RDF>",
    )
    assert page.links == (
        Link(url="https://thu.example/a", role=PAGE, title="A", published_at="2026-03-02T08:00:00+07:00"),
    )


def test_an_empty_title_and_a_missing_day_stay_unknown() -> None:
    page = _read(
        StartKind.FEED,
        _rss("<item><title></title><link>https://thu.example/nghi-dinh-46-2026-nd-cp-9.htm</link></item>"),
    )
    assert page.links == (Link(url="https://thu.example/nghi-dinh-46-2026-nd-cp-9.htm", role=PAGE),)


@pytest.mark.parametrize(
    ("stated", "read"),
    [
        ("Wed, 20 Jul 2022 08:00:00 +0700", "2022-07-20T08:00:00+07:00"),
        ("Wed, 20 Jul 2022 08:00:00 GMT+7", "2022-07-20T08:00:00+07:00"),
        ("20 Jul 2022 08:00 (GMT+07:00)", "2022-07-20T08:00:00+07:00"),
        ("Wed, 20 Jul 2022", "2022-07-20"),
        ("2022-07-20 08:00:00", "2022-07-20T08:00:00+07:00"),
        ("Thứ Tư, 20/07/2022, 08:00 (GMT+7)", "2022-07-20T08:00:00+07:00"),
        ("Wed, 20 Jul 2022 08:00:00 EST", None),
        ("Wed, 31 Feb 2022 08:00:00 GMT", None),
        ("Mon, 01 Jan 0001 00:00:00 GMT", None),
        ("hôm qua", None),
        ("", None),
    ],
)
def test_days_of_feeds_are_read_or_unknown_never_guessed(stated: str, read: str | None) -> None:
    assert feeds.read_feed_date(stated) == read


def test_an_item_without_an_address_is_skipped_with_its_title() -> None:
    page = _read(
        StartKind.FEED,
        _rss(
            "<item><title>Không nơi đến</title></item><item><title>Thư</title><link>mailto:a@b.vn</link></item>"
        ),
    )
    assert page.links == ()
    assert page.skipped == (
        "Mục 1 (Không nơi đến) không có địa chỉ trang: ''.",
        "Mục 2 (Thư) không có địa chỉ trang: 'mailto:a@b.vn'.",
    )


def test_a_feed_of_broken_xml_gives_its_usable_items_and_says_so() -> None:
    whole = _rss(
        "".join(
            f"<item><title>Tin {n} & khác</title><link>https://thu.example/{n}</link></item>" for n in (1, 2)
        )
    )
    page = _read(StartKind.FEED, whole.removesuffix("</channel></rss>"))
    assert [link.url for link in page.links] == ["https://thu.example/1", "https://thu.example/2"]
    assert page.skipped == ("XML của https://thu.example/tin/ bị hỏng; chỉ lấy được 2 mục đọc được.",)


def test_a_feed_in_another_charset_is_read_by_what_it_declares() -> None:
    text = _rss("<item><title>Cà phê Bố Trạch</title><link>https://thu.example/1</link></item>")
    page = _read(StartKind.FEED, text.replace("utf-8", "utf-16").encode("utf-16"))
    assert page.links[0].title == "Cà phê Bố Trạch"


def test_entities_of_a_feed_load_nothing_and_do_not_grow(tmp_path: object) -> None:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    page = _read(
        StartKind.FEED,
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "ha"><!ENTITY f SYSTEM "file:///etc/hostname">{bomb}]>'
        "<rss version='2.0'><channel><item><title>x&a11;&f;</title><link>https://thu.example/1</link></item>"
        "</channel></rss>",
    )
    assert [link.url for link in page.links] == ["https://thu.example/1"]
    assert len(page.links[0].title or "") < 20


@pytest.mark.parametrize(
    "content",
    [
        "<!DOCTYPE html><html><head><title>Đăng nhập</title></head><body><p>Xin chào</p></body></html>",
        "",
        "{}",
        "<rss version='2.0'><channel><item",
        "/etc/hostname",
    ],
)
def test_what_is_no_feed_is_an_error_and_not_an_empty_list(content: str) -> None:
    with pytest.raises(UnreadableList, match=r"https://thu\.example/tin/ không phải nguồn tin"):
        _read(StartKind.FEED, content)


def test_a_feed_larger_than_any_is_not_parsed() -> None:
    with pytest.raises(UnreadableList, match="lớn 9 MB, quá 8 MB"):
        _read(StartKind.FEED, _rss("<item>" + "x" * (9 * 2**20)))


def test_of_very_many_reasons_the_first_are_kept_and_the_rest_counted() -> None:
    page = _read(StartKind.FEED, _rss("<item><title>x</title></item>" * 60))
    assert len(page.skipped) == 51
    assert page.skipped[-1] == "… và 10 mục khác bị bỏ qua."


def test_a_feed_without_items_is_an_empty_list() -> None:
    assert _read(StartKind.FEED, _rss("")) == ListPage(links=())


# --- sitemaps ---------------------------------------------------------------------------------------------

_URLSET = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def test_an_index_of_sitemaps_gives_further_lists() -> None:
    page = _read(
        StartKind.SITEMAP,
        f'\n<?xml version="1.0" encoding="UTF-8"?><sitemapindex {_URLSET}>'
        "<sitemap><loc>https://thu.example/sitemaps/news-2026-3.xml</loc><lastmod>2026-03-31</lastmod></sitemap>"
        "<sitemap><loc> /sitemap/2.xml.gz </loc></sitemap></sitemapindex>",
    )
    assert page.links == (
        Link(url="https://thu.example/sitemaps/news-2026-3.xml", role=LIST, modified_at="2026-03-31"),
        Link(url="https://thu.example/sitemap/2.xml.gz", role=LIST),
    )


def test_a_news_sitemap_gives_title_and_day_and_not_the_address_of_a_picture() -> None:
    page = _read(
        StartKind.SITEMAP,
        f'<urlset {_URLSET} xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
        ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">'
        "<url><image:image><image:loc>https://thu.example/a.jpg</image:loc></image:image>"
        "<loc>https://thu.example/a.html</loc><lastmod>2026-03-02T01:00:00Z</lastmod>"
        "<news:news><news:publication_date>2026-03-01T08:00:00+07:00</news:publication_date>"
        "<news:title>Sơ kết &amp;amp; triển khai</news:title></news:news></url></urlset>",
    )
    assert page.links == (
        Link(
            url="https://thu.example/a.html",
            role=PAGE,
            title="Sơ kết & triển khai",
            published_at="2026-03-01T08:00:00+07:00",
            modified_at="2026-03-02T08:00:00+07:00",
        ),
    )


def _sitemap(count: int) -> bytes:
    urls = "".join(f"<url><loc>https://thu.example/{n}.html</loc></url>" for n in range(count))
    return f"<urlset {_URLSET}>{urls}</urlset>".encode()


def test_a_gzipped_sitemap_is_told_by_its_bytes() -> None:
    page = _read(StartKind.SITEMAP, gzip.compress(_sitemap(3)))
    assert [link.url for link in page.links] == [f"https://thu.example/{n}.html" for n in range(3)]


def test_memory_holds_the_links_and_not_the_tree() -> None:
    """A thousand entries of two thousand elements each: as a tree more than 200 MB."""
    code = (
        "import resource, gzip; from ingest.lists import read_list; from ingest.sources import StartKind;"
        "entries = (f'<url><loc>https://thu.example/{n}</loc>' + '<i/>' * 2000 + '</url>' for n in range(1000));"
        "content = gzip.compress(b'<urlset>' + ''.join(entries).encode() + b'</urlset>');"
        "peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss; before = peak();"
        "found = read_list(StartKind.SITEMAP, 'https://thu.example/', content, {});"
        "print(len(found.links), peak() - before)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    count, grown = map(int, done.stdout.split())
    assert count == 1000
    assert grown < 50_000  # KB


def test_more_entries_than_the_protocol_allows_are_left_out_and_told() -> None:
    page = _read(StartKind.SITEMAP, _sitemap(50_001))
    assert len(page.links) == 50_000
    assert page.skipped == ("Sơ đồ trang https://thu.example/tin/ có hơn 50000 mục; chỉ lấy 50000 mục đầu.",)


def test_a_gzip_bomb_is_read_up_to_the_bound() -> None:
    bomb = gzip.compress(_sitemap(2).removesuffix(b"</urlset>") + b"<!-- x -->" * (8 * 2**20) + b"</urlset>")
    page = _read(StartKind.SITEMAP, bomb)
    assert len(page.links) == 2
    assert page.skipped == ("Sơ đồ trang https://thu.example/tin/ lớn quá 64 MB; chỉ lấy 2 mục đầu.",)


def test_an_entry_of_endless_elements_is_not_built() -> None:
    start = _sitemap(2).removesuffix(b"</urlset>") + b"<url>"
    page = _read(StartKind.SITEMAP, gzip.compress(start + b"<x/>" * (5 * 2**20)))
    assert len(page.links) == 2
    assert page.skipped == (
        "Sơ đồ trang https://thu.example/tin/ có một mục với hơn 20000 phần tử; chỉ lấy 2 mục đầu.",
    )


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gz"])
def test_a_sitemap_that_breaks_off_gives_what_it_had_and_says_so(pack: object) -> None:
    whole = pack(_sitemap(9_000))  # type: ignore[operator]
    page = _read(StartKind.SITEMAP, whole[: len(whole) // 2])
    count = len(page.links)
    assert 0 < count < 9_000
    assert [link.url for link in page.links] == [f"https://thu.example/{n}.html" for n in range(count)]
    assert page.skipped == (
        f"Sơ đồ trang https://thu.example/tin/ bị đứt hoặc hỏng giữa chừng; chỉ lấy được {count} mục đầu.",
    )


def test_an_entry_without_a_usable_address_is_told() -> None:
    page = _read(
        StartKind.SITEMAP,
        f"<urlset {_URLSET}><url><lastmod>2026-01-01</lastmod></url><url><loc>javascript:x</loc></url></urlset>",
    )
    assert page == ListPage(
        links=(),
        skipped=(
            "Một mục của sơ đồ trang không có địa chỉ dùng được: None.",
            "Một mục của sơ đồ trang không có địa chỉ dùng được: 'javascript:x'.",
        ),
    )


def test_entities_of_a_sitemap_are_not_resolved() -> None:
    content = (
        '<!DOCTYPE urlset [<!ENTITY f SYSTEM "file:///etc/hostname">]>'
        f"<urlset {_URLSET}><url><loc>https://thu.example/&f;</loc></url></urlset>"
    )
    assert [link.url for link in _read(StartKind.SITEMAP, content).links] == ["https://thu.example/"]


@pytest.mark.parametrize(
    "content",
    [
        "<!DOCTYPE html><html><body>Xin chào</body></html>",
        _rss("<item><link>https://thu.example/1</link></item>"),
        "",
        "<urlset",
        gzip.compress(b"khong phai xml", mtime=0),
        b"\x1f\x8b\x08rubbish",
    ],
)
def test_what_is_no_sitemap_is_an_error(content: str | bytes) -> None:
    with pytest.raises(UnreadableList, match="không phải sơ đồ trang"):
        _read(StartKind.SITEMAP, content)


# --- listing pages ----------------------------------------------------------------------------------------

_LISTING = """<html><body><nav><a href="/gioi-thieu">Giới thiệu về cổng thông tin</a></nav>
<div class="list-news"><a href="/a.html"><img src="a.jpg"></a><h3><a href="/a.html">Tin thứ nhất</a></h3>
<h3><a href="/b.html" title="Tin thứ hai, có ảnh"><img src="b.jpg"></a></h3>
<span class="files"><a href="#" data-file="/tep/12-nq.pdf">Tải</a></span></div>
<div class="hot"><a href="/nong.html">Tin nóng không thuộc danh sách này</a></div>
<div class="pager"><a href="?trang=1">1</a><a class="next" href="?trang=2">»</a></div></body></html>"""


def test_rules_of_a_site_choose_its_items_files_and_next_page() -> None:
    page = _read(StartKind.LISTING, _LISTING, site=SITE)
    assert page == ListPage(
        links=(
            Link(url="https://thu.example/a.html", role=PAGE, title="Tin thứ nhất"),
            Link(url="https://thu.example/b.html", role=PAGE, title="Tin thứ hai, có ảnh"),
            Link(url="https://thu.example/tep/12-nq.pdf", role=FILE, title=None),
            Link(url="https://thu.example/tin/?trang=2", role=LIST),
        )
    )


def test_an_item_that_is_no_link_stands_for_the_first_link_in_it() -> None:
    page = _read(
        StartKind.LISTING,
        '<div class="list-news"><div class="item"><p>15/7/2021</p><a href="/x.html">Văn bản</a></div></div>',
        site=SITE,
    )
    assert page.links == (Link(url="https://thu.example/x.html", role=PAGE, title="Văn bản"),)


def test_without_rules_links_that_read_like_titles_are_taken_outside_of_frames() -> None:
    page = _read(StartKind.LISTING, _LISTING)
    assert page.links == (
        Link(url="https://thu.example/b.html", role=PAGE, title="Tin thứ hai, có ảnh"),
        Link(url="https://thu.example/tep/12-nq.pdf", role=FILE),
        Link(url="https://thu.example/nong.html", role=PAGE, title="Tin nóng không thuộc danh sách này"),
        Link(url="https://thu.example/tin/?trang=2", role=LIST),
    )


def test_an_item_is_dated_by_a_moment_in_its_box_and_not_by_the_day_of_a_document() -> None:
    row = '<li><h3><a href="/{0}.html">Nghị quyết về việc thứ {0}</a></h3><span>{1}</span></li>'
    dates = ("05.05.2026 | 20:23 PM", "15/7/2021", "", "Cập nhật 05/05/2026 08:15", "05/05/2026 08:15")
    rows = "".join(row.format(n, date) for n, date in enumerate(dates))
    page = _read(StartKind.LISTING, f"<p>01/05/2026 07:00</p><ul>{rows}</ul>")
    assert [link.published_at for link in page.links] == [
        "2026-05-05T20:23:00+07:00",
        None,
        None,
        None,
        "2026-05-05T08:15:00+07:00",
    ]


def test_without_rules_the_main_element_and_rel_next_are_believed() -> None:
    page = _read(
        StartKind.LISTING,
        '<head><link rel="next" href="/tin/trang-2.htm"></head><div><a href="/q.html">Bốn từ của quảng cáo</a></div>'
        '<main><a href="/a.html">Kế hoạch triển khai năm nay</a><a href="/b.html">Xem thêm</a></main>',
    )
    assert [(link.url, link.role) for link in page.links] == [
        ("https://thu.example/a.html", PAGE),
        ("https://thu.example/tin/trang-2.htm", LIST),
    ]


def test_the_head_of_an_article_is_none_of_the_page() -> None:
    page = _read(
        StartKind.LISTING,
        '<header><a href="/gioi-thieu.html">Giới thiệu về chúng tôi</a></header>'
        '<article><header><h2><a href="/a.html">Kế hoạch triển khai năm nay</a></h2></header></article>',
    )
    assert [link.url for link in page.links] == ["https://thu.example/a.html"]


def test_rules_that_find_nothing_are_told_and_the_page_is_read_as_any_other() -> None:
    page = _read(
        StartKind.LISTING, '<main><a href="/a.html">Kế hoạch triển khai năm nay</a></main>', site=SITE
    )
    assert [link.url for link in page.links] == ["https://thu.example/a.html"]
    assert page.skipped == (
        "Luật của thu.example không tìm thấy mục nào trong https://thu.example/tin/; đã đọc như trang bất kỳ.",
    )


def test_a_listing_without_items_says_so() -> None:
    page = _read(StartKind.LISTING, "<p>Không có dữ liệu</p>")
    assert page == ListPage(links=(), skipped=("Trang danh sách https://thu.example/tin/ không có mục nào.",))


def test_the_charset_of_the_answer_counts_before_that_of_the_page() -> None:
    html = '<meta charset="windows-1252"><main><a href="/a.html">Kế hoạch triển khai năm nay</a></main>'
    page = _read(StartKind.LISTING, html, headers={"content-type": "text/html; charset=utf-8"})
    assert page.links[0].title == "Kế hoạch triển khai năm nay"


@pytest.mark.parametrize("kind", [StartKind.LISTING, StartKind.LINKS])
@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\x00\x01\x02\x00" * 50])
def test_a_listing_that_is_no_html_is_an_error(kind: StartKind, content: bytes) -> None:
    with pytest.raises(UnreadableList, match=r"https://thu\.example/tin/ không phải trang HTML"):
        _read(kind, content)


def test_the_address_of_one_page_of_a_numbered_list() -> None:
    assert page_url("https://thu.example/moi.htm?page={page}", 1) == "https://thu.example/moi.htm?page=1"


# --- files of a page --------------------------------------------------------------------------------------


def test_files_that_the_rules_choose_hang_on_a_page_whatever_their_address_ends_in() -> None:
    html = b'<p class="files"><a href="#" data-file="https://tep.example/tai?id=7">12-NQ/TU</a></p><a href="/x.pdf">x</a>'
    assert page_files("https://thu.example/vb/1.htm", html, SITE) == (
        Link(url="https://tep.example/tai?id=7", role=FILE, title="12-NQ/TU"),
    )


def test_without_rules_files_are_told_by_their_ending_in_the_main_text() -> None:
    text = (
        "<p>Ban hành kèm theo Kế hoạch này là biểu mẫu báo cáo kết quả thực hiện của các địa phương.</p>" * 4
    )
    html = f"""<body><nav><a href="/huong-dan.pdf">Hướng dẫn</a></nav><div class="entry-content">{text}
      <a href="tep/KH%203004.PDF?v=2">Tải về</a> <a href="bieu.docx">Biểu</a> <a href="/khac.html">Tin</a></div>
      <footer><a href="/so-do.pdf">Sơ đồ</a></footer></body>"""
    found = page_files("https://thu.example/vb/1.htm", html.encode())
    assert [(link.url, link.role, link.title) for link in found] == [
        ("https://thu.example/vb/tep/KH%203004.PDF?v=2", FILE, None),
        ("https://thu.example/vb/bieu.docx", FILE, "Biểu"),
    ]


def test_a_page_that_is_a_file_itself_has_none() -> None:
    assert page_files("https://thu.example/a.pdf", b"%PDF-1.7\x00\x01\x02\x00" * 50) == ()


# --- WordPress --------------------------------------------------------------------------------------------


def _post(number: int, **more: object) -> dict[str, object]:
    return {"link": f"https://thu.example/bai-{number}/", "title": {"rendered": f"Bài {number}"}, **more}


def _posts(
    posts: object,
    *,
    pages: int | None = None,
    url: str = "https://thu.example/wp-json/wp/v2/posts?per_page=2",
) -> ListPage:
    headers = {} if pages is None else {"x-wp-totalpages": str(pages)}
    return _read(StartKind.WORDPRESS, json.dumps(posts), url=url, headers=headers)


def test_a_post_gives_its_title_unescaped_and_its_days_in_vietnam() -> None:
    page = _posts(
        [
            _post(
                1,
                title={"rendered": "Sơ kết &#8211; <em>nông thôn</em> mới"},
                date="2026-03-02T09:00:00",
                date_gmt="2026-03-02T01:00:00",
                modified_gmt="2026-03-03T01:00:00",
            ),
            _post(2, date="2026-03-02T09:00:00"),
        ],
        pages=1,
    )
    assert page == ListPage(
        links=(
            Link(
                url="https://thu.example/bai-1/",
                role=PAGE,
                title="Sơ kết – nông thôn mới",
                published_at="2026-03-02T08:00:00+07:00",
                modified_at="2026-03-03T08:00:00+07:00",
            ),
            Link(
                url="https://thu.example/bai-2/",
                role=PAGE,
                title="Bài 2",
                published_at="2026-03-02T09:00:00+07:00",
            ),
        )
    )


@pytest.mark.parametrize(
    ("asked", "follows"), [("per_page=2", "page=2&per_page=2"), ("page=2&per_page=2", "page=3&per_page=2")]
)
def test_the_next_page_of_posts_follows_as_long_as_the_site_counts_further(asked: str, follows: str) -> None:
    base = "https://thu.example/wp-json/wp/v2/posts?"
    page = _posts([_post(1)], pages=3, url=base + asked)
    assert page.links[-1] == Link(url=base + follows, role=LIST)
    assert [link.role for link in _posts([_post(1)], pages=3, url=f"{base}page=3").links] == [PAGE]


def test_posts_without_a_count_of_pages_end_here_and_say_so() -> None:
    page = _posts([_post(1)])
    assert [link.role for link in page.links] == [PAGE]
    assert page.skipped == (
        "https://thu.example/wp-json/wp/v2/posts?per_page=2 không cho biết có bao nhiêu trang (X-WP-TotalPages); "
        "chỉ lấy trang này.",
    )


def test_a_post_without_an_address_is_told() -> None:
    page = _posts([{"title": {"rendered": "x"}}, "?"], pages=1)
    assert page.links == () and len(page.skipped) == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"code":"rest_no_route","message":"No route &amp; nothing"}', "máy chủ báo: No route & nothing"),
        ("<html></html>", "không phải JSON"),
        ("3", "không phải danh sách bài"),
        ("[" * 100_000, "không phải JSON"),
    ],
)
def test_an_error_of_the_interface_is_an_error(content: str, said: str) -> None:
    with pytest.raises(UnreadableList, match=said):
        _read(StartKind.WORDPRESS, content)


# --- links ------------------------------------------------------------------------------------------------


def test_every_link_of_a_page_is_followed_but_those_it_asks_not_to() -> None:
    page = _read(
        StartKind.LINKS,
        '<base href="/vb/"><a href="1.html">Một</a><a href="2.doc">Hai</a><a rel="nofollow ugc" href="3.html">Ba</a>'
        '<a href="#top">Lên</a><a href="javascript:void(0)">?</a><a href="mailto:a@b.vn">Thư</a>'
        '<a href="1.html#phan-2">Một, phần hai</a><a href="/tin/">Chính trang này</a>',
    )
    assert page == ListPage(
        links=(
            Link(url="https://thu.example/vb/1.html", role=PAGE, title="Một"),
            Link(url="https://thu.example/vb/2.doc", role=FILE, title="Hai"),
        ),
        skipped=("1 liên kết của https://thu.example/tin/ mang rel=nofollow nên không đi theo.",),
    )


def test_a_page_may_ask_not_to_follow_any_of_its_links() -> None:
    page = _read(StartKind.LINKS, '<meta name="Robots" content="noindex, NOFOLLOW"><a href="1.html">Một</a>')
    assert page == ListPage(
        links=(),
        skipped=(
            "Trang https://thu.example/tin/ yêu cầu không đi theo liên kết nào (meta robots nofollow).",
        ),
    )
