"""The page Văn bản through Streamlit's AppTest: corrections, outline, documents around, differences, choosing."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from conftest import write_pages
from streamlit.testing.v1 import AppTest

from corpus.build import build_document
from corpus.intake import take_in
from corpus.store import Store
from index.neighbourhood import find_neighbourhood
from ingest.models import RawPage, hash_content
from ingest.readers import read_page
from pages.graph_drawing import graph_html, neighbours_html
from pages.reader_drawing import remember_script
from tests.reader_texts import AROUND, LAST_ARTICLE, MARKUP, PLAN
from tests.shown_pages import markup, words

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The acts as files, and a store of them beside."""
    base = tmp_path_factory.mktemp("reader")
    with Store.open(base / "store") as store:
        take_in(store, [write_pages(base, AROUND)])
    return base / "pages"


@pytest.fixture
def folder(pages: Path, tmp_path: Path) -> Path:
    """A copy of the store that a test may change; it has its own id, by which pages are cached."""
    copy = shutil.copytree(pages.parent / "store", tmp_path / "store")
    with closing(sqlite3.connect(copy / "store.sqlite")) as db, db:
        db.execute("UPDATE meta SET value = ? WHERE key = 'store_id'", (uuid4().hex,))
    return copy


@pytest.fixture
def visit(open_page: Callable[..., AppTest], folder: Path) -> Callable[..., AppTest]:
    """Open the page over the store, for the first document of a number."""

    def run(symbol: str | None = None, **parameters: str) -> AppTest:
        document = {"doc": find(folder, symbol)} if symbol else {}
        return open_page(folder, "doc_van_ban", **document, **parameters)

    return run


def find(folder: Path, symbol: str) -> str:
    with Store.open(folder, read_only=True) as store:
        return store.documents_with_symbol(symbol)[0]


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def fill(app: AppTest, **values: str) -> None:
    labels = {"value": "Giá trị mới", "by": "Người sửa", "reason": "Lý do"}
    for name, value in values.items():
        next(field for field in app.text_input if field.label == labels[name]).set_value(value)


# --- corrections


def test_a_fact_is_corrected_where_it_is_shown_and_taken_back(
    visit: Callable[..., AppTest], folder: Path
) -> None:
    app = visit("27/KH-UBND", sua="signer")
    assert "Sửa: Người ký" in words(app)
    fill(app, value="Trần Thị Mẫu", by="Văn thư <b>", reason="chữ ký mờ")
    press(app, "Lưu giá trị mới")
    assert not app.exception
    assert app.success[0].value.startswith("Đã ghi thông tin")
    assert "Trần Thị Mẫu đã sửa bởi Văn thư <b> vì chữ ký mờ" in words(app)
    assert "<b>" not in re.search(r'<dl class="cc-facts">.*?</dl>', markup(app), re.S)[0]  # type: ignore[index]
    assert "sua" not in app.query_params
    with Store.open(folder, read_only=True) as store:
        assert store.facts(find(folder, "27/KH-UBND")).signer.value == "Trần Thị Mẫu"  # type: ignore[union-attr]

    app = visit("27/KH-UBND", sua="signer")
    fill(app, by="Văn thư", reason="nhầm văn bản")
    press(app, "Bỏ lần sửa gần nhất")
    assert "Trần Văn Mẫu" in words(app)
    assert "Đã sửa bằng tay (1)" in [expander.label for expander in app.expander]
    assert "bỏ sửa bởi Văn thư vì nhầm văn bản" in words(app)


@pytest.mark.long
def test_a_fact_can_be_said_to_be_unknown(visit: Callable[..., AppTest]) -> None:
    app = visit("27/KH-UBND", sua="issued_on")
    app.checkbox[0].check()
    fill(app, by="Văn thư", reason="bản quét mờ")
    press(app, "Lưu giá trị mới")
    assert "không rõ đã sửa bởi Văn thư vì bản quét mờ" in words(app)


