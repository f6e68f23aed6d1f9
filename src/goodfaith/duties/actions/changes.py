"""Changes of deadline, unit and class, ends, units that followed others: asked with a reason, approved by another."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goodfaith.common import history
from goodfaith.common.acting import Acting
from goodfaith.common.problems import Problem
from goodfaith.common.procedure import OFFICE
from goodfaith.duties import rules, who
from goodfaith.duties.actions import acts
from goodfaith.duties.actions.adopting import materialise
from goodfaith.duties.actions.disclosing import narrow
from goodfaith.duties.actions.ledger import at_day, line_units
from goodfaith.duties.models import Assignment, Change, Duty, DutyUnit
from goodfaith.parties.queries import unit as unit_of


def _ask(acting: Acting, at: dt.datetime, kind: str, reason: str, **what: Any) -> Change:
    reason = rules.check_reason(reason)
    duty = what.get("duty")
    if duty is not None and Change.objects.filter(duty=duty, kind=kind, state="asked").exists():
        raise Problem(
            "change_waiting",
            _("这项任务已经有一个同样的变更在等批准。"),
            _("请先批准或者不同意那一个。"),
            status=acts.CONFLICT,
        )
    change = Change.objects.create(
        kind=kind, reason=reason, state="asked", asked_at=at, asked_by=acting.id, asked_by_name=acting.name,
        asked_unit=acting.unit or "", **what,
    )  # fmt: skip
    history.note(
        acting=acting, at=at, action=f"duties.ask_{kind}", object_type="duties_change", object_id=change.pk,
        before=change.before, after=change.after,
    )  # fmt: skip
    return change


def _of_mine(acting: Acting, duty: Duty, at: dt.datetime, *, ended: bool = False) -> None:
    """The office, or a unit that has a part in the duty; one that has ended only where ``ended``."""
    if who.role_of(acting) != "credit_office":
        who.unit(acting, *line_units(duty, acts.day(at)))
    if not ended and duty.ended_on is not None:
        raise Problem("duty_closed", _("这项任务已经终止。"), _("请查看办理记录。"), status=acts.CONFLICT)


@transaction.atomic
def do_ask_deadline(
    *, acting: Acting, at: dt.datetime, duty_id: UUID, due_on: dt.date, reason: str, period: str = ""
) -> Change:
    """Another deadline; for a yearly duty that of one ``period`` only. By a unit of the duty, or the office."""
    duty = acts.locked(Duty, duty_id)
    _of_mine(acting, duty, at)
    if (duty.due_kind == "yearly") != bool(period):
        raise Problem("period_wrong", _("每年的任务请选定是哪一年的。"), _("其他任务不分年度。"))
    open_ones = Assignment.objects.filter(duty=duty, period=period, closed_at=None)
    if not open_ones.exists() and period:
        raise Problem("period_unknown", _("没有这一年度的在办任务。"), _("请从列表选择。"), status=acts.NOT_FOUND)
    before = open_ones.values_list("due_on", flat=True).first() if period else duty.due_on
    return _ask(
        acting, at, "deadline", reason, duty=duty, after={"period": period, "due_on": due_on.isoformat()},
        before={"due_kind": duty.due_kind, "due_on": before.isoformat() if before else None},
    )  # fmt: skip


@transaction.atomic
def do_ask_unit(*, acting: Acting, at: dt.datetime, duty_id: UUID, line: int, unit: str, reason: str) -> Change:
    """Another unit on one line of a duty. By a unit of the duty, or the office."""
    duty = acts.locked(Duty, duty_id)
    _of_mine(acting, duty, at)
    new = unit_of(unit)
    held = at_day(duty.lines.filter(line=line), acts.day(at)).first()
    if held is None or held.unit_id == new.code:
        raise Problem("unit_same", _("这一行没有变化。"), _("请选择要换的那一行和新的单位。"))
    return _ask(
        acting, at, "unit", reason, duty=duty, old_unit_id=held.unit_id, new_unit=new,
        before={"line": line, "unit": held.unit_id, "name": held.full}, after={"line": line, "unit": new.code},
    )  # fmt: skip


@transaction.atomic
def do_ask_class(*, acting: Acting, at: dt.datetime, duty_id: UUID, disclosure: str, reason: str) -> Change:
    """Another class of disclosure, also of a duty that has ended. By a unit of the duty, or the office."""
    duty = acts.locked(Duty, duty_id)
    _of_mine(acting, duty, at, ended=True)
    if rules.check_class(disclosure, "open") == duty.disclosure:
        raise Problem("disclosure_same", _("公开属性没有变化。"), _("请选择另一种，或者返回。"))
    if disclosure == "open":
        rules.check_may_open(duty.title, duty.text, duty.note)
    return _ask(
        acting, at, "class", reason, duty=duty, before={"disclosure": duty.disclosure},
        after={"disclosure": disclosure},
    )  # fmt: skip


@transaction.atomic
def do_ask_end(*, acting: Acting, at: dt.datetime, duty_id: UUID, reason: str) -> Change:
    """The duty falls away: its document was repealed, or what it asks for has no object any more. By the office."""
    who.office(acting)
    duty = acts.locked(Duty, duty_id)
    _of_mine(acting, duty, at)
    return _ask(acting, at, "end", reason, duty=duty)


@transaction.atomic
def do_ask_succession(
    *, acting: Acting, at: dt.datetime, old_unit: str, new_unit: str, on: dt.date, document_no: str, reason: str
) -> Change:
    """A unit was renamed into or merged with another: from ``on`` its duties are the other's. By the office."""
    who.office(acting)
    old, new = unit_of(old_unit), unit_of(new_unit)
    if old.code == new.code:
        raise Problem("unit_same", _("前后是同一个单位。"), _("请选择承接职责的单位。"))
    if old.code in _after(new.code):
        raise Problem("succession_ring", _("新单位的职责已经登记为划给原单位。"), _("请核对先后。"))
    document_no = rules.check_words(document_no, longest=120)
    return _ask(acting, at, "succession", reason, old_unit=old, new_unit=new, on=on, document_no=document_no)


