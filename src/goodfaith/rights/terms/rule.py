"""What all rule classes share: from a record's facts and its class in the packs to its terms. Pure."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.utils.translation import gettext as _

from goodfaith.law.basics import LegalBasis
from goodfaith.law.displaying import DisplayClass, Point, Repair, Route
from goodfaith.law.rules import add_months
from goodfaith.law.terms import Placed, TermLaw
from goodfaith.rights.terms.facts import Barred, Facts, Period, Terms

ONE_DAY = dt.timedelta(days=1)


class Rule:
    """One article's answer. The first paragraph of a subclass's docstring is the sentence that the subject reads."""

    instrument: ClassVar[str]
    """Code of the instrument whose classes it governs."""

    @classmethod
    def governs(cls, shown: DisplayClass) -> bool:
        """Whether this is the rule of that class of a display rule."""
        return shown.basis.instrument == cls.instrument and cls.fits(shown)

    @classmethod
    def fits(cls, shown: DisplayClass) -> bool:
        """Which of the instrument's classes it governs; all, unless a subclass says otherwise."""
        return True

    @classmethod
    def sentence(cls) -> str:
        """What the subject reads, in the reader's language."""
        return _((cls.__doc__ or "").split("\n\n")[0].strip())

    @classmethod
    def terms(cls, facts: Facts, placed: Placed, law: TermLaw) -> Terms:
        """The terms of one record of this rule's class."""
        shown, start = placed.shown, _start(facts, placed)
        repair = None if shown.repair_barred or shown.repair is None else law.repairs.get(shown.repair)
        return Terms(
            level=shown.level or "none",
            version=facts.display_version,
            class_name=shown.name,
            rule=cls.__name__,
            sentence=_told(cls.sentence(), facts, shown),
            public=_public(facts),
            earliest=None if repair is None or start is None else add_months(start, shown.min_months),
            last_day=last_of(facts.display),
            rule_last_day=_rule_last(start, shown),
            gone_on=_gone_on(facts, start, shown),
            ends=shown.ends_by,
            barred=cls._barred(shown),
            decides=repair.decides if repair else None,
            conditions=repair.conditions if repair else (),
            materials=repair.materials if repair else (),
            routes=repair.routes if repair else (),
            articles=_articles(shown, repair),
            status=facts.status,
        )

    @classmethod
    def _barred(cls, shown: DisplayClass) -> Barred | None:
        if not shown.repair_barred:
            return None
        return Barred(_("依法不得提前终止公示，期满自动停止。"), shown.barred_basis or shown.basis)


def _public(facts: Facts) -> bool:
    return facts.disclosure == "open" and not facts.display.is_empty


def _told(sentence: str, facts: Facts, shown: DisplayClass) -> str:
    """The rule's sentence, with what a reader must know of this record: not compared with a text, not shown."""
    if shown.basis.checked == "unverified":
        sentence = _("%(text)s（未经核对）") % {"text": sentence}
    if _public(facts) or (shown.repair is None and not shown.max_months):
        return sentence
    return sentence + _("这条记录不向社会公示，上述期限到期时停止共享和使用。")


def _start(facts: Facts, placed: Placed) -> dt.date | None:
    """The day that months are counted from; None when it is a field of its own and the record is not shown."""
    if not facts.display.is_empty and facts.display.start is not None:
        return facts.display.start
    return facts.decided_on if placed.rule.counted_from == "decided" else None


def last_of(period: Period) -> dt.date | None:
    """The last day inside; None when there is none or no end."""
    return None if period.is_empty or period.end is None else period.end - ONE_DAY


def _rule_end(start: dt.date | None, shown: DisplayClass) -> dt.date | None:
    """The first day after the longest period; None: no fixed end, or none that is known."""
    return None if start is None or shown.max_months is None else add_months(start, shown.max_months)


def _rule_last(start: dt.date | None, shown: DisplayClass) -> dt.date | None:
    end = _rule_end(start, shown)
    return None if end is None or end == start else end - ONE_DAY


def _gone_on(facts: Facts, start: dt.date | None, shown: DisplayClass) -> dt.date | None:
    """What is shown is gone when display ends; what is only shared, when the rule's period or its own force ends."""
    if not facts.display.is_empty:
        return facts.display.end
    return _rule_end(start, shown) or facts.in_force.end


def _articles(shown: DisplayClass, repair: Repair | None) -> tuple[LegalBasis, ...]:
    found = [shown.basis]
    if shown.barred_basis is not None:
        found.append(shown.barred_basis)
    if repair is not None:
        points: tuple[Point | Route, ...] = (*repair.conditions, *repair.materials, *repair.routes)
        found += [repair.basis, repair.decides.basis, *(each.basis for each in points)]
    once = {(each.instrument, each.article): each for each in reversed(found)}
    return tuple(each for each in found if once.pop((each.instrument, each.article), None) is not None)
