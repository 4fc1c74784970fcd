"""What became of the places that were judged by hand (tests/gold/place_finds.jsonl).

    python bench/place_finds.py [--shared ../shared] [--list]

The finds were drawn at random over the documents outside all gold windows and judged right or wrong. Here it is
counted how many of either the resolver finds again today at the same place with the same unit: what was right
should stay, what was wrong should go. New finds are not judged, so this is no precision.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.provinces import Row, read_documents  # noqa: E402
from corpus.place_resolution import places_of  # noqa: E402

FINDS = ROOT / "tests/gold/place_finds.jsonl"


def look_again(shared: Path) -> Iterator[tuple[Row, bool]]:
    """Each judged find with whether it is found again with the same unit."""
    judged: dict[str, list[Row]] = {}
    for line in FINDS.read_text("utf-8").splitlines():
        row = json.loads(line)
        judged.setdefault(row["source"], []).append(row)
    for source, _, document in read_documents(shared, judged):
        found = {(place.start, place.end): place.path for place in places_of(document)}
        for row in judged[source]:
            yield row, found.get((row["start"], row["end"])) == tuple(row["told"])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument(
        "--list", action="store_true", help="list right ones that are gone and wrong ones left"
    )
    arguments = parser.parse_args()
    counts: Counter[tuple[str, bool]] = Counter()
    for row, again in look_again(arguments.shared):
        counts[row["verdict"], again] += 1
        if arguments.list and again == (row["verdict"] == "wrong"):
            sys.stdout.write(f"{row['verdict']:6}{row['source']} {row['start']} {row['told']}\n")
    for verdict in ("right", "wrong"):
        again, gone = counts[verdict, True], counts[verdict, False]
        sys.stdout.write(f"{verdict:6} found again {again} of {again + gone}\n")


if __name__ == "__main__":
    main()
