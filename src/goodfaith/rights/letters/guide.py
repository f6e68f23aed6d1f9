"""The guide to repair that is served together with a finding (两书同达).

《国务院办公厅关于进一步完善信用修复制度的实施方案》（国办发〔2025〕22号）: who is served with a penalty or a
listing is told with it until when it is shown and how it may be repaired.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from django.utils.translation import gettext_lazy as lazy

from goodfaith.rights.letters.blocks import articles, facts, heading, items, paragraphs, record, strong
from goodfaith.rights.letters.letter import Letter, compose
from goodfaith.rights.letters.parts import Article, Head, RecordFacts
from goodfaith.rights.letters.words import day, full


@dataclass(frozen=True)
class RepairGuide:
    """``degree``: 轻微, 一般, 严重; ``earliest_on`` … ``last_on``: the window;
    ``conditions``: what has to be done first; ``decided_in``: the limits of the procedure in words."""

    record: Annotated[RecordFacts, lazy("有关记录")]
    degree: Annotated[str, lazy("失信程度")]
    counted_from: Annotated[dt.date, lazy("公示期起算日")]
    earliest_on: Annotated[dt.date, lazy("最早可申请修复的日期")]
    last_on: Annotated[dt.date, lazy("公示期最后一日")]
    decider: Annotated[str, lazy("作出决定的单位")]
    conditions: Annotated[tuple[str, ...], lazy("修复条件")]
    materials: Annotated[tuple[str, ...], lazy("修复材料")]
    routes: Annotated[tuple[str, ...], lazy("申请途径")]
    decided_in: Annotated[str, lazy("办理期限")]
    effects: Annotated[tuple[str, ...], lazy("修复的效果")]
    articles: Annotated[tuple[Article, ...], lazy("依据的规定")]
    shown_where: Annotated[str, lazy("公示的地方")] = ""


def repair_guide(head: Head, told: RepairGuide) -> Letter:
    """信用修复告知书."""
    body = paragraphs(
        "与本告知书一同送达的决定，将作为信用信息记录。您依法享有信用修复的权利，现将修复的时间、条件和办法一并告知。"
    )
    body += [record(told.record), heading("公示多久，何时可以申请修复"), facts([
        ("失信程度", told.degree), ("公示起算日", day(told.counted_from)), ("最早申请日", day(told.earliest_on)),
        ("公示截止日", day(told.last_on)), ("公示位置", told.shown_where),
    ])]  # fmt: skip
    body.append(
        strong(f"自{day(told.earliest_on)}起可以申请修复；不申请的，公示到{day(told.last_on)}为止，期满自动停止。")
    )
    body += [heading("修复的条件"), items(told.conditions), heading("需要的材料"), items(told.materials)]
    body += [heading("向谁申请，由谁决定"), items(told.routes)]
    body += paragraphs(f"修复由{told.decider}决定。{full(told.decided_in)}")
    body += [heading("修复以后"), items(told.effects), heading("不收费")]
    body += paragraphs("信用修复不收取任何费用，不需要委托中介。凡以修复为名收费的，请拨打下方电话举报。")
    body += articles(told.articles)
    body += paragraphs("您对与本告知书一同送达的决定不服的，按该决定书载明的途径和期限申请行政复议或者提起行政诉讼。")
    return compose("repair_guide", "信用修复告知书", head, told, body)
