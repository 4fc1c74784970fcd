"""Work in the background: one job at a time, which goes on when the page is left or loaded again.

A job takes something in (files, single addresses of the Web, a crawl; see `pages.collecting_jobs`), then brings
the index up to date.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import streamlit as st

from corpus.errors import CorpusError
from corpus.intake import IntakeReport, PageOutcome, take_in
from corpus.intake_report import write_report
from corpus.store import Store
from index.build import IndexChange, update_index
from index.embedding_cache import EmbeddingCache
from index.encoder import Encoder
from index.errors import IndexRoomError
from ingest.crawl.models import CrawlProgress, CrawlReport
from ingest.errors import IngestError, SecretDocument
from settings import Settings

READING = "Đọc văn bản"
_STAGES = {"encode": "Mã hóa ngữ nghĩa", "words": "Tách từ", "resolve": "Đọc địa danh, số liệu"}

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class JobState:
    """How far a job is; a finished one has its report and index change, or the error that ended it."""

    stage: str = ""
    done: int = 0
    total: int = 0
    seconds_left: float | None = None  # of this stage; None while it cannot be told
    stopping: bool = False  # it was asked to stop, and ends what it has in hand
    stopped: bool = False  # it took in less than it was given, as it was asked to
    finished: bool = False
    report: IntakeReport | None = None  # of files or addresses
    progress: CrawlProgress | None = None  # of a crawl
    crawled: CrawlReport | None = None
    change: IndexChange | None = None
    error: str | None = None  # Vietnamese


class Stopped(Exception):
    """The user asked to stop."""


class Job:
    """One run in a thread of its own. This one only brings the index up to date; others take something in first."""

    def __init__(self, settings: Settings, encoder: Encoder, *, rebuild: bool = False) -> None:
        self.settings = settings
        self._encoder = encoder
        self._rebuild = rebuild
        self._stop = threading.Event()
        self._begun = time.monotonic()
        self._state = JobState()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """Ask the job to end after the page in hand; what was read stays in the store."""
        self._stop.set()
        self._state = replace(self._state, stopping=True)

    def state(self) -> JobState:
        """How far it is now (an immutable record, replaced as a whole)."""
        return self._state

    # --- for the jobs that take something in

    def take(self, store: Store) -> None:
        """Take in what the job is for, and tell what came of it."""

    def tell(self, **changes: object) -> None:
        """Replace these fields of the state."""
        self._state = replace(self._state, **changes, stopping=self._stop.is_set())  # type: ignore[arg-type]

    def asked_to_stop(self) -> bool:
        return self._stop.is_set()

    def note_stop(self) -> None:
        """Note that taking in ended early; the index still learns of what came."""
        if self._stop.is_set():
            self._stop.clear()
            self.tell(stopped=True)

    def advance(self, stage: str, done: int, total: int) -> None:
        """Tell how far a stage is. Raises Stopped where the user asked to stop."""
        if self._stop.is_set():
            raise Stopped
        self.count(stage, done, total)

    def count(self, stage: str, done: int, total: int) -> None:
        """Tell how far a stage is."""
        if stage != self._state.stage:
            self._begun = time.monotonic()
        spent = time.monotonic() - self._begun
        left = spent / done * (total - done) if done and spent > 2 else None
        self.tell(stage=stage, done=done, total=total, seconds_left=left)

    # --- the run

    def _run(self) -> None:
        error: str | None = None
        try:
            with Store.open(self.settings.store) as store:
                self.take(store)
                self._index(store)
        except Stopped:
            error = (
                "Đã dừng theo yêu cầu. Những gì đã đọc vẫn còn trong kho; hãy cập nhật chỉ mục để hỏi được."
            )
        except (CorpusError, IndexRoomError, IngestError) as problem:
            error = str(problem)
        except Exception as problem:
            _log.exception("a job failed")
            error = f"Lỗi chưa lường trước ({type(problem).__name__}). Chi tiết nằm ở cửa sổ đã mở trang."
        self._state = replace(self._state, stage="", stopping=False, finished=True, error=error)

    def _index(self, store: Store) -> None:
        with EmbeddingCache(self.settings.cache / "embeddings.sqlite") as cache:
            # One worker: worker processes are forked, which a process with many threads must not do.
            change = update_index(
                store,
                self._encoder,
                cache,
                rebuild=self._rebuild,
                workers=1,
                progress=lambda stage, done, total: self.advance(_STAGES[stage], done, total),
            )
        self.tell(change=change)


class PathsJob(Job):
    """Files and folders of this machine; `refused` are uploads that were not even kept."""

    def __init__(
        self,
        settings: Settings,
        encoder: Encoder,
        paths: Sequence[Path],
        *,
        refused: Sequence[PageOutcome] = (),
    ) -> None:
        super().__init__(settings, encoder)
        self._paths = tuple(paths)
        self._refused = tuple(refused)

    def take(self, store: Store) -> None:
        if not self._paths:
            self.tell(report=IntakeReport(pages=self._refused))
            return
        read = take_in(
            store,
            self._paths,
            allow=self.settings.secrecy_allow,
            progress=lambda done, total, outcome: self.advance(READING, done, total),
            sheet_progress=lambda name, done, total: self.advance(f"{READING} {name}, trang", done, total),
        )
        forget_secret_uploads(self.settings.store / "uploads", read)
        report = IntakeReport(pages=(*self._refused, *read.pages))
        write_report(store.folder, report)
        self.tell(report=report)


def forget_secret_uploads(folder: Path, report: IntakeReport) -> None:
    """Delete the uploaded files in which a secrecy mark was found: nothing of them may be kept."""
    kept = {path.absolute().as_uri(): path for path in folder.glob("*") if path.is_file()}
    for page in report.pages:
        path = kept.get(page.uri.partition("#")[0])
        if page.problem_kind == SecretDocument.__name__ and path is not None:
            path.unlink(missing_ok=True)


class JobBoard:
    """The last job of a store; a new one begins only when it has ended."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._job: Job | None = None

    def current(self) -> Job | None:
        """The job that runs or ended last."""
        return self._job

    def running(self) -> Job | None:
        """The job that runs."""
        job = self._job
        return job if job is not None and not job.state().finished else None

    def begin(self, job: Job) -> bool:
        """Start a job, or return False where another one still runs."""
        with self._lock:
            if self.running() is not None:
                return False
            self._job = job
            job.start()
            return True


def job_board(settings: Settings) -> JobBoard:
    """The board of the store, shared by all sessions of this process."""
    return _job_board(str(settings.store))


@st.cache_resource(show_spinner=False)
def _job_board(folder: str) -> JobBoard:
    return JobBoard()
