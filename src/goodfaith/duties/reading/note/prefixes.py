"""Omitted prefixes: in ``市文化局、工商局`` the second is the 市工商局.

A name takes the level (省, 市, 县 …) of the last name before it in the note that shows one, else the level of the
document's issuer. Bodies that are named otherwise (by place, under central management, collective names) take none.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace

from goodfaith.duties.reading.note.names import LEVELS, is_collective, is_village

_LEVEL = re.compile(
    r"(?P<level>自治区|自治州|自治县|兵团|师市|师(?!范|生|资|德|傅)|地区|省|市(?!场|容|政(?:公用|园林|管理|设施|工程|道路|局|处)|民(?:服务|热线|中心|卡))|"
    r"州|县(?!域)|区(?!域|块|划)|盟|旗(?!舰))(?P<party>党?委(?!员会))?(?P<government>(?:人民)?政府(?!采购|性|投资|债务))?"
)
_LEVELS = tuple(LEVELS.split("|"))
_OWN_NAME = re.compile(
    r"中共|中国|国家(?!安全(?:局|厅)|保密|密码|档案)|国务院|全国|中央|国网|南网|南方电网|人民银行|人行|银监|银保监|证监|保监|国家金融|金融监管总局|金融监督管理|"
    r"外汇管理|海关|出入境|海事局|民航|铁路|铁塔|电信公司|移动公司|联通公司|邮政公司|武警|军分区|警备区|驻|团[省市州县区旗盟]委|团工委|共青团|中科院|央行|最高|"
    r"开发区|高新|经开|经济技术开发区|新区|园区|示范区|保税|综保|公安部|财政部|教育部"
)
_BY_PLACE = re.compile(
    r"(?!地方|水上|港航|公安|辖区|属地|所在)[\u4e00-\u9fff]{2,4}(?:海事[处所]|航道(?:管理)?处|航标处|派出所|边境检查站|边防检查站|边检站)$|"
    r"(?!第|中心|.{0,2}(?:国有|国营|乡镇|希望|实验|完全|制|特殊|职业|外国语|民族|附属|高级|初级|重点|公办|民办|中等|农村|城区|社区))[\u4e00-\u9fff]{2,4}(?:(?:国有)?林场|(?:中心)?小学|(?:中心)?卫生院)$|"
    r"公安(?!局).{2,6}分局$|(?!社会主义|行政)[\u4e00-\u9fff]{2,10}(?:(?<!科)学院|大学)$|[\u4e00-\u9fff]{2,4}(?:镇|乡|街道)$|(?!各)[\u4e00-\u9fff]{1,8}(?:街道|(?<!乡)镇|(?<!民族)乡)(?:党工委|工委|党委|人大工委|办事处|办|政府|人民政府)$|"
    r"(?!各)[\u4e00-\u9fff]{1,6}(?:地区|盟)(?:行政公署|行署)$|.*(?:海关|铁路局|铁路集团|管理局集团|机场集团|海事局|(?<!地方)金融监管局|证监局|银监局|保监局|银保监局|监管分局|(?:银监|保监|银保监|证监)分局|日报社|大学|支行|分行|人民政府|管委会|管理委员会|街道办事处)$|"
    r".{1,6}(?:省|(?<!城)市|自治州|州|县|(?<!社|城|地|园)区|旗)(?:人民政府|政府|委员会|管委会|委|.{1,12}(?:局|委|厅|办|院|中心))$"
)
_REGULATOR = re.compile(r"(?:银监|证监|保监|银保监|金融监管)(?:局|分局)")
_PLACED_REGULATOR = re.compile(rf"(?P<place>[\u4e00-\u9fff]{{2,6}}?)(?<!地方){_REGULATOR.pattern}")
"""In ``云南银监局、证监局`` the second is the 云南证监局."""
_PARTY = re.compile(
    r"宣传部|组织部|统战部|政法委|网信办|网络安全和信息化|编办|编委办|机构编制|改革办|深改办|巡察办|巡视办|政研室|政策研究室|财经办|财经委|"
    r"老干部局|机要局|党校|台办|外办|社会工作部|社工部|党史|农办|农工办|军民融合办|国安办|依法治|文明办|办公[厅室]$|督查室|保密办|全面|(?<![妇儿残老团])工委$"
)
_PARTY_ONLY = re.compile(r"(?:宣传部|组织部|统战部|政法委(?:员会)?|纪委|纪委监委)$")
_NO_PARTY = re.compile(r"(?:人民)?政府|人大|政协|妇儿工委|残工委|安委|食安|双拥|爱卫|禁毒")
_DEPARTMENT = re.compile(
    r".*(?:委员会|办公室|办公厅|研究室|领导小组|联席会议|中心|支队|总队|大队|法院|检察院|联合会|总工会|工会|妇联|残联|科协|文联|侨联|工商联|社科联|"
    r"红十字会|供销(?:合作)?(?:联合|联|总)?社|信用社联合社|农信联社|律协|贸促会|政协|人大|监委|纪委|委|局|厅|办|部|院|署|处|室|档案馆|图书馆|博物馆|党校)$"
)
_MAYBE = re.compile(
    r".*(?:协会|学会|商会|公司|集团|学校|学院|医院|报社|电视台|广播电视台|银行|站|所|队|馆|会|社|团委)$"
)
_PROPER = re.compile(
    r".{2,}实验室|(?!(?:农|林|社|科|标准|计量|质量|质检|特种|环境|生态|规划|设计|城市|城乡|测绘|地质|水|交通|教育|体育|文|艺术|考古|信息|产品|食品|药品|轻工|建筑|"
    r"产业|工业|技术|发展|经济|气象|地震|中医|疾病|卫生|医学|财政|金融|人才|政策|大数据|先进|知识产权|能源|安全|检验)).{2,}研究院|"
    r"(?!(?:人民|第|中医|中西医|民族|藏医|蒙医|妇|儿童|传染|精神|肿瘤|口腔|眼科|胸科|骨科|皮肤|结核|康复|老年|职业病|急救|中心|公共卫生|总医院)).{2,}医院"
)
"""Called by a name of its own (``之江实验室``), not by its field."""
_ASSOCIATION = re.compile(r".*(?:协会|学会|商会)$")


@dataclass(frozen=True)
class Home:
    """The issuer's ``level`` (省, 市 …; None for the State Council or unknown) and the ``places`` it is called by.
    ``sections``: the document is a bureau's that gives its own sections their work; ``town``: it is a town's or a
    street's, whose offices are called so (镇, 乡, 街道)."""

    level: str | None = None
    places: tuple[str, ...] = ()
    national: bool = False
    sections: bool = False
    town: str = ""


