"""Acts of our own that pasted texts are held against: a decree on lakes, an ended one on markets, two plans."""

from __future__ import annotations

from pathlib import Path

from conftest import write_pages

from tests.answering_texts import TEXTS, decree

SAID = "Chuồng trại chăn nuôi phải cách mép nước của hồ ít nhất 250 mét"
_LAKE = decree(
    "88/2024/NĐ-CP",
    "Quy định về bảo vệ hồ chứa nước thủy lợi",
    f"Điều 1. Phạm vi\nNghị định này quy định việc bảo vệ hồ chứa nước thủy lợi.\n\nĐiều 2. Chuồng trại gần hồ\n"
    f"1. {SAID}.\n2. Chủ chuồng trại đã có trước ngày Nghị định này có hiệu lực được di dời trong 18 tháng.\n\n"
    "Điều 3. Hiệu lực\nNghị định này có hiệu lực thi hành từ ngày 01 tháng 9 năm 2024.",
    day="20 tháng 7 năm 2024",
)
LAID_DOWN = "Chủ bến thuyền du lịch trang bị áo phao cho toàn bộ khách trước khi thuyền rời bến"
_CONSOLIDATED = (
    "BỘ XÂY DỰNG\n-------\n\nSố: 12/VBHN-BXD\n\nHà Nội, ngày 05 tháng 8 năm 2025\n\nTHÔNG TƯ\nQuy định về bến thuyền du lịch\n\n"
    "Thông tư số 10/2021/TT-BGTVT ngày 02 tháng 3 năm 2021 của Bộ trưởng Bộ Giao thông vận tải quy định về bến thuyền du "
    "lịch, có hiệu lực kể từ ngày 01 tháng 5 năm 2021, được sửa đổi, bổ sung bởi:\n\nThông tư số 08/2025/TT-BXD ngày 10 "
    "tháng 6 năm 2025 của Bộ trưởng Bộ Xây dựng, có hiệu lực kể từ ngày 01 tháng 8 năm 2025.\n\n"
    f"Điều 1. Phạm vi\nThông tư này quy định về bến thuyền du lịch.\n\nĐiều 2. Áo phao\n{LAID_DOWN}.\n\n"
    "XÁC THỰC VĂN BẢN HỢP NHẤT\n\nKT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\nTrần Văn Mẫu\n"
)
_HELD = ("ha-tinh-153", "nghe-an-153", "cho-cu", "cho-moi")  # 15/2019/NĐ-CP is replaced by 27/2025/NĐ-CP


def write_checked_pages(folder: Path) -> Path:
    """The acts as files in a new folder."""
    return write_pages(folder, {name: TEXTS[name] for name in _HELD} | {"ho": _LAKE, "ben": _CONSOLIDATED})
