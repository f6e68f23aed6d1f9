"""What is kept about logging in: failures, lock-outs, sessions. For accounts that exist; never what was typed."""

from __future__ import annotations

import datetime as dt

from allauth.usersessions.models import UserSession

from goodfaith.common import history
from goodfaith.common.acting import SYSTEM
from goodfaith.parties.models import User

EVENTS = ("login.done", "login.failed", "login.locked", "login.ended")


def do_note(*, at: dt.datetime, event: str, username: str, how: str = "") -> None:
    """Note an event of :data:`EVENTS` in the history of the account of that user name, if there is one.

    A user name that nobody has is not kept: people type passwords and ID numbers into that field by mistake.
    """
    user = User.objects.filter(username=username).only("pk").first()
    if user is not None:
        after = {"how": how} if how else None
        history.note(acting=SYSTEM, at=at, action=event, object_type="user", object_id=user.pk, after=after)


def do_note_seen(*, at: dt.datetime, session_key: str) -> None:
    """Keep when a session was last used."""
    UserSession.objects.filter(session_key=session_key).update(last_seen_at=at)


def do_set_notices(*, at: dt.datetime, user: User, email: str, phone: str, notify_email: bool) -> None:
    """Where the platform tells the account's owner that somebody looked, or an officer of the unit's duties."""
    user.email, user.phone, user.notify_email = email, phone, notify_email
    user.save(update_fields=["email", "phone", "notify_email"])
    history.note(
        acting=user.acting, at=at, action="parties.set_notices", object_type="user", object_id=user.pk,
        after={"email": bool(email), "phone": bool(phone), "notify_email": notify_email},
    )  # fmt: skip
