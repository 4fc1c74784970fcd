"""Why a hit is there: which words are highlighted, and the phrases that say it."""

from __future__ import annotations

import pytest

from index.matching import Matcher
from index.query import read_query
from index.search import Searcher

# (query, text, the stretches of the text that are highlighted)
HIGHLIGHTED = (
    # typed without marks, the reading counts; neighbours are one span
    ("nong thon moi", "Xây dựng nông thôn mới ở xã.", ["nông thôn mới"]),
    ("ban hang", "Ban Chấp hành bàn việc bán hàng.", ["bán hàng"]),
    # typed with marks, they count
    ("bán hàng", "Ban Chấp hành bàn việc bán hàng.", ["bán hàng"]),
    ("bán hàng", "Hội nghị bàn việc nhà.", []),
    ("giá đất", "Chính sách giá đất, không vì đắt.", ["giá đất"]),
    # a text without marks has none to compare
    ("nông thôn mới", "Xay dung nong thon moi o xa.", ["nong thon moi"]),
    # two ways to place a tone, one word
    ("hoà bình", "tỉnh Hòa Bình", ["Hòa Bình"]),
    # a part of a longer word says nothing, neither in another word nor across a comma
    ("Hà Tĩnh", "Huyện Hưng Hà, tỉnh Thái Bình", []),
    ("ha tinh", "Huyện Hưng Hà, tỉnh Thái Bình", []),
    ("nghị quyết", "Quyết định số 5 của hội nghị", []),
    # words of asking and of grammar
    ("Văn bản nào của tỉnh về cây xanh?", "Về cây xanh của các xã", ["cây xanh"]),
    # abbreviations, in the query and in the text; the whole phrase or nothing
    ("xã NTM", "Xã đạt chuẩn nông thôn mới, xã mới", ["Xã", "nông thôn mới", "xã"]),
    ("xã nông thôn mới", "Xã NTM năm 2021", ["Xã NTM"]),
    ("nghị quyết", "Kế hoạch 5/NQ-CP", []),
    # numbers: whole, in any typing; a figure of one digit only beside its word
    ("04-NQ/TU", "Theo Nghị quyết 04 - NQ/TU và 04-CT/TU", ["04 - NQ/TU"]),
    ("nghi quyet 04 nq tu", "Nghị quyết số 04-NQ/TU về nghị quyết", ["04-NQ/TU"]),
    ("năm 2021-2025", "Giai đoạn 2021-2025, năm 2030", ["2021-2025", "năm"]),
    ("khoản 2 Điều 5", "Khoản 2 của Điều 5 giao 2 xã 5 việc điều tra.", ["Khoản 2", "Điều 5"]),
    # slips: what was meant
    ("nghij quyeets", "Các nghị quyết", ["nghị quyết"]),
    # nothing to say
    ("", "Xây dựng nông thôn mới", []),
    ("của ai", "của ai thì người ấy giữ", []),
)


@pytest.mark.parametrize(("query", "text", "expected"), HIGHLIGHTED)
def test_highlighted(query: str, text: str, expected: list[str]) -> None:
    matched = Matcher(read_query(query)).match(text)
    assert [text[span.start : span.end] for span in matched.spans] == expected


def test_spans_of_two_lines_stay_apart() -> None:
    matched = Matcher(read_query("nông thôn mới")).match("nông thôn\nmới")
    assert [(span.start, span.end) for span in matched.spans] == [(0, 9), (10, 13)]


def test_cover_is_the_weight_of_what_was_found() -> None:
    matcher = Matcher(read_query("xây dựng nông thôn mới"))
    assert matcher.cover("Nông thôn mới do dân xây dựng") == 1.0
    assert matcher.cover("Hội chợ") == 0.0
    assert 0.3 < matcher.cover("Nông thôn") < 0.6


def test_matches_count_in_the_text_of_the_document(samples: Searcher) -> None:
    hits = samples.search("xay dung nong thon moi ha tinh", limit=5)
    first = hits[0]
    text = samples.store.text(first.passage.document_id)
    assert {text[span.start : span.end] for span in first.matches} <= {
        "Hà Tĩnh",
        "xây dựng",
        "nông thôn mới",
        "xây dựng nông thôn mới",
    }
    for hit in hits:
        assert all(hit.passage.start <= m.start < m.end <= hit.passage.end for m in hit.matches)
        assert hit.reasons


def test_ranks_are_those_of_the_lists(samples: Searcher) -> None:
    query = read_query("xây dựng nông thôn mới Hà Tĩnh", samples.store)
    dense = [row for row, _ in samples.search_dense(query, limit=100)]
    lexical = [row for row, _ in samples.search_lexical(query, limit=100)]
    for hit in samples.search(query, limit=10):
        assert hit.dense_rank == dense.index(hit.row) + 1
        assert hit.lexical_rank == (lexical.index(hit.row) + 1 if hit.row in lexical else None)


REASONS = (
    (
        "xay dung nong thon moi ha tinh",
        "Hà Tĩnh: các văn bản mở đường cho đề án tỉnh nông thôn mới",
        "khớp đủ 4 từ",
    ),
    (
        "xay dung nong thon moi ha tinh",
        "Hưng Hà bàn cách giữ chuẩn nông thôn mới",
        "khớp 3/4 từ: xây dựng nông thôn mới",
    ),
    ("NQ 04 về NTM", "CÔNG VĂN 1144-CV/TU GIAO NHỮNG VIỆC GÌ?", "nhắc tới số 04-NQ/TU"),
    ("NQ 04 về NTM", "CÔNG VĂN 1144-CV/TU GIAO NHỮNG VIỆC GÌ?", "khớp từ: NTM"),
    ("CV 1144 về chuyển đổi số", "CÔNG VĂN 1144-CV/TU GIAO NHỮNG VIỆC GÌ?", "tiêu đề nhắc tới số 1144-CV/TU"),
)


@pytest.mark.parametrize(("query", "title", "reason"), REASONS)
def test_reasons(samples: Searcher, query: str, title: str, reason: str) -> None:
    reasons = {r for hit in samples.search(query, limit=10) if hit.title == title for r in hit.reasons}
    assert reason in reasons


def test_near_in_meaning_is_told_with_its_rank(samples: Searcher) -> None:
    hits = samples.search("lái ô tô dùng di động mất bao nhiêu tiền", limit=20)
    for hit in hits:
        told = [reason for reason in hit.reasons if reason.startswith("gần nghĩa")]
        if hit.dense_rank is not None and hit.dense_rank <= 20:
            rank = "nhất" if hit.dense_rank == 1 else f"thứ {hit.dense_rank}"
            assert told == [f"gần nghĩa {rank}"]
        elif hit.dense_rank is not None and not any("khớp" in reason for reason in hit.reasons):
            assert "chỉ hơi gần nghĩa" in hit.reasons
    assert "gần nghĩa nhất" in hits[0].reasons
