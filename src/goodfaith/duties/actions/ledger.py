"""What units and the office do with assignments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from goodfaith.common import history
from goodfaith.common.acting import Acting
from goodfaith.common.ids import uuid7
from goodfaith.common.problems import Problem
from goodfaith.common.procedure import OFFICE, SOURCE
from goodfaith.duties import rules, who
from goodfaith.duties.actions import acts
from goodfaith.duties.actions.adopting import materialise
from goodfaith.duties.models import Assignment, Duty, DutyUnit, WorkStep
from goodfaith.duties.procedures import ASSIGNMENT, PARTICIPANT

MOST_STEPS = 30


@dataclass(frozen=True, slots=True)
class Planned:
    """A step to be: ``id`` of one that stands already."""

    title: str
    due_on: dt.date | None = None
    id: UUID | None = None


def made(assignment_id: UUID, at: dt.datetime) -> Assignment:
    """The assignment, locked; its row is made if dates say it is there and no worker has come by yet."""
    if not Assignment.objects.filter(pk=assignment_id).exists():
        with connection.cursor() as cursor:
            cursor.execute("SELECT duty_id FROM duties_expected(%s) WHERE id = %s", [acts.day(at), assignment_id])
            found = cursor.fetchone()
        if found:
            materialise(acts.day(at), at, [found[0]])
    return acts.locked(Assignment, assignment_id)


def holder(assignment: Assignment, on: dt.date) -> DutyUnit | None:
    """Who holds an assignment's line on a day."""
    lines = DutyUnit.objects.filter(duty_id=assignment.duty_id, line=assignment.line)
    found: DutyUnit | None = at_day(lines, on).first()
    return found


def at_day(lines: Any, on: dt.date) -> Any:
    """Those of the lines that hold on a day."""
    return lines.filter(since__lte=on).exclude(until__lte=on)


def parts_of(acting: Acting, assignment: Assignment, on: dt.date) -> set[str]:
    """What an officer is for an assignment: office, source (its unit holds it; the office where nobody does),
    participant. Problem (403) when none of them."""
    role, found = who.role_of(acting), set()
    line = holder(assignment, on)
    held = line.unit_id if line else None
    if role == "credit_office":
        found |= {OFFICE} if held else {OFFICE, SOURCE}
    if role in ("clerk", "credit_office") and acting.unit is not None:
        found |= {SOURCE} if held == acting.unit else set()
        others = at_day(DutyUnit.objects.filter(duty_id=assignment.duty_id, unit_id=acting.unit), on)
        found |= {PARTICIPANT} if others.exists() else set()
    if not found:
        raise who.refused()
    return found


@transaction.atomic
def do_act(
    *, acting: Acting, at: dt.datetime, assignment_id: UUID, act: str, text: str = "", expect: str | None = None,
    facts: Mapping[str, Any] | None = None,
) -> str:  # fmt: skip
    """confirm, decline, start, report, add (units); accept, go_on, return, urge (the office). The step it leads to.

    ``expect``: the step that the officer saw; Problem ``duty_moved`` when it is another by now. ``end`` needs an
    approved change (:func:`.do_decide_change`), ``plan`` is :func:`do_plan_steps`.
    """
    if act in ("end", "plan"):
        raise who.refused()
    assignment = made(assignment_id, at)
    if expect is not None and assignment.step != expect:
        raise Problem(
            "duty_moved", _("这项任务刚刚被别人办到了下一步。"), _("请重新打开，看最新的情况。"), status=acts.CONFLICT
        )
    parts = parts_of(acting, assignment, acts.day(at))
    found = acts.act_of("assignment", act, assignment.step, *parts)
    if found.decides:
        who.another(acting, acts.last_actor("assignment", assignment.pk, "report"))
    before = assignment.step
    acts.move(
        assignment, "assignment", act, *parts, acting=acting, at=at, text=text, facts=facts, duty_id=assignment.duty_id
    )
    if ASSIGNMENT.step(assignment.step).final:
        assignment.closed_at = at
    assignment.save()
    history.note(
        acting=acting, at=at, action=f"duties.{act}", object_type="duties_assignment", object_id=assignment.pk,
        before={"step": before}, after={"step": assignment.step},
    )  # fmt: skip
    return assignment.step


def check_steps(steps: Sequence[Planned]) -> None:
    """Problem when there are none, too many, or one has no title."""
    if not 0 < len(steps) <= MOST_STEPS:
        raise Problem("steps_count", _("请分解为 1 到 %(n)s 个步骤。") % {"n": MOST_STEPS}, _("步骤太多的，请合并。"))
    for one in steps:
        rules.check_words(one.title, longest=200)


@transaction.atomic
def do_plan_steps(*, acting: Acting, at: dt.datetime, assignment_id: UUID, steps: Sequence[Planned]) -> list[UUID]:
    """Break an assignment down: these steps in this order; those that are left out are dropped. Their ids."""
    check_steps(steps)
    assignment = made(assignment_id, at)
    parts = parts_of(acting, assignment, acts.day(at))
    acts.move(
        assignment, "assignment", "plan", *parts, acting=acting, at=at, duty_id=assignment.duty_id,
        facts={"steps": [one.title for one in steps]},
    )  # fmt: skip
    standing = {one.pk: one for one in assignment.work_steps.filter(dropped_at=None)}
    kept = [_step(assignment, standing, one, place) for place, one in enumerate(steps, 1)]
    for key, one in standing.items():
        if key not in kept and one.done_at is None:
            one.dropped_at = at
            one.save()
    history.note(
        acting=acting, at=at, action="duties.plan", object_type="duties_assignment", object_id=assignment.pk,
        after={"steps": len(steps)},
    )  # fmt: skip
    return kept


def _step(assignment: Assignment, standing: Mapping[UUID, WorkStep], planned: Planned, place: int) -> UUID:
    before = standing.get(planned.id) if planned.id else None
    if before is not None and (before.title, before.due_on) == (planned.title.strip(), planned.due_on):
        before.place = place
        before.save()
        return before.pk
    return WorkStep.objects.create(
        id=uuid7(), assignment=assignment, place=place, title=planned.title.strip(), due_on=planned.due_on
    ).pk


@transaction.atomic
def do_finish_step(*, acting: Acting, at: dt.datetime, step_id: UUID, done: bool = True) -> None:
    """A step is done, or is taken up again. Only while the assignment runs."""
    step = acts.locked(WorkStep, step_id)
    assignment = acts.locked(Assignment, step.assignment_id)
    parts = parts_of(acting, assignment, acts.day(at))
    acts.move(
        assignment, "assignment", "plan", *parts, acting=acting, at=at, duty_id=assignment.duty_id,
        facts={"step": step.title, "done": done},
    )  # fmt: skip
    step.done_at = at if done else None
    step.save()
    history.note(
        acting=acting, at=at, action="duties.finish_step", object_type="duties_workstep", object_id=step_id,
        after={"done": done},
    )  # fmt: skip


def line_units(duty: Duty, on: dt.date) -> set[str]:
    """All units that have a part in a duty on a day."""
    return set(at_day(duty.lines.exclude(unit=None), on).values_list("unit_id", flat=True))
