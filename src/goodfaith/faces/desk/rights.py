"""权益, the inbox: cases by urgency with their clocks in view."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from goodfaith.common import clock
from goodfaith.faces.desk import rights_words as words
from goodfaith.faces.desk.access import acting_of, user_of
from goodfaith.faces.desk.rights_access import page_of, rights
from goodfaith.faces.desk.rights_sheets import sheet
from goodfaith.faces.desk.work_words import item_name, short_unit
from goodfaith.faces.parts import case_words
from goodfaith.faces.parts.tables import Cell, Column, Table
from goodfaith.faces.parts.templatetags.goodfaith_parts import clock_chip, status_tag
from goodfaith.faces.parts.units import unit_choices
from goodfaith.faces.parts.words import day, moment
from goodfaith.rights import queries
from goodfaith.rights.procedures import PROCEDURES
from goodfaith.rights.views import CaseView

PAGE, MOST = 50, 1000
FAR = dt.date.max
VIEWS = ("turn", "mine", "open", "overdue", "closed")
FIRST = {"clerk": "turn", "credit_office": "turn", "auditor": "overdue"}
"""What each role sees first."""
ASKED: dict[str, dict[str, Any]] = {
    "turn": {"turn": True}, "mine": {"mine": True}, "open": {}, "overdue": {"state": "overdue"},
    "closed": {"state": "closed"},
}  # fmt: skip
SORTS: dict[str, Callable[[CaseView], Any]] = {
    "due": lambda case: (case.due_on or FAR, case.number),
    "number": lambda case: case.number,
    "filed": lambda case: case.filed_at or case.opened_at,
    "unit": lambda case: (case.unit or "", case.due_on or FAR),
    "what": lambda case: (case.procedure, case.kind, case.due_on or FAR),
}


class CaseFilter(forms.Form):
    """What the list is narrowed to; what is unknown narrows nothing."""

    procedure = forms.ChoiceField(label=gettext_lazy("事项"), required=False)
    unit = forms.ChoiceField(label=gettext_lazy("承办单位"), required=False)
    number = forms.CharField(label=gettext_lazy("案号"), required=False, max_length=20)

    def __init__(self, data: Any, *, all_units: bool) -> None:
        super().__init__(data)
        names = [(code, words.procedure_name(code)) for code in PROCEDURES]
        self.fields["procedure"].choices = [("", _("全部")), *names]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [("", _("全部")), *unit_choices()]  # type: ignore[attr-defined]
        if not all_units:
            del self.fields["unit"]

    def wanted(self) -> dict[str, str]:
        """The filters that are set and understood."""
        self.is_valid()
        return {name: value.strip() for name, value in self.cleaned_data.items() if value and value.strip()}


def _view_of(request: HttpRequest) -> str:
    asked = request.GET.get("view", "")
    return asked if asked in VIEWS else FIRST[user_of(request).role]


def _filter(request: HttpRequest) -> CaseFilter:
    return CaseFilter(request.GET, all_units=user_of(request).role == "credit_office")


@rights()
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """A page of cases, the most urgent first; reading it is an entry."""
    form, view, sort = _filter(request), _view_of(request), request.GET.get("sort", "")
    wanted, page = form.wanted(), _page(request)
    asked = ASKED[view] | wanted
    sorted_by = SORTS.get(sort.removeprefix("-"))
    limits = {"limit": MOST} if sorted_by else {"limit": PAGE + 1, "offset": (page - 1) * PAGE}
    rows = queries.inbox(acting_of(request), **asked, **limits)
    if sorted_by:
        rows = sorted(rows, key=sorted_by, reverse=sort.startswith("-"))[(page - 1) * PAGE :]
    return page_of(
        request, "list", "rights", form=form, view=view, views=_views(request, view), filtered=bool(wanted),
        rows=rows[:PAGE], table=_table(request, rows[:PAGE], sort, view), role=user_of(request).role,
        **_pages(request, page, more=len(rows) > PAGE),
    )  # fmt: skip


def _page(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 5 else 1


def _views(request: HttpRequest, here: str) -> list[tuple[str, str, bool]]:
    names = {
        "turn": _("轮到我们"), "mine": _("交给我的"), "open": _("全部在办"), "overdue": _("已逾期"),
        "closed": _("已办结"),
    }  # fmt: skip
    shown = ("overdue", "open", "closed") if user_of(request).role == "auditor" else VIEWS
    return [(names[code], _with(request, view=code, page=None), code == here) for code in shown]


def _with(request: HttpRequest, **changed: str | None) -> str:
    query = request.GET.copy()
    for name, value in changed.items():
        query.pop(name, None)
        if value is not None:
            query[name] = value
    return f"?{query.urlencode()}"


def _pages(request: HttpRequest, page: int, *, more: bool) -> dict[str, str]:
    return {
        "previous_url": _with(request, page=str(page - 1)) if page > 1 else "",
        "next_url": _with(request, page=str(page + 1)) if more else "",
    }


def _table(request: HttpRequest, rows: Sequence[CaseView], sort: str, view: str) -> Table:
    columns = [
        Column("number", _("案号"), "main", sortable=True),
        Column("due", _("期限") if view != "closed" else _("办结"), "short", sortable=True),
        Column("what", _("事项"), sortable=True),
        Column("item", _("记录")),
        Column("step", _("办到哪一步")),
        Column("unit", _("轮到谁"), sortable=True),
        Column("filed", _("提交时间"), "day", sortable=True),
        Column("officer", _("承办人"), shown=False),
        Column("channel", _("来源"), shown=False),
    ]
    query = request.GET.copy()
    query.pop("page", None)
    export = f"{reverse('desk:rights_export')}?{query.urlencode()}"
    return Table("cases", columns, [_row(one) for one in rows], sort=sort, query=query, export_url=export,
                 caption=_("案件"), extra={"export": _("导出 Excel")})  # fmt: skip


def _row(case: CaseView) -> dict[str, object]:
    tag = words.tag(case)
    return {
        "number": Cell(case.number, reverse("desk:rights_case", args=[case.id])),
        "due": _due(case), "what": case_words.title(case),
        "item": _records(case), "step": status_tag(tag.kind, tag.text), "unit": words.turn(case),
        "filed": moment(case.filed_at), "officer": case.assigned_name, "channel": words.channel_name(case.channel),
    }  # fmt: skip


def _records(case: CaseView) -> str:
    if not case.records:
        return _("不涉及具体记录")
    name, more = item_name(case.records[0].item), len(case.records) - 1
    return _("%(name)s 等 %(n)s 条") % {"name": name, "n": more + 1} if more else name


def _due(case: CaseView) -> object:
    if not case.is_open:
        return day(case.closed_at.astimezone(clock.CHINA).date()) if case.closed_at else None
    if case.due_on is None:
        return _("暂停计算") if any(one.suspended_on for one in case.running()) else None
    return format_html("{} <small class=\"quiet\">{}</small>", clock_chip(case.due_on), day(case.due_on))


@rights()
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The list as a workbook, as it is filtered; taking it away is an entry like reading it."""
    rows = queries.inbox(acting_of(request), **ASKED[_view_of(request)], **_filter(request).wanted(), limit=MOST)
    heads = [_("案号"), _("事项"), _("记录"), _("办到哪一步"), _("轮到谁"), _("承办人"), _("来源"), _("提交时间"),
             _("期限"), _("办结时间"), _("结果")]  # fmt: skip
    name = _("权益案件-%(day)s.xlsx") % {"day": clock.today().isoformat()}
    return sheet(name, _("权益案件"), heads, [_cells(one) for one in rows])


def _cells(case: CaseView) -> list[object]:
    return [
        case.number, case_words.title(case), _records(case), words.tag(case).text,
        short_unit(case.unit) if case.unit else words.turn(case), case.assigned_name or "",
        words.channel_name(case.channel), moment(case.filed_at), day(case.due_on) if case.due_on else "",
        moment(case.closed_at) if case.closed_at else "",
        words.outcome_name(case.procedure, case.outcome) if case.outcome else "",
    ]  # fmt: skip
