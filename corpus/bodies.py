"""The issuing body: its name as running text writes it, its level, its system, its province."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.head import LOCAL_ORGAN, Head
from corpus.models import Body, Fact, Level, System
from corpus.places import PlaceLevel, PlaceMention, find_places


def read_issuer_fact(text: str, head: Head) -> Fact | None:
    """The last body of the head; a body of a province takes the province from the body above it."""
    if not head.organs:
        return None
    start, end, name = head.organs[-1]
    places = find_provinces(name)
    if not places and len(head.organs) > 1 and LOCAL_ORGAN.match(name):
        above_start, _, above = head.organs[-2]
        if above.endswith("TRUNG ƯƠNG") and "TRUNG ƯƠNG" not in name:
            return Fact(value=f"{in_sentence_case(name)} Trung ương", start=above_start, end=end)
        if above_places := find_provinces(above):
            place = above_places[0]
            return Fact(
                value=_join_seat(in_sentence_case(name), _seat_name(above, place)), start=above_start, end=end
            )
    return Fact(value=in_sentence_case(name), start=start, end=end)


def _join_seat(name: str, seat: str) -> str:
    """ "Ủy ban nhân dân tỉnh" and "tỉnh Hà Tĩnh" have the word between them only once."""
    level = next((level for level in ("tỉnh", "thành phố") if name.endswith(f" {level}")), "")
    return (
        f"{name} {seat.removeprefix(level).strip()}" if level and seat.startswith(level) else f"{name} {seat}"
    )


def _seat_name(above: str, place: PlaceMention) -> str:
    return in_sentence_case(above[place.start : place.end], first=False)


def read_issuer_province(text: str, head: Head, issuer: Fact | None) -> Fact | None:
    """The province that the issuer's name carries, or that the date line of a local body names."""
    for start, end, _ in reversed(head.organs):
        for place in find_places(text[start:end]):
            if len(place.provinces) == 1:
                return Fact(value=place.provinces[0], start=start + place.start, end=start + place.end)
    local = issuer is not None and re.match(
        r"(?:ủy ban nhân dân|uỷ ban nhân dân|hội đồng nhân dân|sở|tỉnh ủy|thành ủy|huyện ủy)",
        issuer.value.lower(),
    )
    if local and head.place is not None:
        start, end = head.place
        for place in find_provinces(text[start:end]):
            return Fact(value=place.name, start=start + place.start, end=start + place.end)
    return None


def find_provinces(text: str) -> list[PlaceMention]:
    return [place for place in find_places(text) if place.level is PlaceLevel.PROVINCE]


_STARTERS = ("bộ", "sở", "cục", "vụ", "ban", "viện", "và")
_FIXED = re.compile(
    r"(?<!\w)(?:chính phủ|quốc hội|thường vụ|trung ương|nhà nước|việt nam|mặt trận|tổ quốc|bí thư|chính trị"
    r"|chỉ đạo|chấp hành|thường trực)(?!\w)"
)


def in_sentence_case(name: str, *, first: bool = True) -> str:
    """A name in capitals as running text writes it: "UBND TỈNH ĐỒNG NAI" → "UBND tỉnh Đồng Nai"."""
    name = " ".join(name.split())
    words = name.lower().split(" ")
    for i, word in enumerate(words):
        after = i and (words[i - 1].lower() in _STARTERS or words[i - 1].endswith((",", "-", "–")))
        if after and word not in ("nhân", "tỉnh", "thành"):
            words[i] = _capitalise(word)
    lowered = " ".join(words)
    lowered = _FIXED.sub(lambda match: _capitalise(match[0]), lowered)
    lowered = lowered.replace("Việt nam", "Việt Nam").replace("Công thương", "Công Thương")
    for place in find_places(name):
        written = lowered[place.start : place.end]
        lowered = lowered[: place.start] + _write_place(written, place) + lowered[place.end :]
    return _capitalise(lowered) if first else lowered


def _write_place(written: str, place: PlaceMention) -> str:
    """ "tỉnh đồng nai" → "tỉnh Đồng Nai"."""
    words = written.split(" ")
    level = max(0, len(words) - len(place.name.split(" ")))
    return " ".join([*words[:level], *map(_capitalise, words[level:])])


