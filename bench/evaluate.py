"""Measure reading, answers and retrieval on the sets of ../shared/data; results name the commit.

    python bench/evaluate.py                     # reading, seeds and law-questions-mini
    python bench/evaluate.py reading             # facts, structure and references of the official documents
    python bench/evaluate.py seeds official      # answers on the seed pages; over all official documents
    python bench/evaluate.py retrieval           # every retrieval set, and the known items below without titles
    python bench/evaluate.py alqac official-docs # some of them

Retrieval is measured as typed and without diacritics. The first run encodes (an hour for law-questions and as
much for the official documents, on two cores); later ones find stores, indexes and vectors in the cache folder.
Results go to var/results/<name>-<commit>.json; two of a retrieval set are compared by `cancu eval compare`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from index.retrieval_results import find_commit
from tests.gold.expand import expand

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data"
SEEDS = str(DATA / "seeds")
OFFICIAL = DATA / "official-docs"
RETRIEVAL = {path.name: [str(path)] for path in sorted((DATA / "retrieval").glob("*/"))} | {
    OFFICIAL.name: [str(OFFICIAL), "--without-title"]
}


def run(*arguments: str, shown: bool = False) -> dict[str, Any]:
    """What a `cancu` command prints as JSON; with `shown`, its lines go to the terminal instead."""
    command = [sys.executable, "-m", "cli", *arguments]
    if shown:
        subprocess.run(command, cwd=ROOT, check=True)
        return {}
    done = subprocess.run([*command, "--json"], cwd=ROOT, stdout=subprocess.PIPE, check=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def measure_answers(gold: str, sources: list[str]) -> dict[str, Any]:
    """Rates on a question file of the shared data, or on both halves of one of tests/gold."""
    if gold.endswith(".jsonl"):
        return run("eval", "answers", gold, "--sources", *sources)
    results = {}
    for part in ("dev", "held"):
        with NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as questions:
            for row in expand(gold, part, DATA):
                questions.write(json.dumps(row, ensure_ascii=False) + "\n")
            questions.flush()
            results[part] = run("eval", "answers", questions.name, "--sources", *sources)
    return results


def measure(name: str) -> dict[str, Any]:
    """Results of reading ("reading") or of answers ("seeds", "official")."""
    documents = str(OFFICIAL / "documents.jsonl")
    given = str(DATA / "questions" / "seed_questions.jsonl")
    if name == "reading":
        return run("eval", "reading", documents)
    if name == "seeds":
        return {
            "given": measure_answers(given, [SEEDS]),
            "own": measure_answers("seed_questions_own", [SEEDS]),
        }
    news = str(OFFICIAL / "provincial_news.jsonl")
    return {
        "given": measure_answers(given, [SEEDS, documents]),
        "own": measure_answers("official_questions", [SEEDS, documents, news]),
    }


def main(names: list[str]) -> None:
    wanted = names or ["reading", "seeds", "law-questions-mini"]
    if "retrieval" in wanted:
        wanted = [name for name in wanted if name != "retrieval"] + list(RETRIEVAL)
    unknown = set(wanted) - {"reading", "seeds", "official", *RETRIEVAL}
    if unknown:
        sys.exit(
            f"unknown: {', '.join(sorted(unknown))}; there are reading, seeds, official, {', '.join(RETRIEVAL)}"
        )
    commit = find_commit()
    for name in wanted:
        target = ROOT / "var" / "results" / f"{name}-{commit}.json"
        target.parent.mkdir(parents=True, exist_ok=True)
        if name in RETRIEVAL:
            run("eval", "retrieval", *RETRIEVAL[name], "--both", "--out", str(target), shown=True)
        else:
            result = {"set": name, "commit": commit, **measure(name)}
            target.write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", "utf-8")
            print(json.dumps(result, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main(sys.argv[1:])
