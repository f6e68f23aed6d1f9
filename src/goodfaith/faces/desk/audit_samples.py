"""Samples for review: drawn at random with a seed that is kept, decided one by one, undone until closed."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.faces.desk import audit_words as words
from goodfaith.faces.desk.access import acting_of
from goodfaith.faces.desk.audit_access import auditor, page_of
from goodfaith.faces.desk.audit_forms import DrawForm, MisuseForm, ReviewForm
from goodfaith.faces.parts.tables import Cell, Column, Table
from goodfaith.faces.parts.templatetags.goodfaith_parts import status_tag
from goodfaith.faces.parts.units import unit_choices
from goodfaith.faces.parts.words import day, moment
from goodfaith.oversight import actions
from goodfaith.oversight import queries as oversight
from goodfaith.oversight.views import DrawView, ReviewView


@auditor
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """The samples so far; a POST draws a new one."""
    units, today = unit_choices(), clock.today()
    start = {"since": today.replace(day=1), "until": today}
    form = DrawForm(request.POST if request.method == "POST" else None, units, initial=start)
    problem = None
    if form.is_bound and form.is_valid():
        try:
            return _drawn(request, form.cleaned_data)
        except Problem as found:
            problem = found
    draws = oversight.draws(acting_of(request))
    return page_of(
        request, "samples", "audit_samples", form=form, problem=problem, draws=draws,
        table=_table(draws) if draws else None,
    )  # fmt: skip


def _drawn(request: HttpRequest, said: dict[str, Any]) -> HttpResponse:
    draw_id, count = actions.do_draw(
        acting=acting_of(request), at=clock.now(), since=said["since"], until=said["until"],
        unit=said["unit"] or None, count=said["count"],
    )  # fmt: skip
    messages.success(request, _("抽取了 %(n)s 条。") % {"n": count})
    return redirect("desk:audit_sample", draw_id=draw_id)


def _table(draws: Sequence[DrawView]) -> Table:
    columns = [
        Column("at", _("抽取时间"), "main"), Column("how", _("方式")), Column("period", _("期间")),
        Column("unit", _("单位")), Column("count", _("条数"), "num"), Column("pending", _("待复核"), "num"),
        Column("state", _("状态")),
    ]  # fmt: skip
    return Table("draws", columns, [_row(draw) for draw in draws])


def _row(draw: DrawView) -> dict[str, object]:
    state = status_tag("order", _("已办结")) if draw.closed_at else status_tag("waiting", _("复核中"))
    return {
        "at": Cell(moment(draw.at), reverse("desk:audit_sample", args=[draw.id])),
        "how": how(draw), "period": period(draw), "unit": words.unit(draw.unit) if draw.unit else _("全部"),
        "count": draw.count, "pending": draw.pending, "state": state,
    }  # fmt: skip


def how(draw: DrawView) -> str:
    """Drawn at random, or from which finding."""
    return _("随机抽取") if draw.how == "random" else _("线索：%(rule)s") % {"rule": words.rule_name(draw.rule)}


def period(draw: DrawView) -> str:
    """From which days it was drawn."""
    first, last = (moment.astimezone(clock.CHINA).date() for moment in (draw.since, draw.until))
    if draw.how == "random" and draw.until.astimezone(clock.CHINA).time() == dt.time():
        last -= dt.timedelta(days=1)
    return day(first) if first == last else _("%(first)s 至 %(last)s") % {"first": day(first), "last": day(last)}


@auditor
@require_http_methods(["GET", "HEAD"])
def sample(request: HttpRequest, draw_id: uuid.UUID) -> HttpResponse:
    """One sample: the entry under review on top, all of them below."""
    return _show(request, draw_id, ReviewForm())


def _show(request: HttpRequest, draw_id: uuid.UUID, form: ReviewForm, **more: Any) -> HttpResponse:
    draw, reviews, fair = oversight.draw(acting_of(request), draw_id)
    wanted = str(more.pop("review_id", None) or request.GET.get("review", ""))
    current = _current(draw, reviews, wanted)
    return page_of(
        request, "sample", "audit_samples", how(draw), draw=draw, fair=fair, how=how(draw), period=period(draw),
        unit=words.unit(draw.unit) if draw.unit else _("全部"), current=current, form=form, misuse=MisuseForm(),
        current_facts=words.facts(current.entry) if current else [], rows=[_review(one) for one in reviews],
        done=draw.count - draw.pending, **more,
    )  # fmt: skip


def _current(draw: DrawView, reviews: Sequence[ReviewView], wanted: str) -> ReviewView | None:
    """The review that the page is about: the one asked for, else the first that waits."""
    asked = next((one for one in reviews if str(one.id) == wanted), None)
    return asked or next((one for one in reviews if one.outcome == "pending" and not draw.closed_at), None)


def _review(one: ReviewView) -> dict[str, Any]:
    return {
        "id": one.id, "place": one.place, "tag": words.review_tag(one.outcome), "note": one.note,
        "outcome": one.outcome, "decided_at": one.decided_at, "decided_by_name": one.decided_by_name,
        "misuse": one.misuse, "who": words.who(one.entry), "unit": words.unit(one.entry.unit),
        "what": words.purpose(one.entry), "at": one.entry.at, "result": words.outcome(one.entry.outcome),
    }  # fmt: skip


@auditor
@require_POST
def decide(request: HttpRequest, review_id: uuid.UUID) -> HttpResponse:
    """Decide one review; the next one that waits follows."""
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _show(request, _draw_of(request), form, review_id=review_id)
    draw_id = actions.do_decide(acting=acting_of(request), at=clock.now(), review_id=review_id, **form.cleaned_data)
    return redirect("desk:audit_sample", draw_id=draw_id)


def _draw_of(request: HttpRequest) -> uuid.UUID:
    """The sample that the form stood in."""
    try:
        return uuid.UUID(request.POST.get("draw", ""))
    except ValueError:
        raise Problem("draw_unknown", _("没有这一次抽查。"), _("请从抽查列表进入。"), status=404) from None


@auditor
@require_POST
def undo(request: HttpRequest, review_id: uuid.UUID) -> HttpResponse:
    """Take a decision back."""
    draw_id = actions.do_undo(acting=acting_of(request), at=clock.now(), review_id=review_id)
    messages.success(request, _("结论已撤销，这一条重新等待复核。"))
    return redirect(f"{reverse('desk:audit_sample', args=[draw_id])}?review={review_id}")


@auditor
@require_POST
def close(request: HttpRequest, draw_id: uuid.UUID) -> HttpResponse:
    """Close a sample whose reviews are all decided."""
    actions.do_close_draw(acting=acting_of(request), at=clock.now(), draw_id=draw_id)
    messages.success(request, _("抽查已办结，结论不再改动。"))
    return redirect("desk:audit_sample", draw_id=draw_id)
