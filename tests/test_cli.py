"""The command line as a contract: one JSON object on stdout, documented exit codes, Vietnamese messages."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, SAMPLES, shared

from corpus.text import fold_spaces

Cancu = Callable[..., subprocess.CompletedProcess[str]]
QUESTION = "Nghị quyết nào về lãnh đạo, chỉ đạo thực hiện Đề án thí điểm xây dựng tỉnh Hà Tĩnh đạt chuẩn nông thôn mới?"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the sample collection, made by the command itself."""
    folder = tmp_path_factory.mktemp("cli") / "store"
    import sys

    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "cli",
            "ingest",
            str(SAMPLES),
            "--store",
            str(folder),
            "--label",
            "Mẫu",
            "--json",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout)["counts"]["failed"] == 0
    return folder


def test_ask_answers_the_question_of_make_run(cancu: Cancu, store: Path) -> None:
    run = cancu("ask", QUESTION, "--store", str(store), "--json")
    given = json.loads(run.stdout)
    assert run.returncode == 0
    assert given["outcome"] == "answered"
    citation = given["statements"][0]["citations"][0]
    assert "04-NQ/TU" in citation["about"]
    assert "04-NQ/TU" in citation["quote"]
    assert citation["symbol"] is None
    wanted = {
        "document_id",
        "symbol",
        "title",
        "issuer",
        "issued_on",
        "url",
        "location",
        "start",
        "end",
        "quote",
    }
    assert wanted | {"about"} <= citation.keys()
    assert {
        "symbol": "04-NQ/TU",
        "title": None,
        "role": "governing",
        "in_collection": False,
        "copied": False,
    } in given["documents"]
    assert given["as_of"]


def test_ask_in_plain_text_is_vietnamese_and_cites(cancu: Cancu, store: Path) -> None:
    run = cancu("ask", QUESTION, "--store", str(store))
    assert run.returncode == 0
    assert "[1] Theo" in run.stdout
    assert "Nguồn:" in run.stdout
    assert "Theo kho cập nhật đến" in run.stdout


def test_an_honest_not_found_is_a_success(cancu: Cancu, store: Path) -> None:
    run = cancu("ask", "Quyết định 8765/QĐ-UBND nói gì?", "--store", str(store), "--json")
    given = json.loads(run.stdout)
    assert (run.returncode, given["outcome"], given["statements"]) == (0, "not_found", [])


def test_search_lists_hits_whose_text_is_the_stored_text(cancu: Cancu, store: Path) -> None:
    run = cancu("search", "nong thon moi ha tinh", "--top", "3", "--store", str(store), "--json")
    hits = json.loads(run.stdout)["hits"]
    assert [hit["rank"] for hit in hits] == [1, 2, 3]
    wanted = {
        "rank",
        "score",
        "document_id",
        "passage_id",
        "symbol",
        "title",
        "location",
        "text",
        "start",
        "end",
        "url",
        "copies",
        "dense_rank",
        "lexical_rank",
        "matches",
        "reasons",
        "effect",
        "fetched_at",
        "gone_at",
        "below",
    }
    assert wanted == hits[0].keys()
    assert len(hits[0]["text"]) == hits[0]["end"] - hits[0]["start"]


def test_search_within_filters_counts_what_passes(cancu: Cancu, store: Path) -> None:
    options = ("--province", "ha tinh", "--kind", "news", "--facets", "--json", "--store", str(store))
    given = json.loads(cancu("search", "nông thôn mới", *options).stdout)
    assert given["selection"] == {
        "documents": 3,
        "left_out_unknown": 16,
        "left_out_unknown_by": {"province": 16, "kind": 4},
    }
    assert given["facets"]["province"] == {"counts": {"Hà Tĩnh": 3}, "unknown": 0}
    assert given["facets"]["kind"] == {"counts": {"news": 3}, "unknown": 0}
    everywhere = json.loads(cancu("search", "nông thôn mới", "--json", "--store", str(store)).stdout)
    assert everywhere["selection"]["documents"] == 22
    assert len({hit["document_id"] for hit in given["hits"]}) == 3


