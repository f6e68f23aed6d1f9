"""Supervision notices to units."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from goodfaith.duties.models.ledger import Duty


class Notice(models.Model):
    """What the office asks of a unit about duties, by when, and how it ended."""

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=40, unique=True)
    unit = models.ForeignKey("parties.Unit", on_delete=models.PROTECT, related_name="duty_notices")
    duties = models.ManyToManyField(Duty, related_name="notices")
    asks = models.TextField()
    due_on = models.DateField()
    step = models.CharField(max_length=20)
    sent_at = models.DateTimeField()
    sent_by = models.CharField(max_length=100)
    sent_by_name = models.CharField(max_length=200)
    reply = models.TextField(default="")
    replied_at = models.DateTimeField(null=True)
    finding = models.CharField(max_length=12, default="")
    """resolved, partly, unresolved"""
    finding_text = models.TextField(default="")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=100, null=True)
    closed_by_name = models.CharField(max_length=200, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(step="closed", closed_at__isnull=False, closed_by__isnull=False)
                & Q(finding__in=["resolved", "partly", "unresolved"])
                & ~Q(finding_text="")
                | ~Q(step="closed") & Q(closed_at__isnull=True, finding=""),
                name="duty_notice_closed_with_finding",
            )
        ]
        indexes = [models.Index(fields=["unit", "-sent_at"], name="duty_notices_of_unit")]
