"""``goodfaith doctor``: looks at the installation and says what is wrong and how to mend it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator

from rich.console import Console

from goodfaith.common.problems import Problem
from goodfaith.running.connecting import connect

Finding = tuple[bool, str, str]
LEAST_DISK = 2 * 2**30


def _python() -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield sys.version_info >= (3, 11), f"Python {version}", "需要 Python 3.11 以上。"


def _home() -> Iterator[Finding]:
    from goodfaith.common.home import home

    free = shutil.disk_usage(home()).free
    yield free > LEAST_DISK, f"数据目录 {home()}，剩余 {free // 2**30} GiB", "请清出至少 2 GiB 空间。"
    private = all((home() / name).stat().st_mode & 0o077 == 0 for name in ("keys.json",) if (home() / name).exists())
    yield private, "密钥文件只有本账号能读", f"请执行 chmod 600 {home()}/keys.json。"
    backed = (home() / "keys.json").exists() or bool(os.environ.get("GOODFAITH_KEYS"))
    yield backed, "数据密钥在位（丢失后个人信息无法解密，请另行备份）", "首次启动时会自动生成。"


def _database() -> Iterator[Finding]:
    connect("owner")
    from django.db import connection

    from goodfaith.running import prepare

    prepare.check_server()
    yield True, f"数据库 PostgreSQL {connection.connection.info.server_version // 10000}", ""
    yield not prepare.pending(), "数据库结构是最新的", "请运行 goodfaith migrate。"
    yield from _roles()


def _roles() -> Iterator[Finding]:
    from django.db import connection

    from goodfaith.common.roles import JOBS, WEB

    question = (
        "SELECT coalesce(bool_or(has_table_privilege(%s, name, 'SELECT')), false)"
        " FROM unnest(ARRAY['records_record', 'subjects_person', 'subjects_identifier', 'ledger_entry']) name"
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_roles WHERE rolname = ANY (%s)", [[WEB, JOBS]])
        standing = cursor.fetchone()[0] == 2
        yield standing, "数据库角色已建立", "请运行 goodfaith migrate。"
        if standing:
            cursor.execute(question, [WEB])
            yield not cursor.fetchone()[0], "网页角色读不到个人记录", "权限被改动过，请运行 goodfaith migrate 恢复。"


def _assets() -> Iterator[Finding]:
    from django.conf import settings

    yield (settings.STATIC_ROOT / "css/app.css").exists(), "页面样式已构建", "请运行 make assets。"


def _packs() -> Iterator[Finding]:
    from django.conf import settings

    from goodfaith.law.checker import check

    found = len(check(settings.PACKS_DIR))
    yield not found, f"目录数据包 {settings.PACKS_DIR} 检查通过", f"有 {found} 处问题，请运行 goodfaith packs check。"


CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (_python, _home, _database, _assets, _packs)


def run() -> int:
    """Print each finding with a sign and, where it fails, what to do; 0 when all is well, else 1."""
    console, failures = Console(highlight=False), 0
    for check in CHECKS:
        try:
            findings = list(check())
        except Problem as problem:
            findings = [(False, problem.what, problem.next)]
        for good, text, mend in findings:
            console.print(f"{'✓' if good else '✗'} {text}")
            if not good:
                failures += 1
                console.print(f"   → {mend}")
    return 1 if failures else 0
