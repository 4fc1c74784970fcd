"""What is no page: challenges, captchas, login walls, refusals, soft 404s; and the pages that resemble them."""

from __future__ import annotations

import pytest

from ingest.web.challenges import find_challenge, find_refusal, find_soft_404, look_at

HTML = {"content-type": "text/html; charset=utf-8"}
MENU = "<nav><ul>" + "".join(f"<li><a href=/muc-{n}>Chuyên mục số {n}</a>" for n in range(80)) + "</ul></nav>"
FOOTER = (
    "<footer>Cơ quan chủ quản: Tỉnh ủy. Giấy phép số 1. Điện thoại: 0239. Ghi rõ nguồn khi dùng lại.</footer>"
)
PARAGRAPH = "<p>Ủy ban nhân dân tỉnh yêu cầu các sở, ban, ngành rà soát, hoàn thành kế hoạch trước ngày 30 tháng 6.</p>"
ARTICLE = PARAGRAPH * 20
COMMENT_FORM = (
    "<form id=respond><textarea></textarea><div class=g-recaptcha></div><label>Vui lòng nhập mã xác nhận</label>"
    "<script src=https://www.google.com/recaptcha/api.js></script><button>Gửi bình luận</button></form>"
)


def challenge(markup: str, headers: dict[str, str] | None = None) -> str | None:
    return find_challenge(headers or HTML, look_at(headers or HTML, f"<!doctype html>{markup}".encode()))


def soft_404(markup: str) -> str | None:
    return find_soft_404(look_at(HTML, f"<!doctype html>{markup}".encode()))


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("<title>Just a moment...</title><noscript>Enable JavaScript</noscript>", "just a moment..."),
        ("<title>Attention Required! | Cloudflare</title><h1>Sorry, you have been blocked</h1>", "attention required"),
        ("<title>Access Denied</title><h1>Access Denied</h1>You don't have permission to access this.<p>Reference #18.2", "access denied"),
        ("<title>Request Rejected</title>The requested URL was rejected. Your support ID is 1.", "request rejected"),
        ("<iframe src=/x></iframe>Request unsuccessful. Incapsula incident ID: 1-2", "incapsula incident id"),
        ("<title>Bảo mật</title><p>Vui lòng xác minh bạn không phải là người máy để tiếp tục.", "không phải là người máy"),
        ("<title>Báo</title><form>Vui lòng nhập mã xác nhận: <input name=ma><img src=/ma.png></form>", "nhập mã xác nhận"),
        (f"<title>Kiểm tra trình duyệt</title>{FOOTER}", "kiểm tra trình duyệt"),
        ("<p>Hệ thống phát hiện truy cập bất thường từ địa chỉ của bạn.", "phát hiện truy cập bất thường"),
        ("<title>Báo</title><form><div class='g-recaptcha' data-sitekey=x></div></form>", "captcha"),
        ("<script src=https://js.hcaptcha.com/1/api.js></script><div class=h-captcha></div>", "captcha"),
        ("<script src=https://challenges.cloudflare.com/turnstile/v0/api.js></script>", "captcha"),
        ("<script>document.cookie='D1N=0a; path=/';window.location.reload(true);</script>", "đặt cookie rồi tải lại"),
        ("<html><body><script>function f(){document.cookie=\"a=\"+x();location.href='/?d=1'}f()</script>", "đặt cookie"),
        ("<title>Đăng nhập hệ thống</title><form>Tài khoản <input><input type=password></form>", "đăng nhập"),
    ],
)  # fmt: skip
def test_walls(markup: str, said: str) -> None:
    found = challenge(markup)
    assert found is not None
    assert said in found


def test_walls_that_the_headers_tell() -> None:
    assert challenge("<title>Báo</title>" + ARTICLE, {"cf-mitigated": "challenge"}) is not None
    assert challenge("", {"x-amzn-waf-action": "captcha"}) is not None
    assert challenge("<title>Báo</title>" + ARTICLE, {"server": "cloudflare"}) is None


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param(f"<title>Tin</title>{MENU}<h1>Tin</h1>{ARTICLE}{COMMENT_FORM}{FOOTER}", id="comment form"),
        pytest.param(f"<title>Tin</title><h1>Tin</h1>{PARAGRAPH * 5}{COMMENT_FORM}", id="short, comment form"),
        pytest.param(f"<title>Tin mới</title>{MENU}{COMMENT_FORM}{FOOTER}", id="a list with a form"),
        pytest.param(
            f"<title>Captcha là gì?</title><h1>Captcha là gì?</h1><p>Trang đòi bạn chứng tỏ không phải là người máy, "
            f"nhập mã xác nhận; 'Just a moment...'; 'Access denied'.</p>{ARTICLE}",
            id="about captchas",
        ),
        pytest.param(
            f"<title>Access Denied: chuyện một trang bị chặn</title>{ARTICLE}", id="about a refusal"
        ),
        pytest.param(
            f"<script>document.cookie='xem=1';if(top!=self)location.href='/';</script><h1>Tin</h1>{PARAGRAPH * 3}",
            id="sets a cookie",
        ),
        pytest.param(f"<title>Tin</title>{ARTICLE}<form>Đăng nhập <input type=password></form>", id="login box"),
        pytest.param(
            f"<title>Đăng nhập một cửa: hướng dẫn</title><h1>Hướng dẫn</h1>{ARTICLE}<input type=password>",
            id="about logging in",
        ),
        pytest.param("<title>Công báo</title><p>Số 12 ra ngày 1/2/2026.", id="short"),
        pytest.param("<div id=root></div><script src=/app.js></script>", id="an application"),
        pytest.param("<div id=root></div><script src=//www.google.com/recaptcha/api.js?render=a>", id="invisible"),
        pytest.param("<title>Just a moment in history</title><p>Ngắn.", id="begins alike"),
        pytest.param("", id="empty"),
    ],
)  # fmt: skip
def test_pages_that_only_resemble_walls(markup: str) -> None:
    assert challenge(markup) is None


