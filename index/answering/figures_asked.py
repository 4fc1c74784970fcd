"""Whether a figure in a unit is the one asked for: of what is measured so, and of the year."""

from __future__ import annotations

import calendar
import re

from corpus.stated_times import StatedTime, find_stated_times
from index.answering.units import Unit, label_kind
from index.asking import SEVERAL
from index.question import Question
from index.terms import normal_form

_MANY = rf"(?:bao nhieu|bao nhiu|bnhieu|bn|{SEVERAL})"
_MONEY = r"đồng|nghìn|ngàn|triệu|tỷ|tỉ|đ\b|vnđ|usd|đô la|%|phần trăm|lần|tháng (?:tiền )?lương|mức"
# What a question names behind "bao nhiêu" → how texts write it behind a number.
_UNITS = (
    (r"tien|dong|nghin|trieu|ty|ti|usd|do la", _MONEY),
    (r"phan tram|%", r"%|phần trăm|lần"),
    (r"ha|hecta|met vuong|m2", r"ha\b|hecta|m2|m²|mét vuông"),
    (r"km|cay so|met", r"km|m\b|mét"),
    (r"tan|ta|kg", r"tấn|tạ|kg|ki-?lô"),
    (r"nam", r"năm|tháng"),
    (r"thang", r"tháng|năm|ngày"),
    (r"ngay", r"ngày|giờ|tháng|tuần"),
    (r"gio|tieng|phut", r"giờ|phút|ngày|h\b"),
)
_NAMED_UNIT = tuple(
    (re.compile(rf" {_MANY} (?:{asked}) "), re.compile(written, re.I)) for asked, written in _UNITS
)
_SCALED = re.compile(rf" {_MANY} (?:trieu|nghin|ty) (?P<unit>\w+) ")  # "bao nhiêu triệu tấn"
_COSTS = re.compile(
    rf" (?:kinh phi|tong muc dau tu|tong von|so tien|le phi|hoc phi|vien phi|muc (?:thu|chi|ho tro|luong|phi)|muc phat|bi phat|phat tien|tri gia|chi phi)(?: [\w.]+){{0,12}} {_MANY} (?!nam |thang |ngay |diem )"
)
_A_NUMBER = r"(?:\d[\d.,]*|(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|trăm|nửa))"
_NUMBER_BEFORE = re.compile(
    rf"{_A_NUMBER}\)?(?:\s*[-–]\s*\d[\d.,]*)?\s*(?:\([^)]*\)\s*)?(?:nghìn |ngàn |triệu |tỷ |tỉ )*\Z", re.I
)


def measures_as_asked(question: Question, unit: Unit) -> bool:
    """Whether a unit has a number of the sort that "bao nhiêu triệu đồng", "mấy năm", "kinh phí … bao nhiêu" ask for.

    A table has its units in its head, a line that opens a list in its items.
    """
    if not _counts_state(question, unit):
        return False
    written = _asked_unit(question)
    if written is None and _HEADS.search(question.normal) and _measures_only(unit.text):
        return False
    if written is None or "\n" in unit.text or label_kind(unit.text) == "table":
        return True
    if unit.text.endswith(":"):
        passage = unit.hit.passage
        below = passage.text[unit.end - passage.start :]
        return not below.strip() or _counts_in(written, below)
    if _counts_in(written, unit.text):
        return True
    return bool(written.search(f"{unit.lead} {unit.heading}".lower()))  # "Đơn vị tính: triệu đồng"


def _counts_in(written: re.Pattern[str], text: str) -> bool:
    """Whether a number stands before a unit as it is written."""
    text = text.lower()
    return any(
        _NUMBER_BEFORE.search(text[max(0, at.start() - 40) : at.start()]) for at in written.finditer(text)
    )


# "bao nhiêu xã đạt chuẩn" counts those that have reached something: how many there are in all is no answer.
_HAVING_REACHED = re.compile(rf" {_MANY} (?:\w+ ){{1,2}}(?:da )?(?:dat|duoc cong nhan)(?= )")
_REACHED = re.compile(r" (?:dat|cong nhan|ve dich|hoan thanh)(?= )")


def _counts_state(question: Question, unit: Unit) -> bool:
    """Whether a unit stands by words of having reached something, where only what has is counted."""
    near = f"{unit.heading}\n{unit.lead}\n{unit.text}"
    return not _HAVING_REACHED.search(question.normal) or bool(_REACHED.search(normal_form(near)))


