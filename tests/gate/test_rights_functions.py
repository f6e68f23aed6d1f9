"""Every function of the schema ``rights`` is known, who may call it, and what an injected call of it leaves and gives."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

import pytest
from django.db import DatabaseError, connection, transaction

from goodfaith.common import clock
from goodfaith.common.acting import Acting
from goodfaith.common.roles import FUNCTIONS, JOBS, WEB
from goodfaith.gate import queries as gate
from goodfaith.ledger.models import Entry
from goodfaith.rights import actions, queries
from goodfaith.rights.models import Case, RecallNotice, Text
from tests.city import ID_NUMBER, NAME, City
from tests.conftest import as_role

LOOKS = {
    "open", "save", "act", "add_file", "remove_file", "open_case", "read_file", "inbox", "elsewhere", "recipients",
    "case_recalls", "unit_notices", "confirm_notice", "make_statement", "end_statement", "represent", "end_representation",
}  # fmt: skip
"""Open to the web: whoever calls it about another's case leaves an entry, whatever comes of it."""
OWN = {"my_cases", "my_case", "my_recalls", "my_statements", "my_representations"}
"""Open to the web: what an account reads of itself and of whom it stands for."""
COUNTS = {"figures", "recall_figures", "unit_figures"}
"""Open to the web and to everybody: numbers only."""
JOB = {"tell_findings", "expire", "escalate", "remind", "unsigned", "sign"}
INSIDE = {
    "accounts_of", "add_texts", "apply", "becomes", "bury", "case_facts", "case_guard", "case_rows", "clock_guard", "ended",
    "enter", "entered_it", "fit_to_say", "forget_draft", "given", "guards", "handled", "lacking", "letter_no",
    "looks_shown", "mark", "may_write_draft", "new_number", "notice_facts", "notice_guard", "notice_state", "odd_clock",
    "office", "opening_refusal", "opens", "parts", "put_draft_texts", "recall", "refused", "running", "sealed_guard",
    "set_clocks", "step", "step_has_event", "suspends", "transition", "turn", "unfit", "unmark", "unwritable",
    "write_version",
}  # fmt: skip
"""Called by the others as the owner; no role may."""
BESIDE = {"elsewhere", "recipients", "case_recalls"}
"""Read beside a case by who handles it: only within the hour after it was opened, which is an entry."""
SECRETS = (NAME, ID_NUMBER, "写错了", "示例证据.pdf")


def _functions(role: str | None = None, more: str = "") -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.proname FROM pg_proc p WHERE p.pronamespace = 'rights'::regnamespace"
            + (" AND has_function_privilege(%s, p.oid, 'EXECUTE')" if role else "")
            + more,
            [role] if role else [],
        )
        return {row[0] for row in cursor.fetchall()}


def test_no_function_is_unknown(db: None) -> None:
    assert _functions() == LOOKS | OWN | COUNTS | JOB | INSIDE


def test_each_role_may_call_exactly_its_own(db: None) -> None:
    assert _functions(WEB) == LOOKS | OWN | COUNTS <= set(FUNCTIONS[WEB])
    assert _functions(JOBS) == JOB <= set(FUNCTIONS[JOBS])
    assert _functions("goodfaith_sealer") == set()


@pytest.mark.parametrize("role", [WEB, JOBS])
def test_what_roles_may_call_runs_as_the_owner_with_its_own_search_path(db: None, role: str) -> None:
    odd = " AND NOT (p.prosecdef AND p.proconfig::text LIKE '%%search_path=pg_catalog, public%%')"
    assert _functions(role, odd) == set()


