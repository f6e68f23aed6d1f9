"""``goodfaith serve``: database, migrations, packs, demo city, web server, worker and sealer under one roof."""

from __future__ import annotations

import ctypes
import datetime as dt
import os
import signal
import socket
import subprocess
import sys
import time
from types import FrameType
from typing import cast

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from goodfaith.common.problems import Problem
from goodfaith.running.connecting import connect

console = Console(highlight=False)
PR_SET_PDEATHSIG = 1
FIRST_SEAL = 60
"""Seconds to wait for the first seal."""


def check_port(host: str, port: int) -> None:
    """Problem when somebody listens there already."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Problem(
                "port_taken",
                f"{host}:{port} 这个端口已经被占用，或者不允许使用（{error.strerror}）。",
                f"请先停下占用它的程序，或者换一个端口：make run PORT={port + 1}"
                f"（goodfaith serve --port {port + 1}）。",
            ) from error


def run(*, host: str, port: int, demo: bool) -> int:
    """Prepare everything, then serve until Ctrl-C; the exit code of the server."""
    check_port(host, port)
    with Progress(
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"), TimeElapsedColumn(),
        console=console,
    ) as progress:  # fmt: skip
        _prepare(progress, demo)
    since = _start_moment()
    goodfaith = [sys.executable, "-m", "goodfaith.cli"]
    sealer = Kept([*goodfaith, "sealer"], "sealer", "查询日志封存进程")
    kept, servers = [sealer], []
    try:
        servers.append(_start(host, port))
        kept.append(Kept([*goodfaith, "worker"], "jobs", "后台作业进程"))
        _first_seal(since, sealer)
        _announce(host, port, demo)
        _wait(servers, kept)
    finally:
        _end([*servers, *(one.process for one in kept)])
    return 0


def _prepare(progress: Progress, demo: bool) -> None:
    """Everything that must stand before the first page: each step shows itself."""
    task = progress.add_task("启动数据库", total=100)
    connect("owner")
    from goodfaith.running import prepare

    progress.update(task, completed=10, description="升级数据库")
    prepare.migrate()
    prepare.compile_texts()
    progress.update(task, completed=25, description="装入目录")
    prepare.load_packs()
    progress.update(task, completed=35)
    if demo:
        _demo_city(progress, task)
    progress.update(task, completed=100, description="准备完毕")


def _demo_city(progress: Progress, task: TaskID) -> None:
    from goodfaith.demo.commands import ORGANISATIONS, PEOPLE, RECORDS, make

    step = 65 / (PEOPLE + ORGANISATIONS + RECORDS)

    def report(what: str, count: int) -> None:
        progress.update(task, advance=step * count, description=f"造示例城市：{what}")

    make(PEOPLE, ORGANISATIONS, RECORDS, report)


def _start(host: str, port: int) -> subprocess.Popen[bytes]:
    """Start the web server in the web's role."""
    from django.db import connection

    connection.close()
    workers = os.environ.get("GOODFAITH_WORKERS", "2")
    server = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", workers, "--blocking-threads", "8", "--backpressure", "64", "--no-ws", "--log-level", "error",
        "--respawn-failed-workers", "goodfaith.wsgi:application",
    ]  # fmt: skip
    return _child(server, "web")


class Kept:
    """A child that is started again when it ends, at growing distances while it ends soon after its start."""

    SHORTEST, LONGEST, STEADY = 1.0, 60.0, 30.0

    def __init__(self, command: list[str], role: str, name: str) -> None:
        self._command, self._role, self._name = command, role, name
        self._pause = self.SHORTEST
        self._due: float | None = None
        self._begin()

    def _begin(self) -> None:
        self.process = _child(self._command, self._role)
        self._began = time.monotonic()

    def look(self) -> None:
        """Start it again if it has ended and its pause is over; called a few times a second."""
        if self.process.poll() is None:
            return
        moment = time.monotonic()
        if self._due is None:
            self._pause = self.SHORTEST if moment - self._began > self.STEADY else min(self._pause * 2, self.LONGEST)
            self._due = moment + self._pause
            code = self.process.returncode
            console.print(f"[yellow]{self._name}已退出（{code}），{self._pause:.0f} 秒后重新启动。[/]")
        elif moment >= self._due:
            self._due = None
            self._begin()


def _start_moment() -> dt.datetime:
    """The database's time now."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: dt.datetime = cursor.fetchone()[0]
    connection.close()
    return moment


def _first_seal(since: dt.datetime, sealer: Kept) -> None:
    """Wait until the ledger is sealed: before that people's files would stay shut."""
    from django.db import connection

    from goodfaith.ledger.queries import sealed_at

    deadline = time.monotonic() + FIRST_SEAL
    while time.monotonic() < deadline and sealed_at() <= since:
        sealer.look()
        time.sleep(0.1)
    if sealed_at() <= since:
        console.print("[red]查询日志还没有封存，涉及个人的档案暂不能查阅。请运行 goodfaith doctor。[/]")
    connection.close()


def _child(command: list[str], role: str) -> subprocess.Popen[bytes]:
    """A process in a database role; it gets no Ctrl-C of its own, and goes when we go, even by kill -9."""
    environment = os.environ | {"GOODFAITH_DB_ROLE": role}
    return subprocess.Popen(command, env=environment, start_new_session=True, preexec_fn=_die_with_parent)


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _announce(host: str, port: int, demo: bool) -> None:
    """Wait until the server answers, then say where it is and who may log in."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            probe.settimeout(0.2)
            if probe.connect_ex((host, port)) == 0:
                break
        time.sleep(0.05)
    base = f"http://{host}:{port}"
    console.print(f"\n[bold]诚信平台已启动[/]  {base}/   （按 Ctrl-C 停止）")
    for path, text in (("", "公众"), ("my/", "我的（自然人、企业）"), ("desk/", "工作台"), ("api/docs", "接口")):
        console.print(f"  {text:<12}{base}/{path}")
    if demo:
        _print_logins()


def _print_logins() -> None:
    from goodfaith.demo.accounts import LOGINS, MACHINE
    from goodfaith.demo.clients import SIGNING

    console.print("\n演示账号（只在示例城市中存在）：")
    for login in LOGINS:
        console.print(f"  {login.username:<24}{login.password:<26}{login.what}", soft_wrap=True)
    console.print(f"  {MACHINE.client_id:<24}{MACHINE.secret:<26}业务系统（接口，OAuth 2）", soft_wrap=True)
    for client in SIGNING:
        console.print(f"  {client.client_id:<24}{client.key_file}  {client.name}（签名断言）", soft_wrap=True)
    console.print(
        "\n工作人员登录还有第二步：登录页会给出“演示用的身份验证器”的链接（/demo/authenticator/），\n"
        "也可以运行 goodfaith demo code 登录名。", soft_wrap=True,
    )  # fmt: skip


def _wait(processes: list[subprocess.Popen[bytes]], kept: list[Kept]) -> None:
    """Wait for the server to end, or for a signal; the sealer and the worker are kept going meanwhile."""

    def leave(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, leave)
    try:
        while all(process.poll() is None for process in processes):
            for one in kept:
                one.look()
            time.sleep(0.3)
        for process in processes:
            if process.poll() is not None:
                command = " ".join(map(str, cast(list[str], process.args)[1:4]))
                console.print(f"[red]{command} 已退出（{process.returncode}），平台随之停止。原因见上面的输出。[/]")
    except KeyboardInterrupt:
        console.print("\n正在停止……")


def _end(processes: list[subprocess.Popen[bytes]]) -> None:
    """End all that still run, giving a running delivery time to be put away."""
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
