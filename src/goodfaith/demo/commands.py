"""``goodfaith demo``: the invented city, and files to try the delivery wizard with."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from goodfaith.common import clock
from goodfaith.common.acting import Acting

if TYPE_CHECKING:
    from goodfaith.demo.actions import CityLoaded

ACTING = Acting(kind="system", id="goodfaith.demo", name="示例城市")
PEOPLE, ORGANISATIONS, RECORDS = 8_000, 6_000, 30_000


def make(people: int, organisations: int, records: int, progress: Callable[[str, int], None]) -> CityLoaded:
    """Make the city and let the planner know; all zero when one stands already."""
    from goodfaith.demo.actions import analyse, do_load_city

    loaded = do_load_city(
        acting=ACTING, at=clock.now(), people=people, organisations=organisations, records=records, progress=progress
    )
    if loaded.records:
        analyse()
    return loaded


def load(people: int | None = None, organisations: int | None = None, records: int | None = None) -> int:
    """Make the invented city with a progress bar; 0, also when one stands already."""
    sizes = (people or PEOPLE, organisations or ORGANISATIONS, records or RECORDS)
    started = time.monotonic()
    share = TextColumn("{task.percentage:>3.0f}% {task.description}")
    with Progress(TextColumn("生成示例城市"), BarColumn(), share, TimeElapsedColumn(), transient=True) as bar:
        task = bar.add_task("", total=sum(sizes))
        loaded = make(*sizes, lambda what, count: bar.update(task, advance=count, description=what))
    console = Console(highlight=False)
    if not loaded.records:
        console.print("城市已经存在，没有改动。")
        return 0
    console.print(
        f"示例城市已生成：自然人{loaded.people:,}，组织{loaded.organisations:,}，记录{loaded.records:,}，"
        f"报送{loaded.deliveries:,}批，用时{time.monotonic() - started:.1f}秒。"
    )
    return 0


def files(directory: str | Path) -> int:
    """Write the sample files; 0."""
    from goodfaith.demo.files import write_all

    console = Console(highlight=False)
    for path, what in write_all(Path(directory)):
        console.print(f"{path}：{what}")
    return 0


def code(username: str) -> int:
    """Print the current code of a demo log-in's second step; 0."""
    from goodfaith.demo.authenticator import code as shown

    found = shown(username)
    Console(highlight=False).print(f"{found.code}（还有{found.seconds}秒；下一个 {found.next_code}）")
    return 0
