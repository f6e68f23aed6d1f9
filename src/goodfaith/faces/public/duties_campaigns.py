"""Campaigns for everybody: a year's named days with plan, materials and report, and the same as a feed."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any
from urllib.parse import quote

import orjson
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.duties import queries
from goodfaith.faces.parts.words import day
from goodfaith.faces.public.machine import SHORTLY, answer, told

SHOWN = ("application/pdf", "image/png", "image/jpeg")
YEARS = range(2000, 2100)


def _year(request: HttpRequest) -> int:
    text = request.GET.get("year", "")
    return (
        int(text) if text.isascii() and text.isdigit() and len(text) < 5 and int(text) in YEARS else clock.today().year
    )


def _of_year(year: int) -> list[dict[str, Any]]:
    return queries.campaign_feed(dt.date(year, 1, 1), dt.date(year + 1, 1, 1))


@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    """The open campaigns of a year."""
    year = _year(request)
    context = {
        "section": "duties", "year": year, "campaigns": [_shown(one) for one in _of_year(year)],
        "years": [(one, one == year) for one in range(clock.today().year + 1, clock.today().year - 4, -1)],
        "crumbs": [(_("公文任务落实"), reverse("public:duties")), (_("宣传活动"), "")],
    }  # fmt: skip
    return render(request, "public/duties/campaigns.html", context)


def _shown(one: dict[str, Any]) -> dict[str, Any]:
    """A campaign with its days in words, its state, and its materials parted by use."""
    first, last, today = dt.date.fromisoformat(one["first"]), dt.date.fromisoformat(one["last"]), clock.today()
    days = day(first) if first == last else _("%(first)s 至 %(last)s") % {"first": day(first), "last": day(last)}
    parted = {use: [each for each in one["materials"] if each["use"] == use] for use in ("material", "report")}
    return {
        **one,
        "days": days,
        "tag": _tag(one, first, last, today),
        "before": parted["material"],
        "after": parted["report"],
    }


def _tag(one: dict[str, Any], first: dt.date, last: dt.date, today: dt.date) -> tuple[str, str]:
    if one["cancelled"]:
        return "quiet", _("已取消")
    if one["reported_on"]:
        return "order", _("已举办")
    if today < first:
        return "waiting", _("将要举办")
    return ("action", _("正在举办")) if today <= last else ("quiet", _("等待总结"))


@told
def feed(request: HttpRequest) -> HttpResponse:
    """The open campaigns of a year as JSON, with the addresses of their files."""
    year = _year(request)
    found = _of_year(year)
    for one in found:
        for material in one["materials"]:
            if material["kind"] == "file":
                place = reverse("public:campaign_material", args=[material["id"]])
                material["url"] = request.build_absolute_uri(place)
    return answer(orjson.dumps({"year": year, "campaigns": found}), "application/json", SHORTLY)


@require_safe
def material(request: HttpRequest, material_id: uuid.UUID) -> HttpResponse:
    """The file of an open material."""
    try:
        found = queries.public_material(material_id)
    except Problem as problem:
        raise Http404(problem.what) from problem
    response = HttpResponse(found.data, content_type=found.media)
    place = "inline" if found.media in SHOWN else "attachment"
    response["Content-Disposition"] = f"{place}; filename*=utf-8''{quote(found.name, safe='')}"
    return response
