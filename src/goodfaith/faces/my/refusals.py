"""Why a look was refused, as the subject reads it. The officer reads the gate's own sentences, which say 您 to him."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

WHY = {
    "actor_unknown": _n("对方的账号不存在或已停用。"),
    "purpose_unknown": _n("对方写的目的不在法定清单里。"),
    "purpose_not_for_actor": _n("对方的账号不能以这项目的查询。"),
    "role_not_allowed": _n("对方的岗位不能以这项目的查询。"),
    "unit_not_allowed": _n("对方的单位不能以这项目的查询。"),
    "not_own_file": _n("对方想当作自己的档案打开，但这不是对方的档案。"),
    "case_unknown": _n("对方说的案件与您无关。"),
    "case_required": _n("对方没有写明事由。"),
    "matter_required": _n("对方没有写明办理事项。"),
    "matter_unknown": _n("对方写的办理事项不在清单里。"),
    "matter_not_for_purpose": _n("对方写的办理事项与目的不符。"),
    "matter_not_for_unit": _n("对方写的办理事项不由对方的单位办理。"),
    "matter_not_for_subject": _n("对方写的办理事项不适用于您。"),
    "check_only": _n("对方只能核查，不能查阅档案。"),
    "delay_not_allowed": _n("对方要求推迟告知您，但没有法律依据。"),
    "delay_needs_officer": _n("对方要求推迟告知您，但没有写明批准人。"),
    "delay_out_of_range": _n("对方要求推迟告知您，但超过了法定期限。"),
    "consent_missing": _n("您没有给对方有效的授权。"),
    "consent_not_covering": _n("您给的授权不包括对方要看的全部信息。"),
    "on_hold": _n("您已经冻结查询。"),
    "minor_closed": _n("您未满十八周岁，档案不对外开放。"),
    "ledger_stalled": _n("查询日志当时没有封存，系统停止了一切查询。"),
}


def refusal(code: str | None) -> str:
    """The sentence; a code that is not among them means that there was no right to look."""
    return _(WHY.get(code or "", _n("对方没有查询的权限。")))
