"""One act in a case, each on its own page: the form, then the draft of the letter and what follows, then it is done."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.common.procedure import Act
from goodfaith.faces.desk import rights_correct as correct
from goodfaith.faces.desk import rights_law as law
from goodfaith.faces.desk import rights_words as words
from goodfaith.faces.desk.access import acting_of, user_of
from goodfaith.faces.desk.rights_access import page_of, rights
from goodfaith.faces.desk.rights_drafts import draft_of
from goodfaith.faces.desk.rights_forms import ActForm, Call, permitted
from goodfaith.faces.parts import case_words
from goodfaith.rights import actions, desk_queries, drafting, queries
from goodfaith.rights.letters.letter import Letter
from goodfaith.rights.views import CaseView

QUIET = frozenset({"csrfmiddlewaretoken", "confirmed", "back", "expect"})
RIGHT_SUBJECT = frozenset({"unlink"})


class Asked:
    """An act as it is asked for: the case as it is now, the form, and what it says once it is valid."""

    def __init__(self, request: HttpRequest, case_id: uuid.UUID, code: str) -> None:
        self.request, self.user = request, user_of(request)
        self.case: CaseView = queries.open_case(acting_of(request), case_id)
        self.expect = request.POST.get("expect", self.case.step)
        if self.expect != self.case.step:
            what = _("这件案件刚刚被别人办到了下一步，您的操作没有生效。")
            raise Problem("case_moved", what, _("请重新打开，看最新的情况。"), status=409)
        self.act: Act = permitted(self.case, code)
        bound = request.method == "POST" and "back" not in request.POST
        self.form = ActForm(request.POST if bound else None, case=self.case, act=self.act, user=self.user)
        self.fixes = correct.add_to(self.form, self.case) if code == "correct" else []
        if "back" in request.POST:
            self.form.initial = {name: value for name, value in request.POST.items() if name in self.form.fields}

    def is_valid(self) -> bool:
        """Whether the form is whole and, of a correction, passes the checks."""
        if not self.form.is_bound or not self.form.is_valid():
            return False
        if self.fixes:
            correct.check(self.form, self.case, self.fixes, self.corrections)
        return not self.form.errors

    @property
    def corrections(self) -> dict[uuid.UUID, dict[str, str]]:
        """What the form corrects."""
        return correct.changed(self.fixes, self.form.cleaned_data)

    def call(self) -> Call:
        """What the form says."""
        return replace(self.form.call(), corrections=self.corrections)


@rights()
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, case_id: uuid.UUID, code: str) -> HttpResponse:
    """The page of one act. A POST shows the letter and what follows; confirmed, it is done."""
    asked = Asked(request, case_id, code)
    if not asked.is_valid():
        return _form(asked)
    call = asked.call()
    if request.POST.get("confirmed") == "yes":
        return _do(asked, call)
    try:
        return _confirm(asked, call)
    except Problem as problem:
        asked.form.add_error(None, str(problem))
        return _form(asked)


def _form(asked: Asked) -> HttpResponse:
    case, act = asked.case, asked.act
    status = 422 if asked.form.is_bound else 200
    return page_of(
        asked.request, "act", "rights", *_crumbs(case), _(act.name), status=status, **_shown(asked), form=asked.form,
        fixes=correct.lines(asked.form, asked.fixes), fixed=correct.title(case), law=law.beside(case),
        plain=[one for one in asked.form.plain_fields if not one.name.startswith("fix_")],
        has_letter=drafting.has_letter(case.procedure, act.code), claim=case.text("claim"),
        search_url=_search_url(case, act),
    )  # fmt: skip


def _crumbs(case: CaseView) -> list[tuple[str, str]]:
    return [(case.number, reverse("desk:rights_case", args=[case.id]))]


def _shown(asked: Asked) -> dict[str, Any]:
    case, act = asked.case, asked.act
    return {
        "case": case, "act": act, "name": _(act.name), "title": case_words.title(case),
        "tag": words.tag(case), "final": words.final_words(case, act.code),
        "back_url": reverse("desk:rights_case", args=[case.id]),
    }  # fmt: skip


def _search_url(case: CaseView, act: Act) -> str:
    return reverse("desk:rights_subject", args=[case.id]) if act.code in RIGHT_SUBJECT else ""


def _confirm(asked: Asked, call: Call) -> HttpResponse:
    case, act = asked.case, asked.act
    told = desk_queries.recipients(acting_of(asked.request), case.id) if act.code in words.GRAVE else []
    hidden = {name: value for name, value in asked.request.POST.items() if name not in QUIET}
    letter, lacks = _letter(asked, call, told)
    return page_of(
        asked.request, "confirm", "rights", *_crumbs(case), _(act.name), **_shown(asked),
        letter=letter, lacks=lacks, hidden=hidden | {"expect": case.step},
        consequence=words.consequence(case, act.code, len(told)), danger=act.code in ("refuse", "deny", "dismiss"),
        draft_url=reverse("desk:rights_draft", args=[case.id, act.code]),
        changes=drafting.proposed(case, call.corrections),
    )  # fmt: skip


def _letter(asked: Asked, call: Call, told: list[str]) -> tuple[Letter | None, Problem | None]:
    """The draft, or what it lacks: an installation without an address must not keep anybody from deciding."""
    if not drafting.has_letter(asked.case.procedure, asked.act.code):
        return None, None
    try:
        return draft_of(asked.case, asked.act.code, call, asked.user, told), None
    except Problem as problem:
        if problem.code != "letter_fact_missing":
            raise
        return None, problem


def _do(asked: Asked, call: Call) -> HttpResponse:
    case, act = asked.case, asked.act
    acting = acting_of(asked.request)
    try:
        done = actions.do_act(
            acting=acting, at=clock.now(), case=case, act=act.code, texts=call.texts, facts=call.facts,
            corrections=call.corrections, unit=call.unit, officer=call.officer,
            letter=drafting.has_letter(case.procedure, act.code),
        )  # fmt: skip
    except Problem as problem:
        if problem.status == 409:
            raise
        asked.form.add_error(None, str(problem))
        return _form(asked)
    step = _(case.rules.step(done.step).name)
    messages.success(asked.request, _("%(number)s：%(act)s，已办。现在：%(step)s。") % {
        "number": done.number, "act": _(act.name), "step": step})  # fmt: skip
    if act.code in words.AWAY:
        return redirect("desk:rights")
    return redirect("desk:rights_case", case_id=case.id)

