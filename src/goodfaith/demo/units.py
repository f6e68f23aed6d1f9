"""The units of the invented city, what each reports, and how punctual it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import polars as pl

from goodfaith.demo import numbers
from goodfaith.law import schema

ENFORCED = frozenset({"licensing.administrative_licence", "licensing.administrative_penalty"})
SHARED_WORDS = ("承诺", "荣誉", "表彰", "奖励", "双公示")
"""Items whose name holds one of these come from many units."""

PROFESSIONS = (
    "justice", "health", "education", "finance", "tax", "market_regulation", "housing", "natural_resources",
    "culture_tourism", "statistics", "fire",
)  # fmt: skip
BESIDE: dict[str, tuple[str, ...]] = {
    "professions.qualification": PROFESSIONS,
    "professions.disciplinary_decision": ("justice", "health", "education", "finance", "housing"),
    "honours.honour": ("youth", "trade_unions", "women_children", "construction_association", "catering_association"),
    "associations.member_file": (
        "construction_association", "property_association", "catering_association", "logistics_association",
    ),
    "commitments.commitment": ("transport", "city_management", "culture_tourism"),
}  # fmt: skip
"""Units that report an item although no word tells it."""


@dataclass(frozen=True)
class Plan:
    """A unit as planned. ``words``: it reports the items whose source authority or name holds one of them.

    ``mark``: its characters in document numbers; ``enforces``: it decides licences and penalties; ``weight``: its
    part of them; ``tardy``: of a hundred rows, how many come late; ``missed``: of a hundred months, how many are
    not reported at all.
    """

    code: str
    name: str
    short: str
    kind: str = "department"
    words: tuple[str, ...] = ()
    mark: str = ""
    enforces: bool = False
    weight: float = 1.0
    tardy: int = 8
    missed: int = 5
    prefix: str = "11"
    area: str = ""


def _d(code: str, name: str, short: str, mark: str = "", *words: str, **more: object) -> Plan:
    return Plan(code, name, short, mark=mark, words=words, enforces=bool(mark), **more)  # type: ignore[arg-type]


DEPARTMENTS = (
    Plan(
        "credit_office",
        "发展和改革局（信用办）",
        "市发展改革局（信用办）",
        "credit_office",
        ("发展改革", "信用主管"),
        "发改",
        True,
        2,
        2,
        0,
    ),
    _d(
        "market_regulation",
        "市场监督管理局",
        "市市场监管局",
        "市监",
        "市场监督管理",
        "知识产权",
        "登记管理机关",
        weight=22,
        tardy=3,
        missed=0,
    ),
    _d("tax", "税务局", "市税务局", "税", "税务", weight=6, tardy=2, missed=0),
    _d("emergency", "应急管理局", "市应急管理局", "应急", "应急管理", weight=5, tardy=9, missed=3),
    _d(
        "housing",
        "住房和城乡建设局",
        "市住房城乡建设局",
        "住建",
        "住房和城乡建设",
        "住房城乡建设",
        "物业",
        weight=8,
        tardy=14,
        missed=4,
    ),
    _d(
        "human_resources",
        "人力资源和社会保障局",
        "市人力资源社会保障局",
        "人社",
        "人力资源",
        "社会保险",
        "职业技能",
        weight=6,
        tardy=6,
        missed=1,
    ),
    Plan("court", "中级人民法院", "市中级人民法院", "court", ("人民法院",), tardy=4, missed=2),
    _d("public_security", "公安局", "市公安局", "公", "公安", weight=9, tardy=7, missed=2),
    _d("justice", "司法局", "市司法局", "司", "司法", "律师", "公证", "仲裁", weight=1, tardy=5, missed=4),
    _d("health", "卫生健康委员会", "市卫生健康委", "卫", "卫生健康", "医师", "护士", weight=5, tardy=11, missed=3),
    _d("education", "教育局", "市教育局", "教", "教育", "教师", weight=2, tardy=18, missed=10),
    _d("civil_affairs", "民政局", "市民政局", "民", "民政", "社会组织", "慈善", weight=1.5, tardy=12, missed=6),
    _d("finance", "财政局", "市财政局", "财", "财政", "会计", "政府采购", weight=1, tardy=9, missed=5),
    _d(
        "natural_resources",
        "自然资源和规划局",
        "市自然资源和规划局",
        "自规",
        "自然资源",
        "不动产",
        "房地产估价",
        weight=4,
        tardy=16,
        missed=6,
    ),
    _d("ecology", "生态环境局", "市生态环境局", "环", "生态环境", "环境", weight=4, tardy=5, missed=1),
    _d("transport", "交通运输局", "市交通运输局", "交", "交通运输", "道路运输", weight=7, tardy=13, missed=4),
    _d("water", "水利局", "市水利局", "水", "水利", weight=2, tardy=21, missed=12),
    _d("agriculture", "农业农村局", "市农业农村局", "农", "农业农村", "兽医", weight=3, tardy=17, missed=7),
    _d("commerce", "商务局", "市商务局", "商", "商务", weight=1, tardy=10, missed=6),
    _d(
        "culture_tourism",
        "文化广电和旅游局",
        "市文化广电旅游局",
        "文旅",
        "文化",
        "旅游",
        "导游",
        weight=2,
        tardy=15,
        missed=5,
    ),
    _d("city_management", "城市管理局", "市城市管理局", "城", "城市管理", weight=6, tardy=19, missed=5),
    _d("fire", "消防救援局", "市消防救援局", "消", "消防", weight=4, tardy=4, missed=1),
    _d("medical_security", "医疗保障局", "市医疗保障局", "医保", "医疗保障", "医疗保险", weight=1.5, tardy=8, missed=3),
    _d("statistics", "统计局", "市统计局", "统", "统计", weight=0.6, tardy=22, missed=15),
    _d("audit", "审计局", "市审计局", "审", "审计", weight=0.2, tardy=6, missed=20),
    _d("forestry", "林业局", "市林业局", "林", "林业", weight=0.8, tardy=24, missed=14),
    _d("science", "科学技术局", "市科学技术局", "科", "科学技术", "科研", weight=0.3, tardy=13, missed=16),
    _d("industry", "工业和信息化局", "市工业和信息化局", "工信", "工业和信息化", "通信", weight=0.8, tardy=9, missed=7),
    _d("veterans", "退役军人事务局", "市退役军人局", "退", "退役军人", weight=0.2, tardy=10, missed=18),
    _d("sports", "体育局", "市体育局", "体", "体育", weight=0.4, tardy=25, missed=17),
    _d("grain", "粮食和物资储备局", "市粮食和物资储备局", "粮", "粮食", weight=0.5, tardy=14, missed=11),
    _d("finance_office", "地方金融管理局", "市地方金融管理局", "金融", "金融", weight=0.4, tardy=7, missed=9),
    _d(
        "housing_fund",
        "住房公积金管理中心",
        "市住房公积金中心",
        "公积金",
        "公积金",
        weight=0.5,
        tardy=5,
        missed=4,
        prefix="12",
    ),
    _d("customs_office", "口岸和物流办公室", "市口岸物流办", "口岸", "海关", "口岸", weight=0.2, tardy=12, missed=13),
    _d("data", "数据管理局", "市数据局", "数", "数据", weight=0.2, tardy=3, missed=8),
    _d("women_children", "妇女联合会", "市妇联", "", "妇女", tardy=15, missed=20, prefix="13"),
    _d("youth", "青年志愿者服务中心", "市青年志愿者中心", "", "志愿", "共青团", tardy=9, missed=10, prefix="12"),
    _d("trade_unions", "总工会", "市总工会", "", "工会", "劳动模范", tardy=11, missed=12, prefix="81"),
)
ASSOCIATIONS = (
    ("construction_association", "建筑业协会", "市建筑业协会", ("建筑业协会", "行业协会")),
    ("property_association", "物业管理协会", "市物业管理协会", ()),
    ("catering_association", "餐饮行业协会", "市餐饮行业协会", ()),
    ("lawyers_association", "律师协会", "市律师协会", ("律师协会",)),
    ("accountants_association", "注册会计师协会", "市注册会计师协会", ("注册会计师",)),
    ("logistics_association", "物流行业协会", "市物流行业协会", ()),
)
ASKERS = (
    ("bank", "示例商业银行股份有限公司", "示例商业银行", "bank"),
    ("agency", "示例征信有限公司", "示例征信", "agency"),
    ("investigation", "公安局（侦查部门）", "市公安局（侦查部门）", "investigator"),
)
"""Units that report nothing and only ask: a bank and a credit reporting agency with a person's consent, and the
investigating part of the police, which is a unit of its own so that its purpose is not every officer's."""
DISTRICT_TARDY = (6, 18, 11, 27, 15, 9, 33, 20)


