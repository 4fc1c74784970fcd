"""Everything that is understood of a document, as JSON and as Vietnamese lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from corpus.appendices import find_appendices
from corpus.corrections import describe_correction
from corpus.effect import EffectStatus, find_effect
from corpus.errors import UnknownDocument
from corpus.labels import FACTS, KINDS, UNKNOWN, name_relation, tell_fetch, vietnamese_date
from corpus.models import Document, DocumentKind, Fact, Reference
from corpus.reported import find_reported_symbols
from corpus.store import Store
from corpus.store_models import Copy, Correction, Version
from corpus.store_rows import FACT_NAMES
from corpus.structure import Level, Section, find_sections
from ingest.boilerplate import REASONS

_FEW = 12  # appendices, copies, cut reasons shown as lines
_DATES = frozenset({"issued_on", "effective_on", "expires_on"})


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What a store adds to a document: corrections, earlier texts, pages with the same text."""

    corrections: tuple[Correction, ...] = ()
    versions: tuple[Version, ...] = ()
    copies: tuple[Copy, ...] = ()
    effect: EffectStatus | None = None  # of an official document, by what the collection shows today


NO_HISTORY = History()


def load_history(store: Store, document: Document) -> History:
    """What a store knows of a page: nothing, where it is not held."""
    return History(
        corrections=store.corrections_at(document.uri),
        versions=store.versions(document.id),
        copies=store.sources(store.copies(document.id)),
        effect=_load_effect(store, document),
    )


def _load_effect(store: Store, document: Document) -> EffectStatus | None:
    if document.facts.kind is not DocumentKind.OFFICIAL:
        return None
    try:
        return find_effect(store, document.id, as_of=date.today())
    except UnknownDocument:  # a file that was read without being taken in
        return None


# --- JSON


def document_json(document: Document, history: History = NO_HISTORY) -> dict[str, Any]:
    """The document as a JSON object; every offset counts code points of `text`, those of cuts of `raw_text`."""
    sections = find_sections(document.text)
    return {
        "id": document.id,
        "uri": document.uri,
        "title": document.title,
        "kind": document.facts.kind.value,
        **{name: fact.value if (fact := getattr(document.facts, name)) else None for name in _TOP},
        "facts": {name: _fact_json(document, getattr(document.facts, name)) for name in FACT_NAMES},
        "source": document.publisher or document.url,
        "publisher": document.publisher,
        "author": document.author,
        "published_at": document.published_at,
        "url": document.url,
        "provenance": asdict(document.provenance) if document.provenance else None,
        "sha256": document.sha256,
        "encoding": document.encoding,
        "notes": list(document.notes),
        "text": document.text,
        "raw_text": document.raw_text,
        "blocks": [{**asdict(block), "kind": block.kind.value} for block in document.blocks],
        "cut": [{**asdict(cut), "reason_text": REASONS.get(cut.reason, cut.reason)} for cut in document.cuts],
        "sections": [_section_json(section) for section in sections],
        "appendices": [asdict(appendix) for appendix in find_appendices(document.text, sections)],
        "reports_on": list(find_reported_symbols(document)),
        "sheets": [asdict(sheet) for sheet in document.sheets],
        "doubts": [
            {**asdict(doubt), "text": document.quote(doubt.start, doubt.end)} for doubt in document.doubts
        ],
        "reported": [asdict(report) for report in document.reported],
        "references": [_reference_json(document, reference) for reference in document.references],
        "passages": [
            {"path": list(passage.path), "start": passage.start, "end": passage.end}
            for passage in document.passages
        ],
        "corrections": [asdict(correction) for correction in history.corrections],
        "versions": [version_json(version) for version in history.versions],
        "copies": [asdict(copy) for copy in history.copies],
        "effect": _effect_json(history.effect) if history.effect else None,
    }


_TOP = ("symbol", "type", "issuer", "province", "issued_on", "signer")  # beside "facts", for short scripts


def version_json(version: Version) -> dict[str, Any]:
    """An earlier text as a JSON object, without the text."""
    shown = asdict(version)
    del shown["facts"]
    return {**shown, "tag": version.tag}


def _fact_json(document: Document, fact: Fact | None) -> dict[str, Any] | None:
    if fact is None:
        return None
    return {**asdict(fact), "evidence": evidence_of(document, fact)}


def evidence_of(document: Document, fact: Fact) -> str | None:
    """The words of the text that carry a fact; None where the page's markup, or a person, does."""
    if fact.start is None or fact.end is None:
        return None
    return document.quote(fact.start, fact.end)


def _effect_json(effect: EffectStatus) -> dict[str, Any]:
    return {
        "status": effect.status.value,
        "as_of": effect.as_of,
        "evidence": [{**asdict(one), "wording": one.wording} for one in effect.evidence],
    }


def _section_json(section: Section) -> dict[str, Any]:
    return {
        "level": section.level.name.lower(),
        "label": section.label,
        "path": list(section.path),
        "start": section.start,
        "heading_end": section.heading_end,
        "end": section.end,
    }


def _reference_json(document: Document, reference: Reference) -> dict[str, Any]:
    return {
        **asdict(reference),
        "relation": reference.relation.value if reference.relation else None,
        "quote": document.quote(reference.start, reference.end),
    }


# --- lines


def describe_document(document: Document, history: History = NO_HISTORY) -> Iterator[str]:
    """The lines that `cancu read` prints."""
    yield document.title
    yield f"  {KINDS[document.facts.kind]}"
    yield from _describe_facts(document, history.corrections)
    yield from _describe_page(document)
    yield from _describe_structure(document)
    yield from _describe_references(document)
    yield from _describe_cuts(document)
    for note in document.notes:
        yield f"  Lưu ý: {note}"
    yield from _describe_history(history)


