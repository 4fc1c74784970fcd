"""Follow-up questions: what is taken over from the question before, what is offered, what stands on its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.follow_up import Unclear, Understood, follow_up
from index.models import Answer, Choice, Citation, Outcome, Statement

_CITATION = Citation(
    document_id="d1",
    symbol=None,
    title="Tin",
    issuer=None,
    issued_on=None,
    publisher=None,
    url=None,
    location="đoạn 1",
    start=0,
    end=4,
    quote="Tin.",
    about=(),
)


def said(question: str, *citations: Citation, outcome: Outcome = Outcome.ANSWERED) -> Answer:
    """An answer that cites the given words, each as a statement."""
    return Answer(
        question=question,
        outcome=outcome,
        message="",
        statements=tuple(Statement(text="", citations=(one,)) for one in citations),
        documents=(),
        nearest=(),
        as_of=None,
    )


def cites(symbol: str | None, issuer: str | None = None, day: str | None = None, about: str = "") -> Citation:
    return replace(
        _CITATION,
        symbol=symbol,
        issuer=issuer,
        issued_on=day,
        about=(about,) if about else (),
        document_id=symbol or about,
    )


PLAN = cites("15/KH-UBND", "Ủy ban nhân dân tỉnh Hà Tĩnh", "2025-03-05")
DECREE = cites("88/2024/NĐ-CP", "Chính phủ", "2024-07-20")
OLDER = cites("15/2019/NĐ-CP", "Chính phủ", "2019-02-15")
THE_PLAN = "Kế hoạch số 15/KH-UBND của Ủy ban nhân dân tỉnh Hà Tĩnh"
THE_DECREE = "Nghị định số 88/2024/NĐ-CP của Chính phủ"

TREES = said("Kế hoạch nào về trồng cây phân tán của tỉnh Hà Tĩnh?", PLAN)
LAKES = said("Nghị định 88/2024/NĐ-CP quy định gì về hồ chứa nước?", DECREE)
MARKETS = said("Văn bản nào thay thế Nghị định 15/2019/NĐ-CP?", DECREE)
NEWS = said("Nghị quyết nào về nông thôn mới của Hà Tĩnh?", cites(None, about="04-NQ/TU"))
FIGURES = said("Năm 2023, tỉnh Hà Tĩnh có bao nhiêu xã đạt chuẩn nông thôn mới?", cites(None))
NOWHERE = said("Bao nhiêu xã đạt chuẩn nông thôn mới?", cites(None))
SIDES = said("So sánh số cây trồng năm 2025 của Hà Tĩnh và Nghệ An?", PLAN)
NOT_FOUND = said("Quyết định 99/QĐ-UBND quy định gì?", outcome=Outcome.NOT_FOUND)
REFUSED = said("Chợ nổi của Cần Thơ họp mấy giờ?", outcome=Outcome.NOT_FOUND)


UNDERSTOOD = [
    # a fact of a document without saying of which
    (TREES, "Ai ký?", f"Ai ký {THE_PLAN}?"),
    (TREES, "ai ky", f"Ai ky {THE_PLAN}?"),
    (TREES, "Thế ai ký vậy?", f"Ai ký {THE_PLAN}?"),
    (TREES, "Do ai ký?", f"{THE_PLAN} do ai ký?"),
    (LAKES, "Còn hiệu lực không?", f"{THE_DECREE} còn hiệu lực không?"),
    (LAKES, "con hieu luc ko", f"{THE_DECREE} con hieu luc ko?"),
    (LAKES, "Có hiệu lực từ ngày nào?", f"{THE_DECREE} có hiệu lực từ ngày nào?"),
    (LAKES, "Ban hành ngày nào?", f"{THE_DECREE} ban hành ngày nào?"),
    (LAKES, "Thay thế văn bản nào?", f"{THE_DECREE} thay thế văn bản nào?"),
    (LAKES, "Bị văn bản nào thay thế?", f"{THE_DECREE} bị văn bản nào thay thế?"),
    (LAKES, "Căn cứ vào văn bản nào?", f"{THE_DECREE} căn cứ vào văn bản nào?"),
    # a provision without its document
    (LAKES, "Điều 2 quy định gì?", f"{THE_DECREE}: Điều 2 quy định gì?"),
    (LAKES, "Khoản 1 Điều 2 nói gì về chuồng trại?", f"{THE_DECREE}: Khoản 1 Điều 2 nói gì về chuồng trại?"),
    # the document by a word that points back
    (LAKES, "Văn bản đó có hiệu lực từ ngày nào?", f"{THE_DECREE} có hiệu lực từ ngày nào?"),
    (LAKES, "Ai ký nghị định này?", "Ai ký nghị định số 88/2024/NĐ-CP của Chính phủ?"),
    (LAKES, "nghi dinh nay con hieu luc khong", f"{THE_DECREE} con hieu luc khong?"),
    (LAKES, "Nó quy định gì về nước thải?", f"{THE_DECREE} quy định gì về nước thải?"),
    (NEWS, "Nghị quyết đó do ai ký?", "Nghị quyết số 04-NQ/TU do ai ký?"),
    (NEWS, "Ai ký?", "Ai ký Nghị quyết số 04-NQ/TU?"),
    (NOT_FOUND, "Còn hiệu lực không?", "Quyết định số 99/QĐ-UBND còn hiệu lực không?"),
    # the same question of another place
    (TREES, "Thế Nghệ An thì sao?", "Kế hoạch nào về trồng cây phân tán của Nghệ An?"),
    (TREES, "the hung yen thi sao", "Kế hoạch nào về trồng cây phân tán của Hưng Yên?"),
    (FIGURES, "Còn tỉnh Hưng Yên?", "Năm 2023, tỉnh Hưng Yên có bao nhiêu xã đạt chuẩn nông thôn mới?"),
    (NOWHERE, "Ở Hưng Yên thì sao?", "Bao nhiêu xã đạt chuẩn nông thôn mới ở Hưng Yên?"),
    # of another year, of both
    (FIGURES, "còn năm 2024?", "Năm 2024, tỉnh Hà Tĩnh có bao nhiêu xã đạt chuẩn nông thôn mới?"),
    (FIGURES, "2024 thì sao", "Năm 2024, tỉnh Hà Tĩnh có bao nhiêu xã đạt chuẩn nông thôn mới?"),
    (NOWHERE, "Năm 2024 thì thế nào?", "Bao nhiêu xã đạt chuẩn nông thôn mới năm 2024?"),
    (FIGURES, "Thế Hưng Yên năm 2024?", "Năm 2024, Hưng Yên có bao nhiêu xã đạt chuẩn nông thôn mới?"),
    # a place or a year by a word that points back
    (FIGURES, "Ở đó có bao nhiêu trường học?", "Ở tỉnh Hà Tĩnh có bao nhiêu trường học?"),
    (FIGURES, "Tỉnh này có bao nhiêu trạm y tế?", "Tỉnh Hà Tĩnh có bao nhiêu trạm y tế?"),
    (
        FIGURES,
        "Trong năm đó có bao nhiêu trường học được xây ở Nghệ An?",
        "Trong năm 2023 có bao nhiêu trường học được xây ở Nghệ An?",
    ),
]


@pytest.mark.parametrize(("before", "typed", "full"), UNDERSTOOD, ids=[one[1] for one in UNDERSTOOD])
def test_what_lacks_a_subject_takes_it_over(before: Answer, typed: str, full: str) -> None:
    found = follow_up(typed, before)
    assert isinstance(found, Understood)
    assert found.question == full
    assert found.taken


ALONE = [
    (TREES, "Nghị quyết nào về nông thôn mới của tỉnh Hà Tĩnh?"),
    (TREES, "Ai ký Quyết định 12/QĐ-UBND?"),
    (LAKES, "Còn Nghị quyết 30 thì sao?"),  # a number of its own
    (TREES, "Ai ký kế hoạch trồng cây phân tán?"),
    (TREES, "Văn bản nào còn hiệu lực?"),  # asks for documents, not of one
    (TREES, "Người nộp thuế phải nộp hồ sơ chậm nhất ngày nào?"),
    (FIGURES, "Hưng Yên có bao nhiêu trạm y tế?"),
    (TREES, "Luật Đất đai có hiệu lực từ ngày nào?"),
    (REFUSED, "Ai ký?"),  # nothing to take over
    (FIGURES, "Ai ký?"),
    (TREES, "Thế Hà Tĩnh thì sao?"),  # the place that was asked for
    (TREES, "cảm ơn"),
    (TREES, ""),
]


@pytest.mark.parametrize(("before", "typed"), ALONE, ids=[one[1] for one in ALONE])
def test_what_stands_on_its_own_is_left_alone(before: Answer, typed: str) -> None:
    assert follow_up(typed, before) is None


def questions(found: Understood | Unclear | None) -> list[str]:
    assert isinstance(found, Unclear)
    assert found.reason
    return [option.question for option in found.options]


def test_of_several_documents_each_is_offered_and_none_taken() -> None:
    assert questions(follow_up("Ai ký?", MARKETS)) == [
        "Ai ký Nghị định số 15/2019/NĐ-CP?",
        f"Ai ký {THE_DECREE}?",
    ]
    two = said("Văn bản nào về hồ chứa nước, trồng cây?", PLAN, DECREE)
    assert questions(follow_up("Còn hiệu lực không?", two)) == [
        f"{THE_PLAN} còn hiệu lực không?",
        f"{THE_DECREE} còn hiệu lực không?",
    ]


def test_the_type_or_the_place_that_is_named_tells_which_of_several() -> None:
    two = said("Văn bản nào về hồ chứa nước, trồng cây?", PLAN, DECREE)
    found = follow_up("Nghị định đó còn hiệu lực không?", two)
    assert isinstance(found, Understood)
    assert found.question == f"{THE_DECREE} còn hiệu lực không?"
    other = replace(PLAN, issuer="Ủy ban nhân dân tỉnh Nghệ An", document_id="d2")
    found = follow_up("Ai ký kế hoạch đó của Nghệ An?", said("Hai kế hoạch 15/KH-UBND?", PLAN, other))
    assert isinstance(found, Understood)
    assert found.question == "Ai ký kế hoạch số 15/KH-UBND của Ủy ban nhân dân tỉnh Nghệ An?"


def test_of_several_bearers_of_a_number_each_is_offered() -> None:
    several = replace(
        said("Kế hoạch 15/KH-UBND về việc gì?", outcome=Outcome.SEVERAL_POSSIBLE),
        choices=tuple(
            Choice(symbol="15/KH-UBND", title=None, issuer=f"Ủy ban nhân dân tỉnh {name}", issued_on=None)
            for name in ("Hà Tĩnh", "Nghệ An")
        ),
    )
    assert questions(follow_up("Ai ký?", several)) == [
        f"Ai ký Kế hoạch số 15/KH-UBND của Ủy ban nhân dân tỉnh {name}?" for name in ("Hà Tĩnh", "Nghệ An")
    ]


def test_a_word_that_points_to_another_type_is_not_forced_on_what_was_cited() -> None:
    assert questions(follow_up("Nghị quyết đó do ai ký?", LAKES)) == []


def test_a_number_of_one_province_is_not_asked_of_another() -> None:
    plan = said("Kế hoạch 15/KH-UBND của tỉnh Hà Tĩnh về việc gì?", PLAN)
    assert questions(follow_up("Thế Nghệ An thì sao?", plan)) == []
    assert questions(follow_up("Thế Nghệ An thì sao?", said("Kế hoạch 15/KH-UBND về việc gì?", PLAN))) == []
    found = follow_up("Thế Nghệ An thì sao?", LAKES)  # a decree holds everywhere
    assert isinstance(found, Understood)
    assert found.question == "Nghị định 88/2024/NĐ-CP quy định gì về hồ chứa nước ở Nghệ An?"


def test_of_several_places_or_years_each_is_offered() -> None:
    assert questions(follow_up("Thế Hưng Yên thì sao?", SIDES)) == [
        "So sánh số cây trồng năm 2025 của Hưng Yên và Nghệ An?",
        "So sánh số cây trồng năm 2025 của Hà Tĩnh và Hưng Yên?",
    ]
    years = said("Số xã đạt chuẩn năm 2021 và năm 2022?", cites(None))
    assert questions(follow_up("Còn năm 2024?", years)) == [
        "Số xã đạt chuẩn năm 2024 và năm 2022?",
        "Số xã đạt chuẩn năm 2021 và năm 2024?",
    ]
    assert questions(follow_up("Ở đó có bao nhiêu trường học?", SIDES)) == [
        "Ở Hà Tĩnh có bao nhiêu trường học?",
        "Ở Nghệ An có bao nhiêu trường học?",
    ]


def test_a_year_of_a_number_a_day_or_a_span_is_not_replaced() -> None:
    found = follow_up("Còn năm 2024?", said("Nghị quyết 44/2021/NQ-HĐND hỗ trợ bao nhiêu?", cites(None)))
    assert isinstance(found, Understood)
    assert found.question == "Nghị quyết 44/2021/NQ-HĐND hỗ trợ bao nhiêu năm 2024?"
    for question in ("Tin ngày 15/7/2021 nói gì?", "Giai đoạn 2021-2025 có bao nhiêu xã đạt chuẩn?"):
        assert questions(follow_up("Còn năm 2024?", said(question, cites(None)))) == []


def test_what_was_taken_over_is_told() -> None:
    found = follow_up("Ai ký?", TREES)
    assert isinstance(found, Understood)
    assert found.taken == (f"văn bản: {THE_PLAN}",)
    found = follow_up("Thế Hưng Yên năm 2024?", FIGURES)
    assert isinstance(found, Understood)
    assert found.taken == ("câu hỏi trước; nơi: Hà Tĩnh thành Hưng Yên", "năm: 2023 thành 2024")
