"""Forms of checks, inquiries, requests for consent and checks in bulk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodfaith.common import clock
from goodfaith.faces.desk.check_words import matter_groups
from goodfaith.faces.desk.delivery_forms import Day
from goodfaith.faces.desk.work_forms import LONGEST_CASE, LONGEST_REASON, NO_SAVING, SEEN
from goodfaith.faces.parts import lawbook
from goodfaith.faces.parts.words import named, number_kind
from goodfaith.inquiry import rules
from goodfaith.law.schema import Matter, Purpose
from goodfaith.subjects import numbers

KINDS = ("uscc", *numbers.DOCUMENT_KINDS, "organisation_code", "registration_no")
LONGEST_NAME = 200


class SubjectForm(forms.Form):
    """Who is asked about: the whole number and the name that must agree with it."""

    kind = forms.ChoiceField(label=gettext_lazy("号码种类"))
    number = forms.CharField(
        label=gettext_lazy("号码"),
        max_length=60,
        help_text=gettext_lazy("须填写完整号码。"),
        error_messages={"required": gettext_lazy("请填写完整的号码。")},
        widget=forms.TextInput(attrs=NO_SAVING),
    )
    name = forms.CharField(
        label=gettext_lazy("名称或姓名"),
        max_length=LONGEST_NAME,
        help_text=gettext_lazy("须与号码一致；不一致时只告诉您“不一致”，不提供任何信息。"),
        error_messages={"required": gettext_lazy("请填写名称或姓名。")},
        widget=forms.TextInput(attrs=NO_SAVING),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "kind", [(kind, number_kind(kind)) for kind in KINDS])

    def clean(self) -> dict[str, Any]:
        """The number in its one form, its check digit verified."""
        said = super().clean() or {}
        kind, number = said.get("kind"), said.get("number")
        if kind and number:
            wrong = rules.check_number(kind, number)
            if wrong:
                self.add_error("number", wrong[1])
            said["number"] = rules.normalise(kind, number)
        return said

    @property
    def asked(self) -> tuple[str, str]:
        """(kind, normalised number) of a valid form."""
        return self.cleaned_data["kind"], self.cleaned_data["number"]


def choose(form: forms.Form, field: str, choices: Iterable[Any]) -> None:
    """Set the choices of a field."""
    form.fields[field].choices = list(choices)  # type: ignore[attr-defined]


def _case(help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("办件编号或事由"),
        max_length=LONGEST_CASE,
        help_text=help_text,
        validators=[SEEN],
        error_messages={"required": gettext_lazy("请写明办件编号或事由，没有事由不能查询。")},
        widget=forms.TextInput(attrs=NO_SAVING),
    )


class CheckForm(SubjectForm):
    """A check inside a matter."""

    matter = forms.ChoiceField(
        label=gettext_lazy("办理事项"), error_messages={"required": gettext_lazy("请选择正在办理的事项。")}
    )
    case_no = _case(gettext_lazy("例如许可申请的受理号。主体本人可以看到。"))
    field_order = ("matter", "kind", "number", "name", "case_no")

    def __init__(self, data: Any = None, *, matters: list[Matter], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        choose(self, "matter", [("", _("请选择")), *matter_groups(matters)])


class InquiryForm(SubjectForm):
    """A look into a file for one purpose; only what this purpose asks for is on the form."""

    matter = forms.ChoiceField(label=gettext_lazy("办理事项"))
    case_no = _case(gettext_lazy("例如案件编号、授信申请编号。"))
    until = forms.DateField(
        label=gettext_lazy("延后到哪一天告知"),
        required=False,
        widget=Day(),
        error_messages={"invalid": gettext_lazy("这不是有效的日期。")},
    )
    officer = forms.CharField(
        label=gettext_lazy("批准延后的负责人"),
        required=False,
        max_length=60,
        validators=[SEEN],
        help_text=gettext_lazy("姓名和依据会记入查询日志，到期后主体也能看到。"),
    )
    field_order = ("kind", "number", "name", "matter", "case_no", "until", "officer")

    def __init__(self, data: Any = None, *, purpose: Purpose, matters: list[Matter]) -> None:
        super().__init__(data)
        self.purpose = purpose
        if purpose.matter_required:
            choose(self, "matter", [("", _("请选择")), *matter_groups(matters)])
        else:
            del self.fields["matter"]
        if purpose.delay is None:
            del self.fields["until"], self.fields["officer"]
        else:
            self.latest = clock.today() + dt.timedelta(days=purpose.delay.max_days)
            days = _("不填即时告知。依据只允许最多延后%(days)s天，到期自动显示。") % {"days": purpose.delay.max_days}
            self.fields["until"].help_text = days
            self.fields["until"].widget.attrs["max"] = self.latest.isoformat()

    def clean(self) -> dict[str, Any]:
        """A delay has both its day and its official, and ends in time."""
        said = super().clean() or {}
        until, officer = said.get("until"), (said.get("officer") or "").strip()
        if until and not officer:
            self.add_error("officer", _("请写明批准延后告知的负责人。"))
        if officer and not until:
            self.add_error("until", _("请写明延后到哪一天。"))
        if until and not clock.today() < until <= self.latest:
            self.add_error("until", _("须晚于今天，并且不超过依据允许的最长日数。"))
        return said


class ConsentForm(SubjectForm):
    """A request for a subject's consent."""

    items = forms.MultipleChoiceField(
        label=gettext_lazy("需要查询的信息"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("只选办理这笔业务必需的。"),
        error_messages={"required": gettext_lazy("请至少选择一项。")},
    )
    until = forms.DateField(
        label=gettext_lazy("授权的最后一日"),
        widget=Day(),
        error_messages={"required": gettext_lazy("请填写期限。"), "invalid": gettext_lazy("这不是有效的日期。")},
    )
    uses = forms.IntegerField(
        label=gettext_lazy("查询次数"),
        required=False,
        min_value=1,
        max_value=1000,
        help_text=gettext_lazy("不填即期限内不限次数。"),
    )
    reason = forms.CharField(
        label=gettext_lazy("为什么需要"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("主体会原样看到这段话，请写清业务和用途。"),
        error_messages={"required": gettext_lazy("请写明为什么需要查询。")},
    )
    field_order = ("kind", "number", "name", "items", "until", "uses", "reason")

    def __init__(self, data: Any = None, *, purpose: Purpose) -> None:
        super().__init__(data)
        items = lawbook.book().items
        codes = purpose.listed if purpose.items == "listed" else tuple(items)
        choose(self, "items", [(code, named(items[code].name)) for code in codes if code in items])
        self.fields["until"].widget.attrs["min"] = clock.today().isoformat()
        self.fields["name"].help_text = _("须与号码一致，否则请求到不了本人。")

    def clean_until(self) -> dt.date:
        """Not in the past."""
        until: dt.date = self.cleaned_data["until"]
        if until < clock.today():
            raise forms.ValidationError(_("期限已经过去，请填今天或者以后的日期。"))
        return until


class BatchForm(forms.Form):
    """A list to be checked in bulk: who answers for it, why, the paper, the list."""

    matter = forms.ChoiceField(
        label=gettext_lazy("办理事项"), error_messages={"required": gettext_lazy("请选择正在办理的事项。")}
    )
    case_no = _case(gettext_lazy("例如评审批次、采购项目编号。名单上的每个主体都可以看到。"))
    official_name = forms.CharField(
        label=gettext_lazy("批准的负责人"),
        max_length=60,
        help_text=gettext_lazy("对批量核查负责的领导姓名，与事由、附件一并留存，审计可以查看。"),
        error_messages={"required": gettext_lazy("请填写批准的负责人。")},
    )
    reason = forms.CharField(
        label=gettext_lazy("为什么需要批量核查"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("请写明理由。")},
    )
    paper = forms.FileField(
        label=gettext_lazy("批准文件"),
        max_length=255,
        help_text=gettext_lazy("PDF、PNG或JPG，加密保存。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
        error_messages={"required": gettext_lazy("请上传批准文件的扫描件。"), "empty": gettext_lazy("文件是空的。")},
    )
    file = forms.FileField(
        label=gettext_lazy("名单"),
        max_length=255,
        help_text=gettext_lazy("XLSX、XLS或CSV，每行一个主体：名称、统一社会信用代码或者证件号码。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
        error_messages={"required": gettext_lazy("请选择名单。"), "empty": gettext_lazy("名单是空的（0字节）。")},
    )

    def __init__(self, data: Any = None, files: Any = None, *, matters: list[Matter]) -> None:
        super().__init__(data, files)
        choose(self, "matter", [("", _("请选择")), *matter_groups(matters)])
