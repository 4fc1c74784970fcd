"""The console command `cancu`. Heavy imports stay inside the commands that need them.

Exit codes: 0 done (an honest "not found" too), 1 an error that stopped the command, 2 wrong usage,
3 done in part (some pages could not be read).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from settings import Settings, SettingsError, load_settings

if TYPE_CHECKING:
    from corpus.describe import History
    from corpus.facets import FacetCount, Selection
    from corpus.intake import IntakeReport
    from corpus.models import Document
    from corpus.store import Store
    from index.filters import TypedFilters
    from index.labelled_sets import RetrievalSet
    from index.models import Answer, Citation
    from index.query_models import Query
    from index.retrieval_results import Report
    from index.search import Searcher

DONE, FAILED, USAGE, PARTLY = 0, 1, 2, 3
_STAGES = {"read": "Đọc văn bản", "encode": "Mã hóa ngữ nghĩa", "words": "Tách từ"}


class CommandError(Exception):
    """A command cannot go on; the message is for the user."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    from corpus.errors import CorpusError
    from index.errors import IndexRoomError
    from ingest.errors import IngestError

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")  # Windows consoles default to a legacy code page
    options = _parser().parse_args(arguments)
    try:
        settings = load_settings(store=getattr(options, "store", None), model=getattr(options, "model", None))
        return int(options.run(options, settings))
    except (CorpusError, IndexRoomError, IngestError, SettingsError, CommandError) as error:
        _fail(options, error)
    except KeyboardInterrupt:
        _say("Đã dừng theo yêu cầu. Những gì đã ghi vào kho vẫn còn; chạy lại lệnh để làm tiếp.")
    except BrokenPipeError:
        sys.stderr.close()
    return FAILED


def _fail(options: argparse.Namespace, error: Exception) -> None:
    if getattr(options, "json", False):
        _print_json({"error": {"type": type(error).__name__, "message": str(error)}})
    _say(f"Lỗi: {error}")


# --- reading


def run_ingest(options: argparse.Namespace, settings: Settings) -> int:
    """Read, store and index files and folders."""
    from corpus.intake import take_in
    from corpus.store import Store

    with Store.open(settings.store) as store, _progress("Đọc văn bản") as advance:
        if options.label:
            store.set_label(options.label)
        report = take_in(
            store,
            [Path(path) for path in options.paths],
            allow=settings.secrecy_allow,
            progress=lambda done, total, page: advance("Đọc văn bản", done, total),
            sheet_progress=lambda name, done, total: advance("Trang của tệp", done, total),
        )
        return _finish_intake(options, settings, store, report, advance)


def run_reread(options: argparse.Namespace, settings: Settings) -> int:
    """Read the kept bytes of every document again."""
    from corpus.intake import read_again
    from corpus.store import Store

    with Store.open(settings.store) as store, _progress("Đọc lại") as advance:
        report = read_again(
            store,
            allow=settings.secrecy_allow,
            progress=lambda done, total, page: advance("Đọc lại", done, total),
            sheet_progress=lambda name, done, total: advance("Trang của tệp", done, total),
        )
        return _finish_intake(options, settings, store, report, advance)


def _finish_intake(
    options: argparse.Namespace,
    settings: Settings,
    store: Store,
    report: IntakeReport,
    advance: Callable[[str, int, int], None],
) -> int:
    """Write the report, bring the index up to date, say what became of every page; the exit code."""
    from corpus.intake_report import describe_report, report_json, write_report

    kept = write_report(store.folder, report, path=Path(options.report) if options.report else None)
    indexed = None if options.no_index else _update_index(store, settings, advance, rebuild=False)
    failed = report.count(None)
    if options.json:
        index = asdict(indexed) if indexed else None
        _print_json({**report_json(report), "report": str(kept), "index": index})
    else:
        print("\n".join(describe_report(report)))
        print(f"Báo cáo: {kept}")
        if indexed:
            print(f"Chỉ mục: {indexed.passages} đoạn (thêm {indexed.added}, bỏ {indexed.removed}).")
        else:
            print("Chưa lập chỉ mục (--no-index). Khi cần tìm kiếm, hãy chạy: cancu index")
    if not failed:
        return DONE
    return FAILED if failed == len(report.pages) else PARTLY


