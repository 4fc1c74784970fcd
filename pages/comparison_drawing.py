"""The table of a comparison: quotations, times and denominators. Every text is escaped."""

from __future__ import annotations

from html import escape

from index.comparison import wording
from index.comparison.figures import tell_figure
from index.comparison.models import Cell, Comparison, Row, Seen, Told
from index.models import Citation
from pages.answer_drawing import source_line
from pages.drawing import cited_address, hints_html, shorten
from pages.stored_words import stored_html

_SHORT = 260  # characters of a quotation that the table shows at once


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
    return hints_html(given.notes)
