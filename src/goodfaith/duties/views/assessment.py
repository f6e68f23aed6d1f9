"""Assessment rounds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from goodfaith.common.procedure import Step
from goodfaith.duties.procedures import PROCEDURES
from goodfaith.duties.views.events import EventView


@dataclass(frozen=True)
class ScoreView:
    """One indicator of one unit with its inputs and objections."""

    id: int
    indicator: str
    name: str
    how: str
    weight: float
    source: str
    figure: str | None
    measured: float | None
    measured_at: dt.datetime | None
    inputs: dict[str, Any]
    self_points: float | None
    self_text: str
    points: float | None
    applies: bool
    review_text: str
    reviewed_by_name: str
    reviewed_at: dt.datetime | None
    objections: tuple[ObjectionView, ...]


@dataclass(frozen=True)
class ObjectionView:
    """A unit's objection with its answer."""

    id: int
    text: str
    at: dt.datetime
    by_name: str
    outcome: str
    answer: str
    points_before: float | None
    answered_at: dt.datetime | None
    answered_by_name: str


@dataclass(frozen=True)
class EntryView:
    """A unit in a round. ``total``: points of 100 over the weights that apply; None until all of these have points."""

    id: int
    unit: str
    unit_name: str
    self_done_at: dt.datetime | None
    scores: tuple[ScoreView, ...]
    total: float | None
    applied_weight: float


@dataclass(frozen=True)
class RoundView:
    """An assessment round. ``entries`` in the order of totals once it is published, by name before."""

    id: int
    kind: str
    code: str
    name: str
    title: str
    since: dt.date
    until: dt.date
    step: str
    self_by: dt.date
    object_by: dt.date | None
    published_at: dt.datetime | None
    published_by_name: str
    basis: dict[str, Any]
    indicators: tuple[dict[str, Any], ...]
    entries: tuple[EntryView, ...]
    events: tuple[EventView, ...]

    @property
    def at_step(self) -> Step:
        """The step it stands at."""
        return PROCEDURES["round"].step(self.step)
