"""Packs read from their folders, without any database: :func:`read` for use, :func:`load` for the checker.

A pack is a folder with ``pack.yaml`` and the folders of :data:`FOLDERS`; a packs folder holds packs.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from goodfaith.common.problems import Problem
from goodfaith.law import schema, shape
from goodfaith.law.findings import Finding
from goodfaith.law.yamlfile import Key, YamlFile, read_file

FOLDERS: dict[str, str] = {
    "instruments": "instruments",
    "code_lists": "code_list",
    "repairs": "repairs",
    "display_rules": "display_rule",
    "limits": "limits",
    "departments": "departments",
    "assessments": "assessments",
    "campaigns": "campaigns",
    "purposes": "purposes",
    "matters": "matters",
    "measures": "measures",
    "areas": "areas",
    "items": "item",
}
"""Folder → the top key its files have."""
PACK_FILE = "pack.yaml"
MAX_FILES = 5_000
FORMAT = 3
"""Part of the digest: raised when the same files would be stored in another form."""


@dataclass(frozen=True)
class Catalogue:
    """All that the packs define, by code; ``areas`` has each code with all its times."""

    items: dict[str, schema.Item] = field(default_factory=dict)
    code_lists: dict[str, schema.CodeList] = field(default_factory=dict)
    repairs: dict[str, schema.Repair] = field(default_factory=dict)
    display_rules: dict[str, schema.DisplayRule] = field(default_factory=dict)
    limits: dict[str, schema.Limit] = field(default_factory=dict)
    departments: dict[str, schema.Department] = field(default_factory=dict)
    assessments: dict[str, schema.Assessment] = field(default_factory=dict)
    campaigns: dict[str, schema.Campaign] = field(default_factory=dict)
    purposes: dict[str, schema.Purpose] = field(default_factory=dict)
    matters: dict[str, schema.Matter] = field(default_factory=dict)
    measures: dict[str, schema.Measure] = field(default_factory=dict)
    instruments: dict[str, schema.Instrument] = field(default_factory=dict)
    sectors: dict[str, schema.Sector] = field(default_factory=dict)
    areas: dict[str, tuple[schema.AreaEntry, ...]] = field(default_factory=dict)
    packs: dict[str, schema.PackInfo] = field(default_factory=dict)
    origins: dict[tuple[str, str], str] = field(default_factory=dict)
    """("items", code) → code of the pack; for areas ("areas", area code)."""

    def area(self, code: str, day: dt.date) -> schema.AreaEntry | None:
        """The area that had this code on ``day``; None when there was none."""
        return next((entry for entry in self.areas.get(code, ()) if entry.valid.holds(day)), None)

    def rule_of(self, item: schema.Item) -> schema.DisplayRule:
        """The display rule of an item."""
        return self.display_rules[item.display_rule]


@dataclass(frozen=True, slots=True)
class Defined:
    """One definition and where it stands. ``kind`` is an attribute name of :class:`Catalogue`."""

    kind: str
    value: Any
    file: YamlFile
    path: tuple[Key, ...]
    pack: str

    @property
    def code(self) -> str:
        return str(self.value.code)

    def finding(self, code: str, what: str, next: str, *path: Key) -> Finding:
        """A finding at the node ``path`` below this definition."""
        return Finding(self.file.name, self.file.line((*self.path, *path)), code, what, next)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What stands in the folders: definitions that have the right shape, findings about the rest.

    ``shown``: the packs that were asked for (the others were read for references only); ``folders``: code of
    each pack → its folder; ``broken``: the folders of :data:`FOLDERS` (or pack.yaml) in which a file failed.
    """

    definitions: tuple[Defined, ...]
    findings: tuple[Finding, ...]
    shown: tuple[str, ...]
    folders: dict[str, Path]
    broken: frozenset[str]

    def of(self, kind: str) -> list[Defined]:
        return [each for each in self.definitions if each.kind == kind]


def read(directory: Path) -> Catalogue:
    """The catalogue of a packs folder; Problem ``packs_invalid`` when a file has not the right shape."""
    loaded = load(directory)
    if loaded.findings:
        first, count = loaded.findings[0], len(loaded.findings)
        next_ = "请先运行 goodfaith packs check 并改正。"
        raise Problem("packs_invalid", f"数据包有 {count} 处问题，第一处：{first}", next_)
    return catalogue_of(loaded.definitions)


def catalogue_of(definitions: Iterable[Defined]) -> Catalogue:
    """Put definitions together; of two with one code the first stands (the checker names the second)."""
    catalogue = Catalogue()
    for each in definitions:
        if each.kind == "areas":
            times = catalogue.areas.get(each.code, ())
            catalogue.areas[each.code] = (*times, each.value)
        else:
            getattr(catalogue, each.kind).setdefault(each.code, each.value)
        if each.kind != "packs":
            catalogue.origins.setdefault((each.kind, each.code), each.pack)
    return catalogue


def load(directory: Path) -> Loaded:
    """Read a packs folder, or one pack's folder (then its siblings too, for references). Never raises."""
    folders, shown, findings = _folders(directory)
    definitions: list[Defined] = []
    broken: set[str] = set()
    for folder in folders:
        for found in _read_pack(folder, _display_name(directory, folder)):
            if isinstance(found, Defined):
                definitions.append(found)
                continue
            broken.add(_folder_of(found))
            if folder in shown:
                findings.append(found)
    names = tuple(folder.name for folder in shown)
    by_code = {folder.name: folder for folder in folders}
    return Loaded(tuple(definitions), tuple(sorted(findings)), names, by_code, frozenset(broken))


