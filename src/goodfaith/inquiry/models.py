"""Checks in bulk: a list of names and codes, who is answerable for it, and what came of each row."""

from __future__ import annotations

from django.db import models

from goodfaith.common.ids import uuid7


class Batch(models.Model):
    """One list of subjects to be checked for one matter (批量核查).

    States: ``ready`` (read, waiting for the officer to go on) → ``queued`` → ``running`` → ``done``; or
    ``cancelled`` (by the officer), ``failed`` (with ``problem``; the rows answered till then stay).
    No name and no number stands here: the rows are sealed in :class:`BatchRow`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    unit = models.ForeignKey("parties.Unit", on_delete=models.PROTECT)
    officer_id = models.CharField(max_length=100)
    officer_name = models.CharField(max_length=200)
    matter = models.CharField(max_length=80)
    case_no = models.CharField(max_length=120)
    official_name = models.CharField(max_length=60)
    """The official who is answerable for checking so many at once."""
    reason = models.CharField(max_length=500)
    filename = models.CharField(max_length=255)
    columns = models.JSONField(default=dict)
    """Which header was read as what: {"name": header, "number": header, "kind": header or null}."""
    state = models.CharField(max_length=10, default="ready")
    rows = models.IntegerField(default=0)
    askable = models.IntegerField(default=0)
    """Rows that will be, or were, put to the gate."""
    people = models.IntegerField(default=0)
    """Those among them that ask about a natural person; they count against the unit's daily limit."""
    invalid = models.IntegerField(default=0)
    repeated = models.IntegerField(default=0)
    answered = models.IntegerField(default=0)
    counts = models.JSONField(default=dict)
    """Rows by outcome."""
    faults = models.JSONField(default=list)
    """The first faulty rows: [{"row", "code", "message"}], without any value of the row."""
    problem = models.JSONField(null=True)
    """{"code", "what", "next"} when state is failed."""
    made_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    started_on = models.DateField(null=True)
    """The day in China on which it counts against the daily limit."""
    done_at = models.DateTimeField(null=True)
    ends_on = models.DateField(null=True)
    """The first day on which the rows are no longer shown; they are removed soon after."""

    class Meta:
        indexes = [
            models.Index(fields=["officer_id", "-made_at"]),
            models.Index(fields=["unit", "started_on"]),
        ]


class BatchAttachment(models.Model):
    """The paper that the bulk use rests on, sealed. The web may put one in and cannot read it."""

    batch = models.OneToOneField(Batch, on_delete=models.CASCADE, primary_key=True)
    filename = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    bytes = models.IntegerField()
    sha256 = models.CharField(max_length=64)
    sealed = models.BinaryField()


class BatchRow(models.Model):
    """One row. ``asked_sealed``: {"name", "number", "kind"} as they stand in the list; the answer is sealed too.

    ``outcome``: "" (still to be asked), none, measures, mismatch, refused, invalid (a wrong code: never asked),
    repeated (``same_as``: the row that has the same code).
    """

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, db_index=False)
    row = models.IntegerField()
    """Row of the sheet, counted from 1."""
    asked_sealed = models.BinaryField()
    outcome = models.CharField(max_length=10, blank=True, default="")
    fault = models.CharField(max_length=300, blank=True, default="")
    same_as = models.IntegerField(null=True)
    answer_sealed = models.BinaryField(null=True)
    entry = models.BigIntegerField(null=True)
    """The entry of the ledger that this row made."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "row"], name="batch_row_once"),
            models.CheckConstraint(
                condition=models.Q(outcome__in=["none", "measures", "mismatch", "refused"], entry__isnull=False)
                | models.Q(outcome__in=["", "invalid", "repeated"], entry__isnull=True),
                name="batch_row_asked_has_entry",
            ),
        ]
