"""How a crawl goes: its memory, whether reading keeps up with fetching, what a later run costs.

    python bench/crawl.py [--pages 5000] [--polite 30] [--split 500] [--data ../shared/data] [--out F]

The test site (tests/portals, "full": 5,000 pages known by sitemap) runs in a process of its own. `cancu crawl
--no-index` collects it into a fresh store, without a pause between requests, so that every page waits for the
reading of the one before it; its memory and the processor time of its threads are read from /proc (Linux). Then:

    again    the command once more: nothing is new, nothing is due
    recheck  the command with --recheck: every page is fetched and read again (the site sends no validators)
    fetch    the same pages with `Fetcher` alone, thrown away
    split    a crawl of --split pages in this process, reading and storing timed apart
    saved    reading and storing of real pages: the site's are small, saved ones are forty times as large
    polite   --polite pages at one second's pause, the gaps as the site's log has them

The main thread of a crawl reads and stores, the others fetch (and show the progress).
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from corpus.collect import FRONTIER, Collector  # noqa: E402
from corpus.store import Store  # noqa: E402
from index.retrieval_results import find_commit  # noqa: E402
from ingest.crawl.frontier import Frontier  # noqa: E402
from ingest.crawl.loop import Crawl  # noqa: E402
from ingest.crawl.models import Kept, Options, Reading  # noqa: E402
from ingest.kinds import HTML  # noqa: E402
from ingest.models import RawPage, hash_content  # noqa: E402
from ingest.sources import Source, load_sources  # noqa: E402
from ingest.web.fetch import Fetcher  # noqa: E402
from ingest.web.policy import policy_of  # noqa: E402
from ingest.web.response import Response  # noqa: E402
from ingest.web.wire import Wire  # noqa: E402
from tests.portals import RemotePortals, spawn_portals  # noqa: E402

HOST = "so-do"
SAMPLES = ROOT / "samples" / "collection"
FAST, POLITE = "nhanh", "lich-su"  # the sources: without a pause, and with the pause that real hosts get
_EVERY = 0.25  # seconds between two looks at the crawler
_WARM = 500  # pages after which everything is loaded and filled
_FROM = 0.2  # of all pages: the slope is that of the rest
MB = 2**20
AGENT = "cancu/bench"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The crawler at one moment."""

    seconds: float
    visits: int
    rss: int  # bytes
    main: float  # seconds of processor time of the main thread
    others: float  # and of the others together


@dataclass(slots=True, kw_only=True)
class Run:
    """One run of the command."""

    seconds: float = 0.0
    peak: int = 0  # bytes
    report: dict[str, Any] = field(default_factory=dict)
    samples: list[Sample] = field(default_factory=list)


# --- the command, watched ----------------------------------------------------------------------------------


def crawl(folder: Path, source: str, *further: str) -> Run:
    """Run the command on the store in `folder` and watch it."""
    command = [sys.executable, "-m", "cli", "crawl", source, "--no-index", "--json", *further]
    names = {"CONFIG": "config.toml", "SOURCES": "sources.toml", "STORE": f"store-{source}", "CACHE": "cache"}
    environment = os.environ | {f"CANCU_{key}": str(folder / name) for key, name in names.items()}
    frontier = folder / names["STORE"] / FRONTIER
    run, before, began = Run(), count_visits(frontier), time.perf_counter()
    threads: dict[int, float] = {}
    with (folder / "out.json").open("w+") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.PIPE)
        while process.poll() is None:
            if (state := look(process.pid, threads)) is not None:
                rss, run.peak = state
                main = threads.get(process.pid, 0.0)
                run.samples.append(
                    Sample(
                        seconds=time.perf_counter() - began,
                        visits=count_visits(frontier) - before,
                        rss=rss,
                        main=main,
                        others=sum(threads.values()) - main,
                    )
                )
            time.sleep(_EVERY)
        run.seconds = time.perf_counter() - began
        if process.returncode != 0:
            assert process.stderr is not None
            raise SystemExit(f"the crawl ended with {process.returncode}: {process.stderr.read().decode()}")
        out.seek(0)
        run.report = json.load(out)
    return run


