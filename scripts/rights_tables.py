"""Writes the tables of procedures in docs/rights.md from the code: python scripts/rights_tables.py

With --check nothing is written; 1 when the document is not what the code says.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goodfaith.settings")

from goodfaith.common.procedure import BACK, STAY, Act, Procedure
from goodfaith.rights.procedures import KINDS, PROCEDURES

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "rights.md"
BEGIN, END = "<!-- 程序表：由 scripts/rights_tables.py 生成 -->", "<!-- 程序表到此为止 -->"
WHO = {
    "subject": "当事人", "office": "信用主管部门", "source": "报送单位", "supervisor": "监督单位", "job": "系统",
    "nobody": "—",
}  # fmt: skip
NEEDS = {
    "text": "写明内容", "reason": "写明理由", "message": "写明内容", "remedy": "写明救济途径和最后一天",
    "correction": "写明改成什么", "commitment": "签署信用承诺书", "number": "生效文书的文号", "officer": "交给谁",
    "unit": "哪个单位",
}  # fmt: skip
EFFECTS = {
    "dispute": "标注有异议", "suspend": "暂停显示（限于不是本人、停止执行）", "unsuspend": "恢复显示",
    "unmark": "去掉标注", "version": "记录成为新版本", "tombstone": "挡住重报", "recall": "通知用过的单位",
}  # fmt: skip
CLOCKS = {"suspend": "期限暂停", "resume": "期限接着算", "extend": "期限延长一次", "keep": "期限照算"}


def tables() -> str:
    """All procedures as Markdown."""
    return "\n\n".join(_procedure(one) for one in PROCEDURES.values())


def _procedure(one: Procedure) -> str:
    kinds = "、".join(KINDS[one.code].values())
    steps = [f"| {step.name} | {WHO[step.next]} | {step.says} |" for step in one.steps]
    acts = [_act(one, act) for act in one.acts if act.code not in ("save", "discard")]
    head = f"### {one.name}（案号以 {one.letter} 开头）\n\n种类：{kinds}。"
    return "\n".join((
        head, "", "| 步骤 | 轮到谁 | 当事人读到 |", "|---|---|---|", *steps, "",
        "| 可以做什么 | 从哪一步 | 到哪一步 | 谁 | 要带什么 | 随之发生 | 依据 |", "|---|---|---|---|---|---|---|",
        *acts,
    ))  # fmt: skip


def _act(one: Procedure, act: Act) -> str:
    to = {STAY: "不变", BACK: "原来那一步"}.get(act.to) or one.step(act.to).name
    follows = [EFFECTS[effect] for effect in act.effects]
    follows += [CLOCKS[act.clock]] if act.clock else []
    follows += ["告知当事人"] if act.told else []
    follows += ["录入人不得决定"] if act.decides else []
    cells = (
        act.name, "、".join(one.step(step).name for step in act.frm), to, "、".join(WHO[who] for who in act.by),
        "、".join(NEEDS[need] for need in act.needs) or "—", "、".join(follows) or "—", act.article,
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


def written(text: str) -> str:
    """The document with the tables of today between its marks."""
    before, rest = text.split(BEGIN)
    _old, after = rest.split(END)
    return f"{before}{BEGIN}\n\n{tables()}\n\n{END}{after}"


def main(check: bool) -> int:
    """Write the document, or say whether it is what the code says."""
    text = DOCUMENT.read_text(encoding="utf-8")
    new = written(text)
    if check:
        return int(new != text)
    DOCUMENT.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv))
