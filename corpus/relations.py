"""Relations: what the text around each document number says is done with that document, and by which one.

The sentence is read from left to right. A number takes the nearest cue to its left in its clause; a number
that only goes on with a list ("…, Quyết định số 5 và Quyết định số 6") takes what the list has; cues inside the
title of a cited document are that document's ("Nghị định số B sửa đổi, bổ sung Nghị định số A"). Only a number
that nothing leads in is judged by what follows it ("… hết hiệu lực", "… được Quốc hội thông qua").
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from corpus.anaphora import Antecedents
from corpus.issuers import UPPER, read_issuer
from corpus.models import Relation, SymbolMention
from corpus.symbols import symbol_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A number with what is written around it: type word, provision, date and issuer."""

    lead: int  # where the provision before it begins, else its type word
    start: int  # where its type word begins
    end: int  # of the evidence: number, date and issuer
    issued: bool  # a body or a date of issuing leads in the number ("Ngày 3/4, UBND tỉnh có Công văn số …")
    mention: SymbolMention


@dataclass(frozen=True, slots=True)
class Related:
    """What is said of a number; `subject` is a canonical number, None for the document that is read."""

    relation: Relation
    subject: str | None = None


class _Kind(Enum):
    FIRM = auto()
    WEAK = auto()  # a mere preposition: yields to the verb of its clause
    CLOSE = auto()  # counts only directly before the number
    IDLE = auto()  # says what befell the document before it, nothing of the one behind


# --- cues -----------------------------------------------------------------------------------------------------

_CHANGE = r"(?:sửa đổi|bổ sung|điều chỉnh|thay thế|bãi bỏ|hủy bỏ|huỷ bỏ|đính chính)"
_MORE = rf"(?:(?:,| và|, và) {_CHANGE})*"
_SOME = r"(?=,? (?:một số|các) (?:điều|nội dung|khoản|điểm|quy định|phụ lục|chương|mẫu|biểu))"
_AGENT = r"[^;.\n:\x00“”()]{0,60}? (?:theo|bởi|tại|bằng)(?: các| những| quy định(?: tại| của)?)?:?"
_ACTS = r"(?:nghị định|thông tư|luật|quyết định|nghị quyết|chỉ thị|pháp lệnh|văn bản)"

