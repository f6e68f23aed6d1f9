"""Reading deliveries for the faces. Nothing here reads a row of a file: those come through the gate."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from goodfaith.intake.models import Delivery
from goodfaith.intake.receipts import Receipt, receipt_of
from goodfaith.intake.rules import STATE_NAMES

PAGE = 30
SUMS = ("rows", "good", "refused", "repeated", "warned", "added", "revised", "late")
__all__ = ["PAGE", "STATE_NAMES", "Page", "deliveries", "delivery", "receipt", "totals"]


@dataclass(frozen=True)
class Page:
    """One page of deliveries, newest first; ``total`` of all pages."""

    deliveries: list[Delivery]
    number: int
    total: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


def _filtered(
    unit: str | None, item: str | None, state: str | None, since: dt.date | None, until: dt.date | None
) -> QuerySet[Delivery]:
    found = Delivery.objects.select_related("unit", "item")
    wanted: dict[str, Any] = {
        "unit": unit, "item": item, "state": state, "created_at__date__gte": since, "created_at__date__lte": until
    }  # fmt: skip
    return found.filter(**{name: value for name, value in wanted.items() if value})


def deliveries(
    unit: str | None = None, *, item: str | None = None, state: str | None = None, since: dt.date | None = None,
    until: dt.date | None = None, page: int = 1,
) -> Page:  # fmt: skip
    """Deliveries of a unit (of all units: None), filtered, newest first, :data:`PAGE` a page."""
    found = _filtered(unit, item, state, since, until)
    number = max(1, page)
    rows = found.order_by("-created_at", "-pk")[(number - 1) * PAGE : number * PAGE]
    return Page(list(rows), number, found.count())


def delivery(delivery_id: uuid.UUID) -> Delivery | None:
    """One delivery with its unit and item; None when there is none."""
    return Delivery.objects.select_related("unit", "item").filter(pk=delivery_id).first()


def receipt(delivery_id: uuid.UUID) -> Receipt | None:
    """The receipt of a committed delivery; None before that."""
    found = delivery(delivery_id)
    return receipt_of(found) if found else None


def totals(unit: str | None = None, *, since: dt.date | None = None, until: dt.date | None = None) -> dict[str, int]:
    """Sums over committed deliveries, and how many deliveries wait for the clerk (``waiting``) or failed."""
    found = _filtered(unit, None, None, since, until)
    counts = found.aggregate(
        deliveries=Count("pk", filter=Q(state="committed")),
        waiting=Count("pk", filter=Q(state__in=["mapped", "checked"])),
        failed=Count("pk", filter=Q(state="failed")),
    )
    sums = found.filter(state="committed").aggregate(**{name: Sum(name) for name in SUMS})
    return {**counts, **{name: value or 0 for name, value in sums.items()}}
