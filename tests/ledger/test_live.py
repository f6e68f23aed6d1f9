"""A real ``goodfaith serve`` whose sealer is stopped, killed and let go on: files shut and open by themselves."""

from __future__ import annotations

import http.cookiejar
import os
import re
import signal
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser import LiveCity, left_behind, otherwise

LIMIT = 4


@pytest.fixture(scope="module")
def city(live_city: LiveCity) -> Iterator[LiveCity]:
    """The city, in which people's files shut four seconds after the last seal."""
    with otherwise(live_city, GOODFAITH_SEAL_LIMIT=str(LIMIT), GOODFAITH_SEAL_SECONDS="0.5") as made:
        yield made


class Visitor:
    """Somebody with a session, without a browser."""

    def __init__(self, city: LiveCity) -> None:
        self.city = city
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)

    def get(self, path: str, data: dict[str, str] | None = None) -> tuple[int, str]:
        body = urllib.parse.urlencode(data).encode() if data else None
        request = urllib.request.Request(self.city.url + path, body, {"Referer": self.city.url + path})
        try:
            with self.opener.open(request, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def log_in(self, who: str) -> Visitor:
        login = self.city.logins[who]
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get("/log-in/")[1])
        assert token
        given = {"csrfmiddlewaretoken": token[1], "login": login.username, "password": login.password}
        status, page = self.get("/log-in/", given)
        assert status == 200
        assert 'name="login"' not in page
        return self


def sealer_of(city: LiveCity) -> int:
    """The process id of the city's sealer."""
    for process in left_behind(city.home):
        if b"sealer" in (Path("/proc") / str(process) / "cmdline").read_bytes().split(b"\0"):
            return process
    raise LookupError("no sealer runs")


def until(what: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.3)


def ledger(city: LiveCity) -> str:
    """What the check of the whole ledger says; it must hold."""
    told = city.run("-m", "goodfaith.cli", "ledger", "verify")
    assert "✓ 核验通过" in told
    return told


def head(city: LiveCity) -> int:
    return int(Visitor(city).get("/ledger/checkpoint")[1].split("\n")[1])


def test_files_shut_when_nothing_is_sealed_and_open_by_themselves(city: LiveCity) -> None:
    citizen = Visitor(city).log_in("citizen")
    assert citizen.get("/my/")[0] == 200
    sealer = sealer_of(city)
    os.kill(sealer, signal.SIGSTOP)
    try:
        stood = head(city)
        time.sleep(LIMIT + 2)
        status, page = citizen.get("/my/")
        assert status == 503
        assert "查询日志" in page
        assert Visitor(city).get("/")[0] == 200  # what is open stays open
        assert "查询日志暂时没有封存" in Visitor(city).get("/ledger/")[1] or "not" in Visitor(city).get("/ledger/")[1]
        assert head(city) == stood
    finally:
        os.kill(sealer, signal.SIGCONT)
    until(lambda: citizen.get("/my/")[0] == 200)
    until(lambda: head(city) >= stood + 2)  # the refused look and the one after it
    ledger(city)
    assert re.search(r'<section[^>]* lang="en"[^>]*><h2>[A-Z]', page)


def test_a_killed_sealer_is_started_again(city: LiveCity) -> None:
    citizen = Visitor(city).log_in("citizen")
    sealer = sealer_of(city)
    os.kill(sealer, signal.SIGKILL)
    assert citizen.get("/my/")[0] == 200  # a look in the meantime waits for the next sealer
    until(lambda: "封存进程已退出" in city.log())
    stood = head(city)
    until(lambda: head(city) > stood)
    assert sealer_of(city) != sealer
    ledger(city)
    assert (city.home / "witness" / "checkpoint").exists()


def test_the_doctor_says_when_it_was_sealed(city: LiveCity) -> None:
    told = city.run("-m", "goodfaith.cli", "doctor")
    assert re.search(r"✓ 查询日志 \d+ 秒前封存", told)
    assert "✓ 外部留存正常" in told
