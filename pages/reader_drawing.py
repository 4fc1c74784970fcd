"""HTML of the reader: the outline beside the text, the text as a page of a document, differences of two texts."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from corpus.differences import Change, Comparison, Run
from corpus.outline import Outline, OutlineEntry
from pages.drawing import ANCHOR, count_of, shorten
from pages.stored_words import stored_html

RECENT_ID = "cc-da-doc"
_RECENT = "cancu-da-doc"  # of the browser's own storage: it ends with the tab and never leaves the machine
_STRETCHES = 150  # of a comparison that are drawn
_STRETCH = 6_000  # characters of a removed or added run that are drawn
_AROUND = 160  # characters of an unchanged run that are drawn at either end


# --- outline


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the reader is: the address of the text, the offsets that are drawn, the entry that is read."""

    address: str
    shown: tuple[int, int]
    current: OutlineEntry | None


def outline_html(outline: Outline, address: str, *, shown: tuple[int, int], cited: int | None = None) -> str:
    """The outline, folded on narrow screens; what is drawn on the page (`shown`: offsets) is an anchor of it.

    `address`: of the page with this text, for what lies outside; `cited`: the offset that is read.
    """
    if not outline.entries:
        return ""
    before = [entry for entry in outline.entries if cited is not None and entry.start <= cited]
    place = _Place(address, shown, before[-1] if before else None)
    more = f'<p class="cc-as-of">Còn {count_of(outline.left_out)} mục nhỏ không nêu ở đây.</p>'
    return (
        '<nav class="cc-outline" aria-label="Mục lục"><details class="cc-outline-fold"><summary>Mục lục '
        f'<span class="cc-outline-count">({count_of(len(outline.entries))} mục)</span></summary>'
        f"{_list_html(outline.entries, 0, place)}{more if outline.left_out else ''}</details></nav>"
    )


def _list_html(entries: Sequence[OutlineEntry], depth: int, place: _Place) -> str:
    items = "".join(_item_html(entry, below, place) for entry, below in _tree(entries, depth))
    return f"<ol>{items}</ol>"


def _tree(
    entries: Sequence[OutlineEntry], depth: int
) -> Iterator[tuple[OutlineEntry, Sequence[OutlineEntry]]]:
    """Each entry of a depth with those inside it."""
    starts = [i for i, entry in enumerate(entries) if entry.depth <= depth or i == 0]
    for i, following in zip(starts, [*starts[1:], len(entries)], strict=True):
        yield entries[i], entries[i + 1 : following]


def _item_html(entry: OutlineEntry, below: Sequence[OutlineEntry], place: _Place) -> str:
    here = place.shown[0] <= entry.start < place.shown[1]
    beyond = f"{place.address}&start={entry.start}&end={entry.end}"
    link = f"#{ANCHOR}{entry.start}" if here else beyond
    current = ' aria-current="location"' if entry is place.current else ""
    label = f"<b>{escape(entry.label)}</b> " if entry.label else ""
    name = f'<a href="{escape(link)}" target="_self"{current}>{label}{escape(entry.title)}</a>'
    if not below:
        return f"<li>{name}</li>"
    inner = _list_html(below, entry.depth + 1, place)
    if entry.label.startswith(("Khoản ", "Điều ", "Mục ")) and _is_small(below[0]):
        said = f"{count_of(len(below))} mục"
        hidden = f'<span class="cc-hidden"> trong {escape(entry.label or entry.title)}</span>'
        opened = " open" if any(entry is place.current for entry in below) else ""
        inner = f'<details class="cc-outline-more"{opened}><summary>{said}{hidden}</summary>{inner}</details>'
    return f"<li>{name}{inner}</li>"


def _is_small(entry: OutlineEntry) -> bool:
    return entry.label.startswith(("Khoản ", "Điểm "))


def reader_html(outline: str, text: str, source: str) -> str:
    """The outline and the text beside each other; `source` (plain) is printed below the text."""
    alone = "" if outline else " cc-reader-alone"
    return f'<div class="cc-reader{alone}">{outline}<div class="cc-reading"><h2 class="cc-hidden">Toàn văn</h2>{text}<p class="cc-print-only">{escape(source)}</p></div></div>'


# --- differences


