"""Documents made at random: whatever way of numbering, naming and laying out, the tasks are those it was made of."""

from __future__ import annotations

import random
from typing import Any

import pytest

from goodfaith.duties.reading import as_json, read_text
from tests.duties import made
from tests.duties.test_truths import row, same_width

SEEDS = range(120)


def read(text: str) -> list[Any]:
    return [row(task) for plan in as_json(read_text(text))["plans"] for task in plan["tasks"]]


def wanted(rows: list[made.Row]) -> list[Any]:
    return [same_width(list(one)) for one in rows]


@pytest.mark.parametrize("seed", SEEDS)
def test_text(seed: int) -> None:
    text, rows = made.text(seed)
    assert read(text) == wanted(rows)


@pytest.mark.parametrize("seed", SEEDS)
def test_text_hard_wrapped_with_page_numbers(seed: int) -> None:
    text, rows = made.text(seed)
    assert read(paged(text, seed)) == wanted(rows)


def paged(text: str, seed: int) -> str:
    width, lines = random.Random(seed).choice([18, 24, 28, 32, 40]), list[str]()
    for line in text.split("\n"):
        lines += [line[at : at + width] for at in range(0, max(len(line), 1), width)]
    return "\n".join(f"{line}\n— {place // 22} —" if place % 22 == 21 else line for place, line in enumerate(lines))


@pytest.mark.parametrize("seed", SEEDS)
def test_table(seed: int) -> None:
    text, rows = made.table(seed)
    assert read(text) == wanted(rows)
