"""The filters of the list of looks, and what they mean to the gate."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypedDict

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodfaith.common import clock
from goodfaith.faces.my.looking import outcomes, purpose_name
from goodfaith.faces.parts.units import unit_name
from goodfaith.gate.handles import EntryView

DAY = forms.DateInput(attrs={"type": "date"})


class Wanted(TypedDict, total=False):
    """The arguments of ``gate.my_entries``."""

    kind: str
    unit: str | None
    purpose: str | None
    outcome: str | None
    since: dt.datetime | None
    until: dt.datetime | None


def midnight(day: dt.date | None, days: int = 0) -> dt.datetime | None:
    """The first moment of the day in China, or of the day so many ``days`` later."""
    return dt.datetime.combine(day + dt.timedelta(days=days), dt.time(), clock.CHINA) if day else None


class LooksForm(forms.Form):
    """Filters; the choices are what occurs in the subject's own list."""

    own = forms.BooleanField(required=False, widget=forms.HiddenInput)
    unit = forms.ChoiceField(label=gettext_lazy("单位"), required=False)
    purpose = forms.ChoiceField(label=gettext_lazy("目的"), required=False)
    outcome = forms.ChoiceField(label=gettext_lazy("结果"), required=False)
    since = forms.DateField(label=gettext_lazy("从"), required=False, widget=DAY)
    until = forms.DateField(label=gettext_lazy("到"), required=False, widget=DAY)

    def __init__(self, *args: Any, seen: list[EntryView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = {entry.unit: unit_name(entry.unit) for entry in seen if entry.unit}
        self._offer("unit", units)
        self._offer("purpose", {entry.purpose: purpose_name(entry.purpose) for entry in seen})
        names = outcomes()
        self._offer("outcome", {entry.outcome: names.get(entry.outcome, entry.outcome) for entry in seen})

    def _offer(self, field: str, choices: dict[str, str]) -> None:
        """All of ``choices``, and the one asked for even when the last months do not hold it; never a NUL."""
        asked = self.data.get(field) or ""
        asked = asked if asked.isprintable() else ""
        known = choices if not asked or asked in choices else choices | {asked[:60]: asked[:60]}
        listed = sorted(known.items(), key=lambda pair: pair[1])
        self.fields[field].choices = [("", _("全部")), *listed]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The first day must not come after the last."""
        said = super().clean() or {}
        if said.get("since") and said.get("until") and said["since"] > said["until"]:
            self.add_error("until", _("截止日期早于开始日期，请改正其中一个。"))
        return said

    @property
    def own_only(self) -> bool:
        """Whether the subject's own looks are asked for."""
        return self.data.get("own") == "1"

    @property
    def narrowed(self) -> bool:
        """Whether any filter is set."""
        return any(self.data.get(name) for name in ("unit", "purpose", "outcome", "since", "until"))

    def wanted(self) -> Wanted:
        """What to ask the gate for; filters that could not be understood are left out."""
        said = getattr(self, "cleaned_data", {}) if self.is_valid() or self.errors else {}
        return Wanted(
            kind="own" if self.own_only else "others",
            unit=said.get("unit") or None,
            purpose=said.get("purpose") or None,
            outcome=said.get("outcome") or None,
            since=midnight(said.get("since")),
            until=midnight(said.get("until"), days=1),
        )
