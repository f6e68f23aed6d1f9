"""One unit in a round: each number opens into what it was made of, and into what its reader may say about it now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.duties import actions, queries
from goodfaith.duties.views import EntryView, ObjectionView, RoundView, ScoreView
from goodfaith.faces.desk.access import acting_of, user_of
from goodfaith.faces.desk.duties_access import HANDLING, duties
from goodfaith.faces.desk.duty_pages import page
from goodfaith.faces.desk.duty_rounds import round_tag
from goodfaith.faces.desk.duty_rounds_forms import ScoreForm
from goodfaith.faces.parts.round_words import Line, source_name


@dataclass(frozen=True)
class Row:
    """A number, where it comes from, and the form of what may be said about it now."""

    line: Line
    source: str
    form: ScoreForm | None
    what: str
    button: str


def buttons() -> dict[str, str]:
    """What each form does."""
    return {"self": _("保存自评"), "review": _("保存复核"), "object": _("提出异议"), "answer": _("答复异议")}


def may(request: HttpRequest, found: RoundView, entry: EntryView, score: ScoreView) -> str:
    """What this officer may say about a number now; "" for nothing. The actions decide again."""
    user = user_of(request)
    own = user.role in HANDLING and user.unit_id == entry.unit
    office = user.role == "credit_office"
    waiting = any(one.answered_at is None for one in score.objections)
    if found.step == "scoring" and own and score.source == "self" and entry.self_done_at is None:
        return "self"
    if found.step == "reviewing" and office:
        return "review"
    if found.step == "objecting" and office and waiting:
        return "answer"
    open_until = found.object_by is not None and clock.today() <= found.object_by
    return "object" if found.step == "objecting" and own and open_until and not score.objections else ""


def _found(request: HttpRequest, round_id: int, entry_id: int) -> tuple[RoundView, EntryView]:
    found = queries.round_of(acting_of(request), round_id)
    entry = next((one for one in found.entries if one.id == entry_id), None)
    if entry is None:
        raise Http404
    return found, entry


@duties()
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, round_id: int, entry_id: int) -> HttpResponse:
    """The unit's sheet; a POST says something about the number named in ``score``."""
    found, one = _found(request, round_id, entry_id)
    said = _said(request, found, one) if request.method == "POST" else None
    if said is not None and said.is_valid():
        try:
            _do(request, said)
        except Problem as problem:
            said.add_error(None, str(problem))
        else:
            messages.success(request, _("已保存：%(name)s。") % {"name": said.score.name})
            return redirect(f"{reverse('desk:duty_entry', args=[round_id, entry_id])}#s-{said.score.id}")
    return _page(request, found, one, said)


def _said(request: HttpRequest, found: RoundView, one: EntryView) -> ScoreForm:
    """The form that was sent; 404 for a number that is not there, a fresh look where it may not be said any more."""
    key = request.POST.get("score", "")
    score = next((each for each in one.scores if str(each.id) == key), None)
    if score is None:
        raise Http404
    what = may(request, found, one, score)
    if not what or what != request.POST.get("what"):
        raise Problem("round_moved", _("这一项现在不能办。"), _("请重新打开，看最新的情况。"), status=409)
    return ScoreForm(request.POST, score, what)


def _do(request: HttpRequest, said: ScoreForm) -> None:
    given: dict[str, Any] = {"acting": acting_of(request), "at": clock.now()}
    data, key = said.cleaned_data, said.score.id
    if said.what == "self":
        actions.do_self_score(**given, score_id=key, points=data["points"], text=data["text"])
    elif said.what == "review":
        points = None if data["absent"] else data["points"]
        actions.do_review_score(**given, score_id=key, points=points, text=data["text"], applies=not data["absent"])
    elif said.what == "object":
        actions.do_object(**given, score_id=key, text=data["text"])
    else:
        waiting = _waiting(said.score)
        actions.do_answer_objection(**given, objection_id=waiting.id, answer=data["text"], points=data["points"])


def _waiting(score: ScoreView) -> ObjectionView:
    return next(one for one in score.objections if one.answered_at is None)


def _page(request: HttpRequest, found: RoundView, one: EntryView, said: ScoreForm | None) -> HttpResponse:
    rows = []
    for score in one.scores:
        what = may(request, found, one, score)
        bound = said if said is not None and said.score.id == score.id else None
        form = bound or (ScoreForm(None, score, what) if what else None)
        rows.append(Row(Line(score), source_name(score.source), form, what, buttons().get(what, "")))
    finishes = any(row.what == "self" for row in rows)
    missing = sum(row.line.score.self_points is None for row in rows if row.what == "self")
    crumbs = ((found.title, reverse("desk:duty_round", args=[found.id])), one.unit_name)
    return page(
        request, "duty_rounds/entry", "duty_rounds", *crumbs, round=found, entry=one, rows=rows,
        tag=round_tag(found.step),
        finishes=finishes, missing=missing,
        due={"scoring": found.self_by, "objecting": found.object_by}.get(found.step),
        total=f"{one.total:.2f}" if one.total is not None else "—", status=422 if said is not None else 200,
    )  # fmt: skip


@duties(*HANDLING)
@require_POST
def finish(request: HttpRequest, round_id: int, entry_id: int) -> HttpResponse:
    """Hand the unit's own scores in."""
    _found(request, round_id, entry_id)
    try:
        actions.do_finish_self(acting=acting_of(request), at=clock.now(), entry_id=entry_id)
    except Problem as problem:
        if problem.status == 403:
            raise
        messages.error(request, str(problem))
    else:
        messages.success(request, _("自评已提交，联席会议办公室会逐项复核。"))
    return redirect("desk:duty_entry", round_id=round_id, entry_id=entry_id)
