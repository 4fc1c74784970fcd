"""Follow-up questions: a question that lacks its subject, made whole from the question before and its answer.

Read by rules alone, from the folded words of both questions and from what the answer cites. Taken over are the one
document that the answer is about ("Ai ký?", "Văn bản đó còn hiệu lực không?"), the question itself with another
place or year ("Thế Hưng Yên thì sao?"), or the one place or year that a word points back to ("ở đó", "năm đó").
Where several may be meant each is offered and none is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.places import find_places
from corpus.symbol_codes import COMMON_TYPE_WORDS, FIRM_TYPE_WORDS
from corpus.symbols import find_symbols
from corpus.text import fold, fold_spaces
from index.answering.fact_kinds import read_fact_kinds
from index.answering.findings import FactKind
from index.follow_up_documents import Candidate, documents_of
from index.models import Answer
from index.query_models import AskedPlace
from index.question import Question, read_question


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A follow-up made whole."""

    question: str  # that will be asked
    taken: tuple[str, ...]  # Vietnamese: what was taken over


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """A follow-up that may mean several things, or none that is known."""

    reason: str  # Vietnamese, one sentence
    options: tuple[Understood, ...]


def follow_up(typed: str, before: Answer) -> Understood | Unclear | None:
    """What a question means after another one; None where it stands on its own, or nothing can be taken over."""
    text = _LEAD.sub("", fold_spaces(typed)) if typed.strip() else ""
    if not text or find_symbols(text):
        return None
    question, asked = read_question(text), read_question(before.question)
    if question.query.documents:
        return None
    if _is_swap(question):
        return _swap(question, asked, before)
    if (back := _find_back(text)) is not None or _lacks_document(question):
        return _take_document(question, back, before)
    return _take_place_and_year(question, asked, before)


# --- words

_TYPES = {fold(word): code for word, code in {**FIRM_TYPE_WORDS, **COMMON_TYPE_WORDS}.items()}
_ANY = ("van ban", "vb", "tai lieu")
_TYPE = "|".join(sorted({*_TYPES, *_ANY, "nq", "qd", "nd", "cv", "kh", "tt"}, key=len, reverse=True))
_SHORT = {"nq": "NQ", "qd": "QĐ", "nd": "NĐ", "cv": "CV", "kh": "KH", "tt": "TT"}

# "Thế …", "Vậy …", "Còn …" that lead in, but not "còn hiệu lực".
_LEAD = re.compile(
    r"^(?:(?:thế|vậy|the|vay|rồi|roi|à|ừ|ok|và|thì|thi)\s+(?:thì\s+|thi\s+)?)?"
    r"(?:(?:còn|con)\s+(?!hi[eệ]u|h[aạ]n|gi[aá]|[dđ][uư][oợ]c|d[uù]ng|[aá]p|thi\s|l[aà]\s|l[aà]m))?",
    re.IGNORECASE,
)
_TRAIL = re.compile(r"(?:\s+(?:vậy|vay|nhỉ|nhi|ạ|hả|ha)|(?<!thay)\s+thế)*\s*[?.!]*\s*$", re.IGNORECASE)
_POINTS = {True: ("đó", "này", "trên", "ấy", "kia"), False: ("do", "nay", "tren", "ay", "kia")}
_BACK = re.compile(
    rf"(?<!\w)(?P<type>{_TYPE})(?: (?:do|nay|tren|ay|kia|vua neu|noi tren)(?!\w))(?: day(?!\w))?"
)
_IT = re.compile(r"(?<!\w)nó(?!\w)", re.IGNORECASE)
_PLACE_BACK = re.compile(
    r"(?<!\w)(?:(?P<at>o|tai) (?:do|day)|(?P<level>tinh|thanh pho|huyen|dia phuong|noi) (?:do|nay|ay))(?!\w)"
)
_YEAR_BACK = re.compile(r"(?<!\w)(?:cung )?nam (?:do|ay)(?!\w)")

