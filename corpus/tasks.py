"""Tasks: who is ordered, asked or bound to do what, and by when, with the words that say so.

Four forms are read: an order ("yêu cầu Sở X …"), a body with its duty ("Sở X có trách nhiệm …", "Bộ Y chủ
trì …"), items below an opening line that names the body ("Sở X:", "Giao Sở X:", "Điều 9. Trách nhiệm của Sở
X"), and the further sentences of such an item. A page that reports gives only orders.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.actors import Bound, begins_with_verb, read_actor, read_bound, read_implementers
from corpus.lines import TextLine
from corpus.models import Document, DocumentKind
from corpus.norms import NORMATIVE_TYPES, lists_procedures
from corpus.sentences import Span, find_sentences
from corpus.task_deadlines import find_deadline, year_of_dates
from corpus.task_lines import LABEL, find_binding_lines, flatten
from corpus.task_orders import ORDER, gives_order
from corpus.text import fold_spaces


class TaskKind(StrEnum):
    """How somebody is bound."""

    ORDER = "order"
    RESPONSIBILITY = "responsibility"
    REQUEST = "request"
    GOAL = "goal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing to be done by somebody; all spans are of the stored text."""

    actor: str
    actor_spans: tuple[Span, ...]  # may stand above the evidence, in an opening line
    action: str
    action_span: Span
    deadline: str | None  # "2025-12-31", "2023-06", "2025"; None also where the limit is relative
    deadline_span: Span | None
    kind: TaskKind
    start: int  # the sentence or item with the action
    end: int


_NORMATIVE = NORMATIVE_TYPES | {"Quyết định"}
_RANKS = {"roman": 1, "dieu": 2, "arabic": 3, "deep": 4, "letter": 5, "dash": 6}
_NO_LABEL = 7
_OPENER = re.compile(
    r"(?:Thứ (?:nhất|hai|ba|tư|năm|sáu|bảy)(?=,)|Trong|Trường hợp|Sau khi|Căn cứ|Khi|Trên cơ sở|Hằng năm|Hàng năm|Định kỳ|Đối với|Trước|Chậm nhất|Quá thời hạn|Từ ngày|Theo(?!\s+dõi)|Riêng|Tùy|Ngay)\s",
    re.IGNORECASE,
)
_RESPONSIBLE = re.compile(
    r"(?:Trách nhiệm|Nhiệm vụ(?:(?:,| và) quyền hạn)?)(?:\s+(?:thi hành|thực hiện|quản lý|tổ chức thực hiện))?\s+của\s+(?:các\s+)?",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"(?<!\w)được\s+(?:[A-ZĐỦ][^,;]{2,40}|[A-ZĐ]\w+(?:,\s[^,;]{2,40})*)\Z")
