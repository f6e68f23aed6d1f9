"""The suite on all cores: each process its own installation and database; what shares something stays together.

``make test`` starts as many processes as there are cores. A file's tests of one kind run in one process, in order;
everything that sits before the live demo city is one group, which starts first, so that there is one city and one
browser. Tests with real transactions empty the tables, so they follow all that only roll back, as in one process.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Generator
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from tests.browser import STANDING
from tests.log_watch import WATCH

LIVE = "live city"


def together(item: pytest.Item) -> str:
    """The name of the group that a test runs in."""
    fixtures, mark = getattr(item, "fixturenames", ()), item.get_closest_marker("django_db")
    if "live_city" in fixtures:
        return LIVE
    if "transactional_db" in fixtures or (mark and mark.kwargs.get("transaction")):
        kind = "empties tables"
    else:
        kind = "rolls back" if mark or "db" in fixtures else "no database"
    return f"{kind}: {item.nodeid.split('::', 1)[0]}"


class Groups(LoadScopeScheduling):
    """Hands whole groups to the processes, as the first of them named its tests' groups."""

    @cached_property
    def named(self) -> dict[str, str]:
        """The group of each test."""
        found: dict[str, str] = json.loads(_paper(self.config).read_text())
        return found

    def _split_scope(self, nodeid: str) -> str:
        return self.named[nodeid]


def _paper(config: pytest.Config) -> Path:
    """Where the groups are written: by the process that collects, for the one that hands out."""
    given = getattr(config, "workerinput", None)
    return Path(given["groups"] if given else config.stash[PAPER].name)


PAPER = pytest.StashKey[Any]()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a process where to write."""
    if PAPER not in node.config.stash:
        node.config.stash[PAPER] = tempfile.NamedTemporaryFile(suffix=".json")  # noqa: SIM115 - kept until the end
    node.workerinput["groups"] = node.config.stash[PAPER].name


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Groups:
    """Ours, whatever ``--dist`` says."""
    return Groups(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Generator[None]:
    """Name the groups; the longest goes first, the others stay in the order that the kinds of tests need."""
    yield
    given = getattr(config, "workerinput", None)
    if given is None:
        return
    groups = {item.nodeid: together(item) for item in items}
    items.sort(key=lambda item: groups[item.nodeid] != LIVE)
    if given["workerid"] == "gw0":
        _paper(config).write_text(json.dumps(groups))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None]:
    """After the last test before the live city, city and browser go: the others want the cores and the event loop."""
    yield
    last = nextitem is None or together(nextitem) != LIVE
    if hasattr(item.config, "workerinput") and last and together(item) == LIVE:
        STANDING.close()


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand what this process's log watch saw to the one that reports."""
    output: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["log_watch"] = (WATCH.seen, WATCH.found)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Add it to the report's."""
    seen, found = getattr(node, "workeroutput", {}).get("log_watch", (0, []))
    WATCH.seen += seen
    WATCH.found += found