# "bao nhiêu người" counts; what is only measured ("5.000 m2", "60 triệu đồng") is no answer.
_HEADS = re.compile(
    rf" {_MANY} (?:nguoi|ho(?! so)|xa|phuong|huyen|tinh|can bo|cong chuc|vien chuc|giao vien|hoc sinh|dai bieu|pho|cap pho"
    r"|thu tuc|don vi|du an|cong trinh|truong|lop|doanh nghiep|hop tac xa|thon|khu pho|to dan pho|ben|cau|cho|tram|nha may"
    r"|tau|xe|benh vien|phong|giuong|di tich|le hoi) "
)
_MEASURE = re.compile(
    r"\s*(?:nghìn |ngàn |triệu |tỷ |tỉ )*(?:m2|m²|mét|km|ha\b|héc|đồng|%|phần trăm|tấn|kg|giờ|ngày|tháng|năm|điểm\b|usd)",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"(?<![\w./-])\d[\d.,]*(?![\w/-])")


_NO_AMOUNT = re.compile(r"(?:ngày|tháng|năm|Điều|khoản|điểm|số|kỳ) \d{1,4}(?![.,]\d)", re.IGNORECASE)


def says_amount(text: str) -> bool:
    """Whether a text has a figure that is no day, year, provision or number of a document."""
    return bool(_FIGURE.search(_NO_AMOUNT.sub(" ", text)))


def _measures_only(text: str) -> bool:
    """Whether every figure of a text is an amount of something measured; False where it has none."""
    if re.search(r"\d/\d", text):  # "452/453 đại biểu"
        return False
    figures = list(_FIGURE.finditer(text))
    return bool(figures) and all(_MEASURE.match(text, one.end()) for one in figures)


# Folding leaves no "%", and no mark that tells "giá" from other words.
_PER_CENT = re.compile(r"(?:nhiêu|nhieu|mấy|may)\s*%", re.IGNORECASE)
_PRICE = re.compile(
    r"(?<!đánh )(?<!tham )(?<!định )\bgiá (?:\S+ ){0,14}?bao nhiêu(?=\s*(?:[?.,;]|\Z|(?:một|mỗi|trên|/)))",
    re.IGNORECASE,
)


def _asked_unit(question: Question) -> re.Pattern[str] | None:
    normal = question.normal
    if _PER_CENT.search(question.text):
        normal = f"{normal}bao nhieu phan tram "
    if (scaled := _SCALED.search(normal)) and scaled["unit"] in ("tan", "ha", "m2", "km"):
        normal = f" bao nhieu {scaled['unit']} "
    for asked, written in _NAMED_UNIT:
        if asked.search(normal):
            return written
    costs = _COSTS.search(normal) or _PRICE.search(question.text)
    return re.compile(_MONEY, re.I) if costs else None


_COMPARED = re.compile(r"(?:so với|cùng kỳ)[^,;.()]{0,60}?năm \d{4}", re.IGNORECASE)
_OF_DOCUMENT = re.compile(
    r" (?:ke hoach|nghi quyet|nghi dinh|quyet dinh|luat|cong van|cong dien|thong tu|chi thi|chuong trinh|de an|bai|bao cao)"
    r"(?: \d{1,4})?(?: [a-z]+){0,6}(?: nam)? (?:19|20)\d\d "
)
_ABOVE = 500  # characters above a unit in which the year that it speaks of may stand
_ABOVE_FIGURES = 1500  # and in which the day up to which a report counts may: that is said once


def is_of_year(question: Question, unit: Unit) -> bool:
    """Whether a unit does not speak of another year than the one that a figure is asked of.

    The year may be said in a sentence above, but not against the line that the unit stands under; years that are
    compared with, and those of documents, do not count. A title says which school year a document is of.
    """
    if not question.years or _OF_DOCUMENT.search(question.normal):
        return True
    if not _is_of_school_year(question, unit):
        return False
    own, said = find_times(unit.text), find_times(_words_above(unit))
    led = find_times(f"{unit.heading}\n{unit.lead}")
    if not own and led and not any(_covers(time, year) for time in led for year in question.years):
        return False
    if any(_covers(time, year) for time in (*own, *said) for year in question.years):
        return True
    return not own and (not said or said[-1].until)


def _words_above(unit: Unit, reach: int = _ABOVE) -> str:
    passage = unit.hit.passage
    at = unit.start - passage.start
    return passage.text[max(0, at - reach) : at]


