"""Places, indicators and tasks beside their gold (tests/gold/provinces*.jsonl), half by half.

    python bench/provinces.py [--shared ../shared] [--half dev|more|third|drawn-1|…|held|fresh] [--misses]

The gold counts code points of the shared files; a document in the store has other line ends and lacks what was
cut. Each gold document is read as the product reads it, and every gold span is carried over word by word. What
is found counts only inside the annotated windows; `optional` rows and `open` labels are neutral. `--misses`
lists what is wrong or missed. The halves held and fresh were opened for development on 28 November 2026, after they had
been scored by counts alone: since then they are no proof.

`drawn-1` to `drawn-4` (provinces_drawn.jsonl) are random windows with indicators alone. `more` (provinces_more.jsonl) is for development too. One table there gives most of its indicators, so
rates of indicators are told a second time without the documents that have more than 20 of them ("few").
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sys
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from corpus.build import build_document  # noqa: E402
from corpus.gazetteer import spelling  # noqa: E402
from corpus.indicators import Indicator, find_indicators  # noqa: E402
from corpus.models import Document  # noqa: E402
from corpus.place_resolution import ResolvedPlace, places_of  # noqa: E402
from corpus.quantities import name_unit  # noqa: E402
from corpus.tasks import Task, find_tasks  # noqa: E402
from corpus.text import fold_spaces  # noqa: E402
from ingest.local import list_pages  # noqa: E402
from ingest.models import RawPage  # noqa: E402
from ingest.readers import read_page  # noqa: E402

GOLD = ROOT / "tests/gold/provinces.jsonl"
MORE = ROOT / "tests/gold/provinces_more.jsonl"
THIRD = ROOT / "tests/gold/provinces_third.jsonl"
DRAWN = ROOT / "tests/gold/provinces_drawn.jsonl"
FOURTH = ROOT / "tests/gold/provinces_fourth.jsonl"
FILE_OF = {
    "dev": GOLD,
    "held": GOLD,
    "more": MORE,
    "third": THIRD,
    "fresh": THIRD,
    **{f"drawn-{number}": DRAWN for number in (1, 2, 3, 4)},
    **dict.fromkeys(("fourth", "fourth-i"), FOURTH),
}
MANY = 20  # indicators in one document, above which it would drown the others
FILES = ("documents.jsonl", "provincial_news.jsonl")
Row = dict[str, Any]
_WORD = re.compile(r"\S+")


class Carrier:
    """Carries spans of a shared text over to the stored text of the same document."""

    def __init__(self, shared: str, stored: str, window: tuple[int, int]) -> None:
        self._shared = [
            m for m in _WORD.finditer(shared) if m.end() > window[0] - 300 and m.start() < window[1] + 300
        ]
        self._stored = list(_WORD.finditer(stored))
        self._starts = [m.start() for m in self._shared]
        self._ends = [m.end() for m in self._shared]
        self._pairs: dict[int, int] = {}
        matcher = SequenceMatcher(
            None, [m[0] for m in self._shared], [m[0] for m in self._stored], autojunk=False
        )
        for block in matcher.get_matching_blocks():
            self._pairs.update((block.a + i, block.b + i) for i in range(block.size))

    def carry(self, start: int, end: int) -> tuple[int, int] | None:
        """The span in the stored text; None where none of its words are there."""
        first, last = bisect_right(self._ends, start), bisect_left(self._starts, end) - 1
        held = [at for at in range(first, last + 1) if at in self._pairs]
        if not held:
            return None
        head, tail = self._shared[held[0]], self._shared[held[-1]]
        begin = self._stored[self._pairs[held[0]]].start() + max(0, start - head.start())
        return begin, self._stored[self._pairs[held[-1]]].end() - max(0, tail.end() - end)


@dataclass(slots=True)
class Count:
    """Right, wrong and missed of one kind in one half, document by document."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    labels: dict[str, list[int]] = field(default_factory=dict)  # label → [agreeing, judged]
    strict: int = 0  # right with every label that is judged

    def label(self, name: str, *, agrees: bool) -> None:
        """Count one judged label of a right find."""
        tally = self.labels.setdefault(name, [0, 0])
        tally[0] += agrees
        tally[1] += 1


