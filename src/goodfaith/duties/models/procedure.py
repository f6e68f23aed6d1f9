"""The procedures as the database holds them, and what happened in each."""

from __future__ import annotations

from django.db import models


class Transition(models.Model):
    """Which act leads from which step to which. Written anew with every migration (``do_load_procedures``)."""

    id = models.BigAutoField(primary_key=True)
    procedure = models.CharField(max_length=12)
    frm = models.CharField(max_length=20)
    act = models.CharField(max_length=20)
    to = models.CharField(max_length=20)
    by = models.CharField(max_length=12)
    final = models.BooleanField()
    decides = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure", "frm", "act", "by", "to"], name="duty_transition_once")
        ]


class Event(models.Model):
    """One act on a document, an assignment, a notice, a round or a question. Append-only.

    ``text`` is what an officer wrote; a citizen's words stand sealed in :class:`.Question` and never here.
    """

    id = models.BigAutoField(primary_key=True)
    procedure = models.CharField(max_length=12)
    object_id = models.CharField(max_length=40)
    duty = models.ForeignKey("duties.Duty", null=True, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    act = models.CharField(max_length=20)
    frm = models.CharField(max_length=20)
    to = models.CharField(max_length=20)
    actor_kind = models.CharField(max_length=20)
    actor_id = models.CharField(max_length=100)
    actor_name = models.CharField(max_length=200)
    unit = models.CharField(max_length=40, null=True)
    text = models.TextField(default="")
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["procedure", "object_id", "id"], name="duty_event_of_object"),
            models.Index(fields=["duty", "id"], name="duty_event_of_duty"),
        ]
