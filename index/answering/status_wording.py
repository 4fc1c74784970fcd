"""The Vietnamese sentence that leads a status in; its numbers and days are those of the finding's evidence."""

from __future__ import annotations

from datetime import date

from index.answering.findings import Finding, Standing


def say_standing(finding: Finding, symbol: str, *, as_of: date) -> str:
    """How a document stands on a day, in one sentence that says no more than the evidence of STATUS.

    Raises ValueError for a finding without a standing.
    """
    if finding.standing is None:
        raise ValueError(
            f"Không có tình trạng hiệu lực nào để nói về {symbol}; hãy tìm FactKind.STATUS trước."
        )
    acts = [one for one in finding.symbols if one != symbol]
    if finding.standing is Standing.SUSPENDED:
        acts = acts[:1]  # the others are what applies meanwhile
    by = ", ".join(acts)
    since = f" từ {_in_words(finding.since)}" if finding.since else ""
    told = f" theo {by}" if by else ""
    match finding.standing:
        case Standing.ENDED:
            return f"{symbol} đã hết hiệu lực{since}{told}."
        case Standing.SUSPENDED:
            return f"{symbol} bị tạm ngưng hiệu lực{told}."
        case Standing.IN_FORCE_UNTIL:
            until = since or " sau ngày đó"
            return f"Vào {_in_words(as_of.isoformat())}, {symbol} còn hiệu lực; văn bản này hết hiệu lực{until}{told}."
        case Standing.NOT_YET:
            return f"Vào {_in_words(as_of.isoformat())}, {symbol} chưa có hiệu lực; văn bản này có hiệu lực{since}."
        case Standing.PARTLY:
            return f"{symbol} đã bị bãi bỏ hoặc thay thế một phần{told}."
        case Standing.AMENDED:
            return f"{symbol} đã được sửa đổi, bổ sung{told}."
        case Standing.STARTED:
            return f"{symbol} có hiệu lực{since}; kho không có văn bản nào chấm dứt hiệu lực của văn bản này."
        case Standing.CITED:
            day = f", {_in_words(finding.since)}" if finding.since else ""
            return f"Kho không có văn bản nào chấm dứt hiệu lực của {symbol}; văn bản gần nhất lấy nó làm căn cứ{day}."


def _in_words(day: str) -> str:
    year, month, number = day.split("-")
    return f"ngày {int(number)}/{int(month)}/{year}"