def run_index(options: argparse.Namespace, settings: Settings) -> int:
    """Bring the index up to date."""
    from corpus.store import Store

    with Store.open(settings.store) as store, _progress("Lập chỉ mục") as advance:
        change = _update_index(store, settings, advance, rebuild=options.rebuild)
    if options.json:
        _print_json(asdict(change))
    else:
        print(f"Chỉ mục: {change.passages} đoạn (thêm {change.added}, bỏ {change.removed}).")
    return DONE


def run_remove(options: argparse.Namespace, settings: Settings) -> int:
    """Take one document out of the store and the index."""
    from corpus.store import Store

    with Store.open(settings.store) as store, _progress("Lập chỉ mục") as advance:
        document_id = store.find_document(options.document)
        with store.writing():
            store.remove(document_id)
        change = None if options.no_index else _update_index(store, settings, advance, rebuild=False)
    if options.json:
        _print_json({"removed": document_id, "index": asdict(change) if change else None})
    else:
        print(f"Đã bỏ văn bản {document_id} khỏi kho.")
    return DONE


def run_read(options: argparse.Namespace, settings: Settings) -> int:
    """Show what is understood of one file without storing it, or of a document of the store."""
    from corpus.describe import describe_document, document_json

    found = list(_read_documents(options, settings))
    if options.json:
        shown = [document_json(document, history) for document, history in found]
        _print_json(shown[0] if len(shown) == 1 else {"documents": shown})
        return DONE
    for document, history in found:
        print("\n".join(describe_document(document, history)))
    return DONE


def _read_documents(options: argparse.Namespace, settings: Settings) -> Iterator[tuple[Document, History]]:
    from corpus.describe import NO_HISTORY

    path = Path(options.file)
    held = (settings.store / "store.sqlite").exists()
    if options.version or (held and not path.exists()):
        yield _read_held(options.file, settings, options.version)
        return
    documents = list(_read_file(path, settings))
    if not documents:
        raise CommandError(f"Không có văn bản nào trong {options.file}.")
    for document in documents:
        yield _with_history(document, settings) if held else (document, NO_HISTORY)


def _read_held(name: str, settings: Settings, version: str | None) -> tuple[Document, History]:
    """A document of the store, or an earlier text of it."""
    from corpus.describe import load_history
    from corpus.store import Store

    with Store.open(settings.store, read_only=True) as store:
        document_id = store.find_document(name)
        wanted = int(version) if version and version.isdecimal() and len(version) < 6 else version
        document = store.document_version(document_id, wanted) if wanted else store.document(document_id)
        return document, load_history(store, document)


def _with_history(document: Document, settings: Settings) -> tuple[Document, History]:
    """A file as it was read, with what the store knows of its address: corrections, versions, copies."""
    from dataclasses import replace

    from corpus.corrections import apply_corrections
    from corpus.describe import load_history
    from corpus.store import Store

    with Store.open(settings.store, read_only=True) as store:
        corrected = apply_corrections(document.facts, store.corrections_at(document.uri))
        return replace(document, facts=corrected), load_history(store, document)


def _read_file(path: Path, settings: Settings) -> Iterator[Document]:
    from corpus.build import build_document
    from ingest.local import SkippedPage, list_pages
    from ingest.readers import read_page
    from ingest.secrecy import refuse_secret

    for page in list_pages(path):
        if isinstance(page, SkippedPage):
            raise page.reason
        with _progress("Đọc trang") as advance:
            read = read_page(page, progress=lambda done, total: advance("Đọc trang", done, total))
        refuse_secret(read, page.name, allow=settings.secrecy_allow)
        yield build_document(page, read)


