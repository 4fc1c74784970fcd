"""The governing chain of a document: `chain`."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from commands.console import DONE, CommandError, CommandGroup, print_json
from settings import Settings

if TYPE_CHECKING:
    from corpus.store import Store


def add_chain_command(add: CommandGroup) -> None:
    """Register the command of this module."""
    chain = add(
        "chain",
        run_chain,
        "xem chuỗi căn cứ của một văn bản: trung ương, tỉnh, huyện, xã, kèm câu chứng minh",
    )
    chain.add_argument(
        "symbol", metavar="SỐ_HIỆU", help="số, ký hiệu văn bản, có trong kho hay chỉ được nhắc tới"
    )
    chain.add_argument("--tinh", metavar="TỈNH", type=read_province, help="chỉ nhánh của tỉnh, thành phố này")
    chain.add_argument(
        "--vao-ngay",
        dest="as_of",
        metavar="YYYY-MM-DD",
        type=read_day,
        help="hiệu lực và văn bản tính đến ngày này (mặc định: hôm nay)",
    )


def run_chain(options: argparse.Namespace, settings: Settings) -> int:
    """Show the chain level by level; a number that the collection does not know is an honest answer."""
    from corpus.store import Store
    from index.answering.chain import find_chain
    from index.answering.chain_wording import describe_links, heading, tell_bearer

    with Store.open(settings.store, read_only=True) as store:
        symbol = read_number(store, options.symbol)
        chain = find_chain(store, cache(store.document), symbol, place=options.tinh, as_of=options.as_of)
    if options.json:
        print_json(asdict(chain))
        return DONE
    print(f"{heading(chain)}\n")
    print("\n".join(describe_links(chain.links, chain.notes)))
    for choice in chain.choices:
        print(f"  – {tell_bearer(choice)}")
    return DONE


def read_number(store: Store, typed: str) -> str:
    """The whole number that was typed; a short one ("NQ 04") where only one is meant."""
    from corpus.symbols import find_symbols

    mentions = find_symbols(typed)
    if not mentions or not mentions[0].short:
        return mentions[0].canonical if mentions else typed.strip()
    meant = store.symbols_like(mentions[0].type_code, mentions[0].number)
    if len(meant) == 1:
        return meant[0]
    if not meant:
        raise CommandError(f"Kho không có văn bản nào khớp với {typed!r}. Hãy ghi đủ số, ký hiệu.")
    raise CommandError(f"{typed!r} có thể là {', '.join(meant[:8])}. Hãy ghi đủ số, ký hiệu.")


def read_province(name: str) -> str:
    """The province that was typed, in any spelling."""
    from corpus.places import find_places_folded, province_of

    found = province_of(name) or next((place.name for place in find_places_folded(name)), None)
    if found is None:
        raise argparse.ArgumentTypeError(f"không có tỉnh, thành phố nào tên là {name!r}")
    return found


def read_day(text: str) -> date:
    """The day that was typed."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"cần một ngày dạng YYYY-MM-DD, ví dụ 2025-11-26, không phải {text!r}"
        ) from error
