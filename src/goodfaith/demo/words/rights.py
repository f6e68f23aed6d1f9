"""What the demo's citizen, enterprise and officers write in their cases. All invented."""

from __future__ import annotations

import datetime as dt
from typing import Any

from goodfaith.common.clock import CHINA

SIGNED_BY = {"citizen": "本人", "enterprise": "法定代表人"}
CORRECTED = ("XK_NR",)
"""Fields that the demo puts right: the content of a licence."""
PUT_RIGHT = "（以许可证副本为准）"

INCOMPLETE = "荣誉证书上还有一个联合发证单位，公示里没有写。"
MAINTAINED = "核对了发文原件，发证单位只有我局一家，联合主办单位不是发证单位。记录没有错。"
MISREAD = "承诺书编号好像写错了。"
WRONG_PLACE = "决定书写的是分店的地址，公示里写成了总店，容易让人误会。附决定书第一页。"
PAST_TERM = "这条处罚的公示期已经过了，在别的网站上还能看到来自平台的数据。"
ASKED = "请补充：在哪个网站看到的、什么时候看到的，截图即可。"
WRONG_AMOUNT = "罚款应为二万元，公示成了二十万元。决定书和缴款凭证都可以提供。"
MOVED_OUT = "住所变更登记已经办好，公示的住所可以联系到我们，请移出经营异常名录。"
GRANTED = "经实地核查，登记的住所能够取得联系，列入的情形已经消除，准予移出。"
PAID = "罚款当月已经缴清，废水处理设施改造完成并验收，材料附后。"
PAID_LATE = "罚款晚了半个月缴清，滞纳金一并缴了。"
STATEMENT = "事后我们换了全部灭火器材，重新培训了值班人员，并于2026年9月通过消防救援机构复查。欢迎监督。"
NOT_ME = "我从来没有运输车辆，也没有去过决定书写的地点，这条处罚不是我的。"
WRONG_DAY = "决定书落款是5月20日，公示里的日期不对。"
RECONSIDERED = "对当年纳入名单的决定已经申请复议，受理通知书附后。"
COMPLAINT = "我提出的异议打电话问了两次都说在办，没有人告诉我办到哪一步。"
COPY = "请提供平台保存的关于我的全部信息的副本。"
EXPLAIN = "请说明为什么银行能看到我的行政处罚信息，依据是什么。"
EXPLAINED = (
    "银行的查询依据您本人给出的授权，范围是行政许可和行政处罚，每次查询都可以在“谁查过我”中看到；授权可以随时撤回。"
)
WRONG_SCOPE = "许可内容少写了一项，和许可证副本不一致。"
WRONG_CLASS = "准驾车型写错了，证件照片附后。"
CORRECTED_BY_US = "是平台归集时截断了原文，已按许可证副本补全，并通知查得过这条记录的单位。"


def remedy(city: str, at: dt.datetime) -> dict[str, Any]:
    """What a decision says about contesting it."""
    last = at.astimezone(CHINA).date() + dt.timedelta(days=60)
    return {
        "remedy": {
            "kind": "reconsideration", "to": f"{city}人民政府", "within": "自收到本文书之日起六十日内",
            "last_day": last.isoformat(), "article": "《中华人民共和国行政复议法》第二十条",
        }
    }  # fmt: skip
