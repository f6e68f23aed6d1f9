"""The access ledger: who looked at whose file, why, and what came of it. Append-only by grant.

Entries are written by ``ledger.append`` in the transaction of the look, together with a salted commitment to
their content; the sealer gives each a place in a Merkle tree (RFC 6962) and signs the tree's head.
"""

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
    matter = models.CharField(max_length=60, null=True)
    """The matter (办理事项) that a check belongs to."""
    consents = models.JSONField(null=True)
    """Ids of the consents that the look rested on."""
    answer = models.BinaryField(null=True)
    """SHA-256 of what was handed out; what exactly is said by the gate's function."""
    shown_from = models.DateField(null=True)
    """Lawfully delayed disclosure: the day on which the subject sees the entry."""
    salt = models.BinaryField(null=True)
    commitment = models.BinaryField()
    """SHA-256(salt · ``ledger.line``): what is sealed. It stays when the content is lawfully erased."""
    erased_by = models.BigIntegerField(null=True)
    """The entry (purpose ledger_erasure) under which the content was erased."""

    class Meta:
        indexes = [models.Index(fields=["subject_id", "-at"]), models.Index(fields=["actor_kind", "actor_id"])]


class Pending(models.Model):
    """An entry that waits to be sealed; the sealer removes it in the transaction that gives the entry its leaf."""

    entry_id = models.BigIntegerField(primary_key=True)


class Leaf(models.Model):
    """The place of an entry in the tree, counted from 0."""

    index = models.BigIntegerField(primary_key=True)
    entry_id = models.BigIntegerField(unique=True)


class Tile(models.Model):
    """Up to 256 neighbouring hashes of one level of the tree (C2SP tlog-tiles), 32 bytes each.

    The last tile of a level grows; its shorter forms are its beginnings.
    """

    pk = models.CompositePrimaryKey("level", "number")
    level = models.SmallIntegerField()
    number = models.BigIntegerField()
    hashes = models.BinaryField()


class Checkpoint(models.Model):
    """A signed head of the tree (C2SP checkpoint)."""

    size = models.BigIntegerField()
    root = models.BinaryField()
    at = models.DateTimeField()
    note = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["-size", "-id"])]


class State(models.Model):
    """One row: up to where the ledger is sealed, and when it was last found to be."""

    id = models.SmallIntegerField(primary_key=True)
    sealed_at = models.DateTimeField()
    size = models.BigIntegerField()
    root = models.BinaryField()
    open_seconds = models.IntegerField()
    """For how long after ``sealed_at`` people's files may still be opened."""

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="ledger_state_one_row")]


class SigningKey(models.Model):
    """A key that signs or signed heads. The private half is never in the database."""

    key_id = models.CharField(max_length=8, primary_key=True)
    """The C2SP key id, 8 hex digits."""
    name = models.CharField(max_length=120)
    algorithm = models.CharField(max_length=12)
    public = models.BinaryField()
    since = models.DateTimeField()
    from_size = models.BigIntegerField()
    until = models.DateTimeField(null=True)
    statement = models.TextField(default="")
    """For a key that follows another: its introduction, signed by the one before."""


class Witness(models.Model):
    """One handing-over of a head to an outside witness, and what came of it."""

    name = models.CharField(max_length=120)
    size = models.BigIntegerField()
    at = models.DateTimeField()
    outcome = models.CharField(max_length=20)
    """given, failed"""
    message = models.CharField(max_length=300, default="")

    class Meta:
        indexes = [models.Index(fields=["name", "-id"])]
