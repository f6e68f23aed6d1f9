"""My: one record with its terms, how it stands, what changed, and what one can do about it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from goodfaith.common.acting import Acting
from goodfaith.faces.my import record_words, showing
from goodfaith.faces.my.access import own_file
from goodfaith.faces.my.own import acting_of, opened
from goodfaith.faces.parts.cards import file_card
from goodfaith.faces.parts.remedy import remedy
from goodfaith.gate.handles import RecordView
from goodfaith.rights import queries as rights
from goodfaith.rights.views import CaseView


def about(acting: Acting, record_id: uuid.UUID) -> list[CaseView]:
    """The account's cases about a record, newest first."""
    return [one for one in rights.my_cases(acting) if record_id in {each.record_id for each in one.records}]


@own_file
def record(request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
    """One record with its law, its terms, how it stands, and all its versions."""
    own = opened(request)
    versions = own.handle.versions(record_id)
    if not versions:
        raise Http404
    cases = about(acting_of(request), record_id)
    return render(request, "my/record.html", _context(versions, cases))


def _context(versions: Sequence[RecordView], cases: list[CaseView]) -> dict[str, object]:
    newest = versions[0]
    panel = remedy(newest)
    return {
        "here": "file",
        "record": newest,
        "card": showing.own_page_card(newest),
        "whole": file_card(newest),
        "sentence": showing.display_sentence(newest),
        "rule": showing.display_rule(newest) if panel is None else None,
        "versions": versions,
        "remedy": panel,
        "standing": record_words.standing(newest, cases),
        "changes": record_words.changes(versions),
        "doors": record_words.doors(newest, cases, repair_open=panel is not None and panel.open),
        "closed": [one for one in cases if not one.is_open],
    }
