"""Names of documents: never a piece of the letterhead, a mark of Markdown or a button of the site.

The documents here are written for the test in the shape of real ones; their numbers stand for nothing.
"""

from __future__ import annotations

import pytest

from corpus.build import build_document
from corpus.models import Document, DocumentKind
from ingest.models import RawPage, hash_content
from ingest.readers import read_page

BODY = """Căn cứ Luật Tổ chức chính quyền địa phương số 77/2015/QH13;
Điều 1. Các xã ven sông trồng cây chắn sóng trên bãi bồi trước ngày 30 tháng 9 năm 2031.
Điều 2. Quyết định này có hiệu lực kể từ ngày ký."""
PROSE = (
    "Theo báo cáo của ban quản lý, các hộ dân ven sông đã trồng được hai nghìn cây phi lao trong ba tháng đầu năm, "
    "nhiều hơn cùng kỳ năm trước một phần ba."
)


def read(text: str) -> Document:
    content = text.encode()
    page = RawPage(
        uri="file:///x/mau.txt",
        name="mau.txt",
        content=content,
        sha256=hash_content(content),
        media_type="text/plain",
    )
    return build_document(page, read_page(page))


@pytest.mark.parametrize(
    "text, title",
    [
        # The body comes first, and no rule of dashes or motto below it.
        (
            f"ỦY BAN NHÂN DÂN\nTỈNH HÀ TĨNH\nSố: 99998/QĐ-UBND\nQUYẾT ĐỊNH\nVề việc trồng cây chắn sóng\n{BODY}",
            "Quyết định 99998/QĐ-UBND: Về việc trồng cây chắn sóng",
        ),
        # A cell of the letterhead's table is the first line.
        (
            f"Số: 998/2031/NĐ-CP |\n\nNGHỊ ĐỊNH\n\nQuy định về cây chắn sóng\n\n{BODY}",
            "Nghị định 998/2031/NĐ-CP: Quy định về cây chắn sóng",
        ),
        # The type is the first line; its number comes later.
        (
            f"CHÍNH PHỦ\nNGHỊ ĐỊNH\nQUY ĐỊNH VỀ CÂY CHẮN SÓNG\nChính phủ ban hành Nghị định về cây chắn sóng.\n{BODY}",
            "Nghị định: QUY ĐỊNH VỀ CÂY CHẮN SÓNG",
        ),
        # The type and its subject have lost the line end between them, and the subject comes twice.
        (
            f"Số: 998/2031/NĐ-CP |\n\nNGHỊ ĐỊNHVề cây chắn sóng\n\nVề cây chắn sóng\n\n_____\n\n{BODY}",
            "Nghị định 998/2031/NĐ-CP: Về cây chắn sóng",
        ),
        (
            f"Luật số: 98/2031/QH19 |\n\nLUẬTCÂY CHẮN SÓNG\n\nCÂY CHẮN SÓNG\n\n{BODY}",
            "Luật 98/2031/QH19: CÂY CHẮN SÓNG",
        ),
        # The body that speaks, or what a compiler wrote, is no part of the subject.
        (
            f"Số: 997/NQ-UBTVQH19 |\nNGHỊ QUYẾT\nVề việc lập vườn ươm ở bãi bồi\nỦY BAN THƯỜNG VỤ QUỐC HỘI\n{BODY}",
            "Nghị quyết 997/NQ-UBTVQH19: Về việc lập vườn ươm ở bãi bồi",
        ),
        (
            "BỘ MÔI TRƯỜNG\nSố: 97/2031/TT-BMT\nTHÔNG TƯ\nQUY ĐỊNH VỀ CÂY CHẮN SÓNG Ở CỬA SÔNG\n"
            f"Nội dung được chép từ trang khác.\n{BODY}",
            "Thông tư 97/2031/TT-BMT: QUY ĐỊNH VỀ CÂY CHẮN SÓNG Ở CỬA SÔNG",
        ),
        # A letter says to whom, a digest what it is of.
        (
            "Kính gửi:\n- Các xã ven sông;\n- Ban quản lý rừng phòng hộ.\nĐề nghị các đơn vị báo cáo số cây đã trồng "
            "trước ngày 05 tháng 6 năm 2031.\nNơi nhận:\n- Như trên;\n- Lưu: VT.\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n"
            "Nguyễn Văn A",
            "Công văn gửi các xã ven sông",
        ),
        (
            "## Thông tin văn bản\n\n| Trường | Nội dung |\n|---|---|\n| Số hiệu | 96/2031/TT-BMT |\n"
            f"| Loại văn bản | Thông tư |\n| Trích yếu | Quy định về vườn ươm |\n\n{PROSE}",
            "Thông tư 96/2031/TT-BMT: Quy định về vườn ươm",
        ),
        # A button of the site is no headline; the first sentence is, without the agency before it.
        (
            f"Download on the\n\nApp Store\n\n(Baovensong.vn) - Xã Ven Sông mở vườn ươm phi lao. {PROSE}\n\n{PROSE}",
            f"Xã Ven Sông mở vườn ươm phi lao. {PROSE}",
        ),
        # What names something stays as it is.
        (f"Nhân dân ven sông trồng cây\n\n{PROSE}\n\n{PROSE}", "Nhân dân ven sông trồng cây"),
    ],
)
def test_the_name_of_a_document(text: str, title: str) -> None:
    assert read(text).title == title


def test_a_number_and_the_type_it_is_of_make_a_document() -> None:
    made = read(f"Số: 998/2031/NĐ-CP |\n\nNGHỊ ĐỊNHVề cây chắn sóng\n\n{BODY}").facts
    assert made.kind is DocumentKind.OFFICIAL
    assert made.symbol is not None and made.symbol.value == "998/2031/NĐ-CP"
    # Another document's number, and the order of those who write about a document, do not.
    assert read(f"Số: 998/2031/QĐ-TTg |\n\nNGHỊ ĐỊNH\n\nVề cây chắn sóng\n\n{PROSE}").facts.symbol is None
    assert read(f"NGHỊ ĐỊNH\n\nVề cây chắn sóng\n\nSố: 998/2031/NĐ-CP\n\n{PROSE}").facts.symbol is None


def test_the_number_may_stand_below_a_type_that_it_is_of() -> None:
    head = (
        "QUYẾT ĐỊNH\nSỞ MÔI TRƯỜNG\nSố: {}\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    )
    own = read(head.format("998/QĐ-SMT") + BODY).facts.symbol
    assert own is not None and own.value == "998/QĐ-SMT"
    assert read(head.format("998/KH-SMT") + BODY).facts.symbol is None


def test_the_signer_stands_before_what_is_attached_although_appendices_are_named_before() -> None:
    form = "Mẫu đơn\nNgười viết đơn ghi rõ họ tên, nơi ở và số cây xin nhận.\n" * 12
    text = (
        "CHÍNH PHỦ\nSố: 998/2031/NĐ-CP\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nNGHỊ ĐỊNH\nVề cây chắn sóng\n"
        f"{BODY}\nPhụ lục I được thay bằng mẫu mới.\nĐiều 3. Tổ chức thực hiện\n"
        f"TM. CHÍNH PHỦ\nKT. THỦ TƯỚNG\nPHÓ THỦ TƯỚNG\nTrần Văn An\nPhụ lục\n(Kèm theo Nghị định này)\n{form}"
    )
    signer = read(text).facts.signer
    assert signer is not None and signer.value == "Trần Văn An"
