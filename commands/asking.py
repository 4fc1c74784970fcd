"""A question and its cited answer: `ask`."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commands.console import DONE, CommandError, CommandGroup, print_json, say
from commands.steps import open_language_model, open_searcher
from settings import Settings

if TYPE_CHECKING:
    from corpus.store import Store
    from index.models import Answer, Citation


def add_asking(add: CommandGroup) -> None:
    """Register the command of this module."""
    ask = add("ask", run_ask, "hỏi và nhận câu trả lời có trích dẫn")
    ask.add_argument("question", metavar="CÂU_HỎI")
    ask.add_argument(
        "--export",
        metavar="TỆP",
        type=_export_path,
        help="ghi câu trả lời kèm nguồn ra tệp, theo đuôi tên: .txt, .docx (chú thích cuối trang), "
        ".bib (BibTeX), .json (CSL-JSON)",
    )


def run_ask(options: argparse.Namespace, settings: Settings) -> int:
    """A cited answer, or an honest refusal."""
    from index.answer import answer
    from index.wording import model_on

    model = open_language_model(settings)
    if model is not None:
        say(model_on(model.model, model.host))
    with open_searcher(settings) as searcher:
        given = answer(searcher, options.question, model=model)
        if options.export is not None:
            _export(searcher.store, given, options.export)
    if options.json:
        print_json(_answer_json(given))
    else:
        _print_answer(given)
    return DONE


def _export_path(name: str) -> Path:
    from index.exports.files import ENDINGS

    path = Path(name)
    if path.suffix.lower() not in ENDINGS:
        raise argparse.ArgumentTypeError(
            f"không ghi được tệp {name!r}; hãy đặt tên tệp với một trong các đuôi {', '.join(ENDINGS)}"
        )
    return path


def _export(store: Store, given: Answer, path: Path) -> None:
    from index.exports.files import export_answer

    content = export_answer(store, given, path.suffix.lower())
    try:
        path.write_bytes(content)
    except OSError as error:
        raise CommandError(
            f"Không ghi được tệp {path}: {error.strerror}. Hãy chọn thư mục có sẵn và được phép ghi."
        ) from error
    say(f"Đã ghi câu trả lời ra tệp {path}")


def _answer_json(given: Answer) -> dict[str, Any]:
    return {
        "question": given.question,
        "outcome": given.outcome.value,
        "kind": given.kind.value,
        "message": given.message,
        "statements": [
            {
                "text": statement.text,
                "part": statement.part,
                "phrased": statement.phrased,
                "citations": [_citation_json(c) for c in statement.citations],
            }
            for statement in given.statements
        ],
        "documents": [asdict(document) for document in given.documents],
        "nearest": [
            {**_citation_json(near.citation), "score": round(near.score, 4)} for near in given.nearest
        ],
        "as_of": given.as_of,
        "coverage": list(given.coverage),
        "dropped": [
            {**asdict(dropped), "rule": dropped.rule.value, "missing": list(dropped.missing)}
            for dropped in given.dropped
        ],
        "phrasing": given.phrasing,
        "chain": [asdict(link) for link in given.chain],
        "chain_notes": list(given.chain_notes),
        "notices": [
            {"text": notice.text, "citation": _citation_json(notice.citation)} for notice in given.notices
        ],
    }


def _citation_json(citation: Citation) -> dict[str, Any]:
    return {**asdict(citation), "about": list(citation.about)}


def _print_answer(given: Answer) -> None:
    from index.wording import PHRASED, holding, tell_dropped, vietnamese_time

    print(f"Hỏi: {given.question}\n")
    print(given.message)
    for line in given.coverage:
        print(f"    {line}")
    for notice in given.notices:
        print(f"    {notice.text}")
    part = None
    for number, statement in enumerate(given.statements, start=1):
        if statement.part not in (None, part):
            print(f"\n— {statement.part}")
        part = statement.part
        print(f"\n[{number}] {statement.text}{f' ({PHRASED})' if statement.phrased else ''}")
        for citation in statement.citations:
            if statement.phrased:
                print(f"    Trích: “{' '.join(citation.quote.split())}”")
            print(f"    Nguồn: {_source_line(citation)}")
    _print_chain(given)
    for document in given.documents:
        print(f"    Văn bản {document.symbol}: {holding(document)}.")
    for near in given.nearest:
        print(f"\n  · {' '.join(near.citation.quote.split())[:240]}…")
        print(f"    Nguồn: {_source_line(near.citation)}")
    for dropped in given.dropped:
        print(f"\n    Đã bỏ: {tell_dropped(dropped)}")
    if given.phrasing:
        print(f"\n{given.phrasing}")
    if given.as_of:
        print(f"\nTheo kho cập nhật đến {vietnamese_time(given.as_of)} (giờ Việt Nam).")


def _print_chain(given: Answer) -> None:
    from index.answering.chain_wording import TITLE, describe_links

    if given.chain or given.chain_notes:
        print(f"\n{TITLE}\n")
        print("\n".join(describe_links(given.chain, given.chain_notes)))
        print()


def _source_line(citation: Citation) -> str:
    from corpus.labels import tell_fetch

    parts = [
        f"số {citation.symbol}" if citation.symbol else None,
        citation.title,
        citation.issuer,
        f"ngày {citation.issued_on}" if citation.issued_on else None,
        citation.publisher,
        citation.place,
        f"ký tự {citation.start}–{citation.end}",
        citation.url,
        tell_fetch(citation.fetched_at, citation.gone_at),
    ]
    return "; ".join(part for part in parts if part)
