"""Stories for the test site: Vietnamese, each told from its key alone, no two alike; nothing in them is real."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from random import Random
from typing import TypeVar

T = TypeVar("T")

_VIETNAM = timezone(timedelta(hours=7))
_NEWEST = datetime(2026, 5, 5, 16, 0, tzinfo=_VIETNAM)

PLACES = [
    *("Hà Tĩnh", "Nghệ An", "Thanh Hóa", "Quảng Trị", "Quảng Ngãi", "Gia Lai", "Đắk Lắk", "Khánh Hòa"),
    *("Lâm Đồng", "Đồng Nai", "Tây Ninh", "Vĩnh Long", "Đồng Tháp", "An Giang", "Cà Mau", "Cần Thơ"),
    *("Hưng Yên", "Ninh Bình", "Hải Phòng", "Quảng Ninh", "Bắc Ninh", "Phú Thọ", "Thái Nguyên", "Lạng Sơn"),
    *("Cao Bằng", "Tuyên Quang", "Lào Cai", "Lai Châu", "Điện Biên", "Sơn La", "Huế", "Đà Nẵng"),
]
_WORKS = [
    *("hồ chứa nước", "trạm bơm tiêu úng", "tuyến đê cửa sông", "trường tiểu học bán trú", "trạm y tế xã"),
    *(
        "cầu dân sinh",
        "đường liên thôn",
        "khu tái định cư",
        "chợ đầu mối nông sản",
        "cảng cá",
        "nhà máy nước",
    ),
    *(
        "bãi xử lý rác",
        "cụm công nghiệp",
        "vườn ươm giống",
        "khu nuôi tôm",
        "rừng phòng hộ",
        "thư viện cộng đồng",
    ),
    *(
        "lưới điện nông thôn",
        "bến xe khách",
        "nhà ở công nhân",
        "kênh thoát lũ",
        "vùng trồng chè",
        "làng nghề gốm",
    ),
]
_OFFICES = [
    *("Sở Xây dựng", "Sở Tài chính", "Sở Y tế", "Sở Nông nghiệp và Môi trường", "Sở Giáo dục và Đào tạo"),
    *(
        "Sở Nội vụ",
        "Sở Khoa học và Công nghệ",
        "Thanh tra tỉnh",
        "Ban Quản lý khu kinh tế",
        "Kho bạc khu vực",
    ),
    *(
        "Hội đồng nhân dân tỉnh",
        "Ủy ban nhân dân tỉnh",
        "Chi cục Thủy lợi",
        "Chi cục Kiểm lâm",
        "Hội Nông dân",
    ),
]
_ACTS = [
    *("rà soát", "nghiệm thu", "khởi công", "sửa chữa", "điều chỉnh quy mô", "lập hồ sơ", "đấu thầu lại"),
    *("bàn giao", "kiểm kê", "quan trắc", "thẩm định", "bố trí vốn cho", "công khai danh mục", "giám sát"),
    *("lấy ý kiến người dân về", "tạm dừng", "gia hạn", "quyết toán", "nâng cấp", "mở rộng"),
]
_WHO = [
    *(
        "hộ nghèo",
        "hợp tác xã",
        "giáo viên vùng cao",
        "ngư dân",
        "công nhân thời vụ",
        "chủ rừng",
        "thợ thủ công",
    ),
    *("học sinh nội trú", "người cao tuổi", "chủ tàu cá", "doanh nghiệp nhỏ", "cán bộ thôn", "lái xe buýt"),
    *("nhân viên y tế", "người nuôi ong", "tổ dân phố", "hội viên phụ nữ", "người khuyết tật"),
]
_WHY = [
    *("vì mặt bằng chưa giao đủ", "do giá vật liệu tăng", "để kịp mùa mưa bão", "theo kiến nghị của cử tri"),
    *("sau đợt kiểm tra liên ngành", "vì thiếu cán bộ chuyên trách", "do quy hoạch cũ không còn phù hợp"),
    *("nhằm giảm thời gian đi lại", "để trả lời đơn của người dân", "vì số liệu hai ngành chênh nhau"),
    *("theo kết luận của cơ quan kiểm toán", "để dành vốn cho nơi cấp bách hơn", "do đường vào bị sạt lở"),
]
_THEN = [
    *("hồ sơ phải gửi trước ngày {d}/{m}", "báo cáo lần hai nộp vào tuần thứ {w} của quý sau"),
    *("mỗi xã cử {a} người theo dõi", "phần còn thiếu {b} triệu đồng lấy từ nguồn dự phòng"),
    *(
        "việc đo đạc lại kéo dài {c} ngày",
        "kết quả niêm yết tại {a} điểm dân cư",
        "tỷ lệ giải ngân mới đạt {p}%",
    ),
    *("nhà thầu cam kết bù {c} ngày chậm", "có {b} hộ đồng thuận ngay từ buổi họp đầu"),
    *("diện tích điều chỉnh là {b} ha", "mức hỗ trợ tăng thêm {p}%", "tổ công tác gồm {a} thành viên"),
]
_SENTENCES = [
    "Từ ngày {d}/{m}, {office} {place} {act} {work} {why}, với {b} {who} liên quan.",
    "Theo {office} {place}, {p}% {work} trong danh mục đã xong phần nền, {then}.",
    "{Who} ở {place} đề nghị {act} {work} sớm hơn {c} ngày {why}.",
    "{Then}; riêng {work} ở {place} còn chờ ý kiến của {office}.",
    "Đoàn của {office} đi {a} xã của {place}, ghi nhận {b} kiến nghị về {work}, phần lớn của {who}.",
    "Năm trước {place} chi {b} triệu đồng cho {work}, năm nay tăng {p}% {why}.",
    "{Why1}, {office} yêu cầu {act} {work} trước ngày {d}/{m} và {then}.",
    "Trong {a} phương án, {place} chọn cách {act} {work} trước, còn {work2} lùi {c} ngày.",
    "Một cuộc họp kéo dài tới chiều ở {place} thống nhất: {who} được ưu tiên khi {act} {work}, {then}.",
    "{Office} cho biết {then}, nhưng {work} tại {place} vẫn cần thêm {b} triệu đồng.",
    "Giữa {place} và {place2}, tuyến vận chuyển phục vụ {work} dài {b} km, hiện {act} được {p}%.",
    "Số {who} tham gia tăng từ {a} lên {b}, trong đó {place} chiếm {p}%.",
    "Nếu {then} thì {office} sẽ {act} {work} vào tháng {m}, chậm nhất ngày {d}.",
    "{Who} lo ngại {work} xuống cấp {why}, nhất là đoạn thứ {a} qua {place}.",
    "Biên bản số {b} ngày {d}/{m} nêu rõ {work} của {place} thiếu {a} hạng mục, {then}.",
    "Sau {c} ngày {act} {work}, {place} tiết kiệm được {b} triệu đồng và chuyển sang {work2}.",
]
_TITLES = [
    "{place}: {act} {b} {work}",
    "{place} {act} {work} cho {b} {who}",
    "{b} {who} ở {place} chờ {work}",
    "{Office} {place} {act} {work} lần thứ {a}",
    "Thêm {p}% vốn cho {work} ở {place}",
    "{work1} ở {place}: chậm {c} ngày, thiếu {b} triệu đồng",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One story; `sentence` stands in its text and in no other's."""

    key: str
    number: int
    title: str
    lead: str
    sentence: str
    place: str
    published: datetime

    @property
    def published_at(self) -> str:
        return self.published.isoformat()

    @property
    def slug(self) -> str:
        return make_slug(self.title)

    def paragraphs(self) -> list[str]:
        """600 to 1,500 words; `sentence` closes the second paragraph."""
        random = Random(f"{self.key}/{self.number}/body")
        wanted, told, words = random.randint(620, 1400), [], 0
        while words < wanted:
            lines = [_fill(random.choice(_SENTENCES), random) for _ in range(random.randint(2, 5))]
            told.append(" ".join(lines))
            words += len(told[-1].split())
        told[1] += " " + self.sentence
        return told

    def to_html(self) -> str:
        return "\n".join(f"<p>{line}</p>" for line in self.paragraphs())


