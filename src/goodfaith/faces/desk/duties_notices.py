"""督办: notices to units about duties, their replies, the findings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.duties import actions, queries
from goodfaith.duties.queries.rows import as_uuid
from goodfaith.duties.views import AssignmentRow, NoticeRow, NoticeView
from goodfaith.faces.desk import duties_words as words
from goodfaith.faces.desk.access import acting_of, user_of
from goodfaith.faces.desk.delivery_forms import Day
from goodfaith.faces.desk.duties import SORTS
from goodfaith.faces.desk.duties_access import OFFICE, at_form, duties, page_of
from goodfaith.faces.desk.duties_duty import shown
from goodfaith.faces.desk.rights_papers import ACCEPT
from goodfaith.faces.desk.work_words import short_unit
from goodfaith.faces.parts.tables import Cell, Column, Table
from goodfaith.faces.parts.templatetags.goodfaith_parts import clock_chip
from goodfaith.faces.parts.units import unit_choices
from goodfaith.faces.parts.words import day, moment

DAYS = 10
"""Working days that a reply is given at first; the officer may say otherwise."""
VIEWS = ("open", "closed")


@duties()
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The notices: a clerk's own unit's, for office and auditor all."""
    view = request.GET.get("view", "open")
    view = view if view in VIEWS else "open"
    rows = queries.notices(acting_of(request), state=view)
    names = {"open": _("在办"), "closed": _("已办结")}
    return page_of(
        request, "notices", "duty_notices", views=[(names[code], f"?view={code}", code == view) for code in VIEWS],
        rows=rows, table=_table(rows), view=view, may=user_of(request).role in OFFICE,
    )  # fmt: skip


def _table(rows: list[NoticeRow]) -> Table:
    columns = [
        Column("number", _("文号"), "main"), Column("unit", _("被督办单位")), Column("due", _("回复期限"), "short"),
        Column("step", _("办到哪一步")), Column("finding", _("认定")), Column("sent", _("发出"), "day"),
    ]  # fmt: skip
    return Table("notices", columns, [_row(one) for one in rows], caption=_("督办通知"))


def _row(one: NoticeRow) -> dict[str, object]:
    due: object = clock_chip(one.due_on) if one.step == "sent" else day(one.due_on)
    return {
        "number": Cell(one.number, reverse("desk:duty_notice", args=[one.id])),
        "unit": short_unit(one.unit),
        "due": due,
        "step": words.notice_tag(one.step),
        "finding": words.finding_name(one.finding),
        "sent": moment(one.sent_at),
    }


# -- sending ---------------------------------------------------------------------------------------------------
class NoticeForm(forms.Form):
    """What is asked of the unit."""

    duty = forms.MultipleChoiceField(label=gettext_lazy("督办哪些任务"), widget=forms.CheckboxSelectMultiple,
                                     error_messages={"required": gettext_lazy("请勾选要督办的任务。")})  # fmt: skip
    asks = forms.CharField(label=gettext_lazy("督办内容"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}),
                           help_text=gettext_lazy("写明存在的问题、要求做到什么。被督办单位原样看到。"),
                           error_messages={"required": gettext_lazy("请写明督办内容。")})  # fmt: skip
    due_on = forms.DateField(label=gettext_lazy("请在哪一天以前回复"), widget=Day(),
                             error_messages={"required": gettext_lazy("请填写回复期限。")})  # fmt: skip

    def __init__(self, data: Any, rows: list[AssignmentRow], chosen: list[str]) -> None:
        due = clock.add_working_days(clock.today(), DAYS)
        super().__init__(data, initial={"due_on": due, "duty": chosen})
        late = _("（已逾期）")
        listed = {str(one.duty_id): f"{one.number} {one.title}{late if one.overdue else ''}" for one in rows}
        self.fields["duty"].choices = list(listed.items())  # type: ignore[attr-defined]


@duties(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Choose the unit, then its duties; what is overdue is ticked."""
    acting, unit = acting_of(request), request.GET.get("unit", "")
    unit = unit if unit in dict(unit_choices()) else ""
    rows = sorted(queries.duties(acting, state="open", with_part=unit), key=SORTS["due"]) if unit else []
    wanted = request.GET.get("duty", "")
    chosen = [wanted] if wanted else [str(one.duty_id) for one in rows if one.overdue and one.unit == unit]
    form = NoticeForm(request.POST if request.method == "POST" else None, rows, chosen) if rows else None
    if form is not None and form.is_valid():
        said = form.cleaned_data
        keys = [key for raw in said["duty"] if (key := as_uuid(raw)) is not None]
        try:
            made = actions.do_send_notice(acting=acting, at=clock.now(), unit=unit, duty_ids=keys, asks=said["asks"],
                                          due_on=said["due_on"])  # fmt: skip
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("%(number)s 已发出。") % {"number": made.number})
            return redirect("desk:duty_notice", notice_id=made.pk)
    status = 422 if form is not None and form.is_bound else 200
    return page_of(request, "notice_new", "duty_notices", _("发出督办通知"), form=form, unit=unit, units=unit_choices(),
                   status=status)  # fmt: skip


# -- one notice ------------------------------------------------------------------------------------------------
class ReplyForm(forms.Form):
    """The unit's reply."""

    text = forms.CharField(label=gettext_lazy("回复"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}),
                           help_text=gettext_lazy("写明原因、已经采取的措施、何时完成。"),
                           error_messages={"required": gettext_lazy("请写明回复。")})  # fmt: skip
    file = forms.FileField(label=gettext_lazy("附件"), required=False, max_length=255,
                           help_text=gettext_lazy("PDF、JPG、PNG 或者 DOCX，不超过 10 MiB。"),
                           widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
                           error_messages={"empty": gettext_lazy("文件是空的。")})  # fmt: skip


