"""Forms of the auditor's pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodfaith.faces.desk import audit_words as words
from goodfaith.faces.desk import work_words
from goodfaith.faces.desk.work_forms import NO_SAVING, SEEN
from goodfaith.faces.parts import lawbook
from goodfaith.faces.parts.words import named, number_kind
from goodfaith.oversight.complaints import LONGEST
from goodfaith.oversight.limits import LONGEST_NOTE, MOST_DRAWN
from goodfaith.oversight.rules import RULES
from goodfaith.subjects import numbers

OTHER_PURPOSES = (
    "delivery_review", "delivery_file", "complaint_handling", "complaint", "complaint_withdrawal", "consent_grant",
    "consent_withdrawal", "consent_request", "hold_placed", "hold_lifted", "job_run",
    "account_administration", "self_registration", "rights_case", "rights_inbox", "rights_statement",
    "rights_representation", "recall_notices", "recall_confirmed",
)  # fmt: skip
"""Purposes of entries that are in no pack."""


def _choices(form: forms.Form, name: str, choices: Any, every: str = "") -> None:
    form.fields[name].choices = [("", every or _("全部")), *choices]  # type: ignore[attr-defined]


def _date(label: Any, *, required: bool = False) -> forms.DateField:
    return forms.DateField(label=label, required=required, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))


class LedgerFilter(forms.Form):
    """What the ledger is narrowed to; what is unknown narrows nothing."""

    since = _date(gettext_lazy("从"))
    until = _date(gettext_lazy("到"))
    actor = forms.CharField(label=gettext_lazy("人员（姓名或账号）"), required=False, max_length=100)
    unit = forms.ChoiceField(label=gettext_lazy("查询单位"), required=False)
    purpose = forms.ChoiceField(label=gettext_lazy("目的"), required=False)
    matter = forms.ChoiceField(label=gettext_lazy("办理事项"), required=False)
    outcome = forms.ChoiceField(label=gettext_lazy("结果"), required=False)
    others = forms.ChoiceField(
        label=gettext_lazy("审计自身的查看"), required=False,
        choices=[("", gettext_lazy("一并显示")), ("1", gettext_lazy("不显示"))],
    )  # fmt: skip
    same_as = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, data: Any, units: Any) -> None:
        super().__init__(data)
        book = lawbook.book()
        _choices(self, "unit", units)
        pack = [(code, named(one.name)) for code, one in book.purposes.items()]
        other = [(code, work_words.purpose_name(code)) for code in OTHER_PURPOSES if code not in book.purposes]
        _choices(self, "purpose", [*pack, *other])
        _choices(self, "matter", [(code, named(one.name)) for code, one in book.matters.items()])
        _choices(self, "outcome", [(code, work_words.outcome_tag(code)[1]) for code in words.OUTCOMES])

    def wanted(self) -> dict[str, Any]:
        """The filters that are set and understood."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class SubjectForm(forms.Form):
    """Whose looks are asked for, by the whole number, and why: the subject sees that it was asked."""

    kind = forms.ChoiceField(label=gettext_lazy("证照类型"))
    number = forms.CharField(
        label=gettext_lazy("号码"), max_length=40, help_text=gettext_lazy("须填写完整号码；不能按姓名查询。"),
        error_messages={"required": gettext_lazy("请填写完整的号码。")}, widget=forms.TextInput(attrs=NO_SAVING),
    )  # fmt: skip
    case_no = forms.CharField(
        label=gettext_lazy("办件编号或事由"), max_length=120, validators=[SEEN],
        help_text=gettext_lazy("例如投诉受理号。主体本人可以看到您查过，也看到您写的内容。"),
        error_messages={"required": gettext_lazy("请写明办件编号或事由。")}, widget=forms.TextInput(attrs=NO_SAVING),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [*numbers.DOCUMENT_KINDS, "uscc"]
        self.fields["kind"].choices = [(kind, number_kind(kind)) for kind in kinds]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The number in its one form, its check digit verified."""
        said = super().clean() or {}
        kind, number = said.get("kind"), said.get("number")
        if kind and number and kind != "uscc":
            wrong = numbers.check_document(kind, number)
            if wrong:
                self.add_error("number", wrong.message)
            said["number"] = numbers.normalise_document(kind, number)
        elif number:
            said["number"] = "".join(number.split()).upper()
        return said


class PeriodForm(forms.Form):
    """Days, both in the period."""

    since = _date(gettext_lazy("从"), required=True)
    until = _date(gettext_lazy("到"), required=True)
    unit = forms.ChoiceField(label=gettext_lazy("单位"), required=False)

    def __init__(self, data: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        _choices(self, "unit", units)

    def clean(self) -> dict[str, Any]:
        """The first day is not later than the last."""
        said = super().clean() or {}
        if said.get("since") and said.get("until") and said["since"] > said["until"]:
            self.add_error("until", _("结束日期早于开始日期。"))
        return said


class FindingFilter(PeriodForm):
    """Which findings are shown."""

    rule = forms.ChoiceField(label=gettext_lazy("线索"), required=False)

    def __init__(self, data: Any, units: Any) -> None:
        super().__init__(data, units)
        _choices(self, "rule", [(code, rule.name) for code, rule in RULES.items()])


class DrawForm(PeriodForm):
    """From which looks how many are drawn."""

    count = forms.IntegerField(
        label=gettext_lazy("抽取条数"), min_value=1, max_value=MOST_DRAWN, initial=20,
        help_text=gettext_lazy("查询不足这个数时全部抽取。"),
    )  # fmt: skip


class ReviewForm(forms.Form):
    """What came of the review of one look."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("结论"), widget=forms.RadioSelect,
        choices=[
            ("in_order", gettext_lazy("合规：目的、事由与权限相符")),
            ("explained", gettext_lazy("已说明：有疑点，经核实有正当理由")),
            ("misuse", gettext_lazy("违规查询：没有正当理由")),
        ],
        error_messages={"required": gettext_lazy("请选择一项结论。")},
    )  # fmt: skip
    note = forms.CharField(
        label=gettext_lazy("说明"), required=False, max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("向谁核实、看了什么材料。结论不是“合规”的必须写明。不要写被查询人的姓名和号码。"),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A doubt is explained in words."""
        said = super().clean() or {}
        if said.get("outcome") in ("explained", "misuse") and not said.get("note", "").strip():
            self.add_error("note", _("请写明核实的情况。"))
        return said


class AnswerForm(forms.Form):
    """The answer to a complaint."""

    finding = forms.ChoiceField(
        label=gettext_lazy("结论"), widget=forms.RadioSelect,
        choices=[
            ("in_order", gettext_lazy("查询合规")),
            ("not_in_order", gettext_lazy("查询不合规")),
        ],
        error_messages={"required": gettext_lazy("请选择一项结论。")},
    )  # fmt: skip
    answer = forms.CharField(
        label=gettext_lazy("答复"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("投诉人会原样看到。写明核实了什么、依据是什么；不合规的，写明已经怎样处理。"),
        error_messages={"required": gettext_lazy("请写明答复。")},
    )  # fmt: skip


class MisuseForm(forms.Form):
    """What is held against the look; the case begins with it."""

    what = forms.CharField(
        label=gettext_lazy("违规情况"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("哪一次查询、为什么认为没有正当理由。不要写被查询人的姓名和号码。"),
        error_messages={"required": gettext_lazy("请写明违规情况。")},
    )  # fmt: skip


class MeasuresForm(forms.Form):
    """What was done in a case, and how it ends."""

    measures = forms.CharField(
        label=gettext_lazy("处理措施"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("例如：已通知所在单位、已停用账号、已移送。"),
        error_messages={"required": gettext_lazy("请写明处理措施。")},
    )  # fmt: skip
    finding = forms.ChoiceField(
        label=gettext_lazy("办结结论"), required=False,
        choices=[
            ("", gettext_lazy("先不办结，只记录措施")),
            ("confirmed", gettext_lazy("属实，办结")),
            ("unfounded", gettext_lazy("不属实，办结")),
        ],
    )  # fmt: skip


def last_days(data: Any, today: dt.date, days: int) -> Any:
    """The page's GET, with the last ``days`` days where it names no period."""
    filled = data.copy()
    filled.setdefault("since", (today - dt.timedelta(days=days - 1)).isoformat())
    filled.setdefault("until", today.isoformat())
    return filled
