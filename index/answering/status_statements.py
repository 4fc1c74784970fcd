"""What the collection says is done to a document: replaced, abrogated, suspended, amended.

Statements come from `corpus.effect` and, beside it, from what that does not read: items of a list that
"bãi bỏ các văn bản sau đây" leads in, suspensions, and news pages whose "Quy định này thay thế …" speaks of
the document that they report. Only statements of the very document asked about count: number, issuer or
province, and date (`corpus.identity`). A decision that only publishes what has ended ends nothing itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.dates import date_at
from corpus.effect import PARTLY_BEHIND, Effect, EffectEvidence, may_change
from corpus.identity import DocumentKey, same_document
from corpus.models import Document, DocumentKind, Facts, Reference, Relation
from corpus.sentences import Span
from corpus.symbols import symbol_key
from corpus.text import fold
from index.answering.bearers import Mention
from index.answering.fact_spans import value_of
from index.answering.findings import Standing
from index.answering.page_facts import first_day, first_day_of, issued_day, subject_of
from index.answering.pages import Pages
from index.answering.related_documents import ENDING, find_appendix_lead, is_publication
from index.answering.spans import find_lead_in, is_appended, is_item, line_at, sentence_at

SUSPENDING = re.compile(
    r"(?<!thời gian )(?<!thời gian tạm )(?:tạm )?(?:(?:ngưng|ngừng) (?:hiệu lực|áp dụng)"
    r"|(?<=tạm )dừng (?:hiệu lực|áp dụng|thực hiện|thi hành))",
    re.IGNORECASE,
)
_STANDINGS = {
    Effect.REPLACED: Standing.ENDED,
    Effect.ABROGATED: Standing.ENDED,
    Effect.EXPIRED: Standing.ENDED,
    Effect.NOT_YET: Standing.NOT_YET,
    Effect.PARTLY: Standing.PARTLY,
    Effect.AMENDED: Standing.AMENDED,
}
# What `corpus.effect` does not read: mentions that nothing in their own sentence governs, and of news pages.
_OPEN = frozenset({Relation.REFERS_TO, Relation.REPLACES, Relation.ABROGATES, None})
_ENDS = {Relation.REPLACES: Standing.ENDED, Relation.ABROGATES: Standing.ENDED}


_SAYING = {
    Standing.ENDED: ENDING,
    Standing.PARTLY: ENDING,
    Standing.SUSPENDED: SUSPENDING,
    Standing.AMENDED: re.compile(r"sửa đổi|bổ sung|điều chỉnh|thay thế|bãi bỏ", re.IGNORECASE),
    Standing.NOT_YET: re.compile(r"hiệu lực"),
}
_FROM = re.compile(r"(?:hết|chấm dứt) hiệu lực(?: thi hành)?(?: kể)? từ(?: ngày)?\s+(?=\d)", re.IGNORECASE)
_ROW = re.compile(
    r"\W*(?:\d+\W+)?(?:thong tu|nghi dinh|quyet dinh|nghi quyet|chi thi|luat|phap lenh)(?: lien tich)?(?: so)?:?\s+"
    r"0*(?P<number>\d+[a-z]?)(?=[/-])"
)
_LINES_OF_ROW = 12
# "Thông tư số A …, Thông tư số B … hết hiệu lực kể từ ngày Thông tư này có hiệu lực": behind the whole list.
_ENDED_BEHIND = re.compile(
    r"[^.\n;]{0,1500}?hết [hl]iệu lực(?: thi hành)?(?: kể)?(?: từ)? ?(?:từ )?ngày [^.;\n]{2,40} này có hiệu lực",
    re.IGNORECASE,
)
_MISREAD = re.compile(r"thay thê\s+(?:cho\s+)?(?:[^\W\d_]+\s+){0,3}\Z")
_MISREAD_WITHIN = 60
_THIS = re.compile(
    r"(?:Nghị quyết|Nghị định|Quyết định|Thông tư|Luật|Chỉ thị|Pháp lệnh|Bộ luật) này(?!\w)", re.IGNORECASE
)
_MOST_OF_ONE = (
    6  # statements that one act does one thing, the weightiest first, that are read in their documents
)
_SUSPENDED_WITHIN = 500  # characters between "tạm ngưng hiệu lực" and a number in its sentence
_PUBLISHED = re.compile(r"hết hiệu lực\s+(?:thi hành\s+)?(?:(?P<whole>toàn bộ)|một phần)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a page says is done to the document asked about, at `start:end` of the page."""

    standing: Standing
    by: str | None  # "": a page that nowhere names its number; None: the document itself says it
    document_id: str
    start: int
    end: int
    since: str | None  # from when the acting document is in force; not its day of issue, where that is all
    issued: str | None
    published: bool = False  # by a list of what has ended: `by` is no successor
    itself: bool  # the page is the acting document (or, without `by`, the one asked about)