def look(pid: int, threads: dict[int, float]) -> tuple[int, int] | None:
    """(bytes resident, most bytes so far) of a process; the seconds of its threads go into `threads`."""
    try:
        status = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
        for task in Path(f"/proc/{pid}/task").iterdir():
            threads[int(task.name)] = int((task / "schedstat").read_text().split()[0]) / 1e9
        return tuple(int(status[name].split()[0]) * 1024 for name in ("VmRSS", "VmHWM"))  # type: ignore[return-value]
    except (OSError, KeyError):  # it has just ended
        return None


def count_visits(frontier: Path) -> int:
    """How many visits a frontier has noted, lists too."""
    if not frontier.exists():
        return 0
    with closing(sqlite3.connect(f"{frontier.as_uri()}?mode=ro", uri=True)) as db:
        try:
            return int(db.execute("SELECT coalesce(max(id), 0) FROM visits").fetchone()[0])
        except sqlite3.OperationalError:  # it is just being made
            return 0


# --- in this process ---------------------------------------------------------------------------------------


@dataclass(slots=True)
class Timed:
    """A receiver that times another (`ingest.crawl.models.Receiver`): wall and processor seconds of each part."""

    receiver: Collector
    wall: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    cpu: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    def read(self, page: RawPage) -> Reading:
        with self._timing("reading"):
            return self.receiver.read(page)

    def keep(self, reading: Reading, response: Response | None) -> Kept:
        with self._timing("storing"):
            return self.receiver.keep(reading, response)

    def confirm(self, url: str, at: str) -> None:
        self.receiver.confirm(url, at)

    def mark_gone(self, url: str, at: str) -> None:
        self.receiver.mark_gone(url, at)

    @contextmanager
    def _timing(self, part: str) -> Iterator[None]:
        wall, cpu = time.perf_counter(), time.thread_time()
        yield
        self.wall[part] += time.perf_counter() - wall
        self.cpu[part] += time.thread_time() - cpu


def split(folder: Path, source: Source, pages: int) -> dict[str, float]:
    """Milliseconds a page of the parts of a crawl: wall and processor time of reading, storing, the rest."""
    with (
        Store.open(folder / "store-split") as store,
        Frontier.open(store.folder / FRONTIER) as frontier,
        Fetcher(Wire(agent=AGENT), robots_cache=frontier) as fetcher,
    ):
        collector = Collector(store)
        Crawl(frontier, fetcher, collector, [source], Options(limit=20)).run()  # loads what it needs
        timed = Timed(collector)
        run = Crawl(frontier, fetcher, timed, [source], Options(limit=pages))
        wall, main, everything = time.perf_counter(), time.thread_time(), time.process_time()
        run.run()
        wall, main = time.perf_counter() - wall, time.thread_time() - main
        everything = time.process_time() - everything
    told = {
        "reading": timed.wall["reading"],
        "storing": timed.wall["storing"],
        "fetching_and_frontier": wall - sum(timed.wall.values()),
        "cpu_reading": timed.cpu["reading"],
        "cpu_storing": timed.cpu["storing"],
        "cpu_frontier_and_links": main - sum(timed.cpu.values()),
        "cpu_fetching": everything - main,
    }
    return {name: seconds / pages * 1000 for name, seconds in told.items()}


def read_saved(folder: Path, data: Path) -> dict[str, float]:
    """Milliseconds a page of reading and storing pages as they were saved from real sites; the second of two rounds."""
    paths = [path for part in (data / "files" / "html", SAMPLES) for path in sorted(part.glob("*.html"))]
    contents = [path.read_bytes() for path in paths]
    with Store.open(folder / "store-saved") as store:
        for round_ in ("a", "b"):
            timed, marks = Timed(Collector(store)), []
            for path, content in zip(paths, contents, strict=True):
                page = RawPage(
                    uri=f"file:///{round_}/{path.name}",
                    content=content,
                    sha256=hash_content(content),
                    media_type=HTML,
                    name=path.name,
                )
                began = time.perf_counter()
                timed.keep(timed.read(page), None)
                marks.append((time.perf_counter() - began) * 1000)
    return {
        "pages": len(paths),
        "bytes": float(np.mean(list(map(len, contents)))),
        **{name: seconds / len(paths) * 1000 for name, seconds in timed.wall.items()},
        "median": float(np.median(marks)),
        "most": max(marks),
    }


