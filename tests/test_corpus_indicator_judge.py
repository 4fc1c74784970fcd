"""The learned judge of quantities: its reckoning, its signs, and what it finds beside the rules."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from test_corpus_indicator_structure import DECISION, _figures, _find
from test_corpus_indicators import LETTER

from corpus.indicator_cues import IndicatorKind
from corpus.indicator_judge import BIAS, LearnedJudge, load_judge
from corpus.indicator_signs import read_signs
from corpus.quantities import find_quantities
from corpus.sentences import Span


def test_probabilities_are_those_of_a_choice_among_three_kinds_and_none() -> None:
    judge = LearnedJudge({BIAS: (0.0, 0.0, 0.0), "share": (math.log(2), 0.0, math.log(4))})
    assert judge.weigh(set()) == dict.fromkeys(IndicatorKind, 0.25)
    probable = judge.weigh({"share", "never seen"})
    assert probable[IndicatorKind.TARGET] == pytest.approx(2 / 8)
    assert probable[IndicatorKind.RESULT] == pytest.approx(1 / 8)
    assert probable[IndicatorKind.ALLOCATION] == pytest.approx(4 / 8)
    assert judge.judge({"share"}, sure=0.45) is IndicatorKind.ALLOCATION
    assert judge.judge({"share"}, sure=0.5) is None


def test_the_shipped_weights_know_what_is_no_indicator_better_than_nothing() -> None:
    judge = load_judge()
    fine = judge.weigh({"money", "unit=đồng", "before0=từ", "cue=norm", "cue=hard norm", "first"})
    share = judge.weigh({"share", "before0=đạt", "cue=reached", "cue=back", "telling", "cue=told"})
    assert sum(fine.values()) < 0.2
    assert share[IndicatorKind.RESULT] > 0.5


def test_signs_tell_the_unit_the_near_words_and_the_find_before() -> None:
    text = "Năm 2024, xã trồng 12 ha rừng và 30 ha keo lai."
    first, second = find_quantities(text)
    sentence = Span(0, len(text))
    alone = read_signs(text, sentence, first, None)
    assert {"unit=ha", "size", "first", "before0=trồng", "before=xã trồng", "behind0=rừng"} <= alone
    after = read_signs(text, sentence, second, (first, IndicatorKind.RESULT))
    assert {"last=result same", "last=result near same", "before0=và"} <= after
    assert "first" not in after


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        # parts of what was told, without a word of their own
        (
            "Đến nay, kinh tế của huyện tăng 8,2%. Trong đó, ngành trồng trọt tăng 3,1%, ngành chăn nuôi tăng 5,4%.",
            [(8.2, "%", "result"), (3.1, "%", "result"), (5.4, "%", "result")],
        ),
    ],
)
def test_rules_and_judge_together(body: str, wanted: list[tuple[float, str, str]], tmp_path: Path) -> None:
    assert _figures(body, tmp_path) == wanted


@pytest.mark.parametrize(
    "body",
    [
        "Huyện hiện chưa đủ 100% trường đạt chuẩn quốc gia.",
        "Đến nay đã xây dựng 40 km đường: 5x0,32 + 5x3,9 + 2x40.",
        "Doanh nghiệp vay ít nhất 10% vốn góp của chủ sở hữu thì phải kê khai.",
        "Quốc hội thông qua Luật Dân số với 448/450 đại biểu tán thành.",
    ],
)
def test_denied_reckoned_and_ruled_figures_are_none(body: str, tmp_path: Path) -> None:
    assert _figures(body, tmp_path) == []


def test_the_judge_is_not_asked_about_norms(tmp_path: Path) -> None:
    body = "Đến nay, kinh tế của huyện tăng 8,2%. Trong đó, ngành trồng trọt tăng 3,1%, chăn nuôi tăng 5,4%."
    assert _find(DECISION.format(number="12/2024/NQ-HĐND", body=body), tmp_path) == ()
    assert len(_find(DECISION.format(number="12/NQ-HĐND", body=body), tmp_path)) == 3


def test_headings_whose_marks_are_escaped_give_their_time(tmp_path: Path) -> None:
    body = "II- MỤC TIÊU\n1\\. Đến năm 2030\n\\- Tỷ lệ hộ dùng nước sạch đạt trên 90%.\n\\- Số sáng chế tăng 16 \\- 18%/năm."
    found = _find(LETTER.format(body=body), tmp_path)
    assert [(i.value, i.to, i.period, i.kind.value) for i in found] == [
        (90, None, "2030", "target"),
        (16, 18, "2030", "target"),
    ]


@pytest.mark.parametrize(
    ("line", "periods"),
    [
        ("Quý I/2025, kinh tế tỉnh tăng 7,5% (cùng kỳ quý I/2024 tăng 6,2%).", ["2025-Q1", "2024-Q1"]),
        ("Chỉ tiêu 4: Từ năm 2026 trở đi, phấn đấu 100% xã có trạm y tế.", ["2026"]),
        ("Năm 2023, huyện chăm sóc rừng hiện có, đã trồng 4.600 cây phân tán.", ["2023"]),
        ("Tính đến tháng 2 năm nay, huyện đã đạt 5/9 tiêu chí.", ["2024-02"]),
    ],
)
def test_times_of_figures(line: str, periods: list[str], tmp_path: Path) -> None:
    assert [item.period for item in _find(LETTER.format(body=line), tmp_path)] == periods


def test_money_is_that_of_the_place_it_is_for(tmp_path: Path) -> None:
    body = "Trung ương bổ sung 210 tỷ đồng cho tỉnh Hà Tĩnh và bổ sung 95 tỷ đồng cho tỉnh Quảng Trị."
    assert [item.place for item in _find(LETTER.format(body=body), tmp_path)] == [
        ("Hà Tĩnh",),
        ("Quảng Trị",),
    ]


def test_what_a_rate_is_to_fall_from_has_been_reached(tmp_path: Path) -> None:
    body = "Mục tiêu: phấn đấu tỷ lệ hộ nghèo giảm từ 6,4% xuống 4,9% vào năm 2025."
    assert _figures(body, tmp_path) == [(6.4, "%", "result"), (4.9, "%", "target")]


def test_glued_and_numbered_words() -> None:
    def units(text: str) -> list[tuple[float, str]]:
        return [(found.value, found.unit) for found in find_quantities(text)]

    assert units("diện tích là 9,07 km2và dân số là15.281 ngườicủa xã") == [(9.07, "km2"), (15281, "người")]
    assert units("đạt 12 người trên một vạn dân") == [(12, "người/vạn dân")]
    assert units("7 trường hợp, 01 đồng hồ, 1 Nghị quyết số 12, 7 trường học") == [(7, "trường học")]
