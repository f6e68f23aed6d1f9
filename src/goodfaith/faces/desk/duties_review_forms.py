"""Forms of the review: a duty's title, words, units, time limit and class; the header; a reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodfaith.duties.queries import desk_review as places
from goodfaith.duties.shapes import Due, Named
from goodfaith.duties.views import ProposalView, ReviewView
from goodfaith.faces.desk import duties_words as words
from goodfaith.faces.desk.delivery_forms import Day

MORE, MOST = 3, 60
"""Empty rows for units beside those that stand; rows at most."""
PARTS = ("lead", "joint", "participating")
YEARLY = re.compile(r"^(\d{1,2})[-\u6708/.](\d{1,2})\u65e5?$")


class DutyForm(forms.Form):
    """What may be said about a duty. Units are rows of (part, whole name); what a name stands for is said elsewhere."""

    title = forms.CharField(label=gettext_lazy("标题"), max_length=300, required=False)
    due_kind = forms.ChoiceField(label=gettext_lazy("期限"), widget=forms.RadioSelect)
    due_on = forms.DateField(label=gettext_lazy("最后一天"), required=False, widget=Day())
    due_yearly = forms.CharField(label=gettext_lazy("每年的哪一天"), required=False, max_length=8,
                                 help_text=gettext_lazy("写月-日，例如 12-30。"))  # fmt: skip
    disclosure = forms.ChoiceField(label=gettext_lazy("公开属性"), widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, names: Sequence[Named] = (), more: int = MORE, **given: Any) -> None:
        super().__init__(data, **given)
        self.count = min(max(len(names) + more, _rows(data)), MOST)
        kinds = [("on", _("到某一天")), ("yearly", _("每年")), ("ongoing", _("持续实施")), ("none", _("没有写期限"))]
        self.fields["due_kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["disclosure"].choices = [  # type: ignore[attr-defined]
            (code, words.disclosure_name(code)) for code in ("open", "on_request", "shared")
        ]
        for n in range(self.count):
            self._row(n, names[n] if n < len(names) else None)

    def _row(self, n: int, one: Named | None) -> None:
        choices = [("", _("没有角色（去掉）"))] + [(code, words.part_name(code)) for code in PARTS]
        self.fields[f"part_{n}"] = forms.ChoiceField(
            label=_("第 %(n)s 行的角色") % {"n": n + 1},
            choices=choices,
            required=False,
            initial=one.part if one else "",
        )
        self.fields[f"name_{n}"] = forms.CharField(
            label=_("第 %(n)s 行的单位全称") % {"n": n + 1},
            max_length=200,
            required=False,
            initial=one.full if one else "",
        )

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The rows for units."""
        return [(self[f"part_{n}"], self[f"name_{n}"]) for n in range(self.count)]

    @property
    def said(self) -> list[tuple[str, str]]:
        """The rows that say something."""
        rows = [(self.cleaned_data[f"part_{n}"], self.cleaned_data[f"name_{n}"].strip()) for n in range(self.count)]
        return [(part, name) for part, name in rows if part and name]

    def clean_due_yearly(self) -> str:
        """As MM-DD."""
        text = str(self.cleaned_data["due_yearly"]).strip()
        if not text:
            return ""
        found = YEARLY.match(text)
        if found is None:
            raise forms.ValidationError(_("写月-日，例如 12-30。"))
        return f"{int(found[1]):02}-{int(found[2]):02}"

    def clean(self) -> dict[str, Any]:
        """A day goes with its kind; each name has a part; somebody is responsible."""
        said = super().clean() or {}
        kind = said.get("due_kind")
        if kind == "on" and not said.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", _("请填写最后一天。"))
        if kind == "yearly" and not said.get("due_yearly") and "due_yearly" not in self.errors:
            self.add_error("due_yearly", _("请填写每年的哪一天。"))
        for n in range(self.count):
            if said.get(f"name_{n}") and not said.get(f"part_{n}") and self.fields[f"part_{n}"].initial == "":
                self.add_error(f"part_{n}", _("请选择这个单位的角色。"))
        parts = {said.get(f"part_{n}") for n in range(self.count) if said.get(f"name_{n}")}
        if {"lead", "joint"} <= parts:
            self.add_error(None, _("共同负责的不设牵头单位：请全部选“共同负责”，或者选定谁牵头、谁参与。"))
        elif not parts & {"lead", "joint"}:
            self.add_error(None, _("这条任务没有责任单位，请写明谁牵头或者谁负责。"))
        return said

    def due(self) -> Due:
        """The time limit that a valid form says."""
        said, kind = self.cleaned_data, self.cleaned_data["due_kind"]
        return Due(kind, said["due_on"] if kind == "on" else None, said["due_yearly"] if kind == "yearly" else "")

    def names(self, review: ReviewView, before: Sequence[Named] = ()) -> list[Named]:
        """The units that a valid form says; what was confirmed of a name stays."""
        return places.resolved(self.said, before, review.names)


def _rows(data: Any) -> int:
    """How many rows a form that comes back has."""
    found = [int(key[5:]) + 1 for key in data or () if key.startswith("name_") and key[5:].isdigit()]
    return max(found, default=0)


class MendForm(DutyForm):
    """A duty that stands."""

    text = forms.CharField(
        label=gettext_lazy("任务的文字"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": gettext_lazy("请写明任务的文字。")},
    )
    field_order = ("title", "text")


def mend_form(one: ProposalView, data: Any = None, more: int = MORE) -> MendForm:
    """The form with what the duty says."""
    initial = {"title": one.title, "text": one.text, "due_kind": one.due.kind, "due_on": one.due.on,
               "due_yearly": one.due.yearly, "disclosure": one.disclosure}  # fmt: skip
    return MendForm(data, names=one.names, more=more, initial=initial)


class AddForm(DutyForm):
    """A duty that the reader missed: its lines, or the words that were selected."""

    first = forms.IntegerField(label=gettext_lazy("从第几行"), min_value=1, required=False)
    last = forms.IntegerField(label=gettext_lazy("到第几行"), min_value=1, required=False)
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    field_order = ("first", "last", "title")

    def clean(self) -> dict[str, Any]:
        """Words are said one way or the other."""
        said = super().clean()
        if said.get("end") is None and (said.get("first") is None or said.get("last") is None):
            self.add_error("first", _("请写明任务的文字在正文第几行到第几行。"))
        return said

    def span(self, text: str) -> tuple[int, int]:
        """From where to where; Problem when there are no such lines."""
        said = self.cleaned_data
        if said.get("end") is not None and said.get("start") is not None:
            return places.trimmed(text, said["start"], min(said["end"], len(text)))
        return places.line_span(text, said["first"], said["last"])


class HeadForm(forms.Form):
    """The document's own facts."""

    title = forms.CharField(label=gettext_lazy("标题"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
                            error_messages={"required": gettext_lazy("标题不能为空。")})  # fmt: skip
    doc_no = forms.CharField(label=gettext_lazy("发文字号"), max_length=80, required=False)
    issuer = forms.CharField(label=gettext_lazy("发文机关"), max_length=200, required=False)
    signed = forms.DateField(label=gettext_lazy("成文日期"), required=False, widget=Day())
    printed = forms.DateField(label=gettext_lazy("印发日期"), required=False, widget=Day())


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=gettext_lazy("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
                             help_text=gettext_lazy("会留在审核记录里。"),
                             error_messages={"required": gettext_lazy("请写明理由。")})  # fmt: skip
