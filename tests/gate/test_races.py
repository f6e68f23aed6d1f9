"""Real connections at once: one order wins, and the entries' numbers tell which."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from goodfaith.common import clock
from goodfaith.common.acting import Acting
from goodfaith.gate import actions
from goodfaith.gate import queries as gate
from goodfaith.gate.models import Consent
from goodfaith.ledger.models import Entry
from tests.city import ID_NUMBER, PENALTY, City
from tests.conftest import as_role
from tests.gate.cast import give, officer

pytestmark = pytest.mark.django_db(transaction=True)
PARTY, PURPOSE = "k_bank", "credit_granting"
ROUNDS = 12


def _in_thread(do: Callable[[], object], before: threading.Barrier | None = None) -> threading.Thread:
    """Run it on a connection of its own, under the web's role."""

    def run() -> None:
        try:
            if before:
                before.wait()
            with as_role("goodfaith_web"):
                do()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def _look(bank: Acting) -> gate.FileHandle:
    return gate.open_file(acting=bank, purpose=PURPOSE, number=("id_number", ID_NUMBER), case_no="贷1")


def _looks() -> list[tuple[int, str]]:
    return list(Entry.objects.filter(purpose=PURPOSE).order_by("id").values_list("id", "outcome"))


def _both(first: Callable[[], object], second: Callable[[], object]) -> None:
    barrier = threading.Barrier(2)
    threads = [_in_thread(first, barrier), _in_thread(second, barrier)]
    for thread in threads:
        thread.join()


def _act(name: str, citizen: Acting, consent: uuid.UUID) -> Callable[[], object]:
    if name == "consent_withdrawal":
        return lambda: actions.do_withdraw_consent(acting=citizen, at=clock.now(), consent_id=consent)
    return lambda: actions.do_place_hold(acting=citizen, at=clock.now())


@pytest.mark.parametrize("act", ["consent_withdrawal", "hold_placed"])
def test_what_the_entries_say_came_first_did(lasting_city: City, act: str) -> None:
    bank, citizen = officer("clerk", "bank").acting, lasting_city.users["citizen"].acting
    orders = set()
    for _ in range(ROUNDS):
        consent = give(lasting_city, PARTY, PURPOSE, [PENALTY])
        _both(lambda: _look(bank), _act(act, citizen, consent))
        (look, outcome), change = _looks()[-1], Entry.objects.filter(purpose=act).latest("id").id
        assert outcome == ("opened" if look < change else "refused")
        orders.add(outcome)
        if act == "hold_placed":
            actions.do_lift_hold(acting=citizen, at=clock.now())
            Consent.objects.filter(withdrawn_at=None).update(withdrawn_at=clock.now())
    assert orders


@pytest.mark.parametrize("act", ["consent_withdrawal", "hold_placed"])
def test_a_look_waits_for_a_change_under_way_and_is_refused(lasting_city: City, act: str) -> None:
    bank, citizen = officer("clerk", "bank").acting, lasting_city.users["citizen"].acting
    consent = give(lasting_city, PARTY, PURPOSE, [PENALTY])
    with transaction.atomic():
        _act(act, citizen, consent)()
        look = _in_thread(lambda: _look(bank))
        _wait_for_a_lock()
    look.join()
    assert _looks() == [(Entry.objects.latest("id").id, "refused")]
    assert Entry.objects.get(purpose=act).id < Entry.objects.latest("id").id


@pytest.mark.parametrize("act", ["consent_withdrawal", "hold_placed"])
def test_a_change_waits_for_a_look_under_way(lasting_city: City, act: str) -> None:
    bank, citizen = officer("clerk", "bank").acting, lasting_city.users["citizen"].acting
    consent = give(lasting_city, PARTY, PURPOSE, [PENALTY])
    with transaction.atomic():
        assert _look(bank).outcome == "opened"
        change = _in_thread(_act(act, citizen, consent))
        _wait_for_a_lock()
        assert not Entry.objects.filter(purpose=act).exists()
    change.join()
    assert _looks()[0][0] < Entry.objects.get(purpose=act).id
    assert _look(bank).outcome == "refused"


def _wait_for_a_lock() -> None:
    """Until some other connection waits for a lock, so that the order of the test is the order it says."""
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'advisory'")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    raise AssertionError("nobody waited")


def test_the_last_use_is_taken_once(lasting_city: City) -> None:
    banks = [officer("clerk", "bank").acting]
    for _ in range(ROUNDS):
        consent = give(lasting_city, PARTY, PURPOSE, [PENALTY], uses=1)
        _both(lambda: _look(banks[0]), lambda: _look(banks[0]))
        assert sorted(outcome for _, outcome in _looks()[-2:]) == ["opened", "refused"]
        assert Consent.objects.get(id=consent).used == 1


def test_looks_of_two_parties_do_not_wait_for_each_other(lasting_city: City) -> None:
    bank, office = officer("clerk", "bank").acting, officer("clerk", "agency").acting
    give(lasting_city, PARTY, PURPOSE, [PENALTY], uses=1)
    give(lasting_city, "k_agency", "credit_reporting", [PENALTY], uses=1)
    with transaction.atomic():
        assert _look(bank).outcome == "opened"
        other = _in_thread(
            lambda: gate.open_file(
                acting=office, purpose="credit_reporting", number=("id_number", ID_NUMBER), case_no="1"
            )
        )
        other.join(timeout=10)
        assert not other.is_alive()
    assert Entry.objects.get(purpose="credit_reporting").outcome == "opened"
