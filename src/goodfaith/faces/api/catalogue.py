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


@router.get("/items/{code}", response=dict[str, Any], summary="一个目录条目的全部定义")
def item(request: HttpRequest, code: Text) -> dict[str, Any]:
    """One item whole: legal basis with article and how it was checked, editions, fields, display rule."""
    return law.item(code).model_dump(mode="json", by_alias=True)
