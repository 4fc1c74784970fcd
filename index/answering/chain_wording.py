"""The Vietnamese of the governing chain, the same at the terminal, on the page and in files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from corpus.effect import Effect
from corpus.labels import vietnamese_date
from corpus.models import Level, Relation
from corpus.text import fold_spaces
from index.answering.chain_models import Bearer, Chain, Link, Tie
from index.models import Citation
from index.wording import HELD

TITLE = "Chuỗi căn cứ"
UNSHOWN = "Điều kho chưa cho biết về chuỗi này"
UNKNOWN_EFFECT = (
    "Hiệu lực “không rõ”: kho không có văn bản nào nói văn bản đó bị thay thế, bãi bỏ hay sửa đổi; "
    "điều đó không chứng tỏ văn bản còn hiệu lực."
)
_LEVELS = {
    Level.CENTRAL: "Trung ương",
    Level.PROVINCE: "Cấp tỉnh",
    Level.DISTRICT: "Cấp huyện",
    Level.COMMUNE: "Cấp xã",
}
_NO_LEVEL = "Chưa rõ cấp"
_TIES = {
    Relation.IMPLEMENTS: "Triển khai thực hiện",
    Relation.GUIDES: "Hướng dẫn, quy định chi tiết",
    Relation.BASED_ON: "Căn cứ vào",
}


def name_level(level: Level | None) -> str:
    """ "Trung ương", "Cấp tỉnh" …"""
    return _LEVELS.get(level, _NO_LEVEL) if level else _NO_LEVEL


def name_link(link: Link) -> str:
    """ "Kế hoạch số 3004/KH-UBND ngày 25/08/2021 của UBND tỉnh"."""
    parts = [f"{link.type or 'Văn bản'} số {link.symbol}"]
    if link.issued_on:
        parts.append(f"ngày {vietnamese_date(link.issued_on)}")
    if link.issuer:
        parts.append(f"của {link.issuer}")
    return " ".join(parts)


def name_whole(link: Link) -> str:
    """The name with the subject behind it."""
    return f"{name_link(link)}: {_on_one_line(link.title)}" if link.title else name_link(link)


def tell_held(link: Link) -> str:
    """Whether its text is held."""
    return HELD if link.held else "kho chưa có toàn văn, chỉ được nhắc tới"


def tell_tie(tie: Tie) -> str:
    """ "Triển khai thực hiện 04-NQ/TU"."""
    return f"{tell_relation(tie)} {tie.upper}"


def tell_relation(tie: Tie) -> str:
    """ "Triển khai thực hiện"."""
    return _TIES[tie.relation]


def tell_place(citation: Citation) -> str:
    """Where words stand: "987/KH-UBND, Phần mở đầu", "bài “…” trên …, đoạn 2"."""
    if citation.symbol:
        return f"{citation.symbol}, {citation.place}"
    publisher = f" trên {citation.publisher}" if citation.publisher else ""
    return f"bài “{fold_spaces(citation.title)}”{publisher}, {citation.place}"


def tell_effect(link: Link) -> str:
    """The effect on the day asked for; nothing found is no proof of being in force."""
    day = vietnamese_date(link.effect_as_of)
    if link.effect is Effect.UNKNOWN:
        return f"không rõ (tính đến {day})"
    return f"{link.effect_wording or link.effect} (tính đến {day})"


def tell_outdated(link: Link) -> tuple[str, ...]:
    """What has to be looked at because something above was replaced later."""
    return tuple(
        f"ban hành trước khi {upper} bị {by} thay thế hoặc bãi bỏ; hãy kiểm tra văn bản này còn phù hợp không"
        for upper, by in link.outdated_by
    )


def tell_lines(link: Link) -> tuple[str, ...]:
    """How to cite it in a new document."""
    if link.cite_full:
        notes = (f"Lưu ý: {note}" for note in link.cite_notes)
        return (f"Dẫn lần đầu: {link.cite_full}", f"Dẫn các lần sau: {link.cite_short}", *notes)
    why = f"Chưa lập được dòng dẫn đầy đủ: {link.cite_reason}"
    return (why, f"Dẫn ngắn: {link.cite_short}") if link.cite_short else (why,)


def lacking(missing: Sequence[str]) -> str:
    """Why there is no full line to cite."""
    return f"kho chưa cho biết {', '.join(missing)}"


def levels_of(links: Sequence[Link]) -> Iterator[tuple[str, list[Link]]]:
    """The links under what their level is called, a province named: "Cấp tỉnh: Hà Tĩnh"."""
    for (level, province), group in groupby(links, key=lambda link: (link.level, link.province)):
        yield f"{name_level(level)}{f': {province}' if province else ''}", list(group)


def evidence_of(link: Link) -> Iterator[tuple[str, Citation]]:
    """(what it proves, the words) of a link: what ties it, where it is named, what befell it."""
    for tie in link.ties:
        yield tell_tie(tie), tie.citation
    if link.known_by is not None and not link.ties:
        yield "Được nhắc tới", link.known_by
    if link.effect_citation is not None:
        yield "Chỗ nói về hiệu lực", link.effect_citation


def describe_link(link: Link) -> Iterator[str]:
    """The lines of a link for a terminal or a plain text, its name first."""
    yield f"{'► ' if link.asked else ''}{name_whole(link)}"
    yield f"    ({tell_held(link)})"
    for proves, citation in evidence_of(link):
        yield f"    {proves}: {_quote(citation)}"
    yield from (f"    {words}" for words in tell_rest(link))


def tell_rest(link: Link) -> Iterator[str]:
    """What is said of a link beside its evidence: effect, what to look at, how to cite it."""
    yield f"Hiệu lực: {tell_effect(link)}"
    yield from (f"Lưu ý: {words}" for words in tell_outdated(link))
    yield from tell_lines(link)


def describe_links(links: Sequence[Link], notes: Sequence[str]) -> Iterator[str]:
    """The lines of the chain, level by level, then what the collection cannot show."""
    for level, group in levels_of(links):
        yield level.upper()
        for link in group:
            yield from (f"  {line}" for line in describe_link(link))
        yield ""
    yield from tell_notes(links, notes)


def tell_notes(links: Sequence[Link], notes: Sequence[str]) -> Iterator[str]:
    """What the collection cannot show, and what an effect that is not known means."""
    yield from notes
    if any(link.effect is Effect.UNKNOWN for link in links):
        yield UNKNOWN_EFFECT


def _quote(citation: Citation) -> str:
    return f"“{_on_one_line(citation.quote)}” ({tell_place(citation)})"


def _on_one_line(words: str) -> str:
    return fold_spaces(words).strip()


# --- notes on the whole


def unknown_number(symbol: str) -> str:
    return f"Kho không có văn bản số {symbol} và không trang nào nhắc tới số này."


def several(symbol: str, count: int) -> str:
    return f"Có {count} văn bản cùng mang số {symbol}. Hãy nêu rõ của tỉnh, thành phố nào để xem đúng chuỗi căn cứ."


def not_in_place(symbol: str, place: str) -> str:
    return f"Kho không thấy văn bản số {symbol} nào của {place}."


def tell_bearer(bearer: Bearer) -> str:
    """One of several documents of a number, by what tells them apart."""
    day = vietnamese_date(bearer.issued_on)
    parts = (
        bearer.issuer or "chưa rõ cơ quan ban hành",
        bearer.province if bearer.province and bearer.province not in (bearer.issuer or "") else None,
        f"ngày {day}" if day else "chưa rõ ngày ban hành",
        HELD if bearer.held else "chỉ được nhắc tới",
    )
    return f"{bearer.symbol}: {'; '.join(part for part in parts if part)}"


def no_upper(link: Link) -> str:
    if link.held:
        return f"Kho chưa có văn bản cấp trên của {link.symbol}: văn bản này không nêu số của văn bản nào mà nó thực hiện."
    return f"Kho chưa có văn bản cấp trên của {link.symbol}; toàn văn của nó cũng chưa có để tra."


def no_lower(symbol: str, place: str | None) -> str:
    of_place = f" ở {place}" if place else ""
    return f"Kho chưa có văn bản nào{of_place} triển khai thực hiện {symbol}."


def no_province(link: Link, upper: Link) -> str:
    return f"Không thấy văn bản cấp tỉnh ở giữa: {link.symbol} dẫn thẳng tới {upper.symbol} của trung ương."


def issued_later(symbol: str, as_of: str) -> str:
    return f"{symbol} được ban hành sau ngày {vietnamese_date(as_of)} là ngày được hỏi."


def left_out(count: int) -> str:
    return f"Còn {count} văn bản cấp dưới chưa nêu ở đây; hãy chọn một tỉnh, thành phố để xem đủ."


def without_place(count: int, place: str) -> str:
    return f"{count} văn bản cấp dưới không cho biết thuộc tỉnh nào nên không xếp vào chuỗi của {place}."


def heading(chain: Chain) -> str:
    return f"{TITLE} của {chain.symbol}, tính đến {vietnamese_date(chain.as_of)}"
