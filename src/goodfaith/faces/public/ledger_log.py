"""The ledger as machines read it: signed head, tiles, entry bundles (C2SP tlog-tiles), proofs, keys, the verifier.

Everything here is public: hashes, signatures and public keys. Nothing tells who looked at whose file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from goodfaith.common.problems import Problem
from goodfaith.faces.public.machine import BINARY, FOREVER, FRESH, SHORTLY, TEXT, answer, number, told
from goodfaith.ledger import queries, tree, verifier


@told
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The latest signed head, a C2SP checkpoint."""
    head = queries.newest_checkpoint()
    if head is None:
        raise Problem("nothing_sealed", _("日志还没有封存过。"), _("请几秒后再试。"), status=404)
    return answer(head.note, TEXT, FRESH)


def _tile(found: bytes | None, width: int) -> HttpResponse:
    if found is None:
        raise Problem("no_such_tile", _("日志还没有长到这个区块。"), _("请先取最新的日志头。"), status=404)
    return answer(found, BINARY, FOREVER if width == tree.WIDTH else SHORTLY)


@told
def tile(request: HttpRequest, level: int, path: str) -> HttpResponse:
    """A tile of hashes, whole or its beginning."""
    place, width = tree.parse_path(path)
    return _tile(queries.tile(level, place, width) if level <= tree.TOP_LEVEL else None, width)


@told
def bundle(request: HttpRequest, path: str) -> HttpResponse:
    """An entry bundle: for each leaf two bytes of length (32) and its commitment, as tlog-tiles wants it."""
    place, width = tree.parse_path(path)
    found = queries.bundle(place, width)
    framed = found and b"".join(b"\x00\x20" + leaf for leaf in tree.hashes_of(found))
    return _tile(framed or None, width)


@told
def inclusion(request: HttpRequest) -> HttpResponse:
    """The audit path of a leaf: ``index`` in the tree of ``size`` leaves."""
    index, size = number(request, "index"), number(request, "size")
    path = queries.inclusion_proof(index, size)
    return _proof({"index": index, "size": size, "root": queries.root(size).hex()}, path)


@told
def consistency(request: HttpRequest) -> HttpResponse:
    """The proof that the log of ``new`` leaves continues that of ``old``."""
    old, new = number(request, "old"), number(request, "new")
    return _proof({"old": old, "new": new, "root": queries.root(new).hex()}, queries.consistency_proof(old, new))


def _proof(said: dict[str, Any], path: list[bytes]) -> HttpResponse:
    return JsonResponse(said | {"path": [step.hex() for step in path]}, headers={"Cache-Control": SHORTLY})


@told
def keys(request: HttpRequest) -> HttpResponse:
    """Every key that signs or signed heads; ``?format=vkey`` gives the lines that the verifier's ``--keys`` takes."""
    found = queries.signing_keys()
    if request.GET.get("format") == "vkey":
        return answer("".join(f"{key.vkey}\n" for key in found), TEXT, FRESH)
    listed = [
        {"id": key.id, "vkey": key.vkey, "since": key.since, "from_size": key.from_size, "until": key.until,
         "statement": key.statement or None}
        for key in found
    ]  # fmt: skip
    return JsonResponse({"keys": listed}, headers={"Cache-Control": FRESH})


@told
def program(request: HttpRequest) -> HttpResponse:
    """The standalone verifier, to download and read."""
    response = answer(Path(verifier.__file__).read_bytes(), "text/x-python; charset=utf-8", SHORTLY)
    response["Content-Disposition"] = 'attachment; filename="verifier.py"'
    return response
