"""Slips of typing: what is read as another word, how sure, and what is never doubted."""

from __future__ import annotations

import pytest

from index.chat_words import spell_chat
from index.ngrams import general_table
from index.query import read_query
from index.typos import Slip, correct, find_alternatives, spell_otherwise, split_tone

CORRECTED = (
    ("nghij quyeets veef noong thoon mowis", "nghị quyết về nông thôn mới"),
    ("quyeets ddinhj cuar thur tuowngs", "quyết định của thủ tướng"),
    ("dduowngf giao thoong", "đường giao thông"),
    ("dduwowngf giao thoong", "đường giao thông"),
    ("luaatj ddaats ddai", "luật đất đai"),
    ("nghi5 quye61t cu3a ti3nh u3y", "nghị quyết của tỉnh ủy"),
    ("d9u7o7ng2 giao tho6ng", "đường giao thông"),
    ("lua65t d9a61t d9ai", "luật đất đai"),
    ("nghịquyết đại hội", "nghị quyết đại hội"),
    ("xâydựng nông thôn mới", "xây dựng nông thôn mới"),
    ("quyết địng phê duyệt", "quyết định phê duyệt"),
    ("ủy ban nhna dân tỉnh", "ủy ban nhân dân tỉnh"),
    ("Nghị quyeets", "Nghị quyết"),
)


@pytest.mark.parametrize(("typed", "meant"), CORRECTED)
def test_corrected_text(typed: str, meant: str) -> None:
    assert correct(typed, find_alternatives(typed, general_table())) == meant


LEFT_ALONE = (
    "Nghị quyết số 04-NQ/TU về xây dựng nông thôn mới",
    "nghi quyet ve xay dung nong thon moi",
    "263/QĐ-TTg, CV 1144, 44/2021/NQ-HĐND",
    "UBND, HĐND, BHXH, QH15 và ntm",
    "internet, logistics và covid",
    "khí CO2 và co2",
    "VNeID",
    "Chung cư Eco Lake View có sổ hồng chưa",
    "",
)


@pytest.mark.parametrize("typed", LEFT_ALONE)
def test_what_is_no_slip_is_left_alone(typed: str) -> None:
    alternatives = find_alternatives(typed, general_table())
    assert correct(typed, alternatives) == typed
    assert [a.text for a in alternatives if a.slip is not Slip.SPELLING and a.confidence >= 0.5] == []


def test_an_alternative_says_where_it_stands() -> None:
    typed = "tìm nghij quyeets 04"
    found = find_alternatives(typed, general_table())
    assert [(a.start, a.end, a.typed, a.text, a.slip) for a in found] == [
        (4, 9, "nghij", "nghị", Slip.TELEX),
        (10, 17, "quyeets", "quyết", Slip.TELEX),
    ]
    assert all(typed[a.start : a.end] == a.typed and a.confidence > 0.9 for a in found)


def test_a_lone_digit_is_no_firm_tone() -> None:
    found = find_alternatives("khí co2 phát thải", general_table())
    assert all(a.confidence < 0.5 for a in found if a.typed == "co2")


SPELLINGS = (
    ("lý", "lí"),
    ("kĩ", "kỹ"),
    ("quý", "quí"),
    ("tỷ", "tỉ"),
    ("sỹ", "sĩ"),
    ("vi", None),
    ("khi", None),
    ("thi", None),
    ("lịch", None),
)


@pytest.mark.parametrize(("typed", "other"), SPELLINGS)
def test_i_and_y(typed: str, other: str | None) -> None:
    assert spell_otherwise(typed) == other


def test_both_spellings_are_offered_and_neither_replaces_the_other() -> None:
    query = read_query("quản lý thuế")
    assert [(a.typed, a.text, a.slip) for a in query.alternatives] == [("lý", "lí", Slip.SPELLING)]
    assert query.text == "quản lý thuế"
    assert query.encoder_texts == ("quản lý thuế",)


def test_tone_and_letters() -> None:
    assert split_tone("quyết") == ("quyêt", "s")
    assert split_tone("nghiệp") == ("nghiêp", "j")
    assert split_tone("dân") == ("dân", "")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("mấy ng dc hưởng trợ cấp", "mấy người được hưởng trợ cấp"),
        ("moi ng phu thuoc bn", "moi nguoi phu thuoc bao nhieu"),
        ("quyết định 12 còn hl ko?", "quyết định 12 còn hiệu lực không?"),
        ("co bi phat k", "co bi phat khong"),
        ("quy định ntn vs cty nhỏ", "quy định như thế nào với công ty nhỏ"),
        ("NG-BN 12/NG-CP điều K", "NG-BN 12/NG-CP điều K"),  # capitals, and parts of numbers
        ("nghị quyết 30a và điểm k khoản 2", "nghị quyết 30a và điểm k khoản 2"),
    ],
)
def test_short_forms_of_chat_are_spelled_out(typed: str, read: str) -> None:
    assert spell_chat(typed) == read