def test_no_name_is_granted_in_two_schemas(db: None) -> None:
    """Grants go by name: the same name elsewhere would be granted too."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
            " WHERE n.nspname = ANY (%s) AND p.proname = ANY (%s) GROUP BY 1 HAVING count(DISTINCT n.nspname) > 1",
            [["open", "gate", "ledger", "account", "oversight", "inquiry", "rights"],
             [*LOOKS, *OWN, *COUNTS, *JOB]],
        )  # fmt: skip
        assert cursor.fetchall() == []


@dataclass
class Matter:
    """A filed objection of the person, with a paper, a recall and what else there is to be had."""

    city: City
    case: uuid.UUID
    paper: uuid.UUID
    notice: uuid.UUID
    record: uuid.UUID
    statement: uuid.UUID


@pytest.fixture
def matter(city: City) -> Matter:
    person, office, clerk = (city.users[who].acting for who in ("citizen", "credit_office", "clerk"))
    with as_role(WEB):
        gate.open_file(acting=office, purpose="credit_administration", subject_id=city.person, case_no="甲1")
        record = gate.open_file(acting=person, purpose="self_access", subject_id=city.person).current[0].id
        ref = actions.do_open(acting=person, at=clock.now(), procedure="objection", kind="wrong", records=[record],
                              texts={"claim": "写错了"})  # fmt: skip
        actions.do_act(acting=person, at=clock.now(), case=queries.my_case(person, ref.id), act="file")
        paper = actions.do_add_paper(
            acting=person, at=clock.now(), case_id=ref.id, name="示例证据.pdf", data=b"%PDF-1.7"
        )
        actions.do_act(acting=office, at=clock.now(), case=queries.open_case(office, ref.id), act="forward")
        remedy = {"remedy": {"to": "示例市人民政府"}}
        actions.do_act(acting=clerk, at=clock.now(), case=queries.open_case(clerk, ref.id), act="annul",
                       texts={"answer": "已撤销"}, facts=remedy)  # fmt: skip
    return Matter(city, ref.id, paper, RecallNotice.objects.get().id, record, uuid.UUID(int=1))


CALLS: dict[str, tuple[str, list[str]]] = {
    "open": ("SELECT rights.open(%s, %s, jsonb_build_object('id', gen_random_uuid(), 'procedure', 'objection', 'letter',"
             " 'Y', 'kind', 'wrong', 'channel', 'my', 'subject', %s::uuid, 'records', jsonb_build_array(%s::uuid),"
             " 'at', now()))", ["person", "record"]),
    "save": ("SELECT rights.save(%s, %s, jsonb_build_object('case', %s::uuid, 'kind', 'x', 'at', now()))", ["case"]),
    "act": ("SELECT rights.act(%s, %s, jsonb_build_object('case', %s::uuid, 'act', 'withdraw', 'expect', 'source',"
            " 'at', now()))", ["case"]),
    "add_file": ("SELECT rights.add_file(%s, %s, %s, gen_random_uuid(), 'x', 'x', 1, 'x', 'x', true, now())", ["case"]),
    "remove_file": ("SELECT rights.remove_file(%s, %s, %s, now())", ["paper"]),
    "open_case": ("SELECT rights.open_case(%s, %s, %s)", ["case"]),
    "read_file": ("SELECT rights.read_file(%s, %s, %s)", ["paper"]),
    "inbox": ("SELECT rights.inbox(%s, %s, '{\"state\": \"closed\"}')", []),
    "elsewhere": ("SELECT rights.elsewhere(%s, %s, %s)", ["case"]),
    "recipients": ("SELECT rights.recipients(%s, %s, %s)", ["case"]),
    "case_recalls": ("SELECT rights.case_recalls(%s, %s, %s)", ["case"]),
    "unit_notices": ("SELECT rights.unit_notices(%s, %s, '{}')", []),
    "confirm_notice": ("SELECT rights.confirm_notice(%s, %s, %s, 'deleted', now())", ["notice"]),
    "make_statement": ("SELECT rights.make_statement(%s, %s, jsonb_build_object('id', gen_random_uuid(), 'record',"
                       " %s::uuid, 'text', 'x', 'at', now()))", ["record"]),
    "end_statement": ("SELECT rights.end_statement(%s, %s, %s, 'x', now())", ["statement"]),
    "represent": ("SELECT rights.represent(%s, %s, jsonb_build_object('id', gen_random_uuid(), 'subject', %s::uuid,"
                  " 'account', 'stranger', 'ground', 'agent', 'since', current_date, 'until', current_date, 'entry', 1,"
                  " 'at', now()))", ["person"]),
    "end_representation": ("SELECT rights.end_representation(%s, %s, %s, now())", ["statement"]),
}  # fmt: skip


def test_every_look_is_tried_below() -> None:
    assert set(CALLS) == LOOKS


def call(matter: Matter, function: str, acting: Acting) -> str:
    statement, names = CALLS[function]
    values = [matter.city.person if name == "person" else getattr(matter, name) for name in names]
    with as_role(WEB), connection.cursor() as cursor:
        cursor.execute(statement, [acting.kind, acting.id, *values])
        return str([[bytes(v) if isinstance(v, memoryview) else v for v in row] for row in cursor.fetchall()])


ATTACKERS = ["clerk", "other_clerk", "credit_office", "auditor", "stranger", "enterprise", "nobody"]


@pytest.mark.parametrize("who", ATTACKERS)
@pytest.mark.parametrize("function", sorted(LOOKS))
def test_an_injected_call_leaves_its_entry_and_names_nobody(matter: Matter, function: str, who: str) -> None:
    """Whatever an attacker makes the web's role call: one entry for each call, nothing in the clear in its answer."""
    acting = matter.city.users[who].acting if who != "nobody" else Acting("officer", "999999999", "x")
    before, cases = Entry.objects.count(), Case.objects.count()
    said = call(matter, function, acting)
    rests = function in BESIDE and who in ("clerk", "credit_office")  # on the entry of having opened the case
    nothing = function == "add_file" and "act_not_here" in said  # it is closed
    assert Entry.objects.count() == before + (not rests and not nothing)
    assert not any(secret in said for secret in SECRETS) and Case.objects.count() == cases


