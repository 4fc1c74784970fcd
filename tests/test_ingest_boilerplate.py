"""Boilerplate rules on saved text: what stands around an article is cut, the same words inside it are not."""

from __future__ import annotations

import pytest

from ingest.boilerplate import REASONS, Marked, mark_lines
from ingest.layout import split_lines
from ingest.models import BlockKind

BODY = (
    "Sáng nay, Ủy ban nhân dân xã Mẫu tổ chức hội nghị triển khai kế hoạch trồng cây đầu xuân, với sự "
    "tham gia của các thôn, các đoàn thể và đông đảo người dân trên địa bàn; hội nghị thống nhất nhiều "
    "nội dung quan trọng."
)
HEAD = ["Xã Mẫu trồng cây đầu xuân", BODY, BODY.replace("Sáng", "Chiều")]


def mark(*lines: str) -> Marked:
    return mark_lines(split_lines("\n".join(lines)))


def reasons(*tail: str) -> list[str | None]:
    """The reasons for the lines below an article of three lines, which must be kept whole."""
    marks = mark(*HEAD, *tail).marks
    assert [m.cut for m in marks[:3]] == [None] * 3
    return [m.cut for m in marks[3:]]


TAILS = [
    (["Từ khóa: trồng cây, nông thôn mới"], ["tags"]),
    (["Chia sẻ", "Facebook", "Zalo", "In bài viết"], ["share"] * 4),
    (["Hotline: 0943.685.786"], ["phone"]),
    (["Tin liên quan", "Một tin khác của xã", "Một tin nữa"], ["related"] * 3),
    (["Đọc thêm:", "- Một tin khác của xã", "- Một tin nữa của xã"], ["related"] * 3),
    (
        ["Để lại một bình luận", "Email của bạn sẽ không được hiển thị công khai.", "Tên *"],
        ["comment_form"] * 3,
    ),
    (["Ý kiến bạn đọc (0)", "Gửi"], ["comment_form"] * 2),
    (["Nguyễn Văn A"], ["byline"]),
    (["NGUYỄN VĂN A"], ["byline"]),
    (["(Nguồn: baomau.vn)"], ["byline"]),
    (["Tác giả: Nguyễn Văn A"], ["byline"]),
    (["Nguyễn Văn A", "Tin khác", "- Một tin 01.02.2026 | 20:23 PM"], ["byline", "related", "related"]),
    # the same words as part of the article
    (["Xem thêm tại Quyết định số 01/QĐ-UBND của Ủy ban nhân dân xã."], [None]),
    (["Trả lời cử tri, lãnh đạo xã cho biết sẽ làm ngay trong quý này.", BODY], [None, None]),
    (["Từ khóa của hội nghị là đoàn kết.", BODY], [None, None]),
    (["Chia sẻ tại hội nghị, đại diện thôn Đông mong được hỗ trợ cây giống.", BODY], [None, None]),
    (["Bình luận", BODY], [None, None]),
    (["Chia sẻ", BODY], [None, None]),
    (["0943.685.786", BODY], [None, None]),
    (["Nguyễn Văn A", BODY], [None, None]),
    (["Theo đó, các thôn gồm:", BODY], [None, None]),
    (["Ủy ban nhân dân xã Mẫu"], [None]),
    (["Tin khác", "- Một tin 01.02.2026", "Một tiểu mục", BODY], ["related", "related", None, None]),
]


@pytest.mark.parametrize(("tail", "expected"), TAILS)
def test_tail_of_an_article(tail: list[str], expected: list[str | None]) -> None:
    assert reasons(*tail) == expected
    assert set(expected) - {None} <= set(REASONS)


CAPTIONS = [
    ("Người dân trồng cây (Ảnh Nguyễn Văn A).", True),
    ("Người dân trồng cây. Ảnh: PV", True),
    ("Người dân trồng cây - Ảnh: VGP/PV", True),
    ("Toàn cảnh hội nghị. ảnh Nguyễn Văn A", True),
    ("Thiết bị ghi nhận hình ảnh người lái xe", False),
    ("Các tỉ lệ hình ảnh theo x.", False),
    ("Tin và ảnh: Nguyễn Văn A", False),
]