def _describe_facts(document: Document, corrections: Sequence[Correction]) -> Iterator[str]:
    """What is known; of the main facts also that they are not known."""
    emptied = {c.name: c for c in corrections if c.holds and c.value is None}
    for name in FACT_NAMES:
        fact: Fact | None = getattr(document.facts, name)
        if fact is not None:
            value = vietnamese_date(fact.value) if name in _DATES else fact.value
            yield f"  {FACTS[name]}: {value}{_evidence_note(document, fact)}"
        elif name in emptied:
            by, reason = emptied[name].corrected_by, emptied[name].reason
            yield f"  {FACTS[name]}: {UNKNOWN} (đã sửa bởi {by} vì {reason})"
        elif name in _TOP:
            yield f"  {FACTS[name]}: {UNKNOWN}"


def _evidence_note(document: Document, fact: Fact) -> str:
    if fact.corrected_by:
        return f" (đã sửa bởi {fact.corrected_by} vì {fact.reason})"
    words = " ".join((evidence_of(document, fact) or "").split())
    return f" [“{_shorten(words)}”]" if words and words != fact.value else ""


def _describe_page(document: Document) -> Iterator[str]:
    for label, value in (
        ("Nguồn", document.publisher or document.url),
        ("Tác giả bài", document.author),
        ("Đăng ngày", document.published_at),
        ("Bảng mã gốc", document.encoding),
        ("Địa chỉ", document.url if document.provenance else None),
        ("Trên mạng", _tell_provenance(document)),
    ):
        if value:
            yield f"  {label}: {value}"
    yield f"  Độ dài: {len(document.text)} ký tự; {len(document.passages)} đoạn"
    if document.sheets:
        scanned = [sheet for sheet in document.sheets if sheet.scanned]
        yield f"  Số trang: {len(document.sheets)}{f', nhận dạng chữ từ ảnh {len(scanned)} trang' if scanned else ''}"
        for sheet in scanned:
            sure = f"{sheet.confidence:.0f}/100" if sheet.confidence is not None else UNKNOWN
            yield f"    – trang {sheet.number}: độ tin cậy {sure}"
        if document.doubts:
            yield f"  Chữ chưa chắc: {len(document.doubts)}"


def _tell_provenance(document: Document) -> str | None:
    if (known := document.provenance) is None:
        return None
    told = tell_fetch(known.origin.fetched_at, known.gone_at)
    return f"{told}; nguồn {known.origin.source}, xem lại lần cuối {known.checked_at}"


def _describe_structure(document: Document) -> Iterator[str]:
    sections = find_sections(document.text)
    counted = Counter(section.level for section in sections)
    names = (
        (Level.CHAPTER, "chương"),
        (Level.ARTICLE, "điều"),
        (Level.CLAUSE, "khoản"),
        (Level.POINT, "điểm"),
    )
    said = ", ".join(f"{counted[level]} {name}" for level, name in names if counted[level])
    if said:
        yield f"  Cấu trúc: {said}"
    for appendix in find_appendices(document.text, sections)[:_FEW]:
        title = f": {_shorten(appendix.title)}" if appendix.title else ""
        parent = f" (kèm theo {appendix.parent})" if appendix.parent else ""
        yield f"  Phần kèm theo: {appendix.label}{title}{parent}"


def _describe_references(document: Document) -> Iterator[str]:
    yield f"  Văn bản được nhắc tới ({len(document.references)} lần):"
    counted = Counter(map(_reference_line, document.references))
    for line, times in counted.items():
        yield f"    – {line}{f' ({times} lần)' if times > 1 else ''}"


def _reference_line(reference: Reference) -> str:
    parts = (
        name_relation(reference.relation) if reference.relation else None,
        f"ngày {vietnamese_date(reference.date) or UNKNOWN}",
        reference.issuer or UNKNOWN,
        reference.provision,
        f"do {reference.subject}" if reference.subject else None,
    )
    return f"{reference.symbol.removeprefix('?')}: {'; '.join(part for part in parts if part)}"


def _describe_cuts(document: Document) -> Iterator[str]:
    yield f"  Đã lược bỏ {len(document.cuts)} phần:"
    for cut in document.cuts:
        start = _shorten(" ".join(document.raw_text[cut.start : cut.end].split()))
        yield f"    – {REASONS.get(cut.reason, cut.reason)}: {start}"


def describe_effect(effect: EffectStatus) -> Iterator[str]:
    """The status as a reader is told it, then each statement that says it."""
    yield f"Hiệu lực tính đến {vietnamese_date(effect.as_of)}, theo những gì có trong kho: {effect.status}"
    for one in effect.evidence[:_FEW]:
        yield f"{one.wording} (văn bản {one.document_id})"


def _describe_history(history: History) -> Iterator[str]:
    if history.effect is not None:
        first, *rest = describe_effect(history.effect)
        yield f"  {first}"
        yield from (f"    – {line}" for line in rest)
    for copy in history.copies[:_FEW]:
        yield f"  Cũng có ở: {copy.publisher or copy.url or copy.uri} ({copy.document_id})"
    for version in history.versions:
        yield (
            f"  Bản đọc ngày {vietnamese_date(version.read_at[:10])} (số {version.number}, {version.tag}): "
            f"{version.characters} ký tự, thay ngày {vietnamese_date(version.replaced_at[:10])}"
        )
    for correction in history.corrections:
        yield f"  Sửa tay: {describe_correction(correction)}"


def _shorten(line: str, limit: int = 60) -> str:
    return line if len(line) <= limit else f"{line[:limit].rstrip()}…"
