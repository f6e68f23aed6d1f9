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
OLDEST_KEY = 366
"""Days after which the data key is to be rotated."""


def _python() -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield sys.version_info >= (3, 11), f"Python {version}", "需要 Python 3.11 以上。"


def _home() -> Iterator[Finding]:
    from goodfaith.common.home import home

    free = shutil.disk_usage(home()).free
    yield free > LEAST_DISK, f"数据目录 {home()}，剩余 {free // 2**30} GiB", "请清出至少 2 GiB 空间。"
    files = [home() / name for name in ("keys.json", "signing.json") if (home() / name).exists()]
    private = all(file.stat().st_mode & 0o077 == 0 for file in files)
    yield private, "密钥文件只有本账号能读", f"请执行 chmod 600 {home()}/*.json。"
    backed = (home() / "keys.json").exists() or bool(os.environ.get("GOODFAITH_KEYS"))
    yield backed, "数据密钥在位（丢失后个人信息无法解密，请另行备份）", "首次启动时会自动生成。"
    if backed:
        yield _key_age()


def _key_age() -> Finding:
    import datetime as dt

    from goodfaith.common.crypto_keys import parse_keys
    from goodfaith.common.home import data_keys

    keys = parse_keys(data_keys())
    made = keys.made.get(keys.newest)
    old = made is not None and (dt.datetime.now(dt.UTC).date() - made).days > OLDEST_KEY
    text = f"数据密钥 {len(keys.seal)} 把，现用第 {keys.newest} 号（{made or '日期未记载'}）"
    return not old, text, "已用满一年，请运行 goodfaith keys rotate，并另行备份新的密钥文件。"


def _database() -> Iterator[Finding]:
    connect("owner")
    from django.db import connection

    from goodfaith.running import prepare

    prepare.check_server()
    yield True, f"数据库 PostgreSQL {connection.connection.info.server_version // 10000}", ""
    yield not prepare.pending(), "数据库结构是最新的", "请运行 goodfaith migrate。"
    yield from _roles()
    if not prepare.pending():
        yield _own_keys()


def _own_keys() -> Finding:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM subjects_subject s"
            " WHERE NOT EXISTS (SELECT FROM subjects_key k WHERE k.subject_id = s.id))"
        )
        without = cursor.fetchone()[0]
    return not without, "每个主体都有专用密钥", "早先的主体还没有，请运行 goodfaith keys reseal。"


def _roles() -> Iterator[Finding]:
    from django.db import connection

    from goodfaith.common.roles import JOBS, SEALER, WEB

    question = (
        "SELECT coalesce(bool_or(has_table_privilege(%s, name, 'SELECT')), false)"
        " FROM unnest(ARRAY['records_record', 'subjects_person', 'subjects_identifier', 'ledger_entry']) name"
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_roles WHERE rolname = ANY (%s)", [[WEB, JOBS, SEALER]])
        standing = cursor.fetchone()[0] == 3
        yield standing, "数据库角色已建立", "请运行 goodfaith migrate。"
        if standing:
            cursor.execute(question, [WEB])
            yield not cursor.fetchone()[0], "网页角色读不到个人记录", "权限被改动过，请运行 goodfaith migrate 恢复。"


RUNNING = "SELECT count(*) FROM pg_stat_activity WHERE application_name IN ('goodfaith web', 'goodfaith jobs')"


def _ledger() -> Iterator[Finding]:
    from django.conf import settings
    from django.db import connection

    from goodfaith.common import clock
    from goodfaith.ledger import queries

    ago = (clock.now() - queries.sealed_at()).total_seconds()
    with connection.cursor() as cursor:
        cursor.execute(RUNNING)
        running = bool(cursor.fetchone()[0])
    fresh = ago < settings.LEDGER["open_seconds"]
    mend = "请查看 goodfaith serve 的输出，或单独运行 goodfaith sealer。"
    yield fresh or not running, f"查询日志 {ago:.0f} 秒前封存{'' if running else '（平台没有在运行）'}", mend
    failed = [state.name for state in queries.witnesses() if state.failed]
    yield not failed, "外部留存正常", f"没有交到：{'、'.join(failed)}，请检查网络和 GOODFAITH_WITNESS_* 设置。"


def _assets() -> Iterator[Finding]:
    from django.conf import settings

    yield (settings.STATIC_ROOT / "css/app.css").exists(), "页面样式已构建", "请运行 make assets。"


def _packs() -> Iterator[Finding]:
    from django.conf import settings

    from goodfaith.law.checker import check

    found = len(check(settings.PACKS_DIR))
    yield not found, f"目录数据包 {settings.PACKS_DIR} 检查通过", f"有 {found} 处问题，请运行 goodfaith packs check。"


CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (_python, _home, _database, _ledger, _assets, _packs)


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
