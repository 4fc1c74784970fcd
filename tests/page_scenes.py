"""Every page with and without content, as it stands after what a person did: for what holds on all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from corpus.store import Store
from tests.journeys import Open, settle
from tests.small_plans import COMPARED, ENDED, SEVERAL

QUESTION = (
    "Nghị quyết nào về lãnh đạo, chỉ đạo thực hiện Đề án thí điểm "
    "xây dựng tỉnh Hà Tĩnh đạt chuẩn nông thôn mới?"
)
UNANSWERED = "Giá vé tàu điện ngầm ở thành phố Paris năm 1998 là bao nhiêu?"
CHECKED = (
    "Kế hoạch số 15/KH-UBND nêu: “toàn tỉnh trồng 125.000 cây phân tán trong năm 2025”. "
    "Quyết định số 12/QĐ-UBND đã bị bãi bỏ; Nghị định số 999/2031/NĐ-CP thì chưa rõ."
)
PAGES = ("/", "/tra-cuu", "/doc-van-ban", "/trich-dan", "/so-sanh", "/kho-du-lieu", "/them-van-ban")
Scene = Callable[..., Any]


def _at(path: str, *awaited: str) -> Scene:
    """A scene that an address brings about."""

    def open_scene(tab: Open, folder: Path, **options: Any) -> Any:
        return _ready(tab(path, **options), *awaited)

    return open_scene


def _document(tab: Open, folder: Path, **options: Any) -> Any:
    with Store.open(folder, read_only=True) as store:
        found = next(
            row["id"] for row in store.list_documents() if "04-NQ/TU" in store.document(row["id"]).text
        )
        start = store.document(found).text.index("04-NQ/TU")
    address = f"/doc-van-ban?{urlencode({'doc': found, 'start': start, 'end': start + 8})}"
    return _ready(tab(address, **options), "mark")


def _checked(tab: Open, folder: Path, **options: Any) -> Any:
    page = tab("/trich-dan", **options)
    page.get_by_label("Dán bài phát biểu, báo cáo, tin bài vào đây").fill(CHECKED)
    page.get_by_role("button", name="Kiểm tra", exact=True).click()
    return _ready(page, ".cc-check-card")


def _ready(page: Any, *awaited: str) -> Any:
    for selector in awaited:
        page.locator(selector).first.wait_for()
    settle(page)
    return page


SCENES: Mapping[str, Scene] = {
    "hoi-dap": _at("/"),
    "hoi-dap-tra-loi": _at(f"/?q={quote(QUESTION)}", ".cc-quote"),
    "hoi-dap-so-sanh": _at(f"/?q={quote(COMPARED)}", ".cc-part"),
    "hoi-dap-nhieu-van-ban": _at(f"/?q={quote(SEVERAL)}", ".cc-outcome"),
    "hoi-dap-het-hieu-luc": _at(f"/?q={quote(ENDED)}", ".cc-outcome"),
    "hoi-dap-khong-thay": _at(f"/?q={quote(UNANSWERED)}", ".cc-refused"),
    "tra-cuu": _at("/tra-cuu"),
    "van-ban": _document,
    "van-ban-khong-co": _at("/doc-van-ban?doc=khong-co"),
    "trich-dan": _at("/trich-dan"),
    "trich-dan-kiem-tra": _checked,
    "so-sanh": _at("/so-sanh"),
    "so-sanh-hai-tinh": _at(
        f"/so-sanh?{urlencode({'q': 'trồng cây phân tán', 'tinh': ['Hà Tĩnh', 'Nghệ An']}, doseq=True)}",
        "table.cc-compare",
    ),
    "kho-du-lieu": _at("/kho-du-lieu"),
    "them-van-ban": _at("/them-van-ban"),
}