# In the order of trial at one place: phrases before the single words that open them.
_CUES: tuple[tuple[str, Relation, _Kind, str], ...] = (
    # passive, with the one that does it behind
    (
        "AB",
        Relation.AMENDED_BY,
        _Kind.FIRM,
        rf"(?:được|bị|đã)(?: được)? (?:sửa đổi|bổ sung|điều chỉnh){_MORE}{_AGENT}"
        rf"|(?:sửa đổi|bổ sung)(?:(?:,| và|, và) (?:sửa đổi|bổ sung))* (?:theo|bởi|tại)(?= (?:các )?(?:\x00|{_ACTS}))",
    ),
    (
        "RB",
        Relation.REPLACED_BY,
        _Kind.FIRM,
        rf"(?:được|bị) thay thế{_AGENT}|thay thế (?:bởi|bằng)(?= (?:các )?(?:\x00|{_ACTS}))",
    ),
    ("XB", Relation.ABROGATED_BY, _Kind.FIRM, rf"(?:được|bị) (?:bãi bỏ|hủy bỏ|huỷ bỏ){_AGENT}"),
    (
        "GB",
        Relation.GUIDED_BY,
        _Kind.FIRM,
        rf"được (?:hướng dẫn|quy định chi tiết)(?! (?:chi tiết )?(?:cụ thể )?tại (?:khoản|điều|điểm)){_AGENT}",
    ),
    (
        "IDLE",
        Relation.REFERS_TO,
        _Kind.IDLE,
        rf"(?:được|bị) (?:{_CHANGE}{_MORE}|ban hành|thông qua|phê duyệt|hướng dẫn)(?! (?:kèm )?theo)"
        r"|(?:có )?hiệu lực thi hành|chịu trách nhiệm thi hành|văn bản hướng dẫn(?: thi hành| thực hiện)?",
    ),
    ("ATT", Relation.ATTACHED, _Kind.CLOSE, r"(?:(?:được )?ban hành |gửi |đính )?kèm theo|ban hành theo|kèm"),
    (
        "B0",
        Relation.BASED_ON,
        _Kind.FIRM,
        r"căn cứ(?: vào)?(?: các)?(?: quy định)?(?: tại| của| theo)?|trên cơ sở|(?:theo|xét) đề nghị"
        r"|theo mục tiêu|theo tinh thần|xem xét|xét(?= (?:tờ trình|báo cáo|đề án|văn bản|công văn|ý kiến))",
    ),
    (
        "REF",
        Relation.REFERS_TO,
        _Kind.FIRM,
        r"theo (?:đúng )?(?:các )?(?:quy định|yêu cầu|hướng dẫn|nội dung|chỉ đạo|nhiệm vụ|mẫu|phụ lục)"
        r"(?: (?:tại|trong|của|theo))?"
        r"|(?:quy định|yêu cầu|hướng dẫn|nội dung|nhiệm vụ|mẫu|phụ lục) (?:tại|trong|theo|ở)"
        r"|thực hiện theo|dẫn chiếu|nêu (?:tại|trong|ở)|so với|phù hợp với|trái với|gọi (?:tắt )?là"
        r"|áp dụng|trả lời|phúc đáp|nhận được|tiếp theo|liên quan (?:đến|tới)",
    ),
    (
        "REFT",
        Relation.REFERS_TO,
        _Kind.FIRM,
        r"(?:tạm )?ngưng hiệu lực|kéo dài (?:thời hạn|thời gian|hiệu lực)|(?:tạm )?dừng (?:thực hiện|áp dụng)"
        r"|ngừng áp dụng|công bố|điều chỉnh(?! (?:và )?bổ sung|, bổ sung)",
    ),
    (
        "AM",
        Relation.AMENDS,
        _Kind.FIRM,
        rf"(?:(?:bãi bỏ|thay thế|hủy bỏ|huỷ bỏ)(?:,| và|, và) )?(?:sửa đổi|bổ sung|điều chỉnh(?=,? (?:và )?bổ sung)){_MORE}"
        rf"|thay (?:thế )?(?:các |một số )?cụm từ",
    ),
    ("RE", Relation.REPLACES, _Kind.FIRM, rf"thay thế(?: cho)?|thay cho|thay(?= (?:các )?(?:\x00|{_ACTS}))"),
    (
        "AX",
        Relation.ABROGATES,
        _Kind.FIRM,
        r"(?:bãi bỏ|hủy bỏ|huỷ bỏ)(?: (?:toàn bộ |các |một số |những )*(?:nội dung |điều )?(?:được )?quy định tại)?"
        r"|chấm dứt hiệu lực|hết hiệu lực(?= (?:của )?các)",
    ),
    (
        "CO",
        Relation.CONSOLIDATES,
        _Kind.FIRM,
        rf"(?:được )?hợp nhất từ|(?<!văn bản )hợp nhất(?= (?:các )?(?:{_ACTS}|\x00))",
    ),
    ("CR", Relation.CORRECTS, _Kind.FIRM, r"đính chính"),
    (
        "GU",
        Relation.GUIDES,
        _Kind.FIRM,
        r"(?:một số điều )?(?:và )?(?:các )?biện pháp (?:để )?(?:tổ chức,? )?(?:hướng dẫn )?thi hành"
        r"|hướng dẫn (?:triển khai )?(?:thực hiện|thi hành|áp dụng)|hướng dẫn"
        r"|quy định chi tiết(?: và hướng dẫn)?(?: thi hành)?",
    ),
    (
        "IM",
        Relation.IMPLEMENTS,
        _Kind.FIRM,
        r"(?:tổ chức |tiếp tục |triển khai )?(?:thực hiện|thi hành)|triển khai|cụ thể h(?:óa|oá)|quán triệt"
        r"|(?<!ban )chấp hành",
    ),
    (
        "RP",
        Relation.REPORTED,
        _Kind.CLOSE,
        r"(?:đã|vừa|mới|vừa mới|sẽ)(?: chính thức)? (?:ký ban hành|ban hành|ký|thông qua|có|ra|phát hành|gửi)"
        r"|(?:ký )?ban hành|thông qua(?= \x00)",
    ),
    ("WEAK", Relation.REFERS_TO, _Kind.WEAK, r"theo|tại|trong"),
)


def _spaced(words: str) -> str:
    """The pattern with any white space for each of its spaces, but not inside a look-behind."""
    pieces = re.split(r"(\(\?<!?[^)]*\))", words)
    return "".join(piece if piece.startswith("(?<") else piece.replace(" ", r"\s+") for piece in pieces)


_CUE = re.compile(
    r"(?=[ábcdđghklmnpqstvxy])(?<!\w)(?:"  # the first letters of all cues: most places are passed over at once
    + "|".join(rf"(?P<{name}>(?:{_spaced(words)})(?!\w))" for name, _, _, words in _CUES)
    + ")"
)
_READ = {name: (relation, kind) for name, relation, kind, _ in _CUES}

_BY = frozenset({Relation.AMENDED_BY, Relation.REPLACED_BY, Relation.ABROGATED_BY, Relation.GUIDED_BY})
_CHANGES = frozenset({Relation.AMENDS, Relation.REPLACES, Relation.ABROGATES, Relation.CORRECTS})
# What a document, and not only the one who reads or writes about it, does with another.
_ACTING = _CHANGES | {Relation.IMPLEMENTS, Relation.GUIDES, Relation.CONSOLIDATES}
_HEAD_NUMBERS = 12  # numbers of a page among which its record ("Số hiệu | …") stands
_NEAR, _FAR = 40, 160  # characters: between a verb and its number; beyond, it governs something else


@dataclass(frozen=True, slots=True)
class _Cue:
    relation: Relation
    kind: _Kind
    start: int
    end: int
    of_title: bool = False  # a verb of titles that has no relation of its own ("tạm ngưng hiệu lực")


# --- sentences ------------------------------------------------------------------------------------------------

