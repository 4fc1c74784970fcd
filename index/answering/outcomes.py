"""How a question ended: what the evidence amounts to, and the sentence that says it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from corpus.effect import Effect
from corpus.labels import vietnamese_date
from corpus.store import Profile, Store
from index import wording
from index.answering.compose import Composition
from index.answering.document_facts import find_document_facts
from index.answering.findings import FactKind, Finding
from index.answering.models import Evidence
from index.answering.status_wording import say_standing
from index.models import Outcome, QuestionKind
from index.search import Searcher

_ENDED = frozenset({Effect.REPLACED, Effect.ABROGATED, Effect.EXPIRED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a question ended; `evidence` proves it beside what answers, `message` is "" where nothing is to be added."""

    outcome: Outcome
    message: str = ""
    evidence: tuple[Evidence, ...] = ()


def end_composition(searcher: Searcher, composition: Composition) -> Ending:
    """The outcome of what was composed; the collection's own day decides what is superseded."""
    store = searcher.store
    told = _tell_several(store, composition)
    ended = [finding for finding in composition.findings if finding.superseded]
    if told:
        return Ending(outcome=Outcome.SEVERAL_POSSIBLE, message=told)
    if ended:
        return Ending(outcome=Outcome.SUPERSEDED, message=_tell_ended(composition, ended))
    if composition.missing:
        return Ending(
            outcome=Outcome.PARTLY_ANSWERED, message=wording.partly_answered("; ".join(composition.missing))
        )
    if not composition.findings:
        return _check_effect(searcher, composition)
    return Ending(outcome=Outcome.ANSWERED, message=_tell_standing(composition))


def _tell_standing(composition: Composition) -> str:
    """How the document asked about stands, where that alone was asked."""
    asked = [target.symbol for target in composition.targets.each]
    told = [finding for finding in composition.findings if finding.standing is not None]
    if composition.kind is not QuestionKind.STATUS or len(asked) != 1 or not told:
        return ""
    return say_standing(told[0], asked[0], as_of=composition.day or date.today())


def _tell_several(store: Store, composition: Composition) -> str:
    """What tells the documents apart that a question may mean; "" where the evidence is of one alone."""
    spoken = [
        name for name in composition.several if any(one.document_id == name for one in composition.evidence)
    ]
    bearers = {finding.bearer for finding in composition.findings if finding.bearer is not None}
    if len(spoken) > 1:
        return wording.may_mean([_describe(store.profile(name), _day(store, name)) for name in spoken])
    if len(bearers) > 1 and len({(one.province, one.issued_on) for one in bearers}) > 1:
        named = sorted(
            ", ".join(filter(None, [one.symbol, one.issuer, _vietnamese(one.issued_on)])) for one in bearers
        )
        return wording.may_mean(named)
    return ""


def _describe(profile: Profile, issued_on: str | None) -> str:
    return ", ".join(filter(None, [profile.symbol or profile.title, profile.issuer, _vietnamese(issued_on)]))


def _day(store: Store, document_id: str) -> str | None:
    fact = store.facts(document_id).issued_on
    return fact.value if fact else None


def _vietnamese(day: str | None) -> str | None:
    return f"ngày {vietnamese_date(day)}" if day else None


def _tell_ended(composition: Composition, ended: Iterable[Finding]) -> str:
    first = next(iter(ended))
    asked = [target.symbol for target in composition.targets.each]
    return wording.superseded(
        asked[0] if len(asked) == 1 else None,
        [symbol for symbol in first.symbols if symbol not in asked],
        _vietnamese(first.since),
    )


def _check_effect(searcher: Searcher, composition: Composition) -> Ending:
    """Words of a document that has ended are told as such, with what ended it."""
    documents = dict.fromkeys(one.document_id for one in composition.evidence)
    effects = searcher.facets.effects(documents)
    for name in documents:
        if effects[name] not in _ENDED:
            continue
        findings = find_document_facts(searcher.store, name, {FactKind.STATUS})
        ended = [finding for finding in findings if finding.superseded]
        if ended:
            symbol = searcher.store.profile(name).symbol
            return Ending(
                outcome=Outcome.SUPERSEDED,
                message=wording.superseded(
                    symbol, [s for s in ended[0].symbols if s != symbol], _vietnamese(ended[0].since)
                ),
                evidence=tuple(one for finding in ended for one in finding.evidence),
            )
    return Ending(outcome=Outcome.ANSWERED)