class AgainForm(forms.Form):
    """What the reply lacks."""

    text = forms.CharField(
        label=gettext_lazy("要求补充什么"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("请写明要补充什么。")},
    )


class CloseForm(forms.Form):
    """The finding."""

    finding = forms.ChoiceField(label=gettext_lazy("认定"), widget=forms.RadioSelect,
                                error_messages={"required": gettext_lazy("请选择一种认定。")})  # fmt: skip
    text = forms.CharField(label=gettext_lazy("认定意见"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
                           error_messages={"required": gettext_lazy("请写明认定意见。")})  # fmt: skip

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        choices = [(code, words.finding_name(code)) for code in ("resolved", "partly", "unresolved")]
        self.fields["finding"].choices = choices  # type: ignore[attr-defined]


FORMS: dict[str, type[forms.Form]] = {"reply": ReplyForm, "ask_again": AgainForm, "close": CloseForm}


def _may(request: HttpRequest, found: NoticeView) -> list[str]:
    """What the officer may do with a notice now."""
    user, step = user_of(request), found.row.step
    acts = (
        ["reply"]
        if step == "sent" and user.role in ("clerk", "credit_office") and user.unit_id == found.row.unit
        else []
    )
    if user.role in OFFICE:
        acts += ["close"] + (["ask_again"] if step == "replied" else []) if step != "closed" else []
    return acts


@duties()
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """One notice with what may be done with it."""
    found = queries.notice(acting_of(request), notice_id)
    may, asked = _may(request, found), request.POST.get("act", "")
    if request.method == "POST" and asked not in may:
        raise Problem("act_not_here", _("这一步现在不能办。"), _("请重新打开，看现在可以办什么。"), status=409)
    made = {code: _form(request, code, asked) for code in may}
    if asked and made[asked].is_valid() and _done(request, notice_id, asked, made[asked]):
        return redirect("desk:duty_notice", notice_id=notice_id)
    return page_of(request, "notice", "duty_notices", found.row.number, status=422 if asked else 200,
                   **_shown(found), forms=made)  # fmt: skip


def _form(request: HttpRequest, code: str, asked: str) -> forms.Form:
    """The form of an act; filled in when it is the one that was sent."""
    if code != asked:
        return FORMS[code](None)
    return FORMS[code](request.POST, request.FILES) if code == "reply" else FORMS[code](request.POST)


def _shown(found: NoticeView) -> dict[str, Any]:
    row = found.row
    return {
        "notice": found, "row": row, "tag": words.notice_tag(row.step),
        "events": words.happened(found.events, "notice"),
        "evidence": [shown(one) for one in found.evidence], "finding": words.finding_name(row.finding),
        "facts": [
            (_("被督办单位"), row.unit_name), (_("发出"), f"{row.sent_by_name} {moment(row.sent_at)}"),
            (_("回复期限"), day(row.due_on)),
        ],
    }  # fmt: skip


def _done(request: HttpRequest, notice_id: int, asked: str, form: forms.Form) -> bool:
    """Do what was asked; False when the form has to be mended first."""
    try:
        said = ACTS[asked](notice_id, form.cleaned_data, acting=acting_of(request), at=clock.now())
    except Problem as problem:
        at_form(form, problem)
        return False
    messages.success(request, said)
    return True


def _reply(notice_id: int, said: dict[str, Any], **who: Any) -> str:
    file = cast("UploadedFile[bytes] | None", said.get("file"))
    given = (cast(str, file.name), file.read()) if file else None
    actions.do_reply_notice(notice_id=notice_id, text=said["text"], file=given, **who)
    return _("已回复，等联席会议办公室认定。")


def _ask_again(notice_id: int, said: dict[str, Any], **who: Any) -> str:
    actions.do_ask_again(notice_id=notice_id, text=said["text"], **who)
    return _("已要求补充回复。")


def _close(notice_id: int, said: dict[str, Any], **who: Any) -> str:
    actions.do_close_notice(notice_id=notice_id, finding=said["finding"], text=said["text"], **who)
    return _("已认定并办结。")


ACTS: dict[str, Callable[..., str]] = {"reply": _reply, "ask_again": _ask_again, "close": _close}