_BOUND_BEFORE = re.compile(r"(?<!\w)(?:phải|có trách nhiệm|được quyền)(?!\w)")
# What these words begin is done in the items below; any other verb is a task by itself.
_OPENS = re.compile(
    r"(?:có\s+trách\s+nhiệm|có\s+nhiệm\s+vụ|phải|chủ\s+trì|phối\s+hợp|tập\s+trung|tiếp\s+tục|khẩn\s+trương|thực\s+hiện)(?!\w)"
)
_CLAUSE = re.compile(
    r"(?:Đồng thời|Là (?:cơ quan|đơn vị) (?:đầu mối|thường trực)|Trên cơ sở|Căn cứ|Trong (?:bối cảnh|thời hạn|quá trình|tháng|năm|quý)|Trước ngày|Chậm nhất|Hằng năm|Hàng năm|Định kỳ|Theo (?:chức năng|thẩm quyền)|Đối với|Khi(?! nào)|Từ nay)(?!\w)",
    re.IGNORECASE,
)
_ENDS = '.;:,!/)”"’…'
_CHARGED = ("có trách nhiệm", "chịu trách nhiệm")
_TITLED = re.compile(r"[A-ZĐ][^:;.]{3,60}:\s+(?=[A-ZĐỦ])")  # "Báo cáo tháng: Sở X tổng hợp …"
_HEADING = re.compile(r"[Cc]ơ quan[^:.;]{1,90}:\s+[A-ZĐ]")  # "Cơ quan trực tiếp thực hiện: Sở X."
_DUTY_ENDING = re.compile(
    r"[\s,]*(?:có (?:trách nhiệm|nhiệm vụ)|chịu trách nhiệm|chủ trì|thực hiện(?: các nhiệm vụ)?|(?:các )?nhiệm vụ|như sau|sau(?: đây)?)?"
    r"(?:\s*(?:như sau|sau đây|sau))?\s*:?\s*\Z",
    re.IGNORECASE,
)
_WITHIN = re.compile(r"\s+(?:trong|khi|đối\s+với)\s")
_CONCERNS = re.compile(r"Đối với\s+(?:các\s+)?(?=\S)")
_TABLE = re.compile(r":\s*\d+\s+bản|\||_{3,}|…/|\s…\s|\.{4,}|\[ghi|<tên|\(\d\):$")  # also forms to fill in
# Powers handed down are no task: "UBND cấp xã ban hành tiêu chuẩn" of a decision that hands down who decides.
_HANDS_DOWN = re.compile(
    r"(?<!\w)(?:phân cấp|ủy quyền|uỷ quyền|thẩm quyền (?:quyết định|ban hành|phê duyệt))", re.IGNORECASE
)
_POWER = re.compile(r"(?:cấp phép|cấp giấy|ban hành|quyết định|phê duyệt|xem xét)(?!\w)", re.IGNORECASE)
# To answer for something is no task by itself.
_LIABLE = re.compile(
    r"(?:phải\s+)?(?:tự\s+)?chịu\s+trách\s+nhiệm\s+(?:toàn\s+diện\s+)?(?:về|với|đối\s+với|trước|trong)(?!\w)(?![^.;]*(?:tổ chức|thực hiện|triển khai|chỉ đạo))",
    re.IGNORECASE,
)
_STEP = re.compile(r"\(\d+(?:,\d+)?\s+(?:ngày|giờ)(?:\s+làm\s+việc)?\)\.?\Z")  # of a procedure, with its time
# A definition, an exemption, what only opens a list.
_BINDS_NOBODY = re.compile(
    r"(?<!\w)(?:gọi\s+(?:chung\s+|tắt\s+)?là|được\s+hiểu\s+là)(?!\w)[^()]*\Z"
    r"|\A.{0,80}?(?<!\w)không\s+phải\s+(?!là)|(?:trách\s+nhiệm|nhiệm\s+vụ|gồm)\s*:\Z",
    re.IGNORECASE | re.DOTALL,
)
_LIST_FOLLOWS = re.compile(r"ban\s+hành\s|như\s+sau\s*:\Z|(?:sau|đây)\s*:\Z")
# The one who issues says so of himself; nobody is told to do it.
_ENACTED = re.compile(
    r"thực\s+hiện\s+hành\s+vi|ban\s+hành\s+(?:kèm|Nghị|Thông|Quyết|Quy|Luật|Chỉ|Danh|định|danh)|(?:có\s+)?(?:thông\s+báo|trả\s+lời|ý\s+kiến)\s+(?:kết\s+quả\s+)?(?:để|xác|như|về)"
    r"|thông\s+báo\s+[^.;]{0,90}?(?:được|để)\s+biết"
)


@dataclass(frozen=True, slots=True)
class _Lead:
    """An opening line that names who does all that stands under it."""

    rank: int  # of its label; 0 where it has none
    actor: Span
    kind: TaskKind
    items: int | None = None  # the rank of what stands under it, once that is seen
    outer: _Lead | None = None  # the opening line that this one stands under

    def holds(self, rank: int) -> bool:
        """Whether a line of a rank still stands under it."""
        return rank > self.rank and (self.items is None or rank >= self.items)


