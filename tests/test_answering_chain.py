"""The governing chain over a small store of texts of our own: levels, twins, replacements, days, circles."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import docx
import pytest
from conftest import write_pages

import cli
from commands.asking import _answer_json
from corpus.effect import Effect
from corpus.intake import take_in
from corpus.models import Level, Relation
from corpus.store import Store
from index.answering.chain import add_chain, find_chain
from index.answering.chain_models import Chain, Link
from index.answering.chain_ties import read_ties
from index.answering.chain_wording import describe_links
from index.exports.files import export_answer
from index.models import Answer, Outcome
from index.verification import citation_fault
from pages.chain_drawing import chain_html


def act(organ: str, symbol: str, day: str, kind: str, title: str, body: str, *, place: str) -> str:
    return (
        f"{organ}\n-------\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n-------\n\n"
        f"Số: {symbol}\n\n{place}, ngày {day}\n\n{kind}\n{title}\n\n{body}\n\n"
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nTM. CƠ QUAN BAN HÀNH\nNgười Ký Tên\n"
    )


def plan(organ: str, symbol: str, day: str, title: str, opening: str, *, place: str) -> str:
    body = (
        f"{opening}\n\nI. MỤC ĐÍCH, YÊU CẦU\n1. Các cơ quan tổ chức trồng cây ven đường theo kế hoạch này."
        "\n2. Việc trồng cây bảo đảm đúng mùa vụ, đúng giống cây của địa phương."
    )
    return act(organ, symbol, day, "KẾ HOẠCH", title, body, place=place)


HA_TINH = "ỦY BAN NHÂN DÂN\nTỈNH HÀ TĨNH"
NGHE_AN = "ỦY BAN NHÂN DÂN\nTỈNH NGHỆ AN"
ORDER = "Chỉ thị số 5/CT-TTg ngày 10 tháng 3 năm 2024 của Thủ tướng Chính phủ về trồng cây ven đường"
IN_HA_TINH = "Kế hoạch số 20/KH-UBND ngày 15 tháng 4 năm 2024 của UBND tỉnh Hà Tĩnh về trồng cây ven đường"
TEXTS = {
    "trung-uong": act(
        "THỦ TƯỚNG CHÍNH PHỦ", "5/CT-TTg", "10 tháng 3 năm 2024", "CHỈ THỊ", "Về trồng cây ven đường",
        "Thủ tướng Chính phủ yêu cầu các tỉnh trồng cây ven đường.\n\n1. Các tỉnh lập kế hoạch trồng cây.",
        place="Hà Nội",
    ),
    "ha-tinh": plan(
        HA_TINH, "20/KH-UBND", "15 tháng 4 năm 2024", "Trồng cây ven đường trên địa bàn tỉnh Hà Tĩnh",
        f"Thực hiện {ORDER}, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:", place="Hà Tĩnh",
    ),
    "nghe-an": plan(
        NGHE_AN, "20/KH-UBND", "20 tháng 5 năm 2024", "Trồng cây ven đường trên địa bàn tỉnh Nghệ An",
        f"Thực hiện {ORDER}, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:", place="Nghệ An",
    ),
    "huyen": plan(
        "ỦY BAN NHÂN DÂN\nHUYỆN CẨM XUYÊN", "31/KH-UBND", "05 tháng 6 năm 2024",
        "Trồng cây ven đường trên địa bàn huyện Cẩm Xuyên",
        f"Thực hiện {IN_HA_TINH}, Ủy ban nhân dân huyện ban hành Kế hoạch như sau:", place="Cẩm Xuyên",
    ),
    "xa": plan(
        "ỦY BAN NHÂN DÂN\nXÃ CẨM BÌNH", "7/KH-UBND", "01 tháng 7 năm 2024",
        "Trồng cây ven đường trên địa bàn xã Cẩm Bình",
        "Thực hiện Kế hoạch số 31/KH-UBND ngày 05 tháng 6 năm 2024 của UBND huyện Cẩm Xuyên về trồng cây ven đường, "
        "Ủy ban nhân dân xã ban hành Kế hoạch như sau:",
        place="Cẩm Bình",
    ),
    "thieu-tinh": plan(
        "ỦY BAN NHÂN DÂN\nXÃ CẨM DUỆ", "8/KH-UBND", "01 tháng 8 năm 2024",
        "Trồng cây ven đường trên địa bàn xã Cẩm Duệ",
        f"Thực hiện {ORDER}, Ủy ban nhân dân xã ban hành Kế hoạch như sau:", place="Cẩm Duệ",
    ),
    "danh-sach": plan(
        NGHE_AN, "60/KH-UBND", "10 tháng 10 năm 2024", "Chăm sóc cây ven đường đã trồng",
        f"Thực hiện {ORDER}; Kế hoạch số 20/KH-UBND ngày 20 tháng 5 năm 2024 của UBND tỉnh Nghệ An về trồng cây ven đường, "
        "Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:", place="Nghệ An",
    ),
    # a decree that was replaced, and what implements it; organisation laws and the paper that proposed are no links
    "cu": act(
        "CHÍNH PHỦ", "3/2019/NĐ-CP", "02 tháng 3 năm 2019", "NGHỊ ĐỊNH", "Quy định về tưới cây công viên",
        "Căn cứ Luật Tổ chức Chính phủ ngày 19 tháng 6 năm 2015;\n\nĐiều 1. Phạm vi\nNghị định này quy định việc tưới "
        "cây công viên.",
        place="Hà Nội",
    ),
    "moi": act(
        "CHÍNH PHỦ", "9/2024/NĐ-CP", "02 tháng 3 năm 2024", "NGHỊ ĐỊNH", "Quy định về tưới cây",
        "Điều 1. Phạm vi\nNghị định này quy định việc tưới cây.\n\nĐiều 2. Hiệu lực thi hành\n1. Nghị định này có hiệu "
        "lực thi hành từ ngày 01 tháng 5 năm 2024.\n2. Nghị định này thay thế Nghị định số 3/2019/NĐ-CP ngày 02 tháng 3 "
        "năm 2019 của Chính phủ.",
        place="Hà Nội",
    ),
    "quyet-dinh": act(
        HA_TINH, "15/2021/QĐ-UBND", "05 tháng 5 năm 2021", "QUYẾT ĐỊNH", "Ban hành định mức tưới cây công viên",
        "Căn cứ Luật Tổ chức chính quyền địa phương số 77/2015/QH13 ngày 19 tháng 6 năm 2015;\nCăn cứ Nghị định số "
        "3/2019/NĐ-CP ngày 02 tháng 3 năm 2019 của Chính phủ quy định về tưới cây công viên;\nTheo đề nghị của Sở Xây "
        "dựng tại Tờ trình số 12/TTr-SXD ngày 01 tháng 4 năm 2021.\nQUYẾT ĐỊNH:\n\nĐiều 1. Định mức\nMỗi cây công viên "
        "được tưới hai lần một tuần.",
        place="Hà Tĩnh",
    ),
    # two plans that say they implement each other
    "vong-1": plan(
        HA_TINH, "41/KH-UBND", "01 tháng 9 năm 2024", "Phối hợp ươm giống cây",
        "Thực hiện Kế hoạch số 42/KH-UBND ngày 01 tháng 9 năm 2024 của UBND tỉnh Hà Tĩnh về phối hợp ươm giống cây, Ủy ban "
        "nhân dân tỉnh ban hành Kế hoạch như sau:", place="Hà Tĩnh",
    ),
    "vong-2": plan(
        HA_TINH, "42/KH-UBND", "01 tháng 9 năm 2024", "Phối hợp ươm giống cây",
        "Thực hiện Kế hoạch số 41/KH-UBND ngày 01 tháng 9 năm 2024 của UBND tỉnh Hà Tĩnh về phối hợp ươm giống cây, Ủy ban "
        "nhân dân tỉnh ban hành Kế hoạch như sau:", place="Hà Tĩnh",
    ),
    "tin": (
        "Hà Tĩnh giữ vườn ươm\n\nTỉnh Hà Tĩnh vừa bàn việc giữ vườn ươm trong mùa khô, với nhiều ý kiến của người dân các "
        "xã trong tỉnh và của các hợp tác xã.\n\nNgày 15/7/2022, Ban Thường vụ Tỉnh ủy Hà Tĩnh đã ban hành Nghị quyết số "
        "14-NQ/TU về giữ vườn ươm cây bản địa; ngày 25/8/2022, UBND tỉnh Hà Tĩnh đã ban hành Kế hoạch số 304/KH-UBND triển "
        "khai thực hiện Nghị quyết số 14-NQ/TU; người dân mong các vườn ươm được giữ.\n"
    ),
}  # fmt: skip
TODAY = date(2025, 1, 1)


@pytest.mark.parametrize(
    ("between", "tied"),
    [
        ("về tỉa cành cây", False),
        ("triển khai việc tỉa cành cây", True),
    ],
)
def test_carried_out_side_by_side_is_no_link(tmp_path: Path, between: str, tied: bool) -> None:
    text = plan(
        HA_TINH, "70/KH-UBND", "01 tháng 12 năm 2024", "Tỉa cành cây ven đường",
        f"Tiếp tục thực hiện Kế hoạch số 71/KH-UBND {between} gắn với thực hiện Chỉ thị số 5/CT-TTg về trồng cây ven "
        "đường, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:", place="Hà Tĩnh",
    )  # fmt: skip
    with Store.open(tmp_path / "store") as opened:
        take_in(opened, [write_pages(tmp_path, {"ke-hoach": text})])
        (document,) = map(opened.document, opened.document_ids())
    of_others = [(said.lower.symbol, said.upper.symbol) for said in read_ties(document) if said.lower]
    assert (("71/KH-UBND", "5/CT-TTg") in of_others) is tied


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder: Path = tmp_path_factory.mktemp("chain")
    pages = write_pages(folder, TEXTS)
    with Store.open(folder / "store") as opened:
        take_in(opened, [pages])
        yield opened


def chain_of(store: Store, symbol: str, *, place: str | None = None, as_of: date = TODAY) -> Chain:
    return find_chain(store, cache(store.document), symbol, place=place, as_of=as_of)


def told(chain: Chain) -> list[tuple[str, Level | None, list[str]]]:
    return [(link.symbol, link.level, [tie.upper for tie in link.ties]) for link in chain.links]


def link_of(chain: Chain, symbol: str) -> Link:
    (link,) = [link for link in chain.links if link.symbol == symbol]
    return link


def test_four_levels_each_with_the_sentence_that_proves_it(store: Store) -> None:
    chain = chain_of(store, "7/KH-UBND")
    assert told(chain) == [
        ("5/CT-TTg", Level.CENTRAL, []),
        ("20/KH-UBND", Level.PROVINCE, ["5/CT-TTg"]),
        ("31/KH-UBND", Level.DISTRICT, ["20/KH-UBND"]),
        ("7/KH-UBND", Level.COMMUNE, ["31/KH-UBND"]),
    ]
    district = link_of(chain, "31/KH-UBND")
    (tie,) = district.ties
    assert tie.relation is Relation.IMPLEMENTS
    assert tie.citation.quote == f"Thực hiện {IN_HA_TINH}, Ủy ban nhân dân huyện ban hành Kế hoạch như sau:"
    assert link_of(chain, "20/KH-UBND").province == "Hà Tĩnh"
    assert [link.asked for link in chain.links] == [False, False, False, True]


def test_every_quotation_passes_the_gate_and_an_altered_one_does_not(store: Store) -> None:
    read = cache(store.document)
    chains = [chain_of(store, symbol) for symbol in ("7/KH-UBND", "3/2019/NĐ-CP", "14-NQ/TU", "5/CT-TTg")]
    citations = [t.citation for c in chains for link in c.links for t in link.ties]
    citations += [
        c for chain in chains for link in chain.links if (c := link.effect_citation or link.known_by)
    ]
    assert len(citations) >= 8
    assert [citation_fault(citation, read) for citation in citations] == [None] * len(citations)
    assert citation_fault(replace(citations[0], quote=citations[0].quote.replace("3", "8")), read) is not None


def test_the_lines_to_cite_are_those_of_the_decree(store: Store) -> None:
    link = link_of(chain_of(store, "5/CT-TTg", place="Hà Tĩnh"), "5/CT-TTg")
    assert link.cite_full == (
        "Chỉ thị số 5/CT-TTg ngày 10 tháng 3 năm 2024 của Thủ tướng Chính phủ về trồng cây ven đường"
    )
    assert link.cite_short == "Chỉ thị số 5/CT-TTg"


def test_downwards_only_the_province_that_is_asked_for(store: Store) -> None:
    everywhere = chain_of(store, "5/CT-TTg")
    assert [link.province for link in everywhere.links if link.symbol == "20/KH-UBND"] == [
        "Hà Tĩnh",
        "Nghệ An",
    ]
    here = chain_of(store, "5/CT-TTg", place="Nghệ An")
    assert [(link.symbol, link.province) for link in here.links] == [
        ("5/CT-TTg", None),
        ("20/KH-UBND", "Nghệ An"),
        ("60/KH-UBND", "Nghệ An"),
    ]


def test_a_number_of_two_provinces_is_a_choice(store: Store) -> None:
    chain = chain_of(store, "20/KH-UBND")
    assert chain.links == ()
    assert {(choice.province, choice.issued_on) for choice in chain.choices} == {
        ("Hà Tĩnh", "2024-04-15"),
        ("Nghệ An", "2024-05-20"),
    }
    assert chain.notes[0].startswith("Có 2 văn bản cùng mang số 20/KH-UBND.")
    one = chain_of(store, "20/KH-UBND", place="Nghệ An")
    assert [link.symbol for link in one.links] == ["5/CT-TTg", "20/KH-UBND", "60/KH-UBND"]
    none = chain_of(store, "20/KH-UBND", place="Cà Mau")
    assert none.notes == ("Kho không thấy văn bản số 20/KH-UBND nào của Cà Mau.",)


def test_the_second_of_a_list_is_quoted_with_the_words_that_lead_in(store: Store) -> None:
    link = link_of(chain_of(store, "60/KH-UBND"), "60/KH-UBND")
    assert {tie.upper for tie in link.ties} == {"5/CT-TTg", "20/KH-UBND"}
    (quote,) = [tie.citation.quote for tie in link.ties if tie.upper == "20/KH-UBND"]
    assert quote.startswith("Thực hiện Chỉ thị số 5/CT-TTg")
    assert "; Kế hoạch số 20/KH-UBND ngày 20 tháng 5 năm 2024" in quote


def test_a_missing_province_is_said(store: Store) -> None:
    chain = chain_of(store, "8/KH-UBND")
    assert told(chain) == [("5/CT-TTg", Level.CENTRAL, []), ("8/KH-UBND", Level.COMMUNE, ["5/CT-TTg"])]
    assert chain.notes[0] == (
        "Không thấy văn bản cấp tỉnh ở giữa: 8/KH-UBND dẫn thẳng tới 5/CT-TTg của trung ương."
    )


def test_a_basis_counts_but_not_the_law_of_organisation_nor_the_proposal(store: Store) -> None:
    chain = chain_of(store, "15/2021/QĐ-UBND")
    assert told(chain) == [
        ("3/2019/NĐ-CP", Level.CENTRAL, []),
        ("15/2021/QĐ-UBND", Level.PROVINCE, ["3/2019/NĐ-CP"]),
    ]
    assert link_of(chain, "15/2021/QĐ-UBND").ties[0].relation is Relation.BASED_ON


def test_a_replaced_upper_act_is_marked_with_the_words(store: Store) -> None:
    chain = chain_of(store, "15/2021/QĐ-UBND")
    upper = link_of(chain, "3/2019/NĐ-CP")
    assert upper.effect is Effect.REPLACED
    assert upper.effect_wording == "bị thay thế bởi 9/2024/NĐ-CP, theo Khoản 2 Điều 2"
    assert upper.effect_citation is not None
    assert "Nghị định này thay thế Nghị định số 3/2019/NĐ-CP" in upper.effect_citation.quote
    assert link_of(chain, "15/2021/QĐ-UBND").outdated_by == (("3/2019/NĐ-CP", "9/2024/NĐ-CP"),)


def test_before_the_day_nothing_was_replaced_and_later_ones_are_not_there(store: Store) -> None:
    before = chain_of(store, "15/2021/QĐ-UBND", as_of=date(2024, 4, 30))
    assert link_of(before, "3/2019/NĐ-CP").effect is Effect.UNKNOWN
    assert link_of(before, "15/2021/QĐ-UBND").outdated_by == ()
    assert [link.symbol for link in chain_of(store, "5/CT-TTg", as_of=date(2024, 4, 1)).links] == ["5/CT-TTg"]
    early = chain_of(store, "7/KH-UBND", as_of=date(2024, 6, 1))
    assert early.notes == ("7/KH-UBND được ban hành sau ngày 01/06/2024 là ngày được hỏi.",)


def test_a_circle_ends(store: Store) -> None:
    chain = chain_of(store, "41/KH-UBND")
    assert told(chain) == [
        ("42/KH-UBND", Level.PROVINCE, []),
        ("41/KH-UBND", Level.PROVINCE, ["42/KH-UBND"]),
    ]


def test_from_the_party_to_the_state_by_what_a_page_reports(store: Store) -> None:
    chain = chain_of(store, "304/KH-UBND")
    assert told(chain) == [
        ("14-NQ/TU", Level.PROVINCE, []),
        ("304/KH-UBND", Level.PROVINCE, ["14-NQ/TU"]),
    ]
    upper, lower = chain.links
    assert (upper.held, upper.issued_on, upper.title) == ((), "2022-07-15", "về giữ vườn ươm cây bản địa")
    assert upper.cite_full == (
        "Nghị quyết số 14-NQ/TU, ngày 15/7/2022 của Ban Thường vụ Tỉnh ủy Hà Tĩnh về giữ vườn ươm cây bản địa"
    )
    assert lower.ties[0].citation.quote == (
        "ngày 25/8/2022, UBND tỉnh Hà Tĩnh đã ban hành Kế hoạch số 304/KH-UBND triển khai thực hiện Nghị quyết số 14-NQ/TU"
    )
    assert chain.notes[0] == "Kho chưa có văn bản cấp trên của 14-NQ/TU; toàn văn của nó cũng chưa có để tra."


def test_the_command_shows_the_chain_and_refuses_a_wrong_day(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ["--store", str(store.folder)]
    asked = ["chain", "20/kh-ubnd", "--tinh", "nghe an", "--vao-ngay", "2025-01-01", *at]
    assert cli.main(asked) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Chuỗi căn cứ của 20/KH-UBND, tính đến 01/01/2025"
    assert [line for line in lines if line.isupper()] == ["TRUNG ƯƠNG", "CẤP TỈNH: NGHỆ AN"]
    assert cli.main([*asked, "--json"]) == 0
    links = json.loads(capsys.readouterr().out)["links"]
    assert [(link["symbol"], link["level"]) for link in links] == [
        ("5/CT-TTg", "trung ương"),
        ("20/KH-UBND", "tỉnh"),
        ("60/KH-UBND", "tỉnh"),
    ]
    with pytest.raises(SystemExit):
        cli.main(["chain", "20/KH-UBND", "--vao-ngay", "32/13", *at])
    assert "cần một ngày dạng YYYY-MM-DD" in capsys.readouterr().err


def test_a_number_that_nobody_knows(store: Store) -> None:
    chain = chain_of(store, "77/KH-UBND")
    assert (chain.links, chain.choices) == ((), ())
    assert chain.notes == ("Kho không có văn bản số 77/KH-UBND và không trang nào nhắc tới số này.",)


def test_an_answer_carries_the_chain_to_every_form(store: Store) -> None:
    bare = Answer(
        question="Văn bản nào chỉ đạo trồng cây?", outcome=Outcome.ANSWERED, message="Có.", statements=(),
        documents=(), nearest=(), as_of=None,
    )  # fmt: skip
    given = add_chain(bare, store, cache(store.document), "7/KH-UBND", as_of=TODAY)
    quote = given.chain[1].ties[0].citation.quote
    line = "Dẫn các lần sau: Kế hoạch số 7/KH-UBND"
    assert _answer_json(given)["chain"][3]["ties"][0]["upper"] == "31/KH-UBND"
    assert any(quote in text for text in describe_links(given.chain, given.chain_notes))
    plain = export_answer(store, given, ".txt").decode()
    assert quote in plain
    assert line in plain
    word = [p.text for p in docx.Document(io.BytesIO(export_answer(store, given, ".docx"))).paragraphs]
    assert f"“{quote}”" in word
    assert line in word
    html = chain_html(given.chain, given.chain_notes)
    assert html.count('class="cc-level"') == 4
    assert "Cấp xã" in html
    assert chain_html((), ()) == ""
