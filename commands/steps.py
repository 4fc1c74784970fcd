"""Steps that several commands share: the encoder, the open search, the index brought up to date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

from commands.console import Advance, CommandError
from settings import Settings

if TYPE_CHECKING:
    from corpus.store import Store
    from index.build import IndexChange
    from index.encoder import Encoder
    from index.language_model import LanguageModel
    from index.search import Searcher
    from ingest.web.fetch import Fetcher
    from ingest.web.robots import RobotsCache

# How the stages of `index.build.update_index` are called on the console.
STAGES = {
    "read": "Đọc văn bản",
    "encode": "Mã hóa ngữ nghĩa",
    "words": "Tách từ",
    "resolve": "Đọc địa danh, số liệu",
}


def refresh_index(store: Store, settings: Settings, advance: Advance, *, rebuild: bool) -> IndexChange:
    """What changed in the index of a store, now up to date; `advance` shows its stages."""
    from index.build import update_index
    from index.embedding_cache import EmbeddingCache

    with EmbeddingCache(settings.cache / "embeddings.sqlite") as cache:
        return update_index(
            store,
            open_encoder(settings),
            cache,
            rebuild=rebuild,
            workers=settings.workers,
            progress=lambda stage, done, total: advance(STAGES[stage], done, total),
        )


def open_encoder(settings: Settings) -> Encoder:
    """The encoder that the settings name."""
    from index.encoder import Precision, load_encoder

    return load_encoder(settings.model, cache=settings.cache, precision=Precision(settings.precision))


@contextmanager
def open_searcher(settings: Settings) -> Iterator[Searcher]:
    """The search over the store that the settings name, open for reading."""
    from corpus.store import Store
    from index.search import Searcher

    with Store.open(settings.store, read_only=True) as store:
        yield Searcher.open(store, open_encoder(settings))


def open_language_model(settings: Settings) -> LanguageModel | None:
    """The language model that the settings switch on; None, as a rule."""
    endpoint = settings.model_endpoint
    if endpoint is None:
        return None
    from index.language_model import LanguageModel

    return LanguageModel(**asdict(endpoint))


def open_fetcher(settings: Settings, *, robots_cache: RobotsCache | None = None) -> Fetcher:
    """What fetches pages of the Web, under the name and with the contact that the settings give."""
    from ingest.web import fetch

    try:
        return fetch.open_fetcher(settings.contact, robots_cache=robots_cache)
    except ValueError as error:
        raise CommandError(str(error)) from error
