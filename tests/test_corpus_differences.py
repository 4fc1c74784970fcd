"""Differences of two texts: nothing is lost, nothing invented, and no text makes it slow."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.differences import Change, Comparison, compare_texts

OLD = "Điều 1. Bãi chứa\nBãi chứa cách nhà ở ít nhất 90 mét.\nSổ được giữ năm năm.\nĐiều 2. Hiệu lực\nTừ ngày 01/3/2024."
NEW = "Điều 1. Bãi chứa\nBãi chứa phải cách nhà ở ít nhất 120 mét.\nĐiều 2. Hiệu lực\nTừ ngày 01/3/2024.\nĐiều 3. Thi hành"


def changed(found: Comparison, change: Change) -> list[str]:
    return [run.text.strip() for one in found.changes for run in one.runs if run.change is change]


def words(text: str) -> str:
    return "".join(text.split())


def test_words_that_were_removed_and_added_are_told() -> None:
    found = compare_texts(OLD, NEW)
    assert changed(found, Change.REMOVED) == ["90", "Sổ được giữ năm năm."]
    assert changed(found, Change.ADDED) == ["phải", "120", "Điều 3. Thi hành"]
    assert (found.removed, found.added, found.same_lines) == (6, 6, 3)
    assert [one.line for one in found.changes] == [2, 5]


def test_white_space_and_empty_lines_make_no_difference() -> None:
    assert compare_texts("Điều 1.\n\n  Bãi   chứa", "Điều 1.\nBãi chứa\n").equal


@pytest.mark.parametrize(("old", "new"), [("", NEW), (OLD, ""), ("", "")])
def test_an_empty_text_is_all_or_nothing(old: str, new: str) -> None:
    found = compare_texts(old, new)
    assert found.equal == (old == new)
    assert words("".join(changed(found, Change.REMOVED))) == words(old)
    assert words("".join(changed(found, Change.ADDED))) == words(new)


_LINES = st.lists(st.sampled_from(["a b", "a b c", "b", "c a", "d, e.", "", "é"]), max_size=14).map("\n".join)


@given(_LINES, _LINES)
@settings(max_examples=100, deadline=None)
def test_both_texts_can_be_read_from_what_is_told(old: str, new: str) -> None:
    found = compare_texts(old, new)
    added, removed = (
        sum(len(words(text)) for text in changed(found, change)) for change in (Change.ADDED, Change.REMOVED)
    )
    assert len(words(new)) - added == len(words(old)) - removed  # what stayed is the same on both sides
    for one in found.changes:
        after = [run.text for run in one.runs if run.change is not Change.REMOVED]
        assert words("".join(after)) in words(new)
    assert compare_texts(old, old).equal


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("a b\n" * 20_000, "a b\nc d\n" * 10_000, id="the same lines over and over"),
        pytest.param("chữ " * 60_000, "chữ khác " * 60_000, id="one endless line"),
        pytest.param(
            "\n".join("một " * 300 + str(n) for n in range(300)),
            "\n".join("một " * 302 + str(n + 900) for n in range(300)),
            id="long lines, all changed",
        ),
    ],
)
def test_no_text_makes_it_slow(old: str, new: str) -> None:
    begun = time.process_time()
    compare_texts(old, new)
    assert time.process_time() - begun < 2  # measured 0.03 to 0.1 s; the square of the texts would be minutes