def find_statements(
    pages: Pages, key: DocumentKey | None, effects: Sequence[EffectEvidence], mentions: Sequence[Mention]
) -> list[Told]:
    """All that is said to be done to a document: `effects` are what `corpus.effect` found of it."""
    told = [_of_effect(pages, one) for one in _few_of_each(effects)]
    if key is not None:
        told += _beside_effect(pages, key, mentions)
    read = (_as_published(pages.document(one.document_id), one, key) for one in told)
    said = [
        one
        for one in read
        if one is not None and find_saying(pages.document(one.document_id), one) is not None
    ]
    dated = [_on_its_day(pages.document(one.document_id), one) for one in said]
    return [_of_a_part(pages.document(one.document_id), one, key) for one in dated]


# What stands between "bãi bỏ" and a number where only a part of the document ends.
_PART = re.compile(
    r"(?<!\w)(?:chương|phụ lục|mẫu|biểu|mục|điều\s+\d|khoản|điểm|cụm từ|một phần|một số|danh mục)(?!\w)"
    r"|(?<!\w)quy định(?!\w).*(?<!\w)(?:tại|của|trong)\s",
    re.IGNORECASE | re.DOTALL,
)
_VERB = re.compile(r"bãi bỏ|thay thế|hủy bỏ|huỷ bỏ", re.IGNORECASE)


def _of_a_part(page: Document, told: Told, key: DocumentKey | None) -> Told:
    """The statement, told of a part where its words name one: "Bãi bỏ Chương XXIV của Nghị định số …"."""
    if told.standing is not Standing.ENDED or key is None or told.by is None:
        return told
    sentence = sentence_at(page, told.start, told.end)
    mention = next(
        (
            one
            for one in page.references
            if sentence.start <= one.symbol_start < sentence.end and symbol_key(one.symbol) == key.symbol
        ),
        None,
    )
    if mention is None:
        return told
    if PARTLY_BEHIND.match(page.text, mention.end):
        return replace(told, standing=Standing.PARTLY)
    verbs = list(_VERB.finditer(page.text, sentence.start, mention.symbol_start))
    low = verbs[-1].end() if verbs else sentence.start
    return (
        replace(told, standing=Standing.PARTLY)
        if _PART.search(page.text, low, mention.symbol_start)
        else told
    )


def _few_of_each(effects: Sequence[EffectEvidence]) -> Iterator[EffectEvidence]:
    """The first statements of each act: a decree that a law amended is told so in a hundred recitals."""
    counted = Counter[tuple[Effect, str | None]]()
    for one in effects:
        counted[one.effect, one.by] += 1
        if counted[one.effect, one.by] <= _MOST_OF_ONE:
            yield one


def find_saying(page: Document, told: Told) -> tuple[Span, ...] | None:
    """What has to be quoted for a statement: its sentence, and before it the line that leads its list in.

    None where nothing that can be quoted says what is done to the document (a row of a table without its head).
    """
    sentence = sentence_at(page, told.start, told.end)
    saying = _SAYING[told.standing]
    ends = told.standing in (Standing.ENDED, Standing.PARTLY) and told.itself and not told.published
    if ends and told.by is not None and is_appended(page, told.start):
        lead_in = find_appendix_lead(page, told.start)
        return (lead_in, sentence) if lead_in is not None else None
    if told.by is None or saying.search(page.text, sentence.start, sentence.end):
        return (sentence,)
    lead_in = find_lead_in(page.text, told.start, saying)
    return (lead_in, sentence) if lead_in is not None else None


def _on_its_day(page: Document, told: Told) -> Told:
    """The statement with the day that its own words give: "… hết hiệu lực kể từ ngày 01 tháng 01 năm 2026:"."""
    for span in find_saying(page, told) or () if told.by is not None and not told.published else ():
        for match in _FROM.finditer(page.text, span.start, span.end):
            if (day := date_at(page.text, match.end())) is not None and day.end <= span.end:
                return replace(told, since=day.iso)
    return told


def _of_effect(pages: Pages, one: EffectEvidence) -> Told:
    """A statement of `corpus.effect`; its span begins with the sentence."""
    facts = pages.store.facts(one.document_id)
    itself, since = not one.secondary, one.since
    if one.secondary and one.by is not None and since is None:
        page = pages.document(one.document_id)
        subject = subject_of(pages, page.id)
        this = subject is not None and symbol_key(subject) == symbol_key(one.by)
        itself = this and facts.kind is not DocumentKind.NEWS
        since = value_of(first_day_of(page, one.by, this=this))
    return Told(
        standing=_STANDINGS[one.effect],
        by=one.by,
        document_id=one.document_id,
        start=one.start,
        end=one.end,
        since=since,
        issued=value_of(facts.issued_on) if itself else None,
        itself=itself,
    )


