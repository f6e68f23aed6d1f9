"""Assessment rounds: opened from a pack's scheme, measured, self-scored, reviewed, objected to, published.

Only units are rated. What the platform can measure is measured once, when the round is opened, with its inputs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from goodfaith.common import history
from goodfaith.common.acting import Acting
from goodfaith.common.clock import add_working_days
from goodfaith.common.problems import Problem
from goodfaith.common.procedure import OFFICE
from goodfaith.duties import figures, rules, who
from goodfaith.duties.actions import acts
from goodfaith.duties.models import Entry, Objection, Round, Score
from goodfaith.law import queries as law
from goodfaith.law.check_governing import PUBLIC_BODIES
from goodfaith.law.schema import Assessment, Indicator
from goodfaith.parties.models import Unit

DUTIES = "duties_in_time"
"""What an indicator with the source ``duties`` measures."""


def scheme_of(code: str) -> Assessment:
    """The scheme of that code; Problem when there is none."""
    found = law.catalogue().assessments.get(code)
    if found is None:
        raise Problem("scheme_unknown", _("没有这个考核方案。"), _("请从列出的方案中选择。"), status=acts.NOT_FOUND)
    return found


def check_round(
    *, scheme: Assessment, units: Sequence[Unit], since: dt.date, until: dt.date, self_by: dt.date, on: dt.date
) -> None:
    """Problem when the period, the day or a unit does not fit."""
    if since >= until or until > on + dt.timedelta(days=1):
        raise Problem("window_wrong", _("考核期间没有写对。"), _("考核期间应当已经结束，开始日期早于结束日期。"))
    if self_by < on:
        raise Problem("due_past", _("自评截止日期不能早于今天。"), _("请留出自评时间。"))
    if not units:
        raise Problem("units_missing", _("没有选被考核单位。"), _("请选择单位。"))
    strange = [unit.name for unit in units if unit.kind not in scheme.unit_kinds or unit.kind not in PUBLIC_BODIES]
    if strange:
        what = _("这些单位不适用这个方案：%(names)s。") % {"names": "、".join(strange)}
        raise Problem("unit_not_rated", what, _("考核只对公共机构，请改选单位或者方案。"))


@transaction.atomic
def do_open_round(
    *, acting: Acting, at: dt.datetime, scheme: str, title: str, units: Sequence[str], since: dt.date, until: dt.date,
    self_by: dt.date,
) -> Round:  # fmt: skip
    """Open a round for these units (codes) over [since, until); measured figures are taken now."""
    who.office(acting)
    rule, found = scheme_of(scheme), list(Unit.objects.filter(code__in=units, active=True).order_by("code"))
    if len(found) != len(set(units)):
        raise Problem("unit_unknown", _("没有这个单位。"), _("请从单位名录中选择。"), status=acts.NOT_FOUND)
    check_round(scheme=rule, units=found, since=since, until=until, self_by=self_by, on=acts.day(at))
    made = Round.objects.create(
        kind=rule.kind, code=rule.code, scheme=rule.model_dump(mode="json", by_alias=True), since=since, until=until,
        title=rules.check_words(title, longest=200), step="scoring", self_by=self_by, made_at=at, made_by=acting.id,
        made_by_name=acting.name,
    )  # fmt: skip
    entries = Entry.objects.bulk_create([Entry(round=made, unit=unit) for unit in found])
    Score.objects.bulk_create(_scores(made, rule, entries, at))
    acts.event(acting=acting, at=at, procedure="round", key=made.pk, act="open", frm="", to="scoring")
    history.note(
        acting=acting, at=at, action="duties.open_round", object_type="duties_round", object_id=made.pk,
        after={"scheme": rule.code, "units": len(entries)},
    )  # fmt: skip
    return made


def _scores(made: Round, rule: Assessment, entries: Sequence[Entry], at: dt.datetime) -> Iterator[Score]:
    for each in rule.indicators:
        found = _measured(each, made, at)
        for entry in entries:
            yield _score(entry, each, found.get(entry.unit_id) if found is not None else None, found is not None, at)


def _measured(each: Indicator, made: Round, at: dt.datetime) -> figures.Measure | None:
    code = DUTIES if each.source == "duties" else each.figure
    return None if code is None else figures.measure_all(code, made.since, made.until, acts.day(at))


def _score(entry: Entry, each: Indicator, found: figures.Measured | None, measured: bool, at: dt.datetime) -> Score:
    """A measured one has its points at once; where nothing could be measured its weight does not count."""
    value = found.value if found else None
    return Score(
        entry=entry, indicator=each.code, weight=each.weight, source=each.source, measured=value,
        measured_at=at if measured else None, inputs=found.inputs if found else {},
        applies=not measured or value is not None,
        points=None if value is None else round(each.weight * value, 2),
    )  # fmt: skip


def _scored(acting: Acting, score_id: int, step: str) -> Score:
    score = acts.locked(Score, score_id)
    if score.entry.round.step != step:
        raise Problem(
            "round_moved", _("这一轮考核不在这个阶段。"), _("请重新打开，看最新的情况。"), status=acts.CONFLICT
        )
    return score


def _check_points(points: float, score: Score) -> float:
    if not 0 <= points <= score.weight:
        raise Problem("points_range", _("得分应当在 0 到 %(n)g 之间。") % {"n": score.weight}, _("请改正得分。"))
    return points


@transaction.atomic
def do_self_score(*, acting: Acting, at: dt.datetime, score_id: int, points: float, text: str) -> None:
    """A unit's own score of an indicator with the source ``self``, with what it rests on."""
    score = _scored(acting, score_id, "scoring")
    who.unit(acting, score.entry.unit_id)
    if score.source != "self":
        raise Problem("not_self_scored", _("这一项不由单位自评。"), _("请只填写自评的指标。"))
    if score.entry.self_done_at is not None:
        raise Problem("self_done", _("本单位已经提交自评。"), _("要改的，请联系联席会议办公室。"), status=acts.CONFLICT)
    before = score.self_points
    score.self_points, score.self_text, score.self_by = _check_points(points, score), rules.check_words(text), acting.id
    score.save()
    history.note(
        acting=acting, at=at, action="duties.self_score", object_type="duties_score", object_id=score_id,
        before={"points": before}, after={"points": points},
    )  # fmt: skip


