"""Settings of one run: where the store and the caches are, which encoder. Command line over file over default."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path

from platformdirs import user_cache_path, user_config_path, user_data_path

# The marks of internal papers that a file may allow (ingest.secrecy names the same); degrees of State
# secrets can never be allowed.
INTERNAL_MARKS = ("Lưu hành nội bộ", "Không phổ biến", "Tài liệu nội bộ")

# What the packaged encoder computes in (index.encoder.Precision names the same).
PRECISIONS = ("fp32", "int8")


class SettingsError(Exception):
    """The settings file is malformed or has an unknown key."""


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
    return values


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
    known = {field.name for field in fields(Settings)}
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
