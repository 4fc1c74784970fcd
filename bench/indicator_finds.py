"""What became of the finds that were judged by hand (tests/gold/indicator_finds.jsonl).

    python bench/indicator_finds.py [--shared ../shared]

The finds were drawn at random over the documents outside all gold windows and judged right or wrong; each bears
what was told then. Here it is counted how many of either are found again today with the same value, unit and
kind: what was right should stay, what was wrong should go. New finds are not judged, so this is no precision.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.provinces import read_documents  # noqa: E402
from corpus.indicators import find_indicators  # noqa: E402

FINDS = ROOT / "tests/gold/indicator_finds.jsonl"


def count_again(shared: Path) -> Counter[tuple[str, bool]]:
    """How many judged indicators of each verdict are found again (True) or not; seed pages are left out."""
    rows = [json.loads(line) for line in FINDS.read_text("utf-8").splitlines()]
    judged: dict[str, dict[int, tuple[dict[str, object], str]]] = {}
    for row in rows:
        if row["what"] == "indicator":
            judged.setdefault(row["source"], {})[row["start"]] = (row["told"], row["verdict"])
    counts: Counter[tuple[str, bool]] = Counter()
    for source, _, document in read_documents(shared, judged):
        found = {
            item.value_start: {"value": item.value, "unit": item.unit, "kind": item.kind.value}
            for item in find_indicators(document)
        }
        for start, (told, verdict) in judged[source].items():
            now = found.get(start)
            # "%" was named "%/năm" later, where the text says so: the same find
            same = now is not None and {**now, "unit": now["unit"].removesuffix("/năm")} == {
                **told,
                "unit": told["unit"].removesuffix("/năm"),
            }
            counts[verdict, same] += 1
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    counts = count_again(parser.parse_args().shared)
    for verdict in ("right", "wrong"):
        again, gone = counts[verdict, True], counts[verdict, False]
        sys.stdout.write(f"{verdict:6} found again {again} of {again + gone}\n")


if __name__ == "__main__":
    main()
