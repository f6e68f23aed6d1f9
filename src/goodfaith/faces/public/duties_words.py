"""Duties in words for everybody: states, deadlines, who, which class."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from goodfaith.duties.procedures import ASSIGNMENT
from goodfaith.duties.queries.show_evidence import Shown
from goodfaith.duties.queries.show_public import Above
from goodfaith.duties.shapes import Due
from goodfaith.duties.views import PublicAssignment, PublicDuty
from goodfaith.faces.parts.round_words import share
from goodfaith.faces.parts.words import day


def state_tag(state: str) -> tuple[str, str]:
    """Kind and word of a state of ``show_public.STATES``."""
    return {
        "done": ("order", _("已完成")), "doing": ("action", _("推进中")), "waiting": ("quiet", _("尚未开始")),
        "overdue": ("restraint", _("已逾期")), "ended": ("quiet", _("已终止")),
    }[state]  # fmt: skip


def step_words(one: PublicAssignment) -> str:
    """Where one responsible unit is, in a few words."""
    name = _(ASSIGNMENT.step(one.step).name)
    if one.overdue:
        return _("已逾期，%(step)s") % {"step": name}
    return _("%(day)s完成") % {"day": day(one.closed_on)} if one.step == "accepted" else name


def due_words(due: Due) -> str:
    """By when, as the document says it."""
    if due.kind == "on":
        return day(due.on)
    if due.kind == "yearly":
        month, date = due.yearly.split("-")
        return _("每年%(month)s月%(day)s日前") % {"month": int(month), "day": int(date)}
    return _("持续实施") if due.kind == "ongoing" else _("公文没有写明期限")


def part_name(part: str) -> str:
    """What a unit is for a duty."""
    return {"lead": _("牵头"), "joint": _("共同负责"), "participating": _("参与")}[part]


def unit_words(unit_name: str, written: str) -> str:
    """The unit's name now, with the document's own word for it where that is another."""
    if not written or written == unit_name:
        return unit_name
    return _("%(now)s（公文写作“%(written)s”）") % {"now": unit_name, "written": written}


def clause_name(duty: PublicDuty) -> str:
    """Number and title."""
    return f"{duty.clause_no}{duty.title}" if duty.clause_no else duty.title


def figure_words(one: Shown) -> str:
    """A figure that the platform measured, with when and over what."""
    since, until = (dt.date.fromisoformat(one.inputs[name]) for name in ("since", "until"))
    return _("%(name)s %(value)s（平台于%(on)s测量，%(since)s至%(until)s）") % {
        "name": one.title, "value": share(one.value), "on": day(one.on), "since": day(since),
        "until": day(until - dt.timedelta(days=1)),
    }  # fmt: skip


def above_words(one: Above) -> str:
    """A clause of another document."""
    words = f"{one.number}{one.clause}"
    number = _("（%(text)s）") % {"text": one.doc_no} if one.doc_no else ""
    return _("《%(title)s》%(number)s%(clause)s") % {"title": one.title, "number": number, "clause": words}


def progress_says(counts: dict[str, int]) -> str:
    """The states of a document's clauses in one sentence."""
    total = sum(counts.values())
    said = [_("公开的任务 %(n)s 项") % {"n": total}]
    names = {
        "done": _("已完成 %(n)s 项"), "doing": _("推进中 %(n)s 项"), "waiting": _("尚未开始 %(n)s 项"),
        "overdue": _("已逾期 %(n)s 项"), "ended": _("已终止 %(n)s 项"),
    }  # fmt: skip
    said += [text % {"n": counts[state]} for state, text in names.items() if counts.get(state)]
    return _("，").join(said)


def responsible(found: Sequence[PublicAssignment]) -> list[PublicAssignment]:
    """One assignment for each responsible unit: its latest period."""
    latest: dict[tuple[str, str], PublicAssignment] = {}
    for one in sorted(found, key=lambda each: each.period):
        latest[one.unit_name, one.written] = one
    return sorted(latest.values(), key=lambda each: each.part != "lead")
