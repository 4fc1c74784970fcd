"""The page Kho dữ liệu through Streamlit's AppTest, over real stores and a web of our own on loopback."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from threading import Event

import pytest
from streamlit.testing.v1 import AppTest

from corpus.holdings import Bar
from corpus.intake import take_in
from corpus.store import Store
from ingest.sources import StartKind, add_source
from pages.bars import columns_spec, rows_spec
from tests.shown_pages import markup, words
from tests.small_web import Page, SmallWeb, article, feed, serve

NEW = (
    "Thông báo mở lớp bơi cho thiếu nhi phường mẫu\n\n"
    "Lớp bơi thiếu nhi của phường mẫu khai giảng ngày 5/6/2026 tại bể bơi nhà văn hóa.\n"
)
ROOT = Path(__file__).resolve().parents[1]
WAIT = 60.0  # seconds
PATHS = [f"/tin-{n}.html" for n in range(1, 5)]
DECISION = """ỦY BAN NHÂN DÂN\nTỈNH HÀ TĨNH\n\nSố: {number}/QĐ-UBND\n\nHà Tĩnh, ngày 05 tháng 3 năm {year}\n\nQUYẾT ĐỊNH
Về việc trồng cây ven đường {number}\n\nCăn cứ Quyết định số {cited}/QĐ-UBND ngày 04/3/{year} của Ủy ban nhân dân tỉnh Hà Tĩnh;\n
Điều 1. Các xã trồng cây dọc các tuyến đường liên thôn.\n
Điều 2. Quyết định này có hiệu lực từ ngày ký.\n
"""


@pytest.fixture
def open_part(
    open_page: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., AppTest]:
    """Open a part of the page over the store of this test, in a session of its own."""
    monkeypatch.setenv("CANCU_SOURCES", str(tmp_path / "sources.toml"))

    def run(part: str | None = None, page: str = "kho_du_lieu", **others: str | list[str]) -> AppTest:
        return open_page(tmp_path / "store", page, **({"phan": part} if part else {}), **others)

    return run


@pytest.fixture
def web(tmp_path: Path) -> Iterator[SmallWeb]:
    """Four articles and their feed, as the one source that the page may fetch from."""
    with serve() as running:
        running.pages["/rss"] = Page(feed(*PATHS, host=running.base))
        for n, path in enumerate(PATHS, 1):
            text = f"Xã số {n} rà soát các tuyến đường liên thôn, báo cáo kết quả trồng cây trước ngày {n} hằng tháng."
            running.pages[path] = Page(article(f"Tin trồng cây số {n}", text))
        add_source(tmp_path / "sources.toml", running.source((StartKind.FEED, "/rss"), allow=(r"/tin-",)))
        yield running


@pytest.fixture
def decisions(tmp_path: Path) -> Path:
    """A store of decisions 5 and 8 of 2024 and 3 of 2023 of one issuer, that mention 7 and 9."""
    folder = tmp_path / "vao"
    folder.mkdir()
    for number, year, cited in (("05", 2024, "07"), ("08", 2024, "09"), ("03", 2023, "02")):
        text = DECISION.format(number=number, year=year, cited=cited)
        (folder / f"{number}-{year}.txt").write_text(text, "utf-8")
    with Store.open(tmp_path / "store") as store:
        take_in(store, [folder])
    return folder


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def wait_for(app: AppTest, told: Callable[[AppTest], bool]) -> AppTest:
    deadline = time.monotonic() + WAIT
    while not told(app) and time.monotonic() < deadline:
        time.sleep(0.3)
        app.run()
    assert told(app), words(app)
    return app


def strip(app: AppTest) -> list[str]:
    """The numbers of the first series as they are drawn, with the signs before them."""
    first = re.findall(r'<section class="cc-series">.*?</section>', markup(app), re.DOTALL)[0]
    return [unescape(re.sub(r"<[^>]+>", "", cell)) for cell in re.findall(r"<li.*?</li>", first)]


# --- what is held, what is missing


def test_every_chart_has_its_words_and_its_table(open_part: Callable[..., AppTest], decisions: Path) -> None:
    app = open_part()
    charts = app.get("vega_lite_chart") or app.get("arrow_vega_lite_chart")
    assert len(charts) == 6
    tables = [expander.label for expander in app.expander]
    assert tables == [
        "Bảng số: theo nguồn",
        "Bảng số: theo loại văn bản",
        "Bảng số: theo tỉnh, thành phố",
        "Bảng số: theo năm",
        "Bảng số: theo cấp ban hành",
        "Bảng số: theo hiệu lực, tính đến hôm nay",
    ]
    assert "Quyết định3100,0%" in words(app)
    assert "2024266,7%" in words(app)
    assert "không rõ3100,0%" in words(app)  # the effect of none is known, and said so
    app.radio[0].set_value("province_today").run()
    assert "đang chứa nó từ ngày 1/7/2025" in words(app)


def test_the_numbers_of_a_series_are_told_apart_by_sign_and_word(
    open_part: Callable[..., AppTest], decisions: Path
) -> None:
    app = open_part("Khoảng trống")
    assert app.selectbox[0].value == "Ủy ban nhân dân tỉnh Hà Tĩnh"
    assert strip(app) == [
        "● 05: có",
        "○ 06: thiếu",
        "◇ 07: chỉ được nhắc tới",
        "● 08: có",
        "◇ 09: chỉ được nhắc tới",
    ]
    assert "Có 2 văn bản; thiếu 3 số, trong đó 2 số được nhắc tới; chưa có số nào dưới 05." in words(app)
    app.selectbox[1].set_value("năm 2023").run()
    assert strip(app) == ["◇ 02: chỉ được nhắc tới", "● 03: có"]
    app.toggle[0].set_value(True).run()
    assert "Không có dãy nào như vậy" in app.info[0].value


def test_a_store_without_numbers_says_what_the_part_would_show(
    open_part: Callable[..., AppTest], tmp_path: Path
) -> None:
    (tmp_path / "tin.txt").write_text("Thông báo\n\nCuộc họp bắt đầu lúc tám giờ sáng.\n", "utf-8")
    with Store.open(tmp_path / "store") as store:
        take_in(store, [tmp_path / "tin.txt"])
    app = open_part("Khoảng trống")
    assert "05/QĐ-UBND và 08/QĐ-UBND" in app.info[0].value


# --- adding


def test_the_old_address_leads_to_the_part(open_part: Callable[..., AppTest]) -> None:
    app = open_part(page="them_van_ban")
    assert "Từ tệp của bạn" in words(app)
    assert "nhiều nhất 100 tệp, mỗi tệp 64 MB" in words(app)


def test_addresses_are_looked_at_before_any_is_fetched(
    open_part: Callable[..., AppTest], web: SmallWeb
) -> None:
    app = open_part("Thêm văn bản")
    typed = f"{web.url('/tin-1.html')}\nhttps://vi-du.example/bai.html"
    app.text_area[0].set_value(typed).run()
    assert "Máy chủ 'vi-du.example' không thuộc nguồn nào" in words(app)
    assert web.asked == []
    press(app, "Tải 1 trang này")
    wait_for(app, lambda app: "Kết quả lần thêm gần nhất" in words(app))
    assert web.asked == ["/tin-1.html"]
    assert "mới 1" in app.warning[0].value
    assert "Tin trồng cây số 1" in words(app)
    assert "Hãy mở bằng trình duyệt, lưu trang về máy rồi tải tệp lên." in words(app)


def test_first_use_two_files_one_of_them_a_program_then_a_question(open_part: Callable[..., AppTest]) -> None:
    app = open_part()
    assert "Kho chưa có văn bản nào" in app.info[0].value
    assert 'href="kho-du-lieu?phan=Th%C3%AAm+v%C4%83n+b%E1%BA%A3n"' in markup(app)
    app = open_part("Thêm văn bản")
    app.file_uploader[0].set_value(
        [
            ("lop-boi.txt", NEW.encode(), "text/plain"),
            ("ke-hoach.pdf", b"MZ\x90\x00\x03" + bytes(600), "application/pdf"),
        ]
    )
    press(app, "Thêm các tệp đã chọn")
    wait_for(app, lambda app: "Kết quả lần thêm gần nhất" in words(app))
    assert "mới 1, đã thay bản cũ 0, không đổi 0, không đọc được 1" in app.warning[0].value
    rows = re.findall(r"<tr><td>.*?</tr>", markup(app))
    assert "ke-hoach.pdf</td><td>không đọc được</td>" in rows[0]
    assert "nội dung là chương trình (Windows)." in unescape(rows[0])
    assert "<td>Hãy chọn đúng tệp văn bản; nếu không rõ tệp này từ đâu ra thì đừng mở.</td>" in rows[0]
    assert ">lop-boi.txt</a></td><td>mới</td>" in rows[1]
    assert [path.name for path in (Path(os.environ["CANCU_STORE"]) / "uploads").iterdir()] == ["lop-boi.txt"]
    app = open_part(page="hoi_dap")
    app.text_input[0].set_value("Lớp bơi thiếu nhi của phường mẫu khai giảng ngày nào?")
    press(app, "Hỏi")
    assert "khai giảng ngày 5/6/2026" in words(app)


def test_too_many_files_are_refused_as_a_whole(open_part: Callable[..., AppTest], tmp_path: Path) -> None:
    app = open_part("Thêm văn bản")
    app.file_uploader[0].set_value(
        [(f"{n}.txt", b"Th\xc3\xb4ng b\xc3\xa1o.", "text/plain") for n in range(101)]
    )
    press(app, "Thêm các tệp đã chọn")
    assert "Đã chọn 101 tệp, quá 100 tệp một lần" in app.error[0].value
    assert not (tmp_path / "store").exists()


# --- crawling


def test_the_address_names_chosen_sources_by_their_ids(
    open_part: Callable[..., AppTest], web: SmallWeb
) -> None:
    app = open_part("Thu thập", nguon=["nho", "khong-co"])
    assert app.multiselect[0].value == ["nho"]
    assert "Sẽ liên hệ" in words(app)
    app.multiselect[0].set_value([]).run()
    assert "nguon" not in app.query_params
    app.multiselect[0].set_value(["nho"]).run()
    assert app.query_params["nguon"] in ("nho", ["nho"])  # AppTest gives either


def test_nothing_is_contacted_until_the_crawl_is_started(
    open_part: Callable[..., AppTest], web: SmallWeb
) -> None:
    app = open_part("Thu thập")
    assert next(button for button in app.button if button.label == "Bắt đầu thu thập").disabled
    app.multiselect[0].set_value(["nho"]).run()
    assert web.url("/rss") in words(app)
    assert "nhiều nhất 50 trang" in words(app)
    assert web.asked == []
    press(app, "Bắt đầu thu thập")
    wait_for(app, lambda app: bool(app.success))
    assert "Đã thu thập xong: 4 trang mới" in app.success[0].value
    assert "Chỉ mục: 4 đoạn (thêm 4)." in words(app)
    assert re.search(r"nho400001Các lượt|nho40000", words(app))  # the run among those of the past


def test_a_crawl_outlives_its_session_and_stops_cleanly(
    open_part: Callable[..., AppTest], web: SmallWeb, tmp_path: Path
) -> None:
    asked, answer, second = Event(), Event(), web.pages[PATHS[1]]
    assert isinstance(second, Page)

    def wait_and_answer() -> Page:
        asked.set()
        answer.wait(WAIT)
        return second

    web.pages[PATHS[1]] = wait_and_answer
    app = open_part("Thu thập")
    app.multiselect[0].set_value(["nho"]).run()
    press(app, "Bắt đầu thu thập")
    assert asked.wait(WAIT)
    app = open_part("Thu thập")  # as after a reload
    wait_for(app, lambda app: PATHS[1] in words(app))
    assert "Đang thu thập" in words(app)
    press(app, "Dừng")
    assert "Đang dừng: giữ nốt những trang đang tải" in words(app)
    answer.set()
    wait_for(app, lambda app: bool(app.warning))
    assert "Đã dừng theo yêu cầu: 2 trang mới" in app.warning[0].value
    assert web.asked == ["/rss", *PATHS[:2]]
    with Store.open(tmp_path / "store", read_only=True) as store:
        assert store.state().documents == 2


# --- health


def test_what_is_wrong_comes_first_with_its_remedy(
    open_part: Callable[..., AppTest], decisions: Path, tmp_path: Path
) -> None:
    (tmp_path / "sources.toml").write_text("[[source]]\nname = 5\n", "utf-8")
    app = open_part("Sức khỏe")
    assert "2 mục cần xử lý." in words(app)  # the sources, and the index that was never built
    wrong = re.findall(r'<li class="cc-check-wrong">.*?</li>', markup(app))
    assert len(wrong) == 2
    assert all("Cách xử lý: " in check for check in wrong)
    assert markup(app).index("cc-check-wrong") < markup(app).index("cc-check-ok")
    press(app, "Cập nhật chỉ mục")
    wait_for(app, lambda app: "Chỉ mục khớp với kho" in words(app))
    assert "1 mục cần xử lý." in words(app)


# --- charts


def test_what_is_not_known_has_a_bar_a_name_and_a_colour_of_its_own() -> None:
    bars = (Bar(name="Quyết định", number=1200), Bar(name="không rõ", number=7, known=False))
    for spec in (rows_spec(bars, "Loại văn bản"), columns_spec(bars, "Loại văn bản")):
        assert [(row["name"], row["told"], row["state"]) for row in spec["data"]["values"]] == [
            ("Quyết định", "1.200", "đã biết"),
            ("không rõ", "7", "không rõ"),
        ]
        scale = spec["layer"][0]["encoding"]["color"]["scale"]
        assert scale["domain"] == ["đã biết", "không rõ"]
        assert len(set(scale["range"])) == 2
        assert [field["title"] for field in spec["encoding"]["tooltip"]] == ["Loại văn bản", "Số văn bản"]
