"""What came in the place of a page: a bot challenge, a captcha, a login wall, a refusal, a soft 404.

A challenge that passed for a page would look like "no new documents". Each verdict needs a mark AND a page
with hardly any text of its own: an article about captchas has the marks, a short notice has the length.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from ingest.web.response import declared_charset

_LOOKED_AT = 1 << 20  # bytes; no challenge is longer
_WALL_TEXT = 1000  # characters; a wall has fewer, its site's menus included
_NOTICE_TEXT = 400  # characters outside links and forms: a short report with a comment form has more
_OWN_TEXT = 1000  # characters outside links; a page that is not there has fewer, whatever its menus hold
_SCRIPT_TEXT = 200  # characters; a page whose script only sets a cookie shows fewer


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLook:
    """What a visitor sees of a page, folded, and what the verdicts look for in its markup."""

    titles: tuple[str, ...]  # <title>, <h1>, <h2>
    text: str
    own_length: int  # of the text outside links, menus, headers and footers
    links: int
    sources: str  # addresses of its scripts and frames
    widgets: str  # classes of its elements
    script: str  # its scripts that stand in the page itself
    password: bool


def find_refusal(status: int, headers: Mapping[str, str], look: PageLook | None) -> str | None:
    """Vietnamese: what stands in the place of the page: a challenge, or a refusal by its status; else None."""
    if challenge := find_challenge(headers, look):
        return challenge
    by_status = {401: "trang đòi đăng nhập (401)", 403: "máy chủ từ chối (403), không có dấu hiệu captcha"}
    return by_status.get(status)


def find_challenge(headers: Mapping[str, str], look: PageLook | None) -> str | None:
    """Vietnamese: the bot challenge, captcha or login wall that the answer shows, whatever its status; else None."""
    if headers.get("cf-mitigated", "").lower() == "challenge":
        return "Cloudflare đòi kiểm tra trình duyệt"
    if headers.get("x-amzn-waf-action", "").lower() in ("challenge", "captcha"):
        return "tường lửa AWS đòi kiểm tra trình duyệt"
    if look is None:
        return None
    return _find_wall(look) or _find_captcha(look) or _find_script_only(look) or _find_login(look)


def find_soft_404(look: PageLook | None) -> str | None:
    """The title or heading with which a page answered 200 says that it is not there, else None."""
    if look is None or look.own_length > _OWN_TEXT:
        return None
    return next((title for title in look.titles if _NOT_FOUND.match(title)), None)


def is_not_found_path(path: str) -> bool:
    """Whether the path that a redirect leads to is that of a site's "not found" page."""
    return _NOT_FOUND_PATH.search(path.lower()) is not None


def is_login_path(path: str) -> bool:
    """Whether the path that a redirect leads to is that of a site's login page."""
    return _LOGIN_PATH.search(path.lower()) is not None


# --- the verdicts -------------------------------------------------------------------------------------------

_WALL_TITLE = re.compile(
    r"just a moment(?:\.|…|$)|attention required! \| cloudflare|access denied$|checking your browser|ddos-guard"
    r"|pardon our interruption|request rejected$|security check|robot check|are you a robot|human verification"
    r"|one moment, please|please wait\b.*cloudflare|403 forbidden$|xác minh (?:bạn|truy cập|người dùng)"
    r"|xác thực (?:truy cập|người dùng)|kiểm tra (?:trình duyệt|bảo mật)"
)
_WALL_WORDS = re.compile(
    r"incapsula incident id|the requested url was rejected|you don't have permission to access"
    r"|enable javascript and cookies to continue|verify(?:ing)? (?:that )?you are (?:a )?human"
    r"|(?:không phải là|không phải|bạn là) (?:người máy|robot|rô-?bốt)"
    r"|(?:nhập|điền) (?:đúng )?(?:mã|các ký tự) (?:xác nhận|xác thực|bảo vệ|captcha)"
    r"|kiểm tra trình duyệt của bạn|truy cập (?:của bạn )?(?:đã )?bị (?:chặn|từ chối)"
    r"|phát hiện (?:truy cập|lưu lượng) bất thường"
)
_CAPTCHA = re.compile(
    r"recaptcha/(?:api|enterprise)\.js(?!\?render=(?!explicit))|hcaptcha\.com|challenges\.cloudflare\.com|captcha-delivery\.com|/captcha"
)
_CAPTCHA_CLASS = re.compile(r"\b(?:g-recaptcha|h-captcha|cf-turnstile)\b")
_SETS_COOKIE = re.compile(r"document\s*\.\s*cookie\s*=")
_GOES_ON = re.compile(r"location\s*(?:\.\s*(?:reload|replace|assign|href)|\[|=)")
_LOGIN_TITLE = re.compile(r"đăng nhập|log ?in\b|sign ?in\b")
_LOGIN_PATH = re.compile(r"/(?:dang-?nhap|log-?in|sign-?in|wp-login|sso|account/log-?in)(?:\.\w+)?/?$")
_NOT_FOUND_PATH = re.compile(
    r"/(?:(?:page-?|error-?|loi-?)?404|(?:page-?)?not-?found|khong-tim-thay(?:-trang)?)(?:\.\w+)?/?$"
)
# At the start of a title; behind it the end, what the site hangs on ("| Báo …"), or how such notices go on.
_NOT_FOUND = re.compile(
    r"(?:(?:lỗi|error|http)\s*)?(?:404\b\W*)?(?:oops\W*|rất tiếc\W*|xin lỗi\W*)?"
    r"(?:không tìm thấy (?:trang|bài viết|nội dung|tài liệu|văn bản|đường dẫn)"
    r"|(?:trang|nội dung|bài viết|tin bài|tài liệu|văn bản|đường dẫn)"
    r"(?: này| (?:mà )?bạn (?:đang )?(?:tìm(?: kiếm)?|yêu cầu|truy cập)| đang tìm)?"
    r" (?:không tồn tại|không tìm thấy|đã bị (?:xóa|xoá|gỡ))"
    r"|(?:page )?not found|404(?: error)?)"
    r"\s*(?:$|[|–—:.,!?-]|(?:hoặc|hay|này|bạn|yêu cầu|theo)\b)"
)


