"""Bring an index up to the state of its store: only what changed is encoded and written."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.store import Store, StoredPassage
from index.dense import DenseIndex
from index.embedding_cache import EmbeddingCache, encode_cached
from index.encoder import Encoder
from index.errors import IndexCorrupt, MissingIndex
from index.lexical import LexicalIndex, PassageTokens, passage_tokens
from index.manifest import LAYOUT, Manifest, check_parts, read_manifest, write_manifest

Progress = Callable[[str, int, int], None]  # (stage, done, total)

_CHUNK = 512  # passages held in memory at once
_PARALLEL_FROM = 400  # passages; below this, starting worker processes costs more than it saves


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexChange:
    """What an update did."""

    added: int
    removed: int
    passages: int  # held after it


def index_folder(store: Store) -> Path:
    """Where the index of a store lives."""
    return store.folder / "index"


def searchable_text(stored: StoredPassage) -> str:
    """What both indexes see of a passage: its document's title in front of its text."""
    passage = stored.passage
    if not stored.title or passage.text.startswith(stored.title):
        return passage.text
    return f"{stored.title}\n{passage.text}"


def update_index(
    store: Store,
    encoder: Encoder,
    cache: EmbeddingCache,
    *,
    rebuild: bool = False,
    workers: int = 1,
    progress: Progress | None = None,
) -> IndexChange:
    """Make the index hold exactly the store's passages, whatever state a killed run left it in.

    Places and quantities that older rules read, or none, are read on the way.
    Raises ForeignIndex where the index belongs to another store or encoder and `rebuild` is not asked for,
    IndexCorrupt where its files are damaged, StoreLocked where another process is writing.
    """
    with store.writing():
        folder = index_folder(store)
        if rebuild:
            shutil.rmtree(folder, ignore_errors=True)
        state = store.state()
        dense, lexical = _open_parts(folder, store, encoder)
        wanted = store.passage_rows()
        dense_held, lexical_held = dense.rows(), lexical.rows()
        new_dense = sorted(wanted - dense_held)
        new_lexical = sorted(wanted - lexical_held)
        report = progress or (lambda stage, done, total: None)

        _add_vectors(store, encoder, cache, dense, new_dense, dense_held - wanted, report)
        dense.save(folder / "vectors.faiss")
        lexical.update(_tokenise(store, new_lexical, workers, report), sorted(lexical_held - wanted))
        write_manifest(
            folder,
            Manifest(
                layout=LAYOUT,
                encoder=encoder.fingerprint,
                dimensions=encoder.dimensions,
                store_id=state.store_id,
                revision=state.revision,
                passages=len(wanted),
            ),
        )
        store.resolve_missing(lambda done, total: report("resolve", done, total))
        return IndexChange(
            added=len(new_dense), removed=len((dense_held | lexical_held) - wanted), passages=len(wanted)
        )


def _open_parts(folder: Path, store: Store, encoder: Encoder) -> tuple[DenseIndex, LexicalIndex]:
    try:
        manifest = read_manifest(folder)
    except MissingIndex:
        # Without a manifest nothing is known of the files: a first build that was killed, or none at all.
        shutil.rmtree(folder, ignore_errors=True)
        return DenseIndex(encoder.dimensions), LexicalIndex(folder / "words")
    check_parts(manifest, store.state(), encoder.fingerprint)
    return open_files(folder, encoder.dimensions)


def open_files(folder: Path, dimensions: int) -> tuple[DenseIndex, LexicalIndex]:
    """Both indexes of a folder. Raises IndexCorrupt where a file is missing or damaged."""
    vectors = folder / "vectors.faiss"
    if not vectors.exists() or not (folder / "words" / "meta.json").exists():
        raise IndexCorrupt(f"Chỉ mục {folder} thiếu tệp. Hãy dựng lại: cancu index --rebuild")
    return DenseIndex.load(vectors, dimensions), LexicalIndex(folder / "words")


def _add_vectors(
    store: Store,
    encoder: Encoder,
    cache: EmbeddingCache,
    dense: DenseIndex,
    rows: Sequence[int],
    remove: frozenset[int],
    report: Progress,
) -> None:
    dense.update([], np.empty((0, encoder.dimensions), dtype=np.float32), sorted(remove))
    done = 0
    report("encode", 0, len(rows))
    for part in _chunks(rows, 8 * _CHUNK):  # long stretches, so that batches of equal length can be formed
        texts = [searchable_text(stored) for stored in store.passages(part)]

        def count(just_done: int) -> None:
            nonlocal done
            done += just_done
            report("encode", done, len(rows))

        dense.update(part, encode_cached(encoder, cache, texts, progress=count))


def _tokenise(store: Store, rows: Sequence[int], workers: int, report: Progress) -> Iterator[PassageTokens]:
    parallel = workers > 1 and len(rows) >= _PARALLEL_FROM
    with ProcessPoolExecutor(workers) if parallel else nullcontext() as pool:
        done = 0
        report("words", 0, len(rows))
        for part in _chunks(rows, _CHUNK):
            texts = [searchable_text(stored) for stored in store.passages(part)]
            if pool is None:
                yield from map(passage_tokens, part, texts)
            else:
                yield from pool.map(passage_tokens, part, texts, chunksize=32)
            done += len(part)
            report("words", done, len(rows))


def _chunks(rows: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for first in range(0, len(rows), size):
        yield rows[first : first + size]
