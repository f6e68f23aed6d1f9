"""Every error of the API as problem+json (RFC 9457): what happened, why, what to do next."""

from __future__ import annotations

import uuid
from http import HTTPStatus
from typing import Any

import orjson
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from goodfaith.common.problems import Problem
from goodfaith.faces.parts.both import both

TYPE = "urn:goodfaith:problem:"
TEXT = {"type": "string"}
SHAPE = {
    "type": "object",
    "required": ["type", "title", "status", "code", "detail", "next", "instance"],
    "properties": {
        "type": TEXT,
        "title": TEXT,
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "稳定的代码"},
        "detail": {"type": "string", "description": "发生了什么、为什么"},
        "next": {"type": "string", "description": "怎么办"},
        "instance": {"type": "string", "description": "这一次错误的编号"},
        "said": {"type": "array", "items": {"type": "object"}, "description": "503 时：两种语言的同一段话"},
        "errors": {"type": "array", "items": {"type": "object"}, "description": "不符合格式之处"},
    },
}
"""The problem document in the API's own description."""


def problem_response(status: int, code: str, detail: str, next_step: str = "", **more: Any) -> HttpResponse:
    """A problem document; ``code`` is stable and ends its ``type``."""
    body = {
        "type": TYPE + code,
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        "next": next_step,
        "instance": f"urn:uuid:{uuid.uuid4()}",
        **more,
    }
    return HttpResponse(orjson.dumps(body), status=status, content_type="application/problem+json")


def _problem(request: HttpRequest, error: Problem) -> HttpResponse:
    if error.status != HTTPStatus.SERVICE_UNAVAILABLE:
        return problem_response(error.status, error.code, error.what, error.next)
    said = [{"language": one.language, "detail": one.what, "next": one.next} for one in both(error)]
    response = problem_response(error.status, error.code, error.what, error.next, said=said)
    response["Retry-After"] = "60"
    return response


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [{"where": ".".join(map(str, e["loc"])), "what": e["msg"]} for e in error.errors]
    return problem_response(
        422, "request_invalid", "请求的内容不符合接口的格式。", "请按 errors 逐项改正；见 /api/docs。", errors=errors
    )


def _unauthenticated(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    response = problem_response(
        401,
        "token_missing",
        "没有访问令牌，或者令牌无效、已过期、没有这项权限。",
        "请以客户端凭证向 /api/oauth/token 取得带有所需 scope 的令牌，放在 Authorization: Bearer 中。",
    )
    response["WWW-Authenticate"] = "Bearer"
    return response


def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem_response(error.status_code, "request_refused", str(error), "格式见 /api/docs。")


def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem_response(404, "not_found", "没有这一项，或者它不对您开放。", "请核对地址和代码。")


def describe(schema: dict[str, Any]) -> None:
    """Write into an OpenAPI description that every operation may answer with a problem."""
    schema.setdefault("components", {}).setdefault("schemas", {})["Problem"] = SHAPE
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for operations in schema["paths"].values():
        for operation in operations.values():
            operation["responses"]["default"] = {"description": "problem", "content": content}


def _away(request: HttpRequest, error: OperationalError) -> HttpResponse:
    response = problem_response(
        503, "unavailable", "数据库暂时连接不上，或者这次查询太慢。", "请一分钟后再试；查询太慢时请缩小范围。"
    )
    response["Retry-After"] = "60"
    return response


def _too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 2**20
    return problem_response(413, "body_too_big", f"请求正文超过了 {most} MB。", "请缩小正文；成批的数据请分次报送。")


def install(api: NinjaAPI) -> None:
    """Make ``api`` answer every error in this form."""
    handlers: tuple[tuple[type[Exception], Any], ...] = (
        (Problem, _problem),
        (ValidationError, _invalid),
        (AuthenticationError, _unauthenticated),
        (HttpError, _http),
        (Http404, _missing),
        (OperationalError, _away),
        (RequestDataTooBig, _too_big),
    )
    for error, handler in handlers:
        api.add_exception_handler(error, handler)
