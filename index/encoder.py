"""Text → unit vectors: the `Encoder` protocol, how an encoder is found, and one over sentence-transformers.

The packaged model runs on onnxruntime in int8 (index/onnx_encoder.py) unless fp32 is asked for. Importing
this module is cheap; torch and sentence-transformers (about 10 s) are imported only for fp32 and for models
given by name. The packaged model's name, fingerprint and dimensions are known without any runtime.
"""

from __future__ import annotations

import hashlib
import logging
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt

from index import e5_weights
from index.errors import ModelUnavailable

if TYPE_CHECKING:
    from index.onnx_encoder import OnnxEncoder

Vectors = npt.NDArray[np.float32]
Progress = Callable[[int], None]

HUB_MODEL = "intfloat/multilingual-e5-small"
MAX_TOKENS = 512
# Tokens of one batch, padding included: larger batches fall out of the processor's cache (bench/encoder.py).
TOKEN_BUDGET = 1024
# Texts tokenised and sorted at a time; it bounds memory and how long a progress bar stands still.
_WINDOW = 512

_log = logging.getLogger(__name__)


class Precision(StrEnum):
    """What the linear layers compute in; part of the fingerprint."""

    FP32 = "fp32"  # on torch
    INT8 = "int8"  # on onnxruntime, packaged model only: weights per output channel, activations per token


DEFAULT_PRECISION = Precision.INT8


class Encoder(Protocol):
    """Turns questions and passages into L2-normalised float32 vectors of one space."""

    @property
    def name(self) -> str:
        """What a person calls the model: its packaged name, folder or hub name."""

    @property
    def fingerprint(self) -> str:
        """Identifies weights, pooling, prefixes and precision: equal fingerprints, equal vectors."""

    @property
    def dimensions(self) -> int: ...

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """One row per text, shape (len(texts), dimensions)."""

    def encode_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        """One row per text, shape (len(texts), dimensions); `progress` gets the number of texts just done."""


