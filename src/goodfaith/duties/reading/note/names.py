"""What a unit's name looks like, and which names stand for many units."""

from __future__ import annotations

import functools
import re

LEVELS = "自治区|自治州|自治县|新区|林区|地区|兵团|师市|省|市|州|县|区|盟|旗|镇|乡"
_AREAS = (
    "设区市|设区的市|省辖市|地级市|县级市|开发区|高新区|经开区|自治区|自治州|自治县|直辖市|特区|新区|林区|街道|"
    "地|省|市|州|盟|县|旗|区|镇|乡|村"
)
_OF_AREAS = "人民政府|政府|管委会|管理委员会|行政公署|行署|办事处|党委|党工委|党政办|委员会"

BARE_AREA = re.compile(rf"(?:各(?:级|有关|相关)?|全(?:省|市|州|县|区)各)?(?:{_AREAS})+(?:（[^）]*）)?(?:{_AREAS})*")
"""``各州``, ``各县（市``, ``省``: half of a collective name when an enumeration comma follows."""
AREA_TAIL = re.compile(
    rf"(?:{_AREAS})+(?:（[^）]*）)?(?:{_AREAS})*(?:(?:两|三|四)?级)?(?:人民)?(?:(?:{_OF_AREAS})(?:（[^）]*）)?(?:(?:及|和|有关|相关|所属|各).{{0,12}})?|有关(?:部门|单位).{{0,6}})?"
)
"""The other half."""
SHORT_TAILS = re.compile(
    r"(?:部|委|办|厅|局|院|行|会|社|处|室|直属机构|直属单位|直属各单位|各?(?:有关)?单位|机构)+(?:等)?"
)
SHORT_HEAD = re.compile(r".{0,12}各(?:部|委|办|厅|局|委办)+|.{0,4}各?有关(?:部|委)|部|委|办|厅|局")
"""``省直各委、办、厅、局`` is one name."""

_SUFFIX = (
    "委员会|管委会|人民政府|政府|办公室|办公厅|办事处|领导小组|工作组|指挥部|联席会议|专班|中心|支队|总队|大队|"
    "部门|单位|机构|地方|地区|公司|集团|企业|银行|分行|支行|海关|法院|检察院|学院|大学|院校|高校|学校|中学|小学|林场|农场|牧场|报社|电视台|"
    "党校|行署|公署|机关|协会|学会|商会|联合会|联盟|基金会|研究院|研究所|医院|园区|开发区|高新区|经开区|新区|示范区|街道|社区|"
    "乡镇|镇街|县区|县市|区县|市县|市区|州市|市州|县市区|市县区|各地|各级|工会|妇联|残联|科协|文联|侨联|工商联|社科联|团委|团市委|团省委|"
    "团区委|团县委|团州委|团盟委|团旗委|共青团中央|军分区|警备区|人武部|武警|消防|供电局|作协|政协|人大|供销社|合作社|编办|组织|委|局|厅|办|部|院|会|署|室|府|行|"
    "社|台|库|厂|支|处|所|站|队|关|联|省|市|州|县|区|镇|乡|盟|旗|团|组|司|校|馆|园|网|协|科|股|联合社|合作联社"
)
_UNIT = re.compile(rf".*(?:{_SUFFIX})(?:（[^）]*）)?")
_NOT_IN_NAMES = re.compile(
    r"[。；：！？《》]|(?:按照|根据|加强|推进|开展|落实|完成|不得|应当|应该|可以|以及其|以下|简称|例如|包括|通过|实施细则|为主|时间|工作日|压缩|^\d{1,4}[年月]|运行|^立行|^将|^把|^对|^以|参见|详见|见附|除外)"
)
LONGEST = 45
_LEVELS_ONLY = re.compile(r"(?:[省市州县区旗盟镇乡地村]、?)+")
"""``县（市、区）`` has these in its brackets."""

COLLECTIVE = re.compile(
    r"(?:各|有关|相关|其他|其它|具有|所有|全(?:省|市|州|县|区)|(?:省|市|县|区|州|自治区|盟|旗)(?:直|级)(?!机关(?:工委|事务|党))|中央(?:驻|和)|驻|属地|本级|行业|上述|"
    r"县级|市级|省级|地方(?!金融|税务|志|铁路|海事|史)|当地|基层|涉及|负有|承担|省、|市、|县、|州、|区、|乡镇|街道|事发地|项目(?:主管|所在|实施|建设|业主|单位|责任))"
    r"|.*(?:有关|相关|成员|责任|主管|各|主责|监管|职能|审批|执法|牵头|配合)(?:部门|单位|机构|科室)+|.*部门和单位"
)
"""Names that stand for many units and are not taken apart, nor given a prefix."""

