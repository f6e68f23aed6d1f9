"""Complaints about looks: the inbox by due day, and the answer with its finding."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.faces.desk import audit_words as words
from goodfaith.faces.desk.access import acting_of
from goodfaith.faces.desk.audit_access import auditor, page_of
from goodfaith.faces.desk.audit_forms import AnswerForm, MisuseForm
from goodfaith.faces.parts.tables import Cell, Column, Table
from goodfaith.faces.parts.templatetags.goodfaith_parts import clock_chip, status_tag
from goodfaith.faces.parts.words import day, moment
from goodfaith.oversight import actions, complaints, limits
from goodfaith.oversight import queries as oversight
from goodfaith.oversight.views import ComplaintLine


@auditor
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Those that wait, the first due first; or those done with."""
    done = request.GET.get("done") == "1"
    rows = oversight.inbox(acting_of(request), waiting=not done)
    today = clock.today()
    overdue = sum(row.state == "open" and row.due_on < today for row in rows)
    return page_of(
        request, "complaints", "audit_complaints", rows=rows, done=done, table=_table(rows) if rows else None,
        overdue=overdue, limit=limits.limit_of(today, complaints.limits()),
    )  # fmt: skip


def _table(rows: Sequence[ComplaintLine]) -> Table:
    columns = [
        Column("made", _("提出时间"), "main"), Column("due", _("答复期限"), "day"), Column("about", _("投诉的查询")),
        Column("unit", _("查询单位")), Column("subject", _("投诉人")), Column("state", _("状态")),
    ]  # fmt: skip
    return Table("complaints", columns, [_row(row) for row in rows])


def _row(row: ComplaintLine) -> dict[str, object]:
    due: object = day(row.due_on)
    if row.state == "open":
        due = format_html("{} {}", day(row.due_on), clock_chip(row.due_on))
    return {
        "made": Cell(moment(row.made_at), reverse("desk:audit_complaint", args=[row.id])),
        "due": due, "about": words.purpose(row.entry), "unit": words.unit(row.entry.unit),
        "subject": words.subject(row.entry), "state": status_tag(*words.complaint_tag(row.state, row.finding)),
    }  # fmt: skip


@auditor
@require_http_methods(["GET", "HEAD", "POST"])
def complaint(request: HttpRequest, complaint_id: uuid.UUID) -> HttpResponse:
    """One complaint beside the look that it is about; a POST answers it."""
    form = AnswerForm(request.POST if request.method == "POST" else None)
    problem = None
    if form.is_bound and form.is_valid():
        try:
            return _answer(request, complaint_id, form.cleaned_data)
        except Problem as found:
            problem = found
    shown = oversight.complaint(acting_of(request), complaint_id)
    return page_of(request, "complaint", "audit_complaints", _("投诉"), form=form, problem=problem, **_context(shown))


def _answer(request: HttpRequest, complaint_id: uuid.UUID, said: dict[str, Any]) -> HttpResponse:
    actions.do_answer_complaint(acting=acting_of(request), at=clock.now(), complaint_id=complaint_id, **said)
    messages.success(request, _("答复已送达投诉人的“我的”，并已通知本人。"))
    return redirect("desk:audit_complaint", complaint_id=complaint_id)


def _context(shown: ComplaintLine) -> dict[str, Any]:
    made = shown.made_at.astimezone(clock.CHINA).date()
    return {
        "complaint": shown, "tag": words.complaint_tag(shown.state, shown.finding), "misuse_form": MisuseForm(),
        "facts": words.facts(shown.entry), "limit": limits.limit_of(made, complaints.limits()),
        "same_url": f"{reverse('desk:audit_ledger')}?same_as={shown.entry.id}",
        "upheld": shown.finding == "not_in_order",
    }  # fmt: skip
