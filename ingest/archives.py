"""Archives (.zip): the files inside, each as a page of its own, and the guard against archives that explode.

Nothing is ever unpacked to the disk, so a name such as "../../x" leads nowhere; it is a name and no more. The
sizes that an archive declares are checked before a byte is unpacked, and zipfile never reads past them.
"""

from __future__ import annotations

import io
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote

from ingest.errors import (
    DamagedFile,
    EncryptedFile,
    IngestError,
    PageTooLarge,
    SourceError,
    UnreadablePage,
    UnsafeFile,
)
from ingest.kinds import ROWS, SUPPORTED, TEXT, ZIP, guess_media_type, media_type_of
from ingest.legacy import vietnamese_letters
from ingest.limits import Limits
from ingest.models import RawPage, SkippedPage, hash_content

_ENCRYPTED = 0x1  # flag bits of a member
_UTF8_NAME = 0x800
_RATIO_FROM = 1 << 20  # bytes; smaller files may be blanks throughout
_FRAGMENT = "-._~:/@!$&'()*+,;=?"  # what RFC 3986 allows unescaped in a fragment


@dataclass(frozen=True, slots=True)
class _Member:
    """One file of an archive, or of an archive inside it."""

    path: str  # as a reader of the archive sees it, "/" between folders
    archive: zipfile.ZipFile
    info: zipfile.ZipInfo


def list_members(content: bytes, uri: str, name: str, limits: Limits) -> Iterator[RawPage | SkippedPage]:
    """The pages of the archive at `uri`: one for every file in it, in the order of their names."""
    for found in _walk_checked(content, name, limits):
        if isinstance(found, _Member):
            yield _read(found, uri, name, limits)
        else:
            yield SkippedPage(uri=_member_uri(uri, found[0]), reason=found[1])


def count_members(content: bytes, name: str, limits: Limits) -> int:
    """How many items `list_members` will yield; unpacks nothing but archives inside the archive."""
    return sum(1 for _ in _walk_checked(content, name, limits))


