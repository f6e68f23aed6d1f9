"""Pydantic's errors told in Chinese, each with the line it is about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from pydantic import ValidationError

from goodfaith.law.findings import Finding
from goodfaith.law.yamlfile import YamlFile

_OWN_CODE = {
    "legal_basis", "article", "instrument", "display_rule", "disclosure", "domain", "source_authority", "checked",
    "basis", "effective_document", "document_no", "fact", "editions", "fields", "decided_on",
}  # fmt: skip
"""Missing keys whose finding has a code of its own (``article_missing``); the others are ``key_missing``."""

_MISSING_NEXT = {
    "legal_basis": "没有依据就不能归集（边界一）：请列出 instrument（文件代码）、article（条款）、checked。",
    "article": "每条依据都要写明条款，如 article: 第四十八条；整份文件适用的写“全文”，并在 note 说明。",
    "basis": "没有依据就不能使用：请列出 instrument（文件代码）、article（条款）、checked。",
    "checked": "请写 official（已对照官方文本）、mirror（对照过公开副本）或 unverified（未核对）。",
    "disclosure": "请对每类主体写 open、on_request、shared 或 closed，例如 {organisation: open}。",
}

Explain = Callable[[dict[str, Any]], tuple[str, str, str]]


def _missing(error: dict[str, Any]) -> tuple[str, str, str]:
    key = str(error["loc"][-1])
    code = f"{key}_missing" if key in _OWN_CODE else "key_missing"
    return code, f"缺少必填的“{key}”。", _MISSING_NEXT.get(key, f"请补上 {key}。")


def _unknown_key(error: dict[str, Any]) -> tuple[str, str, str]:
    key = error["loc"][-1]
    return "unknown_key", f"不认识的键“{key}”。", "请核对拼写（见 docs/catalogue.md），没有用的请删去。"


def _not_text(error: dict[str, Any]) -> tuple[str, str, str]:
    return "not_text", f"这里应是文字，写的却是 {_shown(error)}。", "像数字或日期的文字请加引号，例如 '01'。"


def _pattern(error: dict[str, Any]) -> tuple[str, str, str]:
    what = f"{_shown(error)} 不合写法（应符合 {error['ctx']['pattern']}）。"
    return "bad_code", what, "代码用小写英文、数字和下划线。"


def _choice(error: dict[str, Any]) -> tuple[str, str, str]:
    return "bad_choice", f"{_shown(error)} 不在可选的值里。", f"可选：{_spelt(error['ctx']['expected'])}。"


def _date(error: dict[str, Any]) -> tuple[str, str, str]:
    return "bad_date", f"{_shown(error)} 不是日期。", "日期写作 2026-04-01，不加引号。"


def _empty_range(_: dict[str, Any]) -> tuple[str, str, str]:
    return "empty_range", "期间是空的：to 是期间外的第一天，必须晚于 from。", "请改正 from 或 to。"


def _too_short(error: dict[str, Any]) -> tuple[str, str, str]:
    key = str(error["loc"][-1])
    code = f"{key}_missing" if key in _OWN_CODE else "empty"
    return code, f"“{key}”是空的，至少要写一项。", _MISSING_NEXT.get(key, "请补上，或删去这个键。")


def _number(error: dict[str, Any]) -> tuple[str, str, str]:
    limits = "，".join(f"{name} {value}" for name, value in error.get("ctx", {}).items() if name in _LIMITS)
    return "bad_number", f"{_shown(error)} 不是这里可用的数。", f"请改为范围内的数（{limits or '整数'}）。"


def _other(error: dict[str, Any]) -> tuple[str, str, str]:
    return "bad_shape", f"{_shown(error)} 不合要求（{error['msg']}）。", "请对照 docs/catalogue.md 改正。"


def _wants_mapping(error: dict[str, Any]) -> tuple[str, str, str]:
    what = f"这里应是“键: 值”的一组，写的却是 {_shown(error)}。"
    return "bad_shape", what, "请对照 docs/catalogue.md 改正。"


def _wants_list(error: dict[str, Any]) -> tuple[str, str, str]:
    return "bad_shape", f"这里应是清单，写的却是 {_shown(error)}。", "请每项一行以“- ”开头，或写成 [甲, 乙]。"


_LIMITS = {"ge", "gt", "le", "lt"}
_BY_TYPE: dict[str, Explain] = {
    "missing": _missing,
    "extra_forbidden": _unknown_key,
    "string_type": _not_text,
    "string_pattern_mismatch": _pattern,
    "literal_error": _choice,
    "date_type": _date,
    "date_parsing": _date,
    "date_from_datetime_parsing": _date,
    "date_from_datetime_inexact": _date,
    "too_short": _too_short,
    "string_too_short": _too_short,
    "model_type": _wants_mapping,
    "model_attributes_type": _wants_mapping,
    "dict_type": _wants_mapping,
    "tuple_type": _wants_list,
    "value_error": _empty_range,
}


def _explain(error: dict[str, Any]) -> tuple[str, str, str]:
    kind = str(error["type"])
    if kind in _BY_TYPE:
        return _BY_TYPE[kind](error)
    return (_number if kind.startswith(("int_", "float_", "greater_", "less_")) else _other)(error)


def _shown(error: dict[str, Any]) -> str:
    value = error.get("input")
    text = "空" if value is None else str(value)
    return f"“{text[:40]}{'…' if len(text) > 40 else ''}”"


def _spelt(expected: str) -> str:
    return "、".join(re.findall(r"'([^']*)'", expected))


def findings_of(error: ValidationError, file: YamlFile) -> Iterator[Finding]:
    """One finding for each place that has the wrong shape (the first reason where there are several)."""
    seen: set[tuple[int, str]] = set()
    for each in error.errors(include_url=False):
        loc = tuple(part for part in each["loc"] if part not in ("bool", "RequiredIf"))
        if _wrong_branch(dict(each), loc):
            continue
        line = file.line(loc)
        code, what, next_ = _explain({**each, "loc": loc})
        if (line, what) not in seen:
            seen.add((line, what))
            yield Finding(file.name, line, code, what, next_)


def _wrong_branch(error: dict[str, Any], loc: tuple[Any, ...]) -> bool:
    """``required`` may be true/false or a mapping: drop what the branch not meant complains about."""
    if len(loc) == len(error["loc"]):
        return False
    return ("bool" in error["loc"]) == isinstance(error["input"], dict) and error["type"] != "missing"


