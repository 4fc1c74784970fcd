"""Signs of markup in stored texts: there, counted by offsets, and not shown."""

from __future__ import annotations

import re

import pytest

from corpus.marks import find_marks, is_heading, without_marks
from corpus.models import Passage
from corpus.sentences import Span
from index.describe import snippet
from index.models import Hit
from ingest.models import BlockKind
from pages.drawing import Piece, passage_html, text_html
from pages.reader_text import tell_part
from pages.stored_words import stored_html

TEXT = "## Nơi trồng cây\nMỗi xã trồng 500 cây # 2, giữ đất&nbsp;dốc.\n  ### Điều 3. Giống\n#Nhãn"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        (TEXT, "Nơi trồng cây\nMỗi xã trồng 500 cây # 2, giữ đất\xa0dốc.\nĐiều 3. Giống\n#Nhãn"),
        ("Sở KH&CN; Vụ TC&DN;", "Sở KH&CN; Vụ TC&DN;"),  # addressees, no entities
        ("&lt;b&gt; và &amp;, &khong; &#39;", "<b> và &, &khong; '"),
        ("####### bảy dấu", "####### bảy dấu"),
        ("| Xã | Cây |\n|---|:--|\n| Đoài | 5 |\n| - |", "| Xã | Cây |\n\n| Đoài | 5 |\n| - |"),
    ],
)
def test_what_is_seen(text: str, seen: str) -> None:
    assert without_marks(text) == seen


def test_a_part_of_a_text_begins_no_line() -> None:
    at = TEXT.index("# 2")
    assert without_marks(TEXT, at, at + 3) == "# 2"
    assert [(TEXT[s.start : s.end], seen) for s, seen in find_marks(TEXT, at)] == [
        ("&nbsp;", "\xa0"),
        ("  ### ", ""),
    ]
    assert (
        is_heading("## Nơi trồng cây\n") and not is_heading("## Nơi\ntrồng cây") and not is_heading("#Nhãn")
    )


def test_the_page_keeps_every_stored_letter_and_hides_the_signs() -> None:
    html = stored_html("### Cây <b>tre</b>")
    assert html == "<span hidden>### </span>Cây &lt;b&gt;tre&lt;/b&gt;"
    drawn = text_html(TEXT, [Piece(BlockKind.BODY, 0, 17)], (3, 6))
    assert '<span hidden>## </span><mark id="trich-dan" tabindex="-1">Nơi</mark> trồng cây' in drawn
    assert 'class="cc-block cc-heading" role="heading"' in drawn
    assert ">Nơi trồng cây Mỗi xã" in passage_html("đoạn 1", TEXT, reasons=(), notes=())


def _hit(text: str, *matches: str) -> Hit:
    spans = sorted(m.span() for words in matches for m in re.finditer(words, text))
    passage = Passage(id="p", document_id="d", ordinal=0, path=(), start=0, end=len(text), text=text)
    return Hit(
        rank=1,
        score=1.0,
        row=0,
        passage=passage,
        title="Kế hoạch",
        dense=None,
        lexical=None,
        number_match=False,
        matches=tuple(Span(*span) for span in spans),
    )


def test_a_snippet_ends_with_a_whole_word_and_shows_no_signs() -> None:
    text = "### Trồng cây\n" + "giữ đất dốc ven sông " * 20
    shown = snippet(_hit(text, "Trồng cây")).plain
    assert shown.startswith("Trồng cây giữ đất") and shown.endswith("…")
    assert shown[:-1].split()[-1] in {"giữ", "đất", "dốc", "ven", "sông"}


def test_a_syllable_of_a_phrase_is_not_marked_where_it_stands_alone() -> None:
    text = "chuyển đổi số theo Nghị quyết số 5; xã làm"
    shown = snippet(_hit(text, "chuyển đổi số", r"(?<=quyết )số", "xã"))
    assert [shown.plain[span.start : span.end] for span in shown.spans] == ["chuyển đổi số", "xã"]


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        (0, 400, "Đang xem từ đầu đến 17% văn bản"),
        (400, 800, "Đang xem từ 17% đến 35% văn bản"),
        (2000, 2300, "Đang xem từ 87% đến hết văn bản"),
    ],
)
def test_how_much_of_a_text_is_shown(start: int, end: int, told: str) -> None:
    assert tell_part(start, end, 2300) == told
