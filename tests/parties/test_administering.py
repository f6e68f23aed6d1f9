"""The three administrators: each does its own, nobody the others', nobody to himself; and the database holds it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import check_password
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from goodfaith.common import clock
from goodfaith.common.models import History
from goodfaith.common.problems import Problem
from goodfaith.ledger.models import Entry
from goodfaith.parties import administering as admin
from goodfaith.parties.models import User
from tests.conftest import as_role
from tests.parties.office import NUMBERS, Office, make_officer, office, with_code

__all__ = ["office"]
pytestmark = pytest.mark.django_db
NEW = {"username": "newcomer", "name": "新来的人", "number": "990101199002020016", "unit": "o_market"}


def _do(who: User, act: Callable[..., Any], **more: Any) -> Any:
    with as_role("goodfaith_web"):
        return act(acting=who.acting, at=clock.now(), **more)


def _refused(who: User, act: Callable[..., Any], code: str, **more: Any) -> None:
    before = Entry.objects.count()
    with pytest.raises(Problem) as told:
        _do(who, act, **more)
    assert told.value.code == code
    entry = Entry.objects.latest("id")
    assert Entry.objects.count() == before + 1
    assert (entry.purpose, entry.outcome, entry.refusal) == ("account_administration", "refused", code)


ACTS: dict[str, tuple[Callable[..., Any], str, dict[str, Any]]] = {
    "open": (admin.do_open_account, "system_admin", NEW),
    "shut": (admin.do_set_active, "system_admin", {"active": False}),
    "reset": (admin.do_reset_log_in, "system_admin", {}),
    "role": (admin.do_change_role, "security_admin", {"role": "clerk"}),
    "end": (admin.do_end_sessions, "security_admin", {}),
    "unlock": (admin.do_unlock, "security_admin", {}),
}


def _target(name: str, user: User) -> dict[str, Any]:
    return {} if name == "open" else {"user": user if name == "unlock" else user.pk}


@pytest.mark.parametrize("role", list(NUMBERS))
@pytest.mark.parametrize("name", list(ACTS))
def test_each_act_is_one_administrators(office: Office, name: str, role: str) -> None:
    act, whose, more = ACTS[name]
    more = more | _target(name, make_officer("clerk", "o_market", "target", "990101199103030011"))
    if role == whose:
        _do(office[role], act, **more)
        entry = Entry.objects.latest("id")
        assert (entry.purpose, entry.outcome, entry.actor_id) == (
            "account_administration",
            "done",
            str(office[role].pk),
        )
        assert History.objects.filter(action__startswith="account.", actor_id=str(office[role].pk)).count() == 1
    else:
        _refused(office[role], act, "role_not_allowed", **more)


@pytest.mark.parametrize("name", [name for name in ACTS if name != "open"])
def test_nobody_touches_the_own_account(office: Office, name: str) -> None:
    act, whose, more = ACTS[name]
    _refused(office[whose], act, "own_account", **more, **_target(name, office[whose]))
    assert office.fresh(whose).role == whose and office.fresh(whose).is_active


def test_a_new_account_has_no_rights_and_a_password_to_change(office: Office) -> None:
    user_id, password = _do(office["system_admin"], admin.do_open_account, **NEW)
    made = User.objects.get(pk=user_id)
    assert (made.role, made.starter_password, made.unit_id) == ("", True, "o_market")
    assert check_password(password, made.password) and len(password) >= 16
    assert NEW["number"] not in str(History.objects.values_list("before", "after"))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"username": "clerk"}, "username_taken"),
        ({"number": NUMBERS["auditor"]}, "officer_exists"),
        ({"unit": "nowhere"}, "unit_unknown"),
    ],
)
def test_a_second_account_of_one_officer_is_refused(office: Office, change: dict[str, str], code: str) -> None:
    _refused(office["system_admin"], admin.do_open_account, code, **NEW | change)
    with pytest.raises(Problem):
        make_officer("clerk", "o_market", "again", NUMBERS["auditor"])


def test_the_database_keeps_one_account_for_one_officer(office: Office) -> None:
    key = office["auditor"].officer_key
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=office["system_admin"].pk).update(officer_key=key)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=office["system_admin"].pk).update(role="system_admin,auditor")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE parties_user SET role = 'auditor'",
        "UPDATE parties_user SET is_active = true",
        "UPDATE parties_user SET is_superuser = true",
        "UPDATE parties_user SET officer_key = NULL",
        "UPDATE parties_user SET subject_id = NULL",
        "INSERT INTO parties_user (username) VALUES ('x')",
        "DELETE FROM parties_user",
        "SELECT account.note('1', 'x', 'x', NULL, NULL, NULL)",
        "SELECT account.drop_sessions(1)",
        "UPDATE parties_machineclient SET scopes = '[]'",
    ],
)
def test_the_web_role_can_give_no_rights_itself(office: Office, statement: str) -> None:
    denied = pytest.raises(ProgrammingError, match="permission denied")
    with as_role("goodfaith_web"), connection.cursor() as cursor, denied, transaction.atomic():
        cursor.execute(statement)


def test_roles_of_the_office_stay_there(office: Office) -> None:
    for role in ("credit_office", "system_admin", "security_admin", "auditor"):
        _refused(office["security_admin"], admin.do_change_role, "role_not_of_unit", user=office["clerk"].pk, role=role)
    _refused(office["security_admin"], admin.do_change_role, "role_unknown", user=office[""].pk, role="citizen")
    _do(office["security_admin"], admin.do_change_role, user=office[""].pk, role="credit_office")
    assert office.fresh("").role == "credit_office"
    noted = History.objects.get(action="account.change_role", object_id=str(office[""].pk))
    assert (noted.before, noted.after) == ({"role": ""}, {"role": "credit_office"})


def test_without_a_number_there_are_no_rights(office: Office) -> None:
    User.objects.filter(pk=office[""].pk).update(officer_key=None)
    _refused(
        office["security_admin"], admin.do_change_role, "officer_number_needed", user=office[""].pk, role="auditor"
    )
    with pytest.raises(Problem) as told:
        make_officer("auditor", "o_office", "numberless", " ")
    assert told.value.code == "officer_number_needed"


def _session(user: User) -> str:
    store = SessionStore()
    store["x"] = 1
    store.save()
    UserSession.objects.create(user=user, ip="127.0.0.1", session_key=store.session_key, user_agent="x")
    return str(store.session_key)


@pytest.mark.parametrize("name", ["shut", "reset", "role", "end"])
def test_sessions_end_at_once(office: Office, name: str) -> None:
    act, whose, more = ACTS[name]
    key, other = _session(office["clerk"]), _session(office["auditor"])
    _do(office[whose], act, user=office["clerk"].pk, **more)
    assert not Session.objects.filter(pk=key).exists() and Session.objects.filter(pk=other).exists()


def test_a_reset_takes_factor_and_rights(office: Office) -> None:
    """A system administrator cannot step into another's shoes: the rights wait for the security administrator."""
    with_code(office["auditor"])
    password = _do(office["system_admin"], admin.do_reset_log_in, user=office["auditor"].pk)
    after = office.fresh("auditor")
    assert (after.role, after.starter_password) == ("", True) and check_password(password, after.password)
    assert not Authenticator.objects.filter(user=after).exists()


def test_citizens_are_not_administered_here(office: Office) -> None:
    citizen = User.objects.create_user("somebody", password="x", kind="citizen")
    _refused(office["system_admin"], admin.do_set_active, "account_unknown", user=citizen.pk, active=False)


def test_unlocking_forgets_the_attempts(office: Office) -> None:
    for key in admin.lock_keys(office["clerk"]):
        cache.set(key, [1e12] * 5, 900)
    assert admin.locked([office["clerk"], office["auditor"]]) == {office["clerk"].pk}
    _do(office["security_admin"], admin.do_unlock, user=office["clerk"])
    assert admin.locked([office["clerk"]]) == set()
