"""A bank in the smallest city, and what it, the office and the citizen do there."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from goodfaith.common import clock
from goodfaith.common.acting import SYSTEM
from goodfaith.gate import actions, queries
from goodfaith.gate.handles import FileHandle
from goodfaith.ledger.actions import do_seal
from goodfaith.parties.models import Unit, User
from tests.city import ID_NUMBER, NAME, PENALTY, City

PURPOSE = "credit_granting"
NEXT_YEAR = dt.timedelta(days=365)


@dataclass
class MyCity:
    """The city with a bank; ``citizen`` is the account of the city's person."""

    city: City
    bank: User
    citizen: User

    def ask(self, *, name: str = NAME, uses: int | None = 3) -> uuid.UUID:
        """The bank asks the person for consent."""
        return actions.do_request_consent(
            acting=self.bank.acting, at=clock.now(), number=("id_number", ID_NUMBER), name=name, purpose=PURPOSE,
            items=[PENALTY], until=clock.today() + NEXT_YEAR, uses=uses, reason="办理住房贷款，需了解信用情况",
        )  # fmt: skip

    def grant(self) -> uuid.UUID:
        """The person lets the bank look."""
        return actions.do_grant_consent(
            acting=self.citizen.acting, at=clock.now(), party_unit="t_bank", purpose=PURPOSE, items=[PENALTY],
            until=clock.today() + NEXT_YEAR, uses=2,
        )  # fmt: skip

    def bank_looks(self) -> FileHandle:
        """The bank opens the file with the person's consent."""
        return queries.open_file(
            acting=self.bank.acting, purpose=PURPOSE, number=("id_number", ID_NUMBER), case_no="贷〔2026〕8号"
        )

    def office_looks(self, case_no: str = "示信核〔2026〕7号") -> FileHandle:
        """The credit office opens the person's file."""
        return queries.open_file(
            acting=self.city.users["credit_office"].acting, purpose="credit_administration",
            number=("id_number", ID_NUMBER), case_no=case_no,
        )  # fmt: skip

    def clerk_is_refused(self) -> FileHandle:
        """A clerk tries what only the office may do."""
        return queries.open_file(
            acting=self.city.users["clerk"].acting, purpose="credit_administration",
            number=("id_number", ID_NUMBER), case_no="试查",
        )  # fmt: skip


def make(city: City) -> MyCity:
    """The city with its bank."""
    unit = Unit.objects.create(code="t_bank", name="测试银行", short_name="测试银行", kind="bank")
    bank = User.objects.create_user("bank", password="demo", kind="officer", role="clerk", unit=unit)
    return MyCity(city, bank, city.users["citizen"])



def seal_all() -> None:
    """Give every entry that waits its place in the tree, as the sealer does."""
    do_seal(acting=SYSTEM, at=clock.now())
