"""Records and their versions. One row is one version of one fact about one subject; none is overwritten.

The web's role has no SELECT here. Organisations' open records in display are in the view ``open.record``;
a person's come only through ``gate.open_file``.
"""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField
from django.db import models


class Record(models.Model):
    """A version of a record.

    ``(subject_id, id, version)`` is the key; ``id`` stays over versions. ``fact`` is the keyed digest of
    what identifies the fact, ``digest`` of the whole content: the same fact with the same digest is a
    repetition, with another digest a new version. ``display`` and ``in_force`` are half-open;
    an empty ``display`` means "not shown to the public". The only change a row ever sees is
    ``superseded_at``, once, from null (a trigger holds that).
    """

    pk = models.CompositePrimaryKey("subject_id", "id", "version")
    subject = models.ForeignKey("subjects.Subject", on_delete=models.PROTECT, db_index=False)
    id = models.UUIDField()
    version = models.SmallIntegerField(default=1)
    item = models.ForeignKey("law.Item", on_delete=models.PROTECT, db_index=False)
    edition = models.CharField(max_length=60)
    polarity = models.CharField(max_length=8)
    disclosure = models.CharField(max_length=10)
    status = models.CharField(max_length=12, default="current")
    """current, annulled, corrected, repaired, disputed: what later rooms make of it by new versions."""
    decided_on = models.DateField()
    document_no = models.CharField(max_length=300, null=True)
    authority = models.CharField(max_length=300, null=True)
    display = DateRangeField()
    display_class = models.CharField(max_length=60)
    display_version = models.CharField(max_length=60)
    """Which dated rule gave the period: "rule/version"."""
    in_force = DateRangeField()
    content = models.JSONField()
    """The fields that may stand in the clear. For a person's record: empty."""
    sealed = models.BinaryField(null=True)
    """AES/SM sealed JSON of the fields about people; for a person's record of all fields."""
    fact = models.BinaryField()
    digest = models.BinaryField()
    source_unit = models.CharField(max_length=40)
    delivery_id = models.UUIDField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "item", "fact"],
                condition=models.Q(superseded_at__isnull=True),
                name="record_fact_current_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(polarity="negative") | models.Q(document_no__isnull=False),
                name="record_negative_cites_document",
            ),
            models.CheckConstraint(
                condition=models.Q(disclosure__in=["open", "on_request", "shared", "closed"]),
                name="record_disclosure",
            ),
        ]
        indexes = [
            models.Index(
                fields=["item", "-decided_on", "-id"],
                condition=models.Q(superseded_at__isnull=True, disclosure="open"),
                name="record_open_by_item_day",
            ),
            models.Index(fields=["delivery_id"], name="record_by_delivery"),
        ]


class Tombstone(models.Model):
    """Blocks a withdrawn fact from coming back by another road, unless a new document is cited.

    ``allowed``: the digest of the corrected content, which may be delivered again; null: nothing of it may.
    A row that cites another document than ``document_no`` is another fact and passes.
    """

    subject = models.ForeignKey("subjects.Subject", on_delete=models.PROTECT, db_index=False)
    item = models.ForeignKey("law.Item", on_delete=models.PROTECT, db_index=False)
    fact = models.BinaryField()
    document_no = models.CharField(max_length=300, null=True)
    allowed = models.BinaryField(null=True)
    reason = models.CharField(max_length=500)
    case_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    lifted_at = models.DateTimeField(null=True)
    """When a later correction of the same fact put another tombstone in its place."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "item", "fact"], condition=models.Q(lifted_at__isnull=True), name="tombstone_once"
            )
        ]
        indexes = [
            models.Index(fields=["item", "fact"], condition=models.Q(lifted_at__isnull=True), name="tombstone_by_fact")
        ]


class Mark(models.Model):
    """What stands against a record while a case about it runs: ``disputed`` (shown with it wherever it is shown) or
    ``suspended`` (not shown, not shared, brings no measure). It ends when ``until`` is set, once.
    """

    id = models.BigAutoField(primary_key=True)
    subject = models.ForeignKey("subjects.Subject", on_delete=models.PROTECT, db_index=False)
    record_id = models.UUIDField()
    kind = models.CharField(max_length=10)
    case_id = models.UUIDField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=["disputed", "suspended"]), name="mark_kind"),
            models.UniqueConstraint(
                fields=["subject", "record_id", "kind", "case_id"],
                condition=models.Q(until__isnull=True),
                name="mark_once_a_case",
            ),
        ]


class Statement(models.Model):
    """The subject's own words beside a record, shown wherever the record is shown.

    An organisation's stand in ``text``; a person's are sealed under the person's key. Ends when the subject withdraws
    it or, with a ground that is told, when the credit office hides it.
    """

    id = models.UUIDField(primary_key=True)
    subject = models.ForeignKey("subjects.Subject", on_delete=models.PROTECT, db_index=False)
    record_id = models.UUIDField()
    text = models.CharField(max_length=600, null=True)
    sealed = models.BinaryField(null=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=100)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=10, default="")
    """subject, office"""
    ground = models.CharField(max_length=500, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "record_id"], condition=models.Q(ended_at__isnull=True), name="statement_once"
            ),
            models.CheckConstraint(
                condition=models.Q(text__isnull=True, sealed__isnull=False)
                | models.Q(text__isnull=False, sealed__isnull=True),
                name="statement_in_one_form",
            ),
            models.CheckConstraint(
                condition=~models.Q(ended_by="office") | ~models.Q(ground=""), name="statement_hidden_with_ground"
            ),
        ]
