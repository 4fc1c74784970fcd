"""The facts of a document as a whole, with their spans: a small store of texts of our own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from conftest import write_pages

from corpus.intake import take_in
from corpus.store import Store
from corpus.text import fold
from index.answering.document_facts import find_document_facts
from index.answering.fact_kinds import read_cues, read_fact_kinds
from index.answering.findings import FactKind, Finding, Standing
from index.answering.mention_facts import find_mention_facts
from index.answering.status_wording import say_standing
from index.answering.ways_of_asking import estimate_kinds

TODAY = date(2026, 1, 15)


def act(
    symbol: str,
    kind: str,
    title: str,
    body: str,
    *,
    organ: str = "CHÍNH PHỦ",
    day: str = "Hà Nội, ngày 02 tháng 3 năm 2025",
    signed: str = "TM. CHÍNH PHỦ\nKT. THỦ TƯỚNG\nPHÓ THỦ TƯỚNG\nLê Văn Mẫu",
    behind: str = "",
) -> str:
    return (
        f"{organ}\n-------\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n-------\n\n"
        f"Số: {symbol}\n\n{day}\n\n{kind}\n{title}\n\n{body}\n\n"
        f"Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\n{signed}\n{behind}"
    )


HA_TINH = {
    "organ": "ỦY BAN NHÂN DÂN\nTỈNH HÀ TĨNH",
    "day": "Hà Tĩnh, ngày 20 tháng 11 năm 2025",
    "signed": "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nTrần Văn Mẫu",
}

TEXTS = {
    "trong-cay": act(
        "9/2025/NĐ-CP",
        "NGHỊ ĐỊNH",
        "Quy định về trồng cây",
        "Căn cứ Luật Tổ chức Chính phủ ngày 19 tháng 6 năm 2015;\n\n"
        "Căn cứ Nghị quyết số 11-NQ/TW ngày 03 tháng 6 năm 2017 của Bộ Chính trị về cây xanh;\n\n"
        "Căn cứ Nghị quyết số 12/NQ-CP ngày 04 tháng 7 năm 2018 của Chính phủ thực hiện Nghị quyết số 11-NQ/TW;\n\n"
        "Theo đề nghị của Bộ trưởng Bộ Xây dựng tại Tờ trình số 15/TTr-BXD ngày 05 tháng 01 năm 2025.\n\n"
        "Điều 1. Phạm vi\nNghị định này quy định việc trồng cây ven đường của các xã.\n\n"
        "Điều 2. Hiệu lực thi hành\n1. Nghị định này có hiệu lực thi hành từ ngày 01 tháng 5 năm 2025.\n"
        "2. Nghị định này thay thế Nghị định số 3/2019/NĐ-CP ngày 02 tháng 3 năm 2019 của Chính phủ.\n"
        "3. Bãi bỏ khoản 2 Điều 5 Nghị định số 4/2020/NĐ-CP ngày 02 tháng 3 năm 2020 của Chính phủ.",
        behind=(
            "\nPHỤ LỤC I\nQUY CHẾ CHĂM SÓC CÂY\n(Kèm theo Nghị định số 9/2025/NĐ-CP ngày 02 tháng 3 năm 2025 của Chính "
            "phủ)\n\nĐiều 1. Quy chế này có hiệu lực từ ngày 01 tháng 9 năm 2025.\n\n"
            "Điều 2. Xã gửi báo cáo theo mẫu.\n\nTM. ỦY BAN NHÂN DÂN XÃ\nCHỦ TỊCH\nPhạm Thị Khác\n"
        ),
    ),
    "sua-doi": act(
        "8/2025/NĐ-CP",
        "NGHỊ ĐỊNH",
        "Sửa đổi, bổ sung một số điều của Nghị định số 6/2021/NĐ-CP",
        "Điều 1. Sửa đổi, bổ sung khoản 1 Điều 1 Nghị định số 6/2021/NĐ-CP như sau:\n1. Cây trồng do xã chọn.\n\n"
        "Điều 2. Hiệu lực thi hành\nNghị định này có hiệu lực thi hành từ ngày 15 tháng 6 năm 2025.",
    ),
    "bai-bo-mot-phan": act(
        "52/2025/NĐ-CP",
        "NGHỊ ĐỊNH",
        "Quy định về vườn ươm",
        "Điều 1. Phạm vi\nNghị định này quy định về vườn ươm của các xã.\n\n"
        "Điều 2. Hiệu lực thi hành\n1. Nghị định này có hiệu lực thi hành từ ngày 15 tháng 6 năm 2025.\n"
        "2. Bãi bỏ Chương III của Nghị định số 13/2020/NĐ-CP ngày 02 tháng 3 năm 2020 của Chính phủ về cây giống.\n"
        "3. Các quy định tại Nghị định này thay thế các quy định tương ứng tại Nghị định số 14/2020/NĐ-CP ngày 03 tháng 3 "
        "năm 2020 của Chính phủ.\n"
        "4. Nghị định này thay thế Nghị định số 16/2020/NĐ-CP ngày 04 tháng 3 năm 2020 của Chính phủ.\n"
        "5. Bãi bỏ Nghị định số 18/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ.",
    ),
    "bai-bo-danh-sach": act(
        "50/2025/QĐ-UBND",
        "QUYẾT ĐỊNH",
        "Bãi bỏ một số văn bản về cây xanh",
        "Điều 1. Bãi bỏ các văn bản do UBND tỉnh ban hành trong lĩnh vực trồng cây và chăm sóc cây xanh đô thị, cụ thể như "
        "sau:\n1. Quyết định số 2/2018/QĐ-UBND ngày 02 tháng 3 năm 2018 của Ủy ban nhân dân tỉnh Hà Tĩnh về trồng cây;\n"
        "2. Quyết định số 7/2019/QĐ-UBND ngày 05 tháng 4 năm 2019 của Ủy ban nhân dân tỉnh Hà Tĩnh hướng dẫn Nghị định số "
        "6/2021/NĐ-CP.\n\nĐiều 2. Quyết định này có hiệu lực kể từ ngày 01 tháng 02 năm 2026.",
        **HA_TINH,
    ),
    "can-cu-tinh-khac": act(
        "77/QĐ-UBND",
        "QUYẾT ĐỊNH",
        "Về việc giao chỉ tiêu trồng cây",
        "Căn cứ Quyết định số 2/2018/QĐ-UBND ngày 10 tháng 6 năm 2018 của Ủy ban nhân dân tỉnh Nghệ An về trồng rừng;\n\n"
        "Điều 1. Giao chỉ tiêu trồng cây cho các xã.\n\nĐiều 2. Quyết định này có hiệu lực kể từ ngày ký.",
        organ="ỦY BAN NHÂN DÂN\nTỈNH NGHỆ AN",
        day="Nghệ An, ngày 05 tháng 12 năm 2025",
        signed="CHỦ TỊCH\nHồ Văn Mẫu",
    ),
    "tam-ngung": act(
        "21/2025/NQ-CP",
        "NGHỊ QUYẾT",
        "Tạm ngưng hiệu lực Nghị định số 5/2025/NĐ-CP",
        "Điều 1. Tạm ngưng hiệu lực áp dụng cho đến hết năm đối với các văn bản sau đây:\n"
        "1. Nghị định số 5/2025/NĐ-CP ngày 26 tháng 01 năm 2025 của Chính phủ về tưới cây.\n\n"
        "Điều 2. Áp dụng văn bản trong thời gian tạm ngưng hiệu lực\nTrong thời gian tạm ngưng hiệu lực, Nghị định số "
        "1/2018/NĐ-CP ngày 02 tháng 02 năm 2018 của Chính phủ tiếp tục có hiệu lực.\n\n"
        "Điều 3. Nghị quyết này có hiệu lực thi hành từ ngày 01 tháng 4 năm 2025.",
    ),
    "du-thao": act(
        "     /2025/NĐ-CP",
        "NGHỊ ĐỊNH",
        "Quy định về tỉa cây",
        "Điều 1. Phạm vi\nNghị định này quy định việc tỉa cây.",
        day="Hà Nội, ngày      tháng      năm 2025",
        signed="TM. CHÍNH PHỦ\nTHỦ TƯỚNG",
    ),
    "tin": (
        "Quy định mới về tưới cây\n\nThay mặt Ban Thường vụ, đồng chí Ngô Văn Mẫu, Phó Bí thư Tỉnh ủy Hà Tĩnh vừa ký ban hành "
        "Chỉ thị số 44-CT/TU ngày 09/12/2025 của Ban Thường vụ Tỉnh ủy về việc tưới cây tại các xã trong mùa khô năm nay.\n\n"
        "Chỉ thị này thay thế Chỉ thị số 31-CT/TU ngày 08/7/2016 của Ban Thường vụ Tỉnh ủy Hà Tĩnh về tưới cây.\n\n"
        "Ngày 20/12/2025, UBND tỉnh Hà Tĩnh đã ban hành Kế hoạch số 300/KH-UBND triển khai thực hiện Chỉ thị số 44-CT/TU.\n"
    ),
    "cong-bo": act(
        "88/QĐ-BXD",
        "QUYẾT ĐỊNH",
        "Về việc công bố Danh mục văn bản quy phạm pháp luật hết hiệu lực toàn bộ hoặc một phần",
        "Điều 1. Công bố kèm theo Quyết định này Danh mục văn bản hết hiệu lực.\n\n"
        "Điều 2. Quyết định này có hiệu lực kể từ ngày ký.",
        organ="BỘ XÂY DỰNG",
        signed="KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\nĐỗ Văn Mẫu",
        behind=(
            "\nDANH MỤC VĂN BẢN HẾT HIỆU LỰC TOÀN BỘ\n(Kèm theo Quyết định số 88/QĐ-BXD ngày 02 tháng 3 năm 2025)\n\n"
            "1\nThông tư số 17/2015/TT-BXD ngày 06 tháng 7 năm 2015 của Bộ trưởng Bộ Xây dựng về vườn ươm\n"
            "Bị bãi bỏ bởi Thông tư số 3/2024/TT-BXD ngày 07 tháng 8 năm 2024 của Bộ trưởng Bộ Xây dựng\n"
        ),
    ),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder: Path = tmp_path_factory.mktemp("facts")
    pages = write_pages(folder, TEXTS)
    with Store.open(folder / "store") as opened:
        take_in(opened, [pages])
        yield opened


def quotes(store: Store, finding: Finding) -> list[str]:
    """The quotations of a finding; every one has to lie inside the passage that it names."""
    for one in finding.evidence:
        passages = store.document(one.document_id).passages
        assert any(p.start <= one.start and one.end <= p.end and p.location == one.location for p in passages)
    return [store.text(one.document_id)[one.start : one.end] for one in finding.evidence]


def told(store: Store, name: str, kind: FactKind, asked: str = "", as_of: date = TODAY) -> Finding | None:
    """The only finding of a kind of the held document with a number (or file name)."""
    found = find_document_facts(
        store, store.find_document(name), {kind}, as_of=as_of, topic=fold(asked).split()
    )
    assert len(found) <= 1
    return found[0] if found else None


def said(store: Store, name: str, kind: FactKind, asked: str = "") -> list[str]:
    finding = told(store, name, kind, asked)
    return quotes(store, finding) if finding is not None else []


def mentioned(
    store: Store, symbol: str, kind: FactKind, *, as_of: date = TODAY, province: str | None = None
) -> tuple[Finding, ...]:
    return find_mention_facts(store, symbol, {kind}, as_of=as_of, province=province)


# --- what a question asks for


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("Công văn 12/BNV do ai ký, ngày tháng nào?", {FactKind.SIGNER, FactKind.ISSUED_ON}),
        ("qd 5/2024 con hieu luc ko hay da co cai moi", {FactKind.STATUS, FactKind.REPLACED_BY}),
        ("Bản này còn theo Nghị định 9/2025/NĐ-CP nữa không?", {FactKind.STATUS}),
        ("Nghị định 9 có hiệu lực từ ngày nào?", {FactKind.EFFECTIVE_ON}),
        ("Quy chế này áp dụng từ hôm nào?", {FactKind.EFFECTIVE_ON}),
        ("Quyết định 50 là văn bản về việc gì", {FactKind.SUBJECT}),
        ("Nghị định mới thay các nghị định nào?", {FactKind.REPLACES}),
        ("nd 9 dua tren nghi quyet nao cua bo chinh tri", {FactKind.BASED_ON}),
        ("KH 300 là để triển khai văn bản nào?", {FactKind.IMPLEMENTS}),
        ("Kế hoạch trồng cây của hai tỉnh, tỉnh nào ra quyết định trước?", {FactKind.ISSUED_ON}),
        ("Sở nào ký trước khi trình?", set()),
        ("Kế hoạch trồng cây mang số mấy, ban hành hôm nào?", {FactKind.NUMBER, FactKind.ISSUED_ON}),
        ("Nghị quyết 3 bị thay thế khi nào, bởi nghị quyết nào?", {FactKind.STATUS, FactKind.REPLACED_BY}),
    ],
)
def test_ways_of_asking(question: str, kinds: set[FactKind]) -> None:
    assert read_cues(fold(question)) == kinds <= read_fact_kinds(fold(question))


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("Vị nào đặt bút ký Nghị định 9/2025/NĐ-CP?", {FactKind.SIGNER}),
        ("nghị định này chạy từ bữa nào", {FactKind.EFFECTIVE_ON}),
        ("Quyết định 12 của tỉnh giờ bỏ chưa hay vẫn xài", {FactKind.STATUS}),
        ("thông tư mới nào lên thay thông tư 5", {FactKind.REPLACED_BY}),
        ("Nghị định 7 làm mất hiệu lực những nghị định nào trước đó", {FactKind.REPLACES}),
        ("Kế hoạch này triển khai theo nghị quyết nào của Tỉnh ủy", {FactKind.IMPLEMENTS}),
        ("văn bản 45 nói chuyện gì vậy", {FactKind.SUBJECT}),
        ("Ai ký hợp đồng thuê bến đò với hộ dân?", set()),
        ("Bến đò mở cửa từ mấy giờ?", set()),
    ],
)
def test_words_that_are_no_cue_ask_for_the_same_facts(question: str, kinds: set[FactKind]) -> None:
    assert read_cues(fold(question)) == frozenset()
    assert read_fact_kinds(fold(question)) == kinds


def test_numbers_and_days_are_no_words() -> None:
    assert estimate_kinds("ai ky nd 30/2020/nd-cp") == estimate_kinds("ai ky nd 9/2025/qd-ubnd")
    assert sum(estimate_kinds("ai ky nd 30/2020/nd-cp").values()) <= 1


@pytest.mark.parametrize(
    "question",
    [
        "Các xã phải gửi báo cáo chậm nhất ngày nào?",
        "Hội nghị trồng cây họp khi nào?",
        "Ban Chỉ đạo do ai làm trưởng ban, cơ quan nào là thường trực?",
        "Ai có quyền quyết định tặng danh hiệu?",
        "Căn cứ xếp loại xã gồm những tiêu chí gì?",
        "Có bao nhiêu chỉ tiêu về trồng cây?",
        "Phụ cấp của nhân viên thú y hệ số bao nhiêu?",
        "Đồng chí Chủ tịch tỉnh đăng ký trồng bao nhiêu cây?",
        "Công văn 45/CCKL-QL: số tài khoản của quỹ trồng cây là gì?",
    ],
)
def test_questions_of_content_ask_no_fact(question: str) -> None:
    assert read_fact_kinds(fold(question)) == frozenset()


# --- a held document


def test_signature_of_the_document_and_not_of_its_appendix(store: Store) -> None:
    assert said(store, "9/2025/NĐ-CP", FactKind.SIGNER) == [
        "TM. CHÍNH PHỦ\nKT. THỦ TƯỚNG\nPHÓ THỦ TƯỚNG\nLê Văn Mẫu"
    ]


def test_day_of_issue_is_the_line_of_the_head(store: Store) -> None:
    assert said(store, "9/2025/NĐ-CP", FactKind.ISSUED_ON) == ["Hà Nội, ngày 02 tháng 3 năm 2025"]


def test_number_and_day_are_one_quotation_where_they_adjoin(store: Store) -> None:
    found = find_document_facts(
        store, store.find_document("9/2025/NĐ-CP"), {FactKind.NUMBER, FactKind.ISSUED_ON}
    )
    assert [quotes(store, one) for one in found] == [
        ["Số: 9/2025/NĐ-CP\nHà Nội, ngày 02 tháng 3 năm 2025"]
    ] * 2


def test_first_day_is_that_of_the_document_and_not_of_its_appendix(store: Store) -> None:
    assert said(store, "9/2025/NĐ-CP", FactKind.EFFECTIVE_ON) == [
        "Nghị định này có hiệu lực thi hành từ ngày 01 tháng 5 năm 2025."
    ]


def test_in_force_from_signing_comes_with_the_day(store: Store) -> None:
    assert said(store, "77/QĐ-UBND", FactKind.EFFECTIVE_ON) == [
        "Quyết định này có hiệu lực kể từ ngày ký.",
        "Nghệ An, ngày 05 tháng 12 năm 2025",
    ]


def test_subject_is_the_title(store: Store) -> None:
    assert said(store, "50/2025/QĐ-UBND", FactKind.SUBJECT) == ["Bãi bỏ một số văn bản về cây xanh"]


def test_a_blank_day_of_a_draft_is_no_day_and_no_signer(store: Store) -> None:
    draft = next(row["id"] for row in store.list_documents() if row["uri"].endswith("du-thao.txt"))
    kinds = {FactKind.ISSUED_ON, FactKind.EFFECTIVE_ON, FactKind.SIGNER, FactKind.NUMBER}
    assert find_document_facts(store, draft, kinds) == ()


def test_what_it_rests_on_as_the_question_narrows_it(store: Store) -> None:
    finding = told(store, "9/2025/NĐ-CP", FactKind.BASED_ON, "dựa trên nghị quyết nào của Bộ Chính trị")
    assert finding is not None
    assert finding.symbols == ("11-NQ/TW",)
    assert quotes(store, finding) == [
        "Căn cứ Nghị quyết số 11-NQ/TW ngày 03 tháng 6 năm 2017 của Bộ Chính trị về cây xanh;"
    ]
    assert len(said(store, "9/2025/NĐ-CP", FactKind.BASED_ON, "căn cứ vào đâu")) == 4


def test_a_replaced_act_before_an_act_of_which_a_part_is_abrogated(store: Store) -> None:
    finding = told(store, "9/2025/NĐ-CP", FactKind.REPLACES)
    assert finding is not None
    assert finding.symbols == ("3/2019/NĐ-CP",)
    assert quotes(store, finding) == [
        "Nghị định này thay thế Nghị định số 3/2019/NĐ-CP ngày 02 tháng 3 năm 2019 của Chính phủ.",
        "Bãi bỏ khoản 2 Điều 5 Nghị định số 4/2020/NĐ-CP ngày 02 tháng 3 năm 2020 của Chính phủ.",
    ]


def test_a_list_comes_with_its_lead_in_and_each_item_alone(store: Store) -> None:
    finding = told(store, "50/2025/QĐ-UBND", FactKind.REPLACES)
    assert finding is not None
    assert finding.symbols == (
        "2/2018/QĐ-UBND",
        "7/2019/QĐ-UBND",
    )  # not the decree in the title of the second
    lead_in, first, second = quotes(store, finding)
    assert lead_in.startswith("Bãi bỏ các văn bản do UBND tỉnh ban hành")
    assert first.startswith("Quyết định số 2/2018/QĐ-UBND") and first.endswith("về trồng cây;")
    assert second.startswith("Quyết định số 7/2019/QĐ-UBND")


# --- a number that others mention


def test_replaced_with_both_sentences(store: Store) -> None:
    (finding,) = mentioned(store, "3/2019/NĐ-CP", FactKind.STATUS)
    assert (finding.standing, finding.superseded, finding.since) == (Standing.ENDED, True, "2025-05-01")
    assert finding.symbols == ("9/2025/NĐ-CP",)
    assert quotes(store, finding) == [
        "Nghị định này thay thế Nghị định số 3/2019/NĐ-CP ngày 02 tháng 3 năm 2019 của Chính phủ.",
        "Nghị định này có hiệu lực thi hành từ ngày 01 tháng 5 năm 2025.",
    ]
    assert say_standing(finding, "3/2019/NĐ-CP", as_of=TODAY) == (
        "3/2019/NĐ-CP đã hết hiệu lực từ ngày 1/5/2025 theo 9/2025/NĐ-CP."
    )


def test_amended_or_touched_in_part_is_not_replaced(store: Store) -> None:
    (amended,) = mentioned(store, "6/2021/NĐ-CP", FactKind.STATUS)
    assert (amended.standing, amended.superseded, amended.symbols) == (
        Standing.AMENDED,
        False,
        ("8/2025/NĐ-CP",),
    )


def test_each_bearer_of_a_number_has_its_own_status(store: Store) -> None:
    found = mentioned(store, "2/2018/QĐ-UBND", FactKind.STATUS, as_of=date(2026, 3, 1))
    assert {(one.bearer.province, one.standing, one.superseded) for one in found if one.bearer} == {
        ("Hà Tĩnh", Standing.ENDED, True),
        ("Nghệ An", Standing.CITED, False),
    }
    (here,) = mentioned(store, "2/2018/QĐ-UBND", FactKind.STATUS, as_of=date(2026, 3, 1), province="Nghệ An")
    assert quotes(store, here) == [
        "Căn cứ Quyết định số 2/2018/QĐ-UBND ngày 10 tháng 6 năm 2018 của Ủy ban nhân dân tỉnh Nghệ An về trồng rừng;"
    ]


def test_an_end_that_comes_later_is_told_as_in_force_on_the_day(store: Store) -> None:
    (finding,) = mentioned(store, "2/2018/QĐ-UBND", FactKind.STATUS, province="Hà Tĩnh")
    assert (finding.standing, finding.superseded, finding.since) == (
        Standing.IN_FORCE_UNTIL,
        False,
        "2026-02-01",
    )
    lead_in, item, force = quotes(store, finding)
    assert lead_in.startswith("Bãi bỏ các văn bản")
    assert item.startswith("Quyết định số 2/2018/QĐ-UBND ngày 02 tháng 3 năm 2018")
    assert force == "Quyết định này có hiệu lực kể từ ngày 01 tháng 02 năm 2026."


def test_not_yet_in_force_on_the_day(store: Store) -> None:
    finding = told(store, "9/2025/NĐ-CP", FactKind.STATUS, as_of=date(2025, 4, 1))
    assert finding is not None
    assert finding.standing is Standing.NOT_YET
    assert quotes(store, finding) == ["Nghị định này có hiệu lực thi hành từ ngày 01 tháng 5 năm 2025."]


def test_in_force_since_its_first_day_as_far_as_is_known(store: Store) -> None:
    finding = told(store, "9/2025/NĐ-CP", FactKind.STATUS)
    assert finding is not None
    assert (finding.standing, finding.superseded, finding.since) == (Standing.STARTED, False, "2025-05-01")


def test_suspended_with_what_applies_meanwhile(store: Store) -> None:
    (finding,) = mentioned(store, "5/2025/NĐ-CP", FactKind.STATUS)
    assert (finding.standing, finding.superseded) == (Standing.SUSPENDED, False)
    assert finding.symbols == ("21/2025/NQ-CP", "1/2018/NĐ-CP")
    assert [quote[:40] for quote in quotes(store, finding)] == [
        "Tạm ngưng hiệu lực áp dụng cho đến hết n",
        "Nghị định số 5/2025/NĐ-CP ngày 26 tháng ",
        "Nghị quyết này có hiệu lực thi hành từ n",
        "Trong thời gian tạm ngưng hiệu lực, Nghị",
    ]
    assert mentioned(store, "1/2018/NĐ-CP", FactKind.STATUS) == ()
    # What applies meanwhile suspends nothing.
    told = say_standing(finding, "5/2025/NĐ-CP", as_of=date(2025, 9, 15))
    assert told == "5/2025/NĐ-CP bị tạm ngưng hiệu lực theo 21/2025/NQ-CP."


def test_a_news_page_speaks_for_the_document_that_it_reports(store: Store) -> None:
    (status,) = mentioned(store, "31-CT/TU", FactKind.REPLACED_BY)
    assert (status.symbols, status.superseded) == (("44-CT/TU",), True)
    (signed,) = mentioned(store, "44-CT/TU", FactKind.SIGNER)
    assert "đồng chí Ngô Văn Mẫu" in quotes(store, signed)[0]
    assert mentioned(store, "31-CT/TU", FactKind.SIGNER) == ()


def test_who_carries_it_out_and_what_it_carries_out(store: Store) -> None:
    (by,) = mentioned(store, "44-CT/TU", FactKind.IMPLEMENTED_BY)
    (of,) = mentioned(store, "300/KH-UBND", FactKind.IMPLEMENTS)
    assert (by.symbols, of.symbols) == (("300/KH-UBND",), ("44-CT/TU",))
    assert quotes(store, by) == quotes(store, of)


def test_what_only_abolished_it_is_told_where_nothing_replaced_it(store: Store) -> None:
    (whole,) = mentioned(store, "18/2020/NĐ-CP", FactKind.REPLACED_BY)
    assert (whole.symbols, whole.superseded) == (("52/2025/NĐ-CP",), True)
    (part,) = mentioned(store, "13/2020/NĐ-CP", FactKind.REPLACED_BY)
    assert (part.standing, part.superseded) == (Standing.PARTLY, False)


def test_a_list_of_what_has_ended_is_no_successor(store: Store) -> None:
    found = mentioned(store, "17/2015/TT-BXD", FactKind.STATUS)
    assert all("88/QĐ-BXD" not in one.symbols for one in found)
    assert told(store, "88/QĐ-BXD", FactKind.REPLACES) is None


def test_nothing_is_told_of_a_number_that_nothing_mentions(store: Store) -> None:
    assert find_mention_facts(store, "999/2031/NĐ-CP", set(FactKind)) == ()


@pytest.mark.parametrize(
    ("symbol", "standing", "ended"),
    [
        ("13/2020/NĐ-CP", Standing.PARTLY, False),
        ("14/2020/NĐ-CP", Standing.PARTLY, False),
        ("16/2020/NĐ-CP", Standing.ENDED, True),
    ],
)
def test_what_ends_a_part_does_not_end_the_whole(
    store: Store, symbol: str, standing: Standing, ended: bool
) -> None:
    (finding,) = find_mention_facts(store, symbol, {FactKind.STATUS}, as_of=TODAY)
    assert (finding.standing, finding.superseded, finding.symbols) == (standing, ended, ("52/2025/NĐ-CP",))
