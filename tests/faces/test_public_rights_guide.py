"""docs/rights.md says what the program does: its tables are made from the procedures, its addresses exist."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import Any

from django.urls import Resolver404, resolve

from goodfaith.rights.limits import DONE
from goodfaith.rights.procedures import PROCEDURES

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "rights.md").read_text("utf-8")


def _script() -> Any:
    spec = importlib.util.spec_from_file_location("rights_tables", ROOT / "scripts" / "rights_tables.py")
    assert spec is not None and spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def test_the_tables_are_those_of_the_code() -> None:
    assert _script().written(GUIDE) == GUIDE, "run scripts/rights_tables.py"


def test_every_step_and_every_act_is_in_them() -> None:
    for one in PROCEDURES.values():
        part = GUIDE.split(f"### {one.name}（")[1].split("\n### ")[0]
        assert all(f"| {step.name} |" in part and step.says in part for step in one.steps)
        assert all(f"| {act.name} |" in part for act in one.acts if act.code not in ("save", "discard"))


def test_the_addresses_that_it_names_are_there() -> None:
    named = set(re.findall(r"`(?:GET |POST )?(/[a-z][a-z/.-]*)", GUIDE))
    assert {"/about/rights/", "/withdrawals/", "/withdrawals/feed.json", "/api/repair-guide"} <= named
    for address in named:
        try:
            resolve(address)
        except Resolver404 as missing:
            raise AssertionError(address) from missing


def test_what_a_recipient_may_say_is_what_the_program_takes() -> None:
    for code, words in DONE.items():
        assert f"| `{code}` | {words} |" in GUIDE
