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
    """Blocks a withdrawn fact from coming back by another road, unless a new document is cited."""

    subject = models.ForeignKey("subjects.Subject", on_delete=models.PROTECT, db_index=False)
    item = models.ForeignKey("law.Item", on_delete=models.PROTECT, db_index=False)
    fact = models.BinaryField()
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "item", "fact"], name="tombstone_once")]
