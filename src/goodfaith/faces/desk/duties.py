"""任务: the ledger with its saved filters, a unit's own board, the export."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from goodfaith.common import clock
from goodfaith.duties import queries
from goodfaith.duties.procedures import ASSIGNMENT
from goodfaith.duties.views import AssignmentRow, DocumentRow
from goodfaith.faces.desk import duties_words as words
from goodfaith.faces.desk.access import acting_of, user_of
from goodfaith.faces.desk.duties_access import duties, page_of
from goodfaith.faces.desk.duties_board import board_page, urgency
from goodfaith.faces.desk.rights_sheets import sheet
from goodfaith.faces.parts.tables import Cell, Column, Table
from goodfaith.faces.parts.units import unit_choices
from goodfaith.faces.parts.words import day

PAGE = 50
SOON = dt.timedelta(days=30)
FAR = dt.date.max
SAVED = ("mine", "all", "overdue", "soon", "unconfirmed", "waiting", "closed")
SORTS: dict[str, Callable[[AssignmentRow], Any]] = {
    "due": urgency,
    "unit": lambda one: (one.unit_name, one.due_on or FAR),
    "state": lambda one: (list(words.STEP_TAGS).index("overdue" if one.overdue else one.step), one.due_on or FAR),
}


def saved_name(code: str) -> str:
    """A saved filter in words."""
    return {
        "mine": _("本单位的"),
        "all": _("全部任务"),
        "overdue": _("已逾期"),
        "soon": _("30 天内到期"),
        "unconfirmed": _("待签收"),
        "waiting": _("报送待审核"),
        "closed": _("已办结"),
    }[code]


def saved(code: str, today: dt.date) -> dict[str, Any]:
    """What a saved filter asks of the query."""
    asked: dict[str, dict[str, Any]] = {
        "overdue": {"state": "overdue"}, "soon": {"state": "open", "due_from": today, "due_until": today + SOON},
        "unconfirmed": {"step": "assigned"}, "waiting": {"state": "waiting"}, "closed": {"state": "closed"},
    }  # fmt: skip
    return asked.get(code, {})


class LedgerFilter(forms.Form):
    """What the ledger is narrowed to; what is unknown narrows nothing."""

    document = forms.ChoiceField(label=gettext_lazy("公文"), required=False)
    unit = forms.ChoiceField(label=gettext_lazy("责任单位"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("状态"), required=False)
    due_from = forms.DateField(
        label=gettext_lazy("期限从"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    due_until = forms.DateField(
        label=gettext_lazy("到"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    words = forms.CharField(label=gettext_lazy("标题、文字或者编号"), required=False, max_length=60)

    def __init__(self, data: Any, documents: Iterable[DocumentRow]) -> None:
        super().__init__(data)
        steps = [(one.code, words.step_name("assignment", one.code)) for one in ASSIGNMENT.steps]
        states = [("open", _("在办")), ("overdue", _("已逾期")), *steps]
        for name, choices in (
            ("document", [(str(one.id), one.doc_no or one.title) for one in documents]), ("unit", unit_choices()),
            ("state", states),
        ):  # fmt: skip
            self.fields[name].choices = [("", _("全部")), *choices]  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, Any]:
        """As the query takes it; ``due_until`` is the first day no longer meant."""
        self.is_valid()
        said = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        if said.get("state") in {one.code for one in ASSIGNMENT.steps}:
            said["step"] = said.pop("state")
        if "due_until" in said:
            said["due_until"] += dt.timedelta(days=1)
        if "document" in said:
            said["document"] = int(said["document"])
        return said


def _view_of(request: HttpRequest) -> str:
    asked = request.GET.get("view", "")
    own = user_of(request).role == "clerk"
    if asked in SAVED and (own or asked != "mine"):
        return asked
    if set(request.GET) - {"view"}:
        return "all"
    return "mine" if own else "all"


@duties()
@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """The ledger as it is filtered; a clerk comes to the own unit's board first."""
    view = _view_of(request)
    if view == "mine":
        return board_page(request, _saved(request, "mine"))
    documents = queries.documents(acting_of(request), step="adopted")
    form = LedgerFilter(request.GET, documents)
    found, wanted = _found(request, form, view), form.wanted()
    page = _page(request)
    shown = found[(page - 1) * PAGE : page * PAGE]
    return page_of(
        request, "ledger", "duties", form=form, view=view, saved=_saved(request, view), filtered=bool(wanted),
        rows=shown, table=_table(request, shown, documents), documents=documents, modes=modes(request, "list"),
        **_pager(request, page, len(found)),
    )  # fmt: skip


