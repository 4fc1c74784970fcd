"""Pages of our own that sentences are quoted from: a resolution and a plan that repeat a sentence, an ended decree, news."""

from __future__ import annotations

import json
from pathlib import Path

from tests.answering_texts import TEXTS, act, decree, province_act

REPEATED = "Trồng rừng ven biển phải trở thành việc làm thường xuyên của mỗi gia đình và mỗi thôn xóm."
BESIDE = "Mỗi trường học ven biển chăm sóc một đoạn rừng phi lao từ khi trồng đến khi khép tán."
ENDED = "Chợ nông thôn phải góp phần nâng cao đời sống của người dân và giữ gìn nét đẹp làng quê."
SAID = "Đồng chí Trần Văn Mẫu, Bí thư Tỉnh ủy nhấn mạnh: “Trồng rừng ven biển là trách nhiệm của cả cộng đồng làng biển.”"
UNNAMED = "“Giữ rừng ven biển là giữ nhà cho con cháu mai sau, nên mỗi người dân phải cùng chung tay.”"
HOSTILE = "<script>document.title='bị chiếm'</script><img src=x onerror=\"document.title='bị chiếm'\">"
SYMBOL = "61/NQ-HĐND"
RESOLUTION = act(
    SYMBOL,
    "NGHỊ QUYẾT",
    "Về phát triển rừng ven biển giai đoạn 2026 - 2030",
    f"Điều 1. Quan điểm\n1. {REPEATED} {BESIDE}\n2. Hồ sơ, thủ tục giao rừng ven biển thực hiện theo quy định tại khoản 2 "
    "Điều 9 Nghị định số 88/2024/NĐ-CP ngày 20 tháng 7 năm 2024 của Chính phủ.\n\nĐiều 2. Biện pháp\nTrồng rừng ven biển "
    "gồm:\n- Cây giống phi lao loại một do các vườn ươm của huyện cung cấp;\n- Kinh phí trồng rừng ven biển khác theo "
    "quy định của pháp luật.",
    organ="HỘI ĐỒNG NHÂN DÂN\nTỈNH HÀ TĨNH",
    day="Hà Tĩnh, ngày 12 tháng 12 năm 2025",
    signed="CHỦ TỊCH\n\nLê Thị Mẫu",
)
PLAN = province_act(
    "702/KH-UBND",
    "KẾ HOẠCH",
    "Trồng rừng ven biển năm 2026",
    f"I. MỤC ĐÍCH\n{REPEATED}\n\nII. NHIỆM VỤ\nVận động thanh niên chung tay trồng rừng ven biển vào ngày nghỉ cuối tuần.",
    place="Nghệ An",
    day="05 tháng 01 năm 2026",
    signer="Phan Văn Mẫu",
)
_MARKET = decree(
    "15/2019/NĐ-CP",
    "Quy định về quản lý chợ nông thôn",
    f"Điều 1. Phạm vi điều chỉnh\nNghị định này quy định việc quản lý chợ nông thôn.\n\nĐiều 2. Mục tiêu\n{ENDED}\n\n"
    "Điều 3. Hiệu lực thi hành\nNghị định này có hiệu lực thi hành từ ngày 01 tháng 4 năm 2019.",
    day="15 tháng 02 năm 2019",
)
NEWS = {
    "id": "bao-rung",
    "title": "Hà Tĩnh bàn việc trồng rừng ven biển",
    "text": "Sáng 14/12/2025, Tỉnh ủy Hà Tĩnh họp bàn việc thực hiện Nghị quyết số 61/NQ-HĐND ngày 12/12/2025 của HĐND tỉnh về rừng "
    f"ven biển.\n{SAID}\nPhát biểu kết thúc, đồng chí Bùi Văn Mẫu, Chủ tịch UBND tỉnh gửi lời tới bà con.\n{UNNAMED}\n"
    f"Rừng ven biển {HOSTILE} là lá chắn của mỗi làng chài trước sóng và gió.",
    "url": "https://bao.example/rung-ven-bien",
}


def write_quoted_pages(folder: Path) -> list[Path]:
    """The pages as files in a new folder."""
    from conftest import write_pages  # not there where only the texts are wanted (bench/pictures.py)

    texts = {"nghi-quyet": RESOLUTION, "ke-hoach": PLAN, "cho-cu": _MARKET, "cho-moi": TEXTS["cho-moi"]}
    news = folder / "bao.jsonl"
    news.write_text(json.dumps(NEWS, ensure_ascii=False), "utf-8")
    return [write_pages(folder, texts), news]
