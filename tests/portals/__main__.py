"""`python -m tests.portals`: the test site in a process of its own, until SIGTERM, ^C or the end of its parent."""

from __future__ import annotations

import argparse
import json
import os
import signal
import threading
from pathlib import Path

from tests.portals.portals import serve_portals


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.portals", description=__doc__)
    parser.add_argument("--size", choices=("small", "full"), default="small")
    parser.add_argument(
        "--crawl-delay", type=float, default=0.05, help="seconds, in robots.txt of the host bao"
    )
    parser.add_argument("--log", type=Path, help="file for a line of JSON per finished request")
    parser.add_argument(
        "--print-json", action="store_true", help="gold and control address as one line of JSON"
    )
    options = parser.parse_args()
    ended, parent = threading.Event(), os.getppid()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    with serve_portals(options.size, crawl_delay=options.crawl_delay, log=options.log) as portals:
        if options.print_json:
            print(json.dumps({"control": portals.control, "gold": portals.gold.to_json()}), flush=True)
        else:
            for host in (*portals.gold.hosts.values(), *portals.gold.faults.values()):
                print(f"{host.name:28} {host.base}  {host.doc}", flush=True)
            print(f"{'control':28} {portals.control}", flush=True)
        while not ended.wait(0.5) and os.getppid() == parent:
            pass


if __name__ == "__main__":
    main()
