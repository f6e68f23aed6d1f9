"""Making units, accounts and machine clients. Only the owner's role may write here; what administrators do
from their desk is in :mod:`.administering`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from oauth2_provider.generators import generate_client_id, generate_client_secret
from oauth2_provider.models import AccessToken, Application

from goodfaith.common import crypto, history
from goodfaith.common.acting import Acting
from goodfaith.common.problems import Problem
from goodfaith.law import queries as law
from goodfaith.parties.keys import check_jwks
from goodfaith.parties.models import MachineClient, Unit, UnitItem, User
from goodfaith.parties.queries import scopes as known_scopes
from goodfaith.parties.queries import unit as unit_of
from goodfaith.parties.rules import check_officer_number, check_role, check_scopes, check_unit_kind


class Registered(NamedTuple):
    """A machine client and its secret, which is shown once and kept only as a hash; '' when it signs with a key."""

    client: MachineClient
    secret: str


@transaction.atomic
def do_create_unit(
    *, acting: Acting, at: dt.datetime, code: str, name: str, short_name: str, kind: str, uscc: str | None = None,
    area_code: str | None = None, parent: str | None = None,
) -> Unit:  # fmt: skip
    """Add a unit; Problem when the code, the name or the credit code is taken."""
    check_unit_kind(kind, [one for one, _label in Unit.KINDS])
    if Unit.objects.filter(code=code).exists() or Unit.objects.filter(name=name).exists():
        raise Problem("unit_exists", _("单位代码或名称已存在。"), _("请核对后换一个代码，或直接使用已有的单位。"))
    if uscc and Unit.objects.filter(uscc=uscc).exists():
        raise Problem("unit_exists", _("该统一社会信用代码已属于另一单位。"), _("请核对代码。"))
    unit = Unit.objects.create(
        code=code, name=name, short_name=short_name, kind=kind, uscc=uscc, area_code=area_code, parent_id=parent
    )
    history.note(
        acting=acting, at=at, action="parties.create_unit", object_type="unit", object_id=code,
        after={"name": name, "kind": kind, "uscc": uscc},
    )  # fmt: skip
    return unit


@transaction.atomic
def do_assign_items(*, acting: Acting, at: dt.datetime, unit: str, items: Iterable[str]) -> list[str]:
    """Say which items a unit reports, in place of what was said before; Problem when an item is unknown."""
    wanted = sorted(set(items))
    for code in wanted:
        law.item(code)
    owner = unit_of(unit)
    before = sorted(UnitItem.objects.filter(unit=owner).values_list("item_code", flat=True))
    if before != wanted:
        UnitItem.objects.filter(unit=owner).exclude(item_code__in=wanted).delete()
        fresh = [UnitItem(unit=owner, item_code=code) for code in wanted if code not in before]
        UnitItem.objects.bulk_create(fresh)
        history.note(
            acting=acting, at=at, action="parties.assign_items", object_type="unit", object_id=unit,
            before={"items": before}, after={"items": wanted},
        )  # fmt: skip
    return wanted


def _check_log_in(username: str, password: str) -> None:
    if not username.strip() or User.objects.filter(username=username).exists():
        raise Problem("username_taken", _("登录名为空或已被使用。"), _("请换一个登录名。"))
    try:
        validate_password(password, User(username=username))
    except ValidationError as error:
        raise Problem("password_weak", "".join(error.messages), _("请设置至少12位、不易猜到的密码。")) from None


def _create(acting: Acting, at: dt.datetime, user: User, password: str) -> User:
    _check_log_in(user.username, password)
    user.set_password(password)
    user.save(force_insert=True)
    history.note(
        acting=acting, at=at, action=f"parties.create_{user.kind}", object_type="user", object_id=user.pk,
        after={"kind": user.kind, "role": user.role, "unit": user.unit_id},
    )  # fmt: skip
    return user


def officer_key(number: str) -> bytes:
    """The keyed digest by which an officer's second account is found."""
    return crypto.index_key("officer", "".join(number.split()).upper())


