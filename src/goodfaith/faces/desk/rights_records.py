"""The records of a case with all their versions: what changed from one to the next, old beside new."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from goodfaith.faces.parts import lawbook
from goodfaith.faces.parts.cards import RecordCard, Tag, file_card, shown, tag_of
from goodfaith.faces.parts.words import named, shown_until
from goodfaith.gate.handles import RecordView
from goodfaith.rights.views import CaseView


@dataclass(frozen=True)
class Difference:
    """One field before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Version:
    """A version of a record and what it changed."""

    number: int
    at: dt.datetime
    tag: Tag
    changes: list[Difference]


@dataclass(frozen=True)
class Block:
    """A record of a case: its newest version as a card, all versions newest first.

    ``statement_id``: of the subject's own words beside it, for who may hide them; empty when there are none.
    """

    card: RecordCard
    suspended: bool
    versions: list[Version]
    statement_id: str


def blocks(case: CaseView) -> list[Block]:
    """The records in the order of the case."""
    if case.file is None:
        return []
    made = (case.file.versions(one.record_id) for one in case.records)
    said = {row[2]["record"]: row[2]["id"] for row in case.raw if row[0] == "statement"}
    return [_block(versions, said) for versions in made if versions]


def _block(versions: list[RecordView], said: dict[Any, Any]) -> Block:
    newest = versions[0]
    return Block(file_card(newest), newest.suspended, _versions(versions), str(said.get(str(newest.id), "")))


def _versions(versions: list[RecordView]) -> list[Version]:
    if len(versions) < 2:
        return []
    pairs = zip(versions, [*versions[1:], None], strict=True)
    return [Version(one.version, one.recorded_at, tag_of(one.status), _changes(before, one)) for one, before in pairs]


def _changes(before: RecordView | None, after: RecordView) -> list[Difference]:
    if before is None:
        return []
    edition = lawbook.item(after.item).edition(after.edition)
    found = []
    for field in edition.fields:
        old, new = before.fields.get(field.code, ""), after.fields.get(field.code, "")
        if old != new:
            before_shown, after_shown = (shown(field, value) if value else "" for value in (old, new))
            found.append(Difference(named(field.name), before_shown, after_shown))
    if before.status != after.status:
        found.append(Difference(_("状态"), tag_of(before.status).text, tag_of(after.status).text))
    if before.display != after.display:
        found.append(Difference(_("公示至"), shown_until(before.display), shown_until(after.display)))
    return found
