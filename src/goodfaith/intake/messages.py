"""The stable codes of what intake finds, and the Chinese sentence that tells a clerk how to mend it.

A sentence says what is wrong, why, and what to do. It holds no value of the row, so it may be stored in
the clear; :func:`hint` adds what can be said from the value where the value may be shown.
"""

from __future__ import annotations

from decimal import Decimal

from goodfaith.intake import values
from goodfaith.subjects.notation import MESSAGES as OF_NUMBERS

MESSAGES: dict[str, str] = {
    # any cell
    "required": "“{field}”必须填写，本行为空。请按决定文书补填。",
    "required_if": "“{other}”为“{limit}”时，“{field}”必须填写，本行为空。请补填，或核对“{other}”是否填错。",
    "must_be_blank": "“{other}”为“{limit}”时，“{field}”应当留空。请清空该单元格，或核对“{other}”是否填错。",
    "one_of": "{limit}至少填写一项，本行均为空。请补填其中一项。",
    "too_long": "“{field}”超过{limit}个字的上限。请精简内容，完整文字留在决定文书中。",
    "placeholder": "“{field}”填的是“无”“/”一类占位字。没有内容时请把单元格留空。",
    "placeholder_read_as_blank": "“{field}”填的是“无”“/”一类占位字，已按空白接收。没有内容时请把单元格留空。",
    "cell_formula": "“{field}”以公式符号开头，可能在别人的电脑上被当作公式执行。"
    "请改为纯文本（在表格中“选择性粘贴—数值”）。",
    "control_characters": "“{field}”含有不可见的控制字符，通常由其他系统复制带入。请删除该单元格内容后重新手工录入。",
    "person_number_in_text": "“{field}”中夹带了居民身份证号码，该栏可能向社会公开。请删去号码，或以星号遮去中间各位。",
    # dates, numbers, codes
    "date_invalid": "“{field}”不是有效日期。请写成2018-03-05、2018/3/5或2018年3月5日的形式，并核对该日是否存在。",
    "date_no_end": "“{field}”不能填“长期”或2099-12-31。请填写决定文书载明的具体日期。",
    "date_after_report": "“{field}”晚于报送日{limit}，尚未发生的事实不能报送。请核对年份。",
    "date_before": "“{field}”早于“{other}”，先后颠倒。请核对两处日期。",
    "date_very_old": "“{field}”早于1949年10月1日，请核对年份是否录错。",
    "number_invalid": "“{field}”不是数字。请只填阿拉伯数字，不要夹带文字或其他符号。",
    "number_negative": "“{field}”是负数。请填写不小于零的数。",
    "too_many_decimals": "“{field}”最多保留{limit}位小数。请核对金额和计量单位。",
    "amount_unit": "“{field}”的单位是{limit}，本格看起来是按元填写的。"
    "请除以10000后再填；金额确实如此之大的，请在数字后写明“万元”。",
    "amount_large": "“{field}”按{limit}计数额很大，请核对是否误按元填写。",
    "year_invalid": "“{field}”不是有效年份。请填写四位数字，如2024。",
    "year_after_report": "“{field}”晚于报送日所在年份。请核对年份。",
    "code_unknown": "“{field}”不在“{limit}”代码表内。请从代码表中选择代码或名称填写，不要自拟。",
    "code_not_valid_then": "“{field}”所填代码在决定当日不在有效期内（已停用、已更名或尚未启用）。"
    "请填写决定当日有效的代码。",
    # whom it is about
    "subject_kind_unknown": "“{field}”填写的主体类别无法识别，不能判断是自然人还是组织。请按代码表填写。",
    "subject_kind_not_taken": "本目录条目不归集{limit}的信息。请核对主体类别，不属于归集范围的不要报送。",
    "subject_unidentified": "没有可以确定主体的证件号码或登记代码，仅凭名称不能归集。请至少填写一项号码。",
    "person_document_missing": "自然人必须填写证件号码，仅凭姓名不能归集。请补填“{field}”。",
    "person_under_18": "该自然人在决定当日未满18周岁。未成年人信息不得归集，请从文件中删除本行。",
    "name_not_a_name": "“{field}”只有数字或符号，不是名称。请核对是否错列。",
    # documents and sources
    "document_missing": "失信类信息必须载明生效法律文书的文号（{limit}），本行没有。没有生效文书的信息不得归集。",
    "source_name_differs": "“{field}”与报送单位名称不一致，请确认本批数据确由本单位产生。",
    "source_code_differs": "“{field}”与报送单位的统一社会信用代码不一致，请确认本批数据确由本单位产生。",
    "edition_out_of_date": "该决定作出时本表式（{limit}）已不再使用，已接收。今后请改用现行表式。",
    "older_content_again": "本行与该事项以前报送、后来已改过的内容相同，接收后将退回旧内容。请核对是否误报了旧文件。",
    # the same again
    "row_repeated": "本行与文件中前面一行完全相同，不重复入库。",
    "row_delivered": "本行此前已经报送入库，内容没有变化，不重复入库。",
    "fact_twice": "本行与文件中前面一行是同一主体的同一事项，但内容不同，无法判断以哪一行为准。请只保留正确的一行。",
    "fact_withdrawn": "该事项此前已被依法撤销或更正并停止归集，不能再次报送。有新的生效文书的，请载明新文书的文号。",
    # from the register of subjects
    "organisation_name_differs": "该代码已登记在另一名称之下，已按代码归集。请核对名称是否有误或已经变更。",
    # a whole delivery
    "preview": "预览",
}

WHY_UNKNOWN = "“{field}”未通过检查（{code}）。请对照目录说明核对后重新填写。"


def sentence(code: str, field: str = "", *, limit: str = "", other: str = "") -> str:
    """The sentence for ``code``; ``field`` and ``other`` are names of fields, ``limit`` what the rule asks."""
    if code in OF_NUMBERS:
        return f"“{field}”：{OF_NUMBERS[code]}"
    template = MESSAGES.get(code, WHY_UNKNOWN)
    return template.format(field=field, limit=limit, other=other, code=code)


def hint(code: str, value: str | None) -> str:
    """What can be added to the sentence from the value itself, where the value may be shown; else ``""``."""
    if code != "amount_unit" or not value or (parts := values.split_amount(value)) is None:
        return ""
    return f"折合{values.plain_decimal(parts[0] / Decimal(10_000))}万元。"


def told(code: str, message: str, value: str | None) -> str:
    """``message`` with its :func:`hint`."""
    return message + hint(code, value)
