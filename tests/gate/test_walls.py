"""What the database itself refuses, whatever the program would do."""

from __future__ import annotations

import datetime as dt
import subprocess

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from goodfaith.common import crypto, embedded
from goodfaith.common.roles import GRANTS, JOBS, WEB
from tests.city import ID_NUMBER, NAME, City, judge_same, make_record
from tests.conftest import as_role

SECRET = [NAME, ID_NUMBER, "E12345678"]
CLOSED_TO_WEB = [
    "subjects_subject", "subjects_person", "subjects_identifier", "records_record", "records_tombstone",
    "intake_refusal", "intake_deliverychunk", "ledger_entry",
    "oversight_complaint", "oversight_draw", "oversight_review", "oversight_misusecase", "oversight_aliaskey", "oversight_sending",
    "inquiry_batchrow", "inquiry_batchattachment", "subjects_key", "gate_consent", "gate_consentrequest", "gate_hold",
    "gate_message", "gate_outbox", "gate_delay", "gate_trace", "ledger_pending", "ledger_leaf", "gate_given",
    "records_mark", "records_statement", "rights_case", "rights_caserecord", "rights_event", "rights_text",
    "rights_file", "rights_clock", "rights_representation", "rights_recall", "rights_recallnotice", "rights_progress",
    "rights_findingstold", "rights_lettercount",
]  # fmt: skip


def _relations() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE c.relkind IN ('r', 'v', 'm', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema')"
            " AND n.nspname NOT LIKE 'pg_toast%%' ORDER BY 1"
        )
        return [row[0] for row in cursor.fetchall()]


def _read(relation: str) -> str | None:
    """All rows of a relation as text, or None when this role may not read it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT t::text FROM {relation} t")
            return "\n".join(row[0] for row in cursor.fetchall())
    except DatabaseError as error:
        assert "permission denied" in str(error)
        return None


def test_no_table_or_view_gives_the_web_a_person(city: City) -> None:
    """Boundary 7: walk everything the web's role can name; no person's record, name, number or id comes out."""
    make_record(city.person, unit="t_a", person=True, decided=dt.date(2020, 1, 2))
    with as_role(WEB):
        read = {relation: _read(relation) for relation in _relations()}
    seen = "\n".join(text for name, text in read.items() if text and name != "public.parties_user")
    assert all(read[f"public.{table}"] is None for table in CLOSED_TO_WEB)
    for secret in SECRET:
        assert secret not in seen
    assert f"({city.person}" not in (read["open.record"] or "")
    assert read["public.law_item"]


def test_of_the_rights_the_roles_read_what_everybody_may_read(db: None) -> None:
    """Cases, their words, clocks and notices come out of functions only; the worker reads none of them either."""
    closed = [table for table in _relations() if table.startswith(("public.rights_", "rights."))]
    for role, readable in ((WEB, {"public.rights_transition", "public.rights_withdrawal"}), (JOBS, set())):
        with as_role(role):
            assert {table for table in closed if _read(table) is not None} == readable


def test_an_injected_select_is_denied(city: City) -> None:
    with as_role(WEB), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute("SELECT 1 FROM records_record; --")


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT lo_create(0)", "SELECT lo_from_bytea(0, 'x')", "CREATE TEMP TABLE hoard (x text)",
        "CREATE TABLE hoard (x text)", "COPY subjects_person TO STDOUT", "COPY (SELECT 1) TO PROGRAM 'cat'",
        "SELECT pg_read_file('/etc/passwd')", "SELECT * FROM open.shown",
        "SELECT gate.note_run('x', 'x', null, 0)", "SELECT nextval('ledger_entry_id_seq')",
        "SELECT nextval('gate_message_id_seq')",
    ],
)  # fmt: skip
def test_the_web_has_no_side_door(city: City, statement: str) -> None:
    with as_role(WEB), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)


@pytest.mark.parametrize("role", [WEB, JOBS])
def test_no_role_can_write_or_change_the_ledger(city: City, role: str) -> None:
    for statement in (
        "INSERT INTO ledger_entry (at) VALUES (now())",
        "UPDATE ledger_entry SET outcome = 'opened'",
        "DELETE FROM ledger_entry",
        "SELECT gate.write_entry('x','x','x',null,null,null,'x',null,null,'opened',null,0)",
    ):
        with as_role(role), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)


def test_not_even_the_owner_changes_a_ledger_row(city: City) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT gate.write_entry('x','x','x',null,null,null,'x',null,null,'opened',null,0)")
    for statement in ("UPDATE ledger_entry SET outcome = 'refused'", "DELETE FROM ledger_entry"):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            connection.cursor().execute(statement)


def test_records_are_neither_overwritten_nor_deleted(city: City) -> None:
    for statement in (
        "UPDATE records_record SET document_no = 'x'",
        "UPDATE records_record SET superseded_at = now(), status = 'repaired'",
        "DELETE FROM records_record",
    ):
        with pytest.raises(IntegrityError, match="never"), transaction.atomic():
            connection.cursor().execute(statement)
    connection.cursor().execute("UPDATE records_record SET superseded_at = now()")


def test_a_negative_record_without_its_document_is_refused_by_the_database(city: City) -> None:
    """Boundary 1."""
    with pytest.raises(IntegrityError, match="record_negative_cites_document"), transaction.atomic():
        connection.cursor().execute(
            "INSERT INTO records_record SELECT (r).* FROM (SELECT jsonb_populate_record(r, jsonb_build_object("
            "'id', gen_random_uuid(), 'document_no', null, 'fact', '\\x01')) r FROM records_record r LIMIT 1) x"
        )


def test_a_persons_number_cannot_be_stored_in_the_clear(city: City) -> None:
    with pytest.raises(IntegrityError, match="person_number_is_sealed"), transaction.atomic():
        connection.cursor().execute(
            "INSERT INTO subjects_identifier (subject_id, kind, key, value) VALUES (%s, 'id_number', '\\x02', '123')",
            [city.person],
        )


def test_one_subject_per_number_is_held_by_the_database(city: City) -> None:
    with pytest.raises(IntegrityError, match="one_subject_per_number"), transaction.atomic():
        connection.cursor().execute(
            "INSERT INTO subjects_identifier (subject_id, kind, key, sealed)"
            " SELECT %s, kind, key, sealed FROM subjects_identifier WHERE subject_id = %s",
            [city.namesake, city.person],
        )


def test_grants_name_only_tables_that_exist(db: None) -> None:
    known = {name.removeprefix("public.") for name in _relations()}
    assert {table for grants in GRANTS.values() for table in grants} <= known


@pytest.mark.django_db(transaction=True)
def test_a_dump_of_the_database_shows_no_person(lasting_city: City) -> None:
    """People's names and numbers are sealed: a dump holds neither, nor a digest that can be made without the key."""
    dump = subprocess.run(
        [str(embedded.binaries() / "pg_dump"), "-h", str(embedded.socket_folder()), "-U", embedded.OWNER,
         "--data-only", str(connection.settings_dict["NAME"])],
        capture_output=True, check=True, env={"PGPASSWORD": embedded.parameters()["password"]},
    ).stdout.decode()  # fmt: skip
    assert "subjects_person" in dump
    for secret in SECRET:
        assert secret not in dump
        assert secret.encode().hex() not in dump


