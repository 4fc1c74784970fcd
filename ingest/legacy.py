"""Vietnamese text of before Unicode, TCVN3 (ABC) and VNI: told from other text, and converted.

Both put Vietnamese letters where Latin-1 has other letters and signs, so single strings can always be
something else ("± 5%", "§ 3", "où"). Text is taken for legacy only as a whole document, or where its font
says so; and what comes out of the conversion must read as Vietnamese, else the page is refused.

TCVN3 writes "ư" as U+00AD, the soft hyphen: nothing may drop it before this module has seen the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from ingest.errors import LegacyEncoding


class Legacy(StrEnum):
    """A font encoding of before Unicode."""

    TCVN3 = "TCVN3"  # fonts .VnTime, .VnArial …; also called ABC
    VNI = "VNI"  # fonts VNI-Times, VNI-Helve …


@dataclass(frozen=True, slots=True)
class FontEncoding:
    """What the name of a font says about the text set in it."""

    encoding: Legacy
    capitals: bool  # .VnTimeH draws small letters as capitals: TCVN3 has no capitals with tones


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a paragraph, and what its font says; None where the font is an ordinary one."""

    text: str
    font: FontEncoding | None = None


def font_encoding(font: str) -> FontEncoding | None:
    """The encoding of text set in a font, by its name.

    >>> font_encoding(".VnTimeH")
    FontEncoding(encoding=<Legacy.TCVN3: 'TCVN3'>, capitals=True)
    """
    folded = font.lower()
    if folded.startswith(".vn"):
        return FontEncoding(Legacy.TCVN3, capitals=font.endswith("H"))
    return FontEncoding(Legacy.VNI, capitals=False) if folded.startswith("vni") else None


# --- conversion -------------------------------------------------------------------------------------------

_TCVN3_FROM = "¡¢£¤¥¦§¨©ª«¬\xad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ"
_TCVN3_INTO = "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
_TCVN3 = str.maketrans(_TCVN3_FROM, _TCVN3_INTO)
# Text layers of PDFs give two of the signs as what they look like; between letters they are letters.
_LOOKALIKE = re.compile(r"(?<=[^\W\d_])[\u2212\u2219]|[\u2212\u2219](?=[^\W\d_])")
_LOOKALIKES = {"\u2212": "\xad", "\u2219": "·"}


