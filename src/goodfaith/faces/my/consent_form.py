"""The form with which a subject lets somebody look."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodfaith.common import clock
from goodfaith.faces.parts.words import named
from goodfaith.law import queries as law
from goodfaith.law.domains import CATALOGUE_CLASSES
from goodfaith.law.schema import Item, Purpose, SubjectKind
from goodfaith.parties import queries as parties

MOST_USES = 1_000


class ConsentForm(forms.Form):
    """To whom, which items, until when, how often. Nothing is chosen beforehand."""

    party = forms.ChoiceField(
        label=gettext_lazy("授权给谁"), error_messages={"required": gettext_lazy("请选择一个单位。")}
    )
    items = forms.MultipleChoiceField(
        label=gettext_lazy("可以看哪些信息"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("只有勾选的信息会被看到。"),
        error_messages={"required": gettext_lazy("请至少勾选一类信息。")},
    )
    until = forms.DateField(
        label=gettext_lazy("到哪一天为止"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("含当日。到期自动失效，您也可以随时撤回。"),
        error_messages={"required": gettext_lazy("请填写最后一天。")},
    )
    uses = forms.IntegerField(
        label=gettext_lazy("最多可以看几次"),
        required=False,
        min_value=1,
        max_value=MOST_USES,
        help_text=gettext_lazy("不填表示期限内不限次数；每看一次都会记录并告知您。"),
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, purpose: Purpose, subject: SubjectKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = [unit for unit in parties.units() if unit.kind in purpose.unit_kinds]
        self.fields["party"].choices = [("", _("请选择")), *((unit.code, unit.name) for unit in units)]  # type: ignore[attr-defined]
        self.fields["items"].choices = _choices(purpose, subject)  # type: ignore[attr-defined]

    def clean_until(self) -> dt.date:
        """A day that has passed lets nobody look."""
        until: dt.date = self.cleaned_data["until"]
        if until < clock.today():
            raise forms.ValidationError(_("这一天已经过去，请填写今天或以后的日期。"))
        return until


def _choices(purpose: Purpose, subject: SubjectKind) -> list[tuple[str, list[tuple[str, str]]]]:
    """What the purpose may open of this kind of subject, under the classes of the catalogue."""
    found: dict[int, list[tuple[str, str]]] = {}
    for item in law.items():
        if _opens(purpose, item, subject):
            found.setdefault(item.catalogue_class, []).append((item.code, named(item.name)))
    return [(_(CATALOGUE_CLASSES[number]), items) for number, items in found.items()]


def _opens(purpose: Purpose, item: Item, subject: SubjectKind) -> bool:
    listed = purpose.items == "all" or item.code in purpose.listed
    return listed and item.disclosure.get(subject) in purpose.disclosures
