"""Purposes and matters: who may look and why (boundaries 7 and 8)."""

from __future__ import annotations

from collections.abc import Iterator

from goodfaith.law.basics import DateRange, LegalBasis
from goodfaith.law.check_items import basis_in_force, basis_known
from goodfaith.law.findings import Finding
from goodfaith.law.packs import Catalogue, Defined

ASKING = {"officer", "machine"}
OPENS_CLOSED = {"self_access", "source_verification"}
"""The subject itself and the unit that delivered the record; nobody else opens what is closed."""
LONGEST_DELAY = 365
DELAYING_KINDS = {"law", "administrative_regulation"}


def check_purpose(purpose: Defined, catalogue: Catalogue) -> Iterator[Finding]:
    """Its statute, its items, and that it opens no more to anyone than it may."""
    yield from check_bases(purpose, catalogue, "目的")
    yield from _check_listed(purpose, catalogue)
    yield from _check_users(purpose)
    yield from _check_closed(purpose)
    yield from _check_depth(purpose)
    yield from _check_delay(purpose, catalogue)


def check_bases(each: Defined, catalogue: Catalogue, called: str) -> Iterator[Finding]:
    """Every basis exists, and at least one is in force."""
    for n, basis in enumerate(each.value.basis):
        yield from basis_known(each, basis, catalogue, "basis", n)
    known = [catalogue.instruments.get(basis.instrument) for basis in each.value.basis]
    if all(found is not None and found.in_force.end is not None for found in known):
        what = f"这个{called}的依据都已失效。"
        yield each.finding("basis_stale", what, f"请补上现行依据，或删去这个{called}。", "basis")


def _check_listed(purpose: Defined, catalogue: Catalogue) -> Iterator[Finding]:
    for n, code in enumerate(purpose.value.listed):
        if code not in catalogue.items:
            what = f"没有目录条目“{code}”。"
            yield purpose.finding("item_unknown", what, "请改正，或从 listed 中删去。", "listed", n)
    if (purpose.value.items == "listed") != bool(purpose.value.listed):
        what = "items: listed 要列出条目，items: all 不能列。"
        yield purpose.finding("listed_mismatch", what, "请改正 items 或 listed。", "code")


def _check_users(purpose: Defined) -> Iterator[Finding]:
    value = purpose.value
    asking = ASKING & set(value.actors)
    if asking and not value.unit_kinds:
        what = "工作人员或系统可以用的目的没有写明限于哪类单位（边界七）。"
        next_ = "请写 unit_kinds，如 [department, court]。"
        yield purpose.finding("unit_kinds_missing", what, next_, "actors")
    if value.unit_kinds and not asking:
        what = "只供本人使用的目的写了 unit_kinds。"
        yield purpose.finding("unit_kinds_unused", what, "请删去 unit_kinds，或补入 actors。", "unit_kinds")
    if "officer" in value.actors and not value.roles:
        what = "工作人员可以用的目的没有写明限于哪类岗位（边界七）。"
        yield purpose.finding("roles_missing", what, "请写 roles，如 [clerk]。", "actors")


def _check_closed(purpose: Defined) -> Iterator[Finding]:
    value = purpose.value
    if "closed" not in value.disclosures:
        return
    if value.ground == "consent":
        what = "经授权的目的不能打开“不公开”的记录（边界八）。"
        yield purpose.finding("consent_opens_closed", what, "请从 disclosures 中删去 closed。", "disclosures")
    elif value.code not in OPENS_CLOSED:
        what = "“不公开”的记录只有本人和提供它的单位可以看（边界八）。"
        yield purpose.finding("closed_opened", what, "请从 disclosures 中删去 closed。", "disclosures")


def _check_depth(purpose: Defined) -> Iterator[Finding]:
    value = purpose.value
    if value.depth == "full" and (value.code != "self_access" or ASKING & set(value.actors)):
        what = "只有本人查阅自己的档案可以不遮盖（边界八）。"
        yield purpose.finding("depth_too_deep", what, "请改为 depth: masked 或 existence。", "depth")
    if value.matter_required and value.depth != "existence":
        what = "在办理事项中核查，只答复有没有措施，不交出档案（边界八）。"
        yield purpose.finding("check_too_deep", what, "请写 depth: existence，或改为不限事项的查阅目的。", "depth")


def _check_delay(purpose: Defined, catalogue: Catalogue) -> Iterator[Finding]:
    delay = purpose.value.delay
    if delay is None:
        return
    yield from basis_known(purpose, delay.basis, catalogue, "delay", "basis")
    yield from basis_in_force(purpose, delay.basis, DateRange(), catalogue, "delay", "basis")
    yield from _delay_basis_high_enough(purpose, delay.basis, catalogue)
    if delay.max_days > LONGEST_DELAY:
        what = f"推迟告知最长 {LONGEST_DELAY} 天（边界七：每次查看，本人终会看到）。"
        yield purpose.finding("delay_too_long", what, f"请改为不超过 {LONGEST_DELAY}。", "delay", "max_days")
    if purpose.value.ground == "consent":
        what = "本人授权的查询不能推迟告知本人。"
        yield purpose.finding("delay_with_consent", what, "请删去 delay。", "delay")


def _delay_basis_high_enough(purpose: Defined, basis: LegalBasis, catalogue: Catalogue) -> Iterator[Finding]:
    instrument = catalogue.instruments.get(basis.instrument)
    if instrument is not None and instrument.kind not in DELAYING_KINDS:
        what = f"《{instrument.name.zh}》不是法律、行政法规，不能作为推迟告知的依据（边界七）。"
        yield purpose.finding("delay_basis_too_low", what, "请引用法律、行政法规，或删去 delay。", "delay", "basis")


def check_matter(matter: Defined, catalogue: Catalogue) -> Iterator[Finding]:
    """Its statute; its purposes exist and let its units in."""
    yield from check_bases(matter, catalogue, "事项")
    for n, code in enumerate(matter.value.purposes):
        purpose = catalogue.purposes.get(code)
        if purpose is None:
            known = "、".join(sorted(catalogue.purposes)) or "无"
            what = f"没有查询目的“{code}”。"
            yield matter.finding("purpose_unknown", what, f"请选用：{known}。", "purposes", n)
            continue
        left_out = set(matter.value.unit_kinds) - set(purpose.unit_kinds)
        if left_out and (n == 0 or len(left_out) == len(matter.value.unit_kinds)):
            what = f"目的“{purpose.name.zh}”不许 {'、'.join(sorted(left_out))} 使用，这类单位在此事项中无法核查。"
            next_ = "请改正 unit_kinds，或换一个目的。"
            yield matter.finding("unit_kinds_mismatch", what, next_, "purposes", n)
