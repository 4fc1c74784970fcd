"""Faults of what a site says: pages that are none, that change, move, vanish, repeat each other, or never end."""

from __future__ import annotations

import hashlib
from datetime import UTC
from email.utils import format_datetime

from tests.portals.faults import PATH, FaultHost, fault
from tests.portals.server import Ask, Reply
from tests.portals.site import html, missing, redirect

_CHANGED = "Bản mới của bài nêu mức hỗ trợ là 12,5 triệu đồng cho một hộ."


@fault("calendar", collected=False, links=("/lich/2026/05",))
def calendar(host: FaultHost, ask: Ask) -> Reply | None:
    """A calendar without end: each month links to its days and to the next month. None of it is a document; a
    crawl bounded by depth or budget comes to an end and has the ordinary pages."""
    parts = ask.path.strip("/").split("/")
    if parts[0] != "lich" or len(parts) not in (3, 4) or not all(part.isdigit() for part in parts[1:]):
        return None
    year, month = int(parts[1]), int(parts[2])
    later = f"/lich/{year + month // 12}/{month % 12 + 1:02d}"
    days = "".join(f'<a href="/lich/{year}/{month:02d}/{day:02d}">{day}</a> ' for day in range(1, 29))
    return html(
        f'<html><title>Lịch {month}/{year}</title><body>{days}<a rel="next" href="{later}">Tháng sau</a></body></html>'
    )


@fault("soft-404", collected=False)
def soft_404(host: FaultHost, ask: Ask) -> Reply:
    """A page that says that there is none, with status 200."""
    return html(
        "<html><head><title>Không tìm thấy trang</title></head><body><header><a href='/'>Trang chủ</a></header>"
        "<main><h1>Không tìm thấy trang</h1><p>Trang bạn yêu cầu không tồn tại hoặc đã bị xóa.</p>"
        "<p><a href='/'>Quay về trang chủ</a></p></main></body></html>"
    )


@fault("empty", collected=False)
def empty(host: FaultHost, ask: Ask) -> Reply:
    """Status 200 and nothing else."""
    return html("")


_CAPTCHA = (
    "<html><head><title>Xác minh</title><script src='https://www.google.com/recaptcha/api.js'></script></head><body>"
    "<form method='post'><h1>Vui lòng xác nhận bạn không phải là người máy</h1>"
    "<div class='g-recaptcha' data-sitekey='thu-nghiem'></div><button>Tiếp tục</button></form></body></html>"
)
_CHALLENGE = (
    "<!DOCTYPE html><html lang='en-US'><head><title>Just a moment...</title><meta http-equiv='refresh' content='390'>"
    "</head><body><div class='main-wrapper'><h2 id='challenge-running'>Checking if the site connection is secure</h2>"
    "<noscript><span id='challenge-error-text'>Enable JavaScript and cookies to continue</span></noscript></div>"
    "<script>window._cf_chl_opt={cType:'managed'};</script>"
    "<script src='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1'></script></body></html>"
)
_CLOUDFLARE = (("Server", "cloudflare"), ("cf-mitigated", "challenge"), ("CF-RAY", "0000000000000000-HAN"))


@fault("captcha", collected=False)
def captcha(host: FaultHost, ask: Ask) -> Reply:
    """A form with a captcha in the place of the page, with status 200."""
    return html(_CAPTCHA)


@fault("challenge-503", collected=False)
def challenge_503(host: FaultHost, ask: Ask) -> Reply:
    """A bot challenge in the manner of Cloudflare, with status 503: not a fault that passes."""
    return html(_CHALLENGE, status=503, headers=_CLOUDFLARE)


@fault("challenge-403", collected=False)
def challenge_403(host: FaultHost, ask: Ask) -> Reply:
    """The same challenge with status 403."""
    return html(_CHALLENGE, status=403, headers=_CLOUDFLARE)


@fault("talks-of-captcha", collected=True)
def talks_of_captcha(host: FaultHost, ask: Ask) -> Reply:
    """An article about captchas and "Just a moment..." that is none itself."""
    more = "<p>Mã captcha, câu “Just a moment...” hay Cloudflare là cách các cổng chặn người máy.</p>"
    return html(host.tell(body=more + host.story.to_html()))


