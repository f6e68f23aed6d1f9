"""The remedy calculator (修复计算器): what the rules say of one negative record, each point with its article."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodfaith.common import clock
from goodfaith.faces.parts import lawbook
from goodfaith.faces.parts.words import aside, day, named
from goodfaith.law.basics import LegalBasis
from goodfaith.law.displaying import Point
from goodfaith.rights.applying import Applied, terms_for
from goodfaith.rights.terms import Terms, route_name


@dataclass(frozen=True)
class Points:
    """Points that rest on one article, so that the article stands beside them once."""

    names: tuple[str, ...]
    basis: LegalBasis


@dataclass(frozen=True)
class Remedy:
    """The panel. ``why_not``: why repair may not be applied for today; empty when it may."""

    terms: Terms
    level: str
    earliest: str
    last_day: str
    why_not: str
    conditions: list[Points]
    materials: list[Points]
    routes: list[Points]

    @property
    def open(self) -> bool:
        """Whether repair may be applied for today."""
        return not self.why_not

    @property
    def version(self) -> str:
        """The version of the display rule, by the rule's name."""
        code, _slash, version = self.terms.version.partition("/")
        rule = lawbook.book().display_rules.get(code)
        return named(rule.name) + aside(version) if rule else self.terms.version

    @property
    def basis(self) -> LegalBasis | None:
        """The article that gives the class."""
        return self.terms.articles[0] if self.terms.articles else None


def remedy(record: Applied, today: dt.date | None = None) -> Remedy | None:
    """The panel of a negative record; None for others: there is nothing to repair."""
    if record.polarity != "negative":
        return None
    today = today or clock.today()
    terms = terms_for(record)
    return Remedy(
        terms, level_words(terms), _earliest(terms, today), _last_day(terms), terms.why_not(today) or "",
        _grouped((named(one.name), one.basis) for one in terms.conditions),
        _grouped(_point(one) for one in terms.materials),
        _grouped((route_name(one.code), one.basis) for one in terms.routes),
    )  # fmt: skip


def _point(one: Point) -> tuple[str, LegalBasis]:
    return named(one.name), one.basis


def _grouped(points: Iterable[tuple[str, LegalBasis]]) -> list[Points]:
    found: dict[tuple[str, str], Points] = {}
    for name, basis in points:
        key = (basis.instrument, basis.article)
        before = found[key].names if key in found else ()
        found[key] = Points((*before, name), basis)
    return list(found.values())


def level_words(terms: Terms) -> str:
    """How grave it is, with the name of its class in the rule."""
    levels = {"minor": _("轻微失信"), "general": _("一般失信"), "serious": _("严重失信")}
    level = levels.get(terms.level, _("适用的规定不分等级"))
    name = named(terms.class_name) if terms.class_name else ""
    return level + aside(name) if name and name not in level else level


def _earliest(terms: Terms, today: dt.date) -> str:
    if terms.barred is not None:
        return _("依法不得提前结束，只能等期满")
    if terms.gone_on is not None and today >= terms.gone_on:
        return _("期限已经届满，不用申请")
    if terms.earliest is None:
        return _("不用申请，或者这类信息没有提前结束的办法")
    if terms.earliest <= today:
        return _("%(day)s，已经可以申请") % {"day": day(terms.earliest)}
    left = (terms.earliest - today).days
    told = ngettext("%(day)s，还有 %(n)s 天", "%(day)s，还有 %(n)s 天", left)
    return told % {"day": day(terms.earliest), "n": left}


def _last_day(terms: Terms) -> str:
    if terms.last_day is not None:
        return _("%(day)s，第二天起自动停止，不用申请") % {"day": day(terms.last_day)}
    if terms.rule_last_day is not None:
        return _("不向社会公示；共享和使用到%(day)s为止") % {"day": day(terms.rule_last_day)}
    if not terms.public:
        return _("不向社会公示")
    return _("没有固定期限，情形消除后移出")
