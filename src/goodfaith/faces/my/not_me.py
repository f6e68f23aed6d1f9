"""My: "this record is not mine". A short path: once more who one is, one page, display stops at once."""

from __future__ import annotations

import uuid

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.faces.my import papers
from goodfaith.faces.my.access import own_file
from goodfaith.faces.my.applying import busy_with, draft_of, read_or_send, standing_record
from goodfaith.faces.my.case_forms import NotMeForm
from goodfaith.faces.my.drafting import file
from goodfaith.faces.my.own import acting_of
from goodfaith.faces.parts.cards import file_card
from goodfaith.gate.handles import RecordView
from goodfaith.rights import actions, timing
from goodfaith.rights import queries as rights
from goodfaith.rights.procedures import OBJECTION


@own_file
@reauthentication_required  # type: ignore[untyped-decorator]
@read_or_send
def not_me(request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
    """One page. The account says once more who it is (password, code or passkey); the right person is not asked for."""
    _file, record = standing_record(request, record_id)
    busy = busy_with(request, record, "objection")
    if busy is not None:
        return redirect("my:case", busy.id)
    form = NotMeForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        case_id = _filed(request, record, form)
        if case_id is not None:
            return redirect("my:receipt_of", case_id)
    due = timing.first_step_due(OBJECTION, item=record.item, on=clock.today())
    context = {"here": "cases", "record": record, "card": file_card(record), "form": form, "due": due}
    return render(request, "my/not_me.html", context, status=422 if form.errors else 200)


def _filed(request: HttpRequest, record: RecordView, form: NotMeForm) -> uuid.UUID | None:
    """The id of the case that was filed; None with what was wrong at the form."""
    acting = acting_of(request)
    case_id = draft_of(request, "objection", [record.id], "not_me")
    claim = form.cleaned_data["claim"] or _("这条记录不是我的。")
    actions.do_save(acting=acting, at=clock.now(), case_id=case_id, texts={"claim": claim})
    if not papers.put(acting, case_id, form.cleaned_data["papers"], form):
        return None
    try:
        file(request, rights.my_case(acting, case_id), {}, {})
    except Problem as problem:
        form.add_error(None, str(problem))
        return None
    return case_id
