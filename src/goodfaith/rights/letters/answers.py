"""Letters that answer: a complaint, a request under the Personal Information Protection Law."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from django.utils.translation import gettext_lazy as lazy

from goodfaith.rights.letters.blocks import Block, articles, facts, heading, items, paragraphs, remedies, strong
from goodfaith.rights.letters.letter import Letter, compose
from goodfaith.rights.letters.parts import Article, Head, Remedy
from goodfaith.rights.letters.words import day, full


@dataclass(frozen=True)
class ComplaintAnswer:
    """``conclusion``: one sentence; ``measures``: what was or will be done, by when."""

    received_on: Annotated[dt.date, lazy("收到日期")]
    about: Annotated[str, lazy("投诉的内容")]
    findings: Annotated[tuple[str, ...], lazy("调查情况")]
    conclusion: Annotated[str, lazy("结论")]
    remedies: Annotated[tuple[Remedy, ...], lazy("救济途径")]
    measures: Annotated[tuple[str, ...], lazy("处理措施")] = ()
    articles: Annotated[tuple[Article, ...], lazy("依据的规定")] = ()


def complaint_answer(head: Head, told: ComplaintAnswer) -> Letter:
    """投诉办理答复书."""
    body = paragraphs(f"您于{day(told.received_on)}提出的投诉，已经调查办结，现答复如下。")
    body += [heading("您投诉的内容"), *paragraphs(told.about), heading("调查情况"), *paragraphs(*told.findings)]
    body += [heading("结论"), strong(full(told.conclusion))]
    if told.measures:
        body += [heading("处理措施"), items(told.measures)]
    body += articles(told.articles) + remedies(told.remedies, "本答复")
    return compose("complaint_answer", "投诉办理答复书", head, told, body)


@dataclass(frozen=True)
class InformationAnswer:
    """``right``: 查阅、复制, 更正、补充, 删除, 解释说明, …; ``given``: what was done;
    ``refused``: what was not, with the reason in the same sentence (PIPL art. 50 asks for it);
    ``particulars``: pairs of name and value."""

    right: Annotated[str, lazy("请求的权利")]
    received_on: Annotated[dt.date, lazy("收到日期")]
    request: Annotated[str, lazy("请求的内容")]
    answer: Annotated[tuple[str, ...], lazy("答复内容")]
    articles: Annotated[tuple[Article, ...], lazy("依据的规定")]
    remedies: Annotated[tuple[Remedy, ...], lazy("救济途径")]
    particulars: Annotated[tuple[tuple[str, str], ...], lazy("处理情况")] = ()
    given: Annotated[tuple[str, ...], lazy("已经办理的事项")] = ()
    refused: Annotated[tuple[str, ...], lazy("不能办理的事项和理由")] = ()
    attached: Annotated[tuple[str, ...], lazy("附件")] = ()


def information_answer(head: Head, told: InformationAnswer) -> Letter:
    """个人信息权利请求答复书."""
    body = paragraphs(f"您于{day(told.received_on)}提出的个人信息{told.right}请求收悉，现答复如下。")
    body += [heading("您的请求"), *paragraphs(told.request), heading("答复"), *paragraphs(*told.answer), *_done(told)]
    body += articles(told.articles) + remedies(told.remedies, "本答复")
    return compose("information_answer", "个人信息权利请求答复书", head, told, body, told.attached)


def _done(told: InformationAnswer) -> list[Block]:
    body: list[Block] = [facts(told.particulars)] if told.particulars else []
    if told.given:
        body += [*paragraphs("已经办理："), items(told.given)]
    if told.refused:
        body += [*paragraphs("不能办理的部分和理由："), items(told.refused)]
    return body
