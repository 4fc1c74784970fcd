"""What a user sees of the gate and of a language model: in the terminal, in JSON, in `doctor`, on the page."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from corpus.build import build_document
from corpus.store import Store
from index import wording
from index.answer import answer
from index.language_model import LanguageModel
from index.models import Hit, Outcome, Rule
from index.search import Searcher
from ingest.models import RawPage, hash_content
from ingest.readers import read_page
from tests.model_server import ModelServer, say, serve_model

ROOT = Path(__file__).resolve().parents[1]
QUESTION = "Công văn 1144-CV/TU do ai ký?"
Cancu = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def store(samples: Searcher, tmp_path: Path) -> Path:
    folder = tmp_path / "store"
    shutil.copytree(samples.store.folder, folder)
    return folder


def _configure(path: Path, server: ModelServer, monkeypatch: pytest.MonkeyPatch) -> str:
    """Switch the model on; the host that must be named."""
    path.write_text(
        f'[model_endpoint]\nbase_url = "{server.base_url}"\nmodel = "thu"\ntimeout = 30\n', encoding="utf-8"
    )
    monkeypatch.setenv("CANCU_CONFIG", str(path))
    return server.base_url.removeprefix("http://").removesuffix("/v1")


def _quote(samples: Searcher) -> str:
    given = answer(samples, QUESTION)
    assert given.phrasing is None and given.dropped == ()
    return " ".join(given.statements[0].citations[0].quote.split())


def test_the_answer_says_which_statements_a_model_phrased(samples: Searcher) -> None:
    quote = _quote(samples)
    with serve_model(say(f"{quote.rstrip('.')} [1].\nTổng cộng 9 văn bản [1].")) as server:
        given = answer(samples, QUESTION, model=LanguageModel(base_url=server.base_url, model="thu"))
    plain = answer(samples, QUESTION)
    assert [s.phrased for s in given.statements] == [True]
    assert given.statements[0].citations == plain.statements[0].citations
    assert [(d.rule, d.missing, d.phrased) for d in given.dropped] == [(Rule.FIGURE, ("9",), True)]
    assert (given.outcome, given.message, given.documents) == (plain.outcome, plain.message, plain.documents)


def test_the_terminal_and_json_show_the_model(
    cancu: Cancu, store: Path, samples: Searcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quote = _quote(samples)
    with serve_model(say(f"{quote} [1]\nTổng cộng 9 văn bản [1].")) as server:
        host = _configure(tmp_path / "config.toml", server, monkeypatch)
        shown = cancu("ask", QUESTION, "--store", str(store))
        given = json.loads(cancu("ask", QUESTION, "--store", str(store), "--json").stdout)
        checks = cancu("doctor", "--store", str(store))
        assert len(server.asked) == 2  # `doctor` sends nothing
    assert shown.stderr.startswith(wording.model_on("thu", host))
    assert f"({wording.PHRASED})" in shown.stdout
    assert f"Trích: “{quote}”" in shown.stdout
    assert "Đã bỏ: con số không có trong căn cứ (9):" in shown.stdout
    assert given["statements"][0]["phrased"] is True
    assert [(d["rule"], d["missing"], d["phrased"]) for d in given["dropped"]] == [("figure", ["9"], True)]
    assert f"thu tại {host} diễn đạt 1 câu" in given["phrasing"]
    assert wording.model_on("thu", host) in checks.stdout


def test_without_a_model_doctor_says_that_nothing_leaves(cancu: Cancu, store: Path) -> None:
    assert "tắt; câu hỏi và văn bản không rời máy này" in cancu("doctor", "--store", str(store)).stdout
    given = json.loads(cancu("ask", QUESTION, "--store", str(store), "--json").stdout)
    assert (given["phrasing"], given["dropped"]) == (None, [])
    assert [statement["phrased"] for statement in given["statements"]] == [False]


def test_the_page_says_where_questions_go_and_marks_what_was_phrased(
    store: Path, samples: Searcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quote = _quote(samples)
    monkeypatch.setenv("CANCU_STORE", str(store))
    monkeypatch.chdir(ROOT)
    with serve_model(say(f"{quote} [1]")) as server:
        host = _configure(tmp_path / "config.toml", server, monkeypatch)
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=90)
        app.query_params["q"] = QUESTION
        app.run()
        assert len(server.asked) == 1
        app.run()
        assert len(server.asked) == 1  # the answer is kept: a redrawn page sends nothing
    html = unescape("\n".join(element.proto.body for element in app.get("html")))
    assert not app.exception
    assert wording.model_on("thu", host) in html
    assert f'<span class="cc-phrased">{wording.PHRASED}</span>' in html
    assert f'<span class="cc-words">{quote}</span>' in html


def test_the_page_without_a_model_speaks_of_none(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANCU_STORE", str(store))
    monkeypatch.chdir(ROOT)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=90)
    app.query_params["q"] = QUESTION
    app.run()
    html = "\n".join(element.proto.body for element in app.get("html"))
    assert "cc-quote" in html
    assert "Mô hình ngôn ngữ" not in html


# --- a document that changes between search and answer


class _Overtaken(Searcher):
    """A search after which another process changes what was found."""

    change: Callable[[], None]

    def search(self, *arguments: object, **options: object) -> list[Hit]:  # type: ignore[override]
        hits = super().search(*arguments, **options)  # type: ignore[arg-type]
        self.change()
        return hits


READ = (
    "Cầm điện thoại khi lái ô tô bị phạt bao nhiêu tiền?"  # answered from what was searched, not from facts
)


@pytest.mark.parametrize(
    "prefix", ["Tin sửa. ", "<p>Một đoạn mới ở đầu bài, dài hơn một chút so với trước.</p>"]
)
def test_a_document_that_changed_after_the_search_is_not_quoted(
    store: Path, samples: Searcher, prefix: str
) -> None:
    found = answer(samples, READ).statements[0].citations[0]
    with Store.open(store) as written, Store.open(store, read_only=True) as opened:
        old = written.document(found.document_id)

        def change() -> None:
            content = f"{prefix}\n{old.text}".encode()
            page = RawPage(
                uri=old.uri,
                content=content,
                sha256=hash_content(content),
                media_type="text/plain",
                name="tin.txt",
            )
            with written.writing():
                written.save(build_document(page, read_page(page)))

        searcher = _Overtaken.open(opened, samples.encoder)
        searcher.change = change  # type: ignore[attr-defined]
        given = answer(searcher, READ)
    assert given.outcome is Outcome.NOT_FOUND
    assert given.statements == ()
    assert {dropped.rule for dropped in given.dropped} == {Rule.CHANGED}
    assert "không khớp nguyên văn hoặc nguồn khi kiểm lại" in given.message
