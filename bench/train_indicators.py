"""Learn the weights of the judge of indicators (corpus/indicator_judge.py), and judge it on documents left out.

    python bench/train_indicators.py [--shared ../shared]            # figures of ten folds only
    python bench/train_indicators.py [--shared ../shared] --write    # and corpus/data/indicator_weights.tsv

Learned on every candidate quantity inside the windows of the opened gold (tests/gold/provinces*.jsonl) and on the
finds and passed-over quantities judged by hand outside of them (indicator_finds.jsonl). Folds part documents, by hash. The figures tell of
quantities in the prose of documents without norms, not of table cells, and leave out the judged finds. The rules were
written on all halves but held and fresh: only there may rules and judge be compared.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.indicator_finds import FINDS  # noqa: E402
from bench.provinces import FILE_OF, carry_rows, read_documents, read_gold  # noqa: E402
from corpus.indicator_cues import IndicatorKind  # noqa: E402
from corpus.indicator_judge import BIAS, KINDS, LearnedJudge  # noqa: E402
from corpus.indicator_kinds import Around, Judged, KindReader  # noqa: E402
from corpus.indicators import IndicatorReader  # noqa: E402
from corpus.models import Document  # noqa: E402
from corpus.quantities import Quantity  # noqa: E402
from corpus.sentences import Span  # noqa: E402

TARGET = ROOT / "corpus" / "data" / "indicator_weights.tsv"
NEW_HALVES = ("held", "fresh")  # opened after the rules had been written
JUDGED = "judged finds"  # a half of its own
FOLDS = 10
RIDGE = 0.3  # scikit-learn's C
RARE = 4  # a sign that fewer candidates have teaches nothing
FULL = 10  # the candidates of a document weigh as many as this together, where they are more
_NONE, _OPEN = "none", "open"
# A find with one of these faults is an indicator all the same, of a kind that the judgement does not tell.
_LESSER_FAULTS = frozenset({"kind", "value", "unit"})


@dataclass(frozen=True, slots=True)
class Labelled:
    """One document and the labels of its quantities, by their spans in its text."""

    source: str
    half: str
    document: Document
    windows: tuple[tuple[int, int], ...]  # what is not labelled in here is no indicator
    labels: Sequence[tuple[int, int, str]]

    @property
    def fold(self) -> int:
        """Which fold the document is left out in."""
        return int(sha256(self.source.encode()).hexdigest(), 16) % FOLDS

    def label(self, quantity: Quantity) -> str:
        """The kind of a quantity, "none", or "open" where it is not judged."""
        for start, end, label in self.labels:
            if start < quantity.end and quantity.start < end:
                return label
        inside = any(start <= quantity.start and quantity.end <= end for start, end in self.windows)
        return _NONE if inside else _OPEN


@dataclass(frozen=True, slots=True)
class Candidate:
    """One labelled quantity as a reader met it."""

    source: str
    half: str
    label: str
    signs: set[str]
    rule: IndicatorKind | None
    probable: Mapping[IndicatorKind, float]  # of the judge on trial

    def told(self, way: str, sure: float) -> str:
        """What the rules, the judge, or both together say."""
        if self.rule is not None and way != "judge":
            return self.rule.value
        best = max(self.probable, key=self.probable.__getitem__, default=None)
        return best.value if best and way != "rules" and self.probable[best] > sure else _NONE


class NotingReader(KindReader):
    """Notes each labelled candidate, and answers the truth where it is known, so that lists go on as they should.

    With a judge on trial it answers as that judge does instead.
    """

    def __init__(self, plain: KindReader, labelled: Labelled, trial: LearnedJudge | None) -> None:
        super().__init__(plain.text, plain.genre, plain.places)
        self.labelled, self.trial = labelled, trial
        self.noted: list[Candidate] = []

    def judge(
        self, sentence: Span, quantity: Quantity, last: Judged | None, around: Around
    ) -> IndicatorKind | None:
        """The kind that the next quantity sees as the one before it."""
        label = self.labelled.label(quantity)
        rule = self.by_rule(sentence, quantity, last, around)
        if not self.may_learn(sentence, quantity):
            return rule
        signs = self.signs(sentence, quantity, last, around)
        probable = self.trial.weigh(signs) if self.trial else {}
        if label != _OPEN:
            self.noted.append(
                Candidate(self.labelled.source, self.labelled.half, label, signs, rule, probable)
            )
        if self.trial is not None:
            return self.trial.judge(signs, sure=0.5)
        return rule if label == _OPEN else next((kind for kind in KINDS if kind.value == label), None)


def read_labelled(shared: Path) -> Iterator[Labelled]:
    """The documents of the gold and of the judged finds."""
    gold = {source: (half, rows) for half in FILE_OF for source, rows in read_gold(half).items()}
    judged: dict[str, list[tuple[int, int, str]]] = {}
    for line in FINDS.read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["what"] == "indicator":
            right = row["told"]["kind"] if row["verdict"] == "right" else _NONE
            label = _OPEN if row.get("reason") in _LESSER_FAULTS else right
        elif row["what"] == "passed over":
            label = _NONE
        else:
            continue
        judged.setdefault(row["source"], []).append((row["start"], row["end"], label))
    for source, text, document in read_documents(shared, gold.keys() | judged.keys()):
        windows: tuple[tuple[int, int], ...] = ()
        if source in gold:
            half, rows = gold[source]
            rows = [row for row in rows if row["what"] in ("window", "indicator")]
            windows = carry_rows(rows, text, document.text).windows
            labels = [
                (*row["at"], _OPEN if row.get("optional") or "kind" in row.get("open", ()) else row["kind"])
                for row in rows
                if row["what"] == "indicator" and row["at"]
            ]
            yield Labelled(source, half, document, windows, labels)
        outside = [
            found for found in judged.get(source, ()) if not any(a <= found[0] < b for a, b in windows)
        ]
        if outside:
            yield Labelled(source, JUDGED, document, (), outside)


def collect(labelled: Labelled, trial: LearnedJudge | None) -> list[Candidate]:
    """The labelled candidates of a document, as a reader meets them."""
    reader = IndicatorReader(labelled.document)
    reader.kinds = noting = NotingReader(reader.kinds, labelled, trial)
    list(reader.read())
    return noting.noted


def fit(candidates: Sequence[Candidate]) -> LearnedJudge:
    """The weights learned on some candidates, those of "no indicator" taken off."""
    common = Counter(sign for candidate in candidates for sign in candidate.signs)
    share = Counter(candidate.source for candidate in candidates)
    vectoriser = DictVectorizer()
    signs = vectoriser.fit_transform(
        [{sign: 1 for sign in candidate.signs if common[sign] >= RARE} for candidate in candidates]
    )
    model = LogisticRegression(C=RIDGE, max_iter=2000).fit(
        signs,
        [candidate.label for candidate in candidates],
        sample_weight=[min(1.0, FULL / share[candidate.source]) for candidate in candidates],
    )
    row = {label: at for at, label in enumerate(model.classes_)}
    kinds = [row[kind.value] for kind in KINDS]
    beside = model.coef_[kinds] - model.coef_[row[_NONE]]
    bias = model.intercept_[kinds] - model.intercept_[row[_NONE]]
    names = vectoriser.get_feature_names_out()
    return LearnedJudge({BIAS: tuple(bias), **{name: tuple(beside[:, i]) for i, name in enumerate(names)}})


def score(candidates: Sequence[Candidate], way: str, sure: float) -> str:
    """Precision and recall over candidates."""
    told = [(candidate.told(way, sure), candidate.label) for candidate in candidates]
    right = sum(one == label != _NONE for one, label in told)
    found = sum(one != _NONE for one, _ in told)
    wanted = sum(label != _NONE for _, label in told)
    return f"precision {right / found:.3f} ({right}/{found})  recall {right / wanted:.3f} ({right}/{wanted})"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    documents = list(read_labelled(options.shared))
    learned = [(labelled, collect(labelled, None)) for labelled in documents]
    tried: list[Candidate] = []
    for fold in range(FOLDS):
        judge = fit([c for labelled, noted in learned if labelled.fold != fold for c in noted])
        left_out = (labelled for labelled in documents if labelled.fold == fold)
        tried += [candidate for labelled in left_out for candidate in collect(labelled, judge)]
    passed = [candidate for candidate in tried if candidate.half == JUDGED and candidate.label == _NONE]
    tried = [candidate for candidate in tried if candidate.half != JUDGED]
    new = [candidate for candidate in tried if candidate.half in NEW_HALVES]
    sys.stdout.write(f"held, fresh  rules          {score(new, 'rules', 0)}\n")
    for sure in (0.5, 0.6, 0.7, 0.8):
        sys.stdout.write(f"held, fresh  judge {sure}      {score(new, 'judge', sure)}\n")
        sys.stdout.write(f"held, fresh  both {sure}       {score(new, 'both', sure)}\n")
        sys.stdout.write(f"all          judge {sure}      {score(tried, 'judge', sure)}\n")
        false = sum(candidate.told("judge", sure) != _NONE for candidate in passed)
        sys.stdout.write(f"judged no indicator: found all the same {false} of {len(passed)}\n")
    if options.write:
        _write(fit([candidate for _, noted in learned for candidate in noted]))


def _write(judge: LearnedJudge) -> None:
    head = "# Learned by bench/train_indicators.py: sign, weights of target, result and allocation.\n"
    rows = (
        f"{sign}\t" + "\t".join(f"{weight:.2f}" for weight in weights) + "\n"
        for sign, weights in sorted(judge.weights.items())
        if max(map(abs, weights)) >= 0.02
    )
    TARGET.write_text(head + "".join(rows), "utf-8")


if __name__ == "__main__":
    main()
