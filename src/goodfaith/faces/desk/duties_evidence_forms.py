"""Forms of what shows the progress: a file, a link, a figure, and how open each may be."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodfaith.common import clock
from goodfaith.common.acting import Acting
from goodfaith.duties import actions, rules
from goodfaith.duties.queries import desk_figures
from goodfaith.faces.desk import duties_words as words
from goodfaith.faces.desk.delivery_forms import Day
from goodfaith.faces.desk.rights_papers import ACCEPT
from goodfaith.faces.desk.work_words import percent


def class_choices(clause: str) -> list[tuple[str, str]]:
    """The classes that a clause of this class allows, and what follows from each."""
    follows = {
        "open": _("主动公开：进展认可后列在公开页面，任何人都能看、能下载"),
        "on_request": _("依申请公开：公开页面只列文件的名称，申请了才给"),
        "shared": _("政务共享：只有工作人员能看，公开页面只写有几份"),
    }
    return [(code, follows[code]) for code in rules.classes_within(clause)]


class ClassForm(forms.Form):
    """How open a piece is; for pictures somebody's word."""

    disclosure = forms.ChoiceField(label=gettext_lazy("公开属性"), widget=forms.RadioSelect, initial="shared",
                                   error_messages={"required": gettext_lazy("请选择公开属性。")})  # fmt: skip
    attested = forms.BooleanField(label=gettext_lazy("已核对，不含个人信息"), required=False)

    def allow(self, clause: str) -> None:
        """Offer what a clause of this class allows."""
        self.fields["disclosure"].choices = class_choices(clause)  # type: ignore[attr-defined]
        if clause != "open":
            del self.fields["attested"]


class EvidenceForm(ClassForm):
    """A file, a link, a figure that the platform measures: any of them."""

    file_title = forms.CharField(label=gettext_lazy("文件的名称"), max_length=200, required=False)
    file = forms.FileField(label=gettext_lazy("文件"), required=False, max_length=255,
                           help_text=gettext_lazy("PDF、JPG、PNG 或者 DOCX，不超过 10 MiB。"),
                           widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
                           error_messages={"empty": gettext_lazy("文件是空的。")})  # fmt: skip
    link = forms.CharField(label=gettext_lazy("链接"), max_length=500, required=False,
                           help_text=gettext_lazy("例如已经公布的网页，以 https:// 开头。"))  # fmt: skip
    link_title = forms.CharField(label=gettext_lazy("链接的名称"), max_length=200, required=False)
    figure = forms.ChoiceField(label=gettext_lazy("平台测量的数字"), required=False)
    since = forms.DateField(label=gettext_lazy("统计从"), required=False, widget=Day())
    until = forms.DateField(label=gettext_lazy("到（含当天）"), required=False, widget=Day())

    def __init__(
        self, data: Any = None, files: Any = None, *, clause: str, now: dict[str, float | None], since: dt.date,
        until: dt.date,
    ) -> None:  # fmt: skip
        if data is not None and "disclosure" not in data:
            data = {**data.dict(), "disclosure": "shared"}  # what is not said is not public
        super().__init__(data, files, initial={"since": since, "until": until})
        self.allow(clause)
        named = [(code, _("%(name)s：现在 %(value)s") % {"name": name, "value": percent(now.get(code))})
                 for code, name in words.figure_names()]  # fmt: skip
        self.fields["figure"].choices = [("", _("不附数字")), *named]  # type: ignore[attr-defined]
        self.fields["figure"].help_text = _("数字由平台从报送和办理记录中测量，提交时定格，不能改。")

    def clean(self) -> dict[str, Any]:
        """A figure has its period."""
        said = super().clean() or {}
        since, until = said.get("since"), said.get("until")
        if said.get("figure") and (not since or not until or since > until):
            self.add_error("since", _("请写明统计期间，开始不晚于结束。"))
        return said

    @property
    def anything(self) -> bool:
        """Whether a valid form hands anything in."""
        return any(self.cleaned_data.get(name) for name in ("file", "link", "figure"))


def evidence_form(request: HttpRequest, acting: Acting, clause: str) -> EvidenceForm:
    """With the figures of the officer's unit as they are now, from the beginning of the year. ``clause``: the duty's
    class."""
    today = clock.today()
    since = today.replace(month=1, day=1)
    posted = request.method == "POST"
    now = desk_figures.now(acting, since, today)
    return EvidenceForm(
        request.POST if posted else None, request.FILES if posted else None, clause=clause, now=now, since=since,
        until=today,
    )  # fmt: skip


def hand_in(acting: Acting, assignment_id: uuid.UUID, said: dict[str, Any]) -> None:
    """Put what a valid form says beside the assignment."""
    actions.do_hand_in(acting=acting, at=clock.now(), assignment_id=assignment_id, handed=handed(said))


def handed(said: dict[str, Any]) -> actions.Handed:
    """What a valid form says, for the action."""
    file = cast("UploadedFile[bytes] | None", said.get("file"))
    figure = said.get("figure")
    return actions.Handed(
        file=(said["file_title"], cast(str, file.name), file.read()) if file else None,
        link=(said["link_title"], said["link"]) if said.get("link") else None,
        figure=(figure, said["since"], said["until"] + dt.timedelta(days=1)) if figure else None,
        disclosure=said["disclosure"], attested=bool(said.get("attested")),
    )  # fmt: skip


class DisclosureForm(ClassForm):
    """Another class for a piece that was handed in."""

    reason = forms.CharField(label=gettext_lazy("理由"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
                             help_text=gettext_lazy("记入这项任务的经过。"),
                             error_messages={"required": gettext_lazy("请写明理由。")})  # fmt: skip

    def __init__(self, data: Any, clause: str, now: str, *, file: bool) -> None:
        super().__init__(data, initial={"disclosure": now})
        self.allow(clause)
        if not file:
            self.fields.pop("attested", None)
