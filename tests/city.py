"""A person and an organisation with one record each, and an officer of each role; all invented."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

import orjson
import pytest
from django.db import connection

from goodfaith.common import clock, crypto, crypto_subject
from goodfaith.common.ids import uuid7
from goodfaith.parties.models import Unit, User
from goodfaith.subjects.keyring import Keyring
from goodfaith.subjects.matching import grams
from goodfaith.subjects.models import Identifier, Judgement, Organisation, Person, Subject, Suspicion

ID_NUMBER = "990101199003070011"
NAME = "欧阳试例"
PENALTY = "licensing.administrative_penalty"


@dataclass
class City:
    """What the fixture made."""

    person: uuid.UUID
    organisation: uuid.UUID
    namesake: uuid.UUID
    suspicion: uuid.UUID
    users: dict[str, User]


def _subject(kind: str) -> uuid.UUID:
    return Subject.objects.create(id=uuid7(), kind=kind, created_at=clock.now()).id


def seal(subject: uuid.UUID, place: str, data: bytes) -> bytes:
    """Sealed under the subject's key, which it is given if it has none."""
    return Keyring().seal([subject.bytes], [crypto_subject.context(subject, place)], [data])[0]


def make_person(name: str, number: str, kind: str = "id_number") -> uuid.UUID:
    """A person in the database, as intake would have made it."""
    subject = _subject("person")
    Person.objects.create(
        subject_id=subject, name_sealed=seal(subject, crypto_subject.NAME, name.encode()), name_key=crypto.name_key(name)
    )
    Identifier.objects.create(
        subject_id=subject, kind=kind, key=crypto.index_key(kind, number),
        sealed=seal(subject, crypto_subject.number_place(kind), number.encode()),
    )  # fmt: skip
    return subject


def make_organisation(name: str, uscc: str) -> uuid.UUID:
    """An organisation in the database."""
    subject = _subject("organisation")
    Organisation.objects.create(subject_id=subject, name=name, uscc=uscc, kind="enterprise", grams=grams(name))
    Identifier.objects.create(subject_id=subject, kind="uscc", key=crypto.index_key("uscc", uscc), value=uscc)
    return subject


def make_record(subject: uuid.UUID, *, unit: str, person: bool, decided: dt.date = dt.date(2026, 5, 6)) -> uuid.UUID:
    """A penalty; the person's is sealed whole, the organisation's stands open."""
    record = uuid7()
    fields = {"CF_WSH": "示罚〔2026〕1号", "CF_SY": f"当事人{NAME}的示例事实", "CF_XDR_MC": NAME}
    sealed = seal(subject, crypto_subject.record_place(record, 1), orjson.dumps(fields)) if person else None
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO records_record (subject_id, id, version, item_id, edition, polarity, disclosure, status,"
            " decided_on, document_no, display, display_class, display_version, in_force, content, sealed, fact,"
            " digest, source_unit, delivery_id, recorded_at) VALUES (%s, %s, 1, %s, 'v2018', 'negative', %s, 'current',"
            " %s, '示罚〔2026〕1号', %s::daterange, 'general', 'administrative_penalty/order_36', '[,)', %s::jsonb, %s,"
            " %s, %s, %s, %s, now())",
            [
                subject, record, PENALTY, "shared" if person else "open", decided,
                "empty" if person else f"[{decided},{decided.replace(year=decided.year + 1)})",
                "{}" if person else '{"CF_WSH": "示罚〔2026〕1号"}',
                sealed, uuid7().bytes, uuid7().bytes, unit, uuid7(),
            ],
        )  # fmt: skip
    return record


def _users(person: uuid.UUID, organisation: uuid.UUID) -> dict[str, User]:
    unit, other = (
        Unit.objects.create(code=f"t_{n}", name=f"测试单位{n}", short_name=f"单位{n}", kind="department") for n in "ab"
    )
    office = Unit.objects.create(code="t_office", name="测试信用办", short_name="信用办", kind="credit_office")
    made = {
        role: User.objects.create_user(role, password="demo", kind="officer", role=role, unit=where)
        for role, where in (("clerk", unit), ("credit_office", office), ("auditor", office))
    }
    made["other_clerk"] = User.objects.create_user(
        "other_clerk", password="demo", kind="officer", role="clerk", unit=other
    )
    made["citizen"] = User.objects.create_user("citizen", password="demo", kind="citizen", subject_id=person)
    made["stranger"] = User.objects.create_user("stranger", password="demo", kind="citizen", subject_id=uuid7())
    made["enterprise"] = User.objects.create_user(
        "enterprise", password="demo", kind="enterprise", subject_id=organisation
    )
    return made


@pytest.fixture
def city(db: None) -> City:
    """The smallest city in which the gate has something to guard."""
    person = make_person(NAME, ID_NUMBER)
    namesake = make_person(NAME, "E12345678", "passport")
    organisation = make_organisation("示例测试有限公司", "91990101MA0000007H")
    users = _users(person, organisation)
    make_record(person, unit="t_a", person=True)
    make_record(namesake, unit="t_b", person=True)
    make_record(organisation, unit="t_a", person=False)
    left, right = sorted((person, namesake))
    suspicion = Suspicion.objects.create(left_id=left, right_id=right, kind="person", reasons=[], raised_at=clock.now())
    return City(person, organisation, namesake, suspicion.id, users)


def judge_same(city: City) -> Judgement:
    """A standing judgement that the two are one."""
    left, right = sorted((city.person, city.namesake))
    return Judgement.objects.create(
        suspicion_id=city.suspicion, left=left, right=right, verdict="same", reason="同一人", officer_id="1",
        officer_name="测试", unit="t_a", at=clock.now(),
    )  # fmt: skip
