"""A subject's own file together with what opens and seals its statements."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from goodfaith.common import crypto_subject
from goodfaith.common.acting import Acting
from goodfaith.gate import calling, rules
from goodfaith.gate.handles import FileHandle, RecordView
from goodfaith.gate.opening import Row, handle
from goodfaith.gate.queries import OPEN_FILE, STALLED
from goodfaith.rights.calling import problem
from goodfaith.rights.limits import Sealer

NOTHING_MORE = [None] * 10


@dataclass(frozen=True)
class OwnFile:
    """The opened file, and the gate's rows of keys."""

    handle: FileHandle
    rows: tuple[Row, ...] = field(repr=False)

    def sealer(self, record: RecordView) -> Sealer | None:
        """Seals what is said about a record under the key of the person it is about; None: an organisation's."""
        keys = [(row[2]["number"], row[3]) for row in self._of(record) if row[0] == "key" and row[3] is not None]
        if not self._is_person(record):
            return None
        if not keys:
            raise problem("record_unknown")
        number, wrapped = max(keys, key=lambda key: int(key[0]))
        return _Seal(record.subject_id, number, wrapped or b"")

    def _of(self, record: RecordView) -> list[Row]:
        return [row for row in self.rows if str(row[1]) == str(record.subject_id)]

    def _is_person(self, record: RecordView) -> bool:
        return any(row[0] == "subject" and row[2]["kind"] == "person" for row in self._of(record))


@dataclass(frozen=True)
class _Seal:
    subject: uuid.UUID
    number: int
    wrapped: bytes = field(repr=False)

    def __call__(self, place: str, value: bytes) -> bytes:
        key = crypto_subject.unwrap(self.wrapped, self.subject.bytes, self.number)
        return crypto_subject.seal_each([self.number], [key], [value], [crypto_subject.context(self.subject, place)])[0]


def open_own(acting: Acting, subject_id: uuid.UUID) -> OwnFile:
    """The account's own file, an entry like any look. Problem ``ledger_stalled`` (503); outcomes as the gate's."""
    found = calling.rows(OPEN_FILE, [acting.kind, acting.id, "self_access", subject_id, *NOTHING_MORE])
    rows = [calling.file_row(row) for row in found]
    opened = handle(rows)
    if opened.refusal == STALLED:
        raise rules.problem(STALLED)
    return OwnFile(opened, tuple(row for row in rows if row[0] in ("key", "subject")))
