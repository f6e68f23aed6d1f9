"""Home, the search of organisations, an organisation's page and a record's page."""

from __future__ import annotations

import uuid
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodfaith.common.problems import Problem
from goodfaith.faces.parts import lawbook, ledger_head
from goodfaith.faces.parts.cards import RecordCard, open_card
from goodfaith.faces.parts.page_cache import kept_while_unchanged
from goodfaith.faces.parts.words import named
from goodfaith.faces.public import about, remedies
from goodfaith.faces.public.organisations import area_name, facts_of, search
from goodfaith.records import queries as records
from goodfaith.records.queries import OpenRecord, Statement
from goodfaith.subjects import queries as subjects
from goodfaith.subjects.models import Organisation


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, the search, rough figures, and the ways on."""
    found = records.figures()
    figures = [
        (_("登记的组织"), f"{found.get('subjects_organisation', 0):,}", _("约数")),
        (_("已归集的信息"), f"{found.get('records_record', 0):,}", _("约数")),
        (_("信息目录条目"), f"{len(lawbook.book().items):,}", _("每条都有法律依据")),
    ]
    return render(request, "public/home.html", {"section": "home", "figures": figures, "head": ledger_head.latest()})


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """The search; htmx asks for the results only."""
    page = search(request.GET.get("q", ""), request.GET.get("after", ""))
    template = "public/results.html" if request.headers.get("HX-Request") else "public/organisations.html"
    response = render(request, template, {"section": "organisations", "own_find": True, "page": page, "q": page.asked})
    response["Vary"] = "HX-Request"
    return response


@require_safe
@kept_while_unchanged
def organisation(request: HttpRequest, subject_id: uuid.UUID) -> HttpResponse:
    """All that is open about one organisation today, under whichever of its judged duplicates it stands."""
    found = _organisation(subject_id)
    cluster = subjects.cluster(subject_id)
    rows = [row for one in cluster for row in records.open_records(one)]
    said = {record: one for each in cluster for record, one in records.open_statements(each).items()} if rows else {}
    context = {
        "section": "organisations",
        "organisation": found,
        "facts": facts_of(found, subjects.codes_of(subject_id)),
        "groups": _groups(rows, said),
        "count": len(rows),
        "closed": about.not_open(),
        "crumbs": [(_("查组织"), reverse("public:organisations")), (found.name, "")],
    }
    return render(request, "public/organisation.html", context)


def _organisation(subject_id: uuid.UUID) -> Organisation:
    try:
        return subjects.organisation(subject_id)
    except Problem as problem:
        raise Http404 from problem


def _groups(rows: list[OpenRecord], said: dict[uuid.UUID, Statement]) -> list[dict[str, Any]]:
    """Cards under the names of their items, in the order of the national base catalogue."""
    items = lawbook.book().items
    ordered = sorted(rows, key=lambda row: (items[row.item].catalogue_class, row.item))
    return [
        {"code": code.replace(".", "-"), "name": named(items[code].name), "cards": [_card(row, said) for row in group]}
        for code, group in groupby(ordered, key=lambda row: row.item)
    ]


def _card(row: OpenRecord, said: dict[uuid.UUID, Statement]) -> RecordCard:
    own = said[row.id].text if row.id in said else ""
    return open_card(row, url=reverse("public:record", args=[row.subject_id, row.id]), statement=own)


@require_safe
def record(request: HttpRequest, subject_id: uuid.UUID, record_id: uuid.UUID) -> HttpResponse:
    """One open record with everything that may be seen of it, and the law beside it."""
    row = records.open_record(subject_id, record_id)
    if row is None:
        raise Http404
    item = lawbook.item(row.item)
    owner = reverse("public:organisation", args=[subject_id])
    context = {
        "section": "organisations",
        "row": row,
        "item": item,
        "card": open_card(row),
        "statement": records.open_statements(subject_id).get(record_id),
        "remedy": remedies.remedy_of(row),
        "owner": owner,
        "area": area_name(row.area_code),
        "display": about.display_of(row),
        "crumbs": [
            (_("查组织"), reverse("public:organisations")),
            (row.organisation_name, owner),
            (named(item.name), ""),
        ],
    }
    return render(request, "public/record.html", context)
