"""How well documents are read: facts, structure and references against gold, and facts that nobody wrote.

The set is a .jsonl of real documents with `text` and `gold`; the reader sees `id` and `text` alone. Gold is
judged where it has a value; null means "not judged". Known errors of the gold are excluded by a committed list
(document, fact, what the text shows where), and counted.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from corpus.articles import check_articles
from corpus.build import build_document
from corpus.dates import find_dates
from corpus.models import Document, Fact, Facts
from corpus.places import PlaceLevel, find_places
from corpus.reported import find_reported_symbols
from corpus.symbols import find_symbols, symbol_key
from corpus.text import fold, to_nfc
from ingest.models import RawPage
from ingest.readers import read_page

JUDGED = {"symbol": "own_symbol", "type": "type", "issued_on": "date", "issuer": "issuer", "signer": "signer"}
SCORED_KINDS = (
    "official",
    "gazette",
)  # rewritten texts are not verbatim; gold dates of news are of publication
SAMPLE = 200  # documents that are checked for invented facts, picked by SEED
SEED = 20261122
# Values that follow from another fact and its span, not from the letters of their own span.
_DERIVED = frozenset({"level", "system", "issuer_code"})
_ISSUED_BY = re.compile(r"\bdo\s+(?P<issuer>[^,;]{3,80}?)\s+ban hành\s*$")


_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class GoldReference:
    """One annotated mention: offsets into the NFC text of the row, as tests/gold/references describes."""

    start: int
    end: int
    symbol: str
    relation: str
    subject: str


@dataclass(frozen=True, slots=True)
class _Task:
    row: dict[str, Any]
    references: tuple[GoldReference, ...] | None
    sampled: bool


def evaluate_reading(
    path: Path,
    *,
    gold_errors: Path | None = None,
    references: Path | None = None,
    workers: int = 2,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Any]:
    """Counts, rates and every miss with its reason, as one JSON object.

    `gold_errors`: a .tsv of `document, fact, start, end, shows`; `references`: a folder with `<half>.pass1.tsv`.
    """
    rows = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]
    annotated = read_reference_gold(references) if references else {}
    sample = _pick_sample(rows)
    tasks = [_Task(row, annotated.get(row["id"]), row["id"] in sample) for row in rows]
    measured: list[dict[str, Any]] = []
    with ProcessPoolExecutor(workers) as pool:
        for one in pool.map(_measure, tasks, chunksize=4):
            measured.append(one)
            if progress is not None:
                progress(len(measured), len(tasks))
    errors = read_gold_errors(gold_errors) if gold_errors else {}
    return _summarise(measured, errors, _halves(references))


# --- one document -----------------------------------------------------------------------------------------


def _measure(task: _Task) -> dict[str, Any]:
    row = task.row
    document = _read(row)
    return {
        "id": row["id"],
        "kind": row["kind"],
        "facts": list(_judge_facts(document.facts, row.get("gold") or {})),
        "province": _judge_province(document.facts, row),
        "news": _judge_news(document, row),
        "invented": find_invented(document) if task.sampled else None,
        "articles": _count_articles(document),
        "references": _judge_references(document, row, task.references)
        if task.references is not None
        else None,
    }


def _read(row: Mapping[str, Any]) -> Document:
    line = json.dumps({"id": row["id"], "text": row["text"]}, ensure_ascii=False).encode()
    page = RawPage(
        uri=f"file:///{row['id']}",
        content=line,
        sha256=hashlib.sha256(line).hexdigest(),
        media_type="application/json",
        name=row["id"],
    )
    return build_document(page, read_page(page))


def _judge_facts(facts: Facts, gold: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for name, key in JUDGED.items():
        if gold.get(key) is None:
            continue
        fact: Fact | None = getattr(facts, name)
        read = fact.value if fact else None
        yield {
            "fact": name,
            "read": read,
            "gold": gold[key],
            "right": read is not None and _same(name, read, gold[key]),
        }


def _same(name: str, read: str, gold: str) -> bool:
    if name == "symbol":
        return symbol_key(read) == symbol_key(gold)
    if name == "issuer":  # the lists say "Tỉnh Hà Tĩnh" for "Ủy ban nhân dân tỉnh Hà Tĩnh"
        return _words(gold) in _words(read)
    return _words(read) == _words(gold)


def _words(text: str) -> str:
    return " " + " ".join(_WORD.findall(fold(to_nfc(text)))) + " "


def _judge_province(facts: Facts, row: Mapping[str, Any]) -> dict[str, Any] | None:
    """The issuing province against the list title "… do tỉnh X ban hành", where that names one."""
    issued = _ISSUED_BY.search(to_nfc(row.get("title") or ""))
    if issued is None or row["kind"] not in SCORED_KINDS:
        return None
    named = {p.name for p in find_places(issued["issuer"]) if p.level is PlaceLevel.PROVINCE}
    if len(named) != 1:
        return None
    read = facts.province.value if facts.province else None
    return {"read": read, "gold": (gold := named.pop()), "right": read == gold}


def _judge_news(document: Document, row: Mapping[str, Any]) -> dict[str, Any] | None:
    if not row["kind"].startswith("news"):
        return None
    gold = (row.get("gold") or {}).get("reported_symbols") or []
    found = {symbol_key(symbol) for symbol in find_reported_symbols(document)}
    return {
        "own": document.facts.symbol.value if document.facts.symbol else None,
        "reported": gold,
        "missing": [symbol for symbol in gold if symbol_key(symbol) not in found],
    }


def find_invented(document: Document) -> list[dict[str, Any]]:
    """The facts whose span does not carry their value; an honest reader has none."""
    invented = []
    for field in fields(Facts):
        fact = getattr(document.facts, field.name)
        if not isinstance(fact, Fact) or field.name in _DERIVED:
            continue
        shown = document.text[fact.start : fact.end] if fact.start is not None else ""
        if not _carries(field.name, fact.value, shown, document):
            invented.append({"fact": field.name, "value": fact.value, "shown": [fact.start, fact.end]})
    return invented


def _carries(name: str, value: str, shown: str, document: Document) -> bool:
    if name == "symbol":
        return symbol_key(value) in {symbol_key(m.canonical) for m in find_symbols(f"số {shown}")}
    if name in ("issued_on", "effective_on", "expires_on"):
        issued = document.facts.issued_on
        days = {
            found.iso for found in find_dates(re.sub(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)", " ", shown))
        }
        # "có hiệu lực từ ngày ký" says the day of issue
        return value in days or (name == "effective_on" and issued is not None and value == issued.value)
    if name == "type":
        return _words(value) in _words(shown) or _type_follows(value, shown)
    if name == "province":
        return any(value in place.provinces for place in find_places(shown)) or _words(value) in _words(shown)
    return all(word in _words(shown) for word in _words(value).split())


def _type_follows(value: str, shown: str) -> bool:
    """A công văn is known by its number and "V/v" or "Kính gửi"; other types by the code in the number."""
    return value == "Công văn" or bool(find_symbols(f"số {shown}"))


def _count_articles(document: Document) -> dict[str, Any] | None:
    check = check_articles(document.text)
    if not check.found:
        return None
    return {
        "found": check.found,
        "missed": [gap.number for gap in check.missed],
        "lost": [gap.number for gap in check.gaps if gap not in check.missed],
    }


# --- references -------------------------------------------------------------------------------------------


def read_reference_gold(folder: Path) -> dict[str, tuple[GoldReference, ...]]:
    """The annotated mentions of every document of the folder's scored passes, in text order."""
    found: dict[str, list[GoldReference]] = {}
    halves: dict[str, list[str]] = json.loads((folder / "halves.json").read_text("utf-8"))
    for half, ids in halves.items():
        for identity in ids:
            found.setdefault(identity, [])
        lines = (folder / f"{half}.pass1.tsv").read_text("utf-8").splitlines()
        for line in lines[1:]:
            identity, start, end, symbol, relation, subject, _ = line.split("\t")
            found[identity].append(GoldReference(int(start), int(end), symbol, relation, subject))
    return {identity: tuple(rows) for identity, rows in found.items()}


