"""From an empty store to an answer: the commands as people give them, on the test site."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.portal_sources import write_sources
from tests.portals import Portals, serve_portals


def cancu(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command on the store of a folder, with the sources of that folder."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "CANCU_SOURCES": str(folder / "sources.toml")}
    return subprocess.run(
        [sys.executable, "-m", "cli", *arguments, "--store", str(folder / "store")],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )


def test_crawl_then_ask_cites_the_crawled_page_with_its_address_and_the_day_it_was_fetched(
    tmp_path: Path,
) -> None:
    with serve_portals() as portals:
        hosts = [portals.gold.hosts[name] for name in ("wordpress", "cong-bao")]
        write_sources(tmp_path / "sources.toml", hosts)
        crawled = cancu(tmp_path, "crawl")
    assert crawled.returncode == 0, crawled.stderr
    assert f"wordpress: mới {len(hosts[0].documents)}" in crawled.stdout
    document = hosts[0].documents[0]
    code = document.sentence.split(" mã ")[1].split()[0]  # "WP-00002"
    question = f"Hồ sơ của bài được lưu dưới mã {code} ở văn thư nào?"
    asked = cancu(tmp_path, "ask", question, "--json")
    citation = json.loads(asked.stdout)["statements"][0]["citations"][0]
    assert code in citation["quote"]
    assert citation["url"] == document.url
    fetched = datetime.fromisoformat(citation["fetched_at"])
    assert timedelta(0) <= datetime.now(UTC) - fetched < timedelta(minutes=10)
    shown = cancu(tmp_path, "ask", question).stdout
    day = fetched.astimezone(timezone(timedelta(hours=7))).strftime("%d/%m/%Y")
    assert document.url in shown
    assert f"tải ngày {day}" in shown
    # The ledger of the same crawl, and a refusal that says how much of the series is held.
    ledger = json.loads(cancu(tmp_path, "coverage", "--json", "--type", "QĐ").stdout)
    (series,) = (one for one in ledger["series"] if one["held"] and one["missing"])
    assert series["missing"] == [[12, 12], [19, 19]]  # ranges
    refused = json.loads(
        cancu(tmp_path, "ask", "Quyết định số 12/QĐ-UBND năm 2025 quy định gì?", "--json").stdout
    )
    assert refused["outcome"] in ("not_found", "mentioned_only")
    assert any("Số 12 chưa có trong kho." in line for line in refused["coverage"])


@pytest.mark.parametrize(
    ("asked_by_source", "asked_by_robots"),
    [pytest.param(1.0, 0.0, id="our-own-pause"), pytest.param(0.1, 1.2, id="crawl-delay-of-robots")],
)
def test_requests_to_a_host_are_never_closer_than_the_pause_that_is_due(
    tmp_path: Path, asked_by_source: float, asked_by_robots: float
) -> None:
    def gaps(portals: Portals) -> list[float]:
        entries = portals.log.of("bao")
        assert all(entry.end is not None for entry in entries)
        return [later.start - (entry.end or 0.0) for entry, later in pairwise(entries)]

    with serve_portals(crawl_delay=asked_by_robots) as portals:
        write_sources(tmp_path / "sources.toml", [portals.gold.hosts["bao"]], delay=asked_by_source)
        crawled = cancu(tmp_path, "crawl", "bao", "--limit", "4", "--no-index")
        assert crawled.returncode == 0, crawled.stderr
        found = gaps(portals)
    assert len(found) >= 6  # robots.txt, the lists, four pages
    assert min(found) >= max(asked_by_source, asked_by_robots)