def _after(code: str) -> set[str]:
    """All units that a unit's duties went to."""
    links = Change.objects.filter(kind="succession", state="approved").values_list("old_unit_id", "new_unit_id")
    found: set[str] = set()
    waiting = [code]
    while waiting:
        here = waiting.pop()
        nexts = {new for old, new in links if old == here} - found
        found |= nexts
        waiting += nexts
    return found


@transaction.atomic
def do_decide_change(*, acting: Acting, at: dt.datetime, change_id: int, approve: bool, decision: str = "") -> None:
    """Approve, and it takes effect at once; or refuse with a reason. By another officer of the office."""
    who.office(acting)
    change = acts.locked(Change, change_id)
    if change.state != "asked":
        raise Problem("change_decided", _("这个变更已经有结论。"), _("请查看办理记录。"), status=acts.CONFLICT)
    who.another(acting, change.asked_by)
    change.decision = (
        rules.check_words(decision, needed=False, longest=1000) if approve else rules.check_reason(decision)
    )
    change.state, change.decided_at = "approved" if approve else "refused", at
    change.decided_by, change.decided_by_name = acting.id, acting.name
    change.save()
    if approve:
        APPLY[change.kind](change, acting, at)
    history.note(
        acting=acting, at=at, action=f"duties.{change.state}_{change.kind}", object_type="duties_change",
        object_id=change_id, before=change.before, after=change.after,
    )  # fmt: skip


def _told(change: Change, acting: Acting, at: dt.datetime, assignments: list[Assignment]) -> None:
    """The change in the history of each assignment that it touches."""
    for one in assignments:
        acts.event(
            acting=acting, at=at, procedure="assignment", key=one.pk, act=f"to_{change.kind}"[:20], frm=one.step,
            to=one.step, text=change.reason, facts={"change": change.pk, **change.after}, duty_id=one.duty_id,
        )  # fmt: skip


def _deadline(change: Change, acting: Acting, at: dt.datetime) -> None:
    duty = acts.locked(Duty, change.duty_id)
    due_on, period = dt.date.fromisoformat(change.after["due_on"]), change.after["period"]
    if not period:
        duty.due_kind, duty.due_on = "on", due_on
        duty.save()
    open_ones = list(Assignment.objects.select_for_update().filter(duty=duty, period=period, closed_at=None))
    for one in open_ones:
        one.due_on = due_on
        one.save()
    _told(change, acting, at, open_ones)


def _follow(change: Change, line: DutyUnit, unit: str | None, on: dt.date) -> None:
    """The next holder of a line from ``on``; the one before stands in the history."""
    line.until = max(on, line.since)
    line.save()
    DutyUnit.objects.create(
        duty_id=line.duty_id, line=line.line, part=line.part, written=line.written, full=line.full,
        several=line.several,
        kind=line.kind if line.kind in ("unit", "set") else "unit", unit_id=unit, since=line.until, change=change,
    )  # fmt: skip


def _unit(change: Change, acting: Acting, at: dt.datetime) -> None:
    number, duty = change.after["line"], acts.locked(Duty, change.duty_id)
    line = DutyUnit.objects.select_for_update().get(duty=duty, line=number, until=None)
    _follow(change, line, change.after["unit"], acts.day(at))
    _told(change, acting, at, list(Assignment.objects.filter(duty=duty, line=number, closed_at=None)))


def _succession(change: Change, acting: Acting, at: dt.datetime) -> None:
    lines = list(DutyUnit.objects.select_for_update().filter(unit_id=change.old_unit_id, until=None))
    for line in lines:
        _follow(change, line, change.new_unit_id, change.on or acts.day(at))
    pairs = {(line.duty_id, line.line) for line in lines}
    running = Assignment.objects.filter(duty_id__in={duty for duty, _line in pairs}, closed_at=None)
    _told(change, acting, at, [one for one in running if (one.duty_id, one.line) in pairs])


def _class(change: Change, acting: Acting, at: dt.datetime) -> None:
    duty = acts.locked(Duty, change.duty_id)
    duty.disclosure = change.after["disclosure"]
    duty.save()
    narrow(acting=acting, at=at, duty=duty, reason=change.reason)
    _told(change, acting, at, list(Assignment.objects.filter(duty=duty)))


def _end(change: Change, acting: Acting, at: dt.datetime) -> None:
    duty = acts.locked(Duty, change.duty_id)
    materialise(acts.day(at), at, [duty.pk])
    duty.ended_on = acts.day(at)
    duty.save()
    for one in Assignment.objects.select_for_update().filter(duty=duty, closed_at=None):
        acts.move(one, "assignment", "end", OFFICE, acting=acting, at=at, text=change.reason, duty_id=duty.pk)
        one.closed_at = at
        one.save()


APPLY = {"deadline": _deadline, "unit": _unit, "succession": _succession, "class": _class, "end": _end}
