"""My: papers of a case, up and down."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.core.files.base import File
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from goodfaith.common import clock
from goodfaith.common.acting import Acting
from goodfaith.common.problems import Problem
from goodfaith.faces.my.access import own_file
from goodfaith.faces.my.own import acting_of
from goodfaith.rights import actions
from goodfaith.rights import queries as rights


def put(acting: Acting, case_id: uuid.UUID, files: Iterable[File[bytes]], form: Form, field: str = "papers") -> bool:
    """Put papers into a case; those that cannot be are told at the field, the others are in. Whether all are in."""
    whole = True
    for file in files:
        try:
            actions.do_add_paper(
                acting=acting, at=clock.now(), case_id=case_id, name=(file.name or "")[-200:], data=file.read()
            )
        except Problem as problem:
            form.add_error(field, str(problem))
            whole = False
    return whole


@own_file
@require_safe
def paper(request: HttpRequest, paper_id: uuid.UUID) -> HttpResponse:
    """One paper of an own case, to save."""
    found = rights.paper(acting_of(request), paper_id)
    response = HttpResponse(found.data, content_type=found.media)
    response["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    return response


@own_file
@require_POST
def remove(request: HttpRequest, case_id: uuid.UUID, paper_id: uuid.UUID) -> HttpResponse:
    """Take a paper out of a draft again."""
    actions.do_remove_paper(acting=acting_of(request), at=clock.now(), paper_id=paper_id)
    return redirect("my:write", case_id)
