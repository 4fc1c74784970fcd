"""Acts of our own around one decree on silt: what it is based on, what amends it, what carries it out, what it replaced."""

from __future__ import annotations

from collections.abc import Mapping

from tests.answering_texts import decree, province_act

_SUBJECTS = ("Bãi chứa", "Tuyến vận chuyển", "Mùa nạo vét", "Biển báo", "Sổ theo dõi")
_ARTICLES = "\n\n".join(
    f"Điều {number}. {_SUBJECTS[number % 5]} phù sa, phần {number}\n"
    f"1. Chủ bãi thứ {number} ghi khối lượng phù sa vào sổ trước mười bảy giờ mỗi ngày và gửi bản sao cho xã; "
    "sổ được giữ năm năm, tờ nào cũng đánh số và đóng dấu giáp lai để không ai thay được.\n"
    f"2. Đoàn kiểm tra của đợt {number} gồm người của xã, của chủ bãi và của nơi lấy phù sa; biên bản lập thành ba bản "
    "như nhau, mỗi bên giữ một bản, bản nào thiếu chữ ký thì không có giá trị.\n"
    f"a) Bản thứ nhất của đợt {number} lưu ở xã;\nb) Bản thứ hai lưu ở chủ bãi."
    for number in range(4, 104)
)
LAST_ARTICLE = "Điều 103. Biển báo phù sa, phần 103"
SILT = decree(
    "61/2023/NĐ-CP",
    "Quy định về bãi chứa phù sa nạo vét",
    "Căn cứ Luật Đê điều số 12/2019/QH14 ngày 15 tháng 6 năm 2019;\n"
    "Căn cứ Luật Thủy lợi số 08/2017/QH14 ngày 19 tháng 6 năm 2017;\n\n"
    "Điều 1. Phạm vi điều chỉnh\nNghị định này quy định về bãi chứa phù sa nạo vét.\n\n"
    "Điều 2. Hiệu lực thi hành\n1. Nghị định này có hiệu lực thi hành từ ngày 01 tháng 3 năm 2024.\n"
    "2. Nghị định này thay thế Nghị định số 09/2015/NĐ-CP ngày 16 tháng 01 năm 2015 của Chính phủ quy định về bãi chứa bùn.\n\n"
    "Điều 3. Khoảng cách\n1. Bãi chứa phù sa cách nhà ở ít nhất 90 mét.\n\n" + _ARTICLES,
    day="20 tháng 12 năm 2023",
)
AMENDING = decree(
    "15/2025/NĐ-CP",
    "Sửa đổi, bổ sung một số điều của Nghị định số 61/2023/NĐ-CP ngày 20 tháng 12 năm 2023 của Chính phủ quy định về bãi "
    "chứa phù sa nạo vét",
    "Điều 1. Sửa đổi khoản 1 Điều 3 Nghị định số 61/2023/NĐ-CP ngày 20 tháng 12 năm 2023 của Chính phủ\n"
    "“1. Bãi chứa phù sa cách nhà ở ít nhất 120 mét.”\n\n"
    "Điều 2. Hiệu lực thi hành\nNghị định này có hiệu lực thi hành từ ngày 01 tháng 4 năm 2025.",
    day="10 tháng 02 năm 2025",
)
MARKUP = "<img src=x onerror=\"document.title='bị chiếm'\"> & <b>phù sa</b>"
_CARRIES_OUT = (
    "Thực hiện Nghị định số 61/2023/NĐ-CP ngày 20 tháng 12 năm 2023 của Chính phủ quy định về bãi chứa phù sa nạo vét, Ủy ban "
    "nhân dân tỉnh ban hành Kế hoạch như sau:\n\nI. MỤC TIÊU\n1. Mỗi xã ven sông có một bãi chứa phù sa.\n"
    "2. Không để phù sa tràn ra đường liên thôn.\n\nII. NHIỆM VỤ\n1. Các xã cắm biển báo trước ngày 30 tháng 6 năm 2024."
)
PLAN = province_act(
    "27/KH-UBND",
    "KẾ HOẠCH",
    "Bố trí bãi chứa phù sa nạo vét trên địa bàn tỉnh Hà Tĩnh",
    _CARRIES_OUT,
    place="Hà Tĩnh",
    day="05 tháng 02 năm 2024",
    signer="Trần Văn Mẫu",
)
HOSTILE = province_act(
    "48/KH-UBND",
    "KẾ HOẠCH",
    f"Bố trí bãi chứa {MARKUP} trên địa bàn tỉnh Nghệ An",
    _CARRIES_OUT.replace("1. Mỗi xã", f"1. Mỗi {MARKUP} xã"),
    place="Nghệ An",
    day="06 tháng 3 năm 2024",
    signer="Lê Văn Mẫu",
)

AROUND: Mapping[str, str] = {
    "phu-sa": SILT,
    "sua-doi": AMENDING,
    "ke-hoach": PLAN,
    "ke-hoach-sao": PLAN,  # the same text at another place
    "la": HOSTILE,
}