# Words of questions for a fact of a document as a whole: where no others stand, the document is missing.
_OF_FACTS = frozenset(
    """ai ky ki do boi la nguoi da duoc ban hanh ra doi con co het hieu luc gia tri han khong ko k chua hay nua ngay
    thang nam nao gi may tu ke vao khi bao gio luc den toi thi ap dung thay the bang moi cu bi bai bo huy sua doi bo
    sung can cu dua tren theo dau co so phap ly trien khai thuc hien huong dan cac nhung so hieu ky trich yeu noi ve
    viec dung ten dong chi quan don vi cap cua van ban vb tinh trang ra sao the thi nhu hien gio cho quy dinh no""".split()
)
_OPENS_WITH_VERB = re.compile(
    r"(?:con|co|duoc|bi|do|can cu|thay the|thay|sua doi|ban hanh|het|huong dan|noi|quy dinh|ap dung|trien khai|"
    r"thuc hien|bai bo|dua tren|da|ky|ra doi)(?!\w)"
)
_WHO_SIGNED = re.compile(r"ai (?:la nguoi )?(?:da )?(?:k[yi]|ban hanh)$")
_ASKS_FOR_DOCUMENTS = re.compile(rf"(?:cac |nhung )?(?:{_TYPE}) (?:nao|gi)(?!\w)")
_OF_OTHERS = frozenset(
    {FactKind.REPLACED_BY, FactKind.AMENDED_BY, FactKind.IMPLEMENTED_BY, FactKind.REPLACES, FactKind.AMENDS}
)
_SWAPPING = frozenset(
    "o tai cua tinh thanh pho tp huyen nam thi sao the nao con va trong cho doi voi vay a nhi ra".split()
)


def _words(folded: str) -> list[str]:
    return re.findall(r"[\w/.-]+", folded)


# --- another place, another year


def _is_swap(question: Question) -> bool:
    """Whether nothing is named but places and years."""
    if not (question.places or question.years):
        return False
    folded = fold(question.text)
    for place in _places(question):
        folded = folded[: place.start] + " " * (place.end - place.start) + folded[place.end :]
    return all(word in _SWAPPING or word in question.years for word in _words(folded.rstrip("?.! ")))


def _swap(question: Question, asked: Question, before: Answer) -> Understood | Unclear | None:
    """The question before with another place, another year or both."""
    drafts = [Understood(question=before.question, taken=())]
    if question.places:
        if _is_of_place(asked, before):
            name = question.places[0]
            return Unclear(
                reason=f"Câu hỏi trước nêu số của một văn bản địa phương, nên không hỏi thay bằng {name} được. "
                "Hãy viết cả câu hỏi.",
                options=(),
            )
        drafts = [new for draft in drafts for new in _with_place(draft, question)]
    if question.years:
        drafts = [new for draft in drafts for new in _with_year(draft, question.years[0])]
        if not drafts:
            return Unclear(
                reason="Câu hỏi trước nêu một ngày hoặc một giai đoạn, nên không rõ năm nào được thay. "
                "Hãy viết cả câu hỏi.",
                options=(),
            )
    options = tuple(
        Understood(question=one.question, taken=(f"câu hỏi trước; {one.taken[0]}", *one.taken[1:]))
        for one in drafts
        if one.taken
    )
    if len(options) > 1:
        return Unclear(
            reason="Câu hỏi trước nêu nhiều nơi hoặc nhiều năm. Bạn muốn hỏi câu nào?", options=options
        )
    return options[0] if options else None


def _is_of_place(asked: Question, before: Answer) -> bool:
    """Whether the question before is about a number that is of a place: of another one it is another document."""
    if not find_symbols(asked.text):
        return False
    return bool(asked.places) or any(
        find_places(candidate.issuer or "") for candidate in documents_of(before) if candidate.asked
    )


