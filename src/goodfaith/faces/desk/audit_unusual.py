"""Unusual access: findings of the rules, which only ask the auditor to look, and taking them into review."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from goodfaith.common import clock
from goodfaith.faces.desk import audit_words as words
from goodfaith.faces.desk.access import acting_of
from goodfaith.faces.desk.audit_access import auditor, page_of
from goodfaith.faces.desk.audit_forms import FindingFilter, last_days
from goodfaith.faces.desk.audit_overview import forget_unusual
from goodfaith.faces.parts.units import unit_choices
from goodfaith.oversight import actions
from goodfaith.oversight import queries as oversight
from goodfaith.oversight.rules import RULES
from goodfaith.oversight.views import Findings, FindingView

DAYS = 30
SHOWN = 200


@auditor
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The findings of a period, newest first, by rule and unit."""
    form = FindingFilter(last_days(request.GET, clock.today(), DAYS), unit_choices())
    found = Findings([], 0, {})
    if form.is_valid():
        said = form.cleaned_data
        found = oversight.findings(
            acting_of(request), said["since"], said["until"], rule=said["rule"] or None, unit=said["unit"] or None,
            limit=SHOWN,
        )  # fmt: skip
    return page_of(
        request, "unusual", "audit_unusual", form=form, found=found, rows=[_shown(row) for row in found.rows],
        rules=[(words.rule_name(code), words.rule_says(code), found.by_rule.get(code, 0)) for code in RULES],
    )  # fmt: skip


def _shown(row: FindingView) -> dict[str, Any]:
    query = {"actor": row.actor, "until": row.day.isoformat()}
    if row.rule != "repeat":
        query["since"] = row.day.isoformat()
    return {
        "name": words.rule_name(row.rule), "says": words.rule_says(row.rule), "sentence": words.finding(row),
        "rule": row.rule, "entries": ",".join(map(str, row.entries)), "count": len(row.entries), "day": row.day,
        "taken_up": row.taken_up, "url": f"{reverse('desk:audit_ledger')}?{urlencode(query)}",
    }  # fmt: skip


@auditor
@require_POST
def draw(request: HttpRequest) -> HttpResponse:
    """Take the entries of one finding into review."""
    named = request.POST.get("entries", "").split(",")
    entries = [int(text) for text in named if text.isascii() and text.isdigit() and len(text) < 19]
    made = actions.do_draw_unusual(
        acting=acting_of(request), at=clock.now(), rule=request.POST.get("rule", ""), entries=entries
    )
    forget_unusual()
    messages.success(request, _("已列入复核，请逐条查看。"))
    return redirect("desk:audit_sample", draw_id=made)
