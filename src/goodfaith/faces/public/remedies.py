"""An organisation's open record as the remedy calculator wants it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from goodfaith.faces.parts.remedy import Remedy, remedy
from goodfaith.records.queries import OpenRecord
from goodfaith.rights.terms import Span


@dataclass(frozen=True, slots=True)
class _Open:
    item: str
    polarity: str
    status: str
    decided_on: dt.date
    document_no: str | None
    source_unit: str
    display: Span
    display_class: str
    display_version: str
    in_force: Span
    disclosure: str = "open"


def remedy_of(record: OpenRecord) -> Remedy | None:
    """The panel beside an open record; None for one that is not negative."""
    return remedy(
        _Open(
            record.item, record.polarity, record.status, record.decided_on, record.document_no, record.source_unit,
            Span(record.shown_from, record.shown_before), record.display_class, record.display_version,
            Span(record.in_force_from, record.in_force_before),
        )
    )  # fmt: skip
