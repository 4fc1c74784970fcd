"""What facts, kinds and relations are called in Vietnamese, the same on the page and on the command line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType

from corpus.models import DocumentKind, Relation
from ingest.published import VIETNAM

UNKNOWN = "không rõ"

FACTS: Mapping[str, str] = MappingProxyType(
    {
        "symbol": "Số, ký hiệu",
        "type": "Loại văn bản",
        "title": "Trích yếu",
        "issuer": "Cơ quan ban hành",
        "issuer_code": "Mã cơ quan",
        "level": "Cấp",
        "system": "Hệ thống",
        "province": "Tỉnh, thành phố",
        "place": "Nơi ban hành",
        "issued_on": "Ngày ban hành",
        "effective_on": "Ngày có hiệu lực",
        "expires_on": "Ngày hết hiệu lực",
        "signer": "Người ký",
        "signer_role": "Chức vụ người ký",
        "signing": "Ký thay, ký thừa",
    }
)

KINDS: Mapping[DocumentKind, str] = MappingProxyType(
    {
        DocumentKind.OFFICIAL: "Văn bản",
        DocumentKind.NEWS: "Bài báo, trang đưa tin",
        DocumentKind.UNKNOWN: "Chưa rõ loại",
    }
)

FACETS: Mapping[str, str] = MappingProxyType(
    {
        "type": FACTS["type"],
        "issuer": FACTS["issuer"],
        "level": FACTS["level"],
        "system": FACTS["system"],
        "province": FACTS["province"],
        "province_today": "Tỉnh, thành phố hiện nay",
        "year": "Năm",
        "kind": "Loại trang",
        "effect": "Hiệu lực",
        "source": "Nguồn",
    }
)
# What a value of a facet is, after a number: "11 loại khác".
FACET_UNITS: Mapping[str, str] = MappingProxyType(
    {
        "type": "loại",
        "issuer": "cơ quan",
        "level": "cấp",
        "system": "hệ thống",
        "province": "tỉnh, thành phố",
        "province_today": "tỉnh, thành phố",
        "year": "năm",
        "kind": "loại trang",
        "effect": "tình trạng",
        "source": "nguồn",
    }
)

RELATIONS: Mapping[Relation, str] = MappingProxyType(
    {
        Relation.OWN: "số của chính văn bản",
        Relation.REPORTED: "đưa tin về việc ban hành",
        Relation.BASED_ON: "căn cứ vào",
        Relation.IMPLEMENTS: "triển khai thực hiện",
        Relation.GUIDES: "hướng dẫn",
        Relation.AMENDS: "sửa đổi, bổ sung",
        Relation.REPLACES: "thay thế",
        Relation.ABROGATES: "bãi bỏ",
        Relation.CONSOLIDATES: "hợp nhất",
        Relation.CORRECTS: "đính chính",
        Relation.ATTACHED: "ban hành kèm theo",
        Relation.AMENDED_BY: "được sửa đổi, bổ sung bởi",
        Relation.REPLACED_BY: "bị thay thế bởi",
        Relation.ABROGATED_BY: "bị bãi bỏ bởi",
        Relation.GUIDED_BY: "được hướng dẫn bởi",
        Relation.REFERS_TO: "dẫn chiếu",
    }
)


def name_relation(relation: Relation | None) -> str:
    """The Vietnamese name of a relation; a dash for none, its own name for one without a label."""
    return RELATIONS.get(relation, relation.value) if relation else "–"


def today() -> date:
    """The day in Vietnam, wherever the machine's clock is set to."""
    return datetime.now(VIETNAM).date()


def vietnamese_date(iso: str | None) -> str | None:
    """ "2021-07-15" as "15/07/2021"; what is no whole date stays as it is."""
    try:
        return date.fromisoformat(iso).strftime("%d/%m/%Y") if iso else None
    except ValueError:
        return iso


def tell_fetch(fetched_at: str | None, gone_at: str | None) -> str | None:
    """When a page came from the Web, and that it is no longer there; None for what is not from the Web.

    >>> tell_fetch("2026-11-27T20:00:00+00:00", "2026-12-01T01:00:00+00:00")
    'tải ngày 28/11/2026; nguồn đã gỡ (thấy ngày 01/12/2026)'
    """
    if fetched_at is None:
        return None
    told = f"tải ngày {_vietnamese_day(fetched_at)}"
    return told if gone_at is None else f"{told}; nguồn đã gỡ (thấy ngày {_vietnamese_day(gone_at)})"


def _vietnamese_day(moment: str) -> str:
    """The day in Vietnam of a time in ISO 8601."""
    return datetime.fromisoformat(moment).astimezone(VIETNAM).strftime("%d/%m/%Y")
