"""Procedures, their kinds, steps and ends in words, for the public pages about rights."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodfaith.faces.parts.words import listed
from goodfaith.law.procedures import Extension, Limit
from goodfaith.rights.procedures import KINDS, PROCEDURES

FOR_THE_SUBJECT = frozenset({"corrected", "annulled", "unlinked", "granted", "founded"})
"""Ends in which who asked was right."""
BY_THE_SUBJECT = frozenset({"withdrawn"})


def procedure_name(code: str) -> str:
    """A procedure; also those of the law that no case runs through."""
    if code in PROCEDURES:
        return _(PROCEDURES[code].name)
    return {"recall": _("撤回通知"), "statement": _("自己的说明")}.get(code, code)


def kind_name(procedure: str, kind: str) -> str:
    """What a case is about."""
    return _(KINDS[procedure][kind]) if kind in KINDS.get(procedure, {}) else kind


def outcome_name(procedure: str, outcome: str | None) -> str:
    """How a case ended: the name of its last step."""
    if outcome is None:
        return _("还在办理")
    steps = PROCEDURES[procedure].steps if procedure in PROCEDURES else ()
    return next((_(step.name) for step in steps if step.outcome == outcome), outcome)


def group_of(outcome: str | None) -> str:
    """The four groups of ends: open, for, against, withdrawn."""
    if outcome is None:
        return "open"
    return "withdrawn" if outcome in BY_THE_SUBJECT else "for" if outcome in FOR_THE_SUBJECT else "against"


def group_names() -> dict[str, str]:
    """The groups in the order in which a chart stacks them."""
    return {"for": _("支持申请人"), "against": _("没有支持"), "withdrawn": _("本人撤回"), "open": _("还在办理")}


def time_of(limit: Limit) -> str:
    """How long a step may take: 5个工作日，可以延长一次."""
    parts = [count_of(limit.count, limit.unit)]
    if limit.extension is not None:
        parts.append(_extension(limit.extension, limit.unit))
    if limit.suspends_for:
        parts.append(_("%(what)s不计算在内") % {"what": listed(_pauses(limit.suspends_for))})
    return _("，").join(parts)


def count_of(count: int, unit: str) -> str:
    """So many days of the limit's kind."""
    if count == 0:
        return _("当天")
    if unit == "working_days":
        return ngettext("%(n)s 个工作日", "%(n)s 个工作日", count) % {"n": count}
    return ngettext("%(n)s 天", "%(n)s 天", count) % {"n": count}


def _extension(extension: Extension, unit: str) -> str:
    if extension.total is not None:
        return _("说明理由可以延长一次，合计不超过%(time)s") % {"time": count_of(extension.total, unit)}
    return _("说明理由可以延长一次，不超过%(time)s") % {"time": count_of(extension.count or 0, unit)}


def _pauses(reasons: Iterable[str]) -> list[str]:
    names = {
        "expert_opinion": _("鉴定、评审的时间"), "supplement": _("补正材料的时间"),
        "third_party": _("征求第三方意见的时间"),
    }  # fmt: skip
    return [names[reason] for reason in reasons]
