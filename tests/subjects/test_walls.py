"""The walls around people's numbers, tried from inside: the database itself refuses."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from goodfaith.common import crypto
from goodfaith.subjects.copying import array_literal
from goodfaith.subjects.models import Identifier, Subject
from tests.conftest import as_role

from .conftest import firm, id_number, person, resolve, uscc

pytestmark = pytest.mark.django_db
NUMBER = id_number(1)


@pytest.fixture(autouse=True)
def someone(db: None) -> None:
    resolve(person("李小明", NUMBER), firm("示例甲公司", uscc=uscc(1)))


@pytest.mark.parametrize("kind", ["id_number", "passport", "hk_macao_permit", "taiwan_permit"])
def test_a_persons_number_cannot_stand_in_clear(kind: str) -> None:
    subject = Subject.objects.filter(kind="person").get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Identifier.objects.create(subject=subject, kind=kind, key=crypto.index_key(kind, "E1"), value="E1")


def test_a_number_has_one_subject() -> None:
    other = Subject.objects.filter(kind="organisation").get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Identifier.objects.create(
            subject=other, kind="id_number", key=crypto.index_key("id_number", NUMBER), sealed=b"x"
        )


@pytest.mark.parametrize("table", ["subjects_subject", "subjects_person", "subjects_identifier"])
def test_the_web_cannot_read_people(table: str) -> None:
    with as_role("goodfaith_web"), pytest.raises(DatabaseError, match="denied"), transaction.atomic():
        connection.cursor().execute(f"SELECT 1 FROM {table}")


@pytest.mark.parametrize("table", ["subjects_subject", "subjects_person", "subjects_identifier", "subjects_judgement"])
def test_the_jobs_role_cannot_erase(table: str) -> None:
    with as_role("goodfaith_jobs"), pytest.raises(DatabaseError, match="denied"), transaction.atomic():
        connection.cursor().execute(f"DELETE FROM {table}")


def test_open_numbers_are_of_organisations_only() -> None:
    with as_role("goodfaith_web"), connection.cursor() as cursor:
        cursor.execute("SELECT kind, value FROM open.organisation_identifier ORDER BY kind")
        assert cursor.fetchall() == [("organisation_code", uscc(1)[8:17]), ("uscc", uscc(1))]


@pytest.mark.parametrize("items", [[], ["a"], ['"', "\\", "a,b", "{x}", "空 格"]])
def test_array_literals(items: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::text[]", [array_literal(items)])
        assert cursor.fetchone() == (items,)
