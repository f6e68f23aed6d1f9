"""Wrapping subjects' keys anew, giving keys to subjects of before, and erasing a key. Part of this room's actions."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from goodfaith.common import crypto, crypto_subject, history
from goodfaith.common.acting import Acting
from goodfaith.common.problems import Problem
from goodfaith.subjects.keyring import LOCK, Keyring
from goodfaith.subjects.models import Subject, SubjectKey

BATCH = 20_000
NEXT = """
    SELECT uuid_send(k.subject_id), k.number, k.wrapped FROM subjects_key k
    WHERE k.wrapped IS NOT NULL AND substr(k.wrapped, 1, 2) <> %s AND (k.subject_id, k.number) > (%s, %s)
    ORDER BY k.subject_id, k.number LIMIT %s FOR UPDATE
"""
WRAP = """
    UPDATE subjects_key k SET wrapped = n.wrapped
    FROM unnest(%s::uuid[], %s::smallint[], %s::bytea[]) n(subject_id, number, wrapped)
    WHERE k.subject_id = n.subject_id AND k.number = n.number
"""
OLDER_NAMES = """
    SELECT p.subject_id, p.name_sealed FROM subjects_person p
    WHERE p.subject_id = ANY (%s) AND get_byte(p.name_sealed, 0) < 3 FOR UPDATE
"""
OLDER_NUMBERS = """
    SELECT i.id, i.subject_id, i.kind, i.sealed FROM subjects_identifier i
    WHERE i.subject_id = ANY (%s) AND get_byte(i.sealed, 0) < 3 FOR UPDATE
