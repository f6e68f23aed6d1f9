"""Removing delivered files in which an erased subject stands. Part of this room's actions; the owner's role only."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from goodfaith.common import history
from goodfaith.common.acting import Acting
from goodfaith.intake.models import DeliveryChunk, Refusal
from goodfaith.records import queries as records


@transaction.atomic
def do_remove_files(*, acting: Acting, at: dt.datetime, subject_id: UUID) -> int:
    """Remove the files, and the values of the findings, of all deliveries that brought a record of the subject.

    Counts, receipt and SHA-256 of the deliveries stay. How many deliveries still had their file.
    """
    deliveries = records.deliveries_of(subject_id)
    had = list(
        DeliveryChunk.objects.filter(delivery_id__in=deliveries).values_list("delivery_id", flat=True).distinct()
    )
    DeliveryChunk.objects.filter(delivery_id__in=had).delete()
    Refusal.objects.filter(delivery_id__in=deliveries, level="preview").delete()
    Refusal.objects.filter(delivery_id__in=deliveries).update(value_sealed=None)
    history.note(
        acting=acting, at=at, action="intake.remove_files", object_type="subject", object_id=subject_id,
        after={"deliveries": [str(one) for one in had]},
    )  # fmt: skip
    return len(had)
