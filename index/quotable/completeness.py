"""What a sentence must be to be quoted alone: whole, and to be understood without the words around it."""

from __future__ import annotations

import re

from corpus.models import DocumentKind
from corpus.sentences import Span
from corpus.store_facets import DocumentFacets
from corpus.symbols import find_symbols
from index.answering.spans import skip_label

SHORTEST, LONGEST = 45, 420  # characters
LEAST_APPEAL = -0.05  # under which a sentence is not offered; see `appeal`
_FEWEST = 9  # syllables
# Not "…" or "...": what ends so was cut.
_ENDS = re.compile(r"(?:(?<!\.)[.!?]|\./\.)[”\"’»)\]]*\Z")
_OPENS = re.compile(r"[“\"‘«]?[^\W\d_]")
_LABEL = re.compile(r"\d{1,3}\s*[-–.)/]\s*(?=[^\W\d_])")
# What points at words that are not quoted with it.
_LEANS = re.compile(
    r"(?:Theo đó|Do đó|Do vậy|Vì vậy|Vì thế|Bởi vậy|Tuy nhiên|Tuy vậy|Ngoài ra|Bên cạnh đó|Cùng với đó|Đồng thời|Trong đó"
    r"|Cụ thể|Qua đó|Từ đó|Nhờ đó|Trên cơ sở đó|Trước đó|Sau đó|Tiếp đó|Tiếp theo|Mặt khác|Như vậy|Song|Nhưng|Và|Còn|Đây|Đó"
    r"|Điều này|Điều đó|Việc này|Việc đó|Ông|Bà|Họ|Theo ông|Theo bà|Cũng|Riêng|Đặc biệt|Tương tự|Ngược lại|Kết quả|Nhờ vậy|Hơn thế|Hơn thế nữa|Hơn nữa|Về|Với)"
    r"(?:\s|,)"
)
_POINTS = re.compile(
    r"\b(?:nêu trên|nói trên|trên đây|dưới đây|sau đây|như sau|kèm theo|nêu tại|cùng ngày|này|như trên|vừa nêu|kể trên)\b"
)
_FORM = re.compile(
    r"(?:V/v|Về việc|Kính gửi|Nơi nhận|Trên đây là|Căn cứ|Xét |Theo đề nghị|Lưu:|Ảnh|Nguồn|Tổ chức thực hiện|Chú thích|Ghi chú"
    r"|Trường hợp|Hồ sơ|Mức |Số tiền|Giao |Quy định tại|Thời gian|Địa điểm|Ví dụ|Báo cáo kết quả|Định kỳ)",
)
_DRY = re.compile(
    r"\b(?:khoản|điểm|Điều|Mẫu số|Phụ lục|biểu số)\s+[\da-zđ]{1,3}\b|theo quy định|thi hành|chịu trách nhiệm|hiệu lực"
    r"|chủ trì, phối hợp|quyết toán|dự toán|thủ tục|hồ sơ|báo cáo (?:Ủy ban|UBND|Sở|Bộ|Chính phủ|Thủ tướng)"
)
_FIGURE = re.compile(r"\d[\d.,]*")
# A line that opens with one of these names a thing; it is a sentence only where it also says something of it.
_NAMES = re.compile(
    r"(?:Dữ liệu|Hình thức|Các|Những|Một số|Thông tin|Chi|Kinh phí|Danh mục|Doanh nghiệp|Cơ quan|Người|Tài liệu|Công tác|Hoạt động|Chương trình"
    r"|Kế hoạch|Việc|Tổ chức,|Tình hình|Kết quả|Nội dung|Số|Tỷ lệ|Lĩnh vực|Công trình|Dự án|Đề án|Đối tượng|Biện pháp|Giải pháp"
    r"|Nhiệm vụ|Nguồn|Phương án|Quy trình|Tiêu chí|Văn bản|Bộ trưởng|Chủ tịch|Điểm|Cơ sở|Chủ|Ngày|Nhóm|Cục|Vụ|Sở|Bộ|Ban|Phòng|Trung tâm|Chính phủ|Khu|Mức|Loại|“)\b"
)
_SAYS = re.compile(
    r"\b(?:là|phải|cần|được|đã|sẽ|đang|luôn|trở thành|giúp|không thể|không ngừng|có (?:vai trò|ý nghĩa|trách nhiệm|thể)"
    r"|nhấn mạnh|khẳng định|yêu cầu|đề nghị)\b"
)
_REST = re.compile(
    r"\bkhác\b|\(nếu có\)|liên quan đến|trên phạm vi|quy định của pháp luật|theo hướng dẫn|phạm vi quản lý"
)
_LISTED = re.compile(r"[,;]|như:")
# What people quote: what something is, what must be, what is striven for.
_STATES = re.compile(
    r"\b(?:là (?:\w+ ){0,3}(?:nền tảng|động lực|mục tiêu|nhiệm vụ|trung tâm|chủ thể|đột phá|khâu|yếu tố|trách nhiệm|sự nghiệp|nhân tố"
    r"|cơ sở|nguồn lực|quốc sách|then chốt|trọng tâm|yêu cầu|giải pháp)|phải|cần|góp phần|trở thành|quyết tâm|khơi dậy|phát huy|nâng cao"
    r"|đẩy mạnh|tăng cường|lan tỏa|lan toả|chủ động|kiên quyết|kiên trì|không ngừng|gắn với|vì|hướng tới|đồng lòng|chung tay)\b"
)
_UPPER = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_PART = rf"[{_UPPER}][^\W\d_]*(?:\s+[^\W\d_{_UPPER}]+)?"
_BODY = re.compile(
    rf"\b(?:Bộ|Sở|Cục|Vụ|Ban)(?: trưởng)?(?: Bộ)?\s+{_PART}(?:(?:\s*,|\s+và|\s*[-–])\s+{_PART})*"
)
# Types of documents whose sentences state aims, and those whose sentences lay down how something is done.
_AIMS = frozenset(
    {"Nghị quyết", "Chỉ thị", "Kết luận", "Chương trình hành động", "Thông báo", "Lời kêu gọi", "Chiến lược"}
)
_NORMS = frozenset(
    {"Thông tư", "Nghị định", "Văn bản hợp nhất", "Thông tư liên tịch", "Công văn", "Luật", "Quyết định"}
)


