"""Sentences to quote on a theme, and the card of one: `quote`, `card`."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from commands.console import DONE, CommandError, CommandGroup, docx_path, print_json, say
from commands.steps import open_searcher
from settings import Settings

if TYPE_CHECKING:
    from corpus.store import Store
    from index.cards.models import QuoteCard
    from index.quotable.models import FoundSentences

_SOURCES = ("van-ban", "bao")


def add_quoting(add: CommandGroup) -> None:
    """Register the commands of this module."""
    quote = add("quote", run_quote, "tìm câu trọn vẹn, đúng nguyên văn để trích theo chủ đề")
    quote.add_argument("theme", metavar="CHỦ_ĐỀ")
    quote.add_argument("--top", type=int, default=10, metavar="N", help="số câu (mặc định 10)")
    quote.add_argument(
        "--nguoi", default="", metavar="TÊN", help="người nói (theo chính câu trích) hoặc cơ quan ban hành"
    )
    quote.add_argument(
        "--tinh", action="append", default=[], metavar="TỈNH", help="tỉnh, thành phố khi ban hành"
    )
    quote.add_argument("--nam", type=_read_year, metavar="NĂM", help="năm ban hành; của tin bài: năm đăng")
    quote.add_argument("--nguon", choices=_SOURCES, help="chỉ văn bản (van-ban) hoặc chỉ báo (bao)")
    quote.add_argument(
        "--het", action="store_true", help="cả câu của văn bản đã hết hiệu lực (được đánh dấu)"
    )
    card = add("card", run_card, "lập thẻ trích dẫn của một đoạn văn bản, kèm chú thích")
    card.add_argument("document", metavar="VĂN_BẢN", help="mã văn bản trong kho, như `cancu quote` in ra")
    card.add_argument("start", type=int, metavar="ĐẦU", help="ký tự đầu của đoạn")
    card.add_argument("end", type=int, metavar="CUỐI", help="ký tự ngay sau đoạn")
    card.add_argument(
        "--ban", metavar="BẢN", help="bản của văn bản mà vị trí thuộc về (mặc định: bản hiện nay)"
    )
    card.add_argument("--export", metavar="TỆP.docx", type=docx_path, help="ghi thẻ ra tệp Word")


def run_quote(options: argparse.Namespace, settings: Settings) -> int:
    """Sentences on a theme; none is an answer."""
    from corpus.models import DocumentKind
    from index.filters import TypedFilters, read_filters
    from index.quotable.finding import find_quotable

    kinds = {None: [], "van-ban": ["directive"], "bao": [DocumentKind.NEWS.value]}[options.nguon]
    with open_searcher(settings) as searcher:
        typed = TypedFilters(provinces=options.tinh, first=options.nam, last=options.nam, kinds=kinds)
        found = find_quotable(
            searcher,
            options.theme,
            cache(searcher.store.document),
            filters=read_filters(typed, searcher.facets.documents().values()),
            by=options.nguoi,
            ended=options.het,
            limit=options.top,
        )
    if options.json:
        print_json(asdict(found))
    else:
        _print_found(found)
    return DONE


def run_card(options: argparse.Namespace, settings: Settings) -> int:
    """The card of a span, as text or Word file."""
    from corpus.store import Store
    from index.cards.making import make_card, open_text

    with Store.open(settings.store, read_only=True) as store:
        document = open_text(store, store.find_document(options.document), options.ban)
        card = make_card(store, document, options.start, options.end)
        if options.export is not None:
            _export(store, card, options.export)
    if options.json:
        print_json(_card_json(card))
    else:
        _print_card(card)
    return DONE


def _read_year(typed: str) -> str:
    try:
        return str(date(int(typed), 1, 1).year)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"năm {typed!r} không đúng; hãy viết bốn chữ số, ví dụ 2024"
        ) from error


def _print_found(found: FoundSentences) -> None:
    from index.cards.wording import tell_sentence

    if not found.sentences:
        print(f"Không tìm thấy câu nào trọn vẹn, trích được về “{found.theme}”.")
    for one in found.sentences:
        citation = one.citation
        print(f"[{one.rank}] “{citation.quote}”")
        for line in tell_sentence(one):
            print(f"    {line}")
        print(f"    Lập thẻ: cancu card {citation.document_id} {citation.start} {citation.end}\n")
    if found.ended:
        print(f"{found.ended} câu không hiện vì văn bản đã hết hiệu lực; thêm --het để xem.")
    if found.unknown:
        print(f"{found.unknown} văn bản không được tìm vì kho không rõ điều được lọc.")


def _print_card(card: QuoteCard) -> None:
    from index.cards.wording import tell_fields, tell_notes, tell_source, write_plain

    print(f"{tell_source(card)}.\n\n{write_plain(card)}\n")
    for label, value in tell_fields(card):
        print(f"{label}: {value}")
    for note in tell_notes(card):
        print(f"• {note}")


def _card_json(card: QuoteCard) -> dict[str, object]:
    from index.cards.wording import tell_footnote, tell_source

    told = {"footnote": tell_footnote(card), "source": tell_source(card)}
    value = asdict(card)
    for name in ("published_on", "read_on", "gone_on"):
        value[name] = value[name].isoformat() if value[name] else None
    return {**value, **told}


def _export(store: Store, card: QuoteCard, path: Path) -> None:
    from index.cards.word import write_card

    try:
        path.write_bytes(write_card(store, card))
    except OSError as error:
        raise CommandError(
            f"Không ghi được tệp {path}: {error.strerror}. Hãy chọn thư mục có sẵn và được phép ghi."
        ) from error
    say(f"Đã ghi thẻ trích dẫn ra tệp {path}")
