"""Loading the invented city, whole or not at all."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction

from goodfaith.common import clock, history
from goodfaith.common.acting import Acting
from goodfaith.common.problems import Problem
from goodfaith.demo import accounts, city, desk, duties, gate, identity, oversight, own, plan, queries, rights, units
from goodfaith.demo.loading import Loader, Progress, numbered
from goodfaith.law import queries as law
from goodfaith.parties.actions import do_assign_items, do_create_unit

SMALLEST = 200
"""People, organisations and records that a city has at least."""


@dataclass(frozen=True)
class CityLoaded:
    """How large the city became; all zero when one stood already."""

    people: int = 0
    organisations: int = 0
    records: int = 0
    deliveries: int = 0


def check_load_city(*, people: int, organisations: int, records: int) -> None:
    """Problem when the sizes make no city."""
    if min(people, organisations, records) < SMALLEST or records < organisations:
        what = f"城市太小：自然人、组织和记录都不得少于{SMALLEST}，记录不得少于组织（每个组织有一条登记）。"
        raise Problem("city_too_small", what, "请调大 --people、--organisations 或 --records。")
    if not law.catalogue().items:
        raise Problem("no_catalogue", "尚未装入目录数据包，不能生成示例城市。", "请先运行 goodfaith packs load。")


def _units(made: city.City, acting: Acting, at: dt.datetime) -> None:
    reported: dict[str, list[str]] = {unit.code: [] for unit in made.units}
    for item in made.catalogue.items.values():
        for unit in units.reporters(made.units, item):
            reported[unit.code].append(item.code)
    for unit in made.units:
        do_create_unit(
            acting=acting, at=at, code=unit.code, name=unit.name, short_name=unit.short, kind=unit.kind,
            uscc=made.unit_usccs[unit.code], area_code=unit.area or made.area,
        )  # fmt: skip
        do_assign_items(acting=acting, at=at, unit=unit.code, items=reported[unit.code])


def _accounts(loader: Loader, acting: Acting, at: dt.datetime) -> None:
    made, firm = loader.city, own.enterprise(loader.city)
    citizen = UUID(bytes=loader.people[own.CITIZEN]), str(made.people["name"][own.CITIZEN])
    enterprise = UUID(bytes=loader.organisations[firm]), str(made.organisations["name"][firm])
    identity.write(made)
    accounts.make(acting=acting, at=at, citizen=citizen, enterprise=enterprise)


@transaction.atomic
def do_load_city(
    *, acting: Acting, at: dt.datetime, people: int, organisations: int, records: int, progress: Progress
) -> CityLoaded:
    """Make the city and load it in one transaction. When a city stands already, nothing changes."""
    if queries.stands():
        return CityLoaded()
    check_load_city(people=people, organisations=organisations, records=records)
    made = city.build(law.catalogue(), clock.today(), people, organisations)
    _units(made, acting, at)
    loader = Loader(made, acting, at, progress)
    loader.load_subjects()
    items = list(made.catalogue.items.values())
    if plan.REGISTRATION in made.catalogue.items:
        loader.load_registrations(made.catalogue.items[plan.REGISTRATION])
    counts = plan.shares(items, max(records - loader.written, 1))
    for number, item, count in numbered(items, counts):
        loader.load_item(number, item, count)
    _accounts(loader, acting, at)
    desk.lay(made, at)
    gate.lay(made, at)
    oversight.lay()
    rights.lay(made, at)
    duties.lay(made, at)
    loaded = CityLoaded(people, organisations, loader.written, sum(loader.book.used.values()))
    history.note(
        acting=acting, at=at, action="demo.load_city", object_type="city", object_id=made.area,
        after={"people": people, "organisations": organisations, "records": loader.written},
    )  # fmt: skip
    return loaded


def analyse() -> None:
    """Let the planner know the sizes of the tables that were filled."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
