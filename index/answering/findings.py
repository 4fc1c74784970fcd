"""What is found of a document as a whole: the kinds of facts that are asked for, and a finding of one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from index.answering.models import Evidence


class FactKind(StrEnum):
    """What a question asks of a document as a whole."""

    SIGNER = "signer"
    ISSUED_ON = "issued_on"
    ADOPTED_ON = "adopted_on"  # thông qua
    ISSUER = "issuer"
    EFFECTIVE_ON = "effective_on"
    EXPIRES_ON = "expires_on"
    SUBJECT = "subject"  # trích yếu
    STATUS = "status"
    REPLACED_BY = "replaced_by"
    REPLACES = "replaces"  # what it replaces or abrogates
    AMENDS = "amends"
    AMENDED_BY = "amended_by"
    BASED_ON = "based_on"
    IMPLEMENTS = "implements"
    IMPLEMENTED_BY = "implemented_by"
    NUMBER = "number"


# How a document stands: told from the whole collection, whatever part of it was chosen to be quoted.
OF_STANDING = frozenset(
    {
        FactKind.STATUS,
        FactKind.REPLACED_BY,
        FactKind.AMENDED_BY,
        FactKind.EFFECTIVE_ON,
        FactKind.EXPIRES_ON,
    }
)


class Standing(StrEnum):
    """How a document stands on the day asked about, as far as the evidence shows."""

    ENDED = "ended"  # replaced, abrogated or expired
    SUSPENDED = "suspended"
    IN_FORCE_UNTIL = "in_force_until"  # an act that ends it takes effect after the day asked about
    NOT_YET = "not_yet"  # its own first day comes after the day asked about
    PARTLY = "partly"  # some of it was replaced or abrogated
    AMENDED = "amended"
    STARTED = "started"  # in force since its own first day, and nothing is held that ends it
    CITED = "cited"  # a later act still rests on it; nothing more is known


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """One of the documents that may bear a number. None: not stated."""

    symbol: str
    issuer: str | None = None
    province: str | None = None
    issued_on: str | None = None  # ISO 8601


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fact of a document, with the spans that say it.

    `symbols` are the numbers that answer (successors, what it rests on); `superseded` is true where the
    document has ended on the day asked about; `standing` and `since` (ISO 8601: from when that, where the
    texts tell) are of STATUS and REPLACED_BY. `bearer` is whom a mention means.
    """

    kind: FactKind
    evidence: tuple[Evidence, ...]
    symbols: tuple[str, ...] = ()
    superseded: bool = False
    standing: Standing | None = None
    since: str | None = None
    bearer: Bearer | None = None

    def answering_for(self, symbol: str) -> Self:
        """The same of an act that the page which says it bears no number of: it is told whose words these are."""
        evidence = [replace(one, about=tuple(dict.fromkeys((symbol, *one.about)))) for one in self.evidence]
        return replace(self, evidence=tuple(evidence))
