"""The address of a question: what it holds comes back, and what is none is left out."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs

import pytest

from corpus.effect import Effect
from corpus.models import DocumentKind
from corpus.store_facets import DocumentFacets
from index.errors import InvalidFilter
from index.permalink import (
    Within,
    read_chosen,
    read_within,
    write_address,
    write_parameters,
)

PLAN = DocumentFacets(
    document_id="d1",
    kind=DocumentKind.OFFICIAL,
    type="Kế hoạch",
    issuer="Ủy ban nhân dân tỉnh Hà Tĩnh",
    issuer_code="UBND",
    level="tỉnh",
    system="Nhà nước",
    province="Hà Tĩnh",
    date="2025-03-05",
    source=None,
)
CHOSEN = Within(
    tinh="Hà Tĩnh", tu="2021", den="7/2025", loai="van-ban", hieu_luc="chua-het", ngay="01/07/2025"
)


def test_what_is_chosen_comes_back_from_the_address() -> None:
    address = write_address(write_parameters("Ai ký & khi nào?", CHOSEN, typed="Ai ký?"))
    parameters = {name: values[0] for name, values in parse_qs(address.removeprefix("?")).items()}
    assert parameters["q"] == "Ai ký & khi nào?"
    assert parameters["go"] == "Ai ký?"
    assert read_within(parameters) == CHOSEN


def test_nothing_chosen_is_not_in_the_address() -> None:
    assert write_parameters("Ai ký?", Within()) == {"q": "Ai ký?"}
    assert not read_within({"q": "Ai ký?"})


def test_values_that_are_none_are_left_out() -> None:
    assert read_within({"loai": "<script>", "hieu_luc": "x", "gop": "1", "khac": "y"}) == Within()
    assert read_within({"tinh": " Hà  Tĩnh ", "gop": "1"}) == Within(tinh="Hà Tĩnh", gop="1")


def test_the_filters_are_those_of_the_collection() -> None:
    filters, day = read_chosen(CHOSEN, [PLAN])
    assert filters.provinces == ("Hà Tĩnh",)
    assert (filters.first_day, filters.last_day) == (date(2021, 1, 1), date(2025, 7, 31))
    assert filters.kinds == (DocumentKind.OFFICIAL,)
    assert Effect.UNKNOWN in filters.effects
    assert Effect.REPLACED not in filters.effects
    assert day == date(2025, 7, 1)
    assert read_chosen(Within(), [PLAN]) == (type(filters)(), None)
    ended, _ = read_chosen(Within(hieu_luc="het"), [PLAN])
    assert set(ended.effects) == {Effect.REPLACED, Effect.ABROGATED, Effect.EXPIRED}
    merged, _ = read_chosen(Within(tinh="hung yen", gop="1"), [PLAN])
    assert merged.provinces_today == ("Hưng Yên",)


@pytest.mark.parametrize("within", [Within(tinh="Xứ Sở"), Within(tu="hôm qua"), Within(ngay="31/02/2025")])
def test_what_cannot_be_read_is_said_with_its_remedy(within: Within) -> None:
    with pytest.raises(InvalidFilter, match=r"Hãy|Các giá trị"):
        read_chosen(within, [PLAN])
