"""Every page of every face, at both widths: axe finds nothing serious, nothing scrolls sideways, nothing is
fetched from elsewhere, the console is silent, and there is one heading of the first rank and a title.

Pages are found as a reader finds them: from the addresses that need no argument and along the links, one of
each kind (one organisation, one record, one item, one delivery …).
"""

from __future__ import annotations

import html
import re
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import NoReverseMatch, Resolver404, URLPattern, URLResolver, get_resolver, resolve, reverse

from tests.browser import Seat

pytestmark = pytest.mark.browser
SERIOUS = {"serious", "critical"}
WIDTHS = (1440, 390)
AS_THE_ONES_BEFORE = ["tbody > tr:nth-of-type(n+7)", "ul > li:nth-of-type(n+13)"]
"""Rows and lines past these repeat what stands above them, and the contrast of each word is slow to find."""
COLOURS = "color-contrast"
LINK = re.compile(r'<a\b[^>]*?\bhref="(/[^"]*)"')
WHO = ("", "citizen", "enterprise", "clerk", "credit_office", "auditor")
LEAVE = {"language", "welcome", "log_out", "my:copy", "my:looks_export", "my:look_proof", "my:case_pdf", "my:case_json"}
REACHED: dict[str, set[str]] = {
    "": {"public:home", "public:organisations", "public:organisation", "public:double_publicity", "public:item",
         "public:coverage", "public:boundaries", "public:purposes", "public:measures", "log_in", "api_docs"},
    "citizen": {"my:home", "my:looks", "my:look", "my:record", "my:consents", "my:give", "my:give_for", "my:hold",
                "my:messages", "my:complaints", "my:object", "my:statement", "my:cases", "my:requests",
                "my:representations"},
    "enterprise": {"my:home", "my:record", "my:looks", "my:consents", "my:hold", "my:messages"},
    "clerk": {"desk:deliveries", "desk:delivery", "desk:intake", "desk:home"},
    "credit_office": {"desk:home", "desk:subjects", "desk:quality", "desk:catalogue"},
    "auditor": {"desk:home", "desk:audit", "desk:audit_ledger", "desk:audit_subject", "desk:audit_unusual",
                "desk:audit_samples", "desk:audit_sample", "desk:audit_complaints", "desk:audit_complaint",
                "desk:audit_misuse"},
}  # fmt: skip
SEEN: set[str] = set()