def test_search_says_what_it_left_out_for_want_of_knowing(cancu: Cancu, store: Path) -> None:
    run = cancu(
        "search", "nông thôn", "--province", "Hà Tĩnh", "--today-province", "--facets", "--store", str(store)
    )
    assert "Bộ lọc chọn 3 văn bản." in run.stdout
    assert "(tỉnh, thành phố hiện nay: 16)" in run.stdout
    assert "  Bài báo, trang đưa tin: 3" in run.stdout


def test_a_wrong_filter_is_an_error_that_lists_the_right_ones(cancu: Cancu, store: Path) -> None:
    run = cancu("search", "nông thôn", "--level", "làng", "--json", "--store", str(store))
    assert run.returncode == 1
    assert json.loads(run.stdout)["error"]["type"] == "InvalidFilter"
    assert "trung ương; tỉnh; huyện; xã" in run.stderr


def test_search_says_why_and_highlights_nothing_into_a_pipe(cancu: Cancu, store: Path) -> None:
    run = cancu("search", "xay dung nong thon moi ha tinh", "--top", "1", "--store", str(store))
    first, second, third = run.stdout.strip().split("\n")
    assert first == "1. Hà Tĩnh: các văn bản mở đường cho đề án tỉnh nông thôn mới (đoạn 4–9)"
    assert "nông thôn mới" in second
    assert third == "   Vì: đúng tỉnh; khớp đủ 4 từ; gần nghĩa thứ 2"
    assert "\x1b" not in run.stdout


def test_search_shows_what_a_short_number_may_mean(cancu: Cancu, store: Path) -> None:
    run = cancu("search", "văn bản số 66", "--top", "1", "--store", str(store))
    assert run.stdout.startswith(
        "Văn bản 66 có thể là: 66-QĐ/TW (ngày 06/02/2017, chỉ được nhắc tới); "
        "66/NQ-CP (Chính phủ, ngày 26/03/2025, chỉ được nhắc tới).\n"
    )
    given = json.loads(cancu("search", "văn bản số 66", "--store", str(store), "--json").stdout)
    assert [choice["symbol"] for choice in given["choices"]["VB 66"]] == ["66-QĐ/TW", "66/NQ-CP"]


def test_search_ranks_documents(cancu: Cancu, store: Path) -> None:
    run = cancu("search", QUESTION, "--documents", "--top", "3", "--store", str(store), "--json")
    first = json.loads(run.stdout)["documents"][0]
    assert (first["symbol"], first["type"], first["held_by"]) == ("04-NQ/TU", "Nghị quyết", [])
    assert first["effect"]["status"] == "không rõ"
    evidence = first["evidence"][0]
    assert "04-NQ/TU" in evidence["quote"]
    assert len(evidence["quote"]) == evidence["end"] - evidence["start"]
    plain = cancu("search", QUESTION, "--documents", "--top", "1", "--store", str(store)).stdout.split("\n")
    assert plain[0] == "1. Nghị quyết 04-NQ/TU (Ban Chấp hành Đảng bộ tỉnh Hà Tĩnh, ngày 15/07/2021)"
    assert plain[1].startswith("   Vì: được nhắc tới trong bài “Hà Tĩnh: các văn bản mở đường")
    assert plain[2].startswith("   “Nghị quyết số 04-NQ/TU ngày 15/7/2021")


def test_symbols(cancu: Cancu) -> None:
    text = "Căn cứ 263/qđ-ttg và nghi quyet 04 nq tu; nq 04 còn nêu 32/33 xã. CV 77."
    run = cancu("symbols", "--json", text=text)
    assert json.loads(run.stdout) == {"symbols": ["263/QĐ-TTg", "04-NQ/TU", "?CV 77"]}


@pytest.mark.parametrize(
    "line", (ROOT / "tests" / "data" / "docnum_variants.jsonl").read_text("utf-8").splitlines()[::8]
)
def test_symbols_gives_the_vectors(cancu: Cancu, line: str) -> None:
    vector = json.loads(line)
    run = cancu("symbols", "--json", text=vector["text"])
    assert json.loads(run.stdout) == {"symbols": vector["expected"]}


