"""The sources of a collection: `sources list|add|check|enable|disable`, and `schedule`."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commands.console import DONE, FAILED, PARTLY, CommandError, CommandGroup, print_json
from commands.steps import open_fetcher
from settings import Settings

if TYPE_CHECKING:
    from ingest.crawl.checking import CheckedStart
    from ingest.sources import Source, Start

_UNVERIFIED = "do người dùng thêm; chưa kiểm chứng trực tuyến"


def add_sources(add: CommandGroup) -> None:
    """Register the commands of this module."""
    group = add.group("sources", "xem và sửa các nguồn thu thập", dest="action", metavar="VIỆC")
    group("list", run_list, "liệt kê các nguồn")
    check = group("check", run_check, "thử đọc danh sách và một trang của nguồn, không lưu gì")
    check.add_argument("names", nargs="*", metavar="NGUỒN", help="tên nguồn (mặc định: mọi nguồn đang bật)")
    for name, on, text in (("enable", True, "bật nguồn"), ("disable", False, "tắt nguồn")):
        switch = group(name, run_switch, text)
        switch.set_defaults(on=on)
        switch.add_argument("names", nargs="+", metavar="NGUỒN")
    _add_adding(group)
    schedule = add("schedule", run_schedule, "in các dòng cài đặt để máy tự thu thập theo giờ")
    schedule.add_argument("--every", choices=("hour", "day", "week"), default="day", help="chu kỳ")
    schedule.add_argument("--at", default="06:30", metavar="GIỜ", help="giờ chạy, ví dụ 06:30")
    schedule.add_argument(
        "sources", nargs="*", metavar="NGUỒN", help="tên nguồn (mặc định: mọi nguồn đang bật)"
    )


def _add_adding(group: CommandGroup) -> None:
    adding = group("add", run_add, "thêm một nguồn vào tệp nguồn của bạn")
    adding.add_argument("name", metavar="TÊN", help="chữ thường, số và dấu gạch nối")
    adding.add_argument("--publisher", required=True, metavar="CƠ_QUAN", help="nơi xuất bản")
    adding.add_argument(
        "--kind", required=True, choices=("news", "documents"), help="báo chí hay cổng văn bản"
    )
    adding.add_argument(
        "--start",
        required=True,
        action="append",
        metavar="LOẠI=ĐỊA_CHỈ",
        help="điểm bắt đầu: feed=, sitemap=, listing=, wordpress=, links= hoặc folder= (ghi được nhiều lần)",
    )
    adding.add_argument("--province", metavar="TỈNH", help="tỉnh, thành phố của nơi xuất bản")
    adding.add_argument("--site", metavar="TÊN", help="tệp quy tắc trang trong ingest/sites")
    for name, text in (
        ("host", "máy chủ khác mà trang hoặc tệp của nguồn có thể nằm"),
        ("allow", "biểu thức chính quy mà địa chỉ trang phải khớp"),
        ("deny", "biểu thức chính quy của địa chỉ bị bỏ qua"),
    ):
        adding.add_argument(f"--{name}", action="append", default=[], metavar="MẪU", help=text)
    adding.add_argument("--delay", type=float, default=1.0, metavar="GIÂY", help="nghỉ giữa hai lần tải")
    adding.add_argument("--budget", type=int, default=500, metavar="N", help="số trang nhiều nhất mỗi lượt")
    adding.add_argument("--private", action="store_true", help="máy chủ nằm trong mạng nội bộ")
    adding.add_argument("--disabled", action="store_true", help="thêm nhưng chưa bật")


def run_list(options: argparse.Namespace, settings: Settings) -> int:
    """All sources that are known, with whether they are crawled."""
    from ingest.sources import load_sources

    sources = load_sources(settings.sources).all()
    if options.json:
        print_json({"file": str(settings.sources), "sources": [_source_json(source) for source in sources]})
        return DONE
    for source in sources:
        state = "không thu thập" if source.barred else "bật" if source.enabled else "tắt"
        where = f", {source.province}" if source.province else ""
        print(f"[{state}] {source.name}: {source.publisher}{where}")
        for start in source.starts:
            print(f"    {start.kind.value} {start.url}\n      kiểm chứng: {start.verified}")
        for line in (source.barred, source.note):
            if line:
                print(f"    {line}")
    print(f"Tệp nguồn của bạn: {settings.sources}")
    return DONE


def _source_json(source: Source) -> dict[str, Any]:
    return {**asdict(source), "crawled": source.enabled and not source.barred}


def run_check(options: argparse.Namespace, settings: Settings) -> int:
    """Fetch the lists of sources and one page of each, and tell what is understood of them."""
    from commands.collecting import choose_sources
    from ingest.crawl.checking import check_source

    sources = choose_sources(options.names, settings)
    with open_fetcher(settings) as fetcher:
        checked = {source.name: check_source(source, fetcher) for source in sources}
    if options.json:
        print_json({name: [asdict(start) for start in starts] for name, starts in checked.items()})
    else:
        for name, starts in checked.items():
            print(name)
            for start in starts:
                print("\n".join(_describe_start(start)))
    problems = [start.problem is not None for starts in checked.values() for start in starts]
    return DONE if not any(problems) else FAILED if all(problems) else PARTLY


def _describe_start(checked: CheckedStart) -> list[str]:
    lines = [
        f"  {checked.start.kind.value} {checked.start.url}: {checked.pages} trang, bỏ qua {checked.passed}"
    ]
    if checked.problem:
        lines.append(f"    Lỗi: {checked.problem}")
    if page := checked.page:
        lines += [
            f"    Ví dụ: {page.url}",
            f"      tiêu đề: {page.title or 'không rõ'}",
            f"      ngày đăng: {page.published_at or 'không rõ'}; tác giả: {page.author or 'không rõ'}",
            f"      {page.characters} ký tự: {page.begins}…",
        ]
    return lines


def run_switch(options: argparse.Namespace, settings: Settings) -> int:
    """Switch sources on or off in the user's file."""
    from ingest.sources import load_sources, set_enabled

    known = load_sources(settings.sources)
    for name in options.names:  # all of them or none
        known.get(name)
    for name in options.names:
        set_enabled(_user_file(settings), name, options.on)
    if options.json:
        print_json({"file": str(settings.sources), "enabled": dict.fromkeys(options.names, options.on)})
    else:
        print(f"Đã {'bật' if options.on else 'tắt'}: {', '.join(options.names)} (ghi ở {settings.sources}).")
    return DONE


