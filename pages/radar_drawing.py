"""What the page shows of the implementation radar: days on a chart, documents with their words, provinces."""

from __future__ import annotations

from html import escape

import altair as alt
import streamlit as st

from corpus.models import Level
from index.answering.chain_wording import tell_bearer, tell_place
from index.models import Citation
from index.radar import wording
from index.radar.finding import count_days
from index.radar.models import Implementation, Radar, Seen, Shown
from pages.chart_colours import AS_ELEMENTS, BRICK, GREEN, OCHRE
from pages.drawing import cited_address, hints_html, table_html
from pages.frame import note, section
from pages.stored_words import stored_html

_COLOURS = {Shown.ITSELF: GREEN, Shown.OTHER: OCHRE, Shown.PAGE: BRICK}
_SHAPES = {Shown.ITSELF: "circle", Shown.OTHER: "square", Shown.PAGE: "triangle-up"}
_ROW = 26  # pixels of one line of the chart
_AXES = 140  # and what they mean, below the lines
_THOUSANDS = "replace(format(datum.value, ','), ',', '.')"
_NO_TEXT = frozenset({Seen.NO_DATA, Seen.NOT_OF_PERIOD})
_MENTIONS = 20


def draw_radar(radar: Radar) -> None:
    """Draw the whole radar; a number that is not known, or that several bear, is told as such."""
    section(wording.heading(radar))
    st.html(hints_html(wording.tell_asked(radar)))
    if radar.bearer is None:
        for line in (*radar.notes, *map(tell_bearer, radar.choices)):
            note(line)
        return
    if radar.ending is not None and radar.ending.citation is not None:
        st.html(_words_html(radar.ending.citation))
    st.html(hints_html(wording.sum_up(radar)))
    _draw_chart(radar)
    if radar.implementations:
        section("Văn bản triển khai")
        st.html(documents_html(radar))
    if radar.holders:
        section(f"Theo {wording.unit_of(radar)}")
        st.html(holders_html(radar))
    if radar.mentions:
        section("Nhắc đến, không tính")
        st.html(mentions_html(radar))
    st.html(hints_html(radar.notes))


# --- days


def _draw_chart(radar: Radar) -> None:
    chart = chart_of(radar)
    if chart is None:
        return
    undated = sum(one.days is None for one in radar.implementations)
    styled = (
        chart.configure_view(stroke=None)
        .configure_axis(labelFontSize=13)
        .configure_legend(orient="bottom", columns=1, titleLimit=0, labelLimit=0)
        .properties(usermeta=AS_ELEMENTS)
    )
    st.altair_chart(styled, alt="; ".join(map(_told_in_words, radar.implementations)))
    if undated:
        note(f"{undated} văn bản {wording.NO_DAY}, nên không có trên biểu đồ.")


def chart_of(radar: Radar) -> alt.LayerChart | None:
    """One line of places, one mark a document, by days since the one asked for; None where no days are known."""
    dated = [one for one in radar.implementations if one.days is not None]
    if not dated:
        return None
    places = list(dict.fromkeys(map(_line_of, sorted(dated, key=lambda one: one.days or 0))))
    data = alt.InlineData(
        values=[
            {
                "place": _line_of(one),
                "days": one.days,
                "name": wording.name_document(one),
                "date": wording.tell_day(one),
                "shown": one.shown.value,
                "told": wording.tell_relation(one),
            }
            for one in dated
        ]
    )
    used = [shown for shown in Shown if any(one.shown is shown for one in dated)]
    names = [shown.value for shown in used]
    marks = (
        alt.Chart(data)
        .mark_point(filled=True, size=110, opacity=0.85)
        .encode(
            x=alt.X(
                "days:Q",
                title=f"Số ngày sau {radar.symbol}",
                axis=alt.Axis(tickMinStep=1, labelExpr=_THOUSANDS),
            ),
            y=alt.Y(
                "place:N",
                title=None,
                sort=places,
                axis=alt.Axis(labelLimit=240, labelOverlap=False, grid=True),
            ),
            color=alt.Color(
                "shown:N", title="Theo", scale=alt.Scale(domain=names, range=[_COLOURS[s] for s in used])
            ),
            shape=alt.Shape(
                "shown:N", title="Theo", scale=alt.Scale(domain=names, range=[_SHAPES[s] for s in used])
            ),
            tooltip=[
                alt.Tooltip("name:N", title="Văn bản"),
                alt.Tooltip("date:N", title="Ngày"),
                alt.Tooltip("days:Q", title="Sau (ngày)"),
                alt.Tooltip("told:N", title="Quan hệ"),
                alt.Tooltip("shown:N", title="Theo"),
            ],
        )
    )
    layers = [*_end_layers(radar), marks]
    return alt.LayerChart(layer=layers, height=_ROW * len(places) + _AXES)


