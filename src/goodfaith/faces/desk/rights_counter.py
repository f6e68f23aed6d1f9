"""The counter: an officer checks the paper, opens the file with number and name, and writes the case down.

Nothing about the person is kept between the pages: what the second page needs comes signed with the form.
"""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.faces.desk.access import acting_of, user_of
from goodfaith.faces.desk.rights_access import HANDLING, page_of, rights
from goodfaith.faces.desk.rights_counter_forms import AgentForm, FilingForm, WhoForm
from goodfaith.faces.desk.rights_filing import Filed, file_case
from goodfaith.faces.desk.work_words import item_name
from goodfaith.faces.parts.words import day, number_kind
from goodfaith.gate import queries as gate
from goodfaith.gate.handles import FileHandle, RecordView
from goodfaith.rights import actions

SALT, LASTS = "goodfaith.desk.counter", 8 * 3600
STANDING = ("current", "disputed")


@dataclass(frozen=True)
class Opened:
    """A file that was opened at the counter: what the following page shows and hands to the action."""

    subject: str
    entry: int
    channel: str
    name: str
    numbers: list[list[str]]
    records: list[list[str]]
    officer: str

    def sealed(self) -> str:
        """As a hidden field carries it."""
        return signing.dumps(asdict(self), salt=SALT, compress=True)


def opened_of(request: HttpRequest) -> Opened:
    """What the form carries; Problem when it is not ours, not this officer's or too old."""
    try:
        found = Opened(**signing.loads(request.POST.get("opened", ""), salt=SALT, max_age=LASTS))
    except (signing.BadSignature, TypeError):
        found = None
    if found is None or found.officer != acting_of(request).id:
        what = _("打开的档案已经过时。")
        raise Problem("counter_entry_missing", what, _("请重新核对证件，打开档案。"), status=409)
    return found


@rights(*HANDLING)
@require_http_methods(["GET", "HEAD", "POST"])
def who(request: HttpRequest) -> HttpResponse:
    """Number and name; a POST opens the file and shows what can be filed about it."""
    form = WhoForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        return page_of(request, "counter", "rights_counter", form=form, status=422 if form.is_bound else 200)
    file = gate.open_file(
        acting=acting_of(request), purpose="rights_counter", number=form.asked, name=form.cleaned_data["name"],
        case_no=form.case_no,
    )  # fmt: skip
    if file.outcome != "opened" or file.subject is None:
        return page_of(request, "counter", "rights_counter", form=form, **_not_opened(file))
    opened = Opened(
        str(file.subject.id), file.entry_id, form.cleaned_data["channel"], file.subject.name,
        [[number_kind(one.kind), one.number] for one in file.numbers],
        [[str(one.id), label(one)] for one in file.current if one.status in STANDING], acting_of(request).id,
    )  # fmt: skip
    return _second(request, opened, _blank(opened), AgentForm())


def _blank(opened: Opened) -> FilingForm:
    return FilingForm(None, None, records=_choices(opened), channel=opened.channel)


def _not_opened(file: FileHandle) -> dict[str, Any]:
    said = {
        "mismatch": (_("号码和姓名（名称）不一致"), _("请对照证件核对两者。为保护无关的人，不一致时不提供任何信息。")),
        "unknown": (_("没有这个号码的档案"), _("平台没有归集过这个号码的信息，没有可以异议、修复的记录。请核对号码。")),
    }  # fmt: skip
    head, text = said.get(file.outcome, (str(_(gate.REFUSALS.get(file.refusal or "", ""))), ""))
    return {"head": head, "text": text, "entry": file.entry_id, "status": 403 if file.outcome == "refused" else 200}


def label(record: RecordView) -> str:
    """A record in one line."""
    parts = [item_name(record.item), record.document_no or "", day(record.decided_on)]
    if record.status == "disputed":
        parts.append(_("有异议，正在核实"))
    return " · ".join(part for part in parts if part)


def _choices(opened: Opened) -> list[tuple[str, str]]:
    return [(code, name) for code, name in opened.records]


def _second(
    request: HttpRequest, opened: Opened, form: FilingForm, agent: AgentForm, *, status: int = 200, about: str = ""
) -> HttpResponse:
    return page_of(
        request, "counter_file", "rights_counter", _("登记"), opened=opened, sealed=opened.sealed(), form=form,
        agent=agent, about=about, status=status,
    )  # fmt: skip


@rights(*HANDLING)
@require_POST
def file(request: HttpRequest) -> HttpResponse:
    """Write the case down and file it."""
    opened = opened_of(request)
    form = FilingForm(request.POST, request.FILES, records=_choices(opened), channel=opened.channel)
    if not form.is_valid():
        return _second(request, opened, form, AgentForm(), status=422)
    said = form.cleaned_data
    procedure, _slash, kind = said["what"].partition("/")
    try:
        case = file_case(acting_of(request), Filed(
            uuid.UUID(opened.subject), opened.entry, opened.channel, procedure, kind,
            [uuid.UUID(one) for one in said.get("records", [])], said["claim"], said.get("scan"), opened.name,
        ))  # fmt: skip
    except Problem as problem:
        form.add_error(None, str(problem))
        return _second(request, opened, form, AgentForm(), status=problem.status)
    return redirect("desk:rights_filed", case_id=case.id, number=case.number)


@rights(*HANDLING)
@require_safe
def filed(request: HttpRequest, case_id: uuid.UUID, number: str) -> HttpResponse:
    """It is filed: the receipt to print, and on to the next."""
    receipt = f"{reverse('desk:rights_letter', args=[case_id])}?act=file"
    context = {"case_id": case_id, "number": number, "receipt_url": receipt}
    return page_of(request, "filed", "rights_counter", _("已登记"), **context)


@rights(*HANDLING)
@require_POST
def represent(request: HttpRequest) -> HttpResponse:
    """Enter that somebody may act for the subject whose file stands open."""
    opened = opened_of(request)
    agent = AgentForm(request.POST)
    if not agent.is_valid():
        return _second(request, opened, _blank(opened), agent, status=422, about="agent")
    said = agent.cleaned_data
    try:
        actions.do_represent(
            acting=user_of(request).acting, at=clock.now(), subject_id=uuid.UUID(opened.subject), entry_id=opened.entry,
            account=said["account"].strip(), ground=said["ground"], since=said["since"], until=said["until"],
        )  # fmt: skip
    except Problem as problem:
        agent.add_error(None, str(problem))
        return _second(request, opened, _blank(opened), agent, status=problem.status, about="agent")
    told = _("已登记：该账号到%(day)s为止可以代为办理。当事人会收到通知。")
    messages.success(request, told % {"day": day(said["until"])})
    return _second(request, opened, _blank(opened), AgentForm())


