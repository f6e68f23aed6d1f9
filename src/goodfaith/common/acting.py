"""Who does a thing: the ``acting`` that every action takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ActorKind = Literal["officer", "citizen", "enterprise", "machine", "job", "system"]


@dataclass(frozen=True, slots=True)
class Acting:
    """An actor, with a copy of its name, so that deleting the account cannot blank the history.

    ``id`` is the account's primary key (officers, citizens, enterprises), the client id (machines) or the
    name of the job; ``unit`` the code of the unit it acts for, if any.
    """

    kind: ActorKind
    id: str
    name: str
    unit: str | None = None


SYSTEM = Acting(kind="system", id="goodfaith", name="goodfaith")
