"""The figures that the quotations of a comparison show, as corpus/indicators.py reads them.

It reads a part of the figures only: a cell without any may show one all the same, in its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.indicator_cues import IndicatorKind
from corpus.indicators import Indicator
from corpus.text import fold_spaces
from index.comparison.models import Cell, Comparison
from index.models import Citation

KINDS = {
    IndicatorKind.TARGET: "chỉ tiêu",
    IndicatorKind.RESULT: "kết quả",
    IndicatorKind.ALLOCATION: "được giao, được cấp",
}


def figures_in(indicators: Sequence[Indicator], citations: Sequence[Citation]) -> tuple[Indicator, ...]:
    """The indicators of a document whose value stands in one of its quotations, in the order of the text."""
    return tuple(
        one
        for one in indicators
        if any(cited.start <= one.value_start and one.value_end <= cited.end for cited in citations)
    )


def value_of(figure: Indicator, cell: Cell) -> str:
    """The value with its unit, as the quotation writes it ("32/33 xã")."""
    cited = next(
        one for one in cell.citations if one.start <= figure.value_start and figure.value_end <= one.end
    )
    return fold_spaces(cited.quote[figure.value_start - cited.start : figure.value_end - cited.start])


def tell_figure(figure: Indicator, cell: Cell) -> str:
    """ "120 km (chỉ tiêu, 2016-2020): kênh mương loại III"; what is not told is left out."""
    known = [KINDS[figure.kind], figure.period, figure.place[0] if figure.place else None]
    return f"{value_of(figure, cell)} ({', '.join(filter(None, known))}): {fold_spaces(figure.measure)}"


def on_units(given: Comparison) -> Iterator[str]:
    """A warning where rows show figures that cannot be set beside each other: other units, targets beside results."""
    shown = {row.group.label: [figure for cell in row.cells for figure in cell.figures] for row in given.rows}
    shown = {label: figures for label, figures in shown.items() if figures}
    if len(shown) < 2:
        return
    units = {label: tuple(dict.fromkeys(one.unit for one in figures)) for label, figures in shown.items()}
    if len(set(map(frozenset, units.values()))) > 1:
        listed = "; ".join(f"{label}: {', '.join(of)}" for label, of in units.items())
        yield f"Số liệu của các dòng không cùng đơn vị, không so trực tiếp: {listed}."
    kinds = {one.kind for figures in shown.values() for one in figures}
    if {IndicatorKind.TARGET, IndicatorKind.RESULT} <= kinds:
        yield "Có số liệu là chỉ tiêu, có số liệu là kết quả đã đạt: không so chỉ tiêu của dòng này với kết quả của dòng kia."
