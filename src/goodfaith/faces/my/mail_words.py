"""Messages about cases, and about new records with how to repair them, in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from goodfaith.faces.parts import case_words, lawbook
from goodfaith.faces.parts.units import unit_name
from goodfaith.faces.parts.words import named
from goodfaith.gate.handles import MessageView
from goodfaith.rights.procedures import PROCEDURES
from goodfaith.rights.views import CaseView

NOT_STEPS = frozenset({"statement_hidden", "guardian", "agent", "confirmed"})


def of_case(view: MessageView, cases: Mapping[str, CaseView]) -> tuple[str, str, str]:
    """(title, text, where it leads)."""
    facts = view.facts
    if view.kind == "finding":
        return _finding(view)
    unit = unit_name(facts["unit"]) if facts.get("unit") else _("信用主管部门")
    if facts.get("step") in NOT_STEPS:
        return _aside(str(facts["step"]), unit, facts.get("case"))
    case = cases.get(str(facts.get("case")))
    url = reverse("my:case", args=[facts["case"]]) if facts.get("case") else reverse("my:cases")
    if case is None:
        return _("您的办件有了进展"), _("请进入办件查看。"), url
    return (*_step(case, str(facts.get("step"))), url)


def _step(case: CaseView, code: str) -> tuple[str, str]:
    steps = {step.code: step for step in PROCEDURES[case.procedure].steps}
    step = steps.get(code, case.at_step)
    told = {"number": case.number, "step": _(step.name), "title": case_words.title(case)}
    return _("办件 %(number)s：%(step)s") % told, _("%(title)s。") % told + _(step.says)


def _aside(step: str, unit: str, case_id: object) -> tuple[str, str, str]:
    url = reverse("my:case", args=[case_id]) if case_id else reverse("my:cases")
    represented = _("登记了一项代理")
    told = {
        "statement_hidden": (_("记录旁的说明被隐藏"), _("%(unit)s隐藏了您的说明，依据写在那条记录的“我的说明”里。")),
        "guardian": (represented, _("%(unit)s登记了监护人可以代您办理。不对的，可以马上结束。")),
        "agent": (represented, _("%(unit)s登记了受托人可以代您办理。不对的，可以马上结束。")),
        "confirmed": (_("%(unit)s确认了撤回通知"), _("它写明了对用过的旧内容做了什么。")),
    }[step]
    if step in ("guardian", "agent"):
        url = reverse("my:representations")
    elif step == "statement_hidden":
        url = reverse("my:home")
    return told[0] % {"unit": unit}, told[1] % {"unit": unit}, url


def _finding(view: MessageView) -> tuple[str, str, str]:
    """A new record, together with how to repair it (两书同达)."""
    facts, known = view.facts, lawbook.book().items
    item = facts.get("item", "")
    told = {"item": named(known[item].name) if item in known else item, "unit": unit_name(facts["unit"])}
    text = _("%(unit)s报送。公示到哪天、什么时候可以修复、要带什么，一并告知；有错的可以提出异议。") % told
    return _("新的失信信息：%(item)s") % told, text, reverse("my:record", args=[facts["record"]])
