"""The ways of making good, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from goodfaith.law.displaying import RouteCode

ROUTES: dict[RouteCode, str] = {
    "performed": _n("按时履约"),
    "performed_late": _n("事后主动履约"),
    "extension_granted": _n("申请延期并获同意"),
    "explanation": _n("自主解释"),
    "volunteering": _n("志愿服务"),
    "donation": _n("慈善捐助"),
}
"""国办发〔2016〕98号第四部分第（三）项."""


def route_name(code: RouteCode) -> str:
    """The name of a route in the reader's language."""
    return _(ROUTES[code])
