"""A refusal in both languages, whatever the reader's: for when people's files are shut."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from goodfaith.common.problems import Problem
from goodfaith.gate.rules import REFUSAL

LANGUAGES = ("zh-hans", "en")


@dataclass(frozen=True)
class Said:
    """The refusal in one language."""

    language: str
    what: str
    next: str


def both(problem: Problem) -> list[Said]:
    """The gate's refusal of that code in Chinese and in English; what else is a Problem, in its own words."""
    known = REFUSAL.get(problem.code)
    if known is None:
        return [Said(translation.get_language() or LANGUAGES[0], problem.what, problem.next)]
    return [_said(language, known.sentence, known.next) for language in LANGUAGES]


def _said(language: str, what: str, next: str) -> Said:
    with translation.override(language):
        return Said(language, _(what), _(next) if next else "")
