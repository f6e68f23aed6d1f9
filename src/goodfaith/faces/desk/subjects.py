"""Subjects: organisations found by name or code, people by their whole number only, files through the gate.

There is no list of people, a person has no address of its own here, and no number ever stands in an address.
"""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from goodfaith.common import clock
from goodfaith.faces.desk import files
from goodfaith.faces.desk.access import officer, user_of
from goodfaith.faces.desk.work_forms import CaseForm, PersonForm
from goodfaith.faces.parts import lawbook
from goodfaith.faces.parts.tables import Cell, Column, Table
from goodfaith.faces.parts.words import day, listed, named, number_kind
from goodfaith.gate import queries as gate
from goodfaith.subjects import numbers
from goodfaith.subjects import queries as subjects
from goodfaith.subjects.models import Organisation

PAGE = 30
LONGEST = 100
OPENERS = ("clerk", "credit_office")
KINDS = dict(Organisation.KINDS)


def tabs(role: str, here: str) -> list[tuple[str, str, bool]]:
    """The ways into subjects that this role has."""
    found = [("organisations", _("组织"), "desk:subjects", ("clerk", "credit_office", "auditor")),
             ("person", _("自然人"), "desk:person", OPENERS),
             ("duplicates", _("疑似重复"), "desk:duplicates", ("credit_office",))]  # fmt: skip
    return [(name, reverse(page), code == here) for code, name, page, roles in found if role in roles]


def _context(request: HttpRequest, here: str) -> dict[str, Any]:
    user = user_of(request)
    return {"work": "subjects", "tabs": tabs(user.role, here), "role": user.role}


@officer()
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Organisations by a part of the name or a code. A person's number typed here leads to the right page."""
    asked = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    if asked and numbers.check_id_number(asked) is None:
        messages.warning(request, _("您输入的是居民身份证号码。自然人请在这里查询，号码不会出现在网址中。"))
        return redirect("desk:person" if user_of(request).role in OPENERS else "desk:subjects")
    found = subjects.search_organisations(asked, limit=PAGE, after=request.GET.get("after") or None) if asked else None
    context = _context(request, "organisations") | {"q": asked, "found": found}
    if found and found.hits:
        context["table"] = _table(found.hits)
        context["next_url"] = f"?{urlencode({'q': asked, 'after': found.after})}" if found.after else ""
        context["first_url"] = f"?{urlencode({'q': asked})}" if request.GET.get("after") else ""
    return render(request, "desk/subjects.html", context)


def _table(hits: Any) -> Table:
    columns = [
        Column("name", _("名称"), "main"),
        Column("uscc", _("统一社会信用代码"), "code"),
        Column("kind", _("类型")),
        Column("area", _("地区")),
        Column("status", _("登记状态")),
    ]
    rows = [
        {"name": Cell(hit.name, reverse("desk:subject", args=[hit.subject_id])), "uscc": hit.uscc,
         "kind": KINDS.get(hit.kind, hit.kind), "area": area_name(hit.area_code), "status": hit.status}
        for hit in hits
    ]  # fmt: skip
    return Table("organisations", columns, rows)


def area_name(code: str) -> str:
    """The name that an area has today; the code when it has none."""
    area = lawbook.book().area(code, clock.today()) if code else None
    return named(area.name) if area else code


@officer(*OPENERS)
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest) -> HttpResponse:
    """A person by number, for a case. What stands in the address is never looked at, and taken out of it."""
    if request.GET:
        return redirect("desk:person")
    form = PersonForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        return render(request, "desk/subjects_person.html", _context(request, "person") | {"form": form})
    said = form.cleaned_data
    return _opened(request, "person", said["case_no"], number=(said["kind"], said["number"]))


@officer()
@require_http_methods(["GET", "HEAD", "POST"])
def organisation(request: HttpRequest, subject_id: uuid.UUID) -> HttpResponse:
    """An organisation's open registration facts; with a case number, its file."""
    found = subjects.organisation(subject_id)
    context = _context(request, "organisations")
    form = CaseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and context["role"] in OPENERS and form.is_valid():
        return _opened(request, "organisations", form.cleaned_data["case_no"], subject_id=subject_id)
    context |= {
        "organisation": found, "form": form if context["role"] in OPENERS else None, "facts": facts_of(found),
        "crumbs": [(_("主体"), reverse("desk:subjects")), (found.name, "")],
    }  # fmt: skip
    return render(request, "desk/subject_facts.html", context)


def facts_of(found: Organisation) -> list[tuple[str, Any]]:
    """An organisation's open facts."""
    codes = [(number_kind(code.kind), code.value) for code in subjects.codes_of(found.pk) if code.kind != "uscc"]
    return [
        (_("统一社会信用代码"), found.uscc or _("没有登记")),
        (_("类型"), found.get_kind_display()),
        (_("登记状态"), found.status),
        (_("登记日期"), day(found.registered_on)),
        (_("地区"), area_name(found.area_code)),
        (_("曾用名"), listed(found.former_names)),
        *codes,
    ]


def _opened(request: HttpRequest, here: str, case_no: str, **whose: Any) -> HttpResponse:
    """Open the file at the gate and show what it answers: a file, a refusal or nobody."""
    user = user_of(request)
    handle = gate.open_file(acting=user.acting, purpose=files.PURPOSES[user.role], case_no=case_no, **whose)
    context = _context(request, here) | files.shown(handle, user.role) | {"case_no": case_no}
    return render(request, "desk/subject.html", context, status=403 if handle.outcome == "refused" else 200)
