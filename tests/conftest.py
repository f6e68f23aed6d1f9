"""What all tests share: the real PostgreSQL, its roles, and clients that speak as the web's role.

Fixtures of rooms live beside the rooms' tests. The test's own connection is the owner's; requests made
through ``web`` run under ``SET ROLE goodfaith_web``, so a page that reads what the web may not read fails
here as it would in the running program.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from hypothesis import settings as hypothesis_settings

from goodfaith.common import embedded

hypothesis_settings.register_profile("goodfaith", deadline=None)  # a busy machine is no counterexample
hypothesis_settings.load_profile("goodfaith")

pytest_plugins = ["tests.log_watch", "tests.city", "tests.browser", "tests.counter", "tests.side_by_side"]


def _no_internet(self: socket.socket, address: Any, *rest: Any) -> None:
    if isinstance(address, tuple) and address[0] not in {"127.0.0.1", "::1", "localhost"}:
        raise RuntimeError(f"a test tried to reach {address[0]}")
    _connect(self, address, *rest)


_connect = socket.socket.connect
socket.socket.connect = _no_internet  # type: ignore[method-assign, assignment]


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Start the embedded server before Django makes its test database."""
    import os

    if not os.environ.get("DATABASE_URL"):
        embedded.ensure_running()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """After Django's own set-up: the roles with their rights, and what an installation has before its first record."""
    from goodfaith.common import roles

    with django_db_blocker.unblock():
        roles.apply()
        found()
        keep_catalogue()


def found() -> None:
    """The catalogue from the packs, a ledger that counts as sealed, the key of the auditors' stand-ins."""
    from django.conf import settings

    from goodfaith.common import clock
    from goodfaith.common.acting import SYSTEM
    from goodfaith.law.actions import do_load_packs

    do_load_packs(acting=SYSTEM, at=clock.now(), directory=settings.PACKS_DIR)
    load_procedures()
    seal_and_alias()


def load_procedures() -> None:
    """The transitions that cases may take."""
    from goodfaith.duties import actions as duties
    from goodfaith.rights.actions import do_load_procedures

    do_load_procedures()
    duties.do_load_procedures()


CATALOGUE = (
    "law_packload", "law_instrument", "law_sector", "law_codelist", "law_displayrule", "law_purpose", "law_area",
    "law_item", "law_matter", "law_measure", "law_bearing", "law_repair", "law_limit", "law_term", "rights_transition",
    "law_department", "law_assessment", "law_campaign", "duties_transition",
)  # fmt: skip


def keep_catalogue() -> None:
    """A copy beside the tables, to fill them from when a test with real transactions has emptied them."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS kept CASCADE; CREATE SCHEMA kept")
        for table in CATALOGUE:
            cursor.execute(f"CREATE TABLE kept.{table} AS TABLE {table}")


def found_again() -> None:
    """:func:`found` after every table was emptied, without reading the packs once more."""
    with connection.cursor() as cursor:
        for table in CATALOGUE:
            cursor.execute(f"INSERT INTO {table} OVERRIDING SYSTEM VALUE TABLE kept.{table} ON CONFLICT DO NOTHING")
    seal_and_alias()


def seal_and_alias() -> None:
    """What is sealed till far away, and the auditors' key."""
    with connection.cursor() as cursor:  # no sealer runs beside the tests; those about it set their own moment
        cursor.execute(
            "INSERT INTO ledger_state (id, sealed_at, size, root, open_seconds)"
            " VALUES (1, '9000-01-01', 0, sha256(''::bytea), 120)"
            " ON CONFLICT (id) DO UPDATE SET sealed_at = excluded.sealed_at"
        )
        cursor.execute(
            "INSERT INTO oversight_aliaskey (id, key) VALUES (1, sha256('test'::bytea)) ON CONFLICT DO NOTHING"
        )


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests that count statements: what pages keep for some seconds does not run out between two counts."""
    from goodfaith.faces.desk import audit_overview
    from goodfaith.faces.parts import lawbook, units
    from goodfaith.faces.public import rights_figures

    for keeper in (audit_overview, lawbook, rights_figures, units):
        monkeypatch.setattr(keeper, "KEPT_SECONDS", 3600)


@pytest.fixture
def lasting(transactional_db: None) -> None:
    """For tests with real transactions, after each of which every table is emptied."""
    found_again()


@pytest.fixture
def lasting_city(lasting: None, request: pytest.FixtureRequest) -> Any:
    """The city of ``tests/city.py`` for tests with real transactions."""
    return request.getfixturevalue("city")


@contextmanager
def as_role(role: str) -> Iterator[None]:
    """Run a block under one of the database roles."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {role}")
    try:
        yield
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("RESET ROLE")


class WebClient(Client):
    """Django's test client, every request under the web's role."""

    def request(self, **request: Any) -> Any:
        with as_role("goodfaith_web"):
            return super().request(**request)


@pytest.fixture
def web(db: None) -> WebClient:
    """A client that nobody is logged in with."""
    return WebClient()
