"""Who may enter 任务, its tabs, and how a problem is told there: with the way back to what it was about."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from goodfaith.common.problems import Problem
from goodfaith.faces.desk.access import WORKING, View, officer, user_of
from goodfaith.faces.parts.rail import address

OFFICE = ("credit_office",)
HANDLING = ("clerk", "credit_office")
OVERSEEING = ("credit_office", "auditor")
BACK = {"duty_id": "desk:duty", "document_id": "desk:duty_document", "notice_id": "desk:duty_notice"}
"""The page of what an address is about."""
TABS = ("duties", "duty_documents", "duty_changes", "duty_notices", "duty_questions", "duty_rounds", "duty_campaigns",
        "duty_reports")  # fmt: skip
BY_ROLE = {
    "clerk": ("duties", "duty_notices", "duty_questions", "duty_rounds", "duty_campaigns"),
    "auditor": ("duties", "duty_documents", "duty_changes", "duty_notices", "duty_rounds", "duty_campaigns",
                "duty_reports"),
}  # fmt: skip
"""What others than the office see of the tabs."""


def duties(*roles: str) -> Callable[[View], View]:
    """Let these roles through (none named: all who work with records); a Problem becomes a page of 任务."""

    return officer(*(roles or WORKING), tell=told)


def told(request: HttpRequest, problem: Problem, about: dict[str, Any]) -> HttpResponse:
    """What happened, and where to go on: to the thing as it is now, unless there is none for this officer."""
    fresh = problem.status not in (HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN)
    found = next((name for name in BACK if name in about), None) if fresh else None
    back = reverse(BACK[found], args=[about[found]]) if found else ""
    return page_of(request, "problem", "duties", _("没有办成"), problem=problem, fresh_url=back, status=problem.status)


def at_form(form: forms.Form, problem: Problem, field: str | None = None) -> None:
    """Say at the form (at a field of it) what can be mended there; the rest is a page of its own."""
    if problem.status in (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT):
        raise problem
    form.add_error(field, str(problem))


def tab_names() -> dict[str, str]:
    """The tabs in words."""
    return {
        "duties": _("任务台账"),
        "duty_documents": _("公文"),
        "duty_changes": _("变更"),
        "duty_notices": _("督办"),
        "duty_questions": _("咨询"),
        "duty_rounds": _("考核"),
        "duty_campaigns": _("宣传日历"),
        "duty_reports": _("报告"),
    }


def tabs(request: HttpRequest, here: str) -> list[tuple[str, str, bool]]:
    """The tabs of this officer whose pages there are."""
    names, shown = tab_names(), BY_ROLE.get(user_of(request).role, TABS)
    found = ((tab, address(f"desk:{tab}")) for tab in shown)
    return [(names[tab], url, tab == here) for tab, url in found if url]


def shell(request: HttpRequest, here: str, *crumbs: str | tuple[str, str]) -> dict[str, Any]:
    """What every page of 任务 has: the rail's place and the tabs; crumbs below a tab."""
    context: dict[str, Any] = {"work": "tasks", "tabs": tabs(request, here), "role": user_of(request).role}
    if crumbs:
        above = [(_("任务"), reverse("desk:duties"))]
        if here != "duties":
            above.append((tab_names()[here], reverse(f"desk:{here}")))
        context["crumbs"] = [*above, *((one, "") if isinstance(one, str) else one for one in crumbs)]
    return context


def page_of(
    request: HttpRequest, template: str, here: str, *crumbs: str | tuple[str, str], **context: Any
) -> HttpResponse:
    """A page of 任务; ``status``: of the answer, 200 when none is named."""
    status = context.pop("status", 200)
    return render(request, f"desk/duties/{template}.html", shell(request, here, *crumbs) | context, status=status)
