"""Who may look at a file and why, and which measures bear on which matter: the citizen's two pages of the law."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodfaith.faces.parts import lawbook, use_words
from goodfaith.faces.parts.catalogue_words import subject_name
from goodfaith.faces.parts.words import listed, named
from goodfaith.law.packs import Catalogue
from goodfaith.law.schema import Matter, Purpose


@require_safe
def purposes(request: HttpRequest) -> HttpResponse:
    """Every purpose for which a file may be opened: by oneself, by statute, with consent, in a check."""
    book = lawbook.book()
    groups: dict[str, list[dict[str, Any]]] = {"self": [], "consent": [], "check": [], "statute": []}
    for purpose in book.purposes.values():
        groups[_group(purpose)].append(_purpose(book, purpose))
    said = [
        ("self", _("您自己"), _("看自己的档案不需要理由，不收费。")),
        ("consent", _("您授权的人"), _("没有您的授权不能看；您可以随时撤回，也可以冻结查询，冻结后一律停止。")),
        ("check", _("部门办事时的信用核查"), _("部门只问有没有影响这件事的措施，得到的是答案，看不到您的档案。")),
        ("statute", _("依法查阅的单位"), _("只有法律规定的单位、岗位和目的才能打开，只能看到列明的条目。")),
    ]
    context = {
        "section": "catalogue",
        "groups": [(code, title, text, groups[code]) for code, title, text in said if groups[code]],
        "count": len(book.purposes),
    }
    return render(request, "public/purposes.html", context)


def _group(purpose: Purpose) -> str:
    if not purpose.unit_kinds:
        return "self"
    if purpose.ground == "consent":
        return "consent"
    return "check" if purpose.matter_required else "statute"


def _purpose(book: Catalogue, purpose: Purpose) -> dict[str, Any]:
    facts = [(_("谁可以用"), use_words.who(purpose)), (_("能打开什么"), use_words.opens(purpose)),
             (_("看到多深"), use_words.depth_name(purpose))]  # fmt: skip
    if purpose.unit_kinds:
        facts.insert(1, (_("由谁操作"), use_words.hands(purpose)))
        facts.append((_("怎样告知本人"), use_words.told(purpose)))
    items = [(named(book.items[code].name), reverse("public:item", args=[code])) for code in purpose.listed
             if code in book.items]  # fmt: skip
    matters = [(named(each.name), f"{reverse('public:measures')}#{each.code}") for each in book.matters.values()
               if purpose.code in each.purposes]  # fmt: skip
    return {"purpose": purpose, "facts": facts, "items": items, "matters": matters}


@require_safe
def measures(request: HttpRequest) -> HttpResponse:
    """Each matter with the measures that can bear on it, each with its statute."""
    book = lawbook.book()
    found = [_matter(book, matter) for matter in use_words.in_order(book)]
    kinds = [measure.kind for measure in book.measures.values()]
    figures = [
        (_("办理事项"), len(found), ""),
        (_("限制措施"), kinds.count("restraint"), ""),
        (_("激励措施"), kinds.count("incentive"), ""),
    ]
    return render(request, "public/measures.html", {"section": "catalogue", "matters": found, "figures": figures})


def _matter(book: Catalogue, matter: Matter) -> dict[str, Any]:
    purpose = book.purposes.get(matter.purposes[0])
    return {
        "matter": matter,
        "kind": use_words.matter_kind_name(matter.kind),
        "subjects": listed(subject_name(kind) for kind in matter.subjects),
        "units": listed(use_words.unit_kind_name(kind) for kind in matter.unit_kinds),
        "consent": purpose is not None and purpose.ground == "consent",
        "protected": use_words.protected(matter),
        "bearing": use_words.bearing_on(book, matter),
    }
