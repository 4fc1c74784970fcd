"""Print the gold questions with their quotations, cut from the shared data (which is not committed).

    python tests/gold/expand.py seed_questions_own --set dev > /tmp/questions.jsonl

One JSON object a line, in the format of ``data/questions/seed_questions.jsonl``: ``id, group, text,
answerable, must_cite, note, quotes[{seed_file | source, quote}]``, with ``set`` added.
"""

import argparse
import json
import sys
import unicodedata
from pathlib import Path

HERE = Path(__file__).resolve().parent
SHARED_DATA = HERE.parents[1].parent / "shared" / "data"
QUESTION_FILES = ("seed_questions_own", "official_questions", "seed_questions_more")


def read_sources(wanted: set[str], data: Path) -> dict[str, str]:
    """Return the NFC text of each wanted source. Raises FileNotFoundError or KeyError where one is absent."""
    texts = {}
    for name in wanted:
        if name.endswith(".txt"):
            raw = (data / "seeds" / name).read_bytes().decode("utf-8")
            texts[name] = unicodedata.normalize("NFC", raw)
    for file in ("documents.jsonl", "provincial_news.jsonl"):
        if wanted <= texts.keys():
            break
        with (data / "official-docs" / file).open(encoding="utf-8") as lines:
            for document in map(json.loads, lines):
                if document["id"] in wanted:
                    texts[document["id"]] = unicodedata.normalize("NFC", document["text"])
    missing = wanted - texts.keys()
    if missing:
        raise KeyError(f"không có nguồn {sorted(missing)} trong {data}")
    return texts


def expand(name: str, part: str, data: Path = SHARED_DATA) -> list[dict[str, object]]:
    """Return the questions of ``name`` in ``part`` (``dev``, ``held`` or ``all``) with quotes for spans."""
    lines = (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [question for question in map(json.loads, lines) if part in ("all", question["set"])]
    texts = read_sources({span["source"] for question in questions for span in question["spans"]}, data)
    for question in questions:
        question["quotes"] = [
            {
                "seed_file" if span["source"].endswith(".txt") else "source": span["source"],
                "quote": texts[span["source"]][span["start"] : span["end"]],
            }
            for span in question.pop("spans")
        ]
    return questions


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
