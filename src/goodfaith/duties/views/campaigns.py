"""Campaigns."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class MaterialView:
    """A campaign's material."""

    id: UUID
    use: str
    kind: str
    title: str
    text: str
    url: str
    paper_id: UUID | None
    file_name: str
    media: str
    size: int
    disclosure: str
    at: dt.datetime


@dataclass(frozen=True)
class CampaignView:
    """A campaign. ``state`` by dates and acts: to_plan, planned, running, to_report, reported, cancelled."""

    id: UUID
    code: str
    year: int
    title: str
    theme: str
    source: str
    first: dt.date
    last: dt.date
    unit: str | None
    unit_name: str
    disclosure: str
    plan: str
    report: str
    reported_at: dt.datetime | None
    why_cancelled: str
    state: str
    materials: tuple[MaterialView, ...] = ()
