"""The catalogue's other half on the desk: purposes, matters and measures, each with its statute."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodfaith.faces.desk.access import officer
from goodfaith.faces.parts import lawbook, use_words
from goodfaith.faces.parts.catalogue_words import subject_name
from goodfaith.faces.parts.tables import Cell, Column, Table
from goodfaith.faces.parts.templatetags.goodfaith_parts import law_chip
from goodfaith.faces.parts.words import listed, named
from goodfaith.law.basics import LegalBasis
from goodfaith.law.packs import Catalogue
from goodfaith.law.schema import Matter, Purpose

TABS = ("catalogue", "catalogue_purposes", "catalogue_matters", "catalogue_measures")


def tabs(here: str) -> list[tuple[str, str, bool]]:
    """The catalogue's four pages: (name, address, whether it is this one)."""
    names = {
        "catalogue": _("条目"),
        "catalogue_purposes": _("查询目的"),
        "catalogue_matters": _("办理事项"),
        "catalogue_measures": _("措施"),
    }
    return [(names[page], reverse(f"desk:{page}"), page == here) for page in TABS]


def _laws(bases: tuple[LegalBasis, ...]) -> SafeString:
    return format_html('<div class="laws">{}</div>', SafeString("".join(law_chip(basis) for basis in bases)))


@officer()
@require_safe
def purposes(request: HttpRequest) -> HttpResponse:
    """All purposes: who may use them, what they open and how deep."""
    book = lawbook.book()
    columns = [
        Column("name", _("目的"), "main"),
        Column("ground", _("根据"), "short"),
        Column("who", _("哪些单位")),
        Column("hands", _("由谁操作")),
        Column("opens", _("能打开什么")),
        Column("depth", _("看到多深")),
        Column("laws", _("依据")),
    ]
    rows = [_purpose(book, purpose) for purpose in book.purposes.values()]
    return _page(request, "catalogue_purposes", Table("purposes", columns, rows, query=request.GET))


def _purpose(book: Catalogue, purpose: Purpose) -> dict[str, object]:
    return {
        "name": Cell(named(purpose.name), f"{reverse('public:purposes')}#{purpose.code}"),
        "ground": _("本人授权") if purpose.ground == "consent" else _("法律规定"),
        "who": use_words.who(purpose),
        "hands": use_words.hands(purpose),
        "opens": use_words.opens(purpose),
        "depth": use_words.depth_name(purpose),
        "laws": _laws(purpose.basis),
    }


@officer()
@require_safe
def matters(request: HttpRequest) -> HttpResponse:
    """All matters in which a check may be made."""
    book = lawbook.book()
    columns = [
        Column("name", _("办理事项"), "main"),
        Column("kind", _("类别"), "short"),
        Column("subjects", _("对象")),
        Column("units", _("哪些单位核查")),
        Column("purposes", _("查询目的")),
        Column("restraints", _("限制"), "num"),
        Column("incentives", _("激励"), "num"),
        Column("laws", _("依据")),
    ]
    rows = [_matter(book, matter) for matter in use_words.in_order(book)]
    return _page(request, "catalogue_matters", Table("matters", columns, rows, query=request.GET))


def _matter(book: Catalogue, matter: Matter) -> dict[str, object]:
    kinds = [each.kind for each in book.measures.values() if matter.code in each.matters]
    return {
        "name": Cell(named(matter.name), f"{reverse('desk:catalogue_measures')}#{matter.code}"),
        "kind": use_words.matter_kind_name(matter.kind),
        "subjects": listed(subject_name(kind) for kind in matter.subjects),
        "units": listed(use_words.unit_kind_name(kind) for kind in matter.unit_kinds),
        "purposes": listed(named(book.purposes[code].name) for code in matter.purposes if code in book.purposes),
        "restraints": kinds.count("restraint"),
        "incentives": kinds.count("incentive"),
        "laws": _laws(matter.basis),
    }


def _page(request: HttpRequest, here: str, table: Table) -> HttpResponse:
    context = {"work": "catalogue", "tabs": tabs(here), "here": here, "table": table, "count": len(table.rows)}
    return render(request, "desk/catalogue_uses.html", context)


@officer()
@require_safe
def measures(request: HttpRequest) -> HttpResponse:
    """All measures by the matter on which they bear."""
    book = lawbook.book()
    found: list[dict[str, Any]] = [
        {"matter": matter, "kind": use_words.matter_kind_name(matter.kind), "protected": use_words.protected(matter),
         "bearing": use_words.bearing_on(book, matter)}
        for matter in use_words.in_order(book)
    ]  # fmt: skip
    context = {"work": "catalogue", "tabs": tabs("catalogue_measures"), "matters": found, "count": len(book.measures)}
    return render(request, "desk/catalogue_measures.html", context)
