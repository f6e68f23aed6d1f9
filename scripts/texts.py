"""Collects the interface's Chinese texts into locale/en/LC_MESSAGES/django.po, keeping what is translated.

Needs nothing but the program's own packages: templates are turned into Python by Django's own
``templatize`` and read by Babel. ``--missing`` prints what has no English yet, and fails if there is any.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

from goodfaith.law.domains import CATALOGUE_CLASSES

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src/goodfaith"
TARGET = SOURCE / "locale/en/LC_MESSAGES/django.po"
KEYWORDS: dict[str, Any] = {
    "_": None, "gettext": None, "gettext_lazy": None, "lazy": None, "gettext_noop": None, "_n": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip


def _sources() -> Iterator[tuple[Path, str]]:
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, path.read_text(encoding="utf-8")
    for path in sorted((SOURCE / "faces").rglob("templates/**/*.html")) + sorted((SOURCE / "faces").rglob("*.txt")):
        text = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        yield path, "\n".join(line.strip() for line in text.splitlines())  # indentation means nothing here


def collect() -> Catalog:
    """All texts, with the files they stand in (no lines, so that a moved line changes nothing)."""
    found = Catalog(locale="en", domain="django", charset="utf-8", project="goodfaith", version="1")
    for path, text in _sources():
        stream = io.BytesIO(text.encode())
        for _line, function, messages, _comments in extract_python(stream, KEYWORDS, [], {"encoding": "utf-8"}):
            _add(found, function, messages, str(path.relative_to(ROOT)))
    for name in CATALOGUE_CLASSES.values():  # the law's own words stand in a module that knows no Django
        found.add(name, locations=[("src/goodfaith/law/domains.py", 0)])
    return found


def _add(found: Catalog, function: Any, messages: Any, where: str) -> None:
    parts = list(messages) if isinstance(messages, tuple) else [messages]
    if function in ("pgettext", "npgettext"):
        context, *parts = parts
    else:
        context = None
    plural = function.startswith("n")
    if not all(isinstance(part, str) for part in parts[: 2 if plural else 1]):
        return
    found.add(tuple(parts[:2]) if plural else parts[0], locations=[(where, 0)], context=context)


def main() -> int:
    settings.configure(USE_I18N=False)
    django.setup()
    fresh = collect()
    known = read_po(TARGET.open("rb"), locale="en") if TARGET.exists() else Catalog(locale="en")
    known.update(fresh, no_fuzzy_matching=True, update_creation_date=False)
    known.obsolete.clear()
    for message in known:
        if message.id and message.fuzzy:  # a text that got or lost its plural is translated anew
            message.flags.discard("fuzzy")
            message.string = ("", "") if message.pluralizable else ""
    missing = [message for message in known if message.id and not _translated(message.string)]
    if "--missing" in sys.argv:
        for message in missing:
            print(message.id if isinstance(message.id, str) else message.id[0])
        return 1 if missing else 0
    known.fuzzy = False
    known.header_comment = "# English texts of the interface; the keys are the Chinese ones. Made by scripts/texts.py."
    known.project, known.version, known.msgid_bugs_address = "goodfaith", "1", ""
    known.last_translator, known.language_team = "the goodfaith project", "English"
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    with TARGET.open("wb") as out:
        write_po(out, known, width=110, include_lineno=False, sort_output=True, omit_header=False)
    print(f"{len(list(fresh))} texts, {len(missing)} without English")
    return 0


def _translated(string: object) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)


if __name__ == "__main__":
    sys.exit(main())
