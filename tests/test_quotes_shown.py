"""The page Trích dẫn (finding a sentence, its card) and the commands `quote` and `card`."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import unescape
from pathlib import Path

import docx
import pytest
from streamlit.testing.v1 import AppTest

import cli
from index.quotable.finding import find_quotable
from index.search import Searcher
from pages.quote_find import EXAMPLES
from tests.quoted_pages import BESIDE, ENDED, HOSTILE, REPEATED, SAID, SYMBOL
from tests.shown_pages import words

ROOT = Path(__file__).resolve().parents[1]
THEME = "trồng rừng ven biển"


@pytest.fixture
def visit(open_page: Callable[..., AppTest], quoted: Searcher) -> Callable[..., AppTest]:
    """Open the page with the parameters of its address, "_" for "-"."""

    def run(**parameters: str) -> AppTest:
        asked = {name.replace("_", "-"): value for name, value in parameters.items()}
        return open_page(quoted.store.folder, "trich_dan", **asked)

    return run


def address(app: AppTest) -> dict[str, str]:
    """The parameters of the address; AppTest gives those that a test has set as lists."""
    return {name: value if isinstance(value, str) else value[0] for name, value in app.query_params.items()}


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    return app.run()


def span(quoted: Searcher, quote: str, symbol: str | None = None) -> dict[str, str]:
    store = quoted.store
    for name in store.document_ids():
        at = store.text(name).find(quote)
        if at >= 0 and symbol in (None, store.profile(name).symbol):
            return {"doc": name, "v": store.tag(name), "start": str(at), "end": str(at + len(quote))}
    raise AssertionError(quote)


def test_the_first_visit_teaches_by_examples(visit: Callable[..., AppTest]) -> None:
    app = visit()
    assert not app.exception
    assert "Chỉ những câu trọn vẹn, đúng từng chữ" in words(app)
    assert [button.label for button in app.button if button.label in EXAMPLES] == list(EXAMPLES)
    assert "nhấn “Lập thẻ trích dẫn”" in words(visit(phan="the"))
    assert visit(phan="kiem-tra").text_area(key="check_text") is not None


@pytest.mark.parametrize("theme", EXAMPLES)
def test_every_example_is_found_in_the_sample_collection(samples: Searcher, theme: str) -> None:
    assert find_quotable(samples, theme, samples.store.document).sentences


def test_a_theme_is_sent_and_kept_in_the_address(visit: Callable[..., AppTest]) -> None:
    app = visit()
    app.text_input(key="find_chu-de").set_value(THEME)
    press(app, "Tìm câu trích")
    assert address(app)["chu-de"] == THEME
    shown = words(app)
    assert REPEATED in shown
    assert "Nguyên văn của chính văn bản" in shown
    assert "Hiệu lực: không rõ" in shown
    assert "Theo báo bao.example, không phải nguyên văn văn bản" in shown
    assert shown.count(REPEATED) == 1
    assert "Câu này cũng có ở: " in shown


def test_a_sentence_becomes_a_card_that_can_be_downloaded(
    visit: Callable[..., AppTest], quoted: Searcher
) -> None:
    app = press(visit(chu_de=THEME), "Lập thẻ trích dẫn câu 1")
    assert not app.exception
    assert address(app)["phan"] == "the"
    assert {"doc", "v", "start", "end"} <= address(app).keys()
    (download,) = app.get("download_button")
    assert download.proto.label == "Tải thẻ (.docx)"
    back = press(app, "← Về danh sách câu")
    assert address(back)["phan"] == "tim"
    assert REPEATED in words(back)


def test_the_address_of_a_span_opens_its_card_and_moves_by_sentences(
    visit: Callable[..., AppTest], quoted: Searcher
) -> None:
    app = visit(**span(quoted, REPEATED, SYMBOL))
    assert f"“{REPEATED}”" in words(app)
    assert "Khoản 1 Điều 1 Nghị quyết số 61/NQ-HĐND ngày 12 tháng 12 năm 2025" in words(app)
    press(app, "Thêm câu sau")
    assert f"“{REPEATED} {BESIDE}”" in words(app)
    assert address(app)["end"] == span(quoted, BESIDE, SYMBOL)["end"]
    press(app, "Bớt câu đầu")
    assert f"“{BESIDE}”" in words(app)


def test_a_span_that_cuts_a_word_offers_the_whole_sentence(
    visit: Callable[..., AppTest], quoted: Searcher
) -> None:
    asked = span(quoted, REPEATED, SYMBOL)
    app = visit(**{**asked, "end": str(int(asked["end"]) - 3)})
    assert "cắt ngang" in app.error[0].value
    assert f"“{REPEATED}”" in words(press(app, "Lấy trọn câu"))


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        pytest.param({"start": "nhiều"}, "chưa chỉ đúng đoạn", id="no number"),
        pytest.param({"v": "000000000000"}, "bản khi đó không còn trong kho", id="lost text"),
    ],
)
def test_a_wrong_address_is_told_with_a_remedy(
    visit: Callable[..., AppTest], quoted: Searcher, changed: dict[str, str], told: str
) -> None:
    app = visit(**{**span(quoted, REPEATED, SYMBOL), **changed})
    assert told in app.warning[0].value


def test_nothing_is_shown_as_found_where_nothing_is(visit: Callable[..., AppTest]) -> None:
    shown = words(visit(chu_de="khai thác dầu khí ngoài khơi"))
    assert "Không tìm thấy câu nào" in shown
    assert "Nguồn:" not in shown


def test_ended_documents_are_left_out_told_and_shown_on_request(visit: Callable[..., AppTest]) -> None:
    without = words(visit(chu_de="chợ nông thôn"))
    assert ENDED not in without
    assert "1 câu không hiện vì văn bản đã hết hiệu lực" in without
    shown = words(visit(chu_de="chợ nông thôn", het="1"))
    assert ENDED in shown
    assert "Hiệu lực: bị thay thế" in shown


def test_hostile_words_are_escaped_on_the_page(visit: Callable[..., AppTest], quoted: Searcher) -> None:
    app = visit(**span(quoted, HOSTILE))
    markup = "\n".join(element.proto.body for element in app.get("html"))
    assert HOSTILE not in markup
    assert HOSTILE in unescape(markup)


# --- the command line


def test_a_card_on_the_command_line(
    quoted: Searcher, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    place = span(quoted, SAID)
    path = tmp_path / "the.docx"
    arguments = ["card", place["doc"], place["start"], place["end"], "--store", str(quoted.store.folder)]
    assert cli.main([*arguments, "--export", str(path)]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("Theo báo bao.example, không phải nguyên văn văn bản.")
    assert f"“{SAID}”" in printed
    assert f"“{SAID}”" in [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]
    assert cli.main([*arguments, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["quote"] == SAID


@pytest.mark.long
def test_quote_on_the_command_line(quoted: Searcher, capsys: pytest.CaptureFixture[str]) -> None:
    store = ["--store", str(quoted.store.folder)]
    assert cli.main(["quote", THEME, "--nguoi", "Trần Văn Mẫu", "--json", *store]) == 0
    (found,) = json.loads(capsys.readouterr().out)["sentences"]
    assert found["citation"]["quote"] == SAID
    assert found["speakers"][0]["name"] == "Đồng chí Trần Văn Mẫu, Bí thư Tỉnh ủy"
    assert cli.main(["quote", "khai thác dầu khí ngoài khơi", *store]) == 0
    assert "Không tìm thấy câu nào" in capsys.readouterr().out