"""
START = (UUID(int=0), 0)
Place = tuple[UUID, int]
"""Subject and number of the last key that was looked at."""


@transaction.atomic
def do_rewrap_keys(*, acting: Acting, at: dt.datetime, after: Place = START, limit: int = BATCH) -> tuple[int, Place]:
    """Wrap the next keys that stand under an older key of the installation; (how many, where to go on).

    None left: 0. Interrupted, it goes on from anywhere: what is done is not met again.
    """
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [crypto.head(), *after, limit])
        rows = [(bytes(subject), number, bytes(wrapped)) for subject, number, wrapped in cursor.fetchall()]
        if not rows:
            return 0, after
        subjects, numbers = [row[0] for row in rows], [row[1] for row in rows]
        keys = [crypto_subject.unwrap(wrapped, subject, number) for subject, number, wrapped in rows]
        ids = [UUID(bytes=subject) for subject in subjects]
        cursor.execute(WRAP, [ids, numbers, crypto_subject.wrap_many(subjects, numbers, keys)])
    history.note(
        acting=acting, at=at, action="subjects.rewrap_keys", object_type="key", object_id=crypto.keys().newest,
        after={"keys": len(rows)},
    )  # fmt: skip
    return len(rows), (ids[-1], numbers[-1])


@transaction.atomic
def do_reseal_subjects(*, acting: Acting, at: dt.datetime, subjects: Sequence[UUID]) -> int:
    """Put the names and numbers of these subjects under keys of their own; how many values that were.

    Subjects that have no key get one. What stands under a subject's key already is left as it is.
    """
    keyring, count = Keyring(), 0
    keyring.keys([subject.bytes for subject in subjects])
    with connection.cursor() as cursor:
        cursor.execute(OLDER_NAMES, [list(subjects)])
        count += _names(keyring, cursor.fetchall())
        cursor.execute(OLDER_NUMBERS, [list(subjects)])
        count += _numbers(keyring, cursor.fetchall())
    if count:
        history.note(
            acting=acting, at=at, action="subjects.reseal", object_type="subject", object_id=subjects[0],
            after={"subjects": len(subjects), "values": count},
        )  # fmt: skip
    return count


def _names(keyring: Keyring, rows: Sequence[tuple[UUID, memoryview]]) -> int:
    contexts = [crypto_subject.context(subject, crypto_subject.NAME) for subject, _ in rows]
    values = keyring.seal([row[0].bytes for row in rows], contexts, [crypto.unseal(row[1]) for row in rows])
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE subjects_person p SET name_sealed = n.sealed FROM unnest(%s::uuid[], %s::bytea[]) n(id, sealed)"
            " WHERE p.subject_id = n.id",
            [[row[0] for row in rows], values],
        )
    return len(rows)


def _numbers(keyring: Keyring, rows: Sequence[tuple[int, UUID, str, memoryview]]) -> int:
    contexts = [crypto_subject.context(subject, crypto_subject.number_place(kind)) for _, subject, kind, _ in rows]
    values = keyring.seal([row[1].bytes for row in rows], contexts, [crypto.unseal(row[3]) for row in rows])
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE subjects_identifier i SET sealed = n.sealed FROM unnest(%s::bigint[], %s::bytea[]) n(id, sealed)"
            " WHERE i.id = n.id",
            [[row[0] for row in rows], values],
        )
    return len(rows)


def check_erase_key(*, subject_id: UUID, statute: str, reason: str) -> int:
    """How many keys would be erased; Problem when the order is incomplete or nothing would come of it."""
    if not statute.strip() or not reason.strip():
        raise Problem("order_incomplete", _("没有写明法律依据或理由。"), _("请写明文件、条款和删除决定的文号。"))
    if not Subject.objects.filter(pk=subject_id).exists():
        raise Problem("subject_unknown", _("没有这个主体。"), _("请核对主体编号。"), status=404)
    with connection.cursor() as cursor:
        cursor.execute("SELECT subjects_outside_key(%s)", [subject_id])
        if cursor.fetchone()[0]:
            raise Problem(
                "values_outside_key",
                _("该主体还有内容由平台密钥直接加密，删除其专用密钥不能使这些内容失效。"),
                _("请先运行 goodfaith keys reseal，再删除。"),
                status=409,
            )
    keys = SubjectKey.objects.filter(subject_id=subject_id, wrapped__isnull=False).count()
    if not keys:
        raise Problem("no_key", _("该主体没有可删除的密钥：没有加密内容，或者已经删除。"), "", status=409)
    return keys


@transaction.atomic
def do_erase_key(*, acting: Acting, at: dt.datetime, subject_id: UUID, statute: str, reason: str) -> int:
    """Destroy a subject's keys by order of law: what is sealed under them can't be opened again (owner's role).

    Deliveries under way end first, so that nothing is sealed under a key that is gone. The digests by which a
    person's number and name are found go too: no number leads to the file any more. ``statute``: instrument and
    article; ``reason``: the order, without a person's name or number. How many keys were erased.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    keys = check_erase_key(subject_id=subject_id, statute=statute, reason=reason)
    SubjectKey.objects.filter(subject_id=subject_id, wrapped__isnull=False).update(
        wrapped=None, erased_at=at, erased_under=statute.strip()[:200]
    )
    forgotten = _forget(subject_id)
    history.note(
        acting=acting, at=at, action="subjects.erase_key", object_type="subject", object_id=subject_id,
        before={"keys": keys},
        after={"keys": 0, "statute": statute.strip(), "reason": reason.strip()[:500], "numbers_forgotten": forgotten},
    )  # fmt: skip
    return keys


def _forget(subject_id: UUID) -> int:
    """Put chance in the place of the keyed digests of the subject's sealed numbers and of a person's name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM subjects_identifier WHERE subject_id = %s AND sealed IS NOT NULL FOR UPDATE", [subject_id]
        )
        numbers = [row[0] for row in cursor.fetchall()]
        for number in numbers:
            cursor.execute("UPDATE subjects_identifier SET key = %s WHERE id = %s", [os.urandom(16), number])
        cursor.execute(
            "UPDATE subjects_person SET name_key = %s WHERE subject_id = %s", [os.urandom(16), subject_id]
        )
    return len(numbers)