def _with_place(draft: Understood, question: Question) -> Iterator[Understood]:
    (new, *_) = _places(question)
    written = question.text[new.start : new.end] if question.query.has_diacritics else new.name
    asked = read_question(draft.question)
    names = list(dict.fromkeys(place.name for place in _places(asked)))
    if new.name in names:
        yield draft
    elif not names:
        yield Understood(
            question=_append(draft.question, f"ở {written}"), taken=(*draft.taken, f"nơi: {new.name}")
        )
    for name in names if new.name not in names else ():
        spans = [(place.start, place.end) for place in _places(asked) if place.name == name]
        told = f"nơi: {name} thành {new.name}"
        yield Understood(question=_put(draft.question, spans, written), taken=(*draft.taken, told))


def _with_year(draft: Understood, year: str) -> Iterator[Understood]:
    """Nothing where the question has years, but only those of days and spans."""
    spans, fixed = _find_years(draft.question)
    if not spans and not fixed:
        yield Understood(
            question=_append(draft.question, f"năm {year}"), taken=(*draft.taken, f"năm: {year}")
        )
    for old in dict.fromkeys(draft.question[start:end] for start, end in spans):
        if old == year:
            yield draft
            continue
        places = [(start, end) for start, end in spans if draft.question[start:end] == old]
        told = f"năm: {old} thành {year}"
        yield Understood(question=_put(draft.question, places, year), taken=(*draft.taken, told))


def _find_years(text: str) -> tuple[list[tuple[int, int]], bool]:
    """(spans of years that stand alone, whether others are part of a day or a span); none of numbers of documents."""
    for mention in find_symbols(text):
        text = text[: mention.start] + " " * (mention.end - mention.start) + text[mention.end :]
    found = list(re.finditer(r"(?<!\w)(?:19|20)\d\d(?!\w)", text))
    alone = [
        match.span()
        for match in found
        if not re.search(r"[/.–-]\s?$|tháng \d+ năm $", text[: match.start()])
        and not re.match(r"\s?[/–-]\s?\d", text[match.end() :])
    ]
    return alone, len(alone) < len(found)


def _append(question: str, words: str) -> str:
    body = re.sub(r"\s*[?.!]*\s*$", "", question)
    return f"{body} {words}?"


def _put(text: str, spans: Sequence[tuple[int, int]], words: str) -> str:
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + words + text[end:]
    return text[:1].upper() + text[1:]


def _places(question: Question) -> list[AskedPlace]:
    return [place for place in question.query.places if place.name in question.places]


# --- the document


def _find_back(text: str) -> re.Match[str] | None:
    """Where words point back to a document: "văn bản đó", "nghị quyết này", "nó"."""
    has_marks = fold(text) != text.lower()
    for match in _BACK.finditer(fold(text)):
        if text[match.start() : match.end()].lower().split()[-1] in (
            *_POINTS[has_marks],
            "đây",
            "day",
            "nêu",
        ):
            return match
    return _IT.search(text)


def _lacks_document(question: Question) -> bool:
    """Whether a fact, or a provision, is asked for without saying of which document."""
    if any(provision.document is None for provision in question.query.provisions):
        return True
    folded = _TRAIL.sub("", fold(question.text))
    kinds = read_fact_kinds(re.sub(r"(?<!\w)ki(?!\w)", "ky", folded))
    if not kinds or (_ASKS_FOR_DOCUMENTS.match(folded) and not kinds & _OF_OTHERS):
        return False
    for place in _places(question):
        folded = folded[: place.start] + " " * (place.end - place.start) + folded[place.end :]
    bare = re.sub(rf"(?<!\w)(?:{_TYPE})(?!\w)", " ", folded)
    return all(word in _OF_FACTS for word in _words(bare))