def run_correct(options: argparse.Namespace, settings: Settings) -> int:
    """Correct a fact of a document by hand, or take a correction back."""
    from corpus.corrections import describe_correction
    from corpus.store import Store

    with Store.open(settings.store) as store, store.writing():
        document_id = store.find_document(options.document)
        if options.undo:
            store.undo_correction(document_id, options.fact, by=options.by, reason=options.reason)
        elif options.value is None:
            raise CommandError('Thiếu giá trị mới. Để ghi "không rõ", hãy dùng "" (chuỗi rỗng).')
        else:
            store.correct(document_id, options.fact, options.value, by=options.by, reason=options.reason)
        corrections = store.corrections(document_id)
        title = store.profile(document_id).title
    if options.json:
        _print_json({"document": document_id, "corrections": [asdict(c) for c in corrections]})
    else:
        print(f"{title} ({document_id})")
        for correction in corrections:
            print(f"  – {describe_correction(correction)}")
    return DONE


def run_symbols(options: argparse.Namespace, settings: Settings) -> int:
    """Document numbers in the text on standard input."""
    from corpus.symbols import complete_short_forms, find_symbols
    from corpus.text import to_nfc

    mentions = complete_short_forms(find_symbols(to_nfc(sys.stdin.buffer.read().decode("utf-8"))))
    symbols = list(dict.fromkeys(mention.canonical for mention in mentions))
    if options.json:
        _print_json({"symbols": symbols})
    else:
        print("\n".join(symbols) if symbols else "Không có số văn bản nào.")
    return DONE


# --- asking


def run_search(options: argparse.Namespace, settings: Settings) -> int:
    """The passages, or the documents, that match a query best."""
    from index.describe import describe_documents, describe_hits, document_json, hit_json
    from index.documents import rank_documents
    from index.filters import read_filters
    from index.number_choices import describe_choices
    from index.query import read_query

    with _searcher(settings) as searcher:
        store = searcher.store
        filters = read_filters(_typed_filters(options), searcher.facets.documents().values())
        selection = searcher.facets.select(filters)
        facets = searcher.facets.count(selection.documents) if options.facets else None
        query = read_query(options.query, store)
        choices = describe_choices(store, query)
        if options.documents:
            documents = rank_documents(searcher, query, limit=options.top, filters=filters)
            found = {"documents": [document_json(store, one) for one in documents]}
            lines = list(describe_documents(documents))
        else:
            hits = searcher.search(query, limit=options.top, filters=filters)
            found = {"hits": [hit_json(store, hit) for hit in hits]}
            lines = list(describe_hits(store, hits))
    if options.json:
        told = {"choices": _choices_json(query), **found, "selection": _selection_json(selection)}
        counted = {} if facets is None else {"facets": _facets_json(facets)}
        _print_json({"query": options.query, **told, **counted})
        return DONE
    _print_lines(choices)
    _print_lines(lines or ["Không tìm thấy đoạn nào."])
    if filters:
        _print_selection(selection)
    if facets is not None:
        _print_facets(facets)
    return DONE


def _typed_filters(options: argparse.Namespace) -> TypedFilters:
    from index.filters import TypedFilters

    return TypedFilters(
        types=options.type,
        issuers=options.issuer,
        levels=options.level,
        systems=options.system,
        provinces=options.province,
        today=options.today_province,
        first=options.first,
        last=options.last,
        kinds=options.kind,
        effects=options.effect,
        sources=options.source,
    )


def _selection_json(selection: Selection) -> dict[str, Any]:
    return {
        "documents": len(selection.documents),
        "left_out_unknown": selection.unknown,
        "left_out_unknown_by": {facet.value: count for facet, count in selection.unknown_by.items()},
    }


def _print_selection(selection: Selection) -> None:
    from corpus.labels import FACETS

    print(f"Bộ lọc chọn {len(selection.documents)} văn bản.")
    if selection.unknown:
        lacking = "; ".join(f"{FACETS[facet].lower()}: {n}" for facet, n in selection.unknown_by.items())
        print(f"Không tính {selection.unknown} văn bản vì chưa rõ thông tin để lọc ({lacking}).")


def _facets_json(facets: Sequence[FacetCount]) -> dict[str, Any]:
    return {one.facet.value: {"counts": dict(one.counts), "unknown": one.unknown} for one in facets}


