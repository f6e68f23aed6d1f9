"""Entries, findings, reviews, complaints and cases in words, for the auditor."""

from __future__ import annotations

import json
import re
from typing import Any

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from goodfaith.faces.desk import work_words
from goodfaith.faces.desk.check_words import matter_name
from goodfaith.faces.parts.catalogue_words import subject_name
from goodfaith.faces.parts.templatetags.goodfaith_parts import status_tag
from goodfaith.faces.parts.words import aside, day, labelled, moment
from goodfaith.gate.rules import REFUSAL
from goodfaith.oversight.rules import RULES
from goodfaith.oversight.views import EntryLine, FindingView

OUTCOMES = ("opened", "answered", "refused", "mismatch", "unknown", "done")
OWN = {"citizen", "enterprise"}
OUR_ID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def outcome(code: str, refusal: str | None = None) -> SafeString:
    """The tag of an outcome, and why it was refused."""
    kind, word = work_words.outcome_tag(code)
    return format_html("{} {}", status_tag(kind, word), why(refusal))


def why(refusal: str | None) -> str:
    """A refusal in a sentence; empty when there was none."""
    if not refusal:
        return ""
    known = REFUSAL.get(refusal)
    return _(known.sentence) if known else refusal


def who(entry: EntryLine) -> str:
    """Who looked. Subjects are not named: only that the subject itself looked."""
    kind = work_words.actor_name(entry.actor_kind)
    return kind if entry.actor_kind in OWN else (entry.actor_name or "—") + aside(kind)


def unit(code: str | None) -> str:
    """The unit's short name; a dash when there is none."""
    return work_words.short_unit(code) if code else "—"


def subject(entry: EntryLine) -> str:
    """What kind of subject, and its stand-in: the same for every look at the same subject."""
    kind = subject_name(entry.subject_kind) if entry.subject_kind else "—"
    return labelled(kind, entry.subject) if entry.subject else kind


def purpose(entry: EntryLine) -> str:
    """The purpose, and the matter that it belongs to."""
    name = work_words.purpose_name(entry.purpose)
    return name + aside(matter_name(entry.matter)) if entry.matter else name


def case(entry: EntryLine) -> str | None:
    """The case number; an id of ours by its beginning."""
    text = entry.case_no
    return f"{text[:8]}…" if text and OUR_ID.fullmatch(text) else text


def items(entry: EntryLine) -> str | None:
    """Which items were asked for; what the auditor did stands there as codes and is left out."""
    if not entry.items or entry.purpose in ("audit_review", "complaint_handling"):
        return None
    return _("、").join(work_words.item_name(code) for code in entry.items)


def facts(entry: EntryLine) -> list[tuple[str, Any]]:
    """An entry as label and value."""
    hidden = day(entry.shown_from) if entry.shown_from else None
    found = [
        (_("日志号"), entry.id), (_("时间"), moment(entry.at)), (_("谁"), who(entry)), (_("单位"), unit(entry.unit)),
        (_("目的"), purpose(entry)), (_("办件编号或事由"), entry.case_no or "—"), (_("对象"), subject(entry)),
        (_("条目"), items(entry)), (_("结果"), outcome(entry.outcome, entry.refusal)),
        (_("记录数"), entry.records), (_("依据的授权数"), len(entry.consents) if entry.consents else None),
        (_("延迟告知至"), hidden),
    ]  # fmt: skip
    return [(label, value) for label, value in found if value is not None]


def thresholds() -> dict[str, int]:
    """What counts as unusual, from the settings."""
    limits: dict[str, int] = settings.OVERSIGHT["rules"]
    return limits


def rule_name(code: str | None) -> str:
    """A rule's name."""
    return str(RULES[code].name) if code in RULES else (code or "—")


def rule_says(code: str) -> str:
    """What a rule looks for, with its thresholds."""
    return str(RULES[code].says) % thresholds()


def finding(found: FindingView) -> str:
    """A finding in one sentence."""
    median = {key: found.facts.get(key) or 0 for key in ("own", "peers")}
    said = {
        "who": found.actor_name or found.actor, "unit": unit(found.unit), "day": day(found.day), "n": found.n,
        "cases": found.facts.get("cases", 0), "subject": found.facts.get("subject", ""),
        **{key: f"{value:g}" for key, value in median.items()},
    }  # fmt: skip
    return _sentences()[found.rule] % said


def _sentences() -> dict[str, str]:
    return {
        "night": _("%(unit)s %(who)s 在%(day)s的夜间查询了 %(n)s 次。"),
        "day_off": _("%(unit)s %(who)s 在%(day)s（非工作日）查询了 %(n)s 次。"),
        "volume": _(
            "%(unit)s %(who)s 在%(day)s查询了 %(n)s 次，写了 %(cases)s 个不同的事由；"
            "本人此前的日中位数是 %(own)s 次，同单位其他人员是 %(peers)s 次。"
        ),
        "neighbours": _("%(unit)s %(who)s 在%(day)s查询了 %(n)s 名号码相邻的人。"),
        "same_name": _("%(unit)s %(who)s 在%(day)s有 %(n)s 次查询的对象与本人同名。"),
        "refusals": _("%(unit)s %(who)s 在%(day)s有 %(n)s 次查询没有结果（被拒绝、不符或者查无主体）。"),
        "repeat": _("%(unit)s %(who)s 到%(day)s为止在 %(n)s 天里查询了同一主体（%(subject)s）。"),
        "unfollowed": _("%(unit)s %(who)s 在%(day)s以核对疑似重复为由查询了 %(n)s 次，之后没有判定。"),
        "weak_case": _("%(unit)s %(who)s 在%(day)s有 %(n)s 次查询的事由看不出是哪件事。"),
    }


def review_tag(code: str) -> tuple[str, str]:
    """Kind and word of the tag for the outcome of a review."""
    return {
        "pending": ("waiting", _("待复核")),
        "in_order": ("order", _("合规")),
        "explained": ("action", _("已说明")),
        "misuse": ("restraint", _("违规查询")),
    }[code]


def complaint_tag(state: str, result: str | None) -> tuple[str, str]:
    """Kind and word of the tag for a complaint."""
    if state == "answered":
        return ("order", _("已答复：查询合规")) if result == "in_order" else ("restraint", _("已答复：查询不合规"))
    return {"open": ("waiting", _("待答复")), "withdrawn": ("quiet", _("已撤回"))}[state]


def misuse_tag(state: str, result: str | None) -> tuple[str, str]:
    """Kind and word of the tag for a case of misuse."""
    if state == "open":
        return "waiting", _("办理中")
    return ("restraint", _("已办结：属实")) if result == "confirmed" else ("order", _("已办结：不属实"))


def filter_words(filters: dict[str, Any]) -> str:
    """The filters of a reading, as they stand in its own entry."""
    kept = {name: str(value) for name, value in filters.items() if value and name != "same_as"}
    return json.dumps(kept, ensure_ascii=False)[1:-1].replace('"', "")[:120]