@dataclass
class Completer:
    """Completes the names of one note, in order. ``doubts``: names of which it could not be told."""

    home: Home
    level: str | None = None
    party: str = ""
    place: str = ""

    def full(self, name: str) -> tuple[str, str]:
        """The full name, and a doubt's code or nothing."""
        if self.home.town and (called := self._in_town(name)):
            return called
        if self.home.national or is_collective(name):
            return name, ""
        if self.place and _REGULATOR.fullmatch(name):
            return self.place + name, ""
        found = _PLACED_REGULATOR.fullmatch(name)
        self.place = found["place"] if found else ""
        if (own := self._own_level(name)) is not None:
            self.level, self.party = own
            return name, ""
        if self._stands_alone(name):
            return name, ""
        return self._completed(name)

    def _in_town(self, name: str) -> tuple[str, str] | None:
        """In a town's document ``镇综合行政执法队、林业工作站`` are both the town's."""
        if _OF_TOWN.match(name) and name.startswith(self.home.town):
            self.level, self.party = self.home.town, ""
            return name, ""
        if self.level != self.home.town or is_collective(name) or _LEVEL.match(name) or self._stands_alone(name):
            return None
        return (self.home.town + name, "") if _TOWN_OFFICE.fullmatch(name) else None

    def _own_level(self, name: str) -> tuple[str, str] | None:
        rest = name.removeprefix("中共")
        for place in self.home.places:
            if rest.startswith(place) and len(rest) > len(place):
                tail = rest[len(place) :]
                if place.endswith(_LEVELS) and not tail.startswith(("人民银行", "海关")):
                    return place[-1], "委" if tail.startswith("委") and not tail.startswith("委员会") else ""
        found = _LEVEL.match(name)
        if not found or len(name) == found.end() == 1:
            return None
        return found["level"], "" if found["government"] else found["party"] or ""

    def _stands_alone(self, name: str) -> bool:
        if self.home.sections and _SECTION.fullmatch(name):
            return True
        return _has_own_name(name) or name.startswith(self.home.places)

    def _completed(self, name: str) -> tuple[str, str]:
        level = self.level or self.home.level
        if level is None:
            return name, "" if not _DEPARTMENT.match(name) else "level_unknown"
        if (name.endswith("厅") and level not in ("省", "自治区", "兵团")) or (
            self.level is None and _MAYBE.match(name) and not _DEPARTMENT.match(name)
        ):
            return name, "prefix_unsure"
        if _DEPARTMENT.match(name):
            in_party = _PARTY.search(name) and (self.party or _PARTY_ONLY.search(name)) and not _NO_PARTY.match(name)
            return f"{level}{(self.party or _party_of(level)) if in_party else ''}{name}", ""
        if _ASSOCIATION.match(name):
            return level + name, "prefix_unsure"
        return name, "prefix_unsure" if _MAYBE.match(name) else "unit_unknown"


