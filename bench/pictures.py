"""Pictures of the page for the user guide and the README, from the sample collection.

    python bench/pictures.py [--to docs/images/huong-dan] [--scheme light] [NAME …]

A store of its own is made from `samples/collection` and served on this machine; the scenes are those that the
browser tests walk (tests/page_scenes.py). Each picture is the whole page, 1280 and 390 pixels wide, with at most 128
colours, so that it stays small in the repository.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
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
from tests.journeys import ROOT, SCHEMES, SIZES, serve, start_chromium, take_picture
from tests.page_scenes import SCENES
from tests.small_plans import write_plans

_LABEL = "Bộ sưu tập mẫu: các bản tóm tắt do dự án biên soạn, không phải nguyên văn văn bản"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(SCENES)}; none: all")
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "images" / "huong-dan")
    parser.add_argument("--scheme", choices=SCHEMES, default=SCHEMES[0])
    given = parser.parse_args()
    if unknown := set(given.names) - SCENES.keys():
        parser.error(f"unknown scene {', '.join(sorted(unknown))}; there are {', '.join(SCENES)}")
    given.to.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as base, start_chromium() as browser:
        folder = make_store(Path(base))
        with serve(folder, Path(base) / "server.log") as (address, _):
            for name in given.names or SCENES:
                page = SCENES[name](_opener(browser, address), folder)
                for width, height in SIZES:
                    path = given.to / f"{name}-{width}.png"
                    take_picture(page, path, width, height, given.scheme)
                    print(f"{path}: {_shrink(path) // 1024} kB", flush=True)
                page.close()


def make_store(base: Path) -> Path:
    """A store with the sample collection and the small plans of the tests, indexed."""
    settings = load_settings()
    with Store.open(base / "store") as store:
        store.set_label(_LABEL)
        take_in(store, [ROOT / "samples" / "collection", *write_plans(base)])
        with EmbeddingCache(settings.cache / "embeddings.sqlite") as cache:
            update_index(store, load_encoder(None, cache=settings.cache), cache)
    return base / "store"


def _opener(browser: Any, address: str) -> Callable[[str], Any]:
    def open_tab(path: str) -> Any:
        page = browser.new_page(
            viewport=dict(zip(("width", "height"), SIZES[0], strict=True)), locale="vi-VN"
        )
        page.set_default_timeout(60_000)
        page.goto(address + path)
        page.wait_for_selector(".cc-title-page")
        return page

    return open_tab


def _shrink(path: Path) -> int:
    """Write a picture anew with few colours: its size in bytes."""
    with Image.open(path) as picture:
        picture.convert("P", palette=Image.Palette.ADAPTIVE, colors=128).save(path, optimize=True)
    return path.stat().st_size


if __name__ == "__main__":
    main()