_SCHOOL_YEAR = re.compile(r" nam hoc 20\d\d 20\d\d ")


def _is_of_school_year(question: Question, unit: Unit) -> bool:
    asked = _SCHOOL_YEAR.search(question.normal)
    if asked is None or asked[0] in normal_form(f"{unit.heading}\n{unit.lead}\n{unit.hit.passage.text}"):
        return True
    titled = _SCHOOL_YEAR.search(normal_form(unit.profile.title))
    return titled is None or titled[0] == asked[0]


# A quarter, or so many months of a year; "nghỉ 6 tháng" is none.
_QUARTER = re.compile(r" quy (?P<number>i{1,3}|iv|[1-4])(?= )")
_MONTHS = re.compile(r" (?:0)?(?P<number>[1-9]|1[01]) thang (?:dau nam|cuoi nam|nam 20\d\d|20\d\d)(?= )")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_SPELLED = {"3": "ba", "6": "sau", "9": "chin", "10": "muoi", "11": "muoi mot"}


def is_of_part_of_year(question: Question, unit: Unit) -> bool:
    """Whether a unit stands by words of the quarter, or of the months of a year, that are asked for, if any are."""
    quarters = _quarters_in(question.normal)
    months = {asked["number"] for asked in _MONTHS.finditer(question.normal)}
    if not quarters and not months:
        return True
    near = normal_form(f"{unit.profile.title}\n{unit.heading}\n{unit.lead}\n{unit.hit.passage.text}")
    return quarters <= _quarters_in(near) and all(
        any(f" {form} thang " in near for form in (number, f"0{number}", _SPELLED.get(number, number)))
        for number in months
    )


def _quarters_in(normal: str) -> set[str]:
    return {_ROMAN.get(said["number"], said["number"]) for said in _QUARTER.finditer(normal)}


_MERGED = r"(?:khi )?(?:sap nhap|sap xep|hop nhat|sat nhap|nhap vao|chia tach|thanh lap)"
_BEFORE, _AFTER = re.compile(rf" truoc {_MERGED}(?= )"), re.compile(rf" sau {_MERGED}(?= )")


def is_of_side_of_merger(question: Question, unit: Unit) -> bool:
    """Whether a unit does not speak of what came of a merger where what was before is asked for, or the other way."""
    before, after = (bool(told.search(question.normal)) for told in (_BEFORE, _AFTER))
    if before == after:
        return True
    own = normal_form(unit.text)
    wanted, other = (_BEFORE, _AFTER) if before else (_AFTER, _BEFORE)
    return bool(wanted.search(own)) or not other.search(own)


COMMUNES = ("xa", "phuong", "thi tran", "dac khu")
DISTRICTS = ("huyen", "quan", "thi xa")  # a "thành phố" may be one, or a province
_LEVEL_GROUPS = {
    "trung uong": "centre",
    "tinh": "province",
    **dict.fromkeys(DISTRICTS, "district"),
    **dict.fromkeys(COMMUNES, "commune"),
}
_LEVEL = "|".join(_LEVEL_GROUPS)
_ONE_OF_LEVEL = re.compile(rf" (?:mot|cap) (?P<level>{_LEVEL})(?= )")
_HEAD_OF_LEVEL = re.compile(rf" (?:cap|cua|doi voi|mot) (?P<level>{_LEVEL})(?= )")
_RANKED = re.compile(rf" (?P<what>\w+ \w+) (?:cap )?(?P<level>{_LEVEL})(?= )")


def is_of_level(question: Question, unit: Unit) -> bool:
    """Whether the line that a unit stands under does not speak of another level than the one asked about in general.

    "Một tỉnh phải có dân số bao nhiêu" is not answered under "Tiêu chuẩn của xã", nor "bao nhiêu báo cáo viên Trung ương"
    under "Báo cáo viên cấp tỉnh"; what the unit says of its level itself goes first.
    """
    above = _lines_above(unit)
    own = normal_form(unit.text)
    ranked = [(one["what"], _LEVEL_GROUPS[one["level"]]) for one in _RANKED.finditer(question.normal)]
    for line in above:
        said = {(one["what"], _LEVEL_GROUPS[one["level"]]) for one in _RANKED.finditer(line)}
        told = {level for what, level in said if any(what == asked for asked, _ in ranked)}
        if told:
            wanted = {level for what, level in ranked if any(what == other for other, _ in said)}
            itself = {
                _LEVEL_GROUPS[one["level"]]
                for one in _RANKED.finditer(own)
                if (one["what"], _LEVEL_GROUPS[one["level"]]) in ranked
            }
            return bool(told & wanted) or bool(itself)
    wanted = {_LEVEL_GROUPS[one["level"]] for one in _ONE_OF_LEVEL.finditer(question.normal)}
    if len(wanted) != 1:
        return True
    for line in above:
        if told := {_LEVEL_GROUPS[one["level"]] for one in _HEAD_OF_LEVEL.finditer(line)}:
            return bool(told & wanted) or _says_level(own, wanted)
    return True


