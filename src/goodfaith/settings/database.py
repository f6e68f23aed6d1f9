"""The one database connection of this process, in the role that the process was started for."""

from __future__ import annotations

import os
import re
from typing import Any
from urllib.parse import unquote, urlsplit

from goodfaith.common import embedded
from goodfaith.common.home import database_passwords

ROLES = {"web": "goodfaith_web", "jobs": "goodfaith_jobs"}


def _owner() -> dict[str, str]:
    """NAME, USER, PASSWORD, HOST and PORT of the owner, from DATABASE_URL or the embedded cluster."""
    url = os.environ.get("DATABASE_URL")
    if not url:
        given = embedded.parameters()
        return {
            "NAME": given["dbname"], "USER": given["user"], "PASSWORD": given["password"],
            "HOST": given["host"], "PORT": "",
        }  # fmt: skip
    parts = urlsplit(url)
    return {
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
    }


def database() -> dict[str, Any]:
    """Django's settings of the connection; GOODFAITH_DB_ROLE is ``owner`` (default), ``web`` or ``jobs``."""
    given: dict[str, Any] = {"ENGINE": "django.db.backends.postgresql", **_owner()}
    role = os.environ.get("GOODFAITH_DB_ROLE", "owner")
    if role != "owner":
        given |= {"USER": ROLES[role], "PASSWORD": database_passwords()[role]}
    if role == "web":
        given |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": False}
    given["OPTIONS"] = {"application_name": f"goodfaith {role}"}
    name = re.sub(r"\W", "_", os.environ.get("GOODFAITH_TEST_DB", "test_goodfaith"))
    given["TEST"] = {"NAME": name}
    return given
