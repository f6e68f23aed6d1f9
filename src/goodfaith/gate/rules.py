"""Why a look is refused: each refusal in a sentence, with the article that it rests on. Pure.

The rules themselves are in the database (``sql/allowed.sql``); ``tests/gate/twin.py`` says them again in plain
Python, and the matrix of ``tests/gate/test_matrix.py`` compares the two.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from goodfaith.common.problems import Problem

ADULT = 18
FORBIDDEN, UNAVAILABLE, UNPROCESSABLE = 403, 503, 422


@dataclass(frozen=True)
class Refusal:
    """``sentence`` (Chinese source text, to be translated where it is shown), the article, what to do next."""

    sentence: str
    article: str = ""
    next: str = ""
    status: int = FORBIDDEN


_PIPL_34 = _n("《个人信息保护法》第三十四条")
_PIPL_13 = _n("《个人信息保护法》第十三条第一款第一项")
_PIPL_14 = _n("《个人信息保护法》第十四条")
_PIPL_15 = _n("《个人信息保护法》第十五条")
_PIPL_18 = _n("《个人信息保护法》第十八条")
_PIPL_51 = _n("《个人信息保护法》第五十一条")
_ASK_OFFICE = _n("如需查看，请与信用主管部门联系。")
_CHOOSE = _n("请从清单中另选一项。")
_SEE_MY = _n("请在“我的授权”里核对。")

REFUSAL: dict[str, Refusal] = {
    "actor_unknown": Refusal(_n("账号不存在或已停用。"), _PIPL_51, _ASK_OFFICE),
    "purpose_unknown": Refusal(_n("没有这项查询目的，或者它已经停用。"), _PIPL_34, _CHOOSE),
    "purpose_not_for_actor": Refusal(_n("这项查询目的不适用于您的账号。"), _PIPL_34, _CHOOSE),
    "role_not_allowed": Refusal(_n("您的岗位不能以这项目的查询。"), _PIPL_51, _ASK_OFFICE),
    "unit_not_allowed": Refusal(_n("贵单位不能以这一目的查询。"), _PIPL_34, _ASK_OFFICE),
    "not_own_file": Refusal(_n("这不是您本人（本单位）的档案。"), _PIPL_34),
    "case_unknown": Refusal(_n("没有与该主体有关的这件疑似重复。"), _PIPL_34),
    "case_required": Refusal(_n("请写明办件编号或事由：每次查询都会记入查询日志，主体本人可以看到。"), _PIPL_34),
    "matter_required": Refusal(_n("这项查询目的必须写明办理事项。"), _PIPL_34, _CHOOSE),
    "matter_unknown": Refusal(_n("没有这个办理事项，或者它已经停用。"), _PIPL_34, _CHOOSE),
    "matter_not_for_purpose": Refusal(_n("这个办理事项不能用这项查询目的。"), _PIPL_34, _CHOOSE),
    "matter_not_for_unit": Refusal(_n("这个办理事项不由贵单位办理。"), _PIPL_34, _CHOOSE),
    "matter_not_for_subject": Refusal(_n("这个办理事项不适用于这类主体。"), _PIPL_34, _CHOOSE),
    "check_only": Refusal(_n("这一目的只能核查，不能查阅档案。"), _PIPL_34, _n("请改用信用核查。")),
    "delay_not_allowed": Refusal(_n("这项查询目的没有允许延迟告知的法律依据。"), _PIPL_18),
    "delay_needs_officer": Refusal(_n("延迟告知须由工作人员提出，并写明批准人。"), _PIPL_18),
    "delay_out_of_range": Refusal(_n("延迟告知的日期须在明天以后、这一目的允许的最长期限以内。"), _PIPL_18),
    "consent_missing": Refusal(_n("没有该主体就这一目的对贵单位的有效授权。"), _PIPL_13, _n("可以向本人请求授权。")),
    "consent_not_covering": Refusal(
        _n("该主体的授权不包括所要的全部信息项。"), _PIPL_14, _n("请缩小范围，或者向本人请求授权。")
    ),
    "on_hold": Refusal(_n("该主体已经冻结查询，凭授权的查询都已停止。"), _PIPL_15, _n("解除冻结由本人决定。")),
    "ledger_stalled": Refusal(
        _n("查询日志暂时无法封存，自然人的档案因此不能打开：没有留痕就不能查看。"),
        _n("《个人信息保护法》第五十一条、第五十五条"),
        _n("封存恢复后会自动开放，请几分钟后再试。"),
        UNAVAILABLE,
    ),
    "minor_closed": Refusal(
        _n("该主体未满十八周岁，档案只对报送单位、本人和监护人开放。"),
        _n("《未成年人保护法》第一百零三条（条号未核对）；《个人信息保护法》第二十八条、第三十一条"),
        _n("确需办理的，请由监护人提供或者联系报送单位。"),
    ),
    "not_own_delivery": Refusal(_n("这不是贵单位的批次。"), _PIPL_51, _ASK_OFFICE),
    "purpose_needs_no_consent": Refusal(_n("这一目的依法进行，不以授权为条件。"), _PIPL_13, _CHOOSE, UNPROCESSABLE),
    "party_not_for_purpose": Refusal(
        _n("这个单位不存在、已停用，或者不能使用这一目的。"), _PIPL_14, _CHOOSE, UNPROCESSABLE
    ),
    "items_not_in_purpose": Refusal(
        _n("至少选一个信息项，且须在这一目的的范围以内。"), _PIPL_14, _CHOOSE, UNPROCESSABLE
    ),
    "until_past": Refusal(_n("授权的最后一天已经过去。"), _PIPL_14, _n("请选今天或以后的日期。"), UNPROCESSABLE),
    "uses_not_positive": Refusal(_n("使用次数须大于零。"), _PIPL_14, _n("不限次数请留空。"), UNPROCESSABLE),
    "reason_required": Refusal(_n("请写明为什么请求授权，本人会看到这段话。"), _PIPL_14, "", UNPROCESSABLE),
    "entry_unknown": Refusal(_n("您的查询记录里没有这一条。"), "", "", 404),
    "consent_unknown": Refusal(_n("没有这项授权。"), _PIPL_15, _SEE_MY, 404),
    "consent_withdrawn": Refusal(_n("这项授权已经撤回。"), _PIPL_15, _SEE_MY, UNPROCESSABLE),
    "request_unknown": Refusal(_n("没有这件授权申请。"), _PIPL_14, _SEE_MY, 404),
    "request_answered": Refusal(_n("这件授权申请已经答复过。"), _PIPL_14, _SEE_MY, UNPROCESSABLE),
    "request_expired": Refusal(_n("这件授权申请已经过期。"), _PIPL_14, _n("需要时请对方重新申请。"), UNPROCESSABLE),
    "hold_standing": Refusal(_n("查询已经冻结。"), _PIPL_15, "", UNPROCESSABLE),
    "no_hold": Refusal(_n("现在没有冻结。"), _PIPL_15, "", UNPROCESSABLE),
    "consent_of_minor": Refusal(
        _n("账号本人未满十八周岁，不能自行授权他人查询。"),
        _n("《民法典》第十九条；《个人信息保护法》第三十一条"),
        _n("授权须由监护人作出；目前请到信用主管部门窗口办理。"),
        UNPROCESSABLE,
    ),
}  # fmt: skip

REFUSALS: dict[str, str] = {code: refusal.sentence for code, refusal in REFUSAL.items()}
"""Only the sentences."""


def problem(code: str) -> Problem:
    """The refusal as a Problem, in the reader's language."""
    known = REFUSAL[code]
    return Problem(code, _(known.sentence), _(known.next) if known.next else "", status=known.status)


def born_on(kind: str, number: str) -> dt.date | None:
    """The day of birth that a resident's ID number tells; None for other documents and impossible days."""
    if kind != "id_number" or len(number) != 18 or not number[6:14].isdigit():
        return None
    try:
        return dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def is_minor(born: dt.date, today: dt.date) -> bool:
    """Whether somebody born on that day is under 18 today."""
    return today < comes_of_age(born)


def comes_of_age(born: dt.date) -> dt.date:
    """The eighteenth birthday. Who is born on 29 February comes of age on 1 March."""
    try:
        return born.replace(year=born.year + ADULT)
    except ValueError:
        return dt.date(born.year + ADULT, 3, 1)