def _lines_above(unit: Unit) -> list[str]:
    """The lines that a unit stands under in their normal forms, the nearest first."""
    return [normal_form(line) for line in (*reversed(unit.lead.split("\n")), unit.heading) if line]


# Kinds of households: what is said of the one is not said of the other.
_KINDS = ("ho ngheo", "ho can ngheo", "ho moi thoat ngheo", "ho co muc song trung binh")


def is_of_kind(question: Question, unit: Unit) -> bool:
    """Whether a unit, else the last line above it that names one, does not speak of another kind of household than asked."""
    asked = {kind for kind in _KINDS if f" {kind} " in question.normal}
    if not asked:
        return True
    lines = (normal_form(unit.text), *_lines_above(unit))
    told = ({kind for kind in _KINDS if f" {kind} " in line} for line in lines)
    named = next(filter(None, told), None)
    return named is None or bool(named & asked)


def _says_level(normal: str, groups: set[str]) -> bool:
    return any(f" {level} " in normal for level, group in _LEVEL_GROUPS.items() if group in groups)


# "tính đến ngày 10.4", "đến hết năm 2025", "đến ngày 31 tháng 12 năm 2025".
_MOMENT = re.compile(
    r"\bđến (?:hết |cuối )?(?:ngày )?(?P<day>\d{1,2})(?:\s*[./-]\s*|\s+tháng\s+)(?P<month>\d{1,2})(?!\d|,\d|%)"
    r"(?:(?:[./-]|\s+năm\s+)(?P<year>\d{4}))?|\bđến (?:hết|cuối) năm (?P<end>\d{4})"
    r"|\bđến (?:hết|cuối) tháng (?P<of>\d{1,2})(?:(?:[./-]|\s+năm\s+)(?P<its>\d{4}))?",
    re.IGNORECASE,
)
_OPENS_WITH_DAY = re.compile(r"ngày \d", re.IGNORECASE)
_DAY = tuple[int, int, int | None]  # day, month, year


def is_of_moment(question: Question, unit: Unit) -> bool:
    """Whether what a unit counts up to some day is not counted up to another day than the one asked about.

    The day may stand in the sentence above; where either names none, nothing is known to differ.
    """
    text = question.text.strip()
    asked = _days_in(f"đến {text}" if _OPENS_WITH_DAY.match(text) else text)
    if not asked:
        return True
    said = _days_in(unit.text) or _days_in(_words_above(unit, _ABOVE_FIGURES))[-1:]
    return not said or any(_is_same_day(one, other) for one in asked for other in said)


def _days_in(text: str) -> list[_DAY]:
    days: list[_DAY] = []
    for one in _MOMENT.finditer(text):
        if one["end"]:
            days.append((31, 12, int(one["end"])))
        elif one["of"]:
            month, year = int(one["of"]), int(one["its"]) if one["its"] else None
            days.append((_last_day(month, year), month, year))
        elif one["year"] or "ngày" in one[0].lower():  # "đến 3.5 triệu" is no day
            days.append((int(one["day"]), int(one["month"]), int(one["year"]) if one["year"] else None))
    return days


def _last_day(month: int, year: int | None) -> int:
    return calendar.monthrange(year or _LEAP, month)[1] if 1 <= month <= 12 else 0


_LEAP = 2024  # where the year is not said


def _is_same_day(one: _DAY, other: _DAY) -> bool:
    return one[:2] == other[:2] and (one[2] is None or other[2] is None or one[2] == other[2])


def find_times(text: str) -> tuple[StatedTime, ...]:
    """The times that a text speaks of, without those that it only compares with."""
    bare = _COMPARED.sub(lambda match: "·" * len(match[0]), text)
    return find_stated_times(bare, 0, len(bare), year=None)


def _covers(time: StatedTime, year: str) -> bool:
    years: list[str] = re.findall(r"(?:19|20)\d\d", time.label)
    return min(years) <= year <= max(years)
