"""A delivery in words: its steps, what waits, what a finding's code means."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodfaith.intake import messages

BUSY = ("received", "checking", "committing")
"""States in which the worker is at it."""
PLACES = {"received": 0, "mapped": 1, "checking": 2, "checked": 3, "committing": 4, "committed": 6}


def steps() -> list[str]:
    """The steps of a delivery, in order."""
    return [_("收到"), _("对应栏目"), _("检查"), _("预览"), _("入库"), _("回执")]


def place(state: str, *, has_columns: bool) -> int | None:
    """Index of the present step; None for a delivery that ended early."""
    if state == "failed":
        return 2 if has_columns else 0
    return PLACES.get(state)


def busy_label(state: str, progress: int) -> str:
    """What the worker does now."""
    labels = {"received": _("正在读取文件"), "checking": _("正在逐行检查"), "committing": _("正在入库")}
    return labels[state] if progress or state == "received" else _("正在排队，即将开始")


def level_name(level: str) -> str:
    """A kind of finding."""
    return {
        "refused": _("未通过"),
        "warning": _("提醒"),
        "repeated": _("重复"),
        "preview": _("预览"),
    }[level]


TITLES: dict[str, str | Promise] = {
    "required": gettext_lazy("必填栏目为空"),
    "required_if": gettext_lazy("按另一栏应当填写而为空"),
    "must_be_blank": gettext_lazy("应当留空而填了内容"),
    "one_of": gettext_lazy("几栏至少填一项"),
    "too_long": gettext_lazy("内容超长"),
    "placeholder": gettext_lazy("填了“无”“/”等占位字"),
    "placeholder_read_as_blank": gettext_lazy("占位词按空白处理"),
    "older_content_again": gettext_lazy("与较早的版本相同"),
    "formula_result_read": gettext_lazy("公式已按结果读取"),
    "cell_formula": gettext_lazy("单元格含公式"),
    "cell_error": gettext_lazy("单元格是电子表格的错误值"),
    "cell_without_header": gettext_lazy("单元格没有列名"),
    "control_characters": gettext_lazy("含不可见字符"),
    "person_number_in_text": gettext_lazy("文字中夹带身份证号码"),
    "date_invalid": gettext_lazy("日期无效"),
    "date_no_end": gettext_lazy("该日期不能填长期"),
    "date_after_report": gettext_lazy("日期晚于报送日"),
    "date_before": gettext_lazy("日期先后颠倒"),
    "date_very_old": gettext_lazy("日期过早"),
    "number_invalid": gettext_lazy("不是数字"),
    "number_negative": gettext_lazy("数字为负"),
    "too_many_decimals": gettext_lazy("小数位过多"),
    "amount_unit": gettext_lazy("金额单位疑为元"),
    "amount_large": gettext_lazy("金额过大"),
    "year_invalid": gettext_lazy("年份无效"),
    "year_after_report": gettext_lazy("年份晚于报送日"),
    "code_unknown": gettext_lazy("不在代码表内"),
    "code_not_valid_then": gettext_lazy("代码在决定当日无效"),
    "subject_kind_unknown": gettext_lazy("主体类别无法识别"),
    "subject_kind_not_taken": gettext_lazy("不归集这类主体"),
    "subject_unidentified": gettext_lazy("没有可确定主体的号码"),
    "person_document_missing": gettext_lazy("自然人没有证件号码"),
    "person_number_for_organisation": gettext_lazy("组织代码栏填了身份证号码"),
    "person_under_18": gettext_lazy("未成年人"),
    "name_not_a_name": gettext_lazy("名称不像名称"),
    "document_missing": gettext_lazy("没有生效文书文号"),
    "source_name_differs": gettext_lazy("来源单位名称不一致"),
    "source_code_differs": gettext_lazy("来源单位代码不一致"),
    "edition_out_of_date": gettext_lazy("使用了旧表式"),
    "row_too_late": gettext_lazy("超过报送时限"),
    "row_repeated": gettext_lazy("文件内重复"),
    "row_delivered": gettext_lazy("此前已经入库"),
    "row_footer": gettext_lazy("表尾文字，已略过"),
    "row_too_wide": gettext_lazy("单元格多于表头，列已错位"),
    "header_repeated": gettext_lazy("表头重名"),
    "fact_twice": gettext_lazy("同一事项出现两次且内容不同"),
    "fact_withdrawn": gettext_lazy("该事项已停止归集"),
    "subject_conflict": gettext_lazy("几个号码分属不同主体"),
    "person_name_differs": gettext_lazy("号码与登记的姓名不符"),
    "organisation_name_differs": gettext_lazy("代码与登记的名称不符"),
    "not_taken": gettext_lazy("因其他行不合格未入库"),
    "id_length": gettext_lazy("身份证号码位数不对"),
    "id_chars": gettext_lazy("身份证号码有多余字符"),
    "id_birth_date": gettext_lazy("身份证号码出生日期不存在"),
    "id_check_digit": gettext_lazy("身份证号码校验码不符"),
    "id_excel_ruined": gettext_lazy("号码已被电子表格损坏"),
    "id_area_unknown": gettext_lazy("身份证号码地区代码未知"),
    "document_chars": gettext_lazy("证件号码有多余字符"),
    "document_length": gettext_lazy("证件号码位数不对"),
    "document_kind": gettext_lazy("证件类型不在清单内"),
    "uscc_length": gettext_lazy("统一社会信用代码位数不对"),
    "uscc_chars": gettext_lazy("统一社会信用代码有多余字符"),
    "uscc_letters": gettext_lazy("统一社会信用代码含不使用的字母"),
    "uscc_area": gettext_lazy("统一社会信用代码地区部分有误"),
    "uscc_prefix": gettext_lazy("统一社会信用代码前两位有误"),
    "uscc_prefix_unknown": gettext_lazy("统一社会信用代码登记类别未知"),
    "uscc_check_digit": gettext_lazy("统一社会信用代码校验码不符"),
    "uscc_org_code_check": gettext_lazy("统一社会信用代码主体标识码校验不符"),
    "org_code_length": gettext_lazy("组织机构代码位数不对"),
    "org_code_chars": gettext_lazy("组织机构代码有多余字符"),
    "org_code_check": gettext_lazy("组织机构代码校验码不符"),
    "registration_length": gettext_lazy("注册号位数不对"),
    "registration_shape": gettext_lazy("注册号不是15位数字"),
    "registration_check": gettext_lazy("注册号校验位不符"),
    "tax_length": gettext_lazy("税务登记号位数不对"),
    "tax_chars": gettext_lazy("税务登记号有多余字符"),
    "certificate_length": gettext_lazy("证书号长度不对"),
}
"""A short title for each code of :mod:`goodfaith.intake.messages`, for counts and filters."""


def title(code: str) -> str:
    """The title of a finding's code; its whole sentence when it has none."""
    return str(TITLES.get(code) or messages.sentence(code, _("该栏")))
