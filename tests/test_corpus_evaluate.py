"""The harness of reading, on three documents of our own with one right, one wrong and one missing value each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cli import main
from corpus.evaluate import describe_reading, evaluate_reading

DECISION = """ỦY BAN NHÂN DÂN
TỈNH HÀ TĨNH
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 99999/QĐ-UBND
Hà Tĩnh, ngày 02 tháng 8 năm 2022
QUYẾT ĐỊNH
Về việc ban hành một kế hoạch mẫu
Căn cứ Quyết định số 88888/QĐ-TTg ngày 22 tháng 02 năm 2022 của Thủ tướng Chính phủ;
Điều 1. Ban hành kế hoạch.
Điều 2. Quyết định này có hiệu lực từ ngày ký.
Nơi nhận:
- Như Điều 1.
CHỦ TỊCH
Nguyễn Văn A"""
NEWS = (
    "Tiêu đề mẫu\n"
    + "Việc mẫu được nhiều nơi bàn tới trong thời gian qua, với nhiều ý kiến khác nhau của người dân. " * 3
    + "\nChính phủ vừa ban hành Nghị định số 999/2025/NĐ-CP."
)


def gold(**values: Any) -> dict[str, Any]:
    empty = {
        "own_symbol": None,
        "type": None,
        "date": None,
        "issuer": None,
        "signer": None,
        "reported_symbols": [],
    }
    return {**empty, **values}


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    rows = [
        {
            "id": "right",
            "kind": "official",
            "title": "Quyết định 99999/QĐ-UBND do tỉnh Hà Tĩnh ban hành",
            "text": DECISION,
            "gold": gold(
                own_symbol="99999/QĐ-UBND", type="Quyết định", date="2022-08-02", issuer="Tỉnh Hà Tĩnh"
            ),
        },
        {
            "id": "wrong",
            "kind": "official",
            "title": "",
            "text": DECISION,
            "gold": gold(own_symbol="99999/QĐ-UB", date="2022-08-03", signer="Trần Thị An"),
        },
        {
            "id": "news",
            "kind": "news",
            "title": "",
            "text": NEWS,
            "gold": gold(reported_symbols=["999/2025/NĐ-CP"]),
        },
    ]
    path = tmp_path / "documents.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return path


@pytest.fixture
def references(tmp_path: Path) -> Path:
    folder = tmp_path / "references"
    folder.mkdir()
    own, cited = DECISION.index("99999/"), DECISION.index("88888/")
    rows = [
        "document\tstart\tend\tsymbol\trelation\tsubject\tprovision",
        f"right\t{own}\t{own + 13}\t99999/QĐ-UBND\town\tself\t",
        f"right\t{cited}\t{cited + 12}\t88888/QĐ-TTg\timplements\tself\t",  # the text says căn cứ
    ]
    (folder / "a.pass1.tsv").write_text("\n".join(rows) + "\n", "utf-8")
    (folder / "halves.json").write_text('{"a": ["right"]}', "utf-8")
    return folder


def test_rates_count_what_was_judged(documents: Path, references: Path) -> None:
    report = evaluate_reading(documents, references=references, workers=1)
    rates = {name: (rate["right"], rate["judged"], rate["missing"]) for name, rate in report["facts"].items()}
    assert rates == {
        "symbol": (1, 2, 0),
        "type": (1, 1, 0),
        "issued_on": (1, 2, 0),
        "issuer": (1, 1, 0),
        "signer": (0, 1, 0),
    }
    assert (report["province"]["right"], report["province"]["judged"]) == (1, 1)
    assert (
        report["news"]["found"],
        report["news"]["reporting"],
        report["news"]["own_symbol_on_plain_news"],
    ) == (1, 1, [])
    assert (report["invented"]["checked"], report["invented"]["invented"]) == (3, [])
    assert (report["structure"]["articles"], report["structure"]["gaps_of_ours"]) == (4, [])
    assert report["references"]["all"] == {
        "documents": 1,
        "gold": 2,
        "in_cut_parts": 0,
        "read": 2,
        "symbol_precision": 1.0,
        "symbol_recall": 1.0,
        "relation_precision": 0.5,
        "relation_recall": 0.5,
    }
    assert [(miss["document"], miss["fact"]) for miss in report["misses"]] == [
        ("wrong", "symbol"),
        ("wrong", "issued_on"),
        ("wrong", "signer"),
    ]


def test_a_known_error_of_the_gold_is_left_out_and_counted(documents: Path, tmp_path: Path) -> None:
    errors = tmp_path / "errors.tsv"
    errors.write_text("document\tfact\tstart\tend\tshows\nwrong\tsymbol\t87\t100\t99999/QĐ-UBND\n", "utf-8")
    symbol = evaluate_reading(documents, gold_errors=errors, workers=1)["facts"]["symbol"]
    assert (symbol["right"], symbol["judged"], symbol["excluded"]) == (1, 1, 1)
    assert symbol["rate_without_exclusion"] == 0.5


def test_the_command_prints_the_rates(
    documents: Path, references: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["eval", "reading", str(documents), "--references", str(references)]) == 0
    printed = capsys.readouterr().out
    assert "số, ký hiệu: đúng 1/2 (50.0%)" in printed
    assert "dẫn chiếu (all): số P 100.0% R 100.0%; quan hệ P 50.0% R 50.0%" in printed


def test_the_description_names_every_miss(documents: Path) -> None:
    lines = list(describe_reading(evaluate_reading(documents, workers=1)))
    assert [line for line in lines if line.startswith("  – wrong, signer")] == [
        "  – wrong, signer: đọc 'Nguyễn Văn A', nhãn 'Trần Thị An'"
    ]
