"""The page Tra cứu through Streamlit's AppTest: facets, orders, choices, the address, an empty result."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from test_corpus_effect import TEXTS
from test_corpus_store_facets import MORE

from corpus.facets import Facet
from corpus.store import Store
from tests.shown_pages import markup, words

ROOT = Path(__file__).resolve().parents[1]
ACTS = {**TEXTS, **MORE, "ban-sao": TEXTS["thay-the"]}
SPITEFUL = 'Tin <img src=x onerror="alert(1)"> về *trồng cây* ven đường'


@pytest.fixture(scope="module")
def folder(
    tmp_path_factory: pytest.TempPathFactory, build_store: Callable[[Path, list[Path]], Store]
) -> Iterator[Path]:
    """Six acts, one of them twice, and two news pages, one of them spiteful."""
    base: Path = tmp_path_factory.mktemp("app-lookup")
    for name, text in {**ACTS, "doc": f"{SPITEFUL}\n\n{SPITEFUL} tại các xã <b>ngày mai</b>."}.items():
        (base / f"{name}.txt").write_text(text, "utf-8")
    with build_store(base / "store", [base]):
        yield base / "store"


@pytest.fixture
def visit(open_page: Callable[..., AppTest], folder: Path) -> Callable[..., AppTest]:
    """Open the page with the parameters of its address."""
    return partial(open_page, folder, "tra_cuu")


def told(app: AppTest) -> str:
    return words(app, gap=" ")


def total(app: AppTest) -> str:
    found = re.search(r'cc-total" role="status">(.*?)</p>', markup(app))
    assert found
    return unescape(found[1])


def parameter(app: AppTest, name: str) -> list[str]:
    if name not in app.query_params:
        return []
    value = app.query_params[name]
    return [value] if isinstance(value, str) else list(value)


def chosen_in_address(app: AppTest) -> dict[str, list[str]]:
    """What the address holds."""
    return {
        name: parameter(app, name)
        for name in ("q", "loai", "nam", "xep", "p", "chon")
        if parameter(app, name)
    }


def pills(app: AppTest, facet: Facet) -> object:
    return next(one for one in app.get("button_group") if one.key == f"lookup_{facet}")


def offered(app: AppTest, facet: Facet) -> list[str]:
    """The values of a facet with their counts, as they are read."""
    return [re.sub(r"\\(.)", r"\1", one.content) for one in pills(app, facet).proto.options]


def numbers(app: AppTest) -> list[str]:
    """The numbers of the results, from the top."""
    return re.findall(r"số (\d+/\d{4}/[\w-]+)", told(app))


def test_without_words_it_is_the_list_of_all_documents(visit: Callable[..., AppTest]) -> None:
    app = visit()
    assert total(app) == "9 / 9 văn bản"
    assert numbers(app)[0] == "21/2026/NQ-HĐND"  # the newest first
    assert "văn bản không rõ ngày, xếp cuối" in told(app)
    assert offered(app, Facet.TYPE)[:3] == ["Nghị định (4)", "Quyết định (2)", "Nghị quyết (1)"]
    assert offered(app, Facet.PROVINCE)[-1].startswith("không rõ (")
    assert chosen_in_address(app) == {}


def test_a_choice_narrows_the_list_and_stands_in_the_address(visit: Callable[..., AppTest]) -> None:
    app = visit()
    pills(app, Facet.TYPE).set_value(["Quyết định", "Nghị quyết"]).run()
    assert total(app) == "3 / 9 văn bản"
    assert parameter(app, "loai") == ["Quyết định", "Nghị quyết"]
    assert "Đang lọc theo Loại văn bản: Quyết định, Nghị quyết." in told(app)
    pills(app, Facet.YEAR).set_value(["2024"]).run()
    assert numbers(app) == ["5/2024/QĐ-UBND"]
    assert offered(app, Facet.TYPE)[:2] == ["Nghị định (2)", "Quyết định (1)"]  # what choosing it would give
    # The same address, opened by somebody else.
    again = visit(loai=["Quyết định", "Nghị quyết"], nam="2024")
    assert (total(again), numbers(again)) == (total(app), numbers(app))
    assert set(pills(again, Facet.TYPE).value) == {"Quyết định", "Nghị quyết"}
    next(one for one in again.button if one.label == "Bỏ mọi bộ lọc").click().run()
    assert total(again) == "9 / 9 văn bản"
    assert chosen_in_address(again) == {}


def test_what_is_not_known_is_told_and_let_in_when_asked(visit: Callable[..., AppTest]) -> None:
    app = visit(nam="2024")
    assert "không được tính vì không rõ năm" in told(app)
    before = int(total(app).split()[0])
    next(one for one in app.button if one.label == "Tính cả các văn bản đó").click().run()
    assert "không được tính" not in told(app)
    assert int(total(app).split()[0]) > before
    assert parameter(app, "nam") == ["2024", "không rõ"]


def test_old_provinces_and_those_of_today(visit: Callable[..., AppTest]) -> None:
    app = visit(tinh="Thái Bình")
    assert numbers(app) == ["12/2020/QĐ-UBND"]
    app.toggle[0].set_value(True).run()
    assert parameter(app, "tinh-nay") == ["Hưng Yên"]
    assert parameter(app, "tinh") == []
    assert sorted(numbers(app)) == ["12/2020/QĐ-UBND", "21/2026/NQ-HĐND"]


def test_words_bring_passages_with_reasons_and_news_is_told_as_news(visit: Callable[..., AppTest]) -> None:
    app = visit(q="trong cay ven duong")
    assert re.match(r"\d+ / 9 văn bản cho “trong cay ven duong”: [67] có đúng những gì đã gõ", total(app))
    assert "Vì: khớp" in told(app)
    assert "<b>trồng cây ven đường</b>" in markup(app)
    assert markup(app).count("Bài báo, không phải nguyên văn văn bản") >= 1
    assert "bị thay thế" in told(app)
    assert "Cũng có ở:" in told(app)
    app.selectbox(key="lookup_sort").set_value("tham-quyen").run()
    assert parameter(app, "xep") == ["tham-quyen"]
    assert numbers(app)[0] in ("9/2024/NĐ-CP", "8/2023/NĐ-CP", "3/2019/NĐ-CP")


def test_text_of_the_collection_stays_text(visit: Callable[..., AppTest]) -> None:
    app = visit(q=SPITEFUL[:40])
    assert "<img" not in markup(app)
    assert "&lt;b&gt;ngày mai" in markup(app) or "&lt;img" in markup(app)


def test_a_number_that_is_not_held_says_so(visit: Callable[..., AppTest]) -> None:
    app = visit(q="QD 2/2018")
    assert "Kho chưa có toàn văn 2/2018/QĐ-UBND; 1 văn bản nhắc tới số này." in told(app)
    app = visit(q="22/2026/NQ-HĐND")
    assert "Không văn bản nào trong kho mang hay nhắc tới số 22/2026/NQ-HĐND." in told(app)
    next(one for one in app.button if one.key == "like_21/2026/NQ-HĐND").click().run()
    assert numbers(app)[0] == "21/2026/NQ-HĐND"


def test_an_empty_result_offers_what_to_loosen(visit: Callable[..., AppTest]) -> None:
    app = visit(loai="Nghị quyết", nam="2019")
    assert app.info[0].value.startswith("Không có văn bản nào khớp tất cả điều kiện")
    labels = [re.sub(r"\\(.)", r"\1", one.label) for one in app.button]
    assert "Bỏ lọc Loại văn bản: Nghị quyết (1 văn bản)" in labels
    assert "Bỏ lọc Năm: 2019 (1 văn bản)" in labels
    assert "Bỏ mọi bộ lọc (9 văn bản)" in labels
    next(one for one in app.button if one.key == "loosen_year").click().run()
    assert numbers(app) == ["21/2026/NQ-HĐND"]


def test_chosen_results_stand_in_the_address_and_are_exported(visit: Callable[..., AppTest]) -> None:
    app = visit()
    assert "Xuất cả 8 kết quả, các bản trùng tính một:" in told(app)
    app.checkbox[0].check().run()
    app.checkbox[2].check().run()
    assert "Xuất 2 văn bản đã chọn:" in told(app)
    assert len(parameter(app, "chon")) == 2
    again = visit(chon=parameter(app, "chon"), loai="Nghị quyết")
    assert "Xuất 2 văn bản đã chọn:" in told(again)  # also of what the filters hide
    next(one for one in again.button if one.label == "Bỏ chọn tất cả").click().run()
    assert parameter(again, "chon") == []
    assert "Xuất cả 1 kết quả:" in told(again)


def test_a_store_without_index_is_browsed_and_says_what_searching_needs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, folder: Path
) -> None:
    shutil.copytree(folder, tmp_path / "store")
    shutil.rmtree(tmp_path / "store" / "index")
    monkeypatch.setenv("CANCU_STORE", str(tmp_path / "store"))
    monkeypatch.chdir(ROOT)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=90)
    app.run()
    app.switch_page("pages/tra_cuu.py")
    assert total(app.run()) == "9 / 9 văn bản"
    app.query_params["q"] = "trồng cây"
    app.run()
    assert not app.exception
    assert "cancu index" in app.error[0].value.replace("\\", "")