def interval(hits: int, total: int) -> tuple[float, float]:
    """The Wilson interval (95 %) of a rate.

    >>> [round(bound, 3) for bound in interval(9, 10)]
    [0.596, 0.982]
    """
    if total == 0:
        return 0.0, 1.0
    z, rate = 1.96, hits / total
    middle = (rate + z * z / (2 * total)) / (1 + z * z / total)
    half = z * math.sqrt(rate * (1 - rate) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return middle - half, middle + half


def read_gold(half: str) -> dict[str, list[Row]]:
    """The gold rows of a half by source."""
    found: dict[str, list[Row]] = {}
    for line in FILE_OF[half].read_text("utf-8").splitlines():
        row = json.loads(line)
        if half == "more" or row["half"] == half:
            found.setdefault(row["source"], []).append(row)
    return found


def read_documents(shared: Path, sources: Iterable[str]) -> Iterator[tuple[str, str, Document]]:
    """Source id, shared text (NFC) and document of the wanted sources, read as the product reads them."""
    wanted = set(sources)
    for name in FILES:
        for page in list_pages(shared / "data/official-docs" / name):
            if isinstance(page, RawPage) and (source := page.uri.rpartition("#")[2]) in wanted:
                text = unicodedata.normalize("NFC", json.loads(page.content)["text"])
                yield source, text, build_document(page, read_page(page))


def judge_indicators(
    rows: Sequence[Row], found: Sequence[Indicator], inside: Inside
) -> tuple[Count, list[str]]:
    """A find is right where value, whole, unit and kind agree and the value spans overlap."""
    count, notes = Count(), []
    open_rows = [row for row in rows if row["what"] == "indicator"]
    for item in found:
        row = next((r for r in open_rows if _overlap(r["at"], (item.value_start, item.value_end)) > 0), None)
        if row is None:
            if inside.covers(item.value_start, item.value_end):
                count.wrong += 1
                notes.append(f"thừa   {_tell(item)}")
            continue
        open_rows.remove(row)
        wrong = [name for name, agrees in _compare_indicator(row, item) if not agrees]
        if row.get("optional"):
            continue
        if {"value", "of", "unit", "kind"} & set(wrong):
            count.wrong += 1
            count.missed += 1
            notes.append(f"sai    {_tell(item)} ≠ {wrong} {row['value']} {row['unit']} {row['kind']}")
            continue
        count.right += 1
        for name, agrees in _compare_indicator(row, item):
            if name in ("place", "period"):
                count.label(name, agrees=agrees)
                if not agrees:
                    notes.append(f"{name} {_tell(item)} {getattr(item, name)} ≠ {row[name]}")
        count.strict += not wrong
    for row in open_rows:
        if not row.get("optional"):
            count.missed += 1
            notes.append(f"sót    {row['value']} {row['unit']} {row['kind']} · {row['measure']}")
    return count, notes


def _tell(item: Indicator) -> str:
    return f"{item.value:g} {item.unit} {item.kind} · {item.measure[:90]}"


def _compare_indicator(row: Row, item: Indicator) -> Iterator[tuple[str, bool]]:
    """Each label that is judged with whether it agrees."""
    unit = name_unit(row["unit"])
    judged = {
        "value": row["value"] == item.value and row.get("to") == item.to,
        "of": row["of"] == item.of,
        # "hộ" and "hộ nghèo" are one unit: one names it more fully.
        "unit": unit == item.unit
        or f"{unit} ".startswith(f"{item.unit} ")
        or f"{item.unit} ".startswith(f"{unit} "),
        "kind": row["kind"] == item.kind,
    }
    if row["place"] is not None:
        judged["place"] = item.place is not None and _same_place(row["place"], item.place)
    if row["period"] is not None:
        judged["period"] = row["period"] == item.period
    for name, agrees in judged.items():
        if name not in (row.get("open") or ()):
            yield name, agrees


def _same_place(gold: Sequence[str], found: Sequence[str]) -> bool:
    """The same unit in the same province, as far as both say."""
    names = [fold_spaces(name).lower() for name in gold]
    others = [fold_spaces(name).lower() for name in found]
    return names[0] == others[0] and (len(names) == 1) == (len(others) == 1) and names[-1] == others[-1]


def judge_places(
    rows: Sequence[Row], found: Sequence[ResolvedPlace], inside: Inside
) -> tuple[Count, list[str]]:
    """A resolved mention is right where the spans overlap and it is the unit of the gold, up to its province.

    A mention that the resolver leaves open is missed, not wrong. The map (before or since 1 July 2025) is a label.
    """
    count, notes = Count(), []
    open_rows = [row for row in rows if row["what"] == "place"]
    for item in found:
        if item.path is None:
            continue
        row = next((r for r in open_rows if _overlap(r["at"], (item.start, item.end)) > 0), None)
        if row is None:
            if inside.covers(item.start, item.end):
                count.wrong += 1
                notes.append(f"thừa   {item.path}")
            continue
        open_rows.remove(row)
        if row.get("optional"):
            continue
        if row["unit"] is None or not _same_path(row["unit"], item.path):
            count.wrong += 1
            count.missed += 1
            notes.append(f"sai    {item.path} ≠ {row['unit']}")
            continue
        count.right += 1
        agrees = item.scheme is not None and item.scheme.value == row["scheme"]
        if item.scheme is not None:
            count.label("map", agrees=agrees)
        count.strict += agrees
        if not agrees:
            notes.append(f"map    {item.path} {item.scheme} ≠ {row['scheme']}")
    for row in open_rows:
        if not row.get("optional"):
            count.missed += 1
            notes.append(f"sót    {row['unit']} {row['scheme']}")
    return count, notes


def _same_path(gold: Sequence[str], found: Sequence[str]) -> bool:
    return [spelling(name) for name in gold] == [spelling(name) for name in found]


def judge_tasks(rows: Sequence[Row], found: Sequence[Task], inside: Inside) -> tuple[Count, list[str]]:
    """A find is right where evidence overlaps by half, an actor overlaps and the deadline is the same."""
    count, notes = Count(), []
    open_rows = [row for row in rows if row["what"] == "task"]
    for item in found:
        clipped = inside.clip(item.start, item.end)
        if clipped is None:
            continue
        row = max(open_rows, key=lambda r: _overlap(r["at"], clipped), default=None)
        if row is None or _overlap(row["at"], clipped) < 0.5:
            if inside.covers(item.start, item.end):
                count.wrong += 1
                notes.append(f"thừa   {item.kind} {item.actor[:50]} → {item.action[:90]}")
            continue
        open_rows.remove(row)
        if row.get("optional"):
            continue
        actor = any(
            _overlap(span, (own.start, own.end)) > 0 for span in row["actors"] for own in item.actor_spans
        )
        if not actor or row["deadline"] != item.deadline:
            count.wrong += 1
            count.missed += 1
            notes.append(f"sai    {item.actor[:50]} {item.deadline} ≠ {row['actor']} {row['deadline']}")
            continue
        count.right += 1
        count.label("kind", agrees=row["kind"] == item.kind)
        if row["kind"] != item.kind:
            notes.append(f"kind   {item.kind} ≠ {row['kind']} {item.action[:60]}")
        count.strict += row["kind"] == item.kind
    for row in open_rows:
        if not row.get("optional"):
            count.missed += 1
            notes.append(f"sót    {row['kind']} {row['actor']}")
    return count, notes


def _overlap(one: tuple[int, int] | None, other: tuple[int, int]) -> float:
    """The shared part of two spans, as a share of the longer one."""
    if one is None:
        return 0.0
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, shared) / max(one[1] - one[0], other[1] - other[0], 1)


