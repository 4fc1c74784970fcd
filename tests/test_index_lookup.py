"""The list of results: what holds the words, in which order, numbers while they are typed, addresses, files."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from test_corpus_effect import TEXTS
from test_corpus_store_facets import MORE

from corpus.effect import Effect
from corpus.facets import Facet, Filters
from corpus.labels import UNKNOWN
from corpus.models import DocumentKind
from corpus.store import Store
from index.encoder import Encoder
from index.exports.listed import HEADER, gather_list, write_csv, write_docx, write_xlsx
from index.lexical import Field, LexicalIndex, passage_tokens
from index.lookup.address import Asked, read_address, write_address
from index.lookup.catalogue import Catalogue
from index.lookup.finding import explain_documents, find_documents, find_near
from index.lookup.listing import Sort, list_results
from index.lookup.numbers import NumberTable
from index.lookup.words import rows_with_all_words
from index.query import read_query
from index.search import Searcher

COPIED = TEXTS["thay-the"]


@pytest.fixture(scope="module")
def acts(
    tmp_path_factory: pytest.TempPathFactory,
    build_store: Callable[[Path, list[Path]], Store],
    encoder: Encoder,
) -> Iterator[Searcher]:
    """Six acts, one of them twice, and a news page."""
    folder: Path = tmp_path_factory.mktemp("lookup")
    for name, text in {**TEXTS, **MORE, "ban-sao": COPIED}.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    with build_store(folder / "store", [folder]) as store:
        yield Searcher.open(store, encoder)


@pytest.fixture(scope="module")
def catalogue(acts: Searcher) -> Catalogue:
    return Catalogue(acts.store)


@pytest.fixture(scope="module")
def numbers(catalogue: Catalogue) -> NumberTable:
    return NumberTable(catalogue)


def pages(catalogue: Catalogue, document_ids: tuple[str, ...] | list[str]) -> list[str]:
    """Documents by the names of their files; of two copies the first name."""
    return [
        "thay-the" if name == "ban-sao" else name
        for name in (Path(catalogue.store.page_source(i).uri).stem for i in document_ids)
    ]


def listed(catalogue: Catalogue, **asked: object) -> list[str]:
    groups = list_results(catalogue, **asked).groups  # type: ignore[arg-type]
    return pages(catalogue, [group[0] for group in groups])


# --- words


@pytest.fixture(scope="module")
def lexical() -> LexicalIndex:
    index = LexicalIndex(None)
    texts = {
        1: "Xây dựng nông thôn mới ở xã",
        2: "Đường nông thôn, cầu mới",
        3: "Nông thôn mới kiểu mẫu, xây dựng đường",
        4: "Chương trình NTM của tỉnh",
        5: "Việc quản ly tài sản; lý lịch",
    }
    index.update(passage_tokens(row, text) for row, text in texts.items())
    return index


@pytest.mark.parametrize(
    ("typed", "rows"),
    [
        ("nông thôn mới", [3, 1]),  # a term: side by side
        ("nong thon moi", [3, 1]),
        ("xây dựng đường nông thôn", [3]),  # several words: each somewhere
        ("NTM", [4, 3, 1]),  # the abbreviation, and what it means
        ("cầu nông thôn", [2]),  # no term of this collection
        ("nông nghiệp", []),
    ],
)
def test_passages_with_all_words(lexical: LexicalIndex, typed: str, rows: list[int]) -> None:
    assert rows_with_all_words(lexical, read_query(typed)) == rows


def test_every_wanted_thing_in_one_of_its_ways(lexical: LexicalIndex) -> None:
    either = [[(Field.SYLLABLES, "cầu")], [(Field.FOLDED, "ly"), (Field.FOLDED, "tai")]]
    assert lexical.rows_holding([either]) == [5, 2]
    assert lexical.rows_holding([either, [[(Field.SYLLABLES, "mới")]]]) == [2]
    assert lexical.rows_holding([]) == []


# --- finding and ordering


def test_what_holds_the_words_is_told_from_what_is_near(
    acts: Searcher, catalogue: Catalogue, numbers: NumberTable
) -> None:
    found = find_documents(acts, catalogue, numbers, "trồng cây ven đường")
    whole = {"thay-the", "bi-thay-the", "sua-doi", "thai-binh", "hung-yen"}
    assert set(pages(catalogue, [i for i in found.ranked if i in found.whole])) == whole
    assert set(pages(catalogue, list(found.ranked))) == whole | {"mot-tinh", "tin"}
    assert found.absent == {}


@pytest.mark.parametrize("typed", ["3/2019/NĐ-CP", "nd 3/2019", "nghị định số 3 2019", "3/2019"])
def test_a_number_brings_its_document_first_then_those_that_mention_it(
    acts: Searcher, catalogue: Catalogue, numbers: NumberTable, typed: str
) -> None:
    found = find_documents(acts, catalogue, numbers, typed)
    assert pages(catalogue, list(found.ranked))[0] == "bi-thay-the"
    assert set(pages(catalogue, list(found.ranked))) == {"bi-thay-the", "thay-the", "sua-doi"}
    assert found.whole == set(found.ranked)
    assert found.absent == {}


def test_a_number_that_is_only_mentioned_and_one_that_nobody_knows(
    acts: Searcher, catalogue: Catalogue, numbers: NumberTable
) -> None:
    mentioned = find_documents(acts, catalogue, numbers, "2/2018/QĐ-UBND")
    assert mentioned.absent == {"2/2018/QĐ-UBND": 1}
    assert pages(catalogue, list(mentioned.ranked)) == ["mot-tinh"]
    unknown = find_documents(acts, catalogue, numbers, "77/2018/QĐ-UBND")
    assert unknown.absent == {"77/2018/QĐ-UBND": 0}
    assert unknown.whole == frozenset()


def test_each_result_has_its_passage_and_why(
    acts: Searcher, catalogue: Catalogue, numbers: NumberTable
) -> None:
    found = find_documents(acts, catalogue, numbers, "trồng cây ven đường")
    hits = explain_documents(acts, found, found.ranked)
    for document_id in found.whole:
        hit = hits[document_id]
        assert "ven đường" in hit.passage.text or "ven đường" in hit.title
        assert any("khớp" in reason or "tiêu đề" in reason for reason in hit.reasons)
    # What the ranking did not reach is shown with its best passage by words.
    beyond = type(found)(
        **{name: getattr(found, name) for name in ("query", "ranked", "whole", "bare", "absent")}, hits={}
    )
    one = acts.store.find_document("21/2026/NQ-HĐND")
    assert "ven đường" in explain_documents(acts, beyond, [one])[one].passage.text


def test_near_documents_pass_the_filters_and_are_new(
    acts: Searcher, catalogue: Catalogue, numbers: NumberTable
) -> None:
    found = find_documents(acts, catalogue, numbers, "tưới nước mùa khô")
    ranked = set(pages(catalogue, list(found.ranked)))
    near = find_near(acts, found, Filters(provinces=("Hà Tĩnh",)))
    assert set(pages(catalogue, list(near))) == {"mot-tinh"} - ranked
    number = find_documents(acts, catalogue, numbers, "3/2019/NĐ-CP")
    assert find_near(acts, number, Filters(provinces=("Hà Tĩnh",))) == {}


def test_orders(acts: Searcher, catalogue: Catalogue, numbers: NumberTable) -> None:
    newest = ["hung-yen", "thay-the", "mot-tinh", "sua-doi", "thai-binh", "bi-thay-the", "tin"]
    same_day = {"thay-the", "mot-tinh"}
    got = listed(catalogue)
    assert [name if name not in same_day else "*" for name in got] == [
        name if name not in same_day else "*" for name in newest
    ]
    oldest = listed(catalogue, sort=Sort.OLDEST)
    assert (oldest[0], oldest[-2], oldest[-1]) == ("bi-thay-the", "hung-yen", "tin")  # no day: last
    # The centre before provinces, nghị quyết before quyết định, a news page last.
    assert listed(catalogue, sort=Sort.AUTHORITY) == [
        "thay-the", "sua-doi", "bi-thay-the", "hung-yen", "mot-tinh", "thai-binh", "tin"
    ]  # fmt: skip


def test_by_date_what_lacks_the_words_stands_behind(
    acts: Searcher, catalogue: Catalogue, numbers: NumberTable
) -> None:
    found = find_documents(acts, catalogue, numbers, "trồng cây ven đường")
    listing = list_results(catalogue, sort=Sort.NEWEST, found=found)
    names = pages(catalogue, [group[0] for group in listing.groups])
    assert names[: listing.near] == ["hung-yen", "thay-the", "sua-doi", "thai-binh", "bi-thay-the"]
    assert names[listing.near :] == ["mot-tinh", "tin"]
    assert list_results(catalogue, sort=Sort.RELEVANCE, found=found).near == len(names)


def test_copies_are_one_result_and_counted_as_two(
    acts: Searcher, catalogue: Catalogue, numbers: NumberTable
) -> None:
    listing = list_results(catalogue, filters=Filters(years=("2024",), types=("Nghị định",)))
    assert [len(group) for group in listing.groups] == [2]
    assert listing.documents == 2


def test_choices_keep_their_order_and_tell_what_they_would_give(
    acts: Searcher, catalogue: Catalogue, numbers: NumberTable
) -> None:
    def choices(**asked: object) -> dict[Facet, list[tuple[str, int]]]:
        found = list_results(catalogue, **asked).choices  # type: ignore[arg-type]
        return {one.facet: list(one.counts.items()) for one in found}

    assert choices()[Facet.TYPE] == [("Nghị định", 4), ("Quyết định", 2), ("Nghị quyết", 1)]
    assert [year for year, _ in choices()[Facet.YEAR]] == ["2026", "2024", "2023", "2020", "2019"]
    chosen = choices(filters=Filters(types=("Nghị quyết",), levels=("tỉnh",)))
    assert chosen[Facet.TYPE] == [("Nghị định", 0), ("Quyết định", 2), ("Nghị quyết", 1)]
    assert chosen[Facet.LEVEL] == [("trung ương", 0), ("tỉnh", 1)]


# --- numbers while they are typed


@pytest.mark.parametrize(
    "typed",
    [
        "3/2019/NĐ-CP", "3/2019/nd-cp", "03/2019/NĐ-CP", "3/2019", "3/20", "nd 3/2019", "nghị định số 3/2019",
        "nghi dinh 3 2019", "3/NĐ", "nd3", "3 2019 nd cp", "3/2019/NDCP", "3-2019-NĐ/CP",
    ],
)  # fmt: skip
def test_a_number_in_every_broken_form(numbers: NumberTable, typed: str) -> None:
    first = numbers.suggest(typed)[0]
    assert (first.symbol, first.near) == ("3/2019/NĐ-CP", False)
    assert (first.type, first.issuer, first.date) == ("Nghị định", "Chính phủ", "2019-03-02")


def test_what_is_held_comes_before_what_is_mentioned(numbers: NumberTable) -> None:
    found = numbers.suggest("2")
    assert [(one.symbol, one.document_id is not None) for one in found] == [
        ("2/2018/QĐ-UBND", False),  # the number itself before one that goes on
        ("21/2026/NQ-HĐND", True),
    ]
    assert found[0].date == "2018-03-02"


def test_copies_are_suggested_once_and_other_digits_not_at_all(numbers: NumberTable) -> None:
    assert [one.symbol for one in numbers.suggest("9/2024")] == ["9/2024/NĐ-CP"]
    assert numbers.suggest("") == ()
    assert [one.symbol for one in numbers.suggest("O9/2024")] == ["9/2024/NĐ-CP"]  # a letter for the nought


def test_a_number_with_a_slip_leads_to_those_that_differ_in_one_part(numbers: NumberTable) -> None:
    found = numbers.suggest("22/2026/NQ-HĐND")
    assert [(one.symbol, one.near) for one in found] == [("21/2026/NQ-HĐND", True)]


def test_words_lead_to_titles(numbers: NumberTable) -> None:
    assert [one.title for one in numbers.suggest("quy dinh moi")] == ["Quy định mới về tưới cây"]
    assert numbers.suggest("quy") == ()  # too little


# --- addresses


def test_an_address_leads_back_to_what_was_asked() -> None:
    asked = Asked(
        words="trồng cây",
        filters=Filters(
            types=("Nghị quyết", UNKNOWN),
            issuers=("Chính phủ",),
            provinces_today=("Hưng Yên",),
            years=("2024",),
            kinds=(DocumentKind.OFFICIAL, DocumentKind.UNKNOWN),
            effects=(Effect.UNKNOWN, Effect.REPLACED),
            sources=("bao.vn",),
        ),
        sort=Sort.AUTHORITY,
        page=3,
        chosen=("a1", "b2"),
    )
    assert read_address(write_address(asked)) == asked
    assert write_address(Asked()) == {}
    assert read_address({}) == Asked()


def test_what_an_address_cannot_mean_is_left_out() -> None:
    broken = {
        "q": ["  cây \n  xanh "],
        "xep": ["lung-tung"],
        "p": ["-4"],
        "hieu-luc": ["còn hiệu lực", "bị bãi bỏ"],
        "trang": ["tin"],
    }
    assert read_address(broken) == Asked(words="cây xanh", filters=Filters(effects=(Effect.ABROGATED,)))
    assert read_address({"q": ["a" * 900]}).words == "a" * 300
    assert Asked(sort=Sort.RELEVANCE).order is Sort.NEWEST  # without words nothing is relevant
    assert Asked(words="x").order is Sort.RELEVANCE


# --- files


def rows_of(catalogue: Catalogue) -> tuple[list[str], list[list[str]]]:
    ids = [group[0] for group in list_results(catalogue, sort=Sort.AUTHORITY).groups]
    table = list(csv.reader(io.StringIO(write_csv(gather_list(catalogue, ids)).decode("utf-8-sig"))))
    return table[0], table[1:]


def test_the_table_says_what_is_known_and_what_is_not(catalogue: Catalogue) -> None:
    header, rows = rows_of(catalogue)
    assert tuple(header) == HEADER
    by_number = {row[1]: dict(zip(HEADER, row, strict=True)) for row in rows}
    replaced = by_number["3/2019/NĐ-CP"]
    assert replaced["Hiệu lực theo kho"] == "bị thay thế"
    assert replaced["Ngày ban hành"] == "02/03/2019"
    assert replaced["Dòng dẫn"].startswith("Nghị định số 3/2019/NĐ-CP ngày 02 tháng 3 năm 2019 của Chính phủ")
    assert by_number["21/2026/NQ-HĐND"]["Hiệu lực theo kho"] == UNKNOWN
    news = by_number[""]
    assert (news["Loại văn bản"], news["Hiệu lực theo kho"], news["Ngày ban hành"]) == ("", "", UNKNOWN)
    assert news["Dòng dẫn"] == "Theo bài “Quy định mới về tưới cây”"
    assert "không phải nguyên văn" in news["Lưu ý"]


def test_the_workbook_has_the_rows_of_the_csv(catalogue: Catalogue) -> None:
    header, rows = rows_of(catalogue)
    ids = [row[-1] for row in rows]
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(gather_list(catalogue, ids, asked="“cây”"))))
    sheet = [["" if cell is None else str(cell) for cell in row] for row in book.worksheets[0].values]
    assert sheet == [header, *rows]
    assert ("Tra cứu theo", "“cây”") in list(book.worksheets[1].values)


def test_the_word_file_lists_citation_lines(catalogue: Catalogue) -> None:
    _, rows = rows_of(catalogue)
    ids = [row[-1] for row in rows]
    read = docx.Document(io.BytesIO(write_docx(gather_list(catalogue, [*ids, "da-xoa"], asked="Năm: 2024"))))
    lines = [one.text for one in read.paragraphs if one.style.name == "List Number"]
    assert lines == [row[HEADER.index("Dòng dẫn")] for row in rows]
    text = "\n".join(one.text for one in read.paragraphs)
    assert "Tra cứu theo: Năm: 2024." in text
    assert "hiệu lực theo kho: bị thay thế" in text
    assert text.rstrip().splitlines()[-1].startswith("Lập từ kho Căn Cứ")


def test_effects_are_those_of_today(catalogue: Catalogue) -> None:
    replaced = catalogue.store.find_document("3/2019/NĐ-CP")
    assert catalogue.facets.effects([replaced], as_of=date(2024, 4, 30))[replaced] is Effect.AMENDED
    (one,) = gather_list(catalogue, [replaced]).documents
    assert one.effect is Effect.REPLACED
