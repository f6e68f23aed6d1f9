"""Boundary: no log line of the whole test run holds a person's number or name.

Every record that any logger lets through while the tests run, and everything a live server printed, is searched;
one find fails the run, whichever test it came from.
"""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest

ID_LIKE = re.compile(r"(?<!\d)\d{6}(?:19|20)\d{2}(?:0\d|1[0-2])[0-3]\d\d{3}[\dXx](?![\dA-Za-z])")
NAMES = ("欧阳试例",)
"""The person of ``tests/city.py``. The names of a live city are looked for by ``tests/faces/test_logs.py``."""
SQL = "django.db.backends"
"""Statements with their values: off in the program (its level is WARNING), on only where a test asks for DEBUG."""


def people_in(text: str) -> list[str]:
    """The lines that hold a number or a name of a person."""
    return [line for line in text.splitlines() if ID_LIKE.search(line) or any(name in line for name in NAMES)]


class Watch(logging.Handler):
    """Keeps what should never have been written."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.found: list[str] = []
        self.seen = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.seen += 1
        if record.name == SQL and record.levelno < logging.WARNING:
            return
        self.look(self.format(record), record.name)

    def look(self, text: str, where: str) -> None:
        """Search a text; remember the lines with people in them."""
        self.found += [f"{where}: {line[:200]}" for line in people_in(text)]


WATCH = Watch()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before every test, since setting Django up gives the root logger handlers of its own."""
    if WATCH not in logging.getLogger().handlers:
        logging.getLogger().addHandler(WATCH)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if WATCH.found and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any) -> None:
    terminalreporter.write_line(f"log watch: {WATCH.seen} records, {len(WATCH.found)} with a person in them")
    for line in WATCH.found[:20]:
        terminalreporter.write_line(f"  {line}", red=True)
