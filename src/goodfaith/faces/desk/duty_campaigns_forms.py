"""Forms of a campaign: its plan, a material, the report, its cancelling; and a new one of the city's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodfaith.common.acting import Acting
from goodfaith.duties import actions
from goodfaith.duties.actions.campaigns import LONGEST
from goodfaith.duties.views import CampaignView
from goodfaith.faces.desk.delivery_forms import Day
from goodfaith.faces.desk.rights_papers import ACCEPT
from goodfaith.faces.parts.units import unit_choices
from goodfaith.parties.models import User

NEEDED = {"required": gettext_lazy("请填写。"), "invalid": gettext_lazy("写法不对，请改正。")}


def _disclosure() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("公开属性"), initial="open", error_messages=dict(NEEDED),
        choices=[("open", _("主动公开")), ("on_request", _("依申请公开")), ("shared", _("政务共享"))],
    )  # fmt: skip


def _long(label: str, hint: str, initial: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, max_length=LONGEST, initial=initial, widget=forms.Textarea(attrs={"rows": 8}),
        error_messages=dict(NEEDED),
    )  # fmt: skip


class OwnForm(forms.Form):
    """A campaign beside the named days."""

    title = forms.CharField(label=gettext_lazy("名称"), max_length=200, error_messages=NEEDED)
    first = forms.DateField(label=gettext_lazy("第一天"), widget=Day(), error_messages=NEEDED)
    last = forms.DateField(label=gettext_lazy("最后一天"), widget=Day(), error_messages=NEEDED)
    unit = forms.ChoiceField(label=gettext_lazy("组织单位"), error_messages=NEEDED)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["unit"].choices = [("", _("请选择")), *unit_choices()]  # type: ignore[attr-defined]
        self.fields["disclosure"] = _disclosure()


class PlanForm(forms.Form):
    """What is planned and who organises it; the office chooses whom."""

    def __init__(self, one: CampaignView, user: User, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, prefix="plan")
        if user.role == "credit_office":
            self.fields["unit"] = forms.ChoiceField(
                label=_("组织单位"), choices=[("", _("请选择")), *unit_choices()], initial=one.unit or user.unit_id,
                error_messages={"required": _("请选择组织单位。")},
            )  # fmt: skip
        self.fields["plan"] = _long(_("计划"), _("时间、地点、做什么、谁来办。公开的，市民会原样看到。"), one.plan)
        self.fields["disclosure"] = _disclosure()
        self.fields["disclosure"].initial = one.disclosure


class MaterialForm(forms.Form):
    """Exactly one of text, link and file."""

    def __init__(self, one: CampaignView, user: User, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, prefix="material")
        self.fields["title"] = forms.CharField(label=_("标题"), max_length=200, error_messages=dict(NEEDED))
        self.fields["use"] = forms.ChoiceField(
            label=_("用在哪里"), choices=[("material", _("宣传材料")), ("report", _("活动总结的附件"))]
        )
        self.fields["file"] = forms.FileField(
            label=_("文件"), required=False, max_length=200, widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
            help_text=_("PDF、JPG、PNG 或者 DOCX，不超过 10 MiB。文件、链接、文字只填一种。"),
        )  # fmt: skip
        self.fields["url"] = forms.CharField(label=_("链接"), required=False, max_length=500)
        self.fields["text"] = forms.CharField(
            label=_("文字"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4})
        )
        self.fields["disclosure"] = _disclosure()


class ReportForm(forms.Form):
    """What was held."""

    def __init__(self, one: CampaignView, user: User, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, prefix="report")
        self.fields["report"] = _long(
            _("总结"), _("做了什么、多少人参加、效果怎样。公开的，市民会原样看到。"), one.report
        )


class CancelForm(forms.Form):
    """Why it is not held."""

    def __init__(self, one: CampaignView, user: User, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, prefix="cancel")
        self.fields["reason"] = forms.CharField(
            label=_("取消的理由"),
            max_length=500,
            error_messages={"required": _("请写明理由；公开的活动，市民看得到。")},
        )


CLASSES: dict[str, type[Any]] = {"plan": PlanForm, "material": MaterialForm, "report": ReportForm, "cancel": CancelForm}
FORMS: dict[str, Callable[[], tuple[str, str]]] = {
    "plan": lambda: (_("写计划"), _("保存计划")), "material": lambda: (_("添加材料"), _("添加材料")),
    "report": lambda: (_("写总结"), _("保存总结")), "cancel": lambda: (_("取消这次活动"), _("取消活动")),
}  # fmt: skip
"""Heading and button of each."""


def form_of(what: str, one: CampaignView, user: User, data: Any = None, files: Any = None) -> Any:
    """The form of that name, bound when there is data."""
    return CLASSES[what](one, user, data, files)


def call(what: str, *, acting: Acting, at: dt.datetime, campaign_id: UUID, said: dict[str, Any]) -> None:
    """Do what a valid form says."""
    given: dict[str, Any] = {"acting": acting, "at": at, "campaign_id": campaign_id}
    if what == "plan":
        actions.do_plan_campaign(**given, plan=said["plan"], unit=said.get("unit"), disclosure=said["disclosure"])
    elif what == "material":
        file = said["file"]
        data = {"name": file.name, "data": file.read()} if file else {}
        actions.do_add_material(**given, **data, **{k: said[k] for k in ("title", "use", "text", "url", "disclosure")})
    elif what == "report":
        actions.do_report_campaign(**given, report=said["report"])
    else:
        actions.do_cancel_campaign(**given, reason=said["reason"])
