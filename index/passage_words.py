"""Passages as the ranker reads them: one character a syllable, so that runs of words are found as substrings.

Reading the words of a hundred passages took most of the time of a search (bench/answer_time.py). A passage never
changes under its row number, so it is read once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

from corpus.store import Store
from index.build import searchable_text
from index.tokens import place_tone, split_syllables

MOST = 1 << 24  # syllables kept, of 2 to 4 bytes each: those of some 90,000 passages
_LETTERS = 1 << 20  # of the 1,114,111 characters that there are
_STEP = 512  # passages read at once when all are


class Letters(dict[str, str]):
    """Syllable, in any placement of its tone → its character; one that is looked up by `[]` is given one."""

    def __missing__(self, syllable: str) -> str:
        placed = place_tone(syllable)
        # Counted by all keys, so some numbers stay unused; "\0" is nobody's.
        self[syllable] = found = self[placed] if placed != syllable else chr(1 + len(self))
        return found

    def write(self, text: str) -> str:
        """The syllables of a text in order, a character each."""
        return "".join(map(self.__getitem__, split_syllables(text)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What both indexes see of a passage, its title in front, and the title by itself as it is read."""

    text: str  # in the characters of some `Letters`
    title: str


class PassageWords:
    """The words of passages by row number, read at first sight (thread-safe).

    Above `most` syllables all are forgotten and reading begins anew.
    """

    def __init__(self, store: Store, *, most: int = MOST) -> None:
        self._store = store
        self._most = most
        self._lock = Lock()
        self._forget()

    def read(self, rows: Sequence[int]) -> tuple[Mapping[str, str], Mapping[int, Words]]:
        """(the characters of syllables, the words of each row); one that the store does not hold is left out."""
        with self._lock:
            if self._size > self._most or len(self._letters) > _LETTERS:
                self._forget()
            letters, known = self._letters, self._known
        new = [row for row in rows if row not in known]
        if new:
            passages = self._store.passages(new)  # not under the lock: others need not wait for the disk
            with self._lock:
                for stored in passages:
                    known[stored.row] = words = Words(
                        text=letters.write(searchable_text(stored)), title=stored.title
                    )
                    self._size += len(words.text)
        return letters, {row: known[row] for row in rows if row in known}

    def read_all(self, rows: Iterable[int]) -> None:
        """Read some passages ahead, as many as are kept."""
        ahead = list(rows)
        for first in range(0, len(ahead), _STEP):
            if self._size > self._most:
                break
            self.read(ahead[first : first + _STEP])

    def _forget(self) -> None:
        # What a search goes on reading meanwhile stays whole: it holds the old ones.
        self._letters = Letters()
        self._known: dict[int, Words] = {}
        self._size = 0
