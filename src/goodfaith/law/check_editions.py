"""The dated forms of an item: their days, their headers, and the fields they refer to."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from goodfaith.law.findings import Finding
from goodfaith.law.packs import Catalogue, Defined
from goodfaith.law.schema import Edition, ItemField, RequiredIf
from goodfaith.law.yamlfile import Key

Path = tuple[Key, ...]
NUMBERS = ("uscc", "registration_no", "organisation_code", "tax_no", "institution_no", "social_no")
SUBJECT_FIELDS = ("name", *NUMBERS, "document_type", "document_no")


def check_editions(item: Defined, catalogue: Catalogue) -> Iterator[Finding]:
    """All checks of an item's editions."""
    yield from _edition_days(item)
    for n, edition in enumerate(item.value.editions):
        path: Path = ("editions", n)
        yield from _headers(item, edition, path)
        yield from _named_fields(item, edition, path)
        yield from _subject(item, edition, path, catalogue)
        for m, field in enumerate(edition.fields):
            yield from _field(item, edition, field, (*path, "fields", m), catalogue)


def _edition_days(item: Defined) -> Iterator[Finding]:
    editions = item.value.editions
    for n, edition in enumerate(editions):
        if edition.code in [each.code for each in editions[:n]]:
            what = f"版式代码“{edition.code}”写了两次。"
            yield item.finding("duplicate_code", what, "请改成不同的代码。", "editions", n, "code")
    for n in range(1, len(editions)):
        newer, older = editions[n - 1], editions[n]
        if older.decided.end is None or newer.decided.start is None or older.decided.end > newer.decided.start:
            what = f"版式“{older.code}”与“{newer.code}”的日期重叠，或没有按从新到旧排列。"
            next_ = "请从新到旧排列，让旧版的 decided.to 不晚于新版的 decided.from。"
            yield item.finding("editions_overlap", what, next_, "editions", n, "decided")


def header_key(text: str) -> str:
    """How headers are compared: full width as half width, without spaces, without case."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def _headers(item: Defined, edition: Edition, path: Path) -> Iterator[Finding]:
    """Codes, names and aliases: in one edition each header means one field."""
    owner: dict[str, ItemField] = {}
    for m, field in enumerate(edition.fields):
        spelt: list[tuple[str, Path]] = [(field.code, ("code",)), (field.name.zh, ("name", "zh"))]
        spelt += [(alias, ("aliases", k)) for k, alias in enumerate(field.aliases)]
        for text, where in spelt:
            other = owner.setdefault(header_key(text), field)
            if other is field:
                continue
            code = "duplicate_code" if where == ("code",) and other.code == field.code else "alias_clash"
            what = f"表头“{text}”在版式“{edition.code}”中既是“{other.name.zh}”又是“{field.name.zh}”，无法对应。"
            yield item.finding(code, what, "请改名，或删去其中一处别名。", *path, "fields", m, *where)


def _named_fields(item: Defined, edition: Edition, path: Path) -> Iterator[Finding]:
    """decided_on, document_no, authority, fact, in_force, one_of name fields that the edition has."""
    for text, where in _references(edition):
        yield from _known(item, edition, text, (*path, *where))
    codes = {field.code: field for field in edition.fields}
    decided = codes.get(edition.decided_on)
    if decided is not None and (decided.type != "date" or decided.required is not True):
        what = f"决定日期字段“{decided.name.zh}”应当是必填的日期：展示期从它算起。"
        yield item.finding("decided_on_not_date", what, "请写 type: date 和 required: true。", *path, "decided_on")
    for code, where in _ends(edition):
        if code in codes and codes[code].type != "date":
            what = f"{where[0]} 的字段“{codes[code].name.zh}”不是日期。"
            yield item.finding(f"{where[0]}_not_date", what, "请写 type: date。", *path, *where)


def _ends(edition: Edition) -> Iterator[tuple[str, Path]]:
    """The date fields that begin or end the decision's validity or its display."""
    named: list[tuple[str | None, Path]] = [(code, ("in_force", n)) for n, code in enumerate(edition.in_force or ())]
    named += [(edition.display_until, ("display_until",)), (edition.removed_on, ("removed_on",))]
    yield from ((code, where) for code, where in named if code is not None)


def _references(edition: Edition) -> Iterator[tuple[str, Path]]:
    yield edition.decided_on, ("decided_on",)
    if edition.document_no is not None:
        yield edition.document_no, ("document_no",)
    if edition.authority is not None:
        yield edition.authority, ("authority",)
    for n, code in enumerate(edition.fact):
        yield code, ("fact", n)
    yield from _ends(edition)
    for n, group in enumerate(edition.one_of):
        for m, code in enumerate(group.fields):
            yield code, ("one_of", n, "fields", m)
        if group.when is not None:
            yield group.when.field, ("one_of", n, "when", "field")


