"""Every function of the gate is known, and what it gives out about anybody leaves an entry."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from goodfaith.common.acting import Acting
from goodfaith.common.roles import FUNCTIONS, JOBS, WEB
from goodfaith.ledger.models import Entry
from tests.city import ID_NUMBER, NAME, City
from tests.conftest import as_role
from tests.gate.cast import give

LOOKS = {
    "open_file", "check", "check_many", "open_delivery", "open_delivery_file", "read_ledger", "unit_consents",
    "grant_consent", "withdraw_consent", "request_consent", "answer_request", "place_hold", "lift_hold",
}  # fmt: skip
"""Open to the web: each writes an entry, whoever calls it and whatever comes of it."""
OWN = {"my_entries", "my_proof", "my_consents", "my_requests", "my_hold", "my_messages", "read_messages"}
"""Open to the web: what an account reads of itself; no record, name or number of anybody in it."""
NO_PERSON = {"cluster"}
"""Open to the web: ids in, ids out."""
JOB = {"note_run", "check_many", "cluster"}
INSIDE = {
    "actor", "asks", "today", "find", "kind_of", "plain", "is_named", "take_turn", "tell", "enter", "enter_list", "enter_act",
    "write_entry", "purpose_refusal", "matter_refusal", "refusal", "delay_refusal", "check_refusal", "terms_refusal",
    "delivery_refusal", "consented", "count_use", "items_of", "opened", "file_digest", "identity", "head", "rule_end",
    "bears_until", "measures", "matter_items", "check_one", "subject_at_turn", "add_consent", "granted", "seen_by",
    "is_own", "shows_case", "consent_state", "request_state", "consent_facts", "request_facts", "once", "counted",
    "is_marked", "record_facts", "statements", "give", "is_minor", "minor_refusal",
}  # fmt: skip
"""Called by the others as the owner; no role may."""


def _functions(role: str | None = None) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'gate'"
            + (" AND has_function_privilege(%s, p.oid, 'EXECUTE')" if role else ""),
            [role] if role else [],
        )
        return {row[0] for row in cursor.fetchall()}


def test_no_function_is_unknown(db: None) -> None:
    assert _functions() == LOOKS | OWN | NO_PERSON | JOB | INSIDE


def test_each_role_may_call_exactly_its_own(db: None) -> None:
    assert _functions(WEB) == LOOKS | OWN | NO_PERSON
    assert _functions(JOBS) == JOB
    assert _functions(WEB) <= set(FUNCTIONS[WEB])


def test_no_function_runs_as_its_caller_where_it_reads(db: None) -> None:
    """Those that roles may call are SECURITY DEFINER with a search path of their own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'gate'"
            " AND has_function_privilege(%s, p.oid, 'EXECUTE')"
            " AND NOT (p.prosecdef AND p.proconfig::text LIKE '%%search_path=pg_catalog, public%%')",
            [WEB],
        )
        assert cursor.fetchall() == []


INJECTED: dict[str, tuple[str, list[Any]]] = {
    "open_file": ("SELECT * FROM gate.open_file(%s, %s, 'x', %s, NULL, NULL, 'x', NULL)", ["person"]),
    "check": ("SELECT * FROM gate.check(%s, %s, 'x', 'x', 'id_number', '\\x00')", []),
    "check_many": (
        "SELECT * FROM gate.check_many(%s, %s, 'x', 'x',"
        " ARRAY[ROW('id_number', '\\x00', NULL, NULL, NULL, NULL)::gate.asked])", []),
    "open_delivery": ("SELECT * FROM gate.open_delivery(%s, %s, %s, '{refused}', 0, 9)", ["person"]),
    "open_delivery_file": ("SELECT * FROM gate.open_delivery_file(%s, %s, %s)", ["person"]),
    "read_ledger": ("SELECT * FROM gate.read_ledger(%s, %s, NULL, NULL, NULL, 9)", []),
    "unit_consents": ("SELECT * FROM gate.unit_consents(%s, %s)", []),
    "grant_consent": ("SELECT * FROM gate.grant_consent(%s, %s, 'x', 'x', '{x}', now()::date, 1)", []),
    "withdraw_consent": ("SELECT * FROM gate.withdraw_consent(%s, %s, %s)", ["person"]),
    "request_consent": (
        "SELECT * FROM gate.request_consent(%s, %s, 'id_number', '\\x00', NULL, NULL, 'x', 'x', '{x}', now()::date, 1,"
        " 'x', NULL)", []),
    "answer_request": ("SELECT * FROM gate.answer_request(%s, %s, %s, true)", ["person"]),
    "place_hold": ("SELECT * FROM gate.place_hold(%s, %s)", []),
    "lift_hold": ("SELECT * FROM gate.lift_hold(%s, %s)", []),
}  # fmt: skip


def test_every_look_is_tried_below() -> None:
    assert set(INJECTED) == LOOKS


@pytest.mark.parametrize("who", ["citizen", "clerk", "credit_office", "auditor", "stranger", "nobody"])
@pytest.mark.parametrize("function", sorted(LOOKS))
def test_an_injected_call_leaves_its_entry(city: City, function: str, who: str) -> None:
    """Whatever an attacker makes the web's role call: each call is one entry, written before anything comes out."""
    acting = city.users[who].acting if who != "nobody" else Acting("officer", "999999999", "x")
    statement, more = INJECTED[function]
    before = Entry.objects.count()
    with as_role(WEB), connection.cursor() as cursor:
        cursor.execute(statement, [acting.kind, acting.id, *(getattr(city, name) for name in more)])
    assert Entry.objects.count() == before + 1


@pytest.mark.parametrize("function", sorted(INSIDE))
def test_what_is_inside_is_denied(city: City, function: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('SELECT gate.%%I(%%s)', p.proname, (SELECT string_agg(format('NULL::%%s', format_type(t, NULL)),"
            " ', ') FROM unnest(p.proargtypes) t)), p.prorettype = 'trigger'::regtype FROM pg_proc p"
            " WHERE p.pronamespace = 'gate'::regnamespace AND p.proname = %s",
            [function],
        )
        call, is_trigger = cursor.fetchone()
    if is_trigger:
        return
    for role in (WEB, JOBS):
        with as_role(role), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(call)


def test_what_one_reads_of_oneself_names_no_person(city: City, bank: Acting) -> None:
    """An injected call with a stolen account shows that account's list: no name, number or id of anybody."""
    give(city, "k_bank", "credit_granting")
    with as_role(WEB), connection.cursor() as cursor:
        for function in sorted(OWN - {"my_proof", "read_messages"}):
            arguments = {"my_entries": ", NULL, NULL, NULL, NULL, NULL, NULL, NULL, 9", "my_messages": ", false, 9"}
            cursor.execute(
                f"SELECT x::text FROM gate.{function}('citizen', %s{arguments.get(function, '')}) x",
                [str(city.users["citizen"].pk)],
            )
            text = str(cursor.fetchall())
            assert NAME not in text and ID_NUMBER not in text and str(city.person) not in text


def test_the_jobs_role_checks_as_the_officer_and_opens_nothing(city: City) -> None:
    for statement in (
        f"SELECT * FROM gate.open_file('officer', '1', 'x', '{uuid.uuid4()}', NULL, NULL, 'x', NULL)",
        "SELECT * FROM gate.check('officer', '1', 'x', 'x', 'id_number', '\\x00')", "SELECT * FROM gate_consent",
        "SELECT * FROM gate_message", "SELECT * FROM gate_trace", "SELECT * FROM ledger_entry",
    ):  # fmt: skip
        with as_role(JOBS), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)
