"""Pictures of the page for the user guide and the README, from documents of our own.

    python bench/pictures.py [--to docs/images/huong-dan] [NAME …]

A store is made from `samples/collection` and `tests/scene_documents.py` and served on this machine; the scenes are
those that the browser tests walk (tests/page_scenes.py). A picture shows the part that the guide speaks of, with at
most 64 colours, so that it stays small in the repository.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from corpus.intake import take_in
from corpus.store import Store
from index.build import update_index
from index.embedding_cache import EmbeddingCache
from index.encoder import load_encoder
from settings import load_settings
from tests.journeys import ROOT, SCHEMES, SIZES, serve, settle, start_chromium, take_picture
from tests.page_scenes import SCENES
from tests.scene_documents import take_in_scenes

LABEL = "Kho minh họa: bản tóm tắt và văn bản ví dụ do dự án viết, không phải văn bản thật"
_WIDTH, _HEIGHT = 1000, 900
_MARGIN = 14  # pixels around the part that is shown
_MAIN = "[data-testid=stMainBlockContainer]"
_HEADER, _FORM, _PARTS = "header", "[data-testid=stForm]", "[data-testid=stButtonGroup]"
_LINK = "[data-testid=stPageLink]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What a picture shows: a scene, and of its page the part that holds these elements."""

    scene: str
    parts: tuple[str, ...] = ()  # CSS selectors; none: the window as it stands
    width: int = _WIDTH
    scheme: str = SCHEMES[0]
    tallest: int = 1200  # pixels


PICTURES: Mapping[str, Picture] = {
    "trang-dau": Picture(scene="hoi-dap", parts=(_HEADER, ".cc-hints")),
    "them-van-ban": Picture(scene="kho-them", parts=(_HEADER, _FORM)),
    "khong-tim-thay": Picture(scene="hoi-dap-khong-thay", parts=(".cc-question", _LINK)),
    "giao-dien-toi": Picture(
        scene="hoi-dap-tra-loi", parts=(_HEADER, ".cc-quote", _LINK), width=820, scheme="dark"
    ),
    "dien-thoai": Picture(scene="hoi-dap-tra-loi", parts=(_HEADER, ".cc-quote", _LINK), width=390),
    "toan-trang": Picture(scene="hoi-dap-chuoi", parts=(_HEADER, ".cc-chain"), tallest=1600),
    "tra-loi": Picture(scene="hoi-dap-chuoi", parts=(_FORM, _LINK)),
    "doan-trich": Picture(scene="hoi-dap-doan-trich", parts=(".cc-outcome", ".cc-around")),
    "hieu-luc": Picture(scene="hoi-dap-thay-the", parts=(".cc-question", f"{_LINK} >> nth=2")),
    "con-so": Picture(scene="hoi-dap-con-so", parts=(".cc-question", f"{_LINK} >> nth=1")),
    "chuoi-can-cu": Picture(scene="hoi-dap-dong-dan", parts=("section[aria-label='Chuỗi căn cứ']",)),
    "hoi-tiep": Picture(scene="hoi-dap-hoi-tiep", parts=(".st-key-understood", _LINK)),
    "bao-sai": Picture(scene="hoi-dap-bao-sai", parts=("[data-testid=stPopoverBody]", ".st-key-tools")),
    "tim-cau-trich": Picture(scene="trich-dan-tim", parts=(_FORM, "[class*=st-key-card-] >> nth=1")),
    "the-trich-dan": Picture(scene="trich-dan-the", parts=(".cc-quote-card", ".cc-copy button")),
    "the-tu-bao": Picture(scene="trich-dan-the-bao", parts=(".cc-quote-card",)),
    "kiem-tra": Picture(scene="trich-dan-kiem-tra", parts=(".cc-partly", ".cc-check-card >> nth=1")),
    "go-so-hieu": Picture(scene="tra-cuu-go-so", parts=(".cc-find-form", "#cc-find-list")),
    "tra-cuu": Picture(
        scene="tra-cuu-loc",
        parts=(".st-key-lookup_box_row", ".cc-result >> nth=2"),
        width=1180,
    ),
    "van-ban": Picture(scene="van-ban-muc-luc", width=1180),
    "do-thi": Picture(scene="van-ban-lien-quan", parts=(_PARTS, ".cc-graph"), width=1180),
    "khac-biet": Picture(scene="van-ban-cac-ban", parts=(_PARTS, ".cc-diff")),
    "so-sanh": Picture(scene="so-sanh-truoc-sau", parts=(_FORM, "table.cc-compare"), tallest=1500),
    "so-sanh-gop": Picture(scene="so-sanh-gop", parts=(".cc-mind", "table.cc-compare"), tallest=1500),
    "khoang-trong": Picture(
        scene="kho-khoang-trong", parts=("[data-testid=stSelectbox]", ".cc-series >> nth=1")
    ),
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(PICTURES)}; none: all")
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "images" / "huong-dan")
    given = parser.parse_args()
    if unknown := set(given.names) - PICTURES.keys():
        parser.error(f"unknown picture {', '.join(sorted(unknown))}; there are {', '.join(PICTURES)}")
    given.to.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as base, start_chromium() as browser:
        folder = make_store(Path(base))
        with serve(folder, Path(base) / "server.log") as (address, _):
            for name in given.names or PICTURES:
                size = draw(PICTURES[name], given.to / f"{name}.png", _opener(browser, address), folder)
                print(f"{name}: {size // 1024} kB", flush=True)


