"""The ledger of duties: who holds each, since when, how far it is."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from goodfaith.duties.models.documents import DISCLOSURES, MODES, Document, Paper, Proposal, deadline_fits


class Duty(models.Model):
    """One adopted duty. Its words never change; deadline and end change through an approved :class:`Change`."""

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=20, unique=True)
    """Document's number and place in it: 12-3."""
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="duties")
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT)
    place = models.IntegerField()
    plan = models.CharField(max_length=300)
    chapter = models.CharField(max_length=300, default="")
    section = models.CharField(max_length=300, default="")
    clause_no = models.CharField(max_length=40, default="")
    title = models.CharField(max_length=300)
    text = models.TextField()
    note = models.TextField(default="")
    start = models.IntegerField()
    end = models.IntegerField()
    mode = models.CharField(max_length=16)
    several_leads = models.BooleanField()
    """The document itself names more than one lead, or a set of units."""
    disclosure = models.CharField(max_length=10)
    due_kind = models.CharField(max_length=8)
    due_on = models.DateField(null=True)
    due_yearly = models.CharField(max_length=5, default="")
    starts_on = models.DateField()
    """Yearly ones: the first instance is the first due day on or after it."""
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=deadline_fits("due"), name="duty_deadline"),
            models.CheckConstraint(condition=Q(mode__in=MODES), name="duty_mode"),
            models.CheckConstraint(condition=Q(disclosure__in=DISCLOSURES), name="duty_disclosure"),
        ]
        indexes = [models.Index(fields=["document", "place"], name="duty_order")]


