"""Forms of acts on an assignment: the words, and what shows the progress."""

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
from goodfaith.common.procedure import Act
from goodfaith.duties import actions
from goodfaith.duties.queries import desk_figures
from goodfaith.faces.desk import duties_words as words
from goodfaith.faces.desk.delivery_forms import Day
from goodfaith.faces.desk.rights_papers import ACCEPT
from goodfaith.faces.desk.work_words import percent


class ActForm(forms.Form):
    """The words of an act."""

    text = forms.CharField(label="", max_length=4000, widget=forms.Textarea(attrs={"rows": 6}),
                           error_messages={"required": gettext_lazy("请写明内容。")})  # fmt: skip

    def __init__(self, data: Any, act: Act) -> None:
        super().__init__(data)
        label, hint = _asked(act.code)
        self.fields["text"].label, self.fields["text"].help_text = label, hint
        self.fields["text"].required = "text" in act.needs


def _asked(code: str) -> tuple[str, str]:
    """Label and hint of the words of an act."""
    return {
        "report": (_("做了什么、做到什么程度"), _("写清楚结果和数字；审核认可后，公开的任务会原样向社会公布。")),
        "add": (_("本单位做了什么"), _("牵头单位和联席会议办公室会看到。")),
        "decline": (
            _("为什么不属于本单位职责"),
            _("写明依据，最好写明应由哪个单位办。联席会议办公室据此调整责任单位。"),
        ),
        "return": (_("还缺什么"), _("责任单位按这里写的补充。")),
        "urge": (_("催办意见"), _("责任单位会看到。")),
        "accept": (_("审核意见"), _("责任单位会看到。")),
        "go_on": (_("审核意见"), _("责任单位会看到。")),
    }.get(code, (_("说明"), _("会留在办理记录里。")))


class EvidenceForm(forms.Form):
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
        self, data: Any = None, files: Any = None, *, now: dict[str, float | None], since: dt.date, until: dt.date
    ) -> None:
        super().__init__(data, files, initial={"since": since, "until": until})
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


def evidence_form(request: HttpRequest, acting: Acting) -> EvidenceForm:
    """With the figures of the officer's unit as they are now, from the beginning of the year."""
    today = clock.today()
    since = today.replace(month=1, day=1)
    posted = request.method == "POST"
    now = desk_figures.now(acting, since, today)
    return EvidenceForm(
        request.POST if posted else None, request.FILES if posted else None, now=now, since=since, until=today
    )


def hand_in(acting: Acting, assignment_id: uuid.UUID, said: dict[str, Any]) -> None:
    """Put what a valid form says beside the assignment."""
    at = clock.now()
    if said.get("file"):
        file = cast("UploadedFile[bytes]", said["file"])
        actions.do_add_file(acting=acting, at=at, assignment_id=assignment_id, title=said["file_title"],
                            name=cast(str, file.name), data=file.read())  # fmt: skip
    if said.get("link"):
        actions.do_add_link(
            acting=acting, at=at, assignment_id=assignment_id, title=said["link_title"], url=said["link"]
        )
    if said.get("figure"):
        until = said["until"] + dt.timedelta(days=1)
        actions.do_add_figure(
            acting=acting, at=at, assignment_id=assignment_id, figure=said["figure"], since=said["since"], until=until
        )
