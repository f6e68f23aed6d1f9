"""The documents say what is so: their links lead somewhere, and what the READMEs name exists in the program."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from goodfaith.cli import parser
from goodfaith.demo.accounts import LOGINS, MACHINE

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted(path for folder in (ROOT, ROOT / "docs") for path in folder.glob("**/*.md")
                   if not {".venv", "node_modules", ".goodfaith"} & set(path.relative_to(ROOT).parts))  # fmt: skip
READMES = [ROOT / "README.md", ROOT / "README.zh.md"]
LINK = re.compile(r"\]\(([^)#]+)[^)]*\)")
VARIABLE = re.compile(r"environ\.get\(\s*[\"']((?:GOODFAITH_|DATABASE_)\w+)[\"']")
INTERNAL = {"GOODFAITH_DB_ROLE", "GOODFAITH_TEST_DB"}
"""Set by the program for its own processes, and by developers."""

readme = pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    links = [link for link in LINK.findall(path.read_text(encoding="utf-8")) if "://" not in link]
    assert not [link for link in links if not (path.parent / link).exists()]


@readme
def test_log_ins_are_named(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not [one for one in LOGINS if f"| `{one.username}` | `{one.password}` |" not in text]
    assert MACHINE.client_id in text and MACHINE.secret in text


def _commands(of: argparse.ArgumentParser, before: str = "") -> Iterator[str]:
    for action in of._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, inner in action.choices.items():
                deeper = list(_commands(inner, f"{before}{name} "))
                own = inner.get_default("run") is not None
                yield from ([f"{before}{name}"] if own or not deeper else []) + deeper


@readme
def test_commands_are_named_and_no_others(path: Path) -> None:
    named = set(re.findall(r"^\| `([a-z -]+)` \| `goodfaith ", path.read_text(encoding="utf-8"), re.MULTILINE))
    assert named == set(_commands(parser()))


@readme
def test_settings_from_the_environment_are_named(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    sources = [*(ROOT / "src/goodfaith/settings").glob("*.py"), ROOT / "src/goodfaith/common/home.py",
               ROOT / "src/goodfaith/running/serve.py"]  # fmt: skip
    found = {name for source in sources for name in VARIABLE.findall(source.read_text(encoding="utf-8"))}
    assert not [name for name in sorted(found - INTERNAL) if f"`{name}`" not in text]


def test_both_readmes_have_the_same_parts() -> None:
    english, chinese = (path.read_text(encoding="utf-8") for path in READMES)
    assert english.count("\n## ") == chinese.count("\n## ")
    assert re.findall(r"^    ?.*curl .*$|^make \w+$", english, re.M) == re.findall(
        r"^    ?.*curl .*$|^make \w+$", chinese, re.M
    )
    assert re.findall(r"docs/pictures/[\w-]+\.png", english) == re.findall(r"docs/pictures/[\w-]+\.png", chinese)
