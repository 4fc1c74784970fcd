"""A question that may mean several documents, and the question to ask instead for each of them."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.labels import vietnamese_date
from corpus.places import find_places
from corpus.symbols import find_symbols
from corpus.text import fold_spaces
from index.models import Choice


def describe_choice(choice: Choice) -> str:
    """What tells a document from the others: "12/QĐ-UBND, Ủy ban nhân dân tỉnh Hà Tĩnh, ngày 05/03/2025"."""
    day = f"ngày {vietnamese_date(choice.issued_on)}" if choice.issued_on else None
    return ", ".join(filter(None, [choice.symbol or choice.title, choice.issuer, day]))


def ask_again(question: str, choices: Sequence[Choice]) -> tuple[tuple[str, str], ...]:
    """(description, the question about that document alone) of each choice that can be told by its number.

    The document's name takes the place of the number in the question, or stands before the question; its day is
    written only where the issuer does not tell it from the others, as one that names no place does not.

    >>> one = Choice(symbol="12/QĐ-UBND", title=None, issuer="UBND tỉnh Hà Tĩnh", issued_on="2025-03-05")
    >>> other = Choice(symbol="12/QĐ-UBND", title=None, issuer="UBND tỉnh Nghệ An", issued_on="2025-04-01")
    >>> ask_again("Quyết định 12/QĐ-UBND về việc gì?", [one, other])[0]
    ('12/QĐ-UBND, UBND tỉnh Hà Tĩnh, ngày 05/03/2025', 'Quyết định 12/QĐ-UBND của UBND tỉnh Hà Tĩnh về việc gì?')
    """
    named = [(choice, name) for choice in choices if (name := _name(choice, choices))]
    return tuple(
        (describe_choice(choice), _insert(question, choice.symbol, name))
        for choice, name in named
        if name not in question  # asked so already, and it did not tell them apart
    )


def _name(choice: Choice, choices: Sequence[Choice]) -> str | None:
    """Number, issuer and, where they do not tell it from another, day; None where that does not either."""
    if choice.symbol is None:
        return None
    said = [choice.symbol]
    others = [other for other in choices if other != choice and other.symbol == choice.symbol]
    if choice.issuer:
        said.append(f"của {fold_spaces(choice.issuer)}")
        if find_places(choice.issuer):  # "Ủy ban nhân dân tỉnh" may be any province's
            others = [other for other in others if other.issuer in (choice.issuer, None)]
    if choice.issued_on and others:
        said.append(f"ngày {vietnamese_date(choice.issued_on)}")
        others = [other for other in others if other.issued_on in (choice.issued_on, None)]
    return None if others else " ".join(said)


def _insert(question: str, symbol: str | None, name: str) -> str:
    for mention in find_symbols(question):
        if mention.canonical == symbol or mention.short:
            return f"{question[: mention.start]}{name}{question[mention.end :]}"
    return f"Văn bản số {name}: {question}"
