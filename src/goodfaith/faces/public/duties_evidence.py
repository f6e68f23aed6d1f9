"""What stood with the progress of an open clause: open files to take along, and how the rest is told."""

from __future__ import annotations

import uuid
from dataclasses import asdict
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodfaith.common.problems import Problem
from goodfaith.duties.queries.show_evidence import Pieces, PublicFile, Shown, public_file
from goodfaith.faces.parts.words import day
from goodfaith.faces.public import duties_words as words
from goodfaith.faces.public.machine import FRESH, answer

KINDS = {
    "application/pdf": ("PDF", ".pdf"), "image/png": ("PNG", ".png"), "image/jpeg": ("JPG", ".jpg"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("Word", ".docx"),
}  # fmt: skip
"""Name and ending of what a file may be."""


def address(one: Shown) -> str:
    """Where it is: our own address of a file, the link's own."""
    return reverse("public:duty_file", args=[one.id]) if one.kind == "file" else one.url


def name(one: Shown) -> str:
    """What it is called; a figure says what was measured."""
    return words.figure_words(one) if one.kind == "figure" else one.title


def type_name(media: str) -> str:
    """PDF, PNG, JPG, Word."""
    return KINDS.get(media, (media, ""))[0]


def line(one: Shown) -> dict[str, str]:
    """An open piece as the page lists it."""
    about = [one.unit_name, day(one.on)] if one.kind != "figure" else []
    about += [type_name(one.media), filesizeformat(one.size)] if one.kind == "file" else []
    return {"kind": one.kind, "name": name(one), "url": address(one), "about": " · ".join(filter(None, about))}


def rest(found: Pieces) -> str:
    """How much there is that only offices read; empty when there is none."""
    if found.files and found.others:
        text = _("另有 %(files)s 份文件、%(others)s 条链接或者测量数字没有主动公开。")
    elif found.files:
        text = _("另有 %(files)s 份文件没有主动公开。")
    else:
        text = _("另有 %(others)s 条链接或者测量数字没有主动公开。") if found.others else ""
    return text % {"files": found.files, "others": found.others}


def as_data(found: Pieces, site: str) -> dict[str, Any]:
    """For the export: what an open piece has, with the whole address of a file; of the others what the page says."""
    return {
        "evidence": [_data(one, site) for one in found.shown],
        "evidence_on_request": [asdict(one) for one in found.on_request],
        "evidence_not_open": {"files": found.files, "others": found.others},
    }  # fmt: skip


def _data(one: Shown, site: str) -> dict[str, Any]:
    base: dict[str, Any] = {"kind": one.kind, "title": one.title, "unit_name": one.unit_name, "on": one.on}
    if one.kind == "file":
        return {**base, "url": site + address(one), "media": one.media, "size": one.size, "sha256": one.sha256}
    if one.kind == "link":
        return {**base, "url": one.url}
    return {**base, "figure": one.figure, "value": one.value, "inputs": one.inputs}


@require_safe
def file(request: HttpRequest, evidence_id: uuid.UUID) -> HttpResponse:
    """An open file. Asked anew every time: what is no longer open is gone at once, from caches too."""
    try:
        found = public_file(evidence_id)
    except Problem as problem:
        raise Http404(problem.what) from problem
    tag = f'"{found.sha256}"'
    response = get_conditional_response(request, etag=tag) or answer(found.data(), found.media, FRESH)
    response["ETag"], response["Cache-Control"] = tag, FRESH
    if response.status_code == 200:
        response["Content-Disposition"] = f"attachment; filename*=utf-8''{quote(file_name(found), safe='')}"
    return response


def file_name(found: PublicFile) -> str:
    """The title with the ending of what it is; the name it was uploaded under is nobody else's business."""
    ending = KINDS.get(found.media, ("", ""))[1]
    title = found.title.replace("/", "_").replace("\\", "_")
    return title if title.lower().endswith(ending) else title + ending
