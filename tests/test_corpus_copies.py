"""The same text on several pages is linked; texts that only look alike are not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from corpus.copies import Fingerprint, bands_of, sign, similarity
from corpus.intake import take_in
from corpus.store import Store
from index.diversity import Fold
from index.search import Searcher

BuildStore = Callable[[Path, list[Path]], Store]

CLAUSES = (
    "Trồng cây xanh dọc các tuyến đường liên thôn, mỗi hộ trồng ít nhất hai cây bóng mát.",
    "Các đoàn thể vận động hội viên chăm sóc cây đã trồng trong hai năm đầu.",
    "Công chức địa chính phối hợp với trưởng thôn lập danh sách các đoạn đường còn trống.",
    "Kinh phí mua cây giống lấy từ ngân sách xã và đóng góp tự nguyện của nhân dân.",
    "Hợp tác xã dịch vụ nông nghiệp cung cấp phân bón và hướng dẫn cách trồng.",
    "Trường tiểu học tổ chức cho học sinh tham gia trồng cây trong khuôn viên.",
    "Đài truyền thanh xã đưa tin về các thôn làm tốt và nhắc các thôn làm chậm.",
    "Ủy ban nhân dân xã kiểm tra kết quả vào cuối quý và báo cáo Hội đồng nhân dân.",
)


def _plan(
    number: str = "15/KH-UBND",
    day: str = "05 tháng 3 năm 2025",
    place: str = "Hà Tĩnh",
    clauses: Iterable[str] = CLAUSES,
) -> str:
    body = "\n\n".join(f"{n}. {clause}" for n, clause in enumerate(clauses, start=1))
    return (
        f"ỦY BAN NHÂN DÂN\nTỈNH {place.upper()}\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        f"Độc lập - Tự do - Hạnh phúc\n\nSố: {number}\n\n{place}, ngày {day}\n\nKẾ HOẠCH\nVề trồng cây\n\n{body}\n"
    )


def _portal(title: str) -> str:
    """The plan as a portal shows it: with a headline of its own and without the letterhead."""
    return f"{title}\n\nKẾ HOẠCH\n" + _plan().split("KẾ HOẠCH\n")[1]


NEWS = (
    "Phong trào trồng cây ở các xã miền núi\n\n"
    "Sáng nay, các xã miền núi đồng loạt ra quân trồng cây đầu xuân với sự tham gia của đông đảo người dân.\n\n"
    "Theo ban tổ chức, mỗi xã trồng từ 200 đến 300 cây dọc đường liên thôn và quanh nhà văn hóa.\n\n"
    "Ông trưởng thôn cho biết bà con rất phấn khởi vì đường làng sẽ xanh và mát hơn trước.\n"
)


def _groups(tmp_path: Path, **texts: str) -> list[set[str]]:
    """The groups of copies among pages, by the names of their files."""
    folder = tmp_path / "pages"
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    with Store.open(tmp_path / "store") as store:
        report = take_in(store, [folder])
        assert report.count(None) == 0
        names = {store.document(i).id: Path(store.document(i).uri).stem for i in store.document_ids()}
        groups: dict[str, set[str]] = {}
        for member, oldest in store.copy_groups().items():
            groups.setdefault(oldest, set()).add(names[member])
        return sorted(groups.values(), key=sorted)


# --- what is a copy

ALMOST = [CLAUSES[0].replace("bóng mát", "bóng máy"), *CLAUSES[1:]]  # a typing error
AMENDED = [*CLAUSES[:6], "Mỗi thôn nộp báo cáo trước ngày 20 hằng tháng.", *CLAUSES[7:]]

COPIES = (
    ("the same bytes", _plan(), _plan()),
    ("other white space", _plan(), _plan().replace("\n\n", "\n \n")),
    ("one typing error", _plan(), _plan(clauses=ALMOST)),
    ("another letterhead", _plan(), _plan().replace("Độc lập - Tự do - Hạnh phúc\n", "")),
    ("news twice", NEWS, NEWS),
    ("a portal's title in place of the head", _plan(), _portal("Kế hoạch 15/KH-UBND của tỉnh Hà Tĩnh")),
)
NO_COPIES = (
    ("another number", _plan(), _plan(number="16/KH-UBND")),
    ("another day", _plan(), _plan(day="06 tháng 3 năm 2025")),
    ("another province, same number and day", _plan(), _plan(place="Nghệ An")),
    ("another number in a portal's title", _plan(), _portal("Kế hoạch 51/KH-UBND của tỉnh Hà Tĩnh")),
    ("amended by a later plan", _plan(), _plan("40/KH-UBND", "01 tháng 6 năm 2025", clauses=AMENDED)),
    ("a part only", _plan(), _plan(clauses=CLAUSES[:3])),
    ("the same form with other figures", NEWS, NEWS.replace("200", "250").replace("300", "350")),
    ("other news of the subject", NEWS, NEWS.replace("bà con rất phấn khởi", "nhiều hộ đã góp công") * 2),
)


@pytest.mark.parametrize(("one", "other"), [pair[1:] for pair in COPIES], ids=[pair[0] for pair in COPIES])
def test_copies_are_linked(tmp_path: Path, one: str, other: str) -> None:
    assert _groups(tmp_path, a=one, b=other) == [{"a", "b"}]


@pytest.mark.parametrize(
    ("one", "other"), [pair[1:] for pair in NO_COPIES], ids=[pair[0] for pair in NO_COPIES]
)
def test_what_looks_alike_is_not_linked(tmp_path: Path, one: str, other: str) -> None:
    assert _groups(tmp_path, a=one, b=other) == []


def test_a_news_page_that_restates_is_no_copy(tmp_path: Path) -> None:
    restated = (
        "Tỉnh ban hành kế hoạch trồng cây\n\nSáng 5/3, Ủy ban nhân dân tỉnh Hà Tĩnh ban hành Kế hoạch số "
        "15/KH-UBND về trồng cây trên địa bàn toàn tỉnh, với các nội dung chủ yếu sau đây.\n\n"
        + " ".join(CLAUSES)
    )
    assert _groups(tmp_path, plan=_plan(), news=restated) == []


# --- groups


def test_three_copies_are_one_group_that_shrinks_with_its_members(tmp_path: Path) -> None:
    assert _groups(tmp_path, a=_plan(), b=_plan(), c=_plan(clauses=ALMOST)) == [{"a", "b", "c"}]
    with Store.open(tmp_path / "store") as store:
        first, second, third = store.document_ids()
        assert store.copies(first) == (second, third)
        assert store.copies(third) == (first, second)
        assert [copy.uri.rsplit("/", 1)[-1] for copy in store.sources(store.copies(second))] == [
            "a.txt",
            "c.txt",
        ]
        store.remove(first)
        assert store.copies(second) == (third,)
        store.remove(third)
        assert store.copies(second) == ()
        assert not store.has_copies()


def test_a_changed_page_leaves_its_group(tmp_path: Path) -> None:
    assert _groups(tmp_path, a=_plan(), b=_plan()) == [{"a", "b"}]
    assert _groups(tmp_path, b=_plan(number="77/KH-UBND")) == []
    assert _groups(tmp_path, b=_plan()) == [{"a", "b"}]


def test_a_page_without_a_number_does_not_join_two_that_differ_in_theirs(tmp_path: Path) -> None:
    bare = _plan().replace("Số: 15/KH-UBND\n\n", "")
    groups = _groups(tmp_path, a=_plan(), b=_plan(number="16/KH-UBND"), c=bare)
    assert len(groups) <= 1
    assert not any({"a", "b"} <= group for group in groups)


def test_a_corrected_number_joins_and_parts(tmp_path: Path) -> None:
    assert _groups(tmp_path, a=_plan(), b=_plan(number="16/KH-UBND")) == []
    blame = {"by": "Văn thư", "reason": "gõ nhầm số"}
    with Store.open(tmp_path / "store") as store:
        first, second = store.document_ids()
        store.correct(second, "symbol", "15/KH-UBND", **blame)
        assert store.copies(first) == (second,)
        store.undo_correction(second, "symbol", **blame)
        assert store.copies(first) == ()


# --- shown as one


def test_search_brings_the_text_once_with_its_copies(tmp_path: Path, build_store: BuildStore) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    for name, text in {"a": _plan(), "b": _plan(clauses=ALMOST), "c": _plan(number="16/KH-UBND")}.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    from conftest import load_settings

    from index.encoder import load_encoder

    with build_store(tmp_path / "store", [folder]) as store:
        first, second, third = store.document_ids()
        searcher = Searcher.open(store, load_encoder(None, cache=load_settings().cache))
        query = "mỗi hộ trồng ít nhất hai cây bóng mát"
        plain = searcher.search(query, limit=50, fold=Fold.NOTHING)
        folded = searcher.search(query, limit=50)
        assert {hit.passage.document_id for hit in plain} == {first, second, third}
        assert all(hit.copies == () for hit in plain)
        assert len([hit for hit in plain if hit.passage.document_id in (first, second)]) == 2 * len(
            [hit for hit in folded if hit.passage.document_id in (first, second)]
        )
        assert [hit.rank for hit in folded] == list(range(1, len(folded) + 1))
        for hit in folded:
            expected = {first: (second,), second: (first,), third: ()}[hit.passage.document_id]
            assert hit.copies == expected


# --- signatures


def test_signatures_do_not_change_from_machine_to_machine() -> None:
    signature = sign(Fingerprint("Ủy ban nhân dân xã trồng cây dọc đường liên thôn."))
    assert signature.shape == (128,)
    assert len(bands_of(signature)) == 32
    assert bands_of(signature) == bands_of(
        sign(Fingerprint("UY BAN nhân dân xã, trồng cây dọc đường liên thôn"))
    )


def test_similarity_is_the_share_of_common_runs_of_three_words() -> None:
    one, other = Fingerprint("a b c d e"), Fingerprint("a b c d f")
    # abc bcd cde | abc bcd cdf: two of four
    assert similarity(one, other) == 0.5
    assert similarity(one, Fingerprint("A, b; c d e.")) == 1.0
    assert similarity(one, Fingerprint("x y z")) == 0.0
    assert similarity(Fingerprint(""), Fingerprint("")) == 1.0


def test_rows_of_a_collection_are_compared_too(tmp_path: Path) -> None:
    rows = tmp_path / "hai.jsonl"
    lines = [{"id": name, "title": "Tin trồng cây", "text": NEWS} for name in ("x", "y")]
    rows.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    with Store.open(tmp_path / "store") as store:
        report = take_in(store, [rows])
        first, second = store.document_ids()
        assert [page.copies for page in report.pages] == [(), (first,)]
        assert store.copies(first) == (second,)
