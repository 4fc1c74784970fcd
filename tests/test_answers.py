"""Answers over the seed pages and the samples: right quotation, right numbers, honest refusals."""

from __future__ import annotations

import json
import re

import pytest
from conftest import ROOT, shared

from index.answer import answer
from index.evaluate_answers import evaluate_answers, gold_question, read_questions
from index.judging import GoldQuestion
from index.models import Outcome
from index.search import Searcher


def _report(name: str, searcher: Searcher, questions: tuple[GoldQuestion, ...]) -> dict[str, int]:
    report, _ = evaluate_answers(searcher, questions)
    counts = report["counts"]
    print(f"\n{name}: {json.dumps({k: v for k, v in report.items() if k != 'misses'})}")
    for miss in report["misses"]:  # type: ignore[attr-defined]
        print(f"  {miss['id']} {miss['outcome']}: {miss['reason']} (cited {miss['cited']})")
    return counts  # type: ignore[return-value]


def test_seed_questions(seeds: Searcher, capsys: pytest.CaptureFixture[str]) -> None:
    """The floor of the issue: 22 of 26 answered rightly, 5 of 6 refused; every question is run."""
    questions = read_questions(shared("data/questions/seed_questions.jsonl"))
    with capsys.disabled():
        counts = _report("seed questions", seeds, questions)
    assert counts["questions"] == 32
    assert counts["answered_right"] >= 22
    assert counts["refused_right"] >= 5


def _gold(name: str, part: str) -> tuple[GoldQuestion, ...]:
    """Questions of tests/gold with their quotations read from the shared text."""
    from gold.expand import expand

    return tuple(map(gold_question, expand(name, part, shared("data"))))


