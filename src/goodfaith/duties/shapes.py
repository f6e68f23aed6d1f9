"""Small values that rules, actions and queries share: named units, deadlines as they are kept. Frozen, pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal

from goodfaith.duties.reading import Task
from goodfaith.duties.reading.shapes import Deadline, Yearly

Part = Literal["lead", "joint", "participating"]
NameKind = Literal["", "unit", "set", "collective", "outside"]
DueKind = Literal["none", "on", "ongoing", "yearly"]
Mode = Literal["lead+others", "joint", "single", "first_is_lead", "lead_only"]


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a note. ``kind`` "": nobody has said yet what it stands for.

    ``unit``: one unit of the registry; ``set``: several; ``collective``: stays a collective name; ``outside``: a body
    that is not in the registry. ``units``: codes, for the first two.
    """

    part: Part
    name: str
    full: str
    kind: NameKind = ""
    units: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """For ``Proposal.units``."""
        return {**asdict(self), "units": list(self.units)}


def named(raw: dict[str, Any]) -> Named:
    """From its JSON."""
    return Named(raw["part"], raw["name"], raw["full"], raw.get("kind", ""), tuple(raw.get("units", ())))


@dataclass(frozen=True, slots=True)
class Due:
    """A time limit: ``on`` for kind "on", ``yearly`` (MM-DD) for kind "yearly"."""

    kind: DueKind = "none"
    on: dt.date | None = None
    yearly: str = ""

    def as_json(self) -> dict[str, Any]:
        """With the day as ISO text."""
        return {"kind": self.kind, "on": self.on.isoformat() if self.on else None, "yearly": self.yearly}


def due(raw: dict[str, Any]) -> Due:
    """From its JSON."""
    return Due(raw["kind"], dt.date.fromisoformat(raw["on"]) if raw["on"] else None, raw["yearly"])


def due_of(deadline: Deadline) -> Due:
    """The reader's deadline as it is kept."""
    if isinstance(deadline, Yearly):
        return Due("yearly", yearly=deadline.month_day)
    if isinstance(deadline, dt.date):
        return Due("on", on=deadline)
    return Due("ongoing" if deadline == "ongoing" else "none")


def named_of(task: Task) -> tuple[Named, ...]:
    """The names of a task. Where no lead is named, all named are equally responsible; a single one
    leads, but a single collective name (mode joint) does not."""
    others: Part = "participating" if task.lead.names else "joint"
    if others == "joint" and task.mode != "joint" and len(task.participating.names) == 1:
        others = "lead"
    return (
        *_names("lead", task.lead.names, task.lead.full),
        *_names(others, task.participating.names, task.participating.full),
    )


def _names(part: Part, names: Iterable[str], full: Iterable[str]) -> Iterable[Named]:
    return (Named(part, name, whole) for name, whole in zip(names, full, strict=True))


def shown_names(names: Iterable[Named]) -> list[dict[str, Any]]:
    """Names as JSON for ``Proposal.units``."""
    return [one.as_json() for one in names]
