"""My: the own words beside a record, shown wherever the record is shown."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.faces.my.access import own_file
from goodfaith.faces.my.applying import read_or_send
from goodfaith.faces.my.case_forms import StatementForm
from goodfaith.faces.my.own import acting_of, current, opened
from goodfaith.faces.parts.cards import file_card
from goodfaith.gate.handles import RecordView
from goodfaith.rights import actions
from goodfaith.rights import queries as rights
from goodfaith.rights.own_file import OwnFile
from goodfaith.rights.queries import StatementView


@own_file
@read_or_send
def statement(request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
    """Write it, change it; who sees it is said beside the field."""
    own = opened(request)
    record = current(own, record_id)
    said = [one for one in rights.my_statements(acting_of(request), own.rows) if one.record_id == record_id]
    standing = next((one for one in said if one.ended_at is None), None)
    form = StatementForm(request.POST or None, initial={"text": standing.text if standing else ""})
    if request.method == "POST" and form.is_valid() and _made(request, own, record, form):
        messages.success(request, _("说明已经放在记录旁边，看到记录的人都会看到它。"))
        return redirect("my:record", record_id)
    context = {
        "here": "file", "record": record, "card": file_card(record), "form": form, "standing": standing,
        "hidden": _hidden(said), "public": record.shown,
    }  # fmt: skip
    return render(request, "my/statement.html", context)


def _made(request: HttpRequest, own: OwnFile, record: RecordView, form: StatementForm) -> bool:
    try:
        actions.do_make_statement(
            acting=acting_of(request), at=clock.now(), record_id=record.id, text=form.cleaned_data["text"],
            seal=own.sealer(record),
        )  # fmt: skip
    except Problem as problem:
        form.add_error("text", str(problem))
        return False
    return True


def _hidden(said: list[StatementView]) -> StatementView | None:
    """The last statement, when the office hid it and no other stands."""
    return said[0] if said and said[0].ended_by == "office" else None


@own_file
@read_or_send
def withdraw(request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
    """Names the consequence, then takes the words back."""
    own = opened(request)
    current(own, record_id)
    said = rights.my_statements(acting_of(request), own.rows)
    standing = next((one for one in said if one.record_id == record_id and one.ended_at is None), None)
    if standing is None:
        raise Http404(_("这条记录旁边没有您的说明。"))
    if request.method == "POST":
        actions.do_end_statement(acting=acting_of(request), at=clock.now(), statement_id=standing.id)
        messages.success(request, _("说明已经撤下。"))
        return redirect("my:record", record_id)
    return render(request, "my/statement_withdraw.html", {"here": "file", "record_id": record_id, "standing": standing})
