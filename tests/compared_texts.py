"""Plans, a report and a news page of our own on one theme: provinces, periods and areas that must not be mixed."""

from __future__ import annotations

import json
from pathlib import Path

from tests.answering_texts import act, province_act

THEME = "kiên cố hóa kênh mương"
ADDRESS = "https://vanban.example/"
_TITLE = "Kiên cố hóa kênh mương trên địa bàn tỉnh"
_LEAD = "Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:\n\nI. NHIỆM VỤ\n"
HOSTILE = (
    "Ruộng <img src=x onerror=\"document.title='bị chiếm'\"> cuối kênh được kiên cố hóa kênh mương trước."
)


def _plan(symbol: str, place: str, day: str, body: str, title: str = _TITLE) -> str:
    return province_act(
        symbol, "KẾ HOẠCH", f"{title} {place}", f"{_LEAD}{body}", place=place, day=day, signer="Trần Văn Mẫu"
    )


TEXTS = {
    # a plan of one period that also sets the aim of the next, and tells of another province
    "ha-tinh-2018": _plan(
        "40/KH-UBND", "Hà Tĩnh", "12 tháng 3 năm 2018",
        "1. Toàn tỉnh kiên cố hóa 120 km kênh mương loại III trong giai đoạn 2016-2020.\n\n"
        "2. Toàn tỉnh phấn đấu kiên cố hóa 500 km kênh mương trong giai đoạn 2021-2025.\n\n"
        "3. Các huyện học tập tỉnh Nghệ An, nơi đã kiên cố hóa 88 km kênh mương.",
    ),
    "ha-tinh-2022": _plan(
        "52/KH-UBND", "Hà Tĩnh", "15 tháng 4 năm 2022",
        f"1. Toàn tỉnh kiên cố hóa 210 km kênh mương trong năm 2022.\n\n2. {HOSTILE}",
    ),
    "nghe-an-2019": _plan(
        "61/KH-UBND", "Nghệ An", "20 tháng 2 năm 2019",
        "1. Các huyện kiên cố hóa 95 km kênh mương trong năm 2019.",
    ),
    "nghe-an-2023": _plan(
        "77/KH-UBND", "Nghệ An", "18 tháng 5 năm 2023",
        "1. Phấn đấu kiên cố hóa 130 km kênh mương trong năm 2023.",
    ),
    "thai-binh-2018": _plan(
        "33/KH-UBND", "Thái Bình", "20 tháng 5 năm 2018",
        "1. Toàn tỉnh kiên cố hóa 80 km kênh mương cấp 1 trong năm 2018.",
    ),
    "hung-yen-2018": _plan(
        "34/KH-UBND", "Hưng Yên", "22 tháng 5 năm 2018",
        "1. Toàn tỉnh kiên cố hóa 60 km kênh mương trong năm 2018.",
    ),
    # the same name, since 1 July 2025 with Thái Bình
    "hung-yen-2026": _plan(
        "35/KH-UBND", "Hưng Yên", "24 tháng 2 năm 2026",
        "1. Toàn tỉnh kiên cố hóa 300 km kênh mương trong năm 2026.",
    ),
    # of another theme
    "son-la-2019": _plan(
        "44/KH-UBND", "Sơn La", "03 tháng 6 năm 2019",
        "1. Mỗi xã trồng 5 ha tre măng.", title="Trồng tre măng trên địa bàn tỉnh",
    ),
    # of the centre, on a day on which Hưng Yên was the province of before
    "bao-cao": act(
        "12/BC-BNN", "BÁO CÁO", "Kết quả kiên cố hóa kênh mương năm 2018",
        "1. Tỉnh Nghệ An đã kiên cố hóa 90 km kênh mương trong năm 2018.\n\n"
        "2. Tỉnh Hưng Yên đã kiên cố hóa 58 km kênh mương trong năm 2018.\n\n"
        "3. Cả nước kiên cố hóa 4.000 km kênh mương trong năm 2018.",
        organ="BỘ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN", day="Hà Nội, ngày 10 tháng 01 năm 2019",
        signed="KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\nVũ Thị Mẫu",
    ),
}  # fmt: skip
NEWS = """<!doctype html><html lang="vi"><head><meta charset="utf-8">
<title>Hà Tĩnh kiên cố hóa kênh mương nội đồng</title>
<meta property="og:site_name" content="Báo Mẫu"><link rel="canonical" href="https://bao.example/kenh-muong">
<meta property="article:published_time" content="2019-06-01T08:00:00+07:00"></head><body><article>
<h1>Hà Tĩnh kiên cố hóa kênh mương nội đồng</h1>
<p>Sở Nông nghiệp tỉnh Hà Tĩnh cho biết bà con góp công kiên cố hóa kênh mương nội đồng ở nhiều xã.</p>
<p>Ngày 28/5/2019, UBND tỉnh Hà Tĩnh đã ban hành Quyết định số 70/QĐ-UBND về thưởng các xã làm tốt, đồng chí Phó Chủ tịch UBND tỉnh cho biết.</p>
<p>Việc kiên cố hóa kênh mương giúp nước về tận ruộng cuối kênh, bà con yên tâm xuống giống đúng vụ.</p>
</article></body></html>
"""


def write_compared(folder: Path) -> list[Path]:
    """The texts as files in a folder: acts with addresses in one .jsonl, the news page as .html."""
    rows = [
        {"id": name, "url": f"{ADDRESS}{name}", "title": "", "text": text} for name, text in TEXTS.items()
    ]
    acts, news = folder / "van-ban.jsonl", folder / "tin-ha-tinh.html"
    acts.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    news.write_text(NEWS, "utf-8")
    return [acts, news]
