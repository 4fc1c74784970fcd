"""How a question ended: what the evidence amounts to, and the sentence that says it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from corpus.effect import ENDED
from corpus.labels import vietnamese_date
from corpus.store import Store
from corpus.symbols import symbol_key
from index import wording
from index.answering.choices import describe_choice
from index.answering.composition import Composition
from index.answering.document_facts import find_document_facts
from index.answering.findings import FactKind, Finding
from index.answering.models import Evidence
from index.answering.status_wording import say_standing
from index.answering.targets import list_distinct
from index.models import Choice, Outcome, QuestionKind
from index.search import Searcher


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a question ended; `evidence` proves it beside what answers, `message` is "" where nothing is to be added."""

    outcome: Outcome
    message: str = ""
    choices: tuple[Choice, ...] = ()
    evidence: tuple[Evidence, ...] = ()


def end_composition(searcher: Searcher, composition: Composition, *, as_of: date | None = None) -> Ending:
    """The outcome of what was composed; what is superseded by today, or on the day chosen, is told as such."""
    store = searcher.store
    choices = _find_choices(store, composition)
    ended = [finding for finding in composition.findings if finding.superseded]
    if choices:
        told = wording.may_mean([describe_choice(choice) for choice in choices])
        return Ending(outcome=Outcome.SEVERAL_POSSIBLE, message=told, choices=choices)
    missing = wording.partly_answered("; ".join(f"“{part}”" for part in composition.missing))
    if ended:
        told = _tell_ended(store, composition, ended)
        return Ending(
            outcome=Outcome.SUPERSEDED, message=f"{told} {missing}" if composition.missing else told
        )
    if composition.missing:
        return Ending(outcome=Outcome.PARTLY_ANSWERED, message=missing)
    if not composition.findings:
        return _check_effect(searcher, composition, as_of)
    return Ending(outcome=Outcome.ANSWERED, message=_tell_standing(composition))


def _tell_standing(composition: Composition) -> str:
    """How the document asked about stands, where that alone was asked."""
    asked = [target.symbol for target in composition.targets.each]
    told = [finding for finding in composition.findings if finding.standing is not None]
    if composition.kind is not QuestionKind.STATUS or len(asked) != 1 or not told:
        return ""
    return say_standing(told[0], asked[0], as_of=composition.day or date.today())


def _find_choices(store: Store, composition: Composition) -> tuple[Choice, ...]:
    """The documents that a question may mean, at least two; none where the evidence is of one alone."""
    spoken = [
        name for name in composition.several if any(one.document_id == name for one in composition.evidence)
    ]
    spoken = list(list_distinct(store, spoken))  # two copies of one act leave nothing to choose
    bearers = {finding.bearer for finding in composition.findings if finding.bearer is not None}
    if len(spoken) > 1:
        return tuple(_choose(store, name) for name in spoken)
    named_whole = {target.key for target in composition.targets.each}
    each_named = len({symbol_key(one.symbol) for one in bearers} & named_whole) == len(bearers)
    if each_named:
        return ()  # "QĐ 12/QĐ-BYT và QĐ 15/QĐ-BYT …": each has one bearer, and all are asked for
    if len(bearers) > 1 and len({(one.province, one.issued_on) for one in bearers}) > 1:
        named = {
            Choice(symbol=one.symbol, title=None, issuer=one.issuer, issued_on=one.issued_on)
            for one in bearers
        }
        return tuple(sorted(named, key=describe_choice))
    return ()


def _choose(store: Store, document_id: str) -> Choice:
    profile, day = store.profile(document_id), store.facts(document_id).issued_on
    return Choice(
        symbol=profile.symbol,
        title=profile.title,
        issuer=profile.issuer,
        issued_on=day.value if day else None,
    )


def _vietnamese(day: str | None) -> str | None:
    return f"ngày {vietnamese_date(day)}" if day else None


def _tell_ended(store: Store, composition: Composition, ended: Iterable[Finding]) -> str:
    first = next(iter(ended))
    asked = [target.symbol for target in composition.targets.each]
    how = _how(store, first)
    told = wording.superseded(
        asked[0] if len(asked) == 1 else first.bearer.symbol if first.bearer else None,
        [symbol for symbol in first.symbols if symbol not in asked],
        _vietnamese(first.since),
        how,
    )
    replacing = first.kind is FactKind.REPLACED_BY
    return f"{told} {wording.NONE_REPLACES}" if replacing and how == wording.ABOLISHED else told


def _how(store: Store, finding: Finding) -> str | None:
    """How a document ended in the words of what says so; None where they say both or neither."""
    said = " ".join(store.text(one.document_id)[one.start : one.end] for one in finding.evidence).lower()
    replaced, abrogated = "thay thế" in said, "bãi bỏ" in said
    if replaced == abrogated:
        return None
    return "được thay thế" if replaced else wording.ABOLISHED


def _check_effect(searcher: Searcher, composition: Composition, as_of: date | None) -> Ending:
    """Words of a document that has ended are told as such, with what ended it."""
    documents = dict.fromkeys(one.document_id for one in composition.evidence)
    effects = searcher.facets.effects(documents, as_of=as_of)
    for name in documents:
        if effects[name] not in ENDED:
            continue
        findings = find_document_facts(searcher.store, name, {FactKind.STATUS}, as_of=as_of)
        ended = [finding for finding in findings if finding.superseded]
        if ended:
            symbol = searcher.store.profile(name).symbol
            return Ending(
                outcome=Outcome.SUPERSEDED,
                message=wording.superseded(
                    symbol,
                    [s for s in ended[0].symbols if s != symbol],
                    _vietnamese(ended[0].since),
                    _how(searcher.store, ended[0]),
                ),
                evidence=tuple(one for finding in ended for one in finding.evidence),
            )
    return Ending(outcome=Outcome.ANSWERED)
