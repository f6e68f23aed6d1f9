"""The forms of the delivery wizard. They check shape only; what is allowed is the actions' business."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodfaith.common import clock
from goodfaith.faces.desk.work_words import delivery_tag
from goodfaith.faces.parts.units import unit_name
from goodfaith.faces.parts.words import named
from goodfaith.intake.listing import FOR_THE_CLERK, Wanted
from goodfaith.intake.remembering import Proposed, missing
from goodfaith.law.schema import Edition

WAITING = "waiting"
STATES = ("received", "mapped", "checking", "checked", "committing", "committed", "repeated", "failed", "abandoned")


class Day(forms.DateInput):
    """A day as the browser's own date field asks for it."""

    input_type = "date"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class UploadForm(forms.Form):
    """The file and the day of the report."""

    file = forms.FileField(
        label=gettext_lazy("文件"),
        allow_empty_file=True,
        max_length=255,
        error_messages={
            "required": gettext_lazy("没有收到文件，请先选择要报送的文件。"),
            "max_length": gettext_lazy("文件名超过255个字，请改短后再报送。"),
        },
    )
    report_on = forms.DateField(
        label=gettext_lazy("报送日期"),
        help_text=gettext_lazy("一般就是今天；补报以前的批次时填当时的日期。晚于这一天的决定不予接收。"),
        widget=Day(),
        error_messages={"required": gettext_lazy("请填写报送日期。"), "invalid": gettext_lazy("这不是有效的日期。")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"report_on": clock.today()})
        super().__init__(*args, **kwargs)
        self.fields["report_on"].widget.attrs["max"] = clock.today().isoformat()


class FilterForm(forms.Form):
    """What the list of deliveries is narrowed to."""

    text = forms.CharField(label=gettext_lazy("文件名或回执号"), required=False, max_length=100)
    state = forms.ChoiceField(label=gettext_lazy("状态"), required=False)
    item = forms.ChoiceField(label=gettext_lazy("目录条目"), required=False)
    unit = forms.ChoiceField(label=gettext_lazy("报送单位"), required=False)
    since = forms.DateField(label=gettext_lazy("收到日期从"), required=False, widget=Day())
    until = forms.DateField(label=gettext_lazy("到"), required=False, widget=Day())

    def __init__(self, data: Any, *, items: list[Any], units: list[str] | None) -> None:
        """``items``: what may be chosen; ``units``: None when the officer sees the own unit only."""
        super().__init__(data)
        everything = ("", _("全部"))
        states = [(state, delivery_tag(state)[1]) for state in STATES]
        self._choose("state", [everything, (WAITING, _("等待办理")), *states])
        self._choose("item", [everything, *((item.code, named(item.name)) for item in items)])
        if units is None:
            del self.fields["unit"]
        else:
            self._choose("unit", [everything, *sorted(((u, unit_name(u)) for u in units), key=lambda pair: pair[1])])

    def _choose(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The range of days runs forward."""
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error("until", _("结束日期早于开始日期，请改成同一天或者更晚。"))
        return cleaned

    def wanted(self, own_unit: str | None) -> Wanted:
        """For the query; ``own_unit`` is the only unit that the officer sees, None for every unit."""
        said = self.cleaned_data
        states = FOR_THE_CLERK if said["state"] == WAITING else (said["state"],) if said["state"] else ()
        since: dt.date | None = said["since"]
        return Wanted(
            unit=own_unit if own_unit is not None else said.get("unit", ""), item=said["item"], states=states,
            since=since, until=said["until"], text=said["text"].strip(),
        )  # fmt: skip


class MappingForm(forms.Form):
    """One choice of a field for each column of the file, named ``column-0`` and so on."""

    anyway = forms.BooleanField(required=False, widget=forms.HiddenInput())

    def __init__(self, data: Any, *, proposed: Proposed) -> None:
        super().__init__(data)
        self._columns, self.edition = proposed.columns, proposed.edition
        choices = field_choices(proposed.edition)
        for place, column in enumerate(proposed.columns):
            self.fields[f"column-{place}"] = forms.ChoiceField(
                label=column, choices=choices, required=False, initial=proposed.mapping.get(column) or "",
                error_messages={"invalid_choice": _("请从列表中选择。")},
            )  # fmt: skip

    def mapping(self) -> dict[str, str | None]:
        """Column → field code or None."""
        said = self.cleaned_data
        return {column: said.get(f"column-{place}") or None for place, column in enumerate(self._columns)}

    def clean(self) -> dict[str, Any]:
        """Each field is taken once; required fields are missed only on purpose (``anyway``)."""
        cleaned = super().clean() or {}
        taken: dict[str, str] = {}
        for name, code in list(cleaned.items()):
            if not name.startswith("column-") or not code:
                continue
            if code in taken:
                twice = _("“%(field)s”已经对应了前面一列，请改选，或者选“不采用”。")
                self.add_error(name, twice % {"field": self._name(code)})
            taken.setdefault(code, name)
        self.missing = missing(self.edition, taken)
        return cleaned

    def _name(self, code: str) -> str:
        return named(self.edition.field(code).name)


def field_choices(edition: Edition) -> list[tuple[str, str]]:
    """Every field of the edition; those that every row must fill are marked."""
    listed = [(f.code, named(f.name) + (_("（必填）") if f.required is True else "")) for f in edition.fields]
    return [("", _("不采用")), *listed]


class FindingFilter(forms.Form):
    """What the list of findings is narrowed to; anything odd narrows nothing."""

    show = forms.CharField(required=False, max_length=10)
    code = forms.CharField(required=False, max_length=40)
    field = forms.CharField(required=False, max_length=40)
    after = forms.IntegerField(required=False, min_value=0)
