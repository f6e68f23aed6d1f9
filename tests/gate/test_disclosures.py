"""公开、依申请公开、政务共享 and 不公开 at every door: each item's disclosure decides what comes out, not the asker.

One record of each shipped item for a person and an organisation, and one of each class that a record may have.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import uuid
from dataclasses import dataclass, replace

import pytest
from django.db import connection

from goodfaith.common import clock, crypto
from goodfaith.common.acting import Acting
from goodfaith.common.ids import uuid7
from goodfaith.common.roles import WEB
from goodfaith.law import queries as law
from goodfaith.law.schema import Purpose
from goodfaith.parties.models import User
from tests.city import ID_NUMBER, PENALTY, City
from tests.conftest import as_role
from tests.gate.cast import give, officer

CLASSES = ("open", "on_request", "shared", "closed")
UNIT = "k_department"
PEOPLE, FIRMS = "person", "organisation"


@dataclass(frozen=True)
class Made:
    """A record in the database: whose, of which item, in which class."""

    id: uuid.UUID
    kind: str
    item: str
    disclosure: str


INSERT = (
    "INSERT INTO records_record (subject_id, id, version, item_id, edition, polarity, disclosure, status, decided_on,"
    " document_no, display, display_class, display_version, in_force, content, sealed, fact, digest, source_unit,"
    " delivery_id, recorded_at) VALUES (%s, %s, 1, %s, 'x', %s, %s, 'current', %s, '示1', %s::daterange, %s,"
    " 'administrative_penalty/order_36', '[,)', '{}', %s, %s, %s, %s, %s, now())"
)


def _record(city: City, kind: str, item: str, disclosure: str, display_class: str = "serious") -> Made:
    day = clock.today() - dt.timedelta(days=30)
    shown = f"[{day},{day + dt.timedelta(days=365)})" if disclosure == "open" else "empty"
    made = Made(uuid7(), kind, item, disclosure)
    with connection.cursor() as cursor:
        cursor.execute(
            INSERT,
            [city.person if kind == PEOPLE else city.organisation, made.id, item, law.item(item).polarity, disclosure, day,
             shown, display_class, b"sealed" if kind == PEOPLE else None, uuid7().bytes, uuid7().bytes, UNIT, uuid7()],
        )  # fmt: skip
    return made


@pytest.fixture
def archive(city: City) -> list[Made]:
    """The records of the module's first sentence."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("DELETE FROM records_record")
        cursor.execute("SET session_replication_role = DEFAULT")
    as_the_pack_says = [
        _record(city, kind, item.code, item.disclosure[kind]) for item in law.items() for kind in item.subjects
    ]
    in_each_class = [
        _record(city, kind, PENALTY, disclosure) for kind, disclosure in itertools.product((PEOPLE, FIRMS), CLASSES)
    ]
    return as_the_pack_says + in_each_class


def _asker(city: City, purpose: Purpose, kind: str) -> Acting:
    if not purpose.unit_kinds:
        return city.users["citizen" if kind == PEOPLE else "enterprise"].acting
    unit_kind = "department" if "department" in purpose.unit_kinds else purpose.unit_kinds[0]
    known = User.objects.filter(username=f"{purpose.roles[0]}_{unit_kind}").first()
    return (known or officer(purpose.roles[0], unit_kind)).acting


def _opened(city: City, purpose: Purpose, kind: str) -> tuple[str, set[uuid.UUID]]:
    """(outcome, ids of the records) that this purpose opens to whom it is for."""
    asker = _asker(city, purpose, kind)
    if purpose.ground == "consent":
        whose = city if kind == PEOPLE else replace(city, person=city.organisation)
        give(whose, asker.unit or "", purpose.code, [item.code for item in law.items()])
    case = str(city.suspicion) if purpose.code == "duplicate_review" else "甲1"
    with as_role(WEB), connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, facts FROM gate.open_file(%s, %s, %s, %s, NULL, NULL, %s, NULL)",
            [asker.kind, asker.id, purpose.code, city.person if kind == PEOPLE else city.organisation, case],
        )
        rows = cursor.fetchall()
    facts = [_facts(row[1]) for row in rows]
    return facts[0]["outcome"], {
        uuid.UUID(one["id"]) for row, one in zip(rows, facts, strict=True) if row[0] == "record"
    }


