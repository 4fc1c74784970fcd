"""What a query asks for beside its words: which passages come first for it, and why they say they do."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from conftest import write_pages
from test_corpus_effect import act

from corpus.facets import Filters
from corpus.provisions import parse_provision
from corpus.store import Store
from index.diversity import Fold
from index.document_titles import DocumentTitle, Fit, fit_title
from index.encoder import Encoder
from index.lifting import Lifter, Lifts
from index.models import Hit
from index.named_documents import find_named_documents
from index.provision_paths import Standing, compare_path
from index.query import read_query
from index.search import Searcher

TODAY = date(2026, 3, 1)
_TOPICS = ("trồng cây ven đường", "chăm sóc vườn hoa", "giữ gìn công viên", "cắt tỉa cành khô")


def _clause(number: int, topic: str) -> str:
    duty = f"Cơ quan, tổ chức được giao {topic} lập kế hoạch hằng năm, bố trí người làm và báo cáo kết quả. "
    return f"{number}. {duty * 5}"


def _articles(*, of: int) -> str:
    """Articles that are cut at their clauses, and a short last one."""
    long = (
        f"Điều {article}. Việc thứ {article}\n"
        + "\n".join(_clause(i, topic) for i, topic in enumerate(_TOPICS, start=1))
        for article in range(1, of)
    )
    return "\n\n".join((*long, f"Điều {of}. Hiệu lực\n1. Luật có hiệu lực.\n2. Bộ Xây dựng hướng dẫn."))


def _law(symbol: str, name: str) -> str:
    return act(symbol, "LUẬT", name, _articles(of=4), organ="QUỐC HỘI")


def _plan(symbol: str, province: str, *, kind: str = "KẾ HOẠCH", organ: str = "ỦY BAN NHÂN DÂN") -> str:
    body = "Điều 1. Trồng cây\nCác xã trồng cây ven đường theo kế hoạch hằng năm của tỉnh."
    return act(
        symbol,
        kind,
        "Về việc trồng cây ven đường",
        body,
        organ=f"{organ}\nTỈNH {province.upper()}",
        place=province,
    )


PAGES = {
    "trong-trot-2020": _law("31/2020/QH14", "TRỒNG TRỌT"),
    "trong-trot-2010": _law("45/2010/QH12", "TRỒNG TRỌT"),
    "lam-nghiep": _law("27/2019/QH14", "LÂM NGHIỆP"),
    "ha-tinh": _plan("12/2021/KH-UBND", "Hà Tĩnh"),
    "thai-binh": _plan("15/2018/KH-UBND", "Thái Bình"),
    "hung-yen": _plan("17/2018/NQ-HĐND", "Hưng Yên", kind="NGHỊ QUYẾT", organ="HỘI ĐỒNG NHÂN DÂN"),
}
ARTICLES = [
    {
        "id": f"nha-o-{number}",
        "title": f"Luật Nhà ở số 27/2023/QH15, Điều {number}. Việc thứ {number}",
        "text": "\n".join(_clause(i, topic) for i, topic in enumerate(_TOPICS, start=1)),
    }
    for number in (4, 5, 6)
]


@pytest.fixture(scope="module")
def made(
    tmp_path_factory: pytest.TempPathFactory,
    build_store: Callable[[Path, list[Path]], Store],
    encoder: Encoder,
) -> Iterator[Searcher]:
    """Two laws of one name and another law, plans of three provinces, a law in pages of one article."""
    folder: Path = tmp_path_factory.mktemp("lifting")
    pages = write_pages(folder, PAGES)
    lines = (json.dumps(article, ensure_ascii=False) for article in ARTICLES)
    (pages / "nha-o.jsonl").write_text("\n".join(lines), "utf-8")
    with build_store(folder / "store", [pages]) as store:
        yield Searcher.open(store, encoder)


def search(made: Searcher, text: str, *, limit: int = 100, filters: Filters = Filters()) -> list[Hit]:
    query = read_query(text, made.store, today=TODAY)
    return made.search(query, limit=limit, filters=filters, fold=Fold.NOTHING)


def place(hit: Hit) -> tuple[str, str]:
    """The document, by the head of its title, and the last label of the path."""
    return hit.title.split(":")[0].split(". ")[0], hit.passage.path[-1]


TROT_2020, TROT_2010, RUNG = "Luật 31/2020/QH14", "Luật 45/2010/QH12", "Luật 27/2019/QH14"

# query → the passages that say to be it, then the others of its article
PROVISIONS = (
    ("khoản 2 điều 3 luật trồng trọt 2020", [(TROT_2020, "Khoản 2")], {"Khoản 1", "Khoản 3", "Điều 3 – Nơi nhận"}),
    ("khoan 2 dieu 3 luat trong trot 2020", [(TROT_2020, "Khoản 2")], {"Khoản 1", "Khoản 3", "Điều 3 – Nơi nhận"}),
    ("Khoản 3 Điều 2 Luật Trồng trọt năm 2010", [(TROT_2010, "Khoản 3")], {"Khoản 1", "Khoản 2", "Khoản 4"}),
    ("khoản 2 điều 3 luật số 45/2010/QH12", [(TROT_2010, "Khoản 2")], {"Khoản 1", "Khoản 3", "Điều 3 – Nơi nhận"}),
)  # fmt: skip


@pytest.mark.parametrize(("text", "asked", "around"), PROVISIONS)
def test_the_provision_comes_first_then_its_article(
    made: Searcher, text: str, asked: list[tuple[str, str]], around: set[str]
) -> None:
    hits = search(made, text)
    count = len(asked)
    assert [place(hit) for hit in hits[:count]] == asked
    assert {place(hit)[1] for hit in hits[count : count + len(around)]} == around
    assert {place(hit)[0] for hit in hits[: count + len(around)]} == {asked[0][0]}
    told = [any(reason.startswith("đúng điều khoản hỏi") for reason in hit.reasons) for hit in hits]
    assert told == [True] * count + [False] * (len(hits) - count)


def test_every_law_of_the_name_has_the_provision_where_no_year_is_asked(made: Searcher) -> None:
    first, second, *_ = search(made, "khoản 2 điều 3 luật trồng trọt")
    assert {place(first), place(second)} == {(TROT_2020, "Khoản 2"), (TROT_2010, "Khoản 2")}


@pytest.mark.parametrize(
    "text",
    ("khoản 3 điều 5 luật nhà ở", "khoan 3 dieu 5 luat nha o 2023", "khoản 3 điều 5 luật số 27/2023/QH15"),
)
def test_the_title_of_a_page_names_its_article(made: Searcher, text: str) -> None:
    hits = search(made, text)
    assert [place(hit) for hit in hits[:1]] == [("Luật Nhà ở số 27/2023/QH15, Điều 5", "đoạn 3")]
    assert {hit.title for hit in hits[:4]} == {ARTICLES[1]["title"]}
    assert "đúng điều khoản hỏi (Khoản 3 Điều 5)" in hits[0].reasons


@pytest.mark.parametrize(
    "text",
    (
        "khoản 2 điều 3 luật đất đai",  # not held
        "khoản 2 điều 3 luật trồng trọt 2015",  # of another year
        "khoản 2 điều 3 luật rừng",  # a name that cannot be read
        "khoản 2 điều 3 nghị định 99/2021/NĐ-CP",
        "khoản 2 điều 3",  # of several documents
        "điều 33 luật trồng trọt 2020",
    ),
)
def test_no_other_document_looks_like_it(made: Searcher, text: str) -> None:
    for hit in search(made, text):
        assert not any(reason.startswith("đúng điều khoản hỏi") for reason in hit.reasons)


def test_a_provision_of_what_alone_was_found_needs_no_name(made: Searcher) -> None:
    first = search(made, "khoản 3 điều 5 việc thứ 5", filters=Filters(sources=("nha-o.jsonl",)))[0]
    assert place(first) == ("Luật Nhà ở số 27/2023/QH15, Điều 5", "đoạn 3")
    assert "đúng điều khoản hỏi (Khoản 3 Điều 5)" in first.reasons


def test_a_provision_comes_in_though_it_was_not_found_and_only_if_allowed(made: Searcher) -> None:
    query = read_query("khoản 2 điều 3 luật trồng trọt 2020", made.store)
    lifter = Lifter(made.store, made.lexical, made.facets)
    rows = {row: stored for row in made.store.passage_rows() for stored in made.store.passages([row])}
    asked = next(
        row
        for row, one in rows.items()
        if one.title.startswith(TROT_2020) and one.passage.path == ("Điều 3", "Khoản 2")
    )
    other = next(row for row, one in rows.items() if one.title.startswith(RUNG))
    found = lifter.lift(query, [(other, 2.0)])
    assert found.ranking[0][0] == asked
    assert found.ranking[-1] == (other, 2.0)
    assert lifter.lift(query, [(other, 2.0)], allowed={other}).ranking == [(other, 2.0)]


SOFT = (
    ("trồng cây ven đường Hà Tĩnh", "Kế hoạch 12/2021/KH-UBND", "đúng tỉnh"),
    ("trồng cây ven đường Thái Bình", "Kế hoạch 15/2018/KH-UBND", "đúng tỉnh"),
    ("trồng cây ven đường Hưng Yên", "Nghị quyết 17/2018/NQ-HĐND", "đúng tỉnh"),
    ("trong cay ven duong thai binh", "Kế hoạch 15/2018/KH-UBND", "đúng tỉnh"),
    ("trồng cây ven đường từ 2021 đến nay", "Kế hoạch 12/2021/KH-UBND", "đúng thời gian"),
    ("nghị quyết nào về trồng cây ven đường", "Nghị quyết 17/2018/NQ-HĐND", "đúng loại văn bản"),
    ("hội đồng nhân dân trồng cây ven đường", "Nghị quyết 17/2018/NQ-HĐND", "đúng cơ quan ban hành"),
    ("trồng cây ven đường theo luật trồng trọt 2010", TROT_2010, "đúng luật hỏi"),
    ("trồng cây ven đường theo luật trồng trọt 2020", TROT_2020, "đúng luật hỏi"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "document", "reason"), SOFT)
def test_what_fits_comes_first_and_says_so(made: Searcher, text: str, document: str, reason: str) -> None:
    hits = search(made, text)
    assert place(hits[0])[0] == document
    assert {place(hit)[0] for hit in hits if reason in hit.reasons} == {document}


def test_a_province_that_was_merged_with_the_one_asked_for_is_told_apart(made: Searcher) -> None:
    hits = search(made, "trồng cây ven đường Thái Bình")
    merged = {place(hit)[0] for hit in hits if "cùng tỉnh sau sáp nhập" in hit.reasons}
    assert merged == {"Nghị quyết 17/2018/NQ-HĐND"}


def lifts_of(made: Searcher, text: str) -> dict[str, float]:
    """Document → what a query adds to the score of its passages."""
    query = read_query(text, made.store, today=TODAY)
    rows = sorted(made.store.passage_rows())
    lifted = Lifter(made.store, made.lexical, made.facets).lift(query, [(row, 0.0) for row in rows])
    scores = dict(lifted.ranking)
    return {
        place_of.split(":")[0]: scores[row] for row, place_of in zip(rows, _titles(made, rows), strict=True)
    }


def _titles(made: Searcher, rows: list[int]) -> list[str]:
    return [stored.title for stored in made.store.passages(rows)]


PLANS = ("Kế hoạch 12/2021/KH-UBND", "Kế hoạch 15/2018/KH-UBND", "Nghị quyết 17/2018/NQ-HĐND")
LIFTS = Lifts()


@pytest.mark.parametrize(
    ("text", "expected"),
    (
        ("cây ở tỉnh Hà Tĩnh", (LIFTS.place, LIFTS.other_place, LIFTS.other_place)),
        # Thái Bình and Hưng Yên are one province since 1 July 2025
        ("cây ở tỉnh Thái Bình", (LIFTS.other_place, LIFTS.place, LIFTS.lineage)),
        ("cây trồng từ 2021 đến nay", (LIFTS.issued, 0.0, 0.0)),
        ("cây trồng trước năm 2020", (0.0, LIFTS.issued, LIFTS.issued)),
        ("cây trồng 2018", (0.0, LIFTS.year, LIFTS.year)),
        ("cây trồng giai đoạn 2016-2020", (0.0, 0.0, 0.0)),  # what a programme covers
        ("kế hoạch nào về cây", (LIFTS.type, LIFTS.type, 0.0)),
        ("ủy ban nhân dân trồng cây", (LIFTS.issuer, LIFTS.issuer, 0.0)),
        ("cây ở tỉnh Hà Tĩnh từ 2021", (LIFTS.place + LIFTS.issued, LIFTS.other_place, LIFTS.other_place)),
    ),
)
def test_soft_evidence(made: Searcher, text: str, expected: tuple[float, ...]) -> None:
    added = lifts_of(made, text)
    assert tuple(added[plan] for plan in PLANS) == pytest.approx(expected)


def test_what_is_not_known_is_neither_for_nor_against(made: Searcher) -> None:
    added = lifts_of(made, "cây ở tỉnh Hà Tĩnh từ 2021 đến nay")
    assert added["Luật Nhà ở số 27/2023/QH15, Điều 5. Việc thứ 5"] == 0.0  # neither province nor day is known
    assert added[TROT_2010] == 0.0  # of the centre


def test_a_law_named_does_not_push_away_what_answers_better(made: Searcher) -> None:
    hits = search(made, "trồng cây ven đường theo kế hoạch hằng năm của tỉnh, luật nhà ở")
    assert place(hits[0])[0] in PLANS


@pytest.mark.parametrize("text", ("trồng cây ven đường", "chăm sóc vườn hoa", "ai ký", ""))
def test_a_query_that_asks_for_nothing_of_it_keeps_its_ranking(made: Searcher, text: str) -> None:
    query = read_query(text, made.store, today=TODAY)
    ranking = [(row, 1.0 / row) for row in sorted(made.store.passage_rows())]
    assert Lifter(made.store, made.lexical, made.facets).lift(query, ranking).ranking is ranking


# --- titles and paths


def _title(name: str, *, subject: str | None = None, symbol: str | None = None) -> DocumentTitle:
    return DocumentTitle.of("d", name, subject=subject, symbol=symbol)


@pytest.mark.parametrize(
    ("title", "asked", "fit"),
    (
        ("Luật Đất đai số 31/2024/QH15, Điều 5. Nguyên tắc", "luat dat dai 2024", Fit.IS),
        ("Luật Đất đai số 45/2013/QH13, Điều 5. Nguyên tắc", "luật đất đai 2024", None),
        ("Luật 31/2024/QH15: ĐẤT ĐAI", "Luật Đất đai 2024", Fit.IS),
        ("LUẬT ĐẤT ĐAI", "luật đất đai", Fit.IS),
        ("LUẬT ĐẤT ĐAI", "luật đất đai 2024", Fit.MENTIONS),  # its year is not known
        ("Luật Phòng, chống ma túy, Điều 1. Phạm vi", "luật phòng chống ma túy", Fit.IS),
        ("Bộ luật Lao động 2019", "luật lao động 2019", Fit.IS),
        ("Luật sửa đổi, bổ sung một số điều của Luật Đất đai", "luật đất đai", Fit.MENTIONS),
        ("Nghị định 102/2024/NĐ-CP: Quy định chi tiết Luật Đất đai", "luật đất đai 2024", Fit.MENTIONS),
        ("Luật Đất đai đô thị", "luật đất đai", Fit.MENTIONS),
        ("Luật Bảo hiểm xã hội 2014", "luật bảo hiểm y tế", None),
        ("Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam 2013", "Hiến pháp 2013", Fit.IS),
    ),
)
def test_a_title_is_the_law_or_speaks_of_it(title: str, asked: str, fit: Fit | None) -> None:
    assert fit_title(_title(title), find_named_documents(asked)[0]) is fit


def test_a_law_is_known_by_type_and_subject() -> None:
    title = _title("Văn bản mới", subject="Luật ĐẤT ĐAI", symbol="31/2024/QH15")
    assert fit_title(title, find_named_documents("luật đất đai 2024")[0]) is Fit.IS


@pytest.mark.parametrize(
    ("asked", "path", "levels", "elsewhere"),
    (
        ("Khoản 2 Điều 5", ("Chương II", "Điều 5", "Khoản 2–4"), 2, False),
        ("Khoản 5 Điều 5", ("Điều 5", "Khoản 2–4"), 1, True),
        ("Khoản 10 Điều 5", ("Điều 5", "Khoản 9–12"), 2, False),
        ("Khoản 2 đến 4 Điều 5", ("Điều 5", "Khoản 4–6"), 2, False),
        ("Khoản 2 Điều 5", ("Điều 5",), 1, False),
        ("Khoản 2 Điều 5", ("Khoản 2",), 0, False),
        ("Khoản 2 Điều 5", ("Điều 15", "Khoản 2"), 0, True),
        ("Điều 12", ("Điều 12a",), 0, True),
        ("Điều 12a", ("Điều 12–13",), 1, False),
        ("Điều 5", ("Phần mở đầu – Điều 5",), 1, False),
        ("Điểm d Khoản 2 Điều 5", ("Điều 5", "Khoản 2", "Điểm c–e"), 3, False),
        ("Điểm đ Khoản 2 Điều 5", ("Điều 5", "Khoản 2", "Điểm a–d"), 2, True),
        ("Khoản 1.2 Mục I", ("Mục I", "Khoản 1", "Khoản 1.2"), 2, False),
        ("Khoản 1.2 Mục I", ("Mục I", "Khoản 1", "Khoản 1.1"), 1, True),
        ("Khoản 1 Mục 3", ("Mục III", "Khoản 1", "Khoản 1.1–1.3"), 2, False),
        ("Chương IX", ("Chương VIII–X", "Điều 5"), 1, False),
    ),
)
def test_paths_and_ranges(asked: str, path: tuple[str, ...], levels: int, elsewhere: bool) -> None:
    (parts,) = parse_provision(asked)
    assert compare_path(parts, path) == Standing(levels=levels, elsewhere=elsewhere)
