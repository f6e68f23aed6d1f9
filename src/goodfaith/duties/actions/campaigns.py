"""The campaign calendar: plans, materials, reports. The office plans any; a unit those that it organises."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goodfaith.common import history
from goodfaith.common.acting import Acting
from goodfaith.common.ids import uuid7
from goodfaith.common.problems import Problem
from goodfaith.duties import rules, who
from goodfaith.duties.actions import acts
from goodfaith.duties.models import Campaign, Material
from goodfaith.duties.models.documents import DISCLOSURES
from goodfaith.law import queries as law
from goodfaith.law.schema import Campaign as NamedDay
from goodfaith.parties.queries import unit as unit_of

LONGEST = 20_000


def days_of(named: NamedDay, year: int) -> tuple[dt.date, dt.date]:
    """First and last day of a named day's campaign in a year."""
    return rules.yearly_due(named.first, year), rules.yearly_due(named.last or named.first, year)


def row_of(named: NamedDay, year: int) -> Campaign:
    """The campaign of a named day and year, not yet planned (unsaved)."""
    first, last = days_of(named, year)
    return Campaign(
        id=rules.campaign_id(named.code, year), code=named.code, year=year, title=named.name.zh, first=first, last=last,
        disclosure="open",
    )  # fmt: skip


def make_campaigns(year: int) -> int:
    """The rows of all named days of a year; how many there are. Repeatable."""
    rows = [row_of(named, year) for named in law.catalogue().campaigns.values()]
    Campaign.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _made(campaign_id: UUID, at: dt.datetime) -> Campaign:
    """The campaign, locked; its row is made if the calendar has it."""
    year = acts.day(at).year
    for each in (year - 1, year, year + 1):
        for named in law.catalogue().campaigns.values():
            if rules.campaign_id(named.code, each) == campaign_id:
                Campaign.objects.bulk_create([row_of(named, each)], ignore_conflicts=True)
    return acts.locked(Campaign, campaign_id)


def _may(acting: Acting, campaign: Campaign) -> None:
    if who.role_of(acting) != "credit_office":
        who.unit(acting, campaign.unit_id)
    if campaign.cancelled_at is not None:
        raise Problem("campaign_cancelled", _("这次活动已经取消。"), _("请查看说明。"), status=acts.CONFLICT)


def check_disclosure(disclosure: str) -> str:
    """One of the three classes; Problem otherwise."""
    if disclosure not in DISCLOSURES:
        raise Problem("disclosure_unknown", _("没有这种公开属性。"), _("请选择公开、依申请公开或者政务共享。"))
    return disclosure


@transaction.atomic
def do_make_campaign(
    *, acting: Acting, at: dt.datetime, title: str, first: dt.date, last: dt.date, unit: str, disclosure: str = "open"
) -> Campaign:
    """A campaign of the city's own, beside the named days. For the office."""
    who.office(acting)
    if last < first or (last - first).days > 366:
        raise Problem("range_reversed", _("起止日期没有写对。"), _("最后一天不早于第一天，最长一年。"))
    made = Campaign.objects.create(
        id=uuid7(), year=first.year, title=rules.check_words(title, longest=200), first=first, last=last,
        unit=unit_of(unit), disclosure=check_disclosure(disclosure),
    )  # fmt: skip
    history.note(acting=acting, at=at, action="duties.make_campaign", object_type="duties_campaign", object_id=made.pk)
    return made


@transaction.atomic
def do_plan_campaign(
    *, acting: Acting, at: dt.datetime, campaign_id: UUID, plan: str, unit: str | None = None, disclosure: str = "open"
) -> None:
    """Say what is planned and who organises it; may be written anew until the report. ``unit``: the office only."""
    campaign = _made(campaign_id, at)
    _may(acting, campaign)
    if campaign.reported_at is not None:
        raise Problem("campaign_reported", _("活动已经总结，计划不再改动。"), _("请查看总结。"), status=acts.CONFLICT)
    if unit is not None and unit != campaign.unit_id:
        who.office(acting)
        campaign.unit = unit_of(unit)
    if campaign.unit_id is None:
        raise Problem("organiser_missing", _("没有写由谁组织。"), _("请选择组织单位。"))
    before = campaign.planned_at
    campaign.plan, campaign.planned_at = rules.check_words(plan, longest=LONGEST), at
    campaign.disclosure = check_disclosure(disclosure)
    campaign.save()
    history.note(
        acting=acting, at=at, action="duties.plan_campaign", object_type="duties_campaign", object_id=campaign_id,
        before={"planned": before is not None}, after={"unit": campaign.unit_id, "disclosure": disclosure},
    )  # fmt: skip


