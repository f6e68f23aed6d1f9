"""Names of units in a document: what each stands for, said by a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.duties import actions, queries
from goodfaith.duties.matching import Suggestion
from goodfaith.duties.queries import desk_review as places
from goodfaith.duties.views import NameView, ReviewView
from goodfaith.faces.desk import duties_words as words
from goodfaith.faces.desk.access import acting_of, user_of
from goodfaith.faces.desk.duties_access import OVERSEEING, duties
from goodfaith.faces.desk.duties_review import frame
from goodfaith.faces.desk.duties_review_acts import back_to
from goodfaith.parties import queries as parties

Said = tuple[str, str, list[str]]
"""Whole name, kind, units' codes."""


@duties(*OVERSEEING)
@require_http_methods(["GET", "HEAD", "POST"])
def names(request: HttpRequest, document_id: int) -> HttpResponse:
    """All names of a document with what they may stand for; a POST confirms those that are ticked."""
    if request.method == "POST":
        return _confirm(request, document_id)
    review = queries.review(acting_of(request), document_id)
    return _page(request, review)


def _page(request: HttpRequest, review: ReviewView, problems: Mapping[str, str] | None = None) -> HttpResponse:
    rows = [_row(n, one, request.POST, (problems or {}).get(one.full, "")) for n, one in enumerate(review.names)]
    waiting = [row for row in rows if not row["kind"]]
    units = [one.name for one in parties.units()]
    context = frame(request, review, "names") | {
        "waiting": waiting, "done": [row for row in rows if row["kind"]], "units": units, "problems": problems,
        "certain": sum(1 for row in waiting if row["certain"]),
    }  # fmt: skip
    return render(request, "desk/duties/names.html", context, status=422 if problems else 200)


def _row(n: int, one: NameView, said: Mapping[str, str], problem: str) -> dict[str, Any]:
    best = places.certain(one)
    chosen = said.get(f"as-{n}") or (_value(best) if best else _value(one.suggestions[0]) if one.suggestions else "")
    return {
        "n": n, "full": one.full, "written": [name for name in one.written if name != one.full], "used": one.used,
        "kind": one.kind, "stands_for": words.stands_for(one.kind, one.units), "certain": best is not None,
        "options": _options(one), "chosen": chosen, "other": said.get(f"other-{n}", ""), "problem": problem,
        "ticked": f"pick-{n}" in said if said else best is not None,
        "why": _why(one), "now": _value(Suggestion(one.kind, one.units, 1.0, "")) if one.kind else "",
    }  # fmt: skip


def _why(one: NameView) -> str:
    if one.remembered is not None:
        return _("在别的公文里由%(name)s确认过。") % {"name": one.remembered.why}
    return one.suggestions[0].why if one.suggestions else _("单位名录里没有相近的名称。")


def _value(one: Suggestion) -> str:
    return f"{one.kind}:{','.join(one.units)}"


def _options(one: NameView) -> list[tuple[str, str]]:
    """What may be chosen: what is suggested, then the two that fit every name."""
    listed = [one.remembered, *one.suggestions] if one.remembered else list(one.suggestions)
    found = {_value(each): _words(each) for each in listed if each is not None}
    found.setdefault("collective:", _("统称，没有逐个列出单位"))
    found.setdefault("outside:", _("不在本市单位名录"))
    return list(found.items())


def _words(one: Suggestion) -> str:
    return {"collective": _("统称，没有逐个列出单位")}.get(one.kind) or words.stands_for(one.kind, one.units)


# -- confirming ----------------------------------------------------------------------------------------------
def _confirm(request: HttpRequest, document_id: int) -> HttpResponse:
    if user_of(request).role != "credit_office":
        raise Problem("not_for_you", _("这件事不由您办理。"), _("请交信用主管部门的工作人员办理。"), status=403)
    problems: dict[str, str] = {}
    confirmed = 0
    for full, kind, codes in _said(request, problems):
        try:
            actions.do_confirm_name(acting=acting_of(request), at=clock.now(), document_id=document_id, full=full,
                                    kind=kind, units=codes)  # fmt: skip
        except Problem as problem:
            if problem.status == 409:
                raise
            problems[full] = str(problem)
        else:
            confirmed += 1
    if confirmed:
        messages.success(request, _("已确认 %(n)s 个名称，这份公文里出现的地方都已对应。") % {"n": confirmed})
    elif not problems:
        messages.warning(request, _("没有勾选名称。"))
    if problems:
        return _page(request, queries.review(acting_of(request), document_id), problems)
    return redirect(_after(request, document_id))


def _after(request: HttpRequest, document_id: int) -> str:
    """Back to where the name was confirmed from."""
    back = request.POST.get("back", "")
    own = back.startswith(reverse("desk:duty_document", args=[document_id]))
    if own and url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return back
    waiting = any(not one.kind for one in queries.review(acting_of(request), document_id).names)
    return reverse("desk:duty_names", args=[document_id]) if waiting else back_to(document_id)


def _said(request: HttpRequest, problems: dict[str, str]) -> Iterator[Said]:
    """What each ticked name stands for; what cannot be understood goes to ``problems``."""
    codes = {name: code for one in parties.units() for name, code in ((one.name, one.code), (one.short_name, one.code))}
    numbers = [key[5:] for key in request.POST if key.startswith("pick-")]
    for n in numbers:
        full, other = request.POST.get(f"full-{n}", ""), request.POST.get(f"other-{n}", "").strip()
        if not other:
            kind, _colon, listed = request.POST.get(f"as-{n}", "").partition(":")
            yield full, kind, [code for code in listed.split(",") if code]
            continue
        typed = [name.strip() for name in other.replace(",", "、").replace("，", "、").split("、") if name.strip()]
        unknown = [name for name in typed if name not in codes]
        if unknown:
            problems[full] = _("单位名录里没有：%(names)s。请从列出的名称中选。") % {"names": "、".join(unknown)}
        else:
            yield full, "unit" if len(typed) == 1 else "set", [codes[name] for name in typed]
