"""Shared fixtures: the real encoder, stores over the sample collection and over the two seed pages."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from corpus.intake import take_in
from corpus.store import Store
from index.build import update_index
from index.embedding_cache import EmbeddingCache
from index.encoder import Encoder, load_encoder
from index.search import Searcher
from settings import load_settings

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
SAMPLES = ROOT / "samples" / "collection"

SearchTexts = Callable[[Mapping[str, str]], AbstractContextManager[Searcher]]


def shared(relative: str) -> Path:
    """A file of the shared data; the test that asks is skipped, saying why, where it is absent."""
    path = SHARED / relative
    if not path.exists():
        pytest.skip(
            f"../shared/{relative} absent: measured on third-party text that is not in the repository"
        )
    return path


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The product's default encoder."""
    return load_encoder(None, cache=load_settings().cache)


@pytest.fixture(scope="session")
def build_store(encoder: Encoder) -> Callable[[Path, list[Path]], Store]:
    """Make a store in a folder from paths, indexed with the default encoder."""

    def build(folder: Path, paths: list[Path]) -> Store:
        store = Store.open(folder)
        take_in(store, paths)
        with EmbeddingCache(load_settings().cache / "embeddings.sqlite") as cache:
            update_index(store, encoder, cache)
        return store

    return build


@pytest.fixture(scope="session")
def seeds(
    tmp_path_factory: pytest.TempPathFactory,
    build_store: Callable[[Path, list[Path]], Store],
    encoder: Encoder,
) -> Iterator[Searcher]:
    """The two seed pages, and nothing else."""
    with build_store(tmp_path_factory.mktemp("seeds"), [shared("data/seeds")]) as store:
        yield Searcher.open(store, encoder)


@pytest.fixture(scope="session")
def samples(
    tmp_path_factory: pytest.TempPathFactory,
    build_store: Callable[[Path, list[Path]], Store],
    encoder: Encoder,
) -> Iterator[Searcher]:
    """The shipped sample collection."""
    with build_store(tmp_path_factory.mktemp("samples"), [SAMPLES]) as store:
        yield Searcher.open(store, encoder)


@pytest.fixture(scope="session")
def quoted(
    tmp_path_factory: pytest.TempPathFactory,
    build_store: Callable[[Path, list[Path]], Store],
    encoder: Encoder,
) -> Iterator[Searcher]:
    """The pages of tests/quoted_pages.py; no test changes them."""
    from tests.quoted_pages import write_quoted_pages  # which writes with this module's `write_pages`

    base = tmp_path_factory.mktemp("quoted")
    with build_store(base / "store", write_quoted_pages(base)) as store:
        yield Searcher.open(store, encoder)


@pytest.fixture
def cancu(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the command in a process of its own, on a store in the test's folder, for `timeout` seconds at most."""

    def run(
        *arguments: str, text: str = "", user: str | None = None, timeout: float = 300
    ) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "cli", *arguments]
        if "--store" not in arguments:
            command += ["--store", str(tmp_path / "store")]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        return subprocess.run(
            command,
            input=text,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=timeout,
            cwd=ROOT,
            env=environment,
            user=user,
        )

    return run


def write_pages(folder: Path, texts: Mapping[str, str]) -> Path:
    """A new folder "pages" in `folder` with one text file for each name; for stores of documents of our own."""
    pages = folder / "pages"
    pages.mkdir()
    for name, text in texts.items():
        (pages / f"{name}.txt").write_text(text, "utf-8")
    return pages


@pytest.fixture(scope="session")
def search_texts(
    tmp_path_factory: pytest.TempPathFactory,
    build_store: Callable[[Path, list[Path]], Store],
    encoder: Encoder,
) -> SearchTexts:
    """A searcher over a new store of documents of our own, by name; closed behind the `with`."""

    @contextmanager
    def search(texts: Mapping[str, str]) -> Iterator[Searcher]:
        folder = tmp_path_factory.mktemp("texts")
        with build_store(folder / "store", [write_pages(folder, texts)]) as store:
            yield Searcher.open(store, encoder)

    return search


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Open a page of the app (None: the first) over a store, in a session of its own, with the parameters of its
    address: a streamlit.testing.v1.AppTest. None ends in a stack trace.
    """
    from streamlit.testing.v1 import AppTest

    def run(folder: Path, page: str | None = None, **parameters: str | list[str]) -> AppTest:
        monkeypatch.setenv("CANCU_STORE", str(folder))
        monkeypatch.chdir(ROOT)
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=90)
        if page is not None:
            app.run()
            app.switch_page(f"pages/{page}.py")
        for name, value in parameters.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        return app

    return run
