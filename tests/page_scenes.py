"""Every page with and without content, as it stands after what a person did: for what holds on all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from corpus.store import Store
from tests.journeys import Open, settle
from tests.quoted_pages import REPEATED, SAID
from tests.small_plans import COMPARED, ENDED, SEVERAL

QUESTION = (
    "Nghị quyết nào về lãnh đạo, chỉ đạo thực hiện Đề án thí điểm "
    "xây dựng tỉnh Hà Tĩnh đạt chuẩn nông thôn mới?"
)
UNANSWERED = "Giá vé tàu điện ngầm ở thành phố Paris năm 1998 là bao nhiêu?"
CHAIN = "Kế hoạch nào bố trí bãi chứa phù sa nạo vét trên địa bàn tỉnh Hà Tĩnh?"
FIGURE = "Bãi chứa phù sa phải cách nhà ở bao nhiêu mét?"
REPLACED = "Nghị định 15/2019/NĐ-CP còn hiệu lực không?"
CHECKED = (
    f"Nghị quyết số 61/NQ-HĐND nêu: “{REPEATED}” "
    "Kế hoạch số 27/KH-UBND của tỉnh Hà Tĩnh nêu: “Mỗi xã ven sông có ba bãi chứa phù sa.” "
    "Nghị định số 15/2019/NĐ-CP quy định về chợ; Nghị định số 999/2031/NĐ-CP thì chưa rõ."
)
PAGES = ("/", "/tra-cuu", "/doc-van-ban", "/trich-dan", "/so-sanh", "/kho-du-lieu", "/them-van-ban")
Scene = Callable[..., Any]


def _at(path: str, *awaited: str) -> Scene:
    """A scene that an address brings about."""

    def open_scene(tab: Open, folder: Path, **options: Any) -> Any:
        return _ready(tab(path, **options), *awaited)

    return open_scene


def _address(path: str, **parameters: Any) -> str:
    return f"{path}?{urlencode(parameters, doseq=True)}"


def _text(symbol: str, words: str = "", *awaited: str, **parameters: str) -> Scene:
    """The page of the document of a number, at some words of it where there are any."""

    def open_scene(tab: Open, folder: Path, **options: Any) -> Any:
        with Store.open(folder, read_only=True) as store:
            found = store.documents_with_symbol(symbol)[0]
            span = _span(store.text(found), words) if words else {}
        return _ready(tab(_address("/doc-van-ban", doc=found, **span, **parameters), **options), *awaited)

    return open_scene


def _card(words: str) -> Scene:
    """The card of some words, wherever they stand."""

    def open_scene(tab: Open, folder: Path, **options: Any) -> Any:
        with Store.open(folder, read_only=True) as store:
            found = next(one for one in store.document_ids() if words in store.text(one))
            parameters = {
                "phan": "the",
                "doc": found,
                "v": store.tag(found),
                **_span(store.text(found), words),
            }
        return _ready(tab(_address("/trich-dan", **parameters), **options), ".cc-quote-card")

    return open_scene


def _span(text: str, words: str) -> dict[str, int]:
    start = text.index(words)
    return {"start": start, "end": start + len(words)}


def _news(tab: Open, folder: Path, **options: Any) -> Any:
    with Store.open(folder, read_only=True) as store:
        found = next(
            row["id"] for row in store.list_documents() if "04-NQ/TU" in store.document(row["id"]).text
        )
        span = _span(store.text(found), "04-NQ/TU")
    return _ready(tab(_address("/doc-van-ban", doc=found, **span), **options), "mark")


def _earlier(tab: Open, folder: Path, **options: Any) -> Any:
    with Store.open(folder, read_only=True) as store:
        found = store.documents_with_symbol("27/KH-UBND")[0]
        (before,) = store.versions(found)
    return _ready(tab(_address("/doc-van-ban", doc=found, xem="cac-ban", so=before.tag), **options), "ins")


def _cited(tab: Open, folder: Path, **options: Any) -> Any:
    page = _at(_address("/", q=CHAIN), ".cc-chain")(tab, folder, **options)
    page.locator(".cc-cite").first.focus()
    return _ready(page, ".cc-around")


def _line_to_cite(tab: Open, folder: Path, **options: Any) -> Any:
    page = _at(_address("/", q=CHAIN), ".cc-chain")(tab, folder, **options)
    page.locator(".cc-chain details summary").first.click()
    return _ready(page, ".cc-cite-line")


def _followed(tab: Open, folder: Path, **options: Any) -> Any:
    page = _at(_address("/", q=CHAIN), ".cc-chain")(tab, folder, **options)
    page.get_by_label("Hỏi tiếp về câu trả lời này").fill("Ai ký?")
    page.get_by_role("button", name="Hỏi tiếp", exact=True).click()
    return _ready(page, ".cc-understood", ".cc-quote")


def _reporting(tab: Open, folder: Path, **options: Any) -> Any:
    page = _at(_address("/", q=CHAIN), ".cc-chain")(tab, folder, **options)
    page.get_by_role("button", name="Báo sai").click()
    page.get_by_text("Sai đoạn trích").click()
    page.get_by_label("Ghi chú (không bắt buộc)").fill("Cần trích cả mục tiêu thứ hai.")
    return _ready(page)


def _reported(tab: Open, folder: Path, **options: Any) -> Any:
    page = _reporting(tab, folder, **options)
    page.get_by_role("button", name="Gửi báo sai").click()
    page.get_by_text("Đã giữ báo sai số").first.wait_for()
    page.close()
    return _at(_address("/kho-du-lieu", phan="Báo sai"), ".cc-report")(tab, folder, **options)


def _typed(tab: Open, folder: Path, **options: Any) -> Any:
    page = _ready(tab("/tra-cuu", **options))
    page.get_by_role("combobox", name="Từ khóa, số hiệu hoặc tên văn bản").press_sequentially(
        "ND 61", delay=60
    )
    return _ready(page, "#cc-find-list [role=option]")


def _checked(tab: Open, folder: Path, **options: Any) -> Any:
    page = _ready(tab("/trich-dan?phan=kiem-tra", **options))
    page.get_by_label("Dán bài phát biểu, báo cáo, tin bài vào đây").fill(CHECKED)
    page.get_by_role("button", name="Kiểm tra", exact=True).click()
    return _ready(page, ".cc-check-card")


def _ready(page: Any, *awaited: str) -> Any:
    for selector in awaited:
        page.locator(selector).first.wait_for()
    settle(page)
    return page


def _part(name: str, *awaited: str, **parameters: str) -> Scene:
    return _at(_address("/kho-du-lieu", phan=name, **parameters), *awaited)


_BEFORE_AND_AFTER = {"q": "kiên cố hóa kênh mương", "tinh": ["Hưng Yên", "Thái Bình", "Sơn La"]}
SCENES: Mapping[str, Scene] = {
    "hoi-dap": _at("/"),
    "hoi-dap-tra-loi": _at(_address("/", q=QUESTION), ".cc-quote"),
    "hoi-dap-so-sanh": _at(_address("/", q=COMPARED), ".cc-part"),
    "hoi-dap-nhieu-van-ban": _at(_address("/", q=SEVERAL), ".cc-outcome"),
    "hoi-dap-het-hieu-luc": _at(_address("/", q=ENDED), ".cc-outcome"),
    "hoi-dap-thay-the": _at(_address("/", q=REPLACED), ".cc-quote"),
    "hoi-dap-khong-thay": _at(_address("/", q=UNANSWERED), ".cc-refused"),
    "hoi-dap-con-so": _at(_address("/", q=FIGURE), ".cc-quote"),
    "hoi-dap-doan-trich": _cited,
    "hoi-dap-chuoi": _at(_address("/", q=CHAIN), ".cc-chain"),
    "hoi-dap-dong-dan": _line_to_cite,
    "hoi-dap-hoi-tiep": _followed,
    "hoi-dap-bao-sai": _reporting,
    "tra-cuu": _at("/tra-cuu"),
    "tra-cuu-loc": _at(_address("/tra-cuu", q="kênh mương", tinh="Hà Tĩnh"), ".cc-result"),
    "tra-cuu-go-so": _typed,
    "tra-cuu-khong-co": _at(_address("/tra-cuu", tinh="Sơn La", nam="2025"), ".st-key-lookup_loosen"),
    "van-ban": _news,
    "van-ban-chon": _at("/doc-van-ban"),
    "van-ban-muc-luc": _text("61/2023/NĐ-CP", "Bãi chứa phù sa cách nhà ở ít nhất 90 mét", "mark"),
    "van-ban-lien-quan": _text("61/2023/NĐ-CP", "", ".cc-graph", xem="lien-quan"),
    "van-ban-cac-ban": _earlier,
    "van-ban-sua": _text("27/KH-UBND", "", ".st-key-fact_form", sua="signer"),
    "van-ban-khong-co": _at("/doc-van-ban?doc=khong-co"),
    "trich-dan": _at("/trich-dan"),
    "trich-dan-tim": _at(_address("/trich-dan", **{"chu-de": "trồng rừng ven biển"}), ".cc-found"),
    "trich-dan-the": _card(REPEATED),
    "trich-dan-the-bao": _card(SAID),
    "trich-dan-kiem-tra": _checked,
    "so-sanh": _at("/so-sanh"),
    "so-sanh-hai-tinh": _at(
        _address("/so-sanh", q="trồng cây phân tán", tinh=["Hà Tĩnh", "Nghệ An"]), "table.cc-compare"
    ),
    "so-sanh-truoc-sau": _at(_address("/so-sanh", **_BEFORE_AND_AFTER), "table.cc-compare"),
    "so-sanh-gop": _at(_address("/so-sanh", **_BEFORE_AND_AFTER, nay="1"), "table.cc-compare"),
    "so-sanh-trien-khai": _at(_address("/so-sanh", so="61/2023/NĐ-CP"), ".cc-lines"),
    "kho-du-lieu": _part("Tổng quan"),
    "kho-khoang-trong": _part("Khoảng trống", ".cc-series"),
    "kho-them": _part("Thêm văn bản"),
    "kho-thu-thap": _part("Thu thập", nguon="baohatinh"),
    "kho-suc-khoe": _part("Sức khỏe", ".cc-checks"),
    "kho-bao-sai": _reported,
    "them-van-ban": _at("/them-van-ban"),
}
