"""The outline of a document and what its lines are on a page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import outline as outlines
from corpus.build import build_document
from corpus.models import Document
from corpus.outline import OutlineEntry, read_outline
from corpus.page_layout import LineRole, read_roles
from ingest.local import SkippedPage, list_pages
from ingest.readers import read_page
from tests.reader_texts import LAST_ARTICLE, PLAN, SILT

Read = Callable[..., Document]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_text(text: str, name: str = "a.txt") -> Document:
        path = tmp_path / name
        path.write_text(text, "utf-8")
        page = next(iter(list_pages(path)))
        assert not isinstance(page, SkippedPage)
        return build_document(page, read_page(page))

    return read_text


def labels(entries: tuple[OutlineEntry, ...]) -> list[tuple[int, str, str]]:
    return [(entry.depth, entry.label, entry.title) for entry in entries]


def test_parts_of_a_plan_with_the_places_where_they_begin(read: Read) -> None:
    document = read(PLAN)
    found = read_outline(document)
    assert labels(found.entries)[:4] == [
        (0, "Mục I", "MỤC TIÊU"),
        (1, "Khoản 1", "Mỗi xã ven sông có một bãi chứa phù sa."),
        (1, "Khoản 2", "Không để phù sa tràn ra đường liên thôn."),
        (0, "Mục II", "NHIỆM VỤ"),
    ]
    assert document.text[found.entries[3].start : found.entries[3].end] == "II. NHIỆM VỤ"
    assert found.left_out == 0


def test_the_smallest_parts_of_a_long_act_are_left_out_and_counted(read: Read) -> None:
    document = read(SILT)
    found = read_outline(document)
    assert len(found.entries) <= outlines.MOST
    names = {entry.label for entry in found.entries}
    assert "Điều 103" in names
    assert "Khoản 2" in names
    assert "Điểm a" not in names
    assert found.left_out == 200  # two points in each of a hundred articles
    last = next(entry for entry in found.entries if entry.label == "Điều 103")
    assert document.text[last.start : last.end] == LAST_ARTICLE


def test_a_very_long_text_has_the_outline_of_its_passages(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = read(SILT)
    monkeypatch.setattr(outlines, "_LONG", 1000)
    found = read_outline(document)
    articles = [entry for entry in found.entries if entry.label.startswith("Điều ")]
    # The first three are so short that they share a passage with the head.
    assert [entry.label for entry in articles] == [f"Điều {number}" for number in range(4, 104)]
    assert all(document.text[e.start :].startswith(f"{e.label}.") for e in articles)


def test_a_letter_has_no_outline(read: Read) -> None:
    assert read_outline(read("Kính gửi các xã\n\nĐề nghị báo cáo trước thứ Sáu.")).entries == ()


def test_the_head_and_the_signing_of_an_act_are_told(read: Read) -> None:
    document = read(PLAN)
    roles = read_roles(document, read_outline(document))
    told = {
        document.text[block.start : block.end]: roles.get(block.start)
        for block in document.blocks
        if block.start in roles
    }
    assert told["TỈNH HÀ TĨNH"] is LineRole.HEAD
    assert told["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"] is LineRole.NATION
    assert told["Độc lập - Tự do - Hạnh phúc"] is LineRole.MOTTO
    assert told["KẾ HOẠCH"] is LineRole.TYPE
    assert told["Bố trí bãi chứa phù sa nạo vét trên địa bàn tỉnh Hà Tĩnh"] is LineRole.SUBJECT
    assert told["I. MỤC TIÊU"] is LineRole.OUTER
    assert told["PHÓ CHỦ TỊCH"] is LineRole.SIGNING
    assert told["Trần Văn Mẫu"] is LineRole.SIGNING
    assert "- Lưu: VT." not in told


def test_recitals_of_a_decree_are_told(read: Read) -> None:
    document = read(SILT)
    roles = read_roles(document, read_outline(document))
    at = document.text.index("Căn cứ Luật Thủy lợi")
    assert roles[at] is LineRole.RECITAL
    assert roles[document.text.index("Điều 1. Phạm vi")] is not LineRole.RECITAL


def test_a_sentence_that_names_the_nation_is_no_head(read: Read) -> None:
    page = "<html><body><article><h1>Xã Mẫu mở bãi chứa</h1><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM là quốc hiệu.</p></article></body></html>"
    document = read(page, "a.html")
    assert LineRole.NATION not in read_roles(document, read_outline(document)).values()
