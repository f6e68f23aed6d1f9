"""The API's reference as a page of our own, made from its OpenAPI description; nothing from a CDN."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goodfaith.faces.api.app import api


def _operations(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """One entry per operation: method, path, summary, what it takes and answers, the scope it needs."""
    return [
        {
            "method": method.upper(),
            "path": path,
            "summary": operation.get("summary", ""),
            "description": operation.get("description", ""),
            "parameters": operation.get("parameters", []),
            "body": _reference(operation.get("requestBody", {})),
            "answers": sorted(map(str, operation.get("responses", {}))),
            "secured": bool(operation.get("security")),
            "tag": (operation.get("tags") or [""])[0],
        }
        for path, operations in schema["paths"].items()
        for method, operation in operations.items()
    ]


def _reference(body: dict[str, Any]) -> str:
    shape = body.get("content", {}).get("application/json", {}).get("schema", {})
    return str(shape.get("$ref", "")).rsplit("/", 1)[-1]


def _shapes(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The named shapes with their properties, as pairs: a template would take a property ``items`` for the method."""
    return [
        {"name": name, "properties": list(shape.get("properties", {}).items()), "required": shape.get("required", [])}
        for name, shape in schema.get("components", {}).get("schemas", {}).items()
    ]


def docs(request: HttpRequest) -> HttpResponse:
    """The reference page."""
    schema = api.get_openapi_schema()
    return render(request, "api/docs.html", {"operations": _operations(schema), "shapes": _shapes(schema)})
