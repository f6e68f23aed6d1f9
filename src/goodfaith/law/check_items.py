"""Boundaries 1 and 9 and the item as a whole: basis, domain, document, disclosure, references."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from goodfaith.law.domains import CATALOGUE_CLASSES, DOMAINS
from goodfaith.law.findings import Finding
from goodfaith.law.packs import Catalogue, Defined
from goodfaith.law.schema import DateRange, Instrument, LegalBasis
from goodfaith.law.yamlfile import Key

OPENING_KINDS = {"law", "administrative_regulation", "judicial_interpretation"}
"""Only these may order that a person's records be public (boundary 9)."""
SUBJECT_ZH = {"person": "自然人", "organisation": "法人和其他组织"}


def check_domain(item: Defined, _: Catalogue) -> Iterator[Finding]:
    """The domain is in the closed vocabulary and fits the catalogue class and the subjects."""
    value = item.value
    domain = DOMAINS.get(value.domain)
    if domain is None:
        known = "、".join(f"{each.code}（{each.zh}）" for each in DOMAINS.values())
        next_ = f"请从封闭词表中选用：{known}；都不合适的，不归集。"
        what = f"“{value.domain}”不在可以记录的范围内（边界二：范围是封闭的）。"
        yield item.finding("domain_unknown", what, next_, "domain")
        return
    if value.catalogue_class not in domain.classes:
        fits = "、".join(f"{n}（{CATALOGUE_CLASSES[n]}）" for n in sorted(domain.classes))
        number = value.catalogue_class
        what = f"“{domain.zh}”不属于基础目录第 {number} 类（{CATALOGUE_CLASSES[number]}）。"
        yield item.finding("catalogue_class_mismatch", what, f"可用的类别：{fits}。", "catalogue_class")
    for kind in sorted(set(value.subjects) - domain.subjects):
        what = f"“{domain.zh}”不记录{SUBJECT_ZH[kind]}。"
        yield item.finding("subject_not_allowed", what, "请从 subjects 中删去，或改用别的 domain。", "subjects")


def check_document(item: Defined, _: Catalogue) -> Iterator[Finding]:
    """A negative item names the effective document, and each record must cite its number (boundary 1)."""
    value = item.value
    if value.polarity != "negative":
        return
    if value.effective_document is None:
        next_ = "请写 effective_document: {kind, name}，如 kind: penalty_decision。"
        what = "负面条目没有写明所依据的生效法律文书（边界一）。"
        yield item.finding("effective_document_missing", what, next_, "polarity")
    for n, edition in enumerate(value.editions):
        if edition.document_no is None:
            what = f"负面条目的版式“{edition.code}”没有指明文书号字段（边界一：每条记录都要引用生效文书）。"
            yield item.finding("document_no_missing", what, "请写 document_no: 字段代码。", "editions", n, "code")
            continue
        for m, field in enumerate(edition.fields):
            if field.code == edition.document_no and field.required is not True:
                what = f"负面条目的文书号字段“{field.name.zh}”不是必填（边界一）。"
                path: tuple[Key, ...] = ("editions", n, "fields", m, "required")
                yield item.finding("document_no_not_required", what, "请写 required: true。", *path)


def check_disclosure(item: Defined, catalogue: Catalogue) -> Iterator[Finding]:
    """Each subject kind has its disclosure; a person's is open only where a statute orders it (boundary 9)."""
    value = item.value
    for kind in value.subjects:
        if kind not in value.disclosure:
            next_ = f"请写 disclosure 的 {kind}: open、on_request、shared 或 closed。"
            yield item.finding("disclosure_missing", f"没有写明{SUBJECT_ZH[kind]}的公开属性。", next_, "disclosure")
    for kind in value.disclosure:
        if kind not in value.subjects:
            what = f"disclosure 写了 {kind}，但条目不涉及{SUBJECT_ZH[kind]}。"
            yield item.finding("disclosure_unused", what, "请删去这一项，或补入 subjects。", "disclosure", kind)
    if value.disclosure.get("person") == "open":
        yield from _open_basis(item, catalogue)


def _open_basis(item: Defined, catalogue: Catalogue) -> Iterator[Finding]:
    opening = item.value.open_basis
    if opening is None:
        what = "自然人的记录设为公开，却没有写明哪部法律、行政法规或司法解释要求公开（边界九）。"
        next_ = "请写 open_basis；没有这样的规定的，改为 on_request、shared 或 closed。"
        yield item.finding("open_basis_missing", what, next_, "disclosure", "person")
        return
    instrument = catalogue.instruments.get(opening.basis.instrument)
    if instrument is not None and instrument.kind not in OPENING_KINDS:
        what = f"《{instrument.name.zh}》不是法律、行政法规或司法解释，不能作为公开自然人记录的依据（边界九）。"
        next_ = "请引用这三类之一；没有的，改为 on_request、shared 或 closed。"
        yield item.finding("open_basis_too_low", what, next_, "open_basis", "basis", "instrument")


