"""The remedies that a decision states: which ways, where, and the last day, worked out from today, open to change.

What the packs rule for a review stands there; for reconsideration and litigation the general periods are proposed, not
compared with the official text.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _

from goodfaith.common import clock
from goodfaith.faces.desk.delivery_forms import Day
from goodfaith.faces.parts.words import named
from goodfaith.law import queries as law
from goodfaith.law.rules import add_months
from goodfaith.law.words import cited
from goodfaith.rights import clocks
from goodfaith.rights.views import CaseView

RECONSIDER_DAYS, SUE_MONTHS = 60, 6


@dataclass(frozen=True)
class Way:
    """One way of contesting as it is proposed; ``within`` and ``article`` go into the letter as they stand."""

    kind: str
    name: str
    to: str
    last_day: dt.date
    within: str
    article: str
    proposed: bool = True


def _open_day(day: dt.date) -> dt.date:
    """The day, or the next working day: a period does not end on a day off (民法典 203)."""
    while not clock.is_working_day(day):
        day += dt.timedelta(days=1)
    return day


def ways(case: CaseView, act: str, today: dt.date) -> list[Way]:
    """What may be stated, in the order of the form. A refused request about personal information goes to court."""
    in_court = case.procedure == "request"
    found = [] if in_court else [_review(today), _reconsideration(today)]
    return [*(one for one in found if one), _litigation(today)]


def _review(today: dt.date) -> Way | None:
    chosen = law.limit_for(procedure="objection", step="review", area=str(settings.CITY["area_code"]), on=today)
    if chosen is None:
        return None
    article = cited(chosen.limit.basis, law.catalogue().instruments)
    last = clocks.due(chosen.limit, today)
    return Way("review", named(chosen.limit.name), "", last, _("自收到本文书之日起"), article, proposed=False)


def _reconsideration(today: dt.date) -> Way:
    last = _open_day(today + dt.timedelta(days=RECONSIDER_DAYS))
    to = _("%(city)s人民政府") % {"city": settings.CITY["name_zh"]}
    within, article = _("自收到本文书之日起六十日内"), _("《行政复议法》第二十条（未核对）")
    return Way("reconsideration", _("行政复议"), to, last, within, article)


def _litigation(today: dt.date) -> Way:
    last = _open_day(add_months(today, SUE_MONTHS))
    to = _("有管辖权的人民法院")
    within, article = _("自收到本文书之日起六个月内"), _("《行政诉讼法》第四十六条（未核对）")
    return Way("litigation", _("诉讼"), to, last, within, article)


class RemedyFields:
    """The fields of the remedies on a form: for each way where and the last day; empty: not stated."""

    def __init__(self, found: list[Way]) -> None:
        self.found = found

    def add_to(self, form: forms.Form) -> None:
        """Put the fields on, filled in with what is proposed."""
        for way in self.found:
            form.fields[f"{way.kind}_to"] = forms.CharField(
                label=_("%(way)s：向哪个机关") % {"way": way.name}, max_length=100, required=False,
                initial=way.to if way.proposed else "", help_text=way.article,
            )  # fmt: skip
            form.fields[f"{way.kind}_day"] = forms.DateField(
                label=_("%(way)s：最后一天") % {"way": way.name}, required=False,
                initial=way.last_day if way.proposed else None,
                widget=Day(min=clock.today().isoformat()), help_text=way.within,
                error_messages={"invalid": _("这不是有效的日期。")},
            )  # fmt: skip

    def check(self, form: forms.Form, *, required: bool) -> None:
        """A way has both or neither, its day is not past, and one stands where the rule asks for it."""
        stated = [way for way in self.found if self._check_one(form, way)]
        if required and not stated and not form.errors:
            form.add_error(f"{self.found[0].kind}_to", _("至少写明一种救济途径和最后一天。"))

    def _check_one(self, form: forms.Form, way: Way) -> bool:
        to, last = form.cleaned_data.get(f"{way.kind}_to"), form.cleaned_data.get(f"{way.kind}_day")
        if to and not last and f"{way.kind}_day" not in form.errors:
            form.add_error(f"{way.kind}_day", _("请写明最后一天；不告知这一途径的，两栏都清空。"))
        if last and not to:
            form.add_error(f"{way.kind}_to", _("请写明向哪个机关；不告知这一途径的，两栏都清空。"))
        if last and last < clock.today():
            form.add_error(f"{way.kind}_day", _("最后一天已经过去，请核对。"))
        return bool(to and last)

    def facts(self, said: dict[str, Any]) -> dict[str, Any] | None:
        """The remedy as the case keeps it: the first way, the others under ``also``."""
        told = None
        for way in reversed(self.found):
            to, last = said.get(f"{way.kind}_to"), said.get(f"{way.kind}_day")
            if to and last:
                told = {
                    "kind": way.kind, "to": to, "last_day": last.isoformat(), "within": way.within,
                    "article": way.article, **({"also": told} if told else {}),
                }  # fmt: skip
        return told