@dataclass(frozen=True, slots=True)
class Inside:
    """The windows of one document in its stored text."""

    windows: tuple[tuple[int, int], ...]

    def covers(self, start: int, end: int) -> bool:
        """Whether a span lies wholly inside a window."""
        return any(first <= start and end <= last for first, last in self.windows)

    def clip(self, start: int, end: int) -> tuple[int, int] | None:
        """The part of a span inside a window."""
        for first, last in self.windows:
            if start < last and first < end:
                return max(start, first), min(end, last)
        return None


def carry_rows(rows: Sequence[Row], shared: str, stored: str) -> Inside:
    """Give every row its span in the stored text (`at`, and `actors` of a task); the windows come back."""
    windows = [row for row in rows if row["what"] == "window"]
    carriers = [(w, Carrier(shared, stored, (w["start"], w["end"]))) for w in windows]
    for row in rows:
        carrier = next(
            c for w, c in carriers if row["what"] == "window" or w["start"] <= row["start"] < w["end"]
        )
        span = (
            (row["value_start"], row["value_end"])
            if row["what"] == "indicator"
            else (row["start"], row["end"])
        )
        row["at"] = carrier.carry(*span)
        if row["what"] == "task":
            carried = [Carrier(shared, stored, (a, b)).carry(a, b) for a, b in row["actor_spans"]]
            row["actors"] = [span for span in carried if span is not None]
    spans = (carrier.carry(w["start"], w["end"]) for w, carrier in carriers)
    return Inside(tuple(span for span in spans if span is not None))


