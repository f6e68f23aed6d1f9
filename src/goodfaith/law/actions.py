"""Loading packs into the database: checked first, all or nothing, and nothing when nothing has changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db import models as orm

from goodfaith.common import history
from goodfaith.common.acting import Acting
from goodfaith.common.problems import Problem
from goodfaith.law import checker, models, packs, schema
from goodfaith.law.bearing import bearings
from goodfaith.law.packs import Catalogue
from goodfaith.law.queries import PARTS
from goodfaith.law.terms import term_lines

Counts = dict[str, int]


@dataclass(frozen=True, slots=True)
class PacksLoaded:
    """What a loading did: the packs that changed (with their counts) and those that were the same."""

    changed: dict[str, Counts]
    same: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The result in one Chinese sentence."""
        if not self.changed:
            return f"{len(self.same)} 个数据包与已装入的完全相同，没有改动。"
        items = sum(counts.get("items", 0) for counts in self.changed.values())
        return f"已装入 {len(self.changed)} 个数据包（目录条目 {items} 个），{len(self.same)} 个没有变化。"


def check_load_packs(*, directory: Path) -> packs.Loaded:
    """What would be loaded; Problem ``packs_invalid`` when the checker finds anything."""
    loaded = packs.load(directory)
    findings = checker.check_loaded(loaded)
    if findings:
        what = f"数据包有 {len(findings)} 处问题，没有装入。第一处：{findings[0]}"
        raise Problem("packs_invalid", what, f"请运行 goodfaith packs check {directory}，改正后再装入。")
    return loaded


@transaction.atomic
def do_load_packs(*, acting: Acting, at: dt.datetime, directory: Path) -> PacksLoaded:
    """Bring the database to what the packs in ``directory`` say (a packs folder or one pack).

    Definitions that a pack no longer has are withdrawn, never deleted: records keep pointing to them. Packs
    that are not in the folder stay as they are. Needs the owner's role.
    """
    _one_at_a_time()
    digests = {folder.name: packs.digest(folder) for folder in packs.asked_for(directory)}
    before = _loaded_digests()
    changed = [code for code, digest in digests.items() if before.get(code) != digest]
    same = tuple(code for code in digests if code not in changed)
    if digests and not changed:
        return PacksLoaded({}, same)
    catalogue = packs.catalogue_of(check_load_packs(directory=directory).definitions)
    _check_owners(catalogue, changed, set(digests))
    counts = _write(catalogue, changed, at)
    for code in changed:
        _note(acting, at, catalogue, code, digests[code], before.get(code), counts[code])
    return PacksLoaded(counts, same)


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE law_packload IN SHARE ROW EXCLUSIVE MODE")


def _loaded_digests() -> dict[str, str]:
    loads = models.PackLoad.objects.order_by("pack", "-id").distinct("pack")
    return {load.pack: load.digest for load in loads}


def _check_owners(catalogue: Catalogue, changed: list[str], asked: set[str]) -> None:
    """A code that a pack from elsewhere has already defined cannot be taken over."""
    for kind, model, _ in PARTS:
        mine = [code for code in getattr(catalogue, kind) if catalogue.origins[kind, code] in changed]
        taken = model.objects.filter(code__in=mine, withdrawn_at=None).exclude(pack__in=asked).first()
        if taken is not None:
            what = f"代码“{taken.code}”已由数据包“{taken.pack}”定义。"
            raise Problem("code_taken", what, "请改用别的代码，或把两个数据包放在同一文件夹里一起装入。")


def _write(catalogue: Catalogue, changed: list[str], at: dt.datetime) -> dict[str, Counts]:
    counts: dict[str, Counts] = {code: {} for code in changed}
    for kind, model, _ in PARTS:
        found = getattr(catalogue, kind)
        rows = [_row(kind, model, value, catalogue) for value in found.values()
                if catalogue.origins[kind, value.code] in changed]  # fmt: skip
        _upsert(model, rows)
        gone = model.objects.filter(pack__in=changed, withdrawn_at=None).exclude(code__in=list(found))
        gone.update(withdrawn_at=at)
        for row in rows:
            counts[row.pack][kind] = counts[row.pack].get(kind, 0) + 1
    _replace_areas(catalogue, changed, counts)
    _replace_bearing()
    _replace_terms()
    return counts


