"""Taking pages in and reading them again: what is kept, what is reported, what a secret file leaves behind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import SAMPLES

from corpus.errors import StoreReadOnly
from corpus.intake import IntakeReport, PageOutcome, read_again, take_in
from corpus.intake_report import describe_report, write_report
from corpus.store import Store
from ingest.boilerplate import REASONS
from ingest.models import PageChange
from ingest.raw_store import RawStore

HTML = """<html><body><header>Cổng thông tin xã An Bình</header><main><h1>Thông báo lịch họp thôn</h1>
<p>Ủy ban nhân dân xã An Bình thông báo lịch họp các thôn trong tháng theo Kế hoạch số 15/KH-UBND ngày 05/3/2025.</p>
<p>Thôn Một họp vào tối thứ Bảy tuần đầu, thôn Hai họp vào tối Chủ nhật tại nhà văn hóa thôn.</p></main>
<footer>Bản quyền thuộc xã An Bình</footer></body></html>"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "van-ban"
    folder.mkdir()
    (folder / "hop.html").write_text(HTML, "utf-8")
    (folder / "rong.txt").write_bytes(b"")
    return folder


def _raw_files(store: Store) -> set[str]:
    return {path.name for path in (store.folder / "raw").rglob("*.gz")}


# --- reports


def test_the_report_says_what_was_read_cut_and_failed(tmp_path: Path, folder: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        report = take_in(store, [folder])
        read, failed = report.pages
        document = store.document(read.document_id or "")
        assert (read.kind, read.characters, read.passages) == (
            document.facts.kind.value,
            len(document.text),
            len(document.passages),
        )
        assert read.references == len(document.references) == 1
        assert sum(read.cuts.values()) == len(document.cuts) > 0
        assert read.cuts.keys() <= REASONS.keys()
        assert (failed.name, failed.problem_kind, failed.cuts) == ("rong.txt", "EmptyPage", {})
        lines = list(describe_report(report))
        assert lines[0] == "Mới 1, thay đổi 0, không đổi 0, không đọc được 1."
        assert f"{len(document.text)} ký tự" in lines[1]
        assert lines[2].startswith("Đã lược bỏ: ")
        assert lines[-1].startswith("  – rong.txt: ")


def test_a_machine_reads_the_report(tmp_path: Path, folder: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        report = take_in(store, [folder])
        path = write_report(store.folder, report)
        assert path.parent == store.folder / "reports"
        kept = json.loads(path.read_text("utf-8"))
        assert kept["counts"] == {"new": 1, "changed": 0, "same": 0, "failed": 1}
        assert [page["change"] for page in kept["pages"]] == ["new", "failed"]
        assert kept["cut"] == report.pages[0].cuts
        chosen = write_report(store.folder, report, path=tmp_path / "x" / "bao-cao.json")
        assert json.loads(chosen.read_text("utf-8"))["pages"] == kept["pages"]
        assert len(list((store.folder / "reports").iterdir())) == 1


def test_the_last_fifty_reports_are_kept(tmp_path: Path) -> None:
    page = PageOutcome(uri="file:///a.txt", name="a.txt", change=PageChange.SAME)
    written = [write_report(tmp_path, IntakeReport(pages=(page,))) for _ in range(55)]
    assert len(set(written)) == 55
    left = sorted((tmp_path / "reports").iterdir())
    assert len(left) == 50
    assert written[-1] in left
    assert written[0] not in left


def test_a_report_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "tep").write_text("x")
    with pytest.raises(StoreReadOnly, match="--report"):
        write_report(tmp_path, IntakeReport(pages=()), path=tmp_path / "tep" / "bao-cao.json")


def test_sheets_are_counted_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Plumbing only: the reader of paged files calls what it was handed; here its place is taken."""
    import corpus.intake as intake

    seen: list[tuple[str, int, int]] = []
    real = intake.read_page

    def paged(page, *, progress=None):  # type: ignore[no-untyped-def]
        for done in (1, 2):
            progress(done, 2)
        return real(page)

    monkeypatch.setattr(intake, "read_page", paged)
    with Store.open(tmp_path / "store") as store:
        take_in(store, [folder / "hop.html"], sheet_progress=lambda *args: seen.append(args))
    assert seen == [("hop.html", 1, 2), ("hop.html", 2, 2)]


# --- reading again


def test_reading_again_unchanged_changes_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        take_in(store, [SAMPLES])
        before = {i: store.document(i) for i in store.document_ids()}
        rows, state, raw = store.passage_rows(), store.state(), _raw_files(store)
        report = read_again(store)
        assert report.counts() == {"new": 0, "changed": 0, "same": len(before), "failed": 0}
        assert {i: store.document(i) for i in store.document_ids()} == before
        assert (store.passage_rows(), store.state(), _raw_files(store)) == (rows, state, raw)
        assert all(store.versions(i) == () for i in before)


def test_reading_again_needs_no_source(tmp_path: Path, folder: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        take_in(store, [folder / "hop.html"])
        (folder / "hop.html").unlink()
        (outcome,) = read_again(store).pages
        assert (outcome.change, outcome.name) == (PageChange.SAME, "hop.html")


def test_a_text_that_is_read_better_now_keeps_the_old_one(tmp_path: Path, folder: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        take_in(store, [folder / "hop.html"])
        (document_id,) = store.document_ids()
        text = store.text(document_id)
        # As an earlier version of the product may have read it: the last paragraph was lost.
        with store._transaction() as db:
            db.execute("UPDATE documents SET text = ? WHERE id = ?", (text[:40], document_id))
        (outcome,) = read_again(store).pages
        assert outcome.change is PageChange.CHANGED
        assert store.text(document_id) == text
        (version,) = store.versions(document_id)
        assert store.text(document_id, version=1) == text[:40]
        assert version.sha256 == store.document(document_id).sha256


def test_lost_and_damaged_bytes_are_named_and_the_document_stays(tmp_path: Path, folder: Path) -> None:
    (folder / "tot.txt").write_text("Thông báo họp dân\n\nThôn họp vào tối thứ Bảy.\n", "utf-8")
    with Store.open(tmp_path / "store") as store:
        take_in(store, [folder / "hop.html", folder / "tot.txt"])
        first, second = store.document_ids()
        raw = RawStore(store.folder / "raw")
        raw.discard(store.document(first).sha256)
        damaged = store.document(second).sha256
        next((store.folder / "raw").rglob(f"{damaged}.gz")).write_bytes(b"no gzip")
        report = read_again(store)
        assert [page.problem_kind for page in report.pages] == ["RawMissing", "RawDamaged"]
        assert store.document_ids() == (first, second)


def test_a_stored_document_that_turns_out_to_be_secret_is_taken_out(tmp_path: Path, folder: Path) -> None:
    page = folder / "noi-bo.txt"
    page.write_text("UBND XÃ AN BÌNH\n\nLưu hành nội bộ\n\nBÁO CÁO\n\nCăn cứ kế hoạch năm của xã;\n", "utf-8")
    with Store.open(tmp_path / "store") as store:
        take_in(store, [page, folder / "hop.html"], allow=("Lưu hành nội bộ",))
        _, second = store.document_ids()
        kept = f"{store.document(second).sha256}.gz"
        assert len(_raw_files(store)) == 2
        report = read_again(store)  # the settings allow it no more
        assert [page.problem_kind for page in report.pages] == ["SecretDocument", None]
        assert store.document_ids() == (second,)
        assert _raw_files(store) == {kept}
        assert [problem[1] for problem in store.problems()] == ["SecretDocument"]


def test_bytes_of_a_page_that_cannot_be_judged_are_not_kept(tmp_path: Path, folder: Path) -> None:
    (folder / "anh.txt").write_bytes(bytes(range(256)) * 40)
    with Store.open(tmp_path / "store") as store:
        take_in(store, [folder / "anh.txt"])
        assert _raw_files(store) == set()
