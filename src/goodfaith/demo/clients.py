"""Machine clients of the demo that sign: an approval system and a bank. Their private keys lie beside the city."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass
from pathlib import Path

from jwcrypto.jwk import JWK

from goodfaith.common.acting import Acting
from goodfaith.common.home import home
from goodfaith.parties.actions import do_register_machine_client
from goodfaith.parties.keys import fresh_key
from goodfaith.parties.queries import scopes as known_scopes
from goodfaith.parties.rules import PURPOSE

RECALLS = "recalls"
"""Every unit that is given records has to be told when they are withdrawn."""


@dataclass(frozen=True)
class Signing:
    """A client that signs assertions; ``purposes``: for which it may ask, so far as the catalogue has them."""

    client_id: str
    name: str
    unit: str
    purposes: tuple[str, ...]

    @property
    def key_file(self) -> Path:
        """Where its private key lies (PEM)."""
        return home() / "demo" / f"{self.client_id}.pem"


SIGNING = (
    Signing(
        "demo-approvals", "市场监督管理局审批系统", "market_regulation",
        ("administrative_check", "procurement_check", "subsidy_check", "appointment_check", "honour_check"),
    ),
    Signing("demo-bank", "示例商业银行信贷系统", "bank", ("credit_granting",)),
)  # fmt: skip


def key_of(client: Signing) -> JWK:
    """The client's key pair; made and kept (mode 600) when it is not there."""
    path = client.key_file
    if path.exists():
        return JWK.from_pem(path.read_bytes())
    key = fresh_key()
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(key.export_to_pem(private_key=True, password=None))
    return key


def make(*, acting: Acting, at: dt.datetime) -> None:
    """Register the clients with their public keys."""
    known = set(known_scopes())
    for client in SIGNING:
        scopes = [PURPOSE + code for code in client.purposes if PURPOSE + code in known]
        if scopes:
            scopes.append(RECALLS)
            do_register_machine_client(
                acting=acting, at=at, name=client.name, unit=client.unit, scopes=scopes, client_id=client.client_id,
                jwks={"keys": [key_of(client).export_public(as_dict=True)]},
            )  # fmt: skip
