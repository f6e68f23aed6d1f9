"""Consents and requests for them, in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodfaith.faces.my.looking import item_names, purpose_name
from goodfaith.faces.parts.cards import Tag
from goodfaith.faces.parts.lawbook import book
from goodfaith.faces.parts.words import day
from goodfaith.gate.handles import ConsentView, RequestView
from goodfaith.law.schema import LegalBasis, Purpose

STATES = {"in_force": "order", "ended": "quiet", "used_up": "quiet", "withdrawn": "quiet"}
REQUEST_STATES = {"waiting": "waiting", "accepted": "order", "declined": "quiet", "expired": "quiet"}


@dataclass(frozen=True)
class Terms:
    """What a consent or a request allows, as its subject reads it; ``view`` is the gate's own."""

    view: ConsentView | RequestView
    purpose: str
    bases: tuple[LegalBasis, ...]
    items: list[str]
    until: str
    uses: str
    tag: Tag

    @property
    def in_force(self) -> bool:
        """Whether it still lets somebody look."""
        return self.view.state == "in_force"


def consent(view: ConsentView) -> Terms:
    """A consent in words."""
    return _terms(view, Tag(STATES.get(view.state, "quiet"), _consent_states()[view.state]), view.used)


def request(view: RequestView) -> Terms:
    """A request in words."""
    return _terms(view, Tag(REQUEST_STATES.get(view.state, "quiet"), _request_states()[view.state]), None)


def purposes() -> list[Purpose]:
    """The purposes that rest on the subject's consent, by code."""
    found = (each for each in book().purposes.values() if each.ground == "consent" and each.unit_kinds)
    return sorted(found, key=lambda each: each.code)


def until_words(until: dt.date) -> str:
    """The last day of a consent."""
    return _("%(day)s当日为止") % {"day": day(until)}


def uses_words(uses: int | None, used: int | None = None) -> str:
    """How often it may be used, and how often it has been; only limited uses are counted."""
    if uses is None:
        return _("期限内不限次数")
    allowed = ngettext("最多 %(n)s 次", "最多 %(n)s 次", uses) % {"n": uses}
    if used is None:
        return allowed
    done = ngettext("已使用 %(n)s 次", "已使用 %(n)s 次", used) % {"n": used} if used else _("还没有使用过")
    return _("%(allowed)s，%(done)s") % {"allowed": allowed, "done": done}


def _terms(view: ConsentView | RequestView, tag: Tag, used: int | None) -> Terms:
    known = book().purposes.get(view.purpose)
    return Terms(
        view,
        purpose_name(view.purpose),
        known.basis if known else (),
        item_names(view.items),
        until_words(view.until),
        uses_words(view.uses, used),
        tag,
    )


def _consent_states() -> dict[str, str]:
    return {"in_force": _("有效"), "ended": _("已到期"), "used_up": _("次数已用完"), "withdrawn": _("已撤回")}


def _request_states() -> dict[str, str]:
    return {"waiting": _("等您答复"), "accepted": _("已同意"), "declined": _("未同意"), "expired": _("已过期")}
