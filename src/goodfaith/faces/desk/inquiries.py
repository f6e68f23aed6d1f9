"""档案查询: opening a file for one of the purposes that this officer's unit and role have, and nothing beyond it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from goodfaith.faces.desk.access import officer, user_of
from goodfaith.faces.desk.check_forms import InquiryForm
from goodfaith.faces.desk.check_words import matters_of, purpose_of, purposes_of
from goodfaith.faces.desk.checks import CHECKERS, context_of
from goodfaith.faces.desk.files import groups
from goodfaith.faces.desk.work_words import item_name
from goodfaith.faces.parts.words import day, named, number_kind
from goodfaith.gate import queries as gate
from goodfaith.gate.handles import Delay, FileHandle
from goodfaith.law.schema import Purpose

FIRST_ITEMS = 6


@officer(*CHECKERS)
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """For what? The purposes, each with its law, what it opens and on what it rests."""
    purposes = [(one, *_opens(one)) for one in purposes_of(user_of(request))]
    return render(request, "desk/checks/purposes.html", context_of(request, "inquiries") | {"purposes": purposes})


def _opens(purpose: Purpose) -> tuple[list[str], list[str]]:
    """Names of the items that it opens: the first few, and the others."""
    names = [item_name(code) for code in purpose.listed] if purpose.items == "listed" else []
    return names[:FIRST_ITEMS], names[FIRST_ITEMS:]


@officer(*CHECKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def inquire(request: HttpRequest, purpose: str) -> HttpResponse:
    """The form of one purpose; a POST answers on a page of its own."""
    if request.GET:
        return redirect("desk:inquiry", purpose)
    user = user_of(request)
    chosen = purpose_of(user, purpose)
    form = InquiryForm(
        request.POST if request.method == "POST" else None, purpose=chosen, matters=matters_of(user)
    )
    context = context_of(request, "inquiries") | {
        "purpose": chosen, "form": form, "opens": _opens(chosen),
        "crumbs": [(_("档案查询"), reverse("desk:inquiries")), (named(chosen.name), "")],
    }  # fmt: skip
    if form.is_bound and form.is_valid():
        return _opened(request, chosen, form, context)
    return render(request, "desk/checks/inquiry.html", context, status=422 if form.is_bound else 200)


def _opened(request: HttpRequest, purpose: Purpose, form: InquiryForm, context: dict[str, Any]) -> HttpResponse:
    said = form.cleaned_data
    delay = Delay(said["until"], said["officer"].strip()) if said.get("until") else None
    handle = gate.open_file(
        acting=user_of(request).acting, purpose=purpose.code, number=form.asked, name=said["name"],
        matter=said.get("matter") or None, case_no=said["case_no"], delay=delay,
    )  # fmt: skip
    context |= shown(handle) | {"case_no": said["case_no"], "delayed": day(delay.until) if delay else ""}
    return render(request, "desk/checks/file.html", context, status=403 if handle.outcome == "refused" else 200)


def shown(handle: FileHandle) -> dict[str, Any]:
    """An opened file: only current records of what the purpose opens."""
    return {
        "file": handle,
        "groups": groups(handle.current),
        "facts": [(number_kind(number.kind), number.number) for number in handle.numbers],
        "refusal": _(gate.REFUSALS[handle.refusal]) if handle.refusal else "",
    }