def make_store(base: Path) -> Path:
    """A store with the sample collection and the documents of the scenes, indexed."""
    settings = load_settings()
    with Store.open(base / "store") as store:
        store.set_label(LABEL)
        take_in(store, [ROOT / "samples" / "collection"])
        take_in_scenes(store, base / "scenes")
        with EmbeddingCache(settings.cache / "embeddings.sqlite") as cache:
            update_index(store, load_encoder(None, cache=settings.cache), cache)
    return base / "store"


def draw(picture: Picture, path: Path, tab: Callable[..., Any], folder: Path) -> int:
    """Write one picture: its size in bytes."""
    page = SCENES[picture.scene](tab, folder, width=picture.width, height=_HEIGHT)
    if picture.parts:
        take_picture(page, path, picture.width, _HEIGHT, picture.scheme)
    else:
        page.emulate_media(color_scheme=picture.scheme)
        settle(page)
        page.screenshot(path=str(path))
    with Image.open(path) as whole:
        shown = whole.crop(_box(page, picture, whole.size)) if picture.parts else whole
        shown.convert("P", palette=Image.Palette.ADAPTIVE, colors=64).save(path, optimize=True)
    page.close()
    return path.stat().st_size


def _box(page: Any, picture: Picture, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of what holds the parts, as wide as the column of the page at least."""
    boxes = [page.locator(part).first.bounding_box() for part in picture.parts]
    column = page.locator(_MAIN).bounding_box()
    left, right = column["x"], column["x"] + column["width"]
    if _HEADER in picture.parts:
        left, right = 0, size[0]
    top = max(0, min(box["y"] for box in boxes) - _MARGIN)
    bottom = max(box["y"] + box["height"] for box in boxes) + _MARGIN
    return round(left), round(top), round(right), round(min(bottom, size[1], top + picture.tallest))


def _opener(browser: Any, address: str) -> Callable[..., Any]:
    def open_tab(path: str, width: int = SIZES[0][0], height: int = _HEIGHT) -> Any:
        page = browser.new_page(viewport={"width": width, "height": height}, locale="vi-VN")
        page.set_default_timeout(60_000)
        page.goto(address + path)
        page.wait_for_selector(".cc-title-page")
        return page

    return open_tab


if __name__ == "__main__":
    main()
