"""Learn from its wording which fact of a document a question asks for (index/answering/ways_of_asking.py).

    python bench/train_fact_kinds.py            # figures only: each voice judged by the model of the others
    python bench/train_fact_kinds.py --write    # and index/data/fact_kinds.tsv

tests/gold/ways_of_asking.jsonl: texts of our own, each with the kinds it asks for and the voice that wrote it; none
asks of a document of the gold questions. Multinomial logistic regression over runs of words.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from sklearn.feature_extraction.text import CountVectorizer  # noqa: E402
from sklearn.linear_model import LogisticRegression  # noqa: E402

from corpus.text import fold  # noqa: E402
from index.answering.fact_kinds import read_cues, settle_kinds  # noqa: E402
from index.answering.findings import FactKind  # noqa: E402
from index.answering.ways_of_asking import list_runs, spell_words  # noqa: E402

GOLD = ROOT / "tests/gold/ways_of_asking.jsonl"
TARGET = ROOT / "index/data/fact_kinds.tsv"
KINDS = list(FactKind)
SOFTNESS = 2.0  # C of the regression
RAREST = 3  # texts that a run must stand in

Odds = NDArray[np.float64]


def learn(texts: list[str], kinds: list[list[str]]) -> tuple[CountVectorizer, LogisticRegression]:
    """The runs that count and the model; a text that asks for two kinds teaches both."""
    runs = CountVectorizer(
        analyzer=lambda text: list(list_runs(spell_words(text))), binary=True, min_df=RAREST
    )
    features = runs.fit_transform(texts)
    pairs = [
        (at, KINDS.index(FactKind(kind)) if kind else len(KINDS))
        for at, asked in enumerate(kinds)
        for kind in (asked or [""])
    ]
    places, labels = zip(*pairs, strict=True)
    return runs, LogisticRegression(C=SOFTNESS, max_iter=1000).fit(features[list(places)], labels)


def judge(name: str, found: list[frozenset[FactKind]], kinds: list[list[str]]) -> None:
    wanted = [frozenset(map(FactKind, asked)) for asked in kinds]
    both = sum(len(one & other) for one, other in zip(found, wanted, strict=True))
    exact = np.mean([one == other for one, other in zip(found, wanted, strict=True)])
    wrong = np.mean([bool(one) for one, other in zip(found, wanted, strict=True) if not other])
    precision, recall = both / max(1, sum(map(len, found))), both / sum(map(len, wanted))
    print(
        f"{name:24} precision {precision:.3f}  recall {recall:.3f}  exact {exact:.3f}  of none {wrong:.3f} wrong"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    rows = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    texts, kinds = [fold(row["text"]) for row in rows], [row["kinds"] for row in rows]
    voices = np.array([row["voice"] for row in rows])
    odds = np.zeros((len(rows), len(KINDS) + 1))
    for voice in sorted(set(voices)):
        rest = np.flatnonzero(voices != voice)
        runs, model = learn([texts[at] for at in rest], [kinds[at] for at in rest])
        own = np.flatnonzero(voices == voice)
        odds[own] = model.predict_proba(runs.transform([texts[at] for at in own]))
    print(f"{len(rows)} texts, {len(set(voices))} voices, each judged by the model of the others")
    cues = [read_cues(text) for text in texts]
    judge("cues", cues, kinds)
    learned = [dict(zip(KINDS, row[:-1].tolist(), strict=True)) for row in odds]
    judge("learned", [settle_kinds(frozenset(), one) for one in learned], kinds)
    judge("both", [settle_kinds(cue, one) for cue, one in zip(cues, learned, strict=True)], kinds)
    if args.write:
        runs, model = learn(texts, kinds)
        lines = [
            "# Learned on tests/gold/ways_of_asking.jsonl by bench/train_fact_kinds.py.",
            "# run\tweights",
        ]
        table = {"": model.intercept_, **dict(zip(runs.get_feature_names_out(), model.coef_.T, strict=True))}
        lines += ["\t".join([run, *(f"{one:.2f}" for one in weights)]) for run, weights in table.items()]
        TARGET.write_text("\n".join(lines) + "\n", "utf-8")
        print(f"{TARGET.relative_to(ROOT)}: {len(table) - 1} runs")


if __name__ == "__main__":
    main()
