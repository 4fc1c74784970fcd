"""Answers within filters: evidence comes from the selection alone, and how a document stands from the whole collection."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from conftest import write_pages

from corpus.facets import Filters
from corpus.models import DocumentKind
from corpus.store import Store
from index.answer import answer
from index.encoder import Encoder
from index.exports.files import export_answer
from index.models import Answer, Outcome
from index.search import Searcher
from tests.answering_texts import TEXTS
from tests.small_plans import COMPARED, ENDED, SEVERAL, write_plans

HA_TINH, NGHE_AN = Filters(provinces=("Hà Tĩnh",)), Filters(provinces=("Nghệ An",))
MARKET = "Theo Nghị định 15/2019/NĐ-CP, ban quản lý chợ niêm yết giá dịch vụ gì tại cổng chợ?"


@pytest.fixture(scope="module")
def searcher(
    build_store: Callable[[Path, list[Path]], Store],
    encoder: Encoder,
    tmp_path_factory: pytest.TempPathFactory,
) -> Searcher:
    """The plans of two provinces, and a decree that another one has replaced."""
    base = tmp_path_factory.mktemp("within")
    markets = write_pages(base, {name: TEXTS[name] for name in ("cho-cu", "cho-moi")})
    return Searcher.open(build_store(base / "store", [*write_plans(base), markets]), encoder)


def provinces(searcher: Searcher, given: Answer) -> set[str | None]:
    """Where what is cited comes from."""
    rows = searcher.facets.documents()
    shown = [c.document_id for said in given.statements for c in said.citations]
    return {rows[name].province for name in (*shown, *(near.citation.document_id for near in given.nearest))}


def test_a_number_that_two_bear_is_of_the_chosen_province(searcher: Searcher) -> None:
    assert answer(searcher, SEVERAL).outcome is Outcome.SEVERAL_POSSIBLE
    for filters, name in ((HA_TINH, "Hà Tĩnh"), (NGHE_AN, "Nghệ An")):
        given = answer(searcher, SEVERAL, filters=filters)
        assert given.outcome is Outcome.ANSWERED
        assert provinces(searcher, given) == {name}
        assert not given.choices


@pytest.mark.parametrize("question", [COMPARED, "Kế hoạch nào trồng cây quanh trường học, trạm y tế?", ENDED])
def test_nothing_is_cited_from_outside(searcher: Searcher, question: str) -> None:
    for filters, name in ((HA_TINH, "Hà Tĩnh"), (NGHE_AN, "Nghệ An")):
        assert provinces(searcher, answer(searcher, question, filters=filters)) <= {name}


def test_what_the_selection_lacks_is_said_of_the_selection(searcher: Searcher) -> None:
    given = answer(
        searcher, "Cây được trồng quanh những nơi nào?", filters=Filters(kinds=(DocumentKind.NEWS,))
    )
    assert given.outcome is Outcome.NOT_FOUND
    assert given.message == "Không tìm thấy trong phạm vi đã chọn."
    assert not given.nearest


def test_a_document_outside_the_selection_is_named_as_such(searcher: Searcher) -> None:
    for question in ("Quyết định 40/QĐ-UBND có hiệu lực từ ngày nào?", "Quyết định 40/QĐ-UBND bãi bỏ gì?"):
        given = answer(searcher, question, filters=NGHE_AN)
        assert given.outcome is Outcome.NOT_FOUND
        assert given.message == (
            "Kho có văn bản số 40/QĐ-UBND, nhưng nằm ngoài phạm vi đã chọn. Hãy bỏ bớt điều kiện lọc để hỏi về văn bản này."
        )


def test_how_a_document_stands_is_told_by_the_whole_collection(searcher: Searcher) -> None:
    early = Filters(last_day=date(2020, 12, 31))
    given = answer(searcher, MARKET, filters=early)
    assert given.outcome is Outcome.SUPERSEDED
    assert "27/2025/NĐ-CP" in given.message
    given = answer(searcher, MARKET, filters=early, as_of=date(2021, 1, 1))
    assert given.outcome is Outcome.ANSWERED
    assert {c.symbol for said in given.statements for c in said.citations} == {"15/2019/NĐ-CP"}


def test_the_day_asked_for_is_that_of_the_question_before_that_of_the_page(searcher: Searcher) -> None:
    question = "Nghị định 15/2019/NĐ-CP còn hiệu lực không?"
    assert answer(searcher, question).outcome is Outcome.SUPERSEDED
    assert answer(searcher, question, as_of=date(2021, 1, 1)).outcome is Outcome.ANSWERED
    stated = f"Tính đến ngày 01/11/2026, {question}"
    assert answer(searcher, stated, as_of=date(2021, 1, 1)).outcome is Outcome.SUPERSEDED


def test_without_filters_nothing_changes(searcher: Searcher) -> None:
    assert answer(searcher, COMPARED, filters=Filters()) == answer(searcher, COMPARED)


def test_an_export_says_within_what_was_asked(searcher: Searcher) -> None:
    given = answer(searcher, SEVERAL, filters=HA_TINH)
    assert given.scope == "Tỉnh, thành phố: Hà Tĩnh"
    assert "Phạm vi: Tỉnh, thành phố: Hà Tĩnh" in export_answer(searcher.store, given, ".txt").decode()
