"""What a heading or opening line says of all that stands under it: that it is aimed at, reached, and until when."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.indicator_cues import aims, is_norm
from corpus.lines import TextLine
from corpus.quantities import find_quantities
from corpus.stated_times import find_stated_times

_LABEL = re.compile(
    r"(?P<roman>[IVX]{1,5}\\?[.)-]|Phần|Chương)|(?P<dieu>Điều\s+\d)|(?P<deep>\d{1,2}\.\d{1,2})|(?P<arabic>\d{1,2}\\?[.)-])"
    r"|(?P<letter>[a-zđ]\))|(?P<dash>\\?[-–+•*])"  # with the backslash that Markdown escapes a mark by
)
_RANKS = {"roman": 1, "dieu": 2, "arabic": 3, "deep": 4, "letter": 5, "dash": 6}
NO_LABEL = 7
# A heading that names aims and nothing of how they were met: "2. Mục tiêu cụ thể", "II. CHỈ TIÊU CHỦ YẾU".
_AIMS = re.compile(
    r"(?<!chương\s)(?<!trình\s)(?<!\w)(?:mục\s+tiêu(?!\s+(?:quốc\s+gia|đề\s+ra))|chỉ\s+tiêu(?!\s+(?:chất\s+lượng|kỹ\s+thuật|đánh\s+giá|thống\s+kê|phân\s+tích|tuyển\s+sinh)))",
    re.IGNORECASE,
)
_MARKS = re.compile(r"\A(?:[#>]+\s*|\*\*)+")  # of Markdown, before a label
# Under these words a plan speaks no longer of its aims.
_TURNS = re.compile(
    r"(?<!\w)(?:nhiệm\s+vụ|giải\s+pháp|tổ\s+chức\s+thực\s+hiện|kinh\s+phí|quan\s+điểm|yêu\s+cầu|kết\s+quả|thực\s+trạng|tình\s+hình|hạn\s+chế)(?!\w)",
    re.IGNORECASE,
)
_RESULTS = re.compile(
    r"(?<!\w)(?:kết\s+quả\s+(?:đạt\s+được|thực\s+hiện)|thực\s+trạng|hiện\s+trạng|đánh\s+giá\s+(?:chung|tình\s+hình|kết\s+quả)|tình\s+hình\s+thực\s+hiện)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Section:
    """What holds for the lines under a heading of a rank; 0 is a heading without label, which holds for all ranks."""

    rank: int = 99
    target: bool = False
    told: bool = False  # what was reached is told here
    period: str | None = None


def rank_of(words: str) -> int:
    """How deep a line stands by its label: 1 is a Roman number, `NO_LABEL` a line without one."""
    label = _LABEL.match(_MARKS.sub("", words, count=1))
    return _RANKS[label.lastgroup or "dash"] if label else NO_LABEL


def enter_section(section: Section, line: TextLine, year: int | None) -> Section:
    """The section that a line stands in, or opens; `year`: of the document."""
    words = _MARKS.sub("", line.text, count=1)
    rank = rank_of(words)
    opens = words.endswith(":") or (len(words) <= 120 and words[-1:] not in ".;,")
    above = section if _stays(section, words, rank, opens) else Section()
    figures = [quantity.end for quantity in find_quantities(words)]
    if figures and words.endswith(":"):
        words = words[max(figures) :]  # "…, đạt 100%, phấn đấu cụ thể như sau:" opens a list all the same
        if not aims(words):
            return above
    elif not opens or figures:
        return above
    told = _RESULTS.search(words) is not None and not aims(words)
    target = (
        not told
        and (aims(words) or (len(words) <= 80 and _AIMS.search(words) is not None))
        and not is_norm(words)
    )
    times = find_stated_times(words, 0, len(words), year=year)
    ahead = [time for time in times if time.until and (year is None or time.last_year > year)]
    if told:
        past = [t.label for t in times if year is None or t.last_year <= year]
        return Section(rank % NO_LABEL, told=True, period=past[-1] if past else above.period)
    if not target and not ahead:
        return above
    period = ahead[-1].label if ahead else above.period
    if target and above.rank == 99:
        return Section(rank % NO_LABEL, target=True, period=period)
    return replace(above, rank=min(rank, above.rank), target=True, period=period)


def _stays(section: Section, words: str, rank: int, opens: bool) -> bool:
    if section.rank == 0:
        return not (opens and (rank < _RANKS["arabic"] or _TURNS.search(words)))
    return rank > section.rank or (rank == NO_LABEL and not opens)
