"""A database of its own for tests in which several connections and processes seal and append at once.

It is copied from the tests' database, so that whatever is committed in it leaves the others alone.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from goodfaith.common import embedded
from goodfaith.common.home import database_passwords, role_name
from goodfaith.ledger import actions

APPEND = """
    SELECT ledger.append(%(kind)s, %(id)s, %(name)s, %(unit)s, %(subject)s, 'person', %(purpose)s,
        replace(%(case)s, '#', n::text), %(items)s,
        %(outcome)s, %(refusal)s, %(records)s, %(matter)s, %(consents)s, %(answer)s, %(shown)s)
    FROM generate_series(0, %(count)s - 1) AS n
"""
PLAIN: dict[str, Any] = {
    "kind": "officer", "id": "7", "name": "示例审核员", "unit": "t_a", "subject": "00000000-0000-0000-0000-000000000001",
    "purpose": "administrative_check", "case": "示许〔2026〕#号", "items": ["licensing.administrative_penalty", "x"],
    "outcome": "answered", "refusal": None, "records": 2, "matter": "licence", "consents": None, "answer": b"\x07" * 32,
    "shown": None,
}  # fmt: skip


def append(cursor: Any, count: int = 1, **given: Any) -> list[int]:
    """Write entries through the ledger's own function, one after the other in one statement; their ids."""
    cursor.execute(APPEND, PLAIN | {"count": count} | given)
    return [row[0] for row in cursor.fetchall()]


@dataclass
class OwnDatabase:
    """The database, and how to reach it."""

    name: str
    home: Path

    def conninfo(self) -> str:
        """As its owner."""
        return make_conninfo(**(dict(embedded.parameters()) | {"dbname": self.name}))

    def connect(self) -> psycopg.Connection[Any]:
        """A connection of the owner's, every statement its own transaction."""
        return psycopg.connect(self.conninfo(), autocommit=True)

    def as_sealer(self) -> psycopg.Connection[Any]:
        """A connection in the sealer's role."""
        given = embedded.parameters() | {"dbname": self.name, "user": role_name("sealer")}
        return psycopg.connect(make_conninfo(**(given | {"password": database_passwords()["sealer"]})), autocommit=True)

    def environment(self, role: str = "sealer") -> dict[str, str]:
        """The environment of a process of ours that works in this database."""
        kept = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
        return kept | {
            "DATABASE_URL": self.conninfo(), "GOODFAITH_DB_ROLE": role, "GOODFAITH_WITNESS_DIR": str(self.home / "drop"),
            "GOODFAITH_SIGNING_KEYS": (self.home / "signing.json").read_text(),
        }  # fmt: skip

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run ``goodfaith`` as the owner."""
        return subprocess.run(
            [sys.executable, "-m", "goodfaith.cli", *arguments], env=self.environment("owner"), capture_output=True,
            text=True, check=False,
        )  # fmt: skip


STATE = (
    "INSERT INTO ledger_state (id, sealed_at, size, root, open_seconds)"
    " VALUES (1, '9000-01-01', 0, sha256(''::bytea), 120) ON CONFLICT DO NOTHING"
)
"""A test with real transactions may have emptied the tests' database."""
LEAVE = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
"""A database is copied while nobody is in it; a thread of an earlier test may have left its connection behind."""


@pytest.fixture
def own(
    django_db_setup: None, django_db_blocker: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[OwnDatabase]:
    """A fresh copy of the tests' database, removed afterwards."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # a browser's loop may stand in this thread; we are not in it
    name = f"{connection.settings_dict['NAME']}_own"
    with django_db_blocker.unblock():
        template = str(connection.settings_dict["NAME"])
        connection.close()
    with psycopg.connect(make_conninfo(**embedded.parameters("postgres")), autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(LEAVE, [template])
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        with psycopg.connect(make_conninfo(**(dict(embedded.parameters()) | {"dbname": name})), autocommit=True) as copy:
            copy.execute(STATE)
        (tmp_path / "signing.json").write_text(json.dumps({"origin": "goodfaith/test/own", "keys": ["A" * 43 + "="]}))
        yield OwnDatabase(name, tmp_path)
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def sealed(db: None) -> Any:
    """Seals what waits, in the test's own transaction."""
    from goodfaith.common import clock
    from goodfaith.common.acting import SYSTEM

    def seal(limit: int = actions.BATCH, hours_ago: int = 0) -> actions.Sealed:
        at = clock.now() - dt.timedelta(hours=hours_ago)
        return actions.do_seal(acting=SYSTEM, at=at, limit=limit)

    return seal