@transaction.atomic
def do_add_material(
    *, acting: Acting, at: dt.datetime, campaign_id: UUID, title: str, use: str = "material", text: str = "",
    url: str = "", name: str = "", data: bytes = b"", disclosure: str = "open",
) -> UUID:  # fmt: skip
    """Text (Markdown), a link or a file; exactly one. ``use``: material, or report (of what was held)."""
    campaign = _made(campaign_id, at)
    _may(acting, campaign)
    kinds = [kind for kind, given in (("text", text.strip()), ("link", url.strip()), ("file", data)) if given]
    if len(kinds) != 1 or use not in ("material", "report"):
        raise Problem("material_one", _("文字、链接、文件请只提供一种。"), _("几种都有的，请分开添加。"))
    paper = acts.keep_paper(acting, at, name, data) if kinds == ["file"] else None
    row = Material.objects.create(
        id=uuid7(), campaign=campaign, use=use, kind=kinds[0], title=rules.check_words(title, longest=200), paper=paper,
        text=rules.check_words(text, needed=kinds == ["text"], longest=LONGEST),
        url=acts.check_url(url) if kinds == ["link"] else "", disclosure=check_disclosure(disclosure), at=at,
        by=acting.id, by_name=acting.name,
    )  # fmt: skip
    history.note(
        acting=acting, at=at, action="duties.add_material", object_type="duties_material", object_id=row.pk,
        after={"campaign": str(campaign_id), "kind": kinds[0], "disclosure": disclosure},
    )  # fmt: skip
    return row.pk


@transaction.atomic
def do_withdraw_material(*, acting: Acting, at: dt.datetime, material_id: UUID) -> None:
    """Take a material out; it stays in the history."""
    material = acts.locked(Material, material_id)
    _may(acting, material.campaign)
    if material.withdrawn_at is None:
        material.withdrawn_at = at
        material.save()
    history.note(
        acting=acting, at=at, action="duties.withdraw_material", object_type="duties_material", object_id=material_id
    )


@transaction.atomic
def do_report_campaign(*, acting: Acting, at: dt.datetime, campaign_id: UUID, report: str) -> None:
    """What was held; from its first day on."""
    campaign = _made(campaign_id, at)
    _may(acting, campaign)
    if campaign.planned_at is None or acts.day(at) < campaign.first:
        raise Problem(
            "campaign_not_held", _("活动还没有开始，或者没有计划。"), _("请在活动开始后总结。"), status=acts.CONFLICT
        )
    before = campaign.reported_at
    campaign.report, campaign.reported_at = rules.check_words(report, longest=LONGEST), at
    campaign.save()
    history.note(
        acting=acting, at=at, action="duties.report_campaign", object_type="duties_campaign", object_id=campaign_id,
        before={"reported": before is not None}, after={"reported": True},
    )  # fmt: skip


@transaction.atomic
def do_cancel_campaign(*, acting: Acting, at: dt.datetime, campaign_id: UUID, reason: str) -> None:
    """It is not held, for this reason. For the office."""
    who.office(acting)
    campaign = _made(campaign_id, at)
    if campaign.reported_at is not None or campaign.cancelled_at is not None:
        raise Problem("campaign_reported", _("活动已经总结或者取消。"), _("请查看说明。"), status=acts.CONFLICT)
    campaign.cancelled_at, campaign.why_cancelled = at, rules.check_reason(reason)[:500]
    campaign.save()
    history.note(
        acting=acting, at=at, action="duties.cancel_campaign", object_type="duties_campaign", object_id=campaign_id
    )
