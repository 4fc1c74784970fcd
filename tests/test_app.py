"""The pages' states, through Streamlit's AppTest over real stores, and the pure functions that draw them."""

from __future__ import annotations

import json
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from corpus.intake import take_in
from corpus.labels import vietnamese_date
from corpus.store import Store
from index.answer import answer
from index.models import Outcome
from index.search import Searcher
from index.wording import MENTIONED, vietnamese_time
from ingest.models import Block, BlockKind
from ingest.uploads import keep_upload, safe_name
from pages import drawing
from pages.drawing import Piece, count_of, plain, shorten, text_html
from tests.shown_pages import markup, words

ROOT = Path(__file__).resolve().parents[1]
LABEL = "Bộ sưu tập mẫu: các bản tóm tắt do dự án biên soạn, không phải nguyên văn văn bản"
QUESTION = (
    "Nghị quyết nào về lãnh đạo, chỉ đạo thực hiện Đề án thí điểm "
    "xây dựng tỉnh Hà Tĩnh đạt chuẩn nông thôn mới?"
)
UNKNOWN_NUMBER = "Nghị quyết số 06-NQ/TU của Tỉnh ủy Hà Tĩnh nói về việc gì?"


@pytest.fixture
def store(samples: Searcher, tmp_path: Path) -> Path:
    """A copy of the indexed sample collection that a test may change."""
    folder = tmp_path / "store"
    shutil.copytree(samples.store.folder, folder)
    with Store.open(folder) as opened:
        opened.set_label(LABEL)
    return folder


@pytest.fixture
def visit(open_page: Callable[..., AppTest]) -> Callable[..., AppTest]:
    """Open a page of the app over a store, with the parameters of its address."""
    return open_page


# --- asking


def test_the_first_view_shows_the_label_the_box_and_examples(
    visit: Callable[..., AppTest], store: Path
) -> None:
    app = visit(store)
    assert not app.exception
    assert LABEL in words(app)
    assert app.text_input[0].label == "Câu hỏi của bạn"
    assert QUESTION in [button.label for button in app.button]
    assert 4 <= len(app.button) - 1 <= 6


def test_every_example_is_answered(visit: Callable[..., AppTest], store: Path, samples: Searcher) -> None:
    rows = map(json.loads, (ROOT / "samples" / "questions.jsonl").read_text("utf-8").splitlines())
    gold = {row["text"]: {quote["quote"] for quote in row["quotes"]} for row in rows}
    labels = [button.label.replace("\\", "") for button in visit(store).button if button.label != "Hỏi"]
    for example in labels:
        given = answer(samples, example)
        assert given.outcome is Outcome.ANSWERED, example
        cited = " ".join(citation.quote for said in given.statements for citation in said.citations)
        assert all(quote in cited for quote in gold[example]), example


def test_an_address_with_a_question_shows_the_cited_answer(
    visit: Callable[..., AppTest], store: Path
) -> None:
    app = visit(store, q=QUESTION)
    assert not app.exception
    assert "Nghị quyết số 04-NQ/TU ngày 15/7/2021" in words(app)
    assert MENTIONED in words(app)
    assert re.search(r"Theo kho cập nhật đến \d\d/\d\d/\d{4} \d\d:\d\d \(giờ Việt Nam\)", words(app))
    assert app.text_input[0].value == QUESTION


def test_the_box_asks_and_asks_again(visit: Callable[..., AppTest], store: Path) -> None:
    app = visit(store)
    for question, number in ((QUESTION, "04-NQ/TU"), ("Nghị định nào về công tác văn thư?", "30/2020/NĐ-CP")):
        app.text_input[0].set_value(question)
        next(button for button in app.button if button.label == "Hỏi").click().run()
        assert number in words(app)
        assert app.text_input[0].value == question


def test_an_example_button_asks_its_question(visit: Callable[..., AppTest], store: Path) -> None:
    app = visit(store)
    next(button for button in app.button if button.label == QUESTION).click().run()
    assert "04-NQ/TU" in words(app)
    assert app.query_params["q"] in (QUESTION, [QUESTION])  # AppTest gives either