def check_occupations(item: Defined, _: Catalogue) -> Iterator[Finding]:
    """A professional qualification names its occupations; only people have one."""
    value = item.value
    if value.occupations and "person" not in value.subjects:
        what = "写了 occupations，但条目不涉及自然人。"
        yield item.finding("occupations_without_person", what, "请删去 occupations，或改正 subjects。", "occupations")
    if value.domain == "professional_qualification" and not value.occupations:
        what = "职业资格条目没有列明职业：只归集列明职业的资格，不归集任何人的职业。"
        next_ = "请写 occupations，如 [律师, 注册会计师]。"
        yield item.finding("occupations_missing", what, next_, "domain")


def check_item_references(item: Defined, catalogue: Catalogue) -> Iterator[Finding]:
    """Sector and display rule exist."""
    value = item.value
    if value.sector not in catalogue.sectors:
        known = "、".join(sorted(catalogue.sectors)) or "无"
        what = f"没有行业领域“{value.sector}”。"
        yield item.finding("sector_unknown", what, f"请在 pack.yaml 的 sectors 中定义，或选用：{known}。", "sector")
    if value.display_rule not in catalogue.display_rules:
        known = "、".join(sorted(catalogue.display_rules)) or "无"
        what = f"没有展示规则“{value.display_rule}”。"
        next_ = f"请在 display_rules/ 中定义，或选用：{known}。"
        yield item.finding("display_rule_unknown", what, next_, "display_rule")


def check_item_bases(item: Defined, catalogue: Catalogue) -> Iterator[Finding]:
    """Each basis exists; the item as it is collected now stands on at least one that is in force."""
    value = item.value
    for n, basis in enumerate(value.legal_basis):
        yield from basis_known(item, basis, catalogue, "legal_basis", n)
    known = [catalogue.instruments.get(basis.instrument) for basis in value.legal_basis]
    newest_end = _newest_end(item)
    if all(each is not None and _ended(each, newest_end) for each in known):
        names = "、".join(f"《{each.name.zh}》" for each in known if each is not None)
        what = f"{names}已经失效，这个条目没有现行有效的依据。"
        yield item.finding("basis_stale", what, "请补上现行依据，或给最新版式写明 decided.to。", "legal_basis")
    if value.open_basis is not None:
        path: tuple[Key, ...] = ("open_basis", "basis")
        yield from basis_known(item, value.open_basis.basis, catalogue, *path)
        yield from basis_in_force(item, value.open_basis.basis, DateRange(to=newest_end), catalogue, *path)
    for n, edition in enumerate(value.editions):
        path = ("editions", n, "basis")
        yield from basis_known(item, edition.basis, catalogue, *path)
        yield from basis_in_force(item, edition.basis, edition.decided, catalogue, *path)


def _newest_end(item: Defined) -> dt.date | None:
    ends = [edition.decided.end for edition in item.value.editions]
    return None if None in ends else max(ends)


def _ended(instrument: Instrument, needed_until: dt.date | None) -> bool:
    end = instrument.in_force.end
    return end is not None and (needed_until is None or needed_until > end)


def basis_known(where: Defined, basis: LegalBasis, catalogue: Catalogue, *path: Key) -> Iterator[Finding]:
    """The instrument named exists."""
    if basis.instrument not in catalogue.instruments:
        what = f"没有法律文件“{basis.instrument}”。"
        next_ = "请在 instruments/ 中写明这份文件，或改正代码。"
        yield where.finding("instrument_unknown", what, next_, *path, "instrument")


def basis_in_force(
    where: Defined, basis: LegalBasis, days: DateRange, catalogue: Catalogue, *path: Key
) -> Iterator[Finding]:
    """The instrument is in force on all of ``days`` ; an open first day asks only for the last."""
    instrument = catalogue.instruments.get(basis.instrument)
    if instrument is None:
        return
    begins, name = instrument.in_force.start, instrument.name.zh
    if _ended(instrument, days.end):
        what = f"《{name}》自 {instrument.in_force.end} 起失效，这里却仍在用。"
        next_ = "请改用现行依据，或写明这一段的 to。"
        yield where.finding("basis_stale", what, next_, *path, "instrument")
    if begins is not None and _before(days, begins):
        what = f"《{name}》自 {begins} 起施行，不能作为此前的依据。"
        next_ = "请改用当时有效的依据，或改正 from。"
        yield where.finding("basis_not_yet", what, next_, *path, "instrument")


def _before(days: DateRange, begins: dt.date) -> bool:
    """Whether the range starts before ``begins``, or, without a first day, has ended by then."""
    if days.start is not None:
        return days.start < begins
    return days.end is not None and days.end <= begins
