"""The Vietnamese words of a comparison: times, whose words a cell has, denominators, what must not be mixed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from corpus.gazetteer import Scheme
from corpus.labels import UNKNOWN, vietnamese_date
from corpus.place_groups import Joining
from corpus.places import current_province
from corpus.text import fold_spaces
from index.comparison.models import Cell, Clock, Comparison, Holding, Row, Seen, Span, Time, Told
from index.comparison.times import lies_in

GAP = " […] "  # between the line that opens a list and an item of it
_YEARS = 6  # years of a page that are named


def heading(given: Comparison) -> str:
    """What is compared, of when, by which map."""
    map_ = "gộp theo tỉnh hiện nay" if given.joining is Joining.NOW else "theo tỉnh lúc ban hành văn bản"
    when = f", {tell_span(given.period)}" if given.period is not None else ", mọi thời kỳ"
    return f"“{given.theme}”{when}; {map_}; tính đến {vietnamese_date(given.as_of)}"


# --- times


def tell_span(span: Span) -> str:
    """ "năm 2018", "2016–2020", "ngày 15/07/2021", "từ 01/03/2021 đến 30/06/2021", "từ năm 2021"."""
    first, last = span.first, span.last
    if first is None or last is None:
        return _tell_open(first, last)
    if first == last:
        return f"ngày {first:%d/%m/%Y}"
    if _begins_year(first) and _ends_year(last):
        return f"năm {first.year}" if first.year == last.year else f"{first.year}–{last.year}"
    if (
        first.day == 1
        and (last + timedelta(days=1)).day == 1
        and (first.year, first.month) == (last.year, last.month)
    ):
        return f"tháng {first.month}/{first.year}"
    return f"từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}"


def _tell_open(first: date | None, last: date | None) -> str:
    if first is not None:
        return f"từ năm {first.year}" if _begins_year(first) else f"từ {first:%d/%m/%Y}"
    if last is not None:
        return f"đến hết năm {last.year}" if _ends_year(last) else f"đến {last:%d/%m/%Y}"
    return Clock.UNKNOWN.value


def _begins_year(day: date) -> bool:
    return (day.month, day.day) == (1, 1)


def _ends_year(day: date) -> bool:
    return (day.month, day.day) == (12, 31)


def tell_time(time: Time) -> str:
    """When words speak of, and what tells so."""
    if time.spans:
        return f"{'; '.join(map(tell_span, time.spans))} ({time.clock})"
    if time.years:
        shown = ", ".join(map(str, time.years[:_YEARS]))
        more = ", …" if len(time.years) > _YEARS else ""
        return f"{time.clock} (nơi khác trên trang có nêu năm {shown}{more})"
    return time.clock.value


def tell_beside(period: Span | None, cell: Cell) -> str:
    """What a cell says of other times than the one asked for; "" where it says nothing of them."""
    if period is None:
        return ""
    beside = [span for span in cell.time.spans if not lies_in(span, period)]
    listed = "; ".join(map(tell_span, beside))
    return f"Câu này cũng nói về thời gian ngoài {tell_span(period)}: {listed}." if beside else ""


# --- cells


def quote(cell: Cell) -> str:
    """The words of a cell on one line."""
    return GAP.join(fold_spaces(one.quote) for one in cell.citations)


def name_source(cell: Cell) -> str:
    """Number, issuer and day of what a cell quotes; a page by its title and who publishes it."""
    citation = cell.citations[0]
    day = vietnamese_date(cell.dated)
    if citation.symbol:
        name = f"{cell.type or 'Văn bản'} số {citation.symbol}"
        told = [
            name,
            fold_spaces(citation.issuer) if citation.issuer else None,
            f"ngày {day}" if day else "không rõ ngày",
        ]
    else:
        told = [
            f"“{fold_spaces(citation.title)}”",
            fold_spaces(citation.publisher) if citation.publisher else None,
            f"ngày {day}" if day else "không rõ ngày",
        ]
    return ", ".join(part for part in told if part)


def tell_told(row: Row, cell: Cell) -> str:
    """Whose words they are; from where, where that is another area than the row's."""
    if cell.source.province is None or cell.source.label == row.group.label:
        return cell.told.value
    return f"{cell.told} ({cell.source.label})"


