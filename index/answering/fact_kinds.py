"""Which facts of a document as a whole a question asks for.

Cues are ways of asking, matched on the folded question ("ai ky", "con hieu luc ko"). A cue never fires on the
content of a document: "gửi báo cáo chậm nhất ngày nào" asks no day of issue, "ai có quyền quyết định" no
issuer. One cue may be part of another ("thay thế khi nào" within "bị thay thế khi nào").
"""

from __future__ import annotations

import re

from index.answering.findings import FactKind

_TYPES = (
    r"(?:van ban|vb|bo luat|luat|phap lenh|nghi quyet|nq|nghi dinh|nd|quyet dinh|qd|quy dinh|quy che|chi thi|ct"
    r"|ket luan|kl|ke hoach|kh|cong van|cv|cong dien|thong tu|tt|thong bao|tb|chuong trinh|huong dan|hd|to trinh"
    r"|bao cao|de an|chi dao|ban nao|cai)"
)
_WHICH = rf"(?:(?:cac|nhung)\s+)?{_TYPES}(?:\s+(?:so|moi|cu))?\s+(?:nao|gi|may|so may)"
_SOME = r"(?:nhung gi|gi|cai gi|dau|nhung dau)"
_DAY = r"(?:(?:tu|vao|ke tu|ngay)\s+)*(?:ngay nao|hom nao|ngay may|khi nao|bao gio|luc nao|ngay thang nao|thang nao|nam nao)"
_BODY = r"(?:ai|co quan nao|don vi nao|cap nao|noi nao|ben nao|bo nao|tinh nao)"
_NOT = r"(?:khong|ko|k|kg|hong|hok|hay|chua|nua)"

