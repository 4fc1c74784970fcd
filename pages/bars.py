"""Bar charts as Vega-Lite specifications: what is not known has a colour and a bar of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from corpus.holdings import Bar
from corpus.labels import UNKNOWN
from pages.chart_colours import AS_ELEMENTS, GREEN, STONE
from pages.drawing import count_of, shorten

Spec = dict[str, Any]  # Source of its form: Vega-Lite 5, "Layered views", "Axis", "Tooltip"

_KNOWN = "đã biết"
_NUMBER = "Số văn bản"
_LETTERS = 46  # of a name


def rows_spec(bars: Sequence[Bar], axis: str) -> Spec:
    """Bars that lie below each other, each with its name before it and its number behind it."""
    name = {"field": "name", "type": "nominal", "title": None, "sort": [_short(bar) for bar in bars]}
    encoding = {
        "x": _number(),
        "y": {**name, "axis": {"labelLimit": 230, "ticks": False, "domain": False}},
        "tooltip": _tooltip(axis),
    }
    marks = ({"type": "bar", "height": 15}, {"type": "text", "align": "left", "dx": 5})
    return _spec(bars, encoding, marks, height=26 * len(bars) + 75)


def columns_spec(bars: Sequence[Bar], axis: str) -> Spec:
    """Bars that stand beside each other, for what has an order of its own."""
    name = {"field": "name", "type": "nominal", "title": axis, "sort": [_short(bar) for bar in bars]}
    encoding = {"x": {**name, "axis": {"labelAngle": 0}}, "y": _number(), "tooltip": _tooltip(axis)}
    marks = ({"type": "bar"}, {"type": "text", "baseline": "bottom", "dy": -3})
    return _spec(bars, encoding, marks, height=260)


def _spec(
    bars: Sequence[Bar],
    encoding: Mapping[str, object],
    marks: tuple[Mapping[str, object], Mapping[str, object]],
    *,
    height: int,
) -> Spec:
    colour = {
        "field": "state",
        "type": "nominal",
        "scale": {"domain": [_KNOWN, UNKNOWN], "range": [GREEN, STONE]},
        "legend": None,
    }
    bar, text = marks
    return {
        "data": {"values": [_value(bar) for bar in bars]},
        "height": height,
        "encoding": encoding,
        "layer": [
            {"mark": bar, "encoding": {"color": colour}},
            {
                "mark": {**text, "fontSize": 13},
                "encoding": {"text": {"field": "told", "type": "nominal"}},
            },
        ],
        "config": {
            "view": {"stroke": None},
            "axis": {"labelFontSize": 13, "titleFontSize": 13, "grid": False},
        },
        "padding": {"left": 0, "top": 5, "right": 44, "bottom": 20},  # the number behind the longest bar
        "usermeta": AS_ELEMENTS,
    }


def _value(bar: Bar) -> dict[str, object]:
    state = _KNOWN if bar.known else UNKNOWN
    return {"name": _short(bar), "number": bar.number, "told": count_of(bar.number), "state": state}


def _short(bar: Bar) -> str:
    return shorten(bar.name, _LETTERS)


def _number() -> Spec:
    axis = {"format": "d", "tickMinStep": 1, "tickCount": 5}
    return {"field": "number", "type": "quantitative", "title": _NUMBER, "axis": axis}


def _tooltip(axis: str) -> list[Spec]:
    return [
        {"field": "name", "type": "nominal", "title": axis},
        {"field": "told", "type": "nominal", "title": _NUMBER},
    ]
