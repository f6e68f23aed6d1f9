"""The procedures of the rights: which steps there are, who may do what, and by which article.

The sentences are what the subject reads. Articles of provincial rules come with the clock (``law`` limits); here
stands the rule that the act itself rests on.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _n

from goodfaith.common.procedure import (
    BACK,
    JOB,
    NOBODY,
    OFFICE,
    SOURCE,
    STAY,
    SUBJECT,
    SUPERVISOR,
    Act,
    Procedure,
    Step,
)

PIPL_45 = "《个人信息保护法》第四十五条"
PIPL_46 = "《个人信息保护法》第四十六条"
PIPL_50 = "《个人信息保护法》第五十条"
REPAIR_2025 = "国办发〔2025〕22号"
ORDER_36 = "《信用修复管理办法》（国家发展改革委令第36号，条号未核对）"
PENALTY_48 = "《行政处罚法》第四十八条"
RECONSIDERATION = "《行政复议法》《行政诉讼法》（停止执行的情形，条号未核对）"
CIVIL_1029 = "《民法典》第一千零二十九条"

DRAFT = Step("draft", _n("草稿"), SUBJECT, _n("还没有提交。您可以随时回来接着写，或者删除。"))
DISCARDED = Step("discarded", _n("已删除草稿"), NOBODY, _n("草稿已经删除，没有提交。"), outcome="discarded")
WITHDRAWN = Step("withdrawn", _n("已撤回"), NOBODY, _n("您已经撤回。需要时可以重新提出。"), outcome="withdrawn")
SUPPLEMENT = Step(
    "supplement",
    _n("等您补充材料"),
    SUBJECT,
    _n("还缺材料，清单一次告知。规定允许的，这段时间不计入期限；您补齐后继续办理，不补也不会因此作出对您不利的决定。"),
)

SAVE = Act("save", _n("保存草稿"), ("draft",), STAY, (SUBJECT,), PIPL_50, told=False)
DISCARD = Act("discard", _n("删除草稿"), ("draft",), "discarded", (SUBJECT,), PIPL_50)


def _common(open_steps: tuple[str, ...], handlers: tuple[str, ...]) -> tuple[Act, ...]:
    """What may be done in any case while it runs: withdraw, supply, remark, delegate, extend, escalate."""
    working = tuple(step for step in open_steps if step not in ("draft", "supplement"))
    return (
        Act("withdraw", _n("撤回"), (*working, "supplement"), "withdrawn", (SUBJECT,), PIPL_50, effects=("unmark",)),
        Act("say", _n("补充说明"), (*working, "supplement"), STAY, (SUBJECT,), PIPL_50, told=False, needs=("message",)),
        Act("delegate", _n("交办"), working, STAY, (*handlers, SUPERVISOR), PIPL_50, told=False, needs=("officer",)),
        Act("extend", _n("延长期限"), working, STAY, handlers, PIPL_50, needs=("reason",), clock="extend"),
        Act("urge", _n("督办"), working, STAY, (SUPERVISOR,), REPAIR_2025, needs=("text",)),
        Act("escalate", _n("逾期上报"), working, STAY, (JOB,), REPAIR_2025),
    )


CHANGED = ("version", "tombstone", "recall", "unmark")
ANSWERED = ("text", "remedy")
OBJECTION_ENDS = (
    ("maintain", _n("核实无误"), "maintained", PIPL_46, ANSWERED, ("unmark",)),
    ("correct", _n("更正"), "corrected", PIPL_46, (*ANSWERED, "correction"), CHANGED),
    ("annul", _n("依据已撤销，撤下"), "annulled", PENALTY_48, ANSWERED, CHANGED),
    ("unlink", _n("不是本人，移除"), "unlinked", PIPL_46, ANSWERED, CHANGED),
)
"""How an objection is decided: act, name, outcome, article, needs, effects."""

OBJECTION = Procedure(
    "objection",
    _n("异议"),
    "Y",
    (
        DRAFT,
        Step("filed", _n("已提交，等待分办"), OFFICE,
             _n("已收到，记录已经标注“有异议”。信用主管部门先看是不是平台自己的差错，不是的转给报送单位核实。"), ("forward",)),
        SUPPLEMENT,
        Step("own", _n("平台核查"), OFFICE, _n("是平台自己的环节，由信用主管部门核查并答复。"), ("own_answer",)),
        Step("source", _n("报送单位核实"), SOURCE, _n("已转给报送这条记录的单位核实，由它书面答复。"), ("source_answer",)),
        Step("expert", _n("鉴定评审"), SOURCE, _n("正在专家评审或者鉴定，所需时间不计入期限。")),
        Step("maintained", _n("核实无误"), NOBODY, _n("核实后认为记录没有错。不服的，看答复里写的救济途径和最后一天。"), outcome="maintained"),
        Step("corrected", _n("已更正"), NOBODY, _n("记录已经更正，用过旧内容的单位都会收到通知。"), outcome="corrected"),
        Step("annulled", _n("已撤下"), NOBODY, _n("记录的依据没有了，已经撤下，用过它的单位都会收到通知。"), outcome="annulled"),
        Step("unlinked", _n("确认不是您的记录"), NOBODY, _n("这条记录不是您的，已经从您的档案移除，用过它的单位都会收到通知。"), outcome="unlinked"),
        Step("refused", _n("不予受理"), NOBODY, _n("没有受理，理由和救济途径在通知书里。"), outcome="refused"),
        DISCARDED, WITHDRAWN,
    ),
    (
        SAVE, DISCARD,
        Act("file", _n("提交异议"), ("draft",), "filed", (SUBJECT, OFFICE, SOURCE), PIPL_46, effects=("dispute", "suspend")),
        Act("take", _n("由平台核查"), ("filed",), "own", (OFFICE,), PIPL_46),
        Act("forward", _n("转报送单位"), ("filed", "own"), "source", (OFFICE,), PIPL_46),
        Act("ask", _n("要求补充材料"), ("filed", "own", "source"), "supplement", (OFFICE, SOURCE), PIPL_50,
            needs=("text",), clock="suspend"),
        Act("supply", _n("提交补充材料"), ("supplement",), BACK, (SUBJECT,), PIPL_50, clock="resume"),
        Act("go_on", _n("不等补充，接着办"), ("supplement",), BACK, (OFFICE, SOURCE), PIPL_50, clock="resume"),
        Act("refuse", _n("不予受理"), ("filed",), "refused", (OFFICE,), PIPL_50, needs=("text", "remedy"),
            effects=("unmark",), decides=True),
        Act("give_back", _n("退回信用主管部门"), ("source",), "filed", (SOURCE,), PIPL_46, needs=("text",)),
        Act("hear_expert", _n("送鉴定评审"), ("source",), "expert", (SOURCE,), PIPL_46, needs=("reason",), clock="suspend"),
        Act("expert_done", _n("鉴定评审结束"), ("expert",), "source", (SOURCE,), PIPL_46, clock="resume"),
        # what is the platform's own it decides itself, the rest the unit that reported it, and nobody for the other
        *(
            Act(code, name, (step,), outcome, (who,), article, needs=needs, effects=effects, decides=True)
            for step, who in (("source", SOURCE), ("own", OFFICE))
            for code, name, outcome, article, needs, effects in OBJECTION_ENDS
        ),
        *_common(("draft", "filed", "supplement", "own", "source", "expert"), (OFFICE, SOURCE)),
    ),
    whole=("total",),
)  # fmt: skip

REPAIR = Procedure(
    "repair",
    _n("信用修复"),
    "X",
    (
        DRAFT,
        Step("filed", _n("已提交，等待受理"), SOURCE, _n("作出这项认定的单位先看材料齐不齐，然后决定是否受理。谁认定、谁修复，不收费。"), ("repair_accept",)),
        SUPPLEMENT,
        Step("accepted", _n("已受理，正在审核"), SOURCE, _n("已经受理，由作出认定的单位决定。"), ("repair_decide",)),
        Step("checking", _n("核查整改情况"), SOURCE, _n("正在核查整改情况，所需时间不计入期限。")),
        Step("granted", _n("已修复"), NOBODY, _n("已经修复：停止公示，停止共享和使用，解除惩戒。用过这条记录的单位都会收到通知。"), outcome="granted"),
        Step("denied", _n("不予修复"), NOBODY, _n("没有同意修复，理由和救济途径在决定书里。"), outcome="denied"),
        Step("refused", _n("不予受理"), NOBODY, _n("没有受理，理由和救济途径在通知书里。条件具备后可以再次申请。"), outcome="refused"),
        DISCARDED, WITHDRAWN,
    ),
    (
        SAVE, DISCARD,
        Act("file", _n("提交修复申请"), ("draft",), "filed", (SUBJECT, OFFICE, SOURCE), ORDER_36, needs=("commitment",)),
        Act("accept", _n("受理"), ("filed",), "accepted", (SOURCE,), REPAIR_2025),
        Act("ask", _n("要求补充材料"), ("filed", "accepted"), "supplement", (SOURCE,), REPAIR_2025,
            needs=("text",), clock="suspend"),
        Act("supply", _n("提交补充材料"), ("supplement",), BACK, (SUBJECT,), REPAIR_2025, clock="resume"),
        Act("go_on", _n("不等补充，接着办"), ("supplement",), BACK, (SOURCE,), REPAIR_2025, clock="resume"),
        Act("refuse", _n("不予受理"), ("filed",), "refused", (SOURCE,), REPAIR_2025, needs=("text", "remedy"), decides=True),
        Act("hear_expert", _n("核查整改"), ("accepted",), "checking", (SOURCE,), REPAIR_2025, needs=("reason",), clock="suspend"),
        Act("expert_done", _n("核查结束"), ("checking",), "accepted", (SOURCE,), REPAIR_2025, clock="resume"),
        Act("grant", _n("准予修复"), ("accepted",), "granted", (SOURCE,), ORDER_36,
            needs=("text",), effects=("version", "tombstone", "recall", "unmark"), decides=True),
        Act("deny", _n("不予修复"), ("accepted",), "denied", (SOURCE,), ORDER_36, needs=("text", "remedy"), decides=True),
        *_common(("draft", "filed", "supplement", "accepted", "checking"), (SOURCE,)),
    ),
    whole=("repair_result",),
)  # fmt: skip

COMPLAINT = Procedure(
    "complaint",
    _n("投诉"),
    "T",
    (
        DRAFT,
        Step("filed", _n("已提交，正在核实"), OFFICE, _n("已收到。信用主管部门核实后书面答复您。"), ("complaint_answer",)),
        SUPPLEMENT,
        Step("source", _n("被投诉单位说明"), SOURCE, _n("已要求被投诉的单位书面说明，答复仍由信用主管部门作出。")),
        Step("founded", _n("属实"), NOBODY, _n("投诉属实，处理措施在答复里。"), outcome="founded"),
        Step("unfounded", _n("不属实"), NOBODY, _n("核实后没有发现问题。不服的，看答复里写的途径。"), outcome="unfounded"),
        DISCARDED, WITHDRAWN,
    ),
    (
        SAVE, DISCARD,
        Act("file", _n("提交投诉"), ("draft",), "filed", (SUBJECT, OFFICE), PIPL_50),
        Act("ask", _n("要求补充材料"), ("filed",), "supplement", (OFFICE,), PIPL_50, needs=("text",), clock="suspend"),
        Act("supply", _n("提交补充材料"), ("supplement",), BACK, (SUBJECT,), PIPL_50, clock="resume"),
        Act("go_on", _n("不等补充，接着办"), ("supplement",), BACK, (OFFICE, SOURCE), PIPL_50, clock="resume"),
        Act("hear", _n("要求单位说明"), ("filed",), "source", (OFFICE,), PIPL_50, needs=("unit", "text"), clock="keep"),
        Act("explain", _n("提交说明"), ("source",), "filed", (SOURCE,), PIPL_50, needs=("text",), clock="keep"),
        Act("take_back", _n("不等说明，接着办"), ("source",), "filed", (OFFICE,), PIPL_50, clock="keep"),
        Act("uphold", _n("属实"), ("filed",), "founded", (OFFICE,), PIPL_50, needs=("text",), decides=True),
        Act("dismiss", _n("不属实"), ("filed",), "unfounded", (OFFICE,), PIPL_50, needs=("text", "remedy"), decides=True),
        *_common(("draft", "filed", "supplement", "source"), (OFFICE,)),
    ),
)  # fmt: skip

REQUEST = Procedure(
    "request",
    _n("个人信息权利请求"),
    "Q",
    (
        DRAFT,
        Step("filed", _n("已提交，正在办理"), OFFICE, _n("已收到，信用主管部门办理后书面答复；不同意的必须说明理由。"), ("request_answer",)),
        SUPPLEMENT,
        Step("granted", _n("已办理"), NOBODY, _n("已经按您的请求办理。"), outcome="granted"),
        Step("denied", _n("没有同意"), NOBODY, _n("没有同意，理由在答复里。您可以依法向人民法院提起诉讼。"), outcome="denied"),
        DISCARDED, WITHDRAWN,
    ),
    (
        SAVE, DISCARD,
        Act("file", _n("提交请求"), ("draft",), "filed", (SUBJECT, OFFICE), PIPL_50),
        Act("ask", _n("要求补充材料"), ("filed",), "supplement", (OFFICE,), PIPL_50, needs=("text",), clock="suspend"),
        Act("supply", _n("提交补充材料"), ("supplement",), BACK, (SUBJECT,), PIPL_50, clock="resume"),
        Act("go_on", _n("不等补充，接着办"), ("supplement",), BACK, (OFFICE, SOURCE), PIPL_50, clock="resume"),
        Act("grant", _n("办理"), ("filed",), "granted", (OFFICE,), PIPL_50, needs=("text",), decides=True),
        Act("deny", _n("不同意"), ("filed",), "denied", (OFFICE,), PIPL_50, needs=("text", "remedy"), decides=True),
        *_common(("draft", "filed", "supplement"), (OFFICE,)),
    ),
)  # fmt: skip

NOTE = Procedure(
    "note",
    _n("复议、诉讼登记"),
    "S",
    (
        DRAFT,
        Step("filed", _n("已提交，等待登记"), SOURCE, _n("已收到，由作出决定的单位核对后登记；记录旁会写明正在复议或者诉讼。"), ("note_enter",)),
        SUPPLEMENT,
        Step("pending", _n("复议、诉讼期间"), SOURCE, _n("已登记。决定没有停止执行的，记录继续显示并注明正在复议或者诉讼。")),
        Step("stayed", _n("停止执行期间"), SOURCE, _n("决定停止执行，这段时间不公示、不共享、不作为惩戒依据。")),
        Step("upheld", _n("决定维持"), NOBODY, _n("决定被维持，记录恢复显示。"), outcome="upheld"),
        Step("annulled", _n("决定被撤销"), NOBODY, _n("决定被撤销或者变更，记录已经撤下，用过它的单位都会收到通知。"), outcome="annulled"),
        Step("refused", _n("不予登记"), NOBODY, _n("没有登记，理由和救济途径在通知书里。"), outcome="refused"),
        DISCARDED, WITHDRAWN,
    ),
    (
        SAVE, DISCARD,
        Act("file", _n("提交登记"), ("draft",), "filed", (SUBJECT, OFFICE, SOURCE), RECONSIDERATION),
        Act("ask", _n("要求补充材料"), ("filed",), "supplement", (SOURCE,), PIPL_50, needs=("text",), clock="suspend"),
        Act("supply", _n("提交补充材料"), ("supplement",), BACK, (SUBJECT,), PIPL_50, clock="resume"),
        Act("go_on", _n("不等补充，接着办"), ("supplement",), BACK, (SOURCE,), PIPL_50, clock="resume"),
        Act("refuse", _n("不予登记"), ("filed",), "refused", (SOURCE,), PIPL_50, needs=("text", "remedy"), decides=True),
        Act("enter", _n("登记，记录照常显示"), ("filed", "stayed"), "pending", (SOURCE,), RECONSIDERATION,
            effects=("dispute", "unsuspend")),
        Act("stay", _n("停止执行，暂停显示"), ("filed", "pending"), "stayed", (SOURCE,), RECONSIDERATION,
            needs=("text",), effects=("dispute", "suspend")),
        Act("uphold", _n("决定维持"), ("pending", "stayed"), "upheld", (SOURCE,), RECONSIDERATION,
            needs=("text", "number"), effects=("unmark",)),
        Act("annul", _n("决定被撤销、变更"), ("filed", "pending", "stayed"), "annulled", (SOURCE,), PENALTY_48,
            needs=("text", "number"), effects=("version", "tombstone", "recall", "unmark"), decides=True),
        *_common(("draft", "filed", "supplement", "pending", "stayed"), (SOURCE,)),
    ),
)  # fmt: skip

PROCEDURES = {one.code: one for one in (OBJECTION, REPAIR, COMPLAINT, REQUEST, NOTE)}

KINDS: dict[str, dict[str, str]] = {
    "objection": {
        "wrong": _n("内容写错了"),
        "incomplete": _n("内容不全"),
        "not_me": _n("不是我的记录"),
        "past_term": _n("已经过了公示期还在显示"),
        "no_basis": _n("决定已被撤销、变更"),
        "infringement": _n("侵犯合法权益"),
    },
    "repair": {
        "performed": _n("已按期履行义务、纠正行为"),
        "performed_late": _n("逾期后主动履行"),
        "extension_granted": _n("已获准延期履行"),
        "explanation": _n("有正当理由，自主解释"),
        "volunteering": _n("参加志愿服务"),
        "donation": _n("慈善捐助"),
    },
    "complaint": {
        "handling": _n("办理拖延或者不当"),
        "leak": _n("信息泄露"),
        "misuse": _n("信息被滥用"),
        "paid_repair": _n("被收取信用修复费用"),
        "infringement": _n("其他侵犯合法权益"),
    },
    "request": {
        "copy": _n("查阅、复制我的信息"),
        "deletion": _n("删除我的信息"),
        "explanation": _n("说明处理规则"),
        "automated": _n("拒绝自动化决策"),
        "portability": _n("转移我的信息"),
    },
    "note": {
        "reconsideration": _n("已申请行政复议"),
        "litigation": _n("已提起诉讼"),
    },
}
"""The kinds of each procedure, for a choice in plain words."""