def fetch(source: Source, urls: list[str]) -> dict[str, float]:
    """Fetch pages one after another and throw them away."""
    policy, sizes, began = policy_of(source), [], time.perf_counter()
    with Fetcher(Wire(agent=AGENT)) as fetcher:
        for url in urls:
            sizes.append(len(fetcher.fetch(url, policy).content))
    seconds = time.perf_counter() - began
    return {
        "pages": len(urls),
        "seconds": seconds,
        "per_second": len(urls) / seconds,
        "bytes": float(np.mean(sizes)),
    }


# --- figures -----------------------------------------------------------------------------------------------


def figures_of(run: Run) -> dict[str, float]:
    """What the samples of a run over many pages say; memory in MB, processor time in ms a page."""
    visits = np.array([sample.visits for sample in run.samples])
    rss = np.array([sample.rss for sample in run.samples]) / MB
    warm = run.samples[int(np.searchsorted(visits, min(_WARM, visits[-1] // 2)))]
    last, late = run.samples[-1], visits >= visits[-1] * _FROM
    pages = max(1, last.visits - warm.visits)
    return {
        "pages": sum(n for outcome, n in run.report["counts"].items() if outcome != "listed"),
        "new": run.report["counts"]["new"],
        "same": run.report["counts"]["same"],
        "seconds": run.seconds,
        "per_second": pages / (last.seconds - warm.seconds),
        "warm": warm.visits,
        "rss_warm": warm.rss / MB,
        "rss_last": last.rss / MB,
        "peak": run.peak / MB,
        "slope": float(np.polyfit(visits[late] / 1000, rss[late], 1)[0]),
        "main": (last.main - warm.main) / pages * 1000,
        "others": (last.others - warm.others) / pages * 1000,
    }


def asked(portals: RemotePortals) -> dict[str, int]:
    """The requests that the site got since its log was cleared: how many of what, and how many ended how."""
    entries = portals.read_log(HOST)
    kinds = Counter(
        "pages" if entry.path.startswith("/bai/") else "lists and robots.txt" for entry in entries
    )
    return dict(kinds) | {f"status {status}": n for status, n in Counter(e.status for e in entries).items()}


def gaps(portals: RemotePortals) -> dict[str, float]:
    """The pauses between the end of an answer and the next request, in seconds."""
    entries = sorted(portals.read_log(HOST), key=lambda entry: entry.start)
    pauses = [after.start - before.end for before, after in pairwise(entries) if before.end is not None]
    return {"requests": len(entries), "min": min(pauses), "median": float(np.median(pauses))}


def write_settings(folder: Path, url: str) -> tuple[Source, Source]:
    """The two sources over the site, as the command reads them from the folder."""
    entry = """[[source]]
name = "{name}"
publisher = "Cổng thử nghiệm"
kind = "news"
verified = "máy chủ thử"
delay = {delay}
budget = 10000
private = true

[[source.start]]
kind = "sitemap"
url = "{url}"
verified = "máy chủ thử"
"""
    texts = [entry.format(name=name, delay=delay, url=url) for name, delay in ((FAST, 0), (POLITE, 1))]
    (folder / "sources.toml").write_text("\n".join(texts), "utf-8")
    (folder / "config.toml").write_text('contact = "bench@example.org"\n', "utf-8")
    book = load_sources(folder / "sources.toml")
    return book.get(FAST), book.get(POLITE)


def measure(folder: Path, portals: RemotePortals, options: argparse.Namespace) -> dict[str, Any]:
    """All figures; `None` where a part was not asked for."""
    host = portals.gold.hosts[HOST]
    fast, _ = write_settings(folder, host.starts[0].url)
    limit = ["--limit", str(options.pages)]
    figures: dict[str, Any] = {"commit": find_commit(), "cores": os.cpu_count()}

    def watch(name: str, source: str, *further: str) -> Run:
        say(name)
        portals.clear_log()
        run = crawl(folder, source, *further)
        figures[name] = {"seconds": run.seconds, "counts": run.report["counts"], "asked": asked(portals)}
        return run

    run = watch("crawl", FAST, *limit)
    figures["crawl"] |= figures_of(run)
    figures["samples"] = [asdict(sample) for sample in run.samples]
    watch("again", FAST, *limit)
    figures["recheck"] = figures_of(watch("recheck", FAST, "--recheck", *limit)) | figures["recheck"]
    say("fetch")
    figures["fetch"] = fetch(fast, [document.url for document in host.documents[: options.pages]])
    say("split")
    figures["split"] = split(folder, fast, options.split)
    say("saved")
    figures["saved"] = read_saved(folder, options.data)
    watch("polite", POLITE, "--limit", str(options.polite))
    figures["polite"] |= gaps(portals)
    return figures


def print_figures(told: dict[str, Any]) -> None:
    crawled, again, recheck, alone, parts, saved, polite = (
        told[name] for name in ("crawl", "again", "recheck", "fetch", "split", "saved", "polite")
    )
    step, saved_step = ((part["reading"] + part["storing"]) / 1000 for part in (parts, saved))
    print(f"commit {told['commit']}, {told['cores']} cores, pages of {alone['bytes'] / 1024:.1f} KB")
    print(
        f"crawl    {crawled['pages']} pages in {crawled['seconds']:.0f} s: {crawled['per_second']:.1f} pages/s\n"
        f"memory   {crawled['rss_warm']:.0f} MB after {crawled['warm']} visits, {crawled['rss_last']:.0f} MB at the end, "
        f"peak {crawled['peak']:.0f} MB; {crawled['slope']:+.2f} MB per 1,000 of the last {1 - _FROM:.0%} of the pages\n"
        f"CPU      {crawled['main']:.1f} ms a page in the main thread, {crawled['others']:.1f} ms in the others\n"
        f"split    of {told['options']['split']} pages, ms a page: "
        + ", ".join(f"{name.replace('_', ' ')} {value:.1f}" for name, value in parts.items())
        + f"\nin step  reading and storing take {step * 1000:.0f} ms, the pause is 1 s: "
        f"{1 / step:.0f} hosts a process\n"
        f"saved    {saved['pages']} pages of {saved['bytes'] / 1024:.0f} KB: reading {saved['reading']:.0f} ms, storing "
        f"{saved['storing']:.0f} ms (both: median {saved['median']:.0f}, most {saved['most']:.0f}): "
        f"{1 / saved_step:.0f} hosts a process\n"
        f"fetch    alone {alone['per_second']:.1f} pages/s: {alone['per_second'] / crawled['per_second']:.1f} "
        "times the whole crawl, without a pause\n"
        f"again    {again['seconds']:.1f} s, {again['asked']}, {_told(again['counts'])}\n"
        f"recheck  {recheck['seconds']:.0f} s ({recheck['per_second']:.1f} pages/s, peak {recheck['peak']:.0f} MB, "
        f"{recheck['slope']:+.2f} MB per 1,000), {recheck['asked']}, {_told(recheck['counts'])}\n"
        f"polite   {polite['seconds']:.1f} s for {polite['requests']} requests, pause {polite['min']:.3f} s at least, "
        f"median {polite['median']:.3f} s, {_told(polite['counts'])}"
    )


def _told(counts: dict[str, int]) -> str:
    return ", ".join(f"{outcome} {n}" for outcome, n in counts.items() if n) or "nothing"


def say(part: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {part} …", file=sys.stderr)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=5000, help='5,000 is all; with fewer, "again" goes on')
    parser.add_argument("--polite", type=int, default=30, help="pages at the real pause")
    parser.add_argument("--split", type=int, default=500, help="pages whose parts are timed")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--out", type=Path, help="a file for the figures with all samples, as JSON")
    options = parser.parse_args()
    with TemporaryDirectory() as folder, spawn_portals("full") as portals:
        figures = measure(Path(folder), portals, options)
    figures["options"] = {name: getattr(options, name) for name in ("pages", "polite", "split")}
    print_figures(figures)
    if options.out is not None:
        options.out.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
