"""What every procedure is made of: named steps, acts with their article, legal clocks, who acts next.

A procedure is data. The rooms declare theirs (``rights/procedures.py``), the database holds a copy of the
transitions and refuses any other, and the faces draw steppers and buttons from it. Nothing here decides:
silence only makes a clock overdue, and an overdue clock goes to the next supervisor.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

NOBODY = "nobody"
SUBJECT, OFFICE, SOURCE, SUPERVISOR, JOB = "subject", "office", "source", "supervisor", "job"
STAY = ""
"""An act that leads nowhere else: a remark, an extension, a delegation."""
BACK = "back"
"""An act that leads to where the case was before the subject was asked for more."""


@dataclass(frozen=True, slots=True)
class Step:
    """A named step. ``says``: what the subject reads while it stands there; ``next``: who acts.

    ``clocks``: steps of legal limits that begin to run when it is entered. ``outcome``: of a final step.
    """

    code: str
    name: str
    next: str
    says: str
    clocks: tuple[str, ...] = ()
    outcome: str | None = None

    @property
    def final(self) -> bool:
        """Whether the case is over here."""
        return self.outcome is not None


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody may do at a step. ``article``: the rule that the guard rests on.

    ``told``: the subject gets a message in the same transaction. ``decides``: not by the officer who entered the
    record or the case. ``needs``: what must come with it (text, reason, remedy, correction, number). ``effects``:
    what it does to the records (dispute, undispute, suspend, unsuspend, version, tombstone, recall).
    ``clock``: suspend, resume or extend the running clocks instead of stopping them.
    """

    code: str
    name: str
    frm: tuple[str, ...]
    to: str
    by: tuple[str, ...]
    article: str
    told: bool = True
    decides: bool = False
    needs: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    clock: str = ""


@dataclass(frozen=True)
class Procedure:
    """Steps and acts under one name. ``letter`` begins the case number."""

    code: str
    name: str
    letter: str
    steps: tuple[Step, ...]
    acts: tuple[Act, ...]
    whole: tuple[str, ...] = ()
    """Limits that run from filing to the end."""
    _by_step: dict[str, Step] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_step", {step.code: step for step in self.steps})
        check(self)

    def step(self, code: str) -> Step:
        """The step of that code; KeyError when there is none."""
        return self._by_step[code]

    def act(self, code: str, step: str) -> Act | None:
        """The act of that code at a step; None when it can't be done there."""
        return next((act for act in self.acts if act.code == code and step in act.frm), None)

    def open_to(self, who: str, step: str) -> list[Act]:
        """What somebody may do at a step, in the order declared."""
        return [act for act in self.acts if step in act.frm and who in act.by]

    def transitions(self) -> Iterator[tuple[str, Act, str, Step]]:
        """(from, act, who, the step it leads to), one for each way. What leads back leads to each step that asks."""
        for act in self.acts:
            for frm in act.frm:
                for who in act.by:
                    for to in self._targets(act, frm):
                        yield frm, act, who, self.step(to)

    def _targets(self, act: Act, frm: str) -> tuple[str, ...]:
        if act.to != BACK:
            return (act.to or frm,)
        return tuple(step for other in self.acts if other.to == frm for step in other.frm)


def check(procedure: Procedure) -> None:
    """ValueError when a procedure could lose somebody's way: an unknown step, an act at a step that is final, an end
    that nobody is told of, a step from which no end can be reached, a decision by a job.
    """
    codes = {step.code for step in procedure.steps}
    for act in procedure.acts:
        unknown = {*act.frm, act.to} - codes - {STAY, BACK}
        if unknown:
            raise ValueError(f"{procedure.code}.{act.code}: no step {sorted(unknown)}")
        if any(procedure.step(frm).final for frm in act.frm):
            raise ValueError(f"{procedure.code}.{act.code}: a closed case stays closed")
        if act.to not in (STAY, BACK) and procedure.step(act.to).final and not act.told:
            raise ValueError(f"{procedure.code}.{act.code}: an end that nobody is told of")
        if JOB in act.by and (act.decides or act.to):
            raise ValueError(f"{procedure.code}.{act.code}: no job decides")
    stuck = codes - _reaching_an_end(procedure)
    if stuck:
        raise ValueError(f"{procedure.code}: no end from {sorted(stuck)}")


def _reaching_an_end(procedure: Procedure) -> set[str]:
    reached = {step.code for step in procedure.steps if step.final}
    while True:
        more = {frm for frm, _, _, to in procedure.transitions() if to.code in reached} - reached
        if not more:
            return reached
        reached |= more


@dataclass(frozen=True, kw_only=True)
class Event:
    """One act of a case, as the rooms hand it out. ``actor_name`` is empty for the subject's side."""

    id: int
    at: dt.datetime
    act: str
    frm: str
    to: str
    actor_kind: str
    actor_name: str
    unit: str | None
    facts: dict[str, Any]
