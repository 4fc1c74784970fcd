"""Pages from local files and folders.

    for found in list_pages(Path("van-ban")):
        match found:
            case RawPage(): …
            case SkippedPage(): print(found.uri, found.reason)

Every file below a folder, every line of a .jsonl file and every file of a .zip archive comes out either as a
`RawPage` or as a `SkippedPage` with its reason.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from ingest.archives import count_members, list_members
from ingest.errors import IngestError, MalformedRow, PageTooLarge, SourceError
from ingest.kinds import MEDIA_TYPES, ROWS, SUPPORTED, ZIP, guess_media_type, media_type_of
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.models import RawPage, SkippedPage, hash_content

__all__ = [
    "MEDIA_TYPES",
    "SkippedPage",
    "count_pages",
    "file_uri",
    "guess_media_type",
    "list_pages",
    "too_large",
]

_BOM = b"\xef\xbb\xbf"


def list_pages(path: Path, *, limits: Limits = DEFAULT_LIMITS) -> Iterator[RawPage | SkippedPage]:
    """The pages of a file, or of a folder and all below it, in the order of their names.

    A .jsonl file gives one page a line, with the uri "file:///…/x.jsonl#<id>"; it is read line by line. An
    archive gives one page a file in it, with the uri "file:///…/x.zip#<path inside>".
    Raises SourceError at once when `path` itself does not exist, cannot be read or is of no known type;
    whatever fails below it is yielded as a SkippedPage.
    """
    path = path.absolute()
    _check_source(path)
    return _list_checked(path, limits)


def count_pages(path: Path, *, limits: Limits = DEFAULT_LIMITS) -> int:
    """How many items `list_pages` will yield: reads the lines of .jsonl files and the lists of archives."""
    path = path.absolute()
    _check_source(path)
    return sum(1 if isinstance(found, SkippedPage) else _count(found, limits) for found in _walk(path))


def _count(path: Path, limits: Limits) -> int:
    kind = media_type_of(path.name)
    if kind == ROWS:
        return _count_rows(path)
    return _count_archive(path, limits) if kind == ZIP else 1


def file_uri(path: Path) -> str:
    """The "file:///…" address of a path."""
    return path.absolute().as_uri()


def _check_source(path: Path) -> None:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError as error:
        raise SourceError(f"Không tìm thấy {str(path)!r}. Hãy kiểm tra lại đường dẫn.") from error
    except OSError as error:
        raise SourceError(f"Không mở được {str(path)!r} ({_cause(error)}). {_remedy(error)}") from error
    if stat.S_ISDIR(mode):
        _check_readable_folder(path)
    elif media_type_of(path.name) is None:
        raise SourceError(_unsupported(path))


def _check_readable_folder(path: Path) -> None:
    try:
        with os.scandir(path):
            pass
    except OSError as error:
        raise SourceError(
            f"Không mở được thư mục {str(path)!r} ({_cause(error)}). {_remedy(error)}"
        ) from error


def _list_checked(path: Path, limits: Limits) -> Iterator[RawPage | SkippedPage]:
    for found in _walk(path):
        if isinstance(found, SkippedPage):
            yield found
        elif media_type_of(found.name) == ROWS:
            yield from _list_rows(found, limits)
        else:
            yield from _list_file(found, limits)


def _walk(path: Path) -> Iterator[Path | SkippedPage]:
    """The readable files below a path, sorted; what is passed over comes out with its reason."""
    if not path.is_dir():
        yield path
        return
    try:
        with os.scandir(path) as entries:
            names = sorted(entry.name for entry in entries)
    except OSError as error:
        yield _skip(
            path, SourceError(f"Không mở được thư mục {str(path)!r} ({_cause(error)}). {_remedy(error)}")
        )
        return
    for name in names:
        yield from _visit(path / name)


def _visit(child: Path) -> Iterator[Path | SkippedPage]:
    if child.name.startswith("."):
        yield _skip(
            child, SourceError(f"Bỏ qua {str(child)!r} vì là tệp hoặc thư mục ẩn. Hãy đổi tên nếu cần đọc.")
        )
        return
    try:
        mode = child.stat().st_mode
    except OSError as error:
        yield _skip(child, _unreadable(child, error))
        return
    if stat.S_ISDIR(mode):
        if child.is_symlink():  # following it could walk in a circle
            yield _skip(
                child, SourceError(f"Bỏ qua liên kết thư mục {str(child)!r}. Hãy nạp thẳng thư mục gốc.")
            )
        else:
            yield from _walk(child)
    elif not stat.S_ISREG(mode):
        yield _skip(child, SourceError(f"Bỏ qua {str(child)!r} vì không phải tệp thường."))
    elif media_type_of(child.name) is None:
        yield _skip(child, SourceError(_unsupported(child)))
    else:
        yield child


def _list_file(path: Path, limits: Limits) -> Iterator[RawPage | SkippedPage]:
    """The page that a file is, or those of the archive that it is."""
    content = _read_file(path, limits)
    if isinstance(content, SkippedPage):
        yield content
        return
    named = media_type_of(path.name) or ZIP
    media_type = guess_media_type(named, content)
    if named == ZIP and media_type == ZIP:
        yield from list_members(content, file_uri(path), path.name, limits)
    else:
        yield _raw_page(file_uri(path), content, media_type, path.name)


def _read_file(path: Path, limits: Limits) -> bytes | SkippedPage:
    limit = limits.of(media_type_of(path.name) or ZIP)
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size > limit:
                return _skip(path, too_large(path.name, size, limit))
            return file.read()
    except OSError as error:
        return _skip(path, _unreadable(path, error))


def _count_archive(path: Path, limits: Limits) -> int:
    content = _read_file(path, limits)
    if isinstance(content, SkippedPage) or guess_media_type(ZIP, content) != ZIP:
        return 1
    return count_members(content, path.name, limits)


def too_large(name: str, size: int, limit: int) -> PageTooLarge:
    """The error for a page of `size` bytes over the limit."""
    return PageTooLarge(
        f"Trang {name!r} quá lớn: {size / 2**20:.1f} MB, giới hạn là {limit / 2**20:.0f} MB. "
        "Hãy chia thành nhiều tệp nhỏ hơn."
    )


def _raw_page(uri: str, content: bytes, media_type: str, name: str) -> RawPage:
    return RawPage(uri=uri, content=content, sha256=hash_content(content), media_type=media_type, name=name)


# --- .jsonl -----------------------------------------------------------------------------------------------


def _list_rows(path: Path, limits: Limits) -> Iterator[RawPage | SkippedPage]:
    uri = file_uri(path)
    seen: dict[str, int] = {}
    try:
        with path.open("rb") as file:
            for number, line in _lines(file, limits.max_page_bytes):
                yield _row_page(path.name, uri, number, line, seen, limits)
    except OSError as error:
        yield _skip(path, _unreadable(path, error))


def _lines(file: BinaryIO, limit: int) -> Iterator[tuple[int, bytes]]:
    """(line number, line) of the lines that are not blank; of one over the limit, its first bytes."""
    number = 0
    while line := file.readline(limit + 2):
        number += 1
        rest = line
        while not rest.endswith(b"\n") and (rest := file.readline(1 << 20)):
            pass
        line = line.removesuffix(b"\n").removesuffix(b"\r")
        if number == 1:
            line = line.removeprefix(_BOM)
        if line.strip():
            yield number, line


def _row_page(
    name: str, uri: str, number: int, line: bytes, seen: dict[str, int], limits: Limits
) -> RawPage | SkippedPage:
    at = f"{uri}#line={number}"
    if len(line) > limits.max_page_bytes:
        return SkippedPage(
            uri=at, reason=too_large(f"{name}, dòng {number}", len(line), limits.max_page_bytes)
        )
    try:
        source_id = row_id(parse_row(line, f"{name}, dòng {number}"), f"{name}, dòng {number}")
    except MalformedRow as error:
        return SkippedPage(uri=at, reason=error)
    if source_id in seen:
        return SkippedPage(
            uri=at,
            reason=MalformedRow(
                f"Dòng {number} của {name!r} lặp lại id {source_id!r} đã có ở dòng {seen[source_id]}. "
                "Hãy đặt id khác cho mỗi văn bản."
            ),
        )
    seen[source_id] = number
    row_uri = f"{uri}#{quote(source_id, safe=_FRAGMENT)}"
    return _raw_page(row_uri, line, "application/json", f"{name}#{source_id}")


_FRAGMENT = "-._~:/@!$&'()*+,;=?"  # what RFC 3986 allows unescaped in a fragment


def parse_row(line: bytes, where: str) -> dict[str, object]:
    """The JSON object of one line. Raises MalformedRow naming `where`."""
    try:
        row = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise MalformedRow(f"{where}: không phải một dòng JSON hợp lệ. Hãy sửa hoặc xoá dòng này.") from error
    if not isinstance(row, dict):
        raise MalformedRow(f"{where}: cần một đối tượng JSON có id và text. Hãy sửa hoặc xoá dòng này.")
    return row


def row_id(row: dict[str, object], where: str) -> str:
    """The `id` of a row as text. Raises MalformedRow where there is none."""
    value = row.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value.strip() or not _encodable(value):
        raise MalformedRow(f"{where}: thiếu id (một chuỗi không rỗng). Hãy thêm id cho văn bản này.")
    return value


def _encodable(value: str) -> bool:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _count_rows(path: Path) -> int:
    try:
        with path.open("rb") as file:
            return sum(1 for line in file if line.strip())
    except OSError:
        return 1  # list_pages yields one SkippedPage for it


# --- messages ---------------------------------------------------------------------------------------------


def _skip(path: Path, reason: IngestError) -> SkippedPage:
    return SkippedPage(uri=file_uri(path), reason=reason)


def _unsupported(path: Path) -> str:
    return f"Chưa đọc được loại tệp của {str(path)!r}. Các loại đọc được: {SUPPORTED}."


def _unreadable(path: Path, error: OSError) -> SourceError:
    return SourceError(f"Không đọc được {str(path)!r} ({_cause(error)}). {_remedy(error)}")


def _cause(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "tệp không còn ở đó"
    if isinstance(error, PermissionError):
        return "không có quyền đọc"
    return error.strerror or type(error).__name__


def _remedy(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "Hãy kiểm tra lại đường dẫn rồi nạp lại."
    if isinstance(error, PermissionError):
        return "Hãy cấp quyền đọc rồi nạp lại."
    return "Hãy kiểm tra ổ đĩa rồi nạp lại."
