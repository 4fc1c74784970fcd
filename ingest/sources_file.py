"""The file of sources (TOML): read strictly, written with its comments kept. docs/sources.md has its form."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import tomlkit
from tomlkit.exceptions import TOMLKitError

from ingest.errors import SourcesError
from ingest.sites import SITES
from ingest.sources import Source, SourceBook, SourceKind, Start, StartKind, suggest
from ingest.web.addresses import canonical_url

SHIPPED = Path(__file__).with_name("sources.toml")
PAGE = "{page}"
_TOP = ("source", "enabled")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?")
_SLOWEST = 3600.0
_HEADER = "Nguồn của bạn; cùng dạng với tệp nguồn kèm theo chương trình (docs/sources.md)."
_T = TypeVar("_T", bound=StrEnum)


def read_sources(user_file: Path | None) -> SourceBook:
    """See `ingest.sources.load_sources`."""
    shipped, switches = _read_file(SHIPPED)
    known = {source.name: source for source in shipped}
    if user_file is not None and user_file.exists():
        own, switched = _read_file(user_file)
        known |= {source.name: source for source in own}
        switches |= switched
    for name, (on, path) in switches.items():
        where = f"{path}: bảng [enabled]"
        if name not in known:
            raise SourcesError(
                f"{where} có nguồn {name!r} không tồn tại.{suggest(name, list(known))} Hãy sửa tên hoặc xóa dòng này."
            )
        _refuse_barred(where, known[name], on)
        known[name] = replace(known[name], enabled=on)
    return SourceBook(sources=tuple(known.values()))


def _read_file(path: Path) -> tuple[list[Source], dict[str, tuple[bool, Path]]]:
    try:
        return _read_text(path.read_text("utf-8"), path)
    except (OSError, UnicodeDecodeError) as error:
        raise SourcesError(
            f"Không đọc được tệp nguồn {path}: {error}. Hãy kiểm tra quyền đọc và mã UTF-8."
        ) from error


def _read_text(text: str, path: Path) -> tuple[list[Source], dict[str, tuple[bool, Path]]]:
    """The sources of a file and its switches, each with the file for messages."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SourcesError(f"Tệp nguồn {path} không đúng cú pháp TOML: {error}. Hãy sửa dòng đó.") from error
    _refuse_unknown(str(path), data, _TOP)
    entries = _tables(str(path), data, "source")
    sources: list[Source] = []
    for number, entry in enumerate(entries, 1):
        source = _read_source(f"{path}: nguồn {entry.get('name', f'thứ {number}')!r}", entry)
        if any(other.name == source.name for other in sources):
            raise SourcesError(
                f"{path}: tên {source.name!r} có hai lần. Hãy đổi tên hoặc xóa một mục [[source]]."
            )
        sources.append(source)
    enabled = data.get("enabled", {})
    if not isinstance(enabled, dict) or not all(isinstance(on, bool) for on in enabled.values()):
        raise SourcesError(f"{path}: bảng [enabled] chỉ nhận dạng tên = true hoặc tên = false.")
    return sources, {name: (on, path) for name, on in enabled.items()}


# --- one source ---------------------------------------------------------------------------------------------


def _read_source(where: str, entry: Mapping[str, Any]) -> Source:
    keys = [field.name for field in fields(Source) if field.name != "starts"]
    _refuse_unknown(where, entry, (*keys, "start"))
    _refuse_missing(where, entry, Source)
    values = {key: _READ[key](f"{where}, khóa {key!r}", entry[key]) for key in keys if key in entry}
    starts = tuple(
        _read_start(f"{where}, [[source.start]] thứ {number}", start)
        for number, start in enumerate(_tables(where, entry, "start"), 1)
    )
    source = Source(starts=starts, **values)
    _refuse_contradictions(where, source)
    return source