def tell(key: str, number: int) -> Story:
    """The story of a key and a number (0: the newest of the key); the same in every process."""
    random = Random(f"{key}/{number}/head")
    place = random.choice(PLACES)
    title = _fill(random.choice(_TITLES), random, place=place)
    return Story(
        key=key,
        number=number,
        title=title,
        lead=_fill(random.choice(_SENTENCES), random, place=place),
        sentence=f"Hồ sơ của bài được lưu dưới mã {key.upper()}-{number:05d} tại văn thư {place}.",
        place=place,
        published=_NEWEST - timedelta(minutes=37 * number),
    )


def make_slug(text: str) -> str:
    """The words of a text as addresses write them: ASCII, small letters, hyphens."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")


def _fill(pattern: str, random: Random, place: str | None = None) -> str:
    draw = (
        random.random
    )  # choice and randint take five times as long, and there are 60 choices in a paragraph

    def pick(options: Sequence[T]) -> T:
        return options[int(draw() * len(options))]

    then, who, why, office, work = pick(_THEN), pick(_WHO), pick(_WHY), pick(_OFFICES), pick(_WORKS)
    values: dict[str, object] = {
        "a": pick(range(2, 40)),
        "b": pick(range(41, 990)),
        "c": pick(range(5, 89)),
        "p": pick(range(3, 98)),
        "d": pick(range(1, 29)),
        "m": pick(range(1, 13)),
        "w": pick(range(2, 10)),
        "act": pick(_ACTS),
        "place": place or pick(PLACES),
        "place2": pick(PLACES),
        "work": work,
        "work2": pick(_WORKS),
        "office": office,
        "who": who,
        "why": why,
        "Office": _capital(office),
        "Who": _capital(who),
        "Why1": _capital(why),
        "work1": _capital(work),
    }
    values["then"] = then.format_map(values)
    values["Then"] = _capital(str(values["then"]))
    return pattern.format_map(values)


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
