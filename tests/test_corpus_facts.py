"""Facts beyond the head: consolidated texts, lost heads, signatures, validity, level and system."""

from __future__ import annotations

import pytest

from corpus.lines import split_lines
from corpus.metadata import read_facts
from corpus.models import Facts
from corpus.signature import find_signature
from corpus.validity import find_effective_on, find_expires_on
from tests.test_corpus_metadata import CENTRAL, DECISION, PARTY_LETTER, make_page


def shown(text: str, facts: Facts, name: str) -> tuple[str, str] | None:
    fact = getattr(facts, name)
    return None if fact is None else (fact.value, text[fact.start : fact.end])


CONSOLIDATED_LAW = """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
LUẬT
MỘT LUẬT MẪU
Luật Mẫu số 99/2024/QH15 ngày 29 tháng 6 năm 2024 của Quốc hội, có hiệu lực kể từ ngày 01 tháng 7 năm 2025, được sửa đổi, bổ sung bởi:
Luật số 98/2025/QH15 ngày 16 tháng 6 năm 2025 của Quốc hội.
Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;
Điều 1. Phạm vi
Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2025.
VĂN PHÒNG QUỐC HỘI
Số: 97/VBHN-VPQH
XÁC THỰC VĂN BẢN HỢP NHẤT
Hà Nội, ngày 12 tháng 02 năm 2026
CHỦ NHIỆM
Nguyễn Văn A"""


def test_a_consolidated_text_has_the_number_of_its_attestation() -> None:
    facts = read_facts(make_page(CONSOLIDATED_LAW), ())
    read = {
        name: shown(CONSOLIDATED_LAW, facts, name)
        for name in ("symbol", "type", "issuer", "issued_on", "signer")
    }
    assert read == {
        "symbol": ("97/VBHN-VPQH", "97/VBHN-VPQH"),
        "type": ("Văn bản hợp nhất", "XÁC THỰC VĂN BẢN HỢP NHẤT"),
        "issuer": ("Văn phòng Quốc hội", "VĂN PHÒNG QUỐC HỘI"),
        "issued_on": ("2026-02-12", "ngày 12 tháng 02 năm 2026"),
        "signer": ("Nguyễn Văn A", "Nguyễn Văn A"),
    }
    # the day of force that it prints is that of the act which it restates
    assert facts.effective_on is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("01 tháng 7 năm 2025.\nVĂN", "01 tháng 7 năm 2025.\n2. Chính phủ quy định chi tiết Điều này.\nVĂN"),
        (
            "HỘI\nSố: 97/VBHN-VPQH\nXÁC THỰC VĂN BẢN HỢP NHẤT",
            "HỘI XÁC THỰC VĂN BẢN HỢP NHẤT\nSố: 97/VBHN-VPQH",
        ),
    ],
)
def test_the_attestation_is_read_wherever_it_stands(before: str, after: str) -> None:
    """Right below a clause, which is no head; in one line with the body that attests."""
    text = CONSOLIDATED_LAW.replace(before, after)
    assert text != CONSOLIDATED_LAW
    facts = read_facts(make_page(text), ())
    assert shown(text, facts, "issued_on") == ("2026-02-12", "ngày 12 tháng 02 năm 2026")
    assert shown(text, facts, "issuer") == ("Văn phòng Quốc hội", "VĂN PHÒNG QUỐC HỘI")