def _refuse_contradictions(where: str, source: Source) -> None:
    _refuse_barred(where, source, source.enabled)
    if not source.starts and source.barred is None:
        raise SourcesError(f"{where} không có điểm bắt đầu. Hãy thêm ít nhất một bảng [[source.start]].")
    if source.delay < 1 and not source.private:
        raise SourcesError(
            f"{where}, khóa 'delay': {source.delay} giây là quá nhanh với máy chủ của người khác. Hãy đặt từ 1 trở lên."
        )


def _refuse_barred(where: str, source: Source, on: bool) -> None:
    if on and source.barred is not None:
        raise SourcesError(
            f"{where}: nguồn {source.name!r} không được thu thập ({source.barred}). "
            "Hãy lưu trang bằng trình duyệt rồi nạp thư mục đó bằng `cancu ingest`."
        )


def _read_start(where: str, entry: Mapping[str, Any]) -> Start:
    _refuse_unknown(where, entry, [field.name for field in fields(Start)])
    _refuse_missing(where, entry, Start)
    start = Start(**{key: _READ_START[key](f"{where}, khóa {key!r}", value) for key, value in entry.items()})
    if start.kind is StartKind.FOLDER:
        return start
    if PAGE in start.url and start.kind is not StartKind.LISTING:
        raise SourcesError(
            f"{where}, khóa 'url': {PAGE} chỉ dùng với kind = \"listing\", không với {start.kind!r}."
        )
    if canonical_url(start.url.replace(PAGE, "1")) is None:
        raise SourcesError(
            f"{where}, khóa 'url': {start.url!r} không phải địa chỉ Web. Hãy ghi đủ, bắt đầu bằng https:// hay http://."
        )
    return start


def _refuse_unknown(where: str, entry: Mapping[str, Any], known: Sequence[str]) -> None:
    for key in entry:
        if key not in known:
            raise SourcesError(
                f"{where}: khóa {key!r} không có nghĩa.{suggest(key, known)} Các khóa được dùng: {', '.join(known)}."
            )


def _refuse_missing(where: str, entry: Mapping[str, Any], kind: type[Source] | type[Start]) -> None:
    for field in fields(kind):
        if field.default is MISSING and field.name not in entry and field.name != "starts":
            remedy = (
                'Hãy ghi khi nào và bằng cách nào đã kiểm chứng, hoặc "chưa kiểm chứng trực tuyến".'
                if field.name == "verified"
                else "Hãy thêm khóa này (xem docs/sources.md)."
            )
            raise SourcesError(f"{where}: thiếu khóa {field.name!r}. {remedy}")


# --- values -------------------------------------------------------------------------------------------------


