"""The law beside a case: the articles of what may be done, the limits that won, the record's rule, the item's basis."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from goodfaith.faces.desk import rights_words as words
from goodfaith.faces.parts import case_history, lawbook
from goodfaith.faces.parts.case_history import Remedies
from goodfaith.faces.parts.case_words import ClockLine
from goodfaith.faces.parts.remedy import Remedy, remedy
from goodfaith.law.basics import LegalBasis
from goodfaith.rights.views import CaseView


@dataclass(frozen=True)
class Beside:
    """What stands beside a case. ``acts``: article → names of the acts that rest on it."""

    acts: list[tuple[str, str]]
    clocks: list[ClockLine]
    terms: Remedy | None
    item_bases: tuple[LegalBasis, ...]
    remedies: Remedies | None


def beside(case: CaseView) -> Beside:
    """The law of a case as it stands now."""
    item = lawbook.item(case.item) if case.item else None
    current = case.file.current if case.file else []
    terms = next((found for found in (remedy(record) for record in current) if found), None)
    return Beside(
        _acts(case), words.clocks(case), terms, item.legal_basis if item else (), case_history.remedies(case)
    )


def _acts(case: CaseView) -> list[tuple[str, str]]:
    found: dict[str, list[str]] = {}
    for act in case.may():
        found.setdefault(act.article, []).append(_(act.name))
    return [(article, _names(names)) for article, names in found.items()]


def _names(names: Iterable[str]) -> str:
    return _("、").join(dict.fromkeys(names))
