"""What each boilerplate rule does on real pages: pages touched, lines, characters, and samples to read.

    python bench/boilerplate.py [--data ../shared/data] [--samples 10] [--rule caption_credit] [--kind news …]

Prints one table per kind of page. The counts go into docs/boilerplate.md; the samples are third-party text
and go nowhere.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from ingest.boilerplate import mark_lines  # noqa: E402
from ingest.layout import split_lines  # noqa: E402


@dataclass(slots=True)
class Effect:
    """What one rule did on one kind of page."""

    pages: set[str] = field(default_factory=set)
    lines: int = 0
    characters: int = 0
    samples: list[str] = field(default_factory=list)


def read_rows(data: Path) -> Iterator[tuple[str, str, str, str | None]]:
    """(kind, id, text, title) of every measured page; the title as a saved page would not have it: None."""
    official = data / "official-docs"
    for name, kind in (("documents.jsonl", None), ("provincial_news.jsonl", "provincial")):
        with (official / name).open(encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                yield kind or row["kind"], row["id"], row["text"], row["title"]
    for path in sorted((data / "seeds").glob("*.txt")):
        yield "seeds", path.name, path.read_text(encoding="utf-8"), None


def measure(data: Path) -> tuple[dict[str, dict[str, Effect]], Counter[str], Counter[str]]:
    """Effects by kind and rule, pages by kind, characters by kind."""
    effects: dict[str, dict[str, Effect]] = defaultdict(lambda: defaultdict(Effect))
    pages: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    for kind, page_id, text, title in read_rows(data):
        lines = split_lines(text)
        pages[kind] += 1
        characters[kind] += len(text)
        marks = mark_lines(lines, title=title).marks
        for index, (line, mark) in enumerate(zip(lines, marks, strict=True)):
            if mark.rule is None:
                continue
            effect = effects[kind][mark.rule]
            effect.pages.add(page_id)
            effect.lines += 1
            effect.characters += len(line.text)
            before = lines[index - 1].text[-60:] if index else ""
            after = lines[index + 1].text[:60] if index + 1 < len(lines) else ""
            place = f"{page_id} {index}/{len(lines)}"
            effect.samples.append(
                f"{place}\n        ⟨{before}⟩\n      → {line.text[:400]}\n        ⟨{after}⟩"
            )
    return effects, pages, characters


def report(arguments: argparse.Namespace) -> None:
    effects, pages, characters = measure(arguments.data)
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    print(f"commit {commit.stdout.strip()}")
    for kind in pages:
        if arguments.kind and kind not in arguments.kind:
            continue
        print(f"\n## {kind}: {pages[kind]} pages, {characters[kind]:,} characters")
        print("| rule | pages | lines | characters |\n|---|---|---|---|")
        for rule, effect in sorted(effects[kind].items()):
            if not arguments.rule or rule in arguments.rule:
                print(f"| {rule} | {len(effect.pages)} | {effect.lines} | {effect.characters:,} |")
        for rule, effect in sorted(effects[kind].items()):
            if arguments.samples and (not arguments.rule or rule in arguments.rule):
                print(f"\n### {kind} / {rule}")
                chosen = random.Random(arguments.seed).sample(
                    effect.samples, min(arguments.samples, len(effect.samples))
                )
                print("\n".join(f"  - {sample}" for sample in chosen))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--samples", type=int, default=0, help="samples to print per rule and kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rule", nargs="*", help="only these rules")
    parser.add_argument("--kind", nargs="*", help="only these kinds of page")
    report(parser.parse_args())


if __name__ == "__main__":
    main()
