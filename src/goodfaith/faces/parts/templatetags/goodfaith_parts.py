"""Template tags of the shared parts. Each is shown with an example in ``faces/templates/parts/README.md``."""

from __future__ import annotations

import datetime as dt
import functools
from typing import Any

from django import forms, template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from goodfaith.common import clock
from goodfaith.faces.parts import cards, lawbook, words
from goodfaith.faces.parts.rail import address, rail
from goodfaith.law.schema import Instrument, LegalBasis

register = template.Library()

SIGNS = {"order": "✓", "waiting": "…", "restraint": "!", "action": "●", "quiet": "○"}
SOON = 3
LONG_AGO = 60

register.filter("day", words.day)
register.filter("moment", words.moment)
register.filter("named", words.named)
register.filter("listed", words.listed)
register.filter("labelled", words.labelled)
register.filter("aside", words.aside)
register.filter("number_kind", words.number_kind)
register.filter("span", words.span)
register.filter("shown_until", words.shown_until)


@register.simple_tag
def platform_name() -> str:
    """The platform's own name, from the one setting that names the city."""
    name = settings.CITY["name_en" if words.in_english() else "name_zh"]
    return _("%(city)s公共信用信息平台") % {"city": name}


@register.simple_tag
def page_address(*pages: str) -> str:
    """The address of the first page that exists, or nothing."""
    return address(*pages)


@register.simple_tag(takes_context=True)
def desk_rail(context: dict[str, Any]) -> list[tuple[Any, str]]:
    """The rail of the officer who is logged in."""
    user = getattr(context.get("request"), "user", None)
    return rail(getattr(user, "role", ""), superuser=bool(getattr(user, "is_superuser", False)))


@register.simple_tag
def status_tag(kind: str, text: str) -> SafeString:
    """A status: a word, a sign and a colour."""
    return format_html('<span class="tag tag-{}" data-sign="{}">{}</span>', kind, SIGNS.get(kind, "○"), text)


@register.simple_tag
def clock_chip(due: dt.date | None) -> SafeString:
    """How many working days remain until ``due``, with the day itself in the title."""
    if due is None:
        return SafeString("")
    today = clock.today()
    left = clock.working_days_between(today, due)
    if due < today:
        kind, sign, text = "over", "!", overdue(due, today)
    else:
        kind, sign = ("soon", "…") if left <= SOON else ("", "○")
        text = (
            _("今天到期")
            if due == today
            else ngettext("还有 %(n)s 个工作日", "还有 %(n)s 个工作日", left) % {"n": left}
        )
    title = (
        words.day(due) if clock.is_published(due) else _("%(day)s（该年放假安排尚未公布）") % {"day": words.day(due)}
    )
    return format_html('<span class="clock {}" data-sign="{}" title="{}">{}</span>', kind, sign, title, text)


def overdue(due: dt.date, today: dt.date) -> str:
    """How long ago it was due; past a quarter the day itself says more than the count."""
    days = clock.working_days_between(due, today)
    if days > LONG_AGO:
        return _("自%(day)s起逾期") % {"day": words.day(due)}
    return ngettext("已逾期 %(n)s 个工作日", "已逾期 %(n)s 个工作日", days) % {"n": days}


@register.simple_tag
def law_chip(basis: LegalBasis) -> SafeString:
    """One article; opens to the instrument, and says when it has not been compared with the official text."""
    return _chip(basis, lawbook.book().instruments.get(basis.instrument), get_language() or "")


@functools.lru_cache(maxsize=2_000)
def _chip(basis: LegalBasis, instrument: Instrument | None, _language: str) -> SafeString:
    """Kept, because a page repeats the same few articles under each of its records."""
    return render_to_string("parts/law_chip.html", {"basis": basis, "instrument": instrument})


