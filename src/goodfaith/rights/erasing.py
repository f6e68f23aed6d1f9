"""Erasing, by order of law, what was said about a subject in its cases. Part of this room's actions; owner's role only.

Words and papers of cases stand under the installation's key, since both sides read them: destroying the subject's key
does not reach them. Its statements stand under its own key, and are gone with it.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import connection, transaction

from goodfaith.common import history
from goodfaith.common.acting import Acting

TABLES = {"rights_text": "sealed = NULL", "rights_file": "sealed = NULL, name_sealed = NULL"}


@transaction.atomic
def do_erase_words(*, acting: Acting, at: dt.datetime, subject_id: UUID) -> int:
    """Make the words and papers of all cases of the subject unreadable; how many. That the cases were, who acted in
    them and how they ended stays.
    """
    erased = 0
    with connection.cursor() as cursor:
        for table, change in TABLES.items():
            cursor.execute(
                f"UPDATE {table} t SET {change} FROM rights_case c"  # noqa: S608
                " WHERE c.id = t.case_id AND c.subject_id = %s AND t.sealed IS NOT NULL",
                [subject_id],
            )
            erased += cursor.rowcount
    history.note(
        acting=acting, at=at, action="rights.erase_words", object_type="subject", object_id=subject_id,
        after={"values": erased},
    )  # fmt: skip
    return erased
