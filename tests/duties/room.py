"""A document in the room, for tests: uploaded, its names confirmed, adopted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from goodfaith.common import clock
from goodfaith.common.acting import Acting
from goodfaith.duties import actions
from goodfaith.duties.models import Document, Duty, Proposal
from goodfaith.parties.models import Unit, User

TEXT = """示例市人民政府办公室关于印发示例市信用工作任务的通知

示政办发〔2026〕9号

各县（市、区）人民政府，市直有关单位：

现将任务印发给你们，请认真执行。

一、重点任务

（一）做好双公示。行政许可和行政处罚信息在七个工作日内公示，做到全面、准确、及时。（市司法局牵头；市民政局按照职责分别负责。2026年12月31日前完成）

（二）报送年度总结。各单位总结全年工作，形成书面报告。（市司法局牵头；市民政局按照职责分别负责。每年12月30日前）

（三）开展诚信宣传。在重要时间节点集中宣传信用政策法规。（市司法局、市民政局按照职责分别负责。持续实施）

示例市人民政府办公室

2026年3月2日

（此件公开发布）
"""


def officer(name: str, role: str, unit: str) -> Acting:
    """Another officer."""
    made = User.objects.create_user(name, password="demo", kind="officer", role=role, unit=Unit.objects.get(pk=unit))
    return made.acting


def upload(acting: Acting, text: str = TEXT, at: dt.datetime | None = None, name: str = "通知.txt") -> Document:
    """Through the action."""
    return actions.do_upload(acting=acting, at=at or clock.now(), name=name, data=text.encode())


def confirm(acting: Acting, document: Document, names: dict[str, Sequence[str]], at: dt.datetime | None = None) -> None:
    """Say what the names stand for: units' codes; none: outside the registry."""
    for full, units in names.items():
        kind = "outside" if not units else "unit" if len(units) == 1 else "set"
        actions.do_confirm_name(acting=acting, at=at or clock.now(), document_id=document.pk, full=full, kind=kind, units=units)


def proposals(document: Document) -> list[Proposal]:
    """In the order of the text."""
    return list(document.proposals.exclude(state__in=["replaced", "void"]).order_by("start", "id"))


def names(document: Document) -> list[str]:
    """All whole names in a document."""
    return list(dict.fromkeys(raw["full"] for each in proposals(document) for raw in each.units))


def adopted(
    reviewer: Acting, adopter: Acting, units: dict[str, Sequence[str]], text: str = TEXT, at: dt.datetime | None = None,
    disclosures: Sequence[str] = (),
) -> list[Duty]:  # fmt: skip
    """A document's duties, all accepted. ``disclosures``: of the first ones."""
    at = at or clock.now()
    document = upload(reviewer, text, at)
    for each, disclosure in zip(proposals(document), disclosures, strict=False):
        actions.do_mend(acting=reviewer, at=at, document_id=document.pk, proposal_id=each.pk, changes={"disclosure": disclosure})
    confirm(reviewer, document, {full: units.get(full, ()) for full in names(document)}, at)
    keys: list[UUID] = [each.pk for each in proposals(document)]
    actions.do_accept(acting=reviewer, at=at, document_id=document.pk, proposal_ids=keys)
    actions.do_submit(acting=reviewer, at=at, document_id=document.pk)
    return actions.do_adopt(acting=adopter, at=at, document_id=document.pk)
