"""Documents into the store and out of it: `ingest`, `reread`, `index`, `remove`."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from commands.console import DONE, FAILED, PARTLY, Advance, CommandGroup, print_json, show_progress
from commands.steps import refresh_index
from settings import Settings

if TYPE_CHECKING:
    from corpus.intake import IntakeReport
    from corpus.store import Store


def add_intake(add: CommandGroup) -> None:
    """Register the commands of this module."""
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


def run_ingest(options: argparse.Namespace, settings: Settings) -> int:
    """Read, store and index files and folders."""
    from corpus.intake import take_in
    from corpus.store import Store

    with Store.open(settings.store) as store, show_progress() as advance:
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

    with Store.open(settings.store) as store, show_progress() as advance:
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
    advance: Advance,
) -> int:
    """Write the report, bring the index up to date, say what became of every page; the exit code."""
    from corpus.intake_report import describe_report, report_json, write_report

    kept = write_report(store.folder, report, path=Path(options.report) if options.report else None)
    indexed = None if options.no_index else refresh_index(store, settings, advance, rebuild=False)
    failed = report.count(None)
    if options.json:
        index = asdict(indexed) if indexed else None
        print_json({**report_json(report), "report": str(kept), "index": index})
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

    with Store.open(settings.store) as store, show_progress() as advance:
        change = refresh_index(store, settings, advance, rebuild=options.rebuild)
    if options.json:
        print_json(asdict(change))
    else:
        print(f"Chỉ mục: {change.passages} đoạn (thêm {change.added}, bỏ {change.removed}).")
    return DONE


def run_remove(options: argparse.Namespace, settings: Settings) -> int:
    """Take one document out of the store and the index."""
    from corpus.store import Store

    with Store.open(settings.store) as store, show_progress() as advance:
        document_id = store.find_document(options.document)
        with store.writing():
            store.remove(document_id)
        change = None if options.no_index else refresh_index(store, settings, advance, rebuild=False)
    if options.json:
        print_json({"removed": document_id, "index": asdict(change) if change else None})
    else:
        print(f"Đã bỏ văn bản {document_id} khỏi kho.")
    return DONE