# --- level and system

# Officials of a body stand for it: "CHỦ TỊCH UBND …" is matched by what follows.
_PARTY_BODY = re.compile(
    r"\b(?:tỉnh|thành|huyện|quận|thị|đảng) (?:ủy|uỷ)\b|\bđảng (?:bộ|đoàn)\b|\bchi bộ\b|\bbộ chính trị\b|\bban bí thư\b"
    r"|\bban chấp hành trung ương\b|\btrung ương đảng\b|\bban (?:tuyên giáo|tổ chức|dân vận|nội chính)\b|\b(?:ủy|uỷ) ban kiểm tra\b"
)
_FRONT_BODY = re.compile(
    r"\bmặt trận\b|\bliên đoàn lao động\b|\bcông đoàn\b|\bđoàn thanh niên\b|\bđoàn tncs\b|^(?:bch|btv|ban chấp hành|ban thường vụ) (?:đoàn|hội)\b"
    r"|^hội (?:nông dân|liên hiệp|cựu chiến binh|chữ thập đỏ|khuyến học|nhà báo|luật gia)"
)
_CENTRAL_BODY = re.compile(
    r"^(?:bộ|thủ tướng|chính phủ|quốc hội|(?:ủy|uỷ) ban thường vụ quốc hội|chủ tịch nước|văn phòng (?:chính phủ|quốc hội|trung ương|chủ tịch nước)"
    r"|ngân hàng nhà nước|kiểm toán nhà nước|thanh tra chính phủ|tổng cục|cục (?!thuế tỉnh)|ban chấp hành trung ương|ban bí thư"
    r"|(?:ủy|uỷ) ban dân tộc|t(?:òa|oà) án nhân dân tối cao|viện kiểm sát nhân dân tối cao|tổng liên đoàn|bảo hiểm xã hội việt nam"
    r"|kho bạc nhà nước$|hội đồng thẩm phán)\b|\btrung ương\b"
)


def read_level(issuer: Fact | None, province: Fact | None) -> Fact | None:
    """The level of the body by what its name says; None where the name does not say it."""
    if issuer is None:
        return None
    name = issuer.value.lower()
    levels = {place.level for place in find_places(issuer.value)}
    if re.match(r"(?:(?:văn phòng|ban thường vụ|ban chấp hành) )?(?:huyện|quận|thị) (?:ủy|uỷ)\b", name):
        return replace(issuer, value=Level.DISTRICT.value)
    if PlaceLevel.COMMUNE in levels or re.search(r"\b(?:xã|phường|thị trấn|đặc khu)\b(?! hội)", name):
        return replace(issuer, value=Level.COMMUNE.value)
    if PlaceLevel.DISTRICT in levels or re.search(r"\b(?:huyện|quận|thị xã)\b", name):
        return replace(issuer, value=Level.DISTRICT.value)
    if PlaceLevel.PROVINCE in levels or re.match(
        r"(?:sở|chi cục)\b|.*\b(?:tỉnh|thành) (?:ủy|uỷ)\b|.*\btỉnh\b", name
    ):
        return replace(issuer, value=Level.PROVINCE.value)
    if _CENTRAL_BODY.search(name):
        return replace(issuer, value=Level.CENTRAL.value)
    return None


def read_system(issuer: Fact | None, number: Fact | None, system: System | None) -> Fact | None:
    """The system of the body: by its name, else by the grammar of the document's own number."""
    if issuer is not None:
        name = issuer.value.lower()
        for pattern, body in ((_PARTY_BODY, Body.PARTY), (_FRONT_BODY, Body.FRONT)):
            if pattern.search(name):
                return replace(issuer, value=body.value)
    if number is not None and system is System.PARTY:
        return replace(number, value=Body.PARTY.value)
    if issuer is not None and system is not System.PARTY:
        return replace(issuer, value=Body.STATE.value)
    return replace(number, value=Body.STATE.value) if number is not None and system is System.STATE else None


def _capitalise(word: str) -> str:
    return word[:1].upper() + word[1:]