def _row(kind: str, model: Any, value: Any, catalogue: Catalogue) -> Any:
    """A row of one definition; the columns beside it are copies of what queries and the gate filter by."""
    return model(
        code=value.code,
        pack=catalogue.origins[kind, value.code],
        name_zh=value.name.zh,
        name_en=value.name.en,
        definition=value.model_dump(mode="json", by_alias=True),
        withdrawn_at=None,
        **_columns(kind, value),
    )


def _columns(kind: str, value: Any) -> dict[str, Any]:
    if kind == "items":
        return {
            "sector_id": value.sector,
            "catalogue_class": value.catalogue_class,
            "polarity": value.polarity,
            "double_publicity": value.double_publicity,
            "update_cycle": value.update_cycle,
        }
    if kind == "purposes":
        return {
            "actors": list(value.actors),
            "roles": list(value.roles),
            "own_unit_only": value.own_unit_only,
            "listed": list(value.listed) if value.items == "listed" else None,
            "depth": value.depth,
            "ground": value.ground,
            "unit_kinds": list(value.unit_kinds),
            "disclosures": list(value.disclosures),
            "matter_required": value.matter_required,
            "case_shown": value.case_shown,
            "delay_days": value.delay.max_days if value.delay else None,
            "delay_basis": value.delay.basis.model_dump(mode="json") if value.delay else None,
        }
    if kind == "matters":
        return {name: list(getattr(value, name)) for name in ("purposes", "unit_kinds", "subjects")}
    if kind == "measures":
        return {"kind": value.kind, "subjects": list(value.subjects)}
    return {}


def _upsert(model: type[orm.Model], rows: list[Any]) -> None:
    columns = [each.name for each in model._meta.concrete_fields if not each.primary_key]
    model._default_manager.bulk_create(rows, update_conflicts=True, unique_fields=["code"], update_fields=columns)


def _replace_areas(catalogue: Catalogue, changed: list[str], counts: dict[str, Counts]) -> None:
    models.Area.objects.filter(pack__in=changed).delete()
    rows = [
        models.Area(
            code=entry.code,
            name_zh=entry.name.zh,
            name_en=entry.name.en,
            valid_from=entry.valid.start,
            valid_to=entry.valid.end,
            successor=entry.successor,
            pack=catalogue.origins["areas", code],
        )
        for code, entries in catalogue.areas.items()
        if catalogue.origins["areas", code] in changed
        for entry in entries
    ]
    models.Area.objects.bulk_create(rows, batch_size=2_000)
    for row in rows:
        counts[row.pack]["areas"] = counts[row.pack].get("areas", 0) + 1


def _replace_bearing() -> None:
    """What bears where, written anew from all packs' definitions in force."""
    models.Bearing.objects.all().delete()
    rows = [models.Bearing(**asdict(each)) for each in bearings(_in_force())]
    models.Bearing.objects.bulk_create(rows, batch_size=2_000)


def _replace_terms() -> None:
    """The months of every class, written anew from all rules there ever were: records keep pointing to them."""
    models.Term.objects.all().delete()
    rules = [schema.DisplayRule.model_validate(row.definition) for row in models.DisplayRule.objects.order_by("code")]
    models.Term.objects.bulk_create([models.Term(**asdict(each)) for each in term_lines(rules)], batch_size=2_000)


def _in_force() -> Catalogue:
    """The items, matters and measures that stand now, whichever pack they came from."""
    found = Catalogue()
    for kind, model, shape in PARTS:
        if kind in {"items", "matters", "measures"}:
            rows = model.objects.filter(withdrawn_at=None)
            getattr(found, kind).update({row.code: shape.model_validate(row.definition) for row in rows})
    return found


def _note(
    acting: Acting, at: dt.datetime, catalogue: Catalogue, code: str, digest: str, before: str | None, counts: Counts
) -> None:
    info = catalogue.packs[code]
    models.PackLoad.objects.create(
        pack=code,
        version=info.version,
        digest=digest,
        loaded_at=at,
        loaded_by=acting.name,
        counts={**counts, "info": info.model_dump(mode="json", by_alias=True)},
    )
    history.note(
        acting=acting,
        at=at,
        action="law.load_packs",
        object_type="pack",
        object_id=code,
        before=None if before is None else {"digest": before},
        after={"digest": digest, "version": info.version, **counts},
    )
