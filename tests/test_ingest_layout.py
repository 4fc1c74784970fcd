"""Which line ends are hard wraps."""

from __future__ import annotations

import pytest

from ingest.layout import Line, WrapProfile, goes_on_after_page_break, is_wrap, split_lines, wrap_profile

WRAPPED = WrapProfile(78)
EARLY = WrapProfile(78, breaks_early=True)

PAIRS = [  # (line, next line, one block?)
    ("Căn cứ Nghị định số", "118/2025/NĐ-CP ngày 09 tháng 6 năm 2025 của Chính phủ;", True),
    ("Căn", "cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;", True),
    ("Số:", "2815/QĐ-UBND", True),
    ("Đồng Nai, ngày", "20 tháng 11 năm 2025", True),
    ("Cao Bằng, ngày 28", "tháng 11 năm 2025", True),
    ("Thành phố Hồ Chí", "Minh, ngày 20 tháng 11 năm 2025", True),
    ("ỦY BAN NHÂN", "DÂN", True),
    ("DÂN", "TỈNH ĐỒNG NAI", True),
    ("VỀ", "VIỆC CÔNG BỐ DANH MỤC THỦ TỤC HÀNH CHÍNH", True),
    ("I. MỤC", "ĐÍCH, YÊU CẦU", True),
    ("8.", "Chủ rừng", True),
    ("e)", "Quyết định cấp kinh phí từ nguồn ngân sách", True),
    ("1.", "Căn cứ các quy định hiện hành, các cơ sở xây dựng kế hoạch;", True),
    ("quy định tại khoản 1 và", "Điều 3. Bộ luật này", True),
    ("(trừ những thông tin thuộc danh mục bí mật", "Nhà nước) về các nội dung sau:", True),
    ("có thẩm quyền, theo hướng dẫn của Bộ Lao động -", "Thương binh và Xã hội;", True),
    ("Chiến lược quốc gia giai đoạn 2021", "- 2025”;", True),
    ("ban hành kèm theo Quyết định này", "(sau đây gọi tắt là định mức).", True),
    ("THỦ TƯỚNG", "(đã ký)", False),
    ("Theo đề nghị của Giám đốc", "Sở Giáo dục và Đào tạo;", True),
    ("x" * 76 + ".", "Việc này do Sở Nội vụ chủ trì.", True),  # the next word would not have fitted
    ("Việc này do Sở Nội vụ chủ trì.", "Sở Tài chính bố trí kinh phí.", False),
    ("QUYẾT ĐỊNH", "SỬA ĐỔI, BỔ SUNG QUYẾT ĐỊNH SỐ 3470/QĐ-UBND", False),
    ("TRÊN ĐỊA BÀN TỈNH CAO BẰNG", "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH CAO BẰNG", False),
    ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", False),
    ("TỈNH ĐỒNG NAI", "--------", False),
    ("--------", "CỘNG HÒA XÃ", False),
    ("HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", False),
    ("Điều 1. Phạm vi điều chỉnh", "1. Nghị định này quy định", False),
    ("Điều 1. Phạm vi điều chỉnh", "Nghị định này quy định về cơ chế quản lý tài chính và", False),
    ("quy định chung của Chính phủ;", "Căn cứ Luật Chứng khoán số 54/2019/QH14;", False),
    ("gồm các nội dung sau đây:", "- Các sở, ngành;", False),
    ("- Lưu: VT.", "KT. CHỦ TỊCH", False),
    ("TT | Nhiệm vụ |", "1 | Rà soát", False),
    ("15", "90", False),
    ("Khung điểm", "Hạng quỹ", False),
]


@pytest.mark.parametrize(("above", "below", "joined"), PAIRS)
def test_hard_wraps(above: str, below: str, joined: bool) -> None:
    assert is_wrap(above, below, WRAPPED) is joined
    assert is_wrap(above, below, WrapProfile(None)) is False


def test_early_break_before_a_capital() -> None:
    below = "Sở Nông nghiệp và Môi trường chủ trì, phối hợp với các cơ quan liên quan thực"
    assert is_wrap("Ủy ban nhân dân tỉnh giao", below, EARLY)
    assert not is_wrap("Ủy ban nhân dân tỉnh giao", below, WRAPPED)


def test_profile_tells_wrapped_pages_from_paragraphs() -> None:
    wrapped = "\n".join(["ngày 05 tháng 01 năm 2026 của Chính phủ quy định về việc " + "x" * 15] * 10)
    prose = "\n".join(["Một đoạn văn dài trên một dòng duy nhất, kết thúc bằng dấu chấm câu. " * 4] * 10)
    assert wrap_profile(split_lines(wrapped)).columns == 72
    assert wrap_profile(split_lines(prose)) == WrapProfile(None)


def test_split_lines_keeps_offsets_and_blanks() -> None:
    raw = "  một \r\n\r\n\xa0\nhai\x0cba"
    lines = split_lines(raw)
    assert lines == [Line(2, 5, "một", ""), Line(12, 15, "hai", "eN"), Line(16, 18, "ba", "")]
    assert all(raw[line.start : line.end] == line.text for line in lines)


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        ("thực hiện theo quy định của", "pháp luật hiện hành.", True),
        ("theo quy định của pháp luật.", "phần còn lại", False),
        ("của các đơn vị", "a) Đơn vị thứ nhất", False),
        ("của các đơn vị", "Chương II", False),
    ],
)
def test_page_breaks(above: str, below: str, joined: bool) -> None:
    assert goes_on_after_page_break(above, below) is joined
