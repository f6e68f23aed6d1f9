"""The access ledger: who looked at whose file, why, and what came of it. Append-only by grant."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One look or one refusal, written by the database function in the transaction of the look.

    No role but the owner may INSERT, UPDATE or DELETE here; the gate's functions do it for the others.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=20)
    actor_id = models.CharField(max_length=100)
    actor_name = models.CharField(max_length=200)
    unit = models.CharField(max_length=40, null=True)
    subject_id = models.UUIDField(null=True)
    """Null when no such subject is known (a look-up that found nobody is an entry too)."""
    subject_kind = models.CharField(max_length=12, null=True)
    purpose = models.CharField(max_length=60)
    case_no = models.CharField(max_length=120, null=True)
    items = models.JSONField(null=True)
    outcome = models.CharField(max_length=10)
    """opened, refused, unknown (nobody of that number)."""
    refusal = models.CharField(max_length=60, null=True)
    records = models.IntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["subject_id", "-at"]), models.Index(fields=["actor_kind", "actor_id"])]
