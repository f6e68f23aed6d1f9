"""Assessment rounds at the desk: the list, a new one from a scheme, one round with its units, its steps."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.common.procedure import Act
from goodfaith.duties import actions, queries
from goodfaith.duties.procedures import ROUND
from goodfaith.duties.views import EntryView, RoundView
from goodfaith.faces.desk.access import acting_of, user_of
from goodfaith.faces.desk.duties_access import OFFICE, duties
from goodfaith.faces.desk.duty_pages import page
from goodfaith.faces.desk.duty_rounds_forms import DropForm, OpenForm
from goodfaith.faces.parts.round_words import kind_name, source_name
from goodfaith.faces.parts.tables import Cell, Column, Table
from goodfaith.faces.parts.templatetags.goodfaith_parts import status_tag
from goodfaith.faces.parts.words import day
from goodfaith.law.basics import LegalBasis
from goodfaith.law.schema import Assessment
from goodfaith.parties.queries import units as units_of

TAGS = {"scoring": "action", "reviewing": "waiting", "objecting": "waiting", "published": "order", "dropped": "quiet"}
ACTS = {
    "review": actions.do_start_review, "hear": actions.do_hear, "publish": actions.do_publish_round,
    "drop": actions.do_drop_round,
}  # fmt: skip


def round_tag(step: str) -> Any:
    """The step as a status."""
    return status_tag(TAGS[step], _(ROUND.step(step).name))


@duties()
@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """All rounds, and for the office the schemes that one may be opened from."""
    found = queries.rounds(acting_of(request))
    schemes = queries.schemes() if user_of(request).role in OFFICE else []
    return page(
        request, "duty_rounds/list", "duty_rounds", table=_table(found) if found else None,
        schemes=[(one, kind_name(one.kind)) for one in schemes],
    )  # fmt: skip


def _table(found: list[RoundView]) -> Table:
    columns = [
        Column("title", _("考核"), "main"), Column("kind", _("种类"), "short"), Column("since", _("期间起"), "day"),
        Column("self_by", _("自评截止"), "day"), Column("object_by", _("异议截止"), "day"),
        Column("step", _("状态"), "short"),
    ]  # fmt: skip
    rows = [
        {"title": Cell(one.title, reverse("desk:duty_round", args=[one.id])), "kind": kind_name(one.kind),
         "since": day(one.since), "self_by": day(one.self_by), "object_by": day(one.object_by),
         "step": round_tag(one.step)}
        for one in found
    ]  # fmt: skip
    return Table("duty-rounds", columns, rows, caption=_("考核，新的在前"))


def _scheme(code: str) -> Assessment:
    found = next((one for one in queries.schemes() if one.code == code), None)
    if found is None:
        raise Http404
    return found


@duties(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, scheme: str) -> HttpResponse:
    """Open a round: the scheme's indicators beside the form."""
    chosen = _scheme(scheme)
    units = [one for one in units_of() if one.kind in chosen.unit_kinds]
    form, status = OpenForm(request.POST if request.method == "POST" else None, chosen, units), 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                made = actions.do_open_round(acting=acting_of(request), at=clock.now(), scheme=scheme, **form.call())
            except Problem as problem:
                form.add_error(None, str(problem))
            else:
                messages.success(request, _("考核已开始，各单位可以自评。"))
                return redirect("desk:duty_round", made.pk)
    return page(
        request, "duty_rounds/new", "duty_rounds", _("开始一轮考核"), form=form, scheme=chosen, status=status,
        indicators=[(one, source_name(one.source)) for one in chosen.indicators], kind=kind_name(chosen.kind),
    )  # fmt: skip


@duties()
@require_safe
def round_page(request: HttpRequest, round_id: int) -> HttpResponse:
    """One round: units and their totals; the office's next steps."""
    found = queries.round_of(acting_of(request), round_id)
    steps = ["scoring", "reviewing", "objecting", "published"]
    return page(
        request, "duty_rounds/round", "duty_rounds", found.title, round=found, kind=kind_name(found.kind),
        tag=round_tag(found.step), table=_entries(found) if found.entries else None, acts=_acts(request, found),
        steps=[_(ROUND.step(one).name) for one in steps], basis=LegalBasis.model_validate(found.basis),
        at=len(steps) if found.step == "published" else steps.index(found.step) if found.step in steps else None,
        due={"scoring": found.self_by, "objecting": found.object_by}.get(found.step), says=_(found.at_step.says),
    )  # fmt: skip


def _acts(request: HttpRequest, found: RoundView) -> list[Act]:
    """What the office may do now."""
    if user_of(request).role not in OFFICE:
        return []
    return [act for act in ROUND.acts if found.step in act.frm]


def _entries(found: RoundView) -> Table:
    columns = [
        Column("unit", _("单位"), "main"), Column("self", _("自评"), "short"), Column("reviewed", _("已有得分"), "num"),
        Column("objections", _("异议"), "num"), Column("total", _("总分"), "num"),
    ]  # fmt: skip
    return Table("duty-entries", columns, [_entry(found, one) for one in found.entries], caption=_("各单位"))


def _entry(found: RoundView, one: EntryView) -> dict[str, object]:
    counted = [score for score in one.scores if score.applies]
    done = sum(score.points is not None for score in counted)
    asked = any(score.source == "self" for score in one.scores)
    said = _("已提交") if one.self_done_at else _("没有提交") if asked else _("不需要")
    return {
        "unit": Cell(one.unit_name, reverse("desk:duty_entry", args=[found.id, one.id])), "self": said,
        "reviewed": f"{done} / {len(counted)}",
        "objections": sum(len(score.objections) for score in one.scores) or None,
        "total": f"{one.total:.2f}" if one.total is not None else None,
    }  # fmt: skip


@duties(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, round_id: int, code: str) -> HttpResponse:
    """Take a round one step on; says what follows first."""
    found = queries.round_of(acting_of(request), round_id)
    chosen = next((one for one in _acts(request, found) if one.code == code), None)
    if chosen is None:
        messages.info(request, _("这一步现在不能办，下面是最新的情况。"))
        return redirect("desk:duty_round", round_id)
    form = DropForm(request.POST if request.method == "POST" else None) if code == "drop" else None
    problem = None
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            given = {"reason": form.cleaned_data["reason"]} if form else {}
            ACTS[code](acting=acting_of(request), at=clock.now(), round_id=round_id, **given)  # type: ignore[operator]
        except Problem as why:
            problem = why
        else:
            messages.success(request, _("已办：%(act)s。") % {"act": _(chosen.name)})
            return redirect("desk:duty_round", round_id)
    crumbs = ((found.title, reverse("desk:duty_round", args=[round_id])), _(chosen.name))
    return page(
        request, "duty_rounds/act", "duty_rounds", *crumbs, round=found, form=form, problem=problem,
        name=_(chosen.name),
        consequence=_consequence(found, code),
        status=problem.status if problem else 422 if form and form.is_bound else 200,
        back_url=reverse("desk:duty_round", args=[round_id]),
    )  # fmt: skip


def _consequence(found: RoundView, code: str) -> str:
    return {
        "review": _("自评就此截止，单位不能再改；没有提交的，按没有自评处理。"),
        "hear": _("复核就此结束，得分发给各单位；单位在期限内可以提出异议。"),
        "publish": _("结果在公开页面公布，公布后不能再改。应由结束复核以外的另一位工作人员公布。"),
        "drop": _("这一轮不再进行，留存备查。"),
    }[code]  # fmt: skip