def run_add(options: argparse.Namespace, settings: Settings) -> int:
    """Write a source into the user's file."""
    from ingest.sources import Source, SourceKind, add_source

    source = Source(
        name=options.name,
        publisher=options.publisher,
        kind=SourceKind(options.kind),
        starts=tuple(_read_start(text) for text in options.start),
        verified=_UNVERIFIED,
        province=options.province,
        site=options.site,
        hosts=tuple(options.host),
        allow=tuple(options.allow),
        deny=tuple(options.deny),
        delay=options.delay,
        budget=options.budget,
        private=options.private,
        enabled=not options.disabled,
    )
    add_source(_user_file(settings), source)
    if options.json:
        print_json({"file": str(settings.sources), "source": _source_json(source)})
    else:
        print(
            f"Đã thêm nguồn {source.name} vào {settings.sources}. Hãy thử: cancu sources check {source.name}"
        )
    return DONE


def _read_start(text: str) -> Start:
    """A start point as typed: "feed=https://…"."""
    from ingest.sources import Start, StartKind

    kind, _, url = text.partition("=")
    if kind not in [known.value for known in StartKind] or not url:
        raise CommandError(
            f"Không hiểu điểm bắt đầu {text!r}. Hãy viết như feed=https://…/rss; các loại: "
            f"{', '.join(known.value for known in StartKind)}."
        )
    return Start(kind=StartKind(kind), url=url, verified=_UNVERIFIED)


def _user_file(settings: Settings) -> Path:
    assert settings.sources is not None
    return settings.sources


def run_schedule(options: argparse.Namespace, settings: Settings) -> int:
    """What to give the clock of a system so that it crawls by itself."""
    import sys

    from commands.collecting import choose_sources
    from ingest.schedule import schedule_lines

    choose_sources(options.sources, settings)  # nobody watches what a clock runs
    program = Path(sys.executable).with_name("cancu")  # beside the Python that runs now, on every system
    command = [str(program), "crawl", *options.sources, "--store", str(settings.store.absolute())]
    schedule = schedule_lines(command, every=options.every, at=options.at)
    if options.json:
        print_json(asdict(schedule))
        return DONE
    for clock in schedule.all():
        print(f"# {clock.name}: {clock.how}\n{clock.text}\n")
    return DONE
