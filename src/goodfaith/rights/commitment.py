"""The commitment that goes with an application for repair, by version: what somebody signed stays what it was."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_noop as _n

NEWEST = "2026-1"
COMMITMENTS: dict[str, tuple[str, ...]] = {
    "2026-1": (
        _n("一、提交的材料真实、合法、有效，没有隐瞒，没有伪造。"),
        _n("二、决定要求改正的已经改正，要求履行的义务已经履行。"),
        _n("三、今后依法依规行事，自觉接受监督；再次发生同类违法失信行为的，依法承担责任。"),
        _n("四、违背本承诺或者以虚假材料取得修复的，修复可以依法撤销。"),
        _n("五、办理信用修复没有向任何单位和个人付费。"),
    ),
}
"""Without a name or a number; what is signed is the text as it stands here, in Chinese."""


def signed(version: str, name: str, on: dt.date) -> str:
    """The text that is kept sealed in the case: all of it, with the name that signed and the day."""
    return "\n".join(("信用承诺书", *COMMITMENTS[version], f"承诺人：{name}", f"日期：{on.isoformat()}"))
