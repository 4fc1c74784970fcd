"""`cancu sources`, `cancu schedule` and the words of `cancu crawl` that need no web."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

import cli
from tests.small_web import Page, article, feed, serve

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def cancu(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process, with the store and the file of sources in the test's folder."""
    monkeypatch.setenv("CANCU_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setenv("CANCU_STORE", str(tmp_path / "store"))

    def run(*arguments: str) -> tuple[int, str, str]:
        code = cli.main(arguments)
        told = capsys.readouterr()
        return code, told.out, told.err

    return run


ADD = ("sources", "add", "bao-thu", "--publisher", "Báo thử", "--kind", "news")


def test_every_shipped_source_is_listed_with_how_it_was_verified(cancu: Run) -> None:
    code, told, _ = cancu("sources", "list", "--json")
    sources = json.loads(told)["sources"]
    assert code == 0
    assert {"baohatinh", "nhandan", "congbao-chinhphu", "vbpl", "thuvienphapluat"} <= {
        s["name"] for s in sources
    }
    assert all(s["verified"] and all(start["verified"] for start in s["starts"]) for s in sources)
    shown = cancu("sources", "list")[1]
    assert shown.count("kiểm chứng:") == sum(len(s["starts"]) for s in sources)


def test_a_source_is_added_switched_off_and_on_in_the_users_own_file(cancu: Run, tmp_path: Path) -> None:
    code, told, _ = cancu(
        *ADD, "--start", "feed=https://bao-thu.example/rss", "--delay", "2", "--allow", r"\d+\.html$"
    )
    assert (code, "Đã thêm nguồn bao-thu" in told) == (0, True)
    assert cancu("sources", "disable", "bao-thu", "nhandan")[0] == 0
    written = tomllib.loads((tmp_path / "sources.toml").read_text("utf-8"))
    assert written["enabled"] == {"bao-thu": False, "nhandan": False}
    assert written["source"][0]["start"][0]["url"] == "https://bao-thu.example/rss"
    assert "chưa kiểm chứng" in written["source"][0]["verified"]
    enabled = {s["name"]: s["crawled"] for s in json.loads(cancu("sources", "list", "--json")[1])["sources"]}
    assert (enabled["bao-thu"], enabled["nhandan"], enabled["baohatinh"]) == (False, False, True)
    cancu("sources", "enable", "bao-thu")
    enabled = {s["name"]: s["crawled"] for s in json.loads(cancu("sources", "list", "--json")[1])["sources"]}
    assert enabled["bao-thu"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param((*ADD, "--start", "rss=https://a.example/"), "các loại: feed", id="unknown-kind"),
        pytest.param((*ADD, "--start", "feed=khong-phai"), "khong-phai", id="no-address"),
        pytest.param(("sources", "enable", "baohatin"), "baohatinh", id="misspelt"),
        pytest.param(("sources", "enable", "thuvienphapluat"), "thuvienphapluat", id="barred"),
        pytest.param(("crawl", "thuvienphapluat"), "không được thu thập", id="crawl-barred"),
        pytest.param(("crawl", "khong-co"), "khong-co", id="crawl-unknown"),
        pytest.param(("crawl", "--since", "31/2/2026"), "31/2/2026", id="no-day"),
        pytest.param(("schedule", "--at", "25:00"), "25:00", id="no-time"),
    ],
)
def test_what_cannot_be_is_an_error_that_says_what_and_leaves_no_file(
    cancu: Run, tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    code, _, error = cancu(*arguments)
    assert code == 1
    assert told in error
    assert not (tmp_path / "sources.toml").exists()


def test_checking_a_source_tells_what_is_understood_and_keeps_nothing(cancu: Run, tmp_path: Path) -> None:
    with serve() as web:
        text = "Tỉnh vừa công bố kế hoạch trồng rừng năm 2026 với mười hai nhiệm vụ giao cho các sở, ngành."
        web.pages["/tin-1.html"] = Page(article("Tin số 1", text))
        web.pages["/rss"] = Page(feed("/tin-1.html", host=web.base))
        cancu(*ADD, "--start", f"feed={web.base}/rss", "--private", "--delay", "0")
        code, told, _ = cancu("sources", "check", "bao-thu", "--json")
        (start,) = json.loads(told)["bao-thu"]
        assert (code, start["pages"], start["problem"]) == (0, 1, None)
        assert (start["page"]["title"], start["page"]["characters"]) == ("Tin số 1", len(f"Tin số 1\n{text}"))
        web.pages["/rss"] = Page("<html><body>Trang chủ</body></html>")
        code, told, _ = cancu("sources", "check", "bao-thu")
    assert code == 1
    assert "Lỗi:" in told
    assert not (tmp_path / "store").exists()


def test_a_schedule_names_the_program_the_store_and_the_sources(cancu: Run, tmp_path: Path) -> None:
    _, told, _ = cancu("schedule", "--every", "week", "--at", "7:05", "nhandan", "--json")
    clocks = json.loads(told)
    for clock in ("cron", "systemd_service", "windows"):
        assert "crawl" in clocks[clock]["text"]
        assert str(tmp_path / "store") in clocks[clock]["text"]
        assert "nhandan" in clocks[clock]["text"]
    assert clocks["cron"]["text"].startswith("5 7 * * 1 ")