@transaction.atomic
def do_finish_self(*, acting: Acting, at: dt.datetime, entry_id: int) -> None:
    """The unit's self-scores are whole."""
    entry = acts.locked(Entry, entry_id)
    who.unit(acting, entry.unit_id)
    if entry.round.step != "scoring" or entry.self_done_at is not None:
        raise Problem("self_done", _("自评已经提交或者截止。"), _("请查看考核页面。"), status=acts.CONFLICT)
    if entry.scores.filter(source="self", self_points=None).exists():
        raise Problem("self_missing", _("还有指标没有自评。"), _("请逐项填写。"))
    entry.self_done_at = at
    entry.save()
    history.note(acting=acting, at=at, action="duties.finish_self", object_type="duties_entry", object_id=entry_id)


@transaction.atomic
def do_start_review(*, acting: Acting, at: dt.datetime, round_id: int) -> None:
    """Self-scoring ends: when its day is past, or all units are done."""
    who.office(acting)
    made = acts.locked(Round, round_id)
    waiting = made.entries.filter(self_done_at=None, scores__source="self").distinct().count()
    if waiting and acts.day(at) <= made.self_by:
        what = _("自评还没有截止，%(n)s 个单位没有提交。") % {"n": waiting}
        raise Problem("self_running", what, _("截止日期之后，或者全部提交之后，可以开始复核。"), status=acts.CONFLICT)
    acts.move(made, "round", "review", OFFICE, acting=acting, at=at)
    made.save()
    history.note(acting=acting, at=at, action="duties.start_review", object_type="duties_round", object_id=round_id)


@transaction.atomic
def do_review_score(
    *, acting: Acting, at: dt.datetime, score_id: int, points: float | None, text: str, applies: bool = True
) -> None:
    """The office's points for an indicator, with its words; ``applies`` False: its weight does not count for this unit.

    Words are needed where the points differ from what was measured or self-scored, and where it does not apply.
    """
    who.office(acting)
    score = _scored(acting, score_id, "reviewing")
    who.another(acting, score.self_by)
    if applies and points is None:
        raise Problem("points_missing", _("没有填写得分。"), _("请填写得分，或者说明这一项不适用。"))
    given = round(score.weight * score.measured, 2) if score.measured is not None else score.self_points
    text = rules.check_words(text, needed=not applies or score.source == "reviewer" or points != given)
    before = score.points
    score.points = _check_points(points, score) if applies and points is not None else None
    score.applies, score.review_text, score.reviewed_at = applies, text, at
    score.reviewed_by, score.reviewed_by_name = acting.id, acting.name
    score.save()
    history.note(
        acting=acting, at=at, action="duties.review_score", object_type="duties_score", object_id=score_id,
        before={"points": before}, after={"points": score.points, "applies": applies},
    )  # fmt: skip


