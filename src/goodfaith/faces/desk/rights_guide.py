"""The guide to repair that is served together with a decision (两书同达): printed for one decision, kept nowhere."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from goodfaith.common import clock
from goodfaith.faces.desk.access import unit_of, user_of
from goodfaith.faces.desk.check_forms import choose
from goodfaith.faces.desk.delivery_forms import Day
from goodfaith.faces.desk.rights_access import HANDLING, page_of, rights
from goodfaith.faces.desk.rights_drafts import pdf
from goodfaith.faces.desk.work_forms import LONGEST_CASE, NO_SAVING, SEEN
from goodfaith.faces.desk.work_words import item_name
from goodfaith.faces.parts import lawbook
from goodfaith.faces.parts.words import day, named
from goodfaith.law.schema import Item
from goodfaith.parties import queries as parties
from goodfaith.parties.models import User
from goodfaith.rights import drafting_guide
from goodfaith.rights.drafting_guide import Served


class DecisionForm(forms.Form):
    """What was decided: the item, and the day, which says what rule applies."""

    item = forms.ChoiceField(
        label=gettext_lazy("决定属于哪个目录条目"), error_messages={"required": gettext_lazy("请选择目录条目。")}
    )
    decided_on = forms.DateField(
        label=gettext_lazy("决定日期"), widget=Day(),
        error_messages={"required": gettext_lazy("请填写决定日期。"), "invalid": gettext_lazy("这不是有效的日期。")},
    )  # fmt: skip

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        choose(self, "item", [("", _("请选择")), *((one.code, named(one.name)) for one in items_of(user))])


class ServedForm(forms.Form):
    """The class of the decision, and what is printed."""

    class_code = forms.ChoiceField(
        label=gettext_lazy("决定属于哪一类"), widget=forms.RadioSelect,
        help_text=gettext_lazy("按展示规则的分类选；有几种处罚的，选最重的一种。"),
        error_messages={"required": gettext_lazy("请选择一类。")},
    )  # fmt: skip
    document_no = forms.CharField(
        label=gettext_lazy("决定文书号"), max_length=LONGEST_CASE, validators=[SEEN],
        error_messages={"required": gettext_lazy("请填写决定文书号。")}, widget=forms.TextInput(attrs=NO_SAVING),
    )  # fmt: skip
    party = forms.CharField(
        label=gettext_lazy("当事人姓名或者名称"), max_length=200, validators=[SEEN],
        help_text=gettext_lazy("只用于排印，不保存。"), error_messages={"required": gettext_lazy("请填写当事人。")},
        widget=forms.TextInput(attrs=NO_SAVING),
    )  # fmt: skip


def items_of(user: User) -> list[Item]:
    """The negative items that the officer's unit reports; for the credit office all."""
    own = None if user.role == "credit_office" else set(parties.items_of(user.unit_id or ""))
    found = (one for one in lawbook.book().items.values() if one.polarity == "negative")
    return sorted((one for one in found if own is None or one.code in own), key=lambda one: named(one.name))


@rights(*HANDLING)
@require_http_methods(["GET", "HEAD", "POST"])
def guide(request: HttpRequest) -> HttpResponse:
    """First the decision (by GET, nothing in it is personal), then its class and what is printed; a POST prints."""
    user = user_of(request)
    asked = request.GET.copy()
    asked.setdefault("decided_on", clock.today().isoformat())
    form = DecisionForm(asked if request.GET else None, user=user)
    if not form.is_bound or not form.is_valid():
        status = 422 if form.is_bound else 200
        context = {"form": form, "none": not items_of(user)}
        return page_of(request, "guide", "repair_guide", status=status, **context)
    return _second(request, form.cleaned_data)


def _second(request: HttpRequest, decision: dict[str, Any]) -> HttpResponse:
    item, decided_on = lawbook.item(decision["item"]), decision["decided_on"]
    found = drafting_guide.classes(item, decided_on)
    form = ServedForm(request.POST if request.method == "POST" else None)
    choose(form, "class_code", [(one.code, named(one.name)) for one in found])
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        served = Served(unit_of(request), item.code, said["class_code"], decided_on, said["document_no"], said["party"])
        return pdf(drafting_guide.repair_guide(served, clock.today()), "repair-guide")
    return page_of(
        request, "guide_served", "repair_guide", _("排印"), form=form, item=item_name(item.code), decided_on=decided_on,
        terms=_terms(item, found, decided_on, unit_of(request)), status=422 if form.is_bound else 200,
    )  # fmt: skip


def _terms(item: Item, classes: list[Any], decided_on: Any, unit: str) -> list[dict[str, Any]]:
    """What each class means for the party: from when repair may be applied for, until when it is shown."""
    made = []
    for one in classes:
        terms = drafting_guide.terms(Served(unit, item.code, one.code, decided_on, "-", "-"))
        last = terms.last_day or terms.rule_last_day
        why = _("不能提前结束") if terms.barred else ""
        until = day(last) if last else _("没有固定期限")
        first = why or day(terms.earliest)
        made.append({"name": named(one.name), "earliest": first, "last": until, "basis": one.basis})
    return made
