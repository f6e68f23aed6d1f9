"""The proof of one entry: as a document to keep, and the words with which the browser tells its check."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from goodfaith.gate.handles import EntryProof, EntryView
from goodfaith.ledger import queries as ledger

FORMAT = "goodfaith-entry-proof/1"
"""Described in docs/entry-proof.md."""
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
NOTHING = "\\N"
"""A null in the line, as COPY writes it."""


def document(proof: EntryProof) -> dict[str, Any]:
    """The proof with the newest head that covers the entry; ``index`` and what follows from it are null before."""
    body: dict[str, Any] = {
        "format": FORMAT,
        "entry": proof.entry_id,
        "salt": proof.salt,
        "line": proof.line,
        "commitment": proof.commitment,
        "withheld": proof.withheld,
        "index": proof.index,
        "size": None,
        "root": None,
        "path": None,
        "checkpoint": None,
        "keys": [],
    }
    head = ledger.newest_checkpoint()
    if proof.index is None or head is None or proof.index >= head.size:
        return body | {"index": None}
    path = ledger.inclusion_proof(proof.index, head.size)
    return body | {
        "size": head.size,
        "root": head.root.hex(),
        "path": [one.hex() for one in path],
        "checkpoint": head.note,
        "keys": [key.vkey for key in ledger.signing_keys()],
    }


def addresses(entry_id: int) -> dict[str, str]:
    """Where the browser's check fetches what it needs."""
    return {
        "proof": reverse("my:look_proof", args=[entry_id]),
        "checkpoint": reverse("public:ledger_checkpoint"),
        "keys": reverse("public:ledger_keys"),
        "inclusion": reverse("public:ledger_inclusion"),
        "consistency": reverse("public:ledger_consistency"),
    }


def shown(entry: EntryView) -> dict[int, str]:
    """What the page says of the entry, by the place of the field in its line, for the browser to compare."""
    moment = entry.at - EPOCH
    return {
        0: str(entry.id),
        1: str((moment.days * 86_400 + moment.seconds) * 1_000_000 + moment.microseconds),
        5: entry.unit or NOTHING,
        8: entry.purpose,
        13: entry.outcome,
        15: str(entry.records),
    }


def words() -> dict[str, str]:
    """Every sentence of the browser's check; ``{name}`` is filled in by the script."""
    return {
        "checking": _("正在核对……"),
        "waiting": _("这条记录刚刚写下，还没有封存，通常几秒钟就会完成。页面会自动再试。"),
        "still_waiting": _("等了一分钟还没有封存。请稍后再核对；如果一直这样，请告诉信用主管部门。"),
        "fetched": _("取得了这条记录的内容、随机盐和查询日志的最新日志头（共 {size} 条）。"),
        "line_ok": _("内容和盐算出的承诺，与存证里的一致。"),
        "line_none": _("这条记录的内容里有别人的账号或者案号，依法不给您全文；以下只核对承诺在查询日志里的位置。"),
        "line_bad": _("内容和盐算出的承诺，与存证里的不一致：内容或存证被改动过。"),
        "page_ok": _("本页显示的时间、账号、目的和结果，与存证的内容一致。"),
        "page_bad": _("本页显示的与存证的内容不一致。"),
        "tree_ok": _("从这条记录沿 {steps} 个哈希往上算，得到的正是查询日志的树根。它在其中第 {index} 号。"),
        "tree_bad": _("从这条记录往上算，得不到查询日志的树根：它不在这个位置上，或者内容被改动过。"),
        "signed_ok": _("日志头的签名有效，签名的密钥是 {key}。"),
        "signed_bad": _("日志头的签名无效：这个头不是查询日志的密钥签出的。"),
        "signed_none": _("日志头上没有已公布的密钥的签名。"),
        "signed_unable": _("这个浏览器不能验证这种签名，其余各步仍然有效。请下载存证，按格式说明验证签名。"),
        "first_head": _("这是您在这个浏览器里第一次核对。已记下日志头，下次会检查查询日志有没有倒退或被改写。"),
        "grown_ok": _("与您上次核对时记下的日志头（{old} 条）一致：查询日志只增加过，没有改写过以前的记录。"),
        "grown_bad": _("与您上次核对时记下的日志头（{old} 条）对不上：查询日志被改写过或者倒退过。请保留存证并投诉。"),
        "all_ok": _("核对完成：这条记录真实地封存在查询日志里。"),
        "most_ok": _("核对完成，只有签名没有在这里验证。"),
        "bad": _("核对没有通过。请下载存证保留下来，并向信用主管部门投诉。"),
        "no_crypto": _("这个浏览器（或未加密的连接）不提供核对所需的功能。请下载存证，在另一台设备上核对。"),
        "failed": _("没有取到核对所需的数据：{why}。请检查网络后再试。"),
        "passed": _("通过"),
        "not_passed": _("未通过"),
        "not_checked": _("未核对"),
    }