@pytest.mark.parametrize("part", ["dev", "held"])
def test_own_seed_questions(seeds: Searcher, part: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Questions written before the code ran on them; the held half was never tuned on."""
    questions = _gold("seed_questions_own", part)
    answerable = sum(question.answerable for question in questions)
    with capsys.disabled():
        counts = _report(f"own seed questions ({part})", seeds, questions)
    # Pinned below what was measured with the learned reader. On the held half 4 of 6 are refused; the rules of
    # before, written with these pages in view, refused 5.
    assert counts["answered_right"] >= (0.75 if part == "dev" else 0.55) * answerable
    assert counts["refused_right"] >= 0.6 * (len(questions) - answerable)


def test_sample_questions(samples: Searcher, capsys: pytest.CaptureFixture[str]) -> None:
    questions = read_questions(ROOT / "samples" / "questions.jsonl")
    with capsys.disabled():
        counts = _report("sample questions", samples, questions)
    assert counts["answered_right"] >= 0.7 * counts["answerable"]
    assert (
        counts["refused_right"] >= 0.6 * counts["unanswerable"]
    )  # 4 of 6: two ask another detail of what is there


@pytest.mark.parametrize("name", ["seeds", "samples"])
def test_every_quotation_is_the_stored_text(name: str, request: pytest.FixtureRequest) -> None:
    searcher: Searcher = request.getfixturevalue(name)
    path = (
        shared("data/questions/seed_questions.jsonl")
        if name == "seeds"
        else ROOT / "samples" / "questions.jsonl"
    )
    seen = 0
    for question in read_questions(path):
        given = answer(searcher, question.text)
        citations = [citation for statement in given.statements for citation in statement.citations]
        for citation in [*citations, *(near.citation for near in given.nearest)]:
            text = searcher.store.text(citation.document_id)
            assert citation.quote == text[citation.start : citation.end] != ""
            seen += 1
        assert bool(citations) != given.outcome.refused
    assert seen > 20


def test_a_news_page_is_never_given_as_the_directive(seeds: Searcher) -> None:
    given = answer(seeds, "CV 1144 do ai ký?")
    assert given.outcome is Outcome.ANSWERED
    citation = given.statements[0].citations[0]
    assert citation.symbol is None
    assert "1144-CV/TU" in citation.about
    assert given.statements[0].text.startswith("Theo bài “")
    assert [(d.symbol, d.in_collection) for d in given.documents] == [("1144-CV/TU", False)]


REFUSALS = (
    ("Văn bản 1144-CV/TU ban hành ngày tháng năm nào?", Outcome.MENTIONED_ONLY),
    ("Nghị quyết 04-NQ/TU gồm bao nhiêu chương?", Outcome.MENTIONED_ONLY),
    ("Quyết định 9999/QĐ-UBND quy định gì?", Outcome.NOT_FOUND),
    ("1144-QĐ/TU do ai ký?", Outcome.NOT_FOUND),
    ("Giá vàng hôm nay bao nhiêu?", Outcome.NOT_FOUND),
    ("Số điện thoại liên hệ của tòa soạn?", Outcome.NOT_FOUND),
    ("Đồng chí Trần Thế Dũng phát biểu gì?", Outcome.NOT_FOUND),
    ("", Outcome.NOT_FOUND),
    ("???", Outcome.NOT_FOUND),
)


@pytest.mark.parametrize(("question", "outcome"), REFUSALS)
def test_refusals(seeds: Searcher, question: str, outcome: Outcome) -> None:
    given = answer(seeds, question)
    assert given.outcome is outcome
    assert given.statements == ()
    assert re.search("Chưa tìm thấy câu trả lời trong kho văn bản|Kho chưa có toàn văn", given.message)


BOILERPLATE = (
    "Email của bạn sẽ không được hiển thị",
    "0943.685.786",
    "Tin cùng chuyên mục",
    "27 xã chưa đạt chuẩn",
    "Ngô Đông Hải",
    "Kiến Xương",
    "11.03.2019",
    "Xem tin theo ngày",
    "Theo Ngô Thắng",
)


@pytest.mark.parametrize("line", BOILERPLATE)
def test_boilerplate_is_in_no_passage(seeds: Searcher, line: str) -> None:
    assert any(line in path.read_text("utf-8") for path in shared("data/seeds").iterdir())
    store = seeds.store
    passages = store.passages(sorted(store.passage_rows()))
    assert passages
    assert not any(line in stored.passage.text for stored in passages)


def test_the_lead_that_repeats_the_body_is_indexed_once(seeds: Searcher) -> None:
    store = seeds.store
    repeated = "tuyệt đối không lơ là, chủ quan, thỏa mãn"
    holding = [s for s in store.passages(sorted(store.passage_rows())) if repeated in s.passage.text]
    assert len(holding) == 1
    assert store.text(holding[0].passage.document_id).count(repeated) == 2


SEED_NUMBERS = {
    "1144-CV/TU": (None, "Ban Thường vụ Tỉnh ủy"),
    "04-NQ/TU": ("2021-07-15", "Ban Chấp hành Đảng bộ tỉnh"),
    "3004/KH-UBND": ("2021-08-25", "UBND tỉnh"),
    "44/2021/NQ-HĐND": ("2021-12-16", "HĐND tỉnh"),
    "201/TB-VPCP": ("2022-07-11", "Văn phòng Chính phủ (kết luận của Thủ tướng Chính phủ)"),
    "263/QĐ-TTg": ("2022-02-22", "Thủ tướng Chính phủ"),
    "01/BCĐ CTMTQG": (
        "2022-04-14",
        "Ban Chỉ đạo Trung ương các Chương trình mục tiêu quốc gia giai đoạn 2021-2025",
    ),
}


def test_the_seven_numbers_of_the_first_seed_and_none_of_the_second(seeds: Searcher) -> None:
    store = seeds.store
    found = {
        reference.symbol: (reference.date, reference.issuer)
        for document_id in store.document_ids()
        for reference in store.references(document_id)
    }
    assert found == SEED_NUMBERS
    with_numbers = [i for i in store.document_ids() if store.references(i)]
    assert len(with_numbers) == 1


def test_a_document_that_is_only_mentioned_is_known_as_such(seeds: Searcher) -> None:
    mentioned = seeds.store.mentioned("04-NQ/TU")
    assert mentioned is not None
    assert (mentioned.dates, mentioned.held_by, len(mentioned.cited_by)) == (("2021-07-15",), (), 1)
    assert seeds.store.mentioned("05-NQ/TU") is None
    assert seeds.store.count_mentioned_only() == 7
