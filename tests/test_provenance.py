"""Where a document comes from on the Web: kept with it, told with every quotation, and how its bytes came."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.build import build_document, document_id
from corpus.describe import describe_document, document_json
from corpus.intake import read_again
from corpus.models import DocumentKind
from corpus.store import Store
from index.citations import cite
from ingest.errors import RawDamaged
from ingest.models import Origin, RawPage, hash_content
from ingest.raw_store import FetchRecord, RawStore
from ingest.readers import read_page
from pages.answer_drawing import quotation_html
from pages.drawing import facts_html
from tests.small_web import article

URL = "https://bao.example/tin-1.html?a=1&b=2"
HTML = article("Tin số 1", "Sở Nông nghiệp và Môi trường đã trình kế hoạch trồng rừng của năm 2026.").encode()
ORIGIN = Origin(
    source="bao",
    url=URL,
    fetched_at="2026-11-27T20:00:00+00:00",
    news=True,
    publisher="Báo thử nghiệm",
    published_at="2026-11-26T08:00:00+07:00",
    title="Tin trong danh sách",
)


def page(origin: Origin | None = ORIGIN, content: bytes = HTML) -> RawPage:
    return RawPage(
        uri=URL,
        content=content,
        sha256=hash_content(content),
        media_type="text/html",
        name="tin-1.html",
        origin=origin,
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    read = page()
    with Store.open(tmp_path / "store") as opened:
        with opened.writing():
            RawStore(opened.folder / "raw").put(read.content)
            opened.save(build_document(read, read_page(read)), page=read)
        yield opened


ID = document_id(URL)


def test_what_a_page_does_not_state_its_source_states() -> None:
    document = build_document(page(), read_page(page()))
    assert (document.publisher, document.published_at, document.url) == (
        "Báo thử nghiệm",
        "2026-11-26T08:00:00+07:00",
        URL,
    )
    assert document.title == "Tin số 1"  # the page's own, not the list's
    assert document.facts.kind is DocumentKind.NEWS
    alone = build_document(page(None), read_page(page(None)))
    assert (alone.publisher, alone.published_at, alone.facts.kind) == (None, None, DocumentKind.UNKNOWN)


def test_the_store_keeps_the_origin_and_when_it_was_confirmed_and_taken_down(store: Store) -> None:
    provenance = store.provenance(ID)
    assert provenance is not None
    assert provenance.origin == ORIGIN
    assert (provenance.checked_at, provenance.gone_at) == (ORIGIN.fetched_at, None)
    store.confirm(URL, at="2026-11-29T00:00:00+00:00")
    assert store.mark_gone(URL, at="2026-11-30T00:00:00+00:00")
    provenance = store.document(ID).provenance
    assert provenance is not None
    assert (provenance.checked_at, provenance.gone_at) == (
        "2026-11-29T00:00:00+00:00",
        "2026-11-30T00:00:00+00:00",
    )
    assert not store.mark_gone("https://bao.example/khong-co", at="2026-11-30T00:00:00+00:00")


def test_reading_again_keeps_where_a_page_came_from_and_what_its_source_states(store: Store) -> None:
    store.mark_gone(URL, at="2026-11-30T00:00:00+00:00")
    before = store.document(ID), store.provenance(ID)
    report = read_again(store)
    assert report.counts()["failed"] == 0
    assert (store.document(ID), store.provenance(ID)) == before


def test_a_quotation_tells_its_address_and_day_and_that_it_is_gone(store: Store) -> None:
    document = store.document(ID)
    span = document.passages[0]
    citation = cite(document, span.start, span.end, about=(), location=span.location)
    assert (citation.url, citation.fetched_at, citation.gone_at) == (URL, ORIGIN.fetched_at, None)
    shown = quotation_html(citation, "[1]")
    assert "tải ngày 28/11/2026" in shown  # in Vietnam the next day had begun
    assert '<a href="https://bao.example/tin-1.html?a=1&amp;b=2"' in shown
    store.mark_gone(URL, at="2026-12-01T01:00:00+00:00")
    gone = store.document(ID)
    again = cite(gone, span.start, span.end, about=(), location=span.location)
    assert "nguồn đã gỡ (thấy ngày 01/12/2026)" in quotation_html(again)
    assert "nguồn đã gỡ (thấy ngày 01/12/2026)" in facts_html(gone, (), "")
    assert any("nguồn đã gỡ" in line for line in describe_document(gone))
    assert document_json(gone)["provenance"]["origin"]["url"] == URL


def test_raw_bytes_have_beside_them_how_they_came(tmp_path: Path) -> None:
    raw = RawStore(tmp_path)
    sha256 = raw.put(HTML)
    assert raw.fetches(sha256) == ()
    first = FetchRecord(
        url=URL,
        final_url=URL,
        redirects=(),
        status=200,
        headers={"etag": '"1"', "set-cookie": "phien=1"},
        fetched_at="2026-11-27T20:00:00+00:00",
    )
    raw.note_fetch(sha256, first)
    other = FetchRecord(
        **{name: getattr(first, name) for name in FetchRecord.__slots__} | {"url": URL + "&c=3"}
    )
    raw.note_fetch(sha256, other)
    raw.note_fetch(sha256, first)
    told = raw.fetches(sha256)
    assert [record.url for record in told] == [URL + "&c=3", URL]
    assert all(record.headers == {"etag": '"1"'} for record in told)
    (next(tmp_path.rglob("*.json"))).write_text("[", "utf-8")
    with pytest.raises(RawDamaged):
        raw.fetches(sha256)
    raw.discard(sha256)
    assert not list(tmp_path.rglob("*.*"))
