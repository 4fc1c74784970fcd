"""Sources over the hosts of the test site, as objects and as the file that `cancu` reads; and what came of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from corpus.store import Store
from ingest.sources import Source, SourceKind, Start, StartKind, add_source
from tests.portals import Document, HostGold

DOCUMENTS = {"cong-bao"}  # hosts that hold documents; the others are press


def source_of(host: HostGold, **more: object) -> Source:
    """The source over a host of the test site, without a pause of its own."""
    kind = SourceKind.DOCUMENTS if host.name in DOCUMENTS else SourceKind.NEWS
    values: dict[str, object] = {
        "name": host.name,
        "publisher": f"Cổng thử nghiệm {host.name}",
        "kind": kind,
        "starts": tuple(
            Start(kind=StartKind(start.kind), url=start.url, verified="máy chủ thử") for start in host.starts
        ),
        "verified": "máy chủ thử",
        "delay": 0.0,
        "budget": 10_000,
        "private": True,
    }
    return Source(**{**values, **more})  # type: ignore[arg-type]


def write_sources(path: Path, hosts: Iterable[HostGold], **more: object) -> None:
    """The file of sources over some hosts, all enabled, in place of the shipped ones that are."""
    shipped = ("baohatinh", "nhandan", "congbao-chinhphu")
    path.write_text("[enabled]\n" + "".join(f"{name} = false\n" for name in shipped), "utf-8")
    for host in hosts:
        add_source(path, source_of(host, enabled=True, **more))


def held(store: Store, source: str) -> dict[str, str]:
    """Address → text of what the store holds of a source."""
    found = {}
    for row in store.list_documents():
        provenance = store.provenance(row["id"])
        if provenance is not None and provenance.origin.source == source:
            found[row["uri"]] = store.text(row["id"])
    return found


def differences(texts: dict[str, str], gold: Iterable[Document]) -> list[str]:
    """Where what is held differs from what should be: missing, twice, with another text, or not to be held."""
    told: list[str] = []
    expected: set[str] = set()
    for document in gold:
        addresses = {document.url, *document.aliases} & texts.keys()
        expected |= addresses
        if len(addresses) != 1:
            told.append(f"{document.url}: held {len(addresses)} times")
        for address in addresses:
            if " ".join(document.sentence.split()) not in " ".join(texts[address].split()):
                told.append(f"{address}: without its sentence {document.sentence!r}")
    return told + [f"{address}: not to be held" for address in texts.keys() - expected]
