"""Build the shipped table of syllable counts, and measure restoration of diacritics with texts left out.

    python bench/restore.py build ../shared/data
    python bench/restore.py measure ../shared/data
    python bench/restore.py slips ../shared/data

`build` writes index/data/syllable_ngrams.npz: counts of syllables, pairs and threes over the real texts, the
names of places and phrases of asking that we wrote (bench/restore_phrases.txt). No text, and no query of any
set, goes into it. `measure` strips the queries of each set and restores them with tables built without that
set's texts, then with the set's own collection counted in, which is what a searcher over it has. `slips` types the queries in raw Telex and VNI, glues syllables and
misspells words, says how many syllables come back, and how often a query typed right is doubted.
"""

from __future__ import annotations

import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

from corpus.text import fold, to_nfc
from index.ngrams import NgramTable, add_tables, count_ngrams, prune_table
from index.restore import Restorer
from index.tokens import place_tone
from index.typos import Slip, correct, find_alternatives, split_tone

_ROOT = Path(__file__).resolve().parents[1]
_TARGET = _ROOT / "index" / "data" / "syllable_ngrams.npz"
_ALL = ("official", "news", "alqac", "law-questions")
# Phrases of asking are rare in official prose; 5, 10 and 30 measured alike.
_PHRASES, _PLACES = 10, 3
# Floors of the shipped table; without them it restores 0.1 points better and is three times as large.
_FLOORS = {"syllable": 3, "pair": 1, "triple": 2, "word": 10}

# What is measured on → the texts that its table is made of.
_HELD_OUT: Sequence[tuple[str, tuple[str, ...]]] = (
    ("alqac", ("official", "news")),
    ("alqac", ("official", "news", "law-questions")),
    ("law-questions", ("official", "news")),
    ("law-questions", ("official", "news", "alqac")),
    ("titles", ("news", "alqac", "law-questions")),
    ("alqac", _ALL),
    ("law-questions", _ALL),
    ("titles", _ALL),
)


def build(data: Path, target: Path = _TARGET) -> None:
    """Write the shipped table."""
    table = prune_table(_table(data, _ALL), **_FLOORS)
    table.save(target)
    print(
        f"{target.name}: {len(table.syllables)} syllables, {len(table.pairs)} pairs, {len(table.triples)} threes,"
        f" {target.stat().st_size / 1e6:.2f} MB"
    )


def measure(data: Path) -> None:
    """Print syllable accuracy and time per query, queries fully and half stripped."""
    print(
        "set | table from | typed | syllables right % | queries right % | sure | right where sure % | CPU ms"
    )
    for name, sources in _HELD_OUT:
        restorer = Restorer(prune_table(_table(data, sources), **_FLOORS))
        for how in ("bare", "half"):
            row = _measure(restorer, _queries(data, name), how)
            print(f"{name} | {'+'.join(sources)} | {how} | {row}", flush=True)


def _measure(restorer: Restorer, queries: Sequence[str], how: str) -> str:
    chance = random.Random(7)
    tally: Counter[str] = Counter()
    started = time.process_time()
    restored = [restorer.restore(_strip(query, how, chance)) for query in queries]
    spent = (time.process_time() - started) / len(queries) * 1000
    for query, result in zip(queries, restored, strict=True):
        rights = []
        for syllable in result.syllables:
            meant = place_tone(query[syllable.start : syllable.end].lower())
            if any(character.isalpha() for character in meant):
                rights.append(meant == syllable.chosen)
                tally["sure"] += syllable.confidence >= 0.95
                tally["sure and right"] += syllable.confidence >= 0.95 and rights[-1]
        tally["all"] += len(rights)
        tally["right"] += sum(rights)
        tally["whole"] += all(rights)
    return (
        f"{100 * tally['right'] / tally['all']:.2f} | {100 * tally['whole'] / len(queries):.1f}"
        f" | {tally['sure'] / tally['all']:.3f} | {100 * tally['sure and right'] / tally['sure']:.2f} | {spent:.2f}"
    )


def _strip(query: str, how: str, chance: random.Random) -> str:
    """The query without any marks ("bare"), or with each word stripped by an even chance ("half")."""
    if how == "bare":
        # Small letters stay small and capitals capital: people who leave out marks still type capitals.
        return "".join(fold(c).upper() if c.isupper() else fold(c) for c in query)
    words = query.split(" ")
    return " ".join(_strip(word, "bare", chance) if chance.random() < 0.5 else word for word in words)


def _table(data: Path, sources: Sequence[str]) -> NgramTable:
    table = _count(data, sources[0])
    for source in sources[1:]:
        table = add_tables(table, _count(data, source))
    table = add_tables(table, count_ngrams(_phrases()), weight=_PHRASES)
    return add_tables(table, count_ngrams(_places()), weight=_PLACES)


