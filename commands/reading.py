"""What the program understands: `read`, `correct`, `symbols`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from commands.console import DONE, CommandError, CommandGroup, print_json, show_progress
from settings import Settings

if TYPE_CHECKING:
    from corpus.describe import History
    from corpus.models import Document


def add_reading(add: CommandGroup) -> None:
    """Register the commands of this module."""
    read = add("read", run_read, "xem chương trình hiểu gì về một tệp (không lưu) hoặc một văn bản trong kho")
    read.add_argument("file", metavar="TỆP", help="tệp; hoặc mã, số ký hiệu, địa chỉ của văn bản trong kho")
    read.add_argument("--version", metavar="BẢN", help="bản đọc cũ trong kho: số thứ tự hoặc mã của bản")
    correct = add("correct", run_correct, "sửa bằng tay một thông tin của văn bản")
    correct.add_argument("document", metavar="VĂN_BẢN", help="mã văn bản, số ký hiệu, đường dẫn hoặc địa chỉ")
    correct.add_argument("fact", metavar="THÔNG_TIN", help="ví dụ: symbol, issued_on, issuer, signer")
    correct.add_argument("value", metavar="GIÁ_TRỊ", nargs="?", help='giá trị đúng; "" là không rõ')
    correct.add_argument("--by", required=True, metavar="AI", help="người sửa")
    correct.add_argument("--reason", required=True, metavar="VÌ_SAO", help="lý do")
    correct.add_argument("--undo", action="store_true", help="bỏ lần sửa gần nhất")
    add("symbols", run_symbols, "tìm số văn bản trong đoạn chữ ở đầu vào chuẩn")


def run_read(options: argparse.Namespace, settings: Settings) -> int:
    """Show what is understood of one file without storing it, or of a document of the store."""
    from corpus.describe import describe_document, document_json

    found = list(_read_documents(options, settings))
    if options.json:
        shown = [document_json(document, history) for document, history in found]
        print_json(shown[0] if len(shown) == 1 else {"documents": shown})
        return DONE
    for document, history in found:
        print("\n".join(describe_document(document, history)))
    return DONE


def _read_documents(options: argparse.Namespace, settings: Settings) -> Iterator[tuple[Document, History]]:
    from corpus.describe import NO_HISTORY

    path = Path(options.file)
    held = (settings.store / "store.sqlite").exists()
    if options.version or (held and not path.exists()):
        yield _read_held(options.file, settings, options.version)
        return
    documents = list(_read_file(path, settings))
    if not documents:
        raise CommandError(f"Không có văn bản nào trong {options.file}.")
    for document in documents:
        yield _with_history(document, settings) if held else (document, NO_HISTORY)


def _read_held(name: str, settings: Settings, version: str | None) -> tuple[Document, History]:
    """A document of the store, or an earlier text of it."""
    from corpus.describe import load_history
    from corpus.store import Store

    with Store.open(settings.store, read_only=True) as store:
        document_id = store.find_document(name)
        wanted = int(version) if version and version.isdecimal() and len(version) < 6 else version
        document = store.document_version(document_id, wanted) if wanted else store.document(document_id)
        return document, load_history(store, document)


def _with_history(document: Document, settings: Settings) -> tuple[Document, History]:
    """A file as it was read, with what the store knows of its address: corrections, versions, copies."""
    from dataclasses import replace

    from corpus.corrections import apply_corrections
    from corpus.describe import load_history
    from corpus.store import Store

    with Store.open(settings.store, read_only=True) as store:
        corrected = apply_corrections(document.facts, store.corrections_at(document.uri))
        return replace(document, facts=corrected), load_history(store, document)


def _read_file(path: Path, settings: Settings) -> Iterator[Document]:
    from corpus.build import build_document
    from ingest.local import SkippedPage, list_pages
    from ingest.readers import read_page
    from ingest.secrecy import refuse_secret

    for page in list_pages(path):
        if isinstance(page, SkippedPage):
            raise page.reason
        with show_progress() as advance:
            read = read_page(page, progress=lambda done, total: advance("Đọc trang", done, total))
        refuse_secret(read, page.name, allow=settings.secrecy_allow)
        yield build_document(page, read)


def run_correct(options: argparse.Namespace, settings: Settings) -> int:
    """Correct a fact of a document by hand, or take a correction back."""
    from corpus.corrections import describe_correction
    from corpus.store import Store

    with Store.open(settings.store) as store, store.writing():
        document_id = store.find_document(options.document)
        if options.undo:
            store.undo_correction(document_id, options.fact, by=options.by, reason=options.reason)
        elif options.value is None:
            raise CommandError('Thiếu giá trị mới. Để ghi "không rõ", hãy dùng "" (chuỗi rỗng).')
        else:
            store.correct(document_id, options.fact, options.value, by=options.by, reason=options.reason)
        corrections = store.corrections(document_id)
        title = store.profile(document_id).title
    if options.json:
        print_json({"document": document_id, "corrections": [asdict(c) for c in corrections]})
    else:
        print(f"{title} ({document_id})")
        for correction in corrections:
            print(f"  – {describe_correction(correction)}")
    return DONE


def run_symbols(options: argparse.Namespace, settings: Settings) -> int:
    """Document numbers in the text on standard input."""
    from corpus.symbols import complete_short_forms, find_symbols
    from corpus.text import to_nfc

    mentions = complete_short_forms(find_symbols(to_nfc(sys.stdin.buffer.read().decode("utf-8"))))
    symbols = list(dict.fromkeys(mention.canonical for mention in mentions))
    if options.json:
        print_json({"symbols": symbols})
    else:
        print("\n".join(symbols) if symbols else "Không có số văn bản nào.")
    return DONE
