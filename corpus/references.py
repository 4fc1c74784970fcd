"""References: what a text says beside each document number, and what it says is done with that document.

The rules follow domain.md §1.7 (how documents cite each other); `corpus.relations` says who does what to
whom. Nothing is guessed: a date or an issuer that the text does not write beside a number (or beside another
mention of the same number) stays None.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace

from corpus.dates import FoundDate, date_at, find_dates
from corpus.issuers import read_issuer
from corpus.models import Reference, SymbolMention
from corpus.provisions import read_provision
from corpus.relations import Named, relate
from corpus.symbols import complete_short_forms, find_symbols, plain_text, symbol_key, type_word_before
from corpus.text import fold

# A văn phòng issues notices that state the conclusion of somebody else (domain.md §0.3).
_OFFICES = {
    "VPCP": "Văn phòng Chính phủ",
    "VPTW": "Văn phòng Trung ương Đảng",
    "VPTU": "Văn phòng Tỉnh ủy",
    "VPQH": "Văn phòng Quốc hội",
}

_MAX_LAW_TITLE = 160
_LAW_TITLE = re.compile(
    r"(?:Bộ luật|Luật|Pháp lệnh)(?![^\W_])(?:(?!Luật|luật|Pháp lệnh)[^;:.()\n\d]){1,120}[Ss]ố\s*:?\s*$"
)
_CLAUSE_END = re.compile(r"[;\n…]|[.!?:](?=\s)")
_MAX_CLAUSE = 600  # characters looked back for the start of a clause; longer ones have no cue of ours there

_DATE_AFTER = re.compile(r"\s*,?\s*\(?\s*(?:ban hành\s+|ký\s+)?(?:ngày|ngay|Ngày)\s+|\s*\(\s*")
_ISSUER_AFTER = re.compile(r"\s*,?\s*(?:của|do)\s+(?:liên\s+)?")
_JOINT = re.compile(r"\s*(?:,|;|và|[-–])\s+")
_JOINT_TYPES = frozenset({"TTLT", "TTLB", "NQLT", "CTLT", "KHLT", "QCLT", "QCPH", "CTPH", "KHPH"})
_DATE_BEFORE = re.compile(r"(?:[Nn]gày|[Hh]ôm)\s+$")

# The verb of issuing that leads in a number: "đã ban hành", "vừa ký ban hành", "ban hành", "đã ký".
_ISSUING = re.compile(
    r"(?:(?:đã|vừa|mới|vừa mới|sẽ)\s+)?(?:chính thức\s+)?(?:"
    r"(?:ký\s+)?ban hành|(?<=đã )(?:ký|thông qua|có|ra|phát hành)|(?<=vừa )(?:ký|thông qua|có|ra|phát hành)"
    r"|(?<= )(?P<weak>ký|thông qua|có|ra|phát hành)"
    r")(?:\s+(?:các|một|những))?\s*$"
)
_ON_BEHALF = re.compile(r"(?:Thay mặt|thay mặt|Thừa ủy quyền|T/M|TM\.)\s+(?:của\s+)?")


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands right beside a number, and the span that it widens the evidence to."""

    start: int
    end: int
    date: str | None = None
    issuer: str | None = None


def find_references(
    text: str, mentions: tuple[SymbolMention, ...] | None = None, *, own: str | None = None
) -> tuple[Reference, ...]:
    """One reference per document number of `text`, in order, with what the text says beside it.

    `mentions` defaults to `find_symbols(text)`; `own` is the number of the document itself, None for a page
    that has none. Dates are ISO 8601; offsets count code points of `text`, and `text[start:end]` covers type
    word, number, and the date and issuer that stand directly beside it.
    """
    plain = plain_text(text)
    found = complete_short_forms(find_symbols(text) if mentions is None else mentions)
    references, named = [], []
    clause_start = 0
    for mention in found:
        start = _type_start(plain, mention.start)
        clause_start = _clause_start(plain, clause_start, mention.start)
        after = _read_after(plain, start, mention)
        before = _read_before(plain, clause_start, start)
        provision = read_provision(plain, start)
        references.append(
            Reference(
                symbol=mention.canonical,
                relation=None,
                date=after.date or before.date,
                issuer=_name_office(mention, after.issuer or before.issuer),
                start=before.start,
                end=after.end,
                symbol_start=mention.start,
                symbol_end=mention.end,
                provision=provision.value if provision is not None else None,
            )
        )
        named.append(
            Named(
                lead=provision.start if provision is not None else start,
                start=start,
                end=after.end,
                issued=before.start < start,
                mention=mention,
            )
        )
    related = relate(plain, named, own=own)
    return _lend(
        tuple(
            replace(reference, relation=one.relation, subject=one.subject)
            for reference, one in zip(references, related, strict=True)
        ),
        found,
    )


