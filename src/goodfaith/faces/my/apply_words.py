"""The questions of applying, in plain words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from goodfaith.faces.parts import lawbook
from goodfaith.faces.parts.words import named
from goodfaith.gate.handles import RecordView
from goodfaith.rights.procedures import KINDS


@dataclass(frozen=True)
class First:
    """The head of the first step."""

    title: str
    question: str
    lead: str


def first(procedure: str) -> First:
    """What the first step of a procedure asks."""
    free = _("不收费。办理期间您可以随时补充，也可以撤回。")
    return {
        "objection": First(_("提出异议"), _("哪里不对？"), free),
        "repair": First(_("申请信用修复"), _("您是怎样改正的？"), _("谁认定、谁修复，由作出认定的单位决定。不收费。")),
        "note": First(_("登记复议或者诉讼"), _("您已经走了哪条路？"), _("登记后，记录旁会注明正在复议或者诉讼。")),
        "complaint": First(_("投诉"), _("投诉什么？"), free),
        "request": First(_("个人信息权利请求"), _("请求什么？"), free),
    }[procedure]


def kinds(procedure: str, record: RecordView) -> list[tuple[str, str]]:
    """The kinds that fit a record: what cannot be wrong with it is not offered."""
    fits = {
        "past_term": record.disclosure == "open" and not record.display.is_empty,
        "no_basis": record.document_no is not None,
    }
    return [(code, _(name)) for code, name in KINDS[procedure].items() if fits.get(code, True)]


def record_name(record: RecordView) -> str:
    """A record in one line: its item and its document."""
    name = named(lawbook.item(record.item).name)
    return f"{name} · {record.document_no}" if record.document_no else name


def hint(procedure: str, kind: str) -> str:
    """What to write, by what it is about."""
    hints = {
        "wrong": _("写清楚哪一项错了，应当是什么，为什么。"),
        "incomplete": _("写清楚缺了什么，应当补上什么。"),
        "past_term": _("写清楚您认为应当到哪一天为止。"),
        "no_basis": _("写清楚哪份文书撤销、变更了决定，文号是什么，并附上文书。"),
        "infringement": _("写清楚侵犯了您什么权益，希望怎样处理。"),
        "performed": _("写清楚什么时候、怎样履行了义务，并附上缴款凭证、整改照片等。"),
        "performed_late": _("写清楚什么时候补做的，并附上证明。"),
        "extension_granted": _("写清楚哪个单位同意了延期，到哪一天，并附上文书。"),
        "explanation": _("写清楚当时的原因，以及现在的情况。"),
        "reconsideration": _("写清楚向哪个机关申请的、哪天受理的，并附上受理通知书。"),
        "litigation": _("写清楚哪个法院、案号、哪天立案的，并附上受理通知书。"),
        "handling": _("写清楚哪件事、哪个单位、什么时候、拖了多久或者哪里不当。"),
        "leak": _("写清楚哪些信息、怎样发现的、可能从哪里泄露。"),
        "misuse": _("写清楚谁、什么时候、把您的信息用在了什么事情上。"),
        "paid_repair": _("写清楚谁、什么时候、以什么名义收了多少钱，并附上聊天记录、收据等。"),
        "deletion": _("写清楚要删除哪些信息、为什么。"),
        "copy": _("写清楚要哪些信息、什么形式。网上能下载的，不用等答复。"),
        "explanation_request": _("写清楚想知道哪条规则或者哪次处理的道理。"),
        "automated": _("写清楚哪件事您认为是由程序自动决定的。"),
        "portability": _("写清楚要转给谁、要哪些信息。"),
    }
    code = "explanation_request" if (procedure, kind) == ("request", "explanation") else kind
    return hints.get(code, "")
