"""My, first step: from a record to a draft. What is wrong is chosen in plain words; a standing draft is continued."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.faces.my import apply_words
from goodfaith.faces.my.access import own_file
from goodfaith.faces.my.case_forms import KindForm, RepairForm
from goodfaith.faces.my.own import acting_of, current, opened
from goodfaith.faces.my.records import about
from goodfaith.faces.parts.cards import file_card
from goodfaith.faces.parts.remedy import remedy
from goodfaith.gate.handles import FileHandle, RecordView
from goodfaith.rights import actions
from goodfaith.rights import queries as rights
from goodfaith.rights.applying import STANDING, check_repair, one_decision
from goodfaith.rights.procedures import KINDS
from goodfaith.rights.views import CaseView

read_or_send = require_http_methods(["GET", "HEAD", "POST"])


def draft_of(request: HttpRequest, procedure: str, records: list[uuid.UUID], kind: str) -> uuid.UUID:
    """The id of the draft about these records: the one that stands, with the kind chosen now, or a new one."""
    acting, wanted = acting_of(request), set(records)
    standing = next(
        (one for one in rights.my_cases(acting)
         if one.step == "draft" and one.procedure == procedure and {each.record_id for each in one.records} == wanted
         and (wanted or one.kind == kind)),
        None,
    )  # fmt: skip
    if standing is None:
        return actions.do_open(
            acting=acting, at=clock.now(), procedure=procedure, kind=kind, records=records, texts={}
        ).id
    if standing.kind != kind:
        actions.do_save(acting=acting, at=clock.now(), case_id=standing.id, kind=kind)
    return standing.id


def standing_record(request: HttpRequest, record_id: uuid.UUID) -> tuple[FileHandle, RecordView]:
    """The file and a record of it about which something can be done."""
    own = opened(request)
    record = current(own, record_id)
    if record.status not in STANDING:
        raise Http404(_("这条记录已经办结，没有要办的了。"))
    return own.handle, record


def busy_with(request: HttpRequest, record: RecordView, procedure: str) -> CaseView | None:
    """A case of that procedure that runs about the record already."""
    cases = about(acting_of(request), record.id)
    return next((one for one in cases if one.procedure == procedure and one.is_open and one.step != "draft"), None)


@own_file
@read_or_send
def start(request: HttpRequest, record_id: uuid.UUID, procedure: str) -> HttpResponse:
    """What is wrong with a record, or which way one has gone against its decision."""
    _file, record = standing_record(request, record_id)
    busy = busy_with(request, record, procedure)
    if busy is not None:
        return redirect("my:case", busy.id)
    words = apply_words.first(procedure)
    kinds = apply_words.kinds(procedure, record)
    form = KindForm(request.POST or None, kinds=kinds, label=words.question)
    if request.method == "POST" and form.is_valid():
        kind = form.cleaned_data["kind"]
        if kind == "not_me":
            return redirect("my:not_me", record_id)
        return redirect("my:write", draft_of(request, procedure, [record_id], kind))
    return render(request, "my/start.html", _start_page(record, form, words))


def _start_page(record: RecordView, form: KindForm, words: apply_words.First) -> dict[str, Any]:
    return {"here": "cases", "record": record, "card": file_card(record), "form": form, "words": words}


@own_file
@read_or_send
def repair(request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
    """One application for all records of a decision; when too early, refused with the day from which it may be."""
    file, record = standing_record(request, record_id)
    busy = busy_with(request, record, "repair")
    if busy is not None:
        return redirect("my:case", busy.id)
    together = {str(one.id): one for one in one_decision(record, file.current)}
    words, panel = apply_words.first("repair"), remedy(record)
    try:
        check_repair([record], clock.today())
    except Problem as problem:
        context = {"here": "cases", "record": record, "remedy": panel, "problem": problem}
        return render(request, "my/repair_not.html", context, status=problem.status)
    form = _repair_form(request, together, record)
    if request.method == "POST" and form.is_valid() and _together(form, together):
        chosen = [uuid.UUID(one) for one in form.cleaned_data["records"]]
        return redirect("my:write", draft_of(request, "repair", chosen, form.cleaned_data["kind"]))
    return render(request, "my/start.html", _start_page(record, form, words) | {"remedy": panel})


def _repair_form(request: HttpRequest, together: Mapping[str, RecordView], record: RecordView) -> RepairForm:
    panel = remedy(record)
    routes, names = [one.code for one in panel.terms.routes] if panel else [], KINDS["repair"]
    kinds = [(code, _(names[code])) for code in routes]
    return RepairForm(
        request.POST or None, kinds=kinds, label=apply_words.first("repair").question,
        initial={"records": list(together)},
        records=[(code, apply_words.record_name(one)) for code, one in together.items()],
    )  # fmt: skip


def _together(form: RepairForm, together: Mapping[str, RecordView]) -> bool:
    """Whether all that is chosen may be applied for; else the form says why not."""
    try:
        check_repair([together[one] for one in form.cleaned_data["records"]], clock.today())
    except Problem as problem:
        form.add_error("records", str(problem))
        return False
    return True