LOST_HEADS = (
    # a letter whose sender says that it answers; the appendix names the letter
    (
        """Kính gửi: Thuế tỉnh Bắc Ninh.
Cục Thuế nhận được công văn số 99/BNI-QLDN của Thuế tỉnh Bắc Ninh. Về vấn đề này, Cục Thuế có ý kiến như sau:
1. Việc mẫu được làm theo mẫu.
Cục Thuế trả lời để Thuế tỉnh Bắc Ninh biết./.
Nơi nhận:
- Như trên.
KT. CỤC TRƯỞNG
PHÓ CỤC TRƯỞNG
Nguyễn Văn A
PHỤ LỤC
(Kèm theo Công văn số 9999/CT-CS ngày 02 tháng 12 năm 2025 của Cục Thuế)""",
        {"symbol": "9999/CT-CS", "type": "Công văn", "issuer": "Cục Thuế", "issued_on": "2025-12-02"},
    ),
    # only the title and the appendix are left of a decision
    (
        """VỀ VIỆC PHÊ DUYỆT MỘT DANH MỤC MẪU
Giao Sở Nội vụ chủ trì thực hiện.
(Ban hành kèm theo Quyết định số: 9999/QĐ-UBND ngày 19 tháng 11 năm 2025 của Chủ tịch Ủy ban nhân dân tỉnh Đồng Nai)""",
        {
            "symbol": "9999/QĐ-UBND",
            "type": "Quyết định",
            "issuer": "Chủ tịch Ủy ban nhân dân tỉnh Đồng Nai",
            "issued_on": "2025-11-19",
        },
    ),
    # the second part of a circular in the gazette
    (
        """VĂN BẢN QUY PHẠM PHÁP LUẬT
BỘ TÀI CHÍNH
Thông tư số 999/2018/TT-BTC ngày 14 tháng 11 năm 2018 hướng dẫn một việc mẫu
(Tiếp theo Công báo số 1 + 2)
Phụ lục số 04""",
        {"symbol": "999/2018/TT-BTC", "type": "Thông tư", "issued_on": "2018-11-14"},
    ),
    # a portal's record without the text
    (
        "Văn bản hợp nhất 97/VBHN-BQP ngày 24/11/2025 hợp nhất Thông tư mẫu do Bộ trưởng Bộ Quốc phòng ban hành "
        "Văn bản này đang cập nhật Nội dung",
        {
            "symbol": "97/VBHN-BQP",
            "type": "Văn bản hợp nhất",
            "issuer": "Bộ Quốc phòng",
            "issued_on": "2025-11-24",
        },
    ),
    # the type line and the recitals are left
    (
        "NGHỊ ĐỊNH\nQuy định một việc mẫu\nCăn cứ Luật Tổ chức Chính phủ số 63/2025/QH15;\nĐiều 1. Phạm vi\nNội dung.",
        {"type": "Nghị định"},
    ),
)


@pytest.mark.parametrize(("text", "expected"), LOST_HEADS)
def test_a_text_without_head_says_what_it_says(text: str, expected: dict[str, str]) -> None:
    facts = read_facts(make_page(text), ())
    names = ("symbol", "type", "issuer", "issued_on")
    assert {name: fact.value for name in names if (fact := getattr(facts, name)) is not None} == expected


def test_a_letter_that_another_body_sent_with_its_own_is_not_that_letter() -> None:
    text = """Kính gửi: Công ty mẫu.
Đề nghị xem danh mục ban hành kèm theo Quyết định số 9999/QĐ-UBND ngày 19 tháng 11 năm 2025 của Ủy ban nhân dân tỉnh.
Nơi nhận:
- Như trên.
KT. CỤC TRƯỞNG
PHÓ CỤC TRƯỞNG
Nguyễn Văn A"""
    facts = read_facts(make_page(text), ())
    assert (facts.symbol, facts.issued_on, facts.issuer) == (None, None, None)


SIGNATURES = (
    ("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nNguyễn Văn A", ("Phó Chủ tịch", "TM., KT.")),
    ("T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\n(Đã ký)\nTrần Thị A", ("Phó Bí thư", "T/M")),
    ("TL. BỘ TRƯỞNG\nCHÁNH VĂN PHÒNG\nNguyễn Văn A", ("Chánh văn phòng", "TL.")),
    ("CHỦ TỊCH\nNguyễn Văn A", ("Chủ tịch", None)),
    ("KT.\nCHỦ TỊCH\nPHÓ CHỦ TỊCH\nNguyễn Văn A", ("Phó Chủ tịch", "KT.")),
)


@pytest.mark.parametrize(("text", "expected"), SIGNATURES)
def test_the_signer_s_office_and_on_whose_behalf(text: str, expected: tuple[str, str | None]) -> None:
    signature = find_signature(split_lines(text))
    assert signature is not None
    role = signature.role.value if signature.role else None
    assert (role, signature.signing.value if signature.signing else None) == expected