@pytest.mark.parametrize(("line", "caption"), CAPTIONS)
def test_captions_by_their_credit(line: str, caption: bool) -> None:
    kind = mark(*HEAD, line, BODY).marks[3].kind
    assert (kind is BlockKind.CAPTION) is caption


def test_caption_under_an_image_marker() -> None:
    marks = mark(*HEAD, "[img]", "Quang cảnh buổi lễ", "hoàng anh", "", BODY).marks
    assert [(m.cut, m.kind) for m in marks[3:6]] == [
        ("image_marker", BlockKind.BODY),
        (None, BlockKind.CAPTION),
        (None, BlockKind.CAPTION),
    ]
    assert marks[6].kind is BlockKind.BODY


def test_lead_that_says_more_than_the_body_is_no_duplicate() -> None:
    lead = "Ngày 3/2/2026, " + BODY[0].lower() + BODY[1:]
    assert mark("Xã Mẫu trồng cây", lead, BODY, BODY).marks[1].kind is BlockKind.BODY
    assert mark("Xã Mẫu trồng cây", BODY, lead, BODY).marks[1].kind is BlockKind.LEAD_DUPLICATE
    assert mark("Xã Mẫu trồng cây", "(Baomau.vn) - " + lead, BODY).marks[1].kind is BlockKind.LEAD


def test_signer_of_a_document_is_no_byline() -> None:
    head = ["ỦY BAN NHÂN DÂN XÃ MẪU", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 00/KH-UBND"]
    marked = mark(*head, BODY, "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Nguyễn Văn A", "0943.685.786")
    assert all(m.cut is None for m in marked.marks)
    assert (marked.author, marked.title) == (None, None)


def test_running_heads_count_on() -> None:
    head = "CÔNG BÁO/Số 1 + 2/Ngày 22-5-2023"
    lines = ["7", head, "Điều 1. Phạm vi", "12", head, "8", "90", head, "9", "15"]
    cuts = [m.cut is not None for m in mark(*lines).marks]
    assert cuts == [True, True, False, False, True, True, False, True, True, False]


def test_rules_never_take_the_whole_page() -> None:
    assert all(m.cut is None for m in mark("0943.685.786").marks)


def test_portal_chrome_around_a_document() -> None:
    summary = [
        "## Quy định mới về trồng cây",
        "Ngày 01/02/2026, Thủ tướng ban hành Quyết định 00/QĐ-TTg.",
        BODY,
    ]
    document = ["THỦ", "TƯỚNG CHÍNH PHỦ", "-------", "CỘNG HÒA XÃ HỘI", "Số: 00/QĐ-TTg", BODY, "THỦ TƯỚNG"]
    tail = [
        "Quyết định 00/QĐ-TTg năm 2026 về trồng cây",
        "Văn bản này chưa cập nhật nội dung Tiếng Anh",
        "Hiệu lực: Đã biết",
        "Tình trạng: Đã biết",
        "0943.685.786",
    ]
    cuts = [m.cut for m in mark(*summary, *document, *tail).marks]
    assert cuts == ["portal_summary"] * 3 + [None] * 7 + ["portal_notice"] * 5


DATES = (
    # directly below the title, or below the name under it
    (["Xã Mẫu trồng cây", "Thứ Hai, 11/03/2019, 20:23 (GMT+7)", BODY], "2019-03-11T20:23:00+07:00"),
    (["Xã Mẫu trồng cây", "Nguyễn Văn A", "11.03.2019 | 20:23 PM", BODY], "2019-03-11T20:23:00+07:00"),
    # below the text, in a list of other pages, after another line, above a document
    (["Xã Mẫu trồng cây", BODY, "11/03/2019"], None),
    (["Xã Mẫu trồng cây", BODY, "Tin khác", "- Một tin 11.03.2019 | 20:23 PM"], None),
    (["Xã Mẫu trồng cây", "Hạn nộp hồ sơ", "15/8/2025", BODY], None),
    (["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "11/03/2019", BODY], None),
)


@pytest.mark.parametrize(("lines", "day"), DATES)
def test_the_day_of_publication_stands_below_the_title(lines: list[str], day: str | None) -> None:
    marked = mark(*lines)
    assert marked.published_at == day
    assert [m.cut for m in marked.marks].count("meta") == (day is not None)
