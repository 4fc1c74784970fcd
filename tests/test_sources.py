"""The file of sources: what it may say, what is told of what it may not, and what is written into it."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from ingest.errors import SourcesError
from ingest.sites import SITES
from ingest.sources import Source, SourceKind, Start, StartKind, add_source, load_sources, set_enabled
from ingest.sources_file import SHIPPED

GUIDE = Path(__file__).parents[1] / "docs" / "sources.md"
ENTRY = """[[source]]
name = "thu"
publisher = "Báo Thử"
kind = "news"
verified = "chưa kiểm chứng trực tuyến"

[[source.start]]
kind = "feed"
url = "https://thu.example/rss"
verified = "chưa kiểm chứng trực tuyến"
"""


@pytest.fixture
def user_file(tmp_path: Path) -> Path:
    return tmp_path / "cua tôi" / "sources.toml"


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return path


# --- what is shipped --------------------------------------------------------------------------------------


def test_every_shipped_source_says_how_it_is_known_and_none_that_it_was_seen_online() -> None:
    sources = load_sources().all()
    assert len({source.name for source in sources}) == len(sources) >= 12
    for item in (item for source in sources for item in (source, *source.starts)):
        assert "chưa kiểm chứng" in item.verified, item


def test_only_small_feeds_are_enabled_as_shipped() -> None:
    enabled = load_sources().enabled()
    assert [source.name for source in enabled] == ["baohatinh", "nhandan", "congbao-chinhphu"]
    assert {start.kind for source in enabled for start in source.starts} == {StartKind.FEED}
    assert max(source.budget for source in enabled) <= 200


def test_shipped_sources_are_polite_and_reach_no_private_host() -> None:
    for source in load_sources().all():
        assert source.delay >= 2 or source.barred, source.name
        assert not source.private, source.name


@pytest.mark.parametrize(
    "source", [s for s in load_sources().all() if s.site and not s.barred], ids=lambda s: s.name
)
def test_the_rules_of_a_shipped_source_are_those_of_its_hosts(source: Source) -> None:
    site = SITES[source.site or ""]
    hosts = [start.url.split("/")[2] for start in source.starts]
    assert all(any(host == own or host.endswith(f".{own}") for own in site.hosts) for host in hosts)


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("baohatinh", "https://baohatinh.vn/so-ket-post310451.html"),
        ("baohatinh", "https://baohatinh.vn/chinh-tri/so-ket/163000.htm"),
        ("nhandan", "https://nhandan.vn/mo-rong-tin-dung-post951207.html"),
        ("baohungyen", "https://baohungyen.vn/mo-rong-vung-trong-nhan-3184512.html"),
        ("baohungyen", "https://baothaibinh.com.vn/tin-tuc/4/81234/hoi-thao"),
        ("congbao-chinhphu", "https://congbao.chinhphu.vn/van-ban/nghi-dinh-so-181-2026-nd-cp-48211.htm"),
        ("vanban-chinhphu", "https://vanban.chinhphu.vn/?docid=219001&pageid=27160"),
        ("xaydungchinhsach", "https://xaydungchinhsach.chinhphu.vn/muc-chi-119260505081500123.htm"),
        ("chinhphu", "https://chinhphu.vn/he-thong-chinh-tri-68381"),
        ("vbpl", "https://vbpl.vn/van-ban/chi-tiet/quyet-dinh-12-2026-qd-ubnd-ha-tinh--178201"),
        (
            "tulieuvankien",
            "https://tulieuvankien.dangcongsan.vn/he-thong-van-ban/van-ban-cua-dang/chi-thi-61-8841",
        ),
        ("tulieuvankien", "https://tulieuvankien.dangcongsan.vn/Uploads/2026/4/22/CT61-TW.pdf"),
        ("nongthonmoi-hatinh", "https://nongthonmoi.hatinh.gov.vn/Tin-tuc/Huong-Son-ve-dich-1234.html"),
    ],
)
def test_shipped_patterns_let_the_known_forms_of_pages_in(name: str, url: str) -> None:
    assert load_sources().get(name).refuses(url) is None


@pytest.mark.parametrize(
    ("name", "url", "why"),
    [
        ("baohatinh", "https://baohatinh.vn/nong-thon-moi-tag1234.html", "không khớp mẫu cho phép"),
        ("baohatinh", "https://facebook.com/x-post1.html", "máy chủ 'facebook.com' không thuộc nguồn"),
        ("baohatinh", "https://baohatinh.vn.xau.example/x-post1.html", "không thuộc nguồn"),
        ("vbpl", "https://vbpl.vn/api/van-ban/chi-tiet/a--1", "khớp mẫu loại trừ (deny) '/api/'"),
        ("vbpl", "https://vbpl.vn/van-ban/chi-tiet/a--1?tabs=luoc-do", "không khớp mẫu cho phép"),
        ("luatvietnam", "https://luatvietnam.vn/dat-dai/nghi-dinh-1-d1.html", "deny"),
        ("thuvienphapluat", "https://thuvienphapluat.vn/van-ban/a.aspx", "chỉ nạp trang do người đọc tự lưu"),
    ],
)
def test_shipped_patterns_keep_other_pages_out_and_say_why(name: str, url: str, why: str) -> None:
    assert why in (load_sources().get(name).refuses(url) or "")


def test_an_unknown_source_is_told_with_the_names_that_come_near() -> None:
    with pytest.raises(SourcesError, match=r"tên 'bao-ha-tinh'\. Có phải 'baohatinh'"):
        load_sources().get("bao-ha-tinh")


# --- the user's file --------------------------------------------------------------------------------------


def test_a_file_that_is_not_there_adds_nothing(user_file: Path) -> None:
    assert load_sources(user_file) == load_sources()


def test_an_entry_of_the_users_joins_the_shipped_ones_with_every_key(user_file: Path) -> None:
    _write(
        user_file,
        ENTRY.replace(
            "\n[[source.start]]",
            """province = "Hà Tĩnh"
