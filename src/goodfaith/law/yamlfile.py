"""One YAML file read with the line of every node, so that a finding can point at it.

YAML is used here in a narrow, unambiguous way: plain ``true``/``false``/``null``, whole and decimal numbers
and ISO dates have their meaning, everything else is text (``01`` and ``no`` stay what they look like).
No input makes it raise: what cannot be read becomes a finding.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from goodfaith.law.findings import Finding

Key = str | int
KeyPath = tuple[Key, ...]
Value = object

MAX_BYTES = 5 * 1024 * 1024
MAX_NODES = 200_000
"""Counted after aliases are written out, so that a file of aliases to aliases ends here, not in memory."""

_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A file's content as plain Python values; ``lines`` gives the line (from 1) of the node at a path."""

    name: str
    data: Value
    lines: dict[KeyPath, int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    def line(self, path: Iterable[Key]) -> int:
        """The line of the deepest node on ``path`` that the file has; other steps are passed over."""
        here: KeyPath = ()
        for step in path:
            if (*here, step) in self.lines:
                here = (*here, step)
        return self.lines.get(here, 1)


class _TooManyError(Exception):
    """More nodes than :data:`MAX_NODES`."""


class _Builder:
    """Turns YAML nodes into plain values and remembers where each stood."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[KeyPath, int] = {}
        self.findings: list[Finding] = []

    def build(self, node: Node, path: KeyPath) -> Value:
        if len(self.lines) > MAX_NODES:
            raise _TooManyError
        self.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, MappingNode):
            return self._mapping(node, path)
        if isinstance(node, SequenceNode):
            return [self.build(child, (*path, n)) for n, child in enumerate(node.value)]
        return _scalar(node) if isinstance(node, ScalarNode) else None

    def _mapping(self, node: MappingNode, path: KeyPath) -> dict[str, Value]:
        result: dict[str, Value] = {}
        for key_node, child in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + 1
            if key in result:
                self.findings.append(_duplicate_key(self.name, line, key, self.lines[(*path, key)]))
                continue
            self.lines[(*path, key)] = line
            result[key] = self.build(child, (*path, key))
        return result


def _scalar(node: ScalarNode) -> Value:
    text = str(node.value)
    if node.style is not None:
        return text
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    return _date(text) if _DATE.fullmatch(text) else text


def _date(text: str) -> Value:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return text


def _duplicate_key(name: str, line: int, key: str, first: int) -> Finding:
    what = f"键“{key}”在第 {first} 行已经写过，同一处不能写两次。"
    return Finding(name, line, "duplicate_key", what, "请保留正确的一处，删去另一处。")


def read_file(path: Path, name: str) -> YamlFile:
    """Read one file; ``name`` is what findings call it. One that cannot be read has ``data`` None."""
    text = _text(path, name)
    return text if isinstance(text, YamlFile) else parse(text, name)


def parse(text: str, name: str) -> YamlFile:
    """The same for a text already in memory."""
    if (tab := re.search(r"^ *\t", text, re.MULTILINE)) is not None:
        line = text.count("\n", 0, tab.start()) + 1
        what = "行首用了制表符（Tab），YAML 不允许。"
        return _failed(name, line, "yaml_tab", what, "请把行首的 Tab 换成空格。")
    builder = _Builder(name)
    try:
        node = YAML(typ="safe", pure=True).compose(text)
        data = None if node is None else builder.build(node, ())
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return _syntax(name, mark.line + 1 if mark else 1, str(error.problem or error.context or ""))
    except YAMLError as error:
        return _syntax(name, 1, str(error).splitlines()[0] if str(error) else "")
    except (_TooManyError, RecursionError):
        next_ = "请拆成几个文件，不要层层引用锚点（&、*）。"
        return _failed(name, 1, "yaml_too_large", f"内容展开后超过 {MAX_NODES} 个节点，或嵌套太深。", next_)
    except ValueError as error:
        return _syntax(name, 1, str(error))
    if data is None:
        return _failed(name, 1, "file_empty", "文件是空的。", "请写上内容，或删去这个文件。")
    return YamlFile(name, data, builder.lines, tuple(builder.findings))


def _text(path: Path, name: str) -> str | YamlFile:
    try:
        if path.stat().st_size > MAX_BYTES:
            what = "文件超过 5 MB，不像是手写的数据包文件。"
            return _failed(name, 1, "file_too_large", what, "请拆成几个文件。")
        raw = path.read_bytes()
    except OSError as error:
        return _failed(name, 1, "file_unreadable", f"文件打不开：{error.strerror}。", "请检查文件和权限。")
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return _failed(name, line, "not_utf8", "文件不是 UTF-8 编码。", "请用编辑器另存为 UTF-8 后再检查。")


def _syntax(name: str, line: int, detail: str) -> YamlFile:
    next_ = "请检查这一行及上一行的缩进、冒号后的空格、引号是否成对；含有冒号或 # 的文字要加引号。"
    return _failed(name, line, "yaml_syntax", f"YAML 格式有误（{detail}）。", next_)


def _failed(name: str, line: int, code: str, what: str, next_: str) -> YamlFile:
    return YamlFile(name, None, {}, (Finding(name, line, code, what, next_),))
