"""How the statements of an answer are laid out, on the page and in files: by part, words apart from quotations."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from corpus.text import fold_spaces
from index.models import Statement


def group_parts(statements: Sequence[Statement]) -> tuple[tuple[str | None, tuple[Statement, ...]], ...]:
    """(part, its statements) in the order of the answer; the part is None where a statement is of no part."""
    return tuple((part, tuple(group)) for part, group in groupby(statements, key=lambda one: one.part))


def words_around(statement: Statement) -> tuple[str, str]:
    """What stands before and behind the quotations in a statement; the whole and "" where it carries none.

    It carries them as `index.wording.attribute` writes them: “opening line” […] “item”, each on one line.
    """
    quotes = " […] ".join(f"“{fold_spaces(citation.quote)}”" for citation in statement.citations)
    before, found, behind = statement.text.rpartition(quotes)
    return (before.strip(), behind.strip()) if found and quotes else (statement.text.strip(), "")
