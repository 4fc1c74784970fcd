"""The dense index: exact inner product over normalised vectors, kept by FAISS."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from functools import lru_cache
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.errors import IndexCorrupt


class DenseIndex:
    """Passages by meaning. Results are (row, cosine) pairs, best first."""

    def __init__(self, dimensions: int) -> None:
        self._index = faiss.IndexIDMap2(faiss.IndexFlatIP(dimensions))

    @classmethod
    def load(cls, path: Path, dimensions: int) -> DenseIndex:
        """The index in a file. Raises IndexCorrupt when it is damaged or of another width."""
        remedy = "Hãy dựng lại: cancu index --rebuild"
        try:
            loaded = faiss.read_index(str(path))
        except RuntimeError as error:
            raise IndexCorrupt(f"Chỉ mục ngữ nghĩa {path} bị hỏng hoặc không đọc được. {remedy}") from error
        if not isinstance(loaded, faiss.IndexIDMap2) or loaded.d != dimensions:
            raise IndexCorrupt(f"Chỉ mục ngữ nghĩa {path} không đúng loại hoặc số chiều. {remedy}")
        index = cls(dimensions)
        index._index = loaded
        return index

    def save(self, path: Path) -> None:
        """Write the index in place of an earlier one, whole or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}.tmp")
        faiss.write_index(self._index, str(draft))
        draft.replace(path)

    def rows(self) -> frozenset[int]:
        """The row numbers of all passages held."""
        return frozenset(int(row) for row in faiss.vector_to_array(self._index.id_map))

    def update(self, rows: Sequence[int], vectors: NDArray[np.float32], remove: Sequence[int] = ()) -> None:
        """Take out the rows in `remove`, add `vectors` of shape (len(rows), dimensions)."""
        if remove:
            self._index.remove_ids(faiss.IDSelectorBatch(np.asarray(remove, dtype=np.int64)))
        if rows:
            self._index.add_with_ids(
                np.ascontiguousarray(vectors, dtype=np.float32), np.asarray(rows, dtype=np.int64)
            )

    def search(
        self, vector: NDArray[np.float32], *, limit: int, allowed: Collection[int] | None = None
    ) -> list[tuple[int, float]]:
        """The passages nearest to one query vector of shape (dimensions,), of the rows `allowed` (None: all).

        Equal ones come in the order of their rows.
        """
        count = min(limit, self._index.ntotal if allowed is None else len(allowed))
        if count == 0:
            return []
        # Threads that wait for each other over one query cost more than they save (20,000 vectors, one thread
        # against two: 3.7 against 30.6 ms of processor time). The number holds for the calling thread.
        faiss.omp_set_num_threads(1)
        parameters = None if allowed is None else faiss.SearchParameters(sel=_select(frozenset(allowed)))  # type: ignore[call-arg]
        scores, rows = self._index.search(vector.reshape(1, -1).astype(np.float32), count, params=parameters)
        found = zip(rows[0].tolist(), scores[0].tolist(), strict=True)
        # FAISS gives equal scores in any order; here a set of rows must not change it.
        return sorted(((row, score) for row, score in found if row >= 0), key=lambda one: (-one[1], one[0]))

    def cosines(self, vectors: NDArray[np.float32], rows: Sequence[int]) -> NDArray[np.float32]:
        """The cosine of each row with the nearest of some query vectors, shape (len(rows),).

        Raises RuntimeError for a row that is not held.
        """
        held = self._index.reconstruct_batch(np.asarray(rows, dtype=np.int64))
        return np.asarray((held @ vectors.T).max(axis=1))


@lru_cache(maxsize=32)  # the rows of a province, or of all others, are searched by one query after another
def _select(rows: frozenset[int]) -> faiss.IDSelectorBitmap:
    """FAISS's selector of some rows: one bit for each number up to the highest."""
    bits = np.zeros(max(rows) + 1, dtype=bool)
    bits[np.fromiter(rows, dtype=np.int64, count=len(rows))] = True
    return faiss.IDSelectorBitmap(np.packbits(bits, bitorder="little"))  # type: ignore[call-arg, arg-type]
