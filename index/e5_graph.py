"""The packaged encoder as ONNX graphs with int8 matrix products: token ids of one text → its unit vector.

Cut in two behind `SHARED` layers: the body gives the states of the tokens, the head of the encoder makes them a
vector, and another head reads the states of a question and of a text together (index/joint_reader.py).

Written node by node from the packed weights, because an exporter would need torch and a quantiser would give
less: body and head together are 1.8 times as fast as torch in fp32 at a mean cosine of 0.9993 to it, where the usual
per-tensor quantisation has 0.9964 (docs/decisions.md). What makes the difference:

- Activations are quantised per token, so one outlying token does not coarsen the others.
- Weights are int8 per output channel, scaled so that no pair of products overflows 16 bits: processors
  without VNNI add products in pairs and clip the sum silently. Integers are thus exact on every processor.
- The embedding table stays as it was packed, 4 bits a weight, which loses nothing.
- Additions and LayerNormalization are separate nodes: onnxruntime's fused SkipLayerNormalization is five
  times as slow. The session must not fuse them again (see index/onnx_encoder.py).

The graphs take one text at a time, hence no padding and no mask. Whenever body or encoder head compute anything else, the
number in e5_weights.ONNX_NAME, which is part of the fingerprint, must be raised.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from index.e5_weights import PackedModel
from index.joint_weights import ALIKE, ALONE, ASKING, BIAS, CENTRE, FOCUS, MATCHED, POOLED, SHARED, TOGETHER

INPUT, STATES, OUTPUT = "input_ids", "states", "embedding"
QUESTION, UNIT, SCORE = "question", "unit", "score"

_OPSET = 21
_RUNTIME = "com.microsoft"  # the domain of onnxruntime's own operators
_BLOCK_WEIGHTS = 32  # of Q4_0
_ZERO_POINT = 128  # activations are uint8 around it
# Two products of a uint8 (at most 255) and weights whose sum is at most 128 stay within an int16.
_PAIR_LIMIT = 128


def build_body(model: PackedModel) -> bytes:
    """The serialised graph: `INPUT` int64 (1, tokens) → `STATES` float32 (1, tokens, hidden)."""
    graph = _Graph()
    hidden = _add_layers(graph, model, range(SHARED), _embed(graph, model))
    graph.add("Identity", hidden, output=STATES)
    ids = helper.make_tensor_value_info(INPUT, TensorProto.INT64, [1, "tokens"])
    return graph.serialise([ids], _states(model, STATES))


def build_encoder_head(model: PackedModel) -> bytes:
    """The serialised graph: `STATES` → `OUTPUT` float32 (1, hidden), of length 1."""
    graph = _Graph()
    mean = _mean(graph, _add_layers(graph, model, range(SHARED, model.layers), STATES))
    graph.add("LpNormalization", mean, axis=-1, p=2, output=OUTPUT)
    vector = helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, [1, model.hidden])
    return graph.serialise([_states(model, STATES)], vector)


def build_joint_head(model: PackedModel, learned: Mapping[str, np.ndarray[Any, Any]]) -> bytes:
    """The serialised graph: states of a `QUESTION` and of a `UNIT` → `SCORE` float32 (1, 1).

    `learned` (index/joint_weights.py) replaces the layers of the head. The score adds up how alike the mean states are,
    what the mean state of the unit says alone, and how well the tokens of the question are matched, each by the
    token of the unit that is most like it (Khattab and Zaharia 2020, "ColBERT"): means lose a name or a year.
    """
    graph = _Graph()
    model = replace(model, tensors={**model.tensors, **learned})
    asking = graph.add("Add", QUESTION, graph.hold(ASKING, model.tensors[ASKING]))
    both = _add_layers(graph, model, range(SHARED, model.layers), graph.add("Concat", asking, UNIT, axis=1))
    tokens = _split_tokens(graph, both, QUESTION)
    parts = [_mean(graph, part) for part in tokens]
    asked, told = (graph.add("LpNormalization", part, axis=-1, p=2) for part in parts)
    alike = graph.add("MatMul", asked, graph.add("Transpose", told, perm=[1, 0]))
    weighed = graph.add("Mul", alike, graph.hold(ALIKE, model.tensors[ALIKE]))
    pooled = graph.add("MatMul", parts[1], graph.hold(POOLED, model.tensors[POOLED].reshape(-1, 1)))
    matched = _add_matches(graph, model, {ALONE: [QUESTION, UNIT], TOGETHER: tokens})
    score = graph.add("Add", graph.add("Add", weighed, pooled), matched)
    graph.add("Add", score, graph.hold(BIAS, model.tensors[BIAS]), output=SCORE)
    result = helper.make_tensor_value_info(SCORE, TensorProto.FLOAT, [1, 1])
    return graph.serialise([_states(model, QUESTION), _states(model, UNIT)], result)


def quantise_columns(weights: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Int8 weights and the scale of each column of `weights`, shape (inputs, outputs), inputs even.

    Of two neighbouring inputs, weights of one sign add up to at most `_PAIR_LIMIT`.
    """
    pairs = weights.reshape(-1, 2, weights.shape[1])
    positive = np.maximum(pairs, 0).sum(axis=1).max(axis=0)
    negative = np.maximum(-pairs, 0).sum(axis=1).max(axis=0)
    # one less than the limit, because each of the two is rounded by up to a half
    scales = np.maximum(positive, negative) / (_PAIR_LIMIT - 1)
    scales = np.maximum(scales, np.abs(weights).max(axis=0) / 127).astype(np.float32)
    return np.rint(weights / scales).astype(np.int8), scales