def _district(number: int, code: str, name: str) -> Plan:
    tardy = DISTRICT_TARDY[number % len(DISTRICT_TARDY)]
    return Plan(
        f"district_{code}",
        f"{name}人民政府",
        name,
        "county",
        (),
        name[:1] + "政",
        True,
        4,
        tardy,
        tardy // 2,
        area=code,
    )


def plans(city: str, areas: dict[str, str]) -> list[Plan]:
    """All units of the city with whole names: departments, districts (``areas``: code → name), associations, and
    those that only ask."""
    departments = [Plan(**{**vars(p), "name": city + p.name}) for p in DEPARTMENTS]
    districts = [_district(n, code, name) for n, (code, name) in enumerate(areas.items())]
    districts = [Plan(**{**vars(p), "name": city + p.name}) for p in districts]
    associations = [
        Plan(code, city + name, short, "association", words, tardy=20, missed=15, prefix="51")
        for code, name, short, words in ASSOCIATIONS
    ]
    askers = [Plan(code, city + name, short, kind, prefix="91") for code, name, short, kind in ASKERS]
    return [*departments, *districts, *associations, *askers]


def usccs(units: Iterable[Plan], city_area: str) -> dict[str, str]:
    """A credit code for each unit; their serials lie above those of all other organisations."""
    units = list(units)
    prefixes = pl.Series([p.prefix for p in units])
    areas = pl.Series([p.area or city_area for p in units])
    serial = np.arange(990_001, 990_001 + len(units), dtype=np.int64)
    return dict(zip((p.code for p in units), numbers.usccs(prefixes, areas, serial), strict=True))


def _fits(plan: Plan, item: schema.Item) -> bool:
    text = item.source_authority.zh + item.name.zh + "".join(item.occupations)
    return any(word in text for word in plan.words)


def reporters(units: list[Plan], item: schema.Item) -> list[Plan]:
    """The units that report an item: never none."""
    if item.code in ENFORCED:
        return [p for p in units if p.enforces]
    beside = BESIDE.get(item.code, ())
    found = [p for p in units if p.code in beside or (p.kind != "county" and _fits(p, item))]
    if any(word in item.name.zh for word in SHARED_WORDS):
        heavy = [p for p in units if p.enforces and p.weight >= 2 and p not in found]
        found += heavy[:9]
    return found or units[:1]
