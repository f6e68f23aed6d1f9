"""What oversight keeps: draws with their reviews, complaints, cases of misuse. Closed to every role but the owner.

Only the functions in ``sql/`` write and read here, for the auditor (each reading is an entry of the ledger) and,
for complaints, for the subject whose file it is.
"""

from __future__ import annotations

from django.db import models


class Draw(models.Model):
    """A sample of entries taken for review; what it was taken from, and with which seed, so it can be taken again."""

    id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    drawn_by = models.CharField(max_length=100)
    """The auditor's account."""
    drawn_by_name = models.CharField(max_length=200)
    how = models.CharField(max_length=8)
    """random, or unusual (the entries of a finding)."""
    seed = models.CharField(max_length=64)
    since = models.DateTimeField()
    until = models.DateTimeField()
    """The first moment no longer in the period."""
    unit = models.CharField(max_length=40, null=True)
    rule = models.CharField(max_length=20, null=True)
    asked = models.IntegerField()
    population = models.IntegerField()
    """From how many entries it was drawn."""
    last_entry = models.BigIntegerField()
    """The newest entry there was: later ones with an earlier moment cannot slip in when it is drawn again."""
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-at"])]


class Review(models.Model):
    """One entry under review; the outcome is a person's, and may be undone until the draw is closed."""

    id = models.UUIDField(primary_key=True)
    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="reviews")
    place = models.IntegerField()
    entry_id = models.BigIntegerField(db_index=True)
    outcome = models.CharField(max_length=10, default="pending")
    """pending, in_order, explained, misuse"""
    note = models.CharField(max_length=1000, default="")
    decided_by = models.CharField(max_length=100, null=True)
    decided_by_name = models.CharField(max_length=200, default="")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draw", "entry_id"], name="entry_once_in_a_draw")]


class Complaint(models.Model):
    """A subject's complaint about one look at the own file; text and answer are sealed."""

    id = models.UUIDField(primary_key=True)
    entry_id = models.BigIntegerField(db_index=True)
    subject_id = models.UUIDField(db_index=True)
    made_by = models.CharField(max_length=100)
    """The subject's account."""
    text = models.BinaryField()
    made_at = models.DateTimeField()
    due_on = models.DateField()
    """The last day for the answer."""
    state = models.CharField(max_length=10, default="open")
    """open, answered, withdrawn"""
    finding = models.CharField(max_length=12, null=True)
    """in_order, not_in_order"""
    answer = models.BinaryField(null=True)
    answered_by = models.CharField(max_length=100, null=True)
    answered_by_name = models.CharField(max_length=200, default="")
    answered_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry_id", "subject_id"], condition=models.Q(state="open"), name="one_open_complaint_a_look"
            )
        ]
        indexes = [models.Index(fields=["state", "due_on"])]


class MisuseCase(models.Model):
    """A look that is held to be misuse, from a review or a complaint, until it is closed with a finding."""

    id = models.UUIDField(primary_key=True)
    review = models.OneToOneField(Review, null=True, on_delete=models.PROTECT, related_name="misuse")
    complaint = models.OneToOneField(Complaint, null=True, on_delete=models.PROTECT, related_name="misuse")
    entry_id = models.BigIntegerField()
    unit = models.CharField(max_length=40, null=True)
    actor_kind = models.CharField(max_length=20)
    actor_id = models.CharField(max_length=100)
    actor_name = models.CharField(max_length=200)
    what = models.CharField(max_length=2000)
    measures = models.CharField(max_length=2000, default="")
    state = models.CharField(max_length=8, default="open")
    """open, closed"""
    finding = models.CharField(max_length=12, null=True)
    """confirmed, unfounded"""
    opened_by = models.CharField(max_length=100)
    opened_by_name = models.CharField(max_length=200)
    opened_at = models.DateTimeField()
    closed_by = models.CharField(max_length=100, null=True)
    closed_by_name = models.CharField(max_length=200, default="")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(review__isnull=False) ^ models.Q(complaint__isnull=False),
                name="misuse_has_one_source",
            )
        ]


class AliasKey(models.Model):
    """One row: the key under which a subject's stand-in name on the auditor's pages is made."""

    id = models.SmallIntegerField(primary_key=True)
    key = models.BinaryField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="alias_key_one_row")]


class Sending(models.Model):
    """How far the sending of one line of the gate's outbox got."""

    outbox_id = models.BigIntegerField(primary_key=True)
    state = models.CharField(max_length=8)
    """sending (claimed by a worker), waiting (for the next attempt), sent, given_up"""
    attempt = models.SmallIntegerField()
    claimed_at = models.DateTimeField()
    next_at = models.DateTimeField()
    error = models.CharField(max_length=200, default="")
