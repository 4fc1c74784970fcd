"""The page Hỏi đáp in a real browser: passages in place, follow-ups, permalinks, files, reports, the keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from corpus.error_reports import Fault
from corpus.store import Store
from index.encoder import Encoder
from tests.small_plans import SEVERAL, UNKNOWN, write_plans
from tests.test_browser import CHROMIUM, address, ask, chromium, settle, tab

__all__ = ["address", "chromium", "tab"]  # fixtures over the store below

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="chromium absent"),
]
TREES = "Chỉ tiêu toàn tỉnh Hà Tĩnh trồng bao nhiêu cây phân tán trong năm 2025?"
SAID = "toàn tỉnh trồng 120.000 cây phân tán"
THE_PLAN = "Kế hoạch số 15/KH-UBND của Ủy ban nhân dân tỉnh Hà Tĩnh"


@pytest.fixture(scope="module")
def folder(
    build_store: Callable[[Path, list[Path]], Store],
    encoder: Encoder,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Path]:
    """Two plans of one number and a decision, as a store of this module's own."""
    base = tmp_path_factory.mktemp("asking")
    build_store(base / "store", write_plans(base)).close()
    yield base / "store"


def parameters(page: object) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def follow(page: object, words: str) -> None:
    box = page.get_by_label("Hỏi tiếp về câu trả lời này")
    box.fill(words)
    box.press("Enter")


def test_a_citation_opens_in_place_and_a_follow_up_keeps_its_document(tab: Callable[..., object]) -> None:
    page = tab()
    ask(page, TREES)
    number = page.locator(".cc-cite").first
    number.wait_for()
    settle(page)
    around = page.locator(".cc-around").first
    assert not around.is_visible()
    number.hover()
    assert SAID in around.locator("mark").inner_text()
    assert "Trồng cây dọc các tuyến đường liên thôn" in around.inner_text()  # what stands before it
    assert around.get_by_role("link", name="Thẻ trích dẫn").get_attribute("href").startswith("trich-dan?doc=")
    page.mouse.move(2, 2)
    around.wait_for(state="hidden")

    follow(page, "Ban hành ngày nào?")
    understood = page.locator(".cc-understood")
    understood.wait_for()
    settle(page)
    assert f"Hiểu là: {THE_PLAN} ban hành ngày nào?" in understood.inner_text()
    assert "ngày 05 tháng 3 năm 2025" in page.locator(".cc-words").first.inner_text()
    assert parameters(page) == {"q": f"{THE_PLAN} ban hành ngày nào?", "go": "Ban hành ngày nào?"}
    page.get_by_role("button", name="Hỏi đúng như đã gõ").click()
    page.locator(".cc-question", has_text=re.compile(r"^Ban hành ngày nào\?$")).wait_for()

    page.get_by_text("Các câu đã hỏi (2)").click()
    page.get_by_role("link", name=re.compile("^Chỉ tiêu toàn tỉnh")).click()
    page.locator(".cc-question", has_text=TREES).wait_for()
    page.locator(".cc-words", has_text=SAID).first.wait_for()

    page = tab()  # the browser keeps them; a new tab has them, until they are cleared
    page.get_by_text("Các câu đã hỏi (3)").click()
    assert page.locator(".cc-earlier li").first.inner_text() == f"{TREES} · đã trả lời"
    page.get_by_role("button", name="Xóa danh sách").click()
    assert not page.locator(".cc-earlier").is_visible()
    page.reload()
    page.wait_for_selector(".cc-hints")
    settle(page)
    assert not page.locator(".cc-earlier").is_visible()


def test_a_wrong_answer_is_reported_and_kept(tab: Callable[..., object], folder: Path) -> None:
    page = tab(f"/?q={quote(TREES)}&tinh={quote('Hà Tĩnh')}")
    page.locator(".cc-words", has_text=SAID).first.wait_for()
    settle(page)
    page.get_by_role("button", name="Báo sai").click()
    page.get_by_text("Sai đoạn trích").click()
    page.get_by_label("Ghi chú (không bắt buộc)").fill("phải trích cả dòng trên")
    assert page.get_by_text("không có gì được gửi đi nơi khác").is_visible()
    page.get_by_role("button", name="Gửi báo sai").click()
    page.get_by_text("Đã giữ báo sai số").first.wait_for()
    with Store.open(folder, read_only=True) as store:
        (report,) = store.error_reports()
        (span,) = report.answer.spans
        assert SAID in store.text(span.document_id, version=span.tag)[span.start : span.end]
    assert (report.fault, report.comment) == (Fault.SPAN, "phải trích cả dòng trên")
    assert report.answer.filters == "Tỉnh, thành phố: Hà Tĩnh"
    assert report.answer.question == TREES


