"""The packaged encoder on bare onnxruntime: neither torch nor transformers is imported."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from index.encoder import MAX_TOKENS, Progress, Vectors
from index.errors import ModelUnavailable

T = TypeVar("T")


class OnnxBody:
    """The layers that every text goes through: `body.onnx` and `tokenizer.json` of a folder (thread-safe).

    They are loaded at the first text, and computed on one core each.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._loaded: tuple[Any, Any] | None = None
        self._lock = threading.Lock()

    def read(self, text: str, *, limit: int = MAX_TOKENS) -> Vectors:
        """The states of a text's tokens, at most `limit` of them, shape (1, tokens, hidden)."""
        tokenizer, session = self._ready()
        ids: list[int] = tokenizer.encode(text).ids
        if len(ids) > limit:
            ids = [*ids[: limit - 1], ids[-1]]  # the mark of the end stays
        states: Vectors = session.run(None, {"input_ids": np.array([ids], dtype=np.int64)})[0]
        return states

    def warm(self) -> None:
        """Load the layers now; ModelUnavailable where they cannot be had."""
        self._ready()

    def _ready(self) -> tuple[Any, Any]:
        with self._lock:
            if self._loaded is None:
                self._loaded = load_from(self.folder, _load_body)
            return self._loaded


class OnnxEncoder:
    """An encoder over a folder with `encoder.onnx` (index/e5_graph.py) and what `OnnxBody` needs (thread-safe).

    All are loaded at the first encoding. Every text is computed on its own and on one core, several texts
    side by side: no neighbour can change a vector, and nothing is padded
    (bench/encoder.py). A single text does not queue behind the passages of another thread.
    """

    def __init__(
        self,
        body: OnnxBody,
        *,
        name: str,
        fingerprint: str,
        dimensions: int,
        query_prefix: str,
        passage_prefix: str,
    ) -> None:
        self.body = body
        self.name = name
        self.fingerprint = fingerprint
        self.dimensions = dimensions
        self._query_prefix = query_prefix
        self._passage_prefix = passage_prefix
        self._forward: Callable[[str], Vectors] | None = None
        self._workers = ThreadPoolExecutor(count_cores(), thread_name_prefix="encoder")
        self._lock = threading.Lock()

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode([self._query_prefix + text for text in texts], None)

    def encode_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        return self._encode([self._passage_prefix + text for text in texts], progress)

    def warm(self) -> None:
        """Load the model now rather than at the first encoding; ModelUnavailable where it cannot be had."""
        with self._lock:
            if self._forward is None:
                self._forward = load_from(self.body.folder, self._load)

    def _load(self, folder: Path) -> Callable[[str], Vectors]:
        head = open_session(folder / "encoder.onnx")
        self.body.warm()

        def forward(text: str) -> Vectors:
            vector: Vectors = head.run(None, {"states": self.body.read(text)})[0][0]
            return vector

        return forward

    def _encode(self, texts: list[str], progress: Progress | None) -> Vectors:
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        for row, vector in enumerate(self._forward_all(texts)):
            vectors[row] = vector
            if progress is not None:
                progress(1)
        return vectors

    def _forward_all(self, texts: list[str]) -> Iterator[Vectors]:
        """The vector of each text in turn, as they finish."""
        self.warm()
        assert self._forward is not None
        return map(self._forward, texts) if len(texts) == 1 else self._workers.map(self._forward, texts)


def count_cores() -> int:
    """Cores that this process may use; OMP_NUM_THREADS counts, as it does for torch."""
    wanted = os.environ.get("OMP_NUM_THREADS", "")
    if wanted.isdecimal() and int(wanted) > 0:
        return int(wanted)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def load_from(folder: Path, load: Callable[[Path], T]) -> T:
    """What `load` makes of a folder of the packaged model. Raises ModelUnavailable with the remedy."""
    try:
        return load(folder)
    except ModelUnavailable:
        raise
    except Exception as error:  # onnxruntime and tokenizers raise bare Exceptions and kinds of their own
        raise ModelUnavailable(
            f"Không nạp được mô hình mã hóa {str(folder)!r}: {type(error).__name__}: {error}. "
            "Hãy cài lại Căn Cứ (`pip install .`), xóa thư mục đó để dựng lại mô hình, "
            "hoặc đặt CANCU_PRECISION=fp32 để chạy bằng PyTorch."
        ) from error


def _load_body(folder: Path) -> tuple[Any, Any]:
    return _open_tokenizer(folder), open_session(folder / "body.onnx")


def _open_tokenizer(folder: Path) -> Any:
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # its threads break programs that fork
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(MAX_TOKENS)
    return tokenizer


def open_session(graph: Path) -> Any:
    """A session of onnxruntime over one graph, on one core."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.enable_mem_pattern = False  # a plan for every new length would be kept for ever
    # Extended optimisation would fuse additions into SkipLayerNormalization, which is five times as slow.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.log_severity_level = 3  # errors
    return onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
