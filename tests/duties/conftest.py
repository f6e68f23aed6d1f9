"""What the tests of the room share."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from goodfaith.common.acting import Acting
from goodfaith.duties.models import Duty
from goodfaith.parties.models import Unit
from tests.city import City
from tests.duties import room

UNITS = {"市司法局": ["t_a"], "市民政局": ["t_b"]}


@dataclass
class Room:
    """A city whose joint conference has two reviewers; ``duties``: one due on a day, one yearly, one that goes on."""

    office: Acting
    second: Acting
    third: Acting
    clerk: Acting
    other: Acting
    auditor: Acting
    citizen: Acting
    enterprise: Acting
    duties: list[Duty]


@pytest.fixture
def staff(city: City) -> Room:
    """The people, no document yet."""
    Unit.objects.create(code="t_old", name="测试旧单位", short_name="旧单位", kind="department")
    Unit.objects.create(code="t_county", name="示例市测试县人民政府", short_name="测试县", kind="county")
    Unit.objects.create(code="t_bank", name="测试银行", short_name="银行", kind="bank")
    acting = {name: user.acting for name, user in city.users.items()}
    return Room(
        acting["credit_office"], room.officer("office2", "credit_office", "t_office"),
        room.officer("office3", "credit_office", "t_office"), acting["clerk"], acting["other_clerk"], acting["auditor"],
        acting["citizen"], acting["enterprise"], [],
    )  # fmt: skip


@pytest.fixture
def duties(staff: Room) -> Room:
    """One document adopted."""
    staff.duties = room.adopted(staff.office, staff.second, UNITS)
    return staff
