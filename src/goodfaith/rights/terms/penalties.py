"""Penalties under rules of their own: 市场监管总局令第45号, 行政处罚法, and the data standard before 2018."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _n

from goodfaith.law.displaying import DisplayClass
from goodfaith.rights.terms.rule import Rule


class Samr45Article2(Rule):
    __doc__ = _n("依《市场监督管理行政处罚信息公示规定》第二条，仅受到警告的，不予公示。")
    instrument = "samr-45-2021"

    @classmethod
    def fits(cls, shown: DisplayClass) -> bool:
        return not shown.publish


class Samr45Article13Brief(Rule):
    __doc__ = _n(
        "依《市场监督管理行政处罚信息公示规定》第十三条，"
        "仅受到通报批评或者较低数额罚款的，公示期满自动停止，不用申请。"
    )
    instrument = "samr-45-2021"

    @classmethod
    def fits(cls, shown: DisplayClass) -> bool:
        return shown.publish and not shown.repair_barred and shown.level == "minor"


class Samr45Article13(Rule):
    __doc__ = _n(
        "依《市场监督管理行政处罚信息公示规定》第十三条、第十四条，公示期满停止公示；"
        "达到规定的时限，已履行义务、消除不良影响，未因同类违法再受处罚，也不在两个名录中的，可以申请提前停止。"
    )
    instrument = "samr-45-2021"

    @classmethod
    def fits(cls, shown: DisplayClass) -> bool:
        return shown.publish and not shown.repair_barred and shown.level != "minor"


class Samr45Article14(Rule):
    __doc__ = _n(
        "依《市场监督管理行政处罚信息公示规定》第十四条第三款，受到责令停产停业、限制开展生产经营活动、限制从业、"
        "降低资质等级、吊销等较重处罚的，不得提前停止公示；公示期满自动停止。"
    )
    instrument = "samr-45-2021"

    @classmethod
    def fits(cls, shown: DisplayClass) -> bool:
        return shown.repair_barred


class PenaltyLawArticle48(Rule):
    __doc__ = _n(
        "依《行政处罚法》第四十八条，处罚决定被依法变更、撤销、确认违法或者确认无效的，"
        "公开的信息应当撤回，不用申请修复。"
    )
    instrument = "law-admin-penalty-2021"


class Standard2016Scope(Rule):
    __doc__ = _n(
        "依2018年以前的“双公示”数据标准，信息使用范围为政府内部共享或者授权查询的，"
        "不向社会公示；已改正并履行义务的，可以申请停止共享和使用。"
    )
    instrument = "double-publicity-standard-2016"
