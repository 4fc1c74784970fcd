"""Settings of one run: where the store and the caches are, which encoder. Command line over file over default."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from urllib.parse import urlsplit

from platformdirs import user_cache_path, user_config_path, user_data_path

# The marks of internal papers that a file may allow (ingest.secrecy names the same); degrees of State
# secrets can never be allowed.
INTERNAL_MARKS = ("Lưu hành nội bộ", "Không phổ biến", "Tài liệu nội bộ")

# What the packaged encoder computes in (index.encoder.Precision names the same).
PRECISIONS = ("fp32", "int8")


class SettingsError(Exception):
    """The settings file is malformed or has an unknown key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelEndpoint:
    """Where a language model answers (docs/mo-hinh-ngon-ngu.md): `[model_endpoint]` in the file."""

    base_url: str  # of an OpenAI-compatible service: "http://127.0.0.1:11434/v1"
    model: str
    api_key: str | None = field(default=None, repr=False)  # read from the variable that api_key_env names
    timeout: float  # seconds, the whole request


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What every command needs to know."""

    store: Path
    cache: Path
    model: str | None = None  # a folder or a hub name; None for the packaged weights
    precision: str = "int8"  # of PRECISIONS, for the packaged weights; models by name compute in fp32
    workers: int = max(1, min(4, os.cpu_count() or 1))  # processes that tokenise passages
    sources: Path | None = None  # the user's file of sources; None: sources.toml beside config.toml
    contact: str | None = None  # what a crawl tells the sites it visits: an address or a page
    secrecy_allow: tuple[str, ...] = ()  # of INTERNAL_MARKS; in the file: [secrecy] allow = […]
    model_endpoint: ModelEndpoint | None = None  # None: no language model, and nothing leaves the machine


def load_settings(*, store: str | None = None, model: str | None = None) -> Settings:
    """The settings; raises SettingsError with the key or line that is wrong.

    The file is `config.toml` in the user's configuration folder for "cancu", or the one that the environment
    variable CANCU_CONFIG names. CANCU_STORE, CANCU_CACHE, CANCU_MODEL, CANCU_PRECISION, CANCU_SOURCES and
    CANCU_CONTACT override it, arguments override all.
    """
    path = Path(os.environ.get("CANCU_CONFIG") or user_config_path("cancu", appauthor=False) / "config.toml")
    settings = Settings(
        store=user_data_path("cancu", appauthor=False) / "store",
        cache=user_cache_path("cancu", appauthor=False),
        sources=path.with_name("sources.toml"),
    )
    settings = _apply(settings, _read_file(path), f"tệp {path}")
    names = ("store", "cache", "model", "precision", "sources", "contact")
    environment = {name: os.environ.get(f"CANCU_{name.upper()}") for name in names}
    settings = _apply(settings, environment, "biến môi trường CANCU_…")
    return _apply(settings, {"store": store, "model": model}, "dòng lệnh")


def _read_file(path: Path) -> dict[str, object]:
    if not path.exists():
        return {}
    try:
        values: dict[str, object] = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"Không đọc được tệp cấu hình {path}: {error}") from error
    if "secrecy_allow" in values:
        raise SettingsError(
            f"Khóa cấu hình lạ 'secrecy_allow' trong tệp {path}. Hãy viết [secrecy] allow = […]."
        )
    if "secrecy" in values:
        values["secrecy_allow"] = _read_allowed(values.pop("secrecy"), path)
    if "model_endpoint" in values:
        values["model_endpoint"] = _read_endpoint(values["model_endpoint"], path)
    return values


_TIMEOUT = 20.0  # seconds: a small model on two cores needs most of it
_ENDPOINT_KEYS: dict[str, type | tuple[type, ...]] = {
    "base_url": str,
    "model": str,
    "api_key_env": str,
    "timeout": (int, float),
    "enabled": bool,
}


def _read_endpoint(section: object, path: Path) -> ModelEndpoint | None:
    """The endpoint that `[model_endpoint]` names; None where it says enabled = false."""
    where = f"Mục [model_endpoint] trong tệp {path}"
    if not isinstance(section, dict) or not section.keys() <= _ENDPOINT_KEYS.keys():
        raise SettingsError(f"{where} chỉ nhận các khóa: {', '.join(_ENDPOINT_KEYS)}.")
    for name, value in section.items():
        if not isinstance(value, _ENDPOINT_KEYS[name]) or value == "":
            raise SettingsError(f"{where}: khóa {name} có giá trị sai kiểu ({value!r}).")
    if section.get("enabled") is False:
        return None
    if not {"base_url", "model"} <= section.keys():
        raise SettingsError(f"{where} phải có base_url và model. Muốn tắt thì viết enabled = false.")
    _check_address(section["base_url"], where)
    timeout = float(section.get("timeout", _TIMEOUT))
    if isinstance(section.get("timeout"), bool) or not 0 < timeout <= 600:
        raise SettingsError(f"{where}: timeout là số giây, lớn hơn 0 và không quá 600.")
    key = _read_key(section["api_key_env"], where) if "api_key_env" in section else None
    return ModelEndpoint(base_url=section["base_url"], model=section["model"], api_key=key, timeout=timeout)


def _check_address(base_url: str, where: str) -> None:
    try:
        parts = urlsplit(base_url)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if (
        not sound
        or not base_url.isascii()
        or any(c.isspace() for c in base_url)
        or parts.query
        or parts.fragment
    ):
        raise SettingsError(
            f"{where}: base_url phải là địa chỉ http(s)://máy[:cổng]/…, không phải {base_url!r}."
        )
    if parts.username or parts.password:
        raise SettingsError(f"{where}: không ghi tên và mật khẩu trong base_url. Hãy dùng api_key_env.")


def _read_key(name: str, where: str) -> str:
    key = os.environ.get(name, "").strip()
    if not key or not (key.isascii() and key.isprintable()):
        raise SettingsError(
            f"{where}: biến môi trường {name} chưa đặt hoặc không phải một khóa. "
            "Hãy đặt biến này, bỏ api_key_env, hoặc viết enabled = false."
        )
    return key


def _read_allowed(section: object, path: Path) -> tuple[str, ...]:
    """The marks in `[secrecy] allow = […]`."""
    allow = section.get("allow") if isinstance(section, dict) and section.keys() <= {"allow"} else None
    if not isinstance(allow, list) or not all(mark in INTERNAL_MARKS for mark in allow):
        raise SettingsError(
            f"Mục [secrecy] trong tệp {path} chỉ nhận allow là danh sách gồm: {', '.join(INTERNAL_MARKS)}. "
            "Dấu MẬT, TỐI MẬT, TUYỆT MẬT không bao giờ được cho phép."
        )
    return tuple(allow)


def _apply(settings: Settings, values: dict[str, object] | dict[str, str | None], source: str) -> Settings:
    known = {setting.name for setting in fields(Settings)}
    for name, value in values.items():
        if name not in known:
            raise SettingsError(
                f"Khóa cấu hình lạ {name!r} trong {source}. Các khóa dùng được: {', '.join(sorted(known))}."
            )
        if value is None or value == "":
            continue
        if name in ("store", "cache", "sources"):
            value = Path(str(value)).expanduser()
        elif name == "precision" and value not in PRECISIONS:
            raise SettingsError(f"Khóa {name!r} trong {source} phải là một trong: {', '.join(PRECISIONS)}.")
        elif name == "workers" and (not isinstance(value, int) or value < 1):
            raise SettingsError(f"Khóa {name!r} trong {source} phải là số nguyên từ 1 trở lên.")
        settings = replace(settings, **{name: value})  # type: ignore[arg-type]
    return settings
