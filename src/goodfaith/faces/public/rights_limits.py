"""By when one gets an answer in this city: every step of every procedure that a limit of time holds for, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from django.conf import settings
from django.utils.translation import gettext as _

from goodfaith.faces.parts import lawbook
from goodfaith.faces.parts.words import listed, named
from goodfaith.faces.public.rights_words import procedure_name, time_of
from goodfaith.law import procedures
from goodfaith.law import queries as law
from goodfaith.law.basics import LegalBasis
from goodfaith.law.limits import Chosen

WORK = "duty"
"""The procedure that is not the subject's: reporting and publishing in time."""


@dataclass(frozen=True, slots=True)
class Line:
    """One step: its name, how long it may take, whose records only (empty: all), why this rule, and its article."""

    name: str
    time: str
    only: str
    why: str
    basis: LegalBasis


@dataclass(frozen=True, slots=True)
class Part:
    """The lines of one procedure."""

    code: str
    name: str
    lines: tuple[Line, ...]


def parts(today: dt.date) -> list[Part]:
    """All procedures in which a subject waits for somebody, with the limits that hold today."""
    codes = [code for code in get_args(procedures.Procedure) if code != WORK]
    found = [Part(code, procedure_name(code), tuple(_lines(code, today))) for code in codes]
    return [part for part in found if part.lines]


def _lines(procedure: procedures.Procedure, today: dt.date) -> Iterator[Line]:
    for step in procedures.STEPS[procedure]:
        seen = set()
        for item in (None, *_narrowed(procedure, step)):
            chosen = _chosen(procedure, step, today, item)
            if chosen is not None and chosen.limit.code not in seen:
                seen.add(chosen.limit.code)
                yield _line(chosen)


def _chosen(
    procedure: procedures.Procedure, step: procedures.Step, today: dt.date, item: str | None
) -> Chosen | None:  # fmt: skip
    area = str(settings.CITY["area_code"])
    return law.limit_for(procedure=procedure, step=step, area=area, on=today, item=item)


def _narrowed(procedure: str, step: str) -> list[str]:
    """One item for each limit of the step that is made for certain items or sectors."""
    mine = [one for one in law.limits() if (one.procedure, one.step) == (procedure, step)]
    of_sectors = [f"{sector}." for one in mine for sector in one.sectors]
    return [*(one.items[0] for one in mine if one.items), *of_sectors]


def _line(chosen: Chosen) -> Line:
    limit = chosen.limit
    return Line(named(limit.name), time_of(limit), _only(limit), chosen.why, limit.basis)


def _only(limit: procedures.Limit) -> str:
    """Which records it is for, in words."""
    book = lawbook.book()
    names = [named(book.items[code].name) for code in limit.items if code in book.items]
    names += [named(book.sectors[code].name) for code in limit.sectors if code in book.sectors]
    return _("限于%(what)s") % {"what": listed(names)} if names else ""
