"""What a correction changes: each field with its value now beside the right one, findings at their field."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _

from goodfaith.common.problems import Problem
from goodfaith.faces.desk.work_words import item_name
from goodfaith.rights import versions
from goodfaith.rights.limits import LONGEST
from goodfaith.rights.views import CaseView

NAMED = re.compile(r"“(?P<field>[^”]+)”")
"""How a finding of the checks names its field."""
LONG = 40
"""Characters from which on a value gets more than one line."""


@dataclass(frozen=True)
class Fix:
    """A field of a record that may be corrected: its place on the form, its name and its value now."""

    name: str
    record: UUID
    code: str
    label: str
    value: str


def fixes(case: CaseView) -> list[Fix]:
    """All fields that this officer sees whole and may correct, filled ones first as the form orders them."""
    seen = {record.id: record.fields for record in case.file.current} if case.file else {}
    return [
        Fix(f"fix_{record.hex}_{code}", record, code, label, value)
        for record, fields in versions.correctable(case).items()
        for code, label, value in fields
        if seen.get(record, {}).get(code, "") == value
    ]


def add_to(form: forms.Form, case: CaseView) -> list[Fix]:
    """Put the fields on the form, filled in with what stands."""
    found = fixes(case)
    for one in found:
        widget = forms.Textarea(attrs={"rows": 3}) if len(one.value) > LONG else forms.TextInput()
        widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}
        form.fields[one.name] = forms.CharField(
            label=one.label, required=False, max_length=LONGEST, initial=one.value, widget=widget
        )
    return found


def changed(found: list[Fix], said: dict[str, Any]) -> dict[UUID, dict[str, str]]:
    """Record → field → the right value, of what was changed."""
    made: dict[UUID, dict[str, str]] = {}
    for one in found:
        value = (said.get(one.name) or "").strip()
        if one.name in said and value != one.value:
            made.setdefault(one.record, {})[one.code] = value
    return made


def check(form: forms.Form, case: CaseView, found: list[Fix], corrections: dict[UUID, dict[str, str]]) -> None:
    """The checks of intake on the corrected record; each finding goes to its field, others to the form."""
    if not corrections:
        form.add_error(None, _("没有改动任何一项内容。内容没有错的，请返回选“核实无误”。"))
        return
    try:
        versions.versions(case, "correct", corrections)
    except Problem as problem:
        if problem.code != "correction_refused":
            form.add_error(None, str(problem))
            return
        _place(form, found, problem.what)


def _place(form: forms.Form, found: list[Fix], says: str) -> None:
    for finding in says.partition("：")[2].split("；"):
        named = NAMED.search(finding)
        label = named["field"] if named else ""
        place = next((one.name for one in found if one.label == label), None)
        form.add_error(place, finding)


def lines(form: forms.Form, found: list[Fix]) -> list[dict[str, Any]]:
    """The table of the form: what stands, and the field for what is right."""
    return [{"label": one.label, "value": one.value, "field": form[one.name]} for one in found]


def title(case: CaseView) -> str:
    """Which record is corrected."""
    return item_name(case.item) if case.item else ""
