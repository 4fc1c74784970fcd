"""What a page says of who implements whom, kept to what belongs to the task of the document.

A document says it of itself in its subject and in its opening ("Thực hiện …", "Căn cứ …"), a decree or a
circular in its first article too; of two others it, or a news page, says it in one clause ("Kế hoạch số … triển
khai thực hiện Nghị quyết số …"). A căn cứ counts only where nothing stronger is said and where it is about the
same thing: never a law of organisation, rules of procedure or the paper that proposed it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from corpus.models import Document, DocumentKind, Passage, Reference, Relation
from corpus.symbols import symbol_key
from corpus.text import fold
from index.authority import type_code

BINDING = frozenset({Relation.IMPLEMENTS, Relation.GUIDES, Relation.BASED_ON})
_STRONG = frozenset({Relation.IMPLEMENTS, Relation.GUIDES})
_OPENING = "Phần mở đầu"
_SHORT_PAGE = 3  # paragraphs of a letter without parts that open it
_CLAUSE_END = re.compile(r"[;\n]")
# A short document is one passage: "Phần mở đầu – Nơi nhận".
_BODY = re.compile(r"^(?:Điều 1\b|Chương I\b|I\.|A\.|1\.|QUYẾT (?:ĐỊNH|NGHỊ)\s*:)", re.MULTILINE)
_BASED = re.compile(r"\W*căn\s+cứ", re.IGNORECASE)
_SAYS_WHAT = re.compile(
    r"căn\s+cứ|thực\s+hiện|triển\s+khai|thi\s+hành|hướng\s+dẫn|quy\s+định\s+chi\s+tiết|cụ\s+thể|quán\s+triệt|theo",
    re.IGNORECASE,
)
_LONGEST_LIST = 3_000  # characters
_PROPOSED = re.compile(r"\W*(?:theo|xét)\s+(?:đề\s+nghị|tờ\s+trình|ý\s+kiến|báo\s+cáo)", re.IGNORECASE)
_DETAILS = re.compile(
    r"(?:nghị định|thông tư|quyết định|nghị quyết|quy định|hướng dẫn)\s+này\s+(?:quy định chi tiết|hướng dẫn)",
    re.IGNORECASE,
)
_GUIDING_SUBJECT = re.compile(r"\W*(?:về\s+)?(?:quy định chi tiết|hướng dẫn)", re.IGNORECASE)
_DOING_SUBJECT = re.compile(r"\W*(?:về\s+)?(?:kế hoạch\s+)?(?:triển khai|thực hiện|cụ thể h)", re.IGNORECASE)
# What founds the power to issue a document, or how it is issued, and says nothing of its task. Folded.
_PROCEDURE = re.compile(
    r"(?:luat|nghi quyet|nghi dinh)[^;]{0,40} to chuc (?:chinh|quoc hoi|hoi dong|toa an|vien kiem sat)"
    r"|co cau to chuc|chuc nang, nhiem vu|quy che (?:lam viec|to chuc)|ban hanh van ban quy pham"
    r"|cong tac van thu|the thuc van ban|ky hop thu|bau (?:cu|chu tich)|mien nhiem|phan cong (?:nhiem vu|cong tac)"
    r"|sap xep (?:cac )?don vi hanh chinh|kiem soat thu tuc hanh chinh|co che mot cua"
)
# "Kết luận số 21-KL/TW về xây dựng Đảng gắn với thực hiện Chỉ thị số …": both are carried out side by side.
_BESIDE = re.compile(r"(?:(?!thực\s+hiện|triển\s+khai)[^;\n])*?(?<!\w)gắn\s+với(?!\w)", re.IGNORECASE)
_PAPERS = frozenset({"TTr", "BC", "CV", "TB", "CĐ"})  # they carry no task of their own
_COMMON = frozenset(
    "quy dinh|mot so|so dieu|huong dan|thi hanh|sua doi|bo sung|tren dia|dia ban|giai doan|thu tuong|chinh phu"
    "|nghi dinh|nghi quyet|quyet dinh|thong tu|chi thi|ke hoach|trien khai|thuc hien|ban hanh|chi tiet|cua chinh"
    "|viet nam|phe duyet|chuong trinh|nhan dan|uy ban|hoi dong|den nam|dinh huong|quan ly|nha nuoc|cong tac|noi dung"
    "|co che|chinh sach|bien phap|to chuc|cua luat|quoc hoi|dieu cua|dieu chinh|danh muc|linh vuc|dia phuong".split(
        "|"
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """`text[start:end]` of the page says that `lower` implements, guides or is based on `upper`."""

    lower: Reference | None  # None: the page itself
    upper: Reference
    relation: Relation
    start: int
    end: int
    rank: int  # the lower, the weightier the words


def read_ties(document: Document) -> tuple[Said, ...]:
    """All that a page says of this kind, the weightiest words first."""
    own = list(_of_itself(document))
    strong = any(said.relation in _STRONG for said in own)
    kept = [s for s in own if s.relation in _STRONG or (not strong and _is_of_task(document, s))]
    return tuple(sorted((*kept, *_of_others(document)), key=lambda said: said.rank))


def clause_around(text: str, reference: Reference) -> tuple[int, int]:
    """The stretch between semicolons and line ends with a mention."""
    return _clause(text, reference.start, reference.end)


# --- what it says of itself


def _of_itself(document: Document) -> Iterator[Said]:
    facts = document.facts
    if facts.kind is not DocumentKind.OFFICIAL or facts.symbol is None:
        return
    if facts.symbol.value.split("/")[-1].startswith("VBHN"):
        return  # a consolidation repeats what the act that it consolidates says
    own = symbol_key(facts.symbol.value)
    first_in_clause: set[int] = set()
    for reference in document.references:
        low, _ = clause_around(document.text, reference)
        first = low not in first_in_clause
        first_in_clause.add(low)
        if reference.symbol.startswith("?") or symbol_key(reference.symbol) == own:
            continue
        if reference.subject is not None and symbol_key(reference.subject) != own:
            continue
        found = _read_own(document, reference, first=first)
        if found is not None:
            relation, rank = found
            yield Said(
                lower=None,
                upper=reference,
                relation=relation,
                start=_lead_in(document.text, reference),
                end=reference.end,
                rank=rank,
            )


def _lead_in(text: str, reference: Reference) -> int:
    """Where the words begin that say what is done with a document of a list ("Căn cứ A; B; C")."""
    low, _ = clause_around(text, reference)
    while not _SAYS_WHAT.search(text, low, reference.start):
        before = text[:low].rstrip()
        if not before.endswith(";") or reference.start - low > _LONGEST_LIST:
            return reference.start
        low = max(before.rfind(";", 0, len(before) - 1), before.rfind("\n")) + 1
    if low >= clause_around(text, reference)[0]:
        return reference.start
    return low + len(text[low:]) - len(text[low:].lstrip())


def _read_own(document: Document, reference: Reference, *, first: bool) -> tuple[Relation, int] | None:
    """(how the document stands to what it mentions, how weighty the place is); None: it is no link."""
    relation = reference.relation
    title = document.facts.title
    if title is not None and (title.start or 0) <= reference.start and reference.end <= (title.end or 0):
        return _read_in_title(document.text[title.start : reference.start], relation, first=first)
    passage = next((p for p in document.passages if p.start <= reference.symbol_start < p.end), None)
    if passage is None or relation not in BINDING:
        return None
    low, _ = clause_around(document.text, reference)
    if _is_first_article(passage):
        details = _DETAILS.search(document.text, low, reference.start)
        return (Relation.GUIDES, 2) if relation is Relation.GUIDES and details else None
    if not _is_opening(passage) or _BODY.search(document.text, passage.start, low):
        return None
    return _read_in_opening(document.text, reference, low, first=first)


def _read_in_title(before: str, relation: Relation | None, *, first: bool) -> tuple[Relation, int] | None:
    if relation in (Relation.IMPLEMENTS, Relation.GUIDES):
        return relation, 1
    if relation is not Relation.REFERS_TO or not first:
        return None
    if _GUIDING_SUBJECT.match(before):
        return Relation.GUIDES, 1
    return (Relation.IMPLEMENTS, 1) if _DOING_SUBJECT.match(before) else None


def _read_in_opening(
    text: str, reference: Reference, low: int, *, first: bool
) -> tuple[Relation, int] | None:
    line = text.rfind("\n", 0, reference.start) + 1
    if _PROPOSED.match(text, low) or _PROPOSED.match(text, line):
        return None
    if _BASED.match(text, line) or reference.relation is Relation.BASED_ON:
        # In "Căn cứ A hướng dẫn thi hành B" the second stands in the name of the first.
        return (Relation.BASED_ON, 5) if first or reference.relation is Relation.BASED_ON else None
    return (reference.relation, 0) if reference.relation is not None else None


def _is_opening(passage: Passage) -> bool:
    head = passage.path[0]
    return head.startswith(_OPENING) or (head.startswith("đoạn ") and passage.ordinal < _SHORT_PAGE)


def _is_first_article(passage: Passage) -> bool:
    return "Điều 1" in passage.path


def _is_of_task(document: Document, said: Said) -> bool:
    """Whether a căn cứ is about what the document is about."""
    if said.relation is not Relation.BASED_ON:
        return True
    low, high = clause_around(document.text, said.upper)
    words = fold(" ".join(document.text[low:high].split()))
    about = fold(" ".join(_subject_of(document).split()))
    if type_code(said.upper.symbol) in _PAPERS:
        return False
    if _PROCEDURE.search(words) and not _PROCEDURE.search(about):
        return False
    return bool(_pairs(words) & _pairs(about))


def _subject_of(document: Document) -> str:
    """Its subject; where none was read, the lines between its number and the first document that it names."""
    title, symbol = document.facts.title, document.facts.symbol
    if title is not None:
        return title.value
    start = symbol.end if symbol is not None and symbol.end is not None else 0
    own = symbol_key(symbol.value) if symbol is not None else ""
    named = (r.start for r in document.references if r.start >= start and symbol_key(r.symbol) != own)
    end = document.text.rfind("\n", start, next(named, start))
    return document.text[start : max(start, end)]


def _pairs(words: str) -> set[str]:
    """Neighbouring syllables, which is what most Vietnamese words are, without those of every title."""
    syllables = re.findall(r"[^\W\d_]+", words)
    return {f"{a} {b}" for a, b in pairwise(syllables)} - _COMMON


# --- what it says of two others


def _of_others(document: Document) -> Iterator[Said]:
    own = document.facts.symbol
    news = document.facts.kind is DocumentKind.NEWS
    for reference in document.references:
        subject = reference.subject
        if subject is None or reference.relation not in _STRONG or "?" in (subject[0], reference.symbol[0]):
            continue
        if own is not None and symbol_key(subject) == symbol_key(own.value):
            continue
        named = _last_before(document, subject, reference)
        if named is not None and not _BESIDE.match(document.text, named.end, reference.start):
            yield Said(
                lower=named,
                upper=reference,
                relation=reference.relation,
                start=named.start,
                end=reference.end,
                rank=4 if news else 3,
            )


def _last_before(document: Document, subject: str, reference: Reference) -> Reference | None:
    """The mention of the subject in the clause of a reference."""
    low, _ = clause_around(document.text, reference)
    key = symbol_key(subject)
    found = [
        r
        for r in document.references
        if low <= r.start and r.end <= reference.start and symbol_key(r.symbol) == key
    ]
    return found[-1] if found and symbol_key(reference.symbol) != key else None


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    low = max(text.rfind(";", 0, start), text.rfind("\n", 0, start)) + 1
    stop = _CLAUSE_END.search(text, end)
    return low, stop.start() if stop else len(text)
