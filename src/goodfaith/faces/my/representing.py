"""My: who may act for the account's subject, and for whom the account acts."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodfaith.common import clock
from goodfaith.faces.my.access import own_file
from goodfaith.faces.my.applying import read_or_send
from goodfaith.faces.my.cases import line
from goodfaith.faces.my.own import acting_of
from goodfaith.faces.parts.cards import Tag
from goodfaith.faces.parts.words import day
from goodfaith.rights import actions
from goodfaith.rights import queries as rights


@dataclass(frozen=True)
class Representation:
    """One, in words. ``by``: another acts for the account's subject; else the account acts for another."""

    id: str
    by: bool
    ground: str
    span: str
    scope: str
    tag: Tag
    in_force: bool
    entry_id: int


def _in_words(raw: dict[str, Any]) -> Representation:
    grounds = {"guardian": _("监护人"), "agent": _("受托代理人")}
    dates = {key: day(dt.date.fromisoformat(raw[key])) for key in ("since", "until")}
    tag = Tag("order", _("有效")) if raw["in_force"] else Tag("quiet", _("已经结束"))
    scope = _("只限一件案件") if raw["case_id"] else _("异议、修复、投诉和各项请求")
    span = _("%(since)s 至 %(until)s") % dates
    ground = grounds.get(raw["ground"], raw["ground"])
    return Representation(
        raw["id"], raw["direction"] == "by", ground, span, scope, tag, raw["in_force"], raw["entry_id"]
    )


def _all(request: HttpRequest) -> list[Representation]:
    return [_in_words(raw) for raw in rights.my_representations(acting_of(request))]


@own_file
@require_safe
def representations(request: HttpRequest) -> HttpResponse:
    """Both directions, and the cases of those for whom the account acts."""
    found = _all(request)
    context = {
        "here": "cases", "by": [one for one in found if one.by], "acts_for": [one for one in found if not one.by],
        "lines": [line(one) for one in rights.my_cases(acting_of(request)) if not one.own],
    }  # fmt: skip
    return render(request, "my/representations.html", context)


@own_file
@read_or_send
def end(request: HttpRequest, representation_id: uuid.UUID) -> HttpResponse:
    """Names the consequence, then ends it."""
    found = next((one for one in _all(request) if one.id == str(representation_id)), None)
    if found is None:
        raise Http404(_("没有这项代理。"))
    if request.method == "POST" and found.in_force:
        actions.do_end_representation(acting=acting_of(request), at=clock.now(), representation_id=representation_id)
        messages.success(request, _("代理已经结束，立即生效。"))
    if request.method == "POST" or not found.in_force:
        return redirect("my:representations")
    return render(request, "my/representation_end.html", {"here": "cases", "one": found})