def test_a_refusal_names_the_nearest_passages_as_no_answer(
    visit: Callable[..., AppTest], store: Path
) -> None:
    app = visit(store, q=UNKNOWN_NUMBER)
    assert not app.exception
    assert "cc-refused" in markup(app)
    assert "Chưa tìm thấy câu trả lời trong kho văn bản." in words(app)
    # What is held of the series that the number is of.
    assert "dãy …-NQ/TU (nhiệm kỳ 2020–2025) của" in words(app)
    assert "Những đoạn gần nhất (chưa chắc là câu trả lời)" in words(app)


def test_a_rerun_answers_from_the_session(visit: Callable[..., AppTest], store: Path) -> None:
    app = visit(store, q=QUESTION)
    found = app.session_state["found"]
    app.run()
    assert app.session_state["found"] is found


# --- stores that cannot answer


@pytest.mark.parametrize("page", [None, "tra_cuu", "doc_van_ban", "kho_du_lieu"])
def test_a_missing_store_leads_to_adding(
    visit: Callable[..., AppTest], tmp_path: Path, page: str | None
) -> None:
    app = visit(tmp_path / "none", page)
    assert not app.exception
    assert "Kho chưa có văn bản nào" in app.info[0].value
    assert not (tmp_path / "none").exists()  # looking does not create


def test_a_store_that_is_no_database_is_said_to_be_damaged(
    visit: Callable[..., AppTest], tmp_path: Path
) -> None:
    (tmp_path / "store.sqlite").write_bytes(b"not a database, but long enough to be taken for one " * 40)
    app = visit(tmp_path)
    assert not app.exception
    assert "bị hỏng" in app.error[0].value


def test_a_stale_index_is_named_and_can_be_mended(visit: Callable[..., AppTest], store: Path) -> None:
    with Store.open(store) as opened:
        document = opened.document_ids()[-1]
        opened.remove(document)
    app = visit(store, q=QUESTION)
    assert not app.exception
    assert "Kho đã thay đổi" in app.error[0].value
    assert "<blockquote" not in markup(app)

    app = visit(store, "kho_du_lieu", phan="Sức khỏe")
    next(button for button in app.button if button.label == "Cập nhật chỉ mục").click().run()
    deadline = time.monotonic() + 60
    while "Chỉ mục khớp với kho" not in words(app) and time.monotonic() < deadline:
        time.sleep(0.5)
        app = visit(store, "kho_du_lieu", phan="Sức khỏe")
    assert "Chỉ mục khớp với kho" in words(app)
    assert "04-NQ/TU" in words(visit(store, q=QUESTION))


def test_a_broken_index_is_named(visit: Callable[..., AppTest], store: Path) -> None:
    (store / "index" / "manifest.json").write_text("{", "utf-8")
    app = visit(store, q=QUESTION)
    assert not app.exception
    assert "bị hỏng" in app.error[0].value
    assert "Dựng lại chỉ mục" in [
        button.label for button in visit(store, "kho_du_lieu", phan="Sức khỏe").button
    ]


# --- reading


def test_a_document_shows_facts_notice_and_cut_parts(visit: Callable[..., AppTest], store: Path) -> None:
    with Store.open(store, read_only=True) as opened:
        document = next(
            document
            for document in map(opened.document, opened.document_ids())
            if document.uri.endswith("ha-tinh-nong-thon-moi.html")
        )
    app = visit(store, "doc_van_ban", doc=document.id)
    assert not app.exception
    assert "Bài báo/trang đưa tin, không phải nguyên văn văn bản." in words(app)
    assert "Danh sách tin, bài liên quan" in words(app)
    assert "04-NQ/TU" in words(app)
    assert "<mark" not in markup(app)


def test_an_unknown_document_and_a_wrong_span_are_said(visit: Callable[..., AppTest], store: Path) -> None:
    assert "Không có văn bản" in visit(store, "doc_van_ban", doc="d000").error[0].value
    with Store.open(store, read_only=True) as opened:
        document_id = opened.document_ids()[0]
    app = visit(store, "doc_van_ban", doc=document_id, start="10", end="999999999")
    assert "Vị trí trích dẫn" in app.warning[0].value
    assert "<mark" not in markup(app)


