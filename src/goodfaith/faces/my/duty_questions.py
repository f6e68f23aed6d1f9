"""My: questions about the duties of official documents; asked, answered by a date, withdrawn."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.duties import actions, queries
from goodfaith.duties.actions.asking import LONGEST
from goodfaith.duties.procedures import QUESTION
from goodfaith.duties.queries.show_law import QUESTIONS
from goodfaith.duties.views import PublicDuty, QuestionView
from goodfaith.faces.my.access import own_file
from goodfaith.faces.my.own import acting_of


class AskForm(forms.Form):
    """The question, and whether it may be shown without a name."""

    text = forms.CharField(
        label=gettext_lazy("您想问什么"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("一次问一件事，最多 1000 字。不要写证件号码、手机号码和他人的姓名。"),
        error_messages={"required": gettext_lazy("请写明您的问题。")},
    )  # fmt: skip
    may_publish = forms.TypedChoiceField(
        label=gettext_lazy("答复后，能不能公开这一问一答"), widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
        choices=[
            ("yes", gettext_lazy("可以公开，不写我的姓名，帮别人少问一遍")),
            ("no", gettext_lazy("只答复我本人")),
        ],
        error_messages={"required": gettext_lazy("请选择一项。")},
    )  # fmt: skip


def _duty(duty_id: uuid.UUID) -> PublicDuty:
    try:
        return queries.public_duty(duty_id)
    except Problem as problem:
        raise Http404(problem.what) from problem


@own_file
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, duty_id: uuid.UUID) -> HttpResponse:
    """The form, with what happens next and by when."""
    duty = _duty(duty_id)
    form, status = AskForm(request.POST if request.method == "POST" else None), 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                actions.do_ask(acting=acting_of(request), at=clock.now(), duty_id=duty_id, **form.cleaned_data)
            except Problem as problem:
                form.add_error(None, str(problem))
                status = problem.status
            else:
                messages.success(request, _("已收到您的问题，答复会显示在这里。"))
                return redirect("my:duty_questions")
    due_on, why = actions.answer_due(clock.today())
    context = {
        "here": "cases", "duty": duty, "form": form, "due_on": due_on, "why": why, "basis": QUESTIONS,
        "unit": _answers(duty), "known": duty.questions,
    }  # fmt: skip
    return render(request, "my/duty_ask.html", context, status=status)


def _answers(duty: PublicDuty) -> str:
    """Who answers, as far as the page knows: the first that is responsible."""
    return duty.assignments[0].unit_name if duty.assignments else _("联席会议办公室")


@own_file
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """The account's own questions, newest first."""
    found = queries.my_questions(acting_of(request))
    return render(
        request, "my/duty_questions.html", {"here": "cases", "questions": [(one, _tag(one)) for one in found]}
    )


def _tag(one: QuestionView) -> tuple[str, str]:
    name = _(QUESTION.step(one.step).name)
    if one.overdue:
        return "restraint", _("超过期限，还没有答复")
    return {"asked": "waiting", "answered": "order"}.get(one.step, "quiet"), name


def _own(request: HttpRequest, question_id: uuid.UUID) -> QuestionView:
    found = next((one for one in queries.my_questions(acting_of(request)) if one.id == question_id), None)
    if found is None:
        raise Http404
    return found


@own_file
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, question_id: uuid.UUID) -> HttpResponse:
    """Take an unanswered question back; asks first."""
    found = _own(request, question_id)
    if found.step != "asked":
        messages.info(request, _("这个问题已经答复或者撤回，不用再撤。"))
        return redirect("my:duty_questions")
    if request.method == "POST":
        return _withdrawn(request, question_id, clock.now())
    context: dict[str, Any] = {"here": "cases", "question": found}
    return render(request, "my/duty_question_withdraw.html", context)


def _withdrawn(request: HttpRequest, question_id: uuid.UUID, at: dt.datetime) -> HttpResponse:
    try:
        actions.do_withdraw_question(acting=acting_of(request), at=at, question_id=question_id)
    except Problem as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("问题已撤回，单位不再答复。"))
    return redirect("my:duty_questions")