def _halves(folder: Path | None) -> dict[str, list[str]]:
    if folder is None:
        return {}
    halves: dict[str, list[str]] = json.loads((folder / "halves.json").read_text("utf-8"))
    return halves


def _judge_references(
    document: Document, row: Mapping[str, Any], gold: Sequence[GoldReference]
) -> dict[str, Any]:
    """Mentions matched by place and number; relations judged on the matched ones and counted on all."""
    places = _Places(to_nfc(row["text"]), document)
    own = document.facts.symbol.value if document.facts.symbol else None
    read = [(places.of_text(r.symbol_start), r) for r in document.references]
    placed = [(places.of_row(g.start), g) for g in gold]
    # A mention in a part that is cut (a portal's notice) is no mention of the document.
    open_gold = [(place, wanted) for place, wanted in placed if place is not None]
    missing, relation_misses, right, relations = [], [], 0, 0
    for place, wanted in open_gold:
        at = next(
            (
                i
                for i, (p, r) in enumerate(read)
                if abs(p - place) <= 4 and _same_symbol(r.symbol, wanted.symbol)
            ),
            None,
        )
        if at is None:
            missing.append({"start": wanted.start, "symbol": wanted.symbol})
            continue
        _, reference = read.pop(at)
        right += 1
        got = (reference.relation.value if reference.relation else "refers_to", reference.subject or "self")
        want = (wanted.relation, wanted.subject)
        if got[0] == want[0] and _same_subject(got[1], want[1], own):
            relations += 1
        else:
            relation_misses.append(
                {"start": wanted.start, "symbol": wanted.symbol, "read": got, "gold": want}
            )
    return {
        "gold": len(open_gold),
        "in_cut_parts": len(gold) - len(open_gold),
        "read": len(document.references),
        "right": right,
        "relations_right": relations,
        "missing": missing,
        "extra": [{"symbol": r.symbol, "at": r.symbol_start} for _, r in read],
        "relation_misses": relation_misses,
    }


