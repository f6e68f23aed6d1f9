"""The catalogue by API: which items there are, with their law and their fields. Open to everyone."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from goodfaith.faces.api.texts import Text
from goodfaith.law import queries as law

router = Router(tags=["目录 catalogue"])


class ItemSummary(Schema):
    code: str
    name_zh: str
    name_en: str
    sector: str
    catalogue_class: int
    polarity: str
    subjects: list[str]
    disclosure: dict[str, str]


@router.get("/items", response=list[ItemSummary], summary="目录条目")
def items(request: HttpRequest) -> list[dict[str, Any]]:
    """All items of the catalogue in force."""
    return [
        {
            "code": item.code,
            "name_zh": item.name.zh,
            "name_en": item.name.en,
            "sector": item.sector,
            "catalogue_class": item.catalogue_class,
            "polarity": item.polarity,
            "subjects": list(item.subjects),
            "disclosure": item.disclosure,
        }
        for item in law.catalogue().items.values()
    ]


@router.get("/purposes", response=list[dict[str, Any]], summary="查询目的")
def purposes(request: HttpRequest) -> list[dict[str, Any]]:
    """Why a file may be opened: statute or consent, who may, which items and disclosure classes, how deep."""
    return [each.model_dump(mode="json") for each in law.purposes()]


@router.get("/matters", response=list[dict[str, Any]], summary="办理事项")
def matters(request: HttpRequest) -> list[dict[str, Any]]:
    """The matters in which a check may be made, with the purposes under which it is recorded (the first of them)."""
    return [each.model_dump(mode="json") for each in law.matters()]


@router.get("/measures", response=list[dict[str, Any]], summary="限制措施和激励措施")
def measures(request: HttpRequest) -> list[dict[str, Any]]:
    """Restraints and incentives: the statute of each, the matters on which it bears, the records that bring it."""
    return [each.model_dump(mode="json") for each in law.measures()]


@router.get("/items/{code}", response=dict[str, Any], summary="一个目录条目的全部定义")
def item(request: HttpRequest, code: Text) -> dict[str, Any]:
    """One item whole: legal basis with article and how it was checked, editions, fields, display rule."""
    return law.item(code).model_dump(mode="json", by_alias=True)