class _Graph:
    """Nodes and constants in the making; every method returns the name of what it added."""

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[str, onnx.TensorProto] = {}

    def add(self, kind: str, *inputs: str, output: str = "", domain: str = "", **attributes: Any) -> str:
        return self.add_many(kind, inputs, [output or f"v{len(self._nodes)}"], domain, **attributes)[0]

    def add_many(
        self, kind: str, inputs: Sequence[str], outputs: list[str], domain: str = "", **attributes: Any
    ) -> list[str]:
        self._nodes.append(helper.make_node(kind, inputs, outputs, domain=domain, **attributes))
        return outputs

    def hold(self, name: str, values: np.ndarray[Any, Any]) -> str:
        self._constants[name] = numpy_helper.from_array(np.ascontiguousarray(values), name)
        return name

    def hold_int4(self, name: str, values: np.ndarray[Any, Any]) -> str:
        """Two's complement nibbles, one per uint8 of `values`, the first of a pair in the low half."""
        packed = (values[:, 0::2] | (values[:, 1::2] << 4)).tobytes()
        self._constants[name] = helper.make_tensor(name, TensorProto.INT4, values.shape, packed, raw=True)
        return name

    def serialise(self, inputs: Sequence[onnx.ValueInfoProto], output: onnx.ValueInfoProto) -> bytes:
        graph = helper.make_graph(self._nodes, "e5", inputs, [output], list(self._constants.values()))
        opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_RUNTIME, 1)]
        serialised: bytes = helper.make_model(graph, opset_imports=opsets, ir_version=10).SerializeToString()
        return serialised


def _states(model: PackedModel, name: str) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, f"{name}_tokens", model.hidden])


def _embed(graph: _Graph, model: PackedModel) -> str:
    """Word, position and type embeddings of the tokens, normalised."""
    nibbles, scales = _split_blocks(model.word_blocks, model.hidden)
    words = graph.add(
        "GatherBlockQuantized",
        graph.hold_int4("words", nibbles ^ 8),  # q - 8 as a nibble in two's complement
        INPUT,
        graph.hold("word_scales", scales),
        domain=_RUNTIME,
        block_size=_BLOCK_WEIGHTS,
        gather_axis=0,
        quantize_axis=1,
    )
    positions = model.tensors["embeddings.position_embeddings.weight"]
    types = model.tensors["embeddings.token_type_embeddings.weight"]  # every token is of type 0
    count = graph.add("Shape", INPUT, start=1, end=2)
    first = graph.hold("first_position", np.array([0]))
    places = graph.add("Slice", graph.hold("positions", positions + types[0]), first, count)
    return _normalise(graph, model, "embeddings.LayerNorm", graph.add("Add", words, places))