def _folder_of(finding: Finding) -> str:
    path = Path(finding.file)
    return PACK_FILE if path.name == PACK_FILE else path.parent.name


def _folders(directory: Path) -> tuple[list[Path], list[Path], list[Finding]]:
    """(pack folders to read, those asked for, findings)."""
    if (directory / PACK_FILE).is_file():
        here = directory.resolve()
        return _subfolders(here.parent), [here], []
    if not directory.is_dir():
        next_ = "请给出数据包所在的文件夹。"
        return [], [], [Finding(str(directory), 1, "no_such_folder", "没有这个文件夹。", next_)]
    folders = _subfolders(directory.resolve())
    if folders:
        return folders, folders, []
    next_ = f"每个数据包是一个文件夹，里面有 {PACK_FILE}。"
    return [], [], [Finding(str(directory), 1, "no_packs", "这里没有数据包。", next_)]


def _subfolders(directory: Path) -> list[Path]:
    return sorted(each for each in directory.iterdir() if _looks_like_pack(each))


def _looks_like_pack(folder: Path) -> bool:
    return (folder / PACK_FILE).is_file() or any((folder / name).is_dir() for name in FOLDERS)


def _display_name(directory: Path, folder: Path) -> str:
    """How findings call the folder: as the person wrote it, so that an editor can open it."""
    asked = directory.resolve()
    if folder == asked:
        return directory.as_posix()
    below = asked in folder.parents
    return (directory / folder.name if below else directory.parent / folder.name).as_posix()


def _read_pack(folder: Path, name: str) -> Iterator[Defined | Finding]:
    if not (folder / PACK_FILE).is_file():
        next_ = "请写 pack: {code, name, version}。"
        yield Finding(f"{name}/{PACK_FILE}", 1, "pack_file_missing", "数据包缺少 pack.yaml。", next_)
    for path in pack_files(folder):
        relative = path.relative_to(folder).as_posix()
        yield from _read_one(path, f"{name}/{relative}", _expected_key(path, folder), folder.name)
    yield from _strays(folder, name)


def pack_files(folder: Path) -> list[Path]:
    """The files of a pack in a fixed order (at most :data:`MAX_FILES`)."""
    inside = [path for sub in FOLDERS for path in sorted((folder / sub).glob("*.yaml")) if path.is_file()]
    own = folder / PACK_FILE
    return ([own] if own.is_file() else []) + inside[:MAX_FILES]


def _strays(folder: Path, name: str) -> Iterator[Finding]:
    """YAML that would silently be passed over."""
    known = set(pack_files(folder))
    for path in sorted(folder.rglob("*.y*ml")):
        if path not in known and path.suffix in {".yaml", ".yml"}:
            where = f"{name}/{path.relative_to(folder).as_posix()}"
            next_ = f"请放进 {'、'.join(FOLDERS)} 之一，扩展名用 .yaml。"
            yield Finding(where, 1, "stray_file", "这个文件不会被读取。", next_)


def _expected_key(path: Path, folder: Path) -> str:
    return "pack" if path.parent == folder else FOLDERS[path.parent.name]


def _read_one(path: Path, name: str, expected: str, pack: str) -> Iterator[Defined | Finding]:
    file = read_file(path, name)
    yield from file.findings
    if file.data is None:
        return
    if not isinstance(file.data, dict) or list(file.data) != [expected]:
        next_ = f"这个文件夹里的文件，最外层只写一个键“{expected}:”，内容缩进写在它下面。"
        yield Finding(name, 1, "top_key", "文件最外层的键不对。", next_)
        return
    try:
        parsed = schema.FILE_MODELS[expected].model_validate(file.data)
    except ValidationError as error:
        yield from shape.findings_of(error, file)
        return
    yield from _definitions(parsed, expected, file, pack)


def _definitions(parsed: Any, key: str, file: YamlFile, pack: str) -> Iterator[Defined | Finding]:
    content = getattr(parsed, key)
    if key == "pack":
        yield from _pack_definitions(content, file, pack)
    elif key == "areas":
        for n, entry in enumerate(content.entries):
            yield Defined("areas", entry, file, ("areas", "entries", n), pack)
    elif isinstance(content, tuple):
        for n, each in enumerate(content):
            yield Defined(key, each, file, (key, n), pack)
    else:
        yield Defined(f"{key}s", content, file, (key,), pack)


def _pack_definitions(info: schema.PackInfo, file: YamlFile, pack: str) -> Iterator[Defined | Finding]:
    if info.code != pack:
        line = file.line(("pack", "code"))
        what = f"数据包代码“{info.code}”与文件夹名“{pack}”不同。"
        yield Finding(file.name, line, "pack_code_mismatch", what, "请让两者一致。")
    yield Defined("packs", info, file, ("pack",), pack)
    for n, sector in enumerate(info.sectors):
        yield Defined("sectors", sector, file, ("pack", "sectors", n), pack)


def asked_for(directory: Path) -> list[Path]:
    """The folders of the packs that ``directory`` stands for: itself, or all in it."""
    return _folders(directory)[1]


def digest(folder: Path) -> str:
    """SHA-256 over the names and bytes of a pack's files: the same pack has the same digest."""
    total = hashlib.sha256(f"goodfaith pack {FORMAT}\n".encode())
    for path in pack_files(folder):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.relative_to(folder).as_posix()} {content}\n".encode())
    return total.hexdigest()