def open_archive(content: bytes, name: str, limits: Limits) -> zipfile.ZipFile:
    """An archive whose declared sizes are within the limits. Raises DamagedFile or UnsafeFile."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        infos = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RecursionError) as error:
        raise DamagedFile(
            f"Tệp {name!r} hỏng hoặc bị cắt cụt, không mở được. Hãy tải lại tệp gốc."
        ) from error
    if len(infos) > limits.max_archive_files:
        raise UnsafeFile(
            f"Tệp nén {name!r} có {len(infos)} tệp, quá giới hạn {limits.max_archive_files}. Hãy chia nhỏ."
        )
    total = sum(info.file_size for info in infos)
    if total > limits.max_unpacked_bytes:
        raise UnsafeFile(
            f"Tệp nén {name!r} bung ra {total / 2**20:.0f} MB, quá giới hạn "
            f"{limits.max_unpacked_bytes / 2**20:.0f} MB. Hãy chia nhỏ, hoặc kiểm tra nguồn tệp."
        )
    return archive


def check_archive(content: bytes, name: str, limits: Limits) -> None:
    """Raises DamagedFile or UnsafeFile where an archive, or a file in it, declares more than the limits allow."""
    for info in open_archive(content, name, limits).infolist():
        _check_ratio(info, f"{name}#{info.filename}", limits)


def _check_ratio(info: zipfile.ZipInfo, name: str, limits: Limits) -> None:
    if info.file_size > _RATIO_FROM and info.file_size > limits.max_ratio * max(1, info.compress_size):
        raise UnsafeFile(
            f"{name!r} bung ra gấp {info.file_size // max(1, info.compress_size)} lần, giới hạn là "
            f"{limits.max_ratio} lần. Hãy kiểm tra nguồn tệp."
        )


def read_member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, limits: Limits, *, largest: int
) -> bytes:
    """The bytes of one file of an archive. Raises UnsafeFile, EncryptedFile, PageTooLarge or DamagedFile."""
    if info.flag_bits & _ENCRYPTED:
        raise EncryptedFile(f"{name!r} được bảo vệ bằng mật khẩu. Hãy giải nén rồi nạp các tệp bên trong.")
    _check_ratio(info, name, limits)
    if info.file_size > largest:
        raise PageTooLarge(
            f"{name!r} quá lớn: {info.file_size / 2**20:.1f} MB, giới hạn là {largest / 2**20:.0f} MB. "
            "Hãy chia thành nhiều tệp nhỏ hơn."
        )
    try:
        return archive.read(info)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
        # NotImplementedError (a compression that Python lacks) is a RuntimeError
        raise DamagedFile(f"{name!r} hỏng, không giải nén được. Hãy tải lại tệp gốc.") from error


def _walk_checked(content: bytes, name: str, limits: Limits) -> Iterator[_Member | tuple[str, IngestError]]:
    try:
        archive = open_archive(content, name, limits)
    except UnreadablePage as error:
        yield "", error
        return
    yield from _walk(archive, name, limits, inside="")


def _walk(
    archive: zipfile.ZipFile, name: str, limits: Limits, *, inside: str
) -> Iterator[_Member | tuple[str, IngestError]]:
    """The files of an archive by name; what is passed over comes out with its reason."""
    seen: set[str] = set()
    files = [(member_name(info), info) for info in archive.infolist() if not info.is_dir()]
    if not files:
        yield inside, DamagedFile(f"Tệp nén {name!r} không có tệp nào. Hãy kiểm tra tệp gốc.")
    for path, info in sorted(files, key=lambda file: file[0]):
        member = _Member(inside + path, archive, info)
        if path in seen:
            yield (
                member.path,
                SourceError(
                    f"Bỏ qua {path!r} trong {name!r} vì trùng tên với một tệp trước. Hãy đổi tên rồi nén lại."
                ),
            )
            continue
        seen.add(path)
        reason = _passed_over(path, info, name)
        if reason is not None:
            yield member.path, reason
        elif media_type_of(path) != ZIP:
            yield member
        else:
            yield from _open_inner(member, name, limits, deeper=bool(inside))


def _open_inner(
    member: _Member, name: str, limits: Limits, *, deeper: bool
) -> Iterator[_Member | tuple[str, IngestError]]:
    """The files of an archive inside an archive; one inside that is refused."""
    label = f"{name}#{member.path}"
    if deeper:
        yield (
            member.path,
            UnsafeFile(
                f"Bỏ qua {label!r}: tệp nén lồng quá hai lớp. Hãy giải nén rồi nạp các tệp bên trong."
            ),
        )
        return
    try:
        content = read_member(member.archive, member.info, label, limits, largest=limits.max_file_bytes)
        if guess_media_type(ZIP, content) != ZIP:  # a Word file under another name
            yield member
            return
        inner = open_archive(content, label, limits)
    except UnreadablePage as error:
        yield member.path, error
        return
    yield from _walk(inner, label, limits, inside=member.path + "/")


def _passed_over(path: str, info: zipfile.ZipInfo, name: str) -> SourceError | None:
    parts = PurePosixPath(path).parts
    where = f"{path!r} trong {name!r}"
    if "__MACOSX" in parts:
        return SourceError(f"Bỏ qua {where} vì là tệp phụ của macOS, không phải văn bản.")
    if any(part.startswith((".", "~$")) and part != ".." for part in parts):
        return SourceError(f"Bỏ qua {where} vì là tệp ẩn hoặc tệp tạm. Hãy đổi tên rồi nén lại nếu cần đọc.")
    if stat.S_ISLNK(info.external_attr >> 16):
        return SourceError(f"Bỏ qua {where} vì là liên kết, không phải tệp thường.")
    kind = media_type_of(path)
    if kind is None:
        return SourceError(f"Chưa đọc được loại tệp của {where}. Các loại đọc được: {SUPPORTED}.")
    if kind == ROWS:
        return SourceError(f"Chưa đọc tệp .jsonl nằm trong tệp nén: {where}. Hãy giải nén rồi nạp tệp đó.")
    return None


def _read(member: _Member, uri: str, name: str, limits: Limits) -> RawPage | SkippedPage:
    label = f"{name}#{member.path}"
    named = media_type_of(member.path) or TEXT
    at = _member_uri(uri, member.path)
    try:
        content = read_member(member.archive, member.info, label, limits, largest=limits.of(named))
    except UnreadablePage as error:
        return SkippedPage(uri=at, reason=error)
    media_type = guess_media_type(named, content)
    return RawPage(uri=at, content=content, sha256=hash_content(content), media_type=media_type, name=label)


def _member_uri(uri: str, path: str) -> str:
    return f"{uri}#{quote(path, safe=_FRAGMENT)}" if path else uri


def member_name(info: zipfile.ZipInfo) -> str:
    """The name of a file in an archive, NFC, "/" between folders.

    Archives made on Windows hold names in the code page of the machine and do not say which.
    """
    name = info.filename
    if not info.flag_bits & _UTF8_NAME:
        with suppress(UnicodeEncodeError):  # a name that did not come out of cp437: an extra field gave it
            name = _decode_name(name.encode("cp437")) or name
    return unicodedata.normalize("NFC", name).replace("\\", "/").lstrip("/") or "_"


def _decode_name(raw: bytes) -> str | None:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        name = unicodedata.normalize("NFC", raw.decode("cp1258"))
    except UnicodeDecodeError:
        return None
    stray = any(unicodedata.combining(char) for char in name)
    return name if vietnamese_letters(name) and not stray else None
