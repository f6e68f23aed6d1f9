"""The campaign calendar: named days of the packs, also those for which no row has been made, and the city's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from goodfaith.common.acting import Acting
from goodfaith.common.clock import today as now_today
from goodfaith.duties import views, who
from goodfaith.duties.actions.acts import unknown
from goodfaith.duties.actions.campaigns import row_of
from goodfaith.duties.models import Campaign, Material
from goodfaith.law import queries as law


def calendar(acting: Acting, year: int, today: dt.date | None = None) -> list[views.CampaignView]:
    """All campaigns of a year by day; materials are left out."""
    who.reader(acting)
    return calendar_of(year, today or now_today())


def calendar_of(year: int, today: dt.date) -> list[views.CampaignView]:
    """:func:`calendar` without asking who reads."""
    named = law.catalogue().campaigns
    stored = list(Campaign.objects.filter(year=year).select_related("unit"))
    known = {one.code for one in stored}
    found = [*stored, *(row_of(each, year) for code, each in named.items() if code not in known)]
    return sorted((_view(one, today) for one in found), key=lambda one: (one.first, one.title))


def campaign(acting: Acting, campaign_id: UUID, today: dt.date | None = None) -> views.CampaignView:
    """One campaign with its materials; Problem (404)."""
    who.reader(acting)
    today = today or now_today()
    stored = Campaign.objects.filter(pk=campaign_id).select_related("unit").first()
    if stored is not None:
        return _view(stored, today, _materials(stored.materials.filter(withdrawn_at=None)))
    for year in (today.year - 1, today.year, today.year + 1):
        for one in calendar_of(year, today):
            if one.id == campaign_id:
                return one
    raise unknown()


def state_of(one: Campaign, today: dt.date) -> str:
    """to_plan, planned, running, to_report, reported, cancelled: by dates and acts."""
    if one.cancelled_at is not None:
        return "cancelled"
    if one.reported_at is not None:
        return "reported"
    if today > one.last:
        return "to_report"
    if one.planned_at is None:
        return "to_plan"
    return "running" if today >= one.first else "planned"


def _view(one: Campaign, today: dt.date, materials: tuple[views.MaterialView, ...] = ()) -> views.CampaignView:
    named = law.catalogue().campaigns.get(one.code)
    return views.CampaignView(
        one.pk, one.code, one.year, one.title, named.theme if named else "", named.source if named else "", one.first,
        one.last, one.unit_id, one.unit.name if one.unit else "", one.disclosure, one.plan, one.report, one.reported_at,
        one.why_cancelled, state_of(one, today), materials,
    )  # fmt: skip


def _materials(found: Any) -> tuple[views.MaterialView, ...]:
    listed: Iterable[Material] = found.select_related("paper").defer("paper__data").order_by("at", "id")
    return tuple(_material(one) for one in listed)


def _material(one: Material) -> views.MaterialView:
    paper = one.paper
    return views.MaterialView(
        one.pk, one.use, one.kind, one.title, one.text, one.url, one.paper_id, paper.name if paper else "",
        paper.media if paper else "", paper.size if paper else 0, one.disclosure, one.at,
    )  # fmt: skip
