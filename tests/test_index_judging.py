"""Verdicts on answers, by hand: what counts as the right quotation, the right numbers, and as misleading."""

from __future__ import annotations

import pytest

from index.answer_scores import summarise
from index.judging import GoldQuestion, Verdict, judge
from index.models import Answer, Citation, Outcome, Statement

GOLD = "Hỗ trợ mỗi hộ nghèo 12 triệu đồng để sửa chữa nhà ở."


def citation(quote: str, symbol: str | None = None, *about: str) -> Citation:
    return Citation(
        document_id="d1",
        symbol=symbol,
        title="Kế hoạch",
        issuer=None,
        issued_on=None,
        publisher=None,
        url=None,
        location="đoạn 1",
        start=0,
        end=len(quote),
        quote=quote,
        about=about,
    )


def given(outcome: Outcome, *citations: Citation) -> Answer:
    return Answer(
        question="?",
        outcome=outcome,
        message="",
        statements=tuple(Statement(text="", citations=(one,)) for one in citations),
        documents=(),
        nearest=(),
        as_of=None,
    )


def question(**more: object) -> GoldQuestion:
    values: dict[str, object] = {
        "id": "X1",
        "text": "?",
        "answerable": True,
        "quotes": (GOLD,),
        "must_cite": ("12/KH-UBND",),
        "labels": {"group": "official"},
    }
    return GoldQuestion(**{**values, **more})  # type: ignore[arg-type]


def test_a_quotation_with_the_number_it_must_name_is_right() -> None:
    verdict = judge(question(), given(Outcome.ANSWERED, citation(f"Điều 2. {GOLD}", "12/KH-UBND")))
    assert (verdict.quote_hit, verdict.numbers_right, verdict.right) == (True, True, True)


@pytest.mark.parametrize(
    ("more", "quote", "hit"),
    [
        pytest.param({}, GOLD.replace("12 triệu", "21 triệu"), False, id="another-figure"),
        pytest.param({}, GOLD[: len(GOLD) * 5 // 6], True, id="five-sixths"),
        pytest.param(
            {"any_of": (("Mỗi hộ được 12 triệu đồng.",),)}, "Mỗi hộ được 12 triệu đồng.", True, id="as-good"
        ),
        pytest.param({"quotes": (GOLD, "Thực hiện trước ngày 30/6.")}, GOLD, False, id="one-of-two"),
    ],
)
def test_what_counts_as_the_right_quotation(more: dict[str, object], quote: str, hit: bool) -> None:
    assert judge(question(**more), given(Outcome.ANSWERED, citation(quote, "12/KH-UBND"))).quote_hit is hit


def test_a_replaced_act_given_as_the_answer_misleads_unless_the_answer_says_so() -> None:
    asked = question(must_cite=("80/2025/NQ-HĐND",), must_not_cite=("15/2021/NQ-HĐND",), outcome="superseded")
    assert judge(asked, given(Outcome.ANSWERED, citation(GOLD, "15/2021/NQ-HĐND"))).misled
    assert not judge(asked, given(Outcome.SUPERSEDED, citation(GOLD, "15/2021/NQ-HĐND"))).misled
    assert not judge(
        asked, given(Outcome.ANSWERED, citation(GOLD, "80/2025/NQ-HĐND", "15/2021/NQ-HĐND"))
    ).misled


@pytest.mark.parametrize(
    ("more", "cited", "right"),
    [
        pytest.param({}, "12/KH-UBND", False, id="nobody-names-it"),
        pytest.param({"may_cite": ("12/KH-UBND",)}, "12/KH-UBND", True, id="title-of-the-source"),
        pytest.param({"text": "theo kế hoạch 12/kh-ubnd thì sao"}, "12/KH-UBND", True, id="question"),
        pytest.param({"quotes": (f"Theo 12/KH-UBND, {GOLD}",)}, "12/KH-UBND", True, id="gold-quotation"),
        pytest.param({"may_cite": ("12/KH-UBND",)}, "13/KH-UBND", False, id="another-number"),
    ],
)
def test_numbers_that_an_answer_may_name_where_it_must_name_none(
    more: dict[str, object], cited: str, right: bool
) -> None:
    verdict = judge(
        question(**{"must_cite": (), **more}),
        given(Outcome.ANSWERED, citation(f"Theo 12/KH-UBND, {GOLD}", cited)),
    )
    assert verdict.numbers_right is right
    assert summarise([verdict])["citation_precision"] == (None if right else 0.0)


def test_every_number_cited_on_a_question_without_an_answer_is_wrong() -> None:
    asked = question(answerable=False, quotes=(), must_cite=(), text="Kế hoạch 12/KH-UBND chi bao nhiêu?")
    verdict = judge(asked, given(Outcome.ANSWERED, citation(GOLD, "12/KH-UBND")))
    assert verdict.wrong == ("12/KH-UBND",)


def test_rates_are_told_as_a_whole_and_by_group() -> None:
    verdicts: list[Verdict] = [
        judge(question(outcome="answered"), given(Outcome.ANSWERED, citation(GOLD, "12/KH-UBND"))),
        judge(question(id="X2"), given(Outcome.NOT_FOUND)),
        judge(
            question(id="X3", answerable=False, quotes=(), must_cite=(), labels={"group": "research"}),
            given(Outcome.NOT_FOUND),
        ),
    ]
    told = summarise(verdicts)
    assert (told["quote_hit_rate"], told["right_document_rate"], told["outcome_right_rate"]) == (
        0.5,
        0.5,
        1.0,
    )
    assert (told["refusal_precision"], told["refusal_recall"], told["misled"]) == (0.5, 1.0, 0)
    groups = told["by"]["group"]  # type: ignore[index]
    assert groups["research"]["refusal_recall"] == 1.0
    assert groups["official"]["counts"]["answered_right"] == 1
    assert [miss["id"] for miss in told["misses"]] == ["X2"]  # type: ignore[attr-defined]
