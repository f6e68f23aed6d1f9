"""A real city in a real server, and a real browser before it.

``live_city`` starts ``goodfaith serve --demo`` as a user would, in an installation of its own in a temporary
folder, once for the whole run. ``desktop`` and ``phone`` are Chromium pages at 1440 and 390 px; whatever they
ask for outside the server, and whatever the console says, is kept for the tests to look at.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from goodfaith.common import embedded
from goodfaith.common.home import ROOT
from goodfaith.demo.accounts import LOGINS, Login
from tests.log_watch import WATCH

FIRST_START = 240
SIZES = {"desktop": (1440, 900), "tablet": (1024, 768), "phone": (390, 844)}
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--lang=zh-CN",
]  # fmt: skip


@dataclass(frozen=True)
class LiveCity:
    """Where the server is, who may log in, and what the server wrote so far."""

    url: str
    home: Path
    logins: dict[str, Login]
    log_file: Path
    servers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def log(self) -> str:
        """All that the server, its worker and the database's start printed."""
        return self.log_file.read_text(errors="replace")

    def run(self, *arguments: str) -> str:
        """Run Python code or a module in this installation; what it printed."""
        done = subprocess.run(
            [sys.executable, *arguments], env=environment(self.home), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout


def environment(home: Path) -> dict[str, str]:
    """The environment of an ordinary installation in ``home``, without what the tests set for themselves."""
    ours = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "GOODFAITH_DB_ROLE", "GOODFAITH_TEST_DB"}
    kept = {name: value for name, value in os.environ.items() if name not in ours and "proxy" not in name.lower()}
    return kept | {"GOODFAITH_HOME": str(home), "GOODFAITH_FAST": "1", "GOODFAITH_WORKERS": "1", "COLUMNS": "120"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _wait(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + FIRST_START
    while not _answers(url):
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"the server did not come up:\n{log.read_text(errors='replace')[-3000:]}")
        time.sleep(0.3)


def left_behind(home: Path) -> Iterator[int]:
    """Processes of this installation that are still there: a server that broke leaves its children."""
    mine = f"GOODFAITH_HOME={home}".encode()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            known = (folder / "environ").read_bytes().split(b"\0")
        except OSError:
            continue
        if mine in known:
            yield int(folder.name)


def _stop(server: subprocess.Popen[bytes], home: Path) -> None:
    """Stop the server as Ctrl-C would, then whatever it left behind."""
    server.send_signal(signal.SIGTERM)
    try:
        server.wait(40)
    except subprocess.TimeoutExpired:
        server.kill()
    for process in left_behind(home):
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGTERM)
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and any(left_behind(home)):
        time.sleep(0.2)


def _forget(home: Path) -> None:
    """Remove the installation, with the cluster that lies elsewhere when root runs the tests."""
    mark = home / "installation"
    if mark.exists():
        if os.geteuid() == 0:
            shutil.rmtree(embedded.ROOT_STATE / mark.read_text(), ignore_errors=True)
        shutil.rmtree(Path(tempfile.gettempdir()) / f"goodfaith-{mark.read_text()}", ignore_errors=True)
    shutil.rmtree(home, ignore_errors=True)


def _begin(home: Path, port: int, log: Path, settings: dict[str, str]) -> subprocess.Popen[bytes]:
    """The server of this installation; when this returns it answers."""
    with log.open("ab") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "goodfaith.cli", "serve", "--demo", "--port", str(port)],
            env=environment(home) | settings, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
        )  # fmt: skip
    try:
        _wait(server, f"http://127.0.0.1:{port}/", log)
    except BaseException:
        _stop(server, home)
        raise
    return server


@contextmanager
def serving() -> Iterator[LiveCity]:
    """A city of its own while the block lasts; nothing of it stays."""
    home = Path(tempfile.mkdtemp(prefix="goodfaith-city-"))
    log, port = home / "serve.log", _free_port()
    try:
        city = LiveCity(f"http://127.0.0.1:{port}", home, {login.username: login for login in LOGINS}, log)
        city.servers.append(_begin(home, port, log, {}))
        yield city
    finally:
        for server in city.servers:
            _stop(server, home)
        if log.exists():
            WATCH.look(log.read_text(errors="replace"), "live server")
        _forget(home)


@contextmanager
def otherwise(city: LiveCity, **settings: str) -> Iterator[LiveCity]:
    """The same city, served with other settings while the block lasts: making a second one takes most of a minute."""
    port = int(city.url.rsplit(":", 1)[1])
    _stop(city.servers.pop(), city.home)
    city.servers.append(_begin(city.home, port, city.log_file, settings))
    try:
        yield city
    finally:
        _stop(city.servers.pop(), city.home)
        city.servers.append(_begin(city.home, port, city.log_file, {}))


STANDING = ExitStack()
"""The city and the browser: they go when the last test has seen them, which may be long before the run ends."""


