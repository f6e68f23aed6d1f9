"""Recall notices: what a unit was given and must not use any more, and what it says it did about it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.faces.desk import rights_words as words
from goodfaith.faces.desk.access import acting_of, unit_of, user_of
from goodfaith.faces.desk.rights_access import HANDLING, page_of, rights
from goodfaith.faces.desk.rights_drafts import pdf
from goodfaith.faces.desk.rights_sheets import sheet
from goodfaith.faces.desk.work_words import item_name, purpose_name, short_unit
from goodfaith.faces.parts.tables import Cell, Column, Table
from goodfaith.faces.parts.templatetags.goodfaith_parts import clock_chip, status_tag
from goodfaith.faces.parts.words import day, in_english, moment
from goodfaith.rights import actions, calling, drafting_recall, queries
from goodfaith.rights.limits import DONE
from goodfaith.rights.sentences import WHAT_TO_DO
from goodfaith.rights.views import NoticeView
from goodfaith.rights.views import moment as parsed

PAGE, MOST = 50, 1000
STATES = ("", "waiting", "unconfirmed", "confirmed")


class DoneForm(forms.Form):
    """What was done with what was given."""

    done = forms.ChoiceField(
        label=gettext_lazy("贵单位怎样处理的"), widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选择一项。")},
    )  # fmt: skip

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["done"].choices = [(code, _(name)) for code, name in DONE.items()]  # type: ignore[attr-defined]


def _asked(request: HttpRequest) -> dict[str, Any]:
    """The filters; the credit office sees every unit's unless it asks for its own."""
    state = request.GET.get("state", "")
    every = user_of(request).role == "credit_office" and request.GET.get("own") != "1"
    return {"state": state if state in STATES else "", "all": "1" if every else ""}


@rights(*HANDLING)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Those that wait first, by their last day; reading them is an entry and marks the own ones as seen."""
    asked = _asked(request)
    text = request.GET.get("page", "1")
    page = max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 5 else 1
    rows = queries.unit_notices(acting_of(request), **asked, limit=PAGE + 1, offset=(page - 1) * PAGE)
    names = {"": _("全部"), **{state: words.notice_tag(state)[1] for state in STATES if state}}
    return page_of(
        request, "recalls", "recalls", rows=rows[:PAGE], table=_table(request, rows[:PAGE], bool(asked["all"])),
        views=[(names[one], _with(request, state=one, page=""), one == asked["state"]) for one in STATES],
        every=bool(asked["all"]), state=asked["state"], supervises=user_of(request).role == "credit_office",
        previous_url=_with(request, page=str(page - 1)) if page > 1 else "",
        next_url=_with(request, page=str(page + 1)) if len(rows) > PAGE else "",
    )  # fmt: skip


def _with(request: HttpRequest, **changed: str) -> str:
    query = request.GET.copy()
    for name, value in changed.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"?{query.urlencode()}"


def _table(request: HttpRequest, rows: Sequence[NoticeView], every: bool) -> Table:
    columns = [
        Column("item", _("信息"), "main"),
        Column("due", _("确认期限"), "short"),
        Column("reason", _("为什么撤回")),
        Column("document", _("决定文书号")),
        *([Column("unit", _("收到通知的单位"))] if every else []),
        Column("looks", _("查询次数"), "num"),
        Column("reminders", _("催办"), "num"),
        Column("state", _("状态"), "short"),
    ]
    query = request.GET.copy()
    query.pop("page", None)
    export = f"{reverse('desk:recalls_export')}?{query.urlencode()}"
    return Table("recall-notices", columns, [_row(one) for one in rows], query=query, export_url=export,
                 caption=_("撤回通知"), extra={"export": _("导出 Excel")})  # fmt: skip


def _row(one: NoticeView) -> dict[str, object]:
    due: object = day(one.due_on)
    if one.state != "confirmed":
        due = format_html('{} <small class="quiet">{}</small>', clock_chip(one.due_on), day(one.due_on))
    return {
        "item": Cell(item_name(one.item), reverse("desk:recall", args=[one.id])), "due": due,
        "reason": words.recall_reason(one.reason), "document": one.document_no, "unit": short_unit(one.unit),
        "looks": one.looks, "reminders": one.reminders or None, "state": status_tag(*words.notice_tag(one.state)),
    }  # fmt: skip


@rights(*HANDLING)
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The list as a workbook."""
    rows = queries.unit_notices(acting_of(request), **_asked(request), limit=MOST)
    heads = [_("信息"), _("为什么撤回"), _("生效日期"), _("决定文书号"), _("收到通知的单位"), _("查询次数"),
             _("确认期限"), _("催办"), _("状态"), _("怎样处理的"), _("确认时间"), _("确认人"), _("案号")]  # fmt: skip
    name = _("撤回通知-%(day)s.xlsx") % {"day": clock.today().isoformat()}
    return sheet(name, _("撤回通知"), heads, [_cells(one) for one in rows])


