"""Count how many stretches of 900 characters of the real documents hold each folded syllable.

    python bench/syllable_weights.py ../shared/data/official-docs/documents.jsonl

writes index/data/syllable_counts.tsv: counts only, no text. The first row holds the number of stretches.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path

from corpus.text import fold, to_nfc

_STRETCH = 900  # characters: the size of a passage
_LONGEST = 200_000  # characters of one document that count, so that no single law sets the weights
_RAREST = 3  # rarer syllables weigh as much as unknown ones


def main(source: Path, target: Path) -> None:
    counts: Counter[str] = Counter()
    stretches = 0
    for line in source.open(encoding="utf-8"):
        text = fold(to_nfc(json.loads(line)["text"][:_LONGEST]))
        for start in range(0, len(text), _STRETCH):
            stretches += 1
            counts.update(set(re.findall(r"[^\W\d_]+", text[start : start + _STRETCH])))
    rows = sorted(
        (item for item in counts.items() if item[1] >= _RAREST), key=lambda item: (-item[1], item[0])
    )
    target.write_text(
        f"#\t{stretches}\n" + "".join(f"{syllable}\t{count}\n" for syllable, count in rows), "utf-8"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(__file__).parents[1] / "index" / "data" / "syllable_counts.tsv")
