"""Faults of the transport: statuses, connections, redirects, encodings, sizes."""

from __future__ import annotations

import time
import unicodedata
import zlib
from email.utils import formatdate
from functools import lru_cache

import brotli

from tests.portals.faults import PATH, FaultHost, fault
from tests.portals.server import Ask, Reply, Wire
from tests.portals.site import missing, redirect

BOMB = 210 * 2**20  # bytes, unpacked
_PIECE = 2**20


@fault("retry-after", collected=True)
def retry_after(host: FaultHost, ask: Ask) -> Reply:
    """The first two requests get 429 with Retry-After: 1 (second), the third gets the page."""
    if ask.times <= 2:
        return Reply(status=429, headers=(("Retry-After", "1"),))
    return host.fine()


@fault("retry-after-date", collected=True)
def retry_after_date(host: FaultHost, ask: Ask) -> Reply:
    """The first request gets 503 with Retry-After as a date two seconds ahead, the second gets the page."""
    if ask.times == 1:
        return Reply(status=503, headers=(("Retry-After", formatdate(time.time() + 2, usegmt=True)),))
    return host.fine()


@fault("retry-after-long", collected=False)
def retry_after_long(host: FaultHost, ask: Ask) -> Reply:
    """Every request gets 429 with Retry-After: 86400, a day: longer than a run should wait."""
    return Reply(status=429, headers=(("Retry-After", "86400"),))


@fault("burst-503", collected=True)
def burst_503(host: FaultHost, ask: Ask) -> Reply:
    """The first two requests get 503 without more, the third gets the page."""
    return missing(503) if ask.times <= 2 else host.fine()


@fault("always-503", collected=False)
def always_503(host: FaultHost, ask: Ask) -> Reply:
    """Every request gets 503."""
    return missing(503)


@fault("reset", collected=True)
def reset(host: FaultHost, ask: Ask) -> Reply:
    """The first answer is reset (RST) in mid-body, the second is whole."""
    return Reply(body=host.fine().body, play=_reset) if ask.times == 1 else host.fine()


