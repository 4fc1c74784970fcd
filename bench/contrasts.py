"""Look-alikes of what answers: a name, a year, a number or a word that the question states, put in another's place.

A text of another province, year or group of people is the nearest miss there is, and the product's first stage seldom
offers it: bench/train_joint.py makes it of the right text, or asks otherwise so that the right text answers no more.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_NAME = re.compile(r"\b[^\W\d_a-zà-ỹ][a-zà-ỹ]+(?: [^\W\d_a-zà-ỹ][a-zà-ỹ]+)+\b")
_YEAR = re.compile(r"\b(?:19[89]\d|20[0-5]\d)\b")
_SYMBOL = re.compile(r"\b\d{1,5}(?=/(?:\d{4}/)?[^\W\d_a-z]{2})")
_YEARS_OFF = (-5, -3, -2, -1, 1, 2, 3, 5)
_NUMBERS_OFF = (1, 2, 10, 100)
# Words of one kind: what is said of the one is not said of the other.
_KINDS = tuple(
    tuple(words.split(", "))
    for words in (
        "hộ nghèo, hộ cận nghèo, hộ mới thoát nghèo, hộ có mức sống trung bình",
        "cấp xã, cấp huyện, cấp tỉnh, cấp bộ",
        "mầm non, tiểu học, trung học cơ sở, trung học phổ thông, đại học",
        "hạng I, hạng II, hạng III, hạng IV",
        "nhóm A, nhóm B, nhóm C",
        "loại I, loại II, loại III",
        "quý I, quý II, quý III, quý IV",
        "mức 1, mức 2, mức 3",
        "đợt 1, đợt 2",
        "giai đoạn 1, giai đoạn 2",
        "6 tháng đầu năm, 9 tháng, cả năm",
        "giải nhất, giải nhì, giải ba, giải khuyến khích",
        "tối đa, tối thiểu",
        "cao nhất, thấp nhất",
        "thành thị, nông thôn",
        "xã, phường, thị trấn, đặc khu",
        "huyện, tỉnh",
        "cá nhân, tổ chức",
        "doanh nghiệp, hộ kinh doanh, hợp tác xã",
        "viên chức, công chức, người lao động",
        "học sinh, sinh viên, học viên, giáo viên",
        "trẻ em, phụ nữ, người cao tuổi, người khuyết tật",
        "bí thư, phó bí thư",
        "chủ tịch, phó chủ tịch",
        "giám đốc, phó giám đốc",
        "cấp mới, cấp lại, gia hạn, thu hồi",
        "bổ nhiệm, miễn nhiệm",
        "thành lập, giải thể",
        "ban hành, bãi bỏ",
        "khởi công, khánh thành",
        "xây mới, sửa chữa",
        "tăng, giảm",
        "nhập khẩu, xuất khẩu",
        "khai thác, nuôi trồng",
        "trồng trọt, chăn nuôi, thủy sản, lâm nghiệp",
        "đường bộ, đường sắt, đường thủy, hàng không",
        "đất ở, đất nông nghiệp, đất rừng",
        "diện tích, dân số",
    )
)


@dataclass(frozen=True, slots=True)
class Change:
    """Something that a question states, and what stands for it in a look-alike."""

    old: re.Pattern[str]
    new: str

    def apply(self, text: str) -> str:
        return self.old.sub(lambda _: self.new, text)


def collect_names(questions: Iterable[str]) -> Mapping[int, Sequence[str]]:
    """How many syllables → the names of so many that the questions have."""
    names: dict[int, set[str]] = {}
    for question in questions:
        for name in _NAME.findall(question):
            names.setdefault(len(name.split()), set()).add(name)
    return {count: sorted(found) for count, found in names.items()}


def draw_change(
    question: str, text: str, names: Mapping[int, Sequence[str]], chance: random.Random
) -> Change | None:
    """A change of something that both have, or None where they share nothing of the kind."""
    changes = [
        *(_rename(name, names) for name in _shared(_NAME, question, text)),
        *(_shift(year, _YEARS_OFF) for year in _shared(_YEAR, question, text)),
        *(_shift(number, _NUMBERS_OFF) for number in _shared(_SYMBOL, question, text)),
        *_swap_kinds(question, text),
    ]
    ways = [(old, others) for old, others in changes if others]
    if not ways:
        return None
    old, others = chance.choice(ways)
    return Change(_whole(old), chance.choice(others))


def _shared(pattern: re.Pattern[str], question: str, text: str) -> list[str]:
    return sorted(set(pattern.findall(question)) & set(pattern.findall(text)))


def _rename(name: str, names: Mapping[int, Sequence[str]]) -> tuple[str, list[str]]:
    return name, [other for other in names.get(len(name.split()), ()) if other != name]


def _shift(number: str, steps: Sequence[int]) -> tuple[str, list[str]]:
    return number, [str(int(number) + step) for step in steps]


def _swap_kinds(question: str, text: str) -> list[tuple[str, list[str]]]:
    """The words of a kind of which the question has just one and the text has it, too."""
    found = []
    for words in _KINDS:
        asked = [word for word in words if _whole(word).search(question)]
        if len(asked) == 1 and _whole(asked[0]).search(text):
            found.append((asked[0], [word for word in words if word != asked[0]]))
    return found


def _whole(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