def _type_start(plain: str, start: int) -> int:
    word = type_word_before(plain, start)
    return word.start if word is not None else _so_start(plain, start)


def _so_start(plain: str, start: int) -> int:
    """Where "số" before a number begins, or the law's title before it ("Luật Đất đai số 31/2024/QH15")."""
    titled = _LAW_TITLE.search(plain, max(0, start - _MAX_LAW_TITLE), start)
    if titled is not None:
        return titled.start()
    so = re.search(r"(?<!\w)[Ss]ố\s*:?\s*$", plain[max(0, start - 8) : start])
    return start if so is None else start - (len(so[0]))


def _clause_start(plain: str, known: int, position: int) -> int:
    low = max(known, position - _MAX_CLAUSE)
    end = low
    for mark in _CLAUSE_END.finditer(plain, low, position):
        if not _is_inner_point(plain, mark):
            end = mark.end()
    return end


def _is_inner_point(plain: str, mark: re.Match[str]) -> bool:
    """The colon of "Số: 15/QĐ-UBND" and the point of "TP. Hà Tĩnh" or "TM. UBND" end no clause."""
    before = plain[max(0, mark.start() - 4) : mark.start()]
    if mark[0] == ":":
        return re.search(r"(?<!\w)[Ss]ố\s?$", before) is not None
    return mark[0] == "." and re.search(r"(?<!\w)(?:TP|TX|TM|KT|TL|Q|P|H|GS|TS|ThS)$", before) is not None


# --- what stands beside a number ----------------------------------------------------------------------------


def _read_after(plain: str, start: int, mention: SymbolMention) -> _Beside:
    """Date and issuer behind a number, in either order: "ngày 22/2/2022 của Thủ tướng Chính phủ"."""
    end, iso, issuer = mention.end, None, None
    for _ in range(2):
        if iso is None and (found := _date_after(plain, end)) is not None:
            iso, end = found.iso, found.end
            end += plain[end : end + 1] == ")"
        if issuer is None and (name := _issuer_after(plain, end, mention.type_code)) is not None:
            issuer, end = _squeeze(plain[name[0] : name[1]]), name[1]
    return _Beside(start, end, iso, issuer)


def _date_after(plain: str, end: int) -> FoundDate | None:
    lead = _DATE_AFTER.match(plain, end)
    if lead is None:
        return None
    return date_at(plain, lead.end()) or _dated_in_brackets(plain, lead)


def _dated_in_brackets(plain: str, lead: re.Match[str]) -> FoundDate | None:
    day = re.compile(r"ngày\s+").match(plain, lead.end())
    return date_at(plain, day.end()) if day is not None and "(" in lead[0] else None


def _issuer_after(plain: str, end: int, type_code: str | None) -> tuple[int, int] | None:
    """The span of the body after "của"; of all of them where the act is a joint one."""
    lead = _ISSUER_AFTER.match(plain, end)
    name_end = read_issuer(plain, lead.end()) if lead is not None and "\n\n" not in lead[0] else None
    if lead is None or name_end is None:
        return None
    while type_code in _JOINT_TYPES and (more := _JOINT.match(plain, name_end)) is not None:
        next_end = read_issuer(plain, more.end())
        if next_end is None:
            break
        name_end = next_end
    return lead.end(), name_end


