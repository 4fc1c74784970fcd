"""The Vietnamese words of a check, the same on the page, on the command line and in a Word file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from corpus.labels import vietnamese_date
from corpus.models import DocumentKind
from corpus.text import fold_spaces
from index.checking.models import (
    CheckedNumber,
    CheckedQuotation,
    CheckedText,
    Difference,
    Match,
    NumberVerdict,
    QuotationVerdict,
)
from index.wording import vietnamese_time

TITLE = "Kết quả kiểm tra trích dẫn"
UNMARKED = "Lời thuật, không có dấu ngoặc kép"
ENDED = "văn bản nguồn đã hết hiệu lực"
_RETOLD = "Thuật lại, không phải nguyên văn"

QUOTATIONS: Mapping[QuotationVerdict, str] = MappingProxyType(
    {
        QuotationVerdict.EXACT: "Đúng nguyên văn",
        QuotationVerdict.ALTERED: "Sai khác nguyên văn",
        QuotationVerdict.OTHER: "Của văn bản khác",
        QuotationVerdict.NOT_HELD: "Không có trong kho",
    }
)
NUMBERS: Mapping[NumberVerdict, str] = MappingProxyType(
    {
        NumberVerdict.HELD: "Có toàn văn trong kho",
        NumberVerdict.SUPERSEDED: "Hết hiệu lực",
        NumberVerdict.MENTIONED: "Chỉ được nhắc tới",
        NumberVerdict.SEVERAL: "Số viết tắt, chưa rõ văn bản nào",
        NumberVerdict.LOOK_ALIKE: "Không có số này, có số gần giống",
        NumberVerdict.UNKNOWN: "Kho không biết số này",
    }
)


def name_verdict(one: CheckedQuotation | CheckedNumber) -> str:
    """The verdict in a few words."""
    if isinstance(one, CheckedNumber):
        return NUMBERS[one.verdict]
    if is_retold(one):
        return _RETOLD
    ended = one.status is not None and one.status.ended and one.verdict is not QuotationVerdict.NOT_HELD
    return f"{QUOTATIONS[one.verdict]}; {ENDED}" if ended else QUOTATIONS[one.verdict]


def is_retold(one: CheckedQuotation | CheckedNumber) -> bool:
    """Whether a sentence only tells in its own words what a document says."""
    return isinstance(one, CheckedQuotation) and not one.marked and one.verdict is QuotationVerdict.NOT_HELD


def tell_quotation(one: CheckedQuotation) -> tuple[str, ...]:
    """What a reader is told of a quotation, line by line, the differences left out (see `tell_difference`)."""
    lines = [] if one.marked else [f"{UNMARKED}."]
    lines += _tell_verdict(one)
    if one.match is not None:
        lines += _tell_match(one.match)
    if one.also:
        lines.append(f"Lời này cũng có ở {len(one.also)} văn bản khác trong kho.")
    if one.status is not None:
        lines.append(one.status.sentence)
    return tuple(lines)


def _tell_verdict(one: CheckedQuotation) -> list[str]:
    named = ", ".join(one.named)
    source = name_source(one.match) if one.match is not None else ""
    match one.verdict:
        case QuotationVerdict.EXACT:
            lines = [f"Trùng nguyên văn: {source}."]
            if one.unnumbered:
                lines.append(f"Trang nguồn không ghi số hiệu, nên không đối chiếu được với số {named}.")
            return lines
        case QuotationVerdict.ALTERED:
            count = len(one.match.differences) if one.match is not None else 0
            lines = [f"Khác nguyên văn ở {count} chỗ: {source}."]
            if one.elsewhere:
                lines.append(f"Lời gần nhất này không phải của văn bản được nêu ({named}).{_not_held(one)}")
            return lines
        case QuotationVerdict.OTHER:
            return [f"Đây là nguyên văn của văn bản khác: {source}; bài viết nêu {named}.{_not_held(one)}"]
        case _:
            if one.named and not one.named_held:
                return [
                    f"Kho chưa có toàn văn {named} nên không đối chiếu được; văn bản khác cũng không có lời này."
                ]
            where = f"{named} và các văn bản khác trong kho" if one.named else "kho"
            return [f"Không thấy lời này trong {where}."]


def _not_held(one: CheckedQuotation) -> str:
    return "" if one.named_held else " Kho chưa có toàn văn văn bản được nêu để đối chiếu."


def _tell_match(match: Match) -> list[str]:
    lines = []
    if match.kind is DocumentKind.NEWS:
        lines.append("Nguồn là bài báo, trang đưa tin, không phải nguyên văn văn bản.")
    if match.consolidated is not None:
        lines.append(f"Nguồn là văn bản hợp nhất của {match.consolidated}.")
    if match.spellings:
        told = ", ".join(f"“{new}” (kho ghi “{old}”)" for old, new in match.spellings)
        lines.append(f"Chỉ khác cách đặt dấu thanh, không phải sai: {told}.")
    return lines


def tell_difference(one: Difference) -> str:
    """One place where the words differ: what is stored, what was written."""
    old, new = fold_spaces(one.old), fold_spaces(one.new)
    if not new:
        return f"bỏ “{old}”"
    if not old:
        return f"thêm “{new}”"
    return f"nguyên văn “{old}”, bài viết “{new}”" + (
        " (chỉ khác chữ hoa, chữ thường)" if one.only_case else ""
    )


def tell_number(one: CheckedNumber) -> tuple[str, ...]:
    """What a reader is told of a number, line by line."""
    number = ", ".join(one.symbols) or one.text
    match one.verdict:
        case NumberVerdict.HELD:
            several = f" ({len(one.documents)} trang)" if len(one.documents) > 1 else ""
            lines = [f"Kho có toàn văn {number}{several}."]
        case NumberVerdict.SUPERSEDED:
            lines = []
        case NumberVerdict.MENTIONED:
            lines = [f"Kho chưa có toàn văn {number}, chỉ có văn bản khác nhắc tới."]
        case NumberVerdict.SEVERAL:
            lines = [f"Có thể là: {number}. Hãy ghi đủ số, ký hiệu."]
        case NumberVerdict.LOOK_ALIKE:
            near = ", ".join(one.candidates)
            lines = [
                f"Kho không biết số {number}. Số gần giống, khác một phần: {near}. Hãy xem có gõ nhầm không."
            ]
        case NumberVerdict.UNKNOWN:
            lines = [f"Không văn bản nào trong kho mang hay nhắc tới số {number}."]
    if one.status is not None:
        lines.append(one.status.sentence)
    return tuple(lines)


def name_source(match: Match) -> str:
    """Where the words stand: number, title, issuer, date and place; what is unknown is left out."""
    citation = match.citation
    parts = (
        f"số {citation.symbol}" if citation.symbol else None,
        f"“{_cut(fold_spaces(citation.title))}”",
        citation.issuer,
        f"ngày {vietnamese_date(citation.issued_on)}" if citation.issued_on else None,
        citation.publisher,
        citation.place or None,
    )
    return ", ".join(part for part in parts if part)


def _cut(title: str) -> str:
    """A title that is told beside other things, cut at a word."""
    if len(title) <= _TITLE:
        return title
    return f"{title[: title.rfind(' ', 0, _TITLE)]}…"


_TITLE = 140  # characters


def sum_up(checked: CheckedText) -> str:
    """How many quotations and numbers there are, by verdict."""
    if not checked.quotations and not checked.numbers:
        return "Không thấy trích dẫn hay số hiệu văn bản nào trong bài."
    quoted = Counter(_RETOLD if is_retold(one) else QUOTATIONS[one.verdict] for one in checked.quotations)
    numbered = Counter(NUMBERS[one.verdict] for one in checked.numbers)
    return (
        f"{quoted.total()} trích dẫn{_counts(quoted, (*QUOTATIONS.values(), _RETOLD))}. "
        f"{numbered.total()} số hiệu{_counts(numbered, tuple(NUMBERS.values()))}."
    )


def _counts(counts: Mapping[str, int], names: Sequence[str]) -> str:
    shown = [f"{counts[name]} {name[0].lower()}{name[1:]}" for name in names if counts[name]]
    return f": {'; '.join(shown)}" if shown else ""


def tell_basis(checked: CheckedText) -> str:
    """Which day and which state of the collection a check is for."""
    day = f"Hiệu lực xét đến ngày {vietnamese_date(checked.day)}"
    if checked.as_of is None:
        return f"{day}."
    return f"{day}, theo kho cập nhật đến {vietnamese_time(checked.as_of)} (giờ Việt Nam)."
