"""Lists: of the courts, of the sectors, of abnormal operation; and notices of tax arrears.

Where the article number was not confirmed the class is named by its instrument and subject.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _n

from goodfaith.law.displaying import DisplayClass
from goodfaith.rights.terms.rule import Rule


class Spc2017Article1Item1(Rule):
    __doc__ = _n(
        "依法释〔2017〕7号第一条第一项、第二条，有履行能力而拒不履行的，没有固定期限；"
        "履行完毕或者出现其他删除事由的，由作出纳入决定的法院删除。"
    )
    instrument = "spc-2017-7"

    @classmethod
    def fits(cls, shown: DisplayClass) -> bool:
        return shown.max_months is None


class Spc2017Article2(Rule):
    __doc__ = _n(
        "依法释〔2017〕7号第二条，本情形的纳入有期限，期满删除；积极履行义务或者主动纠正失信行为的，法院可以提前删除，"
        "随时可以向作出纳入决定的法院申请。"
    )
    instrument = "spc-2017-7"

    @classmethod
    def fits(cls, shown: DisplayClass) -> bool:
        return shown.max_months is not None


class EnterprisePublicityAbnormal(Rule):
    __doc__ = _n(
        "依《企业信息公示暂行条例》，列入经营异常名录没有固定期限；"
        "列入的情形消除后，由作出列入决定的市场监督管理部门移出。"
    )
    instrument = "enterprise-publicity-regulation-2014"


class Samr44List(Rule):
    __doc__ = _n(
        "依《市场监督管理严重违法失信名单管理办法》，"
        "列入满规定期限移出；满最短期限、已改正的，可以申请提前移出。"
    )
    instrument = "samr-44-2021"


class Opinions49List(Rule):
    __doc__ = _n(
        "依国办发〔2020〕49号，严重失信主体名单的期限和移出由各名单的管理办法规定；"
        "满最短期限、已改正的，可以申请移出。"
    )
    instrument = "gbf-2020-49"


class Mohrss16Wages(Rule):
    __doc__ = _n("依《拖欠农民工工资“黑名单”管理暂行办法》，列入有期限，期满移出，不用申请。")
    instrument = "mohrss-16-2017"


class Mohrss45Wages(Rule):
    __doc__ = _n(
        "依《拖欠农民工工资失信联合惩戒对象名单管理暂行办法》，"
        "列入期满移出；改正满规定时间并作出守信承诺的，可以申请提前移出。"
    )
    instrument = "mohrss-45-2021"


class MohrssSocialInsurance(Rule):
    __doc__ = _n(
        "依《社会保险领域严重失信人名单管理暂行办法》，"
        "列入期满移出；满最短期限、已改正的，可以申请提前移出。"
    )
    instrument = "social-insurance-list-2019"


class WorkSafety2017List(Rule):
    __doc__ = _n("依安全生产失信联合惩戒的规定（已由现行办法代替），惩戒期满移出，不用申请。")
    instrument = "awjb-2017-49"


class Mem11List(Rule):
    __doc__ = _n("依《安全生产严重失信主体名单管理办法》，管理期满移出；满最短期限、已改正的，可以申请提前移出。")
    instrument = "mem-11-2023"


class ConstructionConduct2007(Rule):
    __doc__ = _n(
        "依当时的建筑市场诚信行为信息管理办法，不良行为记录公布期满停止公布；"
        "满最短公布期、已改正的，可以申请提前终止公布。"
    )
    instrument = "js-2007-9"


class ConstructionCredit2017(Rule):
    __doc__ = _n(
        "依《建筑市场信用管理暂行办法》，不良信用信息公开期满停止；"
        "满最短公开期、已改正的，可以申请提前终止公开。"
    )
    instrument = "construction-credit-2017"


class Sta24Offenders(Rule):
    __doc__ = _n(
        "依当时的重大税收违法案件信息公布办法，公布期满停止公布；"
        "已改正并履行义务的，可以申请提前停止公布。"
    )
    instrument = "sta-24-2016"


class Sta54Of2018Offenders(Rule):
    __doc__ = _n(
        "依当时的重大税收违法失信案件信息公布办法，公布期满停止公布；"
        "已改正并履行义务的，可以申请提前停止公布。"
    )
    instrument = "sta-54-2018"


class Sta54Of2021Offenders(Rule):
    __doc__ = _n(
        "依《重大税收违法失信主体信息公布管理办法》，公布期满停止公布；"
        "满最短期限并符合条件的，可以申请提前停止公布。"
    )
    instrument = "sta-54-2021"


class TaxArrears2004Notice(Rule):
    __doc__ = _n("依《欠税公告办法（试行）》，公告到下一次定期公告为止；缴清欠税和滞纳金的，随时可以申请停止公告。")
    instrument = "tax-arrears-announcement-2004"
