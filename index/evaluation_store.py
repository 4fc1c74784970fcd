"""Stores and indexes of labelled sets, kept in the cache folder: a second evaluation starts at once.

An entry is named by all that went into it: the corpus file, whether titles were kept, the encoder, and the
code that reads and indexes. Changed code makes another entry; code behind the index (reading queries,
ranking) does not.
"""

from __future__ import annotations

import ast
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.errors import CorpusError
from corpus.intake import take_in
from corpus.store import Store
from index.build import update_index
from index.embedding_cache import EmbeddingCache
from index.encoder import Encoder
from index.errors import IndexUnusable
from index.labelled_sets import RetrievalSet, copy_corpus
from index.manifest import LAYOUT
from index.search import Searcher

Progress = Callable[[str, int, int], None]  # (stage: "read", or one of update_index, done, total)

_ROOT = Path(__file__).resolve().parents[1]
_KEPT = 4  # entries of one set, the last used ones


@contextmanager
def open_evaluation_store(
    labelled: RetrievalSet,
    encoder: Encoder,
    *,
    cache: Path,
    with_title: bool = True,
    fresh: bool = False,
    workers: int = 1,
    progress: Progress | None = None,
) -> Iterator[Searcher]:
    """The searcher over a set's corpus, built first where `cache` lacks it, or cannot open it, or if `fresh`.

    A document that could not be read is among the store's problems.
    """
    folder = cache / "eval" / _entry_name(labelled, encoder, with_title)
    if fresh or not _opens(folder, encoder):
        _build(folder, labelled, encoder, cache, with_title, workers, progress or (lambda *_: None))
        _forget_old(folder.parent, labelled.name)
    os.utime(folder)
    with Store.open(folder, read_only=True) as store:
        yield Searcher.open(store, encoder)


def _entry_name(labelled: RetrievalSet, encoder: Encoder, with_title: bool) -> str:
    parts = (labelled.sha256["corpus"], str(with_title), encoder.fingerprint, str(LAYOUT), code_digest())
    return f"{labelled.name}-{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:16]}"


def _opens(folder: Path, encoder: Encoder) -> bool:
    if not folder.exists():
        return False
    try:
        with Store.open(folder, read_only=True) as store:
            Searcher.open(store, encoder)
    except (CorpusError, IndexUnusable):
        return False
    return True


def _build(
    folder: Path,
    labelled: RetrievalSet,
    encoder: Encoder,
    cache: Path,
    with_title: bool,
    workers: int,
    report: Progress,
) -> None:
    """Build beside and move into place, so that an entry is whole or not there."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=f".new-{os.getpid()}-", dir=folder.parent) as place:
        corpus, draft = Path(place) / "corpus.jsonl", Path(place) / "store"
        copy_corpus(labelled.corpus, corpus, with_title=with_title)
        with Store.open(draft) as store:
            take_in(store, [corpus], progress=lambda done, total, _: report("read", done, total))
            with EmbeddingCache(cache / "embeddings.sqlite") as vectors:
                update_index(store, encoder, vectors, workers=workers, progress=report)
        shutil.rmtree(draft / "raw", ignore_errors=True)  # nothing is read again here
        shutil.rmtree(folder, ignore_errors=True)
        draft.replace(folder)


def _forget_old(folder: Path, name: str) -> None:
    entries = [path for path in folder.glob(f"{name}-*") if path.name[len(name) + 1 :].isalnum()]
    for path in sorted(entries, key=lambda path: path.stat().st_mtime, reverse=True)[_KEPT:]:
        shutil.rmtree(path, ignore_errors=True)


@cache
def code_digest() -> str:
    """The sha256 of all code and data that make a store and an index of pages."""
    files = {path for room in ("ingest", "corpus") for path in (_ROOT / room).rglob("*") if path.is_file()}
    files |= _index_modules(_ROOT / "index" / "build.py")
    digest = hashlib.sha256()
    for path in sorted(path for path in files if path.suffix != ".pyc"):
        digest.update(f"{path.relative_to(_ROOT).as_posix()}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _index_modules(path: Path) -> set[Path]:
    """A module of this room with those that it imports, directly or not."""
    found, open_ends = {path}, [path]
    while open_ends:
        for node in ast.walk(ast.parse(open_ends.pop().read_bytes())):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "index":
                names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
                modules = {_ROOT / f"{name.replace('.', '/')}.py" for name in names}
                new = {module for module in modules if module.exists()} - found
                found |= new
                open_ends += new
    return found