def _find_wall(look: PageLook) -> str | None:
    if len(look.text) > _WALL_TEXT:
        return None
    mark = next((title for title in look.titles if _WALL_TITLE.match(title)), None)
    words = _WALL_WORDS.search(look.text) if look.own_length <= _NOTICE_TEXT else None
    mark = mark or (words[0] if words else None)
    return f"trang chặn hoặc đòi xác minh ({mark!r})" if mark else None


def _find_captcha(look: PageLook) -> str | None:
    if len(look.text) > _WALL_TEXT or look.own_length > _NOTICE_TEXT:
        return None
    is_captcha = _CAPTCHA.search(look.sources) or _CAPTCHA_CLASS.search(look.widgets)
    return "trang chỉ có ô captcha" if is_captcha else None


def _find_script_only(look: PageLook) -> str | None:
    if len(look.text) > _SCRIPT_TEXT or look.links > 2:
        return None
    if _SETS_COOKIE.search(look.script) and _GOES_ON.search(look.script):
        return "trang chống tấn công: chỉ đặt cookie rồi tải lại"
    return None


def _find_login(look: PageLook) -> str | None:
    if not look.password or look.own_length > _OWN_TEXT:
        return None
    return "trang đòi đăng nhập" if any(_LOGIN_TITLE.match(title) for title in look.titles) else None


# --- looking at a page --------------------------------------------------------------------------------------

# "title" and not "head": libxml2 leaves what it does not know, a <nav>, in the head of a page without <body>.
_UNSEEN = frozenset({"script", "style", "noscript", "template", "svg", "title", "option"})
_AROUND = frozenset({"a", "nav", "header", "footer", "aside", "form", "button"})
_LOOKS_LIKE_PAGE = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body|script|title|meta)\b", re.IGNORECASE
)


def look_at(headers: Mapping[str, str], content: bytes) -> PageLook | None:
    """What a visitor would see; None for what is no HTML page."""
    if not _LOOKS_LIKE_PAGE.match(content[:2000]) and "html" not in headers.get("content-type", ""):
        return None
    root = _parse(content[:_LOOKED_AT], declared_charset(headers))
    if root is None:
        return None
    seen, own = _collect_text(root)
    elements = [e for e in root.iter() if isinstance(e.tag, str)]
    return PageLook(
        titles=tuple(
            title
            for e in elements
            if e.tag in ("title", "h1", "h2") and (title := _fold("".join(e.itertext())))
        ),
        text=_fold(" ".join(seen)),
        own_length=len(_fold(" ".join(own))),
        links=sum(e.tag == "a" for e in elements),
        sources=" ".join(e.get("src", "") for e in elements if e.tag in ("script", "iframe")).lower(),
        widgets=" ".join(e.get("class", "") for e in elements),
        script=" ".join(e.text or "" for e in elements if e.tag == "script"),
        password=any(e.tag == "input" and e.get("type", "").lower() == "password" for e in elements),
    )


def _parse(content: bytes, charset: str | None) -> etree._Element | None:
    try:
        markup = content.decode("utf-8")
    except UnicodeDecodeError:
        markup = content.decode(charset or "utf-8", "replace")
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    parser.feed(markup.replace("\0", "").encode("utf-8", "replace"))
    try:
        return parser.close()
    except etree.XMLSyntaxError:  # nothing in it
        return None


def _collect_text(root: etree._Element) -> tuple[list[str], list[str]]:
    """The pieces of visible text, and those of them outside links, menus, forms, headers and footers."""
    seen: list[str] = []
    own: list[str] = []
    unseen = around = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        tag = element.tag if isinstance(element.tag, str) else "script"  # a comment is not seen either
        if event == "start":
            unseen += tag in _UNSEEN
            around += tag in _AROUND
            piece = element.text
        else:
            if event == "end":
                unseen -= tag in _UNSEEN
                around -= tag in _AROUND
            piece = element.tail
        if piece and not unseen:
            seen.append(piece)
            if not around:
                own.append(piece)
    return seen, own


def _fold(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).lower().split())
