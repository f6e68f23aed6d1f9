"""Documents of the invented city become duties: two are adopted, one is being reviewed, and units are at work on them.

All of it goes through the room's own actions, as the officers would call them; days count from the demo's day.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import docx
from django.conf import settings
from django.db import connection

from goodfaith.common import clock
from goodfaith.common.acting import Acting
from goodfaith.demo.city import City
from goodfaith.demo.deliveries import moment
from goodfaith.demo.words import duties as words
from goodfaith.duties import actions, matching, queries, rules
from goodfaith.duties.models import Assignment, Document, Duty
from goodfaith.duties.queries import desk_review
from goodfaith.law import queries as law
from goodfaith.parties.models import User

OFFICERS = ("clerk", "court_clerk", "credit_office", "second_office", "citizen")
SIGNED, POINTS_SIGNED, PROPOSED_SIGNED = 210, 150, 6
DUE = {"far": 160, "near": 24, "soon": 9, "past": -12, "done": -60, "overdue": -33, "late": -4}
"""Days from the demo's day until each time limit of the documents."""
ROUND = "demo_department_round"


@dataclass(frozen=True)
class Cast:
    """Who acts, and when the demo begins."""

    at: dt.datetime
    users: Mapping[str, Acting]

    @property
    def today(self) -> dt.date:
        """The demo's day."""
        return self.at.astimezone(clock.CHINA).date()

    def ago(self, days: int) -> dt.datetime:
        """In office hours so many days before, or now."""
        return min(moment(self.today - dt.timedelta(days=days)), self.at)

    def day(self, days: int) -> str:
        """A day so many days on, as documents write it."""
        on = self.today + dt.timedelta(days=days)
        return f"{on.year}年{on.month}月{on.day}日"


def lay(made: City, at: dt.datetime) -> None:
    """Lay the documents and what came of them."""
    users = {user.username: user.acting for user in User.objects.filter(username__in=OFFICERS).select_related("unit")}
    cast = Cast(at, users)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")  # the bulk of the records was checked as it was written
    scheme = _adopt(cast, _text(cast, words.SCHEME), SIGNED - 20)
    points = _adopt(cast, _text(cast, words.POINTS), POINTS_SIGNED - 20)
    _link(cast, scheme, points)
    _review(cast, _text(cast, words.PROPOSED))
    _work(cast, scheme, points)
    _supervise(cast, scheme, points)
    _change(cast, scheme)
    _ask(cast, scheme)
    _campaigns(cast)
    _assess(cast)


def _text(cast: Cast, text: str) -> str:
    """A document with its days and the city's own name."""
    days = {name: cast.day(until) for name, until in DUE.items()}
    signed = {
        "signed": cast.day(-SIGNED),
        "points_signed": cast.day(-POINTS_SIGNED),
        "proposed_signed": cast.day(-PROPOSED_SIGNED),
    }
    year = (cast.today - dt.timedelta(days=SIGNED)).year
    filled = text.format(year=year, year_end=f"{cast.today.year}年12月31日", **days, **signed)
    return filled.replace("示例市", str(settings.CITY["name_zh"]))


# -- documents ---------------------------------------------------------------------------------------------------
def _upload(cast: Cast, text: str, ago: int) -> Document:
    name = f"{text.split(chr(10), 1)[0]}.txt"
    return actions.do_upload(acting=cast.users["credit_office"], at=cast.ago(ago), name=name, data=text.encode())


def _say_names(cast: Cast, document: Document, at: dt.datetime) -> None:
    """What the names stand for, as suggested; with nothing alike: a body outside the registry."""
    for one in queries.review(cast.users["credit_office"], document.pk).names:
        best: matching.Suggestion | None = desk_review.certain(one)
        kind, units = (best.kind, best.units) if best else ("outside", ())
        actions.do_confirm_name(
            acting=cast.users["credit_office"], at=at, document_id=document.pk, full=one.full, kind=kind, units=units
        )


def _adopt(cast: Cast, text: str, ago: int) -> list[Duty]:
    """Reviewed by one officer and adopted by the other a few days later; the duties in the order of the text."""
    document, office = _upload(cast, text, ago), cast.users["credit_office"]
    at = cast.ago(ago)
    _say_names(cast, document, at)
    keys = list(document.proposals.filter(state="pending").order_by("start").values_list("pk", flat=True))
    actions.do_accept(acting=office, at=at, document_id=document.pk, proposal_ids=keys)
    actions.do_submit(acting=office, at=at, document_id=document.pk)
    return actions.do_adopt(acting=cast.users["second_office"], at=cast.ago(ago - 3), document_id=document.pk)


def _link(cast: Cast, scheme: Sequence[Duty], points: Sequence[Duty]) -> None:
    """The later document carries on clauses of the earlier: those that are alike are confirmed."""
    office = cast.users["credit_office"]
    pair = {"later_id": points[0].document_id, "earlier_id": scheme[0].document_id}
    actions.do_suggest_links(acting=office, at=cast.ago(POINTS_SIGNED - 20), **pair)
    actions.do_confirm_links(acting=office, at=cast.ago(POINTS_SIGNED - 20), least=0.8, **pair)


