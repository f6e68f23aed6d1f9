"""The orders on credit repair: 国家发展改革委令第36号, the one before it (第58号), and the notice before that.

No article number of any of them was confirmed; the classes are named by instrument and subject.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _n

from goodfaith.law.displaying import DisplayClass
from goodfaith.rights.terms.rule import Rule


class Order36Serious(Rule):
    __doc__ = _n(
        "依《信用修复管理办法》，严重失信信息满最短公示期、已改正并履行义务、作出信用承诺后，可以申请提前终止公示；"
        "满最长公示期的，到期停止公示。"
    )
    instrument = "ndrc-36-2025"

    @classmethod
    def fits(cls, shown: DisplayClass) -> bool:
        return shown.level == "serious"


class Order36General(Rule):
    __doc__ = _n(
        "依《信用修复管理办法》，一般失信信息满最短公示期、已改正并履行义务、作出信用承诺后，可以申请提前终止公示；"
        "满最长公示期的，到期停止公示。"
    )
    instrument = "ndrc-36-2025"

    @classmethod
    def fits(cls, shown: DisplayClass) -> bool:
        return shown.level == "general"


class Order36Minor(Rule):
    __doc__ = _n("依《信用修复管理办法》，轻微失信信息原则上不予公示；法定义务履行完毕，即可申请修复。")
    instrument = "ndrc-36-2025"

    @classmethod
    def fits(cls, shown: DisplayClass) -> bool:
        return shown.level == "minor"


class Order58Published(Rule):
    __doc__ = _n(
        "这项决定作出时适用《失信行为纠正后的信用信息修复管理办法（试行）》（已由现行办法代替），公示期依当时的规定；"
        "满最短公示期、已改正并履行义务后，可以申请提前终止公示，到期停止公示。"
    )
    instrument = "ndrc-58-2023"

    @classmethod
    def fits(cls, shown: DisplayClass) -> bool:
        return shown.publish


class Order58NotPublished(Rule):
    __doc__ = _n(
        "这项决定作出时适用《失信行为纠正后的信用信息修复管理办法（试行）》（已由现行办法代替），依当时的规定不向社会公示。"
    )
    instrument = "ndrc-58-2023"

    @classmethod
    def fits(cls, shown: DisplayClass) -> bool:
        return not shown.publish


class Notice527Serious(Rule):
    __doc__ = _n(
        "这项决定依发改办财金〔2019〕527号属于涉及严重失信行为，公示期依当时的规定；"
        "满最短公示期、已改正并履行义务后，可以申请提前终止公示，到期停止公示。"
    )
    instrument = "fgc-2019-527"

    @classmethod
    def fits(cls, shown: DisplayClass) -> bool:
        return shown.level == "serious"


class Notice527General(Rule):
    __doc__ = _n(
        "这项决定依发改办财金〔2019〕527号属于涉及一般失信行为，公示期依当时的规定；"
        "满最短公示期、已改正并履行义务后，可以申请提前终止公示，到期停止公示。"
    )
    instrument = "fgc-2019-527"

    @classmethod
    def fits(cls, shown: DisplayClass) -> bool:
        return shown.level == "general"
