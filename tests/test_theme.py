"""Colours of the two themes: those of Streamlit and ours are the same, and what is read on what has AA contrast."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from pages import chart_colours

ROOT = Path(__file__).resolve().parents[1]
STYLE = (ROOT / "pages" / "style.css").read_text("utf-8")
COLOURS = {
    name: {"light": light, "dark": dark}
    for name, light, dark in re.findall(r"--cc-([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", STYLE)
}
VERDICTS = ("good", "caution", "bad", "other")
GROUNDS = ("page", "surface", "sunken")
ON_GROUNDS = ("ink", "ink-quiet", "ink-faint", "accent", "link")
READ = [
    *((words, ground) for words in ON_GROUNDS for ground in GROUNDS),
    *((f"{verdict}-ink", f"{verdict}-ground") for verdict in VERDICTS),
    # The words of `del` and `ins`, of a notice inside a table, of a link inside a block.
    *(("link", f"{verdict}-ground") for verdict in VERDICTS),
    ("ink", "mark"),
    ("ink", "shade-1"),
    ("ink", "shade-2"),
    ("shade-ink", "shade-3"),
    ("shade-ink", "shade-4"),
]
SEEN = [
    *((f"{verdict}-tone", ground) for verdict in VERDICTS for ground in (*GROUNDS, f"{verdict}-ground")),
    *(("accent", ground) for ground in GROUNDS),
    *(("line-strong", ground) for ground in ("page", "surface")),
]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == 21
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("least, pairs", [(4.5, READ), (3.0, SEEN)], ids=["words", "edges"])
def test_contrast_of_our_colours(theme: str, least: float, pairs: list[tuple[str, str]]) -> None:
    measured = {pair: contrast(COLOURS[pair[0]][theme], COLOURS[pair[1]][theme]) for pair in pairs}
    assert {pair: round(value, 2) for pair, value in measured.items() if value < least} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_streamlits_theme_has_our_colours(theme: str) -> None:
    with (ROOT / ".streamlit" / "config.toml").open("rb") as file:
        given = tomllib.load(file)["theme"]
    shared = {
        "backgroundColor": "page",
        "secondaryBackgroundColor": "sunken",
        "textColor": "ink",
        "linkColor": "link",
        "borderColor": "line",
        **{
            f"{colour}{part}Color": f"{verdict}-{ours}"
            for colour, verdict in (
                ("blue", "other"),
                ("green", "good"),
                ("yellow", "caution"),
                ("red", "bad"),
            )
            for part, ours in (("Background", "ground"), ("Text", "ink"))
        },
        "primaryColor": "button",
    }
    assert {name: given[theme][name] for name in shared} == {
        name: COLOURS[ours][theme] for name, ours in shared.items()
    }
    assert contrast(given[theme]["primaryColor"], "#ffffff") >= 4.5  # the words of a button
    assert contrast(given[theme]["primaryColor"], given[theme]["backgroundColor"]) >= 3
    assert "base" not in given  # it would take the choice away


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_marks_of_charts_are_seen_on_both_grounds(theme: str) -> None:
    marks = [
        value for name, value in vars(chart_colours).items() if name.isupper() and isinstance(value, str)
    ]
    assert len(marks) == 6
    assert min(contrast(mark, COLOURS["page"][theme]) for mark in marks) >= 3


def test_colours_stand_at_the_head_of_the_style_only() -> None:
    rules = STYLE.split("\n}\n", 1)[1]
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{}]*;)", rules) == []
    used = set(re.findall(r"var\(--cc-([\w-]+)\)", STYLE))
    assert used <= COLOURS.keys() | {"sans", "serif"}
    drawn = [path for path in (ROOT / "pages").glob("*.py") if path.name != "chart_colours.py"]
    assert drawn and not [p.name for p in drawn if re.search(r"#[0-9a-fA-F]{6}\b", p.read_text("utf-8"))]


def test_every_block_of_the_style_is_closed() -> None:
    """A brace lost while merging puts all that follows inside of one rule for paper."""
    depth = 0
    for line in re.sub(r"/\*.*?\*/", "", STYLE, flags=re.DOTALL).splitlines():
        assert depth == 0 or line[:1] in (" ", "}", ""), line
        depth += line.count("{") - line.count("}")
    assert depth == 0
