"""The user guide names what there is: its pictures, the pages and the parts of pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from bench.pictures import PICTURES
from pages.frame import ADDING, COLLECTING, HEALTH
from tests.page_scenes import SCENES

ROOT = Path(__file__).resolve().parents[1]
GUIDE = ROOT / "docs" / "huong-dan.md"
TEXT = GUIDE.read_text("utf-8")
NAMED = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", TEXT)
PAGES = set(re.findall(r'title="([^"]+)"', (ROOT / "app.py").read_text("utf-8")))


def test_every_picture_is_there_small_and_told_of() -> None:
    shown = [GUIDE.parent / path for _, path in NAMED]
    assert 15 <= len(shown) <= 25
    assert all(told.strip() for told, _ in NAMED)
    assert [path.name for path in shown if not path.is_file()] == []
    named = re.findall(r"!\[[^\]]+\]\((docs/images/[^)]+)\)", (ROOT / "README.md").read_text("utf-8"))
    kept = set((ROOT / "docs" / "images").rglob("*.png"))
    assert kept == {*shown, *(ROOT / path for path in named)}
    assert {path.stem for path in kept} == PICTURES.keys()
    assert sum(path.stat().st_size for path in kept) < 2_000_000
    for path in kept:
        with Image.open(path) as picture:
            assert picture.width == PICTURES[path.stem].width or picture.height <= PICTURES[path.stem].tallest


def test_every_picture_has_its_scene() -> None:
    assert {picture.scene for picture in PICTURES.values()} <= SCENES.keys()


def test_pages_and_their_parts_are_called_as_on_the_page() -> None:
    """A name in italics behind "trang" is a page of app.py, one behind "phần" a part that a page offers."""
    pages = set(re.findall(r"[Tt]rang \*([^*]+)\*", TEXT))
    assert pages and pages <= PAGES
    assert {"Hỏi đáp", "Tra cứu", "Trích dẫn", "So sánh tỉnh", "Kho dữ liệu", "Văn bản"} <= pages | set(
        re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", TEXT)
    )
    parts = set(re.findall(r"phần \*([^*]+)\*", TEXT))
    code = "".join((ROOT / "pages" / name).read_text("utf-8") for name in ("kho_du_lieu.py", "trich_dan.py"))
    assert parts and [one for one in parts - {ADDING, COLLECTING, HEALTH} if f'"{one}"' not in code] == []


@pytest.mark.parametrize("label", sorted(set(re.findall(r"(?<!\*)\*\*([^*]+)\*\*(?!\*)", TEXT))))
def test_what_is_bold_is_called_as_on_the_page(label: str) -> None:
    """What the guide sets in bold are words that a page draws."""
    words = label.strip("“”.")
    pages = (path for kind in ("py", "js", "css") for path in sorted((ROOT / "pages").glob(f"*.{kind}")))
    drawn = "".join(path.read_text("utf-8") for path in pages)
    drawn += "".join(path.read_text("utf-8") for path in sorted((ROOT / "index").rglob("wording.py")))
    drawn += (ROOT / "index" / "answering" / "chain_wording.py").read_text("utf-8")
    assert words.lower() in drawn.lower()
