"""What a unit must be to be quoted at all for a question of some kind, however well its words fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from corpus.places import find_places, related_provinces
from corpus.store import Store
from corpus.symbols import find_symbols, read_symbol
from corpus.text import fold
from index.answering.answer_types import (
    THEMES,
    AnswerType,
    asks_by_when,
    asks_how_many,
    asks_which_day,
    find_names,
    says_limit,
    says_time,
)
from index.answering.features import Wanted
from index.answering.figures_asked import (
    COMMUNES,
    DISTRICTS,
    is_of_kind,
    is_of_level,
    is_of_moment,
    is_of_part_of_year,
    is_of_side_of_merger,
    is_of_year,
    measures_as_asked,
)
from index.answering.page_subject import told_at
from index.answering.persons import find_titles, is_person, paragraph_of, short_forms, spelled_document
from index.answering.reader import Reading
from index.answering.units import Unit, label_kind, opens_lines
from index.asking import Asked
from index.citations import named_in
from index.question import Question
from index.terms import normal_form

# The lines of a head: number, place and day, type. What asks for these is answered from the facts.
_LINE_OF_HEAD = re.compile(
    r"Số\s*:?\s*\d[\w./-]*|[A-ZĐ][^\d\n]{1,40},\s*(?:ngày|, ngày)\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}"
    r"|(?:NGHỊ QUYẾT|NGHỊ ĐỊNH|QUYẾT ĐỊNH|THÔNG TƯ|KẾ HOẠCH|CHỈ THỊ|THÔNG BÁO|LUẬT|CÔNG ĐIỆN)\s*:?"
)
_DATE = re.compile(
    r"(?:ngày\s+)?\d{1,2}\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?|\d{1,2}[/.]\d{1,2}[/.]\d{4}|năm\s+(?:học\s+)?\d{4}(?:\s*[-–]\s*\d{4})?"
)
_PLACE_IN_ACT = re.compile(
    r"một (?:số|trong)|(?:Điều|Khoản|Chương|Mục|Phụ lục|điểm) (?:[a-zđ],? )*\d+(?:,? (?:và )?\d+)*",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\s*(?:Điều\s+)?(?:\d{1,3}(?:\.\d{1,3})*|[a-zđ]{1,2}|[IVX]+)[.)]\s|\s*\d{1,3}\s+(?=[A-ZĐÂÊÔƠƯ])"
)
_NUMBER = re.compile(r"\d|\b(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|trăm|nghìn|triệu|tỷ)\b")
# What stands in every letter and is nobody's sentence.
_FORM = re.compile(
    r"[-–+\s]*(?:V/v|Về việc(?!.*[.”\"]\Z)|Kính gửi|Nơi nhận|Trên đây là|Căn cứ|Xét (?:đề nghị|Tờ trình)|Theo đề nghị|Như trên|Lưu:)",
    re.IGNORECASE | re.DOTALL,
)
# Types that a question for a day may seem to ask for beside it ("báo cáo … ngày nào").
_TIMES = frozenset(
    {AnswerType.DATE, AnswerType.FIGURE, AnswerType.LIST, AnswerType.DOCUMENT, AnswerType.PLACE}
)
_SENTENCE = 40  # characters that a sentence worth quoting has
_OPENS = (" nhu sau ", " sau day ")  # a sentence that ends so says nothing yet
# What sides are compared by as numbers.
_MEASURED = re.compile(
    r" (?:doanh thu|san luong|dien tich|dan so|ty le|so luong|tong von|thu nhap|kinh phi|chi phi|kim ngach|toc do) "
)
# "Học phí THPT năm học 2025-2026?" asks how much without a word of asking.
_BARE_MEASURE = re.compile(
    r" (?:muc )?(?:hoc phi|le phi|vien phi|luong|phu cap|tro cap|he so|muc phat|muc thu|muc ho tro)(?!.* (?:nao|gi|ai|dau|sao|khong|the|bao|may|gom) )"
)
# Without their marks some are parts of other words: "kế thừa", "Hà Nội", "đáp ứng yêu cầu".
_SPEAKS = (
    r"phat bieu|nhan manh|khang dinh|cho rang|cho biet|cho hay|de nghi|(?<!dap ung )yeu cau|luu y|chia se|bay to|danh gia"
    r"|nhan dinh|ket luan|neu ro|(?<!ha )noi(?! (?:vu|dung|bat|nay|day|o|do|nao|chung|tai|de|co|bo))|chi dao|keu goi"
    r"|nhac(?! (?:si|cu|vien|kich))|ke(?! (?:toan|thua|hoach|tiep|khai|tu|ca|den|lan))|tam su|bo boc|thong tin(?! va truyen)"
)
_REACH = 160  # characters from a speaker's name to the word that says that he speaks


def fitting(question: Question, wanted: Wanted, readings: Sequence[Reading]) -> list[Reading]:
    """The readings that may be quoted: a figure for "bao nhiêu", a time for "ngày nào", a sentence for a quotation."""
    fit = [
        one
        for one in readings
        if not _is_heading(one.unit.text)
        and not _LINE_OF_HEAD.fullmatch(one.unit.text.strip())
        and _has_figure(question, wanted, one.unit)
        and _is_quotable(wanted, one.unit)
        and _has_contact(question, wanted, one.unit)
    ]
    fit = _with_attribute(question, _with_names(question, _with_codes(question, fit)))
    # Asked for a person, a body or a theme too, what says that needs no day.
    if not wanted.types <= _TIMES or _ATTRIBUTE.search(question.normal):
        return fit
    # The time may stand in a sentence of its own: "Thời hạn hoàn thành chậm nhất ngày …".
    says = says_when(question)
    if says is None:
        return fit
    return [
        one
        for one in fit
        if says(f"{one.unit.lead} {one.unit.hit.passage.text}")
        and not _FORM.match(one.unit.text)
        and is_of_year(question, one.unit)
    ]


_CODE = re.compile(r"(?<![\w/.-])[A-ZĐ]{1,6}[-.]?\d{2,}[A-Z]?(?![\w/-])")


def _with_codes(question: Question, readings: list[Reading]) -> list[Reading]:
    """Where a code is asked for that is no document number ("WP-00002"): the readings that have it, if any does."""
    text = question.query.text
    numbers = [(one.start, one.end) for one in find_symbols(text)]
    codes = [
        code[0]
        for code in _CODE.finditer(text)
        if not any(s < code.end() and code.start() < e for s, e in numbers)
    ]
    having = [one for one in readings if all(code in one.unit.text for code in codes)]
    return having or readings


def _with_names(question: Question, readings: list[Reading]) -> list[Reading]:
    """Of the items of one list, the rows of one table: those that have a name asked for, where any has it."""
    names = [f" {normal_form(name).strip()} " for name in find_names(question.text)]

    def place(unit: Unit) -> tuple[str, ...]:
        return unit.profile.id, unit.profile.title, unit.heading, unit.lead

    def has(unit: Unit) -> bool:
        """A name that the whole document or list is about tells no item from another."""
        own, around = normal_form(unit.text), normal_form("\n".join(place(unit)))
        return any(name in own and name not in around for name in names)

    named = {place(one.unit) for one in readings if one.unit.lead and has(one.unit)}
    return [one for one in readings if place(one.unit) not in named or has(one.unit)]


# "Chủ đề của Tháng hành động … là gì": the title of the plan that has one is not its theme.
_ATTRIBUTE = re.compile(rf" (?P<name>{THEMES}) (?:\w+ )*?la (?:nhung )?gi ")
_FROM_TO_ASKED = re.compile(
    r" tu (?:ngay|thang|nam) (?:nao|may) (?:den|toi) (?:het )?(?:ngay|thang|nam) (?:nao|may) "
)
_FROM_TO = re.compile(
    r"\btừ (?:(?:ngày|tháng|năm|quý) )?\d.{0,30}?\b(?:đến|tới) (?:hết )?(?:(?:ngày|tháng|năm) )?\d",
    re.IGNORECASE,
)


def _with_attribute(question: Question, readings: list[Reading]) -> list[Reading]:
    """Where a theme, a motto …, or from when to when is asked for: the readings that have it, if any does.

    A theme stands in a line that calls it so, or under one.
    """
    asked = _ATTRIBUTE.search(question.normal)
    spans = _FROM_TO_ASKED.search(question.normal)

    def has(unit: Unit) -> bool:
        if spans and _FROM_TO.search(unit.text):
            return True
        own = normal_form(f"{unit.heading}\n{unit.lead}\n{unit.text}")
        bare = opens_lines(unit.text, label_kind(unit.text)) and not _opens(unit)
        return asked is not None and f" {asked['name']} " in own and not bare

    return [one for one in readings if (asked or spans) and has(one.unit)] or readings


def _is_heading(text: str) -> bool:
    """Whether a line is marked as a heading, and says nothing: "## + Mức giảm trừ là 6,2 triệu đồng." does."""
    return text.startswith("#") and not text.endswith((".", ";"))


def says_when(question: Question) -> Callable[[str], bool] | None:
    """What tells whether a text says the time that is asked for; None where none is."""
    if asks_by_when(question.normal):
        return says_limit
    return says_time if asks_which_day(question.normal) else None


# Words that name documents and their making: they say nothing of what a document is about.
_OF_DOCUMENTS = frozenset(
    "nghi dinh quyet thong tu van ban quy che do chi thi ke hoach cong luat ket luan huong dan chuong trinh ve viec noi dung muc".split()
)
_TOPIC = 0.2  # share of the pairs of words asked that must stand near what answers "văn bản nào"


def fits_topic(question: Question, wanted: Wanted, unit: Unit) -> bool:
    """Where a document is asked for by its topic: whether its words stand near, and not only "quy định", "chế độ".

    Of 23 development and training questions that the right unit answered every one has at least .22 of its pairs.
    """
    if AnswerType.DOCUMENT not in wanted.types or question.query.symbols:
        return True
    pairs = {
        term.form: term.weight
        for term in question.terms
        if " " in term.form and not set(term.form.split()) <= _OF_DOCUMENTS
    }
    return _has_share(pairs, lambda form: unit.stands_near(form) or unit.stands_in_head(form), _TOPIC)


def _has_share(weights: Mapping[str, float], has: Callable[[str], bool], least: float) -> bool:
    """Whether what stands there (`has` a form between spaces) has at least a share of the weight; so has nothing asked."""
    return sum(weight for form, weight in weights.items() if has(f" {form} ")) >= least * sum(
        weights.values()
    )


def _weigh_words(question: Question, phrase: str) -> dict[str, float]:
    """The words of a part of a question in `normal_form` that carry content, each with its weight."""
    words = set(phrase.split())
    return {term.form: term.weight for term in question.terms if term.form in words}


def _has_figure(question: Question, wanted: Wanted, unit: Unit) -> bool:
    """Whether a unit counts something beside dates, labels and document numbers, where that is asked."""
    if not all(
        fits(question, unit) for fits in (is_of_part_of_year, is_of_side_of_merger, is_of_level, is_of_kind)
    ):
        return False
    others = wanted.types - {AnswerType.FIGURE, AnswerType.LIST}
    how_many = AnswerType.FIGURE in wanted.types and not others and asks_how_many(question.normal)
    if how_many and (_FORM.match(unit.text) or not measures_as_asked(question, unit)):
        return False
    if how_many and not (is_of_year(question, unit) and is_of_moment(question, unit)):
        return False
    compares = Asked.COMPARE in question.asked and _MEASURED.search(question.normal)
    if not (how_many or compares or _BARE_MEASURE.match(question.normal)):
        return True
    if _opens(unit):
        return True
    text = unit.text
    for mention in reversed(find_symbols(text)):
        text = text[: mention.start] + text[mention.end :]
    text = _PLACE_IN_ACT.sub(" ", text)
    return bool(_NUMBER.search(_DATE.sub(" ", _LABEL.sub(" ", text, count=1)).lower()))


_CONTACTS = (
    (
        re.compile(r" (?:email|e mail|mail|thu dien tu) "),
        re.compile(r"[\w.+-]+@[\w-]+\.\w+|(?<![\w/])@?[\w-]+\.(?:gov\.)?vn\b"),
    ),
    (re.compile(r" (?:so dien thoai|sdt|hotline) "), re.compile(r"\d(?:[ .]?\d){6,}")),
)


def _has_contact(question: Question, wanted: Wanted, unit: Unit) -> bool:
    """Whether a unit has the address or the number of a telephone that is asked for: pages blot them out."""
    if AnswerType.WEB not in wanted.types or wanted.types & {AnswerType.PERSON, AnswerType.BODY}:
        return True
    return all(has.search(unit.text) for asks, has in _CONTACTS if asks.search(question.normal)) or _opens(
        unit
    )


def _opens(unit: Unit) -> bool:
    """Whether what a unit opens may have what it has not."""
    return unit.text.endswith(":") or label_kind(unit.text) == "table"


def _is_quotable(wanted: Wanted, unit: Unit) -> bool:
    """Whether a unit is a sentence that somebody may print; no form of a letter, no caption."""
    if AnswerType.QUOTATION not in wanted.types:
        return True
    opens = normal_form(unit.text).endswith(_OPENS)
    shouts = unit.text.isupper()  # a heading
    return (
        unit.in_body and len(unit.text) >= _SENTENCE and not (opens or shouts) and not _FORM.match(unit.text)
    )


def fits_speaker(store: Store, question: Question, unit: Unit) -> bool:
    """Where it is asked what somebody said: whether he speaks there, and on the occasion that is asked about.

    A person must speak in the unit's own paragraph, by name or as the page calls him ("anh Kiệt chia sẻ"); an office in
    the passage.
    """
    if Asked.SPEECH not in question.asked or not (question.names or question.roles):
        return True
    near = normal_form(paragraph_of(unit) if question.names else unit.hit.passage.text)
    called = [
        other
        for name in question.names
        for other in (name, *find_titles(store, unit, name), *(short_forms(name) if is_person(name) else ()))
    ]
    speaks = any(
        re.search(rf"{re.escape(name.strip())} .{{0,{_REACH}}}?\b(?:{_SPEAKS})\b", near)
        for name in (called or question.roles)
    )
    return speaks and _is_of_occasion(question, unit) and _is_of_theme(question, unit)


_THEME = re.compile(rf" (?:{_SPEAKS})(?: nhung)?(?: gi| the nao| nhu the nao| ra sao)? ve (?P<theme>.+)")
_OF_THEME = 0.3  # share of the words behind "nói gì về" that what he says has, with what stands around


def _is_of_theme(question: Question, unit: Unit) -> bool:
    """Whether what somebody said is about what is asked: his words on another matter answer nothing."""
    asked = _THEME.search(question.normal)
    if asked is None:
        return True
    near = normal_form(f"{unit.heading}\n{unit.lead}\n{paragraph_of(unit)}\n{unit.profile.title}")
    return _has_share(_weigh_words(question, asked["theme"]), near.__contains__, _OF_THEME)


_EDITION = re.compile(
    r" lan (?:thu )?(?P<number>\d{1,3}|[ivxl]{1,6}|nhat|hai|ba|bon|nam|sau|bay|tam|chin|muoi)(?= )"
)


def fits_edition(question: Question, unit: Unit) -> bool:
    """Whether "lần thứ 41" stands near where it is asked: what is told of the forty-second answers nothing."""
    if " lan thu " not in question.normal:
        return True
    near = normal_form(f"{unit.hit.passage.text}\n{unit.profile.title}\n{unit.profile.head}")
    numbers = [found["number"] for found in _EDITION.finditer(question.normal)]
    return all(f" lan thu {number} " in near or f" lan {number} " in near for number in numbers)


_OCCASION = re.compile(
    r" (?:tai|trong|nhan|o) (?P<occasion>(?:buoi|hoi nghi|le|cuoc|ky hop|phien|dai hoi|toa dam|hoi thao)(?: \w+)+)"
)
_OF_OCCASION = 0.6  # share of the words of an occasion that its page must have


def _is_of_occasion(question: Question, unit: Unit) -> bool:
    """Whether the page has the words of the occasion asked about: what was said elsewhere was not said there."""
    asked = _OCCASION.search(question.normal)
    words = _weigh_words(question, asked["occasion"]) if asked else {}
    return _has_share(words, lambda form: unit.stands_near(form) or unit.stands_in_head(form), _OF_OCCASION)


def fits_names(store: Store, question: Question, unit: Unit) -> bool:
    """Whether what a question calls by a name stands near a unit: words are put into nobody's mouth.

    A person must stand in the passage, by name or by the office that the page gives him; anything else in the document.
    """
    if not question.names:
        return True
    near = normal_form(f"{unit.profile.title}\n{unit.hit.passage.text}")
    return all(name in near or _is_named(store, unit, name, near) for name in question.names)


def _is_named(store: Store, unit: Unit, name: str, near: str) -> bool:
    if is_person(name):
        return any(title in near for title in find_titles(store, unit, name))
    return name in spelled_document(store, unit.profile.id)


def may_be_asked(question: Question, symbol: str) -> bool:
    """Whether a number is of the type, and of the body, that "công điện nào của Thủ tướng" asks for."""
    mention = read_symbol(symbol)
    if mention is None:
        return False
    # The National Assembly's numbers carry no type.
    of_congress = "QH" in symbol and mention.type_code is None
    if question.types and mention.type_code not in question.types and not of_congress:
        return False
    # "theo văn bản nào của tỉnh": the bodies named beside are those of other documents.
    issuers = question.query.issuers if question.types else ()
    codes = {code for issuer in issuers for code in issuer.codes}
    code = (mention.issuer_code or "").split("-")[0]
    return not codes or code in codes or of_congress


_WERE_ISSUED = re.compile(
    r" (?:cac|nhung) van ban (?:[\w.-]+ ){0,16}(?:co quan|cap|ai|don vi)(?: nao)? (?:da )?ban hanh "
)

# "đã ban hành Nghị quyết số …"; what stands "ban hành kèm theo Quyết định số …" is no news of that.
_TELLS_ISSUING = re.compile(r"ban hành\s+(?!tại|theo|kèm)(?:\w+\s+){1,4}số\s+\d", re.IGNORECASE)


def asks_what_was_issued(question: Question) -> bool:
    """Whether a question asks for the documents on a matter together with who issued them."""
    return bool(_WERE_ISSUED.search(question.normal))


def fits_asked_document(question: Question, unit: Unit) -> bool:
    """Where a document of some type or body is asked for: whether the unit's is one, tells of one or names one.

    "Các văn bản … do cơ quan nào ban hành" is answered by what tells that they were issued.
    """
    if asks_what_was_issued(question):
        return bool(_TELLS_ISSUING.search(unit.text))
    if not question.types or Asked.DOCUMENT not in question.asked:
        return True
    if question.query.symbols and not question.query.issuers:
        return True  # what bears the number decides
    own = (unit.profile.symbol or told_at(unit),)
    return any(may_be_asked(question, symbol) for symbol in (*filter(None, own), *named_in(unit.text)))


def fits_places(question: Question, unit: Unit) -> bool:
    """Whether a unit, its passage or its document is of one of the places asked for.

    A figure that names places must name one that is asked for or lies in it: that of another is a near miss.
    """
    if not question.places:
        return True
    if not fits_level(question, unit):
        return False
    if Asked.FIGURE in question.asked and (scope := _places_in(unit.text)):
        return any(names & set(map(fold, question.places)) for names in scope)
    names = [normal_form(place) for place in question.places]
    if any(unit.stands_near(name) or unit.stands_in_head(name) for name in names):
        return True
    if Asked.FIGURE in question.asked:
        return False  # what was counted in a part of today's province is no figure of it
    province = unit.profile.province
    if (
        unit.profile.day
        and unit.profile.day >= _MERGER
        and question.years
        and max(question.years) < _MERGER[:4]
    ):
        return False  # what the new province decided is nothing that the old one did before
    lineage = {fold(name) for name in related_provinces(province)} if province else set()
    return any(fold(place) in lineage for place in question.places)


def counts_elsewhere(question: Question, unit: Unit) -> bool:
    """Whether a figure of some place is asked for and the unit names only others: the row of the next province."""
    if not question.places or Asked.FIGURE not in question.asked:
        return False
    scope, asked = _places_in(unit.text), set(map(fold, question.places))
    return bool(scope) and not any(names & asked for names in scope)


def _places_in(text: str) -> list[set[str]]:
    """Of each place that a text names: its name and the provinces that it lies in, folded."""
    return [{fold(name) for name in (place.name, *place.provinces)} for place in find_places(text)]


# A level → those whose bearers of a name are other places.
_OTHER_LEVELS = {
    **dict.fromkeys(COMMUNES, (*DISTRICTS, "thanh pho", "tinh")),
    **dict.fromkeys(DISTRICTS, (*COMMUNES, "tinh")),
    "thanh pho": COMMUNES,
    "tinh": (*COMMUNES, *DISTRICTS),
}


def fits_level(question: Question, unit: Unit) -> bool:
    """Whether a unit does not speak of a place of another level that has the name of one asked for.

    "Phường Thuận Hóa", "tỉnh Hải Dương" are asked for, and only the district or the commune of that name is there.
    """
    return not any(_is_other_level(question, place, unit) for place in question.places)


def _is_other_level(question: Question, place: str, unit: Unit) -> bool:
    name = normal_form(place).strip()
    asked = [level for level in _OTHER_LEVELS if f" {level} {name} " in question.normal]
    if len(asked) != 1:
        return False
    for text in (unit.text, f"{unit.lead}\n{unit.hit.passage.text}"):
        near = normal_form(text)
        if f" {asked[0]} {name} " in near:
            return False
        if any(f" {level} {name} " in near for level in _OTHER_LEVELS[asked[0]]):
            return True
    return False


_MERGER = "2025-07-01"  # of 63 provinces into 34 (Nghị quyết 202/2025/QH15)
