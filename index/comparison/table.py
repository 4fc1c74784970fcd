"""A comparison as tables: what was found, each quotation with its evidence, the denominators, what to mind."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.labels import vietnamese_date
from corpus.store import Store
from corpus.text import fold_spaces
from index.comparison import wording
from index.comparison.figures import KINDS, figures_in, value_of
from index.comparison.models import Cell, Comparison, Row
from index.exports.sources import CollectionVersion, describe_collection, describe_source
from index.exports.workbook import Sheet, Value
from index.models import Citation

_ROW = "Tỉnh, thành phố"
_URL = "Địa chỉ"
_FOUND = (
    _ROW, "Tình trạng", "Câu trích", "Thời gian được nói tới", "Nơi được nói tới", "Lời của", "Văn bản, trang", "Vị trí",
    _URL, "Mẫu số", "Bằng chứng số",
)  # fmt: skip
_EVIDENCE = (
    "Bằng chứng số", _ROW, "Số, ký hiệu", "Tên văn bản, trang", "Cơ quan ban hành", "Ngày", "Vị trí",
    "Câu trích nguyên văn", _URL, "Mã tài liệu", "Từ ký tự", "Đến ký tự", "Bản văn bản", "Phiên bản kho", "Ngày đọc",
)  # fmt: skip
_FIGURES = (
    _ROW, "Số liệu", "Giá trị", "Đến", "Trên tổng", "Đơn vị", "Loại", "Đo gì", "Nơi", "Thời gian", "Bằng chứng số",
    "Từ ký tự", "Đến ký tự",
)  # fmt: skip
_COUNTS = (
    _ROW, "Tình trạng", "Văn bản trong thời kỳ", "Theo năm", "Văn bản không rõ ngày", "Văn bản mọi thời kỳ",
    "Trang đưa tin", "Số còn thiếu (ít nhất)", "Gồm tài liệu của", "Đoạn nói về thời gian khác", "Đoạn không rõ thời gian",
)  # fmt: skip
HEADER = (*_FOUND[:-2], *_EVIDENCE[2:6], *_EVIDENCE[7:8], *_EVIDENCE[9:], "Mẫu số")  # of the one table


def make_sheets(store: Store, given: Comparison) -> tuple[Sheet, ...]:
    """The sheets of a workbook: comparison, evidence, figures, denominators, notes.

    Raises QuotationMismatch where a stored text has changed under its quotation, UnknownDocument where one has
    left the store.
    """
    collection = describe_collection(store)
    return (
        Sheet(
            title="So sánh",
            header=_FOUND,
            rows=_found(given),
            links=(_URL,),
            wide=(("Câu trích", 70), ("Mẫu số", 34), (_ROW, 26)),
        ),
        Sheet(
            title="Bằng chứng",
            header=_EVIDENCE,
            rows=list(_evidence(store, given, collection)),
            links=(_URL,),
            wide=(("Câu trích nguyên văn", 70), ("Bằng chứng số", 10), ("Từ ký tự", 10), ("Đến ký tự", 10)),
        ),
        Sheet(
            title="Số liệu",
            header=_FIGURES,
            rows=list(_figures(given)),
            wide=((_ROW, 34), ("Đo gì", 60), ("Giá trị", 12), ("Bằng chứng số", 10)),
        ),
        Sheet(title="Mẫu số", header=_COUNTS, rows=[_counts(row) for row in given.rows], wide=((_ROW, 34),)),
        Sheet(
            title="Lưu ý",
            header=("Lưu ý",),
            rows=[
                (wording.heading(given),),
                *((note,) for note in (*given.warnings, *given.notes)),
                (f"Theo {collection}.",),
            ],
            wide=(("Lưu ý", 110),),
        ),
    )


def make_rows(store: Store, given: Comparison) -> Iterator[tuple[str, ...]]:
    """One table for a .csv file: a row of each quotation, and of each province without one; columns as `HEADER`.

    Raises as `make_sheets`.
    """
    collection = describe_collection(store)
    for row in given.rows:
        holding = wording.tell_holding(row.holding)
        if not row.cells:
            blank = [""] * (len(HEADER) - 3)
            yield (row.group.label, wording.tell_seen(row), *blank, holding)
        for cell in row.cells:
            for citation in cell.citations:
                found = (
                    *_told(given, row, cell, fold_spaces(citation.quote)),
                    citation.place,
                    citation.url or "",
                )
                told = _source(store, row, cell, citation, collection)
                evidence = (*told[1:5], *told[6:7], *told[8:])
                yield tuple(map(str, (*found, *evidence, holding)))


def _found(given: Comparison) -> Iterator[tuple[Value, ...]]:
    number = 0
    for row in given.rows:
        holding = wording.tell_holding(row.holding)
        if not row.cells:
            yield (row.group.label, wording.tell_seen(row), *("",) * (len(_FOUND) - 4), holding, "")
        for cell in row.cells:
            first, number = number + 1, number + len(cell.citations)
            shown = str(first) if first == number else f"{first}–{number}"
            citation = cell.citations[0]
            told = _told(given, row, cell, wording.quote(cell))
            yield (*told, citation.place, citation.url or "", holding, shown)


def _told(given: Comparison, row: Row, cell: Cell, quote: str) -> tuple[str, ...]:
    return (
        row.group.label,
        wording.tell_seen(row),
        quote,
        f"{wording.tell_time(cell.time)}. {wording.tell_beside(given.period, cell)}".removesuffix(". "),
        wording.tell_places(row, cell),
        wording.tell_told(row, cell),
        wording.name_source(cell),
    )


def _evidence(store: Store, given: Comparison, collection: CollectionVersion) -> Iterator[tuple[Value, ...]]:
    number = 0
    for row in given.rows:
        for cell in row.cells:
            for citation in cell.citations:
                number += 1
                yield (number, *_source(store, row, cell, citation, collection))


def _figures(given: Comparison) -> Iterator[tuple[Value, ...]]:
    """The figures read in the quotations, each with the number of its evidence."""
    number = 0
    for row in given.rows:
        for cell in row.cells:
            for citation in cell.citations:
                number += 1
                for figure in figures_in(cell.figures, (citation,)):
                    yield (
                        row.group.label,
                        value_of(figure, cell),
                        figure.value,
                        "" if figure.to is None else figure.to,
                        "" if figure.of is None else figure.of,
                        figure.unit,
                        KINDS[figure.kind],
                        fold_spaces(figure.measure),
                        ", ".join(figure.place or ()),
                        figure.period or "",
                        number,
                        figure.value_start,
                        figure.value_end,
                    )


def _source(
    store: Store, row: Row, cell: Cell, citation: Citation, collection: CollectionVersion
) -> tuple[Value, ...]:
    source = describe_source(store, citation, collection)
    return (
        row.group.label,
        citation.symbol or "",
        source.title,
        citation.issuer or citation.publisher or "",
        vietnamese_date(cell.dated) or "",
        citation.place,
        citation.quote,
        citation.url or "",
        citation.document_id,
        citation.start,
        citation.end,
        source.text_version,
        str(collection),
        f"{source.read_on:%d/%m/%Y}",
    )


def _counts(row: Row) -> tuple[Value, ...]:
    held = row.holding
    return (
        row.group.label,
        wording.tell_seen(row),
        held.held,
        ", ".join(f"{year}: {count}" for year, count in held.years),
        held.undated,
        held.ever,
        held.pages,
        held.missing,
        "; ".join(f"{label}: {count}" for label, count in held.of),
        row.other_time,
        row.no_time,
    )
