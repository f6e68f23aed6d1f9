"""Which rule class governs a record, and the one entry to the calculator."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from goodfaith.law import queries
from goodfaith.law.displaying import DisplayClass
from goodfaith.law.terms import TermLaw
from goodfaith.rights.terms import lists, penalties, repair_orders
from goodfaith.rights.terms.facts import Facts, Terms
from goodfaith.rights.terms.rule import Rule, last_of


def _rules_of(module: object) -> list[type[Rule]]:
    found = (each for each in vars(module).values() if isinstance(each, type) and issubclass(each, Rule))
    return [each for each in found if each is not Rule]


RULES: tuple[type[Rule], ...] = tuple(
    each for module in (repair_orders, penalties, lists) for each in _rules_of(module)
)


class AsCited(Rule):
    __doc__ = _n(
        "公示期限和修复条件依这条记录所引的规定；"
        "满最短公示期、已改正并履行义务的，可以向作出认定的单位申请。"
    )
    """For classes of packs whose instrument has no rule class here: a city's own, for example."""

    @classmethod
    def governs(cls, shown: DisplayClass) -> bool:
        return not any(each.governs(shown) for each in RULES)


def rule_for(shown: DisplayClass) -> type[Rule]:
    """The rule class that governs a class of a display rule."""
    return next((each for each in RULES if each.governs(shown)), AsCited)


def terms_of(facts: Facts, law: TermLaw | None = None) -> Terms:
    """The terms of one record. ``law``: the rules to tell from; None: those loaded (kept in the process).

    A record whose rule is not known (none was in force on its day) has no level, no day and nothing to apply for.
    """
    known = queries.term_law() if law is None else law
    placed = known.classes.get((facts.display_version, facts.display_class))
    if placed is None:
        return _without_rule(facts)
    return rule_for(placed.shown).terms(facts, placed, known)


def _without_rule(facts: Facts) -> Terms:
    return Terms(
        level="none", version=facts.display_version, class_name=None, rule="",
        sentence=_("这条记录没有适用的展示规则，不向社会公示。"), public=False, earliest=None,
        last_day=last_of(facts.display),
        rule_last_day=None, gone_on=None, ends=None, barred=None, decides=None, conditions=(), materials=(),
        routes=(), articles=(), status=facts.status,
    )  # fmt: skip
