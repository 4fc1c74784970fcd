"""What a crawl of the test site must bring, and what it must leave alone; written down as JSON and read back."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


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
    copies: tuple[tuple[str, str], ...]  # addresses of the same story on two hosts
    numbers: tuple[int, ...]  # of the series NN/QĐ-UBND of 2025 that "cong-bao" holds
    gaps: tuple[int, ...]  # of that series

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def read_gold(value: dict[str, Any]) -> Gold:
    """The gold that `to_json` wrote."""
    return Gold(
        hosts={name: _read_host(host) for name, host in value["hosts"].items()},
        faults={name: _read_host(host) for name, host in value["faults"].items()},
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
