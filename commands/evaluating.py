"""Measures of quality on labelled files: `eval retrieval`, `compare`, `reading`, `answers`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from commands.console import DONE, Advance, CommandGroup, print_json, say, show_progress
from commands.steps import STAGES, open_encoder, open_searcher, refresh_index
from settings import Settings

if TYPE_CHECKING:
    from index.labelled_sets import RetrievalSet
    from index.retrieval_results import Report
    from index.search import Searcher

# Our own labels: there in a checkout of the project, absent elsewhere.
_GOLD = Path(__file__).parents[1] / "tests" / "gold"


def add_evaluating(add: CommandGroup) -> None:
    """Register the commands of this module."""
    add_measure = add.group("eval", "đo chất lượng", dest="measure", metavar="PHÉP_ĐO")
    retrieval = add_measure("retrieval", run_eval_retrieval, "đo tìm kiếm trên các bộ có nhãn")
    retrieval.add_argument("folders", nargs="+", metavar="THƯ_MỤC")
    retrieval.add_argument("--top", type=int, default=10, metavar="N")
    typing = retrieval.add_mutually_exclusive_group()
    typing.add_argument("--folded", action="store_true", help="bỏ dấu câu hỏi")
    typing.add_argument("--both", action="store_true", help="đo cả câu hỏi có dấu lẫn bỏ dấu")
    retrieval.add_argument("--without-title", action="store_true", help="không đưa tiêu đề vào chỉ mục")
    retrieval.add_argument("--fresh", action="store_true", help="dựng lại kho và chỉ mục của bộ")
    retrieval.add_argument("--out", metavar="TỆP.json", help="ghi kết quả từng câu hỏi (mã và thứ hạng)")
    compare = add_measure("compare", run_eval_compare, "so hai tệp kết quả tìm kiếm")
    compare.add_argument("one", metavar="TRƯỚC.json")
    compare.add_argument("other", metavar="SAU.json")
    reading = add_measure("reading", run_eval_reading, "đo việc đọc hiểu văn bản trên một tệp có nhãn")
    reading.add_argument("documents", metavar="VĂN_BẢN.jsonl")
    reading.add_argument("--gold-errors", metavar="TỆP.tsv", help="lỗi đã biết của nhãn, không tính")
    reading.add_argument("--references", metavar="THƯ_MỤC", help="nhãn dẫn chiếu viết tay")
    answers = add_measure("answers", run_eval_answers, "đo câu trả lời trên một tệp câu hỏi")
    answers.add_argument("questions", metavar="CÂU_HỎI.jsonl")
    answers.add_argument(
        "--sources", nargs="+", metavar="ĐƯỜNG_DẪN", help="văn bản để hỏi (mặc định: kho của --store)"
    )


def run_eval_retrieval(options: argparse.Namespace, settings: Settings) -> int:
    """Measure retrieval on labelled sets, through stores and indexes that are kept in the cache folder."""
    from index.labelled_sets import read_retrieval_set
    from index.retrieval_results import describe_report, write_results

    sets = [read_retrieval_set(Path(folder)) for folder in options.folders]
    with show_progress() as advance:
        reports = [
            report for labelled in sets for report in _measure_retrieval(labelled, options, settings, advance)
        ]
    if options.out:
        write_results(Path(options.out), reports)
    if options.json:
        shown = [{name: part for name, part in report.items() if name != "queries"} for report in reports]
        print_json(shown[0] if len(shown) == 1 else {"reports": shown})
    else:
        print("\n".join(line for report in reports for line in describe_report(report)))
    return DONE


def _measure_retrieval(
    labelled: RetrievalSet,
    options: argparse.Namespace,
    settings: Settings,
    advance: Advance,
) -> Iterator[Report]:
    from index.evaluate_retrieval import run_queries
    from index.evaluation_store import open_evaluation_store
    from index.retrieval_results import make_report

    with open_evaluation_store(
        labelled,
        open_encoder(settings),
        cache=settings.cache,
        with_title=not options.without_title,
        fresh=options.fresh,
        workers=settings.workers,
        progress=lambda stage, done, total: advance(STAGES[stage], done, total),
    ) as searcher:
        for name, _, problem in searcher.store.problems():
            say(f"Không đọc được {name}: {problem}")
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
        print_json({"comparisons": rows})
    else:
        print("\n".join(describe_comparison(rows)))
    return DONE


def run_eval_reading(options: argparse.Namespace, settings: Settings) -> int:
    """Measure how well documents are read: facts, structure, references, invented facts."""
    from corpus.evaluate import describe_reading, evaluate_reading

    with show_progress() as advance:
        report = evaluate_reading(
            Path(options.documents),
            gold_errors=_given(options.gold_errors, _GOLD / "reading_gold_errors.tsv"),
            references=_given(options.references, _GOLD / "references"),
            workers=settings.workers,
            progress=lambda done, total: advance("Đọc văn bản", done, total),
        )
    if options.json:
        print_json(report)
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
    with ExitStack() as stack:
        advance = stack.enter_context(show_progress())
        if options.sources:
            folder = Path(stack.enter_context(TemporaryDirectory())) / "store"
            paths = [Path(path) for path in options.sources]
            searcher = stack.enter_context(_throwaway(folder, paths, settings, advance))
        else:
            searcher = stack.enter_context(open_searcher(settings))
        report, _ = evaluate_answers(
            searcher, questions, progress=lambda done: advance("Hỏi", done, len(questions))
        )
    if options.json:
        print_json(report)
    else:
        for name, value in report.items():
            if name not in ("misses", "by"):
                print(f"{name}: {value}")
        for label, parts in report["by"].items():  # type: ignore[attr-defined]
            for value, rates in parts.items():
                print(f"{label} {value}: {rates}")
        for miss in report["misses"]:  # type: ignore[attr-defined]
            print(f"  – {miss['id']} ({miss['outcome']}): {miss['reason']}: {miss['text']}")
    return DONE


@contextmanager
def _throwaway(
    folder: Path, paths: Sequence[Path], settings: Settings, advance: Advance
) -> Iterator[Searcher]:
    from corpus.intake import take_in
    from corpus.store import Store
    from index.search import Searcher

    with Store.open(folder) as store:
        report = take_in(store, paths, progress=lambda done, total, page: advance("Đọc văn bản", done, total))
        for page in report.pages:
            if page.change is None:
                say(f"Không đọc được {page.name}: {page.problem}")
        refresh_index(store, settings, advance, rebuild=False)
        yield Searcher.open(store, open_encoder(settings))
