"""Suspected duplicates: finding and storing them. They only lead to review; nothing is merged here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from uuid import UUID

from django.db import connection
from psycopg.types.json import Jsonb

from goodfaith.common import history
from goodfaith.common.acting import Acting
from goodfaith.common.ids import uuid7
from goodfaith.subjects.models import Judgement
from goodfaith.subjects.rules import reason

Pair = tuple[bytes, bytes, str]
"""Two subjects' ids, and the code of the reason."""

SAME_NAMES = """
    WITH new AS MATERIALIZED (
        SELECT unnest(string_to_array(%(new)s, ',')::uuid[]) AS id
    ), named AS MATERIALIZED (
        SELECT o.subject_id, translate(upper(normalize(o.name, NFKC)), '•‧ ', '··') AS plain, new.id IS NOT NULL AS new
        FROM subjects_organisation o LEFT JOIN new ON new.id = o.subject_id
        WHERE o.kind <> 'individual_business' AND o.uscc IS NOT NULL
    ), shared AS (
        SELECT plain FROM named GROUP BY plain HAVING count(*) > 1 AND bool_or(new)
    ), met AS (
        SELECT n.subject_id, n.new, first_value(n.subject_id) OVER eldest AS eldest,
               first_value(n.new) OVER eldest AS eldest_new
        FROM named n JOIN shared USING (plain) WINDOW eldest AS (PARTITION BY n.plain ORDER BY n.subject_id)
    )
    SELECT uuid_send(eldest), uuid_send(subject_id) FROM met
    WHERE eldest <> subject_id AND (new OR eldest_new)
"""


def same_names(created: Collection[bytes]) -> list[Pair]:
    """New organisations whose name another organisation has under another credit code.

    Each is paired with the eldest of the name, so that many of one name make a star and not a mesh.
    """
    with connection.cursor() as cursor:
        cursor.execute(SAME_NAMES, {"new": ",".join([one.hex() for one in created])})
        return [(bytes(a), bytes(b), "same_name") for a, b in cursor.fetchall()]


def raise_all(
    pairs: Iterable[Pair], *, acting: Acting, at: dt.datetime, delivery_id: UUID | None, kind: str = "organisation"
) -> int:
    """Store the suspicions that are not stored yet; how many were new. One history row for all."""
    unique = {(min(a, b), max(a, b)): code for a, b, code in pairs if a != b}
    if not unique:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO subjects_suspicion (id, left_id, right_id, kind, reasons, raised_at, delivery_id)"
            " SELECT i, l, r, %s, x, %s, %s FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::jsonb[]) n(i, l, r, x)"
            " ON CONFLICT (left_id, right_id) DO NOTHING",
            [
                kind, at, delivery_id, [uuid7() for _ in unique], [UUID(bytes=a) for a, _ in unique],
                [UUID(bytes=b) for _, b in unique], [Jsonb([reason(code)]) for code in unique.values()],
            ],
        )  # fmt: skip
        raised: int = cursor.rowcount
    if raised:
        history.note(
            acting=acting, at=at, action="subjects.raise_suspicion", object_type="delivery",
            object_id=delivery_id or "", after={"raised": raised},
        )  # fmt: skip
    return raised


def standing_clusters() -> dict[bytes, bytes]:
    """Every subject that stands judged "same" with another → one subject of its cluster."""
    head: dict[bytes, bytes] = {}

    def top(one: bytes) -> bytes:
        while head.get(one, one) != one:
            one = head[one]
        return one

    standing = Judgement.objects.filter(verdict="same", withdrawn_at=None)
    for left, right in standing.values_list("left", "right"):
        a, b = top(left.bytes), top(right.bytes)
        head.setdefault(a, a)
        head[b] = a
    return {one: top(one) for one in head}