@cache
def _count(data: Path, source: str) -> NgramTable:
    return count_ngrams(_texts(data, source))


def _texts(data: Path, source: str) -> Iterator[str]:
    if source in ("official", "news"):
        name = "documents.jsonl" if source == "official" else "provincial_news.jsonl"
        yield from (row["text"] for row in _rows(data / "official-docs" / name))
    else:
        for row in _rows(data / "retrieval" / source / "corpus.jsonl"):
            yield f"{row['title']}\n{row['text']}"


def _phrases() -> list[str]:
    return (_ROOT / "bench" / "restore_phrases.txt").read_text("utf-8").splitlines()


def _places() -> Iterator[str]:
    for line in (_ROOT / "corpus" / "data" / "places.tsv").read_text("utf-8").splitlines():
        if line.startswith(("#", "tỉnh nay")):
            continue
        level, _, name, province, *_ = line.split("\t")
        yield from (name, f"tỉnh {name}") if level == "tỉnh" else (f"huyện {name}, tỉnh {province}",)


def _queries(data: Path, name: str) -> list[str]:
    if name == "titles":
        rows = _rows(data / "official-docs" / "queries.jsonl")
        return [to_nfc(row["text"]) for row in rows if row["kind"] == "title_no_symbol"]
    return [to_nfc(row["text"]) for row in _rows(data / "retrieval" / name / "queries.jsonl")]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def slips(data: Path) -> None:
    """Print how much of each kind of slip is read, by a table without the set's texts; and false alarms."""
    print("set | slip | syllables right % | false: firm alternatives per 100 queries | CPU ms")
    for name, sources in (("alqac", ("official", "news")), ("law-questions", ("official", "news"))):
        restorer = Restorer(prune_table(_table(data, sources), **_FLOORS))
        queries = _queries(data, name)
        for how, type_with in _SLIPS.items():
            print(f"{name} | {how} | {_measure_slips(restorer, queries, type_with)}", flush=True)


def _measure_slips(
    restorer: Restorer, queries: Sequence[str], type_with: Callable[[str, random.Random], str]
) -> str:
    chance = random.Random(11)
    right = total = firm = 0
    spent = 0.0
    for query in queries:
        words = [place_tone(word.lower()) for word in re.findall(r"[^\W_]+", query)]
        typed = " ".join(type_with(word, chance) for word in words).replace(" +", "").replace("+ ", "")
        started = time.process_time()
        alternatives = find_alternatives(typed, restorer.table)
        spent += time.process_time() - started
        read = [place_tone(word) for word in correct(typed, alternatives).split()]
        firm += sum(a.confidence >= 0.5 and a.slip is not Slip.SPELLING for a in alternatives)
        total += len(words)
        same = SequenceMatcher(None, words, read, autojunk=False).get_matching_blocks()
        right += sum(block.size for block in same)
    return f"{100 * right / total:.2f} | {100 * firm / len(queries):.1f} | {spent / len(queries) * 1000:.2f}"


_TELEX = {"ă": "aw", "â": "aa", "đ": "dd", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw"}
_VNI = {"ă": "a8", "â": "a6", "đ": "d9", "ê": "e6", "ô": "o6", "ơ": "o7", "ư": "u7"}
_VNI_TONES = {"s": "1", "f": "2", "r": "3", "x": "4", "j": "5", "": ""}


def _type_telex(word: str, chance: random.Random) -> str:
    letters, tone = split_tone(word)
    return "".join(_TELEX.get(c, c) for c in letters.replace("ươ", "uơ")) + tone


def _type_vni(word: str, chance: random.Random) -> str:
    letters, tone = split_tone(word)
    return "".join(_VNI.get(c, c) for c in letters) + _VNI_TONES[tone]


def _glue(word: str, chance: random.Random) -> str:
    return f"{word}+" if word.isalpha() and chance.random() < 0.1 else word


def _misspell(word: str, chance: random.Random) -> str:
    """Two letters exchanged, or one left out, in one of ten longer words."""
    if len(word) < 4 or not word.isalpha() or chance.random() > 0.1:
        return word
    at = chance.randrange(1, len(word) - 1)
    if chance.random() < 0.5:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + word[at + 1 :]


_SLIPS: dict[str, Callable[[str, random.Random], str]] = {
    "none": lambda word, chance: word,
    "telex": _type_telex,
    "vni": _type_vni,
    "glued": _glue,
    "misspelt": _misspell,
}


if __name__ == "__main__":
    {"build": build, "measure": measure, "slips": slips}[sys.argv[1]](Path(sys.argv[2]))
