"""What every room writes: the history of actions."""

from __future__ import annotations

from django.db import models


class History(models.Model):
    """One action, by whom, with what was before and after. Never holds a person's name or number.

    Append-only: the web's and the jobs' roles may INSERT and SELECT, nothing else.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    actor_kind = models.CharField(max_length=20)
    actor_id = models.CharField(max_length=100)
    actor_name = models.CharField(max_length=200)
    unit = models.CharField(max_length=40, null=True)
    action = models.CharField(max_length=80)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=80)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        indexes = [models.Index(fields=["object_type", "object_id"])]
        verbose_name = "操作历史"