def _cells(one: NoticeView) -> list[object]:
    return [
        item_name(one.item), words.recall_reason(one.reason), day(one.effective_on), one.document_no or "",
        short_unit(one.unit), one.looks, day(one.due_on), one.reminders, words.notice_tag(one.state)[1],
        words.done_name(one.done), moment(one.confirmed_at) if one.confirmed_at else "", one.confirmed_by,
        one.case_number or "",
    ]  # fmt: skip


def notice_of(request: HttpRequest, notice_id: uuid.UUID) -> NoticeView:
    """One notice; Problem (404) when it is not for this officer."""
    every = "1" if user_of(request).role == "credit_office" else ""
    found = queries.unit_notices(acting_of(request), id=str(notice_id), all=every, limit=1)
    if not found:
        raise calling.problem("notice_unknown")
    return found[0]


@rights(*HANDLING)
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, notice_id: uuid.UUID) -> HttpResponse:
    """One notice: what ended, why, by which looks it was given; a POST confirms what was done."""
    form = DoneForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        done = form.cleaned_data["done"]
        actions.do_confirm_notice(acting=acting_of(request), at=clock.now(), notice_id=notice_id, done=done)
        messages.success(request, _("已确认：%(done)s。当事人可以看到。") % {"done": words.done_name(done)})
        return redirect("desk:recall", notice_id=notice_id)
    found = notice_of(request, notice_id)
    return page_of(
        request, "recall", "recalls", item_name(found.item), notice=found, form=form,
        tag=words.notice_tag(found.state), facts=_facts(found), looks=_looks(found),
        to_do=[en if in_english() else zh for zh, en in WHAT_TO_DO[found.reason]],
        own=found.unit == unit_of(request), done=words.done_name(found.done),
        status=422 if form.is_bound else 200,
    )  # fmt: skip


def _facts(one: NoticeView) -> list[tuple[str, str]]:
    return [
        (_("信息"), item_name(one.item)), (_("决定文书号"), one.document_no or ""),
        (_("作出单位"), one.authority or ""),
        (_("作出日期"), day(one.decided_on)), (_("为什么撤回"), words.recall_reason(one.reason)),
        (_("从哪天起不能用"), day(one.effective_on)), (_("收到通知的单位"), short_unit(one.unit)),
        (_("案号"), one.case_number or _("期限届满，没有案件")),
    ]  # fmt: skip


def _looks(one: NoticeView) -> list[dict[str, Any]]:
    return [
        {"entry": look["entry"], "at": parsed(look["at"]), "purpose": purpose_name(look["purpose"]),
         "case_no": look.get("case_no") or ""}
        for look in one.entries
    ]  # fmt: skip


@rights(*HANDLING)
@require_safe
def signed(request: HttpRequest, notice_id: uuid.UUID) -> HttpResponse:
    """The signed notice for machines; Problem (409) while the signature is on its way."""
    found = notice_of(request, notice_id)
    if not found.signed:
        raise Problem("not_signed_yet", _("通知正在签名。"), _("一分钟以内签好，请稍后再下载。"), status=409)
    answer = HttpResponse(found.signed, content_type="application/jose")
    answer["Content-Disposition"] = f'attachment; filename="recall-{found.id}.jws"'
    return answer


@rights(*HANDLING)
@require_safe
def printed(request: HttpRequest, notice_id: uuid.UUID) -> HttpResponse:
    """The notice as a letter to read and to file."""
    found = notice_of(request, notice_id)
    return pdf(drafting_recall.recall_letter(found, purpose_name), f"recall-{found.id}")
