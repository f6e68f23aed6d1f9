"""Forms of the counter: who stands there, what is asked for, who acts for whom."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodfaith.common import clock
from goodfaith.faces.desk import rights_words as words
from goodfaith.faces.desk.check_forms import SubjectForm, choose
from goodfaith.faces.desk.delivery_forms import Day
from goodfaith.faces.desk.rights_papers import paper_field
from goodfaith.faces.desk.work_forms import NO_SAVING, SEEN
from goodfaith.rights.commitment import COMMITMENTS, NEWEST
from goodfaith.rights.limits import LONGEST
from goodfaith.rights.procedures import KINDS, PROCEDURES

ABOUT_RECORDS = ("objection", "repair", "note")
"""Procedures that are about at least one record."""
PAPERS = {
    "id": gettext_lazy("身份证件原件"),
    "licence": gettext_lazy("营业执照（登记证书）和经办人身份证件"),
    "authority": gettext_lazy("授权委托书和代理人身份证件"),
    "guardian": gettext_lazy("监护证明和监护人身份证件"),
    "copy": gettext_lazy("来信所附的证件复印件"),
}
CHANNELS = [("counter", gettext_lazy("窗口当面提出")), ("letter", gettext_lazy("来信提出"))]


class WhoForm(SubjectForm):
    """Whose file is opened at the counter: number and name, and which paper was checked."""

    channel = forms.ChoiceField(
        label=gettext_lazy("怎样提出的"), choices=CHANNELS, widget=forms.RadioSelect, initial="counter",
        error_messages={"required": gettext_lazy("请选择一项。")},
    )  # fmt: skip
    paper = forms.ChoiceField(
        label=gettext_lazy("核对了哪种证件"), choices=list(PAPERS.items()), widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("没有核对证件，不能打开档案。")},
    )  # fmt: skip
    note = forms.CharField(
        label=gettext_lazy("备注"), required=False, max_length=60, validators=[SEEN],
        help_text=gettext_lazy("例如来信的收文号。当事人可以看到。"), widget=forms.TextInput(attrs=NO_SAVING),
    )  # fmt: skip
    field_order = ("channel", "kind", "number", "name", "paper", "note")

    @property
    def case_no(self) -> str:
        """Why the file is opened, as the ledger keeps it and the subject reads it."""
        said = self.cleaned_data
        parts = (words.channel_name(said["channel"]), str(PAPERS[said["paper"]]), said["note"].strip())
        return _("，").join(part for part in parts if part)


def _what() -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (words.procedure_name(code), [(f"{code}/{kind}", words.kind_name(code, kind)) for kind in KINDS[code]])
        for code in PROCEDURES
    ]


class FilingForm(forms.Form):
    """What is asked for, about which records, in whose words."""

    what = forms.ChoiceField(
        label=gettext_lazy("办理事项"), error_messages={"required": gettext_lazy("请选择办理事项。")}
    )
    records = forms.MultipleChoiceField(
        label=gettext_lazy("涉及哪些记录"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("异议、修复和复议诉讼登记须选择；同一份决定的记录可以一起选。"),
    )  # fmt: skip
    claim = forms.CharField(
        label=gettext_lazy("当事人怎么说"), max_length=LONGEST, validators=[words.LINES_SEEN],
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("按当事人的原话记录，念给当事人听过再提交；来信的写明要点，原件扫描后上传。"),
        error_messages={"required": gettext_lazy("请写明当事人的说法。")},
    )  # fmt: skip
    scan = paper_field(
        gettext_lazy("来信或者材料的扫描件"),
        gettext_lazy("PDF、JPG、PNG 或者 DOCX，不超过 10 MiB，加密保存；来信必须上传。"), required=False,
    )  # fmt: skip
    commitment = forms.BooleanField(
        label=gettext_lazy("当事人已经签署信用承诺书（申请信用修复时必须）"), required=False
    )
    field_order = ("what", "records", "claim", "scan", "commitment")

    def __init__(self, data: Any, files: Any, *, records: list[tuple[str, str]], channel: str) -> None:
        super().__init__(data, files)
        self.channel = channel
        choose(self, "what", [("", _("请选择")), *_what()])
        choose(self, "records", records)
        if not records:
            del self.fields["records"]
        self.fields["commitment"].help_text = "".join(_(line) for line in COMMITMENTS[NEWEST])

    def clean(self) -> dict[str, Any]:
        """What is about records names one; a letter comes with its scan; repair with the signed commitment."""
        said = super().clean() or {}
        procedure = said.get("what", "").partition("/")[0]
        if procedure in ABOUT_RECORDS and not said.get("records"):
            place = "records" if "records" in self.fields else "what"
            self.add_error(place, _("请选择是哪条记录；档案里没有记录的，不能办理这一事项。"))
        if self.channel == "letter" and not said.get("scan") and "scan" not in self.errors:
            self.add_error("scan", _("来信提出的，请上传来信的扫描件。"))
        if procedure == "repair" and not said.get("commitment"):
            self.add_error("commitment", _("申请修复须签署信用承诺书。请当事人签署后再提交。"))
        return said


class AgentForm(forms.Form):
    """Who may act for the subject: an account of the platform, by which paper, for how long."""

    account = forms.CharField(
        label=gettext_lazy("代理人或者监护人的平台用户名"), max_length=150, widget=forms.TextInput(attrs=NO_SAVING),
        help_text=gettext_lazy("须是已经注册的自然人或者单位账号。"),
        error_messages={"required": gettext_lazy("请填写用户名。")},
    )  # fmt: skip
    ground = forms.ChoiceField(
        label=gettext_lazy("凭什么代为办理"), widget=forms.RadioSelect,
        choices=[
            ("guardian", gettext_lazy("监护人，已核对监护证明")), ("agent", gettext_lazy("代理人，已核对授权委托书")),
        ],
        error_messages={"required": gettext_lazy("请选择一项。")},
    )  # fmt: skip
    since = forms.DateField(
        label=gettext_lazy("从哪一天起"), widget=Day(), initial=clock.today,
        error_messages={"required": gettext_lazy("请填写日期。"), "invalid": gettext_lazy("这不是有效的日期。")},
    )  # fmt: skip
    until = forms.DateField(
        label=gettext_lazy("到哪一天止"), widget=Day(),
        help_text=gettext_lazy("授权书写明的最后一天；监护到被监护人十八周岁生日的前一天。"),
        error_messages={"required": gettext_lazy("请填写日期。"), "invalid": gettext_lazy("这不是有效的日期。")},
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """It ends after it begins, and not in the past."""
        said = super().clean() or {}
        since, until = said.get("since"), said.get("until")
        if isinstance(since, dt.date) and isinstance(until, dt.date) and until < max(since, clock.today()):
            self.add_error("until", _("最后一天须不早于今天和开始的一天。"))
        return said
