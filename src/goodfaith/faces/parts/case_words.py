"""Cases in words, for who they are about: where one stands, who acts next, by when and by which rule."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodfaith.common import clock
from goodfaith.common.procedure import NOBODY, OFFICE, SUBJECT
from goodfaith.faces.parts.cards import Tag
from goodfaith.faces.parts.units import unit_name
from goodfaith.faces.parts.words import day, named
from goodfaith.rights.procedures import KINDS, PROCEDURES
from goodfaith.rights.views import CaseView, ClockView

MAIN: dict[str, tuple[tuple[str, ...], ...]] = {
    "objection": (("filed",), ("source", "own", "expert")),
    "repair": (("filed",), ("accepted", "checking")),
    "complaint": (("filed", "source"),),
    "request": (("filed",),),
    "note": (("filed",), ("pending", "stayed")),
}
"""The steps between the draft and the end, those of one place together; the first gives the name."""
GOOD = frozenset({"corrected", "annulled", "unlinked", "granted", "founded"})


@dataclass(frozen=True)
class Stepper:
    """Names of the steps, and the index of the current one."""

    steps: list[str]
    at: int


def title(case: CaseView) -> str:
    """Procedure and kind."""
    kind = KINDS[case.procedure].get(case.kind, case.kind)
    return _("%(procedure)s：%(kind)s") % {"procedure": _(case.rules.name), "kind": _(kind)}


def stepper(case: CaseView) -> Stepper:
    """Where the case stands among the few steps that its reader has to know."""
    groups, rules = MAIN[case.procedure], case.rules
    here = _asked_at(case) if case.step == "supplement" else case.step
    at = next((n for n, group in enumerate(groups, 1) if here in group), 0)
    been = [here, *(event.to for event in reversed(case.events))]
    middle = [_(rules.step(next((one for one in been if one in group), group[0])).name) for group in groups]
    if case.step == "supplement":
        middle[at - 1 if at else 0] = _(case.at_step.name)
    end = _(case.at_step.name) if not case.is_open else _("书面答复")
    if not case.is_open:
        return Stepper([_("提交"), *middle, end], len(groups) + 2)
    return Stepper([_("提交"), *middle, end], 0 if case.step == "draft" else max(at, 1))


def _asked_at(case: CaseView) -> str:
    """The step that asked for more; in lists, where no events are, the first."""
    return next((event.frm for event in reversed(case.events) if event.act == "ask"), MAIN[case.procedure][0][0])


def tag(case: CaseView) -> Tag:
    """The step as a status."""
    if case.is_open:
        return Tag("action" if case.next == SUBJECT else "waiting", _(case.at_step.name))
    return Tag("order" if case.outcome in GOOD else "quiet", _(case.at_step.name))


def next_actor(case: CaseView) -> str:
    """Who has to act now."""
    if case.next == NOBODY:
        return _("已经办结")
    if case.next == SUBJECT:
        return _("您")
    unit = unit_name(case.unit) if case.unit else ""
    return unit or (_("信用主管部门") if case.next == OFFICE else _("作出决定的单位"))


@dataclass(frozen=True)
class ClockLine:
    """A legal limit as its reader sees it. ``says``: how it stands, one sentence; ``chip``: its last day while it
    runs; ``pauses``: why it stood still, from when to when."""

    view: ClockView
    name: str
    says: str
    chip: dt.date | None
    pauses: list[str]


def clocks(case: CaseView, today: dt.date | None = None) -> list[ClockLine]:
    """The limits of a case, those that run first."""
    today = today or clock.today()
    ordered = sorted(case.clocks, key=lambda one: (not one.running, one.due_on))
    return [_line(one, today) for one in ordered]


def _line(view: ClockView, today: dt.date) -> ClockLine:
    state = view.state(today)
    running = view.running and not state.paused
    pauses = [_pause(one.reason, one.start, one.end) for one in view.pauses]
    return ClockLine(view, named(view.limit.name), _says(view, today), state.due if running else None, pauses)


def _says(view: ClockView, today: dt.date) -> str:
    state = view.state(today)
    if view.stopped_on is not None:
        late = view.stopped_on > view.due_on
        told = _("%(day)s办完，超过了最后一天（%(due)s）。") if late else _("%(day)s办完，最后一天是%(due)s。")
        return told % {"day": day(view.stopped_on), "due": day(view.due_on)}
    if state.paused:
        return _("现在停止计算，停止的日子不算进期限。")
    if state.overdue:
        told = _("最后一天是%(due)s，已经逾期。已上报监督单位；逾期不会因此作出对您不利的决定。")
    else:
        told = _("最晚%(due)s。")
    return told % {"due": day(state.due)} + _extended(view)


def _extended(view: ClockView) -> str:
    return _("%(day)s延长过一次，不能再延长。") % {"day": day(view.extended_on)} if view.extended_on else ""


def _pause(reason: str, start: dt.date, end: dt.date | None) -> str:
    why = {
        "supplement": _("等补充材料"), "expert_opinion": _("专家评审、鉴定或者核查"), "third_party": _("征求他人意见"),
    }.get(reason, reason)  # fmt: skip
    told = _("%(why)s：%(start)s起，到%(end)s为止") if end else _("%(why)s：%(start)s起，还没有结束")
    return told % {"why": why, "start": day(start), "end": day(end)}


def papers_words(count: int) -> str:
    """How many papers."""
    return ngettext("%(n)s 份材料", "%(n)s 份材料", count) % {"n": count}


def outcomes(procedure: str) -> list[str]:
    """How a procedure can end, in words; for pages that say what may come."""
    unsaid = ("discarded", "withdrawn")
    return [_(step.name) for step in PROCEDURES[procedure].steps if step.final and step.outcome not in unsaid]
