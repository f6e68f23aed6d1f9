"""Setting Django up in one database role, once per process."""

from __future__ import annotations

import os


def connect(role: str) -> None:
    """Set Django up in the given database role; the embedded server is started when it is needed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goodfaith.settings")
    os.environ.setdefault("GOODFAITH_DB_ROLE", role)
    if not os.environ.get("DATABASE_URL"):
        from goodfaith.common import embedded

        embedded.ensure_running()
    import django

    django.setup()
