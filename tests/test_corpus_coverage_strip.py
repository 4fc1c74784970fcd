"""The strip of a series: every number seen or missing stands in one run, in order."""

from __future__ import annotations

from corpus.coverage import Range, Series, find_gaps
from corpus.coverage_strip import Mark, strip_of
from corpus.series import SeriesKey

KEY = SeriesKey(
    code="UBND", body="Hà Tĩnh", kind="QĐ", ending="/QĐ-UBND", party=False, year=2024, scope="năm 2024"
)


def series(
    held: tuple[int, ...], mentioned: tuple[int, ...] = (), missing: tuple[Range, ...] | None = None
) -> Series:
    return Series(
        key=KEY,
        issuer="Ủy ban nhân dân tỉnh Hà Tĩnh",
        type="Quyết định",
        held=held,
        missing=find_gaps(held, mentioned) if missing is None else missing,
        mentioned=mentioned,
        others=(),
        mentioned_others=(),
        duplicates=(),
        documents=len(held),
    )


def told(one: Series) -> list[tuple[str, Mark]]:
    return [(segment.numbers, segment.mark) for segment in strip_of(one)]


def test_held_missing_and_mentioned_numbers_stand_in_order_each_once() -> None:
    assert told(series((3, 4, 9), mentioned=(1, 6, 12))) == [
        ("01", Mark.MENTIONED),  # below the lowest held one nothing is missing
        ("03–04", Mark.HELD),
        ("05", Mark.MISSING),
        ("06", Mark.MENTIONED),
        ("07–08", Mark.MISSING),
        ("09", Mark.HELD),
        ("10–11", Mark.MISSING),
        ("12", Mark.MENTIONED),
    ]


def test_the_runs_cover_all_numbers_between_without_overlap() -> None:
    one = series((5, 200, 1000), mentioned=tuple(range(7, 900, 13)))
    numbers = [n for segment in strip_of(one) for n in range(segment.first, segment.last + 1)]
    assert numbers == list(range(5, 1001))
    missing = sum(segment.count for segment in strip_of(one) if segment.mark is Mark.MISSING)
    assert missing == one.missing_count - len(one.mentioned) + sum(n in one.held for n in one.mentioned)


def test_a_series_of_which_nothing_may_be_called_missing_has_no_missing_runs() -> None:
    assert told(series((2, 8), mentioned=(5,), missing=())) == [
        ("02", Mark.HELD),
        ("05", Mark.MENTIONED),
        ("08", Mark.HELD),
    ]