def test_an_injected_judgement_joins_no_two_files(city: City) -> None:
    """Who may write judgements could else join any file to the own one, and open it as the own one, untold."""
    stranger = sorted((city.person, city.organisation))
    statement = (
        'INSERT INTO subjects_judgement (id, suspicion_id, "left", "right", verdict, reason, officer_id, officer_name,'
        " unit, at) VALUES (gen_random_uuid(), %s, %s, %s, 'same', 'x', '1', 'x', 'x', now())"
    )
    with as_role(WEB), pytest.raises(IntegrityError, match="its suspicion's pair"), transaction.atomic():
        connection.cursor().execute(statement, [city.suspicion, *stranger])


def test_a_judgement_is_taken_back_once_and_not_rewritten(city: City) -> None:
    judge_same(city)
    for change in ("verdict = 'different'", "withdrawn_reason = 'x'", "withdrawn_at = NULL"):
        with pytest.raises(IntegrityError, match="taken back"), transaction.atomic():
            connection.cursor().execute(f"UPDATE subjects_judgement SET {change}")
    with as_role(WEB):
        connection.cursor().execute("UPDATE subjects_judgement SET withdrawn_at = now(), withdrawn_by = 'x'")
    with pytest.raises(IntegrityError, match="taken back"), transaction.atomic():
        connection.cursor().execute("UPDATE subjects_judgement SET withdrawn_at = now()")


NAMELESS = [
    "SELECT * FROM gate.check(NULL, NULL, 'x', 'c', 'id_number', %s)",
    "SELECT * FROM gate.open_file('officer', '1', NULL, NULL, 'id_number', %s, 'c', NULL)",
    "SELECT * FROM gate.open_file('officer', NULL, 'x', NULL, 'id_number', %s, 'c', NULL)",
]


@pytest.mark.parametrize("statement", NAMELESS)
def test_a_call_that_says_nothing_of_itself_is_an_entry_and_no_error_that_quotes_the_row(
    city: City, statement: str
) -> None:
    """An INSERT that fails would leave no entry, and its message would tell which subject has the number."""
    with as_role(WEB), connection.cursor() as cursor:
        cursor.execute(statement, [crypto.index_key("id_number", ID_NUMBER)])
    with connection.cursor() as cursor:
        cursor.execute("SELECT subject_id, outcome FROM ledger_entry ORDER BY id DESC LIMIT 1")
        assert cursor.fetchone() == (city.person, "refused")
