"""Where a text names provinces, districts and communes, and what each name may stand for.

Every name that stands behind a level word ("huyện Hưng Hà", "Tỉnh ủy Hà Tĩnh", "các xã Bắc Sơn, Đông Đô và
Tây Đô") and is one of the gazetteer, and the bare names of provinces. What only looks like a place is left out:
persons, streets, schools, companies, newspapers. Which unit is meant is settled by corpus/place_resolution.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.gazetteer import WORD, PlaceLevel, Unit, find_units, spelling, successors
from corpus.places import find_places, is_surname
from corpus.text import fold

_MAX_WORDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPlace:
    """A name of a text that is one of the gazetteer; `text[start:end]` is the name without its level word."""

    start: int
    end: int
    level_start: int  # of the level word; the name itself where there is none or a list shares it
    level_end: int
    kinds: tuple[str, ...]  # what the text calls it: ("huyện",), ("xã", "phường"); none for a bare name
    candidates: tuple[Unit, ...]  # of every scheme
    listed: int  # start of the first name of the list that it stands in, else its own start


_KINDS = {
    "tỉnh": r"tỉnh(?:\s+(?:ủy|uỷ|đoàn))?",
    "thành phố": r"thành\s+(?:phố|ủy|uỷ|đoàn)|t\.?p\s?\.|tp(?!\w)",
    "huyện": r"huyện(?:\s+(?:ủy|uỷ|đoàn))?",
    "quận": r"quận(?:\s+(?:ủy|uỷ|đoàn))?",
    "thị xã": r"thị\s+(?:xã|ủy|uỷ|đoàn)|tx\s?\.|tx(?!\w)",
    "thị trấn": r"thị\s+trấn",
    "phường": r"(?<!phố )phường",
    "xã": r"(?<!hợp tác )(?<!hợp\ntác )xã",
    "đặc khu": r"đặc\s+khu",
}
_LEVELS = {
    "tỉnh": (PlaceLevel.PROVINCE,),
    "thành phố": (PlaceLevel.PROVINCE, PlaceLevel.DISTRICT),
    **dict.fromkeys(("huyện", "quận", "thị xã"), (PlaceLevel.DISTRICT,)),
    **dict.fromkeys(("thị trấn", "phường", "xã", "đặc khu"), (PlaceLevel.COMMUNE,)),
}
_LEVEL_WORD = "|".join(_KINDS.values())
_LEVEL = re.compile(
    rf"(?<!\w)(?=[thqpxđ])(?P<words>(?:(?:{_LEVEL_WORD})\s*(?:,|/|và|hoặc)\s*)*(?P<last>{_LEVEL_WORD}))\s*(?P<open>[:(])?(?:\s*(?=[^\W\d_])|[ \u00a0](?=\d))",
    re.IGNORECASE,
)
_ONE_LEVEL = re.compile(
    "|".join(f"(?P<k{i}>{pattern})" for i, pattern in enumerate(_KINDS.values())), re.IGNORECASE
)
_MANY = re.compile(r"(?:(?<!\w)(?:các|những|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|số)|\d)\s+\Z", re.IGNORECASE)
_NEXT_NAME = re.compile(r"\s*(?:[,;]|[,;]?\s(?:và|hoặc))\s+")
_NAME_WORD = re.compile(rf"{WORD.pattern}|\d{{1,2}}(?!\w)")
_GAP = re.compile(r"[ \t\u00a0]*[-–—][ \t\u00a0]*|[ \t\u00a0]*\n?[ \t\u00a0]*")

_PERSON = re.compile(
    r"(?<!\w)(?:ông|bà|anh|chị|cô|chú|em|cháu|bác|đồng chí|đ/c|đc)\s\Z|(?<=\w)\s(?:Văn|Thị)\s\Z",
    re.IGNORECASE,
)
# What is named after a place and is none; directly before the name.
_NAMED_AFTER = re.compile(
    r"(?<!\w)(?:(?<!thành )phố|đường|ngõ|ngách|(?<!yêu )(?<!nhu )cầu|hầm|bến|cảng|ga|sân bay|hồ|đầm|sông|suối|kênh|núi|đèo|dãy|biển|vịnh"
    r"|đảo|quần đảo|mũi|đền|chùa|đình|chợ|thôn|ấp|(?<!văn )bản|làng|xóm|buôn|khóm|khu phố|tổ dân phố|tdp|khu|quảng trường"
    r"|(?<!thông )(?<!cảnh )báo|đài|tạp chí|chiến dịch|khởi nghĩa|chiến thắng|(?<!mặt )trận|hiệp định|tuyên bố|công ước|nghị định thư|vùng|miền"
    r"|sân vận động|nhà thi đấu|giáo phận|nhà thờ|nhà máy|chung cư|khách sạn|ngã ba|ngã tư|bán đảo|bãi biển|bãi|xứ|dốc"
    r"|nhà|phong trào|nghĩa quân|quân|triều|vương triều|thời|võ|cuộc khởi nghĩa|thành cổ|cố đô|tượng đài|tòa nhà"
    r"|thủy điện|thuỷ điện|xi măng|nhiệt điện|clb|câu lạc bộ|mỏ|rừng|cửa khẩu|cửa|hòn|cồn|cao nguyên|đồn|trại)\s\Z",
    re.IGNORECASE,
)
# What bears a name as a whole, words before the place included: "Trường Đại học Y Hà Nội".
_BEARER = re.compile(
    r"(?<!\w)(?:Trường(?! hợp)|TRƯỜNG(?! HỢP)|Đại học|ĐH|Cao đẳng|CĐ|Trung cấp|THPT|THCS|Tiểu học|Mầm non|Học viện|HỌC VIỆN|Bệnh viện|BỆNH VIỆN|Công ty|công ty|CÔNG TY|Tổng công ty"
    r"|Tập đoàn|Ngân hàng|Nhà máy|nhà máy|Khách sạn|khách sạn|Khu công nghiệp|khu công nghiệp|KCN|CCN|Cụm công nghiệp"
    r"|cụm công nghiệp|Khu kinh tế|khu kinh tế|KKT|Hợp tác xã|hợp tác xã|HTX|Vườn quốc gia|Nhà xuất bản|NXB|Báo(?! cáo)|Đài|Phát thanh|Truyền hình"
    r"|Tạp chí|Cảng|cảng|Sân bay|sân bay|Quốc lộ|quốc lộ|cao tốc|đường sắt|(?<!trực )tuyến|Viện(?! (?:kiểm sát|dẫn|trợ))|Vietcombank|Agribank|BIDV|Nhạc viện"
    r"|Khu du lịch|khu du lịch|[Kk]hu dự trữ|[Kk]hu bảo tồn|[Kk]hu di tích|Trung tâm Thương mại|Nhà hát|Bảo tàng|Siêu thị|[Cc]hi nhánh(?! [Vv]ăn phòng)|Thủy điện|Cửa khẩu|cửa khẩu)(?!\w)"
    r"(?:(?!\s(?:tại|ở|của|thuộc|trên|trong|cho|với|và|do|về|qua|là|có|được|đã|đến|từ|giữa|sang|ra|địa bàn)\s)[^.,;:()\n“”\"])*\Z"
)
_OPENING = frozenset(
    "Tại Ở Về Đến Từ Của Và Trên Với Theo Cùng Riêng Còn Do".split()
)  # capitals of a sentence
_CHAIN_OF_NAMES = re.compile(r"[^\W\d_]\w*(?:\s[^\W\d_]\w*)*\s*[-–]\s*\Z")


def find_named_places(text: str) -> tuple[NamedPlace, ...]:
    """The places that a text names, in order, never overlapping; text in NFC."""
    levelled = [place for match in _LEVEL.finditer(text) for place in _read_names(text, match)]
    provinces = [*_find_bare_provinces(text), *(p for p in levelled if p.candidates[0].level == "tỉnh")]
    found = [*levelled, *provinces, *_find_before_provinces(text, provinces)]
    kept: list[NamedPlace] = []
    for place in sorted(found, key=lambda p: (p.start, p.level_start, -p.end)):
        if kept and place.start < kept[-1].end:
            continue
        bare = place.level_end <= place.level_start
        if not bears_name(text, place.level_start) and not (
            bare and (is_named_after(text, place.start) or is_end_of_route(text, place.start, place.end))
        ):
            kept.append(place)
    return tuple(kept)


def is_named_after(text: str, start: int) -> bool:
    """Whether the words before a name make it a person or a thing named after a place."""
    before = text[max(0, start - 40) : start]
    return bool(_PERSON.search(before) or _NAMED_AFTER.search(before.replace("\n", " ")))


def is_part_of_longer_name(text: str, start: int, end: int) -> bool:
    """Whether a capitalised word stands directly before or behind: "Lê Bắc Sơn", "Bắc Sơn Hà"."""
    before = re.search(r"([^\W\d_]+)[ \u00a0]\Z", text[max(0, start - 20) : start])
    after = re.match(r"[ \u00a0]([^\W\d_]+)", text[end : end + 20])
    shouted = text[start:end].isupper()
    if before is not None and before[1] in _OPENING:
        before = None
    return any(m is not None and m[1][0].isupper() and not shouted for m in (before, after))


def is_end_of_route(text: str, start: int, end: int) -> bool:
    """Whether a name is joined to another by a dash: "Biên Hòa – Vũng Tàu" is mostly a road."""
    before = re.search(r"\w\s?[-–—]\s?\Z", text[max(0, start - 4) : start])
    after = re.match(r"\s?[-–—]\s?([^\W\d_])", text[end : end + 4])
    return before is not None or (after is not None and after[1].isupper())


def bears_name(text: str, start: int) -> bool:
    """Whether a name stands within that of a school, company, newspaper, road …: "Trường Đại học Y Hà Nội"."""
    before = text[max(0, start - 90) : start]
    if _BEARER.search(before):
        return True
    # "cao tốc Hà Nội – Hải Phòng": both ends belong to the road
    chain = _CHAIN_OF_NAMES.search(before)
    return chain is not None and bool(_BEARER.search(before[: chain.start()]))


def _read_names(text: str, match: re.Match[str]) -> Iterator[NamedPlace]:
    kinds = _kinds_of(match["words"])
    many = len(kinds) > 1 or _MANY.search(text[max(0, match.start() - 8) : match.start()]) is not None
    if match["open"] and not many:
        return
    at = listed = match.end()
    level = match.span("words")
    if "\n" in text[level[1] : at] and re.match(r"[IVX]+\W", text[at : at + 6]):
        return  # a heading of the next line
    while (end := _read_name(text, at, kinds, shouted=match["words"].isupper())) is not None:
        found = find_candidates(text[at:end], kinds)
        yield NamedPlace(
            start=at,
            end=end,
            level_start=level[0],
            level_end=level[1],
            kinds=kinds,
            candidates=found,
            listed=listed,
        )
        gap = _NEXT_NAME.match(text, end) if many else None
        if gap is None:
            return
        at = gap.end()
        level = (at, at)


def _kinds_of(words: str) -> tuple[str, ...]:
    names = tuple(_KINDS)
    found = (int((m.lastgroup or "k0")[1:]) for m in _ONE_LEVEL.finditer(words))
    return tuple(dict.fromkeys(names[i] for i in found))


def find_candidates(name: str, kinds: tuple[str, ...]) -> tuple[Unit, ...]:
    """The units of a name that a text calls so; "tỉnh, thành phố X" is a province, never a town in one."""
    levels = dict.fromkeys(level for kind in kinds for level in _LEVELS[kind])
    if len(kinds) > 1 and len(levels) > 1:
        alone = PlaceLevel.PROVINCE if "tỉnh" in kinds else PlaceLevel.DISTRICT
        levels = {alone: None}
    found = tuple(unit for level in levels for unit in find_units(name, level))
    if re.fullmatch(r"\d+|[IVX]+", name):  # "xã I.", "phường 4 lần": a number is a name only of its own kind
        return tuple(unit for unit in found if unit.kind in kinds)
    if kinds == ("thành phố",):
        # "thành phố Hưng Yên" is the town: the province never was a city
        return tuple(u for u in found if "thành phố" in (u.kind, u.kind_since) or u.level != "tỉnh")
    return found


def _read_name(text: str, at: int, kinds: tuple[str, ...], *, shouted: bool) -> int | None:
    """The end of the longest name of the gazetteer at an offset; None where a longer, unknown one stands."""
    ends: list[int] = []
    end = at
    while len(ends) < _MAX_WORDS and (word := _NAME_WORD.match(text, end)):
        if not (word[0][0].isupper() or word[0].isdigit()):
            break
        ends.append(word.end())
        gap = _GAP.match(text, word.end())
        if gap is None or gap.end() == word.end():
            break
        end = gap.end()
    for count in range(len(ends), 0, -1):
        if not find_candidates(text[at : ends[count - 1]], kinds):
            continue
        rest = text[ends[count - 1] : ends[count]] if count < len(ends) else ""
        if rest and not shouted and "\n" not in rest and not _begins_other(text, ends[count - 1]):
            return None
        return ends[count - 1]
    return None


def _begins_other(text: str, at: int) -> bool:
    """Whether what follows a name is no part of it: a dash, or a person ("xã Bắc Sơn Trần Văn An")."""
    following = re.match(r"\s+([^\W\d_]+)\s+[^\W\d_]", text[at : at + 30])
    return text[at : at + 2].strip()[:1] in ("-", "–", "—") or (
        following is not None and is_surname(following[1])
    )


def _find_bare_provinces(text: str) -> Iterator[NamedPlace]:
    for place in find_places(text):
        written = text[place.start : place.end]
        bare = len(spelling(written)) == len(spelling(place.name)) and fold(written)[0] == fold(place.name)[0]
        if place.level is PlaceLevel.PROVINCE and (bare or written == "TPHCM"):
            start = place.end - 3 if written == "TPHCM" else place.start
            yield NamedPlace(
                start=start,
                end=place.end,
                level_start=place.start,
                level_end=place.start,
                kinds=(),
                candidates=find_units(place.name, PlaceLevel.PROVINCE),
                listed=start,
            )


_BEFORE_PROVINCE = re.compile(r"[ \u00a0]?[,(]\s?\Z")
DISTRICT_KINDS = ("huyện", "quận", "thị xã", "thành phố")


def _find_before_provinces(text: str, provinces: list[NamedPlace]) -> Iterator[NamedPlace]:
    """Districts that stand without a level word before their province: "tại Nghi Xuân, Hà Tĩnh".

    Since 1 July 2025 such a name may as well be a commune's: it is for texts of before only.
    """
    for province in provinces:
        before = text[max(0, province.level_start - 40) : province.level_start]
        if (gap := _BEFORE_PROVINCE.search(before)) is None:
            continue
        names = {unit.name for unit in province.candidates}
        offset = province.level_start - len(before)
        words = [word.span() for word in WORD.finditer(before, 0, gap.start())][-_MAX_WORDS:]
        if not words or words[-1][1] != gap.start():
            continue
        for word in words[:-1]:  # two syllables at least
            start, end = offset + word[0], offset + gap.start()
            found = [
                unit
                for unit in find_units(text[start:end], PlaceLevel.DISTRICT)
                if names & {unit.province.name, successors(unit.province)[0].after.name}
                and not find_units(unit.name, PlaceLevel.PROVINCE)
            ]
            if found and text[start:end].istitle() and not is_part_of_longer_name(text, start, start):
                yield NamedPlace(
                    start=start,
                    end=end,
                    level_start=start,
                    level_end=start,
                    kinds=DISTRICT_KINDS,
                    candidates=tuple(found),
                    listed=start,
                )
                break
