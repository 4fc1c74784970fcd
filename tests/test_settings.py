"""The settings: file, environment and command line, in this order."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.encoder import DEFAULT_PRECISION, Precision
from settings import PRECISIONS, ModelEndpoint, Settings, SettingsError, load_settings


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


# --- the language model


ENDPOINT = '[model_endpoint]\nbase_url = "http://127.0.0.1:11434/v1"\nmodel = "qwen3:4b"\n'


def test_no_language_model_unless_one_is_named(config: Path) -> None:
    assert load_settings().model_endpoint is None
    config.write_text(f"{ENDPOINT}enabled = false\n", encoding="utf-8")
    assert load_settings().model_endpoint is None


def test_a_language_model_from_the_file(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config.write_text(ENDPOINT, encoding="utf-8")
    assert load_settings().model_endpoint == ModelEndpoint(
        base_url="http://127.0.0.1:11434/v1", model="qwen3:4b", api_key=None, timeout=20.0
    )
    config.write_text(f'{ENDPOINT}timeout = 45\napi_key_env = "KHOA_THU"\n', encoding="utf-8")
    monkeypatch.setenv("KHOA_THU", "khoa-bi-mat")
    endpoint = load_settings().model_endpoint
    assert endpoint is not None
    assert (endpoint.api_key, endpoint.timeout) == ("khoa-bi-mat", 45.0)
    assert "khoa-bi-mat" not in repr(load_settings())


WRONG_ENDPOINTS = (
    ("[model_endpoint]\n", "phải có base_url và model"),
    (ENDPOINT.replace("http://", "ftp://"), "base_url phải là địa chỉ"),
    (ENDPOINT.replace("127.0.0.1:11434", "127.0.0.1:x"), "base_url phải là địa chỉ"),
    (ENDPOINT.replace("127.0.0.1", "ten:khau@127.0.0.1"), "không ghi tên và mật khẩu"),
    (f'{ENDPOINT}key = "x"\n', "chỉ nhận các khóa: base_url, model, api_key_env, timeout, enabled"),
    (f"{ENDPOINT}timeout = 0\n", "timeout là số giây"),
    (f"{ENDPOINT}timeout = true\n", "timeout là số giây"),
    (f'{ENDPOINT}timeout = "5"\n', "khóa timeout có giá trị sai kiểu"),
    (f'{ENDPOINT}enabled = "no"\n', "khóa enabled có giá trị sai kiểu"),
    (f'{ENDPOINT}api_key_env = "KHONG_CO_KHOA_NAY"\n', "biến môi trường KHONG_CO_KHOA_NAY chưa đặt"),
    ("model_endpoint = 3\n", "chỉ nhận các khóa"),
)


@pytest.mark.parametrize(("text", "message"), WRONG_ENDPOINTS)
def test_a_wrong_endpoint_is_named_with_the_remedy(config: Path, text: str, message: str) -> None:
    config.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=message):
        load_settings()
