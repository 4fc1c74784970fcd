"""Reads a question and a stretch of text together: how well does the one answer the other?

The first layers of the packaged encoder read each of them alone, so that a text is read once for many questions; the
last four read both, with weights of our own (`index/joint_weights.py`). A cross-encoder cut so: Cao et al. 2020,
"DeFormer"; MacAvaney et al. 2020, "PreTTR". The score says how alike the states of both have become, and what those of
the text say alone.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.kept import Kept
from index import e5_weights
from index.encoder import Encoder, Vectors
from index.onnx_encoder import OnnxBody, OnnxEncoder, count_cores, load_from, open_session

QUESTION_TOKENS = 72
TEXT_TOKENS = 176
_KEPT = 36 << 20  # bytes of states that are kept: those of some five hundred texts

Head = Callable[[Vectors, Vectors], float]


class JointReader:
    """Scores texts for a question; the model is loaded at the first of them (thread-safe).

    With the packaged encoder it shares the layers, beside any other one it has them to itself.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._loaded: tuple[OnnxBody, Head] | None = None
        self._known: Kept[NDArray[np.float16]] = Kept(_KEPT, lambda states: states.nbytes)
        self._workers = ThreadPoolExecutor(count_cores(), thread_name_prefix="joint-reader")
        self._lock = threading.Lock()

    def score(self, question: str, texts: Sequence[str]) -> NDArray[np.float64]:
        """The log odds that each text answers, shape (len(texts),): above 0 rather than not.

        Raises ModelUnavailable where the packaged model cannot be had.
        """
        body, head = self._ready()
        asking = read_question(body, question)
        scores = self._workers.map(lambda text: head(asking, self._read(body, text)), texts)
        return np.fromiter(scores, dtype=np.float64, count=len(texts))

    def _ready(self) -> tuple[OnnxBody, Head]:
        with self._lock:
            if self._loaded is None:
                body = _body_of(self._encoder)
                self._loaded = body, load_from(body.folder, _load_head)
                body.warm()
            return self._loaded

    def _read(self, body: OnnxBody, text: str) -> Vectors:
        return self._known.get(text, lambda: read_text(body, text).astype(np.float16)).astype(np.float32)


def read_question(body: OnnxBody, question: str) -> Vectors:
    """The states of a question alone, shape (1, tokens, hidden)."""
    return body.read(e5_weights.QUERY_PREFIX + question, limit=QUESTION_TOKENS)


def read_text(body: OnnxBody, text: str) -> Vectors:
    """The states of a text alone, shape (1, tokens, hidden)."""
    return body.read(e5_weights.PASSAGE_PREFIX + text, limit=TEXT_TOKENS)


def _body_of(encoder: Encoder) -> OnnxBody:
    if isinstance(encoder, OnnxEncoder):
        return encoder.body
    return OnnxBody(e5_weights.unpack_onnx_model(e5_weights.user_cache()))


def _load_head(folder: Path) -> Head:
    session = open_session(folder / "joint.onnx")

    def score(question: Vectors, text: Vectors) -> float:
        return float(session.run(None, {"question": question, "unit": text})[0][0, 0])

    return score
