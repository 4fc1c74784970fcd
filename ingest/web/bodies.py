"""Bodies of answers: content codings undone piece by piece, so that a bomb never unfolds (RFC 9110, 8.4)."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator

import brotli

ACCEPTED = "gzip, br"
_PIECE = 64 * 1024  # bytes that a decoder gives at a time
_MOST_CODINGS = 2  # one by the application, one by a proxy before it; more is an attack


_MOST_MEMBERS = 1000  # of one gzip body; more are there to cost time


class TooLong(Exception):
    """More bytes than the limit, on the wire or decoded."""


class BadCoding(Exception):
    """The bytes are not in the coding that the headers name, or it is none that was asked for."""


class CutShort(Exception):
    """The coding ends before its end: the answer was cut on its way."""


def read_body(pieces: Iterable[bytes], codings: str, limit: int, *, cut: bool = False) -> bytes:
    """The decoded body; `codings` is the header Content-Encoding, `limit` holds for every stage of decoding.

    `cut`: give the first `limit` bytes of a longer body. Raises TooLong, BadCoding or CutShort.
    """
    names = [name for part in codings.lower().split(",") if (name := part.strip()) not in ("", "identity")]
    if len(names) > _MOST_CODINGS or not all(name in _DECODERS for name in names):
        raise BadCoding(codings)
    stage = _capped(pieces, limit)
    for name in reversed(names):  # the last coding named is the outermost
        stage = _capped(_DECODERS[name](stage), limit)
    kept: list[bytes] = []
    try:
        kept.extend(stage)
    except TooLong:
        if not cut:
            raise
    return b"".join(kept)


def _capped(pieces: Iterable[bytes], limit: int) -> Iterator[bytes]:
    """The pieces up to the limit; TooLong comes after the last byte that is allowed."""
    left = limit
    for piece in pieces:
        if len(piece) > left:
            if left:
                yield piece[:left]
            raise TooLong
        left -= len(piece)
        yield piece


def _gunzip(pieces: Iterable[bytes]) -> Iterator[bytes]:
    decoder, members = None, 0
    for piece in pieces:
        data = piece
        while data:
            if decoder is None or decoder.eof:
                if decoder is not None and not data.startswith(b"\x1f"):
                    return  # filling behind the last member, as gzip itself passes over
                decoder, members = zlib.decompressobj(wbits=31), members + 1
                if members > _MOST_MEMBERS:
                    raise BadCoding("gzip")
            if decoded := _inflate(decoder, data):
                yield decoded
            data = decoder.unused_data if decoder.eof else decoder.unconsumed_tail
    while decoder is not None and not decoder.eof:
        decoded = _inflate(decoder, decoder.unconsumed_tail)  # output may wait where no input is left
        if not decoded:
            raise CutShort("gzip")
        yield decoded


def _inflate(decoder: zlib._Decompress, data: bytes) -> bytes:
    try:
        return decoder.decompress(data, _PIECE)
    except zlib.error as error:
        raise BadCoding("gzip") from error


def _unbrotli(pieces: Iterable[bytes]) -> Iterator[bytes]:
    decoder = None
    for piece in pieces:
        decoder = decoder or brotli.Decompressor()
        if decoder.is_finished():
            return
        data = piece
        while True:
            try:
                decoded = decoder.process(data, output_buffer_limit=_PIECE)
            except brotli.error as error:
                raise BadCoding("br") from error
            if decoded:
                yield decoded
            elif (
                decoder.can_accept_more_data()
            ):  # True while output waits, too: only "nothing came" is the end
                break
            if decoder.is_finished():
                break
            data = b""
    if decoder is not None and not decoder.is_finished():
        raise CutShort("br")


_DECODERS: dict[str, Callable[[Iterable[bytes]], Iterator[bytes]]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "br": _unbrotli,
}
