"""The catalogue's names and bases in the reader's language, for the sentences that rules say."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from goodfaith.law.basics import LegalBasis, Names
from goodfaith.law.schema import Instrument


def named(names: Names) -> str:
    """The name in the reader's language."""
    return names.en if (get_language() or "").startswith("en") else names.zh


def cited(basis: LegalBasis, instruments: Mapping[str, Instrument]) -> str:
    """《名称》条款, with a warning where nobody has compared it with a text."""
    known = instruments.get(basis.instrument)
    name = basis.instrument if known is None else named(known.name)
    text = _("《%(name)s》%(article)s") % {"name": name, "article": basis.article}
    return text if basis.checked != "unverified" else _("%(text)s（未经核对）") % {"text": text}