_OF_TOWN = re.compile(r"(?:镇(?!级|村(?!镇)|区|街|直)|乡(?![级村镇土风直])|街道(?![级办直]))[\u4e00-\u9fff]{2,}")
_TOWN_OFFICE = re.compile(
    r"[\u4e00-\u9fff]{1,14}(?:办公室|办|中心|站|大队|中队|队|武装部|财政所|司法所|自然资源所|派出所|卫生院|妇联|团委|工会|残联|纪委|党委)"
)
"""What a town calls its own offices; it has no bureaus."""
_SECTION = re.compile(
    r"[\u4e00-\u9fff]{2,16}(?:科|处|股)(?:（[^）]*）)?|(?:局|委|厅|院|中心)?(?:党政|综合|行政|局|党委|党组)?办公室|(?:局|委|厅)?(?:直属)?(?:机关|直属)(?:党委|党总支|党支部|纪委|工会|团委)|"
    r"[\u4e00-\u9fff]{0,8}(?:信息|技术|服务|保障|培训|宣传|数据|网络|事务|宣教|评审|检测|监测)中心|[\u4e00-\u9fff]{2,8}(?<!档案)(?<!联合)(?:室|队|所)"
)
"""What a bureau calls a part of itself."""
_SPEAKS_OF_SECTIONS = re.compile(
    r"(?:牵头|责任|配合|主办|协办|承办|主责|参与|协同)[科处股]室|(?:各|机关)[科处股]室|各(?:科|处|股)(?:（[^）]*）)?(?:室|、)|局机关各"
)
_BUREAU = re.compile(r".*(?:局|委|委员会|厅|院|中心|总队|支队|总社|联社|会)$")


def with_sections(home: Home, issuer: str | None, words: str) -> Home:
    """The home of a single bureau's document that speaks of its sections."""
    own = bool(issuer) and " " not in str(issuer) and _BUREAU.match(str(issuer)) is not None
    return replace(home, sections=True) if own and _SPEAKS_OF_SECTIONS.search(words) else home


def _party_of(level: str) -> str:
    """What the committee of the party is called: 省委, but 自治区党委."""
    return "党委" if level in ("自治区", "兵团", "师市") else "委"


PROVINCES = (
    *("北京", "天津", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江", "上海", "江苏", "浙江"),
    *("安徽", "福建", "江西", "山东", "河南", "湖北", "湖南", "广东", "广西", "海南", "重庆"),
    *("四川", "贵州", "云南", "西藏", "陕西", "甘肃", "青海", "宁夏", "新疆"),
)


@functools.lru_cache(maxsize=8192)
def _has_own_name(name: str) -> bool:
    """Whether a body is called otherwise than by its level, wherever it is named."""
    return bool(
        _OWN_NAME.match(name)
        or _BY_PLACE.match(name)
        or is_village(name)
        or name.startswith(PROVINCES)
        or _PROPER.fullmatch(name)
    )


_TITLE_PLACE = re.compile(
    r"(?!全|各|关于|国务院|国家)(?:[\u4e00-\u9fff]{2,6}?(?:省|自治区|市(?!场)|自治州|州|盟))?[\u4e00-\u9fff]{1,6}?(?:省|自治区|市(?!场)|县|区|州|盟|旗)(?=[\d关加推落社优贯开建信个政诚印创深二]|“)"
)


_ZONE = re.compile(
    r"(?P<stem>[\u4e00-\u9fff]{2,5}?)(?:国家级|省级)?(?:经济技术|高新技术产业?|高新|经济|产业|循环经济|临港|旅游|综合保税|自由贸易|现代农业)*"
    r"(?:开发|新|示范|试验|工业园|园|保税|度假|合作)+区"
)
"""A development zone: its offices are called by the place, 南港开发区总工会 in the 南港经济技术开发区."""


_TOWN = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{2,8}?(?P<town>镇|乡|街道))(?:人民政府|政府|办事处|党委|党工委|工委|人民政府办公室|(?:党政|党政综合)办公室|党政办)"
)


def home_of(issuer: str | None, title: str = "") -> Home:
    """The home of ``云南省人民政府办公厅`` is level 省, places 云南省 and 云南; without an issuer the title tells."""
    if not issuer:
        named = _TITLE_PLACE.match(title)
        return home_of(f"{named[0]}人民政府") if named else Home()
    if issuer.startswith(("国务院", "中共中央", "中央", "国家", "全国", "最高")):
        return Home(national=True)
    issuer = issuer.removeprefix("中共")
    found = re.match(
        r"(?P<place>(?:.{1,8}?(?:省|自治区|市|自治州|地区|盟|州))?(?:.{1,8}?(?:县|区|旗|市))?)(?=人民政府|政府|委|人大|.{2,14}(?:局|厅|办|委员会|领导小组))",
        issuer,
    )
    place = found["place"] if found else ""
    if town := _TOWN.fullmatch(issuer, len(place)) or _TOWN.fullmatch(issuer):
        own = town["place"]
        return Home(None, (own, own.removesuffix(town["town"])), town=town["town"])
    if not place:
        return Home()
    level = next(level for level in LEVELS.split("|") if place.endswith(level))
    short = {"自治州": "州", "自治县": "县", "新区": "区", "林区": "区", "地区": "地区"}.get(level, level)
    zone = _ZONE.fullmatch(place)
    stem = zone["stem"] if zone else place.removesuffix(level)
    parts = re.findall(r".{1,8}?(?:省|自治区|市|自治州|州|县|区|旗)", place)
    return Home(
        short,
        tuple(
            dict.fromkeys([place, *parts, *(p[:-1] for p in parts if len(p) > 2), *([stem] if len(stem) > 1 else [])])
        ),
    )
