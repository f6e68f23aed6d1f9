"""Whole pages kept in memory while nothing they are made from has changed.

Only for visitors without a session, whose pages carry no cookie and nothing of their own. The stamp is asked
of the database at every request, so a record that ends today or is corrected is gone from the next answer.
"""

from __future__ import annotations

import uuid
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
View = Callable[..., HttpResponse]
Key = tuple[str, str, str, str]

_pages: OrderedDict[Key, bytes] = OrderedDict()
_lock = Lock()


def _kept(key: Key) -> bytes | None:
    with _lock:
        body = _pages.get(key)
        if body is not None:
            _pages.move_to_end(key)
        return body


def _keep(key: Key, body: bytes) -> None:
    if len(body) > LARGEST:
        return
    with _lock:
        _pages[key] = body
        while len(_pages) > MOST_PAGES:
            _pages.popitem(last=False)


def kept_while_unchanged(view: View) -> View:
    """For pages of one organisation (argument ``subject_id``): answer from memory while its stamp stands."""

    @wraps(view)
    def wrapped(request: HttpRequest, subject_id: uuid.UUID, *rest: object, **more: object) -> HttpResponse:
        if request.method != "GET" or settings.SESSION_COOKIE_NAME in request.COOKIES:
            return view(request, subject_id, *rest, **more)
        stamp = records.stamp(subject_id)
        if stamp is None:
            return view(request, subject_id, *rest, **more)
        key = (request.get_full_path(), get_language() or "", clock.today().isoformat(), stamp)
        body = _kept(key)
        if body is not None:
            return HttpResponse(body)
        response = view(request, subject_id, *rest, **more)
        if response.status_code == 200 and not response.cookies:
            _keep(key, response.content)
        return response

    return wrapped
