"""Finding a sentence to quote on a theme: complete, verbatim, of a document that has not ended, each once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.effect import Effect
from corpus.facets import Filters
from corpus.models import DocumentKind
from corpus.store import Store
from index.encoder import Encoder
from index.quotable.completeness import appeal, is_whole, without_bodies
from index.quotable.finding import find_quotable
from index.quotable.models import FoundSentences
from index.quotable.speakers import find_speakers
from index.search import Searcher
from tests.answering_texts import province_act
from tests.quoted_pages import BESIDE, ENDED, REPEATED, SAID, SYMBOL, UNNAMED


def find(quoted: Searcher, theme: str, **options: object) -> FoundSentences:
    return find_quotable(quoted, theme, quoted.store.document, **options)  # type: ignore[arg-type]


def quotes(found: FoundSentences) -> list[str]:
    return [one.citation.quote for one in found.sentences]


def test_every_sentence_is_the_stored_text_and_stands_in_order(quoted: Searcher) -> None:
    found = find(quoted, "trồng rừng ven biển")
    assert REPEATED in quotes(found)
    for rank, one in enumerate(found.sentences, start=1):
        text = quoted.store.text(one.citation.document_id)
        assert one.rank == rank
        assert text[one.citation.start : one.citation.end] == one.citation.quote


def test_a_sentence_of_two_documents_comes_once_and_names_the_other(quoted: Searcher) -> None:
    found = find(quoted, "trồng rừng ven biển")
    (one,) = [one for one in found.sentences if one.citation.quote == REPEATED]
    holders = {quoted.store.profile(name).symbol for name in (one.citation.document_id, *one.copies)}
    assert holders == {SYMBOL, "702/KH-UBND"}


def test_items_and_procedures_are_not_offered(quoted: Searcher) -> None:
    given = " ".join(quotes(find(quoted, "trồng rừng ven biển", limit=50)))
    assert "Kinh phí trồng rừng" not in given
    assert "Hồ sơ, thủ tục" not in given


def test_an_ended_document_is_quoted_on_request_only_and_marked(quoted: Searcher) -> None:
    found = find(quoted, "chợ nông thôn")
    assert ENDED not in quotes(found)
    assert found.ended == 1
    (one,) = [
        one for one in find(quoted, "chợ nông thôn", ended=True).sentences if one.citation.quote == ENDED
    ]
    assert one.ended
    assert one.effect is Effect.REPLACED


def test_whose_words_they_are_is_told(quoted: Searcher) -> None:
    kinds = {one.citation.quote: (one.kind, one.effect) for one in find(quoted, "rừng ven biển").sentences}
    assert kinds[REPEATED] == (DocumentKind.OFFICIAL, Effect.UNKNOWN)
    assert kinds[SAID] == (DocumentKind.NEWS, None)


def test_filters_on_kind_province_and_year(quoted: Searcher) -> None:
    theme = "trồng rừng ven biển"
    assert SAID not in quotes(find(quoted, theme, filters=Filters(kinds=(DocumentKind.OFFICIAL,))))
    news = find(quoted, theme, filters=Filters(kinds=(DocumentKind.NEWS,)))
    assert {one.kind for one in news.sentences} == {DocumentKind.NEWS}
    (one,) = [
        one
        for one in find(quoted, theme, filters=Filters(provinces=("Nghệ An",))).sentences
        if one.citation.quote == REPEATED
    ]
    assert one.citation.symbol == "702/KH-UBND"


def test_a_speaker_is_found_by_the_words_of_the_sentence_alone(quoted: Searcher) -> None:
    assert quotes(find(quoted, "rừng ven biển", by="Trần Văn Mẫu")) == [SAID]
    assert quotes(find(quoted, "rừng ven biển", by="Bùi Văn Mẫu")) == []  # named in the sentence before
    assert REPEATED in quotes(find(quoted, "rừng ven biển", by="Hội đồng nhân dân"))


def test_a_theme_that_is_not_held_gives_nothing(quoted: Searcher) -> None:
    found = find(quoted, "khai thác dầu khí ngoài khơi")
    assert (found.sentences, found.ended) == ((), 0)


def test_no_document_fills_the_list_while_others_speak_of_the_theme(
    tmp_path: Path, build_store: Callable[[Path, list[Path]], Store], encoder: Encoder
) -> None:
    told = "\n".join(
        f"Nuôi tôm công nghệ cao là {what} của các xã ven biển trong những năm tới đây."
        for what in (
            "hướng đi lâu dài",
            "sinh kế chủ yếu",
            "lợi thế hàng đầu",
            "nguồn thu bền vững",
            "việc làm chính",
        )
    )
    once = "Các xã ven biển nuôi tôm công nghệ cao phải giữ sạch nguồn nước và rừng ngập mặn cho con cháu."
    pages = [tmp_path / "ke-hoach.txt", tmp_path / "chuong-trinh.txt"]
    beside = (
        "Mỗi xã dành đất làm nhà kho, cử cán bộ khuyến ngư về từng ao đầm và báo cáo kết quả mỗi quý một lần."
    )
    for page, symbol, words in zip(
        pages, ("91/KH-UBND", "92/KH-UBND"), (told, f"{once}\n{beside}"), strict=True
    ):
        page.write_text(
            province_act(
                symbol,
                "KẾ HOẠCH",
                "Phát triển thủy sản",
                f"I. NỘI DUNG\n{words}",
                place="Nghệ An",
                day="05 tháng 01 năm 2026",
                signer="Phan Văn Mẫu",
            ),
            "utf-8",
        )
    with build_store(tmp_path / "store", pages) as store:
        found = find(Searcher.open(store, encoder), "nuôi tôm công nghệ cao")
        symbols = [store.profile(one.citation.document_id).symbol for one in found.sentences]
    assert quotes(found)[3] == once
    assert symbols == ["91/KH-UBND"] * 3 + ["92/KH-UBND"] + ["91/KH-UBND"] * 2


def test_words_of_asking_are_no_theme(quoted: Searcher) -> None:
    assert find(quoted, "tìm câu nói về trồng rừng ven biển") == find(quoted, "trồng rừng ven biển")


# --- what a sentence must be


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(REPEATED, id="duty"),
        pytest.param(UNNAMED, id="in marks"),
        pytest.param(BESIDE, id="plain"),
    ],
)
def test_whole_sentences(words: str) -> None:
    assert is_whole(words)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("Các khoản hỗ trợ trồng rừng khác cho các hộ gia đình ở ven biển.", id="names a thing"),
        pytest.param(
            "Theo đó, mỗi gia đình phải trồng và chăm sóc rừng ven biển của thôn mình.", id="leans on another"
        ),
        pytest.param(
            "Mỗi gia đình phải trồng và chăm sóc rừng ven biển theo các bước sau đây gồm:", id="opens a list"
        ),
        pytest.param(
            "Mỗi gia đình phải trồng “rừng ven biển và chăm sóc rừng của thôn xóm mình.",
            id="half a quotation",
        ),
        pytest.param("TRỒNG RỪNG VEN BIỂN PHẢI TRỞ THÀNH VIỆC LÀM THƯỜNG XUYÊN CỦA NGƯỜI DÂN.", id="heading"),
        pytest.param("Mỗi gia đình phải trồng và chăm sóc rừng ven biển, giữ đê, giữ làng...", id="cut off"),
        pytest.param(
            "trồng rừng phải trở thành việc làm thường xuyên của mọi người dân.", id="begins inside"
        ),
    ],
)
def test_what_is_no_whole_sentence(words: str) -> None:
    assert not is_whole(words)


def test_names_of_bodies_say_nothing_of_a_theme() -> None:
    assert (
        without_bodies("Bộ Giáo dục và Đào tạo trình đề án trồng rừng.").split()
        == "trình đề án trồng rừng.".split()
    )


def test_bookkeeping_is_less_appealing_than_a_duty() -> None:
    assert appeal(REPEATED, None) > appeal(
        "Mỗi hộ nộp hồ sơ theo quy định tại khoản 2 Điều 9 Nghị định 88/2024/NĐ-CP.", None
    )


# --- who speaks


@pytest.mark.parametrize(
    ("words", "names"),
    [
        pytest.param(SAID, ["Đồng chí Trần Văn Mẫu, Bí thư Tỉnh ủy"], id="name and office"),
        pytest.param("Phát biểu tại đây, Chủ tịch UBND tỉnh Lê Văn Mẫu cho rằng rừng là nhà.", ["Chủ tịch UBND tỉnh Lê Văn Mẫu"], id="after a comma"),
        pytest.param("Theo ông Hồ Văn Mẫu, rừng đã khép tán.", ["ông Hồ Văn Mẫu"], id="theo"),
        pytest.param("Thủ tướng yêu cầu các tỉnh giữ rừng.", ["Thủ tướng"], id="office alone"),
        pytest.param("Thực hiện chỉ đạo của Thủ tướng yêu cầu giữ rừng, các xã đã trồng cây.", [], id="chỉ đạo của"),
        pytest.param("Giám đốc Sở Y tế cấp tỉnh tổ chức cung cấp thông tin, yêu cầu báo cáo.", [], id="acts, does not speak"),
        pytest.param(UNNAMED, [], id="nobody"),
        pytest.param("Ban Bí thư đã ban hành kết luận; đồng chí Lê Văn Mẫu ký.", [], id="signs"),
    ],
)  # fmt: skip
def test_speakers(words: str, names: list[str]) -> None:
    found = find_speakers(words, 0, len(words))
    assert [one.name for one in found] == names
    assert all(words[one.start : one.end] == one.name for one in found)


def test_a_speaker_outside_of_the_span_is_not_seen() -> None:
    text = f"{SAID} {UNNAMED}"
    assert find_speakers(text, len(SAID) + 1, len(text)) == ()
