"""Questions about duties."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from goodfaith.duties.models.ledger import Duty


class Question(models.Model):
    """An account's question about a duty. Words are sealed; who asked is a keyed digest, so that no list of who asks
    what can be read from the tables. ``shown_*``: what was published, without names.
    """

    id = models.UUIDField(primary_key=True)
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="questions")
    asker = models.BinaryField(max_length=16)
    unit = models.ForeignKey("parties.Unit", null=True, on_delete=models.PROTECT, related_name="duty_questions")
    """Who answers; null: the office, where no unit of the registry holds the duty."""
    step = models.CharField(max_length=20)
    text = models.BinaryField()
    may_publish = models.BooleanField()
    """The asker agreed."""
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    why = models.CharField(max_length=300, default="")
    """By which rule it is due then."""
    answer = models.BinaryField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=100, null=True)
    shown_question = models.TextField(null=True)
    shown_answer = models.TextField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(step="answered", answer__isnull=False, answered_at__isnull=False)
                | ~Q(step="answered") & Q(answer__isnull=True, answered_at__isnull=True),
                name="duty_question_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(shown_question__isnull=True, shown_answer__isnull=True)
                | Q(shown_question__isnull=False, shown_answer__isnull=False, may_publish=True, step="answered"),
                name="duty_question_shown_if_agreed",
            ),
        ]
        indexes = [
            models.Index(fields=["asker", "-asked_at"], name="duty_questions_of_asker"),
            models.Index(fields=["unit", "due_on"], name="duty_questions_of_unit"),
        ]
