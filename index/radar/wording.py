"""The Vietnamese of the implementation radar, the same at the terminal, on the page and in files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.labels import UNKNOWN, name_relation, vietnamese_date
from corpus.models import Level, Relation
from corpus.text import fold_spaces
from index.answering.chain_wording import (
    name_level,
    tell_bearer,
    tell_place,
)
from index.models import Citation
from index.radar.models import Ending, Holder, Implementation, Mention, Radar, Seen, Shown, Timing

TITLE = "Rà soát việc triển khai"
NO_DAY = "không rõ ngày"
ENDS_IT = "chính văn bản này thay thế hoặc bãi bỏ văn bản được hỏi"
NO_WORDS = "không trích được nguyên văn câu nói việc triển khai"
OLDER = "ngày ghi được sớm hơn ngày của văn bản mà nó được nói là triển khai"
HIGHER = "cấp ban hành cao hơn cấp của văn bản mà nó được nói là triển khai"
ELSEWHERE = "thuộc tỉnh khác với văn bản mà nó được nói là triển khai"
ABSENCE = (
    "“Không thấy trong kho” không có nghĩa là chưa ban hành: kho chỉ cho biết về số văn bản đang có ở cột “Kho có”. "
    "“Không có dữ liệu” là kho không có văn bản nào của nơi đó. “Thiếu ít nhất” đếm các số mà dãy số của nơi đó phải có "
    "nhưng kho không có."
)


MENTIONS = (
    "Trang đưa tin không nêu số của văn bản đã ban hành, và văn bản chỉ nói đến việc triển khai trong nội dung, "
    "không được tính là văn bản triển khai."
)


def several(symbol: str, count: int) -> str:
    return f"Có {count} văn bản cùng mang số {symbol}. Hãy nêu rõ của tỉnh nào hoặc ban hành ngày nào."


def none_meant(symbol: str) -> str:
    return f"Kho không thấy văn bản số {symbol} nào của tỉnh hoặc ngày đó; các văn bản mang số này:"


def heading(radar: Radar) -> str:
    """ "Rà soát việc triển khai 57-NQ/TW, tính đến 28/11/2026"."""
    return f"{TITLE} {radar.symbol}, tính đến {vietnamese_date(radar.as_of)}"


def tell_asked(radar: Radar) -> Iterator[str]:
    """The document asked for, and what befell it."""
    if radar.bearer is None:
        return
    yield tell_bearer(radar.bearer)
    if radar.title:
        told = "" if radar.bearer.held else " (theo nơi nhắc tới)"
        yield f"Trích yếu{told}: {fold_spaces(radar.title)}"
    if radar.ending is not None:
        yield f"Hiệu lực: {radar.ending.wording} ({tell_ending_day(radar.ending)})"
    else:
        yield f"Hiệu lực: {radar.effect_wording or 'chưa rõ (điều đó không chứng tỏ văn bản còn hiệu lực)'}"


def tell_ending_day(ending: Ending) -> str:
    """From when it was over."""
    if ending.day is None:
        return f"{NO_DAY} hết hiệu lực"
    day = vietnamese_date(ending.day)
    if ending.issued:
        return f"{ending.by} ban hành ngày {day}, {UNKNOWN} ngày có hiệu lực"
    return f"từ ngày {day}"


def name_document(one: Implementation) -> str:
    """ "Kế hoạch 20/KH-UBND"."""
    return f"{one.type or 'Văn bản'} {one.symbol}"


def tell_day(one: Implementation) -> str:
    return vietnamese_date(one.issued_on) or NO_DAY


def tell_days(days: int | None) -> str:
    """ "36 ngày"; where a day is not known, that."""
    return NO_DAY if days is None else f"{days:,} ngày".replace(",", ".")


def tell_place_of(one: Implementation) -> str:
    """ "Cấp tỉnh, Hà Tĩnh"."""
    if one.level is Level.CENTRAL:
        return name_level(one.level)
    return f"{name_level(one.level)}, {one.province or 'không rõ tỉnh'}"


def tell_relation(one: Implementation) -> str:
    """ "triển khai thực hiện", "hướng dẫn (qua 20/KH-UBND)"."""
    through = f" (qua {one.via})" if one.via else ""
    return f"{name_relation(one.relation)}{through}"


def tell_shown(one: Implementation) -> str:
    """What shows it: "theo chính văn bản", "theo trang đưa tin “…”; kho chưa có toàn văn"."""
    if one.shown is Shown.ITSELF:
        return "theo chính văn bản"
    held = "" if one.held else "; kho chưa có toàn văn"
    if one.shown is Shown.OTHER:
        return f"do {one.citation.symbol or 'văn bản khác'} nhắc tới{held}"
    return f"theo {tell_page(one.citation.title, one.citation.publisher)}{held}"


def tell_page(title: str, publisher: str | None) -> str:
    on = f" trên {publisher}" if publisher else ""
    return f"bài “{fold_spaces(title)}”{on}"


def tell_timing(one: Implementation, ending: Ending | None) -> str:
    """What has to be looked at because the document asked for is over; empty where it is not known to be."""
    if one.timing is None or ending is None:
        return ""
    by = f" bởi {ending.by}" if ending.by else ""
    over = f"{ending.effect}{by}"
    if one.timing is Timing.BEFORE:
        return f"ban hành trước khi văn bản gốc {over}: cần xem còn phù hợp không"
    if one.timing is Timing.AFTER:
        still = "vẫn dẫn văn bản gốc" if one.via is None else f"vẫn triển khai (qua {one.via})"
        return f"{still} sau ngày văn bản đó {over}"
    return f"{UNKNOWN} ban hành trước hay sau ngày văn bản gốc {over}"


def tell_mention(one: Mention) -> str:
    """What speaks of it, and its words: "trang đưa tin: bài “…” (20/07/2024): “…”"."""
    day = vietnamese_date(one.said_on) or NO_DAY
    page = tell_page(one.citation.title, one.citation.publisher)
    source = f"văn bản {one.citation.symbol}" if one.citation.symbol else f"trang đưa tin: {page}"
    return f"{source} ({day}): “{fold_spaces(one.citation.quote).strip()}”"


def quote(citation: Citation) -> str:
    """The words with their place, on one line."""
    return f"“{fold_spaces(citation.quote).strip()}” ({tell_place(citation)})"


# --- provinces and bodies


def tell_seen(holder: Holder) -> str:
    """The state of a province or body, and of which of its old provinces nothing is seen."""
    if holder.not_seen_of:
        return f"{holder.seen}; chưa thấy của {', '.join(holder.not_seen_of)} (trước 1/7/2025)"
    return holder.seen.value


def name_holder(holder: Holder) -> str:
    """ "Hưng Yên (gồm Hưng Yên, Thái Bình)"."""
    return f"{holder.name} (gồm {', '.join(holder.merged_from)})" if holder.merged_from else holder.name


def tell_held(holder: Holder) -> str:
    """The denominator: "12 văn bản của thời kỳ; 3 không rõ ngày; thiếu ít nhất 40 số"."""
    years = ", ".join(f"{year}: {count}" for year, count in holder.years)
    parts = [f"{holder.held} văn bản của thời kỳ" + (f" ({years})" if years else "")]
    if holder.undated:
        parts.append(f"{holder.undated} {NO_DAY}")
    earlier = holder.ever - holder.held - holder.undated
    if earlier:
        parts.append(f"{earlier} ngoài thời kỳ")
    if holder.citing:
        parts.append(f"{holder.citing} dẫn số này, không nói là triển khai")
    if holder.missing:
        parts.append(f"thiếu ít nhất {holder.missing:,} số".replace(",", "."))
    return "; ".join(parts)


def holder_row(holder: Holder) -> tuple[str, ...]:
    """The cells below `holder_head`."""
    return (
        name_holder(holder),
        tell_seen(holder),
        ", ".join(holder.found) or "–",
        tell_days(holder.first_days) if holder.found else "–",
        tell_held(holder),
    )


def holder_head(radar: Radar) -> tuple[str, ...]:
    """What stands over the cells of `holder_row`."""
    head = ("Nơi", "Tình trạng", "Văn bản có hoặc được nhắc tới", "Sớm nhất sau")
    return (*head, f"Kho có ({tell_period(radar)})")


def tell_period(radar: Radar) -> str:
    """ "15/04/2024–28/11/2026"."""
    since = vietnamese_date(radar.since) if radar.since else None
    return f"{since or UNKNOWN}–{vietnamese_date(radar.as_of)}"


def sum_up(radar: Radar) -> Iterator[str]:
    """Lines that count what was found, and of how many provinces or bodies what is known."""
    found = radar.implementations
    yield _count_found(radar) if found else f"Chưa thấy trong kho văn bản nào triển khai {radar.symbol}."
    late = Counter(one.timing for one in found)
    if found and radar.ending is not None:
        yield (
            f"Văn bản gốc đã {radar.ending.effect}: {late[Timing.BEFORE]} văn bản triển khai ban hành trước đó, "
            f"{late[Timing.AFTER]} ban hành sau đó mà vẫn dẫn, {late[Timing.UNKNOWN]} không rõ trước hay sau."
        )
    if radar.holders:
        counts = Counter(holder.seen for holder in radar.holders)
        told = "; ".join(f"{counts[seen]} {seen}" for seen in Seen if counts[seen])
        yield f"Trong {len(radar.holders)} {unit_of(radar)}: {told}."


def _count_found(radar: Radar) -> str:
    found = radar.implementations
    direct = sum(one.via is None for one in found)
    based = sum(one.relation is Relation.BASED_ON for one in found)
    itself = sum(one.shown is Shown.ITSELF for one in found)
    return (
        f"{len(found)} văn bản triển khai: {direct} dẫn thẳng {radar.symbol} (trong đó {based} chỉ ghi căn cứ), "
        f"{len(found) - direct} qua văn bản khác; {itself} do chính văn bản ghi, {len(found) - itself} theo nơi khác nhắc tới."
    )


def unit_of(radar: Radar) -> str:
    """What the holders are."""
    central = radar.bearer is not None and radar.bearer.province is None
    return "tỉnh, thành phố" if central else "cơ quan của tỉnh mà kho biết"


def notes_on(radar: Radar) -> Iterator[str]:
    """What the collection cannot show of what was found."""
    if radar.bearer is not None and radar.bearer.issued_on is None:
        yield f"Kho không ghi ngày ban hành của {radar.symbol}, nên không tính được số ngày."
    undated = sum(one.issued_on is None for one in radar.implementations)
    if undated:
        yield f"{undated} văn bản triển khai {NO_DAY} ban hành; không suy đoán."
    placeless = sum(one.province is None and one.level is not Level.CENTRAL for one in radar.implementations)
    if placeless:
        yield f"{placeless} văn bản triển khai không rõ thuộc tỉnh nào, nên không tính cho tỉnh nào."
    if radar.holders:
        yield ABSENCE
    if any(holder.merged_from for holder in radar.holders):
        yield (
            "Tỉnh ngày nay có thể trùng tên một tỉnh trước 1/7/2025 mà khác địa giới; văn bản ban hành trước ngày đó "
            "chỉ nói về tỉnh cũ."
        )
    if radar.mentions:
        yield MENTIONS
    for reason, count in Counter(one.reason for one in radar.set_aside).items():
        yield f"Đã để riêng {count} chỗ vì {reason}: {_symbols(radar, reason)}."


def _symbols(radar: Radar, reason: str) -> str:
    names: Sequence[str] = tuple(dict.fromkeys(one.symbol for one in radar.set_aside if one.reason == reason))
    rest = f" và {len(names) - 6} số nữa" if len(names) > 6 else ""
    return ", ".join(names[:6]) + rest