def _take_document(
    question: Question, back: re.Match[str] | None, before: Answer
) -> Understood | Unclear | None:
    every = documents_of(before)
    if not every:
        return None
    candidates = [one for one in every if _fits(one, question, back)]
    options = tuple(
        Understood(question=_ask_of(question, back, one.name), taken=(f"văn bản: {one.name}",))
        for one in candidates
    )
    if len(options) == 1:
        return options[0]
    if not options:
        names = "; ".join(one.name for one in every)
        return Unclear(
            reason=f"Không rõ văn bản nào được hỏi; câu trả lời trước nói về: {names}.", options=()
        )
    return Unclear(reason="Câu trả lời trước nói về nhiều văn bản. Bạn hỏi về văn bản nào?", options=options)


def _fits(candidate: Candidate, question: Question, back: re.Match[str] | None) -> bool:
    word = back.groupdict().get("type") if back is not None else None
    code = None if word is None or word in _ANY else _SHORT.get(word) or _TYPES.get(word)
    if code is not None and candidate.code != code:
        return False
    issuer = fold(candidate.issuer or "")
    return all(fold(place) in issuer for place in question.places)


def _ask_of(question: Question, back: re.Match[str] | None, name: str) -> str:
    text = _TRAIL.sub("", question.text)
    if back is not None:
        start, end = back.span()
        for place in _places(question):  # "kế hoạch đó của Nghệ An": the name says of whom
            if fold(text[end : place.start]).strip() in ("cua", "cua tinh", "o"):
                end = place.end
        at_start = start == 0 or text[start].isupper()
        words = name if at_start else name[:1].lower() + name[1:]
        return _put(f"{text}?", [(start, end)], words)
    folded = fold(text)
    capital, lower = text[:1].upper() + text[1:], text[:1].lower() + text[1:]
    if question.query.provisions:
        return f"{name}: {text}?"
    if _WHO_SIGNED.match(folded):
        return f"{capital} {name}?"
    return f"{name} {lower}?" if _OPENS_WITH_VERB.match(folded) else f"{name}: {lower}?"


# --- a place, a year


def _take_place_and_year(question: Question, asked: Question, before: Answer) -> Understood | Unclear | None:
    """The question with the place and the year in it that its words point back to."""
    drafts = [Understood(question=question.text, taken=())]
    folded = fold(question.text)
    has_marks = question.query.has_diacritics
    year, place = _YEAR_BACK.search(folded), _PLACE_BACK.search(folded)
    if year and (not has_marks or question.text[: year.end()].lower().endswith(("đó", "ấy"))):
        spans, _ = _find_years(before.question)
        years = dict.fromkeys(before.question[start:end] for start, end in spans)
        drafts = [_filled(year, f"năm {one}", one, "năm", draft) for draft in drafts for one in years]
    if place and (not has_marks or question.text[: place.end()].lower().endswith(("đó", "đây", "này", "ấy"))):
        at = f"{question.text[place.start() : place.end()].split()[0]} " if place["at"] else ""
        names = _places_before(asked, before)
        # The year stands behind the place or before it: what was put in moves the later span only.
        drafts = [
            _filled(_PLACE_BACK.search(fold(draft.question)) or place, f"{at}{one}", one, "nơi", draft)
            for draft in drafts
            for one in names
        ]
    options = tuple(draft for draft in drafts if draft.taken)
    if len(options) > 1:
        return Unclear(
            reason="Câu hỏi trước nêu nhiều nơi hoặc nhiều năm. Bạn muốn hỏi câu nào?", options=options
        )
    return options[0] if options else None


def _filled(match: re.Match[str], words: str, name: str, what: str, draft: Understood) -> Understood:
    return Understood(
        question=_put(draft.question, [match.span()], words), taken=(*draft.taken, f"{what}: {name}")
    )


def _places_before(asked: Question, before: Answer) -> list[str]:
    """The places of the question before, as written; where it names none, those of the bodies that are cited."""
    named = {place.name: asked.text[place.start : place.end] for place in _places(asked)}
    if not named:
        for candidate in documents_of(before):
            issuer = candidate.issuer or ""
            named |= {place.name: issuer[place.start : place.end] for place in find_places(issuer)}
    return list(named.values())