def _review(cast: Cast, text: str) -> None:
    """A document in review: some names are said, one duty is accepted."""
    document = _upload(cast, text, 2)
    office = cast.users["credit_office"]
    for one in queries.review(office, document.pk).names:
        best = desk_review.certain(one)
        if best is not None and best.likeness == 1.0:
            actions.do_confirm_name(
                acting=office, at=cast.ago(2), document_id=document.pk, full=one.full, kind=best.kind, units=best.units
            )
    plain = desk_review.plain(queries.review(office, document.pk).proposals)
    if plain:
        actions.do_accept(acting=office, at=cast.ago(1), document_id=document.pk, proposal_ids=plain[:1])


# -- units at work -----------------------------------------------------------------------------------------------
def _first(duty: Duty) -> Assignment:
    return duty.assignments.order_by("line", "period")[0]


def _do(cast: Cast, who: str, one: Assignment, *acts: tuple[str, int, str]) -> None:
    """Acts of an officer: code, days ago, words."""
    for code, ago, text in acts:
        actions.do_act(acting=cast.users[who], at=cast.ago(ago), assignment_id=one.pk, act=code, text=text)


def _work(cast: Cast, scheme: Sequence[Duty], points: Sequence[Duty]) -> None:
    """Every state there is: from waiting for receipt to done."""
    _published(cast, _first(scheme[0]))
    removed = _first(scheme[1])
    _do(cast, "clerk", removed, ("confirm", 180, ""), ("start", 170, ""))
    until = cast.today - dt.timedelta(days=3)
    actions.do_add_figure(
        acting=cast.users["clerk"],
        at=cast.ago(3),
        assignment_id=removed.pk,
        figure="reporting_validity",
        since=until - dt.timedelta(days=90),
        until=until,
    )
    _do(cast, "clerk", removed, ("report", 3, words.MOVED_OUT))
    court = _first(scheme[3])
    _do(cast, "court_clerk", court, ("confirm", 175, ""), ("start", 170, ""), ("report", 12, words.COURT))
    _do(cast, "second_office", court, ("return", 8, words.COURT_BACK))
    guide = _first(scheme[4])
    _do(cast, "credit_office", guide, ("confirm", 185, ""), ("start", 180, ""), ("report", 70, words.GUIDE))
    _do(cast, "second_office", guide, ("accept", 66, words.APPROVED))
    _do(cast, "clerk", _first(scheme[8]), ("confirm", 160, ""), ("start", 150, ""))
    _do(cast, "clerk", _first(points[0]), ("confirm", 120, ""))
    _do(cast, "credit_office", _first(scheme[5]), ("confirm", 180, ""), ("start", 178, ""))


def _published(cast: Cast, one: Assignment) -> None:
    """The first duty: broken down, reported with a link and a measured figure, approved to go on."""
    clerk = cast.users["clerk"]
    _do(cast, "clerk", one, ("confirm", 184, ""), ("start", 180, ""))
    planned = [actions.Planned(title, cast.today + dt.timedelta(days=days)) for title, days in
               zip(words.STEPS, (-150, 20, 60, 150), strict=True)]  # fmt: skip
    keys = actions.do_plan_steps(acting=clerk, at=cast.ago(180), assignment_id=one.pk, steps=planned)
    actions.do_finish_step(acting=clerk, at=cast.ago(152), step_id=keys[0])
    _show(cast, one)
    _do(cast, "clerk", one, ("report", 20, words.PUBLISHED))
    _do(cast, "second_office", one, ("go_on", 15, ""))


def _show(cast: Cast, one: Assignment) -> None:
    """What stands with the report: a figure, a link and a file for everybody, a file on request, one for offices."""
    given: dict[str, Any] = {"acting": cast.users["clerk"], "at": cast.ago(20), "assignment_id": one.pk}
    measured = cast.today - dt.timedelta(days=20)
    actions.do_add_figure(**given, figure="double_publicity_timeliness", since=measured.replace(month=1, day=1),
                          until=measured, disclosure="open")  # fmt: skip
    actions.do_add_link(**given, title="信用网站双公示专栏", url="https://credit.example.gov.cn/double-publicity/",
                        disclosure="open")  # fmt: skip
    for disclosure, (title, lines) in words.PAPERS.items():
        actions.do_add_file(**given, title=title, name=f"{title}.docx", data=_docx(title, lines), disclosure=disclosure)


def _docx(title: str, lines: Sequence[str]) -> bytes:
    """A Word file of these lines."""
    made, out = docx.Document(), io.BytesIO()
    made.add_heading(title)
    for line in lines:
        made.add_paragraph(line)
    made.save(out)
    return out.getvalue()


