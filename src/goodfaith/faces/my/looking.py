"""Who looked at the own file, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from goodfaith.faces.parts.units import unit_name
from goodfaith.faces.parts.words import named
from goodfaith.gate.handles import EntryView
from goodfaith.gate.queries import REFUSALS
from goodfaith.law import queries as law

PURPOSES = {"delivery_review": _n("核对报送数据"), "audit_review": _n("审计"), "job_run": _n("系统作业")}


@dataclass(frozen=True)
class Look:
    """One look at the file; ``own`` when the subject itself looked, ``refused`` says why nothing was seen."""

    entry: EntryView
    who: str
    why: str
    own: bool
    refused: str


def looks(entries: Iterable[EntryView]) -> list[Look]:
    """The entries as their subject reads them."""
    return [_look(entry) for entry in entries]


def purpose_name(code: str) -> str:
    """The purpose in the reader's language."""
    purpose = law.catalogue().purposes.get(code)
    return named(purpose.name) if purpose else _(PURPOSES.get(code, code))


def _look(entry: EntryView) -> Look:
    own = entry.actor_kind in ("citizen", "enterprise") and entry.outcome == "opened"
    refused = ""
    if entry.outcome == "refused":
        refused = _(REFUSALS.get(entry.refusal or "", "")) if entry.refusal in REFUSALS else _("没有查询的权限。")
    return Look(entry, _own(entry) if own else _who(entry), purpose_name(entry.purpose), own, refused)


def _own(entry: EntryView) -> str:
    return _("您本人") if entry.actor_kind == "citizen" else _("本单位")


def _who(entry: EntryView) -> str:
    unit = unit_name(entry.unit) if entry.unit else ""
    name = entry.actor_name or _("其他账号")
    return _("%(unit)s · %(name)s") % {"unit": unit, "name": name} if unit else name
