"""Whole pages kept in memory while nothing they are made from has changed.

Only for visitors without a session, whose pages carry no cookie and nothing of their own. Whether anything
changed is asked of the database at most once a second for the whole process (``records.stamp``: a number that
every commit of records, organisations, judgements or packs moves), and the day is part of the key. So a record
that is corrected is gone from the page within a second, and one that ends is gone with the day.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from goodfaith.common import clock
from goodfaith.records import queries as records

MOST_PAGES = 1_000
LARGEST = 256 * 1024
FRESH_SECONDS = 1.0
View = Callable[..., HttpResponse]
Key = tuple[str, str, str]


class Kept:
    """Pages of one stamp; all are dropped when it changes. Bounded: the longest unasked goes first."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Key, bytes] = OrderedDict()
        self._lock = Lock()
        self._asked = float("-inf")
        self.stamp: int | None = None

    def check(self) -> None:
        """Ask for the stamp if a second has passed, and drop everything when it is another."""
        now = time.monotonic()
        if now - self._asked < FRESH_SECONDS:
            return
        self._asked = now
        stamp = records.stamp()
        with self._lock:
            if stamp != self.stamp:
                self._pages.clear()
                self.stamp = stamp

    def get(self, key: Key) -> bytes | None:
        """The page of that key."""
        with self._lock:
            body = self._pages.get(key)
            if body is not None:
                self._pages.move_to_end(key)
            return body

    def put(self, key: Key, body: bytes, stamp: int | None) -> None:
        """Keep a page that was made while ``stamp`` stood."""
        with self._lock:
            if stamp != self.stamp or len(body) > LARGEST:
                return
            self._pages[key] = body
            while len(self._pages) > MOST_PAGES:
                self._pages.popitem(last=False)

    def forget(self) -> None:
        """Drop everything and ask anew at the next request."""
        with self._lock:
            self._pages.clear()
        self._asked = float("-inf")


kept = Kept()


def kept_while_unchanged(view: View) -> View:
    """Answer visitors without a session from memory while nothing has changed."""

    @wraps(view)
    def wrapped(request: HttpRequest, *rest: object, **more: object) -> HttpResponse:
        if request.method != "GET" or settings.SESSION_COOKIE_NAME in request.COOKIES:
            return view(request, *rest, **more)
        kept.check()
        key = (request.get_full_path(), get_language() or "", clock.today().isoformat())
        body, stamp = kept.get(key), kept.stamp
        if body is not None:
            return HttpResponse(body)
        response = view(request, *rest, **more)
        if response.status_code == 200 and not response.cookies:
            kept.put(key, response.content, stamp)
        return response

    return wrapped
