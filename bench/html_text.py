"""Main text of HTML pages: ours beside trafilatura, on the golden pages; reading speed on saved pages.

    python bench/html_text.py [--data ../shared/data]

The golden pages (tests/data/pages) are written by us in the shapes of real sites: no other measure of news HTML is
at hand, and the figures are of those pages alone. Words are compared as a bag: recall is the share of the
reviewed words that is kept, precision the share of kept words that is reviewed text.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from bs4 import BeautifulSoup

try:
    import trafilatura
except ImportError:  # measured and not used by the product (docs/boilerplate.md)
    trafilatura = None  # type: ignore[assignment]

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from ingest.local import list_pages  # noqa: E402
from ingest.models import RawPage  # noqa: E402
from ingest.readers.html import read_html  # noqa: E402

PAGES = ROOT / "tests" / "data" / "pages"


def read_ours(page: RawPage) -> str:
    return read_html(page).text


def read_trafilatura(page: RawPage) -> str:
    return trafilatura.extract(page.content, include_tables=True, include_comments=False) or ""


def read_bare(page: RawPage) -> str:
    return BeautifulSoup(page.content, "lxml").get_text()


READERS: dict[str, Callable[[RawPage], str]] = {"ours": read_ours, "bs4 + lxml, all text": read_bare}
if trafilatura is not None:
    READERS["trafilatura"] = read_trafilatura


def words(text: str) -> Counter[str]:
    return Counter(text.replace("|", " ").split())


def pages(folder: Path) -> list[RawPage]:
    return [
        page for page in list_pages(folder) if isinstance(page, RawPage) and page.media_type == "text/html"
    ]


def measure_text() -> None:
    print("| page | " + " | ".join(f"{name}: recall / precision" for name in READERS) + " |")
    for page in pages(PAGES):
        blocks = json.loads((PAGES / page.name).with_suffix(".json").read_text(encoding="utf-8"))["blocks"]
        wanted = words("\n".join(text for _, text in blocks))
        cells = []
        for read in READERS.values():
            found = words(read(page))
            same = (wanted & found).total()
            cells.append(f"{same / wanted.total():.3f} / {same / max(1, found.total()):.3f}")
        print(f"| {page.name} | " + " | ".join(cells) + " |")


def measure_speed(folder: Path) -> None:
    found = pages(folder)
    size = sum(len(page.content) for page in found) / 1e6
    print(f"\n{len(found)} saved pages, {size:.1f} MB; the best of three runs, processor time")
    for name, read in READERS.items():
        best = min(_time(read, found) for _ in range(3))
        print(f"{name}: {best:.2f} s, {len(found) / best:.1f} pages/s, {size / best:.1f} MB/s")


def _time(read: Callable[[RawPage], str], found: list[RawPage]) -> float:
    start = time.process_time()
    for page in found:
        read(page)
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    arguments = parser.parse_args()
    measure_text()
    measure_speed(arguments.data / "files" / "html")


if __name__ == "__main__":
    main()
