"""Addresses: one spelling for each page, so that none is fetched twice and none is missed.

1. `absolute_url`: what a client would ask for: absolute, ASCII, host in its one form, no fragment
2. `canonical_url`: besides that, what does not choose a page is taken off: tracking, sessions, the marks
   that stood behind the address in a sentence; the query in one order
"""

from __future__ import annotations

import re
import socket
import unicodedata
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import SplitResult, quote, unquote, unquote_to_bytes, urljoin, urlsplit

import idna
from w3lib.url import canonicalize_url

DEFAULT_PORTS = {"http": 80, "https": 443}


def canonical_url(url: str, base: str | None = None) -> str | None:
    """The key of a page, which is also what is fetched: `url` (relative to `base`) in its one spelling.

    None for what is no page of the Web: mailto:, javascript:, data:, addresses with a user's name in them,
    a host that cannot be. Idempotent. Parameters that choose a page (docid, page, id) stay, sorted by name.

    >>> canonical_url("http://Bao.VN:80/a/../tin-1.html?utm_source=zalo&page=2#top")
    'http://bao.vn/tin-1.html?page=2'
    """
    current = absolute_url(url, base)
    for _ in range(_ROUNDS):
        folded = None if current is None else _fold(current)
        if folded == current:
            return current
        current = folded
    return None  # an address that never comes to rest is none


def absolute_url(url: str, base: str | None = None) -> str | None:
    """`url` (relative to `base`) as a client asks for it, nothing of path and query taken off; else None.

    A redirect is followed to this form: a site that redirects to its own order of parameters would never be
    reached by the canonical one.
    """
    try:
        parts = urlsplit(urljoin(base or "", _SPACE.sub("", url.strip(_STRIPPED))))
        host, port = _clean_host(parts.hostname or ""), parts.port
    except ValueError:  # a port that is no number, a bracket that is not closed
        return None
    if parts.scheme not in DEFAULT_PORTS or host is None or "@" in parts.netloc:
        return None
    netloc = host if port in (None, DEFAULT_PORTS[parts.scheme]) else f"{host}:{port}"
    path = _escape(parts.path, _PATH_SAFE) or "/"
    return SplitResult(parts.scheme, netloc, path, _escape(parts.query, _QUERY_SAFE), "").geturl()


def host_name(url: str) -> str:
    """The host alone, as politeness counts it: a site is one server, whatever the scheme and the port."""
    return urlsplit(url).hostname or ""


