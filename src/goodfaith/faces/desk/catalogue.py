"""The catalogue browser: what may be recorded, by what law, in which fields, who sees it and for how long."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodfaith.faces.desk import catalogue_words as words
from goodfaith.faces.desk import display_words, field_words, work_words
from goodfaith.faces.desk.access import officer
from goodfaith.faces.desk.catalogue_uses import tabs
from goodfaith.faces.desk.work_forms import CatalogueFilter
from goodfaith.faces.parts import lawbook, use_words
from goodfaith.faces.parts.catalogue_words import polarity_name, subject_name
from goodfaith.faces.parts.tables import Cell, Column, Table
from goodfaith.faces.parts.words import listed, named
from goodfaith.intake.template import empty_template
from goodfaith.law.packs import Catalogue
from goodfaith.law.schema import Item
from goodfaith.parties.queries import units_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@officer()
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """All items, narrowed by sector, class, subject kind, polarity, disclosure and text."""
    form = CatalogueFilter(request.GET)
    book = lawbook.book()
    found = [item for item in book.items.values() if _fits(book, item, form.wanted())]
    found.sort(key=lambda item: (item.catalogue_class, item.sector, item.code))
    context = {"work": "catalogue", "form": form, "count": len(found), "all": len(book.items),
               "table": _table(request, book, found), "tabs": tabs("catalogue")}  # fmt: skip
    return render(request, "desk/catalogue.html", context)


def _fits(book: Catalogue, item: Item, wanted: dict[str, str]) -> bool:
    """Whether the item has every value that is asked for."""
    has: dict[str, set[str]] = {
        "sector": {item.sector},
        "number": {str(item.catalogue_class)},
        "subject": set(item.subjects),
        "polarity": {item.polarity},
        "disclosure": set(item.disclosure.values()),
    }
    text = wanted.get("text", "").casefold()
    chosen = all(wanted[name] in values for name, values in has.items() if name in wanted)
    return chosen and (not text or text in words.searched(book, item))


def _table(request: HttpRequest, book: Catalogue, items: list[Item]) -> Table:
    columns = [
        Column("name", _("条目"), "main"),
        Column("number", _("基础目录类别")),
        Column("sector", _("领域")),
        Column("subjects", _("记录对象")),
        Column("polarity", _("性质"), "short"),
        Column("disclosure", _("公开属性")),
        Column("laws", _("依据"), "num"),
        Column("unverified", _("未核对"), "num"),
    ]
    return Table("catalogue", columns, [_row(book, item) for item in items], query=request.GET)


def _row(book: Catalogue, item: Item) -> dict[str, object]:
    sector = book.sectors.get(item.sector)
    return {
        "name": Cell(named(item.name), reverse("desk:item", args=[item.code])),
        "number": work_words.class_name(item.catalogue_class),
        "sector": named(sector.name) if sector else item.sector,
        "subjects": listed(subject_name(kind) for kind in item.subjects),
        "polarity": polarity_name(item.polarity),
        "disclosure": _("；").join(text for _kind, text in words.disclosures(item)),
        "laws": len(item.legal_basis),
        "unverified": sum(basis.checked == "unverified" for basis in item.legal_basis),
    }


def _item(code: str) -> Item:
    found = lawbook.book().items.get(code)
    if found is None:
        raise Http404
    return found


@officer()
@require_safe
def item(request: HttpRequest, code: str) -> HttpResponse:
    """One item whole: who reports it, its law, its display rule version by version, its editions field by field."""
    found = _item(code)
    book = lawbook.book()
    rule = book.display_rules.get(found.display_rule)
    context: dict[str, Any] = {
        "work": "catalogue",
        "item": found,
        "facts": words.facts(book, found),
        "units": [work_words.short_unit(unit) for unit in _reporters(code)],
        "rule": rule,
        "versions": [display_words.version(found, version) for version in rule.versions] if rule else [],
        "counted": display_words.counted_from(found, rule) if rule else "",
        "brought": use_words.brought_by(book, code),
        "editions": [field_words.edition(book, edition) for edition in found.editions],
        "crumbs": [(_("目录"), reverse("desk:catalogue")), (named(found.name), "")],
    }
    return render(request, "desk/item.html", context)


def _reporters(code: str) -> list[str]:
    return [unit.code for unit in sorted(units_of(code), key=lambda unit: unit.name)]


@officer()
@require_safe
def template(request: HttpRequest, code: str, edition: str) -> HttpResponse:
    """The blank workbook of one edition."""
    found = _item(code)
    try:
        form = found.edition(edition)
    except KeyError as error:
        raise Http404 from error
    response = HttpResponse(empty_template(found, form, lawbook.book().code_lists), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{code}.{edition}.xlsx"'
    return response
