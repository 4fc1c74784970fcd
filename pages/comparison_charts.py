"""The charts of a comparison as Vega-Lite specifications, and their words for those who do not see them."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import Any

from index.comparison import wording
from index.comparison.figures import KINDS, tell_figure
from index.comparison.models import Clock, Comparison, Told
from pages.chart_colours import AS_ELEMENTS, BLUE, BRICK, GREEN, LILAC, OCHRE, STONE
from pages.drawing import shorten

Spec = dict[str, Any]  # Source of its form: Vega-Lite 6, "Layered views", "Facet", "Axis", "Tooltip"

_ROW = 34  # pixels of one line of a chart
_AXES = 70
_LEGEND = (8, 24)  # pixels of a legend below a chart, and of each of its lines
_YEAR = 365 * 24 * 3600 * 1000  # milliseconds
_COLOURS = {
    Told.OWN: GREEN,
    Told.OWN_PAGE: OCHRE,
    Told.OWN_UNCLEAR: STONE,
    Told.OTHER: BLUE,
    Told.OTHER_PAGE: BRICK,
    Told.OTHER_UNCLEAR: LILAC,
}
_STYLE: Spec = {
    "config": {"view": {"stroke": None}, "axis": {"labelFontSize": 13}},
    "usermeta": AS_ELEMENTS,
}


def figures_of(given: Comparison) -> Spec | None:
    """The figures by unit, a panel for each unit that several rows have; None where there is none."""
    values = list(_figures(given))
    rows_of = {
        unit: {one["row"] for one in values if one["unit"] == unit}
        for unit in {one["unit"] for one in values}
    }
    values = [one for one in values if len(rows_of[str(one["unit"])]) > 1]
    if not values:
        return None
    encoding = {
        "x": {"field": "value", "type": "quantitative", "title": None, "scale": {"zero": True}},
        "y": _rows(grid=True),
        "shape": {"field": "kind", "type": "nominal", "title": None, "legend": {"orient": "bottom"}},
        "tooltip": [_told("row", "Tỉnh"), _told("told", "Số liệu"), _told("source", "Nguồn")],
    }
    header = {"labelAngle": 0, "labelAlign": "left", "labelOrient": "top"}
    return {
        **_STYLE,
        "data": {"values": values},
        "facet": {"row": {"field": "unit", "type": "nominal", "title": None, "header": header}},
        "spec": {
            "mark": {"type": "point", "filled": True, "size": 110, "opacity": 0.85},
            "encoding": encoding,
            "height": _ROW * len({one["row"] for one in values}),
            "width": 520,
        },
        "resolve": {"scale": {"x": "independent"}},
    }


def _figures(given: Comparison) -> Iterator[dict[str, str | float]]:
    for row in given.rows:
        for cell in row.cells:
            for figure in cell.figures:
                yield {
                    "row": row.group.label,
                    "unit": figure.unit,
                    "value": figure.value,
                    "kind": KINDS[figure.kind],
                    "told": tell_figure(figure, cell),
                    "source": shorten(wording.name_source(cell), 120),
                }


def figures_in_words(given: Comparison) -> str:
    """The figures for those who do not see the chart."""
    return "; ".join(f"{one['row']}: {one['told']}" for one in _figures(given))


def timeline_of(given: Comparison) -> Spec | None:
    """The documents by day, and the spans that their quotations name; None where there is one at most: the table tells it."""
    values = list(_timed(given))
    if len({(one["row"], one["first"], one["last"]) for one in values}) < 2:
        return None
    lines = [row.group.label for row in given.rows if any(cell.time.spans for cell in row.cells)]
    kinds = [told for told in Told if any(one["told"] == told.value for one in values)]
    colour = {
        "field": "told",
        "type": "nominal",
        "title": None,
        "scale": {"domain": [kind.value for kind in kinds], "range": [_COLOURS[kind] for kind in kinds]},
        "legend": {"orient": "bottom", "columns": 2, "labelLimit": 260},
    }
    x = {
        "field": "first",
        "type": "temporal",
        "title": None,
        "axis": {"format": "%Y", "tickMinStep": _YEAR},
    }
    shared = {
        "y": {**_rows(grid=True), "sort": lines},
        "color": colour,
        "tooltip": [_told("row", "Tỉnh"), _told("time", "Thời gian"), _told("source", "Nguồn")],
    }
    # The words of the chart say all of it (`aria`): a layer without marks would be an image without a name.
    return {
        **_STYLE,
        "data": {"values": values},
        "height": _ROW * len(lines) + _AXES + _LEGEND[0] + _LEGEND[1] * ceil(len(kinds) / 2),
        "layer": [
            {
                "mark": {"type": "bar", "height": 9, "opacity": 0.55, "aria": False},
                "encoding": {**shared, "x": x, "x2": {"field": "last"}},
                "transform": [{"filter": "datum.first != datum.last"}],
            },
            {
                "mark": {"type": "point", "filled": True, "size": 90, "opacity": 0.85, "aria": False},
                "encoding": {**shared, "x": x},
                "transform": [{"filter": "datum.first == datum.last"}],
            },
        ],
    }


def _timed(given: Comparison) -> Iterator[dict[str, str]]:
    for row in given.rows:
        for cell in row.cells:
            for span in cell.time.spans:
                day = span.first or span.last
                if day is not None:
                    yield {
                        "row": row.group.label,
                        "told": cell.told.value,
                        "first": day.isoformat(),
                        "last": (span.last or day).isoformat(),
                        "time": f"{wording.tell_span(span)} ({cell.time.clock})",
                        "source": shorten(wording.name_source(cell), 120),
                    }


def timeline_in_words(given: Comparison) -> str:
    """The timeline for those who do not see it."""
    return "; ".join(f"{one['row']}: {one['time']}" for one in _timed(given))


def untimed(given: Comparison) -> int:
    """How many cells the timeline cannot show."""
    return sum(cell.time.clock is Clock.UNKNOWN for row in given.rows for cell in row.cells)


def holdings_of(given: Comparison) -> Spec | None:
    """The denominators: documents held of each row by year; None where nothing dated is held."""
    values = [
        {"row": row.group.label, "year": year, "count": count}
        for row in given.rows
        for year, count in row.holding.years
    ]
    if not values:
        return None
    lines = [row.group.label for row in given.rows if row.holding.years]
    number = {"field": "count", "type": "quantitative"}
    return {
        **_STYLE,
        "data": {"values": values},
        "height": _ROW * len(lines) + _AXES,
        "mark": {"type": "bar", "height": 18},
        "encoding": {
            "x": {**number, "title": "Văn bản kho đang giữ", "axis": {"tickMinStep": 1, "format": "d"}},
            "y": {**_rows(), "sort": lines},
            "color": {
                "field": "year",
                "type": "nominal",
                "title": "Năm",
                "scale": {"scheme": "tealblues"},
            },
            "tooltip": [_told("row", "Tỉnh"), _told("year", "Năm"), {**number, "title": "Số văn bản"}],
        },
    }


def holdings_in_words(given: Comparison) -> str:
    """The denominators for those who do not see the chart."""
    return "; ".join(f"{row.group.label}: {wording.tell_holding(row.holding)}" for row in given.rows)


def _rows(*, grid: bool = False) -> Spec:
    axis = {"labelLimit": 190, "labelOverlap": False, **({"grid": True} if grid else {})}
    return {"field": "row", "type": "nominal", "title": None, "axis": axis}


def _told(field: str, title: str) -> Spec:
    return {"field": field, "type": "nominal", "title": title}
