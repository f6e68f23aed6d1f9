"""Assessment rounds in words: kinds, sources, and what a number was made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from goodfaith.common import clock
from goodfaith.duties import figures
from goodfaith.duties.views import ObjectionView, ScoreView
from goodfaith.faces.parts.words import day


def share(value: float | None) -> str:
    """A share of 0–1 in per cent."""
    return _("没有可测量的") if value is None else f"{100 * value:.1f}%"


def kind_name(kind: str) -> str:
    """What sort of round it is."""
    return {"department": _("部门考核"), "county": _("县（市、区）考核"), "demonstration": _("示范单位评审")}[kind]


def source_name(source: str) -> str:
    """Where a number comes from."""
    return {
        "figure": _("平台测量"), "duties": _("任务台账"), "self": _("单位自评，复核认定"), "reviewer": _("复核评分"),
    }[source]  # fmt: skip


def input_words(inputs: dict[str, Any]) -> str:
    """The counts that a measured number was made of."""
    names = {
        "due": _("应完成 %(n)s 项"), "in_time": _("按期 %(n)s 项"), "late": _("超期 %(n)s 条"),
        "good": _("合格 %(n)s 条"),
        "refused": _("未通过 %(n)s 条"), "rows": _("共 %(n)s 条"), "filled": _("已填 %(n)s 格"),
        "cells": _("应填 %(n)s 格"),
        "reported": _("已报 %(n)s 期"), "expected": _("应报 %(n)s 期"), "deliveries": _("报送 %(n)s 批"),
        "closed": _("办结 %(n)s 件"), "notices": _("通知 %(n)s 份"), "confirmed": _("确认 %(n)s 份"),
        "questions": _("咨询 %(n)s 件"),
    }  # fmt: skip
    return _("，").join(text % {"n": inputs[name]} for name, text in names.items() if isinstance(inputs.get(name), int))


@dataclass(frozen=True)
class Line:
    """A number of a unit with what it rests on."""

    score: ScoreView

    @property
    def points(self) -> str:
        """Points of the weight, or that it does not count."""
        if not self.score.applies:
            return _("不计入")
        if self.score.points is None:
            return _("待复核 / %(n)g") % {"n": self.score.weight}
        return f"{self.score.points:g} / {self.score.weight:g}"

    @property
    def basis(self) -> list[str]:
        """What the number was made of, a line each."""
        one, found = self.score, []
        if one.measured_at is not None:
            name = figures.name(one.figure) if one.figure else figures.name("duties_in_time")
            measured = {
                "name": name,
                "value": share(one.measured),
                "day": day(one.measured_at.astimezone(clock.CHINA).date()),
            }
            found.append(_("%(name)s %(value)s，%(day)s测量") % measured)
            found.append(input_words(one.inputs))
        if one.self_points is not None:
            found.append(_("单位自评 %(n)g 分") % {"n": one.self_points})
        found.append(one.review_text)
        found += [_objected(each) for each in one.objections]
        return [line for line in found if line]


def _objected(one: ObjectionView) -> str:
    if one.answered_at is None:
        return _("单位提出异议，等待答复")
    if one.outcome == "changed":
        return _("单位提出异议，由 %(n)g 分改定") % {"n": one.points_before or 0}
    return _("单位提出异议，维持原分")
