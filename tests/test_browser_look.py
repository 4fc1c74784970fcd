"""The look in a real browser: themes that follow the system or the person, a typeface with every Vietnamese letter,
nothing fetched from elsewhere."""

from __future__ import annotations

import re
import shutil
import socket
import unicodedata
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

import pytest

from index.search import Searcher
from tests.journeys import NEEDS_CHROMIUM, SCHEMES, Open, address, chromium, settle, tab
from tests.page_scenes import PAGES, QUESTION

__all__ = ["address", "chromium", "tab"]  # fixtures
pytestmark = [pytest.mark.browser, pytest.mark.long, NEEDS_CHROMIUM]

TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
LOWER = (
    "".join(unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in TONES) + "đ"
)
LETTERS = LOWER + LOWER.upper() + "–—“”‘’…•§₫"
INK = {"light": "rgb(31, 42, 44)", "dark": "rgb(232, 230, 222)"}


@pytest.fixture(scope="module")
def folder(samples: Searcher, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample collection; the page may write beside it."""
    base = tmp_path_factory.mktemp("look")
    shutil.copytree(samples.store.folder, base / "store")
    return base / "store"


def colours(page: Any, selector: str) -> dict[str, str]:
    return page.locator(selector).first.evaluate(
        "one => ({ink: getComputedStyle(one).color, ground: getComputedStyle(one).backgroundColor})"
    )


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_page_follows_the_system_and_asks_no_other_machine(tab: Open, scheme: str) -> None:
    for path in PAGES:  # `tab` fails the test at its end where a request went elsewhere
        page = tab(path, scheme=scheme)
        settle(page)
        assert colours(page, ".cc-title-page")["ink"] == INK[scheme], path
        assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == scheme
        page.close()


def test_a_theme_chosen_in_the_menu_holds_on_every_page_and_after_a_reload(tab: Open) -> None:
    page = tab(f"/?q={quote(QUESTION)}")
    page.locator(".cc-quote").first.wait_for()
    assert colours(page, ".cc-quote") == {"ink": INK["light"], "ground": "rgb(255, 255, 255)"}
    page.get_by_role("button", name="Trình đơn").click()
    page.get_by_role("menuitemradio", name="Tối").click()
    page.wait_for_function("getComputedStyle(document.documentElement).colorScheme === 'dark'")
    assert colours(page, ".cc-quote") == {"ink": INK["dark"], "ground": "rgb(31, 37, 36)"}
    for path in ("/", "/so-sanh", "/doc-van-ban"):
        again = tab(path)
        settle(again)
        assert colours(again, ".cc-title-page")["ink"] == INK["dark"], path
    page.emulate_media(media="print")
    assert colours(page, ".cc-quote") == {"ink": INK["light"], "ground": "rgb(255, 255, 255)"}
    assert colours(page, ".stApp")["ground"] == "rgb(255, 255, 255)"


def test_the_menu_speaks_vietnamese(tab: Open) -> None:
    page = tab("/")
    settle(page)
    page.get_by_role("button", name="Trình đơn").click()
    page.get_by_role("menuitem").first.wait_for()
    told = page.locator("[data-testid=stMainMenuList]").inner_text().split("\n")
    words = [one.strip() for one in told if one.strip() and "_" not in one and one.strip() != "contrast"]
    assert words == ["Theo máy", "Sáng", "Tối", "Giới thiệu"]
    assert "Streamlit" not in page.locator("body").inner_text()
    page.get_by_role("menuitem", name="Giới thiệu").click()
    page.get_by_role("dialog").get_by_text("Mọi câu trả lời là đoạn trích nguyên văn").wait_for()
    assert page.get_by_role("dialog").get_by_role("button", name="Đóng").is_visible()


def test_words_in_charts_follow_the_theme_at_once(tab: Open) -> None:
    """Nothing runs on the server when the theme is switched: what is drawn must follow by itself."""
    page = tab("/kho-du-lieu")
    number = page.locator(".stVegaLiteChart svg .mark-text text").first
    number.wait_for()
    name = page.locator(".stVegaLiteChart svg .role-axis-label text").first
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        settle(page)
        for words in (number, name):
            fill = words.evaluate("one => getComputedStyle(one).fill")
            red, green, blue = (int(part) for part in re.findall(r"\d+", fill)[:3])
            assert (red + green + blue < 384) == (scheme == "light"), fill


def test_a_file_that_is_too_large_says_so_on_itself_in_vietnamese(tab: Open, tmp_path: Path) -> None:
    large = tmp_path / "so-lieu.txt"
    large.write_bytes(b"a" * (65 * 1024 * 1024))
    page = tab(f"/kho-du-lieu?phan={quote('Thêm văn bản')}")
    page.locator("[data-testid=stFileUploader] input").set_input_files([large])
    told = page.locator("[data-testid=stFileChip] [role=alert]")
    told.wait_for()
    settle(page)
    assert told.inner_text() == "Lỗi: Tệp quá lớn, mỗi tệp nhiều nhất 64 MB. Hãy chia nhỏ tệp này."
    assert told.bounding_box()["width"] > 100  # seen, not only read out
    assert page.get_by_role("button", name="Bỏ so-lieu.txt").is_visible()


def test_paper_shows_what_the_page_says_and_no_controls(tab: Open) -> None:
    for path in ("/", f"/?q={quote(QUESTION)}", "/tra-cuu", "/trich-dan", "/so-sanh", "/kho-du-lieu"):
        page = tab(path)
        settle(page)
        page.emulate_media(media="print")
        page.locator(".cc-title-page").wait_for()
        shown = page.locator(".cc-skip, .stButton, .stForm, header").locator("visible=true")
        assert shown.count() == 0, (path, shown.first.inner_text())
        page.close()


@pytest.mark.parametrize("family", ["Source Sans", "Source Serif"])
@pytest.mark.parametrize("style", ["normal", "italic"])
def test_every_vietnamese_letter_comes_from_the_shipped_typeface(tab: Open, family: str, style: str) -> None:
    page = tab("/")
    settle(page)
    variable = {"Source Sans": "--cc-sans", "Source Serif": "--cc-serif"}[family]
    page.evaluate(
        """([letters, variable, style]) => {
             const part = document.createElement('p');
             part.id = 'specimen'; part.textContent = letters;
             part.style = `font: ${style} 400 20px/1.3 var(${variable}); overflow: hidden; width: 60rem`;
             document.querySelector('[data-testid=stMainBlockContainer]').append(part); }""",
        [LETTERS, variable, style],
    )
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(500)
    client = page.context.new_cdp_session(page)
    client.send("DOM.enable")
    client.send("CSS.enable")
    root = client.send("DOM.getDocument")["root"]["nodeId"]
    node = client.send("DOM.querySelector", {"nodeId": root, "selector": "#specimen"})["nodeId"]
    fonts = client.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    assert [(font["isCustomFont"], font["glyphCount"]) for font in fonts] == [(True, len(LETTERS))]
    assert fonts[0]["familyName"].replace(" ", "").startswith(family.replace(" ", ""))


def test_marks_above_and_below_have_room_in_every_line(tab: Open) -> None:
    """The highest and the lowest letter (Ẳ, ỵ) stand within the height of a line, wherever a line of ours is set."""
    page = tab(f"/?q={quote(QUESTION)}")
    page.locator(".cc-quote").first.wait_for()
    settle(page)
    tight = page.evaluate(
        """() => { const canvas = document.createElement('canvas').getContext('2d');
             return [...document.querySelectorAll('.stApp *')].filter(one => one.offsetParent && one.translate &&
               [...one.childNodes].some(node => node.nodeType === 3 && node.nodeValue.trim())).map(one => {
                 const style = getComputedStyle(one), size = parseFloat(style.fontSize);
                 canvas.font = `${style.fontWeight} ${size}px ${style.fontFamily}`;
                 const drawn = canvas.measureText('ẲỖỵỊ');
                 const needed = drawn.actualBoundingBoxAscent + drawn.actualBoundingBoxDescent;
                 const line = style.lineHeight === 'normal' ? 1.25 * size : parseFloat(style.lineHeight);
                 return [one.className, one.textContent.slice(0, 30), size, line, needed]; })
               .filter(([, , size, line, needed]) => size > 0 && line < needed - 0.5); }"""
    )
    assert tight == []


def test_the_page_listens_on_this_machine_only(address: str) -> None:
    port = int(urlsplit(address).port or 0)
    with socket.create_connection(("127.0.0.1", port), timeout=2):
        pass
    # Every other address of this machine refuses.
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # sends nothing: asks which address the machine would send from
        outward = probe.getsockname()[0]
    for host in {outward, "127.0.0.2"}:
        with pytest.raises(OSError), socket.create_connection((host, port), timeout=2):
            pass
    listening = [
        line.split()[1]
        for name in ("tcp", "tcp6")
        for line in Path("/proc/net", name).read_text("ascii").splitlines()[1:]
        if line.split()[3] == "0A" and line.split()[1].endswith(f":{port:04X}")
    ]
    assert listening == [f"0100007F:{port:04X}"]


def test_no_other_door_of_streamlit_is_open(address: str) -> None:
    """Its interface for programs would answer whoever reaches the port."""
    with pytest.raises(HTTPError) as refused:
        urlopen(Request(f"{address}/_stcore/agent/interact", b"{}", {"Content-Type": "application/json"}))
    assert refused.value.code in (403, 404)