_BEFORE, _BEHIND = 4000, 1000  # characters around a number that are read for it
_BREAK = re.compile(r"(?P<line>\s*\n\s*)|(?P<stop>[.!?…]|:)(?=\s)")
_LABEL = re.compile(
    r"(?:[a-zđ]{1,2}\d?\s?\)|\(?\d{1,3}(?:\.\d{1,2}){0,4}\s?[.)]|[-–+•*●▪]|[ivxlc]{1,5}\s?[.)])\s*",
    re.IGNORECASE,
)
_OPEN_END = re.compile(
    r"(?:,|(?<!\w)(?:số|ngày|tháng|năm|và|của|các|theo|tại|về|việc|điều|khoản|luật|định|quyết|cứ|sở|bộ))\Z",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(r"(?<!\w)(?:TP|TX|TM|KT|TL|Q|P|H|GS|TS|ThS|\d)\Z")
_SO = re.compile(r"(?<!\w)[Ss](?:ố|Ố)\s?\Z")
_LIST_OBJECT = re.compile(
    r"\s*(?:(?:toàn bộ|một số|một phần|các|những|\d+|hai|ba|bốn|điều|khoản|điểm|nội dung|quy định|của|tại|và|,"
    r"|văn bản|quy phạm|pháp luật|sau đây|sau|như sau|dưới đây|gồm|bao gồm"
    rf"|hiệu lực(?: thi hành)?)(?!\w)\s*)*(?:(?:{_ACTS}|kế hoạch|công văn|pháp lý)(?!\w)[^,;.()\x00]{{0,60}})?:"
)
_LIST_COLON = 90  # characters between a verb and the colon that its list follows
# "bãi bỏ các quyết định sau đây của … ban hành trong lĩnh vực …:" announces its list, however long it goes on.
_ANNOUNCED = re.compile(
    r"\s*(?:toàn bộ |một phần )?(?:các |những |\d+ |\(?\w+\) )*(?:văn bản|nghị quyết|nghị định|quyết định|thông tư|chỉ thị|pháp lệnh)"
    r"[^,;:.]{0,80}? (?:sau đây|dưới đây|sau|như sau)(?!\w)",
    re.IGNORECASE,
)
_RECITAL = re.compile(
    rf"\s*(?:{_LABEL.pattern})?(?:căn cứ|theo đề nghị|xét|trên cơ sở|sau khi xem xét|thể theo)(?!\w)",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"(?P<mark>[,;/]|[-–]|(?<!\w)(?:và|hoặc|cùng|cũng như|với|lẫn)(?!\w))[\s(]*(?:(?:tại|của|theo|các|những|cả|kèm theo)\s+)?\Z"
)
# The rest of a type that the number's own words do not hold: "Báo cáo thẩm tra |số 5", "ý kiến tại |Báo cáo".
_TYPE_HEAD = re.compile(
    r"(?P<mark>[,;]|(?<!\w)và)\s+(?:Báo cáo|Tờ trình|Văn bản|Công văn|Nghị quyết|Nghị định|Thông tư|Quyết định|Luật|Bộ luật"
    r"|Chỉ thị|Kế hoạch|Kết luận|Đề án|Chương trình|Quy định|Hướng dẫn|Thông báo|Phương án|Công điện|Pháp lệnh|ý kiến)"
    r"(?!\w)[^,;:.\x00]{0,90}\Z"
)
_TITLE_OPENS = re.compile(
    r"\s*,?\s*(?:về|v/v|quy định|ban hành|phê duyệt|hướng dẫn|sửa đổi|bổ sung|công bố|tạm ngưng|bãi bỏ|thay thế)(?!\w)"
)
_AFTER_LABEL = re.compile(r"\s*(?:toàn bộ\s+|các\s+)?\Z", re.IGNORECASE)


def relate(plain: str, named: Sequence[Named], *, own: str | None = None) -> list[Related]:
    """What the text says of each number, in order; `own` is the number of the document that is read."""
    return _Reader(plain, named, own).read()


class _Reader:
    """One text with its cues and boundaries, and what was found of its numbers so far."""

    def __init__(self, plain: str, named: Sequence[Named], own: str | None) -> None:
        self.plain = plain
        self.named = named
        self.own_key = symbol_key(own) if own is not None else None
        self.masked = _mask(plain, named)
        windows = _windows(named, len(plain))
        self.cues = tuple(_find_cues(self.masked, windows))
        self.breaks = tuple(_find_breaks(plain, self.masked, self.cues, windows))
        self.asides = tuple(match.span() for match in re.finditer(r"\([^()]{1,600}\)", self.masked))
        self.antecedents = Antecedents(plain, own)
        self.repeals = tuple(_find_repeal_lists(plain))
        self.notes_end = _end_of_notes(plain) if own is not None and "VBHN" in own else 0
        self.done: list[Related] = []
        self.topics: list[bool] = []  # for each number: it opens its sentence

    def read(self) -> list[Related]:
        first = 0
        start = -1
        for one in self.named[:_HEAD_NUMBERS]:
            if self._is_head_number(one):
                break
        for place, one in enumerate(self.named):
            sentence = self._sentence_start(one.lead)
            if sentence != start:
                first, start = place, sentence
            related = self._relate(place, first, start)
            if one.start < self.notes_end and related.relation in (Relation.REFERS_TO, Relation.AMENDED_BY):
                related = Related(Relation.CONSOLIDATES)
            self.done.append(related)
            self.antecedents.add(one.mention, one.start, related.relation)
        return self.done

    # --- one number

    def _relate(self, place: int, first: int, sentence: int) -> Related:
        one = self.named[place]
        self.topics.append(False)
        if self.own_key is not None and symbol_key(one.mention.canonical) == self.own_key:
            self.topics[place] = self._opens_sentence(one, sentence)
            return Related(Relation.OWN)
        before = self._visible_before(place, first)
        previous = before[-1] if before else None
        low = self.named[previous].end if previous is not None else sentence
        cue = self._nearest_cue(one, low, sentence)
        if "kèm theo" in self.masked[one.lead : one.start] and (cue is None or cue.relation not in _CHANGES):
            return Related(Relation.ATTACHED)  # "Phụ lục I kèm theo Nghị định số …"
        listed = previous is not None and self._is_joined(low, one)
        if listed and previous is not None and (cue is None or self._is_title_cue(cue, previous, one)):
            self.topics[place] = self.topics[previous]
            if self.topics[previous]:
                return self._judge_by_what_follows(place) or Related(Relation.REFERS_TO)
            return self._same_list(previous, low, one)
        if cue is None:
            return self._relate_bare(place, previous, sentence)
        if cue.kind is _Kind.CLOSE and cue.relation is Relation.REPORTED:
            return Related(Relation.REPORTED)
        relation = cue.relation
        if relation is Relation.REFERS_TO and one.issued and cue.kind is _Kind.WEAK:
            return Related(Relation.REPORTED)
        if relation is Relation.REFERS_TO and previous is None and self._is_subject(cue, sentence):
            ended = self._judge_by_what_follows(place)
            if ended is not None and ended.relation is Relation.ABROGATES:
                return ended
        if self._is_recital(sentence) and cue.kind is _Kind.WEAK:
            titled = previous is not None and self._in_title(previous, cue)
            relation = Relation.REFERS_TO if titled else Relation.BASED_ON
        return Related(relation, self._subject(cue, relation, previous, one, sentence))

    def _same_list(self, previous: int, low: int, one: Named) -> Related:
        """What the list has; behind a semicolon, not what an item of it suffers ("A, được sửa đổi theo B; C")."""
        related = self.done[previous]
        if related.relation in _BY and ";" in self.masked[low : one.lead]:
            item = self._last_named(related.subject, previous)
            related = self.done[item] if item is not None else Related(Relation.REFERS_TO)
        return Related(Relation.REFERS_TO) if related.relation is Relation.OWN else related

    def _last_named(self, symbol: str | None, before: int) -> int | None:
        """The nearest earlier mention of a number."""
        if symbol is None:
            return None
        key = symbol_key(symbol)
        places = (i for i in range(before - 1, -1, -1) if symbol_key(self.named[i].mention.canonical) == key)
        return next(places, None)

    def _relate_bare(self, place: int, previous: int | None, sentence: int) -> Related:
        """A number that no cue leads in."""
        one = self.named[place]
        if one.issued:
            return Related(Relation.REPORTED)
        if self._is_recital(sentence):
            return Related(Relation.BASED_ON)
        if self._is_head_number(one):
            return Related(Relation.OWN)
        if previous is None:
            self.topics[place] = self._opens_sentence(one, sentence)
            listed = self._of_list_above(one, sentence)
            if listed is not None:
                return listed
            if any(start <= one.start < end for start, end in self.repeals):
                return Related(Relation.ABROGATES)
            return self._judge_by_what_follows(place) or Related(Relation.REFERS_TO)
        return Related(Relation.REFERS_TO)

    def _is_head_number(self, one: Named) -> bool:
        """A line "Số: 15/QĐ-UBND" near the top of a page whose number nobody gave."""
        if self.own_key is not None or one.mention.start > 1500:
            return False
        line = self.plain.rfind("\n", 0, one.mention.start) + 1
        end = self.plain.find("\n", one.mention.end)
        tail = self.plain[one.mention.end : end if end >= 0 else len(self.plain)].strip(" |*")
        if _HEAD_NUMBER.fullmatch(self.plain[line : one.mention.start]) and not tail:
            self.own_key = symbol_key(one.mention.canonical)
            self.antecedents.own = one.mention.canonical
            return True
        return False

    # --- where it stands

    def _sentence_start(self, position: int) -> int:
        nearest = bisect_right(self.breaks, position) - 1
        return self.breaks[nearest] if nearest >= 0 else 0

    def _opens_sentence(self, one: Named, sentence: int) -> bool:
        return _is_label_only(self.masked[sentence : one.start])

    def _visible_before(self, place: int, first: int) -> list[int]:
        """The numbers before this one in its sentence, without those in brackets that are closed."""
        start = self.named[place].lead
        return [
            earlier
            for earlier in range(first, place)
            if not self._in_closed_aside(self.named[earlier].start, start)
        ]

    def _in_closed_aside(self, position: int, seen_from: int) -> bool:
        nearest = bisect_right(self.asides, position, key=lambda aside: aside[0]) - 1
        return nearest >= 0 and position < self.asides[nearest][1] <= seen_from

    def _is_recital(self, sentence: int) -> bool:
        return _RECITAL.match(self.masked, sentence) is not None

    def _is_joined(self, low: int, one: Named) -> bool:
        between = self.masked[low : one.lead]
        return (
            _JOINED.search(between) is not None or _TYPE_HEAD.search(self.plain[low : one.start]) is not None
        )

    def _is_subject(self, cue: _Cue, sentence: int) -> bool:
        """Whether provisions of the number open the sentence: "Các quy định tại Điều 5 Thông tư số … hết hiệu lực"."""
        return _PROVISIONS.fullmatch(self.masked[sentence : cue.start]) is not None

    # --- the cue

    def _nearest_cue(self, one: Named, low: int, sentence: int) -> _Cue | None:
        """The cue that leads in a number; `low` is where the number before it ends."""
        weak: _Cue | None = None
        joined = self._is_joined(low, one)
        for cue in self._cues_backwards(low, one.lead):
            if self._in_closed_aside(cue.start, one.lead):
                continue
            between = self.masked[cue.end : one.lead]
            if ";" in between.rstrip(" ;\n") and not joined:
                break
            if cue.kind is _Kind.IDLE or self._is_own_title(cue, between):
                continue
            if cue.kind is _Kind.CLOSE:
                if not re.fullmatch(r"\s*(?:các|một số|những|bộ|\(|[“\"])?\s*", between):
                    continue
            elif cue.relation in _ACTING and not _reaches(cue, between):
                continue
            if cue.kind is _Kind.WEAK:
                weak = weak or cue
                continue
            if self._is_of_unnamed(cue):
                return replace(cue, relation=Relation.REFERS_TO)
            if cue.relation is Relation.REFERS_TO and (governing := self._changes_provisions(cue, one, low)):
                return governing
            if weak is None or self._governs_preposition(cue, weak):
                return cue
            return weak
        return weak

    def _is_own_title(self, cue: _Cue, between: str) -> bool:
        """Whether a verb belongs to the title of the law that the number is of.

        "Luật sửa đổi, bổ sung một số điều của Luật A, Luật B số 5": with several laws named without number,
        the number at their end is that of the amending law.
        """
        if (
            cue.relation is not Relation.AMENDS
            or "\x00" in between
            or not re.search(r"(?:[,;]|(?<!\w)và)\s*(?:luật|\Z)", between)
        ):
            return False
        return re.search(r"luật\s+\Z", self.masked[max(0, cue.start - 8) : cue.start]) is not None

    def _is_of_unnamed(self, cue: _Cue) -> bool:
        """Whether a verb is the name of another act: "kể từ ngày Nghị định sửa đổi, bổ sung … có hiệu lực"."""
        before = self.masked[max(0, cue.start - _NEAR) : cue.start]
        return cue.relation in _CHANGES and _UNNAMED_ACT.search(before) is not None

    def _changes_provisions(self, cue: _Cue, one: Named, low: int) -> _Cue | None:
        """The verb whose object are provisions "quy định tại" the number: "bãi bỏ các quy định về … tại …"."""
        if _STANDING_IN.search(self.masked[cue.start : one.lead]) is None:
            return None
        for verb in self._cues_backwards(low, cue.start):
            between = self.masked[verb.end : one.lead]
            if verb.relation in _CHANGES:
                of = _PROVISIONS_OF.match(between) if len(between) <= 2 * _FAR else None
                # "thuốc thay thế quy định tại …": only with "các", "một số" is that sure to be a verb.
                governs = of is not None and (verb.relation is not Relation.REPLACES or of["some"])
                return verb if governs and not self._is_of_unnamed(verb) else None
            if verb.relation is not Relation.REFERS_TO:
                return None
        return None

    def _cues_backwards(self, low: int, high: int) -> Iterator[_Cue]:
        place = bisect_right(self.cues, high, key=lambda cue: cue.end) - 1
        while place >= 0 and self.cues[place].start >= low:
            yield self.cues[place]
            place -= 1

    def _governs_preposition(self, cue: _Cue, weak: _Cue) -> bool:
        """Whether the verb reaches over "tại", "theo": "căn cứ ý kiến … tại", "bãi bỏ khoản 2 … tại"."""
        between = self.masked[cue.end : weak.start]
        word = self.masked[weak.start : weak.end]
        if cue.relation is Relation.BASED_ON:
            return True
        if cue.relation in _CHANGES:
            return word != "theo" and len(between) < 160 and ";" not in between
        if cue.relation is Relation.IMPLEMENTS:
            return (
                word == "tại"
                and re.match(
                    r"\s+(?:(?:các |sự |nghiêm |đúng )*(?:ý kiến |nhiệm vụ |nội dung )?(?:chỉ đạo|kết luận|giao))",
                    between,
                )
                is not None
                and len(between) < 120
            )
        return cue.kind is _Kind.FIRM and cue.relation in _BY

    def _is_title_cue(self, cue: _Cue, previous: int, one: Named) -> bool:
        """Whether a cue between two numbers of a list stands in the title of the first.

        "thực hiện Nghị định số 1 hướng dẫn Luật Đất đai và Nghị quyết số 2": both are carried out. Where the
        verb has the number itself for its object, or opens a clause of its own, it is no title.
        """
        between = self.masked[cue.end : one.lead]
        if ";" in between:
            return True
        if self.topics[previous] or self.done[previous].relation is Relation.OWN:
            return False
        mark = _JOINED.search(between)
        if mark is not None and not between[: mark.start()].strip():
            return False
        return not (self._opens_clause(cue) and _DOCUMENT_NEXT.match(between) is not None)

    def _opens_clause(self, cue: _Cue) -> bool:
        """Whether a mark or "và" stands right before a cue: a clause of its own."""
        place = bisect_left(self.cues, cue.start, key=lambda other: other.start) - 1
        if place >= 0 and _CHAIN.fullmatch(self.masked[self.cues[place].end : cue.start]):
            return self._opens_clause(self.cues[place])  # "tạm ngưng hiệu lực và điều chỉnh …"
        return _OPENS_CLAUSE.search(self.masked[max(0, cue.start - 24) : cue.start]) is not None

    def _in_title(self, previous: int, cue: _Cue) -> bool:
        """Whether a cue stands in the title that follows a number: "Quyết định số 5 của … về việc …"."""
        between = self.masked[self.named[previous].end : cue.start]
        return ";" not in between and _TITLE_OPENS.match(between) is not None

    # --- who does it

    def _subject(
        self, cue: _Cue, relation: Relation, previous: int | None, one: Named, sentence: int
    ) -> str | None:
        subject: str | None = None
        if previous is not None and self._acts(previous, cue, relation):
            subject = self._symbol(previous)
        elif relation is not Relation.REFERS_TO and (previous is None or relation not in _BY):
            subject = self._actor(sentence, one.lead)
        if subject is not None and symbol_key(subject) in (self.own_key, symbol_key(one.mention.canonical)):
            return None
        return subject

    def _symbol(self, place: int) -> str | None:
        if self.done[place].relation is Relation.OWN:
            return None
        return self.named[place].mention.canonical

    def _acts(self, previous: int, cue: _Cue, relation: Relation) -> bool:
        """Whether the number before is the one that the cue speaks of."""
        between = self.masked[self.named[previous].end : cue.start]
        if relation in _BY:
            return ";" not in between
        if ";" in between or self._other_body_acts(previous, cue):
            return False
        if self.topics[previous] or self.done[previous].relation is Relation.REPORTED:
            return relation in _ACTING or relation is Relation.BASED_ON or cue.of_title
        if self._opens_clause(cue):
            return False
        if relation in _ACTING or cue.of_title:
            return True
        return relation is not Relation.BASED_ON and self._in_title(previous, cue)

    def _other_body_acts(self, previous: int, cue: _Cue) -> bool:
        """ "…, UBND tỉnh bãi bỏ …": the body named after a comma does it, not the number before."""
        start = self.named[previous].end
        between = self.plain[start : cue.start]
        return any(
            (end := read_issuer(self.plain, start + comma.end())) is not None and end <= cue.start
            for comma in re.finditer(r",\s+(?=[^\W\d_])", between)
        )

    def _actor(self, sentence: int, position: int) -> str | None:
        """The document that "Nghị định này", "Thông tư quy định" in the sentence up to a place stands for."""
        if self.own_key is not None:
            return None
        return self.antecedents.actor(sentence, position)

    # --- lists and what follows

    def _of_list_above(self, one: Named, sentence: int) -> Related | None:
        """The relation of the list that a number at the head of its line is an item of."""
        line = self.masked.rfind("\n", 0, one.start) + 1
        if not _is_label_only(self.masked[line : one.lead]) or line == 0:
            return None
        end = line - 1
        for _ in range(40):
            start = self.masked.rfind("\n", 0, end) + 1
            above = self.masked[start:end].strip()
            if (heading := _LIST_HEADING.fullmatch(above)) is not None:
                return Related(_HEADINGS[str(heading.lastgroup)])
            if above.endswith(":"):
                return self._read_list_head(start, start + len(self.masked[start:end].rstrip()), one)
            label = _LABEL.match(above)
            if start == 0 or (above and label is None and "\x00" not in above[:40]):
                return None
            end = start - 1
        return None

    def _read_list_head(self, start: int, end: int, one: Named) -> Related | None:
        head = self.masked[start:end]
        ends = re.search(r"hết hiệu lực|bị bãi bỏ", head)
        if ends is not None:
            return Related(Relation.ABROGATES, self._actor(start, end))
        if "\x00" in head and not head.rstrip(": ").endswith(("bởi", "theo", "tại")):
            return None
        for cue in self._cues_backwards(start, end):
            if self._in_closed_aside(cue.start, end):
                continue
            object_at = cue.end - start
            if cue.kind is _Kind.FIRM and (
                _LIST_OBJECT.match(head, object_at) or _ANNOUNCED.match(head, object_at)
            ):
                previous = self._last_before(cue.start, start) if cue.relation in _BY else None
                subject = self._symbol(previous) if previous is not None else self._actor(start, end)
                return Related(cue.relation, subject)
        return None

    def _last_before(self, position: int, low: int) -> int | None:
        place = bisect_left(self.named, position, key=lambda named: named.start) - 1
        return place if place >= 0 and self.named[place].start >= low else None

    def _judge_by_what_follows(self, place: int) -> Related | None:
        """ "… hết hiệu lực", "… được Quốc hội thông qua" behind a number that nothing leads in."""
        one = self.named[place]
        after = bisect_left(self.breaks, one.end)
        end = self.breaks[after] if after < len(self.breaks) else len(self.masked)
        tail = self.masked[one.end : min(end, one.end + 900)]
        ending = _ENDS.search(tail)
        if ending is not None and not _KEEPS.search(tail, 0, ending.start()):
            lead = self.masked[self._sentence_start(one.lead) : one.lead]
            if not re.search(r"(?:đến khi|khi|nếu|trước ngày)\s*\Z", lead):
                return Related(
                    Relation.ABROGATES, self._actor(self._sentence_start(one.lead), one.end + len(tail))
                )
        if _IS_ISSUED.match(
            self.plain[one.end : one.end + tail.find("\x00")]
            if "\x00" in tail
            else self.plain[one.end : one.end + len(tail)]
        ):
            return Related(Relation.REPORTED)
        return None


# An act that is named by what it does alone, where its sentence speaks of it as of another.
_UNNAMED_ACT = re.compile(
    r"(?<!\w)(?:ngày|khi|lúc|thời điểm)\s+(?:các\s+)?(?:bộ luật|luật|nghị định|nghị quyết|thông tư|quyết định|chỉ thị|pháp lệnh)"
    r"\s+\Z"
)
_STANDING_IN = re.compile(r"(?<!theo )(?:(?:quy định|nội dung) )?(?:tại|trong|ở)\s+(?:các\s+)?\Z")
_PROVISIONS_OF = re.compile(
    r"\s+(?P<some>toàn bộ |một số |các |những )*(?:quy định|nội dung)\s"
    r"(?:(?!(?<!\w)(?:để|nhằm|bảo đảm|đảm bảo|phù hợp|theo|căn cứ|so với|khi|do|vì)(?!\w))[^.;:\x00])*\Z"
)
# Headings of lists in pages that tell of a document section by section.
_HEADINGS = {"basis": Relation.BASED_ON, "replaced": Relation.REPLACES, "abrogated": Relation.ABROGATES}
_LIST_HEADING = re.compile(
    r"#+\s*(?:\d+\.\s*)?(?:(?P<basis>căn cứ(?: pháp lý| pháp luật| ban hành)?)"
    r"|(?P<replaced>văn bản (?:bị |được )?thay thế)|(?P<abrogated>văn bản (?:bị )?(?:bãi bỏ|hết hiệu lực)))\s*:?"
)
_HEAD_NUMBER = re.compile(r"[|*\s-]*S(?:ố|Ố|o)(?:,? (?:ký )?hi(?:ệ|e)u(?: văn bản)?)?\W*[:|]\s*\**\s*")
_DOCUMENT_NEXT = re.compile(
    r"\s*(?:các\s+)?(?:(?:bộ )?luật|pháp lệnh|hiến pháp|nghị|quyết định|thông tư|kết luận|chỉ thị|đề án|kế hoạch)(?!\w)"
)
_PROVISIONS = re.compile(
    rf"\s*(?:{_LABEL.pattern})?(?:kể từ ngày [^;.\x00]{{0,80}}, )?(?:các |những )?(?:quy định|nội dung|điều khoản)?[^,;.:\x00]{{0,120}}",
    re.IGNORECASE,
)
_CHAIN = re.compile(r"\s*(?:,|và|, và|hoặc)\s*")
_OPENS_CLAUSE = re.compile(r"(?:[,;:(]|(?<!\w)(?:và|để|nhằm|đồng thời|sẽ|đã|thì))\s*\Z")
_ENDS = re.compile(
    r"(?<!\w)(?:hết hiệu lực|chấm dứt hiệu lực|không còn hiệu lực|còn hiệu lực(?: thi hành)? một phần)(?!\w)"
)
_KEEPS = re.compile(r"(?<!\w)(?:có hiệu lực|nếu|khi|thì|mà|để|cho đến)(?!\w)")
_IS_ISSUED = re.compile(
    rf"[^;.\n]{{0,220}}?(?<!\w)(?:vừa |đã |mới )?(?:được|do) (?:[{UPPER}][^;.\n]{{0,80}}? )?(?:thông qua|(?:ký )?ban hành|ký)"
    r"(?! (?:kèm )?theo)(?!\w)"
)


def _reaches(cue: _Cue, between: str) -> bool:
    """Whether a number is still the object of a verb with these words between them."""
    if len(between) <= _NEAR:
        return True
    if len(between) > _FAR or (
        cue.relation in _CHANGES and len(between) > _FAR // 2 and "\x00" not in between
    ):
        return _OF.search(between) is not None and len(between) <= 2 * _FAR
    return "," not in between or _OF.search(between) is not None


_OF = re.compile(r"(?<!\w)(?:của|tại|trong|theo|và|,|;)\s*(?:các\s*)?\Z")


def _end_of_notes(plain: str) -> int:
    """Where the lines of a consolidated text end that list the acts it was made from."""
    recital = re.search(r"\n\s*[“\"]?(?:Căn cứ|Điều 1[.:\s]|Chương I\b)", plain)
    return recital.start() if recital is not None else 0


_REPEAL_LIST = re.compile(
    r"^[ \t#*]*(?:(?:phụ lục|phần)\s*[\w.:]*\s*)?(?:danh mục|danh sách)\s(?:(?!đề xuất|cần|sửa đổi)[^\n;]){0,160}?"
    r"(?:\n(?!\s*\()[^\n;\d]{0,120}?)?(?:bị bãi bỏ|bãi bỏ|hết hiệu lực)",
    re.IGNORECASE | re.MULTILINE,
)
_NEXT_PART = re.compile(r"^[ \t#*]*(?:phụ lục|danh mục|danh sách|nơi nhận)\b", re.IGNORECASE | re.MULTILINE)


def _find_repeal_lists(plain: str) -> Iterator[tuple[int, int]]:
    """The appendices that list acts without force: "DANH MỤC VĂN BẢN … BÃI BỎ" up to the next part."""
    for head in _REPEAL_LIST.finditer(plain):
        following = _NEXT_PART.search(plain, head.end())
        yield head.end(), following.start() if following is not None else len(plain)


def _is_label_only(text: str) -> bool:
    label = _LABEL.match(text.strip())
    rest = text.strip()[label.end() :] if label is not None else text
    return _AFTER_LABEL.fullmatch(rest.strip(' “"*#|')) is not None


def _mask(plain: str, named: Sequence[Named]) -> str:
    """The text in small letters; numbers with their type words are none of its words.

    Each number becomes as many NUL as it has characters: "Hướng dẫn số 5-HD/TU" is no cue.
    """
    pieces, done = [], 0
    for one in named:
        low = max(done, one.start)
        pieces += [plain[done:low], "\x00" * (one.mention.end - low)]
        done = one.mention.end
    return _lower("".join([*pieces, plain[done:]]))


def _lower(text: str) -> str:
    """Small letters, one for one (a few capitals have a small form of two code points)."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c if len(c.lower()) > 1 else c.lower() for c in text)


def _windows(named: Sequence[Named], length: int) -> tuple[tuple[int, int], ...]:
    """The stretches of a text around its numbers: nothing farther away bears on them."""
    windows: list[tuple[int, int]] = []
    for one in named:
        low, high = max(0, one.lead - _BEFORE), min(length, one.end + _BEHIND)
        if windows and low <= windows[-1][1]:
            windows[-1] = (windows[-1][0], max(high, windows[-1][1]))
        else:
            windows.append((low, high))
    return tuple(windows)


def _find_cues(masked: str, windows: Sequence[tuple[int, int]]) -> Iterator[_Cue]:
    flat = masked.replace("\n", " ")  # cues run over wrapped lines
    for low, high in windows:
        for match in _CUE.finditer(flat, low, high):
            name = str(match.lastgroup)
            relation, kind = _READ[name]
            yield _Cue(relation, kind, match.start(), match.end(), name == "REFT")


def _find_breaks(
    plain: str, masked: str, cues: Sequence[_Cue], windows: Sequence[tuple[int, int]]
) -> Iterator[int]:
    """Where sentences begin: behind full stops, line ends that are no wraps, and colons that open no list."""
    for mark in (found for low, high in windows for found in _BREAK.finditer(masked, low, high)):
        if mark["line"] is not None:
            if not _is_wrap(plain, mark):
                yield mark.end()
        elif mark["stop"] == ":":
            if not _opens_list(masked, mark.start(), cues):
                yield mark.end()
        elif not (mark["stop"] == "." and _is_abbreviated(masked, mark.start())):
            yield mark.end()


def _is_abbreviated(masked: str, position: int) -> bool:
    """The point of "TP. Hà Tĩnh", of "TM. UBND" and of a label ("1. ") ends no sentence."""
    return (
        re.search(r"(?<!\w)(?:tp|tx|tm|kt|tl|q|p|h|gs|ts|ths)\Z", masked[max(0, position - 4) : position])
        is not None
    )


def _is_wrap(plain: str, mark: re.Match[str]) -> bool:
    """Whether a sentence goes on over a line end."""
    if mark[0].count("\n") > 2 or mark.end() == len(plain) or mark.start() == 0:
        return False
    before, after = plain[max(0, mark.start() - 12) : mark.start()], plain[mark.end() : mark.end() + 12]
    if _OPEN_END.search(before):
        return True
    if after[0].islower():
        return before[-1] not in ".;:!?" and _LABEL.match(after) is None
    both = (before.split()[-1] + after.split()[0]).strip(".,;:")
    return both.replace(",", "").isalpha() and both.isupper() and mark[0].count("\n") == 1


def _opens_list(masked: str, position: int, cues: Sequence[_Cue]) -> bool:
    """Whether a colon goes on: "Số: 15/QĐ-UBND", "thay thế các văn bản sau: …" in one line."""
    if _SO.search(masked[max(0, position - 4) : position]):
        return True
    nearest = bisect_right(cues, position, key=lambda cue: cue.end) - 1
    if nearest < 0 or cues[nearest].kind is not _Kind.FIRM:
        return False
    between = masked[cues[nearest].end : position]
    return len(between) <= _LIST_COLON and not re.search(r"[.;\n]", between)
