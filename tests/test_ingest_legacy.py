"""Text of before Unicode: told from other text, converted, and the letters compared with another library."""

from __future__ import annotations

import json
import unicodedata
from itertools import product

import pytest
from test_ingest_readers import check_consistent, page
from viparse.normalize.tables import convert
from viparse.normalize.tcvn3 import TCVN3 as OTHER_TCVN3
from viparse.normalize.vni import VNI as OTHER_VNI

from ingest.errors import LegacyEncoding
from ingest.legacy import (
    FontEncoding,
    Legacy,
    Span,
    convert_spans,
    find_legacy,
    font_encoding,
    reads_as_vietnamese,
    to_unicode,
)
from ingest.readers import read_page

TEXT = (
    "Cộng hoà xã hội chủ nghĩa Việt Nam. Độc lập - Tự do - Hạnh phúc. Uỷ ban nhân dân tỉnh ban hành quyết "
    "định về trưởng các ngành và địa phương."
)
TCVN3 = (
    "Céng hoµ x· héi chñ nghÜa ViÖt Nam. §éc lËp - Tù do - H¹nh phóc. Uû ban nh©n d©n tØnh ban hµnh quyÕt "
    "®Þnh vÒ tr\xadëng c¸c ngµnh vµ ®Þa ph\xad¬ng."
)
VNI = (
    "Coäng hoaø xaõ hoäi chuû nghóa Vieät Nam. Ñoäc laäp - Töï do - Haïnh phuùc. UÛy ban nhaân daân tænh ban "
    "haønh quyeát ñònh veà tröôûng caùc ngaønh vaø ñòa phöông."
).replace("UÛy", "Uyû")


@pytest.mark.parametrize(("written", "encoding"), [(TCVN3, Legacy.TCVN3), (VNI, Legacy.VNI)])
@pytest.mark.parametrize("stored", ["utf-8", "cp1252", "utf-16"])
def test_text_file(written: str, encoding: Legacy, stored: str) -> None:
    read = read_page(page(written.encode(stored)))
    assert read.text == TEXT
    assert read.encoding == encoding
    assert read.notes == (
        f"Chữ trong tệp viết bằng bảng mã cũ {encoding} đã được chuyển sang Unicode; tệp gốc vẫn được giữ.",
    )
    check_consistent(read)


def test_row_with_its_title() -> None:
    content = json.dumps({"id": "1", "title": "QuyÕt ®Þnh", "text": TCVN3}).encode()
    read = read_page(page(content, "application/json", "x.jsonl#1"))
    assert (read.text, read.title, read.encoding) == (TEXT, "Quyết định", "TCVN3")


def test_markdown() -> None:
    read = read_page(page(f"# QuyÕt ®Þnh\n\n{TCVN3}\n".encode(), "text/markdown", "a.md"))
    assert (read.text, read.title, read.encoding) == (f"Quyết định\n{TEXT}", "Quyết định", "TCVN3")


