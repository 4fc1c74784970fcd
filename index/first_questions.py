"""Questions to begin with: what this collection can answer, made from the facts of its own documents."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from corpus.models import Facts
from corpus.store import Store
from corpus.text import fold_spaces

_LOOKED_AT = 200  # documents
_LONGEST = 160  # characters of a question


def suggest_questions(store: Store, document_ids: Iterable[str]) -> tuple[str, ...]:
    """One question of each kind that some of the documents, in their order, state the answer to.

    Each is about a document of its own, which alone bears its number.
    """
    open_kinds = list(_ASKED)
    found: list[str] = []
    for document_id in islice(document_ids, _LOOKED_AT):
        facts = store.facts(document_id)
        name = _name(facts)
        if name is None or facts.symbol is None or len(store.documents_with_symbol(facts.symbol.value)) > 1:
            continue
        kind = next((kind for kind in open_kinds if all(getattr(facts, fact) for fact in kind[0])), None)
        if kind is None or len(question := kind[1].format(name)) > _LONGEST:
            continue
        open_kinds.remove(kind)
        found.append(question)
        if not open_kinds:
            break
    return tuple(found)


# (the facts that must be stated, the question)
_ASKED: tuple[tuple[tuple[str, ...], str], ...] = (
    (("signer", "issued_on"), "{} do ai ký, ban hành ngày nào?"),
    (("effective_on",), "{} có hiệu lực từ ngày nào?"),
    (("title",), "{} về việc gì?"),
)


def _name(facts: Facts) -> str | None:
    """ "Nghị quyết số 04-NQ/TU của Tỉnh ủy Hà Tĩnh"; None where one of the three is not known."""
    if facts.symbol is None or facts.type is None or facts.issuer is None:
        return None
    return f"{facts.type.value} số {facts.symbol.value} của {fold_spaces(facts.issuer.value)}"
