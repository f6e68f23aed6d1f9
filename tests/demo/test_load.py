"""The city in the database: whole, consistent, sealed, and loaded only once."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.db import connection
from django.db.models import F, Sum
from oauth2_provider.models import Application

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.demo import accounts, own
from goodfaith.demo.actions import CityLoaded, check_load_city, do_load_city
from goodfaith.demo.city import City
from goodfaith.gate import queries as gate
from goodfaith.intake.models import Delivery
from goodfaith.parties.models import MachineClient, UnitItem, User
from goodfaith.records.models import Record
from goodfaith.subjects.models import Organisation, Subject, Suspicion
from tests.demo.conftest import ACTING, ORGANISATIONS, PEOPLE, RECORDS

pytestmark = pytest.mark.django_db


def test_sizes(loaded: CityLoaded) -> None:
    assert loaded.people == PEOPLE and loaded.organisations == ORGANISATIONS
    assert loaded.records == pytest.approx(RECORDS, rel=0.05)
    assert Subject.objects.filter(kind="person").count() >= PEOPLE
    assert Organisation.objects.count() >= ORGANISATIONS


def test_a_second_time_changes_nothing(loaded: CityLoaded) -> None:
    before = Record.objects.count(), Delivery.objects.count(), User.objects.count()
    again = do_load_city(
        acting=ACTING, at=clock.now(), people=900, organisations=900, records=9_000, progress=lambda what, count: None
    )
    assert again == CityLoaded()
    assert before == (Record.objects.count(), Delivery.objects.count(), User.objects.count())


def test_every_item_and_edition_is_met(loaded: CityLoaded, city: City) -> None:
    met = set(Record.objects.values_list("item_id", "edition").distinct())
    assert {item for item, _ in met} == set(city.catalogue.items)
    assert {("licensing.administrative_licence", "pre2018"), ("licensing.administrative_penalty", "pre2018")} <= met


def test_every_item_has_a_unit(loaded: CityLoaded, city: City) -> None:
    assert set(UnitItem.objects.values_list("item_code", flat=True)) == set(city.catalogue.items)


def test_deliveries_count_what_they_brought(loaded: CityLoaded) -> None:
    done = Delivery.objects.filter(state="committed").annotate(n=F("added") + F("revised"))
    counted = dict(done.values_list("id", "n"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT delivery_id, count(DISTINCT (subject_id, id)) FROM records_record GROUP BY 1")
        brought = dict(cursor.fetchall())
    assert brought == counted


def test_each_unit_reports_only_its_items(loaded: CityLoaded) -> None:
    duties = set(UnitItem.objects.values_list("unit_id", "item_code"))
    assert set(Delivery.objects.values_list("unit_id", "item_id").distinct()) <= duties


def test_receipts_are_all_different(loaded: CityLoaded) -> None:
    done = Delivery.objects.filter(state="committed")
    assert done.values("receipt_no").distinct().count() == done.count()


def test_punctuality_differs_by_unit(loaded: CityLoaded) -> None:
    sums = Delivery.objects.filter(state="committed").values("unit").annotate(late=Sum("late"), good=Sum("good"))
    shares = {row["late"] / row["good"] for row in sums if row["good"] > 20}
    assert len(shares) > 3 and max(shares) > 2 * min(shares)


def test_desk_has_a_delivery_in_every_state(loaded: CityLoaded) -> None:
    mine = Delivery.objects.filter(unit="market_regulation").exclude(created_by="demo")
    states = dict(mine.values_list("state", "refused"))
    assert {"mapped", "checked", "committed", "failed"} <= set(states)
    assert states["checked"] > 5 and states["committed"] > 5
    assert Delivery.objects.filter(unit="court", state="mapped").exists()


def test_there_are_duplicates_to_review(loaded: CityLoaded) -> None:
    assert Suspicion.objects.filter(kind="organisation").count() >= 5


def test_some_facts_have_a_second_version(loaded: CityLoaded) -> None:
    assert Record.objects.filter(version=2).exists()


def test_no_name_or_number_of_a_person_stands_in_the_clear(loaded: CityLoaded, city: City) -> None:
    """Boundary 7 and the issue's point 3: a dump shows none."""
    numbers = [number[:17] for number in city.people["id_number"]]
    tables = (
        "subjects_identifier", "subjects_person", "subjects_organisation", "records_record", "intake_delivery",
        "intake_refusal", "common_history", "parties_user", "subjects_suspicion",
    )  # fmt: skip
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text ~ %s", ["|".join(numbers)])
            assert cursor.fetchone()[0] == 0, table
        cursor.execute("SELECT count(*) FROM records_record WHERE disclosure = 'open' AND content = '{}'::jsonb")
        assert cursor.fetchone()[0] == 0


@pytest.mark.parametrize("login", accounts.LOGINS, ids=lambda login: login.username)
def test_log_ins_work(loaded: CityLoaded, login: accounts.Login) -> None:
    user = authenticate(username=login.username, password=login.password)
    assert user is not None and len(login.password) >= 12


def test_machine_client_is_registered(loaded: CityLoaded) -> None:
    client = MachineClient.objects.get(client_id=accounts.MACHINE.client_id)
    application = Application.objects.get(client_id=accounts.MACHINE.client_id)
    assert client.unit_id == accounts.MACHINE.unit
    assert application.client_secret != accounts.MACHINE.secret, "kept as a hash"


def _own_file(username: str) -> Any:
    user = User.objects.get(username=username)
    assert isinstance(user.subject_id, uuid.UUID)
    return gate.open_file(acting=user.acting, purpose="self_access", subject_id=user.subject_id)


def test_citizen_has_a_file_of_many_kinds(loaded: CityLoaded) -> None:
    found = _own_file("citizen")
    items = {record.item for record in found.records}
    assert {one.item for one in own.OF_CITIZEN} <= items
    versions = {r.display_version for r in found.records if r.item == "licensing.administrative_penalty"}
    assert len(versions) >= 2, "one penalty under the old rule and one under the new"


def test_enterprise_has_twenty_records_and_more(loaded: CityLoaded) -> None:
    assert len(_own_file("enterprise").records) >= 20


@pytest.mark.parametrize(("people", "organisations", "records"), [(10, 400, 2_000), (400, 10, 2_000), (400, 900, 800)])
def test_too_small_a_city_is_told(people: int, organisations: int, records: int) -> None:
    with pytest.raises(Problem) as told:
        check_load_city(people=people, organisations=organisations, records=records)
    assert told.value.code == "city_too_small" and told.value.next
