"""What ``goodfaith packs check`` and ``goodfaith packs load`` do and say. ``check`` needs no database."""

from __future__ import annotations

import json as json_
import sys
from pathlib import Path

from goodfaith.common.problems import Problem
from goodfaith.law import checker, packs
from goodfaith.law.findings import Finding


def check(directory: Path, json: bool = False) -> int:
    """Check packs and print what is found; 0 when there is nothing, 1 otherwise."""
    loaded = packs.load(directory)
    findings = checker.check_loaded(loaded)
    sys.stdout.write(as_json(loaded, findings) if json else as_text(loaded, findings))
    return 1 if findings else 0


def as_json(loaded: packs.Loaded, findings: list[Finding]) -> str:
    """``{"ok", "packs", "items", "findings": [{file, line, code, what, next}]}``."""
    answer = {
        "ok": not findings,
        "packs": list(loaded.shown),
        "items": _item_count(loaded),
        "findings": [finding.as_dict() for finding in findings],
    }
    return json_.dumps(answer, ensure_ascii=False, indent=2) + "\n"


def as_text(loaded: packs.Loaded, findings: list[Finding]) -> str:
    """One line for each finding, and how many there are."""
    lines = [str(finding) for finding in findings]
    if findings:
        files = len({finding.file for finding in findings})
        lines.append(f"{files} 个文件中有 {len(findings)} 处问题。")
    else:
        lines.append(f"{len(loaded.shown)} 个数据包、{_item_count(loaded)} 个目录条目，没有发现问题。")
    return "\n".join(lines) + "\n"


def _item_count(loaded: packs.Loaded) -> int:
    return sum(each.pack in loaded.shown for each in loaded.of("items"))


def load(directory: Path) -> int:
    """Load packs into the database and say what changed; 1 when they cannot be loaded. Needs django.setup()."""
    from goodfaith.common import clock
    from goodfaith.common.acting import SYSTEM
    from goodfaith.law import actions

    try:
        result = actions.do_load_packs(acting=SYSTEM, at=clock.now(), directory=directory)
    except Problem as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    sys.stdout.write(f"{result.sentence}\n")
    return 0