@pytest.fixture(scope="session")
def live_city() -> Iterator[LiveCity]:
    """The demo city behind a real server."""
    yield STANDING.enter_context(serving())
    STANDING.close()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """A failed test with a live city shows the end of the server's log."""
    outcome = yield
    report = outcome.get_result()
    city = getattr(item, "funcargs", {}).get("live_city")
    if report.failed and isinstance(city, LiveCity) and city.log_file.exists():
        report.sections.append(("the server's log", city.log()[-3000:]))


def chromium() -> str | None:
    """The browser's path; None when there is none."""
    return next((path for name in CHROMIUM if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, started once."""
    path = chromium()
    if path is None:
        pytest.skip("没有找到 Chromium：请先运行 make browser（或安装 chromium），再运行浏览器测试。")
    from playwright.sync_api import sync_playwright

    # Its loop stands in this thread while tests go on that have nothing to do with it; none of ours runs in it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    STANDING.callback(os.environ.pop, "DJANGO_ALLOW_ASYNC_UNSAFE", None)
    playwright = STANDING.enter_context(sync_playwright())
    started = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
    STANDING.callback(started.close)
    yield started
    STANDING.close()


@dataclass
class Seat:
    """A reader before a page: what the page said in the console and what it asked for elsewhere."""

    page: Any
    city: LiveCity
    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def go(self, path: str) -> Any:
        """Open an address of the city; the answer."""
        return self.page.goto(self.city.url + path, wait_until="load")

    def log_in(self, who: str, *, fresh: bool = False) -> Seat:
        """Log in with a demo account through the form.

        An officer's code is good once and the next comes in half a minute, so a session that the form opened before
        is gone on with as long as it lasts, unless it has to be ``fresh``.
        """
        login = self.city.logins[who]
        if login.secret and not fresh and self._go_on(who):
            return self
        self.go("/log-in/")
        self.page.fill("#id_username", login.username)
        self.page.fill("#id_password", login.password)
        self.page.click("main form button.primary")
        if login.secret:
            self.page.wait_for_url("**/log-in/second-step/")
            self.page.fill("#id_code", unused_code(login))
            self.page.click("main form button.primary")
        self.page.wait_for_url(lambda url: "/log-in/" not in url)
        SESSIONS[self.city.url, who] = [c for c in self.page.context.cookies() if c["name"] == "sessionid"]
        return self

    def _go_on(self, who: str) -> bool:
        """Whether this officer's earlier session still lasts; it is then this page's."""
        kept = SESSIONS.get((self.city.url, who))
        if not kept:
            return False
        self.page.context.add_cookies(kept)
        self.go("/welcome/")
        return "/log-in/" not in self.page.url

    def forget(self) -> None:
        """Begin anew with what the page says and asks for."""
        self.errors.clear()
        self.outside.clear()

    def sideways(self) -> int:
        """By how many pixels the page is wider than its window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


SESSIONS: dict[tuple[str, str], list[Any]] = {}
"""The officers' sessions, by city and log-in."""
USED: set[tuple[str, int]] = set()


def unused_code(login: Login) -> str:
    """A code that the server takes now and that nobody has used: each is good once, for half a minute or so."""
    while True:
        now, late = divmod(int(time.time()), 30)
        steps = (now, now + 1) if late > 26 else (now, now + 1, now - 1)
        free = [step for step in steps if (login.username, step) not in USED]
        if free:
            USED.add((login.username, free[0]))
            return login.code(free[0] * 30)
        time.sleep(1)


def _watch(seat: Seat) -> None:
    def said(message: Any) -> None:
        if message.type == "error":
            seat.errors.append(f"{message.text} ({message.location.get('url', '')})")

    def asked(request: Any) -> None:
        if not request.url.startswith((seat.city.url, "data:", "blob:")):
            seat.outside.append(request.url)

    seat.page.on("console", said)
    seat.page.on("pageerror", lambda error: seat.errors.append(str(error)))
    seat.page.on("request", asked)


@contextmanager
def seated(browser: Any, city: LiveCity, size: str = "desktop", **options: Any) -> Iterator[Seat]:
    """A fresh browser session at one size."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, has_touch=size == "phone", is_mobile=size == "phone",
        locale="zh-CN", reduced_motion="reduce", **options,
    )  # fmt: skip
    context.set_default_timeout(20_000)
    seat = Seat(context.new_page(), city)
    _watch(seat)
    try:
        yield seat
    finally:
        context.close()


@pytest.fixture
def sit(browser: Any, live_city: LiveCity) -> Iterator[Callable[..., Seat]]:
    """Makes seats: ``sit("phone")``; as many as a test needs, each its own session."""
    with ExitStack() as stack:
        yield lambda size="desktop", **options: stack.enter_context(seated(browser, live_city, size, **options))


@pytest.fixture
def desktop(sit: Callable[..., Seat]) -> Seat:
    """A seat at 1440 px."""
    return sit("desktop")


@pytest.fixture
def phone(sit: Callable[..., Seat]) -> Seat:
    """A seat at 390 px."""
    return sit("phone")
