"""Writing the history row in the same function as the change."""

from __future__ import annotations

import datetime as dt
from typing import Any

from goodfaith.common.acting import Acting
from goodfaith.common.models import History


def note(
    *,
    acting: Acting,
    at: dt.datetime,
    action: str,
    object_type: str,
    object_id: object,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Append one history row; call it inside the transaction of the change it describes.

    ``before`` and ``after`` hold no person's name or number: identifiers of rows, states and counts.
    """
    History.objects.create(
        at=at,
        actor_kind=acting.kind,
        actor_id=acting.id,
        actor_name=acting.name,
        unit=acting.unit,
        action=action,
        object_type=object_type,
        object_id=str(object_id),
        before=before,
        after=after,
    )
