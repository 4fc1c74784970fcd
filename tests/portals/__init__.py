"""A web of our own on loopback, with faults, and what a crawl of it must bring.

with serve_portals() as portals:                     # in this process
    portals.gold.hosts["bao"].documents              # what must be collected
    portals.fault("retry-after").url                 # a page that first answers 429
    portals.turn("changed")                          # the site changes between two crawls
    portals.log.of("bao")                            # what was requested, when
    judge(portals.gold, [host], portals.log.of())    # what is missing, was fetched twice, is forbidden

with spawn_portals(size="full") as portals: …        # the same, in a process of its own
"""

from __future__ import annotations

from tests.portals.gold import Document, Gold, HostGold, Start, Verdict, judge
from tests.portals.log import Entry, Log, read_log
from tests.portals.portals import Portals, serve_portals
from tests.portals.remote import RemotePortals, spawn_portals

__all__ = [
    "Document",
    "Entry",
    "Gold",
    "HostGold",
    "Log",
    "Portals",
    "RemotePortals",
    "Start",
    "Verdict",
    "judge",
    "read_log",
    "serve_portals",
    "spawn_portals",
]