@transaction.atomic
def do_hear(*, acting: Acting, at: dt.datetime, round_id: int) -> None:
    """The review is done: units may object for the scheme's working days."""
    who.office(acting)
    made = acts.locked(Round, round_id)
    if Score.objects.filter(entry__round=made, applies=True, points=None).exists():
        raise Problem("points_missing", _("还有指标没有复核。"), _("请逐项复核，不适用的写明原因。"))
    acts.move(made, "round", "hear", OFFICE, acting=acting, at=at)
    made.object_by = add_working_days(acts.day(at), int(made.scheme["objection_days"]))
    made.save()
    history.note(
        acting=acting, at=at, action="duties.hear", object_type="duties_round", object_id=round_id,
        after={"object_by": made.object_by.isoformat()},
    )  # fmt: skip


@transaction.atomic
def do_object(*, acting: Acting, at: dt.datetime, score_id: int, text: str) -> Objection:
    """A unit objects to one of its own scores, once, until the day is past."""
    score = _scored(acting, score_id, "objecting")
    who.unit(acting, score.entry.unit_id)
    limit = score.entry.round.object_by
    if limit is None or acts.day(at) > limit:
        raise Problem("objection_late", _("提出异议的期限已过。"), _("请查看公布的结果。"), status=acts.CONFLICT)
    if score.objections.exists():
        raise Problem("objection_once", _("这一项已经提出过异议。"), _("请查看答复。"), status=acts.CONFLICT)
    made = Objection.objects.create(
        score=score, text=rules.check_words(text), at=at, by=acting.id, by_name=acting.name, points_before=score.points
    )
    history.note(acting=acting, at=at, action="duties.object", object_type="duties_score", object_id=score_id)
    return made


@transaction.atomic
def do_answer_objection(
    *, acting: Acting, at: dt.datetime, objection_id: int, answer: str, points: float | None = None
) -> None:
    """Keep the score, or change it to ``points``; by an officer who neither reviewed it nor objected."""
    who.office(acting)
    objection = acts.locked(Objection, objection_id)
    if objection.answered_at is not None:
        raise Problem("objection_answered", _("这个异议已经答复。"), _("请查看答复。"), status=acts.CONFLICT)
    score = _scored(acting, objection.score_id, "objecting")
    who.another(acting, score.reviewed_by, objection.by)
    objection.answer, objection.answered_at = rules.check_words(answer), at
    objection.answered_by, objection.answered_by_name = acting.id, acting.name
    objection.outcome = "kept" if points is None or points == score.points else "changed"
    objection.save()
    if objection.outcome == "changed" and points is not None:
        score.points, score.applies = _check_points(points, score), True
        score.save()
    history.note(
        acting=acting, at=at, action="duties.answer_objection", object_type="duties_score", object_id=score.pk,
        before={"points": objection.points_before}, after={"points": score.points},
    )  # fmt: skip


@transaction.atomic
def do_publish_round(*, acting: Acting, at: dt.datetime, round_id: int) -> None:
    """Publish: after the objections' day, when all are answered, by another officer than who ended the review."""
    who.office(acting)
    made = acts.locked(Round, round_id)
    acts.act_of("round", "publish", made.step, OFFICE)
    if made.object_by is None or acts.day(at) <= made.object_by:
        raise Problem("objections_running", _("提出异议的期限还没有到。"), _("期满后可以公布。"), status=acts.CONFLICT)
    if Objection.objects.filter(score__entry__round=made, answered_at=None).exists():
        raise Problem("objections_open", _("还有异议没有答复。"), _("请先答复。"), status=acts.CONFLICT)
    who.another(acting, acts.last_actor("round", made.pk, "hear"))
    acts.move(made, "round", "publish", OFFICE, acting=acting, at=at)
    made.published_at, made.published_by, made.published_by_name = at, acting.id, acting.name
    made.save()
    history.note(acting=acting, at=at, action="duties.publish_round", object_type="duties_round", object_id=round_id)


@transaction.atomic
def do_drop_round(*, acting: Acting, at: dt.datetime, round_id: int, reason: str) -> None:
    """This round is not held."""
    who.office(acting)
    made = acts.locked(Round, round_id)
    acts.move(made, "round", "drop", OFFICE, acting=acting, at=at, text=reason)
    made.save()
    history.note(acting=acting, at=at, action="duties.drop_round", object_type="duties_round", object_id=round_id)
