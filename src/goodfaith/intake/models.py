"""Deliveries: what came in, how it was read, what became of each row."""

from __future__ import annotations

from django.db import models

from goodfaith.common.ids import uuid7


class Delivery(models.Model):
    """One delivery of one item by one unit (批次).

    States: ``received`` (file kept, not yet read) → ``mapped`` (columns proposed, waiting for the clerk) →
    ``checking`` → ``checked`` (preview ready) → ``committing`` → ``committed``; or ``repeated`` (same file
    was committed before), ``abandoned`` (by the clerk), ``failed`` (with ``problem``; nothing was kept).
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    unit = models.ForeignKey("parties.Unit", on_delete=models.PROTECT)
    item = models.ForeignKey("law.Item", on_delete=models.PROTECT)
    edition = models.CharField(max_length=60, blank=True, default="")
    channel = models.CharField(max_length=10, default="file")
    """file, api, command."""
    filename = models.CharField(max_length=255)
    bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=12, default="received")
    take = models.CharField(max_length=12, default="")
    """"good" (the good rows) or "all_or_none", as the clerk chose."""
    layout = models.JSONField(default=dict)
    """Encoding, sheet, header row, the headers, and sample values never (they may be about people)."""
    mapping = models.JSONField(default=dict)
    """{header: field code or null}."""
    report_on = models.DateField()
    """The day of the report: dates after it are refused."""
    rows = models.IntegerField(default=0)
    good = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)
    repeated = models.IntegerField(default=0)
    """Rows delivered before with the same content, or twice in the file."""
    warned = models.IntegerField(default=0)
    added = models.IntegerField(default=0)
    revised = models.IntegerField(default=0)
    """New versions of facts that were known."""
    late = models.IntegerField(default=0)
    """Rows past the limit of the item's update cycle."""
    summary = models.JSONField(default=dict)
    """Counts by refusal code and by field, completeness by field."""
    progress = models.PositiveSmallIntegerField(default=0)
    """0–100 of the present step."""
    problem = models.JSONField(null=True)
    """{"code", "what", "next"} when state is failed."""
    receipt_no = models.CharField(max_length=40, null=True, unique=True)
    created_by = models.CharField(max_length=100)
    created_by_name = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    committed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["unit", "-created_at"]),
            models.Index(fields=["sha256"]),
        ]


class DeliveryChunk(models.Model):
    """A sealed piece (1 MiB in the clear) of the delivered file. Removed when its retention ends."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, db_index=False)
    number = models.IntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["delivery", "number"], name="delivery_chunk_once")]


class Refusal(models.Model):
    """Why a row was refused, or what it was warned of. The value is sealed: it may be about a person."""

    id = models.BigAutoField(primary_key=True)
    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, db_index=False)
    level = models.CharField(max_length=8)
    """refused, warning, repeated."""
    row = models.IntegerField()
    """Row of the sheet, counted from 1."""
    field = models.CharField(max_length=40, null=True)
    code = models.CharField(max_length=40)
    value_sealed = models.BinaryField(null=True)
    message = models.CharField(max_length=500)
    """Says how to mend it; holds no value of the row."""

    class Meta:
        indexes = [models.Index(fields=["delivery", "level", "row"])]


class MappingMemory(models.Model):
    """How a unit's headers were mapped last time."""

    unit = models.ForeignKey("parties.Unit", on_delete=models.CASCADE)
    item = models.ForeignKey("law.Item", on_delete=models.CASCADE)
    edition = models.CharField(max_length=60)
    headers_key = models.CharField(max_length=64)
    mapping = models.JSONField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "item", "edition", "headers_key"], name="mapping_memory_once")
        ]