def _facts(facts: object) -> dict[str, str]:
    """The facts of a row as a dict, whichever way the driver hands jsonb out."""
    found: dict[str, str] = json.loads(facts) if isinstance(facts, str) else facts  # type: ignore[assignment]
    return found


def _should_open(purpose: Purpose, made: Made) -> bool:
    of_item = purpose.items == "all" or made.item in purpose.listed
    return of_item and made.disclosure in purpose.disclosures and purpose.depth != "existence"


PURPOSES = (
    "self_access", "duplicate_review", "source_verification", "credit_administration", "audit_review",
    "file_for_supervision", "investigation", "credit_granting", "credit_reporting", "entrusted_inquiry",
    "rights_counter",
)  # fmt: skip


def test_the_list_of_doors_is_whole(city: City) -> None:
    files = {each.code for each in law.purposes() if not each.matter_required}
    assert files == set(PURPOSES)


DOORS = [
    (code, kind)
    for code, kind in itertools.product(PURPOSES, (PEOPLE, FIRMS))
    if (code, kind) != ("duplicate_review", FIRMS)  # the city's one case is about two people
]


@pytest.mark.parametrize(("code", "kind"), DOORS)
def test_a_purpose_opens_its_classes_and_no_other(city: City, archive: list[Made], code: str, kind: str) -> None:
    purpose = law.purpose(code)
    outcome, opened = _opened(city, purpose, kind)
    assert outcome == "opened"
    assert opened == {made.id for made in archive if made.kind == kind and _should_open(purpose, made)}


@pytest.mark.parametrize("code", ["administrative_check", "procurement_check", "subsidy_check", "honour_check"])
def test_a_checks_purpose_opens_no_record_at_all(city: City, archive: list[Made], code: str) -> None:
    outcome, opened = _opened(city, law.purpose(code), PEOPLE)
    assert (outcome, opened) == ("refused", set())


def test_nobody_but_the_subject_and_the_source_opens_what_is_closed(city: City, archive: list[Made]) -> None:
    closed = {made.id for made in archive if made.disclosure == "closed" and made.kind == PEOPLE}
    assert closed
    for purpose in law.purposes():
        _, opened = _opened(city, purpose, PEOPLE)
        assert bool(opened & closed) == (purpose.code in ("self_access", "source_verification")), purpose.code


def test_the_public_door_shows_open_records_of_organisations(city: City, archive: list[Made]) -> None:
    with as_role(WEB), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM open.record")
        shown = {row[0] for row in cursor.fetchall()}
    assert shown == {made.id for made in archive if made.kind == FIRMS and made.disclosure == "open"}


@pytest.mark.parametrize(
    ("disclosure", "bears"), [("open", True), ("on_request", True), ("shared", True), ("closed", False)]
)
def test_what_is_closed_brings_no_measure(city: City, disclosure: str, bears: bool) -> None:
    _record(city, PEOPLE, "courts.judgment_defaulter", disclosure, "able_but_refuses")
    asker = officer("clerk", "department").acting
    with as_role(WEB), connection.cursor() as cursor:
        cursor.execute(
            "SELECT outcome, jsonb_array_length(measures) FROM gate.check(%s, %s, 'public_funds', '甲1', 'id_number', %s)",
            [asker.kind, asker.id, crypto.index_key("id_number", ID_NUMBER)],
        )
        assert cursor.fetchone() == ("answered", int(bears))


@pytest.mark.parametrize("code", ["public_rental_housing", "school_aid"])
def test_no_restraint_reaches_a_person_in_a_protected_matter(city: City, code: str) -> None:
    """A judgment debtor asks for a home and a grant like anybody else."""
    _record(city, PEOPLE, "courts.judgment_defaulter", "shared", "able_but_refuses")
    asker = officer("clerk", "department").acting
    with as_role(WEB), connection.cursor() as cursor:
        cursor.execute(
            "SELECT outcome, measures FROM gate.check(%s, %s, %s, '甲1', 'id_number', %s)",
            [asker.kind, asker.id, code, crypto.index_key("id_number", ID_NUMBER)],
        )
        outcome, measures = cursor.fetchone()
    assert outcome == "answered" and measures in ([], "[]")
