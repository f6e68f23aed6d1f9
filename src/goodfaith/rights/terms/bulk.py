"""The terms of all current negative records at once: one statement over ``records_record`` and ``law_term``.

Says the same as the rule classes (``tests/rights/test_terms_bulk.py`` binds the two); no loop, no record read twice.
Needs a role that may read records: the worker's or the owner's, or a function of the database.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

START = "coalesce(lower(r.display), CASE WHEN t.counted_from = 'decided' THEN r.decided_on END)"
"""The day that months are counted from: display's first, and for what is not shown the day of the decision."""
EARLIEST = f"CASE WHEN t.applies THEN ({START} + make_interval(months => t.min_months))::date END"
TERMS = f"""
    SELECT r.subject_id, r.id AS record_id, r.version, coalesce(t.level, 'none') AS level,
           {EARLIEST} AS earliest, upper(r.display) - 1 AS last_day, coalesce(t.barred, false) AS barred
    FROM records_record r
    LEFT JOIN law_term t ON t.version = r.display_version AND t.class_code = r.display_class
    WHERE r.superseded_at IS NULL AND r.polarity = 'negative'"""  # noqa: S608 - constants
"""make_interval's months stop at the month's last day, as the law's do; lower and upper of an empty or open range are
null."""


@dataclass(frozen=True, slots=True)
class BulkTerms:
    """One record's terms as far as they are needed in bulk; see :class:`goodfaith.rights.terms.Terms`."""

    subject_id: uuid.UUID
    record_id: uuid.UUID
    version: int
    level: str
    earliest: dt.date | None
    last_day: dt.date | None
    barred: bool


def statement(
    *,
    subject: uuid.UUID | None = None,
    item: str | None = None,
    opens_from: dt.date | None = None,
    opens_before: dt.date | None = None,
) -> tuple[str, dict[str, Any]]:
    """The statement and its parameters, narrowed to a subject, an item, or the days on which repair first opens
    (half-open). It can stand as a subquery."""
    asked = {
        "subject": (subject, "r.subject_id = %(subject)s"),
        "item": (item, "r.item_id = %(item)s"),
        "opens_from": (opens_from, f"{EARLIEST} >= %(opens_from)s"),
        "opens_before": (opens_before, f"{EARLIEST} < %(opens_before)s"),
    }
    given = {name: (value, test) for name, (value, test) in asked.items() if value is not None}
    tests = "".join(f" AND {test}" for _, test in given.values())
    return TERMS + tests, {name: value for name, (value, _) in given.items()}


def terms(**narrowed: Any) -> Iterator[BulkTerms]:
    """The rows of :func:`statement`, read in pieces."""
    sql, values = statement(**narrowed)
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, values)
        for row in cursor:
            yield BulkTerms(*row)