def test_read_shows_the_first_seed(cancu: Cancu) -> None:
    path = next(shared("data/seeds").glob("000*.txt"))
    run = cancu("read", str(path), "--json")
    read = json.loads(run.stdout)
    assert run.returncode == 0
    for name in ("symbol", "type", "issuer", "issued_on", "signer"):
        assert read[name] is None
    assert read["province"] == "Hà Tĩnh"
    assert read["source"] == "baohatinh.vn"
    assert len({reference["symbol"] for reference in read["references"]}) == 7
    for reference in read["references"]:
        assert reference["quote"] == read["text"][reference["start"] : reference["end"]] != ""
        assert {"symbol", "relation", "date", "issuer", "start", "end", "quote"} <= reference.keys()
    cut = {
        read["raw_text"][part["start"] : part["end"]].split("\n")[0][:8]: part["reason"]
        for part in read["cut"]
    }
    assert cut == {"Theo Ngô": "byline", "Trả lời": "comment_form", "0943.685": "phone"}
    kept = fold_spaces(read["raw_text"])
    for part in read["cut"]:
        kept = kept.replace(fold_spaces(read["raw_text"][part["start"] : part["end"]]), "")
    assert fold_spaces(read["text"]) == fold_spaces(kept)


def test_read_of_rows_gives_each(cancu: Cancu) -> None:
    run = cancu("read", str(SAMPLES / "tom-tat-khac.jsonl"), "--json")
    assert len(json.loads(run.stdout)["documents"]) == 6


def test_read_shows_everything_with_its_evidence(cancu: Cancu, tmp_path: Path) -> None:
    page = tmp_path / "quyet-dinh.txt"
    page.write_text(
        "ỦY BAN NHÂN DÂN\nTỈNH HÀ TĨNH\n\nSố: 15/2025/QĐ-UBND\n\nHà Tĩnh, ngày 05 tháng 3 năm 2025\n\nQUYẾT ĐỊNH\n"
        "Ban hành Quy chế trồng cây\n\nCăn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ;\n\n"
        "Điều 1. Ban hành kèm theo Quyết định này Quy chế trồng cây trên địa bàn tỉnh.\n\n"
        "Điều 2. Quyết định này có hiệu lực từ ngày 01 tháng 4 năm 2025.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nNguyễn Văn An\n",
        "utf-8",
    )
    read = json.loads(cancu("read", str(page), "--json").stdout)
    assert read["symbol"] == read["facts"]["symbol"]["value"] == "15/2025/QĐ-UBND"
    for name, fact in read["facts"].items():
        if fact is not None and fact["start"] is not None:
            assert fact["evidence"] == read["text"][fact["start"] : fact["end"]] != "", name
    assert [s["label"] for s in read["sections"] if s["level"] == "article"] == ["Điều 1", "Điều 2"]
    (based,) = [r for r in read["references"] if r["symbol"] == "30/2020/NĐ-CP"]
    assert (based["relation"], based["date"], based["provision"]) == ("based_on", "2020-03-05", None)
    for name in ("appendices", "sheets", "doubts", "notes", "versions", "copies", "corrections"):
        assert read[name] == []
    assert read["encoding"] is None
    shown = cancu("read", str(page)).stdout
    assert "Số, ký hiệu: 15/2025/QĐ-UBND" in shown
    assert "Cấu trúc: 2 điều" in shown
    assert "– 30/2020/NĐ-CP: căn cứ vào; ngày 05/03/2020; Chính phủ" in shown


def test_read_refuses_a_secret_file(cancu: Cancu, tmp_path: Path) -> None:
    page = tmp_path / "mat.txt"
    page.write_text("UBND XÃ AN BÌNH\n\nMẬT\n\nBÁO CÁO\n\nCăn cứ kế hoạch năm của xã;\n", "utf-8")
    run = cancu("read", str(page), "--json")
    error = json.loads(run.stdout)["error"]
    assert (run.returncode, error["type"]) == (1, "SecretDocument")
    assert "kế hoạch" not in run.stdout + run.stderr


