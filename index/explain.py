"""Why a hit was found: the words that match, and a few phrases that a reader understands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from corpus.sentences import Span
from corpus.store import Store
from index.matching import Matched, Matcher, Syllable
from index.models import Hit
from index.query_models import Query

_NEAR = 20  # a rank in the dense list that is worth telling
_MOST_NAMED = 6  # stretches of the query that are listed as found


class Explainer:
    """Explains the hits of one query."""

    def __init__(self, store: Store, query: Query) -> None:
        self._store = store
        self._query = query
        self.matcher = Matcher(query)

    def explain(self, hit: Hit) -> Hit:
        """The hit with its `matches` and `reasons`, and those of the hits below it."""
        passage = hit.passage
        matched = self.matcher.match(passage.text)
        shift = passage.start
        return replace(
            hit,
            matches=tuple(Span(span.start + shift, span.end + shift) for span in matched.spans),
            reasons=tuple(self._reasons(hit, matched)),
            below=tuple(map(self.explain, hit.below)),
        )

    @cached_property
    def _owners(self) -> dict[str, str]:
        """Document → the number asked for that it bears."""
        return {
            document_id: symbol
            for symbol in self._query.symbols
            for document_id in self._store.documents_with_symbol(symbol)
        }

    def _reasons(self, hit: Hit, matched: Matched) -> Iterator[str]:
        own = self._owners.get(hit.passage.document_id)
        if own:
            yield f"khớp số {own}"
        if others := [number for number in matched.numbers if number != own]:
            yield f"nhắc tới số {', '.join(others)}"
        yield from hit.lifted
        yield from self._word_reasons(hit, matched)
        said = own or matched.places or matched.numbers
        if hit.dense_rank is not None and (hit.dense_rank <= _NEAR or not said):
            yield _tell_nearness(hit.dense_rank)

    def _word_reasons(self, hit: Hit, matched: Matched) -> Iterator[str]:
        found = self._found(matched.places)
        count, total = _count(found), _count(self.matcher.syllables)
        if found and count == total > 1:
            yield f"khớp đủ {total} từ"
        elif found:
            yield f"khớp {f'{count}/{total} ' if total > 1 else ''}từ: {self._list(found)}"
        title = self.matcher.match(hit.title)
        if more := self._found(title.places - matched.places):
            yield f"tiêu đề có: {self._list(more)}"
        own = self._owners.get(hit.passage.document_id)
        if numbers := [number for number in title.numbers if number not in (*matched.numbers, own)]:
            yield f"tiêu đề nhắc tới số {', '.join(numbers)}"

    def _found(self, places: frozenset[int]) -> list[Syllable]:
        return [syllable for syllable in self.matcher.syllables if syllable.place in places]

    def _list(self, found: Sequence[Syllable]) -> str:
        """Words of the query as they are read, neighbours together: "nông thôn mới, Hà Tĩnh"."""
        runs: list[list[Syllable]] = []
        for syllable in found:
            if runs and runs[-1][-1].place == syllable.place - 1:
                runs[-1].append(syllable)
            else:
                runs.append([syllable])
        shown = [self.matcher.text[run[0].start : run[-1].end] for run in runs[:_MOST_NAMED]]
        return ", ".join([*shown, "…"] if len(runs) > _MOST_NAMED else shown)


def _tell_nearness(rank: int) -> str:
    if rank > _NEAR:
        return "chỉ hơi gần nghĩa"
    return "gần nghĩa nhất" if rank == 1 else f"gần nghĩa thứ {rank}"


def _count(found: Sequence[Syllable]) -> int:
    return len({syllable.word for syllable in found})
