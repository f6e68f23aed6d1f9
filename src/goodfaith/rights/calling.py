"""How this room speaks to its database functions: one call, one JSON answer, the refusal as a problem.

The functions write the ledger entry themselves, so the call stands in a transaction of its own that is over before
a refusal is raised: the entry of a refusal stays.
"""

from __future__ import annotations

from typing import Any

import orjson
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from goodfaith.common.acting import Acting
from goodfaith.common.problems import Problem
from goodfaith.gate import rules as gate_rules
from goodfaith.gate.calling import file_row
from goodfaith.gate.opening import Row

PROBLEMS: dict[str, tuple[str, str, int]] = {
    "case_unknown": (_n("没有这件案件，或者不归您办理。"), _n("请从列表进入。"), 404),
    "case_moved": (_n("这件案件刚刚被别人办到了下一步，您的操作没有生效。"), _n("请重新打开，看最新的情况。"), 409),
    "act_not_here": (_n("这一步现在不能办。"), _n("请重新打开案件，看现在可以办什么。"), 409),
    "case_running": (
        _n("这条记录已经有一件正在办理的案件（%(number)s）。"), _n("请在那件案件里补充，不用另外提出。"), 409,
    ),
    "four_eyes": (
        _n("录入这条记录或者代为登记这件案件的人，不能自己作决定。"), _n("请交本单位另一位工作人员办理。"), 409,
    ),
    "record_moved": (_n("这条记录刚刚有了新的版本，您看到的已经不是最新内容。"), _n("请重新打开案件核对后再办。"), 409),
    "record_unknown": (_n("没有这条现行记录。"), _n("请从档案里选择要办的记录。"), 404),
    "extended_before": (_n("期限只能延长一次，已经延长过了。"), _n("请在延长后的期限内办结。"), 409),
    "records_missing": (_n("没有选择记录。"), _n("请从档案里选择要办的记录。"), 422),
    "several_units": (_n("选择的记录由不同的单位报送，不能在一件案件里办。"), _n("请按报送单位分别提出。"), 422),
    "needs_missing": (_n("缺少这一步必须写明的内容。"), _n("请补齐后再办。"), 422),
    "unit_unknown": (_n("没有这个单位，或者它已经停用。"), _n("请从列出的单位中选择。"), 422),
    "officer_unknown": (_n("这位工作人员不在办理本案的单位，或者账号已经停用。"), _n("请从列出的人员中选择。"), 422),
    "content_erased": (_n("这条记录的内容已依法删除，不能更正。"), _n("可以撤下，或者确认无误。"), 409),
    "paper_erased": (_n("这份材料已依法删除。"), "", 410),
    "too_many_drafts": (_n("草稿太多（最多 20 件）。"), _n("请先提交或者删除已有的草稿。"), 409),
    "too_many_files": (_n("材料太多（最多 30 份）。"), _n("请合并后再上传。"), 422),
    "counter_entry_missing": (
        _n("请先核对当事人的证件，以“受理窗口”目的打开其档案，再登记案件。"),
        _n("查询会记入日志，当事人可以看到。"), 409,
    ),
    "statement_unknown": (_n("没有这段说明，或者不能由您撤下。"), _n("撤下他人的说明须由信用主管部门写明依据。"), 404),
    "account_unknown": (_n("没有这个账号。"), _n("代理人须先在平台注册账号。"), 404),
    "representation_unknown": (_n("没有这项代理。"), "", 404),
    "notice_unknown": (_n("没有发给贵单位的这份通知。"), _n("请从通知列表进入。"), 404),
    "notice_confirmed": (_n("这份通知已经确认过。"), _n("情况有变化的，请联系信用主管部门。"), 409),
}  # fmt: skip


def problem(code: str, **named: Any) -> Problem:
    """The problem that a function's code stands for."""
    if code not in PROBLEMS and code in gate_rules.REFUSAL:
        return gate_rules.problem(code)
    what, then, status = PROBLEMS[code]
    return Problem(code, _(what) % named if named else _(what), _(then) if then else "", status=status)


def value(function: str, acting: Acting, *arguments: Any) -> Any:
    """The one value that ``rights.<function>`` answers; JSON parsed."""
    places = ", ".join(["%s"] * (2 + len(arguments)))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT rights.{function}({places})", [acting.kind, acting.id, *arguments])
        found = cursor.fetchone()[0]
    return orjson.loads(found) if isinstance(found, str) and found[:1] in "{[" else found


def asked(function: str, acting: Acting, parameters: dict[str, Any]) -> dict[str, Any]:
    """The JSON answer to JSON parameters; Problem when the function refuses or cannot."""
    answer: dict[str, Any] = value(function, acting, json(parameters))
    refusal = answer.get("problem") or answer.get("refusal")
    if refusal:
        raise problem(refusal, **({"number": answer["number"]} if "number" in answer else {}))
    return answer


def told(function: str, acting: Acting, *arguments: Any) -> None:
    """A function that answers null, or the code of why not."""
    code = value(function, acting, *arguments)
    if code:
        raise problem(code)


def rows(function: str, acting: Acting, *arguments: Any) -> list[Row]:
    """The rows (kind, subject, facts, sealed) of a function."""
    places = ", ".join(["%s"] * (2 + len(arguments)))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"SELECT kind, subject_id, facts, sealed FROM rights.{function}({places})",  # noqa: S608
            [acting.kind, acting.id, *arguments],
        )
        return [file_row(row) for row in cursor.fetchall()]


def listed(function: str, acting: Acting, *arguments: Any) -> list[dict[str, Any]]:
    """The JSON rows of a function."""
    places = ", ".join(["%s"] * (2 + len(arguments)))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT x FROM rights.{function}({places}) x", [acting.kind, acting.id, *arguments])  # noqa: S608
        return [orjson.loads(row[0]) if isinstance(row[0], str) else row[0] for row in cursor.fetchall()]


def json(parameters: dict[str, Any]) -> str:
    """JSON for a parameter of a function."""
    return orjson.dumps(parameters).decode()
