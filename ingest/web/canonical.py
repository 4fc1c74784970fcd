"""The address that an HTML page calls its own."""

from __future__ import annotations

import re
from html import unescape

_LINK = re.compile(rb"<link\s[^>]{0,2000}>", re.IGNORECASE)
_REL = re.compile(rb"""\brel\s*=\s*["']?\s*canonical\b""", re.IGNORECASE)
_HREF = re.compile(rb"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""", re.IGNORECASE)
_HEAD = 256 * 1024  # bytes; it stands in the head


def declared_canonical(content: bytes) -> str | None:
    """The href of `<link rel=canonical>`, as written; None where there is none.

    >>> declared_canonical(b'<link rel="canonical" href="/a?b=1&amp;c=2">')
    '/a?b=1&c=2'
    """
    for tag in _LINK.findall(content, 0, _HEAD):
        if _REL.search(tag) and (href := _HREF.search(tag)):
            value = next(group for group in href.groups() if group is not None)
            return unescape(value.decode("utf-8", "replace")).strip() or None
    return None
