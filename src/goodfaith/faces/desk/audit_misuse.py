"""Cases of misuse: opened from a review or a complaint, with the measures taken, closed with a finding."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.faces.desk import audit_words as words
from goodfaith.faces.desk.access import acting_of
from goodfaith.faces.desk.audit_access import auditor, page_of
from goodfaith.faces.desk.audit_forms import MeasuresForm, MisuseForm
from goodfaith.faces.parts.tables import Cell, Column, Table
from goodfaith.faces.parts.templatetags.goodfaith_parts import status_tag
from goodfaith.faces.parts.words import moment
from goodfaith.oversight import actions
from goodfaith.oversight import queries as oversight
from goodfaith.oversight.views import MisuseView


@auditor
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All cases, open ones first."""
    rows = oversight.misuse_cases(acting_of(request))
    return page_of(request, "misuse_cases", "audit_misuse", rows=rows, table=_table(rows) if rows else None)


def _table(rows: Sequence[MisuseView]) -> Table:
    columns = [
        Column("opened", _("立案时间"), "main"), Column("who", _("查询人员")), Column("unit", _("单位")),
        Column("what", _("违规情况")), Column("state", _("状态")),
    ]  # fmt: skip
    return Table("misuse", columns, [_row(row) for row in rows])


def _row(row: MisuseView) -> dict[str, object]:
    return {
        "opened": Cell(moment(row.opened_at), reverse("desk:audit_misuse_case", args=[row.id])),
        "who": row.actor_name, "unit": words.unit(row.unit), "what": row.what,
        "state": status_tag(*words.misuse_tag(row.state, row.finding)),
    }  # fmt: skip


@auditor
@require_POST
def begin(request: HttpRequest, source: str, source_id: uuid.UUID) -> HttpResponse:
    """Open a case from a review or a complaint (``source``) whose outcome says so."""
    form = MisuseForm(request.POST)
    if not form.is_valid():
        raise Problem("text_missing", _("没有写明违规情况，没有立案。"), _("请返回上一页，写明违规情况后再立案。"))
    named = {f"{source}_id": source_id}
    case = actions.do_open_misuse(acting=acting_of(request), at=clock.now(), what=form.cleaned_data["what"], **named)
    messages.success(request, _("已立案。"))
    return redirect("desk:audit_misuse_case", case_id=case)


@auditor
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """One case; a POST notes measures, or closes it with a finding."""
    form = MeasuresForm(request.POST if request.method == "POST" else None)
    problem = None
    if form.is_bound and form.is_valid():
        try:
            return _go_on(request, case_id, form.cleaned_data)
        except Problem as found:
            problem = found
    shown, entry, draw_id = oversight.misuse(acting_of(request), case_id)
    return page_of(
        request, "misuse_case", "audit_misuse", _("案件"), case=shown, facts=words.facts(entry), draw_id=draw_id,
        form=form if form.is_bound else MeasuresForm(initial={"measures": shown.measures}), problem=problem,
        tag=words.misuse_tag(shown.state, shown.finding),
    )  # fmt: skip


def _go_on(request: HttpRequest, case_id: uuid.UUID, said: dict[str, Any]) -> HttpResponse:
    known = {"acting": acting_of(request), "at": clock.now(), "case_id": case_id, "measures": said["measures"]}
    if said["finding"]:
        actions.do_close_misuse(**known, finding=said["finding"])
        messages.success(request, _("案件已办结。"))
    else:
        actions.do_note_measures(**known)
        messages.success(request, _("处理措施已记录。"))
    return redirect("desk:audit_misuse_case", case_id=case_id)
