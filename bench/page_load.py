"""Many people at the page at once: errors, times from asking to the answer, memory of the server.

    python bench/page_load.py STORE [--sessions 30] [--minutes 5] [--think 10] [--questions FILE]

A server of its own serves STORE on loopback. First one session asks alone (a minute, without pause), then all of
them for the whole time; each goes through the questions in an order of its own and pauses for --think seconds,
half to one and a half, after each answer (0: never). A question is answered when the script of the page has ended
and an outcome was drawn; anything else is an error. "processor" is what the server had of the cores for an answer: other
work on the machine stretches the times, not it. Linux only (memory and processor are read from /proc).
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.page_client import meet, processor_seconds, resident
from index.retrieval_results import find_commit
from tests.journeys import serve

QUESTIONS = Path(__file__).with_name("page_questions.txt")
_OUTCOME = "cc-outcome"
_ALONE = 60  # seconds
_MEGABYTE = 2**20


@dataclass(slots=True)
class Told:
    """What came of one measurement."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    processor: float = 0  # seconds of the server


def main() -> None:
    given = _parse_arguments()
    questions = given.questions.read_text("utf-8").split("\n")
    questions = [line.strip() for line in questions if line.strip()]
    with (
        TemporaryDirectory() as folder,
        serve(given.store, Path(folder) / "server.log") as (address, process),
    ):
        asyncio.run(_measure(address, process, questions, given))
    print(f"commit {find_commit()}")


async def _measure(address: str, process: int, questions: Sequence[str], given: argparse.Namespace) -> None:
    warm = Told()
    await _ask(address, questions[:3], warm, until=0, think=0, rounds=3)
    print(f"first answer {warm.seconds[0]:.2f} s (model and index are loaded), memory {_memory(process)}")
    alone = Told()
    before = processor_seconds(process)
    await _ask(address, questions, alone, until=perf_counter() + min(_ALONE, given.minutes * 60), think=0)
    alone.processor = processor_seconds(process) - before
    _print("1 session, no pause", alone, process)

    together = Told()
    until = perf_counter() + given.minutes * 60
    watching = asyncio.create_task(_watch(process, until))
    orders = [random.Random(number).sample(questions, len(questions)) for number in range(given.sessions)]
    await asyncio.gather(
        *(_ask(address, order, together, until=until, think=given.think) for order in orders)
    )
    await watching
    together.processor = processor_seconds(process) - before - alone.processor
    _print(f"{given.sessions} sessions, pause {given.think} s", together, process)
    for error in sorted(set(together.errors))[:10]:
        print(f"  {error}")


async def _ask(
    address: str, order: Sequence[str], told: Told, *, until: float, think: float, rounds: int = 0
) -> None:
    """One session: questions in their order, over and over, until the moment (or for so many rounds)."""
    dice = random.Random(order[0])
    try:
        person = await meet(address)
        if think:
            await asyncio.sleep(dice.uniform(0, think))  # people do not come at one moment
        asked = 0
        while asked < rounds or perf_counter() < until:
            question = order[asked % len(order)]
            drawn = await person.open("", q=question)
            asked += 1
            told.seconds.append(drawn.seconds)
            if drawn.errors or _OUTCOME not in drawn.html:
                told.errors.append(f"{question}: {drawn.errors or 'no outcome'}")
            if think:
                await asyncio.sleep(dice.uniform(think / 2, think * 1.5))
        await person.socket.close()
    except OSError as error:
        told.errors.append(f"connection: {error}")


async def _watch(process: int, until: float) -> None:
    begun, minute = perf_counter(), 0
    while perf_counter() < until:
        print(f"  minute {minute}: memory {_memory(process)}", flush=True)
        minute += 1
        await asyncio.sleep(max(0.0, min(begun + 60 * minute, until) - perf_counter()))


def _print(what: str, told: Told, process: int) -> None:
    p50, p95, most = np.percentile(told.seconds, [50, 95, 100])
    print(
        f"{what}: {len(told.seconds)} answers, {len(told.errors)} errors, p50 {p50:.2f} s, p95 {p95:.2f} s, "
        f"longest {most:.2f} s, processor {told.processor / len(told.seconds):.2f} s an answer, "
        f"memory {_memory(process)}",
        flush=True,
    )


def _memory(process: int) -> str:
    return f"{resident(process) / _MEGABYTE:,.0f} MB"


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("store", type=Path)
    parser.add_argument("--sessions", type=int, default=30)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument(
        "--think", type=float, default=10, help="seconds between an answer and the next question"
    )
    parser.add_argument("--questions", type=Path, default=QUESTIONS, help="one question a line")
    return parser.parse_args()


if __name__ == "__main__":
    main()
