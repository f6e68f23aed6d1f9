"""Bringing the database to where the program is: migrations, roles, packs, texts in English."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from goodfaith.common import clock, roles
from goodfaith.common.acting import SYSTEM
from goodfaith.common.problems import Problem

OLDEST_SERVER = 160000


def check_server() -> None:
    """Problem when the server is too old."""
    connection.ensure_connection()
    version = connection.connection.info.server_version
    if version < OLDEST_SERVER:
        raise Problem(
            "database_old",
            f"数据库服务器的版本太旧（{version // 10000}），需要 PostgreSQL 16 以上。",
            "请升级服务器，或取消 DATABASE_URL 以使用内置的 PostgreSQL。",
        )


def pending() -> bool:
    """Whether there are migrations to apply."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate() -> int:
    """Apply migrations and the roles' rights; 0 when done."""
    check_server()
    with contextlib.redirect_stdout(io.StringIO()):
        call_command("migrate", verbosity=0, interactive=False)
    roles.apply()
    load_procedures()
    return 0


def load_procedures() -> None:
    """Give the database the transitions that cases may take."""
    from goodfaith.duties import actions as duties
    from goodfaith.rights.actions import do_load_procedures

    do_load_procedures()
    duties.do_load_procedures()


def load_packs() -> None:
    """Load the packs that came with the program; nothing happens when they are loaded already."""
    from goodfaith.law.actions import do_load_packs

    do_load_packs(acting=SYSTEM, at=clock.now(), directory=settings.PACKS_DIR)


def compile_texts() -> None:
    """Make the binary catalogues of the translations where the text is newer."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for folder in settings.LOCALE_PATHS:
        for source in Path(folder).glob("*/LC_MESSAGES/django.po"):
            target = source.with_suffix(".mo")
            if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
                with source.open("rb") as text, target.open("wb") as binary:
                    write_mo(binary, read_po(text))