def _tables(where: str, entry: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    found = entry.get(key, [])
    if not isinstance(found, list) or not all(isinstance(table, dict) for table in found):
        raise SourcesError(f"{where}: {key!r} phải là các bảng, mỗi bảng mở bằng [[…{key}]].")
    return found


def _wrong(where: str, value: object, wanted: str) -> SourcesError:
    return SourcesError(f"{where}: {value!r} không dùng được; cần {wanted}.")


def _text(where: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _wrong(where, value, "một chuỗi có chữ")
    return value.strip()


def _name(where: str, value: object) -> str:
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise _wrong(where, value, "chữ thường không dấu, chữ số và dấu gạch nối")
    return value


def _flag(where: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise _wrong(where, value, "true hoặc false")
    return value


def _count(least: int) -> Callable[[str, object], int]:
    def read(where: str, value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise _wrong(where, value, f"một số nguyên từ {least} trở lên")
        return value

    return read


def _seconds(where: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _SLOWEST:
        raise _wrong(where, value, f"số giây từ 0 đến {_SLOWEST:.0f}")
    return float(value)


def _one_of(kind: type[_T]) -> Callable[[str, object], _T]:
    def read(where: str, value: object) -> _T:
        if not isinstance(value, str) or value not in list(kind):
            raise _wrong(where, value, f"một trong: {', '.join(kind)}")
        return kind(value)

    return read


def _each(read_one: Callable[[str, object], str]) -> Callable[[str, object], tuple[str, ...]]:
    def read(where: str, value: object) -> tuple[str, ...]:
        if not isinstance(value, list):
            raise _wrong(where, value, 'một danh sách chuỗi ["…", "…"]')
        return tuple(read_one(where, item) for item in value)

    return read


def _host(where: str, value: object) -> str:
    if not isinstance(value, str) or not _HOST.fullmatch(value.lower()):
        raise _wrong(where, value, 'tên máy chủ, không có https:// và đường dẫn, như "media.example.vn"')
    return value.lower()


def _pattern(where: str, value: object) -> str:
    if not isinstance(value, str) or not value:
        raise _wrong(where, value, "một biểu thức chính quy")
    try:
        re.compile(value)
    except re.error as error:
        raise _wrong(where, value, f"một biểu thức chính quy đúng ({error})") from error
    return value


def _site(where: str, value: object) -> str:
    if not isinstance(value, str) or value not in SITES:
        raise _wrong(where, value, f"tên một tệp luật trong ingest/sites: {', '.join(SITES)}")
    return value


_READ: Mapping[str, Callable[[str, object], Any]] = {
    "name": _name,
    "publisher": _text,
    "kind": _one_of(SourceKind),
    "verified": _text,
    "province": _text,
    "site": _site,
    "hosts": _each(_host),
    "allow": _each(_pattern),
    "deny": _each(_pattern),
    "delay": _seconds,
    "budget": _count(1),
    "depth": _count(0),
    "private": _flag,
    "enabled": _flag,
    "barred": _text,
    "note": _text,
}
_READ_START: Mapping[str, Callable[[str, object], Any]] = {
    "kind": _one_of(StartKind),
    "url": _text,
    "verified": _text,
    "first_page": _count(0),
}


# --- writing ------------------------------------------------------------------------------------------------


def write_source(user_file: Path, source: Source) -> None:
    """See `ingest.sources.add_source`."""
    document = _open(user_file)
    entry = tomlkit.table()
    for key, value in _stated(source).items():
        if key != "starts":
            entry.add(key, value)
    starts = tomlkit.aot()
    for start in source.starts:
        starts.append(tomlkit.item(_stated(start)))
    if source.starts:
        entry.add("start", starts)
    if "source" not in document:
        document.add("source", tomlkit.aot())
    document["source"].append(entry)
    _write(user_file, document)


def write_switch(user_file: Path, name: str, on: bool) -> None:
    """See `ingest.sources.set_enabled`."""
    _refuse_barred(str(user_file), read_sources(user_file).get(name), on)
    document = _open(user_file)
    if "enabled" not in document:
        document.add("enabled", tomlkit.table())
    document["enabled"][name] = on
    _write(user_file, document)


def _stated(item: Source | Start) -> dict[str, Any]:
    """The fields that differ from their defaults, as TOML has them."""
    stated: dict[str, Any] = {}
    for field in fields(item):
        value = getattr(item, field.name)
        if value != field.default:
            stated[field.name] = list(value) if isinstance(value, tuple) else value
            if isinstance(value, StrEnum):
                stated[field.name] = value.value
    return stated


def _open(user_file: Path) -> tomlkit.TOMLDocument:
    if not user_file.exists():
        document = tomlkit.document()
        document.add(tomlkit.comment(_HEADER))
        return document
    _read_file(user_file)  # what is wrong in it is told before anything is written
    try:
        return tomlkit.parse(user_file.read_text("utf-8"))
    except TOMLKitError as error:
        raise SourcesError(f"Không sửa được tệp nguồn {user_file}: {error}. Hãy sửa tệp bằng tay.") from error


def _write(user_file: Path, document: tomlkit.TOMLDocument) -> None:
    """Put the new text in the place of the old one, once it has been read as it will be."""
    text = tomlkit.dumps(document)
    _read_text(text, user_file)
    part = user_file.with_name(f"{user_file.name}.part")
    try:
        user_file.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(text, "utf-8")
        part.replace(user_file)
    except OSError as error:
        raise SourcesError(
            f"Không ghi được tệp nguồn {user_file}: {error}. Hãy kiểm tra quyền ghi."
        ) from error
