"""A document with its duties in every state, for the pages about them; all invented."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from goodfaith.common import clock
from goodfaith.common.acting import Acting
from goodfaith.duties import actions
from goodfaith.duties.models import Assignment, Clause, Document, Duty
from tests.city import City
from tests.duties import room

PROVINCE = """示例省人民政府办公厅关于加强信用工作的实施意见

示省政办发〔2025〕3号

各市人民政府，省直有关部门：

现将任务印发给你们，请认真执行。

一、重点任务

（一）做好双公示。行政许可和行政处罚信息在七个工作日内公示，做到全面、准确、及时。（省司法厅牵头；省民政厅按照职责分别负责。2026年12月31日前完成）

示例省人民政府办公厅

2025年11月2日

（此件公开发布）
"""
CITY = """示例市人民政府办公室关于印发示例市信用工作任务的通知

示政办发〔2026〕9号

各县（市、区）人民政府，市直有关单位：

为贯彻落实《示例省人民政府办公厅关于加强信用工作的实施意见》（示省政办发〔2025〕3号），现将任务印发给你们。

一、重点任务

（一）做好双公示。行政许可和行政处罚信息在七个工作日内公示，做到全面、准确、及时。（市司法局牵头；市民政局按照职责分别负责。2099年12月31日前完成）

（二）报送年度总结。各单位总结全年工作，形成书面报告。（市司法局牵头；市民政局按照职责分别负责。每年12月30日前）

（三）开展诚信宣传。在重要时间节点集中宣传信用政策法规。（市司法局、市民政局按照职责分别负责。持续实施）

（四）建立红黑名单制度。制定名单管理办法。（市民政局牵头。2026年4月30日前完成）

（五）内部通报。对数据报送情况每季度通报。（市司法局牵头。持续实施）

（六）完善档案。做好档案整理工作。（市民政局牵头。2099年6月30日前完成）

示例市人民政府办公室

2026年3月2日

（此件公开发布）
"""
UNITS = {"市司法局": ["t_a"], "市民政局": ["t_b"]}


@dataclass
class Place:
    """Who and what there is."""

    office: Acting
    second: Acting
    third: Acting
    clerk: Acting
    other: Acting
    duties: list[Duty]
    document: Document

    def assignment(self, place: int, line: int = 1) -> UUID:
        """The id of an assignment of the duty at that place."""
        return Assignment.objects.filter(duty=self.duties[place - 1], line=line).latest("period").pk


def place_of(city: City, at: dt.datetime | None = None) -> Place:
    """The city's document: the fifth duty shared, the sixth on request; the first has accepted progress."""
    office, clerk = city.users["credit_office"].acting, city.users["clerk"].acting
    second, third = (room.officer(f"office{n}", "credit_office", "t_office") for n in (2, 3))
    classes = ["open", "open", "open", "open", "shared", "on_request"]
    duties = room.adopted(office, second, UNITS, text=CITY, at=at, disclosures=classes)
    return Place(office, second, third, clerk, city.users["other_clerk"].acting, duties, duties[0].document)


def report(place: Place, n: int, text: str, *, act: str = "accept", who: Acting | None = None, line: int = 1) -> UUID:
    """Take a duty to its accepted report."""
    key, clerk = place.assignment(n, line), who or place.clerk
    for step in ("confirm", "start"):
        actions.do_act(acting=clerk, at=clock.now(), assignment_id=key, act=step)
    actions.do_add_link(
        acting=clerk, at=clock.now(), assignment_id=key, title="公示专栏", url="https://example.invalid/double",
        disclosure="open",
    )
    actions.do_act(acting=clerk, at=clock.now(), assignment_id=key, act="report", text=text)
    if act:
        actions.do_act(acting=place.office, at=clock.now(), assignment_id=key, act=act)
    return key


def province(place: Place) -> Document:
    """The province's document, adopted as well, its first clause linked to the city's."""
    duties = room.adopted(place.office, place.second, {}, text=PROVINCE)
    later = Clause.objects.get(document=place.document, number="（一）")
    earlier = Clause.objects.get(document=duties[0].document, number="（一）")
    actions.do_decide_link(acting=place.office, at=clock.now(), later=later.pk, earlier=earlier.pk, confirm=True)
    return duties[0].document