def _split_blocks(blocks: np.ndarray[Any, Any], hidden: int) -> tuple[np.ndarray[Any, Any], ...]:
    """Nibbles in reading order, shape (rows, hidden), and fp32 scales, shape (rows, blocks of a row)."""
    nibbles = np.concatenate([blocks["nibbles"] & 0x0F, blocks["nibbles"] >> 4], axis=1)
    scales = blocks["scale"].astype(np.float32)
    return nibbles.reshape(-1, hidden), scales.reshape(-1, hidden // _BLOCK_WEIGHTS)


def _split_tokens(graph: _Graph, hidden: str, first: str) -> list[str]:
    """The states of the tokens that stand where those of `first` do, and those of the others."""
    count = graph.add("Shape", first, start=1, end=2)
    axis = graph.hold("token_axis", np.array([1]))
    start, end = graph.hold("first_token", np.array([0])), graph.hold("last_token", np.array([1 << 30]))
    return [graph.add("Slice", hidden, start, count, axis), graph.add("Slice", hidden, count, end, axis)]


def _add_matches(graph: _Graph, model: PackedModel, states: Mapping[str, Sequence[str]]) -> str:
    """What the best matches of the question's tokens add to the score, shape (1, 1)."""

    def hold(name: str, shape: tuple[int, ...] = (-1,)) -> str:
        return graph.hold(name, model.tensors[name].reshape(shape))

    axis = graph.hold("token_axis", np.array([1]))
    focus = [graph.add("MatMul", asked, hold(name + FOCUS, (-1, 1))) for name, (asked, _) in states.items()]
    share = graph.add("Softmax", graph.add("Sum", *focus), axis=1)
    found = []
    for name, pair in states.items():
        centre = hold(name + CENTRE)
        asked, told = (
            graph.add("LpNormalization", graph.add("Sub", part, centre), axis=-1, p=2) for part in pair
        )
        alike = graph.add("MatMul", asked, graph.add("Transpose", told, perm=[0, 2, 1]))
        best = graph.add("ReduceMax", alike, graph.hold("last_axis", np.array([-1])), keepdims=1)
        matched = graph.add("ReduceSum", graph.add("Mul", share, best), axis, keepdims=0)
        found.append(graph.add("Mul", matched, hold(name + MATCHED)))
    return graph.add("Sum", *found)


def _mean(graph: _Graph, hidden: str) -> str:
    return graph.add("ReduceMean", hidden, graph.hold("token_axis", np.array([1])), keepdims=0)


def _add_layers(graph: _Graph, model: PackedModel, layers: Iterable[int], hidden: str) -> str:
    for layer in layers:
        hidden = _add_layer(graph, model, f"encoder.layer.{layer}", hidden)
    return hidden


def _add_layer(graph: _Graph, model: PackedModel, layer: str, hidden: str) -> str:
    parts = [f"{layer}.attention.self.{part}" for part in ("query", "key", "value")]
    projected = graph.add_many(
        "Split",
        [_multiply(graph, model, parts, hidden)],
        [f"{part}.output" for part in parts],
        axis=-1,
        num_outputs=3,
    )
    biases = np.concatenate([model.tensors[f"{part}.bias"] for part in parts])
    attended = graph.add(
        "MultiHeadAttention",
        *projected,
        graph.hold(f"{layer}.attention.biases", biases),
        domain=_RUNTIME,
        num_heads=model.heads,
    )
    hidden = _add_residual(graph, model, f"{layer}.attention.output", attended, hidden)
    inner = f"{layer}.intermediate.dense"
    bias = graph.hold(f"{inner}.bias", model.tensors[f"{inner}.bias"])
    grown = graph.add("BiasGelu", _multiply(graph, model, [inner], hidden), bias, domain=_RUNTIME)
    return _add_residual(graph, model, f"{layer}.output", grown, hidden)


def _add_residual(graph: _Graph, model: PackedModel, block: str, values: str, residual: str) -> str:
    dense = f"{block}.dense"
    bias = graph.hold(f"{dense}.bias", model.tensors[f"{dense}.bias"])
    biased = graph.add("Add", _multiply(graph, model, [dense], values), bias)
    return _normalise(graph, model, f"{block}.LayerNorm", graph.add("Add", biased, residual))


def _normalise(graph: _Graph, model: PackedModel, norm: str, values: str) -> str:
    gain = graph.hold(f"{norm}.weight", model.tensors[f"{norm}.weight"])
    bias = graph.hold(f"{norm}.bias", model.tensors[f"{norm}.bias"])
    return graph.add("LayerNormalization", values, gain, bias, epsilon=model.epsilon)


def _multiply(graph: _Graph, model: PackedModel, layers: Sequence[str], values: str) -> str:
    """`values` times the weights of `layers` side by side, both int8, without the bias.

    Each token is divided by its largest magnitude, quantised with one scale for all, and multiplied back.
    """
    weights = np.concatenate([model.tensors[f"{layer}.weight"] for layer in layers]).T
    integers, scales = quantise_columns(weights)
    step = graph.hold("step", np.array(1 / 127, dtype=np.float32))
    zero = graph.hold("zero_point", np.array(_ZERO_POINT, dtype=np.uint8))
    last = graph.hold("last_axis", np.array([-1]))
    largest = graph.add("ReduceMax", graph.add("Abs", values), last, keepdims=1)
    quantised = graph.add("QuantizeLinear", graph.add("Div", values, largest), step, zero)
    product = graph.add(
        "MatMulIntegerToFloat",
        quantised,
        graph.hold(f"{layers[0]}.weight", integers),
        step,
        graph.hold(f"{layers[0]}.scales", scales),
        zero,
        domain=_RUNTIME,
    )
    return graph.add("Mul", product, largest)
