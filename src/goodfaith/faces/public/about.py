"""What the platform is and is not: coverage, boundaries, the catalogue, contesting, privacy."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodfaith.faces.parts import lawbook, use_words
from goodfaith.faces.parts.catalogue_words import cycle_name, disclosure_name, polarity_name, subject_name
from goodfaith.faces.parts.words import labelled, listed, named
from goodfaith.faces.public import coverage as clauses
from goodfaith.law.schema import DisplayClass, Item
from goodfaith.records.queries import OpenRecord


@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """The clause table: what works today, where, and which test shows it."""
    groups = clauses.groups()
    rows = [row for group in groups for row in group.rows]
    counts = {status: sum(row.status == status for row in rows) for status in ("works", "partly", "not_yet")}
    figures = [
        (_("能用"), counts["works"], ""),
        (_("部分能用"), counts["partly"], ""),
        (_("尚未实现"), counts["not_yet"], ""),
    ]
    return render(request, "public/coverage.html", {"groups": groups, "figures": figures, "sources": clauses.sources()})


@require_safe
def boundaries(request: HttpRequest) -> HttpResponse:
    """The ten boundaries, how each is enforced and which test tries to break it."""
    return render(request, "public/boundaries.html", {"boundaries": clauses.boundaries()})


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Everything that may be recorded at all, by sector."""
    found = lawbook.book()
    ordered = sorted(found.items.values(), key=lambda item: (item.sector, item.code))
    sectors = [
        {
            "code": code,
            "name": named(found.sectors[code].name) if code in found.sectors else code,
            "entries": [words_of(item) for item in items],
        }
        for code, items in groupby(ordered, key=lambda item: item.sector)
    ]
    context = {"section": "catalogue", "sectors": sectors, "count": len(ordered)}
    return render(request, "public/catalogue.html", context)


@require_safe
def item(request: HttpRequest, code: str) -> HttpResponse:
    """One item: its law, its fields, who may see it, how long it is shown."""
    found = lawbook.book().items.get(code)
    if found is None:
        raise Http404
    context = {
        "section": "catalogue",
        "item": found,
        "facts": facts_of(found),
        "rule": lawbook.book().display_rules.get(found.display_rule),
        "edition": found.editions[0],
        "brought": use_words.brought_by(lawbook.book(), code),
        "crumbs": [(_("信息目录"), reverse("public:catalogue")), (named(found.name), "")],
    }
    return render(request, "public/item.html", context)


@require_safe
def contest(request: HttpRequest) -> HttpResponse:
    """How to contest a record."""
    return render(request, "public/contest.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """How personal information is handled."""
    return render(request, "public/privacy.html")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may read the public face, and nothing else."""
    return HttpResponse("User-agent: *\nDisallow: /my/\nDisallow: /desk/\nDisallow: /api/\n", content_type="text/plain")


def words_of(item: Item) -> dict[str, Any]:
    """An item's codes in words, for the list."""
    return {
        "item": item,
        "subjects": listed(subject_name(kind) for kind in item.subjects),
        "polarity": polarity_name(item.polarity),
        "disclosure": [(subject_name(kind), disclosure_name(item.disclosure[kind])) for kind in item.subjects],
    }


def facts_of(item: Item) -> list[tuple[str, str]]:
    """An item's facts in words."""
    said = words_of(item)
    facts = [
        (_("记录对象"), said["subjects"]),
        (_("性质"), said["polarity"]),
        (_("来源单位"), named(item.source_authority)),
        (_("公开属性"), _("；").join(labelled(who, how) for who, how in said["disclosure"])),
        (_("报送周期"), cycle_name(item.update_cycle)),
    ]
    if item.effective_document:
        facts.append((_("必须引用的生效文书"), named(item.effective_document.name)))
    return facts


def not_open() -> list[dict[str, str]]:
    """Items about organisations that this page does not show, with the reason."""
    found = (item for item in lawbook.book().items.values() if item.disclosure.get("organisation", "open") != "open")
    return [
        {"name": named(item.name), "url": reverse("public:item", args=[item.code]),
         "why": disclosure_name(item.disclosure["organisation"])}
        for item in found
    ]  # fmt: skip


def display_of(row: OpenRecord) -> DisplayClass | None:
    """The class of the dated rule that gave a record its period."""
    code, _sep, version = row.display_version.partition("/")
    rule = lawbook.book().display_rules.get(code)
    versions = (each for each in rule.versions if each.code == version) if rule else iter(())
    classes = (each for found in versions for each in found.classes)
    return next((each for each in classes if each.code == row.display_class), None)
