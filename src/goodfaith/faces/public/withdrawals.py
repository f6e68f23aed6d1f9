"""The withdrawal feed: which organisations' records are not to be shown any more, for sites that copied them.

Signed by the platform, in order and without gaps; nothing in it is about a person (``docs/rights-notices.md``).
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any

import orjson
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n
from django.views.decorators.http import require_safe

from goodfaith.common import publishing
from goodfaith.common.problems import Problem
from goodfaith.faces.parts import lawbook
from goodfaith.faces.parts.tables import Cell, Column, Table
from goodfaith.faces.parts.words import day, named
from goodfaith.faces.public.machine import SHORTLY, answer, number, told
from goodfaith.law.basics import LegalBasis
from goodfaith.rights import notices, queries

PAGE, LATEST = 100, 20
MINUTE = "public, max-age=60"
JSON = "application/json"
SYNCHRONISED = LegalBasis(
    instrument="gbf-2025-22", article=_n("协同联动、同步更新部分（条号未核对）"), checked="unverified",
    note=_n("信用信息修复后，各级平台、行业部门和第三方同步终止公示；数据不一致的，以“信用中国”网站公示的为准"),
)  # fmt: skip
"""What binds those who copy; the number of the article was not confirmed."""
REVOKED = LegalBasis(
    instrument="law-admin-penalty-2021", article=_n("第四十八条第二款"), checked="mirror",
    note=_n("公开的行政处罚决定被依法变更、撤销、确认违法或者确认无效的，三日内撤回信息并公开说明理由"),
)  # fmt: skip


def reason_name(code: str) -> str:
    """Why a record was withdrawn."""
    return {
        "corrected": _("已更正"), "repaired": _("已修复"), "annulled": _("依据已撤销、变更"), "expired": _("公示期满"),
        "unlinked": _("不属于该组织"),
    }.get(code, code)  # fmt: skip


def _tokens(after: int, limit: int) -> list[str]:
    """Signed entries after that number up to the first gap, where one is not signed yet."""
    found = queries.withdrawals(after, limit)
    return [token for place, (seq, token) in enumerate(found, start=after + 1) if seq == place]


@told
def feed(request: HttpRequest) -> HttpResponse:
    """A page of the feed, oldest first, from after the number ``after``; with an ETag."""
    after = number(request, "after") if "after" in request.GET else 0
    tokens = _tokens(after, PAGE + 1)
    address = request.build_absolute_uri(reverse("public:withdrawals_feed"))
    more = f"{address}?after={after + PAGE}" if len(tokens) > PAGE else None
    keys = json.dumps(publishing.jwks(), sort_keys=True)
    tag = f'"{hashlib.sha256(repr((tokens[:PAGE], keys, address, more)).encode()).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        response: HttpResponse = HttpResponseNotModified(headers={"Cache-Control": MINUTE})
    else:
        response = answer(_body(tuple(tokens[:PAGE]), keys, address, more), JSON, MINUTE)
    response["ETag"] = tag
    return response


@functools.lru_cache(maxsize=64)
def _body(tokens: tuple[str, ...], keys: str, address: str, more: str | None) -> bytes:
    """The page as JSON. Every signature is verified on the way out, once for each page that is asked for again."""
    page = notices.feed_page(feed=address, tokens=tokens, keys=json.loads(keys), next=more)
    return orjson.dumps(notices.document(page))


@told
def keys(request: HttpRequest) -> HttpResponse:
    """The platform's publication keys, a JWK set (RFC 7517)."""
    return answer(orjson.dumps(publishing.jwks()), "application/jwk-set+json", MINUTE)


@told
def schema(request: HttpRequest, name: str) -> HttpResponse:
    """The JSON Schema of one of the documents."""
    if name not in notices.SCHEMAS:
        raise Http404
    return answer(orjson.dumps(notices.schema(name)), "application/schema+json", SHORTLY)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What the feed is, what a site that copied has to do, and the latest entries."""
    last = queries.newest_withdrawal()
    found = list(_entries(_tokens(max(last - LATEST, 0), LATEST)))
    context = {
        "table": _table(list(reversed(found))), "last": last, "synchronised": SYNCHRONISED, "revoked": REVOKED,
        "keys": publishing.jwks()["keys"], "schemas": list(notices.SCHEMAS),
    }  # fmt: skip
    return render(request, "public/withdrawals.html", context)


def _entries(tokens: Sequence[str]) -> Iterator[notices.WithdrawalEntry]:
    """The entries of the tokens that the published keys verify; a key in doubt takes its entries along."""
    known = publishing.jwks()
    for token in tokens:
        try:
            yield notices.WithdrawalEntry.model_validate(publishing.verify(token, known, typ=notices.WITHDRAWAL_TYPE))
        except Problem:
            continue


def _table(entries: list[notices.WithdrawalEntry]) -> Table:
    columns = [
        Column("sequence", _("序号"), "num"), Column("item", _("信息"), "main"), Column("reason", _("原因"), "short"),
        Column("document_no", _("文书号")), Column("authority", _("作出单位")),
        Column("uscc", _("统一社会信用代码"), "code"), Column("effective_on", _("自哪天起"), "day"),
    ]  # fmt: skip
    return Table("withdrawals", columns, [_row(one) for one in entries], caption=_("最近的撤回，新的在前"))


def _row(entry: notices.WithdrawalEntry) -> dict[str, Any]:
    return {
        "sequence": entry.sequence, "item": _item_name(entry.item), "reason": reason_name(entry.reason),
        "document_no": Cell(entry.document_no or _("不公布文号，请按记录编号查对")), "authority": entry.authority,
        "uscc": entry.uscc, "effective_on": day(entry.effective_on),
    }  # fmt: skip


def _item_name(code: str) -> str:
    """The name of an item; its code when the catalogue has it no more."""
    found = lawbook.book().items.get(code)
    return named(found.name) if found else code
