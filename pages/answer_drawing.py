"""HTML of an answer: how it ended, its parts, quotations with their sources. Pure functions; every text is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from urllib.parse import quote_plus

from corpus.labels import tell_fetch, vietnamese_date
from index.answering.surroundings import Surroundings
from index.models import Citation, NamedDocument, Notice, Outcome
from index.wording import PHRASED, holding
from pages.drawing import cited_address
from pages.stored_words import stored_html

WARNING = "Lưu ý về hiệu lực"
CHOOSE = "Hỏi lại về đúng văn bản cần tìm:"
LEFT_OUT = '<p class="cc-source">[…]</p>'  # between quotations of one statement: the opening line and an item
_ITEM = re.compile(r"\s*(?:[-–+•*]|\d{1,3}(?:\.\d{1,3})*[.)]|[a-zđ]\)|\d{1,3}(?:\.\d{1,3})+)\s")


def outcome_html(outcome: Outcome, message: str) -> str:
    """The sentence that says how the question ended, in the colour of the outcome."""
    tone = "refused" if outcome.refused else "partly" if outcome is not Outcome.ANSWERED else "found"
    warning = f'<strong class="cc-warning">{WARNING}</strong> ' if outcome is Outcome.SUPERSEDED else ""
    return f'<p class="cc-outcome cc-{tone}" role="status">{warning}{escape(message)}</p>'


def notices_html(notices: Iterable[Notice]) -> str:
    """Later acts that changed what is quoted, each with the place that says so; "" where there are none."""
    items = []
    for notice in notices:
        link = f'<a href="{escape(cited_address(notice.citation))}" target="_self">Xem chỗ nêu</a>'
        items.append(f"<li>{escape(notice.text)} {link}</li>")
    return f'<ul class="cc-hints cc-mind">{"".join(items)}</ul>' if items else ""


def part_html(part: str) -> str:
    """The heading over what answers one part of a question, or one side of a comparison."""
    return f'<h3 class="cc-part">{escape(part)}</h3>'


def lead_html(lead: str, *, phrased: bool) -> str:
    """Who says what is quoted below."""
    mark = f' <span class="cc-phrased">{PHRASED}</span>' if phrased else ""
    return f'<p class="cc-lead">{escape(lead)}{mark}</p>' if lead else ""


def words_html(citation: Citation, number: str = "", around: Surroundings | None = None) -> str:
    """The quoted words, line by line as they are stored; without a number they are no evidence.

    The number is a button where the passage `around` them is known: whoever points at it, reaches it with the
    keyboard or touches it sees the passage right there.
    """
    label = f'<span class="cc-number">{number}</span> ' if number else ""
    if number and around is not None:
        label = (
            f'<button type="button" class="cc-number cc-cite" aria-label="{number} xem đoạn chứa trích dẫn">'
            f"{number}</button> "
        )
    return (
        f'<blockquote class="cc-quote{"" if number else " cc-near"}">{label}'
        f'<span class="cc-words">{_lines_html(citation.quote)}</span>'
        f"{_around_html(citation, number, around) if around is not None else ''}</blockquote>"
    )


def _around_html(citation: Citation, number: str, around: Surroundings) -> str:
    """The passage with the quotation marked in it, and where to go from there, in a new tab: this one stays."""
    address = cited_address(citation)
    card = f"trich-dan?{address.partition('?')[2]}"
    before = "" if around.begins_text else "… "
    after = "" if around.ends_text else " …"
    links = " · ".join(
        f'<a href="{escape(target)}" target="_blank" rel="noopener">{label}</a>'
        for target, label in ((address, "Mở văn bản tại đoạn trích"), (card, "Thẻ trích dẫn"))
    )
    return (
        f'<span class="cc-around" role="group" aria-label="Đoạn chứa trích dẫn {number}">'
        f'<span class="cc-around-text">{before}{stored_html(around.before.lstrip())}'
        f"<mark>{stored_html(around.quote)}</mark>{stored_html(around.after.rstrip())}{after}</span>"
        f'<span class="cc-source">{escape(citation.place)} · {links}</span></span>'
    )


def _lines_html(quote: str) -> str:
    """The lines; an item that is too long for one goes on indented, so that it is not taken for two."""
    first, *others = quote.splitlines(keepends=True)
    opens = first.rstrip().endswith(":")
    return stored_html(first) + "".join(
        f'<span class="cc-item">{stored_html(line)}</span>'
        if opens or _ITEM.match(line)
        else stored_html(line)
        for line in others
    )


def source_html(citation: Citation, number: str = "", *, titled: bool = True) -> str:
    """Where quoted words stand; `number` tells whose source it is where several quotations stand together."""
    mark = f'<span class="cc-number">{number}</span> ' if number else ""
    line = escape(source_line(citation, titled=titled))
    return f'<p class="cc-source">{mark}Nguồn: {line}{_original_html(citation)}</p>'


def quotation_html(citation: Citation, number: str = "") -> str:
    """A verbatim quotation with the line that says where it stands."""
    return words_html(citation, number) + source_html(citation)


def _original_html(citation: Citation) -> str:
    """A link to the page on the Web that a quotation was fetched from."""
    if citation.fetched_at is None or citation.url is None:
        return ""
    return f' · <a href="{escape(citation.url)}" rel="noopener noreferrer">trang gốc</a>'


def source_line(citation: Citation, *, titled: bool = True) -> str:
    """Number, title, issuer, date, publisher and place of a citation; what is unknown is left out.

    A title that tells the number tells it once. Without `titled` a document that has a number goes without its
    title, which was told just above.
    """
    title = f"“{' '.join(citation.title.split())}”" if titled or not citation.symbol else None
    told = citation.symbol is not None and title is not None and citation.symbol in title
    parts = (
        f"số {citation.symbol}" if citation.symbol and not told else None,
        title,
        citation.issuer,
        f"ngày {vietnamese_date(citation.issued_on)}" if citation.issued_on else None,
        citation.publisher,
        citation.place,
        tell_fetch(citation.fetched_at, citation.gone_at),
    )
    return " · ".join(part for part in parts if part)


def named_html(documents: Iterable[NamedDocument]) -> str:
    """The documents that an answer names, each with whether its text is held; the number leads to it."""
    items = "".join(
        f'<li><a href="doc-van-ban?so_hieu={quote_plus(document.symbol)}" target="_self">'
        f"<strong>{escape(document.symbol)}</strong></a>"
        f'<span class="{"cc-held" if document.in_collection else "cc-mentioned"}">'
        f"{holding(document)}</span></li>"
        for document in documents
    )
    return f'<h3 class="cc-small-title">Văn bản được nêu</h3><ul class="cc-named">{items}</ul>'
