"""Fetching one page politely: allowed hosts, robots.txt, pace, guarded network, redirects, and what is no page.

Nothing is tried twice here: a fault is raised with its type, and the frontier decides when to ask again.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from importlib.metadata import version
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from ingest.errors import (
    BlockedFetch,
    DisallowedFetch,
    FetchError,
    OffLimits,
    PageGone,
    PermanentFetch,
    TransientFetch,
)
from ingest.web.addresses import absolute_url, host_name
from ingest.web.challenges import find_refusal, find_soft_404, is_login_path, is_not_found_path, look_at
from ingest.web.pace import Pacer
from ingest.web.policy import Policy
from ingest.web.response import Response, read_retry_after
from ingest.web.robots import MOST_DELAY, PRODUCT_TOKEN, ROBOTS_BYTES, RobotsBook, RobotsCache
from ingest.web.wire import REDIRECTS, Answer, Wire

_MOST_HOPS = 5  # redirects of one page; RFC 9309 asks for as many for robots.txt
_MOST_WAIT = 60.0  # seconds that a fetch waits because a host asked it to; for longer the frontier waits
_TRANSIENT = frozenset({408, 425, 429})
_FRONT = re.compile(r"/(?:(?:index|default|home|trang-chu)(?:\.\w+)?/?|vi/?)?", re.IGNORECASE)


def user_agent(version: str, contact: str | None) -> str:
    """Our name as servers see it, with where to complain: "cancu/0.1 (+contact)". Raises ValueError.

    >>> user_agent("0.1", "https://example.org/cancu")
    'cancu/0.1 (+https://example.org/cancu)'
    """
    if contact and not re.fullmatch(r"[!-'*-~]+", contact):
        raise ValueError(
            f"Thông tin liên hệ {contact!r} không dùng được. Hãy ghi một địa chỉ thư hoặc trang web, không dấu, không cách."
        )
    return f"{PRODUCT_TOKEN}/{version}" + (f" (+{contact})" if contact else "")


def open_fetcher(contact: str | None, *, robots_cache: RobotsCache | None = None) -> Fetcher:
    """What fetches pages under the name and version of this program. Raises ValueError: no usable contact."""
    return Fetcher(Wire(agent=user_agent(version("cancu"), contact)), robots_cache=robots_cache)


class Fetcher:
    """Fetches pages, each in its host's turn. Thread-safe; a host is asked by one thread at a time."""

    def __init__(
        self, wire: Wire, *, robots_cache: RobotsCache | None = None, pacer: Pacer | None = None
    ) -> None:
        self._wire = wire
        self.pacer = pacer or Pacer()
        self.robots = RobotsBook(self._ask_robots, robots_cache, ask_again=wire.limits.robots_seconds)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing stays open: every request closes its own connection."""

    def fetch(
        self, url: str, policy: Policy, *, etag: str | None = None, last_modified: str | None = None
    ) -> Response:
        """The page at `url`, redirects followed; 304 where a validator that was sent still holds.

        Raises TransientFetch (RobotsUnreachable), PermanentFetch (PageGone, OffLimits, UnsafeAddress),
        BlockedFetch or DisallowedFetch.
        """
        validators = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        sent = {name: value for name, value in validators.items() if value}
        hops = [_absolute(url)]
        while True:
            delay = self._check(hops[-1], policy)
            answer = self._ask(hops[-1], policy, delay, sent)
            target = _redirect_target(hops[-1], answer)
            if target is None:
                break
            _check_redirect(hops, target, sets_cookie="set-cookie" in answer.headers)
            hops.append(target)
        self._check_answer(hops[-1], answer, conditional=bool(sent))
        return Response(
            url=url,
            final_url=hops[-1],
            status=answer.status,
            headers=answer.headers,
            content=answer.content,
            fetched_at=datetime.now(UTC).isoformat(timespec="seconds"),
            redirects=tuple(hops[1:-1]),
        )

    def ready_at(self, url: str) -> float:
        """When the host of `url` may be asked next, by the pacer's clock: so that another is asked meanwhile."""
        return self.pacer.ready_at(host_name(url))

    def _check(self, url: str, policy: Policy) -> float:
        """The pause that the address wants before it. Raises OffLimits, DisallowedFetch or RobotsUnreachable."""
        _check_host(url, policy)
        if not self.robots.may_fetch(url, policy):
            raise DisallowedFetch(
                f"robots.txt của {host_name(url)!r} không cho phép tải {url}. Hãy bỏ địa chỉ này khỏi nguồn, "
                "hoặc xin phép bên quản trị rồi nạp từ thư mục."
            )
        asked = self.robots.crawl_delay(url, policy) or 0.0
        if asked > MOST_DELAY:
            raise DisallowedFetch(
                f"robots.txt của {host_name(url)!r} đòi nghỉ {asked:g} giây giữa hai lần tải, quá {MOST_DELAY:g} giây "
                "nên coi như không cho thu thập tự động. Hãy xin phép bên quản trị, hoặc tải tay."
            )
        return max(policy.delay, asked)

    def _ask(
        self, url: str, policy: Policy, delay: float, headers: dict[str, str], cut_at: int | None = None
    ) -> Answer:
        """One request in its host's turn. Raises TransientFetch at once where the host wants a long rest."""
        host = host_name(url)
        rest = self.pacer.held_for(host)
        if rest > _MOST_WAIT:
            raise TransientFetch(
                f"Máy chủ {host!r} yêu cầu chờ thêm {rest:.0f} giây nên chưa tải {url}.", retry_after=rest
            )
        private = policy.allows_private(url)
        with self.pacer.turn(host, delay):
            answer = self._wire.ask(url, private=private, headers=headers, cut_at=cut_at)
        if answer.status >= 400 and (wait := read_retry_after(answer.headers, datetime.now(UTC))):
            self.pacer.not_before(host, wait)
        return answer

    def _ask_robots(self, url: str, policy: Policy) -> Answer:
        """The answer to a robots.txt; the last redirect where there are more than RFC 9309 wants followed."""
        for _ in range(_MOST_HOPS + 1):
            _check_host(url, policy)
            answer = self._ask(url, policy, policy.delay, {}, ROBOTS_BYTES)
            target = _redirect_target(url, answer)
            if target is None:
                break
            url = target
        return answer

    def _check_answer(self, url: str, answer: Answer, *, conditional: bool) -> None:
        """Raises the typed error of an answer that is no page."""
        if answer.status == 304 and conditional:
            return
        look = look_at(answer.headers, answer.content)
        notice = find_soft_404(look) if answer.status in (200, 203) else None
        # Before captchas: their forms hang on such pages, too.
        if notice is not None or answer.status in (404, 410):
            raise PageGone(
                f"Trang {url} không còn (máy chủ trả lời {answer.status}{f', {notice!r}' if notice else ''}). "
                "Bản đã lưu (nếu có) vẫn được giữ.",
                status=answer.status,
            )
        if refusal := find_refusal(answer.status, answer.headers, look):
            raise BlockedFetch(
                f"Không lấy được {url}: {refusal}. Hãy mở bằng trình duyệt, lưu trang lại và nạp từ thư mục; "
                "nếu cả trang đều vậy, hãy tắt nguồn này hoặc xin phép bên quản trị.",
                status=answer.status,
            )
        if answer.status not in (200, 203):
            raise _explain_status(url, answer)


