"""What shows the progress of an assignment: added without reporting yet, and made more or less open later."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.duties import actions, queries
from goodfaith.duties.views import AssignmentRow, DutyView, EvidenceView
from goodfaith.faces.desk import duties_words as words
from goodfaith.faces.desk.access import acting_of
from goodfaith.faces.desk.duties_access import HANDLING, at_form, duties, page_of
from goodfaith.faces.desk.duties_acts import find
from goodfaith.faces.desk.duties_duty import may_disclose, shown
from goodfaith.faces.desk.duties_evidence_forms import DisclosureForm, EvidenceForm, evidence_form, hand_in


def refused() -> Problem:
    """Not this officer's, or closed."""
    return Problem("not_for_you", _("这件事不由您办理。"), _("请交有权限的工作人员办理。"), status=403)


@duties(*HANDLING)
@require_http_methods(["GET", "HEAD", "POST"])
def evidence(request: HttpRequest, duty_id: uuid.UUID, assignment_id: uuid.UUID) -> HttpResponse:
    """Add what shows the progress, without reporting yet."""
    acting = acting_of(request)
    found = queries.duty(acting, duty_id)
    one = find(found, assignment_id)
    if not found.parts_by_assignment.get(one.id) or one.closed_at is not None:
        raise refused()
    form = evidence_form(request, acting, found.disclosure)
    if form.is_bound and form.is_valid() and _handed_in(request, one, form):
        return redirect("desk:duty", duty_id=duty_id)
    return _page(request, found, "evidence", _("添加材料"), form.is_bound, shows=form)


def _handed_in(request: HttpRequest, one: AssignmentRow, form: EvidenceForm) -> bool:
    if not form.anything:
        form.add_error(None, _("请上传文件、填写链接，或者选择一个数字。"))
        return False
    try:
        hand_in(acting_of(request), one.id, form.cleaned_data)
    except Problem as problem:
        at_form(form, problem)
        return False
    messages.success(request, _("材料已加入。"))
    return True


def _page(request: HttpRequest, found: DutyView, template: str, name: str, sent: bool, **context: Any) -> HttpResponse:
    back = reverse("desk:duty", args=[found.id])
    status = 422 if sent else 200
    return page_of(
        request, template, "duties", (found.number, back), name, duty=found, back_url=back, status=status, **context
    )


@duties(*HANDLING)
@require_http_methods(["GET", "HEAD", "POST"])
def disclosure(request: HttpRequest, duty_id: uuid.UUID, evidence_id: uuid.UUID) -> HttpResponse:
    """Make a piece more or less open, with a reason."""
    acting = acting_of(request)
    found = queries.duty(acting, duty_id)
    one = next((each for each in found.evidence if each.id == evidence_id), None)
    if one is None:
        raise Problem("duty_unknown", _("没有找到这一项，或者不归您办理。"), _("请从列表进入。"), status=404)
    if not may_disclose(found, one, acting.unit):
        raise refused()
    data = request.POST if request.method == "POST" else None
    form = DisclosureForm(data, found.disclosure, one.disclosure, file=one.kind == "file")
    if form.is_bound and form.is_valid() and _disclosed(request, one, form):
        return redirect("desk:duty", duty_id=duty_id)
    return _page(request, found, "disclosure", _("修改公开属性"), form.is_bound, form=form, piece=shown(one))


def _disclosed(request: HttpRequest, one: EvidenceView, form: DisclosureForm) -> bool:
    said = form.cleaned_data
    try:
        actions.do_disclose(
            acting=acting_of(request), at=clock.now(), evidence_id=one.id, disclosure=said["disclosure"],
            reason=said["reason"], attested=bool(said.get("attested")),
        )  # fmt: skip
    except Problem as problem:
        at_form(form, problem)
        return False
    messages.success(request, _("公开属性已改为“%(name)s”。") % {"name": words.disclosure_name(said["disclosure"])})
    return True
