"""授权: a party's requests to subjects for their consent, and the consents it was given."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.faces.desk.access import officer, user_of
from goodfaith.faces.desk.check_forms import ConsentForm
from goodfaith.faces.desk.check_words import consent_tag, purpose_of, purposes_of
from goodfaith.faces.desk.checks import CHECKERS, context_of, masked
from goodfaith.faces.desk.work_words import item_name, purpose_name
from goodfaith.faces.parts.words import day, listed, named
from goodfaith.gate import actions
from goodfaith.gate import queries as gate
from goodfaith.gate.handles import ConsentView, RequestView
from goodfaith.law.schema import Purpose
from goodfaith.parties.models import User
from goodfaith.subjects.masking import mask_name


def _purposes(user: User) -> list[Purpose]:
    return [one for one in purposes_of(user) if one.ground == "consent"]


@officer(*CHECKERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The unit's requests and consents with their states; whose they are by a masked name only."""
    user = user_of(request)
    consents, requests = gate.unit_consents(user.acting)
    context = context_of(request, "consents") | {
        "purposes": _purposes(user),
        "consents": [_consent(one) for one in consents],
        "requests": [_request(one) for one in requests],
    }
    return render(request, "desk/checks/consents.html", context)


def _common(one: ConsentView | RequestView) -> dict[str, Any]:
    uses = _("不限次数") if one.uses is None else _("%(n)s次") % {"n": one.uses}
    return {
        "id": one.id, "label": one.subject_label, "tag": consent_tag(one.state), "purpose": purpose_name(one.purpose),
        "items": listed(item_name(code) for code in one.items), "until": day(one.until), "uses": uses,
    }  # fmt: skip


def _consent(one: ConsentView) -> dict[str, Any]:
    url = reverse("desk:inquiry", args=[one.purpose]) if one.state == "in_force" else ""
    return _common(one) | {"at": one.granted_at, "used": one.used, "url": url, "withdrawn_at": one.withdrawn_at}


def _request(one: RequestView) -> dict[str, Any]:
    return _common(one) | {"at": one.asked_at, "expires_on": one.expires_on, "officer": one.officer_name,
                           "reason": one.reason, "waiting": one.state == "waiting"}  # fmt: skip


@officer(*CHECKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, purpose: str) -> HttpResponse:
    """Fill in, read the notice as the subject will, send."""
    if request.GET:
        return redirect("desk:consent_request", purpose)
    user = user_of(request)
    chosen = purpose_of(user, purpose)
    if chosen.ground != "consent":
        what, then = _("这一目的依法定职责查询，不需要授权。"), _("请在“档案查询”中直接办理。")
        raise Problem("purpose_not_consent", what, then, status=403)
    form = ConsentForm(request.POST if request.method == "POST" else None, purpose=chosen)
    context = context_of(request, "consents") | {
        "purpose": chosen, "form": form, "crumbs": [(_("授权"), reverse("desk:consents")), (_("请求授权"), "")]
    }
    if not form.is_bound or not form.is_valid() or request.POST.get("step") == "change":
        bad = form.is_bound and not form.is_valid()
        return render(request, "desk/checks/consent_form.html", context, status=422 if bad else 200)
    if request.POST.get("step") != "send":
        return render(request, "desk/checks/consent_notice.html", context | _notice(user, chosen, form))
    return _send(request, chosen, form, context)


def _notice(user: User, purpose: Purpose, form: ConsentForm) -> dict[str, Any]:
    """What the subject will read, before it is sent."""
    said = form.cleaned_data
    uses = said["uses"]
    facts = [
        (_("谁要查询"), user.unit.name if user.unit else ""),
        (_("目的"), named(purpose.name)),
        (_("要看的信息"), listed(item_name(code) for code in said["items"])),
        (_("期限"), _("至%(day)s") % {"day": day(said["until"])}),
        (_("次数"), _("最多%(n)s次") % {"n": uses} if uses else _("期限内不限次数")),
        (_("为什么"), said["reason"]),
    ]
    whom = mask_name(said["name"]) if form.asked[0] != "uscc" else said["name"]
    hidden = [(name, value) for name in form.fields for value in _values(form, name)]
    return {"facts": facts, "whom": whom, "masked": masked(*form.asked), "hidden": hidden}


def _values(form: ConsentForm, name: str) -> list[str]:
    value = form[name].value()
    return [str(one) for one in value] if isinstance(value, list) else ["" if value is None else str(value)]


def _send(request: HttpRequest, purpose: Purpose, form: ConsentForm, context: dict[str, Any]) -> HttpResponse:
    said = form.cleaned_data
    try:
        actions.do_request_consent(
            acting=user_of(request).acting, at=clock.now(), number=form.asked, name=said["name"], purpose=purpose.code,
            items=said["items"], until=said["until"], uses=said["uses"], reason=said["reason"],
        )  # fmt: skip
    except Problem as problem:
        return render(request, "desk/checks/consent_form.html", context | {"problem": problem}, status=problem.status)
    messages.success(request, _("请求已经记下。号码和姓名相符的主体会在“我的”中看到，由其自行决定。"))
    return redirect("desk:consents")