class SentenceTransformerEncoder:
    """An encoder over a sentence-transformers model, loaded at the first encoding (thread-safe).

    Texts are cut at `MAX_TOKENS` tokens. Batches hold texts of similar length within `TOKEN_BUDGET` tokens and
    run side by side, each on one core: threads inside an operation wait for each other, which on a busy
    machine made encoding slower than on one core (bench/encoder.py).
    """

    def __init__(
        self,
        load: Callable[[], Any],
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
        self._load = load
        self._query_prefix = query_prefix
        self._passage_prefix = passage_prefix
        self._model: Any = None
        self._workers: ThreadPoolExecutor | None = None
        self._lock = threading.Lock()  # the tokenizer may not be used by two threads at once

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode([self._query_prefix + text for text in texts], None)

    def encode_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        return self._encode([self._passage_prefix + text for text in texts], progress)

    def warm(self) -> None:
        """Load the model now rather than at the first encoding; ModelUnavailable where it cannot be had."""
        self._ready_model()

    def _ready_model(self) -> Any:
        with self._lock:
            if self._model is None:
                model = self._load().eval().float()
                self._workers = _start_workers()
                self._model = model
            return self._model

    def _encode(self, texts: list[str], progress: Progress | None) -> Vectors:
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        for start in range(0, len(texts), _WINDOW):
            window = self._tokenise(texts[start : start + _WINDOW])
            batches = list(group_by_length([len(ids) for ids in window], TOKEN_BUDGET))
            done = self._forward_all([[window[index] for index in batch] for batch in batches])
            for batch, rows in zip(batches, done, strict=True):
                vectors[[start + index for index in batch]] = rows
                if progress is not None:
                    progress(len(batch))
        return vectors

    def _forward_all(self, batches: list[list[list[int]]]) -> Iterator[Vectors]:
        """The vectors of each batch in turn, as they finish."""
        assert self._workers is not None, "workers start with the model, which has tokenised the batches"
        return self._workers.map(self._forward, batches)

    def _tokenise(self, texts: list[str]) -> list[list[int]]:
        model = self._ready_model()
        limit = min(MAX_TOKENS, model.max_seq_length or MAX_TOKENS)
        with self._lock:
            encoded = model.tokenizer(texts, truncation=True, max_length=limit, padding=False)
        ids: list[list[int]] = encoded["input_ids"]
        return ids

    def _forward(self, batch: list[list[int]]) -> Vectors:
        import torch

        model = self._ready_model()
        width = max(map(len, batch))
        input_ids = torch.full((len(batch), width), model.tokenizer.pad_token_id or 0)
        mask = torch.zeros((len(batch), width), dtype=torch.long)
        for row, ids in enumerate(batch):
            input_ids[row, : len(ids)] = torch.tensor(ids)
            mask[row, : len(ids)] = 1
        with torch.inference_mode():
            pooled = model({"input_ids": input_ids, "attention_mask": mask})["sentence_embedding"]
            unit = torch.nn.functional.normalize(pooled.float(), dim=1)
        vectors: Vectors = unit.numpy()
        return vectors


def load_encoder(
    model: str | None, *, cache: Path, precision: Precision = DEFAULT_PRECISION
) -> SentenceTransformerEncoder | OnnxEncoder:
    """The encoder to use: `model` (a folder or a hub name) if given, else the packaged one, else the hub's.

    The packaged model is unpacked under `cache` but not loaded yet; `precision` is its own. The others are
    loaded at once and compute in fp32.
    Raises ModelUnavailable, with the remedy in Vietnamese, where none can be had.
    """
    if model is not None:
        return _open_named_model(model)
    try:
        return _open_onnx_model(cache) if precision == Precision.INT8 else _open_packaged_model(cache)
    except ModelUnavailable as missing:
        _log.warning("%s Đang thử tải %s.", missing, HUB_MODEL)
        try:
            return _open_named_model(HUB_MODEL)
        except ModelUnavailable:
            raise missing from None


def group_by_length(lengths: Sequence[int], budget: int) -> Iterator[list[int]]:
    """Indices of `lengths` in batches, longest first, whose padded size stays within `budget` tokens.

    A batch always holds at least one text, so budget 0 gives batches of one.
    """
    batch: list[int] = []
    for index in sorted(range(len(lengths)), key=lambda i: -lengths[i]):
        if batch and lengths[batch[0]] * (len(batch) + 1) > budget:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def _open_onnx_model(cache: Path) -> OnnxEncoder:
    from index.onnx_encoder import OnnxBody, OnnxEncoder

    identity = (e5_weights.ONNX_NAME, e5_weights.WEIGHTS_SHA256)
    prefixes = (e5_weights.QUERY_PREFIX, e5_weights.PASSAGE_PREFIX)
    return OnnxEncoder(
        OnnxBody(e5_weights.unpack_onnx_model(cache)),
        name=e5_weights.MODEL_NAME,
        fingerprint=_join_fingerprint(e5_weights.MODEL_NAME, Precision.INT8, (*identity, *prefixes)),
        dimensions=e5_weights.DIMENSIONS,
        query_prefix=prefixes[0],
        passage_prefix=prefixes[1],
    )


def _open_packaged_model(cache: Path) -> SentenceTransformerEncoder:
    folder = e5_weights.unpack_default_model(cache)
    identity = (e5_weights.MODEL_NAME, e5_weights.WEIGHTS_SHA256)
    prefixes = (e5_weights.QUERY_PREFIX, e5_weights.PASSAGE_PREFIX)
    return SentenceTransformerEncoder(
        lambda: _load_model(str(folder), local=True),
        name=e5_weights.MODEL_NAME,
        fingerprint=_join_fingerprint(e5_weights.MODEL_NAME, Precision.FP32, (*identity, *prefixes)),
        dimensions=e5_weights.DIMENSIONS,
        query_prefix=prefixes[0],
        passage_prefix=prefixes[1],
    )


def _open_named_model(name: str) -> SentenceTransformerEncoder:
    local = Path(name).is_dir()
    if not local and (Path(name).is_absolute() or name.startswith(".") or name.count("/") != 1):
        raise ModelUnavailable(
            f"Không có thư mục mô hình {name!r}. Hãy kiểm tra đường dẫn ở `--model` (một thư mục "
            "sentence-transformers hoặc tên dạng tổ-chức/mô-hình), hoặc bỏ `--model` để dùng mô hình đi kèm."
        )
    loaded = _load_model(name, local=local)
    prefixes = _find_prefixes(name, loaded)
    return SentenceTransformerEncoder(
        lambda: loaded,
        name=name,
        fingerprint=_join_fingerprint(Path(name).name, Precision.FP32, (_hash_model(loaded), *prefixes)),
        dimensions=int(loaded(_tiny_input(loaded))["sentence_embedding"].shape[1]),
        query_prefix=prefixes[0],
        passage_prefix=prefixes[1],
    )


def _load_model(name: str, *, local: bool) -> Any:
    """The sentence-transformers model on the processor; with `local` nothing asks the network.

    A hub model that was downloaded before is found without a network.
    """
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # its threads break programs that fork
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    try:
        from sentence_transformers import SentenceTransformer

        _silence_libraries()
        local = local or not _can_reach_hub(name)
        return SentenceTransformer(name, device="cpu", local_files_only=local)
    except Exception as error:  # the libraries raise a dozen unrelated kinds for a model they cannot load
        raise ModelUnavailable(
            f"Không nạp được mô hình mã hóa {name!r}: {type(error).__name__}: {error}. "
            "Hãy kiểm tra thư mục hoặc tên mô hình và kết nối mạng, hoặc bỏ `--model` để dùng mô hình đi kèm."
        ) from error


def _can_reach_hub(name: str) -> bool:
    """One short question to the hub: the library's own retries take more than a minute without a network."""
    import urllib.error
    import urllib.request

    from huggingface_hub import constants

    if constants.HF_HUB_OFFLINE:
        return False
    request = urllib.request.Request(f"{constants.ENDPOINT}/{name}/resolve/main/config.json", method="HEAD")
    try:
        urllib.request.urlopen(request, timeout=10).close()
    except urllib.error.HTTPError:
        return True  # it answered; the library explains better what is wrong
    except OSError:
        return False
    return True


def _silence_libraries() -> None:
    """Keep progress bars and advice of the libraries off the user's terminal."""
    from huggingface_hub.utils.tqdm import disable_progress_bars
    from transformers.utils import logging as transformers_logging

    disable_progress_bars()
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    transformers_logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    logging.getLogger("sentence_transformers").setLevel(logging.WARNING)


def _find_prefixes(name: str, model: Any) -> tuple[str, str]:
    """What the model wants before a question and before a passage: its own prompts, else e5's for an e5."""
    prompts = {key: text for key, text in (model.prompts or {}).items() if text}
    query, passage = prompts.get("query", ""), prompts.get("document", prompts.get("passage", ""))
    if not (query or passage) and "e5" in Path(name).name.lower().replace("_", "-").split("-"):
        return e5_weights.QUERY_PREFIX, e5_weights.PASSAGE_PREFIX
    return query, passage


def _tiny_input(model: Any) -> dict[str, Any]:
    import torch

    ids = torch.tensor([model.tokenizer("a")["input_ids"]])
    return {"input_ids": ids, "attention_mask": torch.ones_like(ids)}


def _hash_model(model: Any) -> str:
    """The sha256 of the loaded model's modules, tokenizer and weights, wherever they came from."""
    digest = hashlib.sha256(repr(model).encode())
    backend = getattr(model.tokenizer, "backend_tokenizer", None)
    digest.update(
        backend.to_str().encode() if backend else repr(sorted(model.tokenizer.get_vocab())).encode()
    )
    for name, values in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(values.float().contiguous().numpy().data)
    return digest.hexdigest()


def _join_fingerprint(name: str, precision: Precision, parts: tuple[str, ...]) -> str:
    recipe = "\x1f".join((*parts, precision.value, str(MAX_TOKENS), "l2"))
    return f"{name}/{precision.value}/{hashlib.sha256(recipe.encode()).hexdigest()[:16]}"


def _start_workers() -> ThreadPoolExecutor:
    """One thread per core that torch would use (OMP_NUM_THREADS counts), each computing on its core alone."""
    import torch

    return ThreadPoolExecutor(
        torch.get_num_threads(), thread_name_prefix="encoder", initializer=lambda: torch.set_num_threads(1)
    )
