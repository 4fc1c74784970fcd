"""A map of tiles: one for each province, roughly where it lies, shaded by what the collection holds of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

_SHADES = (1, 5, 10, 25)  # documents and pages from which a tile is darker


@dataclass(frozen=True, slots=True)
class Tile:
    """A province of one map and its place in the grid, from 1."""

    name: str
    short: str
    row: int
    column: int


@cache
def load_tiles() -> Mapping[str, tuple[Tile, ...]]:
    """The tiles of each map: "63" before 1 July 2025, "34" since."""
    tiles: dict[str, list[Tile]] = {}
    for line in Path(__file__).with_name("province_tiles.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            which, name, short, row, column = line.split("\t")
            tiles.setdefault(which, []).append(Tile(name, short, int(row), int(column)))
    return {which: tuple(found) for which, found in tiles.items()}


def tiles_html(
    which: str, counts: Mapping[str, tuple[int, int]], chosen: Sequence[str], address: Callable[[str], str]
) -> str:
    """The map; `counts`: name → (documents, pages that report) held, `address`: what a tile leads to."""
    tiles = "".join(_tile_html(tile, counts.get(tile.name), chosen, address) for tile in load_tiles()[which])
    label = f"Bản đồ ô {which} tỉnh, thành phố: số tài liệu kho đang giữ. Chọn một ô để thêm hoặc bớt tỉnh."
    return (
        f'<nav class="cc-tiles cc-tiles-{which}" aria-label="{label}">{tiles}</nav>'
        f'<p class="cc-source">Số trong ô: tài liệu kho đang giữ (văn bản và trang đưa tin). Ô gạch nối: không có dữ '
        "liệu. Ô viền đậm: đang so sánh. Vị trí ô chỉ gần đúng.</p>"
    )


def _tile_html(
    tile: Tile, held: tuple[int, int] | None, chosen: Sequence[str], address: Callable[[str], str]
) -> str:
    taken = tile.name in chosen
    total = sum(held or (0, 0))
    shade = sum(total >= least for least in _SHADES)
    told = f"{tile.name}: {tell_count(held)}; {'bớt khỏi' if taken else 'thêm vào'} so sánh"
    return (
        f'<a href="{escape(address(tile.name))}" target="_self" class="cc-tile cc-shade-{shade}'
        f'{" cc-tile-chosen" if taken else ""}" style="grid-row:{tile.row};grid-column:{tile.column}" '
        f'title="{escape(told)}" aria-label="{escape(told)}"><b>{escape(tile.short)}</b>'
        f'<span class="cc-tile-name">{escape(tile.name)}</span><i>{total or "–"}</i></a>'
    )


def tell_count(held: tuple[int, int] | None) -> str:
    """What is held of a province in words; nothing is never a zero."""
    if held is None:
        return "không có dữ liệu"
    documents, pages = held
    told = [f"{documents} văn bản"] if documents else []
    told += [f"{pages} trang đưa tin hoặc chưa rõ loại"] if pages else []
    return ", ".join(told)


def words_of_tiles(which: str, counts: Mapping[str, tuple[int, int]]) -> Sequence[tuple[str, str]]:
    """The map for those who do not see it: (province, what is held), the most first, without those of nothing."""
    told = [(tile.name, counts[tile.name]) for tile in load_tiles()[which] if tile.name in counts]
    return [(name, tell_count(held)) for name, held in sorted(told, key=lambda one: (-sum(one[1]), one[0]))]