_CUES: dict[FactKind, tuple[str, ...]] = {
    FactKind.SIGNER: (
        r"(?:do |boi )?ai (?:la nguoi )?(?:da |vua |dung ten )?ky(?! ket)",
        r"(?:ky boi|cua) ai ky|ky boi ai|ky ten ai|nguoi ky|ai la nguoi ky|ai dung ten",
        r"(?:dong chi|vi|nguoi|ong|ba|lanh dao|chuc danh) nao (?:la nguoi )?(?:da |vua )?ky(?! ket)",
    ),
    FactKind.ISSUED_ON: (
        rf"(?:ban hanh|ra doi|ky|de|duoc ky) (?:ngay )?(?:thang )?{_DAY}",
        r"(?<!hieu luc )(?<!ap dung )(?:ban hanh|ky|ra|de)(?: \w+){0,2} (?:hom|ngay|luc) (?:nao|may)",
        r"(?:,|va|so) ngay (?:thang (?:nam )?)?(?:nao|may)(?= |,|\?|$)(?! (?:hop|dien ra|bat dau|to chuc|thi|phai))",
        r"ngay thang(?: nam)? (?:nao|may|ban hanh|bao nhieu)|ngay (?:ban hanh|ky)(?! (?:la )?(?:quyet|nghi))",
        r"(?<!hieu luc )ngay thang nam nao",
        rf"{_TYPES} (?:so )?\d[\w/.-]*(?: (?:cua|nam) [\w/-]+(?: \w+){{0,5}}?)?,? ngay (?:may|nao)(?= *[?,]| *$)",
    ),
    FactKind.ISSUER: (
        rf"(?:do )?{_BODY}(?: la noi)?(?: da)? (?:ban hanh|ra|dua ra)(?! (?:sao|the))",
        r"(?:^|, )(?:la )?cua (?:ai|co quan nao|bo nao|tinh nao)(?! ky)",
        r"co quan ban hanh",
    ),
    FactKind.EFFECTIVE_ON: (
        rf"(?:co hieu luc|ap dung|thi hanh|hieu luc)(?: thi hanh)?(?: (?:ke )?tu| vao| bat dau)* {_DAY}",
        r"(?:bat dau )?(?:co hieu luc|ap dung)(?: thi hanh)?(?: ke)? (?:tu|vao) (?:ngay|hom|khi|thang|nam) (?:nao|may)",
        r"(?:ngay|thoi diem|tu khi nao|bao gio|khi nao) (?:thi )?(?:co hieu luc|bat dau ap dung)",
        r"ngay (?:co )?hieu luc",
    ),
    FactKind.EXPIRES_ON: (
        rf"(?:het hieu luc|het han|het thoi han)(?: thi hanh)?(?: ke)?(?: tu| vao)? ?{_DAY}",
        rf"(?:ap dung|hieu luc|thi hanh) (?:den|toi) (?:het )?{_DAY}",
    ),
    FactKind.SUBJECT: (
        r"ve (?:viec|noi dung|cai|van de|chuyen) gi",
        r"(?:quy dinh|noi|ban|de cap|viet) (?:noi dung|ve|nhung|den) ?(?:gi|nhung gi|noi dung gi)$",
        r"quy dinh (?:noi dung )?gi(?= *\?| *$)",
        r"trich yeu|ten day du|(?:co )?noi dung gi(?= *\?| *$)",
    ),
    FactKind.STATUS: (
        r"(?:con|dang|co con|da het|het|mat|da co|co) (?:hieu luc|gia tri)(?: thi hanh| phap ly)*(?: \w+){0,3}? "
        rf"{_NOT}(?= |\?|,|$)(?! (?:ke|tu) )",
        r"con (?:hieu luc|gia tri|han)(?= *[?,]| *$)",
        r"(?:hien|gio|nay|van)? ?con (?:duoc )?(?:dung|ap dung|thi hanh|su dung|vien dan)"
        rf"(?:.{{0,60}}?)(?:duoc )?{_NOT}(?= *[?,]| *$| hay)",
        rf"(?:co )?dang (?:duoc )?(?:ap dung|thi hanh|co hieu luc)(?: \w+){{0,2}} {_NOT}(?= *[?,]| *$)",
        r"da co (?:cai|van ban|ban|quy dinh)? ?moi (?:thay )?chua|co cai moi",
        r"(?:da )?bi (?:(?:thay|thay the|bai bo|huy bo|sua doi|het hieu luc))(?: \w+){0,2} (?:chua|khi nao|bao gio|luc nao)",
        r"tinh trang hieu luc|hieu luc (?:ra sao|the nao)",
        r"het hieu luc (?:chua|roi)",
        rf"bi (?:{_TYPES} nao )(?:thay|bai bo|sua doi)",
    ),
    FactKind.REPLACED_BY: (
        rf"(?:thay|thay the|bai bo|sua doi) (?:boi|bang) ?(?:{_WHICH}|gi|cai gi)",
        rf"(?:boi|bang) {_WHICH}",
        rf"{_WHICH}(?: moi)?(?: da)? (?:thay|thay the|bai bo)(?: (?:no|cho no))?(?= *[?,]| *$)",
        r"van ban thay(?: the)?(?: no)? (?:mang|la|so|co)",
        r"vien dan (?:so|van ban|cai) (?:nao|may|gi)",
        rf"bi {_TYPES} nao (?:thay|bai bo)|da co (?:cai|van ban|ban) (?:moi|thay)",
        r"bi (?:thay|bai bo)(?: the)? (?:boi|bang|khi nao|theo) ?",
        rf"tam thoi (?:ap dung )?(?:theo )?{_WHICH}",
    ),
    FactKind.REPLACES: (
        rf"(?:thay|thay the|bai bo|huy bo) (?:cho )?(?:{_WHICH}|{_SOME})",
        rf"(?:lam|khien)?(?: cho)? ?het hieu luc {_WHICH}",
        rf"{_WHICH}(?: [\w./-]+){{0,10}} (?:bi|duoc) (?:no )?(?:bai bo|thay the|huy bo|het hieu luc)",
        r"nhung van ban nao(?: [\w./-]+){0,10} (?:het hieu luc|bi bai bo|bi thay the)",
    ),
    FactKind.BASED_ON: (
        rf"(?:la )?(?:can cu|dua (?:tren|vao)|tren co so)(?: vao| tren| theo)? (?:{_WHICH}|dau|nhung gi)",
        rf"(?:can cu|dua tren|dua vao)(?: vao)? {_TYPES}(?: (?:va|hoac) {_TYPES})*(?: so)? (?:nao|may|gi)",
        rf"(?:can cu|dua tren|xet de nghi|theo de nghi)(?: tai)? {_BODY}",
    ),
    FactKind.IMPLEMENTS: (
        rf"(?:thuc hien|trien khai|thi hanh|cu the hoa|huong dan)(?: (?:thuc hien|thi hanh))? {_WHICH}",
        rf"(?:la )?de (?:thuc hien|trien khai|cu the hoa)(?: thuc hien)? {_WHICH}",
    ),
    FactKind.IMPLEMENTED_BY: (
        rf"{_WHICH}(?: [\w./&,-]+){{0,9}}? (?:de )?(?:thuc hien|trien khai|huong dan|cu the hoa)"
        rf"(?! {_WHICH})(?= )",
        rf"(?:trien khai|thuc hien|huong dan|cu the hoa)(?: [\w./&,-]+){{1,24}}? (?<!tam thoi )(?:theo|bang|tai) {_WHICH}",
    ),
    FactKind.NUMBER: (
        r"(?:mang )?so (?:hieu )?(?:may|bao nhieu)(?= *[?,]| *$| va)",
        r"so hieu|so ky hieu",
        r"mang so",
    ),
}
_PATTERNS = {kind: re.compile("|".join(rf"(?<!\w)(?:{cue})" for cue in cues)) for kind, cues in _CUES.items()}


def read_fact_kinds(folded: str) -> frozenset[FactKind]:
    """The facts that a folded question, or a part of one, asks of a document as a whole.

    >>> sorted(read_fact_kinds("cv 1144 do ai ky, ngay nao?"))
    [<FactKind.ISSUED_ON: 'issued_on'>, <FactKind.SIGNER: 'signer'>]
    """
    asked = " ".join(folded.split())
    return frozenset(kind for kind, pattern in _PATTERNS.items() if pattern.search(asked))
