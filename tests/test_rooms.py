"""Imports point back along the flow only: source → raw page → document → passage → hit → answer."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MAY_IMPORT = {
    "ingest": {"ingest"},
    "corpus": {"corpus", "ingest"},
    "index": {"index", "corpus", "ingest"},
    "pages": {"pages", "index", "corpus", "ingest", "settings", "doctor"},
    "commands": {"commands", "index", "corpus", "ingest", "settings", "doctor"},
    "cli": {"cli", "commands", "index", "corpus", "ingest", "settings", "doctor"},
    "doctor": {"index", "corpus", "ingest", "settings"},
    "settings": set(),
    "app": {"pages", "index", "corpus", "ingest", "settings", "doctor"},
}


def _modules() -> list[tuple[str, Path]]:
    modules = []
    for room in MAY_IMPORT:
        single = ROOT / f"{room}.py"
        paths = [single] if single.exists() else sorted((ROOT / room).rglob("*.py"))
        modules += [(room, path) for path in paths]
    return modules


@pytest.mark.parametrize(
    ("room", "path"), [pytest.param(r, p, id=str(p.relative_to(ROOT))) for r, p in _modules()]
)
def test_a_room_imports_only_what_lies_before_it(room: str, path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    imported = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            imported.add(node.module.split(".")[0])
    ours = imported & (MAY_IMPORT.keys() | {"bench", "tests"})
    assert ours <= MAY_IMPORT[room]


def test_no_room_of_leftovers() -> None:
    names = {path.name for _, path in _modules()}
    assert not names & {"utils.py", "helpers.py", "common.py", "misc.py"}