def _same_symbol(read: str, gold: str) -> bool:
    return symbol_key(read) == symbol_key(gold) or _words(read) == _words(gold)


def _same_subject(read: str, gold: str, own: str | None) -> bool:
    names = {"self", own} if own else {"self"}
    return symbol_key(read) == symbol_key(gold) or (read in names and gold in names)


class _Places:
    """Places in the row's text and in the document's text, both as counts of characters that are kept."""

    def __init__(self, row_text: str, document: Document) -> None:
        raw = document.raw_text
        self._kept = bytearray(b"\x01") * (len(raw) + 1)
        for cut in document.cuts:
            self._kept[cut.start : cut.end] = bytes(cut.end - cut.start)
        self._row_counts = _count_kept(to_nfc(raw), self._kept if to_nfc(raw) == raw else None)
        self._text_counts = _count_kept(document.text, None)
        self._same = to_nfc(raw) == row_text

    def of_row(self, offset: int) -> int | None:
        if self._same and not self._kept[offset]:
            return None
        return self._row_counts[offset]

    def of_text(self, offset: int) -> int:
        return self._text_counts[offset]


def _count_kept(text: str, kept: bytearray | None) -> list[int]:
    counts, total = [], 0
    for i, character in enumerate(text):
        counts.append(total)
        total += not character.isspace() and (kept is None or bool(kept[i]))
    counts.append(total)
    return counts


# --- the whole set ----------------------------------------------------------------------------------------


def read_gold_errors(path: Path) -> dict[tuple[str, str], str]:
    """(document, fact) → what the text shows instead of the gold value."""
    lines = path.read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines[1:] if line.strip()]
    return {(row[0], row[1]): row[4] for row in rows}