def _print_facets(facets: Sequence[FacetCount]) -> None:
    from corpus.labels import FACETS, KINDS, UNKNOWN

    names: dict[str, str] = {kind.value: name for kind, name in KINDS.items()}
    for one in facets:
        if one.counts or one.unknown:
            print(f"\n{FACETS[one.facet]}:")
        for value, count in one.counts.items():
            print(f"  {names.get(value, value)}: {count}")
        if one.unknown:
            print(f"  ({UNKNOWN}: {one.unknown})")


def _choices_json(query: Query) -> dict[str, Any]:
    """What each short form of a number may mean, the likeliest first."""
    return {
        short.lstrip("?"): [asdict(choice) for choice in choices] for short, choices in query.choices.items()
    }


def _print_lines(lines: Sequence[Any]) -> None:
    """Lines of text, bold where they say so and a terminal shows it; never wrapped."""
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    for line in lines:
        console.print(line)


def run_ask(options: argparse.Namespace, settings: Settings) -> int:
    """A cited answer, or an honest refusal."""
    from index.answer import answer

    with _searcher(settings) as searcher:
        given = answer(searcher, options.question)
    if options.json:
        _print_json(_answer_json(given))
    else:
        _print_answer(given)
    return DONE


def _answer_json(given: Answer) -> dict[str, Any]:
    return {
        "question": given.question,
        "outcome": given.outcome.value,
        "message": given.message,
        "statements": [
            {"text": statement.text, "citations": [_citation_json(c) for c in statement.citations]}
            for statement in given.statements
        ],
        "documents": [asdict(document) for document in given.documents],
        "nearest": [
            {**_citation_json(near.citation), "score": round(near.score, 4)} for near in given.nearest
        ],
        "as_of": given.as_of,
        "coverage": list(given.coverage),
    }


def _citation_json(citation: Citation) -> dict[str, Any]:
    return {**asdict(citation), "about": list(citation.about)}


def _print_answer(given: Answer) -> None:
    from index.wording import vietnamese_time

    print(f"Hỏi: {given.question}\n")
    print(given.message)
    for line in given.coverage:
        print(f"    {line}")
    for number, statement in enumerate(given.statements, start=1):
        print(f"\n[{number}] {statement.text}")
        for citation in statement.citations:
            print(f"    Nguồn: {_source_line(citation)}")
    for document in given.documents:
        held = (
            "có toàn văn trong kho" if document.in_collection else "kho chưa có toàn văn, chỉ được nhắc tới"
        )
        print(f"    Văn bản {document.symbol}: {held}.")
    for near in given.nearest:
        print(f"\n  · {' '.join(near.citation.quote.split())[:240]}…")
        print(f"    Nguồn: {_source_line(near.citation)}")
    if given.as_of:
        print(f"\nTheo kho cập nhật đến {vietnamese_time(given.as_of)} (giờ Việt Nam).")


def _source_line(citation: Citation) -> str:
    parts = [
        f"số {citation.symbol}" if citation.symbol else None,
        citation.title,
        citation.issuer,
        f"ngày {citation.issued_on}" if citation.issued_on else None,
        citation.publisher,
        citation.place,
        f"ký tự {citation.start}–{citation.end}",
        citation.url,
    ]
    return "; ".join(part for part in parts if part)


# --- the page, health, evaluation


def run_app(options: argparse.Namespace, settings: Settings) -> int:
    """Serve the page on this machine."""
    import os
    import subprocess

    page = Path(__file__).with_name("app.py")
    address = f"http://{options.host}:{options.port}"
    print(f"Căn Cứ đang chạy tại {address} (kho: {settings.store}). Nhấn Ctrl+C để dừng.", flush=True)
    command = [sys.executable, "-m", "streamlit", "run", str(page)]
    flags = {
        "server.port": options.port,
        "server.address": options.host,
        "server.headless": "true",
        "browser.gatherUsageStats": "false",
        "client.toolbarMode": "minimal",
        "server.fileWatcherType": "none",
    }
    command += [f"--{name}={value}" for name, value in flags.items()]
    environment = {**os.environ, "CANCU_STORE": str(settings.store), "CANCU_CACHE": str(settings.cache)}
    if settings.model:
        environment["CANCU_MODEL"] = settings.model
    if os.name == "posix":
        os.execve(sys.executable, command, environment)  # so that a signal to this process reaches the server
    return subprocess.call(command, env=environment)


