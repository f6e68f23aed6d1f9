"""The rules of oversight, pure: what counts as unusual access. (Samples, periods and due days: :mod:`.limits`.)

Each rule of unusual access has its twin in ``sql/findings.sql``; a test holds both to the same answer. Nobody is
judged by a rule: a finding asks a person to look.
"""

from __future__ import annotations

import datetime as dt
import re
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from goodfaith.common.clock import CHINA

AUDIT = frozenset({"audit_review", "complaint_handling"})
SEEN = frozenset({"opened", "answered"})
NOTHING_SEEN = frozenset({"refused", "mismatch", "unknown"})
KEPT = 100
"""How many entries a finding names at most."""
NUMERAL = re.compile("[0-9０-９一二三四五六七八九十]")


@dataclass(frozen=True)
class Look:
    """An entry of the ledger as the rules see it. ``subject``, ``neighbourhood``: anything that can be compared.

    ``followed_at``: for the review of a suspected duplicate, the first judgement after the look.
    """

    id: int
    at: dt.datetime
    kind: str
    actor: str
    unit: str
    subject: object = None
    purpose: str = "credit_administration"
    case_no: str | None = None
    outcome: str = "opened"
    refusal: str | None = None
    neighbourhood: bytes | None = None
    same_name: bool = False
    followed_at: dt.datetime | None = None

    @property
    def here(self) -> dt.datetime:
        """The moment in China's time."""
        return self.at.astimezone(CHINA)

    @property
    def seen(self) -> bool:
        """Whether an officer saw something, other than in an audit."""
        return self.kind == "officer" and self.outcome in SEEN and self.purpose not in AUDIT


@dataclass(frozen=True)
class Found:
    """A finding: by which rule, whose looks, on which day (the last), how many, and which entries."""

    rule: str
    kind: str
    actor: str
    unit: str
    day: dt.date
    n: int
    entries: tuple[int, ...]
    facts: dict[str, Any] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Period:
    """What is searched: looks from ``since`` (a midnight in China) up to ``until``; ``closed`` are its days off."""

    since: dt.datetime
    until: dt.datetime
    closed: frozenset[dt.date] = frozenset()

    def holds(self, look: Look) -> bool:
        """Whether the look lies in it."""
        return self.since <= look.at < self.until


Thresholds = dict[str, int]


def _grouped(looks: Iterable[Look], key: Callable[[Look], Any]) -> dict[Any, list[Look]]:
    groups: dict[Any, list[Look]] = defaultdict(list)
    for look in looks:
        groups[key(look)].append(look)
    return groups


def _of_day(look: Look) -> tuple[str, str, str, dt.date]:
    return look.kind, look.actor, look.unit, look.here.date()


class Rule(ABC):
    """One rule: ``code``, ``name``, and ``says``, the sentence that the auditor reads beside its findings."""

    code: ClassVar[str]
    name: ClassVar[str | Promise]
    says: ClassVar[str | Promise]

    @abstractmethod
    def find(self, looks: Sequence[Look], period: Period, limits: Thresholds) -> list[Found]:
        """The findings of a period; ``looks`` reach back ``history_days`` before it."""

    def _found(self, group: Sequence[Look], n: int, **facts: Any) -> Found:
        last = max(group, key=lambda look: look.here.date())
        ids = tuple(sorted(look.id for look in group)[:KEPT])
        return Found(self.code, last.kind, last.actor, last.unit, last.here.date(), n, ids, facts)


class DayRule(Rule):
    """A rule that picks single looks; a finding is one officer's picked looks of a day, if there are enough."""

    enough: ClassVar[str] = ""
    """The threshold that says how many are enough; empty: one."""

    @abstractmethod
    def picks(self, look: Look, period: Period, limits: Thresholds) -> bool:
        """Whether this look counts."""

    def find(self, looks: Sequence[Look], period: Period, limits: Thresholds) -> list[Found]:
        least = limits[self.enough] if self.enough else 1
        picked = (look for look in looks if period.holds(look) and self.picks(look, period, limits))
        return [self._found(group, len(group)) for group in _grouped(picked, _of_day).values() if len(group) >= least]


class Night(DayRule):
    """Files opened between night_from and night_to o'clock."""

    code, name = "night", _("夜间查询")
    says = _("在 %(night_from)s 时至次日 %(night_to)s 时之间打开档案或者得到核查结果。")

    def picks(self, look: Look, period: Period, limits: Thresholds) -> bool:
        hour = look.here.hour
        return look.seen and (hour >= limits["night_from"] or hour < limits["night_to"])


class DayOff(DayRule):
    """Files opened on a day that is no working day (Chinese calendar, with the weekends worked in its place)."""

    code, name = "day_off", _("非工作日查询")
    says = _("在非工作日（按国务院办公厅公布的放假和调休安排）打开档案或者得到核查结果。")

    def picks(self, look: Look, period: Period, limits: Thresholds) -> bool:
        return look.seen and look.here.date() in period.closed


