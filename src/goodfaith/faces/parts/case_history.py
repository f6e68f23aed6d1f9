"""The history of a case in words: every act, who did it, what was said with it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from goodfaith.faces.parts.units import unit_name
from goodfaith.faces.parts.words import day
from goodfaith.rights.procedures import PROCEDURES
from goodfaith.rights.views import CaseView, EventView, TextView

OWN = ("citizen", "enterprise")


@dataclass(frozen=True)
class Said:
    """Words that came with an act, under their name."""

    name: str
    text: str


@dataclass(frozen=True)
class Happened:
    """One event. ``leads``: the step that it led to, empty when the case stayed where it was."""

    at: dt.datetime
    title: str
    who: str
    leads: str
    kind: str
    said: list[Said]
    entry_id: int


def history(case: CaseView) -> list[Happened]:
    """All events, the newest first."""
    return [_happened(case, event) for event in reversed(case.events)]


def _happened(case: CaseView, event: EventView) -> Happened:
    moved = event.to != event.frm
    step = case.rules.step(event.to)
    kind = "order" if step.final and moved else "waiting" if event.act in ("ask", "escalate", "extend") else ""
    said = [said_of(text) for text in case.texts if text.event_id == event.id]
    leads = _(step.name) if moved else ""
    return Happened(event.at, act_name(case, event.act), actor(event), leads, kind, said, event.entry_id)


def act_name(case: CaseView, code: str) -> str:
    """The act in words."""
    return next((_(act.name) for act in PROCEDURES[case.procedure].acts if act.code == code), code)


def actor(event: EventView) -> str:
    """Who acted: the subject's side without a name, an officer with unit and name, or the program."""
    if event.actor_kind in OWN:
        return _("申请人一方")
    if event.actor_kind == "job":
        return _("平台按期限自动上报")
    return " · ".join(part for part in (unit_name(event.unit) if event.unit else "", event.actor_name) if part)


def said_of(text: TextView) -> Said:
    """A text under the name of its part."""
    names = {
        "claim": _("申请人写的"), "answer": _("书面答复"), "reason": _("理由"), "message": _("补充说明"),
        "commitment": _("信用承诺书"),
    }  # fmt: skip
    return Said(names.get(text.part, _("说明")), _("已依法删除。") if text.text is None else text.text)


def answer(case: CaseView) -> str:
    """The reasoned answer with which the case ended; empty while it runs, or when nobody had to answer."""
    last = next((event for event in reversed(case.events) if case.rules.step(event.to).final), None)
    if last is None:
        return ""
    said = [one.text or "" for one in case.texts if (one.event_id, one.part) == (last.id, "answer")]
    return said[-1] if said else ""


@dataclass(frozen=True)
class Remedies:
    """Where to turn against the end of a case, by when, by which article."""

    says: str
    last_day: dt.date | None
    article: str


def remedies(case: CaseView) -> Remedies | None:
    """The remedy that the decision states; None when there is none to state."""
    told = case.facts.get("remedy")
    if not isinstance(told, dict) or case.is_open:
        return None
    kinds = {"reconsideration": _("申请行政复议"), "litigation": _("向人民法院起诉"), "review": _("申请复核")}
    way = kinds.get(str(told.get("kind", "")), _("提出"))
    last = _date(told.get("last_day"))
    where = {"to": told.get("to") or _("答复里写明的机关"), "way": way, "day": day(last)}
    says = _("不服的，可以在%(day)s以前向%(to)s%(way)s。") if last else _("不服的，可以向%(to)s%(way)s。")
    if told.get("kind") == "litigation":
        says = _("不服的，可以在%(day)s以前%(way)s（%(to)s）。") if last else _("不服的，可以%(way)s（%(to)s）。")
    return Remedies(says % where, last, str(told.get("article") or ""))


def _date(value: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        return None
