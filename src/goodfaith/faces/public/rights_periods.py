"""The periods that the public figures about rights can be asked for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from goodfaith.faces.parts.words import day

USUAL = "year"


@dataclass(frozen=True, slots=True)
class Period:
    """From ``since`` to ``until``, both days in it."""

    code: str
    name: str
    since: dt.date
    until: dt.date

    @property
    def words(self) -> str:
        """2026年1月1日至2026年11月27日."""
        return _("%(first)s至%(last)s") % {"first": day(self.since), "last": day(self.until)}


def periods(today: dt.date) -> list[Period]:
    """All that can be chosen."""
    new_year = today.replace(month=1, day=1)
    return [
        Period(USUAL, _("最近十二个月"), today - dt.timedelta(days=364), today),
        Period("quarter", _("最近三个月"), today - dt.timedelta(days=90), today),
        Period("this_year", _("今年"), new_year, today),
        Period("last_year", _("去年"), new_year.replace(year=today.year - 1), new_year - dt.timedelta(days=1)),
    ]


def chosen(code: str, today: dt.date) -> Period:
    """The period of that code; the usual one for any other."""
    known = periods(today)
    return next((one for one in known if one.code == code), known[0])
