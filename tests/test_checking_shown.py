"""A checked text on the page, on the command line and as a Word file."""

from __future__ import annotations

import io
import json
import re
import subprocess
from collections.abc import Callable
from datetime import date
from html import unescape
from pathlib import Path

import docx
import pytest
from streamlit.testing.v1 import AppTest

from corpus.store import Store
from index.checking.check import check_text
from index.checking.layout import cut_text, items_of
from index.checking.models import CheckedNumber, CheckedText
from index.checking.wording import name_verdict, sum_up
from index.encoder import Encoder
from index.exports.checked import write_checked
from index.search import Searcher
from ingest.errors import UnreadablePage
from ingest.uploads import read_upload
from pages.check_drawing import marked_text_html, numbers_html, quotation_card_html
from tests.checked_pages import SAID, write_checked_pages
from tests.shown_pages import markup

ROOT = Path(__file__).resolve().parents[1]
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"
SPEECH = (
    f"Kính thưa hội nghị!\n{HOSTILE}\n"
    f"Nghị định 88/2024/NĐ-CP nêu: “{SAID.replace('250', '520')}”.\n"
    f"Nghị định 27/2025/NĐ-CP nêu: “{SAID}”.\n"
    "Nghị định số 15/2019/NĐ-CP và Nghị định số 98/2024/NĐ-CP cũng được nhắc."
)


@pytest.fixture(scope="module")
def made(
    tmp_path_factory: pytest.TempPathFactory,
    build_store: Callable[[Path, list[Path]], Store],
    encoder: Encoder,
) -> Searcher:
    base = tmp_path_factory.mktemp("checked")
    return Searcher.open(build_store(base / "store", [write_checked_pages(base)]), encoder)


@pytest.fixture(scope="module")
def checked(made: Searcher) -> CheckedText:
    return check_text(made.store, made.lexical, SPEECH, day=date(2025, 9, 1))


@pytest.fixture
def page(open_page: Callable[..., AppTest], made: Searcher) -> AppTest:
    return open_page(made.store.folder, "trich_dan", phan="kiem-tra")


