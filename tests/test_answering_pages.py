"""Facts that pages restate, acts that news reports, amendments, bare parts: a small store of texts of our own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from conftest import SearchTexts

from corpus.intake import take_in
from corpus.lines import split_lines
from corpus.signature import find_signature
from corpus.store import Store
from corpus.text import fold
from index.answer import answer
from index.answering.asked_day import read_asked_day
from index.answering.fact_kinds import read_fact_kinds, read_kinds_of_parts
from index.answering.findings import FactKind, Finding, Standing
from index.answering.mention_facts import find_mention_facts
from index.query import read_query
from tests.test_answering_facts import act, quotes

TODAY = date(2026, 9, 15)
GAZETTE = (
    "CHÍNH PHỦ\n_________\nSố: 61/2026/NĐ-CP\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n_____\n"
    "Hà Nội, ngày 07 tháng 4 năm 2026\nNGHỊ ĐỊNH\nSửa đổi, bổ sung một số điều của Nghị định số 60/2024/NĐ-CP ngày 05 "
    "tháng 6 năm 2024 của Chính phủ về vườn ươm\nCăn cứ Luật Tổ chức Chính phủ số 63/2025/QH15;\n"
    "Điều 1. Sửa đổi khoản 1 Điều 2 Nghị định số 60/2024/NĐ-CP như sau:\n1. Xã chọn giống cây.\n"
    "Điều 2. Trách nhiệm thi hành\nCác Bộ trưởng chịu trách nhiệm thi hành Nghị định này.\n"
    "TM. CHÍNH PHỦ\nKT. THỦ TƯỚNG\nPHÓ THỦ TƯỚNG\nVũ Văn Mẫu\nPhụ lục\n(Kèm theo Nghị định số 61/2026/NĐ-CP)\n"
    "Mẫu số 01. Đơn đăng ký\n" + "Tôi cam đoan những lời khai trong đơn là đúng sự thật.\n" * 20
)
TEXTS = {
    "cong-bao": GAZETTE,
    "ban-ghi": (
        "# Thông tư 71/2026/TT-BXD\n## THÔNG TIN VĂN BẢN\n| Trường | Nội dung |\n|---|---|\n| Số hiệu | 71/2026/TT-BXD |\n"
        "| Ngày ban hành | 18/06/2026 |\n| Cơ quan ban hành | Bộ Xây dựng |\n| Người ký | Thứ trưởng Đỗ Văn Mẫu |\n\n"
        "## NỘI DUNG\nThông tư này quy định việc chăm sóc cây ở công viên.\n\n### Điều 9. Hiệu lực thi hành\n"
        "1. Thông tư này có hiệu lực thi hành từ ngày 01 tháng 8 năm 2026.\n"
        "2. Thông tư này thay thế Thông tư số 7/2020/TT-BXD ngày 02 tháng 3 năm 2020 của Bộ trưởng Bộ Xây dựng.\n"
    ),
    "tin-khong-so": (
        "Mức hỗ trợ trồng cây mới\n\nNghị quyết này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2026.\n\n"
        "Nghị quyết số 954/2019/UBTVQH14 ngày 02/6/2019 của Ủy ban Thường vụ Quốc hội về trồng cây hết hiệu lực kể từ ngày "
        "Nghị quyết này có hiệu lực thi hành.\n"
    ),
    "tin-co-so": (
        "Phó Thủ tướng vừa ký Quyết định số 4/2026/QĐ-TTg ngày 3/1/2026 của Thủ tướng Chính phủ bãi bỏ toàn bộ Quyết định số "
        "78/2011/QĐ-TTg ngày 30/11/2011 về giống cây.\n\nQuyết định số 4/2026/QĐ-TTg có hiệu lực từ ngày 18/10/2026.\n"
    ),
    "sua": act(
        "15/2025/NĐ-CP",
        "NGHỊ ĐỊNH",
        "Sửa đổi, bổ sung một số điều của Nghị định số 14/2021/NĐ-CP",
        "Điều 1. Sửa đổi, bổ sung Điều 5, Điều 6 của Nghị định số 14/2021/NĐ-CP như sau:\n1. Cây do xã chọn.\n\n"
        "Điều 2. Các nội dung khác của Nghị định số 14/2021/NĐ-CP không thay đổi và tiếp tục có hiệu lực.\n\n"
        "Điều 3. Nghị định này có hiệu lực thi hành từ ngày 15 tháng 6 năm 2025.",
    ),
    "dan-nham-ngay": act(
        "16/2025/NĐ-CP",
        "NGHỊ ĐỊNH",
        "Quy định về vườn cây",
        "Căn cứ Nghị định số 14/2021/NĐ-CP ngày 02 tháng 3 năm 2021 của Chính phủ về cây xanh;\n\n"
        "Căn cứ Nghị định số 14/2021/NĐ-CP ngày 02 tháng 8 năm 2021 của Chính phủ về cây xanh;\n\n"
        "Điều 1. Nghị định này quy định về vườn cây.",
    ),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder: Path = tmp_path_factory.mktemp("pages")
    pages = folder / "pages"
    pages.mkdir()
    for name, text in TEXTS.items():
        (pages / f"{name}.md").write_text(text, "utf-8")
    with Store.open(folder / "store") as opened:
        take_in(opened, [pages])
        yield opened


def facts(
    store: Store, symbol: str, kind: FactKind, *, as_of: date = TODAY, asked: str = ""
) -> list[Finding]:
    return list(find_mention_facts(store, symbol, {kind}, as_of=as_of, topic=fold(asked).split()))


def said(store: Store, symbol: str, kind: FactKind, asked: str = "") -> list[str]:
    return [quote for one in facts(store, symbol, kind, asked=asked) for quote in quotes(store, one)]


def test_signature_of_a_gazette_stands_above_what_is_attached() -> None:
    signature = find_signature(split_lines(GAZETTE))
    assert signature is not None
    assert signature.name.value == "Vũ Văn Mẫu"
    assert signature.role is not None and signature.role.value == "Phó Thủ tướng"


def test_record_of_a_page_tells_its_day_and_signer(store: Store) -> None:
    assert said(store, "71/2026/TT-BXD", FactKind.ISSUED_ON) == ["Ngày ban hành | 18/06/2026"]
    assert said(store, "71/2026/TT-BXD", FactKind.SIGNER) == ["Người ký | Thứ trưởng Đỗ Văn Mẫu"]


def test_record_on_a_page_without_number_answers_for_the_act(search_texts: SearchTexts) -> None:
    record = (
        "Thông tư 72/2026/TT-BXD Hướng dẫn chăm sóc hàng cây ven kênh\n\n| Người ký | Thứ trưởng Đỗ Văn Mẫu |\n"
        "| Ngày ban hành | 19/06/2026 |\n\nThông tư hướng dẫn chăm sóc hàng cây ven kênh dẫn nước.\n"
    )
    with search_texts({"ven-kenh": record}) as searcher:
        given = answer(searcher, "Thông tư hướng dẫn chăm sóc hàng cây ven kênh do ai ký, ngày nào?")
    citations = [one for statement in given.statements for one in statement.citations]
    quoted = " ".join(one.quote for one in citations)
    assert "Đỗ Văn Mẫu" in quoted and "19/06/2026" in quoted
    assert {(one.symbol, one.about) for one in citations} == {(None, ("72/2026/TT-BXD",))}


def test_page_that_restates_an_act_tells_its_first_day(store: Store) -> None:
    assert said(store, "71/2026/TT-BXD", FactKind.EFFECTIVE_ON) == [
        "Thông tư này có hiệu lực thi hành từ ngày 01 tháng 8 năm 2026."
    ]


def test_act_restated_by_a_page_replaces_from_its_first_day(store: Store) -> None:
    (found,) = facts(store, "7/2020/TT-BXD", FactKind.STATUS)
    assert (found.standing, found.since, found.symbols) == (Standing.ENDED, "2026-08-01", ("71/2026/TT-BXD",))
    (before,) = facts(store, "7/2020/TT-BXD", FactKind.STATUS, as_of=date(2026, 7, 1))
    assert (before.standing, before.superseded) == (Standing.IN_FORCE_UNTIL, False)


def test_act_ended_by_a_page_that_names_no_number(store: Store) -> None:
    (found,) = facts(store, "954/2019/UBTVQH14", FactKind.STATUS)
    assert (found.standing, found.since, found.symbols) == (Standing.ENDED, "2026-01-01", ())


def test_news_that_names_the_first_day_decides_by_it(store: Store) -> None:
    (found,) = facts(store, "78/2011/QĐ-TTg", FactKind.STATUS)
    assert (found.standing, found.since) == (Standing.IN_FORCE_UNTIL, "2026-10-18")
    assert quotes(store, found)[-1] == "Quyết định số 4/2026/QĐ-TTg có hiệu lực từ ngày 18/10/2026."


def test_amended_act_goes_on_with_the_sentence_that_says_so(store: Store) -> None:
    (found,) = facts(store, "14/2021/NĐ-CP", FactKind.STATUS)
    assert found.standing is Standing.AMENDED
    assert (
        "Các nội dung khác của Nghị định số 14/2021/NĐ-CP không thay đổi và tiếp tục có hiệu lực."
        in quotes(store, found)
    )


def test_who_amends_an_act(store: Store) -> None:
    (found,) = facts(store, "14/2021/NĐ-CP", FactKind.AMENDED_BY)
    assert found.symbols == ("15/2025/NĐ-CP",)


def test_a_mistyped_date_makes_no_second_decree_of_a_number_and_year(store: Store) -> None:
    found = facts(store, "14/2021/NĐ-CP", FactKind.ISSUED_ON)
    assert len({one.bearer for one in found}) == 1


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("Nghị định 15/2025/NĐ-CP sửa nghị định nào?", {FactKind.AMENDS}),
        ("nd 15/2025 sua dieu nao cua nd 14/2021", {FactKind.AMENDS}),
        ("Nghị định 14/2021/NĐ-CP bị những nghị định nào sửa đổi?", {FactKind.AMENDED_BY}),
        ("Nghị quyết 3/NQ-HĐND được thông qua ngày nào?", {FactKind.ADOPTED_ON}),
        ("Thông tư 7/2020 có còn là căn cứ vào ngày 1/1/2026 không?", {FactKind.STATUS}),
        ("Nghị quyết 5 ban hành trên cơ sở tờ trình số mấy?", {FactKind.BASED_ON}),
        ("Luật được thông qua với bao nhiêu phiếu?", set()),
        ("Dự án kéo dài đến khi nào?", set()),
    ],
)
def test_ways_of_asking(question: str, kinds: set[FactKind]) -> None:
    assert read_fact_kinds(fold(question)) == kinds


def test_bare_parts_go_on_with_what_was_asked_before() -> None:
    assert read_kinds_of_parts(["cv 12/bnv do ai ky", "ngay may"])[1] == {FactKind.ISSUED_ON}
    assert read_kinds_of_parts(["nd 5/2020 con hieu luc khong", "van ban nao the"])[1] == {
        FactKind.REPLACED_BY
    }
    assert read_kinds_of_parts(["hoi nghi hop o dau", "ngay nao"])[1] == frozenset()


def test_day_up_to_which_a_question_asks() -> None:
    query = read_query("Tính đến 15/5/2026 thì Nghị định 5/2020/NĐ-CP còn hiệu lực không?")
    assert read_asked_day(query) == date(2026, 5, 15)
