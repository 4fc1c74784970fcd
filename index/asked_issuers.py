"""Bodies that a query names, with the codes that their numbers bear. Soft: a body may be the topic too."""

from __future__ import annotations

import re
from functools import cache

from corpus.text import fold
from index.query_models import AskedIssuer

# Name (other spellings behind "=") → codes in document numbers.
_BODIES = """
    Bộ Chính trị | TW
    Ban Bí thư | TW
    Ban Chấp hành Trung ương = Trung ương Đảng | TW
    Văn phòng Trung ương Đảng = Văn phòng Trung ương | VPTW
    Ủy ban Kiểm tra Trung ương | UBKTTW
    Ban Tổ chức Trung ương | BTCTW
    Ban Nội chính Trung ương | BNCTW
    Tỉnh ủy = Ban Thường vụ Tỉnh ủy = Ban Chấp hành Đảng bộ tỉnh = BTV Tỉnh ủy | TU
    Thành ủy = Ban Thường vụ Thành ủy = Ban Chấp hành Đảng bộ thành phố | TU
    Huyện ủy = Ban Thường vụ Huyện ủy = Ban Chấp hành Đảng bộ huyện | HU
    Thị ủy | ThU
    Đảng ủy | ĐU
    Văn phòng Tỉnh ủy | VPTU
    Ban Tổ chức Tỉnh ủy | BTCTU
    Ban Tuyên giáo và Dân vận Tỉnh ủy | BTGDVTU
    Ban Tuyên giáo Tỉnh ủy | BTGTU
    Quốc hội | QH
    Ủy ban Thường vụ Quốc hội = UBTVQH | UBTVQH
    Chủ tịch nước | CTN
    Chính phủ | CP
    Thủ tướng = Thủ tướng Chính phủ = TTg | TTg
    Văn phòng Chính phủ = VPCP | VPCP
    Văn phòng Quốc hội | VPQH
    Hội đồng nhân dân = HĐND | HĐND
    Ủy ban nhân dân = UBND = Chủ tịch Ủy ban nhân dân = Chủ tịch UBND | UBND
    Bộ Nông nghiệp và Môi trường = Bộ NN&MT = Bộ NNMT | BNNMT
    Bộ Nông nghiệp và Phát triển nông thôn = Bộ NN&PTNT = Bộ NNPTNT | BNNPTNT BNN
    Bộ Tài nguyên và Môi trường = Bộ TN&MT = Bộ TNMT | BTNMT
    Bộ Tài chính | BTC
    Bộ Kế hoạch và Đầu tư = Bộ KH&ĐT = Bộ KHĐT | BKHĐT
    Bộ Nội vụ | BNV
    Bộ Lao động, Thương binh và Xã hội = Bộ Lao động - Thương binh và Xã hội = Bộ LĐTBXH = Bộ LĐTB&XH = Bộ LĐ-TBXH | BLĐTBXH
    Bộ Giáo dục và Đào tạo = Bộ Giáo dục = Bộ GD&ĐT = Bộ GDĐT = Bộ GD | BGDĐT
    Bộ Y tế | BYT
    Bộ Tư pháp | BTP
    Bộ Công an = Bộ CA | BCA
    Bộ Quốc phòng = Bộ QP | BQP
    Bộ Công Thương | BCT
    Bộ Xây dựng = Bộ XD | BXD
    Bộ Giao thông vận tải = Bộ GTVT | BGTVT
    Bộ Thông tin và Truyền thông = Bộ TT&TT = Bộ TTTT | BTTTT
    Bộ Khoa học và Công nghệ = Bộ KH&CN = Bộ KHCN | BKHCN
    Bộ Văn hóa, Thể thao và Du lịch = Bộ VHTTDL = Bộ Văn hóa | BVHTTDL
    Bộ Ngoại giao | BNG
    Bộ Dân tộc và Tôn giáo | BDTTG
    Ủy ban Dân tộc | UBDT
    Thanh tra Chính phủ | TTCP
    Ngân hàng Nhà nước = Ngân hàng Nhà nước Việt Nam | NHNN
    Kiểm toán nhà nước | KTNN
    Bảo hiểm xã hội Việt Nam | BHXH
    Tổng cục Thuế = Cục Thuế | TCT CT
    Tổng cục Hải quan | TCHQ
    Tòa án nhân dân tối cao | TANDTC
    Viện kiểm sát nhân dân tối cao | VKSNDTC
    Sở Nông nghiệp và Môi trường | SNNMT
    Sở Nông nghiệp và Phát triển nông thôn | SNN SNNPTNT
    Sở Tài chính | STC
    Sở Nội vụ | SNV
    Sở Y tế | SYT
    Sở Xây dựng | SXD
    Sở Công Thương | SCT
    Sở Tư pháp | STP
    Sở Giáo dục và Đào tạo | SGDĐT
    Sở Khoa học và Công nghệ | SKHCN
    Sở Tài nguyên và Môi trường | STNMT
    Sở Kế hoạch và Đầu tư | SKHĐT
    Sở Văn hóa, Thể thao và Du lịch | SVHTTDL
    Mặt trận Tổ quốc = Ủy ban Mặt trận Tổ quốc | MTTQ
"""


def find_asked_issuers(text: str) -> tuple[AskedIssuer, ...]:
    """The bodies that a query names, in order, the longest name at each place.

    >>> [(i.name, i.codes) for i in find_asked_issuers("nq cua ubnd tinh")]
    [('Ủy ban nhân dân', ('UBND',))]
    """
    table = _table()
    return tuple(
        AskedIssuer(start=match.start(), end=match.end(), name=name, codes=codes)
        for match in _pattern().finditer(fold(text))
        for name, codes in (table[_key(match[0])],)
    )


def names_of_code(code: str) -> tuple[str, ...]:
    """The bodies that bear a code in their numbers.

    >>> names_of_code("BNN")
    ('Bộ Nông nghiệp và Phát triển nông thôn',)
    """
    return tuple(dict.fromkeys(name for name, codes in _table().values() if code in codes))


def _key(name: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(name)))


@cache
def _table() -> dict[str, tuple[str, tuple[str, ...]]]:
    table = {}
    for line in _BODIES.strip().splitlines():
        names, codes = line.split("|")
        spellings = [name.strip() for name in names.split("=")]
        for spelling in spellings:
            table[_key(spelling)] = (spellings[0], tuple(codes.split()))
    return table


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted(_table(), key=len, reverse=True)
    spelled = (r"[\s,&–-]+".join(map(re.escape, name.split())) for name in names)
    return re.compile(rf"(?<!\w)(?:{'|'.join(spelled)})(?!\w)")
