"""咨询: what citizens ask about duties; answered, passed on, published if both agree."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.duties import actions, queries
from goodfaith.duties.views import DutyView, QuestionView
from goodfaith.faces.desk.access import acting_of, user_of
from goodfaith.faces.desk.duties_access import HANDLING, at_form, duties, page_of
from goodfaith.faces.desk.duties_duty import holds
from goodfaith.faces.desk.work_words import short_unit
from goodfaith.faces.parts.tables import Cell, Column, Table
from goodfaith.faces.parts.templatetags.goodfaith_parts import clock_chip, status_tag
from goodfaith.faces.parts.words import day, moment

STATES = ("asked", "answered", "")


@duties(*HANDLING)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The questions that the unit answers (for the office all), the most urgent first."""
    state = request.GET.get("state", "asked")
    state = state if state in STATES else "asked"
    rows = queries.unit_questions(acting_of(request), state=state)
    names = {"asked": _("等待答复"), "answered": _("已答复"), "": _("全部")}
    return page_of(
        request,
        "questions",
        "duty_questions",
        views=[(names[code], f"?state={code}", code == state) for code in STATES],
        rows=rows,
        table=_table(rows),
        state=state,
    )


def tag(one: QuestionView) -> tuple[str, str]:
    """How far a question is."""
    return {
        "asked": ("waiting", _("等待答复")),
        "answered": ("order", _("已答复")),
        "withdrawn": ("quiet", _("已撤回")),
    }[one.step]


def _table(rows: list[QuestionView]) -> Table:
    columns = [
        Column("text", _("问题"), "main"), Column("due", _("答复期限"), "short"), Column("duty", _("任务")),
        Column("unit", _("谁答复")), Column("step", _("状态")), Column("asked", _("提问时间"), "day", shown=False),
    ]  # fmt: skip
    return Table("questions", columns, [_row(one) for one in rows], caption=_("咨询"))


def _row(one: QuestionView) -> dict[str, object]:
    text = one.text if len(one.text) <= 60 else f"{one.text[:60]}……"
    return {
        "text": Cell(text or _("（没有内容）"), reverse("desk:duty_question", args=[one.id])),
        "due": clock_chip(one.due_on) if one.step == "asked" else day(one.due_on),
        "duty": f"{one.duty_number} {one.duty_title}",
        "unit": short_unit(one.unit) if one.unit else _("联席会议办公室"),
        "step": status_tag(*tag(one)),
        "asked": moment(one.asked_at),
    }


class AnswerForm(forms.Form):
    """The answer, and whether both are shown."""

    answer = forms.CharField(label=gettext_lazy("答复"), max_length=4000, widget=forms.Textarea(attrs={"rows": 7}),
                             help_text=gettext_lazy("提问人原样看到。"),
                             error_messages={"required": gettext_lazy("请写明答复。")})  # fmt: skip
    publish = forms.BooleanField(label=gettext_lazy("连同问题一起公开（不显示谁提的）"), required=False)
    shown_question = forms.CharField(label=gettext_lazy("公开的问题"), max_length=4000, required=False,
                                     widget=forms.Textarea(attrs={"rows": 3}),
                                     help_text=gettext_lazy("请删去能看出是谁提问的内容。"))  # fmt: skip
    shown_answer = forms.CharField(label=gettext_lazy("公开的答复"), max_length=4000, required=False,
                                   widget=forms.Textarea(attrs={"rows": 3}),
                                   help_text=gettext_lazy("不填就照答复原文公开。"))  # fmt: skip

    def __init__(self, data: Any, one: QuestionView) -> None:
        super().__init__(data, initial={"shown_question": one.text})
        if not one.may_publish:
            for name in ("publish", "shown_question", "shown_answer"):
                del self.fields[name]


class PassForm(forms.Form):
    """Who answers instead."""

    unit = forms.ChoiceField(label=gettext_lazy("转给"), error_messages={"required": gettext_lazy("请选择单位。")})

    def __init__(self, data: Any, duty: DutyView, unit: str | None) -> None:
        super().__init__(data)
        held = [one for one in duty.lines if holds(one, clock.today()) and one.unit and one.unit != unit]
        choices = {one.unit: one.unit_name for one in held}
        self.fields["unit"].choices = [("", _("请选择")), *choices.items()]  # type: ignore[attr-defined]


@duties(*HANDLING)
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, question_id: uuid.UUID) -> HttpResponse:
    """One question: answer it, or pass it on."""
    acting = acting_of(request)
    one = next((each for each in queries.unit_questions(acting, state="") if each.id == question_id), None)
    if one is None:
        raise Problem("duty_unknown", _("没有找到这个问题，或者不归您答复。"), _("请从列表进入。"), status=404)
    duty = queries.duty(acting, one.duty_id)
    asked = request.POST.get("act", "")
    answer = AnswerForm(request.POST if asked == "answer" else None, one)
    onward = PassForm(request.POST if asked == "pass_on" else None, duty, one.unit)
    done = _do(request, one, asked, answer, onward)
    if done:
        messages.success(request, done)
        return redirect("desk:duty_questions")
    return page_of(
        request,
        "question",
        "duty_questions",
        one.duty_number,
        one=one,
        duty=duty,
        answer=answer,
        onward=onward,
        tag=tag(one),
        may=one.step == "asked" and user_of(request).role in HANDLING,
        others=len(onward.fields["unit"].choices) > 1,  # type: ignore[attr-defined]
        unit=short_unit(one.unit) if one.unit else _("联席会议办公室"),
        status=422 if asked else 200,
    )


def _do(request: HttpRequest, one: QuestionView, asked: str, answer: AnswerForm, onward: PassForm) -> str:
    """Do what was asked; what to say of it, nothing when it was not done."""
    acting, at = acting_of(request), clock.now()
    form: forms.Form = answer if asked == "answer" else onward
    if asked not in ("answer", "pass_on") or not form.is_valid():
        return ""
    said = form.cleaned_data
    try:
        if asked == "pass_on":
            actions.do_pass_on(acting=acting, at=at, question_id=one.id, unit=said["unit"])
            return _("已转给%(unit)s，答复期限不变。") % {"unit": short_unit(said["unit"])}
        actions.do_answer(
            acting=acting, at=at, question_id=one.id, answer=said["answer"], publish=bool(said.get("publish")),
            shown_question=said.get("shown_question", ""), shown_answer=said.get("shown_answer", ""),
        )  # fmt: skip
    except Problem as problem:
        at_form(form, problem)
        return ""
    return _("已答复并公开。") if said.get("publish") else _("已答复。")
