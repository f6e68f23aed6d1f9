"""The ledger as machines read it: signed head, tiles, entry bundles (C2SP tlog-tiles), proofs, keys, the verifier.

Everything here is public: hashes, signatures and public keys. Nothing tells who looked at whose file.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodfaith.common.problems import Problem
from goodfaith.ledger import queries, tree, verifier

View = Callable[..., HttpResponse]
FOREVER, SHORTLY, FRESH = "public, max-age=31536000, immutable", "public, max-age=600", "no-cache"
BINARY, TEXT = "application/octet-stream", "text/plain; charset=utf-8"


def _told(view: View) -> View:
    """A Problem as problem+json; the caching that the view asks for, unless the visitor has a session."""

    @require_safe
    @wraps(view)
    def wrapped(request: HttpRequest, **given: Any) -> HttpResponse:
        try:
            response = view(request, **given)
        except Problem as problem:
            body = {"status": problem.status, "code": problem.code, "title": problem.what, "detail": problem.next}
            return JsonResponse(body, status=problem.status, content_type="application/problem+json")
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            del response["Cache-Control"]
        return response

    return wrapped


def _answer(body: bytes | str, kind: str, cache: str) -> HttpResponse:
    return HttpResponse(body, content_type=kind, headers={"Cache-Control": cache})


def _number(request: HttpRequest, name: str) -> int:
    """A whole number from the query; Problem when it is none or absurdly long."""
    text = request.GET.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        what = _("参数 %(name)s 必须是不小于 0 的整数。") % {"name": name}
        raise Problem("parameter_wrong", what, _("请核对地址。"), status=400)
    return int(text)


@_told
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The latest signed head, a C2SP checkpoint."""
    head = queries.newest_checkpoint()
    if head is None:
        raise Problem("nothing_sealed", _("日志还没有封存过。"), _("请几秒后再试。"), status=404)
    return _answer(head.note, TEXT, FRESH)


def _tile(found: bytes | None, width: int) -> HttpResponse:
    if found is None:
        raise Problem("no_such_tile", _("日志还没有长到这个区块。"), _("请先取最新的日志头。"), status=404)
    return _answer(found, BINARY, FOREVER if width == tree.WIDTH else SHORTLY)


@_told
def tile(request: HttpRequest, level: int, path: str) -> HttpResponse:
    """A tile of hashes, whole or its beginning."""
    number, width = tree.parse_path(path)
    return _tile(queries.tile(level, number, width) if level <= tree.TOP_LEVEL else None, width)


@_told
def bundle(request: HttpRequest, path: str) -> HttpResponse:
    """An entry bundle: for each leaf two bytes of length (32) and its commitment, as tlog-tiles wants it."""
    number, width = tree.parse_path(path)
    found = queries.bundle(number, width)
    framed = found and b"".join(b"\x00\x20" + leaf for leaf in tree.hashes_of(found))
    return _tile(framed or None, width)


@_told
def inclusion(request: HttpRequest) -> HttpResponse:
    """The audit path of a leaf: ``index`` in the tree of ``size`` leaves."""
    index, size = _number(request, "index"), _number(request, "size")
    path = queries.inclusion_proof(index, size)
    return _proof({"index": index, "size": size, "root": queries.root(size).hex()}, path)


@_told
def consistency(request: HttpRequest) -> HttpResponse:
    """The proof that the log of ``new`` leaves continues that of ``old``."""
    old, new = _number(request, "old"), _number(request, "new")
    return _proof({"old": old, "new": new, "root": queries.root(new).hex()}, queries.consistency_proof(old, new))


def _proof(said: dict[str, Any], path: list[bytes]) -> HttpResponse:
    return JsonResponse(said | {"path": [step.hex() for step in path]}, headers={"Cache-Control": SHORTLY})


@_told
def keys(request: HttpRequest) -> HttpResponse:
    """Every key that signs or signed heads; ``?format=vkey`` gives the lines that the verifier's ``--keys`` takes."""
    found = queries.signing_keys()
    if request.GET.get("format") == "vkey":
        return _answer("".join(f"{key.vkey}\n" for key in found), TEXT, FRESH)
    listed = [
        {"id": key.id, "vkey": key.vkey, "since": key.since, "from_size": key.from_size, "until": key.until,
         "statement": key.statement or None}
        for key in found
    ]  # fmt: skip
    return JsonResponse({"keys": listed}, headers={"Cache-Control": FRESH})


@_told
def program(request: HttpRequest) -> HttpResponse:
    """The standalone verifier, to download and read."""
    response = _answer(Path(verifier.__file__).read_bytes(), "text/x-python; charset=utf-8", SHORTLY)
    response["Content-Disposition"] = 'attachment; filename="verifier.py"'
    return response
