"""The list of deliveries as an office looks through it: filtered, searched, sorted, page by page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from goodfaith.intake.models import Delivery
from goodfaith.intake.queries import PAGE, Page

SORTS = ("created_at", "filename", "rows", "refused", "committed_at")
"""What the list may be sorted by; with "-" before it, downwards."""
NEWEST = "-created_at"
FOR_THE_CLERK = ("mapped", "checked", "failed")
"""States in which a delivery waits for a person."""
EXPORT_STEP = 500


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; an empty value narrows nothing. ``text``: in the file's name or the receipt."""

    unit: str = ""
    item: str = ""
    states: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    text: str = ""


def found(wanted: Wanted, sort: str = NEWEST) -> QuerySet[Delivery]:
    """The deliveries with their unit and item, in order; an unknown ``sort`` means the newest first."""
    deliveries = Delivery.objects.select_related("unit", "item").filter(_narrowed(wanted))
    order = sort if sort.removeprefix("-") in SORTS else NEWEST
    return deliveries.order_by(order, "-pk")


def _narrowed(wanted: Wanted) -> Q:
    narrow = Q()
    for name, value in (("unit", wanted.unit), ("item", wanted.item), ("state__in", wanted.states)):
        narrow &= Q(**{name: value}) if value else Q()
    narrow &= Q(created_at__date__gte=wanted.since) if wanted.since else Q()
    narrow &= Q(created_at__date__lte=wanted.until) if wanted.until else Q()
    if wanted.text:
        narrow &= Q(filename__icontains=wanted.text) | Q(receipt_no__icontains=wanted.text)
    return narrow


def listed(wanted: Wanted, sort: str = NEWEST, page: int = 1) -> Page:
    """One page; a page beyond the last is the last."""
    rows = found(wanted, sort)
    total = rows.count()
    number = min(max(1, page), max(1, -(-total // PAGE)))
    return Page(list(rows[(number - 1) * PAGE : number * PAGE]), number, total)


def all_listed(wanted: Wanted, sort: str = NEWEST, limit: int = 20_000) -> Iterator[Delivery]:
    """Every delivery of the list up to ``limit``, read in steps."""
    return iter(found(wanted, sort)[:limit].iterator(chunk_size=EXPORT_STEP))


def waiting(unit: str) -> int:
    """How many deliveries of a unit wait for its clerk."""
    return Delivery.objects.filter(unit=unit, state__in=FOR_THE_CLERK).count()
