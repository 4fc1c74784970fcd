"""What is kept in memory of documents: bounded in bytes, never older than the store, made when looked at."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

import pytest

from corpus.deferred import Deferred
from corpus.errors import UnknownDocument
from corpus.intake import take_in
from corpus.kept import Kept
from corpus.store import Store
from corpus.store_rows import size_in_memory
from ingest.models import Block, BlockKind


def test_the_values_used_longest_ago_go_first_and_the_bound_holds() -> None:
    kept = Kept[str](10, len)
    loaded: list[str] = []

    def get(word: str) -> str:
        def load() -> str:
            loaded.append(word)
            return word

        return kept.get(word, load)

    assert [get(word) for word in ("bốn", "năm", "bốn", "sáu", "bảy")] == ["bốn", "năm", "bốn", "sáu", "bảy"]
    assert kept.size == 9
    get("bốn")
    get("năm")  # had to go when "bảy" came
    assert loaded == ["bốn", "năm", "sáu", "bảy", "năm"]
    get("một chữ dài hơn tất cả")
    assert kept.size <= 10
    get("bốn")
    assert loaded[-1] == "một chữ dài hơn tất cả"  # too large to be kept, it drove nothing out


def test_the_bound_holds_while_threads_load_side_by_side() -> None:
    kept = Kept[bytes](1000, len)

    def ask(first: int) -> None:
        for number in range(first, first + 200):
            assert kept.get(number % 37, lambda at=number % 37: bytes(10 * at)) == bytes(10 * (number % 37))

    threads = [Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 0 < kept.size <= 1000


def test_what_a_load_raises_is_raised_and_nothing_is_kept() -> None:
    kept = Kept[int](10, lambda value: value)
    with pytest.raises(ZeroDivisionError):
        kept.get("số", lambda: 1 // 0)
    assert kept.get("số", lambda: 3) == 3


def test_a_deferred_sequence_is_made_once_and_is_the_tuple_it_stands_for() -> None:
    made: list[int] = []

    def make() -> tuple[int, ...]:
        made.append(1)
        return (1, 2, 3)

    deferred = Deferred(make)
    assert not made
    assert (deferred[0], deferred[1:], len(deferred), list(deferred)) == (1, (2, 3), 3, [1, 2, 3])
    assert deferred == (1, 2, 3) and deferred == Deferred(lambda: (1, 2, 3))
    assert deferred != (1, 2) and deferred != [1, 2, 3]
    assert (hash(deferred), repr(deferred)) == (hash((1, 2, 3)), "(1, 2, 3)")
    assert made == [1]


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    path = tmp_path / "thong-bao.txt"
    path.write_text("Thông báo lịch họp\n\nBan Mẫu họp vào thứ Năm hằng tuần.\n", "utf-8")
    return path


def test_blocks_and_passages_come_back_as_they_were_read(tmp_path: Path, notice: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        take_in(store, [notice])
        document = store.document(store.document_ids()[0])
    text = document.text  # the store is closed: nothing is read from it any more
    assert [(block.kind, text[block.start : block.end]) for block in document.blocks] == [
        (BlockKind.TITLE, "Thông báo lịch họp"),
        (BlockKind.BODY, "Ban Mẫu họp vào thứ Năm hằng tuần."),
    ]
    assert document.blocks == (
        Block(kind=BlockKind.TITLE, start=0, end=18),
        Block(kind=BlockKind.BODY, start=19, end=53),
    )
    assert [one.text for one in document.passages] == [text[one.start : one.end] for one in document.passages]


def test_a_kept_document_is_never_older_than_the_store(tmp_path: Path, notice: Path) -> None:
    with Store.open(tmp_path / "store") as writer:
        take_in(writer, [notice])
        (name,) = writer.document_ids()
        with Store.open(tmp_path / "store", read_only=True) as reader:
            first = reader.document(name)
            assert reader.document(name) is first
            assert first.facts.signer is None
            writer.correct(name, "signer", "Lê Thị Mẫu", by="Cán bộ thử", reason="đọc sót")
            corrected = reader.document(name)
            assert corrected.facts.signer is not None and corrected.facts.signer.value == "Lê Thị Mẫu"
            assert reader.document(name, as_read=True).facts.signer is None
            notice.write_text(notice.read_text("utf-8").replace("thứ Năm", "thứ Sáu"), "utf-8")
            take_in(writer, [notice])
            assert "thứ Sáu" in reader.text(name) and "thứ Sáu" in reader.document(name).text
            assert reader.document(name).passages != corrected.passages
            writer.remove(name)
            with pytest.raises(UnknownDocument):
                reader.document(name)
            with pytest.raises(UnknownDocument):
                reader.text(name)


def test_the_size_of_a_document_counts_its_texts_and_parts(tmp_path: Path, notice: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        take_in(store, [notice])
        small = size_in_memory(store.document(store.document_ids()[0]))
        notice.write_text(notice.read_text("utf-8") + "Ban Mẫu họp thêm khi cần.\n" * 2000, "utf-8")
        take_in(store, [notice])
        large = store.document(store.document_ids()[0])
    assert small < 5_000
    assert size_in_memory(large) > 4 * len(large.text)
