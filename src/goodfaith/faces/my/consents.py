"""My: whom the subject lets look. Requests to answer, consents to give, follow and withdraw."""

from __future__ import annotations

import uuid
from typing import Any

import orjson
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goodfaith.common import clock
from goodfaith.common.acting import Acting
from goodfaith.common.problems import Problem
from goodfaith.faces.my import consent_words as words
from goodfaith.faces.my import looking, looks_files
from goodfaith.faces.my.access import own_file
from goodfaith.faces.my.consent_form import ConsentForm
from goodfaith.faces.parts.units import unit_name
from goodfaith.gate import actions as doing
from goodfaith.gate import queries as gate
from goodfaith.gate.handles import ConsentView
from goodfaith.law.schema import Purpose, SubjectKind

USES_SHOWN = 500
read_or_send = require_http_methods(["GET", "HEAD", "POST"])


@own_file
def consents(request: HttpRequest) -> HttpResponse:
    """Requests that wait, consents in force, those that ended."""
    acting: Acting = request.user.acting  # type: ignore[union-attr]
    listed = [words.consent(view) for view in gate.my_consents(acting)]
    asked = [words.request(view) for view in gate.my_requests(acting)]
    return render(
        request,
        "my/consents.html",
        {
            "here": "consents",
            "waiting": [one for one in asked if one.view.state == "waiting"],
            "answered": [one for one in asked if one.view.state in ("declined", "expired")],
            "in_force": [one for one in listed if one.in_force],
            "ended": [one for one in listed if not one.in_force],
            "hold": gate.my_hold(acting),
        },
    )


@own_file
@read_or_send
def request_for(request: HttpRequest, request_id: uuid.UUID) -> HttpResponse:
    """One request: a clear notice, then yes or no."""
    acting: Acting = request.user.acting  # type: ignore[union-attr]
    found = next((one for one in gate.my_requests(acting) if one.id == request_id), None)
    if found is None:
        raise Http404(_("没有找到这个授权请求。"))
    if request.method == "POST" and request.POST.get("answer") in ("accept", "decline"):
        return _answer(request, acting, request_id, accept=request.POST["answer"] == "accept")
    context = {"here": "consents", "terms": words.request(found), "hold": gate.my_hold(acting)}
    return render(request, "my/request.html", context)


def _answer(request: HttpRequest, acting: Acting, request_id: uuid.UUID, *, accept: bool) -> HttpResponse:
    made = doing.do_answer_request(acting=acting, at=clock.now(), request_id=request_id, accept=accept)
    if made is None:
        messages.success(request, _("已答复：不同意。对方不能凭授权看到您的任何信息。"))
        return redirect("my:consents")
    messages.success(request, _("已同意。从现在起对方可以按下面的范围查询，每次查询您都会收到消息。"))
    return redirect("my:consent", made)


@own_file
def give(request: HttpRequest) -> HttpResponse:
    """For what a consent may be given."""
    return render(request, "my/give.html", {"here": "consents", "purposes": words.purposes()})


def _purpose(code: str) -> Purpose:
    found = next((one for one in words.purposes() if one.code == code), None)
    if found is None:
        raise Http404(_("没有这项授权目的。"))
    return found


@own_file
@read_or_send
def give_for(request: HttpRequest, purpose: str) -> HttpResponse:
    """The form, then the check of the answers, then the act."""
    wanted = _purpose(purpose)
    subject: SubjectKind = "person" if request.user.kind == "citizen" else "organisation"  # type: ignore[union-attr]
    step = request.POST.get("step", "")
    form = ConsentForm(request.POST if step else None, purpose=wanted, subject=subject)
    context: dict[str, Any] = {"here": "consents", "purpose": wanted, "form": form}
    if step in ("check", "give") and form.is_valid():
        said = form.cleaned_data
        if step == "give":
            return _given(request, wanted, said, context)
        return render(request, "my/give_check.html", context | _summary(said))
    return render(request, "my/give_form.html", context)


def _given(request: HttpRequest, purpose: Purpose, said: dict[str, Any], context: dict[str, Any]) -> HttpResponse:
    try:
        made = doing.do_grant_consent(
            acting=request.user.acting,  # type: ignore[union-attr]
            at=clock.now(),
            party_unit=said["party"],
            purpose=purpose.code,
            items=said["items"],
            until=said["until"],
            uses=said["uses"],
        )
    except Problem as problem:
        context["form"].add_error(None, str(problem))
        return render(request, "my/give_form.html", context, status=problem.status)
    messages.success(request, _("授权已生效。收据在下面，可以下载或打印；您随时可以撤回。"))
    return redirect("my:consent", made)


def _summary(said: dict[str, Any]) -> dict[str, Any]:
    return {
        "party": unit_name(said["party"]),
        "items": looking.item_names(said["items"]),
        "until": words.until_words(said["until"]),
        "uses": words.uses_words(said["uses"]),
        "said": said,
    }


def _own(acting: Acting, consent_id: uuid.UUID) -> ConsentView:
    found = next((one for one in gate.my_consents(acting) if one.id == consent_id), None)
    if found is None:
        raise Http404(_("没有找到这份授权。"))
    return found


@own_file
def consent(request: HttpRequest, consent_id: uuid.UUID) -> HttpResponse:
    """One consent: its terms, each time it was used, its receipt, how to withdraw it."""
    acting: Acting = request.user.acting  # type: ignore[union-attr]
    view = _own(acting, consent_id)
    entries = gate.my_entries(acting, kind="others", unit=view.party_unit, purpose=view.purpose, limit=USES_SHOWN)
    used = [one for one in entries if str(consent_id) in {str(each) for each in one.consents or []}]
    context = {"here": "consents", "terms": words.consent(view), "used": looking.looks(used)}
    return render(request, "my/consent.html", context | {"hold": gate.my_hold(acting)})


@own_file
@read_or_send
def withdraw(request: HttpRequest, consent_id: uuid.UUID) -> HttpResponse:
    """Name the consequence, then withdraw at once."""
    acting: Acting = request.user.acting  # type: ignore[union-attr]
    view = _own(acting, consent_id)
    if request.method == "POST":
        doing.do_withdraw_consent(acting=acting, at=clock.now(), consent_id=consent_id)
        messages.success(request, _("授权已撤回，从此刻起对方不能再凭它查询。"))
        return redirect("my:consent", consent_id)
    if view.state != "in_force":
        return redirect("my:consent", consent_id)
    return render(request, "my/withdraw.html", {"here": "consents", "terms": words.consent(view)})


@own_file
def receipt(request: HttpRequest, consent_id: uuid.UUID) -> HttpResponse:
    """The receipt as a document to print; with ``?download=1`` as JSON in the shape of ISO/IEC TS 27560."""
    acting: Acting = request.user.acting  # type: ignore[union-attr]
    view = _own(acting, consent_id)
    body = gate.consent_receipt(acting, consent_id)
    if "download" in request.GET:
        text = orjson.dumps(body, option=orjson.OPT_INDENT_2, default=str)
        return looks_files.attached(text, "application/json", "json", f"consent-{consent_id}")
    return render(request, "my/receipt.html", {"here": "consents", "terms": words.consent(view), "receipt": body})
