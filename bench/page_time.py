"""Server time of what people do on each page, over a store of the size given: median and 95th percentile.

    python bench/page_time.py STORE [--rounds 12]

A server of its own serves STORE on loopback; one session does everything in turn, each round with another question
or document, so that nothing is answered from what was drawn before. Times are from the message of the browser to
the end of the script, so the drawing in the browser is not in them; "processor" is what the server had of the cores
for it (median and 95th percentile): other work on the machine stretches the times, not it.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.page_client import Drawn, Person, meet, processor_seconds
from bench.page_load import QUESTIONS
from corpus.sentences import Span, find_sentences
from corpus.store import Store
from index.retrieval_results import find_commit
from tests.journeys import serve

_LIMIT = 0.3  # seconds: what every interaction should keep
_THEMES = (
    "nông thôn mới",
    "chuyển đổi số",
    "giảm nghèo",
    "đầu tư công",
    "bảo hiểm y tế",
    "nhà ở xã hội",
    "cải cách hành chính",
    "bảo vệ môi trường",
    "phòng chống thiên tai",
    "an toàn giao thông",
    "giáo dục nghề nghiệp",
    "khoa học và công nghệ",
    "phát triển du lịch",
)
_PAIRS = (["Hà Tĩnh", "Nghệ An"], ["Hà Nội", "Hồ Chí Minh"], ["Huế", "Quảng Trị"])
_TEXT = "Theo {symbol}, “{words}”. Văn bản này có hiệu lực từ ngày 01/7/2025."


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("store", type=Path)
    parser.add_argument("--rounds", type=int, default=12)
    given = parser.parse_args()
    questions = [line for line in QUESTIONS.read_text("utf-8").splitlines() if line]
    with Store.open(given.store, read_only=True) as store:
        passages = store.state().passages
        documents = _choose(store, given.rounds + 1)
        cited = _most_cited(store, given.rounds + 1)
    with (
        TemporaryDirectory() as folder,
        serve(given.store, Path(folder) / "server.log") as (address, process),
    ):
        taken = asyncio.run(_measure(address, process, questions, documents, cited, given.rounds))
    print(f"{passages:,} passages, commit {find_commit()}; seconds of the server\n")
    print(f"{'page':14}{'what':34}{'median':>8}{'p95':>8}{'processor':>11}{'p95':>6}")
    for (page, what), drawn in taken.items():
        median, high = np.percentile([one.seconds for one, _ in drawn], [50, 95])
        worked, most = np.percentile([processor for _, processor in drawn], [50, 95])
        slow = "" if high < _LIMIT else "  over 0.3"
        failed = sum(bool(one.errors) for one, _ in drawn)
        print(
            f"{page:14}{what:34}{median:8.3f}{high:8.3f}{worked:11.2f}{most:6.2f}{slow}{f'  {failed} with an error' if failed else ''}"
        )


def _choose(store: Store, count: int) -> list[tuple[str, Span, str, str]]:
    """Documents with a number, at random: id, the first sentence of a passage, the passage's first words, number."""
    rows = [row for row in store.list_documents() if row["symbol"]]
    chosen = []
    for row in random.Random(8).sample(rows, min(len(rows), count)):
        document = store.document(row["id"])
        passage = document.passages[len(document.passages) // 2]
        sentence = find_sentences(document.text, passage.start, passage.end)[0]
        words = " ".join(document.text[passage.start : passage.end][:160].split())
        chosen.append((row["id"], sentence, words, row["symbol"]))
    return chosen


def _most_cited(store: Store, count: int) -> list[str]:
    """The documents whose numbers other texts name most: ids, the most named first."""
    numbers = {row["id"]: row["symbol"] for row in store.list_documents() if row["symbol"]}
    return sorted(numbers, key=lambda name: (-len(store.references_to(numbers[name])), name))[:count]


async def _measure(
    address: str,
    process: int,
    questions: Sequence[str],
    documents: Sequence[tuple[str, Span, str, str]],
    cited: Sequence[str],
    rounds: int,
) -> dict[tuple[str, str], list[tuple[Drawn, float]]]:
    """What was drawn, with the processor seconds of the server, by page and interaction."""
    taken: dict[tuple[str, str], list[tuple[Drawn, float]]] = {}
    person = await meet(address)
    for number in range(rounds + 1):  # the first round loads what is loaded once
        question, document = questions[number % len(questions)], documents[number % len(documents)]
        steps = _steps(person, number, question, document, cited[number % len(cited)])
        before = processor_seconds(process)
        async for page, what, drawn in steps:
            after = processor_seconds(process)
            if number:
                taken.setdefault((page, what), []).append((drawn, after - before))
            before = after
    await person.socket.close()
    return taken


async def _steps(
    person: Person, number: int, question: str, document: tuple[str, Span, str, str], cited: str
) -> AsyncIterator[tuple[str, str, Drawn]]:
    found, sentence, words, symbol = document
    theme, pair = _THEMES[number % len(_THEMES)], _PAIRS[number % len(_PAIRS)]
    span = {"start": str(sentence.start), "end": str(sentence.end)}
    yield "Hỏi đáp", "a question", await person.open("", q=question)
    yield "Hỏi đáp", "the same again", await person.open("", q=question)
    yield "Tra cứu", "open", await person.open("tra-cuu")
    yield "Tra cứu", "a search in the address", await person.open("tra-cuu", q=question)
    yield "Văn bản", "a document at a span", await person.open("doc-van-ban", doc=found, **span)
    yield "Văn bản", "the same again", await person.open("doc-van-ban", doc=found)
    yield "Văn bản", "documents around it", await person.open("doc-van-ban", doc=found, xem="lien-quan")
    yield "Văn bản", "around a much cited one", await person.open("doc-van-ban", doc=cited, xem="lien-quan")
    yield "Trích dẫn", "open", await person.open("trich-dan")
    yield "Trích dẫn", "a theme", await person.open("trich-dan", **{"chu-de": theme})
    yield "Trích dẫn", "a card", await person.open("trich-dan", phan="the", doc=found, **span)
    opened = await person.open("trich-dan", phan="kiem-tra")
    box = opened.widgets["Dán bài phát biểu, báo cáo, tin bài vào đây"]
    yield "Trích dẫn", "a text pasted", await person.type(box, _TEXT.format(symbol=symbol, words=words))
    yield "Trích dẫn", "the text checked", await person.press(opened.widgets["Kiểm tra"])
    yield "So sánh tỉnh", "open", await person.open("so-sanh")
    yield "So sánh tỉnh", "two provinces", await person.open("so-sanh", q=theme, tinh=pair)
    yield "So sánh tỉnh", "who carries out a document", await person.open("so-sanh", so=symbol)
    yield "Kho dữ liệu", "open", await person.open("kho-du-lieu")
    yield "Thêm văn bản", "open", await person.open("them-van-ban")


if __name__ == "__main__":
    main()
