"""Questions about duties: the asker's own, a unit's, a duty's."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from goodfaith.common import crypto
from goodfaith.common.acting import Acting
from goodfaith.common.clock import today as now_today
from goodfaith.duties import views, who
from goodfaith.duties.actions.asking import asker_key
from goodfaith.duties.models import Question
from goodfaith.parties.queries import unit_names


def my_questions(acting: Acting, today: dt.date | None = None) -> list[views.QuestionView]:
    """The account's own, newest first."""
    return _views(Question.objects.filter(asker=asker_key(acting)).order_by("-asked_at"), today or now_today())


def unit_questions(acting: Acting, *, state: str = "asked", today: dt.date | None = None) -> list[views.QuestionView]:
    """Those that the actor's unit answers, and for the office all; the most urgent first. ``state`` "": all."""
    role = who.reader(acting)
    found = Question.objects.all() if role != "clerk" else Question.objects.filter(unit=acting.unit)
    found = found.filter(step=state) if state else found
    return _views(found.order_by("due_on", "asked_at"), today or now_today(), opened=role != "auditor")


def duty_questions(duty_id: UUID, today: dt.date) -> tuple[views.QuestionView, ...]:
    """All about a duty, without their words: how many wait, and since when."""
    return tuple(_views(Question.objects.filter(duty=duty_id).order_by("-asked_at"), today, opened=False))


def _views(found: Any, today: dt.date, *, opened: bool = True) -> list[views.QuestionView]:
    names = unit_names()
    return [_view(one, names, today, opened) for one in found.select_related("duty")]


def _opened(one: Question, part: str) -> str:
    sealed = getattr(one, part)
    return crypto.unseal_text(sealed, crypto.text_context(one.pk, part)) if sealed is not None else ""


def _view(one: Question, names: dict[str, str], today: dt.date, opened: bool) -> views.QuestionView:
    return views.QuestionView(
        one.pk, one.duty_id, one.duty.number, one.duty.title, one.unit_id, names.get(one.unit_id or "", ""), one.step,
        _opened(one, "text") if opened else "", _opened(one, "answer") if opened else "", one.may_publish,
        one.shown_question is not None, one.asked_at, one.due_on, one.why, one.answered_at,
        one.step == "asked" and one.due_on < today,
    )  # fmt: skip