def run_doctor(options: argparse.Namespace, settings: Settings) -> int:
    """Check versions, model, store and index; every failing check says what to do."""
    from doctor import examine

    checks = examine(settings)
    if options.json:
        _print_json({"checks": [asdict(check) for check in checks]})
    else:
        for check in checks:
            print(f"[{'ổn' if check.ok else 'LỖI'}] {check.name}: {check.message}")
            if check.remedy:
                print(f"       → {check.remedy}")
    return DONE if all(check.ok for check in checks) else FAILED


def run_eval_retrieval(options: argparse.Namespace, settings: Settings) -> int:
    """Measure retrieval on labelled sets, through stores and indexes that are kept in the cache folder."""
    from index.labelled_sets import read_retrieval_set
    from index.retrieval_results import describe_report, write_results

    sets = [read_retrieval_set(Path(folder)) for folder in options.folders]
    with _progress("Đánh giá") as advance:
        reports = [
            report for labelled in sets for report in _measure_retrieval(labelled, options, settings, advance)
        ]
    if options.out:
        write_results(Path(options.out), reports)
    if options.json:
        shown = [{name: part for name, part in report.items() if name != "queries"} for report in reports]
        _print_json(shown[0] if len(shown) == 1 else {"reports": shown})
    else:
        print("\n".join(line for report in reports for line in describe_report(report)))
    return DONE


def _measure_retrieval(
    labelled: RetrievalSet,
    options: argparse.Namespace,
    settings: Settings,
    advance: Callable[[str, int, int], None],
) -> Iterator[Report]:
    from index.evaluate_retrieval import run_queries
    from index.evaluation_store import open_evaluation_store
    from index.retrieval_results import make_report

    with open_evaluation_store(
        labelled,
        _encoder(settings),
        cache=settings.cache,
        with_title=not options.without_title,
        fresh=options.fresh,
        workers=settings.workers,
        progress=lambda stage, done, total: advance(_STAGES[stage], done, total),
    ) as searcher:
        for name, _, problem in searcher.store.problems():
            _say(f"Không đọc được {name}: {problem}")
        for folded in (False, True) if options.both else (options.folded,):
            run = run_queries(
                searcher,
                labelled,
                folded=folded,
                progress=lambda done, total: advance(f"Hỏi {labelled.name}", done, total),
            )
            yield make_report(
                labelled,
                searcher,
                run,
                folded=folded,
                with_title=not options.without_title,
                top=options.top,
            )


def run_eval_compare(options: argparse.Namespace, settings: Settings) -> int:
    """Compare two results files of retrieval, query by query."""
    from index.retrieval_results import compare_results, describe_comparison, read_results

    rows = compare_results(*(read_results(Path(path)) for path in (options.one, options.other)))
    if options.json:
        _print_json({"comparisons": rows})
    else:
        print("\n".join(describe_comparison(rows)))
    return DONE


def run_eval_reading(options: argparse.Namespace, settings: Settings) -> int:
    """Measure how well documents are read: facts, structure, references, invented facts."""
    from corpus.evaluate import describe_reading, evaluate_reading

    gold = Path(__file__).parent / "tests" / "gold"  # there in a checkout of the project, absent elsewhere
    with _progress("Đánh giá") as advance:
        report = evaluate_reading(
            Path(options.documents),
            gold_errors=_given(options.gold_errors, gold / "reading_gold_errors.tsv"),
            references=_given(options.references, gold / "references"),
            workers=settings.workers,
            progress=lambda done, total: advance("Đọc văn bản", done, total),
        )
    if options.json:
        _print_json(report)
    else:
        print("\n".join(describe_reading(report)))
    return DONE


def _given(named: str | None, default: Path) -> Path | None:
    if named is not None:
        return Path(named)
    return default if default.exists() else None


