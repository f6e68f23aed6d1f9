"""Letters that tell a unit's officers of its reminders: one digest a unit and day, one letter of it an officer."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from goodfaith.duties.models.ledger import Reminder


class Digest(models.Model):
    """What a unit is reminded of on a day. ``lines`` as they were then: a letter that is sent again is the same.

    ``lines``: [{"number", "title", "period", "due_on", "kind"}], kind as in :class:`Reminder`. Append-only.
    """

    id = models.BigAutoField(primary_key=True)
    unit = models.CharField(max_length=40)
    on = models.DateField()
    lines = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "on"], name="duty_digest_once_a_day")]


class DigestReminder(models.Model):
    """A reminder stands in one digest. Append-only."""

    reminder = models.OneToOneField(Reminder, primary_key=True, on_delete=models.PROTECT)
    digest = models.ForeignKey(Digest, on_delete=models.PROTECT, related_name="reminders")


class DigestLetter(models.Model):
    """A line of the outbox: a digest for one account. The address is looked up when it is sent, and kept nowhere."""

    id = models.BigAutoField(primary_key=True)
    digest = models.ForeignKey(Digest, on_delete=models.PROTECT, related_name="letters")
    account = models.CharField(max_length=100)
    state = models.CharField(max_length=8)
    """waiting, sending (claimed by a worker), sent, given_up"""
    attempt = models.SmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["digest", "account"], name="duty_digest_letter_once"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "sending", "sent", "given_up"]), name="duty_digest_letter_state"
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | ~Q(state="sent") & Q(sent_at__isnull=True),
                name="duty_digest_letter_sent_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(state__in=["waiting", "sending"]), name="duty_letters_waiting")
        ]