def host_key(url: str) -> str:
    """ "host:port" of an absolute address, the scheme's port filled in: whose robots.txt it is."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port or DEFAULT_PORTS.get(parts.scheme, 0)
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def url_shape(url: str) -> str:
    """The address with every run of digits behind its host as "#": an endless calendar has one shape.

    >>> url_shape("https://bao.vn/lich/2026/08?ngay=12")
    'https://bao.vn/lich/#/#?ngay=#'
    """
    parts = urlsplit(url)
    rest = unquote(parts.path + ("?" + parts.query if parts.query else ""))
    return f"{parts.scheme}://{parts.netloc}" + re.sub(r"\d+", "#", rest)


def file_name(url: str) -> str:
    """What to call a page in messages: the last part of its path, else its host."""
    last = unquote(urlsplit(url).path.rstrip("/").rpartition("/")[2])
    return "".join("_" if c in '/\\<>:"|?*' or not c.isprintable() else c for c in last) or host_name(url)


# --- the host -----------------------------------------------------------------------------------------------

_LABELS = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*")
_NUMBER = re.compile(r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)")  # ends in a number: an IPv4 address, or nothing


def _clean_host(host: str) -> str | None:
    """The host in small letters, IDN in Punycode, IPv4 in four decimal parts (URL Standard, host parsing)."""
    if ":" in host:
        try:
            return f"[{IPv6Address(host)}]"
        except AddressValueError:
            return None
    host = unquote(host).lower().rstrip(".")
    try:
        host = host if host.isascii() else idna.encode(host, uts46=True).decode("ascii").rstrip(".")
    except idna.IDNAError:
        return None
    if _NUMBER.fullmatch(host):
        return read_ipv4(host)
    fits = len(host) <= 253 and all(len(label) <= 63 for label in host.split("."))
    return host if fits and _LABELS.fullmatch(host) else None


def read_ipv4(host: str) -> str | None:
    """The IPv4 address that a client reads in `host`, in any of its old forms, else None.

    >>> read_ipv4("2130706433"), read_ipv4("0x7f.1"), read_ipv4("bao.vn")
    ('127.0.0.1', '127.0.0.1', None)
    """
    try:
        return str(IPv4Address(socket.inet_aton(host))) if not _SPACE_INSIDE.search(host) else None
    except (OSError, ValueError):
        return None


# --- percent signs ------------------------------------------------------------------------------------------

_STRIPPED = "".join(map(chr, range(0x21))) + "\x7f\xa0\u200b\u200e\u200f\ufeff"
_SPACE = re.compile("[\t\r\n]")  # browsers drop them anywhere in an address
_SPACE_INSIDE = re.compile(r"\s")
_PATH_SAFE = "/:@!$&'()*+,;=~%"
_QUERY_SAFE = "/:@!$&'()*+,;=~%?[]|"
_ESCAPED = re.compile("%([0-9A-Fa-f]{2})")
_STRAY = re.compile("%(?![0-9A-Fa-f]{2})")
_HIGH = re.compile("(?:%[89A-Fa-f][0-9A-Fa-f])+")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def _escape(text: str, safe: str) -> str:
    """Escapes where they are needed and nowhere else, in capitals (RFC 3986, 6.2.2)."""
    quoted = quote(_STRAY.sub("%25", text), safe=safe, errors="replace")
    return _ESCAPED.sub(_lay_out_escape, quoted)


def _lay_out_escape(match: re.Match[str]) -> str:
    char = chr(int(match[1], 16))
    return char if char in _UNRESERVED else match[0].upper()


def _compose(path: str) -> str:
    """Letters of the path in NFC: a decomposed "ế" in a link is the same page."""
    return unicodedata.normalize("NFC", _HIGH.sub(_read_letters, path))


def _read_letters(match: re.Match[str]) -> str:
    try:
        return unquote_to_bytes(match[0]).decode("utf-8")
    except UnicodeDecodeError:
        return match[0]


# --- what chooses no page -----------------------------------------------------------------------------------

_ROUNDS = 10
_TRACKING = re.compile(
    r"utm_.*|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|ttclid|twclid|igshid|igsh|zarsrc|gidzl|zclid"
    r"|_ga|_gl|_gid|mc_cid|mc_eid|mkt_tok|_hsenc|_hsmi|replytocom"
    r"|phpsessid|jsessionid|aspsessionid\w*|cfid|cftoken",
    re.IGNORECASE,
)
_SESSION_NAME = re.compile(r"sid|sessid|session_?id", re.IGNORECASE)
_SESSION_VALUE = re.compile(
    r"(?=.*\d)(?=.*[a-z])[0-9a-z]{16,}", re.IGNORECASE
)  # a number alone may be a page's
_REFERRER = re.compile(
    r"(?:facebook|fb|zalo|twitter|google|tiktok|youtube|telegram|email|newsletter|rss|share)", re.IGNORECASE
)
_PATH_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;]*", re.IGNORECASE)
# Behind an address in a sentence: full stop, comma, quotation mark, space; brackets only where none was opened.
_JUNK = re.compile(
    r"""(?:[.,;'"]|%20|%22|%C2%A0|%C2%BB|%E2%80%(?:9[89CD]|A6|8B)|(?P<closing>\)|%5D|%3E))$""", re.IGNORECASE
)


def _fold(url: str) -> str | None:
    """One round: path and query in one form, without what chooses no page."""
    parts = urlsplit(_cut_junk(url))
    pairs = [_split_pair(part) for part in parts.query.split("&")]
    kept = sorted((pair for pair in pairs if pair[0] and not _is_tracking(*pair)), key=lambda pair: pair[0])
    query = "&".join(name if value is None else f"{name}={value}" for name, value in kept)
    path = _PATH_SESSION.sub("", _compose(parts.path))
    # The query is not w3lib's: it writes "?OpenView" as "?OpenView=", which Lotus Domino does not know.
    folded = absolute_url(canonicalize_url(SplitResult(parts.scheme, parts.netloc, path, "", "").geturl()))
    return folded and (f"{folded}?{query}" if query else folded)


def _split_pair(part: str) -> tuple[str, str | None]:
    name, equals, value = part.replace("%20", "+").partition("=")
    return name, value if equals else None


def _is_tracking(name: str, value: str | None) -> bool:
    if _TRACKING.fullmatch(name):
        return True
    if _SESSION_NAME.fullmatch(name):
        return value is not None and _SESSION_VALUE.fullmatch(value) is not None
    return name.lower() == "ref" and value is not None and _REFERRER.fullmatch(value) is not None


def _cut_junk(url: str) -> str:
    """The address without what the sentence around it left at its end."""
    start = url.index("/", url.index("//") + 2)  # the path: a host ends in no such mark
    rest = url[start:]
    while match := _JUNK.search(rest):
        if match["closing"] == ")" and rest.count("(") >= rest.count(")"):
            break
        rest = rest[: match.start()]
    return url[:start] + (rest or "/")
