"""What a subject reads of itself, and a party of its consents."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from goodfaith.common.acting import Acting
from goodfaith.gate import calling, receipts, rules
from goodfaith.gate.handles import ConsentView, EntryProof, EntryView, HoldView, MessageView, RequestView

ENTRY = (
    "id, at, actor_kind, actor_name, unit, purpose, case_no, items, outcome, refusal, records, matter, consents,"
    " shown_from, delayed"
)
JSON_PLACES = (7, 12, 14)
"""Places in :data:`ENTRY` that hold jsonb."""


def my_entries(
    acting: Acting,
    *,
    kind: str | None = None,
    unit: str | None = None,
    purpose: str | None = None,
    outcome: str | None = None,
    since: dt.datetime | None = None,
    until: dt.datetime | None = None,
    before: int | None = None,
    limit: int = 100,
) -> list[EntryView]:
    """Who looked at the file that the account may call its own, newest first.

    ``kind``: "others", "own" or None for both; ``since`` and ``until``: half-open; ``before``: only entries that
    come after that one in the list (the last one's id, for the next page).
    """
    rows = calling.rows(
        f"SELECT {ENTRY} FROM gate.my_entries(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",  # noqa: S608
        [acting.kind, acting.id, kind, unit, purpose, outcome, since, until, before, limit],
    )
    return [_entry(row) for row in rows]


def _entry(row: tuple[Any, ...]) -> EntryView:
    return EntryView(*(calling.loaded(value) if place in JSON_PLACES else value for place, value in enumerate(row)))


def my_proof(acting: Acting, entry_id: int) -> EntryProof:
    """What one of the account's entries committed to; Problem ``entry_unknown`` (404) when it is none of its own."""
    rows = calling.rows(
        "SELECT entry, salt, line, commitment, index, withheld FROM gate.my_proof(%s, %s, %s)",
        [acting.kind, acting.id, entry_id],
    )
    if not rows:
        raise rules.problem("entry_unknown")
    return EntryProof(*rows[0])


def _facts(function: str, acting: Acting) -> list[dict[str, Any]]:
    rows = calling.rows(f"SELECT * FROM gate.{function}(%s, %s)", [acting.kind, acting.id])  # noqa: S608
    return [calling.loaded(row[0]) for row in rows]


def my_consents(acting: Acting) -> list[ConsentView]:
    """The consents that the account's subject gave, newest first."""
    return [_consent(facts) for facts in _facts("my_consents", acting)]


def my_requests(acting: Acting) -> list[RequestView]:
    """What parties asked of the account's subject, newest first."""
    return [_request(facts) for facts in _facts("my_requests", acting)]


def my_hold(acting: Acting) -> HoldView | None:
    """The hold that stands; None when there is none."""
    rows = calling.rows("SELECT placed_at, lifted_at FROM gate.my_hold(%s, %s)", [acting.kind, acting.id])
    return HoldView(*rows[0]) if rows else None


def my_messages(acting: Acting, unread_only: bool = False, limit: int = 200) -> list[MessageView]:
    """The messages of the account's subject, newest first."""
    rows = calling.rows(
        "SELECT id, kind, entry_id, at, read_at, facts FROM gate.my_messages(%s, %s, %s, %s)",
        [acting.kind, acting.id, unread_only, limit],
    )
    return [MessageView(*(*row[:5], calling.loaded(row[5]))) for row in rows]


def unit_consents(acting: Acting) -> tuple[list[ConsentView], list[RequestView]]:
    """The party's own consents and requests; the reading is an entry. Problem (403) for those without that work."""
    rows = calling.rows("SELECT kind, facts FROM gate.unit_consents(%s, %s)", [acting.kind, acting.id])
    found = [(kind, calling.loaded(facts)) for kind, facts in rows]
    if found[0][1]["refusal"]:
        raise rules.problem(found[0][1]["refusal"])
    return (
        [_consent(facts) for kind, facts in found if kind == "consent"],
        [_request(facts) for kind, facts in found if kind == "request"],
    )


def consent_receipt(acting: Acting, consent_id: uuid.UUID) -> dict[str, Any]:
    """The receipt of one of the account's consents (ISO/IEC TS 27560); Problem ``consent_unknown`` for any other."""
    for consent in my_consents(acting):
        if consent.id == consent_id:
            return receipts.receipt(consent, consent.subject_label or acting.name)
    raise rules.problem("consent_unknown")


def _moment(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None


def _consent(facts: dict[str, Any]) -> ConsentView:
    return ConsentView(
        id=uuid.UUID(facts["id"]),
        party_unit=facts["party_unit"],
        party_name=facts["party_name"] or facts["party_unit"],
        purpose=facts["purpose"],
        items=facts["items"],
        granted_at=dt.datetime.fromisoformat(facts["granted_at"]),
        until=dt.date.fromisoformat(facts["until"]),
        uses=facts["uses"],
        used=facts["used"],
        withdrawn_at=_moment(facts["withdrawn_at"]),
        state=facts["state"],
        request_id=calling.uuid_or_none(facts["request_id"]),
        subject_label=facts["subject_label"],
    )


def _request(facts: dict[str, Any]) -> RequestView:
    return RequestView(
        id=uuid.UUID(facts["id"]),
        party_unit=facts["party_unit"],
        party_name=facts["party_name"] or facts["party_unit"],
        officer_name=facts["asked_by_name"],
        purpose=facts["purpose"],
        items=facts["items"],
        until=dt.date.fromisoformat(facts["until"]),
        uses=facts["uses"],
        reason=facts["reason"],
        asked_at=dt.datetime.fromisoformat(facts["asked_at"]),
        expires_on=dt.date.fromisoformat(facts["expires_on"]),
        state=facts["state"],
        subject_label=facts["subject_label"],
    )
