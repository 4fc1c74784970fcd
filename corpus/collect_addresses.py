"""Take single pages of the Web into a store, by their addresses: by the rules of the known sources, and politely.

An address is fetched only where a known source allows it, through the same guarded fetch as a crawl
(`ingest.web.fetch`), and read before anything of it is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from corpus.collect import Collector, alone
from corpus.intake import IntakeReport, PageOutcome, Progress, saved_outcome
from corpus.store import Store
from ingest.crawl.visits import raw_page
from ingest.errors import IngestError, OffLimits, SourceError
from ingest.kinds import HTML, media_type_of
from ingest.sources import Source
from ingest.web.addresses import canonical_url, file_name, host_name
from ingest.web.fetch import Fetcher
from ingest.web.policy import policy_of

MOST_ADDRESSES = 50  # in one go; for more there is the crawl


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedAddress:
    """An address as typed, and which source it would be fetched for; or why it is not."""

    url: str
    source: Source | None
    refusal: str | None  # Vietnamese


def plan_addresses(typed: Iterable[str], sources: Sequence[Source]) -> tuple[PlannedAddress, ...]:
    """What would be fetched of the addresses typed, each once and in order. Nothing is contacted.

    Raises SourceError where there are too many.
    """
    lines = dict.fromkeys(line.strip() for line in typed if line.strip())
    if len(lines) > MOST_ADDRESSES:
        raise SourceError(
            f"Có {len(lines)} địa chỉ, quá {MOST_ADDRESSES} địa chỉ một lần. Hãy chia thành nhiều lần, hoặc thu thập "
            "cả nguồn."
        )
    planned = {plan.url: plan for plan in (_plan(line, sources) for line in lines)}
    return tuple(planned.values())


def _plan(typed: str, sources: Sequence[Source]) -> PlannedAddress:
    url = canonical_url(typed) if typed.lower().startswith(("http://", "https://")) else None
    if url is None:
        refusal = f"{typed!r} không phải địa chỉ trang web. Hãy chép cả địa chỉ, bắt đầu bằng https://."
        return PlannedAddress(url=typed, source=None, refusal=refusal)
    page = media_type_of(file_name(url)) in (None, HTML)
    refusals = {}
    for source in sources:
        reason = source.refuses(url, page=page)
        if reason is None:
            return PlannedAddress(url=url, source=source, refusal=None)
        refusals[source] = reason
    return PlannedAddress(url=url, source=None, refusal=_explain(url, refusals))


def _explain(url: str, refusals: dict[Source, str]) -> str:
    """Why no source allows an address: the reason of one that its host belongs to, where there is one."""
    remedy = "Hãy mở bằng trình duyệt, lưu trang về máy rồi tải tệp lên."
    host = host_name(url)
    own = [reason for source, reason in refusals.items() if host in map(_bare, source.all_hosts())]
    if own:
        return f"Không tải {url}: {own[0]}. {remedy}"
    return f"Máy chủ {host!r} không thuộc nguồn nào được phép thu thập. {remedy}"


def _bare(host: str) -> str:
    return host.partition(":")[0]


def take_in_addresses(
    store: Store,
    planned: Sequence[PlannedAddress],
    fetcher: Fetcher,
    *,
    allow: Collection[str] = (),
    progress: Progress | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> IntakeReport:
    """Fetch, read and keep the pages, one after the other; once `stop` says so, what is left is not asked for.

    Problems of single addresses are told in their outcome, not raised. Raises StoreLocked while a crawl runs.
    """
    collector = Collector(store, allow=allow)
    outcomes: list[PageOutcome] = []
    with alone(store):
        for plan in planned:
            if stop():
                break
            outcome = _take(store, plan, fetcher, collector)
            outcomes.append(outcome)
            if progress is not None:
                progress(len(outcomes), len(planned), outcome)
    return IntakeReport(pages=tuple(outcomes))


def _take(store: Store, plan: PlannedAddress, fetcher: Fetcher, collector: Collector) -> PageOutcome:
    try:
        if plan.source is None:
            raise OffLimits(plan.refusal or "")
        response = fetcher.fetch(plan.url, policy_of(plan.source))
        if reason := _leads_away(plan.source, plan.url, response.final_url):
            raise OffLimits(f"{plan.url} chuyển hướng tới {response.final_url}: {reason}.")
        page = raw_page(response, plan.source, uri=plan.url)
        reading = collector.read(page)
        kept = collector.keep(reading, response)
    except IngestError as error:
        kind = type(error).__name__
        return PageOutcome(uri=plan.url, name=plan.url, change=None, problem=str(error), problem_kind=kind)
    return saved_outcome(store, page, kept.change, reading.document)


def _leads_away(source: Source, url: str, final: str) -> str | None:
    """Why the page that an address led to is not of its source (Vietnamese)."""
    target = canonical_url(final) or url
    return source.refuses(target, page=media_type_of(file_name(target)) in (None, HTML))
