"""`cancu coverage` as a person and a program use it; the store is that of the ledger's tests."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from test_corpus_coverage import PAPERS, fill

from corpus.store import Store

Cancu = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("ledger")
    with Store.open(folder) as store:
        fill(store, PAPERS)
    return folder


@pytest.fixture
def run(made: Path, cancu: Cancu, tmp_path: Path) -> Cancu:
    shutil.copytree(made, tmp_path / "store")
    return lambda *arguments: cancu("coverage", *arguments)


def endings(done: subprocess.CompletedProcess[str]) -> list[tuple[str | None, str, str | None]]:
    assert done.returncode == 0, done.stderr
    return [(one["issuer"], one["ending"], one["scope"]) for one in json.loads(done.stdout)["series"]]


def test_what_a_newcomer_sees(run: Cancu) -> None:
    done = run()
    lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert lines[:3] == [
        "Bộ Tài chính",
        "  Thông tư …/2024/TT-BTC, năm 2024: có 01, 04",
        "      thiếu 02–03 (2 số)",
    ]
    assert (
        "Cộng: 20 văn bản trong 8 dãy số; thiếu 7 số giữa số thấp nhất có trong kho và số cao nhất đã thấy."
        in lines
    )
    assert not any("2023/TT-BTC" in line for line in lines)  # only mentioned: counted, not listed
    assert "Nguồn:" in lines


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["--issuer", "ubnd nghe an"], [("Ủy ban nhân dân tỉnh Nghệ An", "/QĐ-UBND", "năm 2024")]),
        (["--issuer", "cục thuế"], [("Cục Thuế", "/CT-…", "năm 2025")]),
        (["--issuer", "BTC"], [("Bộ Tài chính", "/2023/TT-BTC", "năm 2023"), ("Bộ Tài chính", "/2024/TT-BTC", "năm 2024")]),
        (["--issuer", "BTC", "--gaps-only"], [("Bộ Tài chính", "/2024/TT-BTC", "năm 2024")]),
        (["--type", "thong tu", "--year", "2023"], [("Bộ Tài chính", "/2023/TT-BTC", "năm 2023")]),
        (["--type", "CV"], [("Cục Thuế", "/CT-…", "năm 2025")]),
        (["--type", "tt", "--type", "công văn", "--year", "2025"], [("Cục Thuế", "/CT-…", "năm 2025")]),
        (["--province", "nghe an"], [("Ủy ban nhân dân tỉnh Nghệ An", "/QĐ-UBND", "năm 2024")]),
        (["--province", "tỉnh Hà Tĩnh", "--year", "2025"], [("Ủy ban nhân dân tỉnh Hà Tĩnh", "/QĐ-UBND", "năm 2025")]),
        (["--year", "1999"], []),
        (["--issuer", "thuế quan"], []),
    ],
    ids=lambda value: " ".join(value) if value and isinstance(value[0], str) else "",
)  # fmt: skip
def test_filters_in_any_typing(
    run: Cancu, arguments: list[str], found: list[tuple[str | None, str, str | None]]
) -> None:
    assert endings(run("--json", *arguments)) == found


def test_a_filter_shows_what_is_only_mentioned(run: Cancu) -> None:
    lines = run("--issuer", "BTC").stdout.splitlines()
    assert lines[:3] == [
        "Bộ Tài chính",
        "  …/2023/TT-BTC, năm 2023: chưa có văn bản nào",
        "      được nhắc tới nhưng chưa có văn bản: 03, 2A",
    ]
    assert "Nguồn:" not in lines


def test_nothing_that_fits_is_said(run: Cancu) -> None:
    done = run("--year", "1999")
    assert done.returncode == 0
    assert done.stdout.startswith("Không có dãy số nào như vậy trong kho.\n\n")
    lines = run("--issuer", "Bộ Y tế").stdout.splitlines()
    assert lines[1] == (
        "Cơ quan có văn bản trong kho: Bộ Tài chính; Cục Thuế; Ủy ban nhân dân tỉnh Hà Tĩnh; "
        "Ủy ban nhân dân tỉnh Nghệ An."
    )


def test_csv(run: Cancu, tmp_path: Path) -> None:
    done = run("--issuer", "BTC", "--csv", str(tmp_path / "thieu.csv"))
    assert f"Đã ghi {tmp_path / 'thieu.csv'}." in done.stdout
    rows = (tmp_path / "thieu.csv").read_text("utf-8-sig").splitlines()
    assert [row.split(",")[0] for row in rows] == ["Dòng", "dãy", "số", "số", "dãy", "số", "số"]


def test_a_csv_that_cannot_be_written(run: Cancu, tmp_path: Path) -> None:
    done = run("--csv", str(tmp_path / "không có" / "a.csv"))
    assert done.returncode == 1
    assert done.stderr.startswith("Lỗi: Không ghi được ")


def test_a_store_that_is_not_there(cancu: Cancu) -> None:
    done = cancu("coverage")
    assert done.returncode == 1
    assert "Chưa có kho văn bản" in done.stderr
