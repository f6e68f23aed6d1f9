"""Consents, requests and holds: what a subject lets a party see, and what it costs."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from goodfaith.common import clock
from goodfaith.common.acting import Acting
from goodfaith.common.problems import Problem
from goodfaith.gate import actions
from goodfaith.gate import queries as gate
from goodfaith.gate.models import Consent, ConsentRequest, Hold
from goodfaith.ledger.models import Entry
from goodfaith.parties.models import User
from tests.city import ID_NUMBER, NAME, PENALTY, City, make_person
from tests.conftest import as_role
from tests.gate.cast import LICENCE, give, officer

TODAY = clock.today()
DAY = dt.timedelta(days=1)
PURPOSE, PARTY = "credit_granting", "k_bank"


def look(bank: Acting, **more: Any) -> gate.FileHandle:
    """The bank's officer asks."""
    with as_role("goodfaith_web"):
        return gate.open_file(
            acting=bank, purpose=PURPOSE, **{"number": ("id_number", ID_NUMBER), "case_no": "贷1", **more}
        )


def grant(acting: Acting, **change: Any) -> Any:
    """The subject's own act."""
    terms: dict[str, Any] = {"party_unit": PARTY, "purpose": PURPOSE, "items": [PENALTY], "until": TODAY, "uses": None}
    with as_role("goodfaith_web"):
        return actions.do_grant_consent(acting=acting, at=clock.now(), **terms | change)


def ask(bank: Acting, **change: Any) -> Any:
    """The bank's request."""
    terms: dict[str, Any] = {"number": ("id_number", ID_NUMBER), "name": NAME, "purpose": PURPOSE, "items": [PENALTY],
                             "until": TODAY + DAY, "uses": 2, "reason": "贷款审查"}  # fmt: skip
    with as_role("goodfaith_web"):
        return actions.do_request_consent(acting=bank, at=clock.now(), **terms | change)


def test_granted_seen_withdrawn(city: City, bank: Acting) -> None:
    citizen = city.users["citizen"].acting
    assert look(bank).refusal == "consent_missing"
    consent = grant(citizen)
    handle = look(bank)
    assert [r.fields["CF_XDR_MC"] for r in handle.records] == ["欧阳**"]
    entry = Entry.objects.get(id=handle.entry_id)
    assert (entry.consents, entry.items) == ([str(consent)], [PENALTY])
    with as_role("goodfaith_web"):
        actions.do_withdraw_consent(acting=citizen, at=clock.now(), consent_id=consent)
    assert look(bank).refusal == "consent_missing"
    acts = Entry.objects.filter(outcome="done").order_by("id").values_list("purpose", "consents")
    assert list(acts) == [("consent_grant", [str(consent)]), ("consent_withdrawal", [str(consent)])]


def test_overlapping_consents_add_up_and_the_counted_one_is_spared(city: City, bank: Acting) -> None:
    limited = give(city, PARTY, PURPOSE, [PENALTY, LICENCE], uses=1)
    free = give(city, PARTY, PURPOSE, [PENALTY])
    entry = Entry.objects.get(id=look(bank, items=[PENALTY]).entry_id)
    assert (entry.consents, Consent.objects.get(id=limited).used) == ([str(free)], 0)
    entry = Entry.objects.get(id=look(bank).entry_id)
    assert (entry.consents, entry.items) == ([str(free), str(limited)], [LICENCE, PENALTY])
    assert Consent.objects.get(id=limited).used == 1
    assert look(bank, items=[LICENCE, PENALTY]).refusal == "consent_not_covering"
    assert Entry.objects.latest("id").items == [LICENCE, PENALTY]
    assert look(bank).outcome == "opened"


def test_a_consent_of_another_subject_carries_nothing(city: City, bank: Acting) -> None:
    give(city, PARTY, PURPOSE)
    assert look(bank, number=None, subject_id=city.namesake).refusal == "consent_missing"
    assert look(bank, number=("id_number", "110105194912310021")).refusal == "consent_missing"


def test_a_mismatch_takes_no_use(city: City, bank: Acting) -> None:
    consent = give(city, PARTY, PURPOSE, uses=1)
    handle = look(bank, name="欧阳另例")
    assert (handle.outcome, handle.subjects, handle.records) == ("mismatch", [], [])
    assert Consent.objects.get(id=consent).used == 0
    assert look(bank, name=NAME).outcome == "opened"


