"""变更: another deadline, another unit, an end, a unit that follows another: asked here, decided by another officer."""

from __future__ import annotations

import uuid
from collections.abc import Callable
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
from goodfaith.duties.views import ChangeView, DutyView
from goodfaith.faces.desk import duties_words as words
from goodfaith.faces.desk.access import acting_of, user_of
from goodfaith.faces.desk.delivery_forms import Day
from goodfaith.faces.desk.duties_access import HANDLING, OFFICE, OVERSEEING, at_form, duties, page_of
from goodfaith.faces.desk.duties_duty import change_words, holds
from goodfaith.faces.parts.units import unit_choices

STATES = ("asked", "approved", "refused", "")


class ReasonedForm(forms.Form):
    """Why; and who said so."""

    reason = forms.CharField(label=gettext_lazy("理由"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
                             help_text=gettext_lazy("写明依据和同意的领导或者文件；批准的人和以后的人都会看到。"),
                             error_messages={"required": gettext_lazy("请写明理由。")})  # fmt: skip


class DeadlineForm(ReasonedForm):
    """Another deadline; of a yearly duty that of one year."""

    due_on = forms.DateField(label=gettext_lazy("新的最后一天"), widget=Day(),
                             error_messages={"required": gettext_lazy("请填写新的最后一天。")})  # fmt: skip
    field_order = ("period", "due_on", "reason")

    def __init__(self, data: Any, duty: DutyView) -> None:
        super().__init__(data)
        if duty.due.kind == "yearly":
            periods = sorted({one.period for one in duty.assignments if one.closed_at is None and one.period})
            self.fields["period"] = forms.ChoiceField(label=_("哪一年的"), choices=[(each, each) for each in periods])
            self.order_fields(self.field_order)

    def ask(self, request: HttpRequest, duty: DutyView) -> None:
        """Through the action."""
        said = self.cleaned_data
        actions.do_ask_deadline(acting=acting_of(request), at=clock.now(), duty_id=duty.id, due_on=said["due_on"],
                                reason=said["reason"], period=said.get("period", ""))  # fmt: skip


class UnitForm(ReasonedForm):
    """Another unit on one line."""

    line = forms.TypedChoiceField(label=gettext_lazy("现在的单位"), coerce=int, widget=forms.RadioSelect,
                                  error_messages={"required": gettext_lazy("请选择要换的单位。")})  # fmt: skip
    unit = forms.ChoiceField(label=gettext_lazy("换成"), error_messages={"required": gettext_lazy("请选择新的单位。")})
    field_order = ("line", "unit", "reason")

    def __init__(self, data: Any, duty: DutyView) -> None:
        super().__init__(data)
        lines = [one for one in duty.lines if holds(one, clock.today())]
        choices = [(str(one.line), f"{words.part_name(one.part)} {one.unit_name}") for one in lines]
        self.fields["line"].choices = choices  # type: ignore[attr-defined]
        self.fields["unit"].choices = [("", _("请选择")), *unit_choices()]  # type: ignore[attr-defined]

    def ask(self, request: HttpRequest, duty: DutyView) -> None:
        """Through the action."""
        said = self.cleaned_data
        actions.do_ask_unit(
            acting=acting_of(request),
            at=clock.now(),
            duty_id=duty.id,
            line=said["line"],
            unit=said["unit"],
            reason=said["reason"],
        )


class DutyClassForm(ReasonedForm):
    """More or less open to the public."""

    disclosure = forms.ChoiceField(label=gettext_lazy("改为"), widget=forms.RadioSelect,
                                   help_text=gettext_lazy("改得不公开的，比它更公开的材料一并改；再改回来，材料要逐份重新公开。"),
                                   error_messages={"required": gettext_lazy("请选择公开属性。")})  # fmt: skip
    field_order = ("disclosure", "reason")

    def __init__(self, data: Any, duty: DutyView) -> None:
        super().__init__(data)
        follows = {
            "open": _("主动公开：任务、期限、进展列在公开页面"),
            "on_request": _("依申请公开：公开页面只写有几项，申请了才给"),
            "shared": _("政务共享：只有工作人员能看"),
        }
        self.fields["disclosure"].choices = [one for one in follows.items() if one[0] != duty.disclosure]  # type: ignore[attr-defined]

    def ask(self, request: HttpRequest, duty: DutyView) -> None:
        """Through the action."""
        actions.do_ask_class(acting=acting_of(request), at=clock.now(), duty_id=duty.id, **self.cleaned_data)


class EndForm(ReasonedForm):
    """The duty falls away."""

    def __init__(self, data: Any, duty: DutyView) -> None:
        super().__init__(data)

    def ask(self, request: HttpRequest, duty: DutyView) -> None:
        """Through the action."""
        actions.do_ask_end(
            acting=acting_of(request), at=clock.now(), duty_id=duty.id, reason=self.cleaned_data["reason"]
        )


FORMS: dict[str, Callable[..., Any]] = {
    "deadline": DeadlineForm, "unit": UnitForm, "class": DutyClassForm, "end": EndForm,
}  # fmt: skip


class SuccessionForm(ReasonedForm):
    """A unit's duties go to another."""

    old_unit = forms.ChoiceField(label=gettext_lazy("原单位"))
    new_unit = forms.ChoiceField(label=gettext_lazy("承接的单位"))
    on = forms.DateField(label=gettext_lazy("从哪一天起"), widget=Day())
    document_no = forms.CharField(label=gettext_lazy("机构改革文件的字号"), max_length=120,
                                  error_messages={"required": gettext_lazy("请写明依据的文件。")})  # fmt: skip
    field_order = ("old_unit", "new_unit", "on", "document_no", "reason")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for name in ("old_unit", "new_unit"):
            self.fields[name].choices = [("", _("请选择")), *unit_choices()]  # type: ignore[attr-defined]


class DecisionForm(forms.Form):
    """Yes or no."""

    approve = forms.ChoiceField(label=gettext_lazy("结论"), widget=forms.RadioSelect,
                                error_messages={"required": gettext_lazy("请选择批准或者不同意。")})  # fmt: skip
    decision = forms.CharField(
        label=gettext_lazy("意见"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("不同意的必须写明理由。"),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["approve"].choices = [("yes", _("批准，立即生效")), ("no", _("不同意"))]  # type: ignore[attr-defined]


@duties(*OVERSEEING)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What waits for approval, and what was decided."""
    state = request.GET.get("state", "asked")
    state = state if state in STATES else "asked"
    names = {"asked": _("等待批准"), "approved": _("已批准"), "refused": _("没有同意"), "": _("全部")}
    found = queries.changes(acting_of(request), state=state)
    return page_of(
        request, "changes", "duty_changes", views=[(names[code], f"?state={code}", code == state) for code in STATES],
        rows=[line(one) for one in found], state=state, may=user_of(request).role in OFFICE,
    )  # fmt: skip


def line(one: ChangeView) -> dict[str, Any]:
    """A change in a list."""
    tags = {
        "asked": ("waiting", _("等待批准")),
        "approved": ("order", _("已批准")),
        "refused": ("quiet", _("没有同意")),
    }
    return {"one": one, "kind": words.change_name(one.kind), "words": change_words(one), "tag": tags[one.state]}


@duties(*HANDLING)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, duty_id: uuid.UUID, kind: str) -> HttpResponse:
    """Ask for a change of one duty."""
    found = queries.duty(acting_of(request), duty_id)
    if kind not in FORMS or (kind == "end" and user_of(request).role not in OFFICE):
        raise Problem("not_for_you", _("这件事不由您办理。"), _("请交信用主管部门的工作人员办理。"), status=403)
    form = FORMS[kind](request.POST if request.method == "POST" else None, found)
    if form.is_valid():
        try:
            form.ask(request, found)
        except Problem as problem:
            at_form(form, problem)
        else:
            messages.success(request, _("已提出，等联席会议办公室另一位工作人员批准；批准前一切照旧。"))
            return redirect("desk:duty", duty_id=duty_id)
    back = reverse("desk:duty", args=[duty_id])
    name = words.change_name(kind)
    return page_of(
        request,
        "change_ask",
        "duties",
        (found.number, back),
        name,
        form=form,
        name=name,
        duty=found,
        back_url=back,
        status=422 if form.is_bound else 200,
    )


@duties(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def succession(request: HttpRequest) -> HttpResponse:
    """A unit was renamed into or merged with another."""
    form = SuccessionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.do_ask_succession(acting=acting_of(request), at=clock.now(), **form.cleaned_data)
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("已提出，等另一位工作人员批准。"))
            return redirect("desk:duty_changes")
    back, name = reverse("desk:duty_changes"), _("登记机构承接")
    return page_of(request, "change_ask", "duty_changes", name, form=form, name=name, back_url=back,
                   status=422 if form.is_bound else 200)  # fmt: skip


@duties(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, change_id: int) -> HttpResponse:
    """Approve or refuse."""
    acting = acting_of(request)
    found = next((one for one in queries.changes(acting, state="") if one.id == change_id), None)
    if found is None:
        raise Problem("duty_unknown", _("没有找到这个变更。"), _("请从列表进入。"), status=404)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            approve = form.cleaned_data["approve"] == "yes"
            actions.do_decide_change(acting=acting, at=clock.now(), change_id=change_id, approve=approve,
                                     decision=form.cleaned_data["decision"])  # fmt: skip
        except Problem as problem:
            at_form(form, problem, "decision")
        else:
            messages.success(request, _("已批准，立即生效。") if approve else _("已登记为不同意。"))
            return redirect("desk:duty_changes")
    own = acting.id == found.asked_by
    return page_of(
        request,
        "change_decide",
        "duty_changes",
        words.change_name(found.kind),
        form=form,
        line=line(found),
        own=own,
        back_url=reverse("desk:duty_changes"),
        status=422 if form.is_bound else 200,
    )
