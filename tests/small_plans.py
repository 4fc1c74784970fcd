"""Three pages written for the tests: two plans that bear one number, and a decision that ends an older one."""

from __future__ import annotations

from pathlib import Path

_PAGE = """ỦY BAN NHÂN DÂN\nTỈNH {capitals}\n\nSố: {symbol}\n\n{province}, ngày {day}\n\n{type}
Về trồng cây phân tán\n\nCăn cứ chương trình công tác năm 2025;\n\n{body}
"""
_PAGES = (
    {
        "province": "Hà Tĩnh",
        "symbol": "15/KH-UBND",
        "day": "05 tháng 3 năm 2025",
        "type": "KẾ HOẠCH",
        "body": "1. Trồng cây dọc các tuyến đường liên thôn:\n- Xã Cẩm Bình trồng cây sấu;\n"
        "- Xã Thạch Hà trồng cây lim xanh.\n\n"
        "2. Chỉ tiêu: toàn tỉnh trồng 120.000 cây phân tán trong năm 2025.",
    },
    {
        "province": "Nghệ An",
        "symbol": "15/KH-UBND",
        "day": "10 tháng 4 năm 2025",
        "type": "KẾ HOẠCH",
        "body": "1. Trồng cây quanh trường học, trạm y tế.\n\n"
        "2. Chỉ tiêu: toàn tỉnh trồng 300.000 cây phân tán trong năm 2025.",
    },
    {
        "province": "Hà Tĩnh",
        "symbol": "40/QĐ-UBND",
        "day": "20 tháng 6 năm 2025",
        "type": "QUYẾT ĐỊNH",
        "body": "Điều 1. Bãi bỏ Quyết định số 12/QĐ-UBND ngày 03 tháng 02 năm 2023 của Ủy ban nhân dân tỉnh "
        "Hà Tĩnh về hỗ trợ cây giống.\n\n"
        "Điều 2. Quyết định này có hiệu lực kể từ ngày 01 tháng 7 năm 2025.",
    },
)
SUBJECT = "Về trồng cây phân tán"
SEVERAL = "Kế hoạch 15/KH-UBND năm 2025 về việc gì?"
COMPARED = "So sánh số cây phân tán trồng năm 2025 của tỉnh Hà Tĩnh và tỉnh Nghệ An là bao nhiêu cây?"
ENDED = "Quyết định 12/QĐ-UBND năm 2023 của UBND tỉnh Hà Tĩnh còn hiệu lực không?"
PARTS = "Kế hoạch trồng cây của tỉnh Hà Tĩnh ban hành ngày nào, toàn tỉnh trồng bao nhiêu cây?"
LISTED = "Trồng cây dọc các tuyến đường liên thôn gồm những xã nào?"
UNKNOWN = "Quyết định 99/QĐ-UBND quy định gì?"


def write_plans(folder: Path) -> list[Path]:
    """The pages as files in a folder."""
    paths = []
    for number, page in enumerate(_PAGES):
        path = folder / f"trong-cay-{number}.txt"
        path.write_text(_PAGE.format(capitals=page["province"].upper(), **page), "utf-8")
        paths.append(path)
    return paths
