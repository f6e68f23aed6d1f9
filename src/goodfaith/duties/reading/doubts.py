"""What the reader says when it is unsure: a stable code, a sentence, the place and the words."""

from __future__ import annotations

import bisect
import functools
import re
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from goodfaith.duties.reading.page.flow import Flow
from goodfaith.duties.reading.shapes import Doubt

SHOWN = 60


def sentence(code: str, words: str) -> str:
    """The sentence of a code, with the words it is about."""
    return _sentences(get_language())[code] % {"words": words}


@functools.lru_cache(maxsize=8)
def _sentences(language: str | None) -> dict[str, str]:
    """Of one language. A long table has thousands of doubts; to look all texts up for each took most of the time."""
    return {**_about_units(), **_about_limits(), **_about_structure()}


def _about_units() -> dict[str, str]:
    return {
        "prefix_unsure": _("“%(words)s”前面是否省略了“省”“市”“县”等字样，原文看不出来，请核对全称。"),
        "unit_unknown": _("“%(words)s”是不是一个单位的名称，不能确定，请核对。"),
        "level_unknown": _("看不出发文机关是哪一级，没有给“%(words)s”补上省略的“省”“市”“县”等字样，请核对全称。"),
        "words_not_understood": _("责任注里的“%(words)s”没有读懂，没有列入，请对照原文补正。"),
        "no_unit": _("责任注“%(words)s”没有写明责任单位，请补上。"),
        "only_part": _("“%(words)s”只写了配合单位，没有写谁牵头，请核对。"),
    }


def _about_limits() -> dict[str, str]:
    return {
        "year_inferred": _("“%(words)s”没有写年份，按成文日期的年份推定，请核对。"),
        "year_unknown": _("“%(words)s”没有写年份，文件里也找不到年份，期限空着，请补上。"),
        "before_month": _("“%(words)s”没有说明是否包括当月，按当月最后一天计，请核对。"),
        "before_year": _("“%(words)s”没有说明是否包括当年，按当年最后一天计，请核对。"),
        "no_such_day": _("“%(words)s”中的日期不存在，期限空着，请补上。"),
        "signed_unknown": _("“%(words)s”从印发之日起算，文件里找不到成文日期，期限空着，请补上。"),
        "counted_from_signing": _("“%(words)s”从成文日期起算，请核对起算日。"),
        "working_days": _("“%(words)s”按工作日计算，期限空着，请推算后补上。"),
        "periodic": _("“%(words)s”是按月、按季或按半年的周期性期限，记为持续实施，请另行设定提醒。"),
        "at_once": _("“%(words)s”没有截止日，记为持续实施，请核对。"),
        "set_elsewhere": _("“%(words)s”没有写明日期，要看别处的规定，期限空着，请补上。"),
        "several_limits": _("“%(words)s”里有几个期限，取了最后一个，请核对。"),
        "limit_in_text": _("责任注里没有期限，正文里写有“%(words)s”，是不是本项的期限请核定。"),
        "limit_for_all": _("本项没有写期限，按“%(words)s”一并计算，请核对。"),
    }


def _about_structure() -> dict[str, str]:
    return {
        "bracket_open": _("责任注“%(words)s”的括号没有配对，读到本条末尾为止，请核对。"),
        "number_jumped": _("编号“%(words)s”与前面不连续，可能漏了一条或编号有误，请对照原文。"),
        "title_unsure": _("“%(words)s”没有用句号断开，标题在哪里结束不能确定，请核对。"),
        "last_of_list": _("责任注“%(words)s”写在几项的最后，可能管的是整条而不只是最后一项，请核对。"),
        "table_guessed": _("“%(words)s”是表格连成的文字，各列的界线是推断的，请对照原表。"),
        "cell_carried": _("这一行的格子与上面合并，“%(words)s”是从上面的格子接下来的，请对照原表。"),
        "no_notes": _("全文没有找到责任注（如“牵头”“负责”“责任单位”），所以没有列出任务。"),
        "no_signed": _("没有找到成文日期。"),
        "no_issuer": _("没有找到发文机关，省略的“省”“市”“县”等字样可能补不全。"),
        "no_title": _("没有找到文件标题。"),
        "revisions_accepted": _("文件里有未处理的修订 %(words)s 处，按接受修订后的文字读取，请核对定稿。"),
        "pictures": _("文件里有图片，其中的文字没有读，请核对。"),
    }


@dataclass(frozen=True)
class Doubting:
    """Makes doubts about one flow."""

    flow: Flow

    @cached_property
    def _said(self) -> dict[str, str]:
        """A table has thousands of doubts: the language is asked for once."""
        return _sentences(get_language())

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer("\n", self.flow.text))]

    def at(self, code: str, start: int, end: int, words: str | None = None) -> Doubt:
        """A doubt about ``dense[start:end]``."""
        said = self.flow.raw(start, end) if words is None else words
        return self.about(code, self.flow.span(start, end), said)

    def about(self, code: str, span: tuple[int, int], words: str) -> Doubt:
        """A doubt about a span of the original text."""
        words = words if len(words) <= SHOWN else words[:SHOWN] + "……"
        return Doubt(code, self._said[code] % {"words": words}, bisect.bisect_right(self._lines, span[0]), span, words)