class _Reading:
    """One document while its tasks are read."""

    def __init__(self, document: Document) -> None:
        facts = document.facts
        self.text = document.text
        self.day = facts.issued_on.value if facts.issued_on else (document.published_at or "")[:10] or None
        self.year = int(self.day[:4]) if self.day else year_of_dates(document.text)
        self.reports = facts.kind is not DocumentKind.OFFICIAL
        self.flat = self.text
        self.letter = facts.type is not None and facts.type.value in ("Công văn", "Thông báo")
        self.procedures = lists_procedures(document)
        self.issuer = facts.issuer.value.lower() if facts.issuer else ""
        normative = facts.type is None or facts.type.value in _NORMATIVE
        self.norms = facts.type is not None and facts.type.value in NORMATIVE_TYPES
        self.hands_down = _HANDS_DOWN.search(facts.title.value if facts.title else document.title) is not None
        self.usual = TaskKind.RESPONSIBILITY if normative else TaskKind.ORDER

    def read(self) -> Iterator[Task]:
        lead: _Lead | None = None
        lines = list(find_binding_lines(self.text, reports=self.reports, procedures=self.procedures))
        self.flat = flatten(self.text, lines)
        for line, following in zip(lines, [*lines[1:], None], strict=True):
            label = LABEL.match(line.text)
            rank = _RANKS[label.lastgroup or "dash"] if label else _NO_LABEL
            start = line.start + (label.end() if label else 0)
            while lead is not None and not lead.holds(rank):
                lead = lead.outer
            opened = None if self.reports else self._open(line, start, rank, following)
            if opened is not None:
                # "Giao các sở:" above "1. Sở Y tế:" makes an order of what stands under both
                ordered = lead is not None and lead.kind is TaskKind.ORDER
                lead = replace(opened, outer=lead, kind=TaskKind.ORDER if ordered else opened.kind)
                continue
            found = list(self._read_line(line, start, lead))
            yield from found
            if lead is not None and rank == _NO_LABEL and (not found or lead.items not in (None, rank)):
                lead = lead.outer
            if lead is not None and lead.items is None:
                lead = replace(lead, items=rank)

    def _open(self, line: TextLine, start: int, rank: int, following: TextLine | None) -> _Lead | None:
        """The body that a heading or opening line names, with nothing yet to be done."""
        if line.end - start > 260 or start >= line.end:
            return None
        order = ORDER.match(self.text[start : line.end])
        at = start + order.end() if order else start
        colon = self.text[line.end - 1] == ":" or (rank != _NO_LABEL and self._runs_on(line, following))
        if colon and (concern := _CONCERNS.match(self.text, at, line.end)):
            at = concern.end()
        titled = _RESPONSIBLE.match(self.text, start, line.end)
        if titled is not None:
            at = titled.end()
        elif not colon and (rank in (_NO_LABEL, _RANKS["dash"]) or self.text[line.end - 1] in ".;,"):
            return None
        ending = _DUTY_ENDING.search(self.text, at, line.end)
        until = ending.start() if ending else line.end
        if titled and (within := _WITHIN.search(self.text, at, until)):
            until = within.start()
        actor = read_actor(self.text, at, until, named=titled is not None)
        if actor is None and colon and following is not None and self._is_item(following):
            bound = read_bound(
                self.text, at, line.end
            )  # "Sở X chủ trì, phối hợp với các sở:" above "a) Rà soát …"
            opens = bound is not None and _OPENS.match(self.text, bound.action)
            actor = (bound.start, bound.end) if bound and opens else None
        if actor is None:
            return None
        kind = _kind_of_order(order["verb"]) if order else self.usual
        return _Lead(rank if rank < _NO_LABEL else 0, Span(*actor), kind)

    def _runs_on(self, line: TextLine, following: TextLine | None) -> bool:
        """Whether a line lacks its colon: no mark ends it, and the next one says what is to be done."""
        return (
            self.text[line.end - 1] not in ".;,:/!…"
            and following is not None
            and following.text[0].isupper()
            and begins_with_verb(self.text, following.start)
        )

    def _is_item(self, line: TextLine) -> bool:
        """Whether a line says at once what is to be done."""
        label = LABEL.match(line.text)
        return begins_with_verb(self.text, line.start + (label.end() if label else 0))

    def _read_line(self, line: TextLine, start: int, lead: _Lead | None) -> Iterator[Task]:
        actor: tuple[Span, TaskKind] | None = (lead.actor, lead.kind) if lead else None
        told = False
        for number, sentence in enumerate(find_sentences(self.flat, start, line.end)):
            begin = max(sentence.start, start)
            task = self._read_order(begin, sentence)
            duty = None if self.reports else self._read_duty(begin, sentence, lead)
            action = self._item_action(begin, sentence.end) if actor and (number == 0 or told) else None
            # "Trên cơ sở đề xuất, chủ trì, phối hợp với các sở, UBND các xã bố trí …": the first verb tells whose it is
            ordered = actor is not None and actor[1] is TaskKind.ORDER
            first = duty is None or (ordered and action is not None and action < duty.actor_spans[0].start)
            if action is not None and self._is_power(action):
                action = None
            if task is None and action is not None and actor is not None and first:
                task = self._make(begin, sentence, (actor[0],), action, actor[1])
            if (
                task is None
                and duty
                and _BINDS_NOBODY.search(self.flat[duty.action_span.start : sentence.end])
            ):
                continue
            task = task or duty
            if task is not None and _STEP.search(self.flat, begin, sentence.end):
                task = None
            if (
                task is not None and self.text[sentence.end - 1] in _ENDS
            ):  # a cell or a torn line says nothing whole
                told = True
                actor = (task.actor_spans[0], task.kind)
                yield task

    def _is_power(self, action: int) -> bool:
        return self.hands_down and _POWER.match(self.text, action) is not None

    def _item_action(self, begin: int, end: int) -> int | None:
        """Where an item says what is to be done: at its head, or behind an opening clause ("Trên cơ sở …, chủ trì …")."""
        if begins_with_verb(self.text, begin):
            return begin
        if _CLAUSE.match(self.text, begin, end) is None:
            return None
        for comma in re.finditer(r",\s+", self.text[begin:end]):
            if begins_with_verb(self.text, begin + comma.end()):
                return begin + comma.end()
        return None

    def _read_order(self, begin: int, sentence: Span) -> Task | None:
        """ "Yêu cầu Sở X rà soát …", also with the one who orders before it."""
        match = ORDER.search(self.text[begin : sentence.end])
        if match is None:
            return None
        if not gives_order(
            self.text[begin : begin + match.start()], match["verb"], reports=self.reports, norms=self.norms
        ):
            return None
        bound = read_bound(self.text, begin + match.end(), sentence.end, told=True)
        if bound is None:
            return None
        return self._make(
            begin, sentence, (Span(bound.start, bound.end),), bound.action, _kind_of_order(match["verb"])
        )

    def _read_duty(self, begin: int, sentence: Span, lead: _Lead | None) -> Task | None:
        """ "Sở X có trách nhiệm …", "Bộ Y tiến hành …", also after "Trong thời hạn …,"."""
        if closing := read_implementers(self.text, begin, sentence.end):
            bodies, duty = closing
            spans = tuple(Span(*body) for body in bodies)
            return self._make(begin, sentence, spans, duty, TaskKind.RESPONSIBILITY)
        for at in self._subjects(begin, sentence.end):
            bound = read_bound(self.text, at, sentence.end)
            if (
                bound is None
                or _ENACTED.match(self.text, bound.action)
                or self._is_issuer(bound, sentence.end)
            ):
                continue
            if _TABLE.search(self.text, bound.action, sentence.end) or sentence.end - bound.action < 20:
                continue
            if _LIABLE.match(self.text, bound.action, sentence.end):
                continue
            if bound.duty is None and self._is_power(bound.action):
                continue
            if bound.duty is None and self.text[sentence.end - 1] == ";":  # "14. Vụ Kiểm sát án dân sự;"
                continue
            named = at == begin or self.text[at].isupper()
            if (not named and bound.duty not in _CHARGED) or _HEADING.match(self.text, at, sentence.end):
                continue
            kind = TaskKind.ORDER if lead is not None and lead.kind is TaskKind.ORDER else self.usual
            if bound.duty in _CHARGED:
                kind = TaskKind.RESPONSIBILITY
            elif bound.duty == "phấn đấu":
                kind = TaskKind.GOAL
            return self._make(begin, sentence, (Span(bound.start, bound.end),), bound.action, kind)
        return None

    def _subjects(self, begin: int, end: int) -> Iterator[int]:
        """Where the subject of a sentence may begin: at its head, or after an opening condition or limit."""
        yield begin
        if titled := _TITLED.match(self.text, begin, end):
            yield titled.end()
        if _OPENER.match(self.text, begin) is None or (
            self.text.startswith("Căn cứ", begin) and self.text[end - 1] == ";"  # what an act is based on
        ):
            return
        if then := re.search(r"\sthì\s+", self.text[begin:end]):
            yield begin + then.end()
            return
        for match in re.finditer(r",\s+", self.text[begin:end]):
            at = begin + match.end()
            if _BOUND_BEFORE.search(self.text, begin, at):
                return
            if _PASSIVE.search(
                self.text, begin, match.start() + begin
            ):  # "được Chính phủ, Thủ tướng Chính phủ giao"
                continue
            yield at

    def _is_issuer(self, bound: Bound, end: int) -> bool:
        """Whether a letter speaks of its own sender, or an act says of its issuer that he issues it: that binds
        nobody."""
        name = fold_spaces(self.text[bound.start : bound.end]).lower().replace("ubnd", "ủy ban nhân dân")
        if bound.duty is not None or not self.issuer.startswith(name):
            return False
        return self.letter or _LIST_FOLLOWS.search(self.text[bound.action : end]) is not None

    def _make(
        self, begin: int, sentence: Span, actors: tuple[Span, ...], action: int, kind: TaskKind
    ) -> Task:
        deadline, span = find_deadline(self.text, begin, sentence.end, day=self.day, year=self.year)
        return Task(
            actor="; ".join(" ".join(self.text[span.start : span.end].split()) for span in actors),
            actor_spans=actors,
            action=" ".join(self.text[action : sentence.end].split()),
            action_span=Span(action, sentence.end),
            deadline=deadline,
            deadline_span=span,
            kind=kind,
            start=begin,
            end=sentence.end,
        )


def _kind_of_order(verb: str) -> TaskKind:
    return TaskKind.REQUEST if verb.lower() in ("đề nghị", "kiến nghị") else TaskKind.ORDER


def find_tasks(document: Document) -> tuple[Task, ...]:
    """The tasks of a document in order of appearance."""
    return tuple(_Reading(document).read())
