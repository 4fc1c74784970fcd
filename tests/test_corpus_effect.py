"""Effect status and document keys: a small store of texts of our own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from conftest import shared, write_pages

from corpus.effect import Effect, EffectEvidence, find_effect, find_effect_of_number, find_effects
from corpus.identity import document_key, same_document
from corpus.intake import take_in
from corpus.store import Store


def act(
    symbol: str, kind: str, title: str, body: str, *, organ: str = "CHÍNH PHỦ", place: str = "Hà Nội"
) -> str:
    return (
        f"{organ}\n-------\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n-------\n\n"
        f"Số: {symbol}\n\n{place}, ngày 02 tháng 3 năm {symbol.split('/')[1]}\n\n{kind}\n{title}\n\n{body}\n\n"
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nTM. CƠ QUAN BAN HÀNH\nNgười Ký Tên\n"
    )


TEXTS = {
    "thay-the": act(
        "9/2024/NĐ-CP",
        "NGHỊ ĐỊNH",
        "Quy định về trồng cây",
        "Căn cứ Luật Tổ chức Chính phủ ngày 19 tháng 6 năm 2015;\n\nĐiều 1. Phạm vi\nNghị định này quy định việc trồng cây ven "
        "đường của các xã.\n\nĐiều 2. Hiệu lực thi hành\n1. Nghị định này có hiệu lực thi hành từ ngày 01 tháng 5 năm 2024.\n"
        "2. Nghị định này thay thế Nghị định số 3/2019/NĐ-CP ngày 02 tháng 3 năm 2019 của Chính phủ.\n"
        "3. Bãi bỏ khoản 2 Điều 5 Nghị định số 4/2020/NĐ-CP ngày 02 tháng 3 năm 2020 của Chính phủ.\n"
        "4. Bãi bỏ các quy định liên quan đến đội tưới cây quy định tại Nghị định số 11/2020/NĐ-CP.\n"
        "5. Nghị định số 12/2020/NĐ-CP ngày 02 tháng 3 năm 2020 của Chính phủ hết hiệu lực một phần.\n"
        "6. Các quy định về cây giống tại Nghị định số 13/2020/NĐ-CP hết hiệu lực thi hành.",
    ),
    "bi-thay-the": act(
        "3/2019/NĐ-CP",
        "NGHỊ ĐỊNH",
        "Quy định về trồng cây ven đường",
        "Căn cứ Luật Tổ chức Chính phủ ngày 19 tháng 6 năm 2015;\n\nĐiều 1. Phạm vi\nNghị định này quy định việc trồng cây "
        "ven đường.\n\nĐiều 2. Hiệu lực thi hành\nNghị định này có hiệu lực thi hành từ ngày 01 tháng 5 năm 2019.",
    ),
    "sua-doi": act(
        "8/2023/NĐ-CP",
        "NGHỊ ĐỊNH",
        "Sửa đổi, bổ sung một số điều của Nghị định số 3/2019/NĐ-CP",
        "Điều 1. Sửa đổi, bổ sung khoản 1 Điều 1 Nghị định số 3/2019/NĐ-CP như sau:\n1. Cây trồng ven đường do xã chọn.\n\n"
        "Điều 2. Hiệu lực thi hành\nNghị định này có hiệu lực thi hành từ ngày 15 tháng 6 năm 2023.",
    ),
    "mot-tinh": act(
        "5/2024/QĐ-UBND",
        "QUYẾT ĐỊNH",
        "Về việc bãi bỏ quyết định",
        "Điều 1. Bãi bỏ\nBãi bỏ Quyết định số 2/2018/QĐ-UBND ngày 02 tháng 3 năm 2018 của Ủy ban nhân dân tỉnh Hà Tĩnh về "
        "trồng cây.\n\nĐiều 2. Kiến nghị\nSửa đổi khoản 2 Điều 5 Nghị định số 6/2021/NĐ-CP ngày 02 tháng 3 năm 2021.",
        organ="ỦY BAN NHÂN DÂN\nTỈNH HÀ TĨNH",
        place="Hà Tĩnh",
    ),
    "tin": (
        "Quy định mới về tưới cây\n\nNgày 02/3/2024, Chính phủ vừa ban hành Nghị định số 10/2024/NĐ-CP quy định về việc tưới "
        "cây tại các xã, phường trên cả nước trong mùa khô, với nhiều điểm mới được người dân mong đợi từ lâu.\n\n"
        "Nghị định này thay thế Nghị định số 7/2019/NĐ-CP về tưới cây, áp dụng từ mùa khô năm nay tại tất cả các tỉnh.\n"
    ),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder: Path = tmp_path_factory.mktemp("effect")
    pages = write_pages(folder, TEXTS)
    with Store.open(folder / "store") as opened:
        take_in(opened, [pages])
        yield opened


def quoted(store: Store, evidence: EffectEvidence) -> str:
    return store.text(evidence.document_id)[evidence.start : evidence.end]


TODAY = date(2025, 1, 1)


def test_replaced_with_the_article_that_says_it(store: Store) -> None:
    status = find_effect(store, store.find_document("3/2019/NĐ-CP"), as_of=TODAY)
    first = status.evidence[0]
    assert status.status is Effect.REPLACED
    assert first.by == "9/2024/NĐ-CP"
    assert (first.since, first.secondary) == ("2024-05-01", False)
    assert first.wording == "bị thay thế bởi 9/2024/NĐ-CP, theo Khoản 2 Điều 2"
    assert quoted(store, first).endswith(
        "Nghị định này thay thế Nghị định số 3/2019/NĐ-CP ngày 02 tháng 3 năm 2019 của Chính phủ"
    )
    assert {one.effect for one in status.evidence} == {Effect.REPLACED, Effect.AMENDED}


def test_not_yet_replaced_on_an_earlier_day(store: Store) -> None:
    found = store.find_document("3/2019/NĐ-CP")
    assert find_effect(store, found, as_of=date(2024, 4, 30)).status is Effect.AMENDED
    assert find_effect(store, found, as_of=date(2020, 1, 1)).status is Effect.UNKNOWN


def test_only_a_part_of_it_is_abrogated(store: Store) -> None:
    status = find_effect_of_number(store, "4/2020/NĐ-CP", as_of=TODAY)
    assert status.status is Effect.PARTLY
    assert [(one.provision, one.under) for one in status.evidence] == [("Khoản 2 Điều 5", "Khoản 3 Điều 2")]


@pytest.mark.parametrize("symbol", ["11/2020/NĐ-CP", "12/2020/NĐ-CP", "13/2020/NĐ-CP"])
def test_what_ends_some_provisions_leaves_the_act(store: Store, symbol: str) -> None:
    assert find_effect_of_number(store, symbol, as_of=TODAY).status is Effect.PARTLY


def test_a_day_of_its_own_that_lies_ahead(store: Store) -> None:
    status = find_effect(store, store.find_document("9/2024/NĐ-CP"), as_of=date(2024, 4, 1))
    assert status.status is Effect.NOT_YET
    assert [one.wording for one in status.evidence] == ["chưa có hiệu lực (đến ngày 1/5/2024)"]


def test_no_statement_is_no_proof(store: Store) -> None:
    status = find_effect(store, store.find_document("9/2024/NĐ-CP"), as_of=TODAY)
    assert (status.status, status.evidence) == (Effect.UNKNOWN, ())
    assert find_effect_of_number(store, "04-NQ/TU", as_of=TODAY).status.value == "không rõ"


def test_a_decision_of_one_province_says_nothing_of_another(store: Store) -> None:
    number = "2/2018/QĐ-UBND"
    here = find_effect_of_number(store, number, province="Hà Tĩnh", as_of=TODAY)
    there = find_effect_of_number(store, number, province="Nghệ An", as_of=TODAY)
    unknown = find_effect_of_number(store, number, as_of=TODAY)
    assert (here.status, there.status, unknown.status) == (Effect.ABROGATED, Effect.UNKNOWN, Effect.UNKNOWN)


def test_a_lower_body_only_proposes(store: Store) -> None:
    assert find_effect_of_number(store, "6/2021/NĐ-CP", as_of=TODAY).status is Effect.UNKNOWN


def test_what_a_news_page_says_is_marked_so(store: Store) -> None:
    status = find_effect_of_number(store, "7/2019/NĐ-CP", as_of=TODAY)
    (only,) = status.evidence
    assert status.status is Effect.REPLACED
    assert (only.by, only.secondary) == ("10/2024/NĐ-CP", True)
    assert only.wording == "bị thay thế bởi 10/2024/NĐ-CP, theo bài “Quy định mới về tưới cây”"


@pytest.mark.parametrize("day", [date(2020, 1, 1), date(2024, 4, 30), TODAY])
def test_the_statuses_of_many_documents_are_those_of_each(store: Store, day: date) -> None:
    each = {i: find_effect(store, i, as_of=day).status for i in store.document_ids()}
    assert find_effects(store, store.document_ids(), as_of=day) == each
    assert (Effect.REPLACED in each.values()) == (day == TODAY)


def test_the_statuses_of_some_documents_name_no_others(store: Store) -> None:
    asked = store.find_document("3/2019/NĐ-CP")
    assert find_effects(store, [asked], as_of=TODAY) == {asked: Effect.REPLACED}
    assert find_effects(store, [], as_of=TODAY) == {}


@pytest.mark.long
def test_the_statuses_of_the_official_documents_are_those_of_each(
    tmp_path: Path,
) -> None:
    with Store.open(tmp_path) as opened:
        take_in(opened, [shared("data/official-docs/documents.jsonl")])
        ids = opened.document_ids()
        each = {i: find_effect(opened, i, as_of=date(2026, 7, 1)).status for i in ids}
        assert find_effects(opened, ids, as_of=date(2026, 7, 1)) == each
        assert set(each.values()) >= {Effect.ABROGATED, Effect.AMENDED, Effect.UNKNOWN}


SAME = [
    # the collisions of domain.md §1.1
    (("01/2026/NQ-HĐND", "HĐND tỉnh Đồng Nai", None), ("01/2026/NQ-HĐND", "HĐND thành phố Huế", None), False),
    (("06-CTr/TU", "Thành ủy Hà Nội", None), ("06-CTr/TU", "Tỉnh ủy Tuyên Quang", None), False),
    (("06-CTr/TU", None, "2025-08-11"), ("06-CTr/TU", None, "2020-10-26"), False),
    (("44/NQ-HĐND", "HĐND tỉnh Hà Tĩnh", None), ("44/2021/NQ-HĐND", "HĐND tỉnh Hà Tĩnh", None), False),
    (("1144-CV/TU", None, None), ("1144-QĐ/TU", None, None), False),
    # a province that is not named settles nothing
    (("01/2026/NQ-HĐND", "HĐND tỉnh Đồng Nai", None), ("01/2026/NQ-HĐND", "HĐND tỉnh", None), None),
    (
        ("01/2026/NQ-HĐND", "HĐND tỉnh Đồng Nai", None),
        ("01/2026/NQ-HĐND", "Hội đồng nhân dân tỉnh Đồng Nai", None),
        True,
    ),
    # numbers that begin anew every year, and every term
    (("263/QĐ-TTg", None, "2022-02-22"), ("263/QĐ-TTg", None, None), None),
    (("263/QĐ-TTg", None, "2022-02-22"), ("263/QĐ-TTg", None, "2022"), True),
    (("263/QĐ-TTg", None, "2022-02-22"), ("263/QĐ-TTg", None, "2024-02-20"), False),
    (("04-NQ/TW", None, "2016-10-30"), ("04-NQ/TW", None, "2021-10-30"), False),
    # one in the country, with its year
    (("15/2020/NĐ-CP", None, None), ("15/2020/nđ-cp", None, None), True),
    (("80/2021/TT-BTC", None, None), ("80/2021/TT-BTC", None, "2021-09-29"), True),
]


@pytest.mark.parametrize(("one", "other", "same"), SAME)
def test_a_number_alone_names_no_document(
    one: tuple[str, str | None, str | None], other: tuple[str, str | None, str | None], same: bool | None
) -> None:
    first, second = (document_key(symbol, issuer=issuer, date=day) for symbol, issuer, day in (one, other))
    assert same_document(first, second) is same
    assert same_document(second, first) is same