TERMS = [
    ({"purpose": "no_such"}, "purpose_unknown"),
    ({"purpose": "credit_administration"}, "purpose_needs_no_consent"),
    ({"party_unit": "t_a"}, "party_not_for_purpose"),
    ({"party_unit": "nobody"}, "party_not_for_purpose"),
    ({"items": []}, "items_not_in_purpose"),
    ({"items": [PENALTY, "no.such"]}, "items_not_in_purpose"),
    ({"items": ["professions.qualification"]}, "items_not_in_purpose"),
    ({"until": TODAY - DAY}, "until_past"),
    ({"uses": 0}, "uses_not_positive"),
    ({"uses": -1}, "uses_not_positive"),
]


@pytest.mark.parametrize(("change", "code"), TERMS)
def test_terms_that_make_no_consent(city: City, bank: Acting, change: dict[str, Any], code: str) -> None:
    with pytest.raises(Problem) as raised:
        grant(city.users["citizen"].acting, **change)
    assert (raised.value.code, raised.value.status) == (code, 403 if code == "purpose_unknown" else 422)
    entry = Entry.objects.latest("id")
    assert (entry.purpose, entry.outcome, entry.refusal) == ("consent_grant", "refused", code)
    assert not Consent.objects.exists()


@pytest.mark.parametrize("who", ["stranger", "clerk", "auditor"])
def test_only_a_subjects_account_grants(city: City, bank: Acting, who: str) -> None:
    with pytest.raises(Problem, match="不是您本人"):
        grant(city.users[who].acting)


