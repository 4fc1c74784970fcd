"""Who orders something, by the words before the verb: "Thủ tướng Chính phủ yêu cầu …", "Giao Sở Y tế …"."""

from __future__ import annotations

import re

from corpus.actors import begins_with_verb, read_actor

ORDER = re.compile(
    r"(?<!\w)(?P<verb>[Yy]êu cầu|[Gg]iao(?!\s+(?:đất|dịch|thông))|[Cc]hỉ đạo|[Pp]hân công|[Đđ]ề nghị|[Kk]iến nghị|nêu rõ)\s+(?=\S)"
)
_SUPERIOR = re.compile(
    r"(?:Thủ tướng|Phó Thủ tướng|Chính phủ|Chủ tịch|UBND|Ủy ban nhân dân|Bộ Chính trị|Ban Bí thư|Bộ trưởng|Công điện|Chỉ thị|Tỉnh ủy|Ban Thường vụ|Quốc hội"
    r"|Bộ (?=[A-ZĐ])|Sở (?=[A-ZĐ]))"
)
_SUBORDINATE = re.compile(
    r"(?:Tuy nhiên|Do (?:vậy|đó)|Vì vậy|Để|Nhằm|Trước (?:tình hình|thực trạng)|Trong bối cảnh|Trên cơ sở|Căn cứ|Đối với|Từ (?:thực|tình)|Theo(?! dõi))(?!\w).*,",
    re.DOTALL,
)
_DONE = re.compile(r"(?<!\w)(?:đã|từng|đang)(?!\w)")


def gives_order(before: str, verb: str, *, reports: bool, norms: bool) -> bool:
    """Whether the words before the verb name who orders; in a document he need not be named.

    `reports`: of a page that tells of a document; `norms`: of a text of norms.
    """
    before = before.strip(" “\"'")
    if not before and norms and verb != "Giao":
        return False  # "b) Yêu cầu Tòa án giải quyết" is a right of the parties
    # "Để thúc đẩy xuất khẩu, Thủ tướng Chính phủ yêu cầu …", "Do vậy, đề nghị …"
    if _SUBORDINATE.match(before):
        before = before.rpartition(",")[2].strip()
    if not before:
        # a page that reports says so of what it reports: "Giao Sở X …"
        return verb in ("Giao", "Yêu cầu") if reports else verb.lower() not in ("chỉ đạo", "phân công")
    if len(before) > 160 or _DONE.search(before):
        return False
    if reports:
        told = verb.lower() not in ("đề nghị", "kiến nghị") and not begins_with_verb(before, 0)
        return told and _SUPERIOR.search(before) is not None
    if verb.lower() in ("chỉ đạo", "phân công"):  # a body with its own duty: to direct others
        return False
    return _SUPERIOR.match(before) is not None and read_actor(before, 0, len(before)) is not None