def measure(shared: Path, half: str) -> tuple[dict[str, Count], list[str]]:
    """The counts of each kind in a half, and what is wrong or missed, document by document.

    `few` counts the indicators once more, without the documents that have more than `MANY`.
    """
    gold = read_gold(half)
    totals = {"place": Count(), "indicator": Count(), "few": Count(), "task": Count()}
    notes: list[str] = []
    for source, text, document in read_documents(shared, gold):
        inside = carry_rows(gold[source], text, document.text)
        judged = {"indicator": judge_indicators(gold[source], find_indicators(document), inside)}
        if FILE_OF[half] is not DRAWN:  # there only indicators are annotated
            judged["place"] = judge_places(gold[source], places_of(document), inside)
            judged["task"] = judge_tasks(gold[source], find_tasks(document), inside)
        for kind, (count, told) in judged.items():
            _add(totals[kind], count)
            if kind == "indicator" and sum(row["what"] == kind for row in gold[source]) <= MANY:
                _add(totals["few"], count)
            notes += [f"{source} {kind} {note}" for note in told]
    return totals, notes


def _add(total: Count, count: Count) -> None:
    total.right += count.right
    total.wrong += count.wrong
    total.missed += count.missed
    total.strict += count.strict
    for name, (agreeing, judged) in count.labels.items():
        tally = total.labels.setdefault(name, [0, 0])
        tally[0] += agreeing
        tally[1] += judged


def rates(count: Count) -> dict[str, tuple[int, int]]:
    """Each rate as (hits, of how many)."""
    return {
        "precision": (count.right, count.right + count.wrong),
        "recall": (count.right, count.right + count.missed),
        **{name: (hits, total) for name, (hits, total) in sorted(count.labels.items())},
        "strict": (count.strict, count.right + count.wrong),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--half", choices=(*FILE_OF, "all"), default="all")
    parser.add_argument("--misses", action="store_true", help="list what is wrong or missed")
    arguments = parser.parse_args()
    for half in FILE_OF if arguments.half == "all" else (arguments.half,):
        totals, notes = measure(arguments.shared, half)
        for kind, count in totals.items():
            if not count.right + count.wrong + count.missed:
                continue
            for name, (hits, total) in rates(count).items():
                low, high = interval(hits, total)
                rate = hits / total if total else float("nan")
                sys.stdout.write(
                    f"{half:5}{kind:10} {name:10} {rate:.3f} ({hits}/{total}; {low:.2f}–{high:.2f})\n"
                )
        if arguments.misses:
            sys.stdout.write("\n".join(notes) + "\n")


if __name__ == "__main__":
    main()
