"""Document numbers of both grammars, State and Party, as they are typed in real text.

The two grammars have their separators swapped: State `263/QĐ-TTg`, `44/2021/NQ-HĐND`; Party `04-NQ/TU`.
A number is read from its first digit: the digits, then codes joined by `-` or `/`, then (only for known
codes) joined by a space. Each position is looked at once, so the time is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from corpus import symbol_codes as codes
from corpus.models import SymbolMention, System
from corpus.text import fold

_DASHES = "\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_SLASHES = "\u2044\u2215\uff0f"
_SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"
_PLAIN: Final = str.maketrans(
    {
        **dict.fromkeys(_DASHES, "-"),
        **dict.fromkeys(_SLASHES, "/"),
        **dict.fromkeys(_SPACES, " "),
        "\u00d0": "Đ",  # Eth, typed or OCR'd for Đ
        "\u0189": "Đ",
        "\u00f0": "đ",
        "\r": "\n",
    }
)

_HEAD = re.compile(
    r"(?<![\w/\\@.])(?<!\w-)(?<!\d[,:])"
    r"(?:(?P<glued>NQ|QĐ|QD|NĐ|CV|KL|[Ss]ố|SỐ)(?=\d))?"
    r"(?P<number>\d{1,6}(?:\.\d{1,4})?(?:[A-Za-zĐđ](?=\s{0,2}[-/ ,.;:)]|$))?)(?![\d_%])"
)
_YEAR = re.compile(r"\s{0,2}(?P<sep>[-/])\s{0,2}(?P<year>(?:19|20)\d\d)(?=\s{0,2}[-/ ]\s{0,2}[A-Za-zĐđ])")
_JOINT = re.compile(r"\s{0,3}(?P<sep>[-/])\s{0,3}| {1,2}")
_CODE = re.compile(
    r"(?P<letters>(?:VP|BTC|BTG|UBKT|BNC|BDV)?T\.? ?Ư\b|T\.W\b|[A-Za-zĐđ]+(?:&[A-Za-zĐđ]+)*)"
    r"(?P<digits>\d{0,2})(?!\d)"
)
_UNIT = re.compile(r"(?:-(?:\s{0,2})|\.(?=[A-ZĐ]{2,5}\b)|/(?=[A-ZĐ]{2,8}\b))")
_TERM = re.compile(r"(?:QH|UBTVQH)K?(?:\d{1,2}|[IVX]{1,5})$", re.IGNORECASE)
_ASSEMBLIES = frozenset({"QH", "UBTVQH"})  # typed without its term: "72/2025/QH"
_VOWELS = re.compile(r"[AEIOUY]")
_CONSONANTS = re.compile(r"[BCDĐGHKLMNPQRSTVXWFJZ]{3}")

_MAX_LOOK_BACK = 48
_OWN_LEAD = "Số: "  # behind it every number is announced


@dataclass(frozen=True, slots=True)
class TypeWord:
    """The type word (or abbreviation) that stands before a number, `text[start:…]`."""

    code: str
    start: int
    common: bool  # a common noun, also followed by mere counts
    spelled: bool  # words, not an abbreviation
    with_so: bool  # "số" stands between it and the number
    whole_only: bool = False


@dataclass(frozen=True, slots=True)
class _Code:
    """One code of a number: as typed, where it ends, and its known form."""

    raw: str
    end: int
    as_type: str | None
    as_issuer: str | None  # canonical if known

    @property
    def canonical(self) -> str:
        return self.as_issuer or (self.raw.upper() if self.raw.islower() else self.raw)


@dataclass(frozen=True, slots=True)
class _Joint:
    sep: str  # "-", "/" or " "
    spaced: bool
    broken: bool  # holds a line break
    end: int


def plain_text(text: str) -> str:
    """`text` with one plain dash, slash, space and Đ for all their look-alikes; offsets stay the same."""
    return text.translate(_PLAIN)


def find_symbols(text: str) -> tuple[SymbolMention, ...]:
    """All document numbers of `text` in order, without overlaps; short forms are marked `short`.

    `text` should be NFC; offsets count its code points. Numbers typed across lines or with look-alike
    characters come back joined in `canonical`.

    >>> [m.canonical for m in find_symbols("Nghị quyết số 04 – nq/tu, công văn 1144")]
    ['04-NQ/TU', '?CV 1144']
    """
    return tuple(_scan(plain_text(text)))


def canonicalize(text: str) -> str | None:
    """The canonical form of the one document number in `text`; None for no number or several.

    >>> canonicalize("263-qd/ttg")
    '263/QĐ-TTg'
    """
    found: dict[str, str] = {}
    for mention in find_symbols(text):
        found.setdefault(symbol_key(mention.canonical), mention.canonical)
    return next(iter(found.values())) if len(found) == 1 else None


@lru_cache(maxsize=16384)
def read_symbol(canonical: str) -> SymbolMention | None:
    """The parts of a number that is known to be one, as `find_symbols` gives it; None for a short form.

    Numbers of unlisted bodies are believed in a text only where it calls them numbers; here they are.

    >>> read_symbol("286/GLA-CNTK").issuer_code
    'GLA-CNTK'
    """
    lead = "" if canonical.startswith("?") else _OWN_LEAD
    for mention in find_symbols(lead + canonical):
        if not mention.short and mention.end - len(lead) == len(canonical):
            return replace(mention, start=0, end=len(canonical))
    return None


@lru_cache(maxsize=65536)  # pages that name a thousand numbers compare each with each
def symbol_key(canonical: str) -> str:
    """The key under which two spellings of one number are equal.

    Case, Đ/Ð, separators and leading zeros are folded; the year inside a number and Đ against D are not.

    >>> symbol_key("4/nq-tu") == symbol_key("04-NQ/TU")
    True
    >>> symbol_key("44/NQ-HĐND") == symbol_key("44/2021/NQ-HĐND")
    False
    """
    folded = re.sub(r"[\s/.–-]+", "-", plain_text(canonical)).strip("-").upper()
    folded = re.sub(r"^(\?[^-\d]*-)?0+(?=\d)", r"\1", folded)
    return re.sub(r"^(\d+[A-ZĐ]?-\d{4})-NQ-((?:UBTV)?QH\d+)$", r"\1-\2", folded)


def complete_short_forms(mentions: Iterable[SymbolMention]) -> tuple[SymbolMention, ...]:
    """`mentions` with each short form given its full number where exactly one full mention fits it.

    It fits with the same number (up to leading zeros), the same year where the short form has one, and the
    same type ("văn bản" fits any). The result keeps `short=True` and its own offsets.
    """
    mentions = tuple(mentions)
    full: dict[str, dict[str, SymbolMention]] = {}
    for mention in mentions:
        if not mention.short:
            by_key = full.setdefault(_bare_number(mention.number), {})
            by_key.setdefault(symbol_key(mention.canonical), mention)
    return tuple(_complete(mention, full) if mention.short else mention for mention in mentions)


def same_type(one: str | None, other: str | None) -> bool:
    """Whether two type codes may stand for the same kind of document (QĐ and QyĐ; a công văn has none)."""
    return one == other or any(one in same and other in same for same in codes.SAME_TYPE)


def _complete(short: SymbolMention, full: dict[str, dict[str, SymbolMention]]) -> SymbolMention:
    candidates = full.get(_bare_number(short.number), {}).values()
    fitting = [m for m in candidates if _fits(short, m)]
    if len(fitting) != 1:
        return short
    (match,) = fitting
    return replace(match, start=short.start, end=short.end, short=True)


def _fits(short: SymbolMention, full: SymbolMention) -> bool:
    if short.year is not None and short.year != full.year:
        return False
    if short.type_code in ("VB", full.type_code):
        return True
    if full.type_code is None and full.issuer_code is not None and _TERM.match(full.issuer_code):
        return short.type_code in ("NQ", "PL", "L")
    return any(short.type_code in same and full.type_code in same for same in codes.SAME_TYPE)


def _bare_number(number: str) -> str:
    return number.lstrip("0").upper()


# --- reading one number -------------------------------------------------------------------------------------


def _scan(text: str) -> Iterator[SymbolMention]:
    done = 0
    for head in _HEAD.finditer(text):
        if head.start("number") < done:
            continue
        mention = _read_number(text, head)
        if mention is not None:
            done = mention.end
            yield mention


def _read_number(text: str, head: re.Match[str]) -> SymbolMention | None:
    start, end = head.span("number")
    follower = text[end : end + 1]
    before = type_word_before(text, start)
    if (follower == "-" or follower == "/" or follower.isspace()) and not _is_form_or_standard(text, start):
        mention = _read_whole(text, start, end, before)
        if mention is not None:
            return mention
    if before is None or _is_form_or_standard(text, before.start):
        return None
    return _read_short(text, start, end, before)


def _read_whole(text: str, start: int, end: int, before: TypeWord | None) -> SymbolMention | None:
    number, position, year = text[start:end], end, None
    dated = _YEAR.match(text, position)
    if dated is not None:
        year, position = int(dated["year"]), dated.end()
    joint = _read_joint(text, position)
    if joint is None:
        return None
    first = _read_code(text, joint.end)
    if first is None:
        return None
    parts = _Parts(text, start, number, year, joint, first, before)
    if first.as_type is not None:
        mention = _read_typed(parts)
        if mention is not None:
            return mention
    return _read_untyped(parts)


@dataclass(frozen=True, slots=True)
class _Parts:
    """What was read of a number up to its first code."""

    text: str
    start: int
    number: str
    year: int | None
    joint: _Joint
    first: _Code
    before: TypeWord | None


def _read_typed(parts: _Parts) -> SymbolMention | None:
    """`n-LOẠI/CƠQUAN`, `n/LOẠI-CƠQUAN`, with or without year, and their misspelt and spaced typings."""
    type_code = parts.first.as_type
    joint = _read_joint(parts.text, parts.first.end)
    if type_code is None or joint is None:
        return None
    issuer = _read_code(parts.text, joint.end)
    if issuer is None or not _is_issuer(parts, joint, issuer):
        return None
    if issuer.as_issuer is None and _names_court_case(issuer.raw):
        return None
    if issuer.as_issuer is None and _is_form_code(parts):
        return None
    units, end = _read_units(parts.text, issuer)
    return _typed_mention(parts, type_code, joint.sep, issuer.canonical, units, end)


def _is_form_code(parts: _Parts) -> bool:
    """ "01/TB-NSD" of an unlisted body, with neither a type word nor "số" before it: a form in a table."""
    small = parts.joint.sep == "/" and parts.year is None and re.fullmatch(r"0\d", parts.number) is not None
    return small and parts.before is None and not _is_announced(parts.text, parts.start)


def _typed_mention(
    parts: _Parts, type_code: str, sep: str, issuer: str, units: str, end: int
) -> SymbolMention | None:
    party_shape = parts.joint.sep == "-" and sep == "/"
    if parts.year is not None:
        return _state(parts, type_code, "/" if sep == "/" else "-", issuer, units, end)
    if issuer in codes.PARTY_ISSUERS:
        return _party(parts, type_code, issuer, units, end)
    if _is_state_issuer(issuer) or (_TERM.match(issuer) and not party_shape):
        odd = parts.joint.sep == "/" and sep == "/"
        return _state(parts, type_code, "/" if odd else "-", issuer, units, end)
    if party_shape:
        return _party(parts, type_code, issuer, units, end)
    if parts.joint.sep == "/":
        return _state(parts, type_code, "/" if sep == "/" else "-", issuer, units, end)
    return None


def _read_untyped(parts: _Parts) -> SymbolMention | None:
    """`n/năm/QH15`, `n/CƠQUAN-ĐƠNVỊ`, `n/CƠQUAN`, and `TYPE n/TU` (the type stands before)."""
    first, joint = parts.first, parts.joint
    numbered = _TERM.match(first.raw) is not None and first.raw[-1:].isdigit()
    if joint.sep == "/" and (numbered or (first.raw in _ASSEMBLIES and parts.year is not None)):
        if parts.year is None and parts.before is None and not _is_announced(parts.text, parts.start):
            return None
        return _mention(parts, None, first.raw.upper(), System.STATE, "", first.end)
    issuer = first.as_issuer
    if parts.year is not None:
        return None
    if issuer is None:
        return _read_unknown_letter(parts)
    if issuer in codes.PARTY_ISSUERS:
        return _read_type_before(parts, issuer)
    return _read_letter(parts, issuer)


def _read_type_before(parts: _Parts, issuer: str) -> SymbolMention | None:
    """`NQ 04/TU`, `nq 04-tu`, `NQ 04 TU`: the type word gives the type."""
    before = parts.before
    if before is None or before.code in ("VB", "NĐ", "TTLT") or before.whole_only:
        return None
    if parts.joint.sep == " " and not parts.first.raw.isupper():
        return None
    units, end = _read_units(parts.text, parts.first)
    return _party(parts, before.code, issuer, units, end)


def _read_letter(parts: _Parts, issuer: str) -> SymbolMention | None:
    """A State công văn `n/CƠQUAN-ĐƠNVỊ` or an old bare number `77/CP`, with a known issuer."""
    first, text = parts.first, parts.text
    announced = parts.before is not None or _is_announced(text, parts.start)
    if parts.joint.sep == "-" and not (issuer in codes.BARE_ISSUERS and announced):
        return None
    if parts.joint.sep == " " or (parts.joint.broken and not announced):
        return None
    if not announced and len(issuer) < 3 and issuer not in codes.BARE_ISSUERS:
        return None
    units, end = _read_units(text, first)
    if units:
        return (
            _mention(parts, None, issuer + units, System.STATE, "", end) if parts.joint.sep == "/" else None
        )
    if first.raw.islower() and not announced:
        return None
    if issuer == "BCĐ":
        programme = re.compile(r"[ \n]([A-ZĐ]{3,})(?![\w])").match(text, end)
        if programme is not None and _is_programme(programme[1]):
            return _mention(parts, None, f"{issuer} {programme[1]}", System.STATE, "", programme.end())
    if not announced and issuer not in codes.BARE_ISSUERS:
        return None
    return _mention(parts, None, issuer, System.STATE, "", end)


def _read_unknown_letter(parts: _Parts) -> SymbolMention | None:
    """A công văn of an unlisted body, only where the text calls it one: "Công văn số …", a line "Số: …"."""
    first, joint, before = parts.first, parts.joint, parts.before
    called = before is not None and before.spelled and before.code in ("CV", "VB")
    if not called and not _OWN_NUMBER.search(parts.text[max(0, parts.start - 12) : parts.start]):
        return None
    if joint.sep != "/" or joint.spaced or not first.raw.isupper() or _names_court_case(first.raw):
        return None
    units, end = _read_units(parts.text, first)
    if not units.startswith("-") or len(first.raw) < 2:
        return None
    return _mention(parts, None, first.raw + units, System.STATE, "", end)


def _is_issuer(parts: _Parts, joint: _Joint, issuer: _Code) -> bool:
    """Whether the code behind a type closes a number; the looser the typing, the more must be known."""
    spaces = (parts.joint.sep == " ") + (joint.sep == " ")
    if issuer.as_issuer is not None or _TERM.match(issuer.raw):
        if spaces == 2:
            return not _is_counted_year(parts) and not _ends_sentence_word(parts.text, issuer.end)
        return True
    if spaces or (parts.joint.sep == "-" and joint.sep == "-"):
        return False
    if len(issuer.raw) < 2 or not _same_case(parts.first.raw, issuer.raw):
        return False
    if joint.spaced or parts.joint.broken:
        return _looks_like_code(issuer.raw)
    return True


def _same_case(type_raw: str, issuer_raw: str) -> bool:
    """An unknown issuer is capitals, with few small letters ("SNgV"); all small only behind a small type."""
    if type_raw.islower():
        return issuer_raw.islower() or issuer_raw.isupper()
    capitals = sum(letter.isupper() for letter in issuer_raw)
    return capitals >= 2 and len(issuer_raw) - capitals <= max(2, issuer_raw.count("&") + 2)


def _read_joint(text: str, position: int) -> _Joint | None:
    match = _JOINT.match(text, position)
    if match is None:
        return None
    between = match[0]
    return _Joint(match["sep"] or " ", len(between) > 1, "\n" in between, match.end())


def _read_code(text: str, position: int) -> _Code | None:
    match = _CODE.match(text, position)
    if match is None:
        return None
    letters, digits, end = match["letters"], match["digits"], match.end()
    if text[end : end + 1].isalpha():
        return _read_glued_code(letters, position)
    if "Ư" in letters or "." in letters:
        letters = re.sub(r"T\.? ?[ƯW]\.?$", "TW", letters)
    if digits and codes.ISSUER_SPELLINGS.get(letters.upper()) in codes.FOOTNOTED_ISSUERS:
        digits, end = "", end - len(digits)
    raw = letters + digits
    spelling = raw.upper()
    return _Code(raw, end, codes.TYPE_SPELLINGS.get(spelling), _issuer_of(letters, digits))


def _read_glued_code(letters: str, position: int) -> _Code | None:
    """A known code whose next word lost its space: "NQ-HĐNDngày"."""
    capitals = re.match(r"[A-ZĐ&]+", letters)
    known = codes.ISSUER_SPELLINGS.get(capitals[0]) if capitals else None
    if capitals is None or known is None or len(known) < 3:
        return None
    return _Code(capitals[0], position + capitals.end(), None, known)


def _issuer_of(letters: str, digits: str) -> str | None:
    spelling = letters.upper()
    if digits:
        known = codes.ISSUER_SPELLINGS.get(spelling) if spelling in ("HDND", "HĐND", "HĐNN", "BCĐ") else None
        return known + digits if known else None
    return codes.ISSUER_SPELLINGS.get(spelling)


def _read_units(text: str, issuer: _Code) -> tuple[str, int]:
    """The working units attached behind an issuer ("-VPĐP", "-TANDTC-BCA") and where they end."""
    units, end = "", issuer.end
    while (mark := _UNIT.match(text, end)) is not None:
        unit = _read_code(text, mark.end())
        if unit is None or not _is_unit(issuer, unit, broken=mark[0][-1].isspace()):
            break
        units += mark[0].strip()[0] + unit.canonical
        end = unit.end
    return units, end


def _is_unit(issuer: _Code, unit: _Code, *, broken: bool) -> bool:
    if broken:  # "3816/VPCP-\nCN", but not "12/QĐ-UBND- BAN HÀNH"
        return unit.raw.isupper() and (unit.as_issuer is not None or _looks_like_code(unit.raw))
    if unit.raw.islower():  # "4836/bnn-vpđp", but not "263/qđ-ttg-moi"
        known = unit.as_issuer is not None or _looks_like_code(unit.raw.upper())
        return known and issuer.raw.islower()
    small = sum(letter.islower() for letter in unit.raw)
    return small <= 2 and small < len(unit.raw)


def _looks_like_code(raw: str) -> bool:
    return _CONSONANTS.search(raw) is not None or (len(raw) > 1 and not _VOWELS.search(raw))


def _is_state_issuer(issuer: str) -> bool:
    return issuer in codes.STATE_ISSUERS and issuer not in codes.AMBIGUOUS_ISSUERS


def _names_court_case(issuer: str) -> bool:
    return issuer.upper() in ("ST", "PT", "GĐT", "TLST", "TLPT")


def _is_programme(code: str) -> bool:
    return code in codes.PROGRAMME_CODES or re.search(r"[^AEIOUY]{4}", code) is not None


def _is_counted_year(parts: _Parts) -> bool:
    return re.search(r"(?:năm|nam)\s$", parts.text[max(0, parts.start - 5) : parts.start]) is not None


def _ends_sentence_word(text: str, end: int) -> bool:
    """A code in small letters that is followed by a dash and more letters is a slug, not a number."""
    return re.compile(r"-[a-z]").match(text, end) is not None


def _is_announced(text: str, start: int) -> bool:
    return re.search(r"(?:[Ss]ố|SỐ|\bso)\s*[:.]?\s*$", text[max(0, start - 8) : start]) is not None


_FORM_OR_STANDARD = re.compile(
    r"\b(?:mẫu|biểu|mẫu biểu|phụ lục|phụ biểu|bảng|QCVN|TCVN|TCXDVN|TCXD|TCN|TCCS|tiêu chuẩn|ISO|QCĐP)"
    r"(?:\s+số)?\s*[:.]?\s*$",
    re.IGNORECASE,
)


def _is_form_or_standard(text: str, start: int) -> bool:
    return _FORM_OR_STANDARD.search(text[max(0, start - 20) : start]) is not None


# --- building mentions --------------------------------------------------------------------------------------


def _party(parts: _Parts, type_code: str, issuer: str, units: str, end: int) -> SymbolMention:
    if issuer == "TW" and units.lstrip("-./") in codes.CENTRAL_PARTY_BODIES:
        units = ""
    old = issuer in codes.OLD_ISSUERS or re.match(r"HĐNN\d*$", issuer) is not None
    return SymbolMention(
        canonical=f"{parts.number}-{type_code}/{issuer}{units}",
        start=parts.start,
        end=end,
        number=parts.number,
        year=None,
        type_code=type_code,
        issuer_code=issuer + units,
        system=System.STATE if old else System.PARTY,
    )


def _state(parts: _Parts, type_code: str, sep: str, issuer: str, units: str, end: int) -> SymbolMention:
    # "193/2025/NQ-QH15" is typed for 193/2025/QH15
    if type_code == "NQ" and parts.year is not None and re.match(r"QH\d+$", issuer):
        return _mention(parts, None, issuer, System.STATE, "", end)
    return _mention(parts, type_code, issuer + units, System.STATE, sep, end)


def _mention(
    parts: _Parts, type_code: str | None, issuer: str, system: System, sep: str, end: int
) -> SymbolMention:
    year = f"/{parts.year}" if parts.year is not None else ""
    kind = f"{type_code}{sep}" if type_code is not None else ""
    return SymbolMention(
        canonical=f"{parts.number}{year}/{kind}{issuer}",
        start=parts.start,
        end=end,
        number=parts.number,
        year=parts.year,
        type_code=type_code,
        issuer_code=issuer,
        system=system,
    )


# --- type words and short forms -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Word:
    code: str
    common: bool
    whole_only: bool
    proper: str


def _word_table() -> dict[str, _Word]:
    table = {}
    for words, common, whole_only in (
        (codes.WHOLE_ONLY_TYPE_WORDS, True, True),
        (codes.COMMON_TYPE_WORDS, True, False),
        (codes.FIRM_TYPE_WORDS, False, False),
    ):
        for proper, code in words.items():
            table[fold(proper)] = _Word(code, common, whole_only, proper)
    return table


_WORDS: Final = _word_table()
_MOST_WORDS: Final = max(len(words.split()) for words in _WORDS)
_ENDS_OF_WORDS: Final = frozenset(words.split()[-1] for words in _WORDS)
_BETWEEN_WORDS: Final = frozenset(",;.:()“”\"'/-")
_SO = re.compile(r"(?:^|(?<=\s))s[ốo]\s*[:.]?\s*$", re.IGNORECASE)


def type_word_before(text: str, start: int) -> TypeWord | None:
    """The type word or type abbreviation right before the number at `start` ("Nghị quyết số |04-NQ/TU").

    `text` is plain (see `plain_text`). "số" and a colon may stand between; accents may be missing.
    """
    glued = text[max(0, start - 2) : start]
    if glued in ("NQ", "QĐ", "QD", "NĐ", "CV", "KL"):
        return TypeWord(codes.TYPE_SPELLINGS[glued], start - 2, False, False, False)
    low = max(0, start - _MAX_LOOK_BACK)
    window = text[low:start]
    if not window.rstrip(" \n:.")[-1:].isalpha():
        return None
    so = _SO.search(window) or re.search(r"[Ss]ố$|SỐ$", window)
    if so is not None:
        window = window[: so.start()]
    elif not window[-1:].isspace():
        return None
    window = window.rstrip()
    with_so = so is not None
    last = _last_word(window, len(window))
    if last is None:
        return None
    # Most words before a number end no type.
    words = _last_words(window) if fold(last[0]) in _ENDS_OF_WORDS else []
    for count in range(len(words), 0, -1):
        found = _WORDS.get(fold(" ".join(word for word, _ in words[-count:])))
        if found is not None and _is_accented_well([word for word, _ in words[-count:]], found.proper):
            at = low + words[-count][1]
            return TypeWord(found.code, at, found.common, True, with_so, found.whole_only)
    return _abbreviation(last, low, with_so)


def _last_words(window: str) -> list[tuple[str, int]]:
    """Up to as many words from the end of `window` as a type has, with their offsets; no mark between."""
    words: list[tuple[str, int]] = []
    end = len(window)
    while len(words) < _MOST_WORDS and (word := _last_word(window, end)) is not None:
        words.insert(0, word)
        end = len(window[: word[1]].rstrip())
    return words


def _last_word(window: str, end: int) -> tuple[str, int] | None:
    """The word that ends at `end` with its offset; None where a mark or white space stands there."""
    start = end
    while start and not (window[start - 1] in _BETWEEN_WORDS or window[start - 1].isspace()):
        start -= 1
    return (window[start:end], start) if start < end else None


def _is_accented_well(typed: list[str], proper: str) -> bool:
    """Each syllable is written with its accents or with none at all ("nghi quyết" passes, "kể hoạch" not)."""
    pairs = zip(typed, proper.split(), strict=True)
    return all(word.lower() in (right, fold(right)) for word, right in pairs)


def _abbreviation(word: tuple[str, int], low: int, with_so: bool) -> TypeWord | None:
    typed, at = word
    code = "VB" if typed.upper() == "VB" else codes.TYPE_SPELLINGS.get(typed.upper())
    if code is None or not (typed.isupper() or typed.islower() or typed == code):
        return None
    firm = code in codes.FIRM_ABBREVIATIONS
    if not firm and code not in (codes.SMALL_ABBREVIATIONS if typed.islower() else codes.LOOSE_ABBREVIATIONS):
        return None
    return TypeWord(code, low + at, not firm, False, with_so)


_OWN_NUMBER = re.compile(r"(?:^|\n)\s*Số\s*:\s*$")
_RANGE = re.compile(r"\s*-\s*\d")
_SPLIT_NUMBER = re.compile(r" \d+/")  # "số 1 65/2024" of a bad PDF
_NEXT_WORD = re.compile(r"\s+(?:(?P<word>[^\W\d_]+)(?:\s+(?P<second>\w+))?|(?P<digits>\d))")
_SHORT_END = re.compile(r"(?=[\s.,;:!?)\]”\"'…]|$)(?![.,:]\d|\s?(?:…|\.{2,})\s?/)")
_SHORT_YEAR = re.compile(r"/((?:19|20)\d\d)(?![\w/-])")
_SHORT_TYPE = re.compile(r"\s?[-/]\s?([A-ZĐa-zđ]{2,5})(?![\w/&-])")


def _read_short(text: str, start: int, end: int, before: TypeWord) -> SymbolMention | None:
    """A short form ("Nghị quyết 04", "CV số 1144", "Nghị định 15/2020") behind its type word, or None."""
    if before.whole_only or "." in text[start:end]:
        return None
    number, year = text[start:end], None
    if len(number.rstrip("abcdđeghABCDĐEGH")) > 5 or (not number.isdigit() and before.common):
        return None
    dated = _SHORT_YEAR.match(text, end)
    if dated is not None and not before.common and (before.with_so or len(number) > 1):
        year, end = int(dated[1]), dated.end()
    else:
        own_type = _SHORT_TYPE.match(text, end)
        if own_type is not None and codes.TYPE_SPELLINGS.get(own_type[1].upper()) == before.code:
            end = own_type.end()
    if _SHORT_END.match(text, end) is None:
        return None
    if year is None and not _reads_as_number(text, end, number, before):
        return None
    typed = f"{number}/{year}" if year is not None else number
    return SymbolMention(
        canonical=f"?{before.code} {typed}",
        start=start,
        end=end,
        number=number,
        year=year,
        type_code=before.code,
        issuer_code=None,
        system=None,
        short=True,
    )


def _reads_as_number(text: str, end: int, number: str, before: TypeWord) -> bool:
    """Whether the digits behind a type word name a document, not a count or a year."""
    lead = text[end - len(number) - 2 : end - len(number)]
    long = number.startswith("0") or len(number) > 1
    if _RANGE.match(text, end) or _SPLIT_NUMBER.match(text, end):
        return False
    if "\n" in lead and not (before.spelled and (before.with_so or (long and not before.common))):
        return False  # a list label or a page number on the next line
    if before.with_so:
        return True
    if _is_year(number) or number.strip("0") == "":
        return False
    follow = _NEXT_WORD.match(text, end)
    word = fold(follow["word"]) if follow is not None and follow["word"] else None
    second = fold(follow["second"]) if follow is not None and follow["second"] else ""
    if word in codes.COUNTED and not _counts_nothing(word, second):
        return False
    if before.common and not long:
        return False
    if before.spelled and (before.common or not long):
        return word in codes.AFTER_NUMBER if word is not None else follow is None
    return True


def _counts_nothing(word: str, second: str) -> bool:
    """A date ("ngày 11/7", "năm 2022"), or one of the phrases of `codes.NOT_COUNTED`."""
    if word in ("ngay", "nam", "thang"):
        return second.isdigit()
    return f"{word} {second}" in codes.NOT_COUNTED


def _is_year(number: str) -> bool:
    return number.isdigit() and 1986 <= int(number) <= 2050
