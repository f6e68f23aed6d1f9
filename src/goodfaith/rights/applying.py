"""Whether repair may be applied for today. Pure but for the catalogue; a refusal says why, by which article, and from
which day on it may be.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Protocol, TypeVar, cast

from django.utils.translation import gettext as _

from goodfaith.common.problems import Problem
from goodfaith.law import queries
from goodfaith.law.basics import Disclosure, LegalBasis
from goodfaith.law.terms import TermLaw
from goodfaith.law.words import cited
from goodfaith.rights.terms import Facts, Terms, terms_of
from goodfaith.rights.terms.facts import Period

STANDING = ("current", "disputed")


class Applied(Protocol):
    """A record as its subject's own file shows it."""

    @property
    def item(self) -> str: ...
    @property
    def polarity(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def disclosure(self) -> str: ...
    @property
    def decided_on(self) -> dt.date: ...
    @property
    def document_no(self) -> str | None: ...
    @property
    def source_unit(self) -> str: ...
    @property
    def display(self) -> Period: ...
    @property
    def display_class(self) -> str: ...
    @property
    def display_version(self) -> str: ...
    @property
    def in_force(self) -> Period: ...


R = TypeVar("R", bound=Applied)


def terms_for(record: Applied, law: TermLaw | None = None) -> Terms:
    """The terms of a record of an opened file."""
    return terms_of(
        Facts(
            item=record.item, display_version=record.display_version, display_class=record.display_class,
            decided_on=record.decided_on, display=record.display, in_force=record.in_force, status=record.status,
            disclosure=cast(Disclosure, record.disclosure),
        ),
        law,
    )  # fmt: skip


def one_decision(record: R, others: Sequence[R]) -> list[R]:
    """The records that one decision led to and that still stand, ``record`` first: one application is for all."""
    if record.document_no is None:
        return [record]
    same = (each for each in others if each is not record and _decision(each) == _decision(record))
    return [record, *(each for each in same if each.polarity == "negative" and each.status in STANDING)]


def _decision(record: Applied) -> tuple[str | None, str]:
    return record.document_no, record.source_unit


def check_repair(records: Sequence[Applied], today: dt.date, law: TermLaw | None = None) -> None:
    """Problem when repair of these records may not be applied for on ``today``: ``repair_nothing``,
    ``repair_several_decisions``, ``repair_over``, ``repair_barred``, ``repair_not_provided``, ``repair_too_early``.
    """
    if not records or any(each.polarity != "negative" for each in records):
        raise Problem("repair_nothing", _("申请里没有失信信息。"), _("请选择要修复的失信信息。"))
    if len({_decision(each) for each in records}) > 1:
        what = _("一次申请只能包括同一份决定的记录。")
        raise Problem("repair_several_decisions", what, _("不同的决定请分别申请。"))
    for each in records:
        _check_one(each, today, queries.term_law() if law is None else law)


def _check_one(record: Applied, today: dt.date, law: TermLaw) -> None:
    terms = terms_for(record, law)
    why = terms.why_not(today)
    if record.status not in STANDING:
        raise Problem("repair_over", _("这条记录已经撤下或者已经修复，不用再申请。"), status=409)
    if why is not None:
        raise Problem(_code(terms, today), why, _then(terms, today, law), status=409)


def _code(terms: Terms, today: dt.date) -> str:
    if terms.barred is not None:
        return "repair_barred"
    if terms.gone_on is not None and today >= terms.gone_on:
        return "repair_over"
    return "repair_not_provided" if terms.earliest is None else "repair_too_early"


def _then(terms: Terms, today: dt.date, law: TermLaw) -> str:
    """What to do instead, with the article that the answer rests on."""
    code, basis = _code(terms, today), _basis(terms)
    rule = cited(basis, law.instruments) if basis else ""
    if code == "repair_too_early" and terms.earliest is not None:
        return _("从%(day)s起可以申请，依据：%(rule)s。") % {"day": terms.earliest.isoformat(), "rule": rule}
    if code == "repair_barred" and terms.last_day is not None:
        return _("期满（最后一天是%(day)s）自动停止，不用申请。依据：%(rule)s。") % {
            "day": terms.last_day.isoformat(), "rule": rule,
        }  # fmt: skip
    return _("依据：%(rule)s。记录有错的，可以提出异议。") % {"rule": rule} if rule else _("记录有错的，可以提出异议。")


def _basis(terms: Terms) -> LegalBasis | None:
    if terms.barred is not None:
        return terms.barred.basis
    return terms.articles[0] if terms.articles else None
