"""What the page of a comparison shows: the table of quotations, times and denominators. Every text is escaped."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from math import ceil

import altair as alt

from index.comparison import wording
from index.comparison.figures import KINDS, tell_figure
from index.comparison.models import Cell, Clock, Comparison, Row, Seen, Told
from index.models import Citation
from pages.answer_drawing import source_line
from pages.chart_colours import BLUE, BRICK, GREEN, LILAC, OCHRE, STONE
from pages.drawing import cited_address, shorten
from pages.stored_words import stored_html

_SHORT = 260  # characters of a quotation that the table shows at once
_ROW = 34  # pixels of one line of a chart
_AXES = 70
_LEGEND = (8, 24)  # pixels of a legend below a chart, and of each of its lines
_COLOURS = {
    Told.OWN: GREEN,
    Told.OWN_PAGE: OCHRE,
    Told.OWN_UNCLEAR: STONE,
    Told.OTHER: BLUE,
    Told.OTHER_PAGE: BRICK,
    Told.OTHER_UNCLEAR: LILAC,
}


# --- the table


def table_html(given: Comparison) -> str:
    """A body of rows for each province: its quotations, each with its evidence, or what it means that there is none."""
    head = "".join(
        f'<th scope="col">{name}</th>'
        for name in ("Tỉnh, thành phố", "Câu trích", "Thời gian, nơi được nói tới")
    )
    bodies = "".join(_body_html(given, row) for row in given.rows)
    return (
        f'<table class="cc-table cc-compare" aria-label="{escape(wording.heading(given))}">'
        f"<thead><tr>{head}</tr></thead>{bodies}</table>"
    )


def _body_html(given: Comparison, row: Row) -> str:
    held = escape(wording.tell_holding(row.holding))
    name = (
        f'<th scope="rowgroup" rowspan="{max(1, len(row.cells))}">{escape(row.group.label)}'
        f'<span class="cc-held-of">{held}</span></th>'
    )
    if not row.cells:
        tone = "cc-no-data" if row.seen is Seen.NO_DATA else "cc-not-seen"
        told = escape(wording.tell_seen(row))
        return f'<tbody><tr>{name}<td colspan="2" class="{tone}">{told}</td></tr></tbody>'
    rows = [_cell_html(given, row, cell) for cell in row.cells]
    rows[0] = name + rows[0]
    return f"<tbody>{''.join(f'<tr>{one}</tr>' for one in rows)}</tbody>"


def _cell_html(given: Comparison, row: Row, cell: Cell) -> str:
    told = wording.tell_told(row, cell)
    beside = wording.tell_beside(given.period, cell)
    warned = f'<p class="cc-notice">{escape(beside)}</p>' if beside else ""
    tone = "cc-held" if cell.told is Told.OWN else "cc-mentioned"
    return (
        f'<td><p class="cc-said">“{escape(shorten(wording.quote(cell), _SHORT))}”</p>'
        f'<p class="cc-source"><span class="{tone}">{escape(told)}</span> {escape(wording.name_source(cell))}</p>'
        f"{_figures_html(cell)}{_evidence_html(cell)}</td>"
        f"<td><p>{escape(wording.tell_time(cell.time))}</p>{warned}"
        f'<p class="cc-source">{escape(wording.tell_places(row, cell))}</p></td>'
    )


def _figures_html(cell: Cell) -> str:
    """The figures read in the quotation; "" where none was."""
    items = "".join(f"<li>{escape(tell_figure(figure, cell))}</li>" for figure in cell.figures)
    return f'<ul class="cc-figures" aria-label="Số liệu trong câu">{items}</ul>' if items else ""


def _evidence_html(cell: Cell) -> str:
    """The whole quotation, where it stands, and the link that shows it in its text."""
    quotes = "".join(map(_quote_html, cell.citations))
    return f'<details class="cc-lines"><summary>Bằng chứng</summary>{quotes}</details>'


def _quote_html(citation: Citation) -> str:
    address = cited_address(citation)
    return (
        f'<blockquote class="cc-quote cc-proof"><span class="cc-words">{stored_html(citation.quote)}</span></blockquote>'
        f'<p class="cc-source">{escape(source_line(citation))}{_original_html(citation)}</p>'
        f'<p class="cc-source"><a class="cc-open" href="{escape(address)}" target="_self">'
        "Mở văn bản tại câu này</a></p>"
    )


def _original_html(citation: Citation) -> str:
    if citation.url is None or not citation.url.startswith(("https://", "http://")):
        return ""
    return f' · <a href="{escape(citation.url)}" rel="noopener noreferrer">trang gốc</a>'


def warnings_html(given: Comparison) -> str:
    """What must be known before rows are compared; "" for nothing."""
    items = "".join(f"<li>{escape(warning)}</li>" for warning in given.warnings)
    return f'<ul class="cc-hints cc-mind">{items}</ul>' if items else ""


def notes_html(given: Comparison) -> str:
    """Whose words the cells are, and what the collection cannot show."""
    return f'<ul class="cc-hints">{"".join(f"<li>{escape(note)}</li>" for note in given.notes)}</ul>'


# --- charts


def figures_of(given: Comparison) -> alt.FacetChart | None:
    """The figures by unit, a panel for each unit that several rows have; None where there is none."""
    values = list(_figures(given))
    rows_of = {
        unit: {one["row"] for one in values if one["unit"] == unit}
        for unit in {one["unit"] for one in values}
    }
    values = [one for one in values if len(rows_of[str(one["unit"])]) > 1]
    if not values:
        return None
    points = alt.Chart(alt.InlineData(values=values)).mark_point(filled=True, size=110, opacity=0.85)
    encoded = points.encode(
        x=alt.X("value:Q", title=None, scale=alt.Scale(zero=True)),
        y=alt.Y("row:N", title=None, axis=alt.Axis(labelLimit=190, labelOverlap=False, grid=True)),
        shape=alt.Shape("kind:N", title=None, legend=alt.Legend(orient="bottom")),
        tooltip=[
            alt.Tooltip("row:N", title="Tỉnh"),
            alt.Tooltip("told:N", title="Số liệu"),
            alt.Tooltip("source:N", title="Nguồn"),
        ],
    )
    chart: alt.FacetChart = encoded.properties(
        height=_ROW * len({one["row"] for one in values}), width=520
    ).facet(
        row=alt.Row(
            "unit:N", title=None, header=alt.Header(labelAngle=0, labelAlign="left", labelOrient="top")
        )
    )
    independent: alt.FacetChart = chart.resolve_scale(x="independent")
    return independent


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


def timeline_of(given: Comparison) -> alt.LayerChart | None:
    """The documents by day, and the spans that their quotations name; None where there is one at most: the table tells it."""
    values = list(_timed(given))
    if len({(one["row"], one["first"], one["last"]) for one in values}) < 2:
        return None
    lines = [row.group.label for row in given.rows if any(cell.time.spans for cell in row.cells)]
    kinds = [told for told in Told if any(one["told"] == told.value for one in values)]
    base = alt.Chart(alt.InlineData(values=values)).encode(
        y=alt.Y(
            "row:N", title=None, sort=lines, axis=alt.Axis(labelLimit=190, labelOverlap=False, grid=True)
        ),
        color=alt.Color(
            "told:N",
            title=None,
            scale=alt.Scale(domain=[kind.value for kind in kinds], range=[_COLOURS[kind] for kind in kinds]),
            legend=alt.Legend(orient="bottom", columns=2, labelLimit=260),
        ),
        tooltip=[
            alt.Tooltip("row:N", title="Tỉnh"),
            alt.Tooltip("time:N", title="Thời gian"),
            alt.Tooltip("source:N", title="Nguồn"),
        ],
    )
    x = alt.X("first:T", title=None, axis=alt.Axis(format="%Y", tickMinStep=365 * 24 * 3600 * 1000))
    # The words of the chart say all of it; a layer without marks would be an image without a name.
    spans = base.transform_filter("datum.first != datum.last").mark_bar(height=9, opacity=0.55, aria=False)
    days = base.transform_filter("datum.first == datum.last").mark_point(
        filled=True, size=90, opacity=0.85, aria=False
    )
    layers = [spans.encode(x=x, x2="last:T"), days.encode(x=x)]
    legend = _LEGEND[0] + _LEGEND[1] * ceil(len(kinds) / 2)
    return alt.LayerChart(layer=layers, height=_ROW * len(lines) + _AXES + legend)


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


def holdings_of(given: Comparison) -> alt.Chart | None:
    """The denominators: documents held of each row by year; None where nothing dated is held."""
    values = [
        {"row": row.group.label, "year": year, "count": count}
        for row in given.rows
        for year, count in row.holding.years
    ]
    if not values:
        return None
    lines = [row.group.label for row in given.rows if row.holding.years]
    bars = alt.Chart(alt.InlineData(values=values)).mark_bar(height=18)
    chart: alt.Chart = bars.encode(
        x=alt.X("count:Q", title="Văn bản kho đang giữ", axis=alt.Axis(tickMinStep=1, format="d")),
        y=alt.Y("row:N", title=None, sort=lines, axis=alt.Axis(labelLimit=190, labelOverlap=False)),
        color=alt.Color("year:N", title="Năm", scale=alt.Scale(scheme="tealblues")),
        tooltip=[
            alt.Tooltip("row:N", title="Tỉnh"),
            alt.Tooltip("year:N", title="Năm"),
            alt.Tooltip("count:Q", title="Số văn bản"),
        ],
    ).properties(height=_ROW * len(lines) + _AXES)
    return chart


def holdings_in_words(given: Comparison) -> str:
    """The denominators for those who do not see the chart."""
    return "; ".join(f"{row.group.label}: {wording.tell_holding(row.holding)}" for row in given.rows)
