"""One duty: its words, who holds it, each assignment with its clock, steps and evidence, what happened."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodfaith.common import clock
from goodfaith.common.procedure import Act
from goodfaith.duties import queries
from goodfaith.duties.procedures import ASSIGNMENT
from goodfaith.duties.views import AssignmentRow, ChangeView, DutyView, EvidenceView, LineView
from goodfaith.faces.desk import duties_words as words
from goodfaith.faces.desk.access import acting_of, user_of
from goodfaith.faces.desk.duties_access import HANDLING, duties, page_of
from goodfaith.faces.parts.units import unit_name
from goodfaith.faces.parts.words import aside, day

MAIN = {
    "confirm": "primary",
    "start": "primary",
    "report": "primary",
    "accept": "primary",
    "go_on": "primary",
    "return": "",
}
"""Acts that are buttons; the others are links."""
SHOWN = ("application/pdf", "image/png", "image/jpeg")
STEPS = ("assigned", "confirmed", "in_progress", "reported", "accepted")


@duties()
@require_safe
def duty(request: HttpRequest, duty_id: uuid.UUID) -> HttpResponse:
    """A duty whole."""
    found = queries.duty(acting_of(request), duty_id)
    held = [one for one in found.lines if holds(one, clock.today())]
    former = [(one, words.part_name(one.part)) for one in found.lines if one.until is not None]
    user = user_of(request)
    unit = user.unit_id if user.role in HANDLING else None
    mine = unit is not None and ("office" in found.parts or "participant" in found.parts)
    return page_of(
        request,
        "duty",
        "duties",
        found.number,
        duty=found,
        facts=_facts(found),
        former=former,
        participants=[one for one in held if one.part == "participating"],
        works=[_work(found, one) for one in found.assignments],
        changes=[(one, words.change_name(one.kind), change_words(one)) for one in reversed(found.changes)],
        events=words.happened(found.events, "assignment"),
        evidence=[shown(one) | {"may_disclose": may_disclose(found, one, unit)} for one in found.evidence],
        may_change=mine and found.ended_on is None,
        may_reclass=mine,
        office="office" in found.parts,
        links=found.carries_on,
        questions=sum(1 for one in found.questions if one.step == "asked"),
        several=len(found.assignments) > 1,
    )


def holds(one: LineView, on: dt.date) -> bool:
    """Whether the line stands on a day."""
    return one.since <= on and (one.until is None or one.until > on)


def _facts(found: DutyView) -> list[tuple[str, object]]:
    where = " › ".join(part for part in (found.chapter, found.section, found.clause_no) if part)
    facts: list[tuple[str, object]] = [
        (_("公文"), f"{found.document.title}{aside(found.document.doc_no) if found.document.doc_no else ''}"),
        (_("位置"), where), (_("期限"), words.due_words(found.due)), (_("分工"), words.mode_name(found.mode)),
        (_("公开属性"), words.disclosure_name(found.disclosure)), (_("列入台账"), day(found.starts_on)),
    ]  # fmt: skip
    return [*facts, (_("终止"), day(found.ended_on))] if found.ended_on else facts


def _work(found: DutyView, one: AssignmentRow) -> dict[str, Any]:
    """An assignment with what the reader may do."""
    acts = [act for act in found.may(one) if act.code != "plan"]
    parts = found.parts_by_assignment.get(one.id, frozenset())
    returned = next((each for each in reversed(found.events) if each.act == "return"), None)
    order = STEPS.index(one.step) if one.step in STEPS else 2
    return {
        "one": one,
        "tag": words.assignment_tag(one),
        "clock": words.clock_of(one),
        "part": words.part_name(one.part),
        "main": [(act, _(act.name), MAIN[act.code]) for act in acts if act.code in MAIN],
        "other": [(act, _(act.name)) for act in acts if act.code not in MAIN],
        "steps": found.work_steps.get(one.id, ()),
        "may_plan": _may_plan(found, one),
        "day": day(one.due_on) if one.due_on else "",
        "says": _(one.at_step.says),
        "may_add": bool(parts) and one.closed_at is None,
        "stages": [words.step_name("assignment", code) for code in STEPS],
        "at": len(STEPS) if one.step == "accepted" else order,
        "ended": one.step == "ended",
        "returned": returned if one.step == "returned" else None,
    }


def _may_plan(found: DutyView, one: AssignmentRow) -> bool:
    plan: Act = next(act for act in ASSIGNMENT.acts if act.code == "plan")
    return plan in found.may(one)


def change_words(one: ChangeView) -> str:
    """What a change changes."""
    if one.kind == "deadline":
        before = one.before.get("due_on")
        values = {"old": day(dt.date.fromisoformat(before)) if before else _("没有写期限"),
                  "new": day(dt.date.fromisoformat(one.after["due_on"]))}  # fmt: skip
        return _("%(old)s → %(new)s") % values
    if one.kind == "unit":
        old = unit_name(one.before["unit"]) if one.before.get("unit") else str(one.before.get("name", ""))
        return _("%(old)s → %(new)s") % {"old": old, "new": unit_name(one.after["unit"])}
    if one.kind == "succession" and one.old_unit and one.new_unit and one.on:
        values = {
            "old": unit_name(one.old_unit),
            "new": unit_name(one.new_unit),
            "day": day(one.on),
            "no": one.document_no,
        }
        return _("%(old)s的任务自%(day)s起由%(new)s承接（%(no)s）") % values
    if one.kind == "class":
        old, new = (words.disclosure_name(said["disclosure"]) for said in (one.before, one.after))
        return _("%(old)s → %(new)s") % {"old": old, "new": new}
    return _("不再办理")


def may_disclose(found: DutyView, one: EvidenceView, unit: str | None) -> bool:
    """Whether an officer of this unit may make a piece more or less open: those of the unit that answers for it, and
    the office."""
    return one.assignment_id is not None and ("office" in found.parts or (unit is not None and one.held_by == unit))


def shown(one: EvidenceView) -> dict[str, Any]:
    """A piece of evidence."""
    url = one.url or (reverse("desk:duty_paper", args=[one.paper_id]) if one.paper_id else "")
    kinds = {"file": _("文件"), "link": _("链接"), "figure": _("平台测量")}
    return {
        "one": one,
        "url": url,
        "outside": one.kind == "link",
        "kind": kinds[one.kind],
        "value": words.evidence_words(one),
        "unit": unit_name(one.unit) if one.unit else "",
        "tag": words.disclosure_tag(one.disclosure),
        "cleared": words.cleared_words(one),
    }


@duties()
@require_safe
def paper(request: HttpRequest, paper_id: uuid.UUID) -> HttpResponse:
    """A file as it came."""
    found = queries.file(acting_of(request), paper_id)
    answer = HttpResponse(found.data, content_type=found.media)
    place = "inline" if found.media in SHOWN else "attachment"
    answer["Content-Disposition"] = f"{place}; filename*=utf-8''{quote(found.name, safe='')}"
    return answer
