"""Passages as strings of one character a syllable: what is the same, what is kept, and what is forgotten."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from corpus.store import Store
from index.build import searchable_text
from index.passage_words import Letters, PassageWords
from index.tokens import syllables

BuildStore = Callable[[Path, list[Path]], Store]


def _store(folder: Path, build_store: BuildStore) -> Store:
    for number, topic in enumerate(("uỷ quyền ký văn bản", "ủy ban xã họp", "trồng cây ven đường")):
        (folder / f"{number}.txt").write_text(f"Bài {number}\n\nXã vận động {topic} trong năm.\n", "utf-8")
    return build_store(folder / "store", [folder])


def test_a_syllable_is_one_character_wherever_its_tone_is_placed() -> None:
    letters = Letters()
    first, second = letters.write("Uỷ quyền, hoà giải"), letters.write("ủy quyền\nHÒA GIẢI")
    assert first == second
    assert len(first) == len(set(first)) == 4
    assert letters.get("xã") is None  # looking up gives no character
    assert letters["xã"] not in first


def test_words_are_those_that_the_indexes_see(tmp_path: Path, build_store: BuildStore) -> None:
    with _store(tmp_path, build_store) as store:
        rows = sorted(store.passage_rows())
        letters, words = PassageWords(store).read([*rows, rows[-1] + 1])
        assert sorted(words) == rows  # what the store does not hold is left out
        for stored in store.passages(rows):
            seen = [letters[unit] for unit in syllables(searchable_text(stored))]
            assert (words[stored.row].text, words[stored.row].title) == ("".join(seen), stored.title)


def test_a_passage_is_read_once_and_all_are_forgotten_above_the_bound(
    tmp_path: Path, build_store: BuildStore
) -> None:
    with _store(tmp_path, build_store) as store:
        rows = sorted(store.passage_rows())
        kept = PassageWords(store)
        kept.read_all(rows)
        _, words = kept.read(rows)
        assert all(kept.read([row])[1][row] is words[row] for row in rows)
        small = PassageWords(store, most=1)
        first, before = small.read(rows)
        second, after = small.read(rows[:1])
        assert first is not second
        assert before[rows[0]] is not after[rows[0]]
        assert {row: len(one.text) for row, one in before.items()} == {
            row: len(one.text) for row, one in words.items()
        }
