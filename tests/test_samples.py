"""The sample collection: our own summaries, true references only, nothing copied from third-party texts."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples"
COLLECTION = SAMPLES / "collection"
SHARED_DATA = ROOT.parent / "shared" / "data"

PROVINCES = (
    "Hà Tĩnh",
    "Thái Bình",
    "Hưng Yên",
    "Quảng Ninh",
    "Nghệ An",
    "Thừa Thiên Huế",
    "Cần Thơ",
    "Đồng Nai",
    "Bình Định",
    "Gia Lai",
    "Hà Giang",
    "Tuyên Quang",
)
# Anything with the look of a document number, Party, State or bare; written wide on purpose and
# independent of corpus/symbols.py, so that neither test can hide the other's gap.
NUMBER = re.compile(
    r"\b\d{1,5}(?:/(?:19|20)\d\d)?[-/](?:[A-ZĐ][A-Za-zĐđ]*)(?:[-/][A-ZĐ][A-Za-zĐđ0-9]*|\d+)*(?: CTMTQG)?"
)
COPY_LIMIT = 60
# Any run of COPY_LIMIT characters holds a whole block of this length that starts at a multiple of it.
BLOCK = COPY_LIMIT // 2


def fold(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def page_text(path: Path) -> str:
    raw = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        soup = BeautifulSoup(raw, "lxml")
        for tag in soup(["script", "style"]):
            tag.decompose()
        return soup.get_text("\n")
    return raw


def sample_texts() -> dict[str, str]:
    texts: dict[str, str] = {}
    for path in sorted(COLLECTION.iterdir()):
        if path.suffix == ".jsonl":
            for row in read_rows(path):
                texts[row["id"]] = f"{row['title']}\n{row['text']}"
        else:
            texts[path.name] = page_text(path)
    return texts


def read_rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def read_facts() -> list[dict[str, str]]:
    with (SAMPLES / "facts.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


TEXTS = sample_texts()
QUESTIONS = read_rows(SAMPLES / "questions.jsonl")


def test_collection_has_about_twenty_documents_of_every_kind() -> None:
    suffixes = [path.suffix for path in COLLECTION.iterdir()]
    assert suffixes.count(".html") == 8
    assert suffixes.count(".txt") == 8
    assert suffixes.count(".jsonl") == 1
    assert len(TEXTS) == 22


def test_rows_carry_the_four_fields() -> None:
    for row in read_rows(COLLECTION / "tom-tat-khac.jsonl"):
        assert set(row) == {"id", "title", "text", "url"}
        assert row["url"] is None  # a summary of ours has no public address


@pytest.mark.parametrize("province", PROVINCES)
def test_old_and_new_provinces_are_covered(province: str) -> None:
    assert any(province in text for text in TEXTS.values())


@pytest.mark.parametrize("name", TEXTS)
def test_every_document_says_that_it_is_a_summary_and_names_its_source(name: str) -> None:
    text = fold(TEXTS[name])
    assert "tóm tắt" in text.casefold()
    assert "Căn Cứ" in text
    assert "Nguồn: " in text


@pytest.mark.parametrize("name", TEXTS)
def test_no_document_has_a_head_of_its_own(name: str) -> None:
    text = TEXTS[name]
    assert "cộng hòa xã hội chủ nghĩa" not in fold(text).lower()
    assert "độc lập - tự do" not in fold(text).lower()
    assert "đảng cộng sản việt nam\n" not in text.lower()
    assert not re.search(r"(?m)^\s*Số\s*:?\s*\d", text)


@pytest.mark.parametrize("name", TEXTS)
def test_texts_are_nfc(name: str) -> None:
    assert unicodedata.is_normalized("NFC", TEXTS[name])


def test_every_document_number_stands_in_the_list_of_facts() -> None:
    facts = {row["symbol"] for row in read_facts()}
    found = {symbol for text in TEXTS.values() for symbol in NUMBER.findall(fold(text))}
    assert found - facts == set()
    assert facts - found == set()
    assert {"04-NQ/TU", "01/BCĐ CTMTQG", "44/2021/NQ-HĐND", "202/2025/QH15", "359/TTr-CP"} <= found


@pytest.mark.parametrize("row", read_facts(), ids=lambda row: row["symbol"])
def test_dates_beside_numbers_are_those_of_the_facts(row: dict[str, str]) -> None:
    day = r"(\d{1,2}/\d{1,2}/\d{4})"
    for text in TEXTS.values():
        for match in re.finditer(re.escape(row["symbol"]) + r",? ngày " + day, fold(text)):
            assert match.group(1) == row["date"]


def test_facts_are_complete() -> None:
    rows = read_facts()
    assert len({row["symbol"] for row in rows}) == len(rows)
    for row in rows:
        assert row["issuer"], row
        assert row["fact_from"], row


def test_questions_have_the_format_of_the_seed_questions() -> None:
    assert len(QUESTIONS) == 25
    assert len({question["id"] for question in QUESTIONS}) == 25
    assert sum(not question["answerable"] for question in QUESTIONS) == 6
    for question in QUESTIONS:
        assert {"id", "group", "text", "answerable", "quotes", "must_cite"} <= set(question)
        assert bool(question["quotes"]) == question["answerable"]
        if not question["answerable"]:
            assert question["must_cite"] == []


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["id"])
def test_quotes_occur_verbatim_in_pages_that_name_the_numbers_to_cite(question: dict[str, Any]) -> None:
    pages = [fold(TEXTS[quote["source"]]) for quote in question["quotes"]]
    for quote, page in zip(question["quotes"], pages, strict=True):
        assert quote["quote"] in page
    for symbol in question["must_cite"]:
        assert any(symbol in page for page in pages)


def shared_texts() -> Iterator[tuple[str, str]]:
    """Every text of the shared data but our own (`domain`) and what is not text, with a name for it."""
    for path in sorted(SHARED_DATA.rglob("*")):
        if "domain" in path.parts or path.suffix not in {".jsonl", ".txt", ".html", ".htm", ".tsv"}:
            continue
        raw = path.read_text(encoding="utf-8", errors="replace")
        if path.suffix != ".jsonl":
            yield path.name, raw
            continue
        # Not splitlines(): the texts hold U+2028 and the like, which do not end a row.
        for number, line in enumerate(raw.rstrip("\n").split("\n"), start=1):
            for value in json.loads(line).values():
                if isinstance(value, str):
                    yield f"{path.name}:{number}", value


def common_runs(sample: str, blocks: set[str], shared: str) -> Iterator[str]:
    """The runs of at least COPY_LIMIT characters that `shared` has in common with `sample`."""
    for start in range(0, len(shared) - BLOCK + 1, BLOCK):
        block = shared[start : start + BLOCK]
        if block not in blocks:
            continue
        at = sample.find(block)
        while at >= 0:
            left, right = 0, BLOCK
            while min(at, start) - left > 0 and sample[at - left - 1] == shared[start - left - 1]:
                left += 1
            while (
                at + right < len(sample)
                and start + right < len(shared)
                and sample[at + right] == shared[start + right]
            ):
                right += 1
            if left + right >= COPY_LIMIT:
                yield sample[at - left : at + right]
            at = sample.find(block, at + 1)


def test_common_runs_finds_a_copy_at_any_offset() -> None:
    sample = "x" * 7 + "".join(chr(0x4E00 + i) for i in range(COPY_LIMIT)) + "y" * 5
    blocks = {sample[i : i + BLOCK] for i in range(len(sample) - BLOCK + 1)}
    for offset in range(BLOCK):
        shared = "z" * offset + sample[7 : 7 + COPY_LIMIT] + "z" * 9
        assert set(common_runs(sample, blocks, shared)) == {sample[7 : 7 + COPY_LIMIT]}
        assert not set(common_runs(sample, blocks, shared.replace(sample[40], "z")))


def test_nothing_is_copied_from_the_shared_texts() -> None:
    if not SHARED_DATA.exists():
        pytest.skip("../shared/data absent: the check against third-party texts needs it")
    sample = "\n\n".join(fold(text) for text in TEXTS.values()).casefold()
    blocks = {sample[i : i + BLOCK] for i in range(len(sample) - BLOCK + 1)}
    copied = {
        (name, run)
        for name, text in shared_texts()
        for run in common_runs(sample, blocks, fold(text).casefold())
    }
    assert {run for _, run in copied} == set(), sorted(copied)[:20]
