"""The account's own file, opened through the gate for the page that is asked for."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from goodfaith.common.acting import Acting
from goodfaith.gate.handles import RecordView
from goodfaith.rights.own_file import OwnFile, open_own


def acting_of(request: HttpRequest) -> Acting:
    """Who is logged in."""
    acting: Acting = request.user.acting  # type: ignore[union-attr]
    return acting


def opened(request: HttpRequest) -> OwnFile:
    """The file of the account's own subject; 404 when the account has none yet."""
    own = open_own(acting_of(request), request.user.subject_id)  # type: ignore[union-attr, arg-type]
    if own.handle.outcome != "opened":
        raise Http404(_("没有找到与您账号相连的档案。"))
    return own


def current(own: OwnFile, record_id: uuid.UUID) -> RecordView:
    """The current version of one record of the file; 404 when there is none."""
    versions = own.handle.versions(record_id)
    if not versions:
        raise Http404
    return versions[0]
