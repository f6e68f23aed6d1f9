"""What a list for a bulk check must look like, row by row. Pure rules."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from goodfaith.common.problems import Problem
from goodfaith.subjects import numbers, organisation_codes

NAME = (
    "名称", "姓名", "企业名称", "单位名称", "主体名称", "当事人", "当事人名称", "申请人", "法人名称", "姓名或名称",
    "name",
)  # fmt: skip
NUMBER = (
    "代码", "号码", "证件号码", "证件号", "身份证号", "身份证号码", "公民身份号码", "居民身份证号码",
    "统一社会信用代码", "信用代码", "社会信用代码", "统一代码", "主体代码", "代码或证件号码", "号码或代码",
    "uscc", "number", "id_number",
)  # fmt: skip
KIND = ("证件类型", "证照类型", "代码类型", "类型", "kind")
STEPS = {"queued": ("ready",), "cancelled": ("ready", "queued", "running"), "running": ("queued", "running"),
         "done": ("running",), "failed": ("queued", "running")}  # fmt: skip
"""New state ← the states it may follow."""
ORGANISATION_KINDS = ("uscc", "organisation_code", "registration_no")
KIND_NAMES = {"统一社会信用代码": "uscc", "组织机构代码": "organisation_code", "工商注册号": "registration_no"}
SHORT = 2
USCC_LENGTH, OLD_ID_LENGTH, ID_LENGTH = 18, 15, 18
MEDIA = {b"%PDF-": ("application/pdf", (".pdf",)), b"\x89PNG\r\n\x1a\n": ("image/png", (".png",)),
         b"\xff\xd8\xff": ("image/jpeg", (".jpg", ".jpeg"))}  # fmt: skip
"""What an attachment begins with, its type, the endings of its name."""


UNSEEN = r"\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
"""Inside a class of a regular expression: controls, what is invisible, what turns a line around. A case number has
none of them: its subject reads it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One row as it will be asked: the number in its one form. ``fault`` says why it cannot be asked."""

    row: int
    name: str
    kind: str
    number: str
    fault: tuple[str, str] | None = None
    same_as: int | None = None

    @property
    def askable(self) -> bool:
        """Whether it goes to the gate."""
        return self.fault is None and self.same_as is None

    @property
    def about_person(self) -> bool:
        """Whether it asks about a natural person."""
        return self.kind in numbers.DOCUMENT_KINDS


def _plain(header: str) -> str:
    text = unicodedata.normalize("NFKC", header).lower()
    for mark in ("(必填)", "*", ":", " ", "/", "_"):
        text = text.replace(mark, "_" if mark == "_" else "")
    return text


def find_columns(headers: Sequence[str]) -> dict[str, str | None]:
    """Which header is the name, the number, the kind; Problem ``columns_missing`` says what was found instead."""
    found = {what: _first(headers, names) for what, names in (("name", NAME), ("number", NUMBER), ("kind", KIND))}
    said = {"name": "名称或姓名", "number": "统一社会信用代码或证件号码"}
    missing = [text for what, text in said.items() if not found[what]]
    if missing:
        seen = "、".join(headers[:12])
        raise Problem(
            "columns_missing", f"没有找到{'、'.join(missing)}这一列；文件里的列是：{seen}。",
            "请把列名改成“名称”和“统一社会信用代码”（自然人用“姓名”和“公民身份号码”），或者下载模板填写。",
        )  # fmt: skip
    return found


def _first(headers: Sequence[str], names: Iterable[str]) -> str | None:
    wanted = {_plain(name) for name in names}
    whole = next((header for header in headers if _plain(header) in wanted), None)
    return whole or next((header for header in headers if any(_means(_plain(header), n) for n in wanted)), None)


def _means(header: str, name: str) -> bool:
    """供应商名称 is a 名称; a longer name may stand anywhere in the header."""
    return header.endswith(name) or (len(name) > SHORT and name in header)


def kind_of(text: str, said: str) -> str:
    """The kind of a number, by what the row says or by its form; "" when it is neither."""
    if said.strip():
        return KIND_NAMES.get(said.strip()) or numbers.document_kind(said) or ""
    number = numbers.normalise_document("passport", text)
    if len(number) == OLD_ID_LENGTH and number.isdecimal():
        return "id_number" if numbers.check_id_number(number) is None else "registration_no"
    if len(number) == ID_LENGTH and (number[:17].isdecimal() and numbers.check_id_number(number) is None):
        return "id_number"
    if len(number) == USCC_LENGTH:
        person = number[:17].isdecimal() and organisation_codes.check_uscc(number) is not None
        return "id_number" if person and number[6:8] in ("18", "19", "20") else "uscc"
    return ""


def check_number(kind: str, number: str) -> tuple[str, str] | None:
    """What is wrong with a subject's number, as (code, sentence), or None."""
    if kind in numbers.DOCUMENT_KINDS:
        found = numbers.check_document(kind, number)
    elif kind in organisation_codes.CHECKS:
        found = organisation_codes.CHECKS[kind](number)
    else:
        return "number_kind", "代码类型不在可以核查的范围内，请改用统一社会信用代码或者公民身份号码。"
    return (found.code, found.message) if found else None


def normalise(kind: str, number: str) -> str:
    """The number in the one form under which it is kept."""
    if kind in numbers.DOCUMENT_KINDS:
        return numbers.normalise_document(kind, number)
    return organisation_codes.normalise_code(number)


def judge(row: int, name: str | None, number: str | None, kind: str | None) -> Asked:
    """One row of the list, its number in one form; with its fault when it cannot be asked."""
    told_name, told = (name or "").strip(), (number or "").strip()
    if not told:
        return Asked(row, told_name, "", "", ("number_missing", "没有填写代码或证件号码。"))
    which = kind_of(told, kind or "")
    if not which:
        return Asked(row, told_name, "", told, ("number_kind", "看不出是哪一种代码：位数不对，请对照证照核对每一位。"))
    fault = check_number(which, told)
    if fault is None and not told_name:
        fault = ("name_missing", "没有填写名称。批量核查须名称与代码一致，请补上名称。")
    return Asked(row, told_name, which, normalise(which, told), fault)


def mark_repeated(rows: Iterable[Asked]) -> list[Asked]:
    """The rows, those whose number and name were there before marked with the first such row."""
    seen: dict[tuple[str, str, str], int] = {}
    marked = []
    for one in rows:
        key = (one.kind, one.number, one.name)
        if one.fault is None and key in seen:
            marked.append(Asked(one.row, one.name, one.kind, one.number, None, seen[key]))
            continue
        seen.setdefault(key, one.row)
        marked.append(one)
    return marked


def check_step(state: str, target: str) -> None:
    """Problem ``batch_state`` when a batch may not go from ``state`` to ``target``."""
    if state not in STEPS[target]:
        what = "这一批已经不在可以这样办理的状态。"
        raise Problem("batch_state", what, "请刷新页面，看它现在办到哪一步。", status=409)


def media_type(filename: str, head: bytes) -> str | None:
    """The type of an attachment by its first bytes, if its name agrees; None for anything else."""
    for begins, (kind, endings) in MEDIA.items():
        if head.startswith(begins) and filename.lower().endswith(endings):
            return kind
    return None
