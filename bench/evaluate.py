"""Measure retrieval and answers on the sets of ../shared/data; results name the commit and the encoder.

    python bench/evaluate.py                      # reading, answers on the seed pages, law-questions-mini
    python bench/evaluate.py reading              # facts, structure and references of the official documents
    python bench/evaluate.py alqac law-questions  # retrieval on these sets (an hour each the first time)
    python bench/evaluate.py official             # answers over all official documents (an hour the first time)

Embeddings are cached, so a second run takes minutes. Results go to var/results/<set>-<commit>.json.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data"
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "gold")]


def run(*arguments: str) -> dict[str, Any]:
    """The JSON object that a `cancu` command prints."""
    command = [sys.executable, "-m", "cli", *arguments, "--json"]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def measure_retrieval(name: str) -> dict[str, Any]:
    folder = str(DATA / "retrieval" / name)
    return {"plain": run("eval", "retrieval", folder), "folded": run("eval", "retrieval", folder, "--folded")}


def measure_answers(gold: str, sources: list[str]) -> dict[str, Any]:
    """Rates on a question file of the shared data, or on both halves of one of tests/gold."""
    if gold.endswith(".jsonl"):
        return run("eval", "answers", gold, "--sources", *sources)
    from expand import expand

    results = {}
    for part in ("dev", "held"):
        with NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as questions:
            for row in expand(gold, part, DATA):
                questions.write(json.dumps(row, ensure_ascii=False) + "\n")
            questions.flush()
            results[part] = run("eval", "answers", questions.name, "--sources", *sources)
    return results


def measure(name: str) -> dict[str, Any]:
    seeds = str(DATA / "seeds")
    official = [seeds, str(DATA / "official-docs" / "documents.jsonl")]
    given = str(DATA / "questions" / "seed_questions.jsonl")
    if name == "reading":
        return run("eval", "reading", str(DATA / "official-docs" / "documents.jsonl"))
    if name == "seeds":
        return {
            "given": measure_answers(given, [seeds]),
            "own": measure_answers("seed_questions_own", [seeds]),
        }
    if name == "official":
        return {
            "given": measure_answers(given, official),
            "own": measure_answers(
                "official_questions", [*official, str(DATA / "official-docs" / "provincial_news.jsonl")]
            ),
        }
    return measure_retrieval(name)


def main(names: list[str]) -> None:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()
    doctor = run_doctor()
    for name in names or ["reading", "seeds", "law-questions-mini"]:
        result = {"set": name, "commit": commit, "parts": doctor, **measure(name)}
        target = ROOT / "var" / "results" / f"{name}-{commit}.json"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", "utf-8")
        print(json.dumps(result, ensure_ascii=False, indent=2))


def run_doctor() -> list[str]:
    """Versions and model, as `cancu doctor` names them (its exit code does not matter here)."""
    done = subprocess.run(
        [sys.executable, "-m", "cli", "doctor", "--json"], cwd=ROOT, stdout=subprocess.PIPE, check=False
    )
    return [check["message"] for check in json.loads(done.stdout)["checks"][:2]]


if __name__ == "__main__":
    main(sys.argv[1:])
