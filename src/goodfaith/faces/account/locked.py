"""The page of somebody who is locked out: how long, why, what next."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goodfaith.common.clock import now

TOO_MANY = 429


def page(request: HttpRequest, seconds: int) -> HttpResponse:
    """429, with the minutes that are left and the moment from which the log-in is open again."""
    minutes = max(1, -(-seconds // 60))
    until = now() + dt.timedelta(seconds=seconds)
    response = render(request, "account/locked.html", {"minutes": minutes, "until": until}, status=TOO_MANY)
    response["Retry-After"] = str(max(1, seconds))
    return response


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """django-allauth's answer to too many requests of one kind within a minute."""
    return page(request, 60)
