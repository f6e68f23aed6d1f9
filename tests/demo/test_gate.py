"""What the demo's citizen and enterprise find in their lists when the city is new."""

from __future__ import annotations

import time

import pytest

from goodfaith.common import clock
from goodfaith.common.acting import Acting
from goodfaith.demo import gate as history
from goodfaith.demo.actions import CityLoaded
from goodfaith.demo.city import City
from goodfaith.gate import queries as gate
from goodfaith.gate.handles import EntryView
from goodfaith.parties.models import User

pytestmark = pytest.mark.django_db


def _looks(acting: Acting) -> list[EntryView]:
    """What others did with the file beside the cases of :mod:`goodfaith.demo.rights`."""
    cases = ("rights_case", "recall_confirmed")
    return [entry for entry in gate.my_entries(acting, kind="others") if entry.purpose not in cases]


def test_the_citizen_has_a_history(loaded: CityLoaded) -> None:
    citizen = User.objects.get(username="citizen").acting
    looks = _looks(citizen)
    assert len({look.unit for look in looks}) >= 5
    assert {look.outcome for look in looks} == {"answered", "opened", "refused", "done"}
    assert [c.state for c in gate.my_consents(citizen)].count("in_force") == 2
    assert [r.state for r in gate.my_requests(citizen)] == ["waiting", "accepted"]
    assert gate.my_hold(citizen) is None
    told = {message.entry_id for message in gate.my_messages(citizen, unread_only=True)}
    assert {look.id for look in looks} <= told


def test_the_enterprise_has_one_too(loaded: CityLoaded) -> None:
    enterprise = User.objects.get(username="enterprise").acting
    looks = _looks(enterprise)
    assert {look.outcome for look in looks} == {"answered", "opened"}
    assert all(look.refusal is None for look in looks)


def test_it_takes_no_time(loaded: CityLoaded, city: City) -> None:
    start = time.monotonic()
    history.lay(city, clock.now())
    assert time.monotonic() - start < 5  # a busy machine; alone it is a tenth of a second
