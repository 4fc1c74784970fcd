"""What every command says and understands: exit codes, errors, progress, output, the parser in Vietnamese."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from settings import Settings

DONE, FAILED, USAGE, PARTLY = 0, 1, 2, 3

Advance = Callable[[str, int, int], None]  # (stage, done, total): moves a progress display


class CommandError(Exception):
    """A command cannot go on; the message is for the user."""


@contextmanager
def show_progress() -> Iterator[Advance]:
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


def print_json(value: object) -> None:
    """One JSON value on standard output, for `--json`."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def print_lines(lines: Sequence[Any]) -> None:
    """Lines of text, bold where they say so and a terminal shows it; never wrapped."""
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    for line in lines:
        console.print(line)


def docx_path(name: str) -> Path:
    """The type of an option that names a Word file to be written."""
    if Path(name).suffix.lower() != ".docx":
        raise argparse.ArgumentTypeError(f"không ghi được tệp {name!r}; hãy đặt tên tệp với đuôi .docx")
    return Path(name)


def say(message: str) -> None:
    """A line on standard error, out of the way of what a command prints."""
    print(message, file=sys.stderr)


class Parser(argparse.ArgumentParser):
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

    def open_group(self, dest: str, metavar: str) -> CommandGroup:
        """The group of commands under this parser; `options.<dest>` holds the name of the one given."""
        return CommandGroup(
            self.add_subparsers(dest=dest, required=True, metavar=metavar, parser_class=Parser)
        )


class CommandGroup:
    """Where commands are registered: `add(name, run, text)` gives one the options that every command has.

    `run(options, settings)` does the command and returns its exit code.
    """

    def __init__(self, commands: argparse._SubParsersAction[Parser]) -> None:
        self._commands = commands

    def __call__(self, name: str, run: Callable[[argparse.Namespace, Settings], int], text: str) -> Parser:
        """The parser of a new command, for the arguments of its own."""
        command = self._commands.add_parser(name, help=text, description=text)
        command.set_defaults(run=run)
        command.add_argument("--json", action="store_true", help="in một đối tượng JSON ra đầu ra chuẩn")
        command.add_argument(
            "--store", metavar="THƯ_MỤC", help="thư mục kho (mặc định: thư mục dữ liệu người dùng)"
        )
        command.add_argument(
            "--model", metavar="MÔ_HÌNH", help="thư mục hoặc tên mô hình mã hóa khác mặc định"
        )
        return command

    def group(self, name: str, text: str, *, dest: str, metavar: str) -> CommandGroup:
        """A command that is a group of commands: `cancu eval retrieval`."""
        return self._commands.add_parser(name, help=text, description=text).open_group(dest, metavar)
