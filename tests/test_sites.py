"""The contract of a site: what its rules find on two saved pages is what `expected.json` says.

For a new site: docs/sources.md. A page is never changed to fit the rules.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

import ingest.sites
from ingest.boilerplate import REASONS
from ingest.kinds import HTML
from ingest.lists import page_files, read_list
from ingest.lists.models import Link, LinkRole
from ingest.models import BlockKind, Origin, PageText, RawPage, hash_content
from ingest.readers import read_page
from ingest.sites import SITES, find_site, site_of
from ingest.sites.selectors import select
from ingest.sites.site import Site
from ingest.sources import StartKind
from ingest.web.addresses import canonical_url

SAVED = Path(__file__).with_name("sites")
_HEAD = frozenset((BlockKind.TITLE, BlockKind.LEAD, BlockKind.LEAD_DUPLICATE))
_ENDINGS = {StartKind.FEED: "xml", StartKind.SITEMAP: "xml", StartKind.WORDPRESS: "json"}

each_site = pytest.mark.parametrize("name", SITES)


def _read_expected(name: str) -> dict[str, Any]:
    path = SAVED / name / "expected.json"
    if not path.exists():
        pytest.fail(
            f"ingest/sites/{name}.py has no saved pages. Write tests/sites/{name}/page.html, list.html (.xml, .json)"
            " and expected.json in the shape of the site, as docs/sources.md says, before its rules."
        )
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


@pytest.fixture
def expected(name: str) -> dict[str, Any]:
    return _read_expected(name)


@each_site
def test_the_links_of_a_list_are_found_in_order_and_no_others(name: str, expected: dict[str, Any]) -> None:
    stated = expected["list"]
    if stated is None:
        assert not list((SAVED / name).glob("list.*"))
        return
    kind = StartKind(stated["kind"])
    content = (SAVED / name / f"list.{_ENDINGS.get(kind, 'html')}").read_bytes()
    found = read_list(kind, stated["url"], content, {}, site=SITES[name]).links
    further = (
        [link.url for link in found if link.role is LinkRole.LIST] if kind is not StartKind.SITEMAP else []
    )
    links = [link for link in found if link.url not in further]
    assert [_as_stated(*pair) for pair in zip(links, stated["links"], strict=False)] == [
        {**link, "url": canonical_url(link["url"])} for link in stated["links"]
    ]
    assert [link.url for link in links[len(stated["links"]) :]] == []
    assert further == ([canonical_url(stated["next"])] if stated["next"] else [])


def _as_stated(link: Link, stated: dict[str, str]) -> dict[str, str | None]:
    return {key: getattr(link, key) for key in stated}


@pytest.fixture
def page(name: str, expected: dict[str, Any]) -> PageText:
    content = (SAVED / name / "page.html").read_bytes()
    url = expected["page"]["url"]
    return read_page(
        RawPage(
            uri=url,
            content=content,
            sha256=hash_content(content),
            media_type=HTML,
            name="page.html",
            origin=Origin(source=name, url=url, fetched_at="2026-11-28T00:00:00+00:00"),
        )
    )


@each_site
@pytest.mark.parametrize("fact", ["title", "published_at", "author"])
def test_what_a_page_states_of_itself_is_read(
    name: str, expected: dict[str, Any], page: PageText, fact: str
) -> None:
    assert getattr(page, fact) == expected["page"][fact]


@each_site
def test_the_text_of_a_page_is_kept_and_what_is_around_it_is_cut(
    name: str, expected: dict[str, Any], page: PageText
) -> None:
    stated = expected["page"]
    first = next(block for block in page.blocks if block.kind not in _HEAD)
    assert page.text[first.start :][: len(stated["begins"])] == stated["begins"]
    assert [part for part in stated["contains"] if part not in page.text] == []
    assert [part for part in stated["absent"] if part in page.text] == []


@each_site
def test_the_files_that_hang_on_a_page_are_found(name: str, expected: dict[str, Any]) -> None:
    stated = expected["page"]
    content = (SAVED / name / "page.html").read_bytes()
    files = page_files(stated["url"], content, SITES[name])
    assert [link.url for link in files] == [canonical_url(url) for url in stated["files"]]
    assert {link.role for link in files} <= {LinkRole.FILE}


@each_site
def test_the_rules_are_found_by_the_address_or_the_marks_of_a_page(
    name: str, expected: dict[str, Any]
) -> None:
    markup = (SAVED / name / "page.html").read_text("utf-8")
    assert find_site(expected["page"]["url"], etree.HTML(markup.encode()), markup) is SITES[name]
    if SITES[name].hosts:
        assert site_of(f"https://{SITES[name].hosts[0]}/x") is SITES[name]


@each_site
def test_selectors_can_be_read_and_reasons_are_known(name: str) -> None:
    site: Site = SITES[name]
    empty = etree.HTML("<p>không có gì</p>")
    for selectors in (
        site.marks,
        site.title,
        site.lead,
        site.body,
        site.date,
        site.author,
        site.items,
        site.next,
    ):
        assert [select(empty, selector) for selector in (*selectors, *site.files)] == [[]] * len(
            (*selectors, *site.files)
        )
    assert {reason for _, reason in site.drop} <= REASONS.keys()


# --- a new site -------------------------------------------------------------------------------------------


def test_a_new_file_is_enough_and_sites_without_a_host_come_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The template, copied, is a site."""
    template = Path(ingest.sites.__file__).with_name("template.py.txt").read_text("utf-8")
    (tmp_path / "a_moi.py").write_text(template, "utf-8")
    (tmp_path / "zz_moi.py").write_text(template.replace("example.vn", "tin.example.vn"), "utf-8")
    monkeypatch.setattr(ingest.sites, "__path__", [*ingest.sites.__path__, str(tmp_path)])
    found = ingest.sites._load_sites()
    assert list(found) == ["a_moi", *(name for name in SITES if name != "wordpress"), "zz_moi", "wordpress"]
    assert found["a_moi"].hosts == ("example.vn",)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://vanban.chinhphu.vn/?docid=1", "vanban_chinhphu"),
        ("https://congbao.chinhphu.vn/van-ban/a-1.htm", "congbao"),
        ("https://baochinhphu.chinhphu.vn/a.htm", "chinhphu"),
        ("https://www.baohatinh.vn/a-post1.html", "baohatinh"),
        ("https://khongphaibaohatinh.vn/", None),
        ("https://khac.example/", None),
        (None, None),
    ],
)
def test_the_longest_host_chooses_the_rules(url: str | None, name: str | None) -> None:
    assert site_of(url) is (SITES[name] if name else None)


def test_a_site_without_saved_pages_fails_and_is_told_what_to_write() -> None:
    with pytest.raises(pytest.fail.Exception, match=r"tests/sites/khong_co/page\.html, list\.html"):
        _read_expected("khong_co")
