"""Whether a file may be shown to everybody: no number of a person in its words, and a person's word for its pictures.

No database. What is refused says what was found (masked), where, and what to do.
"""

from __future__ import annotations

from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodfaith.common.problems import Problem
from goodfaith.duties import clearing_pdf, clearing_word
from goodfaith.duties.clearing_shapes import Contents
from goodfaith.subjects.personal import Seen, numbers_in

Cleared = Literal["text", "person"]
"""``text``: all of it are words, and they were searched; ``person``: somebody looked at it and answers for it."""
MOST_NAMED = 5
READERS = {
    "application/pdf": clearing_pdf.contents,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": clearing_word.contents,
}


def check_open(title: str, media: str, data: bytes, *, attested: bool) -> Cleared:
    """How a file is found fit for everybody. ``attested``: a person says that it holds nothing personal.

    Problems: ``paper_names_people``, ``paper_holds_files``, ``paper_not_attested``, and those of a file that does not
    open.
    """
    reader = READERS.get(media)
    found = reader(data) if reader else Contents(pictures=True)
    if found.holds_files:
        what = _("“%(title)s”里还夹着别的文件，平台没有打开检查。") % {"title": title}
        raise Problem("paper_holds_files", what, _("请去掉夹带的文件，另存后上传；需要公开的，单独上传。"))
    check_words(title, found.texts)
    if found.pictures and not attested:
        raise _not_attested(title, bool(reader))
    return "person" if attested else "text"


def check_words(title: str, texts: list[tuple[str, str]]) -> None:
    """Problem ``paper_names_people`` when there is a number of a person in one of these (where, words)."""
    found = list(dict.fromkeys((where, seen) for where, text in texts for seen in numbers_in(text)))
    if not found:
        return
    named = _("、").join(_named(where, seen) for where, seen in found[:MOST_NAMED])
    more = ngettext("等 %(n)s 处", "等 %(n)s 处", len(found)) % {"n": len(found)} if len(found) > MOST_NAMED else ""
    what = _("“%(title)s”里有个人的号码，不能主动公开：%(named)s%(more)s。") % {
        "title": title, "named": named, "more": more,
    }  # fmt: skip
    raise Problem("paper_names_people", what, _(
        "请在原文件里删去这些号码，另存后重新上传；只盖上色块不行，下面的文字还能复制出来。"
        "不需要公开的，把公开属性改为依申请公开或者政务共享。"
    ))  # fmt: skip


def _named(where: str, seen: Seen) -> str:
    kind = {"id_number": _("身份证号码"), "mobile": _("手机号码")}[seen.kind]
    return _("%(where)s有%(kind)s %(number)s") % {"where": where, "kind": kind, "number": seen.masked}


def _not_attested(title: str, read: bool) -> Problem:
    within = _("“%(title)s”里有图片或者扫描页，平台读不出上面的字。")
    what = within if read else _("“%(title)s”是图片，平台读不出上面的字。")
    return Problem("paper_not_attested", what % {"title": title}, _(
        "请从头到尾看一遍，确认没有证件号码、电话、住址、个人照片等个人信息，再勾选“已核对，不含个人信息”。"
    ))  # fmt: skip
