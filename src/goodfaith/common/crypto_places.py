"""Where values stand that are sealed under the installation's keys: to count them by key and to seal them anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from goodfaith.common import crypto, history
from goodfaith.common.acting import Acting

BATCH = 500


@dataclass(frozen=True)
class Place:
    """One column. ``value`` is the SQL of its bytes, ``store`` of setting it to ``n.value``, ``context`` of what the
    value is bound to."""

    table: str
    value: str
    store: str
    context: str = "''::bytea"

    @property
    def name(self) -> str:
        """For people: table and column."""
        return f"{self.table}.{self.store.split(' ')[0]}"


def _column(table: str, column: str, context: str = "''::bytea") -> Place:
    return Place(table, f"t.{column}", f"{column} = n.value", context)


def _part(part: str) -> str:
    """A text of a complaint or a case is bound to its row and to which text it is."""
    return f"convert_to(replace(t.id::text, '-', '') || '/{part}', 'UTF8')"


def _factor(member: str) -> Place:
    """A secret of the second factor: base64 in a member of JSON."""
    text = "to_jsonb(translate(encode(n.value, 'base64'), E'\\n', ''))"
    stored = f"data = jsonb_set(t.data::jsonb, '{{{member}}}', {text})"
    value = f"decode(t.data::jsonb ->> '{member}', 'base64')"
    return Place("mfa_authenticator", value, stored, "convert_to('second-factor', 'UTF8')")


RENEWED = (
    _column("intake_deliverychunk", "sealed"),
    _column("intake_refusal", "value_sealed"),
    _column("inquiry_batchattachment", "sealed"),
    _column("inquiry_batchrow", "asked_sealed"),
    _column("inquiry_batchrow", "answer_sealed"),
    _column("oversight_complaint", "text", _part("text")),
    _column("oversight_complaint", "answer", _part("answer")),
    _column("rights_text", "sealed", _part("text")),
    _column("rights_file", "name_sealed", _part("name")),
    _column("rights_file", "sealed", _part("file")),
    _column("duties_question", "text", _part("text")),
    _column("duties_question", "answer", _part("answer")),
    _factor("secret"),
    _factor("seed"),
)
"""Sealed under the installation's key itself; rotation seals them anew."""
BY_SUBJECT = (
    _column("subjects_key", "wrapped"),
    _column("subjects_person", "name_sealed"),
    _column("subjects_identifier", "sealed"),
    _column("records_record", "sealed"),
    _column("records_statement", "sealed"),
)
"""Subjects' keys (rotation wraps them anew); and what subjects' keys seal, or, from before, the installation's."""


def _stands(place: Place) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [place.table])
        return bool(cursor.fetchone()[0])


def counts(places: Sequence[Place] = RENEWED + BY_SUBJECT) -> dict[tuple[str, int, int], int]:
    """How many values stand under which key: (place, suite byte, number) → count. Reads whole tables."""
    found = {}
    for place in filter(_stands, places):
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT get_byte({place.value}, 0), get_byte({place.value}, 1), count(*)"  # noqa: S608
                f" FROM {place.table} t WHERE {place.value} IS NOT NULL GROUP BY 1, 2"
            )
            found.update({(place.name, suite, number): count for suite, number, count in cursor.fetchall()})
    return found


@transaction.atomic
def do_renew(*, acting: Acting, at: dt.datetime, place: Place, limit: int = BATCH) -> int:
    """Seal the next values of a place anew that stand under an older key or the other suite; how many. 0: none left.

    Interrupted, it goes on from anywhere: what is done is not met again.
    """
    if not _stands(place):
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT t.ctid::text, {place.value}, {place.context} FROM {place.table} t"  # noqa: S608
            f" WHERE substr({place.value}, 1, 2) <> %s LIMIT %s FOR UPDATE",
            [crypto.head(), limit],
        )
        rows = [(row, bytes(value), bytes(context)) for row, value, context in cursor.fetchall()]
        sealed = crypto.seal_many(
            [crypto.unseal(value, context) for _, value, context in rows], [context for *_, context in rows]
        )
        cursor.execute(
            f"UPDATE {place.table} t SET {place.store}"  # noqa: S608
            " FROM unnest(%s::tid[], %s::bytea[]) n(row, value) WHERE t.ctid = n.row",
            [[row for row, *_ in rows], sealed],
        )
    if rows:
        history.note(
            acting=acting, at=at, action="common.renew_sealing", object_type="table", object_id=place.name,
            after={"values": len(rows), "key": crypto.keys().newest},
        )  # fmt: skip
    return len(rows)
