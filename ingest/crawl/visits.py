"""What an answer is made into: a list into links to follow, a page into what is handed to the receiver."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from ingest.crawl.frontier import MISSES, Frontier
from ingest.crawl.models import Found, Outcome, Receiver, Task, Visit
from ingest.crawl.rules import start_url
from ingest.errors import IngestError, SecretDocument, UnreadableList
from ingest.kinds import DOC, DOCX, HTML, PDF, RTF, TEXT, ZIP, guess_media_type, media_type_of
from ingest.lists import page_files, page_url, read_list
from ingest.lists.models import Link, LinkRole
from ingest.models import Origin, RawPage, hash_content
from ingest.sites.site import Site
from ingest.sources import Source, SourceKind, StartKind
from ingest.web.addresses import canonical_url, file_name
from ingest.web.canonical import declared_canonical
from ingest.web.response import Response, declared_charset

_THIN = 25  # words: a page that was only followed for its links, with less text, is a crossing
_FEW = 50  # children of a sitemap index
_NO_TEXT = frozenset(
    ".jpg .jpeg .png .gif .webp .svg .bmp .ico .mp3 .mp4 .wav .avi .mov .wmv .flv .webm .css .js .woff .woff2 "
    ".exe .msi .apk".split()
)
_TYPES: Mapping[str, str] = {
    "text/html": HTML,
    "application/xhtml+xml": HTML,
    "text/plain": TEXT,
    "application/pdf": PDF,
    "application/msword": DOC,
    DOCX: DOCX,
    "application/rtf": RTF,
    "text/rtf": RTF,
    "application/zip": ZIP,
}


@dataclass(frozen=True, slots=True)
class Visitor:
    """Reads the answers for one source."""

    source: Source
    site: Site | None
    frontier: Frontier
    receiver: Receiver
    since: str | None = None  # ISO date: what a list dates earlier is passed over

    # --- lists

    def visit_list(self, task: Task, response: Response) -> Visit:
        """The links of a list, those to follow apart from those passed over."""
        if response.not_modified:
            return Visit(outcome=Outcome.LISTED, reason="danh sách không đổi", response=response)
        assert task.kind is not None
        try:
            listed = read_list(
                task.kind, response.final_url, response.content, response.headers, site=self.site
            )
        except UnreadableList as error:
            return Visit(outcome=Outcome.FAILED, reason=str(error), response=response)
        if not listed.links and task.number == 1 and task.kind not in _MAY_BE_EMPTY:
            reason = (
                f"Danh sách {task.url} không còn liên kết nào tới văn bản: trang có thể đã đổi cấu trúc. "
                f"Hãy xem lại quy tắc của nguồn {task.source!r}: cancu sources check {task.source}"
            )
            return Visit(outcome=Outcome.FAILED, reason=reason, response=response)
        digest = _hash_links(listed.links)
        visit = Visit(outcome=Outcome.LISTED, response=response, links_sha256=digest)
        if task.number > 1 and digest == self.frontier.links_before(task):
            return replace(visit, reason="lặp lại trang danh sách trước: đã hết danh sách")
        found, passed = self._sort(task, listed.links)
        notes = "; ".join(listed.skipped[:3])
        return replace(
            visit,
            found=self._with_next(task, listed.links, found),
            passed=passed,
            reason=notes or None,
            again=any(map(self._is_early, listed.links)),  # for a run that asks for earlier ones
        )

    def _sort(
        self, task: Task, links: Iterable[Link]
    ) -> tuple[tuple[Found, ...], dict[str, tuple[int, str]]]:
        """The pages and files to follow, and why the others are not."""
        starts = set(map(start_url, self.source.starts))
        found: list[Found] = []
        passed: dict[str, tuple[int, str]] = {}
        for link in links:
            if link.url in starts and link.role is not LinkRole.LIST:
                continue
            reason = self._refuse(task, link)
            if link.role is LinkRole.LIST and reason is None:
                continue  # see _with_next
            if reason is None:
                follows = StartKind.LINKS if task.kind is StartKind.LINKS else None
                found.append(Found(link=link, depth=task.depth + 1, kind=follows))
            else:
                _note_passed(passed, reason, link)
        return tuple(found), passed

    def _refuse(self, task: Task, link: Link) -> str | None:
        """Why a link is not followed (Vietnamese); None where it is."""
        if reason := self.source.refuses(link.url, page=link.role is LinkRole.PAGE):
            return reason
        ending = PurePosixPath(urlsplit(link.url).path).suffix.lower()
        if ending in _NO_TEXT:
            return f"không phải trang chữ ({ending})"
        if link.role is LinkRole.PAGE and task.depth + 1 > self.source.depth:
            return f"sâu hơn {self.source.depth} bậc liên kết"
        if self._is_early(link):
            return f"đăng trước ngày {self.since}"
        return None

    def _is_early(self, link: Link) -> bool:
        """Whether a list dates a page before the first day that is asked for."""
        return bool(self.since and link.published_at and link.published_at[:10] < self.since)

    def _ends(self, links: Iterable[Link]) -> bool:
        """Whether nothing that is asked for may stand further on in a list: all on it is older, changes too."""
        pages = [link for link in links if link.role is not LinkRole.LIST]
        return all(
            self._is_early(link) and (link.modified_at or "")[:10] < (self.since or "") for link in pages
        )

    def _with_next(self, task: Task, links: tuple[Link, ...], found: tuple[Found, ...]) -> tuple[Found, ...]:
        """The links to follow, and the further lists: on from known territory only where none was before."""
        lists = [link for link in links if link.role is LinkRole.LIST]
        if task.kind is StartKind.SITEMAP:
            return (
                *found,
                *(self._list(task, link, 2) for link in lists if self._is_later(link, len(lists))),
            )
        if self._ends(links):  # an empty one, too
            return found
        template = task.start if task.start and "{page}" in task.start else None
        if template and not lists:
            first = next(s.first_page for s in self.source.starts if s.url == template)
            lists = [Link(url=page_url(template, first + task.number), role=LinkRole.LIST)]
        nexts = tuple(
            self._list(task, link, task.number + 1)
            for link in lists
            if self.source.refuses(link.url, page=False) is None
        )
        news = any(self.frontier.is_news(item, task.source) for item in found)
        return (*found, *(item for item in nexts if news or self.frontier.is_news(item, task.source)))

    def _list(self, task: Task, link: Link, number: int) -> Found:
        return Found(link=link, depth=task.depth, start=task.start, kind=task.kind, number=number)

    def _is_later(self, link: Link, among: int) -> bool:
        """Whether a child of a sitemap index may hold what it did not when it was read.

        The index says when each was changed, but some say what is not so; a few children are asked for anyway.
        """
        if self.source.refuses(link.url, page=False) is not None:
            return False
        known = self.frontier.find_list(link.url, self.source.name)
        if among <= _FEW or known is None or known.state != Outcome.LISTED:
            return True
        return not (link.modified_at and link.modified_at == known.modified_at)

    # --- pages

    def visit_page(self, task: Task, response: Response, *, at: str) -> Visit:
        """What a page brought; it is handed to the receiver, unless it is held under another address."""
        if response.not_modified:
            self.receiver.confirm(task.url, at)
            return Visit(outcome=Outcome.SAME, response=response)
        final = canonical_url(response.final_url) or task.url
        if final != task.url and (moved := self._follow_move(task, final, response)):
            return moved
        page = raw_page(
            response,
            self.source,
            uri=task.url,
            parent=task.parent,
            title=task.title,
            published_at=task.published_at,
        )
        if page.media_type == TEXT and response.content.lstrip()[:1] in (b"{", b"["):
            reason = f"máy chủ trả dữ liệu JSON thay cho trang {task.url}"
            return Visit(outcome=Outcome.FAILED, reason=reason, response=response, sha256=page.sha256)
        if _is_no_file(task, page, response):
            reason = f"máy chủ trả một trang web thay cho tệp {task.url}: {response.final_url}"
            return Visit(outcome=Outcome.FAILED, reason=reason, response=response, sha256=page.sha256)
        try:
            reading = self.receiver.read(page)
        except IngestError as error:
            visit = Visit(outcome=Outcome.FAILED, reason=str(error), response=response, sha256=page.sha256)
            if isinstance(error, SecretDocument):
                return visit
            return replace(visit, **self._links_of(task, page, response))  # type: ignore[arg-type]
        canonical = _read_canonical(page, response) if page.media_type == HTML else None
        visit = Visit(
            outcome=Outcome.SAME,
            response=response,
            sha256=page.sha256,
            text_sha256=reading.text_sha256,
            canonical=canonical,
            title=reading.title,
            published_at=reading.published_at,
            aliases=(final,) if final != task.url else (),
            **self._links_of(task, page, response),  # type: ignore[arg-type]
        )
        if task.kind is StartKind.LINKS and reading.words < _THIN and not task.held:
            return replace(visit, outcome=Outcome.THIN, reason=f"chỉ có {reading.words} chữ")
        if other := self._held_elsewhere(task, visit):
            return replace(visit, outcome=Outcome.ALIAS, alias_of=other)
        kept = self.receiver.keep(reading, response)
        outcome = Outcome(kept.change.value) if task.held else Outcome.NEW
        return replace(visit, outcome=outcome, copies=kept.copies)

    def _follow_move(self, task: Task, final: str, response: Response) -> Visit | None:
        """The end of a visit that was led to another address, where that ends it; None: the page moved there."""
        known = self.frontier.find(final)
        if known is not None and known.alias_of is not None and known.alias_of != task.url:
            known = self.frontier.find(known.alias_of)
        if known is not None and known.held:
            if task.held:
                return self.missing(
                    task, f"địa chỉ cũ nay dẫn tới trang khác: {final}", at=response.fetched_at
                )
            return Visit(outcome=Outcome.ALIAS, alias_of=known.url, response=response)
        reason = self.source.refuses(final, page=task.role is LinkRole.PAGE)
        if reason is None:
            return None
        return Visit(outcome=Outcome.FAILED, reason=f"chuyển hướng tới {final}: {reason}", response=response)

    def missing(self, task: Task, reason: str, *, at: str) -> Visit:
        """The visit of a page that is not there: for the second time running, it is gone."""
        if task.missing + 1 < MISSES:
            return Visit(outcome=Outcome.MISSING, reason=reason)
        if task.held:
            self.receiver.mark_gone(task.url, at)
        return Visit(outcome=Outcome.GONE, reason=reason)

    def _held_elsewhere(self, task: Task, visit: Visit) -> str | None:
        """The address of the same page, where this one says that it is not its own address, or the other said
        that this one is. What pages say is believed only if the main texts are the same: there are sites whose
        every page names one address.
        """
        if task.held or visit.text_sha256 is None:
            return None
        same = self.frontier.find_text(visit.text_sha256, task.host)
        if same is None or same.url == task.url:
            return None
        told = visit.canonical not in (None, task.url) or same.canonical == task.url
        return same.url if told else None

    def _links_of(self, task: Task, page: RawPage, response: Response) -> dict[str, object]:
        """The files that hang on a page, and the links of one whose links are followed."""
        if page.media_type != HTML or task.role is LinkRole.FILE:
            return {}
        links: list[Found] = []
        refused: dict[str, tuple[int, str]] = {}
        for link in page_files(response.final_url, page.content, self.site):
            if reason := self.source.refuses(link.url, page=False):
                _note_passed(refused, reason, link)
            else:
                links.append(Found(link=link, depth=task.depth))
        if task.kind is not StartKind.LINKS:
            return {"found": tuple(links), "passed": refused}
        try:
            listed = read_list(
                StartKind.LINKS, response.final_url, page.content, response.headers, site=self.site
            )
        except UnreadableList:
            return {"found": tuple(links), "passed": refused}
        found, passed = self._sort(task, listed.links)
        return {"found": (*links, *found), "passed": passed}


def _note_passed(passed: dict[str, tuple[int, str]], reason: str, link: Link) -> None:
    """Count a link that is not followed, and keep it as the example of its reason."""
    passed[reason] = (passed.get(reason, (0, ""))[0] + 1, link.url)


_MAY_BE_EMPTY = (StartKind.FEED, StartKind.SITEMAP)


def raw_page(
    response: Response,
    source: Source,
    *,
    uri: str,
    parent: str | None = None,
    title: str | None = None,
    published_at: str | None = None,
) -> RawPage:
    """The page that an answer holds, under the address `uri` that it is known by.

    `parent`: the page that a file hangs on; `title` and `published_at`: as the list gives them.
    """
    name = file_name(response.final_url)
    named = _TYPES.get(response.media_type) or media_type_of(name) or HTML
    return RawPage(
        uri=uri,
        content=response.content,
        sha256=hash_content(response.content),
        media_type=guess_media_type(named, response.content),
        name=name,
        origin=Origin(
            source=source.name,
            url=response.final_url,
            fetched_at=response.fetched_at,
            news=source.kind is SourceKind.NEWS,
            publisher=source.publisher,
            parent=parent,
            title=title,
            published_at=published_at,
            charset=declared_charset(response.headers),
        ),
    )


def _is_no_file(task: Task, page: RawPage, response: Response) -> bool:
    """Whether a page of the Web, most often of an error, came in the place of a file.

    A .doc that holds HTML is a file where its server says so: Word and portals save them.
    """
    named = media_type_of(file_name(task.url))
    if task.role is not LinkRole.FILE or page.media_type != HTML or named in (None, HTML):
        return False
    return named in (PDF, DOCX, ZIP) or _TYPES.get(response.media_type) == HTML


def _read_canonical(page: RawPage, response: Response) -> str | None:
    stated = declared_canonical(page.content)
    return canonical_url(stated, response.final_url) if stated else None


def _hash_links(links: Iterable[Link]) -> str:
    """What tells two pages of a list apart: the pages and files that they lead to."""
    urls = [link.url for link in links if link.role is not LinkRole.LIST]
    return hashlib.sha256("\n".join(urls).encode()).hexdigest()