def differences_html(comparison: Comparison, *, old: str, new: str) -> str:
    """What differs, stretch by stretch; `old` and `new` name the two texts."""
    if comparison.equal:
        return f'<p class="cc-outcome cc-found" role="status">Hai bản giống hệt nhau từng chữ ({count_of(comparison.same_lines)} dòng).</p>'
    drawn = comparison.changes[:_STRETCHES]
    items = "".join(
        f'<li><span class="cc-as-of">Dòng {count_of(change.line)}</span><p class="cc-diff-words">'
        f"{''.join(map(_run_html, change.runs))}</p></li>"
        for change in drawn
    )
    rest = len(comparison.changes) - len(drawn)
    more = f'<p class="cc-as-of">… và {count_of(rest)} chỗ khác nữa.</p>' if rest else ""
    return (
        f'<p role="status">Khác nhau ở <b>{count_of(len(comparison.changes))}</b> chỗ: '
        f"{count_of(comparison.removed)} tiếng chỉ có ở {escape(old)}, {count_of(comparison.added)} tiếng chỉ có ở "
        f"{escape(new)}; {count_of(comparison.same_lines)} dòng giống nhau.</p>"
        f'<p class="cc-diff-legend"><del>gạch ngang</del>: chỉ có ở {escape(old)} · '
        f"<ins>gạch chân</ins>: chỉ có ở {escape(new)}</p>"
        f'<ol class="cc-diff">{items}</ol>{more}'
    )


def _run_html(run: Run) -> str:
    if run.change is Change.SAME:
        return stored_html(_middle_cut(run.text, _AROUND))
    tag, said = ("del", "bỏ") if run.change is Change.REMOVED else ("ins", "thêm")
    words = run.text if len(run.text) <= _STRETCH else f"{run.text[:_STRETCH]}…"
    return f'<{tag}><span class="cc-hidden">[{said}: </span>{stored_html(words)}<span class="cc-hidden">]</span></{tag}>'


def _middle_cut(text: str, around: int) -> str:
    """An unchanged stretch, its middle left out where it is long."""
    if len(text) <= 2 * around + 20:
        return text
    head, tail = text[:around], text[-around:]
    return f"{head[: head.rfind(' ') + 1] or head}[…] {tail[tail.find(' ') + 1 :]}"


# --- what was read lately


def remember_script(document_id: str, title: str) -> str:
    """Note the document among those read lately, in the storage of this tab."""
    told = as_script([document_id, shorten(title, 160)])
    return (
        f"<script>try {{ const [id, title] = {told};"
        f"const held = JSON.parse(sessionStorage.getItem('{_RECENT}') || '[]').filter(one => one.id !== id);"
        f"sessionStorage.setItem('{_RECENT}', JSON.stringify([{{id, title}}, ...held].slice(0, 8))); }} catch {{}}"
        "</script>"
    )


def recent_script() -> str:
    """Fill the list with RECENT_ID; titles become text nodes, never markup."""
    return (
        "<script>setTimeout(() => { try {"
        f"const list = document.getElementById('{RECENT_ID}'), none = list && list.nextElementSibling;"
        f"const held = JSON.parse(sessionStorage.getItem('{_RECENT}') || '[]');"
        "if (!list || list.childElementCount || !held.length) return; if (none) none.hidden = true;"
        "for (const one of held) { const link = document.createElement('a');"
        "link.href = 'doc-van-ban?doc=' + encodeURIComponent(one.id); link.target = '_self';"
        "link.textContent = one.title; const item = document.createElement('li'); item.append(link); list.append(item); }"
        "} catch {} }, 100);</script>"
    )


def recent_html() -> str:
    """The empty list, and what is said where it stays empty."""
    return (
        f'<ul id="{RECENT_ID}" class="cc-cuts"></ul>'
        '<p class="cc-as-of">Chưa đọc văn bản nào trong phiên này.</p>'
    )


def as_script(value: object) -> str:
    """JSON that can stand inside a script: nothing in it ends the script or opens markup."""
    dumped = json.dumps(value, ensure_ascii=True)
    return dumped.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def anchors_of(outline: Outline) -> Collection[int]:
    """The offsets that the outline leads to."""
    return frozenset(entry.start for entry in outline.entries)