def _supervise(cast: Cast, scheme: Sequence[Duty], points: Sequence[Duty]) -> None:
    """A notice that waits for its reply, one answered, one closed with a finding."""
    office = cast.users["credit_office"]
    soon = cast.today + dt.timedelta(days=7)
    actions.do_send_notice(
        acting=office, at=cast.ago(5), unit="justice", duty_ids=[scheme[6].pk], asks=words.ASKS, due_on=soon
    )
    actions.do_send_notice(
        acting=office,
        at=cast.ago(3),
        unit="market_regulation",
        duty_ids=[scheme[8].pk],
        asks="（九）规范食品经营主体信用档案已过期限。请说明归集率和完成时间。",
        due_on=soon,
    )
    late = actions.do_send_notice(
        acting=office,
        at=cast.ago(25),
        unit="credit_office",
        duty_ids=[scheme[5].pk],
        asks="请报送上半年异议案件抽查结果。",
        due_on=cast.today - dt.timedelta(days=10),
    )
    actions.do_reply_notice(
        acting=office, at=cast.ago(20), notice_id=late.pk, text="上半年抽查已完成，结果已通报并在台账中登记。"
    )
    actions.do_close_notice(acting=cast.users["second_office"], at=cast.ago(15), notice_id=late.pk, finding="resolved",
                            text="抽查范围和通报对象清楚，已解决。")  # fmt: skip


def _change(cast: Cast, scheme: Sequence[Duty]) -> None:
    """A deadline that was put off with the office's approval, and one that waits for it."""
    clerk = cast.users["clerk"]
    later = cast.today + dt.timedelta(days=210)
    change = actions.do_ask_deadline(
        acting=clerk, at=cast.ago(40), duty_id=scheme[9].pk, due_on=later, reason=words.DEADLINE
    )
    actions.do_decide_change(acting=cast.users["second_office"], at=cast.ago(38), change_id=change.pk, approve=True,
                             decision=words.LONGER)  # fmt: skip
    actions.do_ask_deadline(
        acting=clerk,
        at=cast.ago(1),
        duty_id=scheme[8].pk,
        due_on=cast.today + dt.timedelta(days=30),
        reason=words.LATER,
    )


def _ask(cast: Cast, scheme: Sequence[Duty]) -> None:
    """A question that was answered and published, one that waits."""
    citizen = cast.users["citizen"]
    one = actions.do_ask(acting=citizen, at=cast.ago(30), duty_id=scheme[0].pk, text=words.QUESTION, may_publish=True)
    actions.do_answer(
        acting=cast.users["clerk"], at=cast.ago(26), question_id=one.pk, answer=words.ANSWER, publish=True
    )
    actions.do_ask(acting=citizen, at=cast.ago(2), duty_id=scheme[1].pk, text=words.OPEN_QUESTION, may_publish=False)


# -- campaigns and assessment --------------------------------------------------------------------------------------
def _campaigns(cast: Cast) -> None:
    """The last named day was held and told of; the next is planned with its material."""
    office, calendar = cast.users["credit_office"], []
    for year in (cast.today.year - 1, cast.today.year, cast.today.year + 1):
        calendar += [(one.first, one.last, one.id) for one in queries.calendar(office, year, cast.today)]
    held = [key for _first_day, last, key in sorted(calendar) if last < cast.today]
    ahead = [key for first, _last, key in sorted(calendar) if first > cast.today]
    for key in [*held[-1:], *ahead[:1]]:
        actions.do_plan_campaign(acting=office, at=cast.at, campaign_id=key, plan=words.PLAN, unit="credit_office")
        actions.do_add_material(
            acting=office, at=cast.at, campaign_id=key, title="您的信用权利（明白卡）", text=words.LEAFLET
        )
    for key in held[-1:]:
        actions.do_report_campaign(acting=office, at=cast.at, campaign_id=key, report=words.HELD)


def _assess(cast: Cast) -> None:
    """A round in which units score themselves; what can be measured has been."""
    if ROUND not in law.catalogue().assessments:
        return
    units = ["market_regulation", "court", "housing", "transport", "human_resources", "justice", "tax"]
    title = words.ROUND.format(year=cast.today.year)
    since = rules.yearly_due("01-01", cast.today.year)
    made = actions.do_open_round(
        acting=cast.users["credit_office"],
        at=cast.ago(0),
        scheme=ROUND,
        title=title,
        units=units,
        since=min(since, cast.today - dt.timedelta(days=30)),
        until=cast.today,
        self_by=cast.today + dt.timedelta(days=14),
    )
    entry = made.entries.get(unit="market_regulation")
    score = entry.scores.filter(source="self").first()
    if score is not None:
        actions.do_self_score(
            acting=cast.users["clerk"],
            at=cast.at,
            score_id=score.pk,
            points=round(score.weight * 0.8, 1),
            text="本年度印发信用档案管理办法，按季度自查。",
        )