@pytest.mark.long
def test_what_kind_of_page_it_is_can_be_corrected(visit: Callable[..., AppTest]) -> None:
    app = visit("27/KH-UBND", sua="kind")
    next(box for box in app.selectbox if box.label == "Giá trị mới").select("Bài báo, trang đưa tin")
    fill(app, by="Văn thư", reason="đây là bài báo")
    press(app, "Lưu giá trị mới")
    assert "Bài báo/trang đưa tin, không phải nguyên văn văn bản. đã sửa bởi Văn thư" in words(app)
    app.query_params["xem"] = "lien-quan"  # as by the browser's own buttons
    assert "Trang đưa tin không phải văn bản" in words(app.run())
    del app.query_params["xem"]
    assert "I. MỤC TIÊU" in words(app.run())


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "values", "said"),
    [
        ("issued_on", {"value": "31/2/2024", "by": "A", "reason": "b"}, "không phải một ngày có thật"),
        ("symbol", {"value": "hai mươi bảy", "by": "A", "reason": "b"}, "không phải một số, ký hiệu đầy đủ"),
        ("signer", {"value": "Lê Mẫu", "by": " ", "reason": "b"}, "Hãy ghi người sửa và lý do"),
        ("signer", {"value": " ", "by": "A", "reason": "b"}, "Hãy ghi giá trị mới"),
    ],
)
def test_a_wrong_correction_is_told_and_changes_nothing(
    visit: Callable[..., AppTest], folder: Path, name: str, values: dict[str, str], said: str
) -> None:
    app = visit("27/KH-UBND", sua=name)
    fill(app, **values)
    press(app, "Lưu giá trị mới")
    assert said in app.error[0].value
    with Store.open(folder, read_only=True) as store:
        assert store.corrections(find(folder, "27/KH-UBND")) == ()


@pytest.mark.long
def test_a_store_that_is_being_written_is_told(visit: Callable[..., AppTest], folder: Path) -> None:
    app = visit("27/KH-UBND", sua="signer")
    fill(app, value="Lê Mẫu", by="A", reason="b")
    with Store.open(folder) as store, store.writing():
        press(app, "Lưu giá trị mới")
    assert "Một tiến trình khác đang ghi" in app.error[0].value


@pytest.mark.long
def test_an_address_with_an_unknown_fact_is_said(visit: Callable[..., AppTest]) -> None:
    assert "một thông tin không có" in visit("27/KH-UBND", sua="<script>").warning[0].value


# --- outline


@pytest.mark.long
def test_the_outline_leads_to_places_on_the_page_and_beyond(
    visit: Callable[..., AppTest], folder: Path
) -> None:
    app = visit("61/2023/NĐ-CP")
    drawn = markup(app)
    assert 'aria-label="Mục lục"' in drawn
    here = re.search(r'<a href="#(muc-\d+)" target="_self"><b>Điều 3</b> Khoảng cách</a>', drawn)
    assert here
    assert f'id="{here[1]}"' in drawn
    assert LAST_ARTICLE not in words(app)  # outside the window
    there = re.search(r'<a href="(doc-van-ban[^"]+)" target="_self"><b>Điều 103</b>', drawn)
    assert there
    start, end = re.search(r"start=(\d+)&amp;end=(\d+)", there[1]).groups()  # type: ignore[union-attr]
    app = visit("61/2023/NĐ-CP", start=start, end=end)
    assert f">{LAST_ARTICLE}</mark>" in markup(app)


@pytest.mark.long
def test_a_long_document_is_shown_whole_for_printing(visit: Callable[..., AppTest]) -> None:
    app = visit("61/2023/NĐ-CP")
    assert "Chỉ in phần đang xem" in words(app)
    press(app, "Hiện toàn văn (để in)")
    assert LAST_ARTICLE in words(app)
    assert "Chỉ in phần đang xem" not in words(app)
    assert "Số: 61/2023/NĐ-CP; ngày 20/12/2023" in words(app)


# --- documents around, differences


