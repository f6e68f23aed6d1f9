"""Putting records of before under the keys of their subjects. Part of this room's actions; the owner's role only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import connection, transaction

from goodfaith.common import crypto, crypto_subject, history
from goodfaith.common.acting import Acting
from goodfaith.subjects.keyring import Keyring

OLDER = """
    SELECT r.subject_id, r.id, r.version, r.sealed FROM records_record r
    WHERE r.subject_id = ANY (%s) AND get_byte(r.sealed, 0) < 3 FOR UPDATE
"""
STORE = """
    UPDATE records_record r SET sealed = n.sealed
    FROM unnest(%s::uuid[], %s::uuid[], %s::smallint[], %s::bytea[]) n(subject_id, id, version, sealed)
    WHERE r.subject_id = n.subject_id AND r.id = n.id AND r.version = n.version
"""


@transaction.atomic
def do_reseal_records(*, acting: Acting, at: dt.datetime, subjects: Sequence[UUID]) -> int:
    """Seal what of these subjects' records stands under the installation's key under the subjects' own.

    Nothing but ``sealed`` changes (the table's guard holds that, and that only the owner does it), and what it
    holds stays the same. How many records those were.
    """
    with connection.cursor() as cursor:
        cursor.execute(OLDER, [list(subjects)])
        rows = cursor.fetchall()
        if not rows:
            return 0
        values = [crypto.unseal(row[3]) for row in rows]
        contexts = [
            crypto_subject.context(subject, crypto_subject.record_place(record, version))
            for subject, record, version, _ in rows
        ]
        sealed = Keyring().seal([row[0].bytes for row in rows], contexts, values)
        cursor.execute("SET LOCAL goodfaith.reseal = 'on'")
        cursor.execute(STORE, [[row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows], sealed])
        cursor.execute("SET LOCAL goodfaith.reseal = 'off'")
    history.note(
        acting=acting, at=at, action="records.reseal", object_type="subject", object_id=subjects[0],
        after={"subjects": len(subjects), "records": len(rows)},
    )  # fmt: skip
    return len(rows)