def _absolute(url: str) -> str:
    absolute = absolute_url(url)
    if absolute is None:
        raise PermanentFetch(f"{url!r} không phải địa chỉ http(s) tải được. Hãy sửa địa chỉ trong nguồn.")
    return absolute


def _check_host(url: str, policy: Policy) -> None:
    if not policy.allows(url):
        raise OffLimits(
            f"Địa chỉ {url} nằm ngoài các máy chủ của nguồn ({', '.join(sorted(policy.hosts))}). "
            f"Nếu đúng là của nguồn này, hãy thêm {host_name(url)!r} vào hosts trong sources.toml."
        )


def _redirect_target(url: str, answer: Answer) -> str | None:
    """Where a redirect leads, as the server wrote it; None for any other answer. Raises PermanentFetch."""
    if answer.status not in REDIRECTS:
        return None
    # Raw bytes of UTF-8 in Location came through latin-1, as headers do.
    location = answer.headers.get("location", "").encode("latin-1").decode("utf-8", "replace")
    target = absolute_url(location, url) if location else None
    if target is None:
        raise PermanentFetch(
            f"Trang {url} chuyển hướng tới chỗ không tải được ({location!r}). Hãy mở bằng trình duyệt để kiểm tra.",
            status=answer.status,
        )
    return target


def _check_redirect(hops: list[str], target: str, *, sets_cookie: bool) -> None:
    """Raises PageGone or BlockedFetch where the redirect is an answer in itself, PermanentFetch where it is endless."""
    if target == hops[-1] and sets_cookie:
        raise BlockedFetch(
            f"Trang {target} chỉ trả lời trình duyệt nhận cookie. Hãy lưu trang từ trình duyệt và nạp từ thư mục."
        )
    if target in hops or len(hops) > _MOST_HOPS:
        raise PermanentFetch(
            f"Trang {hops[0]} chuyển hướng vòng quanh hoặc quá {_MOST_HOPS} lần (lần cuối tới {target}). "
            "Hãy mở bằng trình duyệt để tìm địa chỉ đúng."
        )
    path = urlsplit(target).path
    if is_login_path(path):
        raise BlockedFetch(
            f"Trang {hops[0]} đòi đăng nhập (chuyển tới {target}). Hãy lưu trang từ trình duyệt và nạp từ thư mục."
        )
    if is_not_found_path(path) or (_is_front(target) and not _is_front(hops[-1])):
        raise PageGone(
            f"Trang {hops[0]} không còn: máy chủ chuyển về {target}. Bản đã lưu (nếu có) vẫn được giữ."
        )


def _is_front(url: str) -> bool:
    parts = urlsplit(url)
    return not parts.query and _FRONT.fullmatch(parts.path) is not None


def _explain_status(url: str, answer: Answer) -> FetchError:
    """The typed error of a status other than 200."""
    status = answer.status
    if status in _TRANSIENT or status >= 500 or status == 202:  # 202: it is still being made
        wait = read_retry_after(answer.headers, datetime.now(UTC))
        return TransientFetch(
            f"Máy chủ chưa trả được {url} ({status}). Sẽ thử lại sau.", status=status, retry_after=wait
        )
    return PermanentFetch(f"Máy chủ không trả {url} ({status}). Hãy kiểm tra lại địa chỉ.", status=status)
