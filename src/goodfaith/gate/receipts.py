"""The receipt of a consent in the shape of ISO/IEC TS 27560:2023: header, processing, parties, events.

The field names follow the specification's tables as the W3C community group's guide tells them
(w3id.org/dpv/guides/consent-27560); a receipt repeats its whole record. The subject stands in it masked.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from goodfaith.common import clock
from goodfaith.gate.handles import ConsentView
from goodfaith.law import queries as law
from goodfaith.law.schema import LegalBasis

SCHEMA = "ISO/IEC TS 27560:2023"
JURISDICTION = "CN"
NOTICE = "/about/purposes/#{purpose}"
"""Where the purpose with its statute and items is published: the notice that the consent was given on."""
WITHDRAWAL = "/my/consents/"
DATA_SOURCE = "goodfaith"
"""The party id of the platform itself, where the data come from."""


def receipt(consent: ConsentView, subject_label: str) -> dict[str, Any]:
    """The receipt of one consent, as its subject takes it away; JSON as it stands."""
    return {
        "schema_version": SCHEMA,
        "receipt_id": f"{consent.id}-{_version(consent)}",
        "record_id": str(consent.id),
        "pii_principal_id": subject_label,
        "pii_processing": {
            "privacy_notice": NOTICE.format(purpose=consent.purpose),
            "language": get_language() or "zh-hans",
            "purposes": [_purpose(consent)],
        },
        "party_identification": [
            {"party_id": consent.party_unit, "party_name": consent.party_name, "party_role": "pii_controller"},
            {"party_id": DATA_SOURCE, "party_role": "data_source"},
        ],
        "events": _events(consent, subject_label),
    }


def _version(consent: ConsentView) -> int:
    """A withdrawn consent has a receipt of its own."""
    return 2 if consent.withdrawn_at else 1


def _basis(basis: LegalBasis) -> str:
    instrument = law.catalogue().instruments.get(basis.instrument)
    return f"{instrument.name.zh if instrument else basis.instrument} {basis.article}"


def _purpose(consent: ConsentView) -> dict[str, Any]:
    purpose = law.purpose(consent.purpose)
    return {
        "purpose": {"zh": purpose.name.zh, "en": purpose.name.en},
        "purpose_type": purpose.code,
        "lawful_basis": {"type": "consent", "statutes": [_basis(each) for each in purpose.basis]},
        "pii_information": [_information(code) for code in consent.items],
        "pii_controllers": [consent.party_unit],
        "collection_method": "from_public_credit_information_platform",
        "processing_method": f"read_{purpose.depth}",
        "storage_locations": [JURISDICTION],
        "retention_period": {"until": consent.until.isoformat(), "uses": consent.uses},
        "jurisdiction": JURISDICTION,
        "recipient_third_parties": [consent.party_unit],
        "withdrawal_method": WITHDRAWAL,
        "privacy_rights": ["withdraw", "access", "complain", "hold"],
    }


def _information(code: str) -> dict[str, Any]:
    item = law.item(code)
    return {"pii_type": code, "pii_name": {"zh": item.name.zh, "en": item.name.en}, "pii_optional": True}


def _events(consent: ConsentView, subject_label: str) -> list[dict[str, Any]]:
    how = "accepted_request" if consent.request_id else "own_act"
    found = [_event("given", consent.granted_at, subject_label, consent.until, how, consent.request_id)]
    if consent.withdrawn_at:
        found.append(_event("withdrawn", consent.withdrawn_at, subject_label, None, "own_act", None))
    elif consent.until < clock.today():
        end = dt.datetime.combine(consent.until + dt.timedelta(days=1), dt.time(), clock.CHINA)
        found.append(_event("expired", end, subject_label, None, "end_of_term", None))
    return found


def _event(
    state: str, at: dt.datetime, who: str, until: dt.date | None, how: str, request: UUID | None
) -> dict[str, Any]:
    return {
        "event_time": at.isoformat(),
        "event_type": "explicit" if state == "given" else state,
        "event_state": state,
        "entity_id": who,
        "validity_until": until.isoformat() if until else None,
        "event_method": how,
        "request_id": str(request) if request else None,
    }
