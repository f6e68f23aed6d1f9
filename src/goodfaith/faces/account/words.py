"""Template words of the account pages: a device from its user agent, whether passkeys work here."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from goodfaith.parties import second_factor

register = template.Library()
SYSTEMS = (
    ("HarmonyOS", _n("鸿蒙")), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
    ("Mac OS", "Mac"), ("UOS", _n("统信 UOS")), ("Linux", "Linux"),
)  # fmt: skip
BROWSERS = (
    ("MicroMessenger", _n("微信")), ("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
"""Mark in the user agent → name; the first that is found counts, since later ones claim to be earlier ones too."""


def _first(agent: str, names: tuple[tuple[str, str], ...]) -> str:
    return next((_(name) for mark, name in names if mark in agent), "")


@register.filter
def device(agent: str) -> str:
    """A browser and its system in words; what they claim to be, which nobody has checked."""
    system, browser = _first(agent, SYSTEMS), _first(agent, BROWSERS)
    if system and browser:
        return _("%(system)s 上的 %(browser)s") % {"system": system, "browser": browser}
    return system or browser or _("其他设备")


@register.simple_tag
def passkeys_work() -> bool:
    """Whether browsers offer passkeys at this address."""
    return second_factor.passkeys_work()
