"""Learn from its wording which fact of a document a question asks for (index/answering/ways_of_asking.py).

    python bench/train_fact_kinds.py            # figures only: each voice judged by the model of the others
    python bench/train_fact_kinds.py --write    # and index/data/fact_kinds.tsv

tests/gold/ways_of_asking.jsonl: texts of our own, each with the kinds it asks for and the voice that wrote it; none
asks of a document of the gold questions. Each text with a number is taught twice more with a topic behind the number
("… về bảo hiểm xã hội …"): people say what the document is about, and its words must not outweigh how they ask.
Multinomial logistic regression over runs of words.
"""

from __future__ import annotations

import argparse
import json
import random
import re
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
LAWS = ROOT / "index/data/laws.tsv"
SOFTNESS = 4.0  # C of the regression
RAREST = 3  # texts that a run must stand in
FAINTEST = 0.1  # a run whose weights are all nearer to zero is left out of the table

WITH_TOPICS = 2  # copies of a text with a number, each with a topic

Odds = NDArray[np.float64]

_ACT = r"(?:nghi dinh|nghi quyet|thong tu|quyet dinh|cong van|chi thi|ke hoach|luat|van ban|qd|nd|nq|cv|tt)"
_NUMBER = re.compile(rf"\d[\w/.-]*[/-][\w/.-]+|{_ACT}(?: so)? \d+[\w/.-]*|\b{_ACT}(?: nay)?(?= )")
_OPENINGS = (
    "ve",
    "ve viec",
    "quy dinh ve",
    "quy dinh",
    "huong dan",
    "v/v",
    "ve cong tac",
    "phe duyet",
    "cua bo",
    "",
)
_ENDS = (
    *("tren dia ban tinh", "nam 2025", "giai doan 2021 - 2025", "trong linh vuc nay", "tai cac xa"),
    *("cua uy ban nhan dan tinh", "doi voi ca nhan, to chuc", "trong nganh", "va mot so van ban lien quan"),
)


def add_topic(text: str, topics: list[str], chance: random.Random) -> str | None:
    """The folded text with a topic behind one of its numbers; None where it has none."""
    numbers = list(_NUMBER.finditer(text))
    if not numbers:
        return None
    end = chance.choice(numbers).end()
    words = chance.choice(topics).split()[: chance.randint(2, 8)]
    rest = chance.choice(_ENDS) if chance.random() < 0.4 else ""
    return " ".join(f"{text[:end]} {chance.choice(_OPENINGS)} {' '.join(words)} {rest} {text[end:]}".split())


def read_topics() -> list[str]:
    """Names of laws, folded: what documents may be about."""
    lines = (line.split("\t") for line in LAWS.read_text("utf-8").splitlines() if not line.startswith("#"))
    return [fold(name) for _, name in lines if name]


def learn(
    texts: list[str], kinds: list[list[str]], topics: list[str]
) -> tuple[CountVectorizer, LogisticRegression]:
    """The runs that count and the model; a text that asks for two kinds teaches both."""
    chance = random.Random(1)
    told = [
        (with_topic, asked)
        for text, asked in zip(texts, kinds, strict=True)
        for _ in range(WITH_TOPICS)
        if (with_topic := add_topic(text, topics, chance))
    ]
    texts, kinds = texts + [text for text, _ in told], kinds + [asked for _, asked in told]
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
    topics = read_topics()
    # Judged also with topics that did not teach.
    chance, others = random.Random(2), topics[1::2]
    topical = [add_topic(text, others, chance) or text for text in texts]
    odds = np.zeros((len(rows), len(KINDS) + 1))
    odds_topical = odds.copy()
    for voice in sorted(set(voices)):
        rest = np.flatnonzero(voices != voice)
        runs, model = learn([texts[at] for at in rest], [kinds[at] for at in rest], topics[::2])
        own = np.flatnonzero(voices == voice)
        odds[own] = model.predict_proba(runs.transform([texts[at] for at in own]))
        odds_topical[own] = model.predict_proba(runs.transform([topical[at] for at in own]))
    print(f"{len(rows)} texts, {len(set(voices))} voices, each judged by the model of the others")
    judge("cues", [read_cues(text) for text in texts], kinds)
    for name, asked, learned in (("", texts, odds), (", topic added", topical, odds_topical)):
        kind_odds = [dict(zip(KINDS, row[:-1].tolist(), strict=True)) for row in learned]
        judge(f"learned{name}", [settle_kinds(frozenset(), one) for one in kind_odds], kinds)
        both = [settle_kinds(read_cues(text), one) for text, one in zip(asked, kind_odds, strict=True)]
        judge(f"both{name}", both, kinds)
    if args.write:
        runs, model = learn(texts, kinds, topics)
        lines = [
            "# Learned on tests/gold/ways_of_asking.jsonl by bench/train_fact_kinds.py.",
            "# run\tweights",
        ]
        learned_runs = zip(runs.get_feature_names_out(), model.coef_.T, strict=True)
        telling = {run: weights for run, weights in learned_runs if np.abs(weights).max() >= FAINTEST}
        table = {"": model.intercept_, **telling}
        lines += ["\t".join([run, *(f"{one:.2f}" for one in weights)]) for run, weights in table.items()]
        TARGET.write_text("\n".join(lines) + "\n", "utf-8")
        print(f"{TARGET.relative_to(ROOT)}: {len(table) - 1} runs")


if __name__ == "__main__":
    main()
