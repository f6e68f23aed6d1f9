"""核查: one check inside a matter: which measures bear on it, or none. The number never stands in an address."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goodfaith.faces.desk.access import officer, user_of
from goodfaith.faces.desk.check_forms import CheckForm
from goodfaith.faces.desk.check_words import MeasureCard, matter_name, matters_of, measure_cards, outcome_tag
from goodfaith.faces.parts.words import moment, number_kind
from goodfaith.gate import queries as gate
from goodfaith.gate.handles import CheckAnswer
from goodfaith.inquiry.work import outcome_of
from goodfaith.parties.models import User
from goodfaith.subjects import numbers

CHECKERS = ("clerk", "credit_office")
RECENT = "recent_checks"
KEPT = 12


def tabs(user: User, here: str) -> list[tuple[str, str, bool]]:
    """The pages of 核查 that this role has."""
    found = [("check", _("单个核查"), "desk:checks", CHECKERS),
             ("batches", _("批量核查"), "desk:batches", (*CHECKERS, "auditor")),
             ("inquiries", _("档案查询"), "desk:inquiries", CHECKERS),
             ("consents", _("授权"), "desk:consents", CHECKERS)]  # fmt: skip
    return [(name, reverse(page), code == here) for code, name, page, roles in found if user.role in roles]


def context_of(request: HttpRequest, here: str) -> dict[str, Any]:
    """What every page of 核查 puts in its context."""
    return {"work": "checks", "tabs": tabs(user_of(request), here)}


@officer()
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The form; a POST answers on a page of its own, which is made for this one look and kept nowhere."""
    user = user_of(request)
    if user.role == "auditor" or request.GET:
        return redirect("desk:batches" if user.role == "auditor" else "desk:checks")
    matters = matters_of(user)
    form = CheckForm(request.POST if request.method == "POST" else None, matters=matters)
    context = context_of(request, "check")
    if form.is_bound and form.is_valid():
        return _answered(request, form, context)
    context |= {"form": form, "none_here": not matters, "recent": recent(request)}
    return render(request, "desk/checks/check.html", context, status=422 if form.is_bound else 200)


def _answered(request: HttpRequest, form: CheckForm, context: dict[str, Any]) -> HttpResponse:
    said = form.cleaned_data
    user = user_of(request)
    answer = gate.check(
        acting=user.acting, matter=said["matter"], number=form.asked, name=said["name"], case_no=said["case_no"]
    )
    outcome = outcome_of(answer)
    _remember(request, answer, outcome, said)
    context |= {
        "answer": answer, "outcome": outcome, "matter": matter_name(said["matter"]),
        "facts": _facts(said, answer, user),
        "restraints": _cards(answer, "restraint"), "incentives": _cards(answer, "incentive"),
        "refusal": _(gate.REFUSALS[answer.refusal]) if answer.refusal else "",
    }  # fmt: skip
    return render(request, "desk/checks/answer.html", context, status=403 if outcome == "refused" else 200)


def _cards(answer: CheckAnswer, kind: str) -> list[MeasureCard]:
    return measure_cards(one for one in answer.measures if one.kind == kind)


def masked(kind: str, number: str) -> str:
    """A person's number as a paper in a case may show it; an organisation's whole."""
    if kind == "id_number":
        return numbers.mask_id_number(number)
    return numbers.mask_document_number(number) if kind in numbers.DOCUMENT_KINDS else number


def _facts(said: dict[str, Any], answer: CheckAnswer, user: User) -> list[tuple[str, str]]:
    return [
        (_("名称或姓名"), said["name"]),
        (number_kind(said["kind"]), masked(said["kind"], said["number"])),
        (_("办理事项"), matter_name(said["matter"])),
        (_("办件编号或事由"), said["case_no"]),
        (_("核查时间"), moment(answer.at)),
        (_("核查人"), f"{user.acting.name} · {user.unit.name if user.unit else ''}"),
    ]


def _remember(request: HttpRequest, answer: CheckAnswer, outcome: str, said: dict[str, Any]) -> None:
    """Keep in the session that a check was made: its entry, never whom it was about."""
    made = {"entry": answer.entry_id, "outcome": outcome, "matter": said["matter"], "case_no": said["case_no"],
            "at": moment(answer.at)}  # fmt: skip
    request.session[RECENT] = [made, *request.session.get(RECENT, [])][:KEPT]


def recent(request: HttpRequest) -> list[dict[str, Any]]:
    """The officer's checks of this session, newest first."""
    return [
        one | {"tag": outcome_tag(one["outcome"]), "matter": matter_name(one["matter"])}
        for one in request.session.get(RECENT, [])
    ]