def tell_places(row: Row, cell: Cell) -> str:
    """The places that the words name, with their area; else that of their document."""
    if cell.places:
        return "; ".join(cell.places)
    if cell.part is not None:
        return f"một {cell.part} không nêu tên, {cell.source.label}"
    where = cell.source.label if cell.source.province is not None else row.group.label
    return f"{where} (theo văn bản; câu trích không nêu nơi)"


# --- rows


def tell_seen(row: Row) -> str:
    """What the collection shows of a row, with its denominator; never a zero."""
    held = row.holding
    match row.seen:
        case Seen.FOUND:
            return f"thấy {len(row.cells)} đoạn"
        case Seen.NOT_SEEN:
            left = f"; {_tell_left(row)} không đưa vào" if row.other_time or row.no_time else ""
            return f"{row.seen} ({_tell_held(held)}){left}"
        case Seen.NOT_OF_PERIOD:
            return f"{row.seen} (có {held.ever} văn bản của thời kỳ khác)"
        case _:
            return row.seen.value


def _tell_held(held: Holding) -> str:
    told = [f"đang giữ {held.held} văn bản"] if held.held else []
    told += [f"{held.undated} văn bản không rõ ngày"] if held.undated else []
    told += [f"{held.pages} trang đưa tin"] if held.pages else []
    return ", ".join(told)


def tell_holding(held: Holding) -> str:
    """The denominator in one line: "Kho giữ 12 văn bản của tỉnh (2025: 12); …"."""
    if not held.ever:
        pages = f"; có {held.pages} trang đưa tin" if held.pages else ""
        return f"Kho không giữ văn bản nào của tỉnh{pages}"
    years = ", ".join(f"{year}: {count}" for year, count in held.years)
    told = (
        [f"Kho giữ {held.held} văn bản của tỉnh ({years})"]
        if held.held
        else ["Kho không giữ văn bản nào của tỉnh đúng thời kỳ"]
    )
    told += [f"{held.undated} văn bản không rõ ngày"] if held.undated else []
    if (other := held.ever - held.held - held.undated) > 0:
        told.append(f"{other} văn bản của thời kỳ khác")
    told += [f"{held.pages} trang đưa tin"] if held.pages else []
    told += [f"còn thiếu ít nhất {held.missing} số"] if held.missing else []
    return "; ".join(told)


# --- what must not be mixed


def warnings_on(given: Comparison) -> Iterator[str]:
    """What a reader must know before rows are compared: other times, other areas."""
    yield from _on_times(given)
    yield from _on_areas(given)
    yield from _on_parts(given.rows)
    if given.beside:
        yield f"Câu hỏi nêu {', '.join(given.beside)}; bảng so theo tỉnh, không so riêng các nơi đó."


def notes_on(given: Comparison, *, without_province: int) -> Iterator[str]:
    """Whose words the cells are, and what the collection cannot show."""
    told = {cell.told for row in given.rows for cell in row.cells}
    if told - {Told.OWN, Told.OTHER}:
        yield "Ô ghi “trang đưa tin” là lời của bài báo, không phải nguyên văn văn bản."
    if any(one.elsewhere for one in told):
        yield "Ô ghi “nói tới tỉnh” không phải văn bản của tỉnh ở dòng đó."
    if without_province:
        yield (
            f"Kho còn {without_province} văn bản, trang chưa rõ của tỉnh nào hoặc không của tỉnh nào; "
            "chúng không được tính ở đây."
        )
    if given.dropped:
        yield f"{given.dropped} đoạn không khớp nguyên văn khi kiểm tra lại nên bị bỏ."
    yield "“Không thấy trong kho” không có nghĩa là tỉnh không có: hãy xem kho giữ bao nhiêu văn bản của tỉnh ấy."


