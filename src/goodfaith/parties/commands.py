"""``goodfaith clients`` and ``goodfaith officers``: what whoever runs the platform does at its command line."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from rich.console import Console

from goodfaith.common import clock
from goodfaith.common.acting import Acting
from goodfaith.common.problems import Problem

console = Console(highlight=False, soft_wrap=True)


def _acting() -> Acting:
    """Whoever is at the command line, by the name of the account on this machine."""
    return Acting(kind="system", id="goodfaith.cli", name=f"命令行（{getpass.getuser()}）")


def _json(path: Path) -> dict[str, object]:
    try:
        found: dict[str, object] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Problem("file_unreadable", f"读不出 {path}：{error}", "请给出一个 JSON 文件。") from None
    return found


def add_client(arguments: argparse.Namespace) -> int:
    """Register a machine client: with its public keys, with a key pair made here, or with a shared secret."""
    from goodfaith.parties import keys
    from goodfaith.parties.actions import do_register_machine_client

    key = keys.fresh_key() if arguments.new_key else None
    jwks = {"keys": [key.export_public(as_dict=True)]} if key else _json(arguments.jwks) if arguments.jwks else None
    made = do_register_machine_client(
        acting=_acting(), at=clock.now(), name=arguments.name, unit=arguments.unit, scopes=arguments.scope,
        client_id=arguments.id, jwks=jwks,
    )  # fmt: skip
    console.print(f"已登记：{made.client.client_id}")
    if key is not None:
        with os.fdopen(os.open(arguments.new_key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(key.export_to_pem(private_key=True, password=None))
        console.print(f"私钥写在 {arguments.new_key}，请安全地交给对方，这里不再保留。")
    elif made.secret:
        console.print(f"密钥（只显示这一次）：{made.secret}")
    return 0


def list_clients(arguments: argparse.Namespace) -> int:
    """All machine clients."""
    from goodfaith.parties.queries import machine_clients

    for one in machine_clients():
        how = "签名断言" if one.jwks else "共享密钥"
        state = "在用" if one.active else "已停用"
        console.print(f"{one.client_id}  {one.name}  {one.unit_id}  {how}  {state}  {' '.join(one.scopes)}")
    return 0


def deactivate_client(arguments: argparse.Namespace) -> int:
    """Shut a client out."""
    from goodfaith.parties.actions import do_deactivate_machine_client

    do_deactivate_machine_client(acting=_acting(), at=clock.now(), client_id=arguments.id)
    console.print("已停用，它手里的令牌也已失效。")
    return 0


def token(arguments: argparse.Namespace) -> int:
    """Get a token with a signed assertion, as the client would."""
    from goodfaith.parties.signing import get_token

    try:
        key = arguments.key.read_bytes()
    except OSError as error:
        raise Problem("file_unreadable", f"读不出 {arguments.key}：{error}", "请给出私钥文件（PEM）。") from None
    told = get_token(arguments.id, key, arguments.url.rstrip("/") + "/api/oauth/token", " ".join(arguments.scope))
    print(json.dumps(told, ensure_ascii=False, indent=2), file=sys.stdout)  # noqa: T201
    return 0


def add_officer(arguments: argparse.Namespace) -> int:
    """An officer's account with a role: how the first administrators come to be."""
    from goodfaith.parties.actions import do_create_officer
    from goodfaith.parties.administering import starter_password

    number = getpass.getpass("公民身份号码（不显示，只存摘要）：").strip() or None
    password = starter_password()
    user = do_create_officer(
        acting=_acting(), at=clock.now(), username=arguments.username, password=password, display_name=arguments.name,
        unit=arguments.unit, role=arguments.role, number=number, starter=True,
    )  # fmt: skip
    console.print(f"已建立：{user.username}。初始密码（只显示这一次）：{password}")
    return 0


def parsers(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], run: Callable[[argparse.Namespace], int]
) -> None:
    """Add both commands to the command line; ``run`` connects and calls ``owner_run``."""
    clients = commands.add_parser("clients", help="接口客户端：登记、清单、停用、试取令牌 (machine clients)")
    verbs = clients.add_subparsers(required=True, metavar="add|list|deactivate|token")
    add = verbs.add_parser("add", help="登记一个客户端")
    add.add_argument("name", help="系统名称")
    add.add_argument("--unit", required=True, help="单位代码")
    add.add_argument("--scope", action="append", required=True, help="权限，可重复：intake:check、purpose:… 等")
    add.add_argument("--id", help="客户端编号（默认随机）")
    how = add.add_mutually_exclusive_group()
    how.add_argument("--jwks", type=Path, help="客户端的公钥（JWKS 文件）；不给则用共享密钥")
    how.add_argument("--new-key", type=Path, metavar="FILE", help="在这里生成一对密钥，私钥写入 FILE")
    add.set_defaults(run=run, owner_run=add_client)
    verbs.add_parser("list", help="列出全部客户端").set_defaults(run=run, owner_run=list_clients)
    stop = verbs.add_parser("deactivate", help="停用一个客户端")
    stop.add_argument("id")
    stop.set_defaults(run=run, owner_run=deactivate_client)
    get = verbs.add_parser("token", help="用签名断言取一个令牌，试接口用")
    get.add_argument("id")
    get.add_argument("--key", type=Path, required=True, help="私钥文件（PEM）")
    get.add_argument("--url", default="http://127.0.0.1:8000", help="平台地址")
    get.add_argument("--scope", action="append", default=[], help="权限，可重复；不给则取全部")
    get.set_defaults(run=run, owner_run=token, offline=True)
    officers = commands.add_parser("officers", help="工作人员账号：建立最初的管理员 (officers' accounts)")
    made = officers.add_subparsers(required=True, metavar="add").add_parser("add", help="建立一个账号并授予一种权限")
    made.add_argument("username")
    made.add_argument("--name", required=True, help="姓名")
    made.add_argument("--unit", required=True, help="单位代码")
    made.add_argument("--role", default="", help="clerk、credit_office、system_admin、security_admin 或 auditor")
    made.set_defaults(run=run, owner_run=add_officer)
