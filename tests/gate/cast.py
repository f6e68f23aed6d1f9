"""Everybody who might ask: an officer of each role in each kind of unit, a machine of each, citizens, nobody."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from goodfaith.common import clock
from goodfaith.gate.models import Consent
from goodfaith.parties.models import MachineClient, Unit, User
from tests.city import PENALTY, City
from tests.gate.twin import Actor

UNIT_KINDS = ("credit_office", "department", "county", "court", "association", "agency", "bank", "investigator")
ROLES = ("clerk", "credit_office", "auditor", "system_admin", "security_admin", "")
LICENCE = "licensing.administrative_licence"


@dataclass(frozen=True)
class Cast:
    """An actor as the twin knows it, and as the gate is told: kind, id, code of the unit."""

    twin: Actor
    kind: str
    id: str
    unit: str | None = None


def unit_of(kind: str) -> Unit:
    """A unit of that kind."""
    made, _ = Unit.objects.get_or_create(
        code=f"k_{kind}", defaults={"name": f"测试{kind}", "short_name": kind, "kind": kind}
    )
    return made


def officer(role: str, unit_kind: str) -> User:
    """An officer of that role in a unit of that kind."""
    return User.objects.create_user(
        f"{role or 'none'}_{unit_kind}", password=None, kind="officer", role=role, unit=unit_of(unit_kind)
    )


def everybody(city: City) -> list[Cast]:
    """All of them."""
    found = [Cast(Actor("citizen", own=True), "citizen", str(city.users["citizen"].pk)),
             Cast(Actor("citizen"), "citizen", str(city.users["stranger"].pk)),
             Cast(Actor("enterprise"), "enterprise", str(city.users["enterprise"].pk)),
             Cast(Actor("officer", known=False), "officer", "999999999"),
             Cast(Actor("officer", known=False), "officer", str(city.users["citizen"].pk)),
             Cast(Actor("system", known=False), "system", "goodfaith")]  # fmt: skip
    for kind in UNIT_KINDS:
        for role in ROLES:
            user = officer(role, kind)
            found.append(Cast(Actor("officer", role, kind), "officer", str(user.pk), f"k_{kind}"))
        client = MachineClient.objects.create(client_id=f"m_{kind}", name=kind, unit=unit_of(kind), scopes=[])
        found.append(Cast(Actor("machine", "", kind), "machine", client.client_id, f"k_{kind}"))
    return found


def give(
    city: City, party: str, purpose: str, items: list[str] | None = None, *, until: dt.date | None = None,
    uses: int | None = None, used: int = 0, withdrawn: bool = False,
) -> uuid.UUID:  # fmt: skip
    """A consent in the database, in whatever state."""
    today = clock.today()
    granted = min(today, until or today)
    return Consent.objects.create(
        id=uuid.uuid4(), subject_id=city.person, label="欧阳**", party_unit=party, purpose=purpose,
        items=items or [PENALTY], granted_at=clock.now(), granted_on=granted, granted_by="1", until=until or today,
        uses=uses, used=used, withdrawn_at=clock.now() if withdrawn else None,
    ).id  # fmt: skip