# Every letter of Vietnamese, with what is written for it.
LETTERS = [
    unicodedata.normalize("NFC", base + tone)
    for base, tone in product("aăâeêioôơuưy", ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"])
] + ["đ"]


def test_every_letter_has_its_place_in_tcvn3() -> None:
    into = {to_unicode(chr(code), Legacy.TCVN3) for code in range(0xA1, 0xFF)}
    assert set(LETTERS) - into == set("aeiouy")
    assert into >= set("ĂÂÊÔƠƯĐ")


def test_every_letter_has_its_place_in_vni() -> None:
    codes = [chr(code) for code in range(0xC0, 0x100)]
    small = {to_unicode(base + mark, Legacy.VNI) for base in ["", *"aeiouyöô"] for mark in codes}
    assert {letter for letter in LETTERS if letter not in "aeiouy"} <= small
    assert {letter.upper() for letter in LETTERS if letter not in "aeiouy"} <= {
        to_unicode(base + mark, Legacy.VNI) for base in ["", *"AEIOUYÖÔ"] for mark in codes
    }


@pytest.mark.parametrize(("encoding", "other"), [(Legacy.TCVN3, OTHER_TCVN3), (Legacy.VNI, OTHER_VNI)])
def test_same_as_another_library(encoding: Legacy, other: object) -> None:
    """viparse knows every letter but two of VNI: ẳ and ỵ, which its corpus does not hold."""
    for written, _ in other.pairs:  # type: ignore[attr-defined]
        text = f"b{written}nh"
        assert to_unicode(text, encoding) == convert(text, other), written  # type: ignore[arg-type]
    assert convert("baúng kî", OTHER_VNI) != "bẳng kỵ" == to_unicode("baúng kî", Legacy.VNI)


NOT_LEGACY = [
    "Le gouvernement a décidé, après délibération, que l'été à Huế sera dédié à la poésie où rien ne gêne.",
    "Où est passé le château ? La forêt, l'hôpital et l'île sont là-bas ; ça dépend de l'âge.",
    "Größe und Maße müssen über die Jahre geprüft werden. Für Übungen gelten höhere Gebühren.",
    "El señor Núñez llegó mañana, según la decisión número 3; ¿dónde está la niña?",
    "Chúng tôi đã đọc kỹ các quy định và đồng ý với nội dung trên.",
    "The tolerance is ± 5 %, see § 3 and § 4; temperature 20 °C ± 2 °C; © 2026, ® and ™; cost 5 ¢ – 10 ¢.",
    "± 5%",
    "§ 3",
    "½ lít, ¼ cân, 20°C",
    "Não há razão para não ir à reunião amanhã; a ação será às três horas.",
    "Käännös on tehty; päätös tuli voimaan myöhemmin kuin oli määrä.",
    "Uỷ ban nhân dân; hoà giải, thuý, quý, toà, hoạ, xoá, khoẻ.",
    "Uy ban nhan dan tinh ban hanh quyet dinh.",
]


@pytest.mark.parametrize("text", NOT_LEGACY)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_other_text_is_never_touched(text: str, form: str) -> None:
    written = unicodedata.normalize(form, text)
    assert find_legacy(written) is None
    read = read_page(page(written.encode()))
    assert (read.text, read.encoding, read.notes) == (text, None, ())


def test_unicode_text_with_a_quoted_legacy_line_is_left_alone() -> None:
    text = f"{TEXT} {TEXT}\nVí dụ bảng mã cũ: Céng hoµ x· héi."
    assert read_page(page(text.encode())).encoding is None


def test_what_does_not_come_out_as_vietnamese_is_refused() -> None:
    text = "Coäng hoøa xaõ hoäi international committee resolution framework development programme."
    with pytest.raises(LegacyEncoding, match=r"VNI.*UniKey"):
        read_page(page(text.encode()))


def test_syllables() -> None:
    assert reads_as_vietnamese(TEXT)
    assert not reads_as_vietnamese("Le gouvernement a décidé après délibération")


# --- fonts ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("font", "expected"),
    [
        (".VnTime", FontEncoding(Legacy.TCVN3, capitals=False)),
        (".VnTimeH", FontEncoding(Legacy.TCVN3, capitals=True)),
        (".VnArial NarrowH", FontEncoding(Legacy.TCVN3, capitals=True)),
        ("VNI-Times", FontEncoding(Legacy.VNI, capitals=False)),
        ("VNI Helve", FontEncoding(Legacy.VNI, capitals=False)),
        ("Times New Roman", None),
        ("Vni", FontEncoding(Legacy.VNI, capitals=False)),
        ("", None),
    ],
)
def test_font_names(font: str, expected: FontEncoding | None) -> None:
    assert font_encoding(font) == expected


OLD, CAPITALS = FontEncoding(Legacy.TCVN3, capitals=False), FontEncoding(Legacy.TCVN3, capitals=True)


def test_only_the_pieces_in_old_fonts_are_converted() -> None:
    spans = [Span("Số 5 ± 1 "), Span("quyÕt", OLD), Span(" ®Þnh ", OLD), Span("h¹n", CAPITALS), Span(" §")]
    assert convert_spans(spans) == ("Số 5 ± 1 quyết định HẠN §", Legacy.TCVN3)


def test_a_letter_of_vni_may_be_divided_between_two_pieces() -> None:
    vni = FontEncoding(Legacy.VNI, capitals=False)
    assert convert_spans([Span("Vie", vni), Span("ät", vni)]) == ("Việt", Legacy.VNI)


def test_unicode_text_under_the_name_of_an_old_font() -> None:
    assert convert_spans([Span("Ủy ban tỉnh có", OLD)]) == ("Ủy ban tỉnh có", None)


def test_ascii_in_an_old_font_is_no_conversion() -> None:
    assert convert_spans([Span("12/2026", OLD)]) == ("12/2026", None)
