"""Labelled retrieval sets as they lie on disk.

A folder with `corpus.jsonl` (id, title, text) or `documents.jsonl`, `queries.jsonl` (id, text, and maybe a
category as `kind` or `type`) and `qrels.tsv` (header; qid, docid, rel; rel > 0 is relevant).
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import EvaluationError


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledQuery:
    """A query with the documents that are right for it."""

    id: str
    text: str
    kind: str | None  # the category that the set gives it
    relevant: frozenset[str]  # ids of the corpus file; never empty


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrievalSet:
    """The judged queries of a folder, in its order, and where its documents are."""

    name: str
    corpus: Path
    queries: tuple[LabelledQuery, ...]
    sha256: dict[str, str]  # "corpus", "queries" and "qrels" → hash of the file


def read_retrieval_set(folder: Path) -> RetrievalSet:
    """The set in a folder. Raises EvaluationError where a file is missing or malformed."""
    corpus = next(
        (folder / name for name in ("corpus.jsonl", "documents.jsonl") if (folder / name).exists()), None
    )
    if corpus is None:
        raise EvaluationError(f"Thư mục {folder} không có corpus.jsonl hoặc documents.jsonl.")
    try:
        relevant = _read_relevant(folder / "qrels.tsv")
        queries = tuple(
            LabelledQuery(
                id=str(row["id"]),
                text=str(row["text"]),
                kind=row.get("kind") or row.get("type"),
                relevant=frozenset(relevant[str(row["id"])]),
            )
            for row in read_rows(folder / "queries.jsonl")
            if str(row["id"]) in relevant
        )
        files = {"corpus": corpus, "queries": folder / "queries.jsonl", "qrels": folder / "qrels.tsv"}
        hashes = {name: hash_file(path) for name, path in files.items()}
    except (OSError, KeyError, ValueError, StopIteration) as error:
        raise EvaluationError(f"Bộ đánh giá {folder} thiếu tệp hoặc sai định dạng: {error}") from error
    if not queries:
        raise EvaluationError(f"Bộ đánh giá {folder} không có câu hỏi nào có đáp án trong qrels.tsv.")
    return RetrievalSet(name=folder.resolve().name, corpus=corpus, queries=queries, sha256=hashes)


def _read_relevant(path: Path) -> dict[str, set[str]]:
    relevant: dict[str, set[str]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t")
        next(rows)
        for qid, docid, rel in rows:
            if float(rel) > 0:
                relevant.setdefault(qid, set()).add(docid)
    return relevant


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a .jsonl file. Raises EvaluationError for a line that is none."""
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    row = json.loads(line)
                    if not isinstance(row, dict):
                        raise EvaluationError(f"{path}, dòng {number}: không phải một đối tượng JSON.")
                    yield row
    except (OSError, ValueError) as error:
        raise EvaluationError(f"Không đọc được {path}: {error}") from error


def hash_file(path: Path) -> str:
    """The sha256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def copy_corpus(source: Path, target: Path, *, with_title: bool) -> None:
    """The corpus as rows that ingest reads: id, title (left out unless `with_title`) and text."""
    with target.open("w", encoding="utf-8") as out:
        for row in read_rows(source):
            kept = {"id": str(row["id"]), "text": row["text"]}
            if with_title and row.get("title"):
                kept["title"] = row["title"]
            out.write(json.dumps(kept, ensure_ascii=False) + "\n")