def _on_times(given: Comparison) -> Iterator[str]:
    found = [row for row in given.rows if row.cells]
    spans = {row.group.label: tuple(dict.fromkeys(map(_short_time, row.cells))) for row in found}
    if len({frozenset(one) for one in spans.values()}) > 1:
        listed = "; ".join(f"{label}: {', '.join(times)}" for label, times in spans.items())
        yield f"Các dòng không nói về cùng thời gian, không so trực tiếp con số của dòng này với dòng kia. {listed}."
    elif any(len(one) > 1 for one in spans.values()):
        yield "Trong mỗi dòng có đoạn nói về những thời gian khác nhau: xem thời gian ở từng ô."
    if left := [row for row in given.rows if row.other_time or row.no_time]:
        listed = "; ".join(f"{row.group.label}: {_tell_left(row)}" for row in left)
        yield f"Không đưa vào bảng vì không thuộc thời kỳ đang so: {listed}."


def _tell_left(row: Row) -> str:
    told = [f"{row.other_time} đoạn nói về thời gian khác"] if row.other_time else []
    told += [f"{row.no_time} đoạn không rõ thời gian"] if row.no_time else []
    return ", ".join(told)


def _short_time(cell: Cell) -> str:
    if not cell.time.spans:
        return UNKNOWN
    if cell.time.clock is Clock.DAY and (day := cell.time.spans[0].first):
        return f"văn bản năm {day.year}"
    return " và ".join(map(tell_span, cell.time.spans))


def _on_areas(given: Comparison) -> Iterator[str]:
    rows = given.rows
    if several := dict(_by(rows, lambda row: row.group.province)):
        yield (
            f"Cùng một tên mà là những địa bàn khác nhau trước và từ 1/7/2025: {', '.join(several)}. "
            "Các dòng đó để riêng, không cộng với nhau."
        )
    if given.joining is Joining.NOW:
        for row in rows:
            if row.holding.of:
                parts = "; ".join(f"{label}: {count}" for label, count in row.holding.of)
                if len(row.holding.of) == 1:
                    yield f"{row.group.label}: tài liệu trong kho chỉ là của {row.holding.of[0][0]}."
                    continue
                yield (
                    f"{row.group.label}: gộp theo lựa chọn tài liệu của những địa bàn khác nhau ({parts}). "
                    "Mỗi ô ghi rõ là của nơi nào; không so số liệu của một nơi cũ với cả tỉnh hiện nay."
                )
        return
    told = [row for row in rows if row.cells and row.group.unit is not None]
    before = [row for row in rows if row.group.unit is not None and row.group.unit.scheme is Scheme.BEFORE]
    for now, old in _by(before, lambda row: current_province(row.group.province or "")):
        yield (
            f"{', '.join(row.group.label for row in old)} nay cùng một tỉnh {now}; tài liệu vẫn để riêng theo địa "
            "bàn lúc ban hành. Muốn xem chung, chọn gộp theo tỉnh hiện nay."
        )
    wide = [row for row in told if _is_joined(row)]
    if wide and len(wide) < len(told):
        yield (
            f"{', '.join(row.group.label for row in wide)}: địa bàn rộng hơn tỉnh cũ cùng tên, không so trực tiếp số "
            "liệu với tỉnh trước 1/7/2025."
        )


def _on_parts(rows: Sequence[Row]) -> Iterator[str]:
    parted = [row.group.label for row in rows if any(cell.part is not None for cell in row.cells)]
    if parted:
        yield (
            f"Có ô chỉ nói về một huyện hoặc một xã, không phải cả tỉnh: {', '.join(parted)}. "
            "Không lấy số liệu đó làm số liệu của tỉnh."
        )


def _is_joined(row: Row) -> bool:
    unit = row.group.unit
    return unit is not None and unit.scheme is Scheme.AFTER and len(row.group.parts) > 1


def _by(rows: Sequence[Row], read: Callable[[Row], str | None]) -> Iterator[tuple[str, list[Row]]]:
    """The rows that share what is read of them, where several do."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        if (value := read(row)) is not None:
            found.setdefault(value, []).append(row)
    return ((value, several) for value, several in found.items() if len(several) > 1)
