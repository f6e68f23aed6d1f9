"""The guide to repair that a department serves together with its decision (两书同达). Nothing of it is kept."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.faces.api import asking
from goodfaith.faces.api.auth import Machine
from goodfaith.faces.api.texts import Code, Text
from goodfaith.intake.actions import check_may_deliver
from goodfaith.law.rules import display_of
from goodfaith.law.schema import Item
from goodfaith.rights import drafting_guide
from goodfaith.rights.letters.letter import render

PDF = "application/pdf"
router = Router(tags=["信用修复告知书 repair guide"], auth=Machine("intake:check"))

EXAMPLE: dict[str, Any] = {
    "item": "licensing.administrative_penalty", "decided_on": "2026-11-27", "document_no": "示市监处罚〔2026〕第0123号",
    "party": "示例市高黎贡山生态农业发展有限公司", "fields": {"CF_CFLB": "罚款", "CF_NR_FK": "0.5"},
}  # fmt: skip


class GuideIn(Schema):
    item: Code = Field(description="目录条目，须由本单位报送 an item that your unit reports")
    decided_on: dt.date = Field(description="决定日期 day of the decision")
    document_no: asking.Told = Field(description="决定文书号 number of the decision")
    party: asking.Told = Field(description="当事人的姓名或名称；只印在告知书上，不保存 printed, kept nowhere")
    display_class: Code | None = Field(
        default=None, description="公示类别代码；不写的按 fields 判断 class of display; without it, told from fields"
    )
    fields: dict[Text, Text] = Field(
        default={}, max_length=200, description="决定的内容，字段代码同报送 what the decision says, as it is delivered"
    )

    model_config = {"json_schema_extra": {"examples": [EXAMPLE]}}


ANSWER: dict[str, Any] = {
    "responses": {
        200: {
            "description": "信用修复告知书（PDF/A） the guide as PDF/A",
            "content": {PDF: {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}


@router.post("/repair-guide", response=None, summary="信用修复告知书：与决定书一同送达", openapi_extra=ANSWER)
def repair_guide(request: HttpRequest, body: GuideIn) -> HttpResponse:
    """Until when the finding is shown, when and how it may be repaired, what that takes, that it costs nothing."""
    acting = asking.acting_of(request)
    unit, item = check_may_deliver(acting=acting, item=body.item)
    served = drafting_guide.Served(
        unit.code, item.code, _class_of(item, body), body.decided_on, body.document_no, body.party
    )
    printed = render(drafting_guide.repair_guide(served, clock.today()))
    response = HttpResponse(printed.pdf, content_type=PDF)
    response["Content-Disposition"] = 'attachment; filename="repair-guide.pdf"'
    return response


def _class_of(item: Item, body: GuideIn) -> str:
    """The class that was named, or that the decision's content gives. Problem when there is none for a guide."""
    if item.polarity != "negative":
        raise Problem("guide_not_needed", _("这个条目不是失信信息，不需要修复告知书。"), _("请核对条目。"), status=422)
    known = {one.code: one.name.zh for one in drafting_guide.classes(item, body.decided_on)}
    found = drafting_guide.rule_on(item, body.decided_on)
    if found is None:
        raise Problem(
            "display_no_version", _("这一天作出的决定没有适用的公示规则。"), _("请核对决定日期。"), status=422
        )
    code = body.display_class or display_of(found[0], body.decided_on, body.fields).class_code
    if code not in known:
        listed = "；".join(f"{code} {name}" for code, name in known.items())
        what = _("没有公示类别“%(code)s”，或者这一类不发告知书。") % {"code": code}
        raise Problem("class_unknown", what, _("可选的类别：%(classes)s。") % {"classes": listed}, status=422)
    return code