@register.inclusion_tag("parts/record_card.html")
def record_card(card: cards.RecordCard, level: int = 3) -> dict[str, Any]:
    """The five things that every record says, its other facts, its law."""
    return {"card": card, "heading": f"h{level}"}


@register.inclusion_tag("parts/facts.html")
def fact_list(facts: Any, css: str = "") -> dict[str, Any]:
    """(label, value) pairs, or a dict; an empty value is a dash."""
    pairs = facts.items() if isinstance(facts, dict) else facts
    return {"facts": [(label, "—" if value in (None, "") else value) for label, value in pairs], "css": css}


@register.inclusion_tag("parts/table.html")
def table(shown: Any) -> dict[str, Any]:
    """A :class:`goodfaith.faces.parts.tables.Table`."""
    return {"table": shown}


@register.inclusion_tag("parts/chart.html")
def chart(shown: Any) -> dict[str, Any]:
    """A :class:`goodfaith.faces.parts.charts.Chart` or ``HeatChart``."""
    return {"chart": shown}


@register.inclusion_tag("parts/field.html")
def field(bound: forms.BoundField, hint: str = "") -> dict[str, Any]:
    """Label, hint, error and widget of one form field, bound together for screen readers."""
    hint = hint or str(bound.help_text or "")
    described = " ".join(
        name
        for name, there in ((f"{bound.id_for_label}-why", bound.errors), (f"{bound.id_for_label}-hint", hint))
        if there
    )
    attrs: dict[str, str | bool] = {"aria-describedby": described} if described else {}
    if bound.errors:
        attrs["aria-invalid"] = "true"
    grouped = isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    return {"field": bound, "hint": hint, "widget": bound.as_widget(attrs=attrs), "grouped": grouped}


@register.inclusion_tag("parts/error_summary.html")
def error_summary(form: forms.BaseForm) -> dict[str, Any]:
    """What has to be mended, each line jumping to its field."""
    fields = [(bound, error) for bound in form for error in bound.errors]
    return {"form": form, "found": fields, "general": form.non_field_errors()}


@register.inclusion_tag("parts/stepper.html")
def stepper(steps: list[str], at: int, due: dt.date | None = None) -> dict[str, Any]:
    """A procedure's steps; ``at`` is the current one from 0 (as many as there are: all done)."""
    state = [(name, "done" if n < at else "now" if n == at else "next") for n, name in enumerate(steps)]
    return {"steps": state, "due": due}


@register.inclusion_tag("parts/timeline.html")
def timeline(events: Any) -> dict[str, Any]:
    """Events with ``at`` (date or moment), ``title``, and perhaps ``text`` and ``kind``; newest first."""
    return {"events": [(event, _when(_of(event, "at"))) for event in events]}


@register.inclusion_tag("parts/progress.html")
def progress(
    done: int, total: int, label: str, poll_url: str = "", state: str = "", part: str = "progress-part"
) -> dict[str, Any]:
    """A bar; with ``poll_url`` it asks again each second until the answer comes without one."""
    share = min(100, 100 * done // total) if total else 0
    return {
        "done": done,
        "total": total,
        "label": label,
        "poll_url": poll_url,
        "share": share,
        "state": state,
        "part": part,
    }


@register.inclusion_tag("parts/file_drop.html")
def file_drop(
    name: str = "file", label: str = "", accept: str = ".csv,.xlsx,.xls,.zip", errors: Any = None
) -> dict[str, Any]:
    """A place to drop one file, with the size limit of the settings."""
    limit = settings.MAX_UPLOAD_BYTES
    return {"name": name, "label": label or _("选择文件"), "accept": accept, "max_bytes": limit,
            "max_mib": limit // 2**20, "errors": errors}  # fmt: skip


def _of(event: Any, name: str) -> Any:
    return event.get(name) if isinstance(event, dict) else getattr(event, name, None)


def _when(at: dt.date | dt.datetime | None) -> str:
    return words.moment(at) if isinstance(at, dt.datetime) else words.day(at)
