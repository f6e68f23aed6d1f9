"""A counter of approvals: a person and an organisation on the court's list, two whose file is clean, and clients."""

from __future__ import annotations

import datetime as dt
import secrets
import uuid
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from oauth2_provider.models import AccessToken, Application

from goodfaith.common import clock
from goodfaith.common.ids import uuid7
from goodfaith.law import queries as law
from goodfaith.parties.models import MachineClient, Unit
from goodfaith.subjects.numbers import id_check_digit
from goodfaith.subjects.organisation_codes import uscc_check_digit
from tests.city import City, make_organisation, make_person

LISTED = "courts.judgment_defaulter"
MATTER = "government_procurement"
"""Bears on people and organisations; its purpose is :data:`PURPOSE`."""
PURPOSE = "procurement_check"
DOCUMENT = "（2026）示01执77号"


def person_number(body: str) -> str:
    """A whole ID number from its first 17 digits."""
    return body + id_check_digit(body)


def code(body: str) -> str:
    """A whole credit code from its first 17 characters."""
    return body + uscc_check_digit(body)


PERSON = ("示例甲", person_number("99010119850607002"))
CLEAN = ("示例乙", person_number("99010119850608003"))
NOBODY = ("示例丙", person_number("99010119850609004"))
ORGANISATION = ("示例守约测试有限公司", code("91990101MA000010X"))
CLEAN_ORGANISATION = ("示例清白测试有限公司", code("91990101MA000011K"))


def listing(subject: uuid.UUID, *, item: str = LISTED, polarity: str = "negative", status: str = "current") -> uuid.UUID:
    """A record without sealed content: on the list from this year, for two years."""
    record, day = uuid7(), clock.today().replace(month=1, day=5)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO records_record (subject_id, id, version, item_id, edition, polarity, disclosure, status,"
            " decided_on, document_no, authority, display, display_class, display_version, in_force, content, fact,"
            " digest, source_unit, delivery_id, recorded_at) VALUES (%s, %s, 1, %s, %s, %s, 'open', %s, %s, %s,"
            " '示例人民法院', %s::daterange, 'general', 'none/none', %s::daterange, '{}', %s, %s, 't_b', %s, now())",
            [
                subject, record, item, law.item(item).editions[0].code, polarity, status, day, DOCUMENT, f"[{day},{day.replace(year=day.year + 2)})",
                f"[{day},{day.replace(year=day.year + 2)})", uuid7().bytes, uuid7().bytes, uuid7(),
            ],
        )  # fmt: skip
    return record


def client(unit: str, scopes: list[str]) -> tuple[MachineClient, Application]:
    """A machine client of a unit."""
    app = Application.objects.create(
        name=unit, client_type="confidential", authorization_grant_type="client-credentials", client_secret="x" * 20
    )
    made = MachineClient.objects.create(client_id=app.client_id, name=f"{unit} 审批系统", unit_id=unit, scopes=scopes)
    return made, app


def bearer(app: Application, scopes: list[str]) -> str:
    """A token of the client; how one is asked for with a signed assertion is tried in the tests of log-in."""
    token = secrets.token_urlsafe(24)
    expires = clock.now() + dt.timedelta(minutes=10)
    AccessToken.objects.create(application=app, token=token, expires=expires, scope=" ".join(scopes))
    return token


@dataclass
class Counter:
    """What the fixture made."""

    city: City
    listed_person: uuid.UUID
    listed_organisation: uuid.UUID
    app: Application
    client: MachineClient

    def bearer(self, *purposes: str) -> str:
        """A token of the department's system for these purposes."""
        return bearer(self.app, [f"purpose:{purpose}" for purpose in purposes])


def ask(subject: tuple[str, str], *, matter: str = MATTER, kind: str | None = None, **more: Any) -> dict[str, Any]:
    """The body of a check of one of the subjects above."""
    name, number = subject
    kind = kind or ("uscc" if number.startswith("91") else "id_number")
    return {"subject": {"kind": kind, "number": number}, "name": name, "matter": matter, "case_no": "示采〔2026〕9号", **more}


@pytest.fixture
def counter(city: City) -> Counter:
    """The department's counter in the smallest city."""
    person, organisation = make_person(*PERSON), make_organisation(*ORGANISATION)
    make_person(*CLEAN)
    make_organisation(*CLEAN_ORGANISATION)
    listing(person)
    listing(organisation)
    Unit.objects.create(code="t_bank", name="示例测试银行", short_name="测试银行", kind="bank")
    scopes = [f"purpose:{p}" for p in ("administrative_check", PURPOSE, "honour_check", "entrusted_inquiry")]
    made, app = client("t_a", scopes)
    return Counter(city, person, organisation, app, made)
