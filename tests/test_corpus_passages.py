"""Passages and sentences: exact cuts, and properties over generated and real texts."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.passages import MAX_LENGTH, MIN_LENGTH, TARGET_LENGTH, split_passages
from corpus.sentences import find_clauses, find_sentences
from ingest.models import Block, BlockKind

SHARED = Path(__file__).resolve().parents[1].parent / "shared"

SENTENCES = (
    # abbreviations, dates and numbers do not end a sentence
    (
        "Ngày 15.7.2021, UBND TP. Hà Tĩnh họp. Các xã v.v. tiếp tục.",
        ["Ngày 15.7.2021, UBND TP. Hà Tĩnh họp.", "Các xã v.v. tiếp tục."],
    ),
    ("T.Ư Đảng và đ/c bí thư. GS. Trần dự.", ["T.Ư Đảng và đ/c bí thư.", "GS. Trần dự."]),
    ("Có 1.000 xã đạt. No. 5 là mới.", ["Có 1.000 xã đạt.", "No. 5 là mới."]),
    # a label belongs to its sentence; the same words at the end of a sentence close it
    ("Điều 5. Phạm vi. Nghị định này.", ["Điều 5. Phạm vi.", "Nghị định này."]),
    ("1. Mục tiêu. Năm 2018. Ngoài ra", ["1. Mục tiêu.", "Năm 2018.", "Ngoài ra"]),
    ("Theo khoản 1 Điều 5. Trường hợp khác", ["Theo khoản 1 Điều 5.", "Trường hợp khác"]),
    # a closing mark, an ellipsis, a quotation
    ("Đã hoàn thành./. Nơi nhận: các sở", ["Đã hoàn thành./.", "Nơi nhận: các sở"]),
    ("như Hương Sơn,… Công tác đỡ đầu", ["như Hương Sơn,…", "Công tác đỡ đầu"]),
    ("Ông nói: “Tốt.” Rồi đi.", ["Ông nói: “Tốt.”", "Rồi đi."]),
    ("đọc tại baohatinh.vn rồi báo", ["đọc tại baohatinh.vn rồi báo"]),
    # lost breaks
    ("đã xong.Các xã làm", ["đã xong.", "Các xã làm"]),
    ("xem xétMặt trận Tổ quốc", ["xem xét", "Mặt trận Tổ quốc"]),
    ("dùng VietGAP, eOffice, iPhone mới, TTg ký, viỆc nhỏ, dienTich lớn",) * 2,
    # a new line always ends a sentence
    ("một dòng\nhai dòng", ["một dòng", "hai dòng"]),
    ("", []),
)


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences_of_a_text(text: str, expected: list[str] | str) -> None:
    found = [text[s.start : s.end] for s in find_sentences(text)]
    assert found == ([expected] if isinstance(expected, str) else expected)


def test_clauses_are_cut_at_semicolons_within_the_given_range() -> None:
    text = "x; một việc; hai việc ;; y"
    assert [text[c.start : c.end] for c in find_clauses(text, 2, 24)] == ["một việc", "hai việc"]


prose = st.text(alphabet="aắcXĐ .;!?…\n”“1)/", max_size=400)


@given(prose)
def test_sentences_cover_every_character_once(text: str) -> None:
    end = 0
    for span in find_sentences(text):
        assert span.start >= end and span.start < span.end
        assert not text[end : span.start].strip()
        assert text[span.start : span.end] == text[span.start : span.end].strip()
        end = span.end
    assert not text[end:].strip()


@given(prose)
def test_clauses_cover_every_character_but_semicolons(text: str) -> None:
    end = 0
    for span in find_clauses(text):
        assert end <= span.start < span.end
        assert not text[end : span.start].replace(";", "").strip()
        end = span.end
    assert not text[end:].replace(";", "").strip()


def make_page(*parts: tuple[BlockKind, str]) -> tuple[str, tuple[Block, ...]]:
    blocks, offset = [], 0
    for kind, part in parts:
        blocks.append(Block(kind=kind, start=offset, end=offset + len(part)))
        offset += len(part) + 1
    return "\n".join(part for _, part in parts), tuple(blocks)


def sentence(length: int, letter: str = "a") -> str:
    return "T" + letter * (length - 2) + "."


def test_news_paragraphs_are_numbered_and_captions_kept_apart() -> None:
    text, blocks = make_page(
        (BlockKind.TITLE, "Tiêu đề"),
        (BlockKind.LEAD_DUPLICATE, "Mở đầu lặp lại."),
        (BlockKind.BODY, sentence(400)),
        (BlockKind.BODY, sentence(400)),
        (BlockKind.CAPTION, "Đường vào xã. Ảnh: A"),
        (BlockKind.BODY, sentence(600)),
        (BlockKind.HEADING, "Một đề mục"),
        (BlockKind.BODY, sentence(600)),
    )
    passages = split_passages("d", text, blocks)
    assert [(p.location, len(p.text)) for p in passages] == [
        ("đoạn 1–2", 801),
        ("chú thích ảnh", 20),
        ("đoạn 3", 600),
        ("đoạn 4", 611),
    ]
    assert all(p.text == text[p.start : p.end] for p in passages)
    assert [p.ordinal for p in passages] == [0, 1, 2, 3]


def test_the_title_is_a_passage_only_when_it_is_all_there_is() -> None:
    text, blocks = make_page((BlockKind.TITLE, "Chỉ có tiêu đề"))
    assert [(p.location, p.text) for p in split_passages("d", text, blocks)] == [
        ("tiêu đề", "Chỉ có tiêu đề")
    ]


def test_footnotes_are_passages_of_their_own_and_no_clauses() -> None:
    text, blocks = make_page(
        (BlockKind.BODY, "Điều 1. Một"),
        (BlockKind.BODY, f"1. {sentence(400)}"),
        (BlockKind.FOOTNOTE, "2. Khoản này được sửa đổi theo quy định tại Điều 9 của một luật khác."),
        (BlockKind.FOOTNOTE, "3. Khoản này được bổ sung."),
        (BlockKind.BODY, f"2. {sentence(400)}"),
    )
    assert [(p.location, p.citation_label) for p in split_passages("d", text, blocks)] == [
        ("Điều 1", "Điều 1"),
        ("chú thích cuối trang", "chú thích cuối trang"),
        ("Điều 1, Khoản 2", "Khoản 2 Điều 1"),
    ]


def test_clauses_are_grouped_under_their_article_and_articles_stand_alone() -> None:
    clauses = [f"{i}. {sentence(400)}" for i in range(1, 5)]
    text = "\n".join(["Điều 1. Một", sentence(300), "Điều 2. Hai", *clauses, "Điều 3. Ba", sentence(300)])
    assert [p.location for p in split_passages("d", text, ())] == [
        "Điều 1",
        "Điều 2, Khoản 1–2",
        "Điều 2, Khoản 3–4",
        "Điều 3",
    ]


def test_a_small_last_clause_joins_its_own_article() -> None:
    text = "\n".join(
        ["Điều 1. Một", f"1. {sentence(890)}", "2. Nhỏ.", "Chương II", "HAI", "Điều 2. Hai", sentence(900)]
    )
    assert [p.location for p in split_passages("d", text, ())] == ["Điều 1, Khoản 1–2", "Chương II, Điều 2"]


def test_a_long_paragraph_is_cut_at_sentences_then_semicolons() -> None:
    text = " ".join(sentence(500, letter) for letter in "abcd")
    assert [len(p.text) for p in split_passages("d", text, ())] == [500, 500, 500, 500]
    text = "; ".join("a" * 500 for _ in range(4)) + "."
    assert [p.text[-1] for p in split_passages("d", text, ())] == [";", ";", ";", "."]
    assert len(split_passages("d", "a" * 3000, ())) == 1


def test_ids_differ_by_document_and_stay_the_same() -> None:
    first, again, other = (split_passages(d, "Một đoạn.", ())[0] for d in ("d1", "d1", "d2"))
    assert first.id == again.id != other.id
    assert first.id == "e463ad9f40017d52034f"


lines = st.lists(
    st.sampled_from(
        "Điều 1. Một|Điều 2. Hai|1. Khoản|2. Khoản|a) điểm|I. MỤC|II. MỤC|Chương I||“Điều 9. Trích|hết.”"
        f"|PHỤ LỤC|Nơi nhận:|{sentence(300)}|{sentence(900)}|{'x ' * 900}".split("|")
    ),
    max_size=40,
)
kinds = st.sampled_from([BlockKind.BODY, BlockKind.CAPTION, BlockKind.HEADING])


@settings(max_examples=200, deadline=None)
@given(lines, st.data())
def test_passages_cover_the_text_in_order(parts: list[str], data: st.DataObject) -> None:
    text, blocks = make_page(*((data.draw(kinds), part) for part in parts))
    end = 0
    for passage in split_passages("d", text, blocks):
        assert passage.start >= end and not text[end : passage.start].strip()
        assert passage.text == text[passage.start : passage.end] == passage.text.strip() != ""
        assert len(passage.text) <= MAX_LENGTH + MIN_LENGTH
        assert passage.path
        end = passage.end
    assert not text[end:].strip()


@pytest.mark.timeout(180)  # a quadratic splitting would take hours
def test_a_document_of_two_million_characters_is_split_to_its_end() -> None:
    article = "Điều {}. Tên\n1. " + sentence(300) + "\na) " + sentence(200) + "\n2. " + sentence(300)
    text = "\n".join(article.format(i) for i in range(1, 2480))
    passages = split_passages("d", text, ())
    assert passages[-1].end == len(text) > 2_000_000
    assert passages[-1].path[0] == "Điều 2479"


def test_real_documents_are_covered_and_sized() -> None:
    path = SHARED / "data/official-docs/documents.jsonl"
    if not path.exists():
        pytest.skip("shared data absent")
    lengths = []
    with path.open(encoding="utf-8") as rows:
        for _, row in zip(range(60), rows, strict=False):
            text = unicodedata.normalize("NFC", json.loads(row)["text"])
            end = 0
            for passage in split_passages("d", text, ()):
                assert not text[end : passage.start].strip()
                assert passage.text == text[passage.start : passage.end]
                lengths.append(len(passage.text))
                end = passage.end
            assert not text[end:].strip()
    assert max(lengths) <= MAX_LENGTH
    assert sum(length >= MIN_LENGTH for length in lengths) / len(lengths) > 0.98
    assert TARGET_LENGTH * 0.6 < sum(lengths) / len(lengths) < TARGET_LENGTH