class Volume(Rule):
    """Far more looks in a day than the officer's own median and the median of the unit's other officers."""

    code, name = "volume", _("查询量突增")
    says = _(
        "一天内的查询达到 %(volume_floor)s 次，且超过本人此前 %(history_days)s 天日中位数的 %(volume_times)s 倍，"
        "也超过同单位其他人员日中位数的 %(volume_times)s 倍（没有查询的日子不计）。"
    )

    def find(self, looks: Sequence[Look], period: Period, limits: Thresholds) -> list[Found]:
        days = _grouped((look for look in looks if look.seen and look.subject is not None), _of_day)
        found = []
        for (_kind, actor, unit, day), group in days.items():
            inside = [look for look in group if period.holds(look)]
            own, peers = _medians({key: len(rows) for key, rows in days.items()}, actor, unit, day, limits)
            most = limits["volume_times"] * max(own or 0, peers or 0)
            if inside and len(group) >= limits["volume_floor"] and len(group) > most:
                cases = len({look.case_no for look in group if look.case_no is not None})
                found.append(self._found(inside, len(group), own=own, peers=peers, cases=cases))
        return found


def _medians(
    counts: dict[Any, int], actor: str, unit: str, day: dt.date, limits: Thresholds
) -> tuple[float | None, float | None]:
    """Looks a day in the history before ``day``: the officer's own median and that of the unit's others."""
    first = day - dt.timedelta(days=limits["history_days"])
    before = [(who, n) for (_k, who, place, on), n in counts.items() if place == unit and first <= on < day]
    own, peers = [n for who, n in before if who == actor], [n for who, n in before if who != actor]
    return median(own) if own else None, median(peers) if peers else None


class Neighbours(Rule):
    """Several people whose numbers lie next to each other, opened by one officer on one day."""

    code, name = "neighbours", _("号码相邻的多人")
    says = _("同一人员一天内查询了 %(neighbours)s 名以上号码相邻的人（公民身份号码前 14 位相同，即同地同日出生）。")

    def find(self, looks: Sequence[Look], period: Period, limits: Thresholds) -> list[Found]:
        known = (
            look for look in looks
            if look.seen and period.holds(look) and look.neighbourhood is not None and look.subject is not None
        )  # fmt: skip
        groups = _grouped(known, lambda look: (*_of_day(look), look.neighbourhood)).values()
        counted = ((group, len({look.subject for look in group})) for group in groups)
        return [self._found(group, n) for group, n in counted if n >= limits["neighbours"]]


class SameName(DayRule):
    """A look at somebody who bears the officer's own name; refused or not."""

    code, name = "same_name", _("与查询人员同名")
    says = _("被查询人的姓名与查询人员的姓名相同，包括未能打开的查询。可能是查询本人或者亲属，也可能只是同名。")

    def picks(self, look: Look, period: Period, limits: Thresholds) -> bool:
        return look.kind == "officer" and look.same_name


class Refusals(DayRule):
    """Many attempts a day that came to nothing: refused, name and number apart, or nobody of that number."""

    code, name, enough = "refusals", _("多次未果"), "refusals"
    says = _("同一人员或者系统一天内有 %(refusals)s 次以上被拒绝、名称与号码不符或者查无主体（平台暂停查询时不计）。")

    def picks(self, look: Look, period: Period, limits: Thresholds) -> bool:
        known = look.kind in ("officer", "machine")
        return known and look.outcome in NOTHING_SEEN and look.refusal != "ledger_stalled"


class Repeat(Rule):
    """One officer comes back to the same subject on several days."""

    code, name = "repeat", _("反复查询同一主体")
    says = _("同一人员在所选期间内有 %(repeat_days)s 天以上查询了同一主体。")

    def find(self, looks: Sequence[Look], period: Period, limits: Thresholds) -> list[Found]:
        known = (look for look in looks if look.seen and period.holds(look) and look.subject is not None)
        groups = _grouped(known, lambda look: (look.actor, look.unit, look.subject)).values()
        counted = ((group, len({look.here.date() for look in group})) for group in groups)
        return [self._found(group, n) for group, n in counted if n >= limits["repeat_days"]]


class Unfollowed(DayRule):
    """A suspected duplicate was opened and never judged."""

    code, name = "unfollowed", _("查询后没有办理")
    says = _("以核对疑似重复为由打开了档案，%(unfollowed_days)s 天内没有人对这一对作出判定。")

    def picks(self, look: Look, period: Period, limits: Thresholds) -> bool:
        last = look.at + dt.timedelta(days=limits["unfollowed_days"])
        late = look.followed_at is None or look.followed_at > last
        return look.seen and look.purpose == "duplicate_review" and last <= period.until and late


class WeakCase(DayRule):
    """A look whose case number names no case: too short, or without a numeral."""

    code, name = "weak_case", _("事由看不出是哪件事")
    says = _("填写的办件编号或事由不足 %(case_length)s 个字，或者其中没有任何数字，看不出是哪一件事。")

    def picks(self, look: Look, period: Period, limits: Thresholds) -> bool:
        case = (look.case_no or "").strip(" ")
        weak = len(case) < limits["case_length"] or not NUMERAL.search(case)
        return look.seen and look.subject is not None and look.purpose != "duplicate_review" and weak


RULES: dict[str, Rule] = {
    rule.code: rule
    for rule in (
        Night(), DayOff(), Volume(), Neighbours(), SameName(), Refusals(), Repeat(), Unfollowed(), WeakCase()
    )
}  # fmt: skip


def findings(looks: Sequence[Look], period: Period, limits: Thresholds) -> list[Found]:
    """What all rules find."""
    return [found for rule in RULES.values() for found in rule.find(looks, period, limits)]
