"""A pasted text held against the collection: `check_text`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from corpus.models import Document, DocumentKind, Relation, SymbolMention
from corpus.sentences import Span, find_sentences
from corpus.store import Store
from corpus.structure import find_sections
from corpus.symbol_codes import COMMON_TYPE_WORDS, FIRM_TYPE_WORDS, WHOLE_ONLY_TYPE_WORDS
from corpus.symbols import complete_short_forms, find_symbols, same_type, symbol_key
from corpus.text import to_nfc
from index.answering.page_subject import page_subject, reported_at
from index.answering.pages import Pages
from index.answering.spans import passage_at
from index.checking.models import (
    CheckedNumber,
    CheckedQuotation,
    CheckedText,
    Difference,
    Match,
    QuotationVerdict,
    Status,
)
from index.checking.numbers import Meaning, NumberReader
from index.checking.places import Finder, Place, find_run, trim
from index.checking.quotations import Quotation, find_quotations
from index.checking.words import Words, split_words
from index.citations import cite
from index.errors import TextTooLong
from index.lexical import LexicalIndex
from ingest.published import VIETNAM

LONGEST_TEXT = 200_000  # characters: some seventy pages, which take about a minute
_NEAR = 0.6  # likeness from which on words are an altered quotation and not other words
_NEAR_TOLD = 0.8  # the same without quotation marks: below it a sentence only speaks of the same
_FORMULA = 3  # documents with the same words, which are nobody's quotation where nobody is named
_LONGEST = 320  # words that are compared at once; a longer quotation is checked in parts
_TYPE_CODES = {**WHOLE_ONLY_TYPE_WORDS, **COMMON_TYPE_WORDS, **FIRM_TYPE_WORDS}
# Words in a row that make a sentence without marks a quotation: anywhere, where it gives them to a document,
# and anywhere with differences.
_RUN, _CLAIMED_RUN, _ALTERED_RUN = 10, 7, 16


def check_text(store: Store, lexical: LexicalIndex, text: str, *, day: date | None = None) -> CheckedText:
    """The quotations and document numbers of a text with their verdicts; effect is judged for `day` (today).

    `lexical` is the index of the store's passages.

    Offsets of the result count code points of the text in NFC, which it holds. Raises TextTooLong.
    """
    day = day or datetime.now(VIETNAM).date()
    nfc = to_nfc(text).replace("\r\n", "\n")
    if len(nfc) > LONGEST_TEXT:
        raise TextTooLong(
            f"Bài viết dài {len(nfc)} ký tự; mỗi lần chỉ kiểm tra được {LONGEST_TEXT} ký tự. Hãy chia bài thành nhiều phần."
        )
    mentions = complete_short_forms(find_symbols(nfc))
    checker = _Checker(store, lexical, nfc, day)
    quotations = [
        checked for one in find_quotations(nfc, mentions) for checked in checker.check_quotation(one)
    ]
    return CheckedText(
        text=nfc,
        day=day.isoformat(),
        as_of=store.state().updated_at,
        quotations=tuple(quotations),
        numbers=tuple(checker.check_numbers(mentions)),
    )


class _Checker:
    """The check of one text: documents are read once, numbers looked up once."""

    def __init__(self, store: Store, lexical: LexicalIndex, text: str, day: date) -> None:
        self._text = text
        self._store = store
        self._pages = Pages(store)
        self._finder = Finder(self._pages, lexical)
        self._numbers = NumberReader(self._pages, day)
        self._spoken: dict[str, tuple[frozenset[str], str | None]] = {}

    # --- numbers

    def check_numbers(self, mentions: Iterable[SymbolMention]) -> Iterable[CheckedNumber]:
        """Every number of the text, in order."""
        sentences = find_sentences(self._text)
        for mention in mentions:
            around = next((one for one in sentences if one.start <= mention.start < one.end), None)
            span = around or Span(mention.start, mention.end)
            yield self._numbers.check(mention, self._text, self._text[span.start : span.end])

    # --- quotations

    def check_quotation(self, quotation: Quotation) -> Iterable[CheckedQuotation]:
        """The quotation with its verdict, part by part where it is long; nothing for words that quote nothing."""
        meanings = [self._numbers.meaning(one, self._frame(quotation)) for one in quotation.named]
        words = trim(split_words(self._text, quotation.start, quotation.end))
        if not words.count:
            return
        if not quotation.marked:
            run = self._find_told(words, meanings, claimed=quotation.claimed)
            checked = self._judge(run, quotation, meanings) if run is not None else None
            if checked is not None and _is_quoted(checked, run, claimed=quotation.claimed):
                yield checked
                return
            if not quotation.claimed:
                return
        for part in _in_parts(words):
            yield self._judge(part, quotation, meanings)

    def _frame(self, quotation: Quotation) -> str:
        """The sentence without the words quoted: what it names tells numbers apart."""
        sentence = quotation.sentence
        before = self._text[sentence.start : max(sentence.start, quotation.start)]
        return f"{before} {self._text[quotation.end : max(quotation.end, sentence.end)]}"

    def _find_told(self, words: Words, meanings: Sequence[Meaning], *, claimed: bool) -> Words | None:
        """What of a sentence without marks stands in the collection nearly word for word."""
        named = _documents_of(meanings)
        windows = self._finder.find_windows(words, named) if named else []
        run = find_run(words, windows + self._finder.find_windows(words))
        run = trim(run) if run is not None else None
        if run is None or run.count < (_CLAIMED_RUN if claimed else _RUN):
            return None
        return run

    def _judge(self, words: Words, quotation: Quotation, meanings: Sequence[Meaning]) -> CheckedQuotation:
        named = _documents_of(meanings)
        # A sentence that does not give its words to the number that it names may have them from anywhere.
        claims = meanings if quotation.claimed else ()
        keys = {symbol_key(symbol) for meaning in claims for symbol in meaning.symbols}
        places = self._finder.find_places(words, named)
        exact = [place for place in places if place.exact]
        least = _NEAR if quotation.marked else _NEAR_TOLD
        near = [place for place in places if not place.exact and place.alignment.likeness >= least]
        said = [place for place in exact if self._speaks_for(place, keys, named)]
        near_said = [place for place in near if self._speaks_for(place, keys, named)]
        # What shows no number may be the document that is named, as long as no other has the words.
        may_be = bool(keys) and not (said or named) and all(self._may_be(p, quotation.named) for p in exact)
        unnumbered = exact if may_be else []
        if not quotation.claimed and len({place.document_id for place in (*exact, *near)}) >= _FORMULA:
            exact, near, said, near_said, unnumbered = [], [], [], [], []
        best, beside, elsewhere = None, None, False
        if said or unnumbered or (exact and not keys):
            verdict, best = QuotationVerdict.EXACT, self._most_official(said or exact)
        elif exact:
            verdict, best = QuotationVerdict.OTHER, self._most_official(exact)
            beside = near_said[0] if near_said else None
        elif near:
            verdict, best = QuotationVerdict.ALTERED, (near_said or near)[0]
            elsewhere = bool(keys) and not near_said
        else:
            verdict = QuotationVerdict.NOT_HELD
        return CheckedQuotation(
            start=words.spans[0][0],
            end=words.spans[-1][1],
            text=self._text[words.spans[0][0] : words.spans[-1][1]],
            marked=quotation.marked,
            verdict=verdict,
            named=tuple(dict.fromkeys(symbol for meaning in meanings for symbol in meaning.symbols)),
            named_held=bool(named),
            match=self._show(best) if best else None,
            status=self._status_of(best) if best else None,
            beside=self._show(beside) if beside else None,
            elsewhere=elsewhere,
            unnumbered=bool(unnumbered),
            also=tuple(
                dict.fromkeys(p.document_id for p in exact if best and p.document_id != best.document_id)
            ),
        )

    def _most_official(self, places: Sequence[Place]) -> Place:
        """The place in a document itself before one on a page about it."""
        kinds = {place.document_id: self._store.profile(place.document_id).kind for place in places}
        return min(places, key=lambda one: kinds[one.document_id] is not DocumentKind.OFFICIAL)

    def _speaks_for(self, place: Place, keys: set[str], named: frozenset[str]) -> bool:
        """Whether the words at a place are those of a document with one of some numbers."""
        if not keys:
            return False
        if place.document_id in named:
            return True
        own, _ = self._numbers_of(place.document_id)
        if own & keys:
            # A copy or a consolidated text of it; a bearer that the sentence rules out is another document.
            return not named or place.document_id not in self._bearers(keys)
        if named:
            return False
        profile = self._store.profile(place.document_id)
        told = reported_at(profile, place.start)
        return told is not None and symbol_key(told) in keys

    def _may_be(self, place: Place, named: Sequence[SymbolMention]) -> bool:
        """Whether a document that shows no number of its own may be one that is named: its type says no other."""
        if not named or self._numbers_of(place.document_id)[0]:
            return False
        facts = self._store.facts(place.document_id)
        if facts.kind is DocumentKind.NEWS:
            return False
        code = _TYPE_CODES.get(facts.type.value.lower()) if facts.type else None
        return code is None or any(
            one.type_code in (None, "VB") or same_type(code, one.type_code) for one in named
        )

    def _bearers(self, keys: set[str]) -> frozenset[str]:
        return frozenset(name for key in keys for name in self._store.documents_with_symbol(key))

    def _numbers_of(self, document_id: str) -> tuple[frozenset[str], str | None]:
        """(keys of the numbers whose words a page is: its own, its copies', that of the act that it restates;
        the last one where the page is a consolidated text).
        """
        if document_id not in self._spoken:
            keys: set[str] = set()
            restated = None
            for name in (document_id, *self._store.copies(document_id)):
                profile = self._store.profile(name)
                if profile.symbol is not None:
                    keys.add(symbol_key(profile.symbol))
                elif profile.kind is not DocumentKind.NEWS and (subject := page_subject(profile)):
                    keys.add(symbol_key(subject))
                for reference in profile.references:
                    if reference.relation is Relation.CONSOLIDATES and reference.subject is None:
                        keys.add(symbol_key(reference.symbol))
                        restated = restated or reference.symbol
            self._spoken[document_id] = (frozenset(keys), restated)
        return self._spoken[document_id]

    def _status_of(self, place: Place) -> Status | None:
        symbol = self._store.profile(place.document_id).symbol
        return self._numbers.status(symbol, (place.document_id,)) if symbol is not None else None

    def _show(self, place: Place) -> Match:
        """The place as a citation, with the words that differ."""
        alignment = place.alignment
        document = self._pages.document(place.document_id)
        quote, stored = alignment.quote, alignment.stored
        differences = []
        for gap in alignment.gaps:
            start, end = _span(quote, gap.quote_first, gap.quote_last)
            stored_start, stored_end = _span(stored, gap.first, gap.last)
            differences.append(
                Difference(
                    old=document.text[stored_start:stored_end],
                    new=self._text[start:end],
                    start=start,
                    end=end,
                    stored_start=stored_start,
                    stored_end=stored_end,
                )
            )
        return Match(
            citation=cite(document, place.start, place.end, about=(), location=_locate(document, place)),
            kind=document.facts.kind,
            differences=tuple(differences),
            spellings=alignment.spellings,
            consolidated=self._numbers_of(place.document_id)[1],
        )


def _locate(document: Document, place: Place) -> str:
    """The smallest part of a document that words stand in, else the label of the passage."""
    around = [
        one for one in find_sections(document.text) if one.start <= place.start and place.end <= one.end
    ]
    if around:
        return ", ".join(max(around, key=lambda one: one.level).path)
    passage = passage_at(document, place.start)
    return passage.location if passage is not None else ""


def _is_quoted(checked: CheckedQuotation, words: Words | None, *, claimed: bool) -> bool:
    """Whether words without quotation marks are a quotation, by what was found of them."""
    if checked.verdict is QuotationVerdict.ALTERED and not claimed:
        return words is not None and words.count >= _ALTERED_RUN
    return checked.verdict is not QuotationVerdict.NOT_HELD


def _documents_of(meanings: Sequence[Meaning]) -> frozenset[str]:
    return frozenset(name for meaning in meanings for name in meaning.documents)


def _span(words: Words, first: int, last: int) -> tuple[int, int]:
    """The offsets of some words; of none, where they would stand."""
    if first < last:
        return words.spans[first][0], words.spans[last - 1][1]
    at = words.spans[first - 1][1] if first else words.spans[0][0]
    return at, at


def _in_parts(words: Words) -> Iterable[Words]:
    """The words, cut behind a full stop or a semicolon where they are too many to be compared at once."""
    while len(words) > _LONGEST:
        stops = [i + 1 for i in range(_LONGEST // 2, _LONGEST) if words.keys[i] in (".", ";", ":")]
        cut = stops[-1] if stops else _LONGEST
        yield trim(words.slice(0, cut))
        words = words.slice(cut, len(words))
    if trim(words).count:
        yield trim(words)
