"""A question that may mean several documents, and the question to ask instead for each of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.labels import vietnamese_date
from corpus.symbols import find_symbols
from corpus.text import fold_spaces
from index.models import Choice


def describe_choice(choice: Choice) -> str:
    """What tells a document from the others: "12/QĐ-UBND, Ủy ban nhân dân tỉnh Hà Tĩnh, ngày 05/03/2025"."""
    day = f"ngày {vietnamese_date(choice.issued_on)}" if choice.issued_on else None
    return ", ".join(filter(None, [choice.symbol or choice.title, choice.issuer, day]))


def ask_again(question: str, choices: Sequence[Choice]) -> tuple[tuple[str, str], ...]:
    """(description, the question about that document alone) of each choice that can be told by its number.

    The document's name takes the place of the number in the question, or goes on behind the question; its day is
    written only where the issuer does not tell it from the others.

    >>> one = Choice(symbol="12/QĐ-UBND", title=None, issuer="UBND tỉnh Hà Tĩnh", issued_on="2025-03-05")
    >>> other = Choice(symbol="12/QĐ-UBND", title=None, issuer="UBND tỉnh Nghệ An", issued_on="2025-04-01")
    >>> ask_again("Quyết định 12/QĐ-UBND về việc gì?", [one, other])[0]
    ('12/QĐ-UBND, UBND tỉnh Hà Tĩnh, ngày 05/03/2025', 'Quyết định 12/QĐ-UBND của UBND tỉnh Hà Tĩnh về việc gì?')
    """
    named = [(choice, name) for choice in choices if (name := _name(choice, choices))]
    return tuple((describe_choice(choice), _insert(question, choice.symbol, name)) for choice, name in named)


def _name(choice: Choice, choices: Sequence[Choice]) -> str | None:
    """What the question has to say, at the least; None where nothing known tells the document from another."""
    others = [other for other in choices if other != choice]
    said: list[str] = []
    for words, same in _marks(choice, others):
        said.append(words)
        others = same
    return " ".join(said) if said and choice.symbol and not others else None


def _marks(choice: Choice, others: list[Choice]) -> Iterator[tuple[str, list[Choice]]]:
    """Each mark of a document, with those of the others that bear it too, until none does."""
    if choice.symbol:
        others = [other for other in others if other.symbol == choice.symbol]
        yield choice.symbol, others
    if choice.issuer:
        others = [other for other in others if other.issuer in (choice.issuer, None)]
        yield f"của {fold_spaces(choice.issuer)}", others
    if choice.issued_on and others:
        others = [other for other in others if other.issued_on in (choice.issued_on, None)]
        yield f"ngày {vietnamese_date(choice.issued_on)}", others


def _insert(question: str, symbol: str | None, name: str) -> str:
    for mention in find_symbols(question):
        if mention.canonical == symbol or mention.short:
            return f"{question[: mention.start]}{name}{question[mention.end :]}"
    return f"{question.rstrip(' ?.')}, theo văn bản số {name}?"