def test_only_a_window_of_a_long_document_is_drawn(visit: Callable[..., AppTest], tmp_path: Path) -> None:
    """300,000 characters without a line break, then as many lines: the span is there, the rest is not."""
    text = "chữ " * 75_000 + "\n" + "\n".join(f"Dòng số {number}." for number in range(20_000))
    page = tmp_path / "dai.jsonl"
    page.write_text(json.dumps({"id": "dai", "title": "Dài", "text": text}, ensure_ascii=False), "utf-8")
    with Store.open(tmp_path / "store") as opened:
        take_in(opened, [page])
        document = opened.document(opened.document_ids()[0])
    start = document.text.index("Dòng số 15000.")
    app = visit(
        tmp_path / "store",
        "doc_van_ban",
        doc=document.id,
        start=str(start),
        end=str(start + len("Dòng số 15000.")),
    )
    assert not app.exception
    assert f'<mark id="{drawing.MARK_ID}" tabindex="-1">Dòng số 15000.</mark>' in markup(app)
    drawn = re.sub(r"<(style|script)>.*?</\1>", "", markup(app), flags=re.DOTALL)
    assert len(drawn) < 30_000
    next(button for button in app.button if button.label == "Phần sau").click().run()
    assert "<mark" not in markup(app)
    next(button for button in app.button if button.label == "Về đoạn trích dẫn").click().run()
    assert "<mark" in markup(app)


def test_the_list_filters_without_diacritics(visit: Callable[..., AppTest], store: Path) -> None:
    app = visit(store, "tra_cuu")
    assert "22 / 22 văn bản" in words(app)
    app = visit(store, "tra_cuu", q="nong thon moi")
    shown = re.search(r"văn bản cho “nong thon moi”: (\d+) có đúng", words(app))
    assert shown and 0 < int(shown[1]) < 22


def _take(folder: Path, name: str, text: str) -> str:
    page = folder / name
    page.write_text(text, "utf-8")
    with Store.open(folder / "store") as opened:
        document_id = take_in(opened, [page]).pages[0].document_id
    assert document_id is not None
    return document_id


PLAN = """ỦY BAN NHÂN DÂN\nTỈNH HÀ TĨNH\n\nSố: 15/KH-UBND\n\nHà Tĩnh, ngày 05 tháng 3 năm 2025\n\nKẾ HOẠCH
Về trồng cây\n\nCăn cứ chương trình công tác năm 2025;\n\n1. Trồng cây dọc các tuyến đường liên thôn, mỗi hộ hai cây.
"""


def test_facts_lead_to_the_words_that_carry_them(visit: Callable[..., AppTest], tmp_path: Path) -> None:
    document_id = _take(tmp_path, "ke-hoach.txt", PLAN)
    with Store.open(tmp_path / "store", read_only=True) as opened:
        symbol, tag = opened.facts(document_id).symbol, opened.tag(document_id)
    assert symbol is not None
    address = f"doc-van-ban?doc={document_id}&amp;v={tag}&amp;start={symbol.start}&amp;end={symbol.end}"
    assert address in markup(visit(tmp_path / "store", "doc_van_ban", doc=document_id))
    app = visit(
        tmp_path / "store",
        "doc_van_ban",
        doc=document_id,
        v=tag,
        start=str(symbol.start),
        end=str(symbol.end),
    )
    assert f'<mark id="{drawing.MARK_ID}" tabindex="-1">15/KH-UBND</mark>' in markup(app)


def test_corrections_are_shown_as_such(visit: Callable[..., AppTest], tmp_path: Path) -> None:
    document_id = _take(tmp_path, "ke-hoach.txt", PLAN)
    blame = {"by": "Văn thư <b>", "reason": "số bị mờ"}
    with Store.open(tmp_path / "store") as opened:
        opened.correct(document_id, "symbol", "16/KH-UBND", **blame)
        opened.correct(document_id, "issuer", "", **blame)
    app = visit(tmp_path / "store", "doc_van_ban", doc=document_id)
    assert not app.exception
    assert "16/KH-UBND đã sửa bởi Văn thư <b> vì số bị mờ" in words(app)
    assert "không rõ đã sửa bởi Văn thư <b> vì số bị mờ" in words(app)
    assert "<b>" not in markup(app)
    assert "Đã sửa bằng tay (2)" in [expander.label for expander in app.expander]
    with Store.open(tmp_path / "store") as opened:
        opened.undo_correction(document_id, "symbol", **blame)
    assert "15/KH-UBND" in words(visit(tmp_path / "store", "doc_van_ban", doc=document_id))


