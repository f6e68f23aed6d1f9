"""The template of a case's copy for its subject: typst, one JSON value, no source from people."""

from __future__ import annotations

from pathlib import Path

TEMPLATE = Path(__file__).with_name("case_copy.typ").read_text(encoding="utf-8")
