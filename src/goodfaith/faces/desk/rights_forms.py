"""The form of an act: only what the act needs. What is allowed is the actions' business."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.common.procedure import Act
from goodfaith.faces.desk.delivery_forms import Day
from goodfaith.faces.desk.rights_remedies import RemedyFields, ways
from goodfaith.faces.desk.rights_words import LINES_SEEN
from goodfaith.faces.desk.work_forms import LONGEST_CASE, SEEN
from goodfaith.faces.parts.units import unit_choices
from goodfaith.law import queries as law
from goodfaith.law.procedures import Procedure
from goodfaith.parties import queries as parties
from goodfaith.parties.models import User
from goodfaith.rights import clocks, drafting, drafting_course
from goodfaith.rights.limits import LONGEST
from goodfaith.rights.views import CaseView

ROWS = 5
"""Things that can be asked for at once."""
SAYS_REMEDY = frozenset({"maintain", "correct", "annul", "unlink", "refuse", "grant", "deny", "uphold", "dismiss"})
"""Acts whose letter states how to contest."""
BETWEEN = frozenset({"explain"})
"""Acts whose words stay between authorities."""
WITH_NUMBER = frozenset({"annul"})
"""Acts for which a new effective document can be named where the rule does not ask for it."""


@dataclass(frozen=True)
class Call:
    """What the form says, as ``do_act`` takes it."""

    texts: dict[str, str] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    unit: str | None = None
    officer: str | None = None
    corrections: dict[UUID, dict[str, str]] = field(default_factory=dict)


def _text(label: str, hint: str, *, rows: int = 6, required: bool = True, missing: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=LONGEST, required=required, help_text=hint, validators=[LINES_SEEN],
        widget=forms.Textarea(attrs={"rows": rows}), error_messages={"required": missing or _("请写明内容。")},
    )  # fmt: skip


class ActForm(forms.Form):
    """The fields of one act at one case."""

    def __init__(self, data: Any = None, *, case: CaseView, act: Act, user: User) -> None:
        super().__init__(data)
        self.case, self.act, self.user = case, act, user
        says_remedy = (act.code in SAYS_REMEDY and case.procedure != "note") or "remedy" in act.needs
        self.remedies = RemedyFields(ways(case, act.code, clock.today())) if says_remedy else None
        self._words()
        self._choices()
        if self.remedies:
            self.remedies.add_to(self)

    def _words(self) -> None:
        act = self.act
        if act.code == "ask":
            self._missing()
        elif (self.case.procedure, act.code) == ("repair", "deny"):
            self.fields["found"] = _text(_("审查情况"), _("核对了什么、结果怎样。当事人会原样看到。"))
            hint = _("还差什么，做到什么以后可以再次申请。当事人会原样看到。")
            self.fields["why"] = _text(_("不予修复的理由"), hint)
        elif "text" in act.needs:
            self.fields["answer"] = _text(*self._answer_words())
        if "reason" in act.needs:
            missing = _("请写明理由，理由会告知当事人。")
            self.fields["reason"] = _text(_("理由"), _("当事人会原样看到。"), rows=4, missing=missing)
        if "number" in act.needs or act.code in WITH_NUMBER:
            self.fields["number"] = forms.CharField(
                label=_("新的生效文书文号"), max_length=LONGEST_CASE, required="number" in act.needs, validators=[SEEN],
                help_text=_("撤销、变更原决定的文书，或者复议决定书、判决书的文号。"),
                error_messages={"required": _("请写明生效文书的文号；没有新的生效文书，不能改变记录。")},
            )  # fmt: skip

    def _answer_words(self) -> tuple[str, str]:
        return {
            "maintain": (_("核查情况"), _("核对了哪些原件、结果怎样，每段一行。会写进答复书，当事人原样看到。")),
            "correct": (_("核查情况"), _("核对了哪些原件、错在哪里。会写进答复书，当事人原样看到。")),
            "refuse": (_("不予受理的理由"), _("每条理由一行。会写进告知书，当事人原样看到。")),
            "urge": (_("督办意见"), _("承办单位和当事人都会看到。")),
            "give_back": (_("退回的原因"), _("例如：这条记录不是本单位报送的。")),
            "hear": (_("请单位说明什么"), _("被要求说明的单位会看到。")),
            "explain": (_("说明"), _("写明当时怎样办的、依据是什么。")),
        }.get(self.act.code, (_("答复"), _("会写进答复书，当事人原样看到。")))

    def _missing(self) -> None:
        for n in range(1, ROWS + 1):
            self.fields[f"what_{n}"] = forms.CharField(label=_("还缺的材料"), max_length=120, required=n == 1)
            self.fields[f"why_{n}"] = forms.CharField(label=_("为什么需要"), max_length=200, required=n == 1)
            self.fields[f"how_{n}"] = forms.CharField(label=_("怎样取得、怎样提交"), max_length=200, required=n == 1)
        for name in ("what_1", "why_1", "how_1"):
            self.fields[name].error_messages["required"] = _("请写明；当事人要按它准备。")
        self.fields["supply_by"] = forms.DateField(
            label=_("请在哪一天以前补齐"), initial=_supply_by(self.case), widget=Day(min=clock.today().isoformat()),
            error_messages={"required": _("请写明最后一天。"), "invalid": _("这不是有效的日期。")},
        )  # fmt: skip

    @property
    def missing_rows(self) -> list[list[forms.BoundField]]:
        """The fields of what is missing, row by row."""
        numbers = range(1, ROWS + 1) if "what_1" in self.fields else ()
        return [[self[f"{name}_{n}"] for name in ("what", "why", "how")] for n in numbers]

    @property
    def remedy_rows(self) -> list[list[forms.BoundField]]:
        """For each way to contest: where, and the last day."""
        ways = self.remedies.found if self.remedies else []
        return [[self[f"{way.kind}_to"], self[f"{way.kind}_day"]] for way in ways]

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """The fields that stand by themselves."""
        rows = {one.name for row in (*self.missing_rows, *self.remedy_rows) for one in row}
        return [one for one in self if one.name not in rows]

    def _choices(self) -> None:
        if "officer" in self.act.needs:
            officers = parties.officers(self.case.unit or self.user.unit_id or "")
            named = [(str(one.pk), one.display_name or one.username) for one in officers if one.role in _ROLES]
            self.fields["officer"] = forms.ChoiceField(
                label=_("交给谁办"), choices=named, widget=forms.RadioSelect,
                error_messages={"required": _("请选择交给谁办。")},
            )  # fmt: skip
        if "unit" in self.act.needs:
            self.fields["unit"] = forms.ChoiceField(
                label=_("由哪个单位说明"), choices=[("", _("请选择")), *unit_choices()],
                error_messages={"required": _("请选择由哪个单位说明。")},
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Rows of what is missing are whole; remedies have place and day."""
        said = super().clean() or {}
        for n in range(2, ROWS + 1):
            row = [said.get(f"{name}_{n}") for name in ("what", "why", "how")]
            if any(row) and not all(row):
                self.add_error(f"what_{n}", _("第 %(n)s 项没有写全：材料、原因、办法都要写。") % {"n": n})
        if self.remedies:
            self.remedies.check(self, required=self._must_state())
        return said

    def _must_state(self) -> bool:
        return "remedy" in self.act.needs or drafting.has_letter(self.case.procedure, self.act.code)

    def call(self) -> Call:
        """What a valid form says."""
        said = self.cleaned_data
        texts = {name: said[name] for name in ("answer", "reason") if said.get(name)}
        facts: dict[str, Any] = {"number": said["number"].strip()} if said.get("number") else {}
        if "what_1" in said:
            texts["answer"] = self._missing_text(said)
            facts["supply_by"] = said["supply_by"].isoformat()
        if "found" in said:
            texts["answer"] = drafting.join_refusal(said["found"], said["why"])
        if self.act.code in BETWEEN:
            texts = {"explanation": texts["answer"]}
        if self.remedies:
            facts |= {"remedy": told} if (told := self.remedies.facts(said)) else {}
        return Call(texts, facts | self._decider(), said.get("unit") or None, said.get("officer") or None)

    def _decider(self) -> dict[str, str]:
        """Who decides after it was accepted, for the letter."""
        source = self.case.records[0].source_unit if self.case.records else ""
        found = {"forward": source, "take": self.user.unit_id, "accept": self.user.unit_id}.get(self.act.code)
        return {"decider": found} if found else {}

    def _missing_text(self, said: dict[str, Any]) -> str:
        rows = [[said.get(f"{name}_{n}") or "" for name in ("what", "why", "how")] for n in range(1, ROWS + 1)]
        whole = [row for row in rows if row[0]]
        return "\n".join(drafting_course.missing_line(n, *row) for n, row in enumerate(whole, 1))


_ROLES = ("clerk", "credit_office")


def _supply_by(case: CaseView) -> dt.date | None:
    """The last day that the packs give for completing papers; None where no rule does."""
    procedure: Procedure = case.procedure  # type: ignore[assignment]
    area, today = str(settings.CITY["area_code"]), clock.today()
    chosen = law.limit_for(procedure=procedure, step="supplement", area=area, on=today, item=case.item)
    return clocks.due(chosen.limit, today) if chosen else None


def permitted(case: CaseView, code: str) -> Act:
    """The act, if this officer may do it now; Problem (409) that says why not."""
    found = next((act for act in case.may() if act.code == code), None)
    if found is not None:
        return found
    known = case.rules.act(code, case.step)
    if known is not None and known.decides and case.entered_it and set(case.parts) & set(known.by):
        what = _("录入这条记录或者代为登记这件案件的人，不能自己作决定。")
        raise Problem("four_eyes", what, _("请交本单位另一位工作人员办理。"), status=409)
    raise Problem("act_not_here", _("这一步现在不能办。"), _("请重新打开案件，看现在可以办什么。"), status=409)
