"""The one database connection of this process, in the role that the process was started for."""

from __future__ import annotations

import os
import re
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from goodfaith.common import embedded
from goodfaith.common.home import database_passwords, role_name

PAGE_LIMIT = "15s"
"""No page may hold the database longer; past it the reader is told to narrow the question."""
NAMES = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}


def _owner() -> dict[str, Any]:
    """Django's parameters of the owner's connection, from DATABASE_URL or the embedded cluster."""
    url = os.environ.get("DATABASE_URL")
    given = dict(conninfo_to_dict(url)) if url else dict(embedded.parameters())
    named = {name: str(given.pop(key, "") or "") for name, key in NAMES.items()}
    return {**named, "OPTIONS": {key: value for key, value in given.items() if value is not None}}


def database() -> dict[str, Any]:
    """Django's settings of the connection; GOODFAITH_DB_ROLE: ``owner`` (default), ``web``, ``jobs``, ``sealer``."""
    given = {"ENGINE": "django.db.backends.postgresql", **_owner()}
    role = os.environ.get("GOODFAITH_DB_ROLE", "owner")
    if role != "owner":
        given |= {"USER": role_name(role), "PASSWORD": database_passwords()[role]}
    if role == "web":
        given |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": False}
        given["OPTIONS"].setdefault("options", f"-c statement_timeout={PAGE_LIMIT}")
    given["OPTIONS"] |= {"application_name": f"goodfaith {role}"}
    name = re.sub(r"\W", "_", os.environ.get("GOODFAITH_TEST_DB", "test_goodfaith"))
    given["TEST"] = {"NAME": name}
    return given
