"""Reading and indexing in the background: one job at a time, which goes on when the page is left."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
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
from ingest.errors import IngestError, SecretDocument
from settings import Settings

READING = "Đọc văn bản"
_STAGES = {"encode": "Mã hóa ngữ nghĩa", "words": "Tách từ"}

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class JobState:
    """How far a job is; a finished one has its report and index change, or the error that ended it."""

    stage: str
    done: int
    total: int
    seconds_left: float | None  # of this stage; None while it cannot be told
    finished: bool
    report: IntakeReport | None
    change: IndexChange | None
    error: str | None  # Vietnamese


class _Stopped(Exception):
    """The user asked to stop."""


class Job:
    """One run over some paths (or none) and the index after it, in a thread of its own."""

    def __init__(
        self, settings: Settings, encoder: Encoder, paths: Sequence[Path], *, rebuild: bool = False
    ) -> None:
        self._settings = settings
        self._encoder = encoder
        self._paths = tuple(paths)
        self._rebuild = rebuild
        self._stop = threading.Event()
        self._begun = time.monotonic()
        self._state = JobState(
            stage=READING,
            done=0,
            total=0,
            seconds_left=None,
            finished=False,
            report=None,
            change=None,
            error=None,
        )
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """Ask the job to end after the page in hand; what was read stays in the store."""
        self._stop.set()

    def state(self) -> JobState:
        """How far it is now (an immutable record, replaced as a whole)."""
        return self._state

    def _run(self) -> None:
        report: IntakeReport | None = None
        change: IndexChange | None = None
        error: str | None = None
        try:
            with Store.open(self._settings.store) as store:
                if self._paths:
                    report = take_in(
                        store,
                        self._paths,
                        allow=self._settings.secrecy_allow,
                        progress=self._on_page,
                        sheet_progress=self._on_sheet,
                    )
                    forget_secret_uploads(self._settings.store / "uploads", report)
                    write_report(store.folder, report)
                with EmbeddingCache(self._settings.cache / "embeddings.sqlite") as cache:
                    # One worker: worker processes are forked, which a process with many threads must not do.
                    change = update_index(
                        store,
                        self._encoder,
                        cache,
                        rebuild=self._rebuild,
                        workers=1,
                        progress=self._on_passages,
                    )
        except _Stopped:
            error = (
                "Đã dừng theo yêu cầu. Những gì đã đọc vẫn còn trong kho; hãy cập nhật chỉ mục để hỏi được."
            )
        except (CorpusError, IndexRoomError, IngestError) as problem:
            error = str(problem)
        except Exception as problem:
            _log.exception("a job failed")
            error = f"Lỗi chưa lường trước ({type(problem).__name__}). Chi tiết nằm ở cửa sổ đã mở trang."
        self._state = JobState(
            stage="",
            done=0,
            total=0,
            seconds_left=None,
            finished=True,
            report=report,
            change=change,
            error=error,
        )

    def _on_page(self, done: int, total: int, outcome: PageOutcome) -> None:
        self._advance(READING, done, total)

    def _on_sheet(self, name: str, done: int, total: int) -> None:
        self._advance(f"{READING} {name}, trang", done, total)

    def _on_passages(self, stage: str, done: int, total: int) -> None:
        self._advance(_STAGES[stage], done, total)

    def _advance(self, stage: str, done: int, total: int) -> None:
        if self._stop.is_set():
            raise _Stopped
        if stage != self._state.stage:
            self._begun = time.monotonic()
        spent = time.monotonic() - self._begun
        left = spent / done * (total - done) if done and spent > 2 else None
        self._state = JobState(
            stage=stage,
            done=done,
            total=total,
            seconds_left=left,
            finished=False,
            report=None,
            change=None,
            error=None,
        )


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

    def begin(self, job: Job) -> bool:
        """Start a job, or return False where another one still runs."""
        with self._lock:
            if self._job is not None and not self._job.state().finished:
                return False
            self._job = job
            job.start()
            return True

    def clear(self) -> None:
        """Forget a job that has ended."""
        with self._lock:
            if self._job is not None and self._job.state().finished:
                self._job = None


def job_board(settings: Settings) -> JobBoard:
    """The board of the store, shared by all sessions of this process."""
    return _job_board(str(settings.store))


@st.cache_resource(show_spinner=False)
def _job_board(folder: str) -> JobBoard:
    return JobBoard()