def test_an_old_link_shows_what_was_quoted(visit: Callable[..., AppTest], tmp_path: Path) -> None:
    document_id = _take(tmp_path, "ke-hoach.txt", PLAN)
    with Store.open(tmp_path / "store", read_only=True) as opened:
        text, tag = opened.text(document_id), opened.tag(document_id)
    span = {"start": str(text.index("mỗi hộ hai")), "end": str(text.index("mỗi hộ hai") + 10)}
    _take(tmp_path, "ke-hoach.txt", PLAN.replace("mỗi hộ hai cây", "mỗi thôn một hàng cây"))

    app = visit(tmp_path / "store", "doc_van_ban", doc=document_id, v=tag, **span)
    assert not app.exception
    assert "bản đọc cũ" in app.warning[0].value
    assert ">mỗi hộ hai</mark>" in markup(app)

    app = visit(tmp_path / "store", "doc_van_ban", doc=document_id, v="0" * 12, **span)
    assert "đã thay đổi" in app.warning[0].value
    assert "<mark" not in markup(app)

    app = visit(tmp_path / "store", "doc_van_ban", doc=document_id)
    assert "mỗi thôn một hàng cây" in words(app)
    assert not app.warning
    assert f"v={tag}" in markup(app)
    assert "Các bản đọc cũ (1)" in [expander.label for expander in app.expander]


def test_copies_are_one_entry_with_its_sources(visit: Callable[..., AppTest], tmp_path: Path) -> None:
    first = _take(tmp_path, "ke-hoach.txt", PLAN)
    second = _take(tmp_path, "ban-sao.txt", PLAN)
    _take(tmp_path, "khac.txt", PLAN.replace("15/KH-UBND", "99/KH-UBND"))
    app = visit(tmp_path / "store", "tra_cuu")
    assert "3 / 3 văn bản" in words(app)
    assert words(app).count("số 15/KH-UBND") == 1
    assert "Cũng có ở: ban-sao.txt" in words(app)
    app = visit(tmp_path / "store", "doc_van_ban", doc=first)
    assert f'<a href="doc-van-ban?doc={second}">ban-sao.txt</a>' in markup(app)
    assert "Cùng nội dung, cũng có ở 1 nơi khác" in [expander.label for expander in app.expander]


# --- the state of the store


def test_the_store_page_counts(visit: Callable[..., AppTest], store: Path) -> None:
    with Store.open(store) as opened:
        opened.record_problem("file:///trong.txt", "EmptyPage", "Trang không có chữ nào.")
        state, mentioned = opened.state(), opened.count_mentioned_only()
    app = visit(store, "kho_du_lieu")
    assert not app.exception
    for label, value in (
        ("Trong kho", state.documents),
        ("Đoạn để tìm kiếm", state.passages),
        ("Văn bản chỉ được nhắc tới", mentioned),
    ):
        assert f"<dt>{label}</dt><dd>{count_of(value)}</dd>" in markup(app)
    assert "Trang không có chữ nào." in words(visit(store, "kho_du_lieu", phan="Sức khỏe"))


# --- adding


def test_a_path_is_taken_in_with_its_problems(visit: Callable[..., AppTest], tmp_path: Path) -> None:
    folder = tmp_path / "vao"
    folder.mkdir()
    (folder / "tot.txt").write_text(
        "Thông báo về lịch họp\n\nCuộc họp bắt đầu lúc tám giờ sáng thứ Hai.\n", "utf-8"
    )
    (folder / "rong.txt").write_bytes(b"")
    app = visit(tmp_path / "store", "kho_du_lieu", phan="Thêm văn bản")
    app.text_input[0].set_value(str(folder))
    next(button for button in app.button if button.label == "Đọc đường dẫn này").click().run()
    deadline = time.monotonic() + 90
    while "Kết quả lần thêm gần nhất" not in words(app) and time.monotonic() < deadline:
        time.sleep(0.5)
        app.run()
    assert not app.exception
    assert "mới 1" in app.warning[0].value
    assert "không đọc được 1" in app.warning[0].value
    assert "rong.txt" in words(app)
    assert "Chỉ mục: 1 đoạn (thêm 1, bỏ 0)." in words(app)