@transaction.atomic
def do_create_officer(
    *, acting: Acting, at: dt.datetime, username: str, password: str, display_name: str, unit: str, role: str = "",
    number: str | None = None, starter: bool = False,
) -> User:  # fmt: skip
    """An account of an officer of a unit, with one role or none.

    ``number``: the ID number, kept as a digest; ``starter``: the password has to be changed at the first log-in.
    """
    owner = unit_of(unit)
    check_role(role, owner.kind)
    check_officer_number(role, number)
    key = officer_key(number) if number and number.strip() else None
    if key and User.objects.filter(officer_key=key).exists():
        raise Problem("officer_exists", _("这位工作人员已经有账号。"), _("一人只有一个账号，请使用原来的账号。"))
    user = User(
        username=username, kind="officer", role=role, unit=owner, display_name=display_name,
        name_key=crypto.name_key(display_name), officer_key=key, starter_password=starter,
    )  # fmt: skip
    return _create(acting, at, user, password)


@transaction.atomic
def do_create_citizen(
    *, acting: Acting, at: dt.datetime, username: str, password: str, display_name: str, subject_id: UUID | None
) -> User:
    """A citizen's account. ``display_name`` is masked (李*); ``subject_id``: whose file is its own."""
    user = User(username=username, kind="citizen", display_name=display_name, subject_id=subject_id)
    return _create(acting, at, user, password)


@transaction.atomic
def do_create_enterprise_agent(
    *, acting: Acting, at: dt.datetime, username: str, password: str, display_name: str, subject_id: UUID
) -> User:
    """An account that acts for an organisation."""
    user = User(username=username, kind="enterprise", display_name=display_name, subject_id=subject_id)
    return _create(acting, at, user, password)


@transaction.atomic
def do_register_machine_client(
    *, acting: Acting, at: dt.datetime, name: str, unit: str, scopes: list[str], client_id: str | None = None,
    secret: str | None = None, jwks: dict[str, Any] | None = None,
) -> Registered:  # fmt: skip
    """Let a unit's system call the API (OAuth 2 client credentials).

    With ``jwks`` (its public keys, RFC 7517) it signs assertions and has no secret; without, the secret is told
    once, here, and no scope about people is given.
    """
    check_scopes(scopes, known_scopes(), signs=jwks is not None)
    keys = None if jwks is None else check_jwks(jwks)
    owner = unit_of(unit)
    client_id, secret = client_id or generate_client_id(), secret or generate_client_secret()
    if MachineClient.objects.filter(client_id=client_id).exists():
        raise Problem("client_exists", _("该接口客户端编号已登记。"), _("请换一个编号。"))
    Application.objects.create(
        client_id=client_id, client_secret=generate_client_secret() if keys else secret, name=name,
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS, skip_authorization=True,
    )  # fmt: skip
    client = MachineClient.objects.create(client_id=client_id, name=name, unit=owner, scopes=scopes, jwks=keys)
    history.note(
        acting=acting, at=at, action="parties.register_machine_client", object_type="machine_client",
        object_id=client_id, after={"unit": unit, "scopes": scopes, "signs": keys is not None},
    )  # fmt: skip
    return Registered(client, "" if keys else secret)


@transaction.atomic
def do_deactivate_machine_client(*, acting: Acting, at: dt.datetime, client_id: str) -> None:
    """Shut a client out: it gets no token any more, and those it holds are gone."""
    if not MachineClient.objects.filter(client_id=client_id, active=True).update(active=False):
        raise Problem("client_unknown", _("没有这个在用的接口客户端。"), _("请核对编号。"), status=404)
    AccessToken.objects.filter(application__client_id=client_id).delete()
    history.note(
        acting=acting, at=at, action="parties.deactivate_machine_client", object_type="machine_client",
        object_id=client_id, before={"active": True}, after={"active": False},
    )  # fmt: skip
