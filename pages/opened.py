"""What is opened once per process and shared by all sessions: encoder, store, searcher, documents."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import streamlit as st

from corpus.models import Document
from corpus.store import Store
from index.build import index_folder
from index.encoder import Encoder, Precision, SentenceTransformerEncoder, load_encoder
from index.errors import ModelUnavailable
from index.lookup.catalogue import Catalogue
from index.lookup.finding import Found, find_documents
from index.lookup.numbers import NumberTable
from index.onnx_encoder import OnnxEncoder
from index.search import Searcher
from settings import Settings, load_settings

if TYPE_CHECKING:
    from index.language_model import LanguageModel


def page_settings() -> Settings:
    """The settings of this process. Raises SettingsError."""
    return load_settings()


def has_store(settings: Settings) -> bool:
    """Whether a store was ever written where the settings point to."""
    return _database(settings.store).exists()


def open_store(settings: Settings) -> Store:
    """The store, opened for reading; it shows what other processes commit. Raises StoreError."""
    path = _database(settings.store)
    return _open_store(str(settings.store), path.stat().st_ino if path.exists() else 0)


@st.cache_resource(show_spinner=False, max_entries=2)
def _open_store(folder: str, file: int) -> Store:
    # `file` is the inode: a store that was deleted and made anew must not be read through the old handle.
    return Store.open(Path(folder), read_only=True)


def open_encoder(settings: Settings) -> SentenceTransformerEncoder | OnnxEncoder:
    """The encoder, one per process; its model is loaded at the first use. Raises ModelUnavailable."""
    return _open_encoder(settings.model, str(settings.cache), settings.precision)


@st.cache_resource(show_spinner="Đang chuẩn bị mô hình ngôn ngữ (chỉ lần đầu)…", max_entries=1)
def _open_encoder(model: str | None, cache: str, precision: str) -> SentenceTransformerEncoder | OnnxEncoder:
    return load_encoder(model, cache=Path(cache), precision=Precision(precision))


def warm_encoder(settings: Settings) -> None:
    """Load the model while the user types; an error comes up again, and is shown, when it is needed."""
    if not st.session_state.get("warmed"):
        st.session_state["warmed"] = True
        with suppress(ModelUnavailable):
            Thread(target=open_encoder(settings).warm, daemon=True).start()


def open_language_model(settings: Settings) -> LanguageModel | None:
    """The language model that the settings switch on; None, as a rule."""
    endpoint = settings.model_endpoint
    if endpoint is None:
        return None
    from index.language_model import LanguageModel

    return LanguageModel(**asdict(endpoint))


def open_searcher(settings: Settings, store: Store) -> Searcher:
    """The searcher of the store's present revision. Raises ModelUnavailable or IndexUnusable."""
    return _open_searcher(store, open_encoder(settings), *_state_key(store))


@st.cache_resource(show_spinner="Đang mở chỉ mục…", max_entries=2)
def _open_searcher(_store: Store, _encoder: Encoder, store_id: str, revision: int, built: int) -> Searcher:
    return Searcher.open(_store, _encoder)


def _state_key(store: Store) -> tuple[str, int, int]:
    """Which store, which revision, which building of its index (0 where there is none)."""
    state = store.state()
    manifest = index_folder(store) / "manifest.json"
    return state.store_id, state.revision, manifest.stat().st_mtime_ns if manifest.exists() else 0


def open_document(store: Store, document_id: str, tag: str | None = None) -> Document:
    """One whole document, or the one of its texts that a tag names. Raises UnknownDocument, UnknownVersion."""
    return _open_document(store, *_edition_key(store), document_id, tag)


@st.cache_resource(show_spinner=False, max_entries=8)
def _open_document(
    _store: Store, store_id: str, revision: int, edition: int, document_id: str, tag: str | None
) -> Document:
    return _store.document_version(document_id, tag) if tag else _store.document(document_id)


def list_documents(store: Store) -> tuple[sqlite3.Row, ...]:
    """The rows of `Store.list_documents`, read once per revision and edition."""
    return _list_documents(store, *_edition_key(store))


@st.cache_resource(show_spinner=False, max_entries=2)
def _list_documents(_store: Store, store_id: str, revision: int, edition: int) -> tuple[sqlite3.Row, ...]:
    return _store.list_documents()


def copy_groups(store: Store) -> Mapping[str, str]:
    """`Store.copy_groups`, read once per revision and edition."""
    return _copy_groups(store, *_edition_key(store))


@st.cache_resource(show_spinner=False, max_entries=2)
def _copy_groups(_store: Store, store_id: str, revision: int, edition: int) -> Mapping[str, str]:
    return _store.copy_groups()


def open_catalogue(store: Store) -> tuple[Catalogue, NumberTable]:
    """The catalogue of the store and its numbers; both read anew what has changed."""
    return _open_catalogue(store, store.state().store_id)


@st.cache_resource(show_spinner=False, max_entries=2)
def _open_catalogue(_store: Store, store_id: str) -> tuple[Catalogue, NumberTable]:
    catalogue = Catalogue(_store)
    return catalogue, NumberTable(catalogue)


def find_listed(settings: Settings, store: Store, words: str) -> Found:
    """What was found for words, kept until the store or its facts change.

    Raises ModelUnavailable or IndexUnusable.
    """
    searcher = open_searcher(settings, store)
    catalogue, numbers = open_catalogue(store)
    return _find_listed(searcher, catalogue, numbers, words, *_state_key(store), store.state().edition)


@st.cache_resource(show_spinner=False, max_entries=64)
def _find_listed(
    _searcher: Searcher,
    _catalogue: Catalogue,
    _numbers: NumberTable,
    words: str,
    store_id: str,
    revision: int,
    built: int,
    edition: int,
) -> Found:
    return find_documents(_searcher, _catalogue, _numbers, words)


def _edition_key(store: Store) -> tuple[str, int, int]:
    """Which store, which revision of its texts, which edition of its facts."""
    state = store.state()
    return state.store_id, state.revision, state.edition


def _database(folder: Path) -> Path:
    return folder / "store.sqlite"
