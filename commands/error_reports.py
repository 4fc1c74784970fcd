"""Answers that were reported as wrong on the page: `reports`."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from commands.console import DONE, USAGE, CommandError, CommandGroup, print_json, print_lines, say
from settings import Settings


def add_error_reports(add: CommandGroup) -> None:
    """Register the command of this module."""
    reports = add("reports", run_reports, "xem các câu trả lời bị báo sai và đóng báo sai đã xem xét")
    reports.add_argument("--open", action="store_true", help="chỉ những báo sai đang chờ xem xét")
    reports.add_argument("--csv", metavar="TỆP.csv", type=Path, help="ghi cả ra một tệp mở được bằng Excel")
    reports.add_argument("--close", metavar="SỐ", type=int, help="đóng một báo sai, cùng với --note")
    reports.add_argument("--note", metavar="KẾT_QUẢ", help="kết quả xem xét báo sai được đóng")


def run_reports(options: argparse.Namespace, settings: Settings) -> int:
    """List the reports, or close one."""
    from corpus.store import Store
    from index.exports.error_reports import describe_report, write_reports

    if (options.close is None) != (options.note is None):
        say(
            "Lỗi cú pháp: --close và --note đi cùng nhau, ví dụ: cancu reports --close 3 --note 'đã sửa ngày'"
        )
        return USAGE
    if options.close is not None:
        with Store.open(settings.store) as store:
            store.close_error_report(options.close, note=options.note)
        say(f"Đã đóng báo sai số {options.close}.")
        return DONE
    with Store.open(settings.store, read_only=True) as store:
        reports = [report for report in store.error_reports() if report.is_open or not options.open]
    if options.csv is not None:
        try:
            options.csv.write_bytes(write_reports(reports))
        except OSError as error:
            raise CommandError(
                f"Không ghi được tệp {options.csv}: {error.strerror}. Hãy chọn thư mục có sẵn và được phép ghi."
            ) from error
        say(f"Đã ghi {len(reports)} báo sai ra tệp {options.csv}")
    if options.json:
        print_json({"reports": [asdict(report) for report in reports]})
        return DONE
    waiting = " đang chờ xem xét" if options.open else ""
    lines = [line for report in reports for line in (*describe_report(report), "")]
    print_lines(lines or [f"Không có báo sai nào{waiting}."])
    return DONE
