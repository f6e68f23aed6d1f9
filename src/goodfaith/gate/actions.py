"""Consents, requests, holds and messages: each a call of a gate function that writes its own ledger entry.

No row goes into ``common_history``: that table is read by the desk, and who let whom look is nobody's business
there. The ledger's entry, written in the same transaction, is the history. ``at`` is taken because every action
takes it; the moment that counts is the database's, under the subject's lock, so that entries keep their order.
A refusal is an entry too, and then a Problem: do not call these inside a transaction that the Problem rolls back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction

from goodfaith.common import clock, crypto
from goodfaith.common.acting import Acting
from goodfaith.gate import calling, rules
from goodfaith.gate.opening import handle
from goodfaith.subjects.masking import mask_name


def do_grant_consent(
    *, acting: Acting, at: dt.datetime, party_unit: str, purpose: str, items: list[str], until: dt.date,
    uses: int | None,
) -> UUID:  # fmt: skip
    """Let ``party_unit`` look for ``purpose`` at ``items`` up to and with ``until``, ``uses`` times (None: any).

    Problem with the refusal's code, or ``consent_of_minor`` when the account's holder is under 18.
    """
    granted = _of_age(
        "grant_consent(%s, %s, %s, %s, %s, %s, %s)",
        [acting.kind, acting.id, party_unit, purpose, items, until, uses],
    )
    return _consent(granted)


def do_withdraw_consent(*, acting: Acting, at: dt.datetime, consent_id: UUID) -> None:
    """Withdraw a consent; from this moment it carries nothing. Problem when it is not one's own, or is withdrawn."""
    _plain("withdraw_consent(%s, %s, %s)", [acting.kind, acting.id, consent_id])


def do_request_consent(
    *, acting: Acting, at: dt.datetime, number: tuple[str, str], name: str, purpose: str, items: list[str],
    until: dt.date, uses: int | None, reason: str,
) -> UUID:  # fmt: skip
    """Ask a subject for consent. Answers the same whether or not anybody has that number and name."""
    kind, written = number
    name_key, plain = calling.names(kind, name)
    label = name.strip() if plain else mask_name(name)
    refusal, request = calling.rows(
        f"SELECT refusal, id FROM gate.request_consent({', '.join(['%s'] * 13)})",  # noqa: S608
        [acting.kind, acting.id, kind, crypto.index_key(kind, written), name_key, plain, label, purpose, items, until,
         uses, reason, calling.near(number)],
    )[0]  # fmt: skip
    if refusal:
        raise rules.problem(refusal)
    return UUID(str(request))


def do_answer_request(*, acting: Acting, at: dt.datetime, request_id: UUID, accept: bool) -> UUID | None:
    """Accept (the consent's id) or decline (None) a waiting request; Problem as for a grant."""
    answered = _of_age("answer_request(%s, %s, %s, %s)", [acting.kind, acting.id, request_id, accept])
    return _consent(answered) if accept else None


def do_place_hold(*, acting: Acting, at: dt.datetime) -> None:
    """Hold the own file: every look that rests on consent stops. Problem ``hold_standing`` when it is held."""
    _plain("place_hold(%s, %s)", [acting.kind, acting.id])


def do_lift_hold(*, acting: Acting, at: dt.datetime) -> None:
    """Lift the hold; Problem ``no_hold`` when there is none."""
    _plain("lift_hold(%s, %s)", [acting.kind, acting.id])


def do_read_messages(*, acting: Acting, at: dt.datetime, ids: Iterable[int]) -> int:
    """Mark own messages as read; how many were unread."""
    rows = calling.rows("SELECT gate.read_messages(%s, %s, %s)", [acting.kind, acting.id, list(ids)])
    return int(rows[0][0])


def _plain(call: str, parameters: list[Any]) -> None:
    refusal = calling.rows(f"SELECT gate.{call}", parameters)[0][0]
    if refusal:
        raise rules.problem(refusal)


def _of_age(call: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
    """A consent that its giver is old enough for. The number is read in the answer: a minor's is taken back whole."""
    with transaction.atomic():
        rows = calling.rows(f"SELECT kind, subject_id, facts, sealed FROM gate.{call}", parameters)  # noqa: S608
        _check_age(rows)
    refusal = calling.loaded(rows[0][2])["refusal"]
    if refusal:
        raise rules.problem(refusal)
    return rows


def _check_age(rows: list[tuple[Any, ...]]) -> None:
    numbers = handle([calling.file_row(row) for row in rows]).numbers
    days = [rules.born_on(number.kind, number.number) for number in numbers]
    if any(day and rules.is_minor(day, clock.today()) for day in days):
        raise rules.problem("consent_of_minor")


def _consent(rows: list[tuple[Any, ...]]) -> UUID:
    return UUID(calling.loaded(rows[0][2])["consent"])
