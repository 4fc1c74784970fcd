"""The page in a real browser, over a real server: ask, read, open the citation, add a document, ask."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from corpus.intake import take_in
from corpus.store import Store
from index.build import update_index
from index.embedding_cache import EmbeddingCache
from index.encoder import Encoder
from index.search import Searcher
from settings import load_settings
from tests.journeys import CHROMIUM, NEEDS_CHROMIUM, address, chromium, settle, tab
from tests.small_plans import COMPARED, LISTED, SEVERAL, write_plans

LABEL = "Bộ sưu tập mẫu: các bản tóm tắt do dự án biên soạn, không phải nguyên văn văn bản"
QUESTION = (
    "Nghị quyết nào về lãnh đạo, chỉ đạo thực hiện Đề án thí điểm "
    "xây dựng tỉnh Hà Tĩnh đạt chuẩn nông thôn mới?"
)
HOSTILE = {
    "id": "hiem",
    "title": "<script>document.title='bị chiếm'</script> *Thư viện* [đọc](https://example.com) :red[sách]",
    "text": "Thư viện lưu động <img src=x onerror=\"document.title='bị chiếm'\"> của phường mẫu "
    "mở cửa vào <b>chiều thứ Bảy</b> hằng tuần & phục vụ **miễn phí**.",
}
NEW = (
    "Thông báo mở lớp bơi cho thiếu nhi phường mẫu\n\n"
    "Lớp bơi thiếu nhi của phường mẫu khai giảng ngày 5/6/2026 tại bể bơi nhà văn hóa.\n\n"
    "Mỗi học viên mang theo áo phao và giấy đồng ý của gia đình.\n"
)

__all__ = ["CHROMIUM", "address", "chromium", "settle", "tab"]  # fixtures, and what others take from here
pytestmark = [pytest.mark.browser, NEEDS_CHROMIUM]


@pytest.fixture(scope="module")
def folder(samples: Searcher, encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample collection with a hostile page beside it, as a store of this module's own."""
    base = tmp_path_factory.mktemp("browser")
    shutil.copytree(samples.store.folder, base / "store")
    (base / "hiem.jsonl").write_text(json.dumps(HOSTILE, ensure_ascii=False), "utf-8")
    with Store.open(base / "store") as store:
        store.set_label(LABEL)
        take_in(store, [base / "hiem.jsonl", *write_plans(base)])
        with EmbeddingCache(load_settings().cache / "embeddings.sqlite") as cache:
            update_index(store, encoder, cache)
    return base / "store"


def ask(page: object, question: str) -> None:
    """Type the question and press Enter, as a user without a mouse does."""
    box = page.get_by_label("Câu hỏi của bạn")
    box.fill(question)
    box.press("Enter")
    page.locator(".cc-question", has_text=question).wait_for()


def test_the_first_address_of_a_new_server_may_be_any_page(tab: Callable[..., object]) -> None:
    page = tab("/kho-du-lieu")
    settle(page)
    assert page.locator("[role=dialog]").count() == 0
    assert page.locator("h1").inner_text() == "Kho dữ liệu"


def test_ask_read_the_cited_answer_and_open_it_at_the_highlight(tab: Callable[..., object]) -> None:
    page = tab()
    assert page.evaluate("document.documentElement.lang") == "vi"
    assert page.locator(".cc-label").inner_text() == LABEL
    ask(page, QUESTION)
    words = page.locator(".cc-quote .cc-words").first.text_content()
    assert words.startswith("Nghị quyết số 04-NQ/TU ngày 15/7/2021 của Ban Chấp hành Đảng bộ tỉnh Hà Tĩnh")
    assert "chỉ được nhắc tới" in page.locator(".cc-named").inner_text()
    assert re.search(r"Theo kho cập nhật đến \d\d/\d\d/\d{4}", page.locator("body").inner_text())

    page.get_by_role("link", name="Mở văn bản tại đoạn trích [1]").click()
    mark = page.locator("mark#trich-dan")
    mark.wait_for()
    assert mark.text_content() == words
    page.wait_for_function("document.activeElement.id === 'trich-dan'")
    box = mark.bounding_box()
    assert 0 < box["y"] < 900 - box["height"]  # scrolled into view
    assert page.locator(".cc-notice").inner_text() == "Bài báo/trang đưa tin, không phải nguyên văn văn bản."

    page.get_by_role("link", name="Quay lại câu trả lời").click()
    page.locator(".cc-quote .cc-words", has_text="04-NQ/TU").first.wait_for()


def test_an_address_answers_on_a_narrow_screen_without_overflow(tab: Callable[..., object]) -> None:
    page = tab(f"/?q={quote(QUESTION)}", width=390, height=844)
    page.locator(".cc-quote .cc-words", has_text="04-NQ/TU").first.wait_for()
    settle(page)
    for selector in (".stApp", "[data-testid=stMain]", "[data-testid=stMainBlockContainer]"):
        wide = page.evaluate(f"document.querySelector('{selector}').scrollWidth")
        assert wide <= 390, selector
    assert page.get_by_label("Câu hỏi của bạn").input_value() == QUESTION


