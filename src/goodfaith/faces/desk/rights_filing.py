"""Filing a case that was written down at the counter: draft, papers, commitment, filed. What fails leaves no draft."""

from __future__ import annotations

import uuid
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from goodfaith.common import clock
from goodfaith.common.acting import Acting
from goodfaith.common.problems import Problem
from goodfaith.faces.desk.rights_papers import put
from goodfaith.rights import actions, commitment, drafting, limits, queries
from goodfaith.rights.actions import CaseRef


@dataclass(frozen=True)
class Filed:
    """What was written down. ``name``: of the subject, as far as the counter saw it, for the commitment."""

    subject: uuid.UUID
    entry: int
    channel: str
    procedure: str
    kind: str
    records: list[uuid.UUID]
    claim: str
    scan: UploadedFile[bytes] | None
    name: str


def file_case(acting: Acting, said: Filed) -> CaseRef:
    """Open the case as a draft, put the paper in and file it; Problem when any of it is refused."""
    if said.scan is not None:
        limits.check_paper(str(said.scan.name), said.scan.read())
        said.scan.seek(0)
    made = actions.do_open(
        acting=acting, at=clock.now(), procedure=said.procedure, kind=said.kind, records=said.records,
        texts=_texts(said), channel=said.channel, subject_id=said.subject, entry_id=said.entry, facts=_facts(said),
    )  # fmt: skip
    try:
        if said.scan is not None:
            put(acting, made.id, said.scan, for_subject=True)
        _act(acting, made, "file", letter=drafting.has_letter(said.procedure, "file"))
    except Problem:
        with suppress(Problem):
            _act(acting, made, "discard")
        raise
    return made


def _texts(said: Filed) -> dict[str, str]:
    texts = {"claim": said.claim}
    if said.procedure == "repair":
        texts["commitment"] = commitment.signed(commitment.NEWEST, said.name, clock.today())
    return texts


def _facts(said: Filed) -> dict[str, Any]:
    if said.procedure != "repair":
        return {}
    return {"commitment": True, "commitment_version": commitment.NEWEST, "route": said.kind}


def _act(acting: Acting, made: CaseRef, code: str, *, letter: bool = False) -> None:
    case = queries.open_case(acting, made.id)
    if code == "file" and case.file is not None:
        actions.check_file(case, case.file.current, clock.today())
    facts = {"commitment": True} if code == "file" and case.procedure == "repair" else {}
    actions.do_act(acting=acting, at=clock.now(), case=case, act=code, facts=facts, letter=letter)