def _end_layers(radar: Radar) -> list[alt.Chart]:
    """The day on which the document asked for was over."""
    days = _days_to_end(radar)
    if radar.ending is None or days is None:
        return []
    told = f"{radar.symbol} {radar.ending.effect} ({wording.tell_ending_day(radar.ending)})"
    data = alt.InlineData(values=[{"days": days, "told": told}])
    rule = alt.Chart(data).mark_rule(color=BRICK, strokeDash=[5, 4], strokeWidth=2)
    return [rule.encode(x="days:Q", tooltip=alt.Tooltip("told:N", title="Văn bản gốc"))]


def _days_to_end(radar: Radar) -> int | None:
    issued_on = radar.bearer.issued_on if radar.bearer is not None else None
    return count_days(issued_on, radar.ending.day if radar.ending is not None else None)


def _line_of(one: Implementation) -> str:
    if one.level is Level.CENTRAL:
        return "Trung ương"
    return one.province or "Không rõ tỉnh"


def _told_in_words(one: Implementation) -> str:
    """A mark of the chart for those who do not see it."""
    days = wording.tell_days(one.days)
    return f"{_line_of(one)}: {wording.name_document(one)}, {days}, {wording.tell_shown(one)}"


# --- tables


def documents_html(radar: Radar) -> str:
    """A row of each document; its words open below, with a link to them in their text."""
    head = ("Văn bản", "Cơ quan ban hành", "Cấp, nơi", "Ngày", "Sau", "Quan hệ; theo đâu")
    header = "".join(f"<th scope='col'>{cell}</th>" for cell in head)
    body = "".join(_document_html(radar, one) for one in radar.implementations)
    return (
        '<div class="cc-scroll" tabindex="0" role="region" aria-label="Văn bản triển khai">'
        f'<table class="cc-table cc-stack cc-radar"><thead><tr>{header}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _document_html(radar: Radar, one: Implementation) -> str:
    warned = wording.tell_timing(one, radar.ending)
    notice = f'<p class="cc-notice">{escape(warned)}</p>' if warned else ""
    told = f"{wording.tell_relation(one)}; {wording.tell_shown(one)}"
    cells = (one.issuer or "không rõ", wording.tell_place_of(one), wording.tell_day(one))
    plain = "".join(f"<td>{escape(cell)}</td>" for cell in (*cells, wording.tell_days(one.days)))
    return (
        f"<tr><td><strong>{escape(wording.name_document(one))}</strong></td>{plain}"
        f'<td>{escape(told)}{notice}</td></tr><tr><td colspan="6">{_words_html(one.citation)}</td></tr>'
    )


def _words_html(citation: Citation) -> str:
    address = cited_address(citation)
    return (
        '<details class="cc-lines"><summary>Câu chứng minh</summary><blockquote class="cc-quote cc-proof">'
        f'<span class="cc-words">{stored_html(citation.quote)}</span></blockquote>'
        f'<p class="cc-source"><a href="{escape(address)}" target="_self">'
        f"{escape(tell_place(citation))}</a></p></details>"
    )


def holders_html(radar: Radar) -> str:
    """A row of each province or body with its denominator; those of which nothing is held in one line."""
    told = [holder for holder in radar.holders if holder.seen not in _NO_TEXT]
    table = (
        table_html(
            wording.holder_head(radar), map(wording.holder_row, told), f"Theo {wording.unit_of(radar)}"
        )
        if told
        else ""
    )
    return table + "".join(_untold_html(radar, seen) for seen in Seen if seen in _NO_TEXT)


def _untold_html(radar: Radar, seen: Seen) -> str:
    names = [holder.name for holder in radar.holders if holder.seen is seen]
    words = f"{seen.value[:1].upper()}{seen.value[1:]} ({len(names)}): {', '.join(names)}."
    return f'<p class="cc-source">{escape(words)}</p>' if names else ""


def mentions_html(radar: Radar) -> str:
    """What only speaks of it, the first of many."""
    items = "".join(f"<li>{escape(wording.tell_mention(one))}</li>" for one in radar.mentions[:_MENTIONS])
    rest = len(radar.mentions) - _MENTIONS
    more = f'<p class="cc-source">… và {rest} chỗ nữa.</p>' if rest > 0 else ""
    return f'<ul class="cc-hints">{items}</ul>{more}'