def test_an_earlier_text_can_be_read(cancu: Cancu, tmp_path: Path) -> None:
    page = tmp_path / "thong-bao.txt"
    for day in ("thứ Năm", "thứ Ba"):
        page.write_text(
            f"Thông báo lịch tiếp dân\n\nLãnh đạo xã tiếp công dân vào {day} hằng tuần.\n", "utf-8"
        )
        assert cancu("ingest", str(page), "--no-index").returncode == 0
    read = json.loads(cancu("read", str(page), "--json").stdout)
    (version,) = read["versions"]
    assert "thứ Ba" in read["text"]
    for name in ("1", version["tag"]):
        old = json.loads(cancu("read", str(page), "--version", name, "--json").stdout)
        assert "thứ Năm" in old["text"]
    assert "Bản đọc ngày" in cancu("read", str(page)).stdout
    missing = cancu("read", str(page), "--version", "9", "--json")
    assert json.loads(missing.stdout)["error"]["type"] == "UnknownVersion"


def test_reread_reads_the_kept_bytes_and_writes_a_report(cancu: Cancu, tmp_path: Path) -> None:
    page = tmp_path / "thong-bao.txt"
    page.write_text("Thông báo họp dân\n\nThôn họp vào tối thứ Bảy.\n", "utf-8")
    chosen = tmp_path / "bao-cao.json"
    run = cancu("ingest", str(page), "--no-index", "--report", str(chosen), "--json")
    given = json.loads(run.stdout)
    assert given["report"] == str(chosen)
    kept = json.loads(chosen.read_text("utf-8"))
    assert (kept["counts"], kept["pages"]) == (given["counts"], given["pages"])
    page.unlink()
    again = json.loads(cancu("reread", "--no-index", "--json").stdout)
    assert again["counts"] == {"new": 0, "changed": 0, "same": 1, "failed": 0}
    assert Path(again["report"]).parent == tmp_path / "store" / "reports"


BAD_FILES = (
    ("trong.txt", b"", "EmptyPage"),
    ("khoang-trang.txt", b" \n\t\n", "EmptyPage"),
    ("anh.txt", bytes(range(256)) * 40, "BinaryPage"),
    ("hong.jsonl", b'{"id": "a", "text": "kh\xc3\xb4ng \xc4\x91\xc3\xb3ng', "MalformedRow"),
)


@pytest.mark.parametrize(("name", "content", "kind"), BAD_FILES, ids=[name for name, _, _ in BAD_FILES])
def test_a_bad_file_is_named_and_the_good_one_beside_it_is_kept(
    cancu: Cancu, tmp_path: Path, name: str, content: bytes, kind: str
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / name).write_bytes(content)
    (folder / "tot.txt").write_text("Thông báo họp dân\n\nThôn họp vào tối thứ Bảy.\n", "utf-8")
    run = cancu("ingest", str(folder), "--no-index", "--json")
    report = json.loads(run.stdout)
    assert run.returncode == 3
    assert report["counts"] == {"new": 1, "changed": 0, "same": 0, "failed": 1}
    failed = next(page for page in report["pages"] if page["change"] == "failed")
    assert failed["problem"]
    doctor = cancu("doctor", "--json")
    assert kind in doctor.stdout
    assert cancu("ingest", str(folder / name), "--no-index").returncode == 1


def test_a_legacy_encoding_is_converted_and_said(cancu: Cancu, tmp_path: Path) -> None:
    page = tmp_path / "abc.txt"
    line = "§¶ng bé tØnh Hµ TÜnh ban hµnh nghÞ quyÕt vÒ x©y dùng n«ng th«n míi. "
    page.write_text(line * 20, "utf-8")
    (read,) = json.loads(cancu("ingest", str(page), "--no-index", "--json").stdout)["pages"]
    assert (read["change"], read["encoding"]) == ("new", "TCVN3")
    shown = json.loads(cancu("read", str(page), "--json").stdout)
    assert shown["text"].startswith("Đảng bộ tỉnh Hà Tĩnh ban hành nghị quyết về xây dựng nông thôn mới.")
    assert "Bảng mã gốc: TCVN3" in cancu("read", str(page)).stdout


def test_nfd_text_is_stored_composed(cancu: Cancu, tmp_path: Path) -> None:
    import unicodedata

    page = tmp_path / "nfd.txt"
    page.write_text(
        unicodedata.normalize("NFD", "Nghị quyết số 04-NQ/TU về nông thôn mới của tỉnh.\n"), "utf-8"
    )
    read = json.loads(cancu("read", str(page), "--json").stdout)
    assert read["text"] == unicodedata.normalize("NFC", read["text"])
    reference = read["references"][0]
    assert (reference["symbol"], reference["quote"]) == ("04-NQ/TU", "Nghị quyết số 04-NQ/TU")


