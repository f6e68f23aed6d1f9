"""Which legal clocks an act starts, stops, lets stand or makes longer. Pure but for the catalogue's limits."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django.conf import settings

from goodfaith.common.procedure import BACK, STAY, Act, Procedure
from goodfaith.law import procedures as law_procedures
from goodfaith.law import queries as law
from goodfaith.rights import clocks
from goodfaith.rights.views import CaseView, ClockView

Ops = list[dict[str, Any]]
REASONS = {"hear_expert": "expert_opinion", "ask": "supplement"}
"""What a clock stands still for, by act."""


def start(procedure: str, step: str, *, on: dt.date, item: str | None, unit: str | None = None) -> Ops:
    """The clock of a step of the law that begins ``on`` that day; none where no rule gives a limit."""
    chosen = law.limit_for(
        procedure=cast(law_procedures.Procedure, procedure), step=cast(law_procedures.Step, step),
        area=str(settings.CITY["area_code"]), on=on, item=item,
    )  # fmt: skip
    if chosen is None:
        return []
    return [{
        "op": "start", "name": step, "limit": chosen.limit.model_dump(mode="json", by_alias=True),
        "why": {"why": chosen.why, "passed_over": [one.code for one in chosen.passed_over]},
        "started": on.isoformat(), "due": clocks.due(chosen.limit, on).isoformat(), "unit": unit,
    }]  # fmt: skip


def _pauses(view: ClockView) -> list[dict[str, Any]]:
    return [
        {"reason": one.reason, "start": one.start.isoformat(), "end": one.end.isoformat() if one.end else None}
        for one in view.pauses
    ]


def _suspend(view: ClockView, reason: str, today: dt.date) -> Ops:
    if reason not in view.limit.suspends_for or view.suspended_on:
        return []
    pauses = [*_pauses(view), {"reason": reason, "start": today.isoformat(), "end": None}]
    return [{"op": "suspend", "name": view.name, "pauses": pauses}]


def _resume(view: ClockView, today: dt.date) -> Ops:
    """A pause of no day leaves no trace."""
    if view.suspended_on is None:
        return []
    ended = [{**one, "end": one["end"] or today.isoformat()} for one in _pauses(view)]
    kept = [one for one in ended if one["start"] < one["end"]]
    pauses = tuple(
        clocks.Pause(one["reason"], dt.date.fromisoformat(one["start"]), dt.date.fromisoformat(one["end"]))
        for one in kept
    )
    due = clocks.due(view.limit, view.started_on, pauses, view.clock.extended)
    return [{"op": "resume", "name": view.name, "due": due.isoformat(), "pauses": kept}]


def _extend(case: CaseView, today: dt.date, reason: str) -> Ops:
    """The step's own clock is extended; where it may not be, the whole procedure's."""
    running = sorted(case.running(), key=lambda view: view.name in case.rules.whole)
    view = running[0] if running else None
    if view is None:
        return []
    clocks.check_extension(view.clock, today, reason)
    due = clocks.due(view.limit, view.started_on, view.pauses, clocks.Extended(today, reason))
    return [{"op": "extend", "name": view.name, "due": due.isoformat()}]


def ops(case: CaseView, act: Act, *, today: dt.date, unit: str | None, reason: str = "") -> Ops:
    """What an act does to the clocks of its case on that day. Problem when the rule allows no extension."""
    running = case.running()
    if act.clock == "extend":
        return _extend(case, today, reason)
    if act.clock == "suspend":
        return [op for view in running for op in _suspend(view, REASONS[act.code], today)]
    if act.clock == "resume":
        return [op for view in running for op in _resume(view, today)]
    if act.clock == "keep" or act.to in (STAY, BACK):
        return []
    return _moved(case, act, today, unit)


def _moved(case: CaseView, act: Act, today: dt.date, unit: str | None) -> Ops:
    """Step clocks stop with their step; the new step's begin; at the end all stop."""
    rules, step = case.rules, case.rules.step(act.to)
    ended = [view for view in case.running() if step.final or view.name not in rules.whole]
    stopped: Ops = [{"op": "stop", "name": view.name} for view in ended]
    wanted = (*step.clocks, *(rules.whole if act.code == "file" else ()))
    started = [op for name in wanted for op in start(case.procedure, name, on=today, item=case.item, unit=unit)]
    return stopped + started


def confirm_by(today: dt.date) -> dt.date:
    """The last day on which the recipient of a recall confirms what it did."""
    begun = start("recall", "recall_confirm", on=today, item=None)
    return dt.date.fromisoformat(begun[0]["due"]) if begun else today


def first_step_due(procedure: Procedure, *, item: str | None, on: dt.date) -> dt.date | None:
    """When the first answer is due for what would be filed on that day: for "what happens next"."""
    filed = procedure.step(next(act.to for act in procedure.acts if act.code == "file"))
    days = [
        op["due"] for name in (*filed.clocks, *procedure.whole) for op in start(procedure.code, name, on=on, item=item)
    ]
    return dt.date.fromisoformat(max(days)) if days else None
