"""My: "is this right?". A complaint about one look, and what became of it."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from goodfaith.common import clock
from goodfaith.common.acting import Acting
from goodfaith.common.problems import Problem
from goodfaith.faces.my import looking
from goodfaith.faces.my.access import own_file
from goodfaith.faces.my.looks import answer_limit, everything, look_of
from goodfaith.oversight import actions as oversight
from goodfaith.oversight import queries as reading
from goodfaith.oversight.limits import due_on

LONGEST = 1_900


class ComplaintForm(forms.Form):
    """What is wrong with the look, and why."""

    about = forms.ChoiceField(
        label=gettext_lazy("哪里不对"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选择一项；都不合适时选“其他”。")},
    )
    why = forms.CharField(
        label=gettext_lazy("请写明经过"),
        max_length=LONGEST,
        help_text=gettext_lazy("写您知道的就可以：您有没有办过这件事、认不认识这个单位。不用写证件号码。"),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("请写几句经过，审计员要据此核查。")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = [(text, text) for text in _abouts()]  # type: ignore[attr-defined]

    @property
    def text(self) -> str:
        """The complaint as one text."""
        return f"{self.cleaned_data['about']}\n{self.cleaned_data['why']}"


def _abouts() -> list[str]:
    return [
        _("我没有办过这件事"),
        _("我没有同意过，也不认识这个单位"),
        _("看得太多，与所办的事无关"),
        _("查询的人与我有私人关系"),
        _("其他"),
    ]


@own_file
@require_http_methods(["GET", "HEAD", "POST"])
def complain(request: HttpRequest, entry_id: int) -> HttpResponse:
    """What is wrong with this look, and what happens next."""
    acting: Acting = request.user.acting  # type: ignore[union-attr]
    look = look_of(acting, entry_id)
    if not look.may_complain:
        return redirect("my:look", entry_id)
    form = ComplaintForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_valid():
        try:
            oversight.do_complain(acting=acting, at=clock.now(), entry_id=entry_id, text=form.text)
        except Problem as problem:
            form.add_error(None, str(problem))
            status = problem.status
        else:
            messages.success(request, _("已收到。审计员会核实这次查询，答复会显示在这里。"))
            return redirect("my:complaints")
    today = clock.today()
    limit = answer_limit()
    context = {"here": "looks", "look": look, "form": form, "limit": limit, "due_on": due_on(today, [limit])}
    return render(request, "my/complain.html", context, status=status)


@own_file
def complaints(request: HttpRequest) -> HttpResponse:
    """Every complaint about a look, its clock and its answer."""
    acting: Acting = request.user.acting  # type: ignore[union-attr]
    made = sorted(reading.my_complaints(acting), key=lambda one: one.made_at, reverse=True)
    wanted = {one.entry_id for one in made}
    entries = [entry for entry in everything(acting) if entry.id in wanted] if made else []
    looks = {look.entry.id: look for look in looking.looks(entries)}
    pairs = [(one, looks.get(one.entry_id)) for one in made]
    return render(request, "my/complaints.html", {"here": "looks", "pairs": pairs})


@own_file
@require_POST
def withdraw(request: HttpRequest, complaint_id: uuid.UUID) -> HttpResponse:
    """Withdraw a complaint that is not answered yet."""
    acting: Acting = request.user.acting  # type: ignore[union-attr]
    oversight.do_withdraw_complaint(acting=acting, at=clock.now(), complaint_id=complaint_id)
    messages.success(request, _("投诉已撤回。"))
    return redirect("my:complaints")
