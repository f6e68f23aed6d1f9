"""Units and accounts: what may be made, what is refused, and that each is in the history."""

from __future__ import annotations

import itertools
import uuid
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction
from oauth2_provider.models import Application

from goodfaith.common import clock
from goodfaith.common.acting import Acting
from goodfaith.common.models import History
from goodfaith.common.problems import Problem
from goodfaith.parties import actions, queries
from goodfaith.parties.models import Unit, User

pytestmark = pytest.mark.django_db
ACTING = Acting(kind="system", id="test", name="测试")
NUMBERS = itertools.count(1)
PASSWORD = "a-long-pass-phrase-7"
LICENCE = "licensing.administrative_licence"


def _with(**more: Any) -> dict[str, Any]:
    return {"acting": ACTING, "at": clock.now(), **more}


@pytest.fixture
def unit() -> Unit:
    return actions.do_create_unit(**_with(code="test_unit", name="示例测试局", short_name="测试局", kind="department"))


@pytest.fixture
def office() -> Unit:
    given = _with(code="test_office", name="示例信用办", short_name="信用办", kind="credit_office")
    return actions.do_create_unit(**given)


def _officer(unit: Unit, role: str, username: str = "someone") -> User:
    return actions.do_create_officer(
        **_with(
            username=username, password=PASSWORD, display_name="某人", unit=unit.code, role=role,
            number=f"99010019800101{next(NUMBERS):04}",
        )
    )  # fmt: skip


def test_unit_is_found(unit: Unit) -> None:
    assert queries.unit("test_unit") == unit
    assert unit in queries.units() and unit not in queries.units(kind="court")
    assert queries.unit_names()["test_unit"] == "示例测试局"
    assert History.objects.filter(action="parties.create_unit", object_id="test_unit").exists()


def test_unknown_unit_is_told() -> None:
    with pytest.raises(Problem) as told:
        queries.unit("nowhere")
    assert told.value.code == "unit_unknown" and told.value.status == 404


@pytest.mark.parametrize(("code", "name"), [("test_unit", "另一个局"), ("other", "示例测试局")])
def test_unit_is_made_once(unit: Unit, code: str, name: str) -> None:
    with pytest.raises(Problem) as told:
        actions.do_create_unit(**_with(code=code, name=name, short_name=name, kind="department"))
    assert told.value.code == "unit_exists"


def test_unit_of_unknown_kind_is_refused() -> None:
    with pytest.raises(Problem) as told:
        actions.do_create_unit(**_with(code="x", name="某局", short_name="某局", kind="company"))
    assert told.value.code == "unit_kind_unknown"


def test_items_are_assigned_and_replaced(unit: Unit) -> None:
    actions.do_assign_items(**_with(unit=unit.code, items=[LICENCE, "courts.judgment_defaulter"]))
    actions.do_assign_items(**_with(unit=unit.code, items=[LICENCE]))
    assert queries.items_of(unit.code) == [LICENCE]
    assert queries.reports(unit.code, LICENCE) and not queries.reports(unit.code, "courts.judgment_defaulter")
    assert unit in queries.units_of(LICENCE)
    assert History.objects.filter(action="parties.assign_items", object_id=unit.code).count() == 2


def test_same_items_again_change_nothing(unit: Unit) -> None:
    for _ in range(2):
        actions.do_assign_items(**_with(unit=unit.code, items=[LICENCE]))
    assert History.objects.filter(action="parties.assign_items", object_id=unit.code).count() == 1


def test_unknown_item_is_refused(unit: Unit) -> None:
    with pytest.raises(Problem):
        actions.do_assign_items(**_with(unit=unit.code, items=["no.such_item"]))
    assert queries.items_of(unit.code) == []


def test_clerk_logs_in(unit: Unit) -> None:
    user = _officer(unit, "clerk")
    assert authenticate(username="someone", password=PASSWORD) == user
    assert user.acting == Acting(kind="officer", id=str(user.pk), name="某人", unit="test_unit")
    assert queries.officers(unit.code) == [user]


@pytest.mark.parametrize("role", ["credit_office", "auditor", "system_admin", "security_admin"])
def test_supervising_roles_are_the_credit_offices(unit: Unit, office: Unit, role: str) -> None:
    assert _officer(office, role).role == role
    with pytest.raises(Problem) as told:
        _officer(unit, role, "other")
    assert told.value.code == "role_not_of_unit"


@pytest.mark.parametrize("role", ["admin", "clerk,auditor", "citizen"])
def test_one_known_role_only(office: Unit, role: str) -> None:
    with pytest.raises(Problem) as told:
        _officer(office, role)
    assert told.value.code == "role_unknown"


def test_clerk_needs_a_unit() -> None:
    with pytest.raises(Problem):
        actions.do_create_officer(
            **_with(username="lost", password=PASSWORD, display_name="某人", unit="nowhere", role="clerk")
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(username="lost", kind="officer", role="clerk")


def test_citizen_may_have_no_role(unit: Unit) -> None:
    """The database forbids it too: nobody is officer and citizen in one account."""
    citizen = actions.do_create_citizen(
        **_with(username="citizen-x", password=PASSWORD, display_name="李*", subject_id=uuid.uuid4())
    )
    assert citizen.acting.kind == "citizen" and citizen.acting.unit is None
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=citizen.pk).update(role="auditor")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=citizen.pk).update(unit=unit)


def test_officer_has_no_file_of_its_own(unit: Unit) -> None:
    user = _officer(unit, "clerk")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=user.pk).update(subject_id=uuid.uuid4())


@pytest.mark.parametrize("password", ["short", "password1234"])
def test_weak_passwords_are_refused(unit: Unit, password: str) -> None:
    with pytest.raises(Problem) as told:
        actions.do_create_officer(
            **_with(username="someone", password=password, display_name="某人", unit=unit.code, role="clerk")
        )
    assert told.value.code == "password_weak"
    assert not User.objects.filter(username="someone").exists()


def test_user_name_is_taken_once(unit: Unit) -> None:
    _officer(unit, "clerk")
    with pytest.raises(Problem) as told:
        _officer(unit, "clerk")
    assert told.value.code == "username_taken"


def test_machine_client_gets_its_secret_once(unit: Unit) -> None:
    made = actions.do_register_machine_client(**_with(name="业务系统", unit=unit.code, scopes=["intake:check"]))
    application = Application.objects.get(client_id=made.client.client_id)
    assert len(made.secret) >= 40 and made.secret not in application.client_secret
    assert queries.machine_client(made.client.client_id) == made.client
    told = History.objects.get(action="parties.register_machine_client")
    assert made.secret not in str(told.after)


@pytest.mark.parametrize("scopes", [[], ["everything"], ["intake:check", "people:read"]])
def test_unknown_scopes_are_refused(unit: Unit, scopes: list[str]) -> None:
    with pytest.raises(Problem) as told:
        actions.do_register_machine_client(**_with(name="业务系统", unit=unit.code, scopes=scopes))
    assert told.value.code == "scope_unknown"
