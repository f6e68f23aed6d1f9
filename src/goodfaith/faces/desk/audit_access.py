"""Who may enter the audit: auditors. Its tabs, and how a problem is told there."""

from __future__ import annotations

from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from goodfaith.common.problems import Problem
from goodfaith.faces.desk.access import View, officer

TABS = ("audit", "audit_ledger", "audit_unusual", "audit_samples", "audit_complaints", "audit_misuse", "batches")


def auditor(view: View) -> View:
    """Let auditors through; a ``Problem`` that the view lets out becomes a page of the audit."""

    @officer("auditor")
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        try:
            return cast(HttpResponseBase, view(request, *args, **kwargs))
        except Problem as problem:
            context = shell("audit") | {"problem": problem}
            return render(request, "desk/audit/problem.html", context, status=problem.status)

    return guarded


def shell(here: str, *crumbs: str) -> dict[str, Any]:
    """What every page of the audit has: the rail's place and the tabs; crumbs below a tab."""
    names = {
        "audit": _("概览"), "audit_ledger": _("查询日志"), "audit_unusual": _("异常查询"),
        "audit_samples": _("抽查复核"), "audit_complaints": _("查询投诉"), "audit_misuse": _("违规查询案件"),
        "batches": _("批量核查"),
    }  # fmt: skip
    tabs = [(names[tab], reverse(f"desk:{tab}"), tab == here) for tab in TABS]
    found: dict[str, Any] = {"work": "audit", "tabs": tabs}
    if crumbs:
        above = [(_("审计"), reverse("desk:audit")), (names[here], reverse(f"desk:{here}"))]
        found["crumbs"] = [*above, *((name, "") for name in crumbs)]
    return found


def page_of(request: HttpRequest, template: str, here: str, *crumbs: str, **context: Any) -> HttpResponse:
    """A page of the audit."""
    return render(request, f"desk/audit/{template}.html", shell(here, *crumbs) | context)
