"""The same text twice in a collection: what the store links, against all pairs compared one by one.

    python -m bench.copies ../shared/data/official-docs/documents.jsonl

Prints the linked pairs, the pairs that are as much alike and were kept apart, how many of the pairs that the
rule links the signatures found, and what a document costs.
"""

from __future__ import annotations

import sys
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import numpy as np
from scipy.sparse import csr_matrix

from corpus.copies import SAME_NUMBER, Fingerprint, are_copies, bands_of, sign
from corpus.intake import take_in
from corpus.store import Store
from corpus.store_copies import load_stated


def main(path: Path) -> None:
    """Take the collection in, compare, print."""
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "store") as store:
        report = take_in(store, [path])
        print(report.counts())
        ids = store.document_ids()
        begun = process_time()
        prints = [Fingerprint(store.text(i)) for i in ids]
        for fingerprint in prints:
            bands_of(sign(fingerprint))
        print(f"signature: {1000 * (process_time() - begun) / len(ids):.1f} ms a document")
        alike = _alike_pairs(prints)
        stated = {i: load_stated(store._db, i) for i in ids}
        ruled = {
            (ids[a], ids[b])
            for a, b, _ in alike
            if are_copies(stated[ids[a]], stated[ids[b]], prints[a], prints[b]) is not None
        }
        groups: dict[str, list[str]] = {}
        for member, oldest in store.copy_groups().items():
            groups.setdefault(oldest, []).append(member)
        linked = {
            pair for members in groups.values() for pair in combinations(sorted(members, key=ids.index), 2)
        }
        print(f"groups {len(groups)}, linked pairs {len(linked)}")
        print(f"pairs that the rule links: {len(ruled)}, of them found by signatures: {len(ruled & linked)}")
        for a, b, likeness in alike:
            pair = (ids[a], ids[b])
            print(
                f"{'=' if pair in linked else ' '} {likeness:.3f} {_name(store, ids[a])} | {_name(store, ids[b])}"
            )


def _alike_pairs(prints: list[Fingerprint]) -> list[tuple[int, int, float]]:
    """All pairs with at least the lower threshold in common, less 0.1, the most alike first."""
    lengths = np.array([len(one.shingles) for one in prints])
    columns = np.concatenate([one.shingles for one in prints])
    _, columns = np.unique(columns, return_inverse=True)
    rows = np.repeat(np.arange(len(prints)), lengths)
    matrix = csr_matrix((np.ones(len(columns), dtype=np.float32), (rows, columns)))
    common = (matrix @ matrix.T).tocoo()
    found = []
    for a, b, number in zip(common.row, common.col, common.data, strict=True):
        likeness = float(number / (lengths[a] + lengths[b] - number))
        if a < b and likeness >= SAME_NUMBER - 0.1:
            found.append((int(a), int(b), likeness))
    return sorted(found, key=lambda pair: -pair[2])


def _name(store: Store, document_id: str) -> str:
    profile = store.profile(document_id)
    issued = store.facts(document_id).issued_on
    return f"[{profile.kind.value} {profile.symbol} {issued.value if issued else None}] {profile.title[:70]}"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