def modes(request: HttpRequest, here: str) -> list[tuple[str, str, bool]]:
    """The three ways of seeing the ledger."""
    query = f"?document={request.GET['document']}" if request.GET.get("document", "").isdigit() else ""
    pages = [("list", _("清单"), reverse("desk:duties") + ((query and f"{query}&view=all") or "?view=all")),
             ("timeline", _("时间"), reverse("desk:duty_timeline") + query),
             ("matrix", _("单位与状态"), reverse("desk:duty_matrix") + query)]  # fmt: skip
    return [(name, url, code == here) for code, name, url in pages]


def _found(request: HttpRequest, form: LedgerFilter, view: str) -> list[AssignmentRow]:
    asked = saved(view, clock.today()) | form.wanted()
    found = queries.duties(acting_of(request), **asked)
    sort = request.GET.get("sort", "")
    order = SORTS.get(sort.removeprefix("-"))
    if order is None and view in ("overdue", "soon", "waiting"):
        order = SORTS["due"]
    return sorted(found, key=order, reverse=sort.startswith("-")) if order else found


def _page(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 5 else 1


def _with(request: HttpRequest, **changed: str | None) -> str:
    query = request.GET.copy()
    for name, value in changed.items():
        query.pop(name, None)
        if value is not None:
            query[name] = value
    return f"?{query.urlencode()}"


def _saved(request: HttpRequest, here: str) -> list[tuple[str, str, bool]]:
    shown = SAVED if user_of(request).role == "clerk" else SAVED[1:]
    return [(saved_name(code), _with(request, view=code, page=None, state=None), code == here) for code in shown]


def _pager(request: HttpRequest, page: int, total: int) -> dict[str, str]:
    return {
        "says": ngettext("共 %(n)s 项", "共 %(n)s 项", total) % {"n": f"{total:,}"},
        "previous_url": _with(request, page=str(page - 1)) if page > 1 else "",
        "next_url": _with(request, page=str(page + 1)) if page * PAGE < total else "",
    }


def _table(request: HttpRequest, rows: Sequence[AssignmentRow], documents: Iterable[DocumentRow]) -> Table:
    query = request.GET.copy()
    query.pop("page", None)
    numbers = {one.id: one.doc_no or one.title for one in documents}
    return Table(
        "duties",
        columns(),
        [row(one, numbers) for one in rows],
        sort=request.GET.get("sort", ""),
        query=query,
        export_url=f"{reverse('desk:duties_export')}?{query.urlencode()}",
        caption=_("任务"),
        extra={"export": _("导出 Excel")},
    )


def columns() -> list[Column]:
    """The columns of a list of assignments."""
    return [
        Column("title", _("任务"), "main"), Column("due", _("期限"), "short", sortable=True),
        Column("state", _("状态"), sortable=True), Column("unit", _("责任单位"), sortable=True),
        Column("part", _("角色"), shown=False), Column("document", _("公文")),
        Column("disclosure", _("公开属性"), shown=False),
    ]  # fmt: skip


def row(one: AssignmentRow, numbers: Mapping[int, str]) -> dict[str, object]:
    """One assignment; ``numbers``: how its document is called for short."""
    title = format_html('<span class="number quiet">{}</span> {}', one.number, one.title)
    due = words.clock_of(one)
    if one.due_on and one.closed_at is None:
        due = format_html('{} <small class="quiet nowrap">{}</small>', due, day(one.due_on))
    return {
        "title": Cell(title, reverse("desk:duty", args=[one.duty_id])),
        "due": due,
        "state": words.assignment_tag(one),
        "unit": one.unit_name,
        "part": words.part_name(one.part),
        "document": numbers.get(one.document_id, one.document_title),
        "disclosure": words.disclosure_name(one.disclosure),
    }


@duties()
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The ledger as it is filtered, as a workbook."""
    form = LedgerFilter(request.GET, queries.documents(acting_of(request), step="adopted"))
    view = _view_of(request)
    found = _found(request, form, "all" if view == "mine" else view)
    if view == "mine":
        found = [one for one in found if one.unit == user_of(request).unit_id]
    heads = [
        _("编号"),
        _("任务"),
        _("公文"),
        _("责任单位"),
        _("公文里的写法"),
        _("角色"),
        _("期限"),
        _("年度"),
        _("状态"),
        _("逾期"),
        _("办结日期"),
        _("公开属性"),
    ]
    name = _("任务台账-%(day)s.xlsx") % {"day": clock.today().isoformat()}
    return sheet(name, _("任务台账"), heads, [_cells(one) for one in found])


def _cells(one: AssignmentRow) -> list[object]:
    closed = one.closed_at.astimezone(clock.CHINA).date().isoformat() if one.closed_at else ""
    return [
        one.number,
        one.title,
        one.document_title,
        one.unit_name,
        one.written,
        words.part_name(one.part),
        one.due_on.isoformat() if one.due_on else words.due_words(one.due),
        one.period,
        words.step_name("assignment", one.step),
        _("是") if one.overdue else "",
        closed,
        words.disclosure_name(one.disclosure),
    ]
