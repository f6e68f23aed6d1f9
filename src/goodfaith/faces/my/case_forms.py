"""The forms of applying: one question a page, in plain words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.base import File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodfaith.rights.limits import LONGEST, LONGEST_STATEMENT

ACCEPT = ".pdf,.jpg,.jpeg,.png,.docx,image/*,application/pdf"
MOST_AT_ONCE = 10


class _Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class PapersField(forms.FileField):
    """Several papers at once; none is fine too. Cleans to a list."""

    def __init__(self, **kwargs: Any) -> None:
        widget = _Files(attrs={"accept": ACCEPT})
        told = gettext_lazy("PDF、照片或者 Word（DOCX），可以一次选几份，每份不超过 10 MiB。手机可以直接拍照。")
        super().__init__(widget=widget, required=False, help_text=told, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[File[bytes]]:
        """The files that came; what each may be is checked when it is put into the case."""
        files = data if isinstance(data, (list, tuple)) else [data]
        files = [each for each in files if each]
        if len(files) > MOST_AT_ONCE:
            raise forms.ValidationError(_("一次最多上传 10 份，请分几次上传。"))
        return [each for each in files if isinstance(each, File)]


class KindForm(forms.Form):
    """What it is about: one of a few, in plain words."""

    kind = forms.ChoiceField(widget=forms.RadioSelect, error_messages={"required": gettext_lazy("请选择一项。")})

    def __init__(self, *args: Any, kinds: Iterable[tuple[str, str]], label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].label = label
        self.fields["kind"].choices = list(kinds)  # type: ignore[attr-defined]


class RepairForm(KindForm):
    """The route, and which records of the decision; all of them unless the subject takes one out."""

    records = forms.MultipleChoiceField(
        label=gettext_lazy("这份决定的哪些记录"), widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("一次申请就够了：同一份决定的记录已经全部选上。"),
        error_messages={"required": gettext_lazy("请至少选择一条记录。")},
    )  # fmt: skip

    def __init__(self, *args: Any, records: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["records"].choices = records  # type: ignore[attr-defined]
        self.order_fields(["records", "kind"])


class WriteForm(forms.Form):
    """One's own words, and papers."""

    claim = forms.CharField(
        label=gettext_lazy("请写明情况"), max_length=LONGEST, required=False, strip=True,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=gettext_lazy("写您知道的就可以。不用写身份证号码；他人的姓名、号码，不是必需的也不要写。"),
    )  # fmt: skip
    papers = PapersField(label=gettext_lazy("证明材料"))

    def asked(self) -> WriteForm:
        """The form as it is shown: words are not marked as optional, because the next step needs them."""
        self.fields["claim"].required = True
        return self

    def need_words(self) -> bool:
        """Whether something is written; a draft may be saved without, the next step needs it."""
        if self.cleaned_data.get("claim"):
            return True
        self.add_error("claim", _("请写几句，经办人要据此核实。暂时不写的，可以先保存。"))
        return False


class CheckForm(forms.Form):
    """The commitment of an application for repair: a name and a tick are the signature."""

    signed_name = forms.CharField(
        label=gettext_lazy("承诺人（姓名；单位写名称和经办人姓名）"), max_length=100,
        error_messages={"required": gettext_lazy("请写明承诺人。")},
    )  # fmt: skip
    agree = forms.BooleanField(
        label=gettext_lazy("我已经读过上面的承诺书，同意作出承诺"),
        error_messages={"required": gettext_lazy("申请修复须作出信用承诺；请读过以后勾选。")},
    )  # fmt: skip


class NotMeForm(forms.Form):
    """Nothing but what helps to check one's own record: who the right person is, is not asked."""

    claim = forms.CharField(
        label=gettext_lazy("为什么不是您的"), max_length=LONGEST, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("比如从来没有去过那里、没有办过这件事。记录究竟是谁的，由报送单位查明，不用您去找。"),
    )  # fmt: skip
    papers = PapersField(label=gettext_lazy("能证明的材料"))
    sure = forms.BooleanField(
        label=gettext_lazy("我确认这条记录不是我的"), error_messages={"required": gettext_lazy("请勾选确认。")}
    )


class SayForm(forms.Form):
    """Words and papers for a case that stands."""

    text = forms.CharField(
        label=gettext_lazy("补充说明"), max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    papers = PapersField(label=gettext_lazy("补充材料"))


class StatementForm(forms.Form):
    """The own words beside a record."""

    text = forms.CharField(
        label=gettext_lazy("您的说明"), max_length=LONGEST_STATEMENT, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("最多 500 字。写事实和您的解释；不要写身份证号码、电话和他人的姓名。"),
        error_messages={"required": gettext_lazy("请写明您的说明。")},
    )  # fmt: skip
