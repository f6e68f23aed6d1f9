"""What stood with accepted progress of open clauses, as far as its class goes: pieces that are open, files that may be
asked for, and of the rest how much there is."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from goodfaith.duties.actions.acts import unknown
from goodfaith.duties.models import Paper
from goodfaith.duties.queries.rows import fetched


@dataclass(frozen=True, slots=True)
class Shown:
    """An open piece. ``value``: 0–1, with ``inputs`` that it was made of; ``media``, ``size``, ``sha256``: a file's."""

    id: UUID
    kind: str
    title: str
    unit_name: str
    on: dt.date
    url: str
    figure: str
    value: float | None
    inputs: dict[str, Any]
    media: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class OnRequest:
    """A file that is given to who asks for it."""

    title: str
    unit_name: str
    on: dt.date


@dataclass
class Pieces:
    """All of one duty. ``files``: papers that only offices read; ``others``: links and figures that are not open."""

    shown: list[Shown] = field(default_factory=list)
    on_request: list[OnRequest] = field(default_factory=list)
    files: int = 0
    others: int = 0


OPEN = """
    SELECT duty_id, id, kind, title, unit_name, added_on, url, figure, value, inputs, coalesce(media, ''),
           coalesce(size, 0), coalesce(sha256, '')
    FROM open.duty_evidence WHERE duty_id = ANY (%(duties)s) ORDER BY added_on, id
"""
CLOSED = """
    SELECT duty_id, kind, title, unit_name, added_on FROM open.duty_evidence_closed
    WHERE duty_id = ANY (%(duties)s) ORDER BY added_on, title
"""


def pieces(duties: Iterable[UUID]) -> dict[UUID, Pieces]:
    """Of each of these duties."""
    found = {key: Pieces() for key in duties}
    given = {"duties": list(found)}
    for row in fetched(OPEN, given):
        found[row[0]].shown.append(Shown(*(*row[1:9], json.loads(row[9]), *row[10:])))
    for key, kind, title, *rest in fetched(CLOSED, given):
        if title is not None:
            found[key].on_request.append(OnRequest(title, *rest))
        elif kind == "file":
            found[key].files += 1
        else:
            found[key].others += 1
    return found


@dataclass(frozen=True, slots=True)
class PublicFile:
    """An open file, without its bytes: :meth:`data` reads them."""

    paper_id: UUID
    title: str
    media: str
    sha256: str

    def data(self) -> bytes:
        """The bytes, as they were handed in."""
        return bytes(Paper.objects.values_list("data", flat=True).get(pk=self.paper_id))


def public_file(evidence_id: UUID) -> PublicFile:
    """An open file of accepted progress of an open clause, as of this moment; Problem (404) for everything else."""
    found = fetched(
        "SELECT paper_id, title, media, sha256 FROM open.duty_evidence WHERE id = %(id)s AND kind = 'file'",
        {"id": evidence_id},
    )
    if not found:
        raise unknown()
    return PublicFile(*found[0])