class DutyUnit(models.Model):
    """Who has a part in a duty, from when to when (half-open). A successor follows on the same ``line``.

    ``written`` and ``full`` stay the document's words. ``unit`` null: a collective name or a body outside the registry.
    """

    id = models.BigAutoField(primary_key=True)
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="lines")
    line = models.SmallIntegerField()
    part = models.CharField(max_length=13)
    """lead, joint (equally responsible), participating"""
    written = models.CharField(max_length=200)
    full = models.CharField(max_length=200)
    kind = models.CharField(max_length=10)
    """unit, set, collective, outside"""
    unit = models.ForeignKey("parties.Unit", null=True, on_delete=models.PROTECT, related_name="duty_lines")
    several = models.BooleanField()
    """Copy of the duty's ``several_leads``, for the constraint."""
    since = models.DateField()
    until = models.DateField(null=True)
    change = models.ForeignKey("duties.Change", null=True, on_delete=models.PROTECT)
    """What it came by; null: adoption."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["duty"], condition=Q(part="lead", until__isnull=True, several=False), name="duty_has_one_lead"
            ),
            models.UniqueConstraint(
                fields=["duty", "line"], condition=Q(until__isnull=True), name="duty_line_held_once"
            ),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="duty_line_range"),
            models.CheckConstraint(condition=Q(part__in=["lead", "joint", "participating"]), name="duty_line_part"),
            models.CheckConstraint(
                condition=Q(kind__in=["unit", "set"], unit__isnull=False)
                | Q(kind__in=["collective", "outside"], unit__isnull=True),
                name="duty_line_unit",
            ),
        ]
        indexes = [models.Index(fields=["unit", "until"], name="duty_lines_of_unit")]


class Assignment(models.Model):
    """What one responsible line has to do in one period: once, or a year. ``id`` follows from these three, so that a
    row may be made when it is needed (:func:`goodfaith.duties.rules.assignment_id`)."""

    id = models.UUIDField(primary_key=True)
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="assignments")
    line = models.SmallIntegerField()
    period = models.CharField(max_length=4, default="")
    """"" for what is due once or goes on; the year of the due day for what is due every year."""
    due_on = models.DateField(null=True)
    step = models.CharField(max_length=20)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["duty", "line", "period"], name="duty_assignment_once"),
            models.CheckConstraint(
                condition=Q(step__in=["accepted", "ended"], closed_at__isnull=False)
                | ~Q(step__in=["accepted", "ended"]) & Q(closed_at__isnull=True),
                name="duty_assignment_closed_whole",
            ),
        ]
        indexes = [models.Index(fields=["due_on"], condition=Q(closed_at__isnull=True), name="duty_assignment_due")]


class WorkStep(models.Model):
    """A step that the responsible unit broke its assignment down into."""

    id = models.UUIDField(primary_key=True)
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="work_steps")
    place = models.SmallIntegerField()
    title = models.CharField(max_length=200)
    due_on = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)


class Evidence(models.Model):
    """What a unit shows for its progress. Only its class of disclosure changes, with a reason in the events.

    ``figure``: a code of the closed list with the value that the platform measured at ``at``, and what it was made of.
    ``disclosure``: never more open than the duty's; where that is narrowed later, the duty's holds (queries decide).
    ``cleared``: how a file was found to hold nothing of a person, when it was last made open.
    """

    id = models.UUIDField(primary_key=True)
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="evidence")
    assignment = models.ForeignKey(Assignment, null=True, on_delete=models.PROTECT, related_name="evidence")
    notice = models.ForeignKey("duties.Notice", null=True, on_delete=models.PROTECT, related_name="evidence")
    unit = models.CharField(max_length=40)
    kind = models.CharField(max_length=6)
    """file, link, figure"""
    title = models.CharField(max_length=200)
    url = models.CharField(max_length=500, default="")
    paper = models.ForeignKey(Paper, null=True, on_delete=models.PROTECT)
    figure = models.CharField(max_length=40, default="")
    value = models.FloatField(null=True)
    inputs = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.CharField(max_length=100)
    by_name = models.CharField(max_length=200)
    disclosure = models.CharField(max_length=10, default="shared")
    cleared = models.CharField(max_length=6, default="")
    """text (all its words were searched), person (somebody looked at it and answers for it)"""
    cleared_at = models.DateTimeField(null=True)
    cleared_by = models.CharField(max_length=100, null=True)
    cleared_by_name = models.CharField(max_length=200, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="file", paper__isnull=False, url="", figure="")
                | Q(kind="link", paper__isnull=True, figure="") & ~Q(url="")
                | Q(kind="figure", paper__isnull=True, url="") & ~Q(figure=""),
                name="duty_evidence_kind",
            ),
            models.CheckConstraint(condition=Q(disclosure__in=DISCLOSURES), name="duty_evidence_disclosure"),
            models.CheckConstraint(
                condition=Q(cleared="", cleared_at__isnull=True, cleared_by__isnull=True)
                | Q(cleared__in=["text", "person"], cleared_at__isnull=False, cleared_by__isnull=False),
                name="duty_evidence_cleared_whole",
            ),
            models.CheckConstraint(
                condition=~Q(kind="file", disclosure="open") | ~Q(cleared=""), name="duty_evidence_open_is_cleared"
            ),
            models.CheckConstraint(
                condition=Q(notice__isnull=True) | Q(disclosure="shared"), name="duty_evidence_of_notice_is_shared"
            ),
        ]


class Change(models.Model):
    """A change of deadline, of unit or the end of a duty, or a unit that followed another: asked, then approved by
    another officer. ``before`` and ``after`` say what."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=10)
    """deadline, unit, class, end, succession"""
    duty = models.ForeignKey(Duty, null=True, on_delete=models.PROTECT, related_name="changes")
    old_unit = models.ForeignKey("parties.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    new_unit = models.ForeignKey("parties.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    on = models.DateField(null=True)
    document_no = models.CharField(max_length=120, default="")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.CharField(max_length=1000)
    state = models.CharField(max_length=8)
    """asked, approved, refused"""
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=100)
    asked_by_name = models.CharField(max_length=200)
    asked_unit = models.CharField(max_length=40)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=100, null=True)
    decided_by_name = models.CharField(max_length=200, default="")
    decision = models.CharField(max_length=1000, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")), name="duty_change_by_another"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="duty_change_with_reason"),
            models.CheckConstraint(
                condition=Q(state="asked", decided_at__isnull=True)
                | Q(state__in=["approved", "refused"], decided_at__isnull=False, decided_by__isnull=False),
                name="duty_change_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["deadline", "unit", "class", "end"], duty__isnull=False)
                | Q(
                    kind="succession",
                    duty__isnull=True,
                    old_unit__isnull=False,
                    new_unit__isnull=False,
                    on__isnull=False,
                )
                & ~Q(document_no=""),
                name="duty_change_kind",
            ),
            models.UniqueConstraint(fields=["duty", "kind"], condition=Q(state="asked"), name="duty_change_asked_once"),
        ]


class Reminder(models.Model):
    """A unit was reminded of an assignment. One of each kind and day; append-only."""

    id = models.BigAutoField(primary_key=True)
    assignment = models.UUIDField()
    unit = models.CharField(max_length=40)
    kind = models.CharField(max_length=10)
    """unreceived, before, overdue"""
    on = models.DateField()
    """The day it fell due, not the day the worker came to it."""
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assignment", "kind", "on"], name="duty_reminded_once")]
        indexes = [models.Index(fields=["unit", "-on"], name="duty_reminders_of_unit")]
