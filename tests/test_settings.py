"""The settings: file, environment and command line, in this order."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.encoder import DEFAULT_PRECISION, Precision
from settings import PRECISIONS, Settings, SettingsError, load_settings


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A settings file of the test's own, not yet there."""
    path = tmp_path / "config.toml"
    monkeypatch.setenv("CANCU_CONFIG", str(path))
    monkeypatch.delenv("CANCU_PRECISION", raising=False)
    return path


def test_precisions_are_those_of_the_encoder() -> None:
    assert set(PRECISIONS) == {precision.value for precision in Precision}
    assert load_settings().precision == Settings(store=Path(), cache=Path()).precision == DEFAULT_PRECISION


def test_precision_from_file_and_environment(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config.write_text('precision = "fp32"\n', encoding="utf-8")
    assert load_settings().precision == "fp32"
    monkeypatch.setenv("CANCU_PRECISION", "int8")
    assert load_settings().precision == "int8"


@pytest.mark.parametrize("wrong", ["int4", "FP32", "8"])
def test_unknown_precision_is_named_with_the_choice(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANCU_PRECISION", wrong)
    with pytest.raises(SettingsError, match="fp32, int8"):
        load_settings()
