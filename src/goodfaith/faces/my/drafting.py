"""My, second and third step: say it and add papers; check and submit. A draft keeps until then."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.faces.my import apply_words, papers
from goodfaith.faces.my.access import own_file
from goodfaith.faces.my.applying import read_or_send
from goodfaith.faces.my.case_forms import CheckForm, WriteForm
from goodfaith.faces.my.own import acting_of, opened
from goodfaith.faces.parts import case_words
from goodfaith.gate.handles import RecordView
from goodfaith.rights import actions, commitment, timing
from goodfaith.rights import queries as rights
from goodfaith.rights.views import CaseView


def records_of(request: HttpRequest, case: CaseView) -> list[RecordView]:
    """The records of an own case as the file shows them now; none of somebody's for whom one only stands."""
    if not case.own or not case.records:
        return []
    wanted = {one.record_id for one in case.records}
    return [one for one in opened(request).handle.current if one.id in wanted]


def _page(case: CaseView, **more: Any) -> dict[str, Any]:
    return {
        "here": "cases", "case": case, "title": case_words.title(case), "words": apply_words.first(case.procedure),
        "hint": apply_words.hint(case.procedure, case.kind), **more,
    }  # fmt: skip


@own_file
@read_or_send
def write(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """What happened, in one's own words, and the papers; saved on every way out of the page."""
    acting = acting_of(request)
    case = rights.my_case(acting, case_id)
    if case.step != "draft":
        return redirect("my:case", case_id)
    form = WriteForm(request.POST or None, request.FILES or None, initial={"claim": case.text("claim")})
    if request.method == "POST" and form.is_valid():
        return _saved(request, case, form, request.POST.get("do", "next"))
    return render(request, "my/write.html", _page(case, form=form.asked()))


def _saved(request: HttpRequest, case: CaseView, form: WriteForm, then: str) -> HttpResponse:
    acting = acting_of(request)
    actions.do_save(acting=acting, at=clock.now(), case_id=case.id, texts={"claim": form.cleaned_data["claim"]})
    whole = papers.put(acting, case.id, form.cleaned_data["papers"], form)
    if then == "later" and whole:
        messages.success(request, _("草稿已保存。随时可以回来接着写。"))
        return redirect("my:cases")
    if then == "upload" and whole:
        return redirect("my:write", case.id)
    if whole and form.need_words():
        return redirect("my:check", case.id)
    return render(request, "my/write.html", _page(rights.my_case(acting, case.id), form=form.asked()), status=422)


@own_file
@read_or_send
def check(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The answers once more; submitting is the only way to file."""
    case = rights.my_case(acting_of(request), case_id)
    if case.step != "draft":
        return redirect("my:receipt_of", case_id) if case.filed_at else redirect("my:case", case_id)
    if not case.text("claim") and case.kind != "not_me":
        return redirect("my:write", case_id)
    form = CheckForm(request.POST or None) if case.procedure == "repair" else None
    if request.method == "POST" and (form is None or form.is_valid()):
        return _submit(request, case, form)
    return render(request, "my/check.html", _check_page(request, case, form))


def _check_page(request: HttpRequest, case: CaseView, form: CheckForm | None) -> dict[str, Any]:
    records = records_of(request, case)
    return _page(
        case, form=form, names=[apply_words.record_name(one) for one in records],
        commitment=[_(one) for one in commitment.COMMITMENTS[commitment.NEWEST]], claim=case.text("claim"),
        due=timing.first_step_due(case.rules, item=case.item, on=clock.today()),
        first=_(case.rules.step("filed").says),
        change=_change(case),
    )  # fmt: skip


def _change(case: CaseView) -> str:
    """The name of the page on which the kind was chosen; empty when it cannot be changed."""
    if not case.own or not case.records or case.kind == "not_me":
        return ""
    return {"objection": "my:object", "repair": "my:repair", "note": "my:note"}.get(case.procedure, "")


def _submit(request: HttpRequest, case: CaseView, form: CheckForm | None) -> HttpResponse:
    texts: dict[str, str] = {}
    facts: dict[str, Any] = {}
    if form is not None:
        version = commitment.NEWEST
        texts["commitment"] = commitment.signed(version, form.cleaned_data["signed_name"], clock.today())
        facts = {"commitment": True, "commitment_version": version, "route": case.kind}
    try:
        file(request, case, texts, facts)
    except Problem as problem:
        page = _check_page(request, case, form) | {"problem": problem}
        return render(request, "my/check.html", page, status=problem.status)
    return redirect("my:receipt_of", case.id)


def file(request: HttpRequest, case: CaseView, texts: dict[str, str], facts: dict[str, Any]) -> None:
    """File a draft. Problem when the rules or the case do not let it be."""
    if case.own:
        actions.check_file(case, records_of(request, case), clock.today())
    actions.do_act(acting=acting_of(request), at=clock.now(), case=case, act="file", texts=texts, facts=facts)


@own_file
@require_safe
def receipt(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """What was handed in, what happens next and by when, how one is told: to print and keep."""
    case = rights.my_case(acting_of(request), case_id)
    if case.filed_at is None:
        return redirect("my:write", case_id)
    context = _page(
        case, clocks=case_words.clocks(case), next=case_words.next_actor(case), step=_(case.at_step.says),
        outcomes=case_words.outcomes(case.procedure), claim=case.text("claim"),
    )  # fmt: skip
    return render(request, "my/case_receipt.html", context)
