"""Template tags of My's own pages."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext as _

from goodfaith.faces.my import mail
from goodfaith.faces.parts.rail import address

register = template.Library()


@register.inclusion_tag("my/nav.html", takes_context=True)
def my_nav(context: dict[str, Any]) -> dict[str, Any]:
    """The six places of My; nothing for accounts that have no file of their own."""
    user = getattr(context.get("request"), "user", None)
    if getattr(user, "kind", "") not in ("citizen", "enterprise") or not user.is_authenticated:  # type: ignore[union-attr]
        return {"places": []}
    unread = context.get("unread")
    if unread is None:
        unread = len(mail.unread(user.acting))  # type: ignore[union-attr]
    listed = [
        ("file", _("档案"), address("my:home"), 0),
        ("cases", _("办件"), address("my:cases"), 0),
        ("looks", _("谁查过我"), address("my:looks"), 0),
        ("consents", _("授权"), address("my:consents"), 0),
        ("messages", _("消息"), address("my:messages"), unread),
        ("security", _("安全"), address("account"), 0),
    ]
    here = context.get("here")
    return {"places": [(name, url, count, code == here) for code, name, url, count in listed if url]}