def test_sides_stand_beside_each_other_and_below_each_other_on_a_narrow_screen(
    tab: Callable[..., object],
) -> None:
    page = tab(f"/?q={quote(COMPARED)}")
    page.locator(".cc-part").nth(1).wait_for()
    settle(page)
    assert page.locator(".cc-part").all_inner_texts() == ["Hà Tĩnh", "Nghệ An"]
    left, right = (page.locator(".cc-part").nth(i).bounding_box() for i in (0, 1))
    assert left["y"] == right["y"]
    assert left["x"] + left["width"] < right["x"]
    page.set_viewport_size({"width": 390, "height": 844})
    settle(page)
    first, second = (page.locator(".cc-part").nth(i).bounding_box() for i in (0, 1))
    assert first["x"] == second["x"]
    assert second["y"] > page.locator(".cc-quote").first.bounding_box()["y"]
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390


def test_a_choice_is_reached_and_taken_with_the_keyboard(tab: Callable[..., object]) -> None:
    page = tab(f"/?q={quote(SEVERAL)}")
    choice = page.get_by_role("button", name=re.compile("KH-UBND, Ủy ban nhân dân tỉnh Nghệ An"))
    choice.wait_for()
    settle(page)
    page.get_by_label("Câu hỏi của bạn").focus()
    for _ in range(8):
        page.keyboard.press("Tab")
        if choice.evaluate("button => button === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.locator(".cc-question", has_text="của Ủy ban nhân dân tỉnh Nghệ An").wait_for()
    page.locator(".cc-lead", has_text="Ủy ban nhân dân tỉnh Nghệ An ghi:").wait_for()
    settle(page)
    assert page.locator(".st-key-choices").count() == 0


def test_items_of_a_list_are_lines_and_keep_their_words(tab: Callable[..., object]) -> None:
    page = tab(f"/?q={quote(LISTED)}", width=390, height=844)
    page.locator(".cc-item").nth(1).wait_for()
    words = page.locator(".cc-quote .cc-words").first
    assert words.text_content() == (
        "1. Trồng cây dọc các tuyến đường liên thôn:\n- Xã Cẩm Bình trồng cây sấu;\n- Xã Thạch Hà trồng cây lim xanh."
    )
    boxes = [page.locator(".cc-item").nth(i).bounding_box() for i in (0, 1)]
    assert boxes[1]["y"] >= boxes[0]["y"] + boxes[0]["height"]


def test_add_a_document_and_ask_about_it(tab: Callable[..., object], folder: Path) -> None:
    page = tab("/them-van-ban")
    page.set_input_files(
        "input[type=file]",
        [
            {"name": "lop-boi.txt", "mimeType": "text/plain", "buffer": NEW.encode()},
            {"name": "trong.txt", "mimeType": "text/plain", "buffer": b""},
        ],
    )
    page.locator("[data-testid=stFileChip]").nth(1).wait_for()
    page.get_by_role("button", name="Thêm các tệp đã chọn").click()
    page.get_by_role("heading", name="Kết quả lần thêm gần nhất").wait_for()
    table = page.get_by_role("region", name="Kết quả từng tệp").inner_text()
    assert re.search(r"lop-boi\.txt\s+mới", table)
    assert re.search(r"trong\.txt\s+không đọc được", table)
    assert (folder / "uploads" / "lop-boi.txt").read_bytes() == NEW.encode()

    page.get_by_role("link", name="Hỏi về văn bản trong kho").click()
    ask(page, "Lớp bơi thiếu nhi của phường mẫu khai giảng ngày nào?")
    page.locator(".cc-quote .cc-words", has_text="khai giảng ngày 5/6/2026").first.wait_for()
    page.get_by_role("link", name="Mở văn bản tại đoạn trích [1]").click()
    page.locator("mark#trich-dan", has_text="khai giảng ngày 5/6/2026").wait_for()


def test_hostile_text_is_shown_as_text(tab: Callable[..., object], folder: Path, encoder: Encoder) -> None:
    page = tab(f"/?q={quote('Thư viện lưu động của phường mẫu mở cửa khi nào?')}")
    page.locator(".cc-words", has_text="chiều thứ Bảy").first.wait_for()
    settle(page)
    assert HOSTILE["text"] in page.locator(".cc-words", has_text="chiều thứ Bảy").first.text_content()
    page.get_by_text("Kết quả tìm kiếm").click()
    link = page.get_by_role("link", name=re.compile("Thư viện")).first
    assert HOSTILE["title"] in link.inner_text()
    link.click()
    page.locator("mark").first.wait_for()
    assert page.locator("h1").inner_text() == HOSTILE["title"]
    assert page.locator("article mark").first.text_content() == HOSTILE["text"]
    assert page.locator("article img, article b, article script").count() == 0

    page.get_by_role("link", name="Tra cứu văn bản").click()
    box = page.get_by_role("combobox", name="Từ khóa, số hiệu hoặc tên văn bản")
    box.fill("thu vien sach")
    box.press("Enter")
    page.locator(".cc-total", has_text="cho “thu vien sach”").wait_for()
    assert page.get_by_role("link", name=re.compile("Thư viện")).first.inner_text() == HOSTILE["title"]
    assert page.title() != "bị chiếm"


def test_the_other_pages_draw_and_stay_on_this_machine(tab: Callable[..., object]) -> None:
    page = tab("/kho-du-lieu")
    page.locator("[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg").nth(1).wait_for()
    page.get_by_role("radio", name="Sức khỏe").click()
    page.locator(".cc-found", has_text="Chỉ mục khớp với kho").wait_for()
    page = tab("/tra-cuu", width=390, height=844)
    settle(page)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