site = "wordpress"
hosts = ["Media.Thu.example", "thu.example:8080"]
allow = ['\\.html$']
deny = ['/tag/']
delay = 0.2
budget = 7
depth = 0
private = true
enabled = true
note = "thử"

[[source.start]]""",
        )
        + '[[source.start]]\nkind = "listing"\nurl = "https://thu.example/tin?trang={page}"\nfirst_page = 0\nverified = "-"\n',
    )
    found = load_sources(user_file)
    assert found.all()[:-1] == load_sources().all()
    assert found.get("thu") == Source(
        name="thu",
        publisher="Báo Thử",
        kind=SourceKind.NEWS,
        verified="chưa kiểm chứng trực tuyến",
        province="Hà Tĩnh",
        site="wordpress",
        hosts=("media.thu.example", "thu.example:8080"),
        allow=(r"\.html$",),
        deny=("/tag/",),
        delay=0.2,
        budget=7,
        depth=0,
        private=True,
        enabled=True,
        note="thử",
        starts=(
            Start(kind=StartKind.FEED, url="https://thu.example/rss", verified="chưa kiểm chứng trực tuyến"),
            Start(
                kind=StartKind.LISTING, url="https://thu.example/tin?trang={page}", verified="-", first_page=0
            ),
        ),
    )
    assert found.get("thu").all_hosts() == ("thu.example", "media.thu.example", "thu.example:8080")


def test_a_host_with_a_port_allows_that_port_alone() -> None:
    start = Start(kind=StartKind.FOLDER, url="/srv/van-ban", verified="-")
    source = Source(
        name="a",
        publisher="A",
        kind=SourceKind.NEWS,
        verified="-",
        starts=(start,),
        hosts=("a.example:8080",),
    )
    assert source.all_hosts() == ("a.example:8080",)
    assert source.refuses("http://a.example:8080/x") is None
    assert source.refuses("http://a.example/x") == "máy chủ 'a.example' không thuộc nguồn 'a'"


def test_an_entry_of_the_users_takes_the_place_of_a_shipped_one_whole(user_file: Path) -> None:
    _write(user_file, ENTRY.replace('"thu"', '"baohatinh"'))
    found = load_sources(user_file)
    assert [source.name for source in found.all()] == [source.name for source in load_sources().all()]
    assert found.get("baohatinh").publisher == "Báo Thử"
    assert found.get("baohatinh").province is None
    assert not found.get("baohatinh").enabled


def test_a_folder_is_a_start_without_a_host(user_file: Path) -> None:
    _write(user_file, ENTRY.replace('"feed"', '"folder"').replace("https://thu.example/rss", "/srv/van-ban"))
    assert load_sources(user_file).get("thu").all_hosts() == ()


@pytest.mark.parametrize(
    ("was", "is_now", "told"),
    [
        ("budget", "budget", "không đúng cú pháp TOML"),
        ('name = "thu"', 'nam = "thu"', "nguồn 'thứ 1': khóa 'nam' không có nghĩa. Có phải 'name'?"),
        ('name = "thu"', 'name = "Thử"', "khóa 'name': 'Thử' không dùng được; cần chữ thường không dấu"),
        ('name = "thu"\n', "", "thiếu khóa 'name'. Hãy thêm khóa này"),
        ('publisher = "Báo Thử"', 'publisher = " "', "khóa 'publisher': ' ' không dùng được"),
        ('kind = "news"', 'kind = "tin"', "khóa 'kind': 'tin' không dùng được; cần một trong: news, documents"),
        ('verified = "chưa kiểm chứng trực tuyến"\n\n', "\n", "nguồn 'thu': thiếu khóa 'verified'. Hãy ghi khi nào"),
        ("rss\"\nverified", "rss\"\nverify", "[[source.start]] thứ 1: khóa 'verify' không có nghĩa"),
        ('"feed"', '"rss"', "[[source.start]] thứ 1, khóa 'kind': 'rss' không dùng được"),
        ("https://thu", "thu", "khóa 'url': 'thu.example/rss' không phải địa chỉ Web"),
        ("https://thu", "ftp://thu", "khóa 'url': 'ftp://thu.example/rss' không phải địa chỉ Web"),
        ("example/rss", "example/{page}", "{page} chỉ dùng với kind = \"listing\""),
        ('kind = "news"', 'kind = "news"\nallow = ["("]', "khóa 'allow': '(' không dùng được; cần một biểu thức"),
        ('kind = "news"', 'kind = "news"\ndeny = "x"', "khóa 'deny': 'x' không dùng được; cần một danh sách"),
        ('kind = "news"', 'kind = "news"\nhosts = ["https://a.vn"]', "cần tên máy chủ, không có https://"),
        ('kind = "news"', 'kind = "news"\nsite = "khong"', "khóa 'site': 'khong' không dùng được; cần tên một tệp"),
        ('kind = "news"', 'kind = "news"\nbudget = 0', "khóa 'budget': 0 không dùng được; cần một số nguyên từ 1"),
        ('kind = "news"', 'kind = "news"\nbudget = true', "khóa 'budget': True không dùng được"),
        ('kind = "news"', 'kind = "news"\ndelay = "1"', "khóa 'delay': '1' không dùng được; cần số giây"),
        ('kind = "news"', 'kind = "news"\ndelay = nan', "khóa 'delay': nan không dùng được"),
        ('kind = "news"', 'kind = "news"\ndelay = 0.5', "khóa 'delay': 0.5 giây là quá nhanh"),
        ('kind = "news"', 'kind = "news"\nenabled = 1', "khóa 'enabled': 1 không dùng được; cần true hoặc false"),
        ('kind = "news"', 'kind = "news"\nenabled = true\nbarred = "cấm"', "nguồn 'thu' không được thu thập (cấm)"),
        ("[[source.start]]", "[source.start]", "'start' phải là các bảng, mỗi bảng mở bằng [[…start]]"),
        ("[[source]]", "[[sources]]\n[[source]]", "khóa 'sources' không có nghĩa. Có phải 'source'?"),
    ],
)  # fmt: skip
def test_what_a_file_may_not_say_is_told_with_its_place_and_remedy(
    user_file: Path, was: str, is_now: str, told: str
) -> None:
    text = "budget" if was == "budget" else ENTRY.replace(was, is_now)
    assert text != ENTRY
    with pytest.raises(SourcesError) as error:
        load_sources(_write(user_file, text))
    assert str(user_file) in str(error.value)
    assert told in str(error.value)


def test_a_source_without_a_start_and_a_name_that_stands_twice_are_told(user_file: Path) -> None:
    with pytest.raises(SourcesError, match="nguồn 'thu' không có điểm bắt đầu"):
        load_sources(_write(user_file, ENTRY.partition("[[source.start]]")[0]))
    with pytest.raises(SourcesError, match="tên 'thu' có hai lần"):
        load_sources(_write(user_file, ENTRY + ENTRY))


def test_a_file_that_is_no_utf8_is_told(user_file: Path) -> None:
    user_file.parent.mkdir()
    user_file.write_bytes('publisher = "Báo"'.encode("utf-16"))
    with pytest.raises(SourcesError, match="mã UTF-8"):
        load_sources(user_file)


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("[enabled]\nnhandn = true", "có nguồn 'nhandn' không tồn tại. Có phải 'nhandan'?"),
        ('[enabled]\nnhandan = "có"', "chỉ nhận dạng tên = true hoặc tên = false"),
        ("[enabled]\nthuvienphapluat = true", "nguồn 'thuvienphapluat' không được thu thập"),
    ],
)
def test_switches_of_unknown_or_barred_sources_are_told(user_file: Path, table: str, told: str) -> None:
    with pytest.raises(SourcesError) as error:
        load_sources(_write(user_file, table))
    assert told in str(error.value)


# --- writing ----------------------------------------------------------------------------------------------


def test_switching_keeps_comments_and_changes_only_the_switch(user_file: Path) -> None:
    _write(user_file, f"# của tôi\n{ENTRY}# cuối\n")
    set_enabled(user_file, "nhandan", False)
    set_enabled(user_file, "vbpl", True)
    set_enabled(user_file, "vbpl", False)
    set_enabled(user_file, "thu", True)
    text = user_file.read_text("utf-8")
    assert text.startswith(f"# của tôi\n{ENTRY}# cuối\n")
    assert tomllib.loads(text)["enabled"] == {"nhandan": False, "vbpl": False, "thu": True}
    assert [source.name for source in load_sources(user_file).enabled()] == [
        "baohatinh",
        "congbao-chinhphu",
        "thu",
    ]


def test_a_source_that_is_added_is_read_back_as_it_was(user_file: Path) -> None:
    every = list(load_sources().all())
    set_enabled(user_file, "nhandan", False)
    for source in every:
        add_source(user_file, source)
    assert load_sources(user_file).get("baohatinh") == every[0]
    assert [s for s in load_sources(user_file).all() if s.name != "nhandan"] == [
        s for s in every if s.name != "nhandan"
    ]
    with pytest.raises(SourcesError, match="tên 'vbpl' có hai lần"):
        add_source(user_file, load_sources().get("vbpl"))
    assert user_file.read_text("utf-8").startswith("# Nguồn của bạn")


def test_a_source_joins_those_above_the_switches(user_file: Path) -> None:
    _write(user_file, f"{ENTRY}\n[enabled]  # của tôi\nthu = true\n")
    add_source(user_file, load_sources().get("vbpl"))
    assert "[enabled]  # của tôi\nthu = true\n" in user_file.read_text("utf-8")
    found = load_sources(user_file)
    assert found.get("thu").enabled
    assert [start.url for start in found.get("thu").starts] == ["https://thu.example/rss"]
    assert found.get("vbpl") == load_sources().get("vbpl")


def test_what_cannot_be_is_not_written(user_file: Path) -> None:
    _write(user_file, ENTRY)
    bad = Source(
        name="xau",
        publisher="X",
        kind=SourceKind.NEWS,
        verified="-",
        starts=(Start(kind=StartKind.FEED, url="x", verified="-"),),
    )
    with pytest.raises(SourcesError, match="'x' không phải địa chỉ Web"):
        add_source(user_file, bad)
    with pytest.raises(SourcesError, match="không được thu thập"):
        set_enabled(user_file, "thuvienphapluat", True)
    with pytest.raises(SourcesError, match="Không có nguồn nào tên 'khong-co'"):
        set_enabled(user_file, "khong-co", True)
    assert user_file.read_text("utf-8") == ENTRY
    assert list(user_file.parent.iterdir()) == [user_file]


def test_a_barred_source_may_be_switched_off(user_file: Path) -> None:
    set_enabled(user_file, "thuvienphapluat", False)
    assert not load_sources(user_file).get("thuvienphapluat").enabled


def test_the_shipped_file_is_in_the_package() -> None:
    assert SHIPPED.parent.name == "ingest" and SHIPPED.exists()


# --- the guide --------------------------------------------------------------------------------------------


def test_the_guide_explains_every_key_and_names_every_shipped_source() -> None:
    guide = GUIDE.read_text("utf-8")
    keys = {field.name for kind in (Source, Start) for field in fields(kind)} - {"starts"}
    kinds = {kind.value for kind in (*StartKind, *SourceKind)}
    names = {source.name for source in load_sources().all()}
    assert {word for word in keys | kinds | names if f"`{word}`" not in guide} == set()


def test_the_example_in_the_guide_can_be_read(user_file: Path) -> None:
    example = GUIDE.read_text("utf-8").partition("```toml\n")[2].partition("```")[0]
    found = load_sources(_write(user_file, example))
    assert found.get("bao-tinh").enabled
    assert found.get("bao-tinh").refuses("https://bao-tinh.example/so-ket-12.html") is None
