"""What is asked of a record, and what is told about it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _

from goodfaith.law.basics import Disclosure, LegalBasis, Names
from goodfaith.law.displaying import Ends, Gravity, Point, Route

OVER = frozenset({"annulled", "repaired"})
"""Statuses of a record of which nothing is left to end."""


class Period(Protocol):
    """A half-open range of days as records have it; None is open."""

    @property
    def start(self) -> dt.date | None: ...
    @property
    def end(self) -> dt.date | None: ...
    @property
    def is_empty(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of days; both ends open when nothing is given."""

    start: dt.date | None = None
    end: dt.date | None = None
    is_empty: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """A record as far as its terms depend on it; names and meaning as in ``records.models.Record``."""

    item: str
    display_version: str
    display_class: str
    decided_on: dt.date
    display: Period
    in_force: Period = Span()
    status: str = "current"
    disclosure: Disclosure = "open"


@dataclass(frozen=True, slots=True)
class Barred:
    """That display may not be ended early: the sentence the subject reads, and the article."""

    sentence: str
    basis: LegalBasis


@dataclass(frozen=True, slots=True)
class Terms:
    """What the law gives and asks for one record. Sentences are in the reader's language.

    ``earliest``: first day on which repair may be applied for; None: nothing to apply for, barred, or not known.
    ``last_day``: last day on which the public sees it; None: it does not, or there is no fixed end.
    ``rule_last_day``: last day by the rule, also where it is not shown: then sharing and use stop; None: no fixed end.
    ``gone_on``: first day on which it has no effect any more, as far as a date says so.
    """

    level: Gravity
    version: str
    class_name: Names | None
    rule: str
    """Name of the rule class."""
    sentence: str
    public: bool
    earliest: dt.date | None
    last_day: dt.date | None
    rule_last_day: dt.date | None
    gone_on: dt.date | None
    ends: Ends | None
    barred: Barred | None
    decides: Point | None
    conditions: tuple[Point, ...]
    materials: tuple[Point, ...]
    routes: tuple[Route, ...]
    articles: tuple[LegalBasis, ...]
    """All that the answer rests on, the record's own article first, each once."""
    status: str

    def open_on(self, today: dt.date) -> bool:
        """Whether repair may be applied for on ``today``."""
        return self.why_not(today) is None

    def why_not(self, today: dt.date) -> str | None:
        """Why repair may not be applied for on ``today``, in one sentence; None when it may."""
        if self.status in OVER:
            return _("这条记录已经撤下或者已经修复，不用再申请。")
        if self.barred is not None:
            return self.barred.sentence
        if self.gone_on is not None and today >= self.gone_on:
            return _("期限已经届满，不再公示、共享和使用，不用申请。")
        if self.earliest is None:
            return _("这条记录不适用提前终止公示的申请。")
        if today < self.earliest:
            return _("还没有到可以申请的第一天（%(day)s）。") % {"day": self.earliest.isoformat()}
        return None