MANY = re.compile(
    r".{0,8}各级.*|地方(?:人民)?政府|.{0,6}各(?:有关|相关|审批|行业|职能|监管|执法)*(?:部门|单位|机构|企业|科室|股室).*|(?:各|有关|相关|其他|具有|所有|全[省市州县区]|行业|涉及|(?:省|市|县|区|州|自治区)(?:直|级)|中央驻|驻|负有|省、|市、|县、|州、).*|.*(?:有关|相关|成员|主管|职能)(?:部门|单位)|.*部门和单位"
)


_EACH = re.compile(r"(?:各|全[省市州县区]各|(?:[省市州县区]|自治区)[直级属]各)[\u4e00-\u9fff（）]{1,14}")
"""``各乡镇场``, ``各商业银行``: whatever kind of body they are."""


_FOR_A_WORK = re.compile(
    r"(?:[省市县区州盟旗]|自治区|全[省市县区州]|国家|国务院)[^。；：！？《》，]{2,36}(?:领导小组|联席会议|专班|协调小组|工作组|指挥部|委员会)"
    r"(?:各?(?:成员单位|办公室|.{0,6}组))?"
)
"""``市推进政府职能转变协调小组``: named by what it is for, which may hold any verb."""


CARRIER = re.compile(r"中国(?:移动|电信|联通|铁塔|广电|邮政)|移动|电信|联通|铁塔")
"""``中国移动、中国电信、中国联通云海分公司``."""


VILLAGE = re.compile(
    r"(?!.*(?:农村|乡村|各村|全村|城中村|空心村|驻村|示范村|试点村|贫困村|薄弱村|重点村|脱贫村|和美村|[每该本几数个等])|.*[的在及和与、，])[\u4e00-\u9fff]{1,8}"
    r"(?:(?:自然|行政)?村|嘎查|社区|村（居）)(?:村?民?委员会|[村居]委会|村民小组|党支部|党总支|党委|两委|“两委”)?|"
    r"[\u4e00-\u9fff]{1,8}(?:居委会|村委会|居民委员会|村民委员会|家委会)"
)
"""``河湾村``, ``东街社区居委会``: called by names of their own, which no level stands before."""


@functools.lru_cache(maxsize=8192)
def is_unit(name: str) -> bool:
    """Whether this can be a unit's name."""
    return (
        _FOR_A_WORK.fullmatch(name) is not None
        or CARRIER.fullmatch(name) is not None
        or is_village(name)
        or (
            1 < len(name) <= LONGEST
            and (_UNIT.fullmatch(name) is not None or _EACH.fullmatch(name) is not None)
            and not _NOT_IN_NAMES.search(name)
            and not _LEVELS_ONLY.fullmatch(name)
        )
    )


def is_village(name: str) -> bool:
    """Whether a village or community is called so."""
    return ("村" in name or "社区" in name or "居" in name or "嘎查" in name) and VILLAGE.fullmatch(name) is not None


@functools.lru_cache(maxsize=8192)
def is_collective(name: str) -> bool:
    """Whether the name stands for a group of units."""
    return COLLECTIVE.match(name) is not None


def ends_as_unit(name: str) -> bool:
    """Whether a name's last letters are those of a unit's: ``各有关部门``, but not ``各有关部门张明``."""
    return _UNIT.fullmatch(name) is not None


_SEAM = re.compile(
    r"(?<=[委局厅办部院会室府联行心关位门社）])(?=(?:省|市(?!场|容|政府|民)|州|县|区|盟|旗|自治区)(?!政府)[\u4e00-\u9fff]{2}|各|国家税务|人民银行)"
)
_SEATED_ABOVE = re.compile(r"(?:国家|中国|人民银行|人行|国网|中共|省|自治区)|[市州盟县区旗]委$")
"""``市委市直机关工委``, ``国网县供电公司``: their seat is part of the name."""


@functools.lru_cache(maxsize=8192)
def is_glued(name: str) -> bool:
    """Whether this is two units' names with no mark between: ``市财政局市审计局``."""
    seams = (found.start() for found in _SEAM.finditer(name))
    return any(
        is_unit(name[:at]) and is_unit(name[at:]) and not _SEATED_ABOVE.match(name[:at]) for at in seams
    )  # fmt: skip
