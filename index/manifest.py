"""What an index was built from; an index of other parts, or of an older state, is refused with a remedy."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.store import StoreState
from index.errors import ForeignIndex, IndexCorrupt, MissingIndex, StaleIndex

# Changes whenever the tokens, the text given to the encoder or the files of an index change in meaning.
LAYOUT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The parts of an index."""

    layout: int
    encoder: str  # Encoder.fingerprint
    dimensions: int
    store_id: str
    revision: int
    passages: int


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the index in a folder. Raises MissingIndex or IndexCorrupt."""
    path = folder / "manifest.json"
    try:
        return Manifest(**json.loads(path.read_text("utf-8")))
    except FileNotFoundError as error:
        raise MissingIndex(f"Chưa có chỉ mục ở {folder}. Hãy dựng: cancu index") from error
    except (ValueError, TypeError, OSError) as error:
        raise IndexCorrupt(
            f"Tệp mô tả chỉ mục {path} bị hỏng ({error}). Hãy dựng lại: cancu index --rebuild"
        ) from error


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest last: an index without its manifest is not used."""
    draft = folder / f"manifest.{os.getpid()}.tmp"
    draft.write_text(json.dumps(asdict(manifest), indent=2) + "\n", "utf-8")
    draft.replace(folder / "manifest.json")


def check_parts(manifest: Manifest, state: StoreState, encoder: str) -> None:
    """Nothing where the index is of this store's kind and encoder; raises ForeignIndex otherwise."""
    if manifest.store_id != state.store_id:
        raise ForeignIndex("Chỉ mục này được dựng từ một kho khác. Hãy dựng lại: cancu index --rebuild")
    if manifest.layout != LAYOUT:
        raise ForeignIndex(
            "Chỉ mục này được dựng bởi phiên bản Căn Cứ khác. Hãy dựng lại: cancu index --rebuild"
        )
    if manifest.encoder != encoder:
        raise ForeignIndex(
            f"Chỉ mục được dựng bằng mô hình {manifest.encoder!r}, nay đang dùng {encoder!r}. "
            "Hãy dựng lại: cancu index --rebuild"
        )


def check_current(manifest: Manifest, state: StoreState) -> None:
    """Nothing where the index shows the store's present state; raises StaleIndex otherwise."""
    if manifest.revision != state.revision:
        raise StaleIndex(
            "Kho đã thay đổi sau lần lập chỉ mục gần nhất, nên chưa thể trả lời đúng. Hãy chạy: cancu index"
        )
