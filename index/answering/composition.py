"""What was composed for a question: its parts, each with the spans that answer it, none of them given twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from index.answering.findings import Finding
from index.answering.models import Evidence
from index.answering.targets import Targets
from index.models import QuestionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a question and what answers it; no evidence: nothing was found for it."""

    text: str
    evidence: tuple[Evidence, ...] = ()
    findings: tuple[Finding, ...] = ()
    confidence: float = 0.0  # 0–1
    echoed: bool = False  # what answers it was given with an earlier part
    read: bool = False  # by the reader, not from the facts of a document


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """The parts of a question in order, and what it may have meant."""

    parts: tuple[Part, ...]
    targets: Targets
    kind: QuestionKind
    day: date | None  # that the question is asked for
    several: tuple[str, ...] = ()  # ids of documents that it may mean, where more than one

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What answers, in the order of the parts; it says which part where there are several."""
        if len(self.parts) == 1:
            return self.parts[0].evidence
        return tuple(replace(one, part=part.text) for part in self.parts for one in part.evidence)

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(part.text for part in self.parts if not part.evidence and not part.echoed)

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(finding for part in self.parts for finding in part.findings)


def lead_with(part: Part, evidence: Sequence[Evidence]) -> Part:
    """A part with what answers the whole question in front."""
    own = [one for one in part.evidence if not any(overlap(one, other) for other in evidence)]
    return replace(part, evidence=(*evidence, *own))


def overlap(one: Evidence, other: Evidence) -> bool:
    return one.document_id == other.document_id and one.start < other.end and other.start < one.end


def without_echoes(parts: Sequence[Part]) -> list[Part]:
    """The parts, each span given once: what a span given before holds is not repeated, but it answers with its numbers too."""
    given: list[Evidence] = []
    places: list[list[int]] = []  # of the spans that each part gives, in `given`
    for part in parts:
        places.append([])
        for one in part.evidence:
            at = next((at for at, other in enumerate(given) if _holds(other, one)), None)
            if at is None:
                places[-1].append(len(given))
                given.append(one)
            else:
                about = tuple(dict.fromkeys((*given[at].about, *one.about)))
                given[at] = replace(given[at], about=about)
    return [
        replace(part, evidence=tuple(given[at] for at in own), echoed=bool(part.evidence) and not own)
        for part, own in zip(parts, places, strict=True)
    ]


def _holds(one: Evidence, other: Evidence) -> bool:
    same = one.document_id == other.document_id and one.start <= other.start and other.end <= one.end
    return same or (bool(one.quote) and " ".join(one.quote.split()) == " ".join(other.quote.split()))