def _beside_effect(pages: Pages, key: DocumentKey, mentions: Sequence[Mention]) -> Iterator[Told]:
    """Statements about a document that stand in a list, suspend it, or speak of "this" reported document."""
    for mention in mentions:
        document_id, reference, facts = mention.document_id, mention.reference, mention.facts
        if reference.subject is not None or reference.relation not in _OPEN:
            continue
        if same_document(mention.key, key) is not True:
            continue
        if not _may_tell(pages.text(document_id), facts, reference):
            continue
        page = pages.document(document_id)
        standing, by = _listed_or_suspended(page, reference), _speaker(pages, page, reference)
        if standing is None or by is None or (by and symbol_key(by) == key.symbol):
            continue
        if by and not may_change(by, reference.symbol):
            continue
        itself = facts.kind is not DocumentKind.NEWS
        first = first_day(page) if itself or not by else first_day_of(page, by, this=True)
        yield Told(
            standing=standing,
            by=by,
            document_id=document_id,
            start=reference.start,
            end=reference.end,
            since=value_of(first),
            issued=value_of(issued_day(page)) if itself else None,
            itself=itself,
        )


def _may_tell(text: str, facts: Facts, reference: Reference) -> bool:
    """Whether it is worth reading the whole document for a mention."""
    if reference.relation in _ENDS:
        return facts.kind is not DocumentKind.OFFICIAL or facts.symbol is None
    if _ENDED_BEHIND.match(text, reference.end) or _replaced_misread(text, reference.start):
        return True
    if SUSPENDING.search(text, max(0, reference.start - _SUSPENDED_WITHIN), reference.start):
        return True
    return is_item(text, reference.start) and (
        find_lead_in(text, reference.start, ENDING) is not None
        or find_lead_in(text, reference.start, SUSPENDING) is not None
    )


def _listed_or_suspended(page: Document, reference: Reference) -> Standing | None:
    text, sentence = page.text, sentence_at(page, reference.start, reference.end)
    if SUSPENDING.search(text, sentence.start, reference.start):
        return Standing.SUSPENDED
    if reference.relation in _ENDS:
        return (
            Standing.ENDED if page.facts.kind is not DocumentKind.OFFICIAL or not page.facts.symbol else None
        )
    if reference.relation is not None and reference.provision is None:
        ends = reference.start <= sentence.start and _ENDED_BEHIND.match(text, reference.end, sentence.end)
        if ends or _replaced_misread(text, reference.start):
            return Standing.ENDED
    earlier = [one for one in page.references if sentence.start <= one.start < reference.start]
    if earlier or not is_item(text, reference.start) or reference.provision is not None:
        return None  # "hướng dẫn Nghị định số …" in the title of the item is not what is ended
    if find_lead_in(text, reference.start, SUSPENDING) is not None:
        return Standing.SUSPENDED
    return Standing.ENDED if find_lead_in(text, reference.start, ENDING) is not None else None


def _replaced_misread(text: str, start: int) -> bool:
    """Whether "thay thê Thông tư sô" leads a number in: a scan that lost the marks above its letters."""
    return _MISREAD.search(text, max(0, start - _MISREAD_WITHIN), start) is not None


def _speaker(pages: Pages, page: Document, reference: Reference) -> str | None:
    """The number of the document whose words these are: the page's own, or the one that it reports there.

    "" where the words speak of "this" document and the page nowhere names its number.
    """
    reported = next((one.symbol for one in page.reported if one.start <= reference.start < one.end), None)
    told = reported or subject_of(pages, page.id)
    if told is not None:
        return told
    sentence = sentence_at(page, reference.start, reference.end)
    return "" if _THIS.search(page.text, sentence.start, sentence.end) else None


def _as_published(page: Document, told: Told, key: DocumentKey | None) -> Told | None:
    """What a row of "Danh mục văn bản hết hiệu lực" says of the document that opens it, else nothing.

    The other columns name other documents. A row that names who ended it stands as it is; any other says by
    its heading what it is a row of, and no successor.
    """
    if told.by is None or not is_publication(page):
        return told
    row = _row_above(page.text, told.start)
    if row is None or key is None or row[1] != fold(key.symbol.split("-")[0]):
        return None
    told = replace(told, start=row[0])
    if not told.itself:
        return told
    headings = list(_PUBLISHED.finditer(page.text, 0, row[0]))
    if not headings or page.text[: row[0]].rstrip().endswith(":"):
        return None
    standing = Standing.ENDED if headings[-1]["whole"] else Standing.PARTLY
    return replace(told, standing=standing, published=True, since=None)


def _row_above(text: str, position: int) -> tuple[int, str] | None:
    """(where the row begins, the number that opens it) of the table row that a position lies in."""
    line = line_at(text, position)
    for _ in range(_LINES_OF_ROW):
        opening = _ROW.match(fold(text[line.start : line.end]))
        if opening is not None:
            return line.start, opening["number"]
        if line.start == 0:
            return None
        line = line_at(text, line.start - 1)
    return None