def _reset(wire: Wire, reply: Reply) -> None:
    wire.write_head(reply, length=len(reply.body))
    wire.write(reply.body[: len(reply.body) // 2])
    wire.break_off(reset=True)


@fault("truncated", collected=True)
def truncated(host: FaultHost, ask: Ask) -> Reply:
    """The first answer promises its Content-Length and ends (FIN) half-way, the second is whole."""
    return Reply(body=host.fine().body, play=_truncate) if ask.times == 1 else host.fine()


def _truncate(wire: Wire, reply: Reply) -> None:
    wire.write_head(reply, length=len(reply.body))
    wire.write(reply.body[: len(reply.body) // 2])
    wire.break_off()


@fault("slow-drip", collected=True)
def slow_drip(host: FaultHost, ask: Ask) -> Reply:
    """The page comes in twenty pieces, 0.05 s apart: slow, and whole."""
    return Reply(body=host.fine().body, play=_drip)


def _drip(wire: Wire, reply: Reply) -> None:
    wire.write_head(reply, length=len(reply.body))
    step = -(-len(reply.body) // 20)
    for at in range(0, len(reply.body), step):
        wire.wait(0.05)
        wire.write(reply.body[at : at + step])


@fault("endless-drip", collected=False)
def endless_drip(host: FaultHost, ask: Ask) -> Reply:
    """A byte every 0.1 s for ever: no read waits long, only the whole does."""
    return Reply(play=_drip_for_ever)


def _drip_for_ever(wire: Wire, reply: Reply) -> None:
    wire.write_head(reply, length=None)
    while True:
        wire.write(b".")
        wire.wait(0.1)


@fault("silent", collected=False)
def silent(host: FaultHost, ask: Ask) -> Reply:
    """The connection is accepted and never answered."""
    return Reply(play=lambda wire, reply: wire.wait(3600))


@fault("endless-body", collected=False)
def endless_body(host: FaultHost, ask: Ask) -> Reply:
    """Text at full speed without an end."""
    return Reply(play=_pour)


def _pour(wire: Wire, reply: Reply) -> None:
    wire.write_head(reply, length=None)
    piece = "<p>Trang không có điểm dừng.</p>\n".encode() * 2000
    while True:
        wire.write(piece)
        wire.wait(0)


@fault("endless-redirect", collected=False)
def endless_redirect(host: FaultHost, ask: Ask) -> Reply:
    """Every address redirects to a further one."""
    return redirect(f"{PATH}?lan={int(ask.query.get('lan', 0)) + 1}")


@fault("redirect-loop", collected=False)
def redirect_loop(host: FaultHost, ask: Ask) -> Reply | None:
    """Two addresses redirect to each other."""
    return redirect("/vong.html" if ask.path == PATH else PATH)


@fault("redirect-off-host", collected=False, never=("{elsewhere}/",))
def redirect_off_host(host: FaultHost, ask: Ask) -> Reply:
    """It redirects to a host that the source does not allow."""
    return redirect(f"{host.elsewhere}/quang-cao.html")


@fault("redirect-nowhere", collected=False)
def redirect_nowhere(host: FaultHost, ask: Ask) -> Reply:
    """302 without Location."""
    return Reply(status=302)


@fault("wrong-charset-latin-1", collected=True)
def wrong_charset_latin_1(host: FaultHost, ask: Ask) -> Reply:
    """The header says ISO-8859-1 (as old servers do for everything), the bytes and the meta are UTF-8."""
    return Reply(body=host.tell().encode(), type="text/html; charset=ISO-8859-1")


@fault("wrong-charset-windows-1258", collected=True)
def wrong_charset_windows_1258(host: FaultHost, ask: Ask) -> Reply:
    """The header says utf-8, the bytes are windows-1258 (tones as combining marks), the meta says nothing."""
    text = host.tell().replace('<meta charset="utf-8">', "")
    return Reply(body=b"".join(_to_1258(char) for char in text), type="text/html; charset=utf-8")


@fault("wrong-charset-tcvn3", collected=True)
def wrong_charset_tcvn3(host: FaultHost, ask: Ask) -> Reply:
    """The header says utf-8, the bytes are TCVN3 (ABC), a font encoding of before 2005 without capital letters that
    bear tones; the meta says nothing."""
    text = host.tell().replace('<meta charset="utf-8">', "")
    return Reply(body=bytes(_TCVN3.get(char, ord(char) if ord(char) < 128 else 63) for char in text))


def _to_1258(char: str) -> bytes:
    try:
        return char.encode("cp1258")
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", char)
        base = unicodedata.normalize("NFC", "".join(p for p in parts if p not in _TONES))
        return base.encode("cp1258", "replace") + "".join(p for p in parts if p in _TONES).encode("cp1258")


_TONES = "\u0300\u0301\u0303\u0309\u0323"
# TCVN 5712:1993, the upper half as the fonts of ABC have it; capitals with a tone are the small letters there.
_TCVN3_ROWS = (
    ("ĂÂÊÔƠƯĐăâêôơưđ", [*range(0xA1, 0xAF)]),
    ("àảãáạ", [0xB5, 0xB6, 0xB7, 0xB8, 0xB9]),
    ("ằẳẵắặ", [0xBB, 0xBC, 0xBD, 0xBE, 0xC6]),
    ("ầẩẫấậ", [0xC7, 0xC8, 0xC9, 0xCA, 0xCB]),
    ("èẻẽéẹ", [0xCC, 0xCE, 0xCF, 0xD0, 0xD1]),
    ("ềểễếệ", [0xD2, 0xD3, 0xD4, 0xD5, 0xD6]),
    ("ìỉĩíị", [0xD7, 0xD8, 0xDC, 0xDD, 0xDE]),
    ("òỏõóọ", [0xDF, 0xE1, 0xE2, 0xE3, 0xE4]),
    ("ồổỗốộ", [0xE5, 0xE6, 0xE7, 0xE8, 0xE9]),
    ("ờởỡớợ", [0xEA, 0xEB, 0xEC, 0xED, 0xEE]),
    ("ùủũúụ", [0xEF, 0xF1, 0xF2, 0xF3, 0xF4]),
    ("ừửữứự", [0xF5, 0xF6, 0xF7, 0xF8, 0xF9]),
    ("ỳỷỹýỵ", [0xFA, 0xFB, 0xFC, 0xFD, 0xFE]),
)
_SMALL = {char: code for letters, codes in _TCVN3_ROWS for char, code in zip(letters, codes, strict=True)}
_TCVN3 = {char.upper(): code for char, code in _SMALL.items()} | _SMALL


@fault("gzip-bomb", collected=False)
def gzip_bomb(host: FaultHost, ask: Ask) -> Reply:
    """210 MB of zeros in about 210 KB of gzip."""
    return Reply(body=make_bomb(), headers=(("Content-Encoding", "gzip"),))


@fault("brotli-bomb", collected=False)
def brotli_bomb(host: FaultHost, ask: Ask) -> Reply:
    """210 MB of zeros in less than 1 KB of br, sent only to who accepts it; others get 406."""
    if "br" not in ask.headers.get("accept-encoding", ""):
        return missing(406)
    return Reply(body=_make_brotli_bomb(), headers=(("Content-Encoding", "br"),))


@lru_cache(maxsize=1)
def make_bomb() -> bytes:
    """One piece of zeros packed once and repeated: each ends with a full flush, so they can be strung together."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = packer.compress(bytes(_PIECE)) + packer.flush(zlib.Z_FULL_FLUSH)
    zeros, crc = bytes(_PIECE), 0
    for _ in range(BOMB // _PIECE):
        crc = zlib.crc32(zeros, crc)
    head, end = b"\x1f\x8b\x08\0\0\0\0\0\x02\xff", b"\x03\0"  # an empty last block
    return (
        head
        + piece * (BOMB // _PIECE)
        + end
        + crc.to_bytes(4, "little")
        + (BOMB % 2**32).to_bytes(4, "little")
    )


@lru_cache(maxsize=1)
def _make_brotli_bomb() -> bytes:
    packer = brotli.Compressor(quality=2)
    packed = [packer.process(bytes(_PIECE)) for _ in range(BOMB // _PIECE)]
    return b"".join(packed) + bytes(packer.finish())
