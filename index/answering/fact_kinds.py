"""Which facts of a document as a whole a question asks for.

Cues are ways of asking, matched on the folded question ("ai ky", "con hieu luc ko"); what is asked in other words is
seen by a learned model of the wording (`ways_of_asking`). A cue never fires on the
content of a document: "gửi báo cáo chậm nhất ngày nào" asks no day of issue, "ai có quyền quyết định" no
issuer. One cue may be part of another ("thay thế khi nào" within "bị thay thế khi nào").
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from index.answering.answer_types import THEMES
from index.answering.findings import FactKind
from index.answering.ways_of_asking import SHORT, estimate_kinds

_TYPES = (
    r"(?:van ban|vb|bo luat|luat|phap lenh|nghi quyet|nq|nghi dinh|nd|quyet dinh|qd|quy dinh|quy che|chi thi|ct"
    r"|ket luan|kl|ke hoach|kh|cong van|cv|cong dien|thong tu|tt|thong bao|tb|chuong trinh|huong dan|hd|to trinh"
    r"|bao cao|de an|chi dao|ban nao|cai)"
)
_WHICH = rf"(?:(?:cac|nhung)\s+)?{_TYPES}(?:\s+(?:so|moi|cu))?\s+(?:nao|gi|may|so may)"
_ACT = r"(?:van ban|vb|bo luat|luat|phap lenh|nghi quyet|nq|nghi dinh|nd|quyet dinh|qd|thong tu|tt|chi thi)"
_SOME = r"(?:nhung gi|gi|cai gi|dau|nhung dau)"
_DAY = (
    r"(?:(?:tu|vao|ke tu|ngay)\s+)*(?:ngay nao|hom nao|ngay may|ngay bao nhieu|khi nao|bao gio|luc nao"
    r"|ngay thang nao|thang nao|nam nao|thoi diem nao)"
)
_BODY = r"(?:ai|co quan nao|don vi nao|cap nao|noi nao|ben nao|bo nao|so nao|tinh nao)"
_THIS = rf"(?= *[?,.]| *$| {_TYPES} (?:so )?\d| {_TYPES} (?:nay|do|tren)(?!\w)| no(?!\w))"
_END = r"(?= *[?,]| *$)"
_NO_CONTRACT = r"(?<!hop dong )(?<!giay phep )(?<!chung chi )(?<!the )"

# "hệ số bao nhiêu", "dân số bao nhiêu", "chỉ số mấy" ask no number of a document.
_NO_COUNT = "".join(
    rf"(?<!{word} )" for word in ("he", "dan", "chi", "tham", "tong", "tan", "doanh", "diem", "ty")
)

_CUES: dict[FactKind, tuple[str, ...]] = {
    FactKind.SIGNER: (
        r"(?:do |boi )?ai (?:la nguoi )?(?:da |vua |dung ten )?ky(?! ket| hop dong| thoa thuan| cam ket| don)",
        r"ai (?:trong|cua|thuoc) (?:\w+ ){1,5}ky(?! ket| hop dong| thoa thuan)(?= *[?,]| *$)",
        r"(?:ky boi|cua) ai ky|ky boi ai|ky ten ai|nguoi ky(?! hop dong| don)|ai dung ten",
        r"(?:dong chi|vi|nguoi|ong|ba|lanh dao|chuc danh|sep) nao (?:la nguoi )?(?:da |vua )?ky(?! ket| hop dong)",
    ),
    FactKind.ISSUED_ON: (
        rf"(?:ban hanh|ra doi|ky|de|duoc ky) (?:ngay )?(?:thang )?{_DAY}",
        r"(?<!hieu luc )(?<!ap dung )(?<!dien )(?<!xay )(?:ban hanh|ky|ra|de)(?: \w+){0,2} (?:hom|ngay|luc) (?:nao|may)",
        r"(?:,|va|so) ngay (?:thang (?:nam )?)?(?:nao|may)(?= |,|\?|$)(?! (?:hop|dien ra|bat dau|to chuc|thi|phai))",
        rf"(?:^|[,;] ?|va )ngay (?:bh|bn){_END}",
        rf"nao (?:duoc )?(?:ban hanh|ky|ra) (?:{_TYPES} )?(?:truoc|sau|som hon|muon hon){_END}",
        r"ngay thang(?: nam)? (?:nao|may|ban hanh|bao nhieu)|ngay (?:ban hanh|ky)(?! (?:la )?(?:quyet|nghi))",
        rf"{_TYPES} (?:so )?\d[\w/.-]*(?: (?:cua|nam) [\w/-]+(?: \w+){{0,5}}?)?,? ngay (?:may|nao){_END}",
    ),
    FactKind.ADOPTED_ON: (rf"thong qua {_DAY}{_END}",),
    FactKind.ISSUER: (
        rf"(?:do )?{_BODY}(?: la noi)?(?: da)? (?:ban hanh|ra|dua ra){_THIS}",
        rf"(?:^|, |la |nay |do )cua (?:ai|co quan nao|bo nao|so nao|tinh nao){_END}",
        r"co quan ban hanh",
    ),
    FactKind.EFFECTIVE_ON: (
        rf"(?<!het ){_NO_CONTRACT}(?:co hieu luc|ap dung|thi hanh)(?: thi hanh)?(?: (?:ke )?tu| vao| bat dau)* {_DAY}",
        rf"(?<!het )(?<!co ){_NO_CONTRACT}hieu luc(?: thi hanh)?(?: ke)? tu {_DAY}",
        r"(?:ngay nao|hom nao|bao gio|khi nao)(?: thi)?(?:(?: [\w./&-]+){0,9}? (?:co hieu luc|bat dau ap dung)"
        r"|(?: [\w./&-]+){1,9}? duoc ap dung)(?! khong)",
        r"ngay (?:co )?hieu luc|thoi diem co hieu luc",
    ),
    FactKind.EXPIRES_ON: (
        rf"{_NO_CONTRACT}(?:het hieu luc|het han|het thoi han)(?: thi hanh)?(?: ke)?(?: tu| vao)? ?{_DAY}",
        rf"{_NO_CONTRACT}(?:ap dung|hieu luc|thi hanh)(?: thi hanh)? (?:den|toi) (?:het )?{_DAY}",
        rf"(?:co )?hieu luc(?: thi hanh)? tu {_DAY} (?:den|toi) (?:het )?{_DAY}",
        rf"{_TYPES} (?:so )?\d[\w/.-]* keo dai (?:den|toi) (?:het )?{_DAY}",
    ),
    FactKind.SUBJECT: (
        r"ve (?:viec|noi dung|cai|van de|chuyen) gi",
        r"(?:quy dinh|noi|ban|de cap|viet) (?:noi dung|ve|nhung|den) ?(?:gi|nhung gi|noi dung gi)$",
        rf"(?:quy dinh|phe duyet|ban hanh|thong qua) (?:noi dung |nhung )?gi{_END}",
        rf"trich yeu|ten day du|(?:co )?noi dung gi{_END}",
    ),
    FactKind.STATUS: (
        r"(?:con|dang|co con|da het|het|mat|da co|co) (?:hieu luc|gia tri)(?: thi hanh| phap ly)*(?: \w+){0,3}? "
        r"(?:khong|hay|chua|nua)(?= |\?|,|$)(?! (?:ke|tu) )",
        rf"con (?:hieu luc|gia tri|han){_END}",
        r"con (?:duoc )?(?:la |lam )?can cu(?: .{0,40}?)? (?:khong|chua|nua)(?= *[?,]| *$)",
        r"(?:con|van)(?: con)? (?:duoc )?(?:dung|ap dung|thi hanh|su dung|vien dan|(?:lam )?theo(?= (?:van ban|luat|nghi|quyet dinh|thong tu)))"
        r"(?:.{0,60}?)(?:duoc )?(?:khong|hay|chua|nua)(?= *[?,]| *$| hay)",
        rf"(?:co )?dang (?:duoc )?(?:ap dung|thi hanh|co hieu luc)(?: \w+){{0,2}} (?:khong|chua){_END}",
        r"da co (?:cai|van ban|ban|quy dinh)? ?moi (?:thay )?chua|co cai moi",
        r"(?:da )?bi (?:thay|thay the|bai bo|huy bo|sua doi|het hieu luc)(?: \w+){0,2} (?:chua|khi nao|bao gio|luc nao)",
        r"tinh trang hieu luc|hieu luc (?:ra sao|the nao)",
        r"het (?:hieu luc|han) (?:chua|roi)",
        rf"bi {_TYPES} nao (?:thay|bai bo|sua doi)|bi (?:bai bo|huy bo|sua doi) (?:boi|bang|theo|tai)",
        rf"{_WHICH}(?: moi)?(?: da)? (?:bai bo|huy bo|sua doi|bo(?= no(?!\w)))(?: no| cho no| {_TYPES} (?:so )?\d[\w/.-]*)(?= *[?,]| *$| ve )",
        rf"do {_WHICH} (?:bai bo|huy bo|sua doi)",
    ),
    FactKind.REPLACED_BY: (
        rf"(?:thay|thay the) (?:boi|bang) ?(?:{_WHICH}|gi|cai gi)",
        rf"(?:khi nao|bao gio|thay(?: the)?|bai bo),? (?:va )?(?:boi|bang) {_WHICH}",
        rf"{_WHICH}(?: moi)?(?: da)? (?:thay|thay the)(?: cho)?(?: no| {_TYPES} (?:so )?\d[\w/.-]*)?(?= *[?,]| *$| ve )",
        r"van ban thay(?: the)?(?: no)? (?:mang|la|so|co)",
        r"vien dan (?:so|van ban|cai) (?:nao|may|gi)",
        rf"bi {_TYPES} nao thay|da co (?:cai|van ban|ban) (?:moi|thay)",
        r"bi thay(?: the)? (?:boi|bang|khi nao|theo) ?",
        rf"(?:gio|nay|hien nay|bay gio|hien gio) (?:thi )?(?:ap dung |lam |dung )?theo {_WHICH}",
        rf"tam thoi (?:ap dung )?(?:theo )?{_WHICH}",
    ),
    FactKind.REPLACES: (
        rf"(?:thay|thay the|bai bo|huy bo) (?:cho )?(?:{_WHICH}|{_SOME})",
        rf"(?:lam|khien)?(?: cho)? ?het hieu luc {_WHICH}",
        rf"{_WHICH}(?: [\w./-]+){{0,10}} (?:bi|duoc) (?:no )?(?:bai bo|thay the|huy bo|het hieu luc)",
        r"nhung van ban nao(?: [\w./-]+){0,10} (?:het hieu luc|bi bai bo|bi thay the)",
    ),
    FactKind.AMENDS: (
        rf"(?<!bi )(?<!duoc )sua(?: doi)?(?:,? bo sung)?(?: (?:cac|nhung))? {_ACT} (?:so )?(?:nao|gi|may)(?!\w)(?! sua)",
        rf"(?<!bi )(?<!duoc )sua(?: doi)?(?:,? bo sung)?(?: (?:cac|nhung))? (?:dieu khoan|dieu|khoan) (?:nao|gi)"
        rf"(?: (?:cua|trong|tai))? (?:no|{_ACT} (?:so )?\d)",
    ),
    FactKind.AMENDED_BY: (
        rf"bi (?:(?:cac|nhung) )?{_ACT}(?: so)? nao sua(?: doi)?",
        rf"(?:duoc|bi) sua(?: doi)?(?:,? bo sung)? (?:boi|bang|tai|theo) {_WHICH}",
        rf"(?:(?:cac|nhung) )?{_ACT}(?: so)? nao(?: da| moi| vua)* sua(?: doi)?(?:,? bo sung)?(?: mot so dieu)?(?: cua)? "
        rf"(?:no(?!\w)|{_ACT} (?:so )?\d)",
    ),
    FactKind.BASED_ON: (
        rf"(?:la )?(?:can cu|dua (?:tren|vao)|tren co so)(?: vao| tren| theo)? (?:{_WHICH}|dau|nhung gi)",
        rf"(?:can cu|dua tren|dua vao)(?: vao)? {_TYPES}(?: (?:va|hoac) {_TYPES})*(?: so)? (?:nao|may|gi)",
        rf"(?:can cu|dua tren|xet de nghi|theo de nghi)(?: tai| cua)? {_BODY}",
        r"(?:can cu|co so) phap ly(?: [\w./-]+){0,6}? (?:la )?(?:gi|nao)",
    ),
    FactKind.IMPLEMENTS: (
        rf"(?:thuc hien|trien khai|thi hanh|cu the hoa|huong dan)(?: (?:thuc hien|thi hanh))? {_WHICH}",
        rf"(?:la )?de (?:thuc hien|trien khai|cu the hoa)(?: thuc hien)? {_WHICH}",
    ),
    FactKind.IMPLEMENTED_BY: (
        rf"{_WHICH}(?: [\w./&,-]+){{0,9}}? (?:de )?(?:thuc hien|trien khai|huong dan|cu the hoa)"
        rf"(?! {_WHICH})(?= )",
        rf"(?:trien khai|thuc hien|huong dan|cu the hoa)(?: [\w./&,-]+){{0,4}}? {_TYPES}(?: [\w./&,-]+){{0,20}}? "
        rf"(?<!tam thoi )(?:theo|bang|tai|boi) {_WHICH}",
        rf"(?:duoc|da)(?: [\w./&-]+){{0,6}}? (?:trien khai|huong dan|cu the hoa|thuc hien) (?:bang|boi) {_WHICH}",
    ),
    FactKind.NUMBER: (
        rf"{_NO_COUNT}(?:mang )?so (?:hieu )?(?:may|bao nhieu)(?= *[?,]| *$| va)",
        r"so hieu|so ky hieu",
        r"mang so",
    ),
}
_PATTERNS = {kind: re.compile("|".join(rf"(?<!\w)(?:{cue})" for cue in cues)) for kind, cues in _CUES.items()}
_OF_OTHERS = frozenset(
    {FactKind.BASED_ON, FactKind.IMPLEMENTS, FactKind.REPLACES, FactKind.REPLACED_BY, FactKind.AMENDS}
)
# (asked before, what a bare part goes on to ask, the bare part)
_GOING_ON = (
    (
        frozenset({FactKind.SIGNER, FactKind.NUMBER, FactKind.ISSUER}),
        FactKind.ISSUED_ON,
        re.compile(rf"(?:vao |ky |ra )?{_DAY}|ngay (?:bn|bh)"),
    ),
    (
        frozenset({FactKind.STATUS, FactKind.REPLACED_BY}),
        FactKind.STATUS,
        re.compile(rf"(?:(?:ke )?tu |vao )?{_DAY}"),
    ),
    (
        frozenset({FactKind.STATUS}),
        FactKind.REPLACED_BY,
        re.compile(rf"(?:boi |bang |do |la |theo )?{_WHICH}(?: thay| the| vay| the vay)?"),
    ),
)
# "Mức hỗ trợ là bao nhiêu, từ khi nào?"
_SINCE = re.compile(
    r"(?:(?:va|duoc|bat dau|ap dung|thuc hien|co hieu luc|hieu luc|tinh) )*(?:ke )?tu"
    r" (?:(?:khi|luc|ngay|hom|thang|nam|ky|ky thue) (?:nao|may)|bao gio)(?: vay| the)?|(?:ap dung|co hieu luc|bat dau) khi nao"
)
_WORD = re.compile(r"[\w/.-]+")
_SURELY = re.compile(r" chu(?= *[?,]| *$)")


_SURE = 0.5  # odds by the wording alone from which on a kind is asked for
_SURE_BEHIND = 0.7  # the same where words have been left out


def read_fact_kinds(folded: str) -> frozenset[FactKind]:
    """The facts that a folded question, or a part of one, asks of a document as a whole.

    >>> sorted(read_fact_kinds("cv 1144 do ai ky, ngay nao?"))
    [<FactKind.ISSUED_ON: 'issued_on'>, <FactKind.SIGNER: 'signer'>]
    """
    cues = read_cues(folded)
    kinds = settle_kinds(cues, estimate_kinds(folded))
    of_content = {kind for kind, asks in _OF_CONTENT.items() if asks.search(folded)}
    kinds = (kinds - (of_content - cues)) or _read_behind_topic(folded)
    return kinds - {FactKind.SUBJECT} if FactKind.SUBJECT not in cues and _DETAIL.search(folded) else kinds


# What the wording takes for a fact of a document, and is one of what it tells of: "chủ đề của tháng hành động là gì",
# "hội thi diễn ra ngày nào", "từ ngày nào đến ngày nào".
_SPAN = r"\btu (?:ngay|hom|thang|nam) (?:nao|may) (?:den|toi) (?:het )?(?:ngay|hom|thang|nam) (?:nao|may)"
_OF_CONTENT = {
    FactKind.SUBJECT: re.compile(rf"\b(?:{THEMES})(?! (?:cua )?{_TYPES} (?:so )?\d).* la gi"),
    FactKind.ISSUED_ON: re.compile(rf"\b(?:dien ra|khai mac|be mac|khoi cong|khanh thanh|to chuc)\b|{_SPAN}"),
    FactKind.EXPIRES_ON: re.compile(_SPAN),
}
# "Công văn 12/CT-CS: địa chỉ của … là gì?" asks for a detail in it; its matter would be no answer.
_DETAIL = re.compile(
    r"\d[\w/.-]*(?: (?:cua|nam|ngay) [\w/-]+(?: [\w/-]+){0,5})? ?[:,] "
    rf"(?!(?:noi dung|trich yeu|chu de|van de|tieu de|{_TYPES})(?!\w)|ten(?: (?:goi|day du|cua {_TYPES}|{_TYPES}))? )"
    r"[\w/-]+(?: [\w/-]+)* la (?:gi|nhung gi)(?!\w)"
)
# "Thông tư 08/2026/TT-NHNN về tỷ lệ an toàn của ngân hàng số phận ra sao": where a topic ends no sign tells.
_TOPIC = re.compile(r"\d[\w/.-]*[/-][\w.-]+ (?=(?:ve|v/v|quy dinh|huong dan|phe duyet|ban hanh|cua) )")
_TOPIC_WORDS = range(2, 14)


def _read_behind_topic(folded: str) -> frozenset[FactKind]:
    """The facts that a text surely asks for once some words behind its number are left out as a topic."""
    topic = _TOPIC.search(folded)
    if topic is None:
        return frozenset()
    head, words = folded[: topic.end()], folded[topic.end() :].split()
    rests = (words[count:] for count in _TOPIC_WORDS if count < len(words) - 1)
    every = [estimate_kinds(f"{head}{' '.join(rest)}") for rest in rests]
    return frozenset(kind for kind in FactKind if any(odds[kind] >= _SURE_BEHIND for odds in every))


def settle_kinds(cues: frozenset[FactKind], odds: Mapping[FactKind, float]) -> frozenset[FactKind]:
    """What cues and wording together say is asked for."""
    return cues | {kind for kind, odd in odds.items() if odd >= _SURE}


def read_cues(folded: str) -> frozenset[FactKind]:
    """The kinds whose cues a folded text has."""
    asked = _WORD.sub(lambda word: SHORT.get(word[0], word[0]), " ".join(folded.split()))
    asked = _SURELY.sub(" khong", asked)
    found = {kind: match for kind, pattern in _PATTERNS.items() if (match := pattern.search(asked))}
    number = found.get(FactKind.NUMBER)
    if number is not None and any(_holds(found[kind], number) for kind in _OF_OTHERS & found.keys()):
        del found[FactKind.NUMBER]  # "trên cơ sở tờ trình số mấy" asks the number of the other
    return frozenset(found)


def read_kinds_of_parts(parts: Sequence[str]) -> tuple[frozenset[FactKind], ...]:
    """The kinds of each folded part of one question; a part that only says "ngày nào" goes on with those before.

    >>> [sorted(kinds) for kinds in read_kinds_of_parts(["nghi quyet 100/NQ-CP do ai ky", "ngay nao"])]
    [[<FactKind.SIGNER: 'signer'>], [<FactKind.ISSUED_ON: 'issued_on'>]]
    """
    kinds: list[frozenset[FactKind]] = []
    for part in parts:
        before = frozenset().union(*kinds)
        alone = next(
            (kind for of, kind, only in _GOING_ON if of & before and only.fullmatch(part.strip())), None
        )
        if alone is None and kinds and not before and _SINCE.fullmatch(part.strip()):
            alone = FactKind.EFFECTIVE_ON
        kinds.append(frozenset({alone}) if alone is not None else read_fact_kinds(part))
    return tuple(kinds)


def _holds(one: re.Match[str], other: re.Match[str]) -> bool:
    return one.start() <= other.start() and other.end() <= one.end()