@pytest.mark.long
def test_a_permalink_holds_the_question_and_its_filters(tab: Callable[..., object]) -> None:
    page = tab()
    page.get_by_text("Phạm vi tìm").click()
    page.get_by_label("Tỉnh, thành phố").click()
    page.get_by_role("option", name="Nghệ An").click()
    page.get_by_label("Ban hành từ").fill("2024")
    ask(page, SEVERAL)
    settle(page)
    assert parameters(page) == {"q": SEVERAL, "tinh": "Nghệ An", "tu": "2024"}
    page.reload()
    page.locator(".cc-lead", has_text="Ủy ban nhân dân tỉnh Nghệ An ghi:").wait_for()
    settle(page)
    assert page.get_by_text("Phạm vi: Tỉnh, thành phố: Nghệ An; từ ngày 01/01/2024.").is_visible()
    assert page.locator(".st-key-choices").count() == 0
    page.get_by_text("Phạm vi tìm (đang giới hạn)").click()
    assert page.get_by_label("Ban hành từ").input_value() == "2024"

    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Chép liên kết").click()
    page.get_by_text("Đã chép").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.url


@pytest.mark.long
def test_filters_that_cannot_be_read_are_said_with_a_remedy(tab: Callable[..., object]) -> None:
    page = tab(f"/?q={quote(TREES)}&tu=hom-qua")
    alert = page.get_by_role("alert")
    alert.wait_for()
    assert "không phải một ngày. Hãy viết năm" in alert.inner_text()
    assert page.locator(".cc-quote").count() == 0


@pytest.mark.long
def test_a_follow_up_of_several_documents_offers_each(tab: Callable[..., object]) -> None:
    page = tab(f"/?q={quote(SEVERAL)}")
    page.locator(".st-key-choices").wait_for()
    settle(page)
    follow(page, "Ban hành ngày nào?")
    choice = page.get_by_role("button", name=re.compile("tỉnh Nghệ An ban hành ngày nào"))
    choice.wait_for()
    assert page.locator(".cc-question", has_text=SEVERAL).is_visible()  # nothing was guessed
    choice.click()
    page.locator(".cc-understood", has_text="Nghệ An").wait_for()
    settle(page)
    assert "10 tháng 4 năm 2025" in page.locator(".cc-words").first.inner_text()


@pytest.mark.long
def test_files_come_from_one_popover(tab: Callable[..., object]) -> None:
    page = tab(f"/?q={quote(TREES)}")
    page.locator(".cc-words", has_text=SAID).first.wait_for()
    settle(page)
    page.get_by_role("button", name="Tải về").click()
    for label, name, begins in (
        ("Văn bản thuần (.txt)", "tra-loi.txt", "Câu hỏi:".encode()),
        ("Word, chú thích cuối trang (.docx)", "tra-loi.docx", b"PK"),
        ("BibTeX (.bib)", "tra-loi.bib", b"%"),
        ("CSL-JSON (.json)", "tra-loi.json", b"["),
    ):
        with page.expect_download() as saved:
            page.get_by_role("button", name=label).click()
        assert saved.value.suggested_filename == name
        content = Path(saved.value.path()).read_bytes()
        assert content.startswith(begins), name
        assert SAID.encode() in content or name.endswith(".docx"), name


@pytest.mark.long
def test_the_keyboard_alone_asks_reads_the_passage_and_leaves_it(tab: Callable[..., object]) -> None:
    page = tab()
    settle(page)
    page.get_by_label("Câu hỏi của bạn").focus()
    page.keyboard.type(TREES)
    page.keyboard.press("Enter")
    page.locator(".cc-cite").first.wait_for()
    settle(page)
    page.get_by_label("Câu hỏi của bạn").focus()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('cc-cite')"):
            break
    around = page.locator(".cc-around").first
    assert around.is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Mở văn bản tại đoạn trích"
    assert around.is_visible()  # it can be read to its end
    page.keyboard.press("Escape")
    around.wait_for(state="hidden")


@pytest.mark.long
def test_a_refusal_is_plain_and_fits_a_phone(tab: Callable[..., object]) -> None:
    page = tab(f"/?q={quote(UNKNOWN)}", width=390, height=844)
    refused = page.locator(".cc-outcome.cc-refused")
    refused.wait_for()
    settle(page)
    assert "Không thấy văn bản nào mang số 99/QĐ-UBND" in refused.inner_text()
    assert page.locator(".cc-cite").count() == 0  # the nearest passages are no evidence
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
    assert page.get_by_role("button", name="Báo sai").is_visible()


@pytest.mark.long
def test_a_touch_shows_the_passage_on_a_phone(tab: Callable[..., object]) -> None:
    page = tab(f"/?q={quote(TREES)}", width=390, height=844)
    number = page.locator(".cc-cite").first
    number.wait_for()
    settle(page)
    number.click()
    around = page.locator(".cc-around").first
    assert SAID in around.inner_text()
    box = around.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390


@pytest.mark.long
def test_paper_shows_the_answer_without_what_is_for_the_screen(tab: Callable[..., object]) -> None:
    page = tab(f"/?q={quote(TREES)}")
    page.locator(".cc-words", has_text=SAID).first.wait_for()
    settle(page)
    page.emulate_media(media="print")
    assert page.locator(".cc-words", has_text=SAID).first.is_visible()
    assert page.locator(".cc-question").is_visible()
    for name in ("Chép liên kết", "Báo sai", "Tải về", "Hỏi tiếp"):
        assert not page.get_by_role("button", name=name).first.is_visible(), name
