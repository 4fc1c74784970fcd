"""What is opened once per process and shared by all sessions: encoder, store, searcher, documents."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import streamlit as st

from corpus.differences import Comparison, compare_texts
from corpus.models import Document, Facts
from corpus.outline import Outline, read_outline
from corpus.page_layout import LineRole, read_roles
from corpus.store import Store
from corpus.store_rows import text_tag
from index.build import index_folder
from index.encoder import Encoder, Precision, SentenceTransformerEncoder, load_encoder
from index.errors import ModelUnavailable
from index.first_questions import suggest_questions
from index.lookup.catalogue import Catalogue
from index.lookup.finding import Found, find_documents
from index.lookup.numbers import NumberTable
from index.neighbourhood import Neighbourhood, find_neighbourhood
from index.onnx_encoder import OnnxEncoder
from index.search import Searcher
from pages.drawing import Piece, pieces_of
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
    return _open_searcher(store, open_encoder(settings), *state_key(store))


@st.cache_resource(show_spinner="Đang mở chỉ mục…", max_entries=2)
def _open_searcher(_store: Store, _encoder: Encoder, store_id: str, revision: int, built: int) -> Searcher:
    searcher = Searcher.open(_store, _encoder)
    Thread(target=searcher.warm, daemon=True).start()
    return searcher


def state_key(store: Store) -> tuple[str, int, int]:
    """Which store, which revision, which building of its index (0 where there is none)."""
    state = store.state()
    manifest = index_folder(store) / "manifest.json"
    return state.store_id, state.revision, manifest.stat().st_mtime_ns if manifest.exists() else 0


def open_document(store: Store, document_id: str, tag: str | None = None) -> Document:
    """One whole document, or the one of its texts that a tag names. Raises UnknownDocument, UnknownVersion."""
    return _open_document(store, *edition_key(store), document_id, tag)


@st.cache_resource(show_spinner=False, max_entries=8)
def _open_document(
    _store: Store, store_id: str, revision: int, edition: int, document_id: str, tag: str | None
) -> Document:
    return _store.document_version(document_id, tag) if tag else _store.document(document_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a text is drawn: in pieces, with what each is on the page, and its outline."""

    pieces: tuple[Piece, ...]
    outline: Outline
    roles: Mapping[int, LineRole]


def open_layout(document: Document) -> Layout:
    """The layout of a text, read once."""
    return _open_layout(document, document.id, text_tag(document.text), document.facts)


@st.cache_resource(show_spinner=False, max_entries=16)
def _open_layout(_document: Document, document_id: str, tag: str, facts: Facts) -> Layout:
    outline = read_outline(_document)
    return Layout(pieces=pieces_of(_document), outline=outline, roles=read_roles(_document, outline))


def open_neighbourhood(store: Store, document_id: str) -> Neighbourhood:
    """The documents around one, found once per revision and edition. Raises UnknownDocument."""
    return _open_neighbourhood(store, *edition_key(store), document_id)


@st.cache_resource(show_spinner="Đang tìm các văn bản liên quan…", max_entries=64)
def _open_neighbourhood(
    _store: Store, store_id: str, revision: int, edition: int, document_id: str
) -> Neighbourhood:
    def read(name: str) -> Document:
        # The others are read once each, and must not push out what people are reading.
        return open_document(_store, name) if name == document_id else _store.document(name)

    return find_neighbourhood(_store, read, document_id)


def compare_documents(store: Store, document: Document, other: str) -> Comparison:
    """How a text differs from another one of its page (a tag) or of a copy (an id).

    Raises UnknownDocument or UnknownVersion.
    """
    held = store.holds(other)
    against = store.text(other) if held else store.text(document.id, version=other)
    return _compare(against, document.text, text_tag(against), text_tag(document.text))


@st.cache_resource(show_spinner=False, max_entries=16)
def _compare(_old: str, _new: str, old_tag: str, new_tag: str) -> Comparison:
    return compare_texts(_old, _new)


def list_documents(store: Store) -> tuple[sqlite3.Row, ...]:
    """The rows of `Store.list_documents`, read once per revision and edition."""
    return _list_documents(store, *edition_key(store))


@st.cache_resource(show_spinner=False, max_entries=2)
def _list_documents(_store: Store, store_id: str, revision: int, edition: int) -> tuple[sqlite3.Row, ...]:
    return _store.list_documents()


def first_questions(store: Store) -> tuple[str, ...]:
    """Questions that the newest documents of the store answer, made once per revision and edition."""
    return _first_questions(store, *edition_key(store))


@st.cache_resource(show_spinner=False, max_entries=2)
def _first_questions(_store: Store, store_id: str, revision: int, edition: int) -> tuple[str, ...]:
    dated = [row for row in _store.list_documents() if row["symbol"] and row["issued_on"]]
    newest = sorted(dated, key=lambda row: str(row["issued_on"]), reverse=True)
    return suggest_questions(_store, [row["id"] for row in newest])


def copy_groups(store: Store) -> Mapping[str, str]:
    """`Store.copy_groups`, read once per revision and edition."""
    return _copy_groups(store, *edition_key(store))


@st.cache_resource(show_spinner=False, max_entries=2)
def _copy_groups(_store: Store, store_id: str, revision: int, edition: int) -> Mapping[str, str]:
    return _store.copy_groups()


def open_catalogue(store: Store) -> tuple[Catalogue, NumberTable]:
    """The catalogue of the store and its numbers; both read anew what has changed."""
    return _open_catalogue(store, store.state().store_id)


@st.cache_resource(show_spinner=False, max_entries=2)
def _open_catalogue(_store: Store, store_id: str) -> tuple[Catalogue, NumberTable]:
    catalogue = Catalogue(_store)
    numbers = NumberTable(catalogue)
    Thread(target=numbers.warm, daemon=True).start()
    return catalogue, numbers


def find_listed(settings: Settings, store: Store, words: str) -> Found:
    """What was found for words, kept until the store or its facts change.

    Raises ModelUnavailable or IndexUnusable.
    """
    searcher = open_searcher(settings, store)
    catalogue, numbers = open_catalogue(store)
    return _find_listed(searcher, catalogue, numbers, words, *state_key(store), store.state().edition)


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


def edition_key(store: Store) -> tuple[str, int, int]:
    """Which store, which revision of its texts, which edition of its facts."""
    state = store.state()
    return state.store_id, state.revision, state.edition


def _database(folder: Path) -> Path:
    return folder / "store.sqlite"
