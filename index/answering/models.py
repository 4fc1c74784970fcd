"""What an answer is made of before it is worded: spans of documents that say what was asked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A span to quote: `document.text[start:end]`, inside the passage that `location` names.

    `about` are the document numbers that it answers with (the one asked about, the one asked for), not every
    number that stands in it; `report` is the document whose words this part of a news page restates; `quote` is
    what stood there when it was read ("": not compared); `joined` goes on from the evidence before it, as an item
    from the line that opens its list; `part` is the part of a question that it answers, where there are several; `items` counts the items of the whole
    list that it is of.
    """

    document_id: str
    start: int
    end: int
    location: str
    about: tuple[str, ...] = ()
    report: str | None = None
    quote: str = ""
    joined: bool = False
    part: str | None = None
    items: int | None = None