def test_a_signature_before_appendices_is_found_and_two_signers_are_none() -> None:
    with_appendix = "Việc mẫu./.\nCHỦ TỊCH\nNguyễn Văn A\n" + "PHỤ LỤC\n" + "dòng phụ lục\n" * 30
    signature = find_signature(split_lines(with_appendix))
    assert signature is not None and signature.name.value == "Nguyễn Văn A"
    assert find_signature(split_lines("CHỦ TỊCH\nNguyễn Văn A\nBÍ THƯ\nTrần Thị An")) is None


IN_FORCE = (
    ("Nghị định này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2025.", "2025-07-01"),
    ("Quyết định này có hiệu lực kể từ ngày 15/12/2025.", "2025-12-15"),
    ("Quyết định này có hiệu lực kể từ ngày ký.", "2025-12-01"),
    ("Điều 2. Quyết định có hiệu lực thi hành kể từ ngày ký ban hành.", "2025-12-01"),
    # a provision with a day of its own, another act, quoted new wording
    ("Quy định tại Điều 5 có hiệu lực từ ngày 01 tháng 7 năm 2026.", None),
    ("Nghị định số 99/2024/NĐ-CP có hiệu lực từ ngày 01 tháng 7 năm 2024.", None),
    ("Sửa đổi như sau: “Nghị định này có hiệu lực từ ngày 01 tháng 7 năm 2024.”", None),
    # two days: which one holds for the whole is not said
    ("Nghị định này có hiệu lực từ ngày 1/7/2025. Nghị định này có hiệu lực từ ngày 1/8/2025.", None),
)


@pytest.mark.parametrize(("text", "day"), IN_FORCE)
def test_the_day_of_force_is_what_the_text_says_of_itself(text: str, day: str | None) -> None:
    issued = read_facts(make_page(DECISION), ()).issued_on
    assert issued is not None
    kind = "Nghị định" if "Nghị định này" in text else "Quyết định"
    fact = find_effective_on(text, kind, issued)
    assert (fact.value if fact else None) == ("2022-08-02" if day == "2025-12-01" else day)


def test_the_day_of_expiry() -> None:
    text = (
        "Nghị quyết này có hiệu lực thi hành từ ngày 01 tháng 3 năm 2025 đến hết ngày 28 tháng 02 năm 2027."
    )
    fact = find_expires_on(text, "Nghị quyết")
    assert fact is not None and (fact.value, text[fact.start : fact.end].endswith("năm 2027")) == (
        "2027-02-28",
        True,
    )


YOUTH_PLAN = """BCH ĐOÀN XÃ MẪU
***
Số: 99 - KH/ĐTN
ĐOÀN TNCS HỒ CHÍ MINH
Mẫu, ngày 7 tháng 1 năm 2025
KẾ HOẠCH
Tổ chức một việc mẫu
Thực hiện Kế hoạch số 98 - KH/ĐTN ngày 6/1/2026;
Nơi nhận:
- Lưu VP."""


def test_a_plan_of_the_youth_union_is_a_document_of_the_front() -> None:
    facts = read_facts(make_page(YOUTH_PLAN), ())
    names = ("symbol", "type", "issued_on", "level", "system")
    assert [fact and fact.value for fact in (getattr(facts, name) for name in names)] == [
        "99-KH/ĐTN",
        "Kế hoạch",
        "2025-01-07",
        "xã",
        "Mặt trận, đoàn thể",
    ]


BODIES = (
    (DECISION, ("UBND", "tỉnh", "Nhà nước")),
    (PARTY_LETTER, ("TU", "tỉnh", "Đảng")),
    (CENTRAL, ("CT", "trung ương", "Nhà nước")),
)


@pytest.mark.parametrize(("text", "expected"), BODIES)
def test_code_level_and_system_of_the_body(text: str, expected: tuple[str, str, str]) -> None:
    facts = read_facts(make_page(text), ())
    assert tuple(fact and fact.value for fact in (facts.issuer_code, facts.level, facts.system)) == expected


def test_title_and_place_as_written() -> None:
    facts = read_facts(make_page(DECISION), ())
    assert facts.title is not None and facts.place is not None
    assert (facts.title.value, facts.place.value) == ("VỀ VIỆC BAN HÀNH MỘT KẾ HOẠCH MẪU", "Hà Tĩnh")
    letter = read_facts(make_page(PARTY_LETTER), ())
    assert letter.title is not None and letter.title.value == "một việc mẫu"
