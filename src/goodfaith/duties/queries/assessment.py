"""Assessment rounds: each number with its inputs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from goodfaith.common.acting import Acting
from goodfaith.duties import views, who
from goodfaith.duties.actions.acts import unknown
from goodfaith.duties.models import Entry, Objection, Round, Score
from goodfaith.duties.queries import rows
from goodfaith.law import queries as law
from goodfaith.law.schema import Assessment


def schemes() -> list[Assessment]:
    """The schemes of the packs, by name."""
    return sorted(law.catalogue().assessments.values(), key=lambda one: one.name.zh)


def rounds(acting: Acting) -> list[views.RoundView]:
    """All rounds without entries, newest first."""
    who.reader(acting)
    return [view(one, ()) for one in Round.objects.order_by("-made_at", "-id")]


def round_of(acting: Acting, round_id: int) -> views.RoundView:
    """One round: for a clerk with its own unit's entry until it is published, then with all."""
    role = who.reader(acting)
    one = Round.objects.filter(pk=round_id).first()
    if one is None:
        raise unknown()
    entries = one.entries.all() if role != "clerk" or one.step == "published" else one.entries.filter(unit=acting.unit)
    return view(one, entries, rows.events("round", one.pk))


def published_rounds() -> list[views.RoundView]:
    """Published rounds with their entries, newest first: for everybody."""
    return [view(one, one.entries.all()) for one in Round.objects.filter(step="published").order_by("-published_at")]


def view(one: Round, entries: Any, events: tuple[views.EventView, ...] = ()) -> views.RoundView:
    """From its row; ``entries``: a queryset, or () for none."""
    scheme = one.scheme
    found = list(entries.select_related("unit").order_by("unit__name")) if entries != () else []
    listed = _entries(found, {each["code"]: each for each in scheme["indicators"]})
    if one.step == "published":
        listed.sort(key=lambda each: (each.total is None, -(each.total or 0), each.unit_name))
    return views.RoundView(
        one.pk, one.kind, one.code, scheme["name"]["zh"], one.title, one.since, one.until, one.step, one.self_by,
        one.object_by, one.published_at, one.published_by_name, scheme["basis"], tuple(scheme["indicators"]),
        tuple(listed), events,
    )  # fmt: skip


def _entries(entries: list[Entry], indicators: dict[str, dict[str, Any]]) -> list[views.EntryView]:
    by_entry: dict[int, list[views.ScoreView]] = {}
    order = list(indicators)
    objections: dict[int, list[Objection]] = {}
    for objection in Objection.objects.filter(score__entry__in=entries).order_by("id"):
        objections.setdefault(objection.score_id, []).append(objection)
    for score in sorted(Score.objects.filter(entry__in=entries), key=lambda one: order.index(one.indicator)):
        made = _score(score, indicators[score.indicator], objections.get(score.pk, []))
        by_entry.setdefault(score.entry_id, []).append(made)
    return [_entry(one, by_entry.get(one.pk, [])) for one in entries]


def _entry(one: Entry, scores: list[views.ScoreView]) -> views.EntryView:
    return views.EntryView(
        one.pk, one.unit_id, one.unit.name, one.self_done_at, tuple(scores), total(scores),
        sum(each.weight for each in scores if each.applies),
    )  # fmt: skip


def total(scores: Iterable[views.ScoreView]) -> float | None:
    """Points of 100 over the weights that apply; None while one of these has no points, or none applies."""
    counted = [each for each in scores if each.applies]
    weight = sum(each.weight for each in counted)
    points = [each.points for each in counted if each.points is not None]
    return round(100 * sum(points) / weight, 2) if weight and len(points) == len(counted) else None


def _score(one: Score, indicator: dict[str, Any], objections: list[Objection]) -> views.ScoreView:
    return views.ScoreView(
        one.pk, one.indicator, indicator["name"]["zh"], indicator["how"], one.weight, one.source, indicator["figure"],
        one.measured, one.measured_at, one.inputs, one.self_points, one.self_text, one.points, one.applies,
        one.review_text, one.reviewed_by_name, one.reviewed_at, tuple(map(_objection, objections)),
    )  # fmt: skip


def _objection(one: Objection) -> views.ObjectionView:
    return views.ObjectionView(
        one.pk, one.text, one.at, one.by_name, one.outcome, one.answer, one.points_before, one.answered_at,
        one.answered_by_name,
    )  # fmt: skip
