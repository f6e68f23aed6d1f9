"""Which of several time limits applies: the nearest. Pure.

Of all limits for one step that are in force on the day of receipt and hold in the place, the nearest is taken:
city, province, ministry, State Council, law; of one level the one for the smaller area, then the one made for this
item. A city's own setting is never laxer than the rules above it: :mod:`.check_limits` refuses one that is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from goodfaith.law.procedures import Level, Limit, Procedure, Step
from goodfaith.law.schema import Instrument
from goodfaith.law.words import cited

NEAREST_FIRST: tuple[Level, ...] = ("city", "province", "ministry", "state_council", "law")
LEVEL: dict[Level, str] = {
    "city": _n("本市规定"),
    "province": _n("本省规定"),
    "ministry": _n("部门规定"),
    "state_council": _n("国务院规定"),
    "law": _n("法律和司法解释"),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a catalogue, and the instruments that name their bases."""

    each: tuple[Limit, ...] = ()
    instruments: Mapping[str, Instrument] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Limit]:
        return iter(self.each)

    def __len__(self) -> int:
        return len(self.each)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The limit that applies, in one sentence why (in the reader's language), and those that applied too, nearest
    first."""

    limit: Limit
    why: str
    passed_over: tuple[Limit, ...]


def nearest(
    limits: Limits, *, procedure: Procedure, step: Step, area: str, on: dt.date, item: str | None = None
) -> Chosen | None:
    """The limit for a step received ``on`` that day in ``area`` (a GB/T 2260 code); None when no rule gives one."""
    asked = (each for each in limits if (each.procedure, each.step) == (procedure, step))
    found = sorted((each for each in asked if _applies(each, area, on, item)), key=_distance)
    if not found:
        return None
    return Chosen(found[0], _why(found[0], found[1:], limits.instruments), tuple(found[1:]))


def _applies(limit: Limit, area: str, on: dt.date, item: str | None) -> bool:
    return area.startswith(limit.area or "") and limit.in_force.holds(on) and limit.covers(item)


def _distance(limit: Limit) -> tuple[int, int, int, str]:
    """Smaller is nearer."""
    narrow = 0 if limit.items else 1 if limit.sectors else 2
    return NEAREST_FIRST.index(limit.level), -len(limit.area or ""), narrow, limit.code


def _why(limit: Limit, others: list[Limit], instruments: Mapping[str, Instrument]) -> str:
    values = {"rule": cited(limit.basis, instruments), "level": _(LEVEL[limit.level])}
    if not others:
        return _("适用%(rule)s（%(level)s）：在这里只有它规定了这一步的期限。") % values
    values["other"] = cited(others[0].basis, instruments)
    if others[0].level != limit.level:
        values["other_level"] = _(LEVEL[others[0].level])
        return _("适用%(rule)s：%(level)s比%(other_level)s（%(other)s）更近，从近者。") % values
    if others[0].area != limit.area:
        return _("适用%(rule)s：同为%(level)s，它的地域范围比%(other)s更小，从近者。") % values
    return _("适用%(rule)s：同为%(level)s，它专为这类信息规定，先于一般规定（%(other)s）。") % values
