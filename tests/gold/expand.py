"""Print the gold questions with their quotations, cut from the shared data (which is not committed).

    python tests/gold/expand.py seed_questions_own --set dev > /tmp/questions.jsonl

One JSON object a line, in the format of ``data/questions/seed_questions.jsonl``: ``id, group, text,
answerable, must_cite, note, quotes[{seed_file | source, quote}]``, with ``set`` added; of the files
``answers_*`` also ``kind, typing, outcome, must_not_cite, any_of[[quote]]`` and more (README.md). ``may_cite`` are
the numbers that the list titles of the quoted sources name: the texts, which the gold was written from, may not.
"""

import argparse
import hashlib
import json
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.symbols import find_symbols

HERE = Path(__file__).resolve().parent
SHARED_DATA = HERE.parents[1].parent / "shared" / "data"
QUESTION_FILES = (
    *("seed_questions_own", "official_questions", "seed_questions_more"),
    *(
        "answers_official",
        "answers_propaganda",
        "answers_research",
        "train_official",
        "train_propaganda",
        "train_research",
        "train2_official",
        "train2_propaganda",
        "train2_research",
        "pairs",
    ),
)


@dataclass(frozen=True, slots=True)
class Source:
    """A quoted page: its title in the list of the collection ("" for a seed), and its NFC text."""

    title: str
    text: str


def read_sources(wanted: set[str], data: Path) -> dict[str, Source]:
    """Return each wanted source. Raises FileNotFoundError or KeyError where one is absent."""
    sources = {}
    for name in wanted:
        if name.endswith(".txt"):
            raw = (data / "seeds" / name).read_bytes().decode("utf-8")
            sources[name] = Source("", unicodedata.normalize("NFC", raw))
    for file in ("documents.jsonl", "provincial_news.jsonl"):
        if wanted <= sources.keys():
            break
        with (data / "official-docs" / file).open(encoding="utf-8") as lines:
            for document in map(json.loads, lines):
                if document["id"] in wanted:
                    title, text = (
                        unicodedata.normalize("NFC", document.get(field) or "") for field in ("title", "text")
                    )
                    sources[document["id"]] = Source(title, text)
    missing = wanted - sources.keys()
    if missing:
        raise KeyError(f"không có nguồn {sorted(missing)} trong {data}")
    return sources


def expand(name: str, part: str, data: Path = SHARED_DATA) -> list[dict[str, object]]:
    """Return the questions of ``name`` in ``part`` (``dev``, ``held`` or ``all``) with quotes for spans."""
    lines = (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [question for question in map(json.loads, lines) if part in ("all", set_of(question["id"]))]
    sources = read_sources({span["source"] for question in questions for span in spans_of(question)}, data)

    titled = {
        name: {mention.canonical for mention in find_symbols(source.title)}
        for name, source in sources.items()
    }

    def cut(spans: list[dict[str, Any]]) -> list[dict[str, str]]:
        return [
            {
                "seed_file" if span["source"].endswith(".txt") else "source": span["source"],
                "quote": sources[span["source"]].text[span["start"] : span["end"]],
            }
            for span in spans
        ]

    for question in questions:
        question["set"] = set_of(question["id"])
        question["may_cite"] = sorted(set().union(*(titled[span["source"]] for span in spans_of(question))))
        question["quotes"] = cut(question.pop("spans"))
        if "any_of" in question:
            question["any_of"] = [cut(spans) for spans in question["any_of"]]
    return questions


def set_of(identity: str) -> str:
    """Return "dev" or "held": half of the questions are set aside by the hash of their id."""
    more = identity.startswith(("T", "U"))  # of seed_questions_more, which is all for development
    return "dev" if more or int(hashlib.sha256(identity.encode()).hexdigest(), 16) % 2 == 0 else "held"


def spans_of(question: dict[str, Any]) -> list[dict[str, Any]]:
    """Return all spans that a question names, those of its alternatives too."""
    return [*question["spans"], *(span for spans in question.get("any_of", ()) for span in spans)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("name", choices=QUESTION_FILES)
    parser.add_argument("--set", dest="part", choices=("dev", "held", "all"), default="dev")
    parser.add_argument("--data", type=Path, default=SHARED_DATA)
    arguments = parser.parse_args()
    for question in expand(arguments.name, arguments.part, arguments.data):
        sys.stdout.write(json.dumps(question, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
