"""Pages of 任务 with templates of their own: assessment rounds, the campaign calendar, reports."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goodfaith.faces.desk.duties_access import shell


def page(
    request: HttpRequest, template: str, here: str, *crumbs: str | tuple[str, str], **context: Any
) -> HttpResponse:
    """``template`` below ``desk/``; ``status``: of the answer, 200 when none is named."""
    status = context.pop("status", 200)
    return render(request, f"desk/{template}.html", shell(request, here, *crumbs) | context, status=status)
