"""The whole way of a fact under the SM suite: delivered, found by its number, opened, shown in My."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import override_settings

from goodfaith.common import crypto, crypto_places
from goodfaith.gate import queries as gate
from goodfaith.parties.models import User
from goodfaith.records.models import Record
from tests.city import City
from tests.conftest import WebClient, as_role
from tests.intake.conftest import PERSON_ROW, ROW, csv_bytes, deliver

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sm")]
FILE = csv_bytes(PERSON_ROW, ROW)
NUMBER = ("id_number", PERSON_ROW["CF_XDR_ZJHM"] or "")


@pytest.fixture
def sm() -> Iterator[None]:
    """SM4-GCM, HMAC-SM3."""
    crypto.forget()
    with override_settings(CRYPTO_SUITE="sm"):
        yield
    crypto.forget()


@pytest.mark.usefixtures("world")
def test_the_main_path(sm: None, city: City, web: WebClient) -> None:
    delivery = deliver(FILE)
    assert (delivery.state, delivery.added) == ("committed", 2)
    with as_role("goodfaith_web"):
        found = gate.open_file(
            acting=city.users["credit_office"].acting, purpose="credit_administration", number=NUMBER, case_no="甲1"
        )
    assert found.subject is not None and found.subject.name == "赵**" and len(found.records) == 1
    citizen = User.objects.create_user("sm", password="demo", kind="citizen", subject_id=found.subject.id)
    with as_role("goodfaith_web"):
        own = gate.open_file(acting=citizen.acting, purpose="self_access", subject_id=found.subject.id)
    assert own.records[0].fields["CF_XDR_ZJHM"] == NUMBER[1]
    web.force_login(citizen)
    page = web.get("/my/").content.decode()
    assert "赵某某" in page and PERSON_ROW["CF_WSH"] in page
    assert web.get(f"/my/records/{own.records[0].id}/").status_code == 200
    again = deliver(FILE, filename="again.csv")
    assert again.state == "repeated"


@pytest.mark.usefixtures("world")
def test_every_value_is_of_the_suite(sm: None) -> None:
    delivery = deliver(FILE)
    assert Record.objects.filter(delivery_id=delivery.pk, sealed__isnull=False).count() == 2
    suites = {suite for (_, suite, _), count in crypto_places.counts().items() if count}
    assert suites == {2, 4}
