"""Who issued a document and when, where the page or the signature says it in another way than the title."""

from __future__ import annotations

from typing import Any

import pytest

from goodfaith.duties.reading import as_json, read_text

BODY = "{plan}\n一、任务\n（一）建立台账。逐项登记。（{own}牵头，30日内完成）\n"


def head(text: str) -> dict[str, Any]:
    found: dict[str, Any] = as_json(read_text(text))["document"]
    return found


ISSUERS = [
    ("云海市商务局\n政府信息公开\n", "云海市商务局", "云海市商务局", "云海市商务局"),
    ("云海市商务局\n", "云海市商务局", "云海市商务局", "云海市商务局"),
    ("云海市人民政府\n", "云海市人民政府办公室", "云海市人民政府办公室", "云海市人民政府办公室"),
    ("", "云海高新区管委会", "云海高新技术产业开发区管理委员会", "云海高新技术产业开发区管理委员会"),
    ("", "云海市发展改革委", "云海市发展和改革委员会", "云海市发展和改革委员会"),
    ("", "云海市人民政府", "云海市人民政府办公室", "云海市人民政府"),
    ("", "云海市商务局", "青川市商务局", "云海市商务局"),
]


@pytest.mark.parametrize(("above", "title", "signed", "wanted"), ISSUERS)
def test_issuers(above: str, title: str, signed: str, wanted: str) -> None:
    text = f"{above}{title}关于印发2022年工作方案的通知\n云商〔2022〕6号\n各有关单位：\n请遵照执行。\n{signed}\n2022年5月18日\n"
    found = head(text + BODY.format(plan="云海市2022年工作方案", own="市商务局"))
    assert (found["title"], found["issuer"]) == (f"{title}关于印发2022年工作方案的通知", wanted)


SIGNED = [
    ("请认真执行。\n石桥镇人民政府\n2022年5月18日\n", "石桥镇安全整治方案"),
    (
        "请认真执行。\n附件：1. 石桥镇隐患台账\n　　　2. 石桥镇督导分组表\n石桥镇人民政府\n2022年5月18日\n",
        "石桥镇安全整治方案",
    ),
    ("请认真执行。\n附件：分组表\n城北街道办事处\n2022年5月18日\n", "城北街道安全整治方案"),
    ("请认真执行。\n兵团第三师商务局\n2022年5月18日\n", "第三师安全整治方案"),
    ("请认真执行。\n云海经开区管委会\n2022年5月18日\n", "经开区安全整治方案"),
    ("请认真执行。\n云海市商务局\n2022年5月18日\n", "开发区安全整治方案"),
]


@pytest.mark.parametrize(("closing", "plan"), SIGNED)
def test_days_of_signing(closing: str, plan: str) -> None:
    text = f"云海市商务局关于印发安全整治方案的通知\n各有关单位：\n{closing}" + BODY.format(plan=plan, own="市商务局")
    assert head(text)["signed"] == "2022-05-18"


SECTIONS = [
    ("信用监管科", "信息中心、市商务局", ["信用监管科"], ["信息中心", "市商务局"]),
    ("办公室", "机关各科室、法规科", ["办公室"], ["机关各科室", "法规科"]),
    ("机关党委", "执法支队、市执法支队、财政局", ["机关党委"], ["执法支队", "市执法支队", "市财政局"]),
]


@pytest.mark.parametrize(("lead", "others", "wanted", "beside"), SECTIONS)
def test_sections_of_a_bureau_have_no_level(lead: str, others: str, wanted: list[str], beside: list[str]) -> None:
    text = (
        "云海市商务局关于印发2022年任务分解表的通知\n局机关各科室：\n请认真执行。\n云海市商务局\n2022年5月18日\n2022年任务分解表\n"
        f"序号\t任务\t牵头科室\t配合科室\n1\t建立台账\t{lead}\t{others}\n"
    )
    task = as_json(read_text(text))["plans"][-1]["tasks"][0]
    assert (task["lead_units_full"], task["participating_units_full"]) == (wanted, beside)


def test_a_citys_office_has_its_level_where_no_bureau_speaks() -> None:
    text = (
        "云海市人民政府办公室关于印发2022年任务分解表的通知\n各部门：\n请认真执行。\n云海市人民政府办公室\n2022年5月18日\n2022年任务分解表\n"
        "序号\t任务\t牵头单位\t配合单位\n1\t建立台账\t信息中心\t财政局\n"
    )
    assert as_json(read_text(text))["plans"][-1]["tasks"][0]["lead_units_full"] == ["市信息中心"]