def test_documents_around_are_drawn_with_links(visit: Callable[..., AppTest], folder: Path) -> None:
    app = visit("61/2023/NĐ-CP", xem="lien-quan")
    assert not app.exception
    drawn = markup(app)
    assert f'href="doc-van-ban?doc={find(folder, "15/2025/NĐ-CP")}"' in drawn
    assert "Nghị định 09/2015/NĐ-CP" in words(app)
    assert "chưa có trong kho" in words(app)
    assert "Thực hiện hoặc căn cứ vào văn bản này (2)" in words(app)
    assert "<img" not in drawn
    assert "<b>phù sa" not in drawn


def test_hostile_titles_stay_text_in_the_graph_and_its_table(folder: Path) -> None:
    with Store.open(folder, read_only=True) as store:
        found = find_neighbourhood(store, store.document, find(folder, "61/2023/NĐ-CP"))
    for drawn in (graph_html(found, MARKUP), neighbours_html(found)):
        assert "&lt;img src=x" in drawn
        assert "<img" not in drawn
    script = remember_script("d1", f"</script>{MARKUP}")
    assert script.count("<") == 2  # its own tags
    assert "\\u003c/script" in script


@pytest.mark.long
def test_an_earlier_text_and_a_copy_are_compared(visit: Callable[..., AppTest], folder: Path) -> None:
    first, second = _copies(folder)
    with Store.open(folder) as store:
        tag = store.tag(first)
        source = store.page_source(first)
        text = PLAN.replace("một bãi chứa", f"hai {MARKUP} bãi chứa").encode()
        page = RawPage(
            uri=source.uri,
            content=text,
            sha256=hash_content(text),
            media_type="text/plain",
            name="ke-hoach.txt",
        )
        store.save(build_document(page, read_page(page)), page=page)
    app = visit(doc=first, xem="cac-ban", so=tag)
    assert not app.exception
    assert "một </del>" in re.sub(r'<span class="cc-hidden">[^<]*</span>', "", markup(app))
    assert "<ins>" in markup(app)
    assert "&lt;img src=x" in markup(app)
    assert "<img" not in markup(app)
    app = visit(doc=first, xem="cac-ban", so=second)
    assert "Khác nhau ở 1 chỗ" in words(app)
    app = visit(doc=second, xem="cac-ban", so="0" * 12)
    assert "Chọn một bản để thấy" in words(app)
    app = visit("15/2025/NĐ-CP", xem="cac-ban")
    assert "Kho chỉ có một bản" in app.info[0].value


def _copies(folder: Path) -> tuple[str, str]:
    with Store.open(folder, read_only=True) as store:
        ids = store.documents_with_symbol("27/KH-UBND")
        first = next(one for one in ids if store.page_source(one).uri.endswith("/ke-hoach.txt"))
    return first, next(one for one in ids if one != first)


# --- without a document


@pytest.mark.long
def test_a_number_opens_its_document(visit: Callable[..., AppTest], folder: Path) -> None:
    app = visit()
    assert "Đọc gần đây" in words(app)
    app.text_input[0].set_value("61/2023/nđ-cp")
    press(app, "Mở văn bản")
    assert not app.exception
    assert app.query_params["doc"] in (find(folder, "61/2023/NĐ-CP"), [find(folder, "61/2023/NĐ-CP")])
    assert "Điều 1. Phạm vi điều chỉnh" in words(app)


@pytest.mark.long
@pytest.mark.parametrize(
    ("typed", "said"),
    [("bãi chứa", "không phải một số, ký hiệu"), ("999/QĐ-TTg", "Kho không có và không nhắc tới")],
)
def test_a_number_that_leads_nowhere_is_said(visit: Callable[..., AppTest], typed: str, said: str) -> None:
    assert said in visit(so_hieu=typed).warning[0].value


@pytest.mark.long
def test_a_number_that_is_only_named_leads_to_the_page(visit: Callable[..., AppTest], folder: Path) -> None:
    app = visit(so_hieu="09/2015/NĐ-CP")
    assert "chỉ được nhắc tới" in words(app)
    assert f"doc-van-ban?doc={find(folder, '61/2023/NĐ-CP')}&amp;start=" in markup(app)
