"""Which document governs: directives above the pages that name them, all bearers of a number, what is superseded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from corpus.effect import Effect
from corpus.models import Relation
from corpus.store import Store
from index.authority import authority, type_code, type_name
from index.documents import RankedDocument, rank_documents
from index.encoder import Encoder
from index.search import Searcher

TODAY = date(2025, 6, 1)


def _act(
    symbol: str, kind: str, title: str, body: str, *, province: str = "Hà Tĩnh", day: str = "02/3/2024"
) -> str:
    number, month, year = day.split("/")
    return (
        f"ỦY BAN NHÂN DÂN\nTỈNH {province.upper()}\n-------\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        f"Độc lập - Tự do - Hạnh phúc\n-------\n\nSố: {symbol}\n\n{province}, ngày {number} tháng {month} năm {year}\n\n"
        f"{kind}\n{title}\n\n{body}\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nNguyễn Văn An\n"
    )


PAGES = {
    # a plan that implements a resolution of which the text is not held
    "ke-hoach": _act(
        "15/KH-UBND",
        "KẾ HOẠCH",
        "Phát triển cây dược liệu dưới tán rừng",
        "Căn cứ Luật Tổ chức chính quyền địa phương số 65/2025/QH15;\n\n"
        "Thực hiện Nghị quyết số 07-NQ/TU ngày 15/01/2024 của Ban Chấp hành Đảng bộ tỉnh Hà Tĩnh về phát triển cây dược liệu "
        "dưới tán rừng, Ủy ban nhân dân tỉnh ban hành kế hoạch như sau:\n\n"
        "1. Mỗi huyện miền núi trồng cây dược liệu dưới tán rừng trên ít nhất 50 héc-ta.",
    ),
    # two provinces, one number
    "ha-tinh": _act(
        "3/2023/QĐ-UBND",
        "QUYẾT ĐỊNH",
        "Quy định giá nước sạch",
        "Điều 1. Giá nước sạch sinh hoạt trên địa bàn tỉnh Hà Tĩnh là 8.000 đồng một mét khối.\n\n"
        "Điều 2. Quyết định này có hiệu lực thi hành từ ngày 01 tháng 4 năm 2023.",
        day="02/3/2023",
    ),
    "nghe-an": _act(
        "3/2023/QĐ-UBND",
        "QUYẾT ĐỊNH",
        "Quy định mức thu phí bến bãi",
        "Điều 1. Mức thu phí bến bãi trên địa bàn tỉnh Nghệ An là 20.000 đồng một lượt xe.\n\n"
        "Điều 2. Quyết định này có hiệu lực thi hành từ ngày 01 tháng 8 năm 2023.",
        province="Nghệ An",
        day="14/7/2023",
    ),
    # the successor of the first
    "thay-the": _act(
        "9/2025/QĐ-UBND",
        "QUYẾT ĐỊNH",
        "Quy định giá nước sạch sinh hoạt",
        "Điều 1. Giá nước sạch sinh hoạt trên địa bàn tỉnh Hà Tĩnh là 9.500 đồng một mét khối.\n\n"
        "Điều 2. Quyết định này có hiệu lực thi hành từ ngày 01 tháng 4 năm 2025 và thay thế Quyết định số 3/2023/QĐ-UBND "
        "ngày 02 tháng 3 năm 2023 của Ủy ban nhân dân tỉnh Hà Tĩnh.",
        day="10/3/2025",
    ),
    # two types, one wording
    "chi-thi": _act(
        "6/CT-UBND",
        "CHỈ THỊ",
        "Về chống rét cho trâu bò",
        "Các xã che chắn chuồng trại chống rét cho trâu bò.",
    ),
    "cong-van": _act(
        "77/TB-UBND",
        "THÔNG BÁO",
        "Về chống rét cho trâu bò",
        "Các xã che chắn chuồng trại chống rét cho trâu bò.",
    ),
    "tin": (
        "Bà con vùng cao trồng cây dược liệu\n\nSáng 3/5, nhiều hộ dân ở các bản vùng cao cho biết cây dược liệu dưới tán rừng "
        "lớn nhanh hơn năm trước.\n"
    ),
}


@pytest.fixture(scope="module")
def acts(
    tmp_path_factory: pytest.TempPathFactory,
    build_store: Callable[[Path, list[Path]], Store],
    encoder: Encoder,
) -> Iterator[Searcher]:
    pages = tmp_path_factory.mktemp("acts") / "pages"
    pages.mkdir()
    for name, text in PAGES.items():
        (pages / f"{name}.txt").write_text(text, "utf-8")
    with build_store(pages.parent / "store", [pages]) as store:
        yield Searcher.open(store, encoder)


def _names(found: list[RankedDocument]) -> list[str | None]:
    return [one.symbol for one in found]


def _find(found: list[RankedDocument], symbol: str) -> RankedDocument:
    return next(one for one in found if one.symbol == symbol)


def test_a_directive_stands_above_the_plan_that_implements_it(acts: Searcher) -> None:
    found = rank_documents(acts, "phát triển cây dược liệu dưới tán rừng", as_of=TODAY)
    assert _names(found)[:3] == ["07-NQ/TU", "15/KH-UBND", None]
    first = found[0]
    assert (first.rank, first.type, first.issued_on, first.held_by) == (1, "Nghị quyết", "2024-01-15", ())
    assert first.reasons == (
        "được triển khai thực hiện trong 15/KH-UBND",
        "kho chưa có toàn văn, chỉ được nhắc tới",
    )
    evidence = first.evidence[0]
    assert (evidence.relation, evidence.by) == (Relation.IMPLEMENTS, "15/KH-UBND")
    text = acts.store.text(evidence.hit.passage.document_id)
    assert text[evidence.start : evidence.end].startswith("Thực hiện Nghị quyết số 07-NQ/TU ngày 15/01/2024")
    assert evidence.hit.reasons


def test_a_law_that_every_plan_is_based_on_says_nothing_of_the_topic(acts: Searcher) -> None:
    found = rank_documents(acts, "phát triển cây dược liệu dưới tán rừng", as_of=TODAY)
    assert _find(found, "65/2025/QH15").score < _find(found, "15/KH-UBND").score / 2


def test_all_bearers_of_a_number_come_first_and_the_province_decides(acts: Searcher) -> None:
    here = rank_documents(acts, "Quyết định 3/2023/QĐ-UBND của tỉnh Hà Tĩnh", as_of=TODAY)
    there = rank_documents(acts, "Quyết định 3/2023/QĐ-UBND của tỉnh Nghệ An", as_of=TODAY)
    for found in (here, there):
        assert _names(found)[:2] == ["3/2023/QĐ-UBND"] * 2
        assert "3/2023/QĐ-UBND" not in _names(found)[2:]
        assert found[0].reasons[0] == found[1].reasons[0] == "đúng số hỏi"
        assert "đúng tỉnh" in found[0].reasons
        assert "đúng tỉnh" not in found[1].reasons
    assert here[0].held_by == there[1].held_by != here[1].held_by == there[0].held_by
    assert here[0].issuer == "Ủy ban nhân dân tỉnh Hà Tĩnh"


def test_a_short_number_gives_the_bearer_of_the_time_asked_for(acts: Searcher) -> None:
    march = rank_documents(acts, "Quyết định số 3 ban hành tháng 3/2023", as_of=TODAY)
    july = rank_documents(acts, "Quyết định số 3 ban hành tháng 7/2023", as_of=TODAY)
    assert (march[0].issued_on, march[1].issued_on) == ("2023-03-02", "2023-07-14")
    assert (july[0].issued_on, july[1].issued_on) == ("2023-07-14", "2023-03-02")
    assert "đúng thời gian" in july[0].reasons


def test_what_was_replaced_is_lower_and_marked_and_not_hidden(acts: Searcher) -> None:
    query = "giá nước sạch sinh hoạt Hà Tĩnh"
    after = rank_documents(acts, query, as_of=TODAY)
    replaced = _find(after, "3/2023/QĐ-UBND")
    assert after[0].symbol == "9/2025/QĐ-UBND"
    assert (after[0].superseded, after[0].effect.status) == (False, Effect.UNKNOWN)
    assert (replaced.superseded, replaced.effect.status) == (True, Effect.REPLACED)
    assert replaced.reasons[-1] == "bị thay thế bởi 9/2025/QĐ-UBND, theo Điều 2"
    before = rank_documents(acts, query, as_of=date(2025, 3, 31))
    assert not _find(before, "3/2023/QĐ-UBND").superseded
    assert _find(before, "3/2023/QĐ-UBND").score == pytest.approx(replaced.score + 0.3)


def test_at_equal_evidence_the_weightier_type_is_first(acts: Searcher) -> None:
    found = rank_documents(acts, "chống rét cho trâu bò", limit=2, as_of=TODAY)
    assert _names(found) == ["6/CT-UBND", "77/TB-UBND"]


def test_the_type_asked_for_is_first(acts: Searcher) -> None:
    found = rank_documents(acts, "Thông báo nào về chống rét cho trâu bò?", limit=2, as_of=TODAY)
    assert _names(found) == ["77/TB-UBND", "6/CT-UBND"]
    assert "đúng loại văn bản hỏi" in found[0].reasons


def test_the_samples_name_the_resolution_behind_the_pilot_scheme(samples: Searcher) -> None:
    query = "Nghị quyết nào về lãnh đạo, chỉ đạo thực hiện Đề án thí điểm xây dựng tỉnh Hà Tĩnh đạt chuẩn nông thôn mới?"
    first = rank_documents(samples, query, as_of=TODAY)[0]
    assert (first.symbol, first.held_by, first.issued_on) == ("04-NQ/TU", (), "2021-07-15")
    evidence = first.evidence[0]
    quote = samples.store.text(evidence.hit.passage.document_id)[evidence.start : evidence.end]
    assert quote.startswith(
        "Nghị quyết số 04-NQ/TU ngày 15/7/2021 của Ban Chấp hành Đảng bộ tỉnh Hà Tĩnh là nghị quyết"
    )


SAMPLE_TOPICS = (
    ("nâng chất lượng mầm non ở khu công nghiệp", "624/KH-UBND"),
    ("phông lưu trữ của Đảng", "383-QĐ/TW"),
    ("xu phat cam dien thoai khi lai xe", "168/2024/NĐ-CP"),
    ("chính sách giảm nghèo của Huế", "37/2025/NQ-HĐND"),
    ("sắp xếp cấp xã tỉnh Quảng Ninh", "1679/NQ-UBTVQH15"),
)


@pytest.mark.parametrize(("query", "symbol"), SAMPLE_TOPICS)
def test_the_samples_by_topic(samples: Searcher, query: str, symbol: str) -> None:
    found = rank_documents(samples, query, as_of=TODAY)
    assert found[0].symbol == symbol
    assert [one.rank for one in found] == list(range(1, len(found) + 1))


def test_types_by_number() -> None:
    symbols = (
        "31/2024/QH15",
        "04-NQ/TU",
        "6/CT-UBND",
        "07-KL/TW",
        "263/QĐ-TTg",
        "3004/KH-UBND",
        "201/TB-VPCP",
    )
    weights = [authority(type_code(symbol)) for symbol in (*symbols, "4836/BNN-VPĐP")]
    assert weights == sorted(weights, reverse=True)
    assert len(set(weights)) == len(weights)
    assert [type_name(type_code(s)) for s in ("30/2020/NĐ-CP", "02-TT/TU", "01/BCĐ CTMTQG")] == [
        "Nghị định",
        None,
        None,
    ]


def test_hits_tell_the_effect_of_their_documents(acts: Searcher) -> None:
    hits = acts.search("giá nước sạch, phí bến bãi 3/2023/QĐ-UBND 9/2025/QĐ-UBND", limit=20)
    effects = {acts.store.profile(hit.passage.document_id).title: hit.effect for hit in hits}
    told = {title: effect for title, effect in effects.items() if "/QĐ-UBND" in title}
    assert sorted(effect.value for effect in told.values() if effect) == [
        "bị thay thế",
        "không rõ",
        "không rõ",
    ]
    (replaced,) = [title for title, effect in told.items() if effect is Effect.REPLACED]
    assert "giá nước sạch" in replaced.lower() and "3/2023" in replaced
    assert {hit.effect for hit in acts.search("giá nước sạch", explain=False)} == {None}
