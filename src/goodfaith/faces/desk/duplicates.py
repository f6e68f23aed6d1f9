"""Suspected duplicates: both sides through the gate, a judgement with its reason, and its undoing."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.faces.desk import versus
from goodfaith.faces.desk.access import officer, user_of
from goodfaith.faces.desk.subjects import tabs
from goodfaith.faces.desk.work_forms import JudgeForm, WithdrawForm
from goodfaith.faces.desk.work_words import short_unit
from goodfaith.faces.parts.catalogue_words import subject_name
from goodfaith.faces.parts.tables import Cell, Column, Table
from goodfaith.faces.parts.words import aside, moment
from goodfaith.subjects import actions
from goodfaith.subjects import queries as subjects
from goodfaith.subjects.queries import SuspicionView

OFFICE = "credit_office"


@officer(OFFICE)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Those that wait, oldest first; or those judged, newest first."""
    judged = request.GET.get("judged") == "1"
    text = request.GET.get("page", "1")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
    page = subjects.open_suspicions(number, judged=judged)
    context = {
        "work": "subjects", "tabs": tabs(OFFICE, "duplicates"), "judged": judged, "page": page,
        "table": _table(page.rows, judged), **_pages(page, judged),
    }  # fmt: skip
    return render(request, "desk/duplicates.html", context)


def _pages(page: subjects.Page, judged: bool) -> dict[str, str]:
    start = "?judged=1&" if judged else "?"
    return {
        "previous_url": f"{start}page={page.number - 1}" if page.number > 1 else "",
        "next_url": f"{start}page={page.number + 1}" if page.number < page.pages else "",
    }


def _table(rows: Sequence[SuspicionView], judged: bool) -> Table:
    columns = [
        Column("who", _("主体"), "main"),
        Column("raised", _("发现时间"), "day"),
        Column("reasons", _("为什么怀疑")),
        Column("from", _("来自")),
        Column("state", _("判定") if judged else _("目前")),
    ]
    names = _names(rows)
    return Table("suspicions", columns, [_row(row, names) for row in rows])


def _names(rows: Sequence[SuspicionView]) -> dict[uuid.UUID, str]:
    """Names of the organisations on this page; people are named nowhere but in an opened file."""
    return subjects.organisation_names(side for row in rows for side in (row.left, row.right))


def _row(row: SuspicionView, names: dict[uuid.UUID, str]) -> dict[str, object]:
    standing = row.standing
    sides = dict.fromkeys(names[side] for side in (row.left, row.right) if side in names)
    return {
        "who": Cell(" · ".join(sides) or subject_name(row.kind), reverse("desk:duplicate", args=[row.id])),
        "raised": moment(row.raised_at),
        "reasons": " ".join(reason["zh"] for reason in row.reasons),
        "from": _("数据批次") if row.delivery_id else _("比对发现"),
        "state": verdict_name(standing.verdict) + aside(standing.officer_name) if standing else _("等待判定"),
    }


def verdict_name(code: str) -> str:
    """A judgement in words."""
    return {"same": _("同一主体"), "different": _("不是同一主体"), "unsure": _("尚不能确定")}.get(code, code)


def consequence(verdict: str) -> str:
    """What happens when it is judged so."""
    return {
        "same": _("两份档案今后合并显示，查任何一方都看到双方的记录。记录本身不移动；判定可以撤销，撤销后恢复原样。"),
        "different": _("两份档案各自独立，这一对不再列入待判定；以后还可以撤销这一判断重新判定。"),
        "unsure": _("两份档案各自独立，这一对继续留在待判定中；有了新材料，撤销这一判断后再判。"),
    }[verdict]


@officer(OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, suspicion_id: uuid.UUID) -> HttpResponse:
    """Both sides beside each other; a POST judges, after a page that names the consequence."""
    found = subjects.suspicion(suspicion_id)
    form = JudgeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return _judge(request, found, form.cleaned_data)
    return _show(request, found, form=form, withdraw=WithdrawForm())


def _judge(request: HttpRequest, found: SuspicionView, said: dict[str, Any]) -> HttpResponse:
    user = user_of(request)
    try:
        actions.check_judge(acting=user.acting, suspicion_id=found.id, **said)
        if request.POST.get("confirmed") != "yes":
            return _confirm(request, found, said)
        actions.do_judge(acting=user.acting, at=clock.now(), suspicion_id=found.id, **said)
    except Problem as problem:
        return _show(request, found, form=JudgeForm(said), withdraw=WithdrawForm(), problem=problem)
    return redirect("desk:duplicate", suspicion_id=found.id)


def _confirm(request: HttpRequest, found: SuspicionView, said: dict[str, Any]) -> HttpResponse:
    back = reverse("desk:duplicate", args=[found.id])
    context = {
        "work": "subjects", "url": back, "back_url": back, "danger": said["verdict"] == "same",
        "question": _("判定为“%(verdict)s”？") % {"verdict": verdict_name(said["verdict"])},
        "consequence": consequence(said["verdict"]), "reason": said["reason"],
        "action": _("判定为%(verdict)s") % {"verdict": verdict_name(said["verdict"])},
        "hidden": {**said, "confirmed": "yes"},
    }  # fmt: skip
    return render(request, "desk/duplicate_confirm.html", context)


@officer(OFFICE)
@require_POST
def withdraw(request: HttpRequest, suspicion_id: uuid.UUID) -> HttpResponse:
    """Undo the standing judgement, for a reason."""
    user = user_of(request)
    found = subjects.suspicion(suspicion_id)
    form = WithdrawForm(request.POST)
    if not form.is_valid() or found.standing is None:
        return _show(request, found, form=JudgeForm(), withdraw=form)
    try:
        actions.do_withdraw_judgement(
            acting=user.acting, at=clock.now(), judgement_id=found.standing.id, reason=form.cleaned_data["reason"]
        )
    except Problem as problem:
        return _show(request, subjects.suspicion(suspicion_id), form=JudgeForm(), withdraw=form, problem=problem)
    messages.success(request, _("判断已撤销，两份档案恢复原样。"))
    return redirect("desk:duplicate", suspicion_id=suspicion_id)


def _show(request: HttpRequest, found: SuspicionView, **more: Any) -> HttpResponse:
    user = user_of(request)
    context = {
        "work": "subjects", "case": found, "reasons": [reason["zh"] for reason in found.reasons],
        "kind": subject_name(found.kind), "history": [_event(judgement) for judgement in found.judgements],
        "standing": found.standing,
        "verdict": verdict_name(found.standing.verdict) if found.standing else "",
        "means": consequence(found.standing.verdict) if found.standing else "",
        "crumbs": [(_("主体"), reverse("desk:subjects")), (_("疑似重复"), reverse("desk:duplicates")), (_("判定"), "")],
        **versus.compared(user.acting, found),
    }  # fmt: skip
    return render(request, "desk/duplicate.html", context | more)


def _event(judgement: subjects.JudgementView) -> dict[str, Any]:
    text = _("%(who)s，%(unit)s。理由：%(reason)s。") % {
        "who": judgement.officer_name, "unit": short_unit(judgement.unit), "reason": judgement.reason.rstrip("。"),
    }  # fmt: skip
    if judgement.withdrawn_at:
        text += _("已由%(who)s于%(at)s撤销，理由：%(reason)s") % {
            "who": judgement.withdrawn_by, "at": moment(judgement.withdrawn_at), "reason": judgement.withdrawn_reason,
        }  # fmt: skip
    return {"at": judgement.at, "title": verdict_name(judgement.verdict), "text": text,
            "kind": "" if judgement.withdrawn_at else "order"}  # fmt: skip
