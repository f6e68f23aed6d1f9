"""How identifiers are written in real files, brought to one form; and what is said about a wrong one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

NOISE = (
    r"[\t-\r\x1c-\x20\x85\xa0\xad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff"
    r"\-\u2010-\u2015\u2212\u2043\uff0d'’‘`´′]"
)
"""White space, zero-width characters, dashes, and the apostrophe by which Excel is told "this is text"."""

RUINED = r"^[0-9](\.[0-9]+)?E\+?[0-9]+$"
"""5.13E+17: what is left after a spreadsheet took an identifier for a number."""

_noise = re.compile(NOISE)
_ruined = re.compile(RUINED)

MESSAGES = {
    "id_length": "公民身份号码应为18位（或旧的15位），请对照证件补齐或删去多余的字符。",
    "id_chars": "公民身份号码前17位应为数字，末位为数字或X，请对照证件改正。",
    "id_birth_date": "公民身份号码第7至14位不是真实的出生日期（或晚于今天、早于1880年），请对照证件改正。",
    "id_check_digit": "公民身份号码的校验码不符，至少有一位写错或两位写颠倒，请对照证件改正。",
    "id_excel_ruined": "号码已被电子表格当作数字处理，末尾几位已经丢失、无法还原；"
    "请把该列设为“文本”格式，从原系统重新导出或重新录入号码。",
    "id_area_unknown": "公民身份号码前6位不是该出生年份已知的行政区划代码，请核对；确认无误的可以照常报送。",
    "document_chars": "证件号码只应含字母和数字，请对照证件改正。",
    "document_length": "证件号码应为5至20位，请对照证件改正。",
    "document_kind": "证件类型不在公布的清单内，请按代码表填写证件类型。",
    "uscc_length": "统一社会信用代码应为18位，请对照证照补齐或删去多余的字符。",
    "uscc_chars": "统一社会信用代码只含数字和大写字母，请删去其他字符。",
    "uscc_letters": "统一社会信用代码不使用字母I、O、S、V、Z，请对照证照：I多为1，O多为0，S多为5，Z多为2，V多为U或Y。",
    "uscc_area": "统一社会信用代码第3至8位应为6位数字的行政区划代码，请对照证照改正。",
    "uscc_prefix": "统一社会信用代码第1位应为登记管理部门代码（1至9、A、N、Y），第2位应为机构类别代码（1至9），"
    "请对照证照改正。",
    "uscc_check_digit": "统一社会信用代码的校验码不符，至少有一位写错或两位写颠倒，请对照证照改正。",
    "uscc_prefix_unknown": "统一社会信用代码前两位不在已知的登记类别内，请核对；确认无误的可以照常报送。",
    "uscc_org_code_check": "统一社会信用代码第9至17位（主体标识码）的校验位不符，请核对；确认无误的可以照常报送。",
    "org_code_length": "组织机构代码应为9位（8位本体代码和1位校验码，横线可省略），请对照代码证改正。",
    "org_code_chars": "组织机构代码只含数字和大写字母（末位为数字或X），请对照代码证改正。",
    "org_code_check": "组织机构代码的校验码不符，至少有一位写错，请对照代码证改正。",
    "registration_length": "工商注册号应为15位数字（旧号13位），请对照营业执照改正；不超过50个字。",
    "registration_shape": "工商注册号不是15位数字，请核对；旧式注册号可以照常报送。",
    "registration_check": "工商注册号的校验位不符，请核对；确认无误的可以照常报送。",
    "tax_length": "税务登记号应为15、17、18或20位，请对照税务登记证改正。",
    "tax_chars": "税务登记号只应含字母和数字，请对照税务登记证改正。",
    "certificate_length": "证书号应为1至50个字，请对照证书改正。",
}
"""By stable code: what is wrong, and how to mend it. Codes in :data:`WARNINGS` never refuse a row."""

WARNINGS = frozenset(
    ["id_area_unknown", "uscc_prefix_unknown", "uscc_org_code_check", "registration_shape", "registration_check"]
)


@dataclass(frozen=True, slots=True)
class NumberProblem:
    """What is wrong with a number: a stable ``code``, and a sentence for the clerk."""

    code: str
    message: str


def problem(code: str, detail: str = "") -> NumberProblem:
    """The problem of that code; ``detail`` (what was seen) comes before the standing sentence."""
    return NumberProblem(code, detail + MESSAGES[code])


def normalise(text: str) -> str:
    """Half-width, upper case, without white space, zero-width characters, dashes and apostrophes."""
    return _noise.sub("", unicodedata.normalize("NFKC", text)).upper()


def is_ruined(normalised: str) -> bool:
    """Whether a spreadsheet turned the number into scientific notation."""
    return _ruined.match(normalised) is not None
