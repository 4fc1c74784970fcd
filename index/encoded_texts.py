"""Vectors of stretches of text that were encoded lately, kept in memory: questions on one thing read the same units."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

import numpy as np

from index.encoder import Encoder, Vectors

MOST = 1 << 14  # texts; with the packaged encoder 25 MB of vectors


class EncodedTexts:
    """The passage vectors of texts; those met longest ago are forgotten first (thread-safe)."""

    def __init__(self, encoder: Encoder, *, most: int = MOST) -> None:
        self._encoder = encoder
        self._most = most
        self._known: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = Lock()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row per text, shape (len(texts), dimensions); only texts that are not known are encoded."""
        with self._lock:
            found = {text: self._known[text] for text in texts if text in self._known}
        new = [text for text in dict.fromkeys(texts) if text not in found]
        if new:  # not under the lock: encoding takes its time, and other threads have theirs
            found.update(zip(new, self._encoder.encode_passages(new), strict=True))
        with self._lock:
            self._known.update(found)
            for text in found:
                self._known.move_to_end(text)
            while len(self._known) > self._most:
                self._known.popitem(last=False)
        return np.stack([found[text] for text in texts])