def _pick_sample(rows: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    ids = sorted(row["id"] for row in rows)
    return frozenset(random.Random(SEED).sample(ids, min(SAMPLE, len(ids))))


def _summarise(
    measured: Sequence[dict[str, Any]],
    errors: Mapping[tuple[str, str], str],
    halves: Mapping[str, Sequence[str]],
) -> dict[str, Any]:
    scored = [one for one in measured if one["kind"] in SCORED_KINDS]
    rewritten = [
        one for one in measured if one["kind"] not in SCORED_KINDS and not one["kind"].startswith("news")
    ]
    return {
        "documents": dict(Counter(one["kind"] for one in measured)),
        "facts": _rate_facts(scored, errors),
        "facts_unscored_kinds": _rate_facts(rewritten, {}),
        "province": _rate([one["province"] for one in scored if one["province"]]),
        "news": _rate_news(measured),
        "invented": _sum_invented(measured),
        "structure": _sum_articles(measured),
        "references": _rate_references(measured, halves),
        "misses": list(_list_misses(scored, errors)),
        "excluded": [
            {
                "document": one["id"],
                "fact": judged["fact"],
                "gold": judged["gold"],
                "shows": errors[one["id"], judged["fact"]],
            }
            for one in scored
            for judged in one["facts"]
            if (one["id"], judged["fact"]) in errors
        ],
    }


def _rate_facts(
    measured: Sequence[dict[str, Any]], errors: Mapping[tuple[str, str], str]
) -> dict[str, dict[str, Any]]:
    rates = {}
    for name in JUDGED:
        judged = [(one["id"], j) for one in measured for j in one["facts"] if j["fact"] == name]
        kept = [j for identity, j in judged if (identity, name) not in errors]
        rates[name] = {
            **_rate(kept),
            "missing": sum(j["read"] is None for j in kept),
            "excluded": len(judged) - len(kept),
            "rate_without_exclusion": _rate([j for _, j in judged])["rate"],
        }
    return rates


def _rate(judged: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    right = sum(bool(one["right"]) for one in judged)
    return {"judged": len(judged), "right": right, "rate": round(right / len(judged), 4) if judged else None}


def _rate_news(measured: Sequence[dict[str, Any]]) -> dict[str, Any]:
    pages = [one["news"] | {"id": one["id"], "kind": one["kind"]} for one in measured if one["news"]]
    reporting = [page for page in pages if page["reported"]]
    return {
        "pages": len(pages),
        "own_symbol_on_plain_news": [
            {"id": p["id"], "own": p["own"]} for p in pages if p["kind"] == "news" and p["own"]
        ],
        "own_symbol_with_full_text": sum(bool(p["own"]) for p in pages if p["kind"] != "news"),
        "reporting": len(reporting),
        "found": sum(not page["missing"] for page in reporting),
        "rate": round(sum(not page["missing"] for page in reporting) / len(reporting), 4)
        if reporting
        else None,
        "misses": [{"id": p["id"], "missing": p["missing"]} for p in reporting if p["missing"]],
    }


def _sum_invented(measured: Sequence[dict[str, Any]]) -> dict[str, Any]:
    checked = [one for one in measured if one["invented"] is not None]
    return {
        "checked": len(checked),
        "invented": [{"document": one["id"], **fact} for one in checked for fact in one["invented"]],
    }


def _sum_articles(measured: Sequence[dict[str, Any]]) -> dict[str, Any]:
    with_articles = [one for one in measured if one["articles"] and not one["kind"].startswith("news")]
    return {
        "documents": len(with_articles),
        "articles": sum(one["articles"]["found"] for one in with_articles),
        "gaps_of_the_text": sum(len(one["articles"]["lost"]) for one in with_articles),
        "gaps_of_ours": [
            {"document": one["id"], "missed": one["articles"]["missed"]}
            for one in with_articles
            if one["articles"]["missed"]
        ],
        "table": [
            {"document": one["id"], "articles": one["articles"]["found"], "lost": one["articles"]["lost"]}
            for one in with_articles
        ],
    }


def _rate_references(
    measured: Sequence[dict[str, Any]], halves: Mapping[str, Sequence[str]]
) -> dict[str, Any] | None:
    judged = {one["id"]: one["references"] for one in measured if one["references"] is not None}
    if not judged:
        return None
    parts = {
        "all": list(judged),
        **{f"half {half}": [i for i in ids if i in judged] for half, ids in halves.items()},
    }
    return {
        **{name: _rate_mentions([judged[i] for i in ids]) for name, ids in parts.items()},
        "details": {
            identity: {key: one[key] for key in ("missing", "extra", "relation_misses")}
            for identity, one in judged.items()
            if one["missing"] or one["extra"] or one["relation_misses"]
        },
    }


def _rate_mentions(judged: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    rows = list(judged)
    gold, read, right, relations = (
        sum(one[key] for one in rows) for key in ("gold", "read", "right", "relations_right")
    )
    return {
        "documents": len(rows),
        "gold": gold,
        "in_cut_parts": sum(one["in_cut_parts"] for one in rows),
        "read": read,
        "symbol_precision": round(right / read, 4) if read else None,
        "symbol_recall": round(right / gold, 4) if gold else None,
        "relation_precision": round(relations / read, 4) if read else None,
        "relation_recall": round(relations / gold, 4) if gold else None,
    }


def _list_misses(
    measured: Sequence[dict[str, Any]], errors: Mapping[tuple[str, str], str]
) -> Iterator[dict[str, Any]]:
    for one in measured:
        for judged in one["facts"]:
            if judged["right"] or (one["id"], judged["fact"]) in errors:
                continue
            reason = "not read" if judged["read"] is None else "read otherwise"
            yield {
                "document": one["id"],
                "fact": judged["fact"],
                "read": judged["read"],
                "gold": judged["gold"],
                "reason": reason,
            }
        if one["province"] and not one["province"]["right"]:
            yield {"document": one["id"], "fact": "province", **one["province"], "reason": "province"}


def describe_reading(report: Mapping[str, Any]) -> Iterator[str]:
    """The report as Vietnamese lines for a terminal."""
    names = {
        "symbol": "số, ký hiệu",
        "type": "loại",
        "issued_on": "ngày",
        "issuer": "cơ quan",
        "signer": "người ký",
    }
    for name, label in names.items():
        rate = report["facts"][name]
        yield (
            f"{label}: đúng {rate['right']}/{rate['judged']} ({_percent(rate['rate'])}); "
            f"bỏ {rate['excluded']} nhãn sai (kể cả chúng: {_percent(rate['rate_without_exclusion'])})"
        )
    province, news, invented, structure = (
        report[key] for key in ("province", "news", "invented", "structure")
    )
    yield f"tỉnh ban hành: đúng {province['right']}/{province['judged']} ({_percent(province['rate'])})"
    yield f"tin: tìm thấy văn bản được đưa tin ở {news['found']}/{news['reporting']} trang ({_percent(news['rate'])})"
    yield f"tin thường mang số riêng: {len(news['own_symbol_on_plain_news'])}"
    yield f"dữ kiện không có trong văn bản: {len(invented['invented'])} (kiểm {invented['checked']} văn bản)"
    missed = sum(len(one["missed"]) for one in structure["gaps_of_ours"])
    yield (
        f"cấu trúc: {structure['documents']} văn bản, {structure['articles']} điều; "
        f"thiếu do văn bản {structure['gaps_of_the_text']}, do đọc sót {missed}"
    )
    for name, rate in (report["references"] or {}).items():
        if name != "details":
            yield (
                f"dẫn chiếu ({name}): số P {_percent(rate['symbol_precision'])} R {_percent(rate['symbol_recall'])}; "
                f"quan hệ P {_percent(rate['relation_precision'])} R {_percent(rate['relation_recall'])}"
            )
    yield f"Sai, sót ({len(report['misses'])}):"
    for miss in report["misses"]:
        yield f"  – {miss['document']}, {miss['fact']}: đọc {miss['read']!r}, nhãn {miss['gold']!r}"


def _percent(rate: float | None) -> str:
    return "không đo" if rate is None else f"{100 * rate:.1f}%"
