"""A list of documents as a file: table (.csv, .xlsx) or list of citation lines (.docx)."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from corpus.effect import Effect
from corpus.labels import KINDS, UNKNOWN, vietnamese_date
from corpus.models import DocumentKind
from corpus.spreadsheet import rows_as_csv
from corpus.text import fold_spaces
from index.exports.citing import form_of_held
from index.exports.drafting import DraftingForm
from index.exports.sources import CollectionVersion, describe_collection
from index.exports.workbook import Sheet, make_workbook
from index.lookup.catalogue import Card, Catalogue

TITLE = "Danh mục văn bản"
NEWS = "bài báo, trang đưa tin; không phải nguyên văn văn bản"
_LINK = "Địa chỉ"
HEADER = (
    "STT",
    "Số, ký hiệu",
    "Loại văn bản",
    "Tiêu đề",
    "Cơ quan ban hành",
    "Cấp",
    "Tỉnh, thành phố",
    "Ngày ban hành",
    "Loại trang",
    "Hiệu lực theo kho",
    "Nguồn",
    _LINK,
    "Dòng dẫn",
    "Lưu ý",
    "Mã trong kho",
)
_WIDE = (("STT", 6), ("Tiêu đề", 60), ("Dòng dẫn", 60), ("Lưu ý", 40))


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDocument:
    """A document of the list with the line that cites it; None where none can be written without guessing."""

    card: Card
    effect: Effect | None  # None: a news page, which has none
    line: str | None
    notes: tuple[str, ...]  # Vietnamese: what is missing, what to look at


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentList:
    """What is written into a file."""

    asked: str  # Vietnamese: what the list was looked up by; empty: nothing
    documents: tuple[ListedDocument, ...]
    collection: CollectionVersion


def gather_list(catalogue: Catalogue, document_ids: Sequence[str], *, asked: str = "") -> DocumentList:
    """The documents in the order given; those that have left the store since are left out."""
    cards = catalogue.cards()
    held = [one for one in document_ids if one in cards]
    effects = catalogue.facets.effects(held)
    return DocumentList(
        asked=asked,
        documents=tuple(_describe(catalogue, cards[one], effects[one]) for one in held),
        collection=describe_collection(catalogue.store),
    )


def _describe(catalogue: Catalogue, card: Card, effect: Effect) -> ListedDocument:
    if card.kind is DocumentKind.NEWS:
        return ListedDocument(card=card, effect=None, line=_cite_news(card), notes=(NEWS,))
    form = form_of_held(catalogue.store, card.document_id)
    if not isinstance(form, DraftingForm):
        reason = f"không lập được dòng dẫn vì {form.reason}"
        return ListedDocument(card=card, effect=effect, line=None, notes=(reason,))
    missing = (f"chưa rõ, cần bổ sung: {', '.join(form.missing)}",) if form.missing else ()
    return ListedDocument(card=card, effect=effect, line=form.first, notes=(*missing, *form.notes))


def _cite_news(card: Card) -> str:
    """ "Theo bài “…” trên …, đăng ngày …"."""
    on = f" trên {fold_spaces(card.publisher)}" if card.publisher else ""
    day = f", đăng ngày {vietnamese_date(card.date)}" if card.date else ""
    return f"Theo bài “{card.title}”{on}{day}"


def write_csv(listed: DocumentList) -> bytes:
    """A table that Excel opens."""
    return rows_as_csv(HEADER, [[str(value) for value in row] for row in _rows(listed)])


def write_xlsx(listed: DocumentList) -> bytes:
    """The same table as a workbook, with a sheet that says what it is a list of."""
    about = Sheet(
        title="Về danh mục",
        header=("Mục", "Nội dung"),
        rows=[("Tra cứu theo", listed.asked or "toàn bộ kho"), ("Kho", str(listed.collection))],
        wide=(("Nội dung", 90),),
    )
    table = Sheet(title=TITLE, header=HEADER, rows=_rows(listed), links=(_LINK,), wide=_WIDE)
    return make_workbook([table, about])


def _rows(listed: DocumentList) -> Iterator[tuple[str | int, ...]]:
    for number, one in enumerate(listed.documents, start=1):
        card = one.card
        # Of a news page there is nothing of this to be known.
        lacking = "" if card.kind is DocumentKind.NEWS else UNKNOWN
        yield (
            number,
            card.symbol or lacking,
            card.type or lacking,
            card.title,
            card.issuer or lacking,
            card.level or lacking,
            card.province or "",
            vietnamese_date(card.date) or UNKNOWN,
            KINDS[card.kind],
            one.effect.value if one.effect is not None else "",
            card.source or "",
            card.url or "",
            one.line or "",
            "; ".join(one.notes),
            card.document_id,
        )


def write_docx(listed: DocumentList) -> bytes:
    """A numbered list of citation lines, each with what is to be looked at below it."""
    from docx import Document  # loaded for Word files only

    from index.exports.word import fit, lay_out

    document = Document()
    lay_out(document)
    properties = document.core_properties
    properties.author, properties.comments, properties.title = "Căn Cứ", "", TITLE
    document.add_heading(TITLE, level=0)
    if listed.asked:
        document.add_paragraph(fit(f"Tra cứu theo: {listed.asked}."))
    for one in listed.documents:
        document.add_paragraph(fit(one.line or _name(one.card)), style="List Number")
        told = [*one.notes]
        if one.effect not in (None, Effect.UNKNOWN):
            told.insert(0, f"hiệu lực theo kho: {one.effect}")
        if told:
            document.add_paragraph(fit(f"Lưu ý: {'; '.join(told)}."), style="List Continue")
    document.add_paragraph(fit(f"Lập từ {listed.collection}."))
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def _name(card: Card) -> str:
    """What is known of a document that no citation line can be written for."""
    day = vietnamese_date(card.date)
    about = (card.symbol and f"số {card.symbol}", card.issuer, day and f"ngày {day}")
    known = ", ".join(part for part in about if part)
    return f"“{card.title}”{f' ({known})' if known else ''}"


ENDINGS: Mapping[str, Callable[[DocumentList], bytes]] = MappingProxyType(
    {".xlsx": write_xlsx, ".csv": write_csv, ".docx": write_docx}
)
