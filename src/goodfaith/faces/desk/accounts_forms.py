"""Forms of the accounts' pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goodfaith.faces.desk.accounts_words import NO_RIGHTS, role_choices
from goodfaith.parties.models import User
from goodfaith.parties.queries import units
from goodfaith.subjects import numbers


class NewAccountForm(forms.Form):
    """A new officer: who, of which unit."""

    username = forms.CharField(label=_("登录名"), max_length=150)
    name = forms.CharField(label=_("姓名"), max_length=60)
    number = forms.CharField(
        label=_("公民身份号码"), max_length=18, help_text=_("只保存带密钥的摘要，用来保证一人只有一个账号。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"}),
    )  # fmt: skip
    unit = forms.ChoiceField(label=_("单位"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("请选择")), *((unit.code, unit.name) for unit in units())]  # type: ignore[attr-defined]

    def clean_number(self) -> str:
        """A valid ID number in its 18-digit form."""
        number = numbers.normalise_id_number(self.cleaned_data["number"])
        if numbers.check_id_number(number) is not None:
            raise forms.ValidationError(_("公民身份号码不正确，请核对。"))
        return number


class RoleForm(forms.Form):
    """One role, or none."""

    role = forms.ChoiceField(label=_("权限"), widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data, initial={"role": user.role or NO_RIGHTS})
        self.fields["role"].choices = role_choices(user)  # type: ignore[attr-defined]

    def clean_role(self) -> str:
        """'' for no rights."""
        chosen: str = self.cleaned_data["role"]
        return "" if chosen == NO_RIGHTS else chosen