def _read_before(plain: str, clause_start: int, start: int) -> _Beside:
    """Date and issuer before a number: "Ngày 15/7/2021, UBND tỉnh đã ban hành Kế hoạch số …"."""
    clause = plain[clause_start:start]
    verb = _ISSUING.search(clause)
    if verb is None:
        return _Beside(start, start)
    subject = _issuing_subject(clause[: verb.start()])
    if verb["weak"] and subject is None:  # "có", "ra" alone say nothing: a body must be what has or makes it
        return _Beside(start, start)
    lead_end = subject[0] if subject is not None else verb.start()
    dated = _date_before(clause, lead_end)
    issuer = _squeeze(clause[subject[1] : subject[2]]) if subject is not None else None
    if dated is None and issuer is None:
        return _Beside(start, start)
    first = min(dated[0] if dated is not None else lead_end, lead_end)
    return _Beside(clause_start + first, start, dated[1] if dated is not None else None, issuer)


def _issuing_subject(clause: str) -> tuple[int, int, int] | None:
    """Start of the subject phrase and span of the body named in it, reading `clause` up to its verb."""
    behalf = _last(_ON_BEHALF.finditer(clause))
    if behalf is not None and (end := read_issuer(clause, behalf.end())) is not None:
        return behalf.start(), behalf.end(), end
    starts = [match.end() for match in re.finditer(r"(?:^|,|(?<=[/.\- ]\d{4})(?=\s))\s*", clause)]
    for begin in reversed(starts):
        inner = re.compile(
            r"(?:(?:sau đó|đồng thời|theo đó|mới đây|vừa qua|trên cơ sở đó)\s+)?", re.IGNORECASE
        )
        lead = inner.match(clause, begin)
        at = lead.end() if lead is not None else begin
        end = read_issuer(clause, at)
        if end is not None and clause[end:].strip() == "":
            return at, at, end
    return None


def _last(matches: Iterable[re.Match[str]]) -> re.Match[str] | None:
    newest = deque(matches, maxlen=1)
    return newest[0] if newest else None


def _date_before(clause: str, end: int) -> tuple[int, str] | None:
    """The date that directly precedes the subject, with the offset of its "ngày"."""
    low = max(0, end - 40)
    for found in reversed(find_dates(clause[low:end])):
        if clause[low + found.end : end].strip(" ,)") == "":
            day = _DATE_BEFORE.search(clause[: low + found.start])
            return (day.start() if day is not None else low + found.start), found.iso
    return None


def _name_office(mention: SymbolMention, issuer: str | None) -> str | None:
    """A notice of a văn phòng "của Thủ tướng" is issued by the office and states another's conclusion."""
    office = _OFFICES.get((mention.issuer_code or "").split("-")[0])
    if office is None or issuer is None or mention.type_code not in ("TB", "TBKL", "KL"):
        return issuer
    if fold(issuer).startswith("van phong"):
        return issuer
    return f"{office} (kết luận của {issuer})"


def _squeeze(name: str) -> str:
    return " ".join(name.split())


# --- what one mention lends to another ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Given:
    """The value that the first mention of a number gives, and whether all its mentions agree on it."""

    value: str
    start: int
    agreed: bool = True

    def joined(self, value: str) -> _Given:
        return self if value == self.value else replace(self, agreed=False)

    def lent_to(self, start: int) -> str | None:
        return self.value if self.start < start or self.agreed else None


def _lend(references: tuple[Reference, ...], mentions: tuple[SymbolMention, ...]) -> tuple[Reference, ...]:
    """References with the date and issuer that other mentions of the same number give.

    The first mention lends to all later ones; to earlier ones only where no mention says otherwise.
    """
    dates: dict[str, _Given] = {}
    issuers: dict[str, _Given] = {}
    keys = [symbol_key(reference.symbol) for reference in references]
    for key, reference, mention in zip(keys, references, mentions, strict=True):
        if not mention.canonical.startswith("?"):
            _note(dates, key, reference.date, reference.start)
            _note(issuers, key, reference.issuer, reference.start)
    return tuple(
        replace(
            reference,
            date=reference.date or _borrow(dates, key, reference.start),
            issuer=reference.issuer or _borrow(issuers, key, reference.start),
        )
        for key, reference in zip(keys, references, strict=True)
    )


def _note(given: dict[str, _Given], key: str, value: str | None, start: int) -> None:
    if value is not None:
        given[key] = given[key].joined(value) if key in given else _Given(value, start)


def _borrow(given: dict[str, _Given], key: str, start: int) -> str | None:
    return given[key].lent_to(start) if key in given else None
