"""Who is the same subject: by number, never by name alone. Pure rules, and the words for what was refused.

A person is known by one number (of the official type list). An organisation's numbers are tried in the
order of :data:`STRENGTH`. Its credit code contains its organisation code (positions 9–17, GB 32100), and
a tax number in the form of a credit code is that credit code.

People are never suspected of being one on the strength of a name: many share one, and a review would open
the files of strangers to each other's case. Organisations of the same name are, except individual
businesses, whose names are not exclusive.
"""

from __future__ import annotations

from typing import Any

PERSON, ORGANISATION = "person", "organisation"
STRENGTH = ("uscc", "organisation_code", "registration_no", "institution_no", "social_no", "tax_no")
"""An organisation's kinds of number, strongest first."""
VERDICTS = {"same": "同一主体", "different": "不同主体", "unsure": "暂不能确定"}

CONFLICTS = {
    "number_missing": "没有可以识别主体的号码，请补填统一社会信用代码或其他登记号码（自然人填证件号码）。",
    "name_missing": "没有主体名称，请补填。",
    "subject_conflict": "本行的几个登记号码分属不同主体，请逐一对照证照核对；疑似重复的主体已转信用主管部门核查。",
    "person_name_differs": "该证件号码已登记在另一姓名下，请对照证件核对姓名和号码；"
    "确已更名的，请提供公安机关变更证明，由信用主管部门办理。",
}
"""By code: why a row could not be put on a subject, and how to mend it."""
WARNINGS = {
    "organisation_name_differs": "名称与该代码已登记的名称不一致，已按代码归入；名称变更以登记机关的数据为准。",
}

REASONS = {
    "numbers_meet": "同一行数据同时写有两个主体的登记号码。",
    "same_organisation_code": "两个统一社会信用代码含有相同的组织机构代码。",
    "same_name": "名称相同而统一社会信用代码不同。",
}
"""Why two subjects are suspected to be one; holds no name and no number."""


def reason(code: str) -> dict[str, Any]:
    """A reason in its stored form."""
    return {"code": code, "zh": REASONS[code]}


def kind_without_uscc(kinds: set[str]) -> str:
    """The kind of an organisation that is known only by old numbers, as far as these tell it."""
    if "institution_no" in kinds:
        return "public_institution"
    return "social_organisation" if "social_no" in kinds else "other"
