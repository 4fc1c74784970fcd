"""What kind of question is asked: each kind has its own evidence rule (`compose`) and its own layout."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.text import fold
from index.answering.answer_types import AnswerType, asks_how_many
from index.answering.fact_kinds import read_fact_kinds
from index.answering.findings import FactKind
from index.models import QuestionKind
from index.question import Question

_STATUS = frozenset({FactKind.STATUS, FactKind.REPLACED_BY, FactKind.EXPIRES_ON})
_RELATION = frozenset({FactKind.REPLACES, FactKind.BASED_ON, FactKind.IMPLEMENTS, FactKind.IMPLEMENTED_BY})
_WHO_WHEN = frozenset(
    {FactKind.SIGNER, FactKind.ISSUED_ON, FactKind.ISSUER, FactKind.EFFECTIVE_ON, FactKind.NUMBER}
)
# Of a question that may be read in several ways, the first.
_BY_TYPE = (
    (AnswerType.QUOTATION, QuestionKind.QUOTATION),
    (AnswerType.DEFINITION, QuestionKind.DEFINITION),
    (AnswerType.LIST, QuestionKind.LIST),
    (AnswerType.DOCUMENT, QuestionKind.GOVERNING),
    (AnswerType.FIGURE, QuestionKind.FIGURE),
)


def read_kind(
    question: Question, types: frozenset[AnswerType], parts: Sequence[str], sides: bool
) -> QuestionKind:
    """The kind of a question; `sides` says whether it asks the same of several places."""
    if sides:
        return QuestionKind.COMPARE
    if len(parts) > 1:
        return QuestionKind.PARTS
    facts = read_fact_kinds(fold(question.text))
    for kinds, kind in ((_STATUS, QuestionKind.STATUS), (_RELATION, QuestionKind.RELATION)):
        if facts & kinds and not (kind is QuestionKind.RELATION and _asks_document(question, types)):
            return kind
    if facts & _WHO_WHEN and not (facts == {FactKind.NUMBER} and not question.query.symbols):
        return QuestionKind.WHO_WHEN
    if asks_how_many(question.normal) and AnswerType.FIGURE in types:
        return QuestionKind.FIGURE
    return next((kind for asked, kind in _BY_TYPE if asked in types), QuestionKind.SAYS)


def _asks_document(question: Question, types: frozenset[AnswerType]) -> bool:
    """Whether "theo văn bản nào" asks for the document that governs, and not for what a named one carries out."""
    return AnswerType.DOCUMENT in types and not question.query.symbols
