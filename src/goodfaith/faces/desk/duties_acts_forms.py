"""Forms of acts on an assignment: the words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodfaith.common.procedure import Act


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
