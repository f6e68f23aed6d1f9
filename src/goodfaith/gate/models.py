"""Consents, requests for them, holds, messages: closed to every role; the functions in ``sql/`` read and write.

No row is deleted and none is changed, but for the transitions that a trigger names (``sql/guards.sql``). What
state a consent, a request or a hold is in is computed from its dates and counts, never stored.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import GreaterThanOrEqual


class ConsentRequest(models.Model):
    """A party asks a subject for consent. ``subject_id`` null: nobody has that number (the party cannot tell)."""

    id = models.UUIDField(primary_key=True)
    subject_id = models.UUIDField(null=True)
    label = models.CharField(max_length=100)
    """What the party wrote, a person's name masked: its own mark for the request."""
    party_unit = models.CharField(max_length=40)
    asked_by_kind = models.CharField(max_length=20)
    asked_by = models.CharField(max_length=100)
    asked_by_name = models.CharField(max_length=200)
    purpose = models.CharField(max_length=60)
    items = ArrayField(models.CharField(max_length=80))
    until = models.DateField()
    """Last day of the consent that is asked for."""
    uses = models.IntegerField(null=True)
    reason = models.CharField(max_length=500)
    asked_at = models.DateTimeField()
    expires_on = models.DateField()
    """Last day on which it may be answered."""
    answered_at = models.DateTimeField(null=True)
    accepted = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(items__len__gt=0), name="request_names_items"),
            models.CheckConstraint(condition=Q(uses__isnull=True) | Q(uses__gt=0), name="request_uses"),
            models.CheckConstraint(condition=~Q(reason=""), name="request_says_why"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, accepted__isnull=True)
                | Q(answered_at__isnull=False, accepted__isnull=False, subject_id__isnull=False),
                name="request_answered_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["subject_id", "-asked_at"], name="request_of_subject"),
            models.Index(fields=["party_unit", "-asked_at"], name="request_of_party"),
        ]


class Consent(models.Model):
    """A subject lets a party look, for a purpose, at items, until a day, so many times (null: any number)."""

    id = models.UUIDField(primary_key=True)
    subject_id = models.UUIDField()
    label = models.CharField(max_length=100)
    """Whose, for the party's list: what its request said, else the account's display name (a citizen's is masked)."""
    party_unit = models.CharField(max_length=40)
    purpose = models.CharField(max_length=60)
    items = ArrayField(models.CharField(max_length=80))
    granted_at = models.DateTimeField()
    granted_on = models.DateField()
    """The day in China of ``granted_at``."""
    granted_by = models.CharField(max_length=100)
    """The account."""
    until = models.DateField()
    """Last day."""
    uses = models.IntegerField(null=True)
    used = models.IntegerField(default=0)
    """Counted only while ``uses`` limits it."""
    request = models.OneToOneField(ConsentRequest, null=True, on_delete=models.PROTECT)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(items__len__gt=0), name="consent_names_items"),
            models.CheckConstraint(condition=GreaterThanOrEqual(F("until"), F("granted_on")), name="consent_until"),
            models.CheckConstraint(
                condition=Q(uses__isnull=True, used=0) | Q(uses__gt=0, used__gte=0, used__lte=F("uses")),
                name="consent_uses",
            ),
        ]
        indexes = [
            models.Index(fields=["subject_id", "party_unit"], name="consent_of_subject"),
            models.Index(fields=["party_unit", "-granted_at"], name="consent_of_party"),
        ]


class Hold(models.Model):
    """A subject holds its file: no look that rests on consent goes through until it is lifted."""

    id = models.BigAutoField(primary_key=True)
    subject_id = models.UUIDField()
    placed_at = models.DateTimeField()
    placed_by = models.CharField(max_length=100)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_id"], condition=Q(lifted_at__isnull=True), name="one_open_hold_a_subject"
            )
        ]


class Message(models.Model):
    """A message to a subject, written in the transaction of the look that it tells of."""

    id = models.BigAutoField(primary_key=True)
    subject_id = models.UUIDField()
    kind = models.CharField(max_length=12)
    """look, request; case: a step of a case of one's own; finding: a new record with how to repair it"""
    entry_id = models.BigIntegerField(null=True)
    """Null for a finding: nobody looked."""
    at = models.DateTimeField()
    facts = models.JSONField()
    """unit, actor_kind, purpose, matter, outcome, request, case, step, record: codes and ids only."""
    visible_from = models.DateField(null=True)
    """Lawfully delayed disclosure: the day on which it appears."""
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["look", "request", "case", "finding"]), name="message_kind"),
            models.CheckConstraint(condition=Q(kind="finding") | Q(entry_id__isnull=False), name="message_has_entry"),
        ]
        indexes = [models.Index(fields=["subject_id", "-id"], name="message_of_subject")]


class Outbox(models.Model):
    """A message that waits to go out to one account by one channel; the sender looks the address up when it sends.

    Not before ``send_from``. The text says only that there is a message, and where to read it.
    """

    id = models.BigAutoField(primary_key=True)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, db_index=False)
    account = models.CharField(max_length=100)
    """The account's primary key."""
    channel = models.CharField(max_length=6)
    """email, sms"""
    kind = models.CharField(max_length=12)
    """The message's kind."""
    made_at = models.DateTimeField()
    send_from = models.DateField(null=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.SmallIntegerField(default=0)
    error = models.CharField(max_length=200, default="")
    """Why the last attempt failed."""

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(channel__in=["email", "sms"]), name="outbox_channel")]
        indexes = [models.Index(fields=["id"], condition=Q(sent_at__isnull=True), name="outbox_waiting")]


class Delay(models.Model):
    """Under which statute and by whose order the disclosure of one look is delayed; the day is in the entry."""

    entry_id = models.BigIntegerField(primary_key=True)
    statute = models.JSONField()
    """The purpose's legal basis for it, as the pack had it that day."""
    officer = models.CharField(max_length=100)
    until = models.DateField()


class Trace(models.Model):
    """What oversight needs to find unusual looks and the entry does not say. Only for looks at people."""

    entry_id = models.BigIntegerField(primary_key=True)
    neighbourhood = models.BinaryField(null=True)
    """Keyed digest of the number's first 14 characters: the same for people of one place and day of birth."""
    same_name = models.BooleanField(default=False)
    """The officer's registered name is the person's."""


class Given(models.Model):
    """Which records a look handed to a unit: who has to be told when one of them turns out wrong or ends."""

    entry_id = models.BigIntegerField(primary_key=True)
    subject_id = models.UUIDField()
    unit = models.CharField(max_length=40)
    records = ArrayField(models.UUIDField())

    class Meta:
        indexes = [models.Index(fields=["subject_id"], name="given_of_subject")]