def _names(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _names(pattern.url_patterns, inner)
        elif pattern.name:
            yield f"{space}{pattern.name}"


def _starts() -> Iterator[str]:
    """Addresses that need no argument."""
    for name in _names(get_resolver().url_patterns):
        try:
            yield reverse(name)
        except NoReverseMatch:
            continue


def _kind(path: str) -> str:
    """The name of the address's pattern; empty for what is no page of ours."""
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return ""


def _page(seat: Seat, path: str) -> str:
    """The whole HTML page of its own that the address answers this reader with; empty for anything else. Asked beside
    the browser, which goes elsewhere when it is sent to a file or to an answer without a body."""
    answer = seat.page.context.request.get(seat.city.url + path, max_redirects=0)
    whole = answer.status == 200 and "text/html" in answer.headers.get("content-type", "")
    text = answer.text() if whole and "attachment" not in answer.headers.get("content-disposition", "") else ""
    return text if text.lstrip().lower().startswith("<!doctype html") else ""


FACE = {"": "", "citizen": "my:", "enterprise": "my:"}


def walk(seat: Seat, who: str) -> Iterator[tuple[str, str]]:
    """(kind, path) of one page of each kind of the reader's own face."""
    face = FACE.get(who, "desk:")
    waiting, done = deque(_starts()), set(LEAVE)
    while waiting:
        path = waiting.popleft()
        kind = _kind(path)
        if not kind or not kind.startswith(face) or kind in done or kind.startswith("api:"):
            continue
        if text := _page(seat, path):
            done.add(kind)
            yield kind, path
            waiting.extend(html.unescape(found) for found in LINK.findall(text))


def faults(seat: Seat, path: str, *, colours: bool = True) -> list[str]:
    """What is wrong with the page that is open, in lines that say where to look."""
    page, found = seat.page, []
    if page.locator("h1").count() != 1:
        found.append(f"{page.locator('h1').count()} h1")
    if len(page.title().split("·")[0].strip()) < 2:
        found.append(f"title {page.title()!r}")
    if seat.sideways() > 0:
        found.append(f"{seat.sideways()} px too wide: {_widest(page)}")
    found += [f"console: {error}" for error in seat.errors] + [f"outside: {url}" for url in seat.outside]
    found += serious(page, colours=colours)
    seat.forget()
    return [f"{path}: {fault}" for fault in found]


def _widest(page: Any) -> str:
    return str(page.evaluate(
        """() => [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
        .slice(0, 3).map(e => e.tagName + '.' + e.className).join(' ')"""
    ))  # fmt: skip


def serious(page: Any, *, colours: bool = True) -> list[str]:
    """axe's findings of impact serious or critical; ``colours``: contrast too, which no width changes."""
    options = {"resultTypes": ["violations"], "rules": {COLOURS: {"enabled": colours}}}
    found = Axe().run(page, context={"exclude": AS_THE_ONES_BEFORE}, options=options).response["violations"]
    return [
        f"{one['id']} ({one['impact']}) {len(one['nodes'])}× {one['nodes'][0]['html'][:160]}"
        for one in found if one["impact"] in SERIOUS
    ]  # fmt: skip


def at_both_widths(seat: Seat, path: str) -> list[str]:
    """The faults of the page that is open, on a desk and on a phone."""
    found = []
    for width in reversed(WIDTHS):  # it is left as wide as it was opened
        seat.page.set_viewport_size({"width": width, "height": 900})
        found += [f"{width} px: {fault}" for fault in faults(seat, path, colours=width == WIDTHS[0])]
    return found


def test_the_search_for_faults_is_awake(sit: Callable[..., Seat]) -> None:
    """What the tests below look for is found when it is there."""
    seat = sit("phone")
    seat.page.set_content(
        "<html><meta name=viewport content='width=device-width'><p style='width:900px;color:#ccc'>这一段的颜色太淡<img src='data:,'>"
    )
    found = " ".join(faults(seat, "/"))
    assert all(word in found for word in ("0 h1", "title", "too wide", "image-alt", "color-contrast")), found


@pytest.mark.parametrize("who", WHO)
def test_every_page(sit: Callable[..., Seat], who: str) -> None:
    seat = sit("desktop")
    if who:
        seat.log_in(who)
    reached, found = set(), []
    for kind, path in walk(seat, who):
        reached.add(kind)
        if kind in SEEN and kind not in {"my:home", "desk:home"}:
            continue
        SEEN.add(kind)
        seat.go(path)
        found += at_both_widths(seat, path)
    assert not found, "\n".join(found)
    assert reached >= REACHED[who], f"not reached: {REACHED[who] - reached}"


@pytest.mark.parametrize(("who", "path"), [("", "/"), ("", "/log-in/"), ("citizen", "/my/"), ("credit_office", "/desk/")])
def test_the_dark_scheme_is_as_readable(sit: Callable[..., Seat], who: str, path: str) -> None:
    seat = sit("desktop", color_scheme="dark")
    if who:
        seat.log_in(who)
    seat.go(path)
    found = serious(seat.page)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("path", ["/no-such-page/", "/organisations/00000000-0000-0000-0000-000000000007/"])
def test_an_error_is_a_page_too(sit: Callable[..., Seat], path: str) -> None:
    seat = sit("phone")
    assert seat.go(path).status == 404
    seat.errors.clear()  # the browser notes the 404 itself
    assert not faults(seat, path)
