"""Codes of the catalogue, of deliveries and of the ledger in words, for the desk."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from goodfaith.faces.parts import lawbook
from goodfaith.faces.parts.units import unit_name
from goodfaith.faces.parts.words import named
from goodfaith.law.domains import CATALOGUE_CLASSES


def item_name(code: str) -> str:
    """The item's name; the code when the catalogue has it no more."""
    found = lawbook.book().items.get(code)
    return named(found.name) if found else code


def short_unit(code: str) -> str:
    """The unit's name without the city before it, so that charts and lists stay readable."""
    return unit_name(code).removeprefix(str(settings.CITY["name_zh"]))


def class_name(number: int) -> str:
    """One of the thirteen classes of the national base catalogue."""
    return f"{number}. {_(CATALOGUE_CLASSES[number])}"


def duty_tag(state: str) -> tuple[str, str]:
    """Kind and word of the tag for a duty's state."""
    return {
        "late": ("restraint", _("逾期")),
        "never": ("waiting", _("尚未报送")),
        "soon": ("waiting", _("将到期")),
        "in_time": ("order", _("正常")),
        "on_change": ("quiet", _("有变化时报送")),
    }[state]


def delivery_tag(state: str) -> tuple[str, str]:
    """Kind and word of the tag for a delivery's state."""
    return {
        "received": ("action", _("已接收")),
        "mapped": ("waiting", _("待确认字段")),
        "checking": ("action", _("检查中")),
        "checked": ("waiting", _("待入库")),
        "committing": ("action", _("入库中")),
        "committed": ("order", _("已入库")),
        "repeated": ("quiet", _("重复报送")),
        "abandoned": ("quiet", _("已放弃")),
        "failed": ("restraint", _("未成功")),
    }.get(state, ("quiet", state))


def outcome_tag(outcome: str) -> tuple[str, str]:
    """Kind and word of the tag for what came of a look."""
    return {
        "opened": ("order", _("已打开")),
        "refused": ("restraint", _("已拒绝")),
        "unknown": ("quiet", _("查无主体")),
        "answered": ("order", _("已答复")),
        "mismatch": ("restraint", _("名称与号码不符")),
        "done": ("quiet", _("已办理")),
    }.get(outcome, ("quiet", outcome))


def purpose_name(code: str) -> str:
    """The purpose of a look."""
    found = lawbook.book().purposes.get(code)
    other = {
        "delivery_review": _("核对报送数据"), "delivery_file": _("取回报送文件"), "job_run": _("系统作业"),
        "complaint": _("提出查询投诉"), "complaint_withdrawal": _("撤回查询投诉"),
        "complaint_handling": _("办理查询投诉"),
        "consent_grant": _("给出授权"), "consent_withdrawal": _("撤回授权"), "consent_request": _("请求授权"),
        "consent_answer": _("答复授权请求"), "hold_placed": _("冻结查询"), "hold_lifted": _("解除冻结"),
        "ledger_erasure": _("依法删除查询日志内容"),
        "consent_review": _("查看所得授权"), "batch_review": _("查看批量核查"),
        "batch_attachment": _("打开批准文件"), "consent_decline": _("不同意授权请求"),
        "account_administration": _("账号管理"), "self_registration": _("本人首次登录"),
        "rights_case": _("办理权益案件"), "rights_inbox": _("查看待办案件"), "rights_statement": _("记录旁的说明"),
        "rights_representation": _("登记代理、监护"), "recall_notices": _("查看撤回通知"),
        "recall_confirmed": _("回执撤回通知"),
    }  # fmt: skip
    return named(found.name) if found else other.get(code, code)


def actor_name(kind: str) -> str:
    """What kind of account looked."""
    return {
        "officer": _("工作人员"),
        "citizen": _("自然人本人"),
        "enterprise": _("单位本身"),
        "machine": _("业务系统"),
        "job": _("系统作业"),
    }.get(kind, kind)


def percent(value: float | None) -> str:
    """A share as 98.5%; a dash when nothing was measured."""
    return "—" if value is None else f"{value * 100:.1f}%"


def one_place(value: float | None) -> str:
    """A mark with one decimal."""
    return "—" if value is None else f"{value:.1f}"
