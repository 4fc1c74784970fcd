"""One link of the chain: what is known of a document, its effect on a day, and the line to cite it by."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from corpus.effect import Effect, EffectEvidence, find_effect, find_effect_of_number
from corpus.models import DocumentKind, Reference, Relation
from corpus.symbols import symbol_key
from corpus.text import fold_spaces
from index.answering import chain_wording
from index.answering.chain_models import Link, Tie
from index.answering.chain_numbers import Node, Numbers, is_later, year_of
from index.answering.chain_spans import cite_overlap, cite_sentence
from index.exports.citing import form_of_held, is_party, type_of_number, type_written
from index.exports.drafting import DraftingForm, KnownDocument, RefusedForm, in_capitals, write_form
from index.models import Citation

_SHORTEST = 15  # characters of a subject: "về thực hiện" alone is none
OVER = (Effect.REPLACED, Effect.ABROGATED, Effect.EXPIRED)
_SUBJECT = re.compile(
    r"\s*(?:,\s*)?(?P<words>“(?P<quoted>[^“”]{10,300})”|(?P<plain>(?:về|quy định|ban hành|phê duyệt|triển khai|thực hiện"
    r"|sửa đổi|hướng dẫn|thí điểm|tiếp tục|tăng cường|đẩy mạnh)\s[^;\n]{8,400}))",
    re.IGNORECASE,
)
# Where the name of a cited document ends and the sentence goes on.
_GOES_ON = re.compile(
    r"\s*(?:\(sau đây|\.(?:\s|/|\Z)|, (?:uỷ|ủy) ban|, ubnd|, hđnd|, hội đồng|, chính phủ|, thủ tướng|, bộ trưởng"
    r"|, ban (?:thường|chấp|bí|chỉ)|, tỉnh (?:uỷ|ủy)|, căn cứ|, trên cơ sở|, đồng thời|(?:đã )?được (?:sửa đổi|bổ sung))",
    re.IGNORECASE,
)
_LISTED = re.compile(r"(?:,|;|\bvà|\bcùng(?: với)?)\s*(?:các\s+)?\Z", re.IGNORECASE)


def describe_link(
    numbers: Numbers, node: Node, ties: Sequence[Tie], uppers: Sequence[Node], *, asked: bool, as_of: date
) -> Link:
    """The link of a document; `uppers` are those that it is tied to, in the order of `ties`."""
    effect, told = effect_of(numbers, node, as_of)
    title = title_of(numbers, node)
    form = _form_of(numbers, node, title)
    full = isinstance(form, DraftingForm) and not form.missing
    return Link(
        symbol=node.symbol,
        level=node.level,
        type=type_of(numbers, node),
        title=title,
        issuer=node.issuer,
        issued_on=node.issued_on,
        province=node.province,
        held=tuple(node.held),
        asked=asked,
        ties=tuple(ties),
        known_by=None if node.held else _known_by(numbers, node),
        effect=effect,
        effect_as_of=as_of.isoformat(),
        effect_wording=word_effect(numbers, told) if told else None,
        effect_citation=cite_effect(numbers, node, told) if told else None,
        outdated_by=tuple(_outdated(numbers, node, uppers, as_of)),
        cite_full=form.first if isinstance(form, DraftingForm) and full else None,
        cite_short=form.later if isinstance(form, DraftingForm) else None,
        cite_rule=form.rule if isinstance(form, DraftingForm) else None,
        cite_reason=_why_no_line(form),
        cite_notes=form.notes if isinstance(form, DraftingForm) and full else (),
    )


def effect_of(numbers: Numbers, node: Node, as_of: date) -> tuple[Effect, EffectEvidence | None]:
    """The effect of a document on a day, and the statement that decides it.

    A statement of a document that was issued later says nothing of the day.
    """
    store = numbers.store
    statuses = [find_effect(store, page, as_of=as_of) for page in node.held] or [
        find_effect_of_number(
            store,
            node.symbol,
            as_of=as_of,
            issuer=node.issuer,
            province=node.province,
            issued_on=node.issued_on,
        )
    ]
    for status in statuses:
        for one in status.evidence:
            if _holds(numbers, one, as_of):
                return one.effect, one
    return Effect.UNKNOWN, None


def _holds(numbers: Numbers, one: EffectEvidence, as_of: date) -> bool:
    if one.by is None:
        return True
    if one.since is not None:
        return one.since <= as_of.isoformat()
    days = [year_of(node) for node in numbers.bearers(one.by)]
    return not any(is_later(day, as_of.isoformat()) for day in days)


def _outdated(numbers: Numbers, node: Node, uppers: Sequence[Node], as_of: date) -> list[tuple[str, str]]:
    """(what the document implements, what has replaced or ended that since the document was issued)."""
    found = []
    for upper in uppers:
        effect, told = effect_of(numbers, upper, as_of)
        if effect not in OVER or told is None or told.by is None:
            continue
        since = first_day(numbers, told)
        if is_later(since, year_of(node)):
            found.append((upper.symbol, told.by))
    return found


def first_day(numbers: Numbers, told: EffectEvidence) -> str | None:
    """When the replacing act began, or was issued."""
    if told.since is not None or told.by is None:
        return told.since
    days = [day for day in (year_of(node) for node in numbers.bearers(told.by)) if day]
    return days[0] if len(days) == 1 else None


def word_effect(numbers: Numbers, told: EffectEvidence) -> str:
    """What befell the document, and which page says so where it is not the acting document."""
    words = replace(told, source=None).wording
    if told.source is None:
        return words
    facts = numbers.facts(told.document_id)
    if facts.symbol is not None and facts.kind is not DocumentKind.NEWS:
        return f"{words}, theo {facts.symbol.value}"
    return f"{words}, theo bài “{fold_spaces(told.source)}”"


def cite_effect(numbers: Numbers, node: Node, told: EffectEvidence) -> Citation | None:
    """The words that say what befell the document."""
    document = numbers.read(told.document_id)
    if told.end <= told.start:
        return None
    words = document.text[told.start : told.end].rstrip()
    return cite_overlap(numbers.read, document, told.start, told.start + len(words), about=())


# --- what is known


def type_of(numbers: Numbers, node: Node) -> str | None:
    """Its type by its own text, by the word before a mention, else by its number."""
    if node.facts is not None and node.facts.type is not None:
        return node.facts.type.value
    for page, mention in node.mentions:
        text = numbers.store.text(page)
        if written := type_written(text[mention.start : mention.symbol_start]):
            return written
    return type_of_number(node.symbol)


def title_of(numbers: Numbers, node: Node) -> str | None:
    """Its own subject, else what most mentions give beside the number."""
    if node.facts is not None and node.facts.title is not None:
        return node.facts.title.value
    found: Counter[tuple[str, bool]] = Counter()
    for page, mention in node.mentions:
        if mention.relation is not Relation.OWN and (beside := _subject_beside(numbers, page, mention)):
            found[beside] += 1

    def worth(beside: tuple[str, bool]) -> tuple[bool, bool, int, int]:
        """A whole one in small letters; of equals the shorter: a sentence that goes on is longer than a name."""
        words, whole = beside
        return not in_capitals(words), whole, found[beside], -len(words)

    best = max(found, key=worth, default=None)
    return best[0] if best else None


def _subject_beside(numbers: Numbers, page: str, mention: Reference) -> tuple[str, bool] | None:
    """(what is written behind a mention as the subject of its document, whether no line break cuts it)."""
    text = numbers.store.text(page)
    match = _SUBJECT.match(text, mention.end)
    if match is None:
        return None
    words, whole = match["quoted"], True
    if words is None:
        start = match.start("plain")
        end = min(_next_in_list(numbers, page, mention, text), match.end("plain"))
        stop = _GOES_ON.search(text, start, end)
        end = stop.start() if stop else end
        words, whole = _LISTED.sub("", text[start:end].rstrip()), text[end : end + 1] != "\n"
    words = fold_spaces(words).strip(" .,:/")
    paired = words.count("“") == words.count("”") and words.count("(") == words.count(")")
    return (words, whole) if paired and len(words) > _SHORTEST else None


def _next_in_list(numbers: Numbers, page: str, mention: Reference, text: str) -> int:
    """Where the next document of a list begins: one that is not said to stand in the subject of this one."""
    for other in numbers.references(page):
        if other.start < mention.end or (
            other.subject and symbol_key(other.subject) == symbol_key(mention.symbol)
        ):
            continue
        if _LISTED.search(text, max(0, other.start - 20), other.start):
            return other.start
    return len(text)


def _known_by(numbers: Numbers, node: Node) -> Citation | None:
    """Where a document is named most fully, before others a page that reports its issuing."""
    ranked = sorted(
        node.mentions,
        key=lambda one: (
            one[1].date is None,
            one[1].issuer is None,
            one[1].relation is not Relation.REPORTED,
        ),
    )
    for page, mention in ranked[:8]:
        document = numbers.read(page)
        citation = cite_sentence(numbers.read, document, mention.start, mention.end, about=(mention.symbol,))
        if citation is not None:
            return citation
    return None


# --- how to cite it


def _form_of(numbers: Numbers, node: Node, title: str | None) -> DraftingForm | RefusedForm:
    """By its own text where that tells everything, else with what the pages that mention it add."""
    for page in node.held:
        form = form_of_held(numbers.store, page)
        if isinstance(form, DraftingForm) and not form.missing:
            return form
    system = node.facts.system.value if node.facts is not None and node.facts.system is not None else None
    return write_form(
        KnownDocument(
            symbol=node.symbol,
            type=type_of(numbers, node),
            issued_on=node.issued_on,
            issuer=node.issuer,
            subject=title,
            party=is_party(node.symbol, system),
        )
    )


def _why_no_line(form: DraftingForm | RefusedForm) -> str | None:
    if isinstance(form, RefusedForm):
        return form.reason
    return chain_wording.lacking(form.missing) if form.missing else None
