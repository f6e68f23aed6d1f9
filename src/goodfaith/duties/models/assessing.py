"""Assessment rounds. Only units are rated: every key here leads to a unit, and a trigger lets public bodies in only."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

KINDS = ("department", "county", "demonstration")


class Round(models.Model):
    """One assessment. ``scheme`` is the pack's definition as it stood; weights add up to 100 (constraint in SQL)."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=13)
    code = models.CharField(max_length=60)
    scheme = models.JSONField()
    title = models.CharField(max_length=200)
    since = models.DateField()
    until = models.DateField()
    """The first day no longer measured."""
    step = models.CharField(max_length=20)
    self_by = models.DateField()
    """Last day of the self-scores."""
    object_by = models.DateField(null=True)
    """Last day of objections; set when the review is done."""
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=100)
    made_by_name = models.CharField(max_length=200)
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=100, null=True)
    published_by_name = models.CharField(max_length=200, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="duty_round_kind"),
            models.CheckConstraint(condition=Q(since__lt=F("until")), name="duty_round_range"),
            models.CheckConstraint(
                condition=Q(step="published", published_at__isnull=False)
                | ~Q(step="published") & Q(published_at__isnull=True),
                name="duty_round_published_whole",
            ),
        ]


class Entry(models.Model):
    """A unit in a round."""

    id = models.BigAutoField(primary_key=True)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="entries")
    unit = models.ForeignKey("parties.Unit", on_delete=models.PROTECT, related_name="duty_entries")
    self_done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "unit"], name="duty_entry_once")]


class Score(models.Model):
    """One indicator of one unit. Points lie between 0 and the indicator's weight.

    ``measured``: what the platform measured, as a share of 0–1 (null: nothing to measure), with its ``inputs``.
    """

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="scores")
    indicator = models.CharField(max_length=60)
    weight = models.FloatField()
    source = models.CharField(max_length=8)
    """figure, duties, self, reviewer"""
    measured = models.FloatField(null=True)
    measured_at = models.DateTimeField(null=True)
    inputs = models.JSONField(default=dict)
    self_points = models.FloatField(null=True)
    self_text = models.TextField(default="")
    self_by = models.CharField(max_length=100, null=True)
    points = models.FloatField(null=True)
    """As reviewed; null until then, or where nothing could be measured."""
    applies = models.BooleanField(default=True)
    """False: nothing to measure or not this unit's; its weight does not count."""
    review_text = models.TextField(default="")
    reviewed_by = models.CharField(max_length=100, null=True)
    reviewed_by_name = models.CharField(max_length=200, default="")
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "indicator"], name="duty_score_once"),
            models.CheckConstraint(
                condition=Q(points__isnull=True) | Q(points__gte=0, points__lte=F("weight")), name="duty_score_points"
            ),
            models.CheckConstraint(
                condition=Q(self_points__isnull=True) | Q(self_points__gte=0, self_points__lte=F("weight")),
                name="duty_score_self_points",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | Q(self_by__isnull=True) | ~Q(reviewed_by=F("self_by")),
                name="duty_score_reviewed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(source__in=["figure", "duties", "self", "reviewer"]), name="duty_score_source"
            ),
        ]


class Objection(models.Model):
    """A unit's objection to one of its scores, answered by an officer who did not review that score."""

    id = models.BigAutoField(primary_key=True)
    score = models.ForeignKey(Score, on_delete=models.PROTECT, related_name="objections")
    text = models.TextField()
    at = models.DateTimeField()
    by = models.CharField(max_length=100)
    by_name = models.CharField(max_length=200)
    outcome = models.CharField(max_length=8, default="")
    """kept, changed"""
    answer = models.TextField(default="")
    points_before = models.FloatField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=100, null=True)
    answered_by_name = models.CharField(max_length=200, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["score"], condition=Q(answered_at__isnull=True), name="duty_objection_open_once"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, outcome="")
                | Q(answered_at__isnull=False, answered_by__isnull=False, outcome__in=["kept", "changed"])
                & ~Q(answer=""),
                name="duty_objection_answered_whole",
            ),
        ]
