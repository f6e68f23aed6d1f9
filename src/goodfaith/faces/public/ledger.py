"""The page about the access ledger: its latest head, who holds heads outside, and how anybody checks it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodfaith.faces.parts.tables import Column, Table
from goodfaith.faces.parts.words import moment
from goodfaith.ledger import queries


def _keys() -> Table:
    columns = [Column("id", _("编号"), "code"), Column("vkey", _("公钥"), "main"), Column("span", _("签署"), "text")]
    rows = [{"id": key.id, "vkey": key.vkey, "span": _span(key)} for key in reversed(queries.signing_keys())]
    return Table("keys", columns, rows)


def _span(key: queries.KeyView) -> str:
    since = moment(key.since)
    if key.until is None:
        return _("自 %(since)s 起，现用") % {"since": since}
    return _("%(since)s 至 %(until)s") % {"since": since, "until": moment(key.until)}


def _name(witness: str) -> str:
    kind, _colon, name = witness.partition(":")
    return _("文件夹 %(name)s") % {"name": name} if kind == "file" and name else witness


def _witnesses() -> Table:
    columns = [
        Column("name", _("留存方"), "main"), Column("given", _("最近一次收到"), "day"),
        Column("size", _("条数"), "num"), Column("state", _("情况"), "text"),
    ]  # fmt: skip
    rows = [
        {
            "name": _name(one.name), "given": moment(one.given_at) if one.given_at else "—",
            "size": "—" if one.given_size is None else f"{one.given_size:,}",
            "state": _("最近一次没有送到，正在重试") if one.failed else _("正常"),
        }
        for one in queries.witnesses()
    ]  # fmt: skip
    return Table("witnesses", columns, rows)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The head in words and hex, the keys, the witnesses, and the three ways to check."""
    context = {
        "head": queries.newest_checkpoint(),
        "sealed_at": queries.sealed_at(),
        "standing": queries.standing(),
        "keys": _keys(),
        "witnesses": _witnesses(),
    }
    return render(request, "public/ledger.html", context)
