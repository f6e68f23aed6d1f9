"""The command line: ``goodfaith``. Each command says what it did, and on failure what to do next."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from goodfaith.common.problems import Problem
from goodfaith.parties import commands as parties_commands
from goodfaith.running.connecting import connect


def _serve(arguments: argparse.Namespace) -> int:
    from goodfaith.running import serve

    return serve.run(host=arguments.host, port=arguments.port, demo=arguments.demo)


def _migrate(arguments: argparse.Namespace) -> int:
    connect("owner")
    from goodfaith.running import prepare

    code = prepare.migrate()
    print("✓ 数据库结构和角色权限已是最新。")  # noqa: T201
    return code


def _packs_check(arguments: argparse.Namespace) -> int:
    from goodfaith.law import commands

    return int(commands.check(arguments.directory, json=arguments.json))


def _packs_load(arguments: argparse.Namespace) -> int:
    connect("owner")
    from django.conf import settings

    from goodfaith.law import commands

    return int(commands.load(arguments.directory or settings.PACKS_DIR))


def _intake_check(arguments: argparse.Namespace) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goodfaith.settings")
    from goodfaith.common import embedded
    from goodfaith.intake import commands

    asks = arguments.unit and (os.environ.get("DATABASE_URL") or embedded.exists())
    ready = (lambda: connect("jobs")) if asks else None
    return int(commands.check(arguments.file, arguments.item, unit=arguments.unit, json=arguments.json, ready=ready))


def _intake_load(arguments: argparse.Namespace) -> int:
    connect("jobs")
    from goodfaith.intake import commands

    return int(commands.load(arguments.file, arguments.item, arguments.unit, take=arguments.take))


def _duties_read(arguments: argparse.Namespace) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goodfaith.settings")
    import django

    django.setup()
    from goodfaith.duties import commands

    return int(commands.read(arguments.files, json=arguments.json))


def _demo(arguments: argparse.Namespace) -> int:
    connect("owner")
    from goodfaith.demo import commands

    return int(commands.load(arguments.people, arguments.organisations, arguments.records))


def _demo_files(arguments: argparse.Namespace) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goodfaith.settings")
    from goodfaith.demo import commands

    return int(commands.files(arguments.directory))


def _demo_code(arguments: argparse.Namespace) -> int:
    connect("owner")
    from goodfaith.demo import commands

    return int(commands.code(arguments.username))


def _parties(arguments: argparse.Namespace) -> int:
    if not getattr(arguments, "offline", False):
        connect("owner")
    return int(arguments.owner_run(arguments))


def _doctor(arguments: argparse.Namespace) -> int:
    from goodfaith.running import doctor

    return doctor.run()


def _worker(arguments: argparse.Namespace) -> int:
    connect("jobs")
    from goodfaith.running import worker

    return worker.run()


def _sealer(arguments: argparse.Namespace) -> int:
    connect("sealer")
    from goodfaith.running import sealer

    return sealer.run()


def _ledger_verify(arguments: argparse.Namespace) -> int:
    if arguments.export:
        from goodfaith.ledger import verifier

        words = [str(arguments.export), *(f"--checkpoint={path}" for path in arguments.checkpoint)]
        words += [f"--{name}={value}" for name, value in (("keys", arguments.keys), ("max-age", arguments.max_age))
                  if value is not None]  # fmt: skip
        return int(verifier.main(words))
    connect("owner")
    from goodfaith.ledger import commands

    given = {"checkpoints": arguments.checkpoint, "keys": arguments.keys, "max_age": arguments.max_age}
    return int(commands.verify(**given))


def _ledger_export(arguments: argparse.Namespace) -> int:
    connect("owner")
    from goodfaith.ledger import commands

    return int(commands.write(arguments.file))


def _ledger_erase(arguments: argparse.Namespace) -> int:
    connect("owner")
    from goodfaith.ledger import commands

    given = {"statute": arguments.statute, "reason": arguments.reason, "officer": arguments.officer}
    return int(commands.erase(arguments.entry, **given))


def _ledger_rotate(arguments: argparse.Namespace) -> int:
    connect("owner")
    from goodfaith.ledger import commands

    return int(commands.rotate_key())


def _ledger_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    ledger = commands.add_parser("ledger", help="查询日志：核验、导出、抹除、换密钥 (the access ledger)")
    verbs = ledger.add_subparsers(required=True, metavar="verify|export|erase|rotate-key")
    verify = verbs.add_parser("verify", help="逐行核验数据库，或一份导出文件")
    verify.add_argument("--export", type=Path, metavar="FILE", help="核验导出文件，不用数据库")
    verify.add_argument("--checkpoint", type=Path, action="append", default=[], help="外部留存的日志头，可多次给出")
    verify.add_argument("--keys", type=Path, help="另行取得的公钥（每行一个）")
    verify.add_argument("--max-age", type=float, metavar="HOURS", help="最新的日志头最多可以是几小时以前的")
    verify.set_defaults(run=_ledger_verify)
    export = verbs.add_parser("export", help="导出已封存的全部记录，供独立核验")
    export.add_argument("file", type=Path)
    export.set_defaults(run=_ledger_export)
    erase = verbs.add_parser("erase", help="依法抹去一条记录的内容，证明不受影响")
    erase.add_argument("entry", type=int)
    for name, text in (("statute", "法律依据"), ("reason", "理由"), ("officer", "决定人")):
        erase.add_argument(f"--{name}", required=True, help=text)
    erase.set_defaults(run=_ledger_erase)
    rotate = verbs.add_parser("rotate-key", help="更换签名密钥，由现用密钥介绍")
    rotate.set_defaults(run=_ledger_rotate)


KEYS_VERBS = ("status", "rotate", "reseal", "erase", "retire")


def _keys(arguments: argparse.Namespace) -> int:
    connect("owner")
    from goodfaith.running import keys

    given = {name: value for name, value in vars(arguments).items() if name not in ("run", "verb")}
    return int(getattr(keys, arguments.verb)(**given))


def _keys_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    keys = commands.add_parser("keys", help="数据密钥：现状、轮换、依法删除 (the keys of people's data)")
    verbs = keys.add_subparsers(required=True, metavar="status|rotate|reseal|erase|retire")
    status = verbs.add_parser("status", help="每把密钥之下有什么")
    rotate = verbs.add_parser("rotate", help="添一把新密钥，并让一切改用它")
    rotate.add_argument("--resume", action="store_true", help="接着做中断了的轮换，不再添新密钥")
    reseal = verbs.add_parser("reseal", help="给早先的主体补上专用密钥")
    erase = verbs.add_parser("erase", help="依法删除一个主体的专用密钥，其加密内容从此打不开")
    erase.add_argument("--subject", required=True, help="主体编号")
    erase.add_argument("--statute", required=True, help="法律依据：文件和条款")
    erase.add_argument("--reason", required=True, help="理由：删除决定的文号，不写姓名和号码")
    retire = verbs.add_parser("retire", help="去掉一把不再使用的旧密钥")
    retire.add_argument("number", type=int)
    for verb in (rotate, erase, retire):
        verb.add_argument("--yes", action="store_true", help="不再询问")
    for name, verb in zip(KEYS_VERBS, (status, rotate, reseal, erase, retire), strict=True):
        verb.set_defaults(run=_keys, verb=name)


def _packs_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    packs = commands.add_parser("packs", help="目录数据包：检查、装入 (the catalogue: check, load)")
    verbs = packs.add_subparsers(required=True, metavar="check|load")
    check = verbs.add_parser("check", help="检查一个数据包文件夹，指出文件、行号和改法")
    check.add_argument("directory", type=Path)
    check.add_argument("--json", action="store_true", help="以 JSON 输出")
    check.set_defaults(run=_packs_check)
    load = verbs.add_parser("load", help="检查并装入数据库")
    load.add_argument("directory", type=Path, nargs="?", help="默认：随程序提供的 packs/")
    load.set_defaults(run=_packs_load)


def _intake_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    intake = commands.add_parser("intake", help="归集：检查或装入一个文件 (intake: check or load a file)")
    verbs = intake.add_subparsers(required=True, metavar="check|load")
    check = verbs.add_parser("check", help="逐行检查，不存任何东西")
    check.add_argument("file", type=Path)
    check.add_argument("--item", required=True, help="目录条目代码，如 licensing.administrative_penalty")
    check.add_argument("--unit", help="报送单位代码")
    check.add_argument("--json", action="store_true", help="以 JSON 输出")
    check.set_defaults(run=_intake_check)
    load = verbs.add_parser("load", help="检查并入库，给出回执")
    load.add_argument("file", type=Path)
    load.add_argument("--item", required=True, help="目录条目代码")
    load.add_argument("--unit", required=True, help="报送单位代码")
    load.add_argument(
        "--take", choices=["good", "all_or_none"], default="good", help="good：只收合格行；all_or_none：全部合格才收"
    )
    load.set_defaults(run=_intake_load)


def _duties_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    duties = commands.add_parser("duties", help="任务：从公文里读出任务、单位和期限 (read official documents)")
    verbs = duties.add_subparsers(required=True, metavar="read")
    read = verbs.add_parser("read", help="读文件，不存任何东西，不用数据库")
    read.add_argument("files", type=Path, nargs="+", metavar="FILE", help="txt、md、docx 或有文字的 pdf")
    read.add_argument("--json", action="store_true", help="以 JSON 输出")
    read.set_defaults(run=_duties_read)


def _demo_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    demo = commands.add_parser("demo", help="造一座虚构的示例城市 (make the invented demo city)")
    demo.add_argument("--people", type=int, default=None)
    demo.add_argument("--organisations", type=int, default=None)
    demo.add_argument("--records", type=int, default=None)
    demo.set_defaults(run=_demo)
    verbs = demo.add_subparsers(metavar="files|code")
    files = verbs.add_parser("files", help="写出几份样例文件，用来试归集向导")
    files.add_argument("directory", type=Path)
    files.set_defaults(run=_demo_files)
    code = verbs.add_parser("code", help="演示账号登录第二步的验证码")
    code.add_argument("username")
    code.set_defaults(run=_demo_code)


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    whole = argparse.ArgumentParser(
        prog="goodfaith", description="诚信：城市公共信用信息平台 (public credit information platform)"
    )
    commands = whole.add_subparsers(required=True, metavar="COMMAND")
    serve = commands.add_parser("serve", help="启动平台 (run the platform)")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--demo", action="store_true", help="首次启动时造出示例城市，并打印演示账号")
    serve.set_defaults(run=_serve)
    migrate = commands.add_parser("migrate", help="建立或升级数据库，并设好角色权限 (migrate the database)")
    migrate.set_defaults(run=_migrate)
    _packs_parser(commands)
    _intake_parser(commands)
    _duties_parser(commands)
    _demo_parser(commands)
    parties_commands.parsers(commands, _parties)
    _ledger_parser(commands)
    _keys_parser(commands)
    doctor = commands.add_parser("doctor", help="逐项检查环境，并说明怎么修 (check the installation)")
    doctor.set_defaults(run=_doctor)
    worker = commands.add_parser("worker", help="单独运行后台作业进程（serve 会自带一个）")
    worker.set_defaults(run=_worker)
    sealer = commands.add_parser("sealer", help="单独运行查询日志封存进程（serve 会自带一个）")
    sealer.set_defaults(run=_sealer)
    return whole


def main() -> None:
    """Entry point of ``goodfaith``."""
    arguments = parser().parse_args()
    try:
        code = arguments.run(arguments)
    except Problem as problem:
        code = _told(problem)
    except KeyboardInterrupt:
        code = 130
    except Exception as error:
        code = _told(_database_problem(error))
    sys.exit(code)


def _told(problem: Problem) -> int:
    print(f"✗ {problem.what}\n  {problem.next}", file=sys.stderr)  # noqa: T201
    return 2


def _database_problem(error: Exception) -> Problem:
    """A database that is not there, or not yet as the program needs it, in words; other errors go on."""
    from django.db import OperationalError, ProgrammingError

    if not isinstance(error, OperationalError | ProgrammingError):
        raise error
    first = str(error).strip().splitlines()[0]
    what = f"数据库还没有建立，或者没有升级：{first}"
    return Problem("database_not_ready", what, "请先运行 goodfaith migrate；仍不行时运行 goodfaith doctor。")


if __name__ == "__main__":
    main()
