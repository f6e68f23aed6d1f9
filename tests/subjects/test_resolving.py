"""Who is the same subject, case by case, in the real database and under the jobs' role."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import polars as pl
import pytest
from django.db import connection, connections

from goodfaith.common import clock, crypto_subject
from goodfaith.common.acting import SYSTEM
from goodfaith.common.models import History
from goodfaith.subjects import queries
from goodfaith.subjects.models import Identifier, Organisation, Person, Subject, Suspicion
from goodfaith.subjects.resolving import Resolver
from tests.conftest import as_role

from .conftest import firm, id_number, person, resolve, uscc

pytestmark = pytest.mark.django_db
A, B = uscc(1), uscc(2)


@pytest.fixture(autouse=True)
def jobs_role(db: None) -> Iterator[None]:
    with as_role("goodfaith_jobs"):
        yield


def test_one_subject_per_number_however_often_it_comes() -> None:
    first, again = resolve(firm("示例甲公司", uscc=A), firm("示例甲公司", uscc=A))
    assert first["subject_id"] == again["subject_id"] and not first["known"]
    (third,) = resolve(firm("示例甲公司", uscc=A))
    assert third == {**first, "known": True}
    assert Subject.objects.count() == 1
    stored = Organisation.objects.get()
    assert (stored.name, stored.uscc, stored.kind, stored.area_code) == ("示例甲公司", A, "enterprise", "990100")


def test_old_organisation_code_inside_a_known_credit_code_is_the_same_organisation() -> None:
    (new,) = resolve(firm("示例甲公司", uscc=A))
    (old,) = resolve(firm("示例甲厂", organisation_code=A[8:17]))
    assert old["subject_id"] == new["subject_id"] and not old["name_matches"] and old["conflict"] is None


def test_credit_code_that_contains_a_known_old_code_joins_it() -> None:
    (old,) = resolve(firm("示例甲厂", organisation_code=A[8:17], registration_no="990100000000012"))
    (new,) = resolve(firm("示例甲公司", uscc=A))
    assert new["subject_id"] == old["subject_id"] and new["known"]
    assert Organisation.objects.get().uscc == A and Organisation.objects.get().kind == "enterprise"


def test_tax_number_in_the_form_of_a_credit_code_is_the_credit_code() -> None:
    (new,) = resolve(firm("示例甲公司", uscc=A))
    (tax,) = resolve(firm("示例甲公司", tax_no=A))
    assert tax["subject_id"] == new["subject_id"]


def test_further_numbers_are_kept_only_under_the_known_name() -> None:
    resolve(firm("示例甲公司", uscc=A))
    resolve(firm("别名公司", uscc=A, registration_no="990100000000099"))
    assert not Identifier.objects.filter(kind="registration_no").exists()
    (known,) = resolve(firm("示例甲公司", uscc=A, registration_no="990100000000012"))
    (old,) = resolve(firm("示例甲公司", registration_no="990100000000012"))
    assert old["subject_id"] == known["subject_id"]


def test_best_described_row_of_a_batch_binds_the_others() -> None:
    rows = resolve(
        firm("示例甲公司", registration_no="990100000000012"),
        firm("示例甲公司", uscc=A),
        firm("示例甲公司", uscc=A, registration_no="990100000000012"),
        firm("示例甲公司", organisation_code=A[8:17]),
    )
    assert len({row["subject_id"] for row in rows}) == 1
    assert Subject.objects.count() == 1


def test_two_numbers_of_two_subjects_are_refused_and_suspected() -> None:
    resolve(firm("示例甲公司", uscc=A), firm("示例乙厂", registration_no="990100000000012"))
    (row,) = resolve(firm("示例甲公司", uscc=A, registration_no="990100000000012"))
    assert row["conflict"] == "subject_conflict" and row["subject_id"] is None
    assert Suspicion.objects.get().reasons[0]["code"] == "numbers_meet"


def test_an_unknown_credit_code_with_the_number_of_another_is_refused() -> None:
    resolve(firm("示例甲公司", uscc=A, registration_no="990100000000012"))
    (row,) = resolve(firm("示例乙公司", uscc=B, registration_no="990100000000012"))
    assert row["conflict"] == "subject_conflict"
    assert Subject.objects.count() == 1


def test_same_inner_code_under_another_credit_code_is_a_new_subject_under_suspicion() -> None:
    other = uscc(1, prefix="12")
    first, second = resolve(firm("示例甲公司", uscc=A), firm("示例甲院", uscc=other))
    assert first["subject_id"] != second["subject_id"] and second["conflict"] is None
    assert Suspicion.objects.get().reasons[0]["code"] == "same_organisation_code"


def test_same_name_under_two_credit_codes_is_suspected_but_not_joined() -> None:
    rows = resolve(firm("示例丙（集团）公司", uscc=A), firm("示例丙(集团) 公司", uscc=B))
    assert rows[0]["subject_id"] != rows[1]["subject_id"]
    assert Suspicion.objects.get().reasons[0]["code"] == "same_name"


def test_individual_businesses_share_names_without_suspicion() -> None:
    resolve(firm("兴旺小吃店", uscc=uscc(7, "92")), firm("兴旺小吃店", uscc=uscc(8, "92")))
    assert not Suspicion.objects.exists()


def test_people_by_number_never_by_name() -> None:
    rows = resolve(person("李明", id_number(1)), person("李明", id_number(2)), person("李明", "E12345678", "passport"))
    assert len({row["subject_id"] for row in rows}) == 3
    assert not Suspicion.objects.exists()


def test_a_persons_number_under_another_name_is_refused() -> None:
    first, other = resolve(person("李明", id_number(1)), person("王强", id_number(1)))
    assert first["conflict"] is None and other["conflict"] == "person_name_differs"
    (later,) = resolve(person("王强", id_number(1)))
    assert later["conflict"] == "person_name_differs" and later["subject_id"] is None
    (spaced,) = resolve(person("李 明", id_number(1)))
    assert spaced["subject_id"] == first["subject_id"]


def test_names_and_numbers_of_people_are_sealed() -> None:
    sealed_tax = "11010519491231002X01"
    resolve(person("李小明", id_number(1)), firm("小明修理铺", tax_no=sealed_tax))
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        dump = ""
        for table in ("subjects_person", "subjects_identifier", "subjects_subject", "common_history"):
            cursor.execute(f"SELECT string_agg(t::text, '|') FROM {table} t")
            dump += cursor.fetchone()[0] or ""
    assert "李小明" not in dump and id_number(1) not in dump and sealed_tax not in dump
    for clear in ("李小明", id_number(1)):
        assert clear.encode().hex() not in dump
    one = Person.objects.get()
    assert queries.opener([one.pk]).text(one.pk, crypto_subject.NAME, one.name_sealed) == "李小明"


@pytest.mark.parametrize(
    ("row", "wanted"),
    [(firm("示例甲公司"), "number_missing"), (firm(None, uscc=A), "name_missing"),  # type: ignore[arg-type]
     (firm("示例甲公司", uscc=A, tax_no=B), "subject_conflict")],
)  # fmt: skip
def test_rows_without_subject(row: dict[str, str], wanted: str) -> None:
    (answer,) = resolve(row)
    assert answer["conflict"] == wanted and answer["subject_id"] is None
    assert not Subject.objects.exists()


def test_a_dry_run_stores_nothing_and_still_sees_what_is_wrong() -> None:
    dry = Resolver(acting=SYSTEM, at=clock.now(), dry=True)
    one = dry.resolve(pl.DataFrame([person("李明", id_number(1))]))
    two = dry.resolve(pl.DataFrame([person("李明", id_number(1)), person("王强", id_number(1))]))
    assert one["subject_id"][0] == two["subject_id"][0]
    assert two["conflict"].to_list() == [None, "person_name_differs"]
    assert dry.finish() == 0 and not Subject.objects.exists()
    assert not History.objects.filter(action__startswith="subjects").exists()


def test_batches_of_one_delivery_know_each_other() -> None:
    resolver = Resolver(acting=SYSTEM, at=clock.now())
    one = resolver.resolve(pl.DataFrame([firm("示例甲公司", uscc=A)]))
    two = resolver.resolve(pl.DataFrame([firm("示例甲公司", uscc=A), firm("示例乙公司", uscc=B)]))
    three = resolver.resolve(pl.DataFrame([firm("示例甲厂", uscc=A)]))
    assert {one["subject_id"][0], two["subject_id"][0]} == {three["subject_id"][0]}
    assert not any([*one["known"], *two["known"], *three["known"]])


@pytest.mark.django_db(transaction=True)
def test_two_deliveries_at_once_make_one_subject() -> None:
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    rows = [firm(f"示例{n}公司", uscc=uscc(n)) for n in range(40)]
    results: list[list[bytes]] = []
    start = threading.Barrier(2)

    def deliver(frame: list[dict[str, str]]) -> None:
        start.wait()
        results.append([row["subject_id"] for row in resolve(*frame)])
        connections.close_all()

    threads = [threading.Thread(target=deliver, args=(given,)) for given in (rows, rows[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results[0] == results[1][::-1]
    assert Organisation.objects.count() == 40


def test_an_empty_batch() -> None:
    resolver = Resolver(acting=SYSTEM, at=clock.now())
    frame = pl.DataFrame(schema={"subject_kind": pl.String, "name": pl.String, "uscc": pl.String})
    assert resolver.resolve(frame).is_empty() and resolver.finish() == 0