def test_a_path_that_is_not_there(cancu: Cancu, tmp_path: Path) -> None:
    run = cancu("ingest", str(tmp_path / "khong-co"))
    assert run.returncode == 1
    assert "khong-co" in run.stderr


def test_wrong_usage_is_exit_code_2_in_vietnamese(cancu: Cancu) -> None:
    run = cancu("search")
    assert run.returncode == 2
    assert "cách dùng: cancu search" in run.stderr


def test_eval_retrieval_on_a_set_of_our_own(cancu: Cancu, tmp_path: Path) -> None:
    corpus = [
        {"id": "a", "title": "Giảm nghèo", "text": "Hộ nghèo được vay vốn ưu đãi để phát triển sản xuất."},
        {"id": "b", "title": "Giao thông", "text": "Đường liên xã được trải nhựa trong năm nay."},
        {"id": "c", "title": "Y tế", "text": "Trạm y tế xã khám bệnh cho trẻ em vào thứ Hai."},
    ]
    queries = [{"id": "1", "text": "vay vốn cho hộ nghèo"}, {"id": "2", "text": "trạm y tế khám cho trẻ"}]
    folder = tmp_path / "test-cli"
    folder.mkdir()
    for name, rows in (("corpus", corpus), ("queries", queries)):
        lines = [json.dumps(row, ensure_ascii=False) for row in rows]
        (folder / f"{name}.jsonl").write_text("\n".join(lines), "utf-8")
    (folder / "qrels.tsv").write_text("qid\tdocid\trel\n1\ta\t1\n2\tc\t1\n2\tb\t0\n", "utf-8")
    run = cancu("eval", "retrieval", str(folder), "--top", "10", "--folded", "--fresh", "--json")
    report = json.loads(run.stdout)
    assert run.returncode == 0, run.stderr
    for name in ("dense", "lexical", "hybrid"):
        assert {"hit@1", "hit@3", "hit@5", "hit@10", "recall@10", "mrr@10", "ndcg@10"} <= report[name].keys()
    assert report["hybrid"]["hit@1"] == report["lexical"]["mrr@10"] == 1.0
    assert report["counts"] == {"documents": 3, "passages": 3, "queries": 2}
    assert report["latency_ms"]["p95"] >= report["latency_ms"]["p50"] > 0

    results = tmp_path / "results.json"
    run = cancu("eval", "retrieval", str(folder), "--both", "--out", str(results))
    assert run.stdout.startswith("test-cli (gõ có dấu): 2 câu hỏi, 3 văn bản, 3 đoạn\n")
    assert "test-cli (gõ không dấu)" in run.stdout
    run = cancu("eval", "compare", str(results), str(results))
    assert run.stdout == "Không câu hỏi nào thay đổi.\n"


def test_eval_answers_on_the_samples(cancu: Cancu) -> None:
    run = cancu(
        "eval", "answers", str(ROOT / "samples" / "questions.jsonl"), "--sources", str(SAMPLES), "--json"
    )
    report = json.loads(run.stdout)
    rates = ("quote_hit_rate", "citation_precision", "citation_recall", "refusal_precision", "refusal_recall")
    assert all(0 <= report[name] <= 1 for name in rates)
    assert report["counts"]["questions"] == 25
    assert (
        len(report["misses"]) == 25 - report["counts"]["answered_right"] - report["counts"]["refused_right"]
    )


def test_eval_says_what_is_missing(cancu: Cancu, tmp_path: Path) -> None:
    run = cancu("eval", "retrieval", str(tmp_path), "--json")
    assert run.returncode == 1
    assert json.loads(run.stdout)["error"]["type"] == "EvaluationError"


def test_every_command_is_in_the_readme() -> None:
    import cli

    readme = (ROOT / "README.md").read_text("utf-8")
    parser = cli._parser()
    commands = parser._subparsers._group_actions[0].choices  # type: ignore[union-attr]
    for command in commands:  # type: ignore[union-attr]
        assert f"cancu {command}" in readme
