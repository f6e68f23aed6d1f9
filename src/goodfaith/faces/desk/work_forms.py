"""Forms of the desk's pages on subjects, duplicates, the catalogue and the ledger."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodfaith.faces.desk import work_words as words
from goodfaith.faces.parts import lawbook
from goodfaith.faces.parts.catalogue_words import disclosure_name, polarity_name, subject_name
from goodfaith.faces.parts.words import named, number_kind
from goodfaith.inquiry.rules import UNSEEN
from goodfaith.law.domains import CATALOGUE_CLASSES
from goodfaith.subjects import numbers

LONGEST_CASE = 120
SEEN = RegexValidator(f"[{UNSEEN}]", gettext_lazy("编号或事由里有看不见的控制字符，请重新输入。"), inverse_match=True)
"""For what the subject will read."""
LONGEST_REASON = 500
NO_SAVING = {"autocomplete": "off", "spellcheck": "false"}


class CaseForm(forms.Form):
    """Why a file is opened: kept in the ledger, seen by the subject."""

    case_no = forms.CharField(
        label=gettext_lazy("办件编号或事由"),
        max_length=LONGEST_CASE,
        help_text=gettext_lazy("例如异议受理号、核查通知文号。主体本人可以看到您写的内容。"),
        validators=[SEEN],
        error_messages={"required": gettext_lazy("请写明办件编号或事由，没有事由不能查询。")},
        widget=forms.TextInput(attrs=NO_SAVING),
    )


class PersonForm(CaseForm):
    """A person is found by the whole number of an official document and by nothing else."""

    kind = forms.ChoiceField(label=gettext_lazy("证件类型"))
    number = forms.CharField(
        label=gettext_lazy("证件号码"),
        max_length=40,
        help_text=gettext_lazy("须填写完整号码；不能按姓名查询个人。"),
        error_messages={"required": gettext_lazy("请填写完整的证件号码。")},
        widget=forms.TextInput(attrs=NO_SAVING),
    )
    field_order = ("kind", "number", "case_no")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind, number_kind(kind)) for kind in numbers.DOCUMENT_KINDS]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The number in its one form, its check digit verified."""
        said = super().clean() or {}
        kind, number = said.get("kind"), said.get("number")
        if kind and number:
            wrong = numbers.check_document(kind, number)
            if wrong:
                self.add_error("number", wrong.message)
            said["number"] = numbers.normalise_document(kind, number)
        return said


class JudgeForm(forms.Form):
    """The answer to a suspected duplicate, with its reason."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("判定"),
        widget=forms.RadioSelect,
        choices=[
            ("same", gettext_lazy("同一主体")),
            ("different", gettext_lazy("不是同一主体")),
            ("unsure", gettext_lazy("尚不能确定")),
        ],
        error_messages={"required": gettext_lazy("请选择一项判定。")},
    )
    reason = forms.CharField(
        label=gettext_lazy("理由"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("写明核对了哪些证照或者登记信息。判定人、时间和理由都会保留。"),
        error_messages={"required": gettext_lazy("请写明理由，例如核对了哪些证照。")},
    )


class WithdrawForm(forms.Form):
    """Why a judgement is undone."""

    reason = forms.CharField(
        label=gettext_lazy("撤销理由"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("请写明撤销的理由。")},
    )


def _any(choices: Any) -> list[tuple[str, str]]:
    return [("", _("全部")), *choices]


class CatalogueFilter(forms.Form):
    """What the catalogue is narrowed to; anything unknown narrows nothing."""

    text = forms.CharField(label=gettext_lazy("名称、字段或者依据"), required=False, max_length=60)
    sector = forms.ChoiceField(label=gettext_lazy("领域"), required=False)
    number = forms.ChoiceField(label=gettext_lazy("基础目录类别"), required=False)
    subject = forms.ChoiceField(label=gettext_lazy("记录对象"), required=False)
    polarity = forms.ChoiceField(label=gettext_lazy("性质"), required=False)
    disclosure = forms.ChoiceField(label=gettext_lazy("公开属性"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        sectors = ((one.code, named(one.name)) for one in lawbook.book().sectors.values())
        choices = {
            "sector": sectors,
            "number": ((str(n), words.class_name(n)) for n in CATALOGUE_CLASSES),
            "subject": ((kind, subject_name(kind)) for kind in ("person", "organisation")),
            "polarity": ((code, polarity_name(code)) for code in ("positive", "neutral", "negative")),
            "disclosure": ((c, disclosure_name(c)) for c in ("open", "on_request", "shared", "closed")),
        }
        for name, found in choices.items():
            self.fields[name].choices = _any(found)  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, str]:
        """The filters that are set and known."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
