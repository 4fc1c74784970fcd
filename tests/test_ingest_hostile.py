"""Files that want to do harm: every reader gives text or a typed error, within sixty seconds and two gigabytes.

Sixty seconds of CPU bound the process that reads; they are no measure of speed.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import hostile_files
import office_files as make
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_ingest_readers import check_consistent, page

from ingest.errors import UnreadablePage
from ingest.kinds import DOC, DOCX, HTML, MARKDOWN, RTF, TEXT, guess_media_type
from ingest.limits import DEFAULT_LIMITS
from ingest.local import SkippedPage, list_pages
from ingest.models import RawPage
from ingest.readers import read_page

ROOT = Path(__file__).resolve().parents[1]
FILES = ROOT / "tests" / "data" / "office"
SECONDS = 300  # on the clock, where others use the machine too; hostile_files.py bounds the CPU
MEGABYTES = 2048


def read_apart(path: Path) -> dict[str, object]:
    """What comes of a file in a process of its own, within the bounds."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "hostile_files.py"), str(path)],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}", "OMP_NUM_THREADS": "1"},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, object] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("name", hostile_files.HOSTILE)
def test_hostile_file(tmp_path: Path, name: str) -> None:
    make_content, expected = hostile_files.HOSTILE[name]
    path = tmp_path / name
    path.write_bytes(make_content())
    found = read_apart(path)
    assert set(found["outcomes"]) <= expected  # type: ignore[call-overload]
    assert found["outcomes"]
    assert int(str(found["mb"])) < MEGABYTES
    assert "root:" not in json.dumps(found["texts"])


SAMPLES: dict[str, tuple[str, bytes]] = {
    "a.docx": (DOCX, make.decision()),
    "b.docx": (DOCX, make.regulation()),
    "a.doc": (DOC, (FILES / "quyet-dinh.doc").read_bytes()),
    "b.doc": (DOC, (FILES / "tcvn3.doc").read_bytes()),
    "a.rtf": (RTF, (FILES / "quyet-dinh.rtf").read_bytes()),
    "b.rtf": (RTF, (FILES / "vni.rtf").read_bytes()),
    "a.html": (HTML, (ROOT / "tests" / "data" / "pages" / "wordpress.html").read_bytes()),
    "a.md": (MARKDOWN, "# Kế hoạch\n\n1. Một\n   - hai\n\n| a | b |\n|---|---|\n| c | d |\n".encode()),
    "a.txt": (TEXT, "Điều 1. Nội dung\nĐiều 2. Nội dung khác\n".encode("utf-16")),
}


def read_or_refuse(content: bytes, media_type: str, name: str) -> None:
    try:
        read = read_page(page(content, media_type, name))
    except UnreadablePage as error:
        assert repr(name) in str(error) or name in str(error)
        return
    check_consistent(read)


@pytest.mark.parametrize("name", SAMPLES)
def test_truncated_files(name: str) -> None:
    """Cut off at forty places, the file as its name says and as its bytes say."""
    media_type, content = SAMPLES[name]
    for part in range(40):
        cut = content[: len(content) * part // 40]
        read_or_refuse(cut, media_type, name)
        read_or_refuse(cut, guess_media_type(media_type, cut), name)


@given(data=st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@pytest.mark.parametrize("name", SAMPLES)
def test_mutated_files(name: str, data: st.DataObject) -> None:
    media_type, content = SAMPLES[name]
    read_or_refuse(mutate(content, data), media_type, name)


def mutate(content: bytes, data: st.DataObject) -> bytes:
    """The content with up to eight stretches replaced, doubled or left out."""
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(content)))
        gone = data.draw(st.sampled_from([0, 1, 2, 4, 8, 64, 512]))
        new = data.draw(st.one_of(st.binary(max_size=8), st.just(content[at : at + 64])))
        content = content[:at] + new + content[at + gone :]
    return content


@given(data=st.data())
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@pytest.mark.parametrize("part", ["word/document.xml", "word/numbering.xml", "word/styles.xml"])
def test_mutated_parts_of_a_word_file(part: str, data: st.DataObject) -> None:
    """A change in the archive is mostly met by its checksum; one in the XML inside is not."""
    files = unzip(make.regulation())
    files[part] = mutate(files[part], data)
    read_or_refuse(make.make_zip(files), DOCX, "a.docx")


@given(data=st.data())
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
def test_word_files_of_any_shape(data: st.DataObject) -> None:
    """Well-formed XML of the tags that Word uses, nested and valued at random."""
    tags = st.sampled_from(
        "p r t tbl tr tc sdt sdtContent ins del pPr rPr numPr numId ilvl pStyle footnoteReference br txbxContent "
        "drawing pict hyperlink vanish rFonts".split()
    )
    values = st.sampled_from(
        ["", ' w:val="1"', ' w:val="-7"', ' w:val="x"', ' w:id="2"', ' w:ascii=".VnTime"']
    )
    trees = st.recursive(
        st.sampled_from(["", "Điều", "  ", "\u00ad", "|"]),
        lambda inner: st.builds(
            lambda tag, value, children: f"<w:{tag}{value}>{''.join(children)}</w:{tag}>",
            tags,
            values,
            st.lists(inner, max_size=4),
        ),
        max_leaves=25,
    )
    parts = unzip(make.decision())
    body = "".join(data.draw(st.lists(trees, max_size=6)))
    parts["word/document.xml"] = hostile_files.body_of(body.encode())
    read_or_refuse(make.make_zip(parts), DOCX, "a.docx")


def unzip(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@given(content=st.binary(max_size=400), media_type=st.sampled_from([DOCX, DOC, RTF, HTML, MARKDOWN, TEXT]))
@settings(max_examples=300, deadline=None)
def test_random_bytes(content: bytes, media_type: str) -> None:
    read_or_refuse(content, media_type, "a.bin")


@given(
    head=st.sampled_from([b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf1", b"<html>", b"# "]),
    content=st.binary(max_size=2000),
)
@settings(max_examples=200, deadline=None)
def test_random_bytes_behind_a_known_beginning(head: bytes, content: bytes) -> None:
    for media_type in (DOCX, DOC, RTF, HTML, MARKDOWN):
        read_or_refuse(head + content, media_type, "a.bin")


@given(
    words=st.lists(
        st.sampled_from(
            r"{ } \par \cell \row \intbl \pard \trowd \u7873 \u-1 \'e9 \'zz \* {\footnote {\*\shptxt \bin3 \f0 \f9 "
            r"{\fonttbl {\f0\fcharset163 .VnTime;} \uc0 \uc9 \v \deleted \plain \outlinelevel0 a | \\ \~ \- 5".split()
        ),
        max_size=60,
    )
)
@settings(max_examples=400, deadline=None)
def test_rtf_of_any_shape(words: list[str]) -> None:
    read_or_refuse(("{\\rtf1 " + " ".join(words)).encode(), RTF, "a.rtf")


@given(data=st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_mutated_archives(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    content = make.make_zip(
        {"a.txt": b"a" * 50, "b/c.html": b"<p>x</p>", "d.zip": make.make_zip({"e.txt": b"e"})}
    )
    path = tmp_path_factory.mktemp("zip") / "a.zip"
    path.write_bytes(mutate(content, data))
    for found in list_pages(path, limits=DEFAULT_LIMITS):
        assert isinstance(found, RawPage | SkippedPage)
