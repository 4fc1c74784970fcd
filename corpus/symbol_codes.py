"""The closed lists behind document numbers: type codes, issuer codes, type words, and how they are typed.

Sources: Nghị định 30/2020/NĐ-CP (Phụ lục III), Hướng dẫn 36-HD/VPTW and Quy định 399-QĐ/TW for the Party
side, and counts over real texts. Codes that are not listed are still accepted as issuers where the whole
shape of a number stands around them; see `corpus.symbols`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Đ may be typed as D; these codes must not be restored because both spellings are codes of their own.
_DISTINCT_WITHOUT_STROKE = frozenset({"HD", "DA", "DT", "BDT", "DD", "UBDT"})

TYPE_CODES = _codes(
    "NQ QĐ QĐNS QyĐ QĐi CT KL QC TB TBKL TC HD CTr CTHĐ CTrHĐ KH KHHĐ PA ĐA DA BC BB TTr HĐ CĐ CV "
    "BGN BTT GUQ GM GGT GNP PG PC PB SY TrS BS TT TTLT TTLB TTLN NQLT CTLT KHLT QCLT QCPH CTPH KHPH CTrPH "
    "TTTLT L PL LCT SL NĐ QTr VBHN GN TTh UQ NP TBNB QĐPC TLN CTTg"
)

_TYPE_ALIASES = {"QCH": "QC", "DAN": "DA", "ĐAN": "ĐA"}

# An issuer that belongs to the Party wherever it stands: the separators of a number can be put right by it.
_PARTY_BODIES = _codes("VP BTC BTG BTGDV BDV UBKT BNC BKT BCS BCSĐ BXDĐ HĐLL BBVCSSK TCT TTBDCT TTCT")
_PARTY_SEATS = _codes("TW TU HU QU ThU ĐU")
PARTY_ISSUERS = frozenset(
    {*_PARTY_SEATS, *(body + seat for body in _PARTY_BODIES for seat in _PARTY_SEATS)}
) | _codes("TWĐTN BXDĐ ĐUK ĐUKTW ĐUKCQ ĐUKDN ĐUTCT ĐUCP ĐUQH ĐUMTTQ ĐUCA ĐUCQ QUTW ĐUCATW")

# Codes of the Party and the fronts that other bodies use as well: they never decide a number's system.
_SHARED_ISSUERS = _codes(
    "CB TĐTN BCSĐ ĐĐ ĐH BCT BBT BCHTW BCĐTW BCĐ MTTQ MTTW UBMTTQ UBTWMTTQ UBTUMTTQ LĐLĐ TLĐ HPN HLHPN HND "
    "CCB ĐTN BCH BTV VPĐP BQL CTMTQG TGV"
)

# Ministries and bodies of the centre. A công văn without type is believed only with one of these codes.
CENTRAL_ISSUERS = _codes(
    "CP TTg CTN VPCP VPQH VPCTN TANDTC VKSNDTC KTNN TTCP TCCP UBDT NHNN BHXH BHXHVN TTXVN ĐTNVN "
    "BNN BNNPTNT BNN&PTNT BNNMT BTC BNV BGDĐT BGD&ĐT BGD BYT BTP BCA BQP BCT BCN BTM BXD BGTVT BTNMT BKHĐT "
    "BKH BTTTT BLĐTBXH BLĐTB&XH BVHTTDL BVHTT BVHTT&DL BKHCN BKHCN&MT BKHCNMT BNG BDTTG BTS BCNN BTCCBCP "
    "TCT TCHQ TCTK TCMT TCDTNN TCLN TCTL UBCK UBCKNN KBNN UBTVQH HĐBT HĐDT HĐTP TANDTC KHXX TLĐLĐVN "
    "ĐHQG ĐHQGHN VASS VHL VKS TAND VKSTC TATC CHHVN CHK CHQ"
)

_LOCAL_ISSUERS = _codes(
    "UBND HĐND CTUBND VPUBND VPHĐND VPUB STC SNV SYT STTTT SNNMT SNN SNNPTNT SNN&PTNT SXD SGTVT STNMT "
    "SKHĐT SKHCN SLĐTBXH SCT SGDĐT SGD&ĐT SGD SVHTTDL SVHTT&DL SVHTT SDL STP SDTTG SNgV BDT CAT CT CTK "
    "BQLKKT BQLKCN KKT KCN TTPVHCC UB"
)

# Old codes (before 1995) in whose numbers either separator is met; the written form is left as it is.
OLD_ISSUERS = _codes("HĐBT HĐNN HĐCP TC TCT NH NV CTN LB LĐTBXH TTCN TTNT")

STATE_ISSUERS = CENTRAL_ISSUERS | _LOCAL_ISSUERS
KNOWN_ISSUERS = PARTY_ISSUERS | _SHARED_ISSUERS | STATE_ISSUERS | OLD_ISSUERS

# With a Party-shaped number these could be bodies of the Party: never swapped.
AMBIGUOUS_ISSUERS = _codes("BCT BTC CT UB BDT TCT") | OLD_ISSUERS

# Numbers that stand without type and unit: "77/CP", "838/TTg".
BARE_ISSUERS = _codes("CP TTg HĐBT")

# Second word of an issuer that is written with a space: "01/BCĐ CTMTQG".
PROGRAMME_CODES = _codes("CTMTQG MTQG NTM GNBV PCTN PCTNTC CCHC CĐS DTTS PCTT QCDC")

# Bodies inside "TW", named again behind it by some typists: "12/NQ-TW-BCT".
CENTRAL_PARTY_BODIES = frozenset({"BCT", "BBT", "BCHTW"})

# Footnote marks get glued to these codes ("NĐ-CP1"); codes with a term of their own (QH15) are not here.
FOOTNOTED_ISSUERS = _codes("CP TTg TW TU CTN VPCP") | frozenset(
    code for code in CENTRAL_ISSUERS if code.startswith("B")
)


def _spellings(codes: Iterable[str]) -> Mapping[str, str]:
    """Upper-case spelling → code, with Đ typed as D wherever that is no code of its own."""
    codes = frozenset(codes)
    exact = {code.upper(): code for code in codes}
    plain = {
        code.upper().replace("Đ", "D"): code
        for code in codes
        if code.upper().replace("Đ", "D") not in _DISTINCT_WITHOUT_STROKE
    }
    return MappingProxyType({**plain, **exact})


TYPE_SPELLINGS: Mapping[str, str] = MappingProxyType({**_spellings(TYPE_CODES), **_TYPE_ALIASES})
ISSUER_SPELLINGS: Mapping[str, str] = _spellings(KNOWN_ISSUERS)

# Type words. "firm" words are hardly ever followed by a mere count; "common" ones are ("báo cáo 2 trang").
FIRM_TYPE_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "nghị quyết": "NQ",
        "nghị quyết liên tịch": "NQLT",
        "quyết định": "QĐ",
        "chỉ thị": "CT",
        "công văn": "CV",
        "nghị định": "NĐ",
        "thông tư": "TT",
        "thông tư liên tịch": "TTLT",
        "thông tri": "TT",
        "kết luận": "KL",
        "thông báo kết luận": "TB",
        "công điện": "CĐ",
        "tờ trình": "TTr",
        "pháp lệnh": "PL",
    }
)
COMMON_TYPE_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "văn bản": "VB",
        "thông báo": "TB",
        "thông cáo": "TC",
        "kế hoạch": "KH",
        "kế hoạch hành động": "KH",
        "báo cáo": "BC",
        "hướng dẫn": "HD",
        "quy định": "QĐ",
        "quy chế": "QC",
        "chương trình": "CTr",
        "chương trình hành động": "CTr",
        "đề án": "ĐA",
        "phương án": "PA",
        "biên bản": "BB",
        "sắc lệnh": "SL",
        "lệnh": "L",
    }
)
# Type words that only lead in a whole number, never a short form.
WHOLE_ONLY_TYPE_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "luật": "L",
        "bộ luật": "L",
        "hợp đồng": "HĐ",
        "dự án": "DA",  # a project, hardly ever the document about it
        "quy trình": "QTr",
        "quy hoạch": "QH",
        "văn bản hợp nhất": "VBHN",
        "công hàm": "CH",
        "thư công": "TC",
    }
)

FIRM_ABBREVIATIONS = _codes("NQ QĐ NĐ CV KL")
LOOSE_ABBREVIATIONS = _codes("CT KH TB TBKL HD TT TTLT BC CĐ ĐA QC CTr TTr QyĐ QĐi VB")
# The loose ones that are believed in small letters too; "đa", "cđ", "qc" are words or parts of words.
SMALL_ABBREVIATIONS = _codes("CT KH TB TBKL TT TTLT BC CTr TTr VB")

# Codes that may stand for the same act where only a type word is typed.
SAME_TYPE = (
    frozenset({"TB", "TBKL"}),
    frozenset({"CTr", "CTHĐ", "CTrHĐ"}),
    frozenset({"KH", "KHHĐ"}),
    frozenset({"QĐ", "QyĐ", "QĐi", "QĐNS"}),
    frozenset({"CV", None}),
)

# What follows a count, not a document number (folded): measures and the nouns that policy text counts.
COUNTED = _codes(
    """
    nam thang tuan quy gio phut giay ngay ty trieu nghin ngan tram dong usd ha km m m2 kg tan phan diem trang
    nguoi ho xa phuong huyen tinh thon to cap ben lan buoc chuong muc khoan dieu cau chi cong nhiem noi giai
    tieu truong loai nhom don nganh linh vi khu cum mo hinh du de ke luat nghi thong quyet ban bo ca vu doan
    doanh chuyen hang hoc sinh vien can dai suat mon san kv mw mhz lit cai chiec cuoc dot ky hoi thanh vung
    nuoc hop dich tap doi tong nha hanh kien quan lop tac duong cay bai goi lo dau
    """
)
# Phrases that begin with a word of `COUNTED` and yet count nothing (folded).
NOT_COUNTED = frozenset(
    {
        *("bo chinh", "bo truong", "ban hanh", "ban thuong", "ban chap", "ban bi", "hoi dong", "quy dinh"),
        *("tinh uy", "thanh uy", "huyen uy", "giai doan", "noi gi", "noi ve", "de ra", "de cap", "chi dao"),
    }
)
# What may stand behind a number without "số" where the type word is a common noun (folded).
AFTER_NUMBER = _codes(
    """
    cua ve da duoc do thi la co con neu yeu giao noi nay va hoac tren tai ban theo phe gom giai khong ngay nam
    thu chinh tinh ubnd hdnd uy trung bch btv van quoc quy ket ai gi bao dua dang se chua den
    """
)
