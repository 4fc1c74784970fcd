"""How well the check of a text tells quotations: the rows of tests/gold/misquotes.jsonl, each a text of its own.

    python bench/misquotes.py STORE [--half held]

Of the half for development the confusions and the rows that went wrong are printed; of the half that is held
back the shares alone.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from corpus.store import Store
from corpus.text import fold_spaces
from index.checking.check import check_text
from index.checking.models import CheckedText, QuotationVerdict
from index.encoder import load_encoder
from index.lexical import LexicalIndex
from index.search import Searcher
from settings import load_settings
from tests.gold.expand import read_sources

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "gold" / "misquotes.jsonl"
SHARED_DATA = ROOT.parent / "shared" / "data"
CLASSES = {
    QuotationVerdict.EXACT: "exact",
    QuotationVerdict.ALTERED: "altered",
    QuotationVerdict.OTHER: "other",
    QuotationVerdict.NOT_HELD: "invented",
}
NOTHING = "nothing"  # no quotation was seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One row and the class that the check gave it."""

    id: str
    wanted: str
    given: str
    text: str


def read_rows(half: str) -> list[dict[str, Any]]:
    """The rows of "dev" or "held"."""
    rows = map(json.loads, GOLD.read_text("utf-8").splitlines())
    return [row for row in rows if half_of(row["id"]) == half]


def half_of(identity: str) -> str:
    """Which half a row belongs to."""
    return "dev" if int(hashlib.sha256(identity.encode()).hexdigest(), 16) % 2 == 0 else "held"


def write_text(row: Mapping[str, Any], sources: Mapping[str, str]) -> tuple[str, tuple[int, int]]:
    """The sentence of a row and where its quotation stands in it."""
    quote = row.get("quote")
    if quote is None:
        quote = sources[row["source"]][row["start"] : row["end"]]
        for edit in sorted(row.get("edits", ()), key=lambda one: -one["at"]):
            at, old = edit["at"], edit["old"]
            if quote[at : at + len(old)] != old:
                raise ValueError(f"{row['id']}: {old!r} is not at {at}")
            quote = quote[:at] + edit["new"] + quote[at + len(old) :]
    quote = fold_spaces(quote)
    before, after = row["frame"].replace("{number}", row["number"] or "").split("{quote}")
    return f"{before}{quote}{after}", (len(before), len(before) + len(quote))


def class_of(checked: CheckedText, span: tuple[int, int]) -> str:
    """The class of the quotation that covers most of a span; an alteration in any part of it is one."""
    inside = [one for one in checked.quotations if one.start < span[1] and span[0] < one.end]
    if not inside:
        return NOTHING
    if any(one.verdict is QuotationVerdict.ALTERED for one in inside):
        return "altered"
    widest = max(inside, key=lambda one: min(one.end, span[1]) - max(one.start, span[0]))
    return CLASSES[widest.verdict]


def judge(store: Store, lexical: LexicalIndex, rows: Sequence[Mapping[str, Any]]) -> list[Judged]:
    """Every row with the class that the check gives it."""
    wanted = {row["source"] for row in rows if row["source"]}
    sources = {name: source.text for name, source in read_sources(wanted, SHARED_DATA).items()}
    judged = []
    for row in rows:
        text, span = write_text(row, sources)
        given = class_of(check_text(store, lexical, text), span)
        judged.append(Judged(id=row["id"], wanted=row["class"], given=given, text=text))
    return judged


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("store", type=Path)
    parser.add_argument("--half", choices=("dev", "held"), default="dev")
    arguments = parser.parse_args()
    rows = read_rows(arguments.half)
    with Store.open(arguments.store, read_only=True) as store:
        lexical = Searcher.open(store, load_encoder(None, cache=load_settings().cache)).lexical
        started = time.perf_counter()
        judged = judge(store, lexical, rows)
        seconds = time.perf_counter() - started
    right = Counter(one.wanted for one in judged if one.given == one.wanted)
    asked = Counter(one.wanted for one in judged)
    for name in asked:
        print(f"{name:10} {right[name]:3} / {asked[name]}")
    print(f"{'all':10} {right.total():3} / {len(judged)}, {1000 * seconds / len(judged):.0f} ms a row")
    if arguments.half == "dev":
        for one in judged:
            if one.given != one.wanted:
                print(f"\n{one.id}: {one.wanted}, called {one.given}\n    {one.text}")


if __name__ == "__main__":
    main()
