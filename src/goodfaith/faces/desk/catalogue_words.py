"""An item of the catalogue in words: its facts, and what all its tables say alike."""

from __future__ import annotations

from django.utils.translation import gettext as _

from goodfaith.faces.desk.work_words import class_name
from goodfaith.faces.parts.catalogue_words import cycle_name, disclosure_name, polarity_name, subject_name
from goodfaith.faces.parts.words import day, labelled, listed, named
from goodfaith.law.packs import Catalogue
from goodfaith.law.schema import DateRange, Item

VALUES_SHOWN = 6


def searched(book: Catalogue, item: Item) -> str:
    """All words by which an item may be found: names, authority, fields, laws."""
    fields = (field for edition in item.editions for field in edition.fields)
    laws = (book.instruments.get(basis.instrument) for basis in item.legal_basis)
    parts = [
        item.code, item.name.zh, item.name.en, item.source_authority.zh,
        *(text for field in fields for text in (field.code, field.name.zh)),
        *(text for law in laws if law for text in (law.name.zh, law.number or "")),
    ]  # fmt: skip
    return "\n".join(parts).casefold()


def disclosures(item: Item) -> list[tuple[str, str]]:
    """(subject kind, "自然人：政务共享") for each kind the item is about."""
    return [
        (kind, labelled(subject_name(kind), disclosure_name(item.disclosure[kind])))
        for kind in item.subjects
        if kind in item.disclosure
    ]


def facts(book: Catalogue, item: Item) -> list[tuple[str, str]]:
    """An item's facts."""
    sector = book.sectors.get(item.sector)
    found = [
        (_("条目代码"), item.code),
        (_("领域"), named(sector.name) if sector else item.sector),
        (_("基础目录类别"), class_name(item.catalogue_class)),
        (_("记录对象"), listed(subject_name(kind) for kind in item.subjects)),
        (_("性质"), polarity_name(item.polarity)),
        (_("来源单位"), named(item.source_authority)),
        (_("公开属性"), _("；").join(text for _kind, text in disclosures(item))),
        (_("报送周期"), cycle_name(item.update_cycle)),
        (_("双公示"), _("是") if item.double_publicity else _("否")),
    ]
    if item.effective_document:
        found.append((_("必须引用的生效文书"), named(item.effective_document.name)))
    if item.occupations:
        found.append((_("限于从业人员"), listed(item.occupations)))
    return found


def days(span: DateRange) -> str:
    """For which decisions something is valid."""
    if span.start and span.end:
        return _("%(first)s起、%(end)s前作出的决定") % {"first": day(span.start), "end": day(span.end)}
    if span.start:
        return _("%(first)s起作出的决定") % {"first": day(span.start)}
    return _("%(end)s前作出的决定") % {"end": day(span.end)} if span.end else _("任何时候作出的决定")


def first_values(values: tuple[str, ...]) -> str:
    """The values in a row; of many only the first."""
    first = listed(values[:VALUES_SHOWN])
    more = _("等 %(n)s 种") % {"n": len(values)} if len(values) > VALUES_SHOWN else ""
    return first + more
