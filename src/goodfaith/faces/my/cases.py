"""My: the cases, and one of them: where it stands, what is said in it, what one can do."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.common.procedure import SUBJECT
from goodfaith.faces.my import papers, recall_words
from goodfaith.faces.my.access import own_file
from goodfaith.faces.my.applying import read_or_send
from goodfaith.faces.my.case_forms import SayForm
from goodfaith.faces.my.own import acting_of
from goodfaith.faces.parts import case_history, case_words, lawbook
from goodfaith.faces.parts.cards import Tag
from goodfaith.faces.parts.words import listed, named
from goodfaith.rights import actions
from goodfaith.rights import queries as rights
from goodfaith.rights.views import CaseView


@dataclass(frozen=True)
class Line:
    """A case in a list."""

    case: CaseView
    title: str
    about: str
    tag: Tag
    next: str


def line(case: CaseView) -> Line:
    """The case in a list."""
    return Line(case, case_words.title(case), about(case), case_words.tag(case), case_words.next_actor(case))


def about(case: CaseView) -> str:
    """Names of the items that a case is about."""
    known = lawbook.book().items
    names = (named(known[one.item].name) if one.item in known else one.item for one in case.records)
    return listed(dict.fromkeys(names))


@own_file
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """Drafts and what waits for oneself first, then what runs, then what is over; those of others by themselves."""
    listed_cases = rights.my_cases(acting_of(request))
    own = [one for one in listed_cases if one.own]
    groups = [
        ("drafts", _("没写完的"), [one for one in own if one.step == "draft"]),
        ("yours", _("等您补充"), [one for one in own if one.is_open and one.step != "draft" and one.next == SUBJECT]),
        ("running", _("正在办"), [one for one in own if one.is_open and one.next != SUBJECT]),
        ("others", _("您代理的"), [one for one in listed_cases if not one.own]),
        ("closed", _("已经办结"), [one for one in own if not one.is_open]),
    ]
    shown = [(code, name, [line(one) for one in found]) for code, name, found in groups if found]
    return render(request, "my/cases.html", {"here": "cases", "groups": shown, "count": len(listed_cases)})


@own_file
@require_safe
def case(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """One case."""
    found = rights.my_case(acting_of(request), case_id)
    if found.step == "draft":
        return redirect("my:write", case_id)
    return render(request, "my/case.html", _page(request, found, SayForm()))


def _page(request: HttpRequest, found: CaseView, form: SayForm) -> dict[str, Any]:
    recalls = rights.my_recalls(acting_of(request), found.id) if found.outcome and found.own else []
    acts = {act.code for act in found.may(SUBJECT)}
    return {
        "here": "cases", "case": found, "title": case_words.title(found), "about": about(found),
        "tag": case_words.tag(found), "stepper": case_words.stepper(found), "next": case_words.next_actor(found),
        "clocks": case_words.clocks(found), "history": case_history.history(found),
        "remedies": case_history.remedies(found), "recalls": [recall_words.recall(one) for one in recalls],
        "answer": case_history.answer(found), "step": _(found.at_step.says), "form": form, "acts": acts,
        "asked": _asked(found) if "supply" in acts else "",
    }  # fmt: skip


def _asked(found: CaseView) -> str:
    """What the subject was asked to hand in."""
    ask = next((event for event in reversed(found.events) if event.act == "ask"), None)
    said = [one.text for one in found.texts if ask is not None and one.event_id == ask.id]
    return "\n".join(text for text in said if text)


@own_file
@require_POST
def add(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Words and papers for a case that runs; answers what was asked for, when something was."""
    acting = acting_of(request)
    found = rights.my_case(acting, case_id)
    form = SayForm(request.POST, request.FILES)
    acts = {act.code for act in found.may(SUBJECT)}
    if form.is_valid() and _something(form) and papers.put(acting, case_id, form.cleaned_data["papers"], form):
        done = request.POST.get("do") == "supply" and "supply" in acts
        try:
            _say(request, found, "supply" if done else "say", form.cleaned_data["text"])
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            told = _("补充材料已提交，期限接着计算。") if done else _("已补充，经办人可以看到。")
            messages.success(request, told)
            return redirect("my:case", case_id)
    page = _page(request, rights.my_case(acting, case_id), form)
    return render(request, "my/case.html", page, status=422)


def _something(form: SayForm) -> bool:
    if form.cleaned_data["text"] or form.cleaned_data["papers"]:
        return True
    form.add_error("text", _("请写几句，或者上传材料。"))
    return False


def _say(request: HttpRequest, found: CaseView, act: str, text: str) -> None:
    said = {"message": text or _("上传了材料。")}
    actions.do_act(acting=acting_of(request), at=clock.now(), case=found, act=act, texts=said)


@own_file
@read_or_send
def withdraw(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Names the consequence, then withdraws."""
    found = rights.my_case(acting_of(request), case_id)
    if "withdraw" not in {act.code for act in found.may(SUBJECT)}:
        return redirect("my:case", case_id)
    if request.method == "POST":
        actions.do_act(acting=acting_of(request), at=clock.now(), case=found, act="withdraw")
        messages.success(request, _("已撤回。需要时可以重新提出。"))
        return redirect("my:case", case_id)
    context = {"here": "cases", "case": found, "title": case_words.title(found), "consequence": _consequence(found)}
    return render(request, "my/case_withdraw.html", context)


def _consequence(found: CaseView) -> str:
    said = {
        "objection": _("撤回后不再核实，记录上的“有异议”标注取消。以后可以重新提出。"),
        "repair": _("撤回后不再审核，记录照常显示到期满。以后可以重新申请。"),
        "note": _("撤回后，记录旁不再注明正在复议或者诉讼。复议、诉讼本身不受影响。"),
    }
    told = said.get(found.procedure, _("撤回后不再办理。以后可以重新提出。"))
    return told + (_("暂停的显示会恢复。") if found.kind == "not_me" else "")


@own_file
@read_or_send
def discard(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Names the consequence, then deletes the draft."""
    found = rights.my_case(acting_of(request), case_id)
    if found.step != "draft":
        return redirect("my:case", case_id)
    if request.method == "POST":
        actions.do_act(acting=acting_of(request), at=clock.now(), case=found, act="discard")
        messages.success(request, _("草稿已删除。"))
        return redirect("my:cases")
    return render(request, "my/case_discard.html", {"here": "cases", "case": found, "title": case_words.title(found)})
