"""One act on an assignment, each on its own page: what follows, the words, for a report what shows the progress."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.common.procedure import Act
from goodfaith.duties import actions, queries
from goodfaith.duties.procedures import ASSIGNMENT
from goodfaith.duties.views import AssignmentRow, DutyView
from goodfaith.faces.desk import duties_words as words
from goodfaith.faces.desk.access import acting_of
from goodfaith.faces.desk.duties_access import HANDLING, at_form, duties, page_of
from goodfaith.faces.desk.duties_acts_forms import ActForm
from goodfaith.faces.desk.duties_duty import shown
from goodfaith.faces.desk.duties_evidence_forms import EvidenceForm, evidence_form, hand_in

SHOWS = frozenset({"report", "add"})
"""Acts with which evidence may be handed in."""


def find(found: DutyView, assignment_id: uuid.UUID) -> AssignmentRow:
    """One assignment of a duty; Problem (404)."""
    for one in found.assignments:
        if one.id == assignment_id:
            return one
    raise Problem("duty_unknown", _("没有找到这一项，或者不归您办理。"), _("请从列表进入。"), status=404)


def permitted(found: DutyView, one: AssignmentRow, code: str) -> Act:
    """The act, if this officer may do it now; Problem otherwise."""
    act = next((each for each in found.may(one) if each.code == code and code != "plan"), None)
    if act is None:
        here = any(each.code == code and one.step in each.frm for each in ASSIGNMENT.acts)
        if here:
            raise Problem("not_for_you", _("这件事不由您办理。"), _("请交有权限的工作人员办理。"), status=403)
        raise Problem("act_not_here", _("这一步现在不能办。"), _("请重新打开，看现在可以办什么。"), status=409)
    return act


@duties(*HANDLING)
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, duty_id: uuid.UUID, assignment_id: uuid.UUID, code: str) -> HttpResponse:
    """The page of one act."""
    acting = acting_of(request)
    found = queries.duty(acting, duty_id)
    one = find(found, assignment_id)
    asked = permitted(found, one, code)
    form = ActForm(request.POST if request.method == "POST" else None, asked)
    shows = evidence_form(request, acting, found.disclosure) if code in SHOWS else None
    if form.is_bound and form.is_valid() and (shows is None or shows.is_valid()):
        try:
            return _do(request, found, one, asked, form, shows)
        except Problem as problem:
            at_form(form, problem)
    return _page(request, found, one, asked, form, shows)


def _do(
    request: HttpRequest, found: DutyView, one: AssignmentRow, asked: Act, form: ActForm, shows: EvidenceForm | None
) -> HttpResponse:
    acting = acting_of(request)
    if shows is not None:
        hand_in(acting, one.id, shows.cleaned_data)
    expect = request.POST.get("expect") or one.step
    step = actions.do_act(
        acting=acting,
        at=clock.now(),
        assignment_id=one.id,
        act=asked.code,
        text=form.cleaned_data["text"],
        expect=expect,
    )
    values = {"act": _(asked.name), "step": words.step_name("assignment", step)}
    messages.success(request, _("%(act)s，已办。现在：%(step)s。") % values)
    return redirect("desk:duty", duty_id=found.id)


def _page(
    request: HttpRequest, found: DutyView, one: AssignmentRow, asked: Act, form: ActForm, shows: EvidenceForm | None
) -> HttpResponse:
    back = reverse("desk:duty", args=[found.id])
    reports = [each for each in found.events if each.act in ("report", "add")]
    context = {
        "duty": found, "one": one, "act": asked, "name": _(asked.name), "form": form, "shows": shows, "back_url": back,
        "tag": words.assignment_tag(one), "clock": words.clock_of(one), "consequence": _consequence(asked, one),
        "reports": words.happened(reports, "assignment"), "evidence": [shown(each) for each in found.evidence],
        "asks_text": bool(asked.needs) or asked.decides,
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return page_of(request, "act", "duties", (found.number, back), _(asked.name), status=status, **context)


def _consequence(asked: Act, one: AssignmentRow) -> str:
    """What follows an act."""
    return {
        "confirm": _("表示本单位已经收到并承担这项任务；期限照公文的规定，不因签收而改变。"),
        "start": _("任务显示为推进中。"),
        "report": _("交联席会议办公室审核；审核前可以由其他参与单位补充。"),
        "add": _("记入这项任务的办理记录，状态不变。"),
        "decline": _("状态不变，任务仍在本单位名下；联席会议办公室决定是否调整责任单位。"),
        "accept": _("任务办结，结果不再改动；公开的任务向社会公布做了什么。"),
        "go_on": _("认可这次进展，任务继续实施，可以再次报送。"),
        "return": _("退回责任单位补充，期限不变。"),
        "urge": _("责任单位会在任务里看到催办，状态不变。"),
    }.get(asked.code, "")
