"""The procedures of this room as data: review of a document, an assignment, a notice, an assessment round, a question.

Same base as the rights' (:mod:`goodfaith.common.procedure`): the database holds a copy of the transitions and refuses
any other; faces draw steppers and buttons from it. ``article`` is the rule of procedure that an act rests on.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_noop as _n

from goodfaith.common.procedure import NOBODY, OFFICE, SOURCE, STAY, SUBJECT, Act, Procedure, Step

PARTICIPANT = "participant"
"""An officer of a unit that takes part in a duty without leading it."""
PLATFORM = _n("本平台任务台账规则")
INFORMATION = _n("《政府信息公开条例》第十三条、第二十七条（条号未核对）")

REVIEW = Procedure(
    "document",
    _n("公文审核"),
    "W",
    (
        Step("review", _n("审核中"), OFFICE, _n("系统读出的任务逐条核对：确认、修改、拆分、合并、补充或者不列入。")),
        Step("ready", _n("待采纳"), OFFICE, _n("已核对完，等另一位工作人员采纳。")),
        Step("adopted", _n("已采纳"), NOBODY, _n("任务已经列入台账，文字不再改动。"), outcome="adopted"),
        Step("discarded", _n("已停用"), NOBODY, _n("没有采纳，留存备查。"), outcome="discarded"),
    ),
    (
        Act("submit", _n("提交采纳"), ("review",), "ready", (OFFICE,), PLATFORM),
        Act("send_back", _n("退回审核"), ("ready",), "review", (OFFICE,), PLATFORM, needs=("text",)),
        Act("adopt", _n("采纳并列入台账"), ("ready",), "adopted", (OFFICE,), PLATFORM, decides=True),
        Act("discard", _n("不采纳这份公文"), ("review", "ready"), "discarded", (OFFICE,), PLATFORM, needs=("text",)),
    ),
)

ASSIGNMENT = Procedure(
    "assignment",
    _n("任务办理"),
    "R",
    (
        Step("assigned", _n("待签收"), SOURCE, _n("任务已经列入台账，等责任单位签收。")),
        Step("confirmed", _n("已签收"), SOURCE, _n("责任单位已经签收，正在分解。")),
        Step("in_progress", _n("推进中"), SOURCE, _n("责任单位正在办理。")),
        Step("reported", _n("已报送，待审核"), OFFICE, _n("责任单位已经报送进展，等联席会议办公室审核。")),
        Step("returned", _n("退回补充"), SOURCE, _n("报送的进展被退回，理由见退回意见。")),
        Step("accepted", _n("已完成"), NOBODY, _n("联席会议办公室已经审核认可。"), outcome="accepted"),
        Step("ended", _n("已终止"), NOBODY, _n("任务经批准终止。"), outcome="ended"),
    ),
    (
        Act("confirm", _n("签收任务"), ("assigned",), "confirmed", (SOURCE,), PLATFORM),
        Act("decline", _n("提出不属于本单位职责"), ("assigned",), STAY, (SOURCE,), PLATFORM, needs=("text",)),
        Act("start", _n("开始办理"), ("confirmed",), "in_progress", (SOURCE,), PLATFORM),
        Act("plan", _n("分解步骤"), ("confirmed", "in_progress", "returned"), STAY, (SOURCE,), PLATFORM),
        Act("report", _n("报送进展"), ("confirmed", "in_progress", "returned"), "reported", (SOURCE,), PLATFORM,
            needs=("text",)),
        Act("add", _n("补充参与情况"), ("assigned", "confirmed", "in_progress", "reported", "returned"), STAY,
            (PARTICIPANT, SOURCE), PLATFORM, needs=("text",)),
        Act("accept", _n("审核认可，任务完成"), ("reported",), "accepted", (OFFICE,), PLATFORM, decides=True),
        Act("go_on", _n("认可进展，继续实施"), ("reported",), "in_progress", (OFFICE,), PLATFORM, decides=True),
        Act("return", _n("退回补充"), ("reported",), "returned", (OFFICE,), PLATFORM, needs=("text",), decides=True),
        Act("urge", _n("催办"), ("assigned", "confirmed", "in_progress", "returned"), STAY, (OFFICE,), PLATFORM,
            needs=("text",)),
        Act("end", _n("终止"), ("assigned", "confirmed", "in_progress", "reported", "returned"), "ended", (OFFICE,),
            PLATFORM, decides=True),
    ),
)  # fmt: skip

NOTICE = Procedure(
    "notice",
    _n("督办"),
    "D",
    (
        Step("sent", _n("等待回复"), SOURCE, _n("督办通知已经发出，等被督办单位回复。")),
        Step("replied", _n("已回复，待认定"), OFFICE, _n("被督办单位已经回复，等联席会议办公室认定。")),
        Step("closed", _n("已办结"), NOBODY, _n("联席会议办公室已经作出认定。"), outcome="closed"),
    ),
    (
        Act("reply", _n("回复督办"), ("sent",), "replied", (SOURCE,), PLATFORM, needs=("text",)),
        Act("ask_again", _n("要求补充回复"), ("replied",), "sent", (OFFICE,), PLATFORM, needs=("text",)),
        Act("close", _n("认定并办结"), ("sent", "replied"), "closed", (OFFICE,), PLATFORM, needs=("text",)),
    ),
)

ROUND = Procedure(
    "round",
    _n("考核"),
    "K",
    (
        Step("scoring", _n("单位自评"), SOURCE, _n("各单位对照指标自评，平台能测量的数字已经取好。")),
        Step("reviewing", _n("复核"), OFFICE, _n("联席会议办公室逐项复核。")),
        Step("objecting", _n("征求异议"), SOURCE, _n("各单位可以对本单位的得分提出异议。")),
        Step("published", _n("已公布"), NOBODY, _n("结果已经公布，不再改动。"), outcome="published"),
        Step("dropped", _n("已取消"), NOBODY, _n("这一轮考核没有进行。"), outcome="dropped"),
    ),
    (
        Act("review", _n("截止自评，开始复核"), ("scoring",), "reviewing", (OFFICE,), PLATFORM),
        Act("hear", _n("复核完毕，征求异议"), ("reviewing",), "objecting", (OFFICE,), PLATFORM),
        Act("publish", _n("公布结果"), ("objecting",), "published", (OFFICE,), PLATFORM, decides=True),
        Act("drop", _n("取消这一轮"), ("scoring", "reviewing"), "dropped", (OFFICE,), PLATFORM, needs=("text",)),
    ),
)

QUESTION = Procedure(
    "question",
    _n("任务咨询"),
    "Z",
    (
        Step("asked", _n("等待答复"), SOURCE, _n("已收到您的提问，责任单位在期限内答复。")),
        Step("answered", _n("已答复"), NOBODY, _n("责任单位已经答复。"), outcome="answered"),
        Step("withdrawn", _n("已撤回"), NOBODY, _n("您已经撤回这个问题。"), outcome="withdrawn"),
    ),
    (
        Act("answer", _n("答复"), ("asked",), "answered", (SOURCE, OFFICE), INFORMATION, needs=("text",)),
        Act("pass_on", _n("转给另一责任单位答复"), ("asked",), STAY, (OFFICE, SOURCE), INFORMATION, needs=("unit",)),
        Act("withdraw", _n("撤回提问"), ("asked",), "withdrawn", (SUBJECT,), INFORMATION),
    ),
)
PROCEDURES: dict[str, Procedure] = {each.code: each for each in (REVIEW, ASSIGNMENT, NOTICE, ROUND, QUESTION)}


def transition_rows() -> Iterator[tuple[Any, ...]]:
    """The rows of ``duties_transition``: procedure, from, act, to, by, final, decides."""
    for procedure in PROCEDURES.values():
        for frm, act, who, to in procedure.transitions():
            yield procedure.code, frm, act.code, to.code, who, to.final, act.decides