def test_what_one_reads_of_oneself_names_nobody_and_is_ones_own(matter: Matter) -> None:
    for who in ("citizen", "stranger", "enterprise"):
        acting = matter.city.users[who].acting
        said = ""
        with as_role(WEB), connection.cursor() as cursor:
            for function in sorted(OWN):
                more = {"my_case": [matter.case], "my_recalls": [None]}.get(function, [])
                places = ", ".join(["%s"] * (2 + len(more)))
                cursor.execute(f"SELECT x::text FROM rights.{function}({places}) x", [acting.kind, acting.id, *more])
                said += str(cursor.fetchall())
        assert not any(secret in said for secret in SECRETS)
        assert (str(matter.case) in said) == (who == "citizen")


def test_figures_tell_of_no_case(matter: Matter) -> None:
    with as_role(WEB), connection.cursor() as cursor:
        for function in sorted(COUNTS):
            cursor.execute(f"SELECT x::text FROM rights.{function}('2020-01-01', '2099-01-01') x")
            said = str(cursor.fetchall())
            assert str(matter.case) not in said and str(matter.city.person) not in said


def test_an_officers_look_at_a_case_gives_sealed_values_only(matter: Matter) -> None:
    said = call(matter, "open_case", matter.city.users["clerk"].acting)
    assert str(matter.record) in said and not any(secret in said for secret in SECRETS)
    assert bytes(Text.objects.first().sealed).find("写错了".encode()) < 0  # type: ignore[union-attr]


@pytest.mark.parametrize("function", sorted(INSIDE))
def test_what_is_inside_is_denied(city: City, function: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('SELECT rights.%%I(%%s)', p.proname, (SELECT string_agg(format('NULL::%%s', format_type(t, NULL)),"
            " ', ') FROM unnest(p.proargtypes) t)), p.prorettype = 'trigger'::regtype FROM pg_proc p"
            " WHERE p.pronamespace = 'rights'::regnamespace AND p.proname = %s",
            [function],
        )
        statement, is_trigger = cursor.fetchone()
    if not is_trigger:
        for role in (WEB, JOBS):
            with as_role(role), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                connection.cursor().execute(statement)


TABLES = {
    "rights_event": ("facts = '{}'", "append-only"), "rights_caserecord": ("version = 2", "append-only"),
    "rights_recall": ("reason = 'expired'", "append-only"), "gate_given": ("unit = 'x'", "append-only"),
    "rights_case": ("number = 'x'", "stays closed"), "rights_text": ("part = 'x'", "not changed"),
    "rights_file": ("media = 'x'", "not changed"), "rights_clock": ("started_on = started_on - 9", "set back"),
    "records_mark": ("kind = 'suspended'", "one transition"), "records_tombstone": ("reason = 'x'", "one transition"),
}  # fmt: skip


@pytest.mark.parametrize("table", sorted(TABLES))
def test_not_even_the_owner_rewrites_or_deletes_what_happened(matter: Matter, table: str) -> None:
    change, why = TABLES[table]
    for statement, message in ((f"UPDATE {table} SET {change}", why), (f"DELETE FROM {table}", "append-only")):
        with pytest.raises(DatabaseError, match=message), transaction.atomic():
            connection.cursor().execute(statement)


def test_words_are_sealed_anew_or_erased_and_never_rewritten(matter: Matter) -> None:
    """Rotation changes the number of the key; the same key with other bytes is another text."""
    for change, allowed in (
        ("set_byte(sealed, 1, 200)", True),
        ("NULL", True),
        ("set_byte(sealed, 5, 200 - get_byte(sealed, 5))", False),
    ):
        with transaction.atomic():
            if allowed:
                connection.cursor().execute(f"UPDATE rights_text SET sealed = {change}")
            else:
                with pytest.raises(DatabaseError, match="not changed"), transaction.atomic():
                    connection.cursor().execute(f"UPDATE rights_text SET sealed = {change}")
            transaction.set_rollback(True)
    connection.cursor().execute("UPDATE rights_file SET sealed = NULL, name_sealed = NULL")
    with pytest.raises(DatabaseError, match="not changed"), transaction.atomic():
        connection.cursor().execute("UPDATE rights_file SET sealed = 'x'")
