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
from corpus.lines import TextLine, split_lines
from corpus.models import Document, DocumentKind
from corpus.norms import NORMATIVE_TYPES, lists_procedures
from corpus.sentences import Span, find_sentences
from corpus.stated_times import find_stated_times
from corpus.task_deadlines import find_deadline
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
_LABEL = re.compile(
    r"[“\"(]?(?:(?P<roman>[IVX]{1,5}[.)]\s)|(?P<dieu>Điều\s+\d+[a-z]?\s?[.:])|(?P<deep>\d{1,2}(?:\.\d{1,2})+\.?\s)|(?P<arabic>\d{1,2}[.)])"
    r"|(?P<letter>[a-zđ]{1,2}\d?\))|(?P<dash>[-–+•*](?=\s|\w)))\s*"
)
_RANKS = {"roman": 1, "dieu": 2, "arabic": 3, "deep": 4, "letter": 5, "dash": 6}
_NO_LABEL = 7
_ORDER = re.compile(
    r"(?<!\w)(?P<verb>[Yy]êu cầu|[Gg]iao(?!\s+(?:đất|dịch|thông))|[Cc]hỉ đạo|[Pp]hân công|[Đđ]ề nghị|[Kk]iến nghị|nêu rõ)\s+(?=\S)"
)
_SUPERIOR = re.compile(
    r"(?:Thủ tướng|Phó Thủ tướng|Chính phủ|Chủ tịch|UBND|Ủy ban nhân dân|Bộ Chính trị|Ban Bí thư|Bộ trưởng|Công điện|Chỉ thị|Tỉnh ủy|Ban Thường vụ|Quốc hội"
    r"|Bộ (?=[A-ZĐ])|Sở (?=[A-ZĐ]))"
)
_OPENER = re.compile(
    r"(?:Trong|Trường hợp|Sau khi|Căn cứ|Khi|Trên cơ sở|Hằng năm|Hàng năm|Định kỳ|Đối với|Trước|Chậm nhất|Quá thời hạn|Từ ngày|Theo(?!\s+dõi)|Riêng|Tùy|Ngay)\s",
    re.IGNORECASE,
)
_RESPONSIBLE = re.compile(
    r"(?:Trách nhiệm|Nhiệm vụ(?:(?:,| và) quyền hạn)?)(?:\s+(?:thi hành|thực hiện|quản lý|tổ chức thực hiện))?\s+của\s+(?:các\s+)?",
    re.IGNORECASE,
)
_BOUND_BEFORE = re.compile(r"(?<!\w)(?:phải|có trách nhiệm|được quyền)(?!\w)")
# What these words begin is done in the items below; any other verb is a task by itself.
_OPENS = re.compile(
    r"(?:có\s+trách\s+nhiệm|có\s+nhiệm\s+vụ|phải|chủ\s+trì|phối\s+hợp|tập\s+trung|tiếp\s+tục|khẩn\s+trương|thực\s+hiện)(?!\w)"
)
_ENDS = '.;:,!/)”"’…'
_CHARGED = ("có trách nhiệm", "chịu trách nhiệm")
_TITLED = re.compile(r"[A-ZĐ][^:;.]{3,60}:\s+(?=[A-ZĐỦ])")  # "Báo cáo tháng: Sở X tổng hợp …"
_HEADING = re.compile(r"[Cc]ơ quan[^:.;]{1,90}:\s+[A-ZĐ]")  # "Cơ quan trực tiếp thực hiện: Sở X."
_DONE = re.compile(r"(?<!\w)(?:đã|từng|đang)(?!\w)")
_DUTY_ENDING = re.compile(
    r"[\s,]*(?:có (?:trách nhiệm|nhiệm vụ)|chịu trách nhiệm|chủ trì|thực hiện(?: các nhiệm vụ)?|(?:các )?nhiệm vụ|như sau|sau(?: đây)?)?"
    r"(?:\s*(?:như sau|sau đây|sau))?\s*:?\s*\Z",
    re.IGNORECASE,
)
_FIRST_ARTICLE = re.compile(r"[“\"]?Điều 1\s?[.:](?!\d)")
_ARTICLE = re.compile(r"[“\"]?Điều \d+[a-z]?\s?[.:]|[IVX]{1,5}[.)]\s|Chương\s")
# Whom an act is for and what its words mean: it binds nobody there.
_SCOPE = re.compile(r"(?<!\w)(?:đối tượng áp dụng|giải thích từ ngữ|phạm vi điều chỉnh)(?!\w)", re.IGNORECASE)
_TORN = re.compile(r"\s(?:Ban|Bộ|Sở|Cục|Vụ|Ủy ban|Hội đồng|Thủ tướng|Chủ tịch|và|của)\Z")
_RECIPIENTS = re.compile(r"(?:Nơi nhận|Kính gửi)", re.IGNORECASE)
_TABLE = re.compile(r":\s*\d+\s+bản|\||_{3,}|…/|\.{4,}|\[ghi|<tên|\(\d\):$")  # also forms to fill in
# The one who issues says so of himself; nobody is told to do it.
_ENACTED = re.compile(
    r"thực\s+hiện\s+hành\s+vi|ban\s+hành\s+(?:kèm|Nghị|Thông|Quyết|Quy|Luật|Chỉ|Danh|định|danh)|(?:có\s+)?(?:thông\s+báo|trả\s+lời|ý\s+kiến)\s+(?:kết\s+quả\s+)?(?:để|xác|như|về)"
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
        self.year = int(self.day[:4]) if self.day else _year_of(document.text)
        self.reports = facts.kind is not DocumentKind.OFFICIAL
        self.letter = facts.type is not None and facts.type.value in ("Công văn", "Thông báo")
        self.procedures = lists_procedures(document)
        self.issuer = facts.issuer.value.lower() if facts.issuer else ""
        normative = facts.type is None or facts.type.value in _NORMATIVE
        self.usual = TaskKind.RESPONSIBILITY if normative else TaskKind.ORDER

    def read(self) -> Iterator[Task]:
        lead: _Lead | None = None
        lines = list(self._binding_lines())
        for line, following in zip(lines, [*lines[1:], None], strict=True):
            label = _LABEL.match(line.text)
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

    def _binding_lines(self) -> Iterator[TextLine]:
        """The lines that may bind somebody: not what stands above Điều 1, nor the list of recipients."""
        lines = list(self._whole_lines())
        above = any(_FIRST_ARTICLE.match(line.text) for line in lines) and not self.reports
        listing = scope = False
        for line in lines:
            if self.procedures and line.text.startswith("Nơi nhận"):
                return  # what follows is the procedures themselves, step by step
            if _ARTICLE.match(line.text):
                scope = _SCOPE.search(line.text) is not None
            above = above and _FIRST_ARTICLE.match(line.text) is None
            listing = _RECIPIENTS.match(line.text) is not None or (listing and line.text[0] in "-–+•*")
            if not above and not listing and not scope:
                yield line

    def _whole_lines(self) -> Iterator[TextLine]:
        """The lines, those that break within the name of a body as one."""
        held: TextLine | None = None
        for line in split_lines(self.text):
            if held is not None and _TORN.search(held.text) and _LABEL.match(line.text) is None:
                held = TextLine(held.start, line.end, f"{held.text}\n{line.text}")
                continue
            if held is not None:
                yield held
            held = line
        if held is not None:
            yield held

    def _open(self, line: TextLine, start: int, rank: int, following: TextLine | None) -> _Lead | None:
        """The body that a heading or opening line names, with nothing yet to be done."""
        if line.end - start > 260 or start >= line.end:
            return None
        order = _ORDER.match(self.text[start : line.end])
        at = start + order.end() if order else start
        colon = self.text[line.end - 1] == ":" or (rank != _NO_LABEL and self._runs_on(line, following))
        if titled := _RESPONSIBLE.match(self.text, start, line.end):
            at = titled.end()
        elif not colon and (rank in (_NO_LABEL, _RANKS["dash"]) or self.text[line.end - 1] in ".;,"):
            return None
        ending = _DUTY_ENDING.search(self.text, at, line.end)
        until = ending.start() if ending else line.end
        actor = read_actor(self.text, at, until)
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
        label = _LABEL.match(line.text)
        return begins_with_verb(self.text, line.start + (label.end() if label else 0))

    def _read_line(self, line: TextLine, start: int, lead: _Lead | None) -> Iterator[Task]:
        actor: tuple[Span, TaskKind] | None = (lead.actor, lead.kind) if lead else None
        told = False
        for number, sentence in enumerate(find_sentences(self.text, start, line.end)):
            begin = max(sentence.start, start)
            task = self._read_order(begin, sentence) or (
                None if self.reports else self._read_duty(begin, sentence, lead)
            )
            goes_on = actor is not None and (number == 0 or told) and begins_with_verb(self.text, begin)
            if task is None and goes_on and actor is not None:
                task = self._make(begin, sentence, (actor[0],), begin, actor[1])
            if (
                task is not None and self.text[sentence.end - 1] in _ENDS
            ):  # a cell or a torn line says nothing whole
                told = True
                actor = (task.actor_spans[0], task.kind)
                yield task

    def _read_order(self, begin: int, sentence: Span) -> Task | None:
        """ "Yêu cầu Sở X rà soát …", also with the one who orders before it."""
        match = _ORDER.search(self.text[begin : sentence.end])
        if match is None:
            return None
        if not self._orders(self.text[begin : begin + match.start()], match["verb"]):
            return None
        bound = read_bound(self.text, begin + match.end(), sentence.end, told=True)
        if bound is None:
            return None
        return self._make(
            begin, sentence, (Span(bound.start, bound.end),), bound.action, _kind_of_order(match["verb"])
        )

    def _orders(self, before: str, verb: str) -> bool:
        """Whether the words before the verb name who orders; in a document he need not be named."""
        before = before.strip(" “\"'")
        if not before:
            return not self.reports and verb.lower() not in ("chỉ đạo", "phân công")
        if len(before) > 160 or _DONE.search(before):
            return False
        if self.reports:
            return verb.lower() not in ("đề nghị", "kiến nghị") and _SUPERIOR.search(before) is not None
        if verb.lower() in ("chỉ đạo", "phân công"):  # a body with its own duty: to direct others
            return False
        return _SUPERIOR.match(before) is not None and read_actor(before, 0, len(before)) is not None

    def _read_duty(self, begin: int, sentence: Span, lead: _Lead | None) -> Task | None:
        """ "Sở X có trách nhiệm …", "Bộ Y tiến hành …", also after "Trong thời hạn …,"."""
        if closing := read_implementers(self.text, begin, sentence.end):
            bodies, duty = closing
            spans = tuple(Span(*body) for body in bodies)
            return self._make(begin, sentence, spans, duty, TaskKind.RESPONSIBILITY)
        for at in self._subjects(begin, sentence.end):
            bound = read_bound(self.text, at, sentence.end)
            if bound is None or _ENACTED.match(self.text, bound.action) or self._is_issuer(bound):
                continue
            if _TABLE.search(self.text, bound.action, sentence.end) or sentence.end - bound.action < 20:
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
            yield at

    def _is_issuer(self, bound: Bound) -> bool:
        """Whether a letter speaks of its own sender, who binds nobody by that."""
        name = fold_spaces(self.text[bound.start : bound.end]).lower()
        return bound.duty is None and self.letter and self.issuer.startswith(name)

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


def _year_of(text: str) -> int | None:
    """The year of a page without a date, where all full dates in its text are of one year."""
    years = {
        int(time.label[:4])
        for time in find_stated_times(text, 0, len(text), year=None)
        if len(time.label) == 10
    }
    return years.pop() if len(years) == 1 else None


def find_tasks(document: Document) -> tuple[Task, ...]:
    """The tasks of a document in order of appearance."""
    return tuple(_Reading(document).read())
