"""What became of a recall, recipient by recipient, in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodfaith.faces.parts import lawbook
from goodfaith.faces.parts.cards import Tag
from goodfaith.faces.parts.units import unit_name
from goodfaith.faces.parts.words import day, in_english, moment, named
from goodfaith.rights.limits import DONE
from goodfaith.rights.sentences import WHAT_TO_DO
from goodfaith.rights.views import RecallView, Told


@dataclass(frozen=True)
class Recipient:
    """One unit: how often it had been given the record, how it stands."""

    unit: str
    looks: str
    tag: Tag
    says: str


@dataclass(frozen=True)
class Recall:
    """A recall of one record."""

    view: RecallView
    item: str
    asked: list[str]
    recipients: list[Recipient]


def recall(view: RecallView) -> Recall:
    """The recall in words."""
    known = lawbook.book().items
    item = named(known[view.item].name) if view.item in known else view.item
    asked = [pair[1 if in_english() else 0] for pair in WHAT_TO_DO.get(view.reason, ())]
    return Recall(view, item, asked, [_recipient(one) for one in view.told])


def _recipient(one: Told) -> Recipient:
    tags = {
        "confirmed": Tag("order", _("已确认")),
        "waiting": Tag("waiting", _("等它确认")),
        "unconfirmed": Tag("restraint", _("逾期没有确认")),
    }
    looks = ngettext("查过 %(n)s 次", "查过 %(n)s 次", one.looks) % {"n": one.looks}
    return Recipient(unit_name(one.unit), looks, tags[one.state], _says(one))


def _says(one: Told) -> str:
    if one.confirmed_at is not None:
        told = {"done": _(DONE.get(one.done or "", "")), "at": moment(one.confirmed_at)}
        return _("%(at)s确认：%(done)s。") % told if told["done"] else _("%(at)s确认。") % told
    if one.state == "unconfirmed":
        told_late = _("%(day)s以前应当确认，至今没有；已催办 %(n)s 次。")
        return told_late % {"day": day(one.due_on), "n": one.reminders}
    seen = _("它已经看到通知。") if one.seen_at else _("通知已发出。")
    return seen + _("最晚%(day)s确认。") % {"day": day(one.due_on)}