def test_only_pages_are_looked_at() -> None:
    body = b"Just a moment... <div class=g-recaptcha>"
    assert find_challenge({}, look_at({"content-type": "application/json"}, body)) is None
    assert find_challenge({}, look_at({"content-type": "application/pdf"}, b"%PDF-1.4 Access Denied")) is None
    wall = b"  <html><title>Just a moment...</title>"
    assert find_challenge({}, look_at({"content-type": "application/rss+xml"}, wall)) is not None


def test_a_refusal_by_status() -> None:
    assert find_refusal(401, HTML, None) == "trang đòi đăng nhập (401)"
    assert find_refusal(403, HTML, None) == "máy chủ từ chối (403), không có dấu hiệu captcha"
    assert find_refusal(404, HTML, None) is None
    look = look_at(HTML, b"<title>Just a moment...</title>")
    assert find_refusal(403, HTML, look) == "trang chặn hoặc đòi xác minh ('just a moment...')"


@pytest.mark.parametrize(
    "title",
    [
        "404",
        "404 Not Found",
        "404 - Không tìm thấy trang",
        "Lỗi 404",
        "Error 404: Page not found",
        "Page Not Found",
        "Không tìm thấy trang | Báo Hà Tĩnh",
        "Không tìm thấy trang bạn yêu cầu",
        "Trang không tồn tại",
        "Trang này không tồn tại!",
        "Trang bạn tìm kiếm không tồn tại",
        "Nội dung không tồn tại hoặc đã bị gỡ",
        "Bài viết đã bị xóa",
        "Oops! Trang không tồn tại",
        "Rất tiếc, không tìm thấy nội dung này",
        "Khong",
    ],
)
def test_soft_404s(title: str) -> None:
    expected = title.lower() if title != "Khong" else None
    assert soft_404(f"<title>{title}</title>{MENU}<p>Mời bạn về trang chủ.{FOOTER}") == expected
    assert soft_404(f"<title>Báo</title>{MENU}<h1>{title}</h1><p>Mời bạn về trang chủ.{FOOTER}") == expected
    # the same words over an article are its subject
    assert soft_404(f"<title>{title}</title><h1>{title}</h1>{ARTICLE}") is None


@pytest.mark.parametrize(
    "title",
    [
        "404 ca mắc mới trong ngày",
        "Văn bản không có hiệu lực từ 1/7",
        "Không tìm thấy văn bản gốc, xã phải xin lại",
        "Nội dung không tồn tại trong dự thảo đã được bổ sung",
        "Nghị quyết 404/NQ-HĐND",
        "Trang trại không tồn tại",
    ],
)
def test_short_pages_whose_titles_begin_alike(title: str) -> None:
    assert soft_404(f"<title>{title}</title><h1>{title}</h1>{PARAGRAPH}") is None


def test_the_words_are_read_in_the_charset_of_the_page() -> None:
    markup = "<title>Trang không tồn tại</title>".encode("cp1258", "ignore")
    assert find_soft_404(look_at({"content-type": "text/html"}, markup)) is None
    wide = "<!doctype html><title>Không tìm thấy trang</title>".encode("utf-16")
    assert (
        find_soft_404(look_at({"content-type": "text/html; charset=utf-16"}, wide)) == "không tìm thấy trang"
    )


@pytest.mark.parametrize(
    "content",
    [b"", b"<", b"<html>\0\0", b"<script" * 50_000, b"<b>" * 100_000, b"<!--" * 50_000, b"\xff\xfe<html>", b"<html>" + b"&#0;" * 999],
    ids=["empty", "one sign", "zeros", "scripts", "deep", "comments", "mark", "entities"],
)  # fmt: skip
def test_hostile_markup_is_looked_at_without_harm(content: bytes) -> None:
    assert find_soft_404(look_at(HTML, content)) is None