@fault("changed", collected=True, switch=True, later=_CHANGED)
def changed(host: FaultHost, ask: Ask) -> Reply:
    """With the switch the main text is another; no validators."""
    return html(host.tell(body=host.story.to_html() + f"<p>{_CHANGED}</p>")) if host.turned else host.fine()


@fault("vanished", collected=True, switch=True, gone=True)
def vanished(host: FaultHost, ask: Ask) -> Reply:
    """With the switch it is 404; turned off again, it is back as it was."""
    return missing() if host.turned else host.fine()


@fault("removed", collected=True, switch=True, gone=True)
def removed(host: FaultHost, ask: Ask) -> Reply:
    """With the switch it is 410."""
    return missing(410) if host.turned else host.fine()


@fault("moved", collected=True, switch=True, later_path="/dia-chi-moi.html")
def moved(host: FaultHost, ask: Ask) -> Reply | None:
    """With the switch it is 301 to /dia-chi-moi.html of the same host, where the same page stands."""
    if ask.path == "/dia-chi-moi.html":
        return html(host.tell(path=ask.path)) if host.turned else None
    return redirect("/dia-chi-moi.html", status=301) if host.turned else host.fine()


@fault("two-addresses", collected=True, links=(PATH, "/amp/loi.html", "/loi.html?xem=day-du"))
def two_addresses(host: FaultHost, ask: Ask) -> Reply | None:
    """One article at three addresses, of which rel=canonical names one."""
    return host.fine() if ask.path in (PATH, "/amp/loi.html") else None


@fault("site-canonical", collected=True, canonical="/")
def site_canonical(host: FaultHost, ask: Ask) -> Reply | None:
    """Every page of the host names the home page as its canonical address; they are different pages all the same."""
    return host.fine() if ask.path == PATH else None


@fault("validators", collected=True, switch=True, later=_CHANGED)
def validators(host: FaultHost, ask: Ask) -> Reply:
    """ETag and Last-Modified, 304 for who sends either back; with the switch text and validators are others."""
    body = host.tell(body=host.story.to_html() + (f"<p>{_CHANGED}</p>" if host.turned else ""))
    tag = f'"{hashlib.sha256(body.encode()).hexdigest()[:16]}"'
    day = format_datetime(
        host.story.published.replace(year=2027 if host.turned else 2026).astimezone(UTC), usegmt=True
    )
    known = ask.headers.get("if-none-match")
    same = known == tag if known is not None else ask.headers.get("if-modified-since") == day
    headers = (("ETag", tag), ("Last-Modified", day))
    return Reply(status=304, headers=headers, type=None) if same else html(body, headers=headers)


@fault("restless-sidebar", collected=True)
def restless_sidebar(host: FaultHost, ask: Ask) -> Reply:
    """No validators, and a sidebar that is another at every request; the main text stays the same."""
    return html(
        host.tell(side=f"<p>Số người đang xem: {1000 + 7 * ask.times}</p><p>Lượt truy cập: {ask.times}</p>")
    )


@fault(
    "foreign-links",
    collected=True,
    never=("{elsewhere}/", "/anh/", "/video/", "/tel", "/javascript", "/mailto"),
)
def foreign_links(host: FaultHost, ask: Ask) -> Reply | None:
    """Links to another host, mailto:, javascript:, tel:, data:, pictures, a film; private addresses as text only."""
    if ask.path != PATH:
        return None
    odd = [
        *(f"{host.elsewhere}/bai.html", host.elsewhere.replace("http:", "") + "/bai-2.html"),
        *("mailto:van-thu@thu-nghiem.example", "javascript:void(0)", "tel:0000000000", "data:text/plain,xin"),
        *("/anh/so-do.jpg", "/anh/lon.JPEG?w=900", "/video/phim.mp4", "#cuoi", "", "http://", "http://[::"),
    ]
    links = "".join(f'<a href="{link}">liên kết</a> ' for link in odd)
    texts = "<p>Máy nội bộ http://10.0.0.5/ và http://192.168.1.1/quan-tri chỉ được nhắc tới.</p>"
    return html(host.tell(body=host.story.to_html() + texts + f"<p>{links}</p>"))
