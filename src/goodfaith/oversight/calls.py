"""How this room speaks to its database functions: one call, one JSON answer, the refusal as a problem.

The functions write the ledger entry themselves, so the call stands in a transaction of its own that is over
before a refusal is raised: the entry of a refusal stays.
"""

from __future__ import annotations

import json
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from goodfaith.common.acting import Acting
from goodfaith.common.problems import Problem

PROBLEMS: dict[str, tuple[str, str, int]] = {
    "role_not_allowed": (_n("您的岗位不能查看审计内容，这次尝试已记入查询日志。"), _n("审计由审计员进行。"), 403),
    "not_own_entry": (_n("这条记录不在您本人（本单位）的查询记录里。"), _n("请从“谁查过我”里选择要投诉的查询。"), 404),
    "complaint_open": (_n("对这次查询您已经提出过投诉，正在处理。"), _n("请等候答复，或者先撤回再重新提出。"), 409),
    "complaint_unknown": (_n("没有这件投诉。"), _n("请从投诉列表进入。"), 404),
    "complaint_not_open": (_n("这件投诉已经办结或者已经撤回。"), _n("如对答复不服，可以重新提出投诉。"), 409),
    "review_unknown": (_n("没有这一条复核。"), _n("请从抽查列表进入。"), 404),
    "draw_unknown": (_n("没有这一次抽查。"), _n("请从抽查列表进入。"), 404),
    "draw_closed": (_n("这一次抽查已经办结，结论不能再改。"), _n("如有新情况，请另行抽查。"), 409),
    "reviews_pending": (_n("还有没有复核完的记录。"), _n("请逐条作出结论后再办结。"), 409),
    "misuse_opened": (_n("已经立案，结论不能撤销。"), _n("请在违规查询案件中办理。"), 409),
    "misuse_without_ground": (_n("结论不是“违规查询”（投诉为“不合规”）的，不能立案。"), _n("请先作出结论。"), 409),
    "misuse_unknown": (_n("没有这件案件。"), _n("请从案件列表进入。"), 404),
    "misuse_closed": (_n("案件已经办结。"), _n("如有新情况，请另行立案。"), 409),
}


def problem(code: str) -> Problem:
    """The problem that a function's code stands for."""
    what, then, status = PROBLEMS[code]
    return Problem(code, _(what), _(then), status=status)


def one(function: str, acting: Acting, *arguments: Any) -> Any:
    """The one value that ``oversight.<function>`` answers."""
    places = ", ".join(["%s"] * (2 + len(arguments)))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT oversight.{function}({places})", [acting.kind, acting.id, *arguments])
        return cursor.fetchone()[0]


def asked(function: str, acting: Acting, *arguments: Any) -> dict[str, Any]:
    """The JSON answer of a function; Problem when it refuses or cannot."""
    found = one(function, acting, *arguments)
    answer: dict[str, Any] = json.loads(found) if isinstance(found, str) else found
    code = answer.get("refusal") or answer.get("problem")
    if code:
        raise problem(code)
    return answer