def _vni_table() -> dict[str, str]:
    """Every VNI letter: a letter alone, or a vowel with a second letter for its hat and tone."""
    acute, grave, hook, tilde, dot = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
    plain = {"ù": acute, "ø": grave, "û": hook, "õ": tilde, "ï": dot}
    hat = {"â": "", "á": acute, "à": grave, "å": hook, "ã": tilde, "ä": dot}
    breve = {"ê": "", "é": acute, "è": grave, "ú": hook, "ü": tilde, "ë": dot}
    table = {"ñ": "đ", "ö": "ư", "ô": "ơ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}  # í and ì are themselves
    for base in "aeiouyöô":
        table |= {base + mark: table.get(base, base) + tone for mark, tone in plain.items()}
    for base in "aeo":
        table |= {base + mark: base + "\u0302" + tone for mark, tone in hat.items()}
    table |= {"a" + mark: "a\u0306" + tone for mark, tone in breve.items()}
    for letter, into in list(table.items()):
        table[letter.upper()] = table[letter.capitalize()] = into.upper()
    return {letter: unicodedata.normalize("NFC", into) for letter, into in table.items()}


_VNI = _vni_table()
_VNI_LETTER = re.compile("|".join(sorted(_VNI, key=len, reverse=True)))


def to_unicode(text: str, encoding: Legacy, *, capitals: bool = False) -> str:
    """The text of an encoding in Unicode; what is no letter of it stays as it is.

    >>> to_unicode("Céng hoµ x· héi", Legacy.TCVN3), to_unicode("Coäng hoøa xaõ hoäi", Legacy.VNI)
    ('Cộng hoà xã hội', 'Cộng hòa xã hội')
    """
    if encoding is Legacy.TCVN3:
        text = _LOOKALIKE.sub(lambda found: _LOOKALIKES[found[0]], text).translate(_TCVN3)
    else:
        text = _VNI_LETTER.sub(lambda found: _VNI[found[0]], text)
    return text.upper() if capitals else text


def convert_spans(spans: Iterable[Span]) -> tuple[str, Legacy | None]:
    """The text of one paragraph, the pieces in legacy fonts converted, and the encoding that was met.

    Text pasted from elsewhere keeps the name of the old font and is Unicode all the same: where the pieces
    hold letters that only Unicode has, none of them is converted.
    """
    joined = [
        Span("".join(span.text for span in group), font)
        for font, group in groupby(spans, key=lambda span: span.font)
    ]
    if any(span.font is not None and _VIETNAMESE.search(span.text) for span in joined):
        return "".join(span.text for span in joined), None
    met: Legacy | None = None
    texts = []
    for span in joined:
        if span.font is None:
            texts.append(span.text)
            continue
        text = to_unicode(span.text, span.font.encoding, capitals=span.font.capitals)
        if text != span.text and not span.text.isascii():
            met = met or span.font.encoding
        texts.append(text)
    return "".join(texts), met


# --- detection --------------------------------------------------------------------------------------------

_VIETNAMESE = re.compile(r"[\u1ea0-\u1ef9ăđơưĂĐƠƯ]")
# TCVN3 (ABC) puts Vietnamese letters where Latin-1 has signs: "Céng hoµ x· héi chñ nghÜa ViÖt Nam".
_TCVN3_WORD = re.compile(r"(?i)[a-z]*[µ¸¶·¹»¾¼½®©ª¬¨§¦\xad][a-zµ¸¶·¹»¾¼½®©ª¬¨§à-ÿ]+|[a-z]+[µ¸¶·¹»¾¼½®©ª¬¨§]")
# VNI writes the marks as a second letter: "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam".
_VNI_WORD = re.compile(r"(?i)\w*(?:[aeoyu][øùûõïäåãëêöúüàáèéâ]|ö[ôøùûõï]|ô[øùûõï])\w*")
_WORD = re.compile(r"\w+")
_NO_WORD = re.compile(r"\w{61,}")  # base64 and the like: the patterns above take its length squared
_SAMPLE = 200_000
_SHARE = 0.08  # of the words; French, German and Vietnamese text of ours stay under 0.02
_MIN_WORDS = 3


def find_legacy(text: str) -> Legacy | None:
    """The encoding that a whole text is written in; None for Unicode, other languages and short strings."""
    sample = _NO_WORD.sub(" ", text[:_SAMPLE])
    if sample.isascii() or vietnamese_letters(sample) > 0.01 * len(sample):
        return None
    words = max(1, len(_WORD.findall(sample)))
    for encoding, pattern in ((Legacy.TCVN3, _TCVN3_WORD), (Legacy.VNI, _VNI_WORD)):
        hits = len(pattern.findall(sample))
        if hits >= _MIN_WORDS and hits >= _SHARE * words:
            return encoding
    return None


def vietnamese_letters(text: str) -> int:
    """How many letters of the text only Vietnamese has, written in Unicode."""
    return len(_VIETNAMESE.findall(text))


@dataclass(frozen=True, slots=True)
class Converted:
    """A text in Unicode, and the encoding that it was converted from; None where nothing was changed."""

    text: str
    encoding: Legacy | None


def convert_document(text: str, name: str) -> Converted:
    """A whole text in Unicode. Raises LegacyEncoding where it is legacy and cannot be converted safely."""
    encoding = find_legacy(text)
    if encoding is None:
        return Converted(text, None)
    converted = to_unicode(text, encoding)
    if not reads_as_vietnamese(converted):
        raise legacy_error(name, encoding)
    return Converted(converted, encoding)


def legacy_error(name: str, encoding: Legacy) -> LegacyEncoding:
    """The error for a page whose legacy text does not come out as Vietnamese."""
    label = {Legacy.TCVN3: "TCVN3 (ABC)", Legacy.VNI: "VNI"}[encoding]
    return LegacyEncoding(
        f"Trang {name!r} viết bằng bảng mã cũ {label}, không phải Unicode, và không tự chuyển được an toàn. "
        "Hãy chuyển mã sang Unicode (ví dụ bằng UniKey Toolkit), lưu UTF-8 rồi nạp lại."
    )


def legacy_note(encoding: Legacy) -> str:
    """What a reader of a converted page should know."""
    return f"Chữ trong tệp viết bằng bảng mã cũ {encoding} đã được chuyển sang Unicode; tệp gốc vẫn được giữ."


_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx])?[aeiouyăâêôơư]{1,3}(?:ch|ng|nh|[cmnpt])?"
)
_LETTERS = re.compile(r"[^\W\d_]+")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_SYLLABLES = 0.85  # of the words of two letters and more, abbreviations aside


def reads_as_vietnamese(text: str) -> bool:
    """Whether the words of a text are shaped as Vietnamese syllables.

    >>> reads_as_vietnamese("Cộng hòa xã hội chủ nghĩa"), reads_as_vietnamese("Größere Maßnahmen für Übungen")
    (True, False)
    """
    words = [
        word.lower() for word in _LETTERS.findall(text[:_SAMPLE]) if len(word) > 1 and not word.isupper()
    ]
    syllables = sum(_SYLLABLE.fullmatch(_without_tone(word)) is not None for word in words)
    return syllables >= _SYLLABLES * len(words)


def _without_tone(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", _TONES.sub("", decomposed))


def encodings_met(found: Iterable[Legacy | None]) -> Iterator[Legacy]:
    """The encodings of several paragraphs, each once, in order."""
    yield from dict.fromkeys(encoding for encoding in found if encoding is not None)