def words(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


# --- the page


def send(page: AppTest, text: str) -> AppTest:
    page.text_area(key="check_text").set_value(text)
    next(button for button in page.button if button.label == "Kiểm tra").click()
    return page.run()


def test_the_first_visit_says_what_is_checked(page: AppTest) -> None:
    assert not page.exception
    assert "được so từng chữ với văn bản trong kho" in words(markup(page))
    assert "Hãy dán bài viết" in send(page, "  ").warning[0].value


def test_a_pasted_text_is_shown_with_its_verdicts(page: AppTest) -> None:
    shown = send(page, SPEECH)
    assert not shown.exception
    text = words(markup(shown))
    assert "2 trích dẫn: 1 sai khác nguyên văn; 1 của văn bản khác." in text
    assert "[2: sai khác nguyên văn]" in text
    assert "nguyên văn “250”, bài viết “520”" in text
    assert "Đây là nguyên văn của văn bản khác: số 88/2024/NĐ-CP" in text
    assert "15/2019/NĐ-CP đã hết hiệu lực từ ngày 1/8/2025 theo 27/2025/NĐ-CP." in text
    assert "khác một phần: 88/2024/NĐ-CP" in text
    (export,) = shown.get("download_button")
    assert export.proto.label == "Tải bài kèm nhận xét (.docx)"


def test_the_result_stays_while_the_page_is_run_again(page: AppTest) -> None:
    shown = send(page, SPEECH)
    before = markup(shown)
    assert markup(shown.run()) == before


def test_a_text_without_anything_to_check_says_so(page: AppTest) -> None:
    assert "Không thấy trích dẫn hay số hiệu" in words(markup(send(page, "Xin chào cả nhà.")))


# --- drawing


def test_the_marked_text_is_the_pasted_text_and_its_labels(checked: CheckedText) -> None:
    drawn = re.sub(r"<wbr><a [^>]*>[^<]*</a>", "", marked_text_html(checked))
    assert words(drawn) == SPEECH


def test_hostile_text_is_escaped_everywhere(made: Searcher) -> None:
    text = f"Nghị định 88/2024/NĐ-CP nêu: “{SAID} {HOSTILE} và {HOSTILE}”."
    one = check_text(made.store, made.lexical, text)
    items = list(enumerate(items_of(one), start=1))
    numbers = [(n, item) for n, item in items if isinstance(item, CheckedNumber)]
    drawn = marked_text_html(one) + numbers_html(numbers)
    drawn += "".join(quotation_card_html(n, item) for n, item in items if not isinstance(item, CheckedNumber))
    assert "<script" not in drawn
    assert "<img" not in drawn
    assert "&lt;script&gt;" in drawn


def test_a_card_links_to_the_words_in_their_document(checked: CheckedText) -> None:
    (altered, _) = checked.quotations
    assert altered.match is not None
    citation = altered.match.citation
    card = quotation_card_html(2, altered)
    assert (
        f"doc={citation.document_id}&amp;v={citation.tag}&amp;start={citation.start}&amp;end={citation.end}"
        in card
    )
    assert re.search(r"<del>.*250</del>\s*<ins>.*520</ins>", card)


def test_stretches_cover_the_text_once(checked: CheckedText) -> None:
    stretches = cut_text(checked)
    assert "".join(checked.text[one.start : one.end] for one in stretches) == SPEECH
    assert [checked.text[one.start : one.end] for one in stretches if one.differs] == ["520"]


# --- the Word file


def test_the_word_file_holds_the_text_and_a_comment_for_each_item(checked: CheckedText) -> None:
    document = docx.Document(io.BytesIO(write_checked(checked)))
    paragraphs = [one.text for one in document.paragraphs]
    assert paragraphs[:5] == SPEECH.split("\n")
    assert sum_up(checked) in paragraphs
    comments = [one.text for one in document.comments]
    assert len(comments) == len(items_of(checked)) == 6
    for one, comment in zip(items_of(checked), comments, strict=True):
        assert comment.startswith(name_verdict(one))
    assert "– nguyên văn “250”, bài viết “520”" in comments[1]
    assert f"Nguyên văn trong kho: “{SAID}”" in comments[1]
    changed = [run.text for one in document.paragraphs for run in one.runs if run.bold and run.underline]
    assert changed == ["520"]


def test_signs_that_word_cannot_hold_are_replaced(made: Searcher) -> None:
    text = f"Nghị định 88/2024/NĐ-CP nêu: “{SAID}\x0b\x00 ngay”."
    document = docx.Document(io.BytesIO(write_checked(check_text(made.store, made.lexical, text))))
    assert "\ufffd" in document.paragraphs[0].text + document.paragraphs[1].text


# --- files and the command line


def test_a_file_is_read_by_its_content(tmp_path: Path) -> None:
    written = docx.Document()
    written.add_paragraph("Kính thưa hội nghị!")
    written.add_paragraph(f"Nghị định nêu: “{SAID}”.")
    path = tmp_path / "bai.docx"
    written.save(str(path))
    assert read_upload("bai.docx", path.read_bytes()).splitlines() == [
        "Kính thưa hội nghị!",
        f"Nghị định nêu: “{SAID}”.",
    ]
    assert read_upload("bai.txt", SPEECH.encode()) == SPEECH
    with pytest.raises(UnreadablePage):
        read_upload("bai.txt", b"\x00\x01\x02\x03" * 50)


def test_the_command_checks_a_file_and_writes_the_comments(
    made: Searcher, cancu: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    speech, export = tmp_path / "bai.txt", tmp_path / "bai.docx"
    speech.write_text(SPEECH, "utf-8")
    store = ("--store", str(made.store.folder))
    run = cancu("check", str(speech), "--vao-ngay", "2025-09-01", "--export", str(export), *store)
    assert run.returncode == 0, run.stderr
    assert "[2] Sai khác nguyên văn: “" in run.stdout
    assert "    – nguyên văn “250”, bài viết “520”" in run.stdout
    assert len(list(docx.Document(str(export)).comments)) == 6
    told = json.loads(cancu("check", "-", "--json", "--vao-ngay", "2025-07-01", *store, text=SPEECH).stdout)
    assert [one["verdict"] for one in told["quotations"]] == ["altered", "other"]
    assert [one["verdict"] for one in told["numbers"]] == ["held", "held", "held", "look_alike"]


def test_the_command_names_a_file_that_is_not_there(
    made: Searcher, cancu: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    run = cancu("check", str(tmp_path / "khong-co.txt"), "--store", str(made.store.folder))
    assert run.returncode == 1
    assert "Không đọc được tệp" in run.stderr
