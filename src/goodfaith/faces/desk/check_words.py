"""Matters, measures and the states of consents and bulk checks in words, for the desk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from goodfaith.common.problems import Problem
from goodfaith.faces.parts import lawbook
from goodfaith.faces.parts.units import unit_name
from goodfaith.faces.parts.words import day, named
from goodfaith.gate.handles import MeasureInForce
from goodfaith.law import queries as law
from goodfaith.law.schema import LegalBasis, Matter, Purpose
from goodfaith.parties.models import User

NOT_HERE = ("duplicate_review", "self_access")
"""Purposes that have their own pages."""


def matter_kind(code: str) -> str:
    """The kind of a matter."""
    return {
        "licence": _("行政许可"), "registration": _("登记"), "procurement": _("政府采购"), "bidding": _("招标投标"),
        "subsidy": _("财政资金"), "appointment": _("录用任职"), "honour": _("评优评先"), "housing": _("住房保障"),
        "school_aid": _("助学"), "public_service": _("基本公共服务"), "qualification": _("资格资质"),
        "tax": _("税务"), "commitment": _("信用承诺"), "supervision": _("监管"), "finance": _("金融"),
    }.get(code, code)  # fmt: skip


def matter_groups(matters: Iterable[Matter]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Choices of a select: (kind, [(code, name)])."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for matter in matters:
        groups.setdefault(matter_kind(matter.kind), []).append((matter.code, named(matter.name)))
    return list(groups.items())


def matter_name(code: str) -> str:
    """The matter's name; the code when the catalogue has it no more."""
    found = lawbook.book().matters.get(code)
    return named(found.name) if found else code


def _may(user: User, purpose: Purpose | None) -> bool:
    kind = user.unit.kind if user.unit else ""
    return (
        purpose is not None
        and "officer" in purpose.actors
        and user.role in purpose.roles
        and kind in purpose.unit_kinds
    )


def matters_of(user: User) -> list[Matter]:
    """The matters in which this officer may check: those of the unit's kind whose purpose fits the role."""
    purposes = lawbook.book().purposes
    kind = user.unit.kind if user.unit else ""
    return [matter for matter in law.matters(kind) if _may(user, purposes.get(matter.purposes[0]))]


def purposes_of(user: User) -> list[Purpose]:
    """The purposes for which this officer may open a file."""
    found = lawbook.book().purposes.values()
    return [one for one in found if one.depth != "existence" and one.code not in NOT_HERE and _may(user, one)]


def purpose_of(user: User, code: str) -> Purpose:
    """One of them; Problem (403) for any other."""
    found = next((one for one in purposes_of(user) if one.code == code), None)
    if found is None:
        what, then = _("您的单位和岗位不能以这一目的查询。"), _("请从目的清单中选择。")
        raise Problem("purpose_not_for_actor", what, then, status=403)
    return found


@dataclass(frozen=True, slots=True)
class Decision:
    """A record that brings a measure: (label, value) pairs, and whether somebody contests it."""

    facts: list[tuple[str, str]]
    disputed: bool


@dataclass(frozen=True, slots=True)
class MeasureCard:
    """A measure in force as the desk shows it, with the decisions it rests on."""

    code: str
    name: str
    kind: str
    effect: str
    bases: tuple[LegalBasis, ...]
    decisions: list[Decision]

    @property
    def disputed(self) -> bool:
        """Whether every decision it rests on is contested."""
        return all(one.disputed for one in self.decisions)


def measure_cards(found: Iterable[MeasureInForce | dict[str, Any]]) -> list[MeasureCard]:
    """One card for each measure, in the gate's order, its decisions together."""
    cards: dict[str, MeasureCard] = {}
    for one in found:
        card = measure_card(one)
        if card.code in cards:
            cards[card.code].decisions.extend(card.decisions)
        else:
            cards[card.code] = card
    return list(cards.values())


def measure_card(found: MeasureInForce | dict[str, Any]) -> MeasureCard:
    """The card of a measure, from the gate's answer or from a row of a bulk check."""
    get = found.get if isinstance(found, dict) else lambda name: getattr(found, name)
    measure = lawbook.book().measures.get(str(get("measure"))) or law.measure(str(get("measure")))
    item = lawbook.book().items.get(str(get("item")))
    facts = [
        (_("所依据的记录"), named(item.name) if item else str(get("item"))),
        (_("决定文书号"), str(get("document_no") or "")),
        (_("作出单位"), str(get("authority") or unit_name(str(get("source_unit"))))),
        (_("作出日期"), day_of(get("decided_on"))),
        (_("有效至"), day_of(get("ends_on")) if get("ends_on") else _("没有固定期限，以信源单位解除为准")),
    ]
    decisions = [Decision(facts, bool(get("disputed")))]
    return MeasureCard(
        measure.code, named(measure.name), measure.kind, named(measure.effect), measure.basis, decisions
    )


def day_of(value: Any) -> str:
    """A day, also one that was kept as text."""
    return day(dt.date.fromisoformat(value) if isinstance(value, str) else value)


def outcome_tag(outcome: str) -> tuple[str, str]:
    """Kind and word of the tag for what came of a check."""
    return {
        "none": ("order", _("没有措施")),
        "measures": ("restraint", _("有措施")),
        "mismatch": ("waiting", _("名称与代码不一致")),
        "refused": ("restraint", _("已拒绝")),
        "invalid": ("waiting", _("代码有误，未核查")),
        "repeated": ("quiet", _("重复的行")),
        "": ("action", _("等待核查")),
    }.get(outcome, ("quiet", outcome))


def batch_tag(state: str) -> tuple[str, str]:
    """Kind and word of the tag for a bulk check's state."""
    return {
        "ready": ("waiting", _("待确认")),
        "queued": ("action", _("排队中")),
        "running": ("action", _("核查中")),
        "done": ("order", _("已完成")),
        "cancelled": ("quiet", _("已取消")),
        "failed": ("restraint", _("已停止")),
    }[state]


def consent_tag(state: str) -> tuple[str, str]:
    """Kind and word of the tag for a consent's or a request's state."""
    return {
        "in_force": ("order", _("有效")),
        "ended": ("quiet", _("已到期")),
        "used_up": ("quiet", _("次数用完")),
        "withdrawn": ("restraint", _("已撤回")),
        "waiting": ("waiting", _("等待本人")),
        "accepted": ("order", _("已同意")),
        "declined": ("restraint", _("已谢绝")),
        "expired": ("quiet", _("逾期未答复")),
    }.get(state, ("quiet", state))
