"""Forms of an assessment round: opening it, and what each side says about one number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodfaith.common import clock
from goodfaith.duties.views import ScoreView
from goodfaith.faces.desk.delivery_forms import Day
from goodfaith.faces.parts.words import named
from goodfaith.law.schema import Assessment
from goodfaith.parties.models import Unit

LONGEST = 2000
SELF_DAYS = 15
NEEDED = {"required": gettext_lazy("请填写。"), "invalid": gettext_lazy("写法不对，请改正。")}


class OpenForm(forms.Form):
    """A round of one scheme: title, period, until when the units score themselves, which units."""

    title = forms.CharField(label=gettext_lazy("名称"), max_length=200, error_messages=NEEDED)
    since = forms.DateField(label=gettext_lazy("考核期间从"), widget=Day(), error_messages=NEEDED)
    last = forms.DateField(label=gettext_lazy("到（含这一天）"), widget=Day(), error_messages=NEEDED)
    self_by = forms.DateField(label=gettext_lazy("自评截止日期"), widget=Day(), error_messages=NEEDED)
    units = forms.MultipleChoiceField(
        label=gettext_lazy("被考核单位"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("请至少选择一个单位。")},
    )  # fmt: skip

    def __init__(self, data: Any, scheme: Assessment, units: Sequence[Unit]) -> None:
        today = clock.today()
        year = today.year - 1
        first = {
            "title": _("%(year)s年%(name)s") % {"year": year, "name": named(scheme.name)},
            "since": dt.date(year, 1, 1), "last": dt.date(year, 12, 31),
            "self_by": clock.add_working_days(today, SELF_DAYS), "units": [one.code for one in units],
        }  # fmt: skip
        super().__init__(data, initial=first)
        self.fields["units"].choices = [(one.code, one.name) for one in units]  # type: ignore[attr-defined]

    def call(self) -> dict[str, Any]:
        """As ``do_open_round`` takes it."""
        said = dict(self.cleaned_data)
        return said | {"until": said.pop("last") + dt.timedelta(days=1)}


def _text(label: Any, hint: Any = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=required, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("请写明依据。")},
    )  # fmt: skip


class ScoreForm(forms.Form):
    """What one side says about one number. ``what``: self, review, object, answer."""

    def __init__(self, data: Any, score: ScoreView, what: str) -> None:
        super().__init__(data, prefix=f"{what}-{score.id}")
        self.score, self.what = score, what
        if what != "object":
            self.fields["points"] = self._points()
        self.fields["text"] = self._words()
        if what == "review":
            self.fields["absent"] = forms.BooleanField(label=_("对这个单位不适用，不计入权重"), required=False)

    def _points(self) -> forms.FloatField:
        label = {"answer": _("改定为")}.get(self.what, _("得分（满分 %(n)g）") % {"n": self.score.weight})
        return forms.FloatField(
            label=label, min_value=0, max_value=self.score.weight, required=self.what == "self", initial=self._given(),
            help_text=_("不填就是维持原分。") if self.what == "answer" else "",
            widget=forms.NumberInput(attrs={"step": "0.01", "class": "short"}), error_messages=dict(NEEDED),
        )  # fmt: skip

    def _given(self) -> float | None:
        """What stands already: reviewed, else measured, else as the unit scored itself."""
        one = self.score
        if self.what == "self":
            return one.self_points
        if self.what == "answer":
            return None
        measured = round(one.weight * one.measured, 2) if one.measured is not None else one.self_points
        return one.points if one.points is not None else measured

    def _words(self) -> forms.CharField:
        if self.what == "review":
            field = _text(
                _("复核意见"),
                _("改动了测量值或者自评分、或者不适用的，必须写明理由；公布时大家都看得到。"),
                required=False,
            )
            field.initial = self.score.review_text
            return field
        if self.what == "self":
            field = _text(_("依据"), _("做了什么、材料在哪里。"))
            field.initial = self.score.self_text
            return field
        return _text(_("异议和理由")) if self.what == "object" else _text(_("答复"))


class DropForm(forms.Form):
    """Why a round is not held."""

    reason = _text(gettext_lazy("取消的理由"))
