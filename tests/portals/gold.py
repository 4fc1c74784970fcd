"""What a crawl of the test site must bring, and what it must leave alone; written down as JSON and read back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from tests.portals.log import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A page or a file that must be collected, once."""

    url: str  # canonical
    title: str
    sentence: str  # stands in its text, and in no other's
    published_at: str | None = None  # ISO 8601, as the page states it
    parent: str | None = None  # of a file: the address of the page that it hangs on
    aliases: tuple[str, ...] = ()  # other addresses that lead to it


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """A start point of the host: `kind` is the value of a StartKind."""

    kind: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HostGold:
    """One host of the test site."""

    name: str
    base: str  # "http://127.0.0.11:41234"
    starts: tuple[Start, ...]
    documents: tuple[Document, ...]
    never: tuple[str, ...] = ()  # beginnings of addresses that must never be requested
    later: dict[str, tuple[Document, ...]] = field(
        default_factory=dict
    )  # switch: what it brings or changes; (): what is gone
    crawl_delay: float | None = None  # as its robots.txt asks
    doc: str = ""  # of a fault: what goes wrong
    url: str | None = None  # of a fault: the page that it befalls


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """All hosts by their names; faults are hosts of their own."""

    hosts: dict[str, HostGold]
    faults: dict[str, HostGold]
    bases: dict[str, str]  # of every host; "khac" is the one that nobody may go to
    copies: tuple[tuple[str, str], ...]  # addresses of the same story on two hosts
    numbers: tuple[int, ...]  # of the series NN/QĐ-UBND of 2025 that "cong-bao" holds
    gaps: tuple[int, ...]  # of that series

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the log says of a crawl; addresses."""

    missing: tuple[
        str, ...
    ]  # documents that no whole answer (200, 304) was given for, at no address of theirs
    repeated: tuple[str, ...]  # addresses of documents that were sent whole more than once
    forbidden: tuple[str, ...]  # addresses that were requested and must never be


def judge(gold: Gold, hosts: Iterable[HostGold], entries: Iterable[Entry]) -> Verdict:
    """The verdict on the crawl of some hosts. What was sent is counted, not what was stored."""
    hosts, sent, asked = list(hosts), Counter[str](), list[str]()
    for entry in entries:
        url = gold.bases[entry.host] + entry.path
        if entry.path != "/robots.txt":  # what tells that the rest is forbidden is not
            asked.append(url)
        sent[url] += entry.status in (200, 304) and not entry.broken
    documents = [document for host in hosts for document in host.documents]
    never = tuple(beginning for host in hosts for beginning in host.never)
    return Verdict(
        missing=tuple(d.url for d in documents if not any(sent[url] for url in (d.url, *d.aliases))),
        repeated=tuple(url for d in documents for url in (d.url, *d.aliases) if sent[url] > 1),
        forbidden=tuple(sorted({url for url in asked if url.startswith(never)})),
    )


def read_gold(value: dict[str, Any]) -> Gold:
    """The gold that `to_json` wrote."""
    return Gold(
        hosts={name: _read_host(host) for name, host in value["hosts"].items()},
        faults={name: _read_host(host) for name, host in value["faults"].items()},
        bases=value["bases"],
        copies=tuple((a, b) for a, b in value["copies"]),
        numbers=tuple(value["numbers"]),
        gaps=tuple(value["gaps"]),
    )


def _read_host(value: dict[str, Any]) -> HostGold:
    return HostGold(
        **{
            **value,
            "starts": tuple(Start(**start) for start in value["starts"]),
            "documents": _read_documents(value["documents"]),
            "never": tuple(value["never"]),
            "later": {switch: _read_documents(later) for switch, later in value["later"].items()},
        }
    )


def _read_documents(values: list[dict[str, Any]]) -> tuple[Document, ...]:
    return tuple(Document(**{**value, "aliases": tuple(value["aliases"])}) for value in values)
