"""COPY and the guards of the table, against the real database."""

from __future__ import annotations

import datetime as dt
import uuid

import polars as pl
import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from goodfaith.common import clock, crypto_subject
from goodfaith.common.acting import SYSTEM
from goodfaith.law import queries as law
from goodfaith.records import actions
from goodfaith.records.models import Record
from goodfaith.records.rules import ROW
from goodfaith.subjects import queries
from goodfaith.subjects.models import Subject

pytestmark = pytest.mark.django_db
ITEM = "licensing.administrative_penalty"


def frame(subject: Subject, *facts: tuple[bytes, bytes, str], known: bool = False) -> pl.DataFrame:
    """Records ready to be written: (fact, digest, document number)."""
    count = len(facts)
    return pl.DataFrame(
        {
            ROW: range(2, 2 + count), "subject_id": [subject.pk.bytes] * count, "known": [known] * count,
            "decided_on": [dt.date(2026, 5, 6)] * count, "document_no": [f[2] for f in facts],
            "authority": ["示例局"] * count, "disclosure": ["open"] * count,
            "display": ["[2026-05-06,2027-05-06)"] * count,
            "display_class": ["all"] * count, "display_version": ["r/v"] * count, "in_force": ["(,)"] * count,
            "content": ['{"CF_SY":"他说\\"好\\\\坏\\""}'] * count,
            "secret": ['{"CF_FRDB":"他说\\t\\n\\\\"}'] * count,
            "fact": [f[0] * 16 for f in facts], "digest": [f[1] * 16 for f in facts],
        }
    )  # fmt: skip


@pytest.fixture
def subject() -> Subject:
    return Subject.objects.create(kind="organisation", created_at=clock.now())


@pytest.fixture
def into() -> actions.Into:
    item = law.item(ITEM)
    return actions.Into(item, item.editions[0], "market", uuid.uuid4())


def write(rows: pl.DataFrame, into: actions.Into) -> actions.Outcome:
    outcome = actions.check_batch(rows, into, {}, clock.now())
    actions.do_record(outcome, into, acting=SYSTEM, at=clock.now())
    return outcome


def test_awkward_characters_arrive_as_they_are(subject: Subject, into: actions.Into) -> None:
    write(frame(subject, (b"a", b"1", 'a\\b\t"c"')), into)
    record = Record.objects.get(subject=subject)
    assert record.document_no == 'a\\b\t"c"' and record.content == {"CF_SY": '他说"好\\坏"'}
    place = crypto_subject.record_place(record.id, 1)
    opened = queries.opener([subject.pk]).json(subject.pk, place, record.sealed)
    assert opened == {"CF_FRDB": "他说\t\n\\"} and record.superseded_at is None


def test_the_same_is_repeated_and_other_content_is_a_new_version(subject: Subject, into: actions.Into) -> None:
    write(frame(subject, (b"a", b"1", "1"), (b"b", b"1", "2")), into)
    outcome = write(frame(subject, (b"a", b"1", "1"), (b"b", b"2", "2"), (b"c", b"1", "3"), known=True), into)
    assert (outcome.added, outcome.revised, outcome.delivered) == (1, 1, [2])
    versions = Record.objects.filter(subject=subject, document_no="2").order_by("version")
    assert [(r.version, r.superseded_at is None) for r in versions] == [(1, False), (2, True)]
    assert versions[0].id == versions[1].id


def test_within_a_batch_the_first_stands(subject: Subject, into: actions.Into) -> None:
    outcome = write(frame(subject, (b"a", b"1", "1"), (b"a", b"1", "1"), (b"a", b"2", "1")), into)
    assert (outcome.added, outcome.repeated, outcome.conflicting) == (1, [3], [4])


@pytest.mark.parametrize(
    "statement", ["UPDATE records_record SET content = '{}'", "UPDATE records_record SET status = 'annulled'",
                  "DELETE FROM records_record"],
)  # fmt: skip
def test_nothing_is_overwritten(subject: Subject, into: actions.Into, statement: str) -> None:
    """Wall 3."""
    write(frame(subject, (b"a", b"1", "1")), into)
    with pytest.raises(DatabaseError, match="never"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_database_holds_one_current_version_of_a_fact(subject: Subject, into: actions.Into) -> None:
    """A row that slips past the look-up (``known`` wrong) is stopped by the index."""
    write(frame(subject, (b"a", b"1", "1")), into)
    with pytest.raises(psycopg.Error, match="record_fact_current_once"), transaction.atomic():
        write(frame(subject, (b"a", b"2", "1")), into)


def test_a_negative_record_without_its_document_is_refused(subject: Subject, into: actions.Into) -> None:
    """Boundary 1, held by the database."""
    rows = frame(subject, (b"a", b"1", "1")).with_columns(pl.lit(None, dtype=pl.String).alias("document_no"))
    with pytest.raises(psycopg.Error, match="record_negative_cites_document"), transaction.atomic():
        write(rows, into)
