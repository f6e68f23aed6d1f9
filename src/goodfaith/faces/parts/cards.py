"""The record card: what, who decided, document number, shown until, how to contest. Always all five."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from goodfaith.faces.parts import lawbook
from goodfaith.faces.parts.units import unit_name
from goodfaith.faces.parts.words import day, listed, named, shown_until, until
from goodfaith.gate.handles import RecordView
from goodfaith.law.schema import Edition, ItemField, LegalBasis
from goodfaith.records.queries import OpenRecord

SEVERAL = re.compile(r"\s*[、，,；;]\s*")
"""What parts several codes in one cell, as intake takes them."""
LONG_TERM = dt.date(2099, 12, 31)


@dataclass(frozen=True, slots=True)
class Tag:
    """A status in a word, a sign and a colour; ``kind``: order, waiting, restraint, action or quiet."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class RecordCard:
    """One record as every face shows it. ``facts`` are (label, value) beyond the five."""

    title: str
    kind: str
    tag: Tag
    authority: str
    document_no: str
    decided_on: dt.date
    shown_until: str
    facts: tuple[tuple[str, str], ...]
    bases: tuple[LegalBasis, ...]
    source_unit: str
    recorded_at: dt.datetime
    contest_url: str
    url: str = ""
    statement: str = ""
    """The subject's own words beside it."""


def open_card(record: OpenRecord, *, contest_url: str = "", url: str = "", statement: str = "") -> RecordCard:
    """The card of an organisation's open record: only fields that are open to everybody."""
    card = _card(record, record.content, until(record.shown_until), contest_url, url, only_open=True)
    return replace(card, statement=statement)


def file_card(record: RecordView, *, contest_url: str = "", url: str = "") -> RecordCard:
    """The card of a record of an opened file: all that the gate handed out for the purpose."""
    card = _card(record, record.fields, shown_until(record.display), contest_url, url, only_open=False)
    return replace(card, statement=record.statement)


def _card(
    record: OpenRecord | RecordView, content: Mapping[str, Any], until_when: str, contest_url: str, url: str,
    *, only_open: bool,
) -> RecordCard:  # fmt: skip
    item = lawbook.item(record.item)
    return RecordCard(
        title=named(item.name),
        kind="waiting" if record.status == "disputed" else record.polarity,
        tag=tag_of(record.status),
        authority=record.authority or named(item.source_authority),
        document_no=record.document_no or _("此类信息没有文书号"),
        decided_on=record.decided_on,
        shown_until=until_when,
        facts=tuple(facts_of(item.edition(record.edition), content, only_open=only_open)),
        bases=item.legal_basis,
        source_unit=unit_name(record.source_unit),
        recorded_at=record.recorded_at,
        contest_url=contest_url or reverse("public:contest"),
        url=url,
    )


def tag_of(status: str) -> Tag:
    """The status of a record in words."""
    tags = {
        "current": Tag("quiet", _("有效")),
        "disputed": Tag("waiting", _("有异议，正在核实")),
        "corrected": Tag("order", _("已更正")),
        "repaired": Tag("order", _("已修复")),
        "annulled": Tag("quiet", _("已撤销")),
    }
    return tags.get(status, Tag("quiet", status))


def facts_of(edition: Edition, content: Mapping[str, Any], *, only_open: bool) -> Iterator[tuple[str, str]]:
    """(label, value) of each filled field in the order of the form, without what the card says anyway.

    ``only_open`` leaves out every field that is not open to everybody, whatever ``content`` holds.
    """
    said = {edition.decided_on, edition.document_no, edition.authority}
    for field in edition.fields:
        value = content.get(field.code)
        if value in (None, "", []) or field.code in said or (only_open and field.sensitivity != "open"):
            continue
        yield named(field.name), shown(field, value)


def shown(field: ItemField, value: Any) -> str:
    """A value as a reader sees it: a date written out, a code by its name, a number with its unit."""
    if isinstance(value, list):
        return listed(shown(field, one) for one in value)
    if field.type == "date":
        return _date(field, value)
    if field.code_list:
        parts = SEVERAL.split(str(value)) if field.multiple else [str(value)]
        return listed(code_name(field.code_list, part) for part in parts)
    said = field.unit is None or field.unit in field.name.zh
    return str(value) if said else f"{value} {field.unit}"


def code_name(list_code: str, value: str) -> str:
    """The name of an entry of a code list; the value itself when the list has no such entry."""
    entries = lawbook.book().code_lists[list_code].entries
    return next((named(entry.name) for entry in entries if value in (entry.code, entry.name.zh)), value)


def _date(field: ItemField, value: Any) -> str:
    try:
        parsed = value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value))
    except ValueError:
        return str(value)
    return _("长期") if field.long_term and parsed == LONG_TERM else day(parsed)
