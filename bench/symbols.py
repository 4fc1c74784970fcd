"""Rate and counts of document numbers, references and reports over the official documents.

Run from the repository: `python bench/symbols.py [DOCUMENTS.jsonl] [--show CLASS]`. `--show party` prints 30
random hits of a class with their surroundings, to be read for false ones; nothing is written.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import time
import unicodedata
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from corpus.models import SymbolMention, System  # noqa: E402
from corpus.references import find_references  # noqa: E402
from corpus.symbols import find_symbols  # noqa: E402

DOCUMENTS = ROOT.parent / "shared" / "data" / "official-docs" / "documents.jsonl"


def class_of(mention: SymbolMention) -> str:
    """The class that is counted: short, party, law, letter (công văn), old (bare or odd), state."""
    if mention.short:
        return "short"
    if mention.system is System.PARTY:
        return "party"
    if mention.type_code is None:
        if re.match(r"(?:UBTV)?QH", mention.issuer_code or ""):
            return "law"
        return "letter" if "-" in (mention.issuer_code or "") else "old"
    return "state" if f"/{mention.type_code}-" in mention.canonical else "old"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", nargs="?", type=Path, default=DOCUMENTS)
    parser.add_argument("--show", help="print 30 random hits of this class")
    arguments = parser.parse_args()
    rows = [json.loads(line) for line in arguments.documents.open(encoding="utf-8")]
    texts = [unicodedata.normalize("NFC", row["text"]) for row in rows]
    characters = sum(map(len, texts))
    started = time.perf_counter()
    found = [(text, mention) for text in texts for mention in find_symbols(text)]
    seconds = time.perf_counter() - started
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    print(f"commit {commit.stdout.strip()}: {len(texts)} documents, {characters:,} characters")
    print(f"find_symbols: {seconds:.1f} s, {characters / seconds / 1e6:.2f}M characters/s")
    mentions, distinct = Counter[str](), Counter[str]()
    for _, mention in found:
        mentions[class_of(mention)] += 1
    for kind, _ in {(class_of(mention), mention.canonical) for _, mention in found}:
        distinct[kind] += 1
    for kind, count in mentions.most_common():
        print(f"  {kind:8}{count:8,} mentions{distinct[kind]:8,} distinct")
    print_gold(rows, texts)
    started = time.perf_counter()
    references = [reference for text in texts for reference in find_references(text)]
    seconds = time.perf_counter() - started
    print(f"find_references: {seconds:.1f} s; {len(references):,} references,", end=" ")
    print(f"{sum(r.date is not None for r in references):,} with date,", end=" ")
    print(f"{sum(r.issuer is not None for r in references):,} with issuer")
    print(
        "  " + ", ".join(f"{name} {n:,}" for name, n in Counter(str(r.relation) for r in references).items())
    )
    if arguments.show:
        show([hit for hit in found if class_of(hit[1]) == arguments.show])


def print_gold(rows: list[dict[str, object]], texts: list[str]) -> None:
    """How many of the gold own symbols and reported symbols are among the numbers found in the text."""
    for field in ("own_symbol", "reported_symbols"):
        wanted = held = 0
        for row, text in zip(rows, texts, strict=True):
            gold = row.get("gold")
            value = gold.get(field) if isinstance(gold, dict) else None
            symbols = [value] if isinstance(value, str) else list(value or [])
            present = {mention.canonical for mention in find_symbols(text)} if symbols else set()
            wanted += len(symbols)
            held += sum(symbol in present for symbol in symbols)
        print(f"gold {field}: {held} of {wanted} found in the text in this form")


def show(hits: list[tuple[str, SymbolMention]]) -> None:
    for text, mention in random.Random(0).sample(hits, min(30, len(hits))):
        around = text[max(0, mention.start - 45) : mention.end + 35]
        print(f"{mention.canonical:28}| {' '.join(around.split())}")


if __name__ == "__main__":
    main()