def test_the_database_holds_the_terms_too(city: City) -> None:
    wrong: tuple[dict[str, Any], ...] = (
        {"until": TODAY - DAY, "granted_on": TODAY}, {"uses": 0}, {"items": []}, {"uses": 1, "used": 2},
    )  # fmt: skip
    for change in wrong:
        facts: dict[str, Any] = {
            "id": "00000000-0000-4000-8000-000000000001", "subject_id": city.person, "label": "", "party_unit": "x",
            "purpose": "x", "items": [PENALTY], "granted_at": clock.now(), "granted_on": TODAY, "granted_by": "1",
            "until": TODAY,
        }  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Consent.objects.create(**facts | change)
    Hold.objects.create(subject_id=city.person, placed_at=clock.now(), placed_by="1")
    with pytest.raises(IntegrityError, match="one_open_hold_a_subject"), transaction.atomic():
        Hold.objects.create(subject_id=city.person, placed_at=clock.now(), placed_by="1")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE gate_consent SET withdrawn_at = NULL", "UPDATE gate_consent SET until = until + 1",
        "UPDATE gate_consent SET used = used + 1", "UPDATE gate_consent SET withdrawn_at = now(), until = until + 1",
        "DELETE FROM gate_consent", "UPDATE gate_consentrequest SET items = '{a}'", "DELETE FROM gate_consentrequest",
        "UPDATE gate_consentrequest SET accepted = true", "UPDATE gate_hold SET lifted_at = now()",
        "UPDATE gate_hold SET lifted_at = NULL", "DELETE FROM gate_hold", "DELETE FROM gate_message",
        "UPDATE gate_message SET visible_from = NULL, read_at = now(), facts = '{}'", "DELETE FROM gate_trace",
        "UPDATE gate_trace SET same_name = NOT same_name",
    ],
)  # fmt: skip
def test_nothing_that_was_done_is_undone(city: City, bank: Acting, statement: str) -> None:
    """Not even by the owner of the tables."""
    citizen = city.users["citizen"].acting
    consent = give(city, PARTY, PURPOSE, uses=5)
    look(bank)
    with as_role("goodfaith_web"):
        actions.do_withdraw_consent(acting=citizen, at=clock.now(), consent_id=consent)
        actions.do_place_hold(acting=citizen, at=clock.now())
        actions.do_lift_hold(acting=citizen, at=clock.now())
    actions.do_answer_request(acting=citizen, at=clock.now(), request_id=ask(bank), accept=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        connection.cursor().execute(statement)


def test_no_consent_of_a_person_under_18(city: City, bank: Acting) -> None:
    child = make_person("示例小童", f"990101{TODAY.year - 17}0101001X")
    account = User.objects.create_user("child", password=None, kind="citizen", subject_id=child)
    before = Entry.objects.count()
    with pytest.raises(Problem) as raised:
        grant(account.acting)
    assert raised.value.code == "consent_of_minor"
    assert not Consent.objects.exists()
    assert Entry.objects.count() == before


def test_an_enterprise_grants_for_its_organisation(city: City, bank: Acting) -> None:
    grant(city.users["enterprise"].acting)
    assert len(look(bank, number=("uscc", "91990101MA0000007H")).records) == 1


def test_a_request_is_accepted_after_it_was_read(city: City, bank: Acting) -> None:
    citizen = city.users["citizen"].acting
    request = ask(bank)
    with as_role("goodfaith_web"):
        told = gate.my_messages(citizen)
        (asked,) = gate.my_requests(citizen)
        consent = actions.do_answer_request(acting=citizen, at=clock.now(), request_id=request, accept=True)
    assert (told[0].kind, told[0].facts["request"]) == ("request", str(request))
    assert (asked.id, asked.state, asked.reason, asked.uses) == (request, "waiting", "贷款审查", 2)
    assert consent is not None
    given = Consent.objects.get(id=consent)
    assert (given.request_id, given.uses, given.until, given.items) == (request, 2, TODAY + DAY, [PENALTY])
    assert look(bank).outcome == "opened"
    with as_role("goodfaith_web"):
        consents, requests = gate.unit_consents(bank)
        with pytest.raises(Problem, match="已经答复"):
            actions.do_answer_request(acting=citizen, at=clock.now(), request_id=request, accept=True)
    assert [(c.id, c.state, c.used, c.subject_label) for c in consents] == [(consent, "in_force", 1, "欧阳**")]
    assert [(r.id, r.state) for r in requests] == [(request, "accepted")]


def test_the_party_cannot_tell_whether_anybody_has_the_number(city: City, bank: Acting) -> None:
    others: list[dict[str, Any]] = [{}, {"number": ("id_number", "110105194912310021")}, {"name": "欧阳某某"}]
    for change in others:
        ask(bank, **change)
    with as_role("goodfaith_web"):
        _, requests = gate.unit_consents(bank)
    assert {(r.state, r.purpose, r.expires_on) for r in requests} == {("waiting", PURPOSE, TODAY + 30 * DAY)}
    assert sorted(r.subject_label for r in requests) == ["欧阳**", "欧阳**", "欧阳**"]
    assert ConsentRequest.objects.filter(subject_id=city.person).count() == 1
    assert Entry.objects.filter(purpose="consent_request", outcome="done").count() == 3


def test_a_request_that_is_too_late(city: City, bank: Acting) -> None:
    request = ask(bank)
    connection.cursor().execute(
        "ALTER TABLE gate_consentrequest DISABLE TRIGGER once;"
        "UPDATE gate_consentrequest SET expires_on = gate.today() - 1;"
        "ALTER TABLE gate_consentrequest ENABLE TRIGGER once"
    )
    with as_role("goodfaith_web"):
        assert [r.state for r in gate.my_requests(city.users["citizen"].acting)] == ["expired"]
        with pytest.raises(Problem, match="过期"):
            actions.do_answer_request(
                acting=city.users["citizen"].acting, at=clock.now(), request_id=request, accept=True
            )


REQUESTERS = [
    ("clerk", "department", "unit_not_allowed"), ("auditor", "bank", "role_not_allowed"),
    ("credit_office", "credit_office", "role_not_allowed"),
]  # fmt: skip


@pytest.mark.parametrize(("role", "kind", "code"), REQUESTERS)
def test_only_a_party_to_the_purpose_asks(city: City, role: str, kind: str, code: str) -> None:
    with pytest.raises(Problem) as raised:
        ask(officer(role, kind).acting)
    assert raised.value.code == code
    assert not ConsentRequest.objects.exists()


def test_somebody_elses_consents_and_requests_are_out_of_reach(city: City, bank: Acting) -> None:
    stranger = User.objects.create_user("other", password=None, kind="citizen", subject_id=city.namesake).acting
    consent, request = give(city, PARTY, PURPOSE), ask(bank)
    with as_role("goodfaith_web"):
        assert (gate.my_consents(stranger), gate.my_requests(stranger), gate.my_messages(stranger)) == ([], [], [])
        for code, do in (
            ("consent_unknown", lambda: actions.do_withdraw_consent(acting=stranger, at=clock.now(), consent_id=consent)),
            ("request_unknown", lambda: actions.do_answer_request(
                acting=stranger, at=clock.now(), request_id=request, accept=True)),
            ("consent_unknown", lambda: gate.consent_receipt(stranger, consent)),
            ("role_not_allowed", lambda: gate.unit_consents(stranger)),
        ):  # fmt: skip
            with pytest.raises(Problem) as raised:
                do()
            assert raised.value.code == code
    assert Consent.objects.get(id=consent).withdrawn_at is None


def test_a_hold_stops_consent_and_not_the_statute(city: City, bank: Acting) -> None:
    citizen = city.users["citizen"].acting
    give(city, PARTY, PURPOSE)
    with as_role("goodfaith_web"):
        actions.do_place_hold(acting=citizen, at=clock.now())
        hold = gate.my_hold(citizen)
        with pytest.raises(Problem, match="已经冻结"):
            actions.do_place_hold(acting=citizen, at=clock.now())
    assert hold is not None and hold.lifted_at is None
    assert look(bank).refusal == "on_hold"
    with as_role("goodfaith_web"):
        statutory = gate.open_file(
            acting=city.users["credit_office"].acting,
            purpose="credit_administration",
            subject_id=city.person,
            case_no="1",
        )
        actions.do_lift_hold(acting=citizen, at=clock.now())
        assert gate.my_hold(citizen) is None
        with pytest.raises(Problem, match="没有冻结"):
            actions.do_lift_hold(acting=citizen, at=clock.now())
        seen = gate.my_entries(citizen)
    assert statutory.outcome == "opened"
    assert [e.purpose for e in seen] == [
        "hold_lifted", "hold_lifted", "credit_administration", PURPOSE, "hold_placed", "hold_placed",
    ]  # fmt: skip
    assert look(bank).outcome == "opened"


def test_without_consent_a_hold_is_not_told(city: City, bank: Acting) -> None:
    """What a person may not see cannot be inferred: a party without consent does not learn of the hold."""
    with as_role("goodfaith_web"):
        actions.do_place_hold(acting=city.users["citizen"].acting, at=clock.now())
    assert look(bank).refusal == "consent_missing"


def test_states_come_from_dates_and_counts(city: City) -> None:
    give(city, PARTY, PURPOSE)
    give(city, PARTY, PURPOSE, until=TODAY - DAY)
    give(city, PARTY, PURPOSE, uses=1, used=1)
    give(city, PARTY, PURPOSE, withdrawn=True)
    with as_role("goodfaith_web"):
        found = gate.my_consents(city.users["citizen"].acting)
    assert sorted(c.state for c in found) == ["ended", "in_force", "used_up", "withdrawn"]


def test_older_versions_and_repaired_records_are_not_for_a_party(city: City, bank: Acting) -> None:
    """Boundary 10 at the gate: what was repaired is out of every answer but the subject's own."""
    give(city, PARTY, PURPOSE)
    connection.cursor().execute(
        "INSERT INTO records_record SELECT (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(),"
        " 'fact', '\\x01', 'status', 'repaired', 'sealed', NULL))).* FROM records_record r WHERE subject_id = %s",
        [city.person],
    )
    assert len(look(bank).records) == 1
    with as_role("goodfaith_web"):
        own = gate.open_file(acting=city.users["citizen"].acting, purpose="self_access", subject_id=city.person)
    assert len(own.records) == 2


def test_the_receipt_has_the_shape_of_the_specification(city: City, bank: Acting) -> None:
    citizen = city.users["citizen"]
    citizen.display_name = "欧阳**"
    citizen.save()
    consent = grant(citizen.acting, uses=3)
    with as_role("goodfaith_web"):
        receipt = gate.consent_receipt(citizen.acting, consent)
        actions.do_withdraw_consent(acting=citizen.acting, at=clock.now(), consent_id=consent)
        withdrawn = gate.consent_receipt(citizen.acting, consent)
    assert set(receipt) == {
        "schema_version", "receipt_id", "record_id", "pii_principal_id", "pii_processing", "party_identification", "events",
    }  # fmt: skip
    (purpose,) = receipt["pii_processing"]["purposes"]
    assert {"purpose", "lawful_basis", "pii_information", "pii_controllers", "retention_period", "storage_locations",
            "recipient_third_parties", "withdrawal_method", "jurisdiction"} <= set(purpose)  # fmt: skip
    assert receipt["pii_principal_id"] == "欧阳**"
    assert [i["pii_type"] for i in purpose["pii_information"]] == [PENALTY]
    assert purpose["retention_period"] == {"until": TODAY.isoformat(), "uses": 3}
    assert [e["event_state"] for e in receipt["events"]] == ["given"]
    assert [e["event_state"] for e in withdrawn["events"]] == ["given", "withdrawn"]
    assert withdrawn["receipt_id"] != receipt["receipt_id"]
    assert NAME not in str(withdrawn) and ID_NUMBER not in str(withdrawn)
