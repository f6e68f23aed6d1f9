"""What may be said in a case and what may be handed in: lengths, kinds of papers, what an act needs. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from goodfaith.common.problems import Problem
from goodfaith.common.procedure import Procedure
from goodfaith.rights.views import CaseView

Sealer = Callable[[str, bytes], bytes]
"""(place, value) → sealed under the subject's key."""
LONGEST = 4000
LONGEST_STATEMENT = 500
MOST_BYTES = 10 * 2**20
INTERNAL = frozenset({"internal", "explanation"})
"""Parts that stay between authorities; the subject reads the answer that rests on them."""
DONE: dict[str, str] = {
    "deleted": _n("已删除所存的内容"),
    "corrected": _n("已按更正后的内容更新"),
    "not_kept": _n("没有留存"),
    "decision_reviewed": _n("已复核当时据此作出的处理"),
}
PAPERS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
)
"""What a paper may be, by its first bytes; the name says nothing."""
DIGITS = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)")


def check_texts(texts: Mapping[str, str]) -> None:
    """Problem when a text is too long."""
    for text in texts.values():
        if len(text) > LONGEST:
            what = _("文字超过 %(n)s 字。") % {"n": LONGEST}
            raise Problem("text_too_long", what, _("请写得短一些，详细材料可以作为附件上传。"))


NEEDS: dict[str, tuple[str, str]] = {
    "text": (_n("请写明内容。"), _n("当事人会原样看到。")),
    "message": (_n("请写几句，或者上传材料。"), ""),
    "reason": (_n("请写明理由。"), _n("理由会告知当事人。")),
    "correction": (_n("请写明改成什么。"), ""),
    "commitment": (_n("申请修复须签署信用承诺书。"), _n("请阅读承诺书并勾选同意。")),
    "officer": (_n("请选择交给谁办。"), ""),
    "unit": (_n("请选择由哪个单位说明。"), ""),
    "number": (_n("请写明生效文书的文号。"), _n("没有新的生效文书，不能改变记录。")),
    "remedy": (_n("请写明救济途径和最后一天。"), ""),
}


def check_need(need: str, texts: Mapping[str, str], facts: Mapping[str, Any], *, decides: bool = True) -> None:
    """Problem when what an act needs does not come with it. ``decides``: its text is the answer that the subject reads;
    else any words will do. Corrections, officer and unit are checked elsewhere."""
    words = texts.get("answer", "") if decides else "".join(texts.values())
    given = {
        "text": words.strip(), "reason": texts.get("reason", "").strip(),
        "message": (texts.get("message") or texts.get("answer", "")).strip(),
        "commitment": facts.get("commitment"), "number": str(facts.get("number", "")).strip(),
        "remedy": facts.get("remedy"),
    }  # fmt: skip
    if need in given and not given[need]:
        what, then = NEEDS[need]
        raise Problem(f"{need}_missing", _(what), _(then) if then else "")


def check_paper(name: str, data: bytes) -> str:
    """The kind of a paper, by its bytes. Problem when it is empty, too large or of another kind."""
    if not data:
        raise Problem("paper_empty", _("“%(name)s”是空文件。") % {"name": name}, _("请重新选择文件。"))
    if len(data) > MOST_BYTES:
        what = _("“%(name)s”超过 %(n)s MiB。") % {"name": name, "n": MOST_BYTES // 2**20}
        raise Problem("paper_too_large", what, _("请压缩或者分成几份上传。"))
    media = next((kind for head, kind in PAPERS if data.startswith(head)), None)
    if media is None:
        what = _("“%(name)s”不是 PDF、图片（JPG、PNG）或者 Word（DOCX）文件。") % {"name": name}
        raise Problem("paper_kind", what, _("请另存为其中一种后上传；手机拍照即可。"))
    return media


def check_statement(text: str) -> str:
    """The statement without white space around it. Problem when it is empty, too long or names numbers of people."""
    text = text.strip()
    if not text:
        raise Problem("text_missing", _("说明是空的。"), _("请写明您的说明。"))
    if len(text) > LONGEST_STATEMENT:
        raise Problem("text_too_long", _("说明超过 %(n)s 字。") % {"n": LONGEST_STATEMENT}, _("请写得短一些。"))
    if DIGITS.search(text):
        what = _("说明里有证件号码或者手机号码。说明会和记录一起显示。")
        raise Problem("statement_names_numbers", what, _("请去掉号码再提交。"))
    return text


def suspends(case: CaseView, act: str) -> bool:
    """Whether an act stops display at once: filing does for "not me" only, a stay of execution always."""
    return case.kind == "not_me" if act == "file" else act == "stay"


def transition_rows(procedure: Procedure) -> Iterator[tuple[Any, ...]]:
    """The rows of ``rights_transition``."""
    for frm, act, who, to in procedure.transitions():
        yield (
            procedure.code,
            frm,
            act.code,
            to.code,
            who,
            to.next,
            to.outcome,
            to.final,
            act.told,
            list(act.effects),
            act.decides,
            list(act.needs),
            act.clock,
        )


def every() -> tuple[int, int]:
    """(days between reminders to silent recipients, how many at most)."""
    return settings.RIGHTS["remind_every_days"], settings.RIGHTS["remind_at_most"]