def run_eval_answers(options: argparse.Namespace, settings: Settings) -> int:
    """Measure answers on a file of questions over the documents of a folder."""
    from tempfile import TemporaryDirectory

    from index.evaluate_answers import evaluate_answers, read_questions

    questions = read_questions(Path(options.questions))
    with TemporaryDirectory() as folder, _progress("Đánh giá") as advance:
        paths = [Path(path) for path in options.sources]
        with _throwaway(Path(folder) / "store", paths, settings, advance) as searcher:
            report, _ = evaluate_answers(
                searcher, questions, progress=lambda done: advance("Hỏi", done, len(questions))
            )
    if options.json:
        _print_json(report)
    else:
        for name, value in report.items():
            if name != "misses":
                print(f"{name}: {value}")
        for miss in report["misses"]:  # type: ignore[attr-defined]
            print(f"  – {miss['id']} ({miss['outcome']}): {miss['reason']}: {miss['text']}")
    return DONE


@contextmanager
def _throwaway(
    folder: Path, paths: Sequence[Path], settings: Settings, advance: Callable[[str, int, int], None]
) -> Iterator[Searcher]:
    from corpus.intake import take_in
    from corpus.store import Store
    from index.search import Searcher

    with Store.open(folder) as store:
        report = take_in(store, paths, progress=lambda done, total, page: advance("Đọc văn bản", done, total))
        for page in report.pages:
            if page.change is None:
                _say(f"Không đọc được {page.name}: {page.problem}")
        _update_index(store, settings, advance, rebuild=False)
        yield Searcher.open(store, _encoder(settings))


# --- shared steps


def _update_index(
    store: Store, settings: Settings, advance: Callable[[str, int, int], None], *, rebuild: bool
) -> Any:
    from index.build import update_index
    from index.embedding_cache import EmbeddingCache

    with EmbeddingCache(settings.cache / "embeddings.sqlite") as cache:
        return update_index(
            store,
            _encoder(settings),
            cache,
            rebuild=rebuild,
            workers=settings.workers,
            progress=lambda stage, done, total: advance(_STAGES[stage], done, total),
        )


def _encoder(settings: Settings) -> Any:
    from index.encoder import Precision, load_encoder

    return load_encoder(settings.model, cache=settings.cache, precision=Precision(settings.precision))


@contextmanager
def _searcher(settings: Settings) -> Iterator[Searcher]:
    from corpus.store import Store
    from index.search import Searcher

    with Store.open(settings.store, read_only=True) as store:
        yield Searcher.open(store, _encoder(settings))


@contextmanager
def _progress(title: str) -> Iterator[Callable[[str, int, int], None]]:
    """A progress display on standard error with the time left; `advance(stage, done, total)` moves it."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TaskID,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("còn"),
        TimeRemainingColumn(),
    )
    tasks: dict[str, TaskID] = {}
    with Progress(*columns, console=Console(stderr=True)) as display:

        def advance(stage: str, done: int, total: int) -> None:
            if total == 0:
                return
            if stage not in tasks:
                tasks[stage] = display.add_task(stage, total=total)
            display.update(tasks[stage], completed=done, total=total)

        yield advance


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _say(message: str) -> None:
    print(message, file=sys.stderr)


# --- the parser


class _Parser(argparse.ArgumentParser):
    """argparse in Vietnamese where it speaks to the user."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"Lỗi cú pháp: {message}\nXem trợ giúp: {self.prog} --help\n")

    def format_help(self) -> str:
        text = super().format_help()
        for english, vietnamese in (
            ("usage:", "cách dùng:"),
            ("positional arguments:", "tham số:"),
            ("options:", "tùy chọn:"),
            ("show this help message and exit", "in trợ giúp này rồi thoát"),
        ):
            text = text.replace(english, vietnamese)
        return text

    def format_usage(self) -> str:
        return super().format_usage().replace("usage:", "cách dùng:")