def _known(item: Defined, edition: Edition, code: str, path: Path) -> Iterator[Finding]:
    if all(field.code != code for field in edition.fields):
        what = f"版式“{edition.code}”没有字段“{code}”。"
        yield item.finding("field_unknown", what, "请改正字段代码，或在 fields 中补上。", *path)


def _subject(item: Defined, edition: Edition, path: Path, catalogue: Catalogue) -> Iterator[Finding]:
    """The row says whom it is about, by a number: matching is never by name."""
    here: Path = (*path, "subject")
    for key in SUBJECT_FIELDS:
        code = getattr(edition.subject, key)
        if code is not None:
            yield from _known(item, edition, code, (*here, key))
    kinds = item.value.subjects
    if "person" in kinds and edition.subject.document_no is None:
        what = "条目涉及自然人，却没有指明证件号码字段（只凭姓名会认错人）。"
        yield item.finding("subject_number_missing", what, "请写 subject.document_no。", *here)
    if "organisation" in kinds and all(getattr(edition.subject, key) is None for key in NUMBERS):
        what = "条目涉及法人和其他组织，却没有指明任何代码字段（只凭名称会认错）。"
        yield item.finding("subject_number_missing", what, f"请写 subject 的 {'、'.join(NUMBERS)} 之一。", *here)
    yield from _subject_kind(item, edition, here, catalogue)


def _subject_kind(item: Defined, edition: Edition, path: Path, catalogue: Catalogue) -> Iterator[Finding]:
    """Old forms have no column for the kind: there ``kind`` names the person's number, and needs no values."""
    kind, kinds = edition.subject.kind, item.value.subjects
    if kind in ("person", "organisation"):
        if set(kinds) != {kind}:
            what = f"subject.kind 写的是 {kind}，与 subjects 不一致。"
            yield item.finding("subject_kind", what, "两类主体都有时，请写能区分主体类别的字段代码。", *path, "kind")
        return
    yield from _known(item, edition, kind, (*path, "kind"))
    told_by_number = kind == edition.subject.document_no
    if len(kinds) > 1 and not edition.subject.person_values and not told_by_number:
        what = "没有写明主体类别字段的哪些值表示自然人。"
        yield item.finding("person_values_missing", what, "请写 subject.person_values。", *path)
    if any(field.code == kind for field in edition.fields):
        of_kind = edition.field(kind)
        yield from _values_known(item, of_kind, edition.subject.person_values, (*path, "person_values"), catalogue)


def _values_known(
    item: Defined, field: ItemField, values: tuple[str, ...], path: Path, catalogue: Catalogue
) -> Iterator[Finding]:
    """Values named in a condition are codes of the field's list."""
    code_list = catalogue.code_lists.get(field.code_list or "")
    known = {entry.code for entry in code_list.entries} if code_list else set(values)
    for n, value in enumerate(values):
        if value not in known:
            what = f"“{value}”不是代码表“{field.code_list}”里的代码。"
            yield item.finding("code_unknown", what, f"请用代码，可选：{'、'.join(sorted(known))}。", *path, n)


def _field(
    item: Defined, edition: Edition, field: ItemField, path: Path, catalogue: Catalogue
) -> Iterator[Finding]:
    yield from _code_list(item, field, path, catalogue)
    for key in ("required", "blank_if"):
        condition = getattr(field, key)
        if isinstance(condition, RequiredIf):
            yield from _known(item, edition, condition.field, (*path, key, "field"))
            for other in edition.fields:
                if other.code == condition.field:
                    where: Path = (*path, key, "any_of")
                    yield from _values_known(item, other, condition.any_of, where, catalogue)
    if field.not_before is not None:
        yield from _known(item, edition, field.not_before, (*path, "not_before"))
    if field.type != "date" and (field.long_term or field.not_before or field.not_after_report):
        what = f"字段“{field.name.zh}”不是日期，不能写 long_term、not_before、not_after_report。"
        yield item.finding("date_only", what, "请写 type: date，或删去这些键。", *path)


def _code_list(item: Defined, field: ItemField, path: Path, catalogue: Catalogue) -> Iterator[Finding]:
    if field.code_list is not None and field.code_list not in catalogue.code_lists:
        known = "、".join(sorted(catalogue.code_lists)) or "无"
        what = f"没有代码表“{field.code_list}”。"
        next_ = f"请在 code_lists/ 中定义，或选用：{known}。"
        yield item.finding("code_list_unknown", what, next_, *path, "code_list")
    if (field.type == "code") != (field.code_list is not None):
        what = f"字段“{field.name.zh}”：type: code 和 code_list 要么都写，要么都不写。"
        yield item.finding("code_without_list", what, "请补上缺的一个。", *path)
    if field.multiple and field.type != "code":
        what = f"字段“{field.name.zh}”写了 multiple，但不是代码。"
        yield item.finding("multiple_without_code", what, "请删去 multiple，或写 type: code。", *path, "multiple")
