"""A copy of a store, cut to about so many passages: what the times at 20,000 passages are measured over.

    python bench/cut_store.py STORE FOLDER [--passages 20000]

Documents leave in an order that chance gave once (the seed is fixed, ids are sorted), so the same store gives the
same copy. Nothing is encoded: the index only loses what the store lost.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from corpus.store import Store
from index.build import update_index
from index.embedding_cache import EmbeddingCache
from index.encoder import load_encoder
from settings import load_settings


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("store", type=Path)
    parser.add_argument("folder", type=Path, help="where the copy goes; it must not exist")
    parser.add_argument("--passages", type=int, default=20_000)
    given = parser.parse_args()
    shutil.copytree(given.store, given.folder)
    with Store.open(given.folder) as store:
        cut(store, given.passages)
        encoder = load_encoder(None, cache=load_settings().cache)
        with TemporaryDirectory() as folder, EmbeddingCache(Path(folder) / "vectors.sqlite") as cache:
            change = update_index(store, encoder, cache)
        print(f"{store.state().documents:,} documents, {change.passages:,} passages in {given.folder}")


def cut(store: Store, passages: int) -> None:
    """Take documents out of a store until it holds at most so many passages."""
    names = sorted(store.document_ids())
    random.Random(20).shuffle(names)
    with store.writing():
        while names and store.state().passages > passages:
            store.remove(names.pop())


if __name__ == "__main__":
    main()
