"""The lexical index: BM25 over our own tokens, kept by tantivy (k1 1.2, b 0.75 are fixed there)."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from math import log1p
from pathlib import Path
from tempfile import TemporaryDirectory

import tantivy

from corpus.store import may_write
from index.errors import IndexCorrupt, IndexLocked
from index.tokens import bigrams, folded, number_tokens, syllables, words

_TOKENIZER = "spaces"
_HEAP = 128_000_000  # bytes; one writer thread


class Field(StrEnum):
    """The token fields of a passage."""

    SYLLABLES = "syllables"  # syllables and their bigrams
    WORDS = "words"
    FOLDED = "folded"  # the first field without diacritics
    NUMBERS = "numbers"  # whole document numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageTokens:
    """What the lexical index keeps of one passage."""

    row: int
    tokens: dict[Field, list[str]]


def passage_tokens(row: int, text: str) -> PassageTokens:
    """The tokens of a passage's text (with its title in front) for every field."""
    plain = syllables(text)
    bare = folded(plain)
    return PassageTokens(
        row=row,
        tokens={
            Field.SYLLABLES: plain + bigrams(plain),
            Field.WORDS: words(text),
            Field.FOLDED: bare + bigrams(bare),
            Field.NUMBERS: number_tokens(text),
        },
    )


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    # Signed: the binding turns a Python int into a signed term, which deletes nothing from an unsigned field.
    builder.add_integer_field("row", stored=True, indexed=True, fast=True)
    for field in Field:
        builder.add_text_field(field.value, stored=False, tokenizer_name=_TOKENIZER, index_option="freq")
    return builder.build()


class LexicalIndex:
    """Passages by words. Results are (row, score) pairs, best first, higher is better."""

    def __init__(self, folder: Path | None) -> None:
        """Open the index in `folder` or make it there; None keeps it in memory.

        Raises IndexCorrupt where the files are damaged.
        """
        self._schema = _schema()
        try:
            if folder is None:
                self._index = tantivy.Index(self._schema)
            else:
                folder.mkdir(parents=True, exist_ok=True)
                if not may_write(folder):
                    folder = self._copy_to_read(folder)
                self._index = tantivy.Index(self._schema, path=str(folder))
        except (ValueError, OSError) as error:
            raise IndexCorrupt(
                f"Chỉ mục từ ngữ {folder} bị hỏng ({error}). Hãy dựng lại: cancu index --rebuild"
            ) from error
        analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self._index.register_tokenizer(_TOKENIZER, analyzer)
        self._index.reload()
        self._held = cache(self.rows)

    def _copy_to_read(self, folder: Path) -> Path:
        # tantivy takes a lock file in the folder even to read: what may not be written is read from a copy.
        self._copy = TemporaryDirectory(prefix="cancu-")
        return Path(shutil.copytree(folder, Path(self._copy.name) / "words", copy_function=shutil.copyfile))

    def rows(self) -> frozenset[int]:
        """The row numbers of all passages held."""
        searcher = self._index.searcher()
        if searcher.num_docs == 0:
            return frozenset()
        found = searcher.search(tantivy.Query.all_query(), limit=searcher.num_docs, count=False)
        return frozenset(searcher.doc(address)["row"][0] for _, address in found.hits)

    def update(self, add: Iterable[PassageTokens], remove: Iterable[int] = ()) -> None:
        """Take out the rows in `remove`, add the passages of `add`, commit once.

        Raises IndexLocked when another process writes.
        """
        try:
            writer = self._index.writer(heap_size=_HEAP, num_threads=1)
        except ValueError as error:
            raise IndexLocked(
                "Một tiến trình khác đang ghi chỉ mục. Hãy đợi nó xong rồi chạy lại."
            ) from error
        for row in remove:
            writer.delete_documents_by_term("row", row)
        for passage in add:
            document = tantivy.Document()
            document.add_integer("row", passage.row)
            for field, tokens in passage.tokens.items():
                document.add_text(field.value, " ".join(tokens))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._held.cache_clear()

    def search(
        self,
        tokens: Sequence[tuple[Field, str, float]],
        *,
        limit: int,
        allowed: Collection[int] | None = None,
    ) -> list[tuple[int, float]]:
        """The best passages for weighted tokens (field, token, boost), of the rows `allowed` (None: all).

        A score is what it is without `allowed`: how rare a token is counts over the whole index.
        """
        if not tokens or (allowed is not None and not allowed):
            return []
        clauses = [
            (
                tantivy.Occur.Should,
                tantivy.Query.boost_query(
                    tantivy.Query.term_query(self._schema, field.value, token, "freq"), boost
                ),
            )
            for field, token, boost in tokens
        ]
        query = tantivy.Query.boolean_query(clauses)
        searcher = self._index.searcher()
        found = searcher.search(
            query if allowed is None else self._within(query, allowed), limit=limit, count=False
        )
        return [(searcher.doc(address)["row"][0], float(score)) for score, address in found.hits]

    def rows_holding(self, wanted: Sequence[Sequence[Sequence[tuple[Field, str]]]]) -> list[int]:
        """The passages that hold something of everything wanted, by row number, the last first.

        Each wanted thing is told in several ways, each way by tokens that all must be there.
        """
        if not wanted:
            return []
        clauses = [
            self._any(self._all(self._term(*token) for token in way) for way in ways) for ways in wanted
        ]
        searcher = self._index.searcher()
        # Ordered by a field of numbers, its values come back in place of scores, and no document is read.
        found = searcher.search(
            self._all(clauses), limit=max(1, searcher.num_docs), count=False, order_by_field="row"
        )
        return [int(row) for row, _ in found.hits]

    def _term(self, field: Field, token: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field.value, token, "freq")

    @staticmethod
    def _all(clauses: Iterable[tantivy.Query]) -> tantivy.Query:
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, clause) for clause in clauses])

    @staticmethod
    def _any(clauses: Iterable[tantivy.Query]) -> tantivy.Query:
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, clause) for clause in clauses])

    def rarity(self, field: Field, token: str) -> float:
        """How rare a token is over all passages: the inverse document frequency of BM25, in nats, above 0."""
        searcher = self._index.searcher()
        held = searcher.doc_freq(field.value, token)
        return log1p((searcher.num_docs - held + 0.5) / (held + 0.5))

    def _within(self, query: tantivy.Query, rows: Collection[int]) -> tantivy.Query:
        """The query with a clause beside it that must hold and adds nothing to a score."""
        others = self._held().difference(rows) if 2 * len(rows) > self._index.searcher().num_docs else None
        # A clause takes its time by the numbers in it: of 19,000 rows out of 20,000, 30 ms; of the others, 2.
        occur = tantivy.Occur.Must if others is None else tantivy.Occur.MustNot
        listed = tantivy.Query.term_set_query(self._schema, "row", sorted(rows if others is None else others))
        clause = tantivy.Query.const_score_query(listed, 0.0)
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (occur, clause)])
