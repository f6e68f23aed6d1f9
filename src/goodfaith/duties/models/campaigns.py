"""The campaign calendar: one row for each time that a named day or week was held or is planned."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from goodfaith.duties.models.documents import DISCLOSURES, Paper


class Campaign(models.Model):
    """One campaign of one year. ``code``: the named day of the packs; "" for one of the city's own."""

    id = models.UUIDField(primary_key=True)
    code = models.CharField(max_length=60, default="")
    year = models.SmallIntegerField()
    title = models.CharField(max_length=200)
    first = models.DateField()
    last = models.DateField()
    unit = models.ForeignKey("parties.Unit", null=True, on_delete=models.PROTECT, related_name="campaigns")
    """Who organises it; null until somebody plans it."""
    disclosure = models.CharField(max_length=10)
    plan = models.TextField(default="")
    planned_at = models.DateTimeField(null=True)
    report = models.TextField(default="")
    reported_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    why_cancelled = models.CharField(max_length=500, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "year"], condition=~Q(code=""), name="duty_campaign_once"),
            models.CheckConstraint(condition=Q(first__lte=F("last")), name="duty_campaign_range"),
            models.CheckConstraint(condition=Q(disclosure__in=DISCLOSURES), name="duty_campaign_disclosure"),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | ~Q(why_cancelled=""), name="duty_campaign_cancelled_why"
            ),
        ]


class Material(models.Model):
    """What a campaign uses or shows afterwards. Words stay; it can be taken out."""

    id = models.UUIDField(primary_key=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="materials")
    use = models.CharField(max_length=8)
    """material, report"""
    kind = models.CharField(max_length=5)
    """text (Markdown), file, link"""
    title = models.CharField(max_length=200)
    text = models.TextField(default="")
    url = models.CharField(max_length=500, default="")
    paper = models.ForeignKey(Paper, null=True, on_delete=models.PROTECT)
    disclosure = models.CharField(max_length=10)
    at = models.DateTimeField()
    by = models.CharField(max_length=100)
    by_name = models.CharField(max_length=200)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="text", url="", paper__isnull=True) & ~Q(text="")
                | Q(kind="file", url="", paper__isnull=False)
                | Q(kind="link", paper__isnull=True) & ~Q(url=""),
                name="duty_material_kind",
            ),
            models.CheckConstraint(condition=Q(disclosure__in=DISCLOSURES), name="duty_material_disclosure"),
        ]
