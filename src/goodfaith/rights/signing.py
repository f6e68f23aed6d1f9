"""Signing what recalls give rise to: notices to units, and the public feed of withdrawals. The worker's work.

A notice exists and counts from the decision on; the signature follows within a minute and only proves it to machines.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import orjson
from django.db import connection, transaction

from goodfaith.common import publishing
from goodfaith.common.clock import CHINA
from goodfaith.common.problems import Problem
from goodfaith.law import queries as law
from goodfaith.parties import queries as parties
from goodfaith.rights import notices
from goodfaith.subjects.organisation_codes import check_uscc

BATCH = 200


def sign_waiting() -> int:
    """Sign all that waits, some at a time; how many."""
    done = 0
    while waiting := _waiting():
        for kind in ("notice", "withdrawal"):
            signed = [(key, _signed(kind, facts)) for one, key, facts in waiting if one == kind]
            if signed:
                _keep(kind, signed)
        done += len(waiting)
    return done


def _waiting() -> list[tuple[str, str, dict[str, Any]]]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT kind, id, facts FROM rights.unsigned(%s)", [BATCH])
        return [
            (kind, key, orjson.loads(facts) if isinstance(facts, str) else facts)
            for kind, key, facts in cursor.fetchall()
        ]


def _keep(kind: str, signed: list[tuple[str, str]]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT rights.sign(%s, %s, %s)", [kind, [key for key, _ in signed], [token for _, token in signed]]
        )


def _signed(kind: str, facts: dict[str, Any]) -> str:
    build = _notice if kind == "notice" else _withdrawal
    try:
        made = build(facts)
    except Problem:  # a person's number in what the source wrote: the record's id is enough
        made = build({**facts, "document_no": None, "authority": None})
    typ = notices.RECALL_TYPE if kind == "notice" else notices.WITHDRAWAL_TYPE
    return publishing.sign(notices.document(made), typ=typ)


def _reference(facts: dict[str, Any]) -> notices.RecordReference:
    item = law.item(facts["item"])
    return notices.RecordReference(
        record_id=UUID(facts["record"]), item=facts["item"], document_no=facts["document_no"],
        authority=facts["authority"] or item.source_authority.zh, decided_on=dt.date.fromisoformat(facts["decided_on"]),
    )  # fmt: skip


def _notice(facts: dict[str, Any]) -> notices.RecallNotice:
    looks = [
        notices.Look(entry=one["entry"], on=dt.datetime.fromisoformat(one["at"]).astimezone(CHINA).date())
        for one in facts["entries"]
    ]
    return notices.recall_notice(
        id=UUID(facts["id"]), recall_id=UUID(facts["recall"]), issued_at=dt.datetime.fromisoformat(facts["at"]),
        recipient=notices.Unit(code=facts["unit"], name=parties.unit_names().get(facts["unit"], facts["unit"])),
        reason=facts["reason"], effective_on=dt.date.fromisoformat(facts["effective_on"]), record=_reference(facts),
        confirm_by=dt.date.fromisoformat(facts["due_on"]), looks=looks,
    )  # fmt: skip


def _valid(uscc: str | None) -> str | None:
    """A credit code that the register holds and that is none, as old registrations have, is left out."""
    return None if uscc is None or check_uscc(uscc) else uscc


def _withdrawal(facts: dict[str, Any]) -> notices.WithdrawalEntry:
    return notices.withdrawal_entry(
        sequence=facts["seq"], record=_reference(facts), uscc=_valid(facts["uscc"]), reason=facts["reason"],
        effective_on=dt.date.fromisoformat(facts["effective_on"]), issued_at=dt.datetime.fromisoformat(facts["at"]),
    )  # fmt: skip