def _parser() -> argparse.ArgumentParser:
    from commands.coverage import add_coverage

    parser = _Parser(
        prog="cancu", description="Căn Cứ: kho văn bản chính sách, tìm kiếm và trả lời có trích dẫn."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="LỆNH", parser_class=_Parser)

    def add(
        name: str, run: Callable[..., int], text: str, *, group: Any = commands
    ) -> argparse.ArgumentParser:
        command = group.add_parser(name, help=text, description=text)
        command.set_defaults(run=run)
        command.add_argument("--json", action="store_true", help="in một đối tượng JSON ra đầu ra chuẩn")
        command.add_argument(
            "--store", metavar="THƯ_MỤC", help="thư mục kho (mặc định: thư mục dữ liệu người dùng)"
        )
        command.add_argument(
            "--model", metavar="MÔ_HÌNH", help="thư mục hoặc tên mô hình mã hóa khác mặc định"
        )
        return command  # type: ignore[no-any-return]

    ingest = add("ingest", run_ingest, "đọc tệp hoặc thư mục vào kho và lập chỉ mục")
    ingest.add_argument(
        "paths",
        nargs="+",
        metavar="ĐƯỜNG_DẪN",
        help="tệp .pdf .docx .doc .rtf .txt .md .html .htm .jsonl .zip hoặc thư mục",
    )
    reread = add("reread", run_reread, "đọc lại mọi văn bản từ bản gốc đã lưu, sau khi cập nhật chương trình")
    for command in (ingest, reread):
        command.add_argument("--no-index", action="store_true", help="chưa lập chỉ mục")
        command.add_argument(
            "--report", metavar="TỆP.json", help="nơi ghi báo cáo (mặc định: thư mục reports của kho)"
        )
    ingest.add_argument("--label", metavar="TÊN", help="tên của kho, hiện trên trang")
    index = add("index", run_index, "cập nhật chỉ mục theo kho")
    index.add_argument("--rebuild", action="store_true", help="dựng lại từ đầu")
    remove = add("remove", run_remove, "bỏ một văn bản khỏi kho")
    remove.add_argument("document", metavar="VĂN_BẢN", help="mã văn bản, số ký hiệu, đường dẫn hoặc địa chỉ")
    remove.add_argument("--no-index", action="store_true", help="chưa cập nhật chỉ mục")
    read = add("read", run_read, "xem chương trình hiểu gì về một tệp (không lưu) hoặc một văn bản trong kho")
    read.add_argument("file", metavar="TỆP", help="tệp; hoặc mã, số ký hiệu, địa chỉ của văn bản trong kho")
    read.add_argument("--version", metavar="BẢN", help="bản đọc cũ trong kho: số thứ tự hoặc mã của bản")
    correct = add("correct", run_correct, "sửa bằng tay một thông tin của văn bản")
    correct.add_argument("document", metavar="VĂN_BẢN", help="mã văn bản, số ký hiệu, đường dẫn hoặc địa chỉ")
    correct.add_argument("fact", metavar="THÔNG_TIN", help="ví dụ: symbol, issued_on, issuer, signer")
    correct.add_argument("value", metavar="GIÁ_TRỊ", nargs="?", help='giá trị đúng; "" là không rõ')
    correct.add_argument("--by", required=True, metavar="AI", help="người sửa")
    correct.add_argument("--reason", required=True, metavar="VÌ_SAO", help="lý do")
    correct.add_argument("--undo", action="store_true", help="bỏ lần sửa gần nhất")
    add("symbols", run_symbols, "tìm số văn bản trong đoạn chữ ở đầu vào chuẩn")
    search = add("search", run_search, "tìm đoạn văn bản")
    search.add_argument("query", metavar="TỪ_KHÓA")
    search.add_argument("--top", type=int, default=10, metavar="N", help="số kết quả (mặc định 10)")
    _add_filters(search)
    search.add_argument(
        "--documents", action="store_true", help="xếp hạng văn bản (văn bản nào chi phối), không phải đoạn"
    )
    ask = add("ask", run_ask, "hỏi và nhận câu trả lời có trích dẫn")
    ask.add_argument("question", metavar="CÂU_HỎI")
    add_coverage(add)
    app = add("app", run_app, "mở trang Căn Cứ trên máy này")
    app.add_argument("--port", type=int, default=8501, metavar="CỔNG")
    app.add_argument("--host", default="127.0.0.1", metavar="ĐỊA_CHỈ")
    add("doctor", run_doctor, "kiểm tra phiên bản, mô hình, kho và chỉ mục")
    evaluate = commands.add_parser("eval", help="đo chất lượng", description="đo chất lượng")
    measures = evaluate.add_subparsers(dest="measure", required=True, metavar="PHÉP_ĐO", parser_class=_Parser)
    retrieval = add("retrieval", run_eval_retrieval, "đo tìm kiếm trên các bộ có nhãn", group=measures)
    retrieval.add_argument("folders", nargs="+", metavar="THƯ_MỤC")
    retrieval.add_argument("--top", type=int, default=10, metavar="N")
    typing = retrieval.add_mutually_exclusive_group()
    typing.add_argument("--folded", action="store_true", help="bỏ dấu câu hỏi")
    typing.add_argument("--both", action="store_true", help="đo cả câu hỏi có dấu lẫn bỏ dấu")
    retrieval.add_argument("--without-title", action="store_true", help="không đưa tiêu đề vào chỉ mục")
    retrieval.add_argument("--fresh", action="store_true", help="dựng lại kho và chỉ mục của bộ")
    retrieval.add_argument("--out", metavar="TỆP.json", help="ghi kết quả từng câu hỏi (mã và thứ hạng)")
    compare = add("compare", run_eval_compare, "so hai tệp kết quả tìm kiếm", group=measures)
    compare.add_argument("one", metavar="TRƯỚC.json")
    compare.add_argument("other", metavar="SAU.json")
    reading = add(
        "reading", run_eval_reading, "đo việc đọc hiểu văn bản trên một tệp có nhãn", group=measures
    )
    reading.add_argument("documents", metavar="VĂN_BẢN.jsonl")
    reading.add_argument("--gold-errors", metavar="TỆP.tsv", help="lỗi đã biết của nhãn, không tính")
    reading.add_argument("--references", metavar="THƯ_MỤC", help="nhãn dẫn chiếu viết tay")
    answers = add("answers", run_eval_answers, "đo câu trả lời trên một tệp câu hỏi", group=measures)
    answers.add_argument("questions", metavar="CÂU_HỎI.jsonl")
    answers.add_argument("--sources", nargs="+", required=True, metavar="ĐƯỜNG_DẪN", help="văn bản để hỏi")
    return parser


