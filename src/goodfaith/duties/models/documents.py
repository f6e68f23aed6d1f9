"""Documents as they were uploaded and read, and what the reviewers made of the reading."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

MODES = ("lead+others", "joint", "single", "first_is_lead", "lead_only")
DISCLOSURES = ("open", "on_request", "shared")
DEADLINES = ("none", "on", "ongoing", "yearly")
MONTH_DAY = r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"


def deadline_fits(prefix: str) -> Q:
    """The condition that kind, day and month-day of a deadline agree."""
    kind, on, yearly = f"{prefix}_kind", f"{prefix}_on", f"{prefix}_yearly"
    return (
        Q(**{f"{kind}__in": ["none", "ongoing"], f"{on}__isnull": True, yearly: ""})
        | Q(**{kind: "on", f"{on}__isnull": False, yearly: ""})
        | Q(**{kind: "yearly", f"{on}__isnull": True, f"{yearly}__regex": MONTH_DAY})
    )


class Paper(models.Model):
    """A file as it came: documents, evidence, materials. Append-only."""

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=200)
    media = models.CharField(max_length=120)
    size = models.IntegerField()
    sha256 = models.CharField(max_length=64)
    data = models.BinaryField()
    at = models.DateTimeField()
    by = models.CharField(max_length=100)


class Document(models.Model):
    """An official document in review, adopted or discarded. ``text``, ``reading`` and ``reader`` stay as they were."""

    id = models.BigAutoField(primary_key=True)
    step = models.CharField(max_length=20)
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT)
    text = models.TextField()
    reading = models.JSONField()
    reader = models.CharField(max_length=60)
    """Which reader read it: version of the program and digest of the reader's sources."""
    title = models.CharField(max_length=300)
    doc_no = models.CharField(max_length=80, default="")
    issuer = models.CharField(max_length=200, default="")
    signed = models.DateField(null=True)
    printed = models.DateField(null=True)
    addressees = models.JSONField(default=list)
    cites = models.JSONField(default=list)
    """[{"title", "doc_no"}]"""
    uploaded_at = models.DateTimeField()
    uploaded_by = models.CharField(max_length=100)
    uploaded_by_name = models.CharField(max_length=200)
    ready_at = models.DateTimeField(null=True)
    ready_by = models.CharField(max_length=100, null=True)
    ready_by_name = models.CharField(max_length=200, default="")
    adopted_at = models.DateTimeField(null=True)
    adopted_by = models.CharField(max_length=100, null=True)
    adopted_by_name = models.CharField(max_length=200, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(adopted_by__isnull=True) | ~Q(adopted_by=F("ready_by")), name="duty_adopted_by_another"
            ),
            models.CheckConstraint(
                condition=Q(step="adopted", adopted_at__isnull=False, adopted_by__isnull=False, ready_by__isnull=False)
                | ~Q(step="adopted") & Q(adopted_at__isnull=True, adopted_by__isnull=True),
                name="duty_document_adopted_whole",
            ),
        ]
        indexes = [models.Index(fields=["doc_no"], name="duty_document_no")]


