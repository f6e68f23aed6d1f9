"""A tiny city, made once; and one loaded into the test's database."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings

from goodfaith.common import clock
from goodfaith.common.acting import Acting
from goodfaith.demo import city as cities
from goodfaith.law import packs

ACTING = Acting(kind="system", id="test", name="测试")
PEOPLE, ORGANISATIONS, RECORDS = 500, 400, 2_600


@pytest.fixture(scope="session")
def catalogue() -> packs.Catalogue:
    return packs.read(settings.PACKS_DIR)


@pytest.fixture(scope="session")
def city(catalogue: packs.Catalogue) -> cities.City:
    return cities.build(catalogue, clock.today(), PEOPLE, ORGANISATIONS)


@pytest.fixture(scope="package")
def loaded(django_db_setup: Any, django_db_blocker: Any) -> Any:
    """The tiny city in the database for all tests of this folder; taken away at the end."""
    from django.db import transaction

    from goodfaith.demo.actions import do_load_city

    with django_db_blocker.unblock(), transaction.atomic():
        yield do_load_city(
            acting=ACTING, at=clock.now(), people=PEOPLE, organisations=ORGANISATIONS, records=RECORDS,
            progress=lambda what, count: None,
        )  # fmt: skip
        transaction.set_rollback(True)
