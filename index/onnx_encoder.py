"""The packaged encoder on bare onnxruntime: neither torch nor transformers is imported."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from index.encoder import MAX_TOKENS, Progress, Vectors
from index.errors import ModelUnavailable


class OnnxEncoder:
    """An encoder over a folder with `model.onnx` (index/e5_graph.py) and `tokenizer.json` (thread-safe).

    Both are loaded at the first encoding. Every text is computed on its own and on one core, several texts
    side by side: no neighbour can change a vector, and nothing is padded
    (bench/encoder.py). A single text does not queue behind the passages of another thread.
    """

    def __init__(
        self,
        folder: Path,
        *,
        name: str,
        fingerprint: str,
        dimensions: int,
        query_prefix: str,
        passage_prefix: str,
    ) -> None:
        self.name = name
        self.fingerprint = fingerprint
        self.dimensions = dimensions
        self._folder = folder
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
                self._forward = _load(self._folder)

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


def _load(folder: Path) -> Callable[[str], Vectors]:
    """What turns one text, prefix included, into its vector."""
    try:
        tokenizer, session = _open_tokenizer(folder), _open_session(folder)
    except Exception as error:  # both libraries raise bare Exceptions and kinds of their own
        raise ModelUnavailable(
            f"Không nạp được mô hình mã hóa {str(folder)!r}: {type(error).__name__}: {error}. "
            "Hãy cài lại Căn Cứ (`pip install .`), xóa thư mục đó để dựng lại mô hình, "
            "hoặc đặt CANCU_PRECISION=fp32 để chạy bằng PyTorch."
        ) from error

    def forward(text: str) -> Vectors:
        ids = np.array([tokenizer.encode(text).ids], dtype=np.int64)
        vector: Vectors = session.run(None, {"input_ids": ids})[0][0]
        return vector

    return forward


def _open_tokenizer(folder: Path) -> Any:
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # its threads break programs that fork
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(MAX_TOKENS)
    return tokenizer


def _open_session(folder: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.enable_mem_pattern = False  # a plan for every new length would be kept for ever
    # Extended optimisation would fuse additions into SkipLayerNormalization, which is five times as slow.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.log_severity_level = 3  # errors
    return onnxruntime.InferenceSession(
        str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
    )
