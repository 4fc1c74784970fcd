"""What `tests/sites` expects stands in its pages, so that every expectation can fail."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import html

FOLDERS = sorted(path.parent for path in (Path(__file__).parent / "sites").glob("*/expected.json"))
MODULES = Path(__file__).parents[1] / "ingest" / "sites"


def shown(page: Path) -> str:
    """All text of a page, a space between its elements."""
    return " ".join(" ".join(html.fromstring(page.read_bytes()).itertext()).split())


def test_every_site_has_its_pages() -> None:
    with_rules = {path.stem for path in MODULES.glob("*.py") if "SITE = Site(" in path.read_text("utf-8")}
    assert {folder.name for folder in FOLDERS} == with_rules


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_page_has_what_is_expected_and_what_must_be_cut(folder: Path) -> None:
    page: dict[str, Any] = json.loads((folder / "expected.json").read_text("utf-8"))["page"]
    text, markup = shown(folder / "page.html"), (folder / "page.html").read_text("utf-8")
    assert [
        s
        for s in (page["title"], page["begins"], *page["contains"], *page["absent"])
        if s is not None and s not in text
    ] == []
    assert [url for url in page["files"] if url.rsplit("/", 1)[1] not in markup] == []
    assert not [s for s in page["absent"] if any(s in kept for kept in page["contains"])]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_list_names_what_is_expected_once_each(folder: Path) -> None:
    listed: dict[str, Any] | None = json.loads((folder / "expected.json").read_text("utf-8"))["list"]
    files = [path.name for path in folder.glob("list.*")]
    assert len(files) == (0 if listed is None else 1)
    if listed is None:
        return
    markup = (folder / files[0]).read_text("utf-8").replace("&amp;", "&")
    urls = [link["url"] for link in listed["links"]]
    places = [markup.find(url.rstrip("/").rsplit("/", 1)[1]) for url in urls]
    assert len(set(urls)) == len(urls) and -1 not in places and places == sorted(places)
    assert listed["next"] is None or listed["next"].rsplit("/", 1)[1] in markup
