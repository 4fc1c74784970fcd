"""How to cite a document of the collection in a new one: what the store knows of it, given to `drafting`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.dates import find_dates
from corpus.models import Body, Document, DocumentKind, Fact, Facts, Reference, System
from corpus.store import Store
from corpus.symbols import read_symbol
from corpus.text import fold_spaces
from index.authority import code_of_name, type_code, type_name
from index.exports.drafting import DraftingForm, KnownDocument, RefusedForm, in_capitals, write_form

_WRITTEN_TYPE = re.compile(r"(?P<type>[^\W\d_]+(?:\s+[^\W\d_]+){0,3}?)\s+số\b", re.IGNORECASE)


def form_of_held(store: Store, document_id: str) -> DraftingForm | RefusedForm:
    """How to cite a document whose text is held. Raises UnknownDocument."""
    return _form(store.facts(document_id), lambda: store.text(document_id))


def form_of(document: Document) -> DraftingForm | RefusedForm:
    """How to cite a document by what it says of itself; an earlier text by what it said then."""
    return _form(document.facts, lambda: document.text)


def _form(facts: Facts, text: Callable[[], str]) -> DraftingForm | RefusedForm:
    if facts.kind is DocumentKind.NEWS:
        reason = "trang này là bài báo; hãy dẫn nó là bài báo, không dẫn như văn bản"
        return RefusedForm(symbol=None, reason=reason)
    known = KnownDocument(
        symbol=facts.symbol.value if facts.symbol else None,
        type=facts.type.value if facts.type else None,
        issued_on=facts.issued_on.value if facts.issued_on else None,
        issuer=facts.issuer.value if facts.issuer else None,
        subject=_subject_as_written(facts.title, text),
        party=is_party(
            facts.symbol.value if facts.symbol else None, facts.system.value if facts.system else None
        ),
    )
    return write_form(known)


def form_of_number(store: Store, symbol: str) -> DraftingForm | RefusedForm:
    """How to cite the document of a number: by its text where that is held, else by what others say of it."""
    held = store.documents_with_symbol(symbol)
    if not held:
        return _form_of_mentioned(store, symbol)
    if len(held) > 1 and not set(held[1:]) <= set(store.copies(held[0])):
        told = {
            (f.issuer and f.issuer.value, f.issued_on and f.issued_on.value) for f in map(store.facts, held)
        }
        if len(told) > 1 or None in next(iter(told)):  # else they are one document, held twice
            reason = f"kho có {len(held)} văn bản mang số này, không rõ có phải là một"
            return RefusedForm(symbol=symbol, reason=reason)
    forms = [form_of_held(store, one) for one in held]
    written = [form for form in forms if isinstance(form, DraftingForm)]
    return min(written, key=lambda form: len(form.missing)) if written else forms[0]


def _subject_as_written(fact: Fact | None, text: Callable[[], str]) -> str | None:
    """The subject; one in capitals as the document writes it elsewhere in small letters, where it does.

    The text is only read where it is needed.
    """
    if fact is None or not in_capitals(fact.value):
        return fact.value if fact else None
    pattern = r"\s+".join(map(re.escape, fact.value.split()))
    written = (found[0] for found in re.finditer(pattern, text(), re.IGNORECASE))
    return next((words for words in written if not in_capitals(words)), fact.value)


def is_party(symbol: str | None, body: str | None = None) -> bool | None:
    """Whether a document is one of the Party: by its number, else by the system of its body; None: not known."""
    mention = read_symbol(symbol) if symbol else None
    if mention is not None and mention.system is not None:
        return mention.system is System.PARTY
    return {Body.PARTY.value: True, Body.STATE.value: False}.get(body or "")


# --- documents whose text is not held


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mention:
    """What one place in the collection says of a document; all of it stands in `text[start:end]` of the page."""

    page: str
    reference: Reference
    type: str | None
    date: str | None
    issuer: str | None

    @property
    def rank(self) -> tuple[bool, bool, bool, int]:
        """More of it is better: two mentions may speak of two documents, so that only one is taken."""
        dated, named = self.date is not None, self.issuer is not None
        return dated and named, dated, self.type is not None, len(self.issuer or "")


def _form_of_mentioned(store: Store, symbol: str) -> DraftingForm | RefusedForm:
    mentions = list(_mentions(store, symbol))
    if not mentions:
        return RefusedForm(symbol=symbol, reason="kho không có văn bản này và không trang nào nhắc tới đủ số")
    days = sorted({mention.date for mention in mentions if mention.date})
    if len(days) > 1:
        reason = f"các trang ghi khác nhau về ngày ban hành: {', '.join(days)}"
        return RefusedForm(symbol=symbol, reason=reason)
    best = max(mentions, key=lambda mention: mention.rank)
    form = write_form(
        KnownDocument(
            symbol=best.reference.symbol,
            type=best.type or type_of_number(best.reference.symbol),
            issued_on=best.date,
            issuer=best.issuer,
            party=is_party(best.reference.symbol),
        )
    )
    if isinstance(form, RefusedForm):
        return form
    notes = (
        *form.notes,
        f"kho chưa có toàn văn; theo cách trang “{fold_spaces(store.profile(best.page).title)}” nhắc tới",
        *_other_issuers(best, mentions),
    )
    return replace(form, notes=notes, shown_by=(best.page, best.reference.start, best.reference.end))


def _mentions(store: Store, symbol: str) -> Iterator[_Mention]:
    """The mentions of a number, page by page, each with what stands in it and not elsewhere on its page."""
    page = text = ""
    for page_id, reference in store.references_to(symbol):
        if reference.symbol.startswith("?"):
            continue
        if page_id != page:
            page, text = page_id, store.text(page_id)
        words = text[reference.start : reference.end]
        days = {found.iso for found in find_dates(words)}
        yield _Mention(
            page=page,
            reference=reference,
            type=type_written(text[reference.start : reference.symbol_start]),
            date=reference.date if reference.date in days else None,
            issuer=reference.issuer if reference.issuer and reference.issuer in words else None,
        )


def _other_issuers(best: _Mention, mentions: Sequence[_Mention]) -> tuple[str, ...]:
    named = {fold_spaces(mention.issuer) for mention in mentions if mention.issuer}
    differing = sorted(name for name in named if name not in fold_spaces(best.issuer or ""))
    return (f"nơi khác ghi cơ quan ban hành là {', '.join(differing)}: hãy kiểm tra",) if differing else ()


def type_written(words: str) -> str | None:
    """The type as a mention writes it out: the number alone does not tell quy định from quyết định."""
    found = _WRITTEN_TYPE.search(words)
    name = fold_spaces(found["type"]).capitalize() if found else None
    return name if code_of_name(name) is not None else None


def type_of_number(symbol: str) -> str | None:
    """The name of the type in a number; None where the number does not tell (a QĐ of the Party)."""
    code = type_code(symbol)
    return None if code == "QĐ" and is_party(symbol) else type_name(code)