def find_whole(text: str, sentence: Span) -> Span | None:
    """What a sentence of a passage's text gives to quote, without a label before it; None for nothing."""
    start = skip_label(text, sentence.start, sentence.end)
    label = _LABEL.match(text, start, sentence.end)
    start = label.end() if label else start
    if start > sentence.start and text[: sentence.start].rstrip().endswith((";", ",")):
        return None  # it ends a list whose items are parts of one sentence
    return Span(start, sentence.end) if is_whole(text[start : sentence.end]) else None


def is_whole(words: str) -> bool:
    """Whether words are a sentence that stands alone."""
    if not SHORTEST <= len(words) <= LONGEST or "\n" in words or "|" in words:
        return False
    if len(words.split()) < _FEWEST or not _ENDS.search(words) or words.upper() == words:
        return False
    opened = _OPENS.match(words)
    if opened is None or not opened[0][-1].isupper():
        return False
    if not _is_balanced(words) or _LEANS.match(words) or _FORM.match(words):
        return False
    return _NAMES.match(words) is None or _SAYS.search(words) is not None


def without_bodies(words: str) -> str:
    """Words without the names of ministries and the like: "Bộ Giáo dục và Đào tạo" says nothing of education."""
    return _BODY.sub(" ", words)


def appeal(words: str, document: DocumentFacets | None) -> float:
    """How far a sentence is one that people quote, by its form alone: bookkeeping counts against it.

    Provisions, figures, numbers of documents and pointers are dry; what states an aim or a duty is not. Of
    documents a resolution states aims, a circular lays down procedures, and so may what is of no known kind.
    """
    numbers = len(find_symbols(words))
    figures = len(_FIGURE.findall(words)) - numbers
    dry = (
        0.3 * min(3, len(_DRY.findall(words)))
        + 0.3 * min(2, len(_REST.findall(words)))
        + 0.25 * min(2, numbers)
        + 0.06 * min(5, max(0, figures))
        + 0.4 * min(2, len(_POINTS.findall(words)))
        + max(0.0, len(words) - 240) / 500
        + 0.05 * max(0, len(_LISTED.findall(words)) - 4)
    )
    return 0.15 * min(3, len(_STATES.findall(words))) + _genre(document) - dry


def _genre(document: DocumentFacets | None) -> float:
    if document is None or document.kind is DocumentKind.UNKNOWN or document.type in _NORMS:
        return -0.3
    return 0.2 if document.type in _AIMS else 0.0


def _is_balanced(words: str) -> bool:
    pairs = (("“", "”"), ("«", "»"), ("(", ")"))
    return all(words.count(one) == words.count(other) for one, other in pairs) and words.count('"') % 2 == 0