def test_a_path_that_does_not_exist_is_said(visit: Callable[..., AppTest], tmp_path: Path) -> None:
    app = visit(tmp_path / "store", "kho_du_lieu", phan="Thêm văn bản")
    app.text_input[0].set_value(str(tmp_path / "khong-co"))
    next(button for button in app.button if button.label == "Đọc đường dẫn này").click().run()
    assert "Không tìm thấy" in app.error[0].value
    assert not app.exception


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("nghi-quyet.txt", "nghi-quyet.txt"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\boot.html", "boot.html"),
        ("/", "tep"),
        ("...", "tep"),
        ("Nghi\u0323 quye\u0302\u0301t.txt", "Nghị quyết.txt"),
        ("a\x00b\n?.txt", "a_b__.txt"),
        ("CON.txt", "_CON.txt"),
        (".an.txt", "an.txt"),
    ],
)
def test_names_of_uploads_are_made_safe(name: str, kept: str) -> None:
    assert safe_name(name) == kept


def test_a_long_name_still_fits_a_file_system(tmp_path: Path) -> None:
    path = keep_upload(tmp_path, "ệ" * 300 + ".jsonl", b"x")
    assert path.read_bytes() == b"x"
    assert path.suffix == ".jsonl"


def test_other_content_under_a_taken_name_gets_a_number(tmp_path: Path) -> None:
    assert keep_upload(tmp_path, "a.txt", b"1").name == "a.txt"
    assert keep_upload(tmp_path, "a.txt", b"2").name == "a-2.txt"
    assert keep_upload(tmp_path, "a.txt", b"1").name == "a.txt"
    assert keep_upload(tmp_path, "a.txt", b"2").name == "a-2.txt"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a-2.txt", "a.txt"]


def test_an_uploaded_secret_file_is_not_kept(tmp_path: Path) -> None:
    from pages.jobs import forget_secret_uploads

    text = "UBND XÃ AN BÌNH\n\nMẬT\n\nBÁO CÁO\n\nCăn cứ kế hoạch năm của xã;\n"
    uploads = tmp_path / "store" / "uploads"
    secret = keep_upload(uploads, "bao cao mật.txt", text.encode())
    plain_file = keep_upload(uploads, "thuong.txt", text.replace("MẬT\n\n", "").encode())
    with Store.open(tmp_path / "store") as opened:
        forget_secret_uploads(uploads, take_in(opened, [secret, plain_file]))
    assert list(uploads.iterdir()) == [plain_file]


# --- drawing


def test_texts_are_escaped_and_marked_where_the_span_is() -> None:
    text = "<b>một</b> & *hai*\nba"
    pieces = (Piece(BlockKind.BODY, 0, 18), Piece(BlockKind.CAPTION, 19, 21))
    drawn = text_html(text, pieces, (3, 21))
    assert "<b>" not in drawn
    assert f'&lt;b&gt;<mark id="{drawing.MARK_ID}" tabindex="-1">một&lt;/b&gt; &amp; *hai*</mark>' in drawn
    assert drawn.endswith("<mark>ba</mark></p></article>")
    assert drawn.count(f'id="{drawing.MARK_ID}"') == 1


def test_pieces_cover_an_overlong_block_without_a_gap() -> None:
    text = "chữ " * 5_000
    pieces = list(drawing._split(Block(kind=BlockKind.BODY, start=0, end=len(text)), text))
    assert "".join(text[piece.start : piece.end] for piece in pieces) == text
    assert max(piece.end - piece.start for piece in pieces) <= drawing.PIECE


def test_wording() -> None:
    assert vietnamese_time("2026-12-31T18:05:00+00:00") == "01/01/2027 01:05"
    assert vietnamese_date("2021-07-15") == "15/07/2021"
    assert vietnamese_date("2021") == "2021"
    assert vietnamese_date(None) is None
    assert count_of(2_100_000) == "2.100.000"
    assert shorten("một hai ba", 6) == "một…"
    assert plain("*a* [b](c) <d>") == r"\*a\* \[b\]\(c\) \<d\>"
