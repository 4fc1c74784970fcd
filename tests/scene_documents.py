"""What the scenes of every page stand on beside the sample collection: short documents of our own, one with an earlier text."""

from __future__ import annotations

import json
from pathlib import Path

from corpus.build import build_document
from corpus.intake import take_in
from corpus.store import Store
from ingest.models import RawPage, hash_content
from ingest.readers import read_page
from tests.answering_texts import TEXTS, province_act
from tests.compared_texts import HOSTILE as COMPARED_HOSTILE
from tests.compared_texts import TEXTS as COMPARED_TEXTS
from tests.quoted_pages import HOSTILE, NEWS, RESOLUTION
from tests.reader_texts import AMENDING, PLAN, SILT
from tests.small_plans import write_plans

_CARE = province_act(
    "21/KH-UBND",
    "KẾ HOẠCH",
    "Chăm sóc cây phân tán trên địa bàn tỉnh Hà Tĩnh",
    "Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:\n\n1. Mỗi thôn cử một tổ chăm sóc cây phân tán trong hai năm đầu.",
    place="Hà Tĩnh",
    day="02 tháng 4 năm 2025",
    signer="Trần Văn Mẫu",
)
_LATER_PLAN = PLAN.replace("có một bãi chứa", "có hai bãi chứa").replace("30 tháng 6", "31 tháng 5")
_ACTS = {
    "phu-sa": SILT,
    "sua-doi": AMENDING,
    "ke-hoach": PLAN,
    "cho-cu": TEXTS["cho-cu"],
    "cho-moi": TEXTS["cho-moi"],
    "rung-ven-bien": RESOLUTION,
    "cham-soc-cay": _CARE,
}


def take_in_scenes(store: Store, folder: Path) -> None:
    """Read the documents into a store; `folder` must be empty and stay."""
    folder.mkdir()
    for name, text in _ACTS.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    for name, text in COMPARED_TEXTS.items():
        plain = text.replace(COMPARED_HOSTILE, "Ruộng cuối kênh được kiên cố hóa kênh mương trước.")
        (folder / f"kenh-{name}.txt").write_text(plain, "utf-8")
    news = NEWS | {"text": NEWS["text"].replace(f" {HOSTILE}", "")}
    (folder / "bao.jsonl").write_text(json.dumps(news, ensure_ascii=False), "utf-8")
    write_plans(folder)
    take_in(store, [folder])
    _change_plan(store, folder / "ke-hoach.txt")


def _change_plan(store: Store, path: Path) -> None:
    """The page of the plan as it was read again, changed: the first text becomes an earlier one."""
    content = _LATER_PLAN.encode()
    uri = next(
        uri
        for one in store.documents_with_symbol("27/KH-UBND")
        if (uri := store.page_source(one).uri).endswith(f"/{path.name}")
    )
    page = RawPage(
        uri=uri, content=content, sha256=hash_content(content), media_type="text/plain", name=path.name
    )
    store.save(build_document(page, read_page(page)), page=page)
