"""What reading question and text together has learned: the layers behind the shared ones, as the program ships them.

`data/joint_weights.safetensors` holds matrices (outputs, inputs) in 8 bits with a scale for each output, the rest in halves;
`bench/train_joint.py` is the recipe.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from safetensors.numpy import load, save

Tensors = Mapping[str, np.ndarray[Any, np.dtype[np.float32]]]

SHARED = 8  # layers of the encoder that are kept as they are
ASKING = "joint.asking"  # added to the states of a question, shape (hidden,): which tokens ask
ALIKE = "joint.alike"  # weight of the cosine between the mean states of question and text, shape (1,)
POOLED = "joint.pooled"  # weights of the mean state of the text, shape (hidden,)
BIAS = "joint.bias"  # shape (1,)
# How well each token of the question is matched by some token of the text, as read alone and as read together:
ALONE, TOGETHER = "joint.alone", "joint.together"
CENTRE = ".centre"  # taken from the states before they are compared, shape (hidden,)
FOCUS = ".focus"  # weights of a state of the question: how much its match counts, shape (hidden,)
MATCHED = ".matched"  # weight of the matches, shape (1,)

_SCALES = ".scales"


def digest_joint_weights() -> str:
    """Eight characters that change with the weights."""
    return hashlib.sha256(_read_file()).hexdigest()[:8]


def load_joint_weights() -> Tensors:
    """The weights as fp32 by their names in BERT, and those named above."""
    return unpack_joint_weights(_read_file())


def unpack_joint_weights(packed: bytes) -> Tensors:
    """What `pack_joint_weights` was given, but for rounding."""
    stored = load(packed)
    return {
        name: _unpack(values, stored.get(name + _SCALES))
        for name, values in stored.items()
        if not name.endswith(_SCALES)
    }


def pack_joint_weights(tensors: Tensors) -> bytes:
    """The bytes of `data/joint_weights.safetensors` for weights as `load_joint_weights` gives them."""
    stored: dict[str, np.ndarray[Any, Any]] = {}
    for name, values in tensors.items():
        if values.ndim == 2:
            scales = np.maximum(np.abs(values).max(axis=1, keepdims=True) / 127, 1e-12).astype(np.float32)
            stored[name] = np.rint(values / scales).astype(np.int8)
            stored[name + _SCALES] = scales
        else:
            stored[name] = values.astype(np.float16)
    return save(stored)


def _unpack(
    values: np.ndarray[Any, Any], scales: np.ndarray[Any, Any] | None
) -> np.ndarray[Any, np.dtype[np.float32]]:
    whole = values.astype(np.float32)
    return whole if scales is None else whole * scales


@cache
def _read_file() -> bytes:
    return resources.files("index").joinpath("data/joint_weights.safetensors").read_bytes()
