"""An assignment broken down into steps, each of which is done or taken up again."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.duties import actions, queries
from goodfaith.faces.desk.access import acting_of
from goodfaith.faces.desk.delivery_forms import Day
from goodfaith.faces.desk.duties_access import HANDLING, at_form, duties, page_of
from goodfaith.faces.desk.duties_acts import find

ROWS = 6


class StepsForm(forms.Form):
    """The steps that an assignment is broken down into: those that stand, and empty rows."""

    def __init__(self, data: Any, standing: list[Any]) -> None:
        super().__init__(data)
        self.standing = standing
        for n in range(len(standing) + ROWS):
            one = standing[n] if n < len(standing) else None
            self.fields[f"title_{n}"] = forms.CharField(
                label=_("第 %(n)s 步") % {"n": n + 1}, max_length=200, required=False, initial=one.title if one else ""
            )
            self.fields[f"due_{n}"] = forms.DateField(label=_("第 %(n)s 步完成日期") % {"n": n + 1}, required=False,
                                                      widget=Day(), initial=one.due_on if one else None)  # fmt: skip

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The rows."""
        return [(self[f"title_{n}"], self[f"due_{n}"]) for n in range(len(self.standing) + ROWS)]

    def planned(self) -> list[actions.Planned]:
        """The steps that a valid form says, in order."""
        found = []
        for n in range(len(self.standing) + ROWS):
            title = str(self.cleaned_data.get(f"title_{n}") or "").strip()
            if title:
                key = self.standing[n].id if n < len(self.standing) else None
                found.append(actions.Planned(title, self.cleaned_data.get(f"due_{n}"), key))
        return found


@duties(*HANDLING)
@require_http_methods(["GET", "HEAD", "POST"])
def steps(request: HttpRequest, duty_id: uuid.UUID, assignment_id: uuid.UUID) -> HttpResponse:
    """Break an assignment down."""
    acting = acting_of(request)
    found = queries.duty(acting, duty_id)
    one = find(found, assignment_id)
    form = StepsForm(request.POST if request.method == "POST" else None, list(found.work_steps.get(one.id, ())))
    if form.is_bound and form.is_valid():
        try:
            actions.do_plan_steps(acting=acting, at=clock.now(), assignment_id=one.id, steps=form.planned())
        except Problem as problem:
            at_form(form, problem)
        else:
            messages.success(request, _("步骤已保存。"))
            return redirect("desk:duty", duty_id=duty_id)
    back = reverse("desk:duty", args=[duty_id])
    return page_of(
        request,
        "steps",
        "duties",
        (found.number, back),
        _("分解步骤"),
        duty=found,
        form=form,
        back_url=back,
        status=422 if form.is_bound else 200,
    )


@duties(*HANDLING)
@require_POST
def step(request: HttpRequest, duty_id: uuid.UUID, step_id: uuid.UUID) -> HttpResponse:
    """A step is done, or taken up again."""
    done = request.POST.get("done") == "yes"
    actions.do_finish_step(acting=acting_of(request), at=clock.now(), step_id=step_id, done=done)
    messages.success(request, _("这一步已完成。") if done else _("这一步重新打开。"))
    return redirect("desk:duty", duty_id=duty_id)
