"""What the demo's citizen and enterprise find in their lists when the city is new."""

from __future__ import annotations

import time

import pytest

from goodfaith.common import clock
from goodfaith.demo import gate as history
from goodfaith.demo.actions import CityLoaded
from goodfaith.demo.city import City
from goodfaith.gate import queries as gate
from goodfaith.parties.models import User

pytestmark = pytest.mark.django_db


def test_the_citizen_has_a_history(loaded: CityLoaded) -> None:
    citizen = User.objects.get(username="citizen").acting
    looks = gate.my_entries(citizen, kind="others")
    assert len({look.unit for look in looks}) >= 5
    assert {look.outcome for look in looks} == {"answered", "opened", "refused", "done"}
    assert [c.state for c in gate.my_consents(citizen)].count("in_force") == 2
    assert [r.state for r in gate.my_requests(citizen)] == ["waiting", "accepted"]
    assert gate.my_hold(citizen) is None
    assert len(gate.my_messages(citizen, unread_only=True)) == len(looks)


def test_the_enterprise_has_one_too(loaded: CityLoaded) -> None:
    enterprise = User.objects.get(username="enterprise").acting
    looks = gate.my_entries(enterprise, kind="others")
    assert {look.outcome for look in looks} == {"answered", "opened"}
    assert all(look.refusal is None for look in looks)


def test_it_takes_no_time(loaded: CityLoaded, city: City) -> None:
    start = time.monotonic()
    history.lay(city, clock.now())
    assert time.monotonic() - start < 5  # a busy machine; alone it is a tenth of a second
