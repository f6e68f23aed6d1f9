"""Who may enter 权益, its tabs, and how a problem is told there: always with the way back to the fresh case."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from goodfaith.common.problems import Problem
from goodfaith.faces.desk.access import WORKING, View, officer, user_of

HANDLING = ("clerk", "credit_office")
"""Who decides and writes; the auditor only supervises."""
TABS = ("rights", "rights_counter", "recalls", "repair_guide", "rights_figures")


def rights(*roles: str) -> Callable[[View], View]:
    """Let these roles through (none named: all who work with records); a Problem becomes a page of 权益."""

    return officer(*(roles or WORKING), tell=told)


def told(request: HttpRequest, problem: Problem, about: dict[str, Any]) -> HttpResponse:
    """What happened, and where to go on: to the case as it is now, unless there is none for this officer."""
    case_id = about.get("case_id")
    fresh = case_id is not None and problem.status not in (HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN)
    case_url = reverse("desk:rights_case", args=[case_id]) if fresh else ""
    context = shell(request, "rights", _("没有办成")) | {"problem": problem, "case_url": case_url}
    return render(request, "desk/rights/problem.html", context, status=problem.status)


def shell(request: HttpRequest, here: str, *crumbs: str | tuple[str, str]) -> dict[str, Any]:
    """What every page of 权益 has: the rail's place and the tabs; crumbs below a tab."""
    names = {
        "rights": _("案件"), "rights_counter": _("窗口和来信"), "recalls": _("撤回通知"),
        "repair_guide": _("修复告知书"), "rights_figures": _("办理统计"),
    }  # fmt: skip
    auditor = user_of(request).role == "auditor"
    shown = ("rights", "rights_figures") if auditor else TABS
    context: dict[str, Any] = {
        "work": "rights", "tabs": [(names[tab], reverse(f"desk:{tab}"), tab == here) for tab in shown],
    }  # fmt: skip
    if crumbs:
        above = [(_("权益"), reverse("desk:rights"))]
        if here != "rights":
            above.append((names[here], reverse(f"desk:{here}")))
        context["crumbs"] = [*above, *((one, "") if isinstance(one, str) else one for one in crumbs)]
    return context


def page_of(
    request: HttpRequest, template: str, here: str, *crumbs: str | tuple[str, str], **context: Any
) -> HttpResponse:
    """A page of 权益; ``status``: of the answer, 200 when none is named."""
    status = context.pop("status", 200)
    return render(request, f"desk/rights/{template}.html", shell(request, here, *crumbs) | context, status=status)