class Clause(models.Model):
    """A clause as it was read, with or without a note that assigns it. Append-only."""

    id = models.UUIDField(primary_key=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="clauses")
    place = models.IntegerField()
    plan = models.CharField(max_length=300)
    chapter = models.CharField(max_length=300, default="")
    section = models.CharField(max_length=300, default="")
    number = models.CharField(max_length=40, default="")
    title = models.CharField(max_length=300, default="")
    text = models.TextField()
    start = models.IntegerField()
    end = models.IntegerField()
    assigned = models.BooleanField()
    """Whether a note of responsibility stands with it."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "place"], name="duty_clause_place")]


class Proposal(models.Model):
    """A duty as proposed: read, or made by a reviewer. Every state before is in :class:`Revision`."""

    id = models.UUIDField(primary_key=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="proposals")
    clause = models.ForeignKey(Clause, null=True, on_delete=models.PROTECT, related_name="proposals")
    """The clause that it was read from; null: a reviewer marked the words."""
    origin = models.CharField(max_length=8)
    """read, added, split, joined"""
    state = models.CharField(max_length=8)
    """pending, accepted, dropped, replaced (split or joined), void (an addition that was undone)"""
    reason = models.CharField(max_length=500, default="")
    plan = models.CharField(max_length=300)
    chapter = models.CharField(max_length=300, default="")
    section = models.CharField(max_length=300, default="")
    number = models.CharField(max_length=40, default="")
    title = models.CharField(max_length=300, default="")
    text = models.TextField()
    start = models.IntegerField()
    end = models.IntegerField()
    note = models.TextField(default="")
    note_start = models.IntegerField()
    note_end = models.IntegerField()
    mode = models.CharField(max_length=16)
    due_kind = models.CharField(max_length=8)
    due_on = models.DateField(null=True)
    due_yearly = models.CharField(max_length=5, default="")
    open_ended = models.BooleanField(default=False)
    disclosure = models.CharField(max_length=10)
    units = models.JSONField(default=list)
    """[{"part", "name", "full", "kind", "units"}]: see :class:`goodfaith.duties.shapes.Named`."""
    doubts = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=deadline_fits("due"), name="duty_proposal_deadline"),
            models.CheckConstraint(condition=Q(mode__in=MODES), name="duty_proposal_mode"),
            models.CheckConstraint(condition=Q(disclosure__in=DISCLOSURES), name="duty_proposal_disclosure"),
            models.CheckConstraint(
                condition=Q(state__in=["pending", "accepted", "dropped", "replaced", "void"]),
                name="duty_proposal_state",
            ),
            models.CheckConstraint(condition=~Q(state="dropped") | ~Q(reason=""), name="duty_dropped_with_reason"),
            models.CheckConstraint(condition=Q(start__lte=F("end")), name="duty_proposal_span"),
        ]
        indexes = [models.Index(fields=["document", "start"], name="duty_proposal_order")]


class Revision(models.Model):
    """One act of review with the proposals before and after it. Append-only; undoing is another revision."""

    id = models.BigAutoField(primary_key=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="revisions")
    at = models.DateTimeField()
    by = models.CharField(max_length=100)
    by_name = models.CharField(max_length=200)
    act = models.CharField(max_length=12)
    """accept, mend, split, join, add, drop, units, head, undo"""
    before = models.JSONField()
    after = models.JSONField()
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="undone")


class UnitName(models.Model):
    """What a name in a document stands for, as a person confirmed it. A later confirmation ends the earlier."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10)
    """unit, set, collective, outside"""
    units = ArrayField(models.CharField(max_length=40))
    at = models.DateTimeField()
    by = models.CharField(max_length=100)
    by_name = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name"], condition=Q(ended_at__isnull=True), name="duty_name_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["unit", "set", "collective", "outside"]), name="duty_name_kind"
            ),
        ]


class ClauseLink(models.Model):
    """A clause of a later document and the clause of an earlier one that it carries on."""

    id = models.BigAutoField(primary_key=True)
    later = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="carries_on")
    earlier = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="carried_on")
    state = models.CharField(max_length=9)
    """suggested, confirmed, refused"""
    likeness = models.FloatField()
    """0–1, of titles and texts; 1.0 when a person chose it unsuggested."""
    at = models.DateTimeField()
    by = models.CharField(max_length=100, null=True)
    by_name = models.CharField(max_length=200, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["later", "earlier"], name="duty_link_once"),
            models.CheckConstraint(
                condition=Q(state__in=["suggested", "confirmed", "refused"]), name="duty_link_state"
            ),
            models.CheckConstraint(
                condition=Q(state="suggested") | Q(by__isnull=False), name="duty_link_confirmed_by_somebody"
            ),
        ]