def _add_filters(search: argparse.ArgumentParser) -> None:
    filters = search.add_argument_group("lọc (ghi một tùy chọn nhiều lần để nhận thêm giá trị)")
    for name, metavar, text in (
        ("type", "LOẠI", "loại văn bản, viết tắt hoặc đầy đủ: NQ, nghị quyết, nghi quyet"),
        ("issuer", "CƠ_QUAN", "cơ quan ban hành, tên hoặc mã: UBND tỉnh Hà Tĩnh, Bộ Tài chính, BTC"),
        ("level", "CẤP", "trung ương, tỉnh, huyện, xã"),
        ("system", "HỆ_THỐNG", "Đảng, Nhà nước, Mặt trận"),
        ("province", "TỈNH", "tỉnh, thành phố khi ban hành; của tin bài: nơi được nói tới"),
        ("kind", "LOẠI_TRANG", "directive (văn bản), news (tin bài), unknown (chưa rõ)"),
        ("effect", "HIỆU_LỰC", "hiệu lực theo những gì có trong kho: bị thay thế, bị bãi bỏ, ..."),
        ("source", "NGUỒN", "nơi đăng, tên miền hoặc tệp chứa; một phần của tên cũng được"),
    ):
        filters.add_argument(f"--{name}", action="append", default=[], metavar=metavar, help=text)
    filters.add_argument(
        "--today-province",
        action="store_true",
        help="tính --province theo tỉnh ngày nay, gồm cả văn bản của các tỉnh đã sáp nhập vào",
    )
    days = "năm, tháng hoặc ngày ban hành (của tin bài: ngày đăng): 2021, 7/2021, 15/7/2021, 2021-07-15"
    filters.add_argument("--from", dest="first", metavar="NGÀY", help=f"từ {days}")
    filters.add_argument("--to", dest="last", metavar="NGÀY", help="đến hết năm, tháng hoặc ngày đó")
    filters.add_argument(
        "--facets",
        action="store_true",
        help="đếm các văn bản được lọc theo loại, cơ quan, cấp, tỉnh, năm, ...",
    )


if __name__ == "__main__":
    sys.exit(main())
