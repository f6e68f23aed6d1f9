"""What is decided in the invented city: cases of penalties and subjects of licences, by unit."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """A breach, the provision it falls under, the kinds of penalty (by ``;``) and the usual fine in 元.

    ``whom``: "person" or "organisation" when only they can commit it.
    """

    breach: str
    basis: str
    kinds: str = "罚款"
    fine: int = 8_000
    whom: str = ""


CASES: dict[str, tuple[Case, ...]] = {
    "market_regulation": (
        Case(
            "销售超过保质期的食品",
            "《中华人民共和国食品安全法》第一百二十四条第一款第五项",
            "罚款;没收违法所得",
            12_000,
        ),
        Case(
            "未按规定建立并遵守进货查验记录制度",
            "《中华人民共和国食品安全法》第一百二十六条第一款第三项",
            "警告",
            0,
            whom="organisation",
        ),
        Case(
            "使用未经定期检验的特种设备",
            "《中华人民共和国特种设备安全法》第八十四条第一项",
            "罚款;责令停产停业",
            48_000,
            whom="organisation",
        ),
        Case("发布虚假广告", "《中华人民共和国广告法》第五十五条第一款", "罚款", 60_000),
        Case("未按规定明码标价", "《中华人民共和国价格法》第四十二条", "罚款", 2_000),
        Case("销售不合格产品", "《中华人民共和国产品质量法》第五十条", "罚款;没收违法所得;没收非法财物", 30_000),
        Case(
            "未取得食品经营许可从事食品经营活动",
            "《中华人民共和国食品安全法》第一百二十二条第一款",
            "罚款;没收违法所得",
            55_000,
        ),
    ),
    "tax": (
        Case("未按照规定的期限办理纳税申报", "《中华人民共和国税收征收管理法》第六十二条", "罚款", 500),
        Case(
            "未按照规定开具发票",
            "《中华人民共和国发票管理办法》第三十三条第一项",
            "罚款;没收违法所得",
            5_000,
            whom="organisation",
        ),
    ),
    "emergency": (
        Case(
            "未对从业人员进行安全生产教育和培训",
            "《中华人民共和国安全生产法》第九十七条第三项",
            "罚款",
            40_000,
            whom="organisation",
        ),
        Case(
            "未在有较大危险因素的场所设置安全警示标志",
            "《中华人民共和国安全生产法》第九十九条第一项",
            "罚款",
            18_000,
            whom="organisation",
        ),
        Case("未采取措施消除事故隐患", "《中华人民共和国安全生产法》第一百零二条", "责令停产停业;罚款", 80_000),
    ),
    "housing": (
        Case("未取得施工许可证擅自施工", "《建筑工程施工许可管理办法》第十二条", "罚款", 96_000, whom="organisation"),
        Case(
            "将承包的工程转包",
            "《建设工程质量管理条例》第六十二条第一款",
            "罚款;没收违法所得;降低资质等级",
            180_000,
            whom="organisation",
        ),
        Case("未按照工程设计图纸施工", "《建设工程质量管理条例》第六十四条", "罚款", 120_000, whom="organisation"),
    ),
    "public_security": (
        Case(
            "未按规定登记住宿人员信息",
            "《中华人民共和国治安管理处罚法》有关规定",
            "警告;罚款",
            500,
            whom="organisation",
        ),
        Case("非法储存危险物质", "《中华人民共和国治安管理处罚法》有关规定", "行政拘留", 0, whom="person"),
    ),
    "health": (
        Case("未取得公共场所卫生许可证擅自营业", "《公共场所卫生管理条例实施细则》第三十五条", "警告;罚款", 3_000),
        Case(
            "使用非卫生技术人员从事诊疗活动",
            "《医疗机构管理条例》第四十七条",
            "罚款;吊销许可证件",
            45_000,
            whom="organisation",
        ),
    ),
    "ecology": (
        Case(
            "超过水污染物排放标准排放水污染物",
            "《中华人民共和国水污染防治法》第八十三条第二项",
            "罚款;限制开展生产经营活动",
            200_000,
            whom="organisation",
        ),
        Case(
            "未依法报批建设项目环境影响评价文件擅自开工建设",
            "《中华人民共和国环境影响评价法》第三十一条第一款",
            "罚款",
            90_000,
            whom="organisation",
        ),
    ),
    "transport": (
        Case(
            "未取得道路运输经营许可擅自从事道路货物运输经营", "《中华人民共和国道路运输条例》第六十三条", "罚款", 3_000
        ),
        Case("货运车辆未按规定进行综合性能检测", "《中华人民共和国道路运输条例》第七十条", "罚款", 1_000),
        Case("违法超限运输", "《公路安全保护条例》第六十四条", "罚款;暂扣许可证件", 6_000),
    ),
    "city_management": (
        Case("未经批准擅自占用城市道路", "《城市道路管理条例》第四十二条", "罚款", 4_000),
        Case("随意倾倒建筑垃圾", "《城市建筑垃圾管理规定》第二十六条", "警告;罚款", 15_000),
    ),
    "fire": (
        Case(
            "消防设施未保持完好有效",
            "《中华人民共和国消防法》第六十条第一款第一项",
            "罚款",
            10_000,
            whom="organisation",
        ),
        Case(
            "未经消防安全检查擅自投入使用、营业",
            "《中华人民共和国消防法》第五十八条第一款第四项",
            "责令停产停业;罚款",
            45_000,
        ),
    ),
    "human_resources": (
        Case(
            "未按规定与劳动者订立书面劳动合同", "《中华人民共和国劳动合同法》有关规定", "警告", 0, whom="organisation"
        ),
        Case(
            "拒不改正未缴纳社会保险费行为",
            "《中华人民共和国社会保险法》第八十六条",
            "罚款",
            20_000,
            whom="organisation",
        ),
    ),
    "agriculture": (
        Case("经营未附具标签的农药", "《农药管理条例》第五十七条", "罚款;没收违法所得", 7_000),
        Case("未按规定填写兽药经营记录", "《兽药管理条例》有关规定", "警告", 0),
    ),
    "natural_resources": (
        Case("未经批准擅自占用土地", "《中华人民共和国土地管理法》第七十七条", "没收非法财物;罚款", 150_000),
    ),
    "culture_tourism": (
        Case(
            "未取得导游证从事导游活动",
            "《中华人民共和国旅游法》第一百零二条第一款",
            "罚款;没收违法所得",
            3_000,
            whom="person",
        ),
        Case(
            "旅行社指定购物场所安排购物",
            "《中华人民共和国旅游法》第九十八条",
            "罚款;责令停产停业",
            60_000,
            whom="organisation",
        ),
    ),
}
OTHER_CASES = (
    Case("未按规定报送统计资料", "《中华人民共和国统计法》有关规定", "警告", 0, whom="organisation"),
    Case("未在规定期限内改正违法行为", "《中华人民共和国行政处罚法》及有关行政法规的规定", "罚款", 5_000),
    Case("提供虚假材料取得行政许可", "《中华人民共和国行政许可法》第七十九条", "罚款;限制从业", 16_000),
)
OLD_KINDS = {
    "没收违法所得": "没收",
    "没收非法财物": "没收",
    "暂扣许可证件": "暂扣或者吊销许可证",
    "吊销许可证件": "暂扣或者吊销许可证",
    "限制开展生产经营活动": "责令停产停业",
    "降低资质等级": "罚款",
    "限制从业": "警告",
    "责令关闭": "责令停产停业",
}
"""How kinds of penalty were called before the law of 2021."""


@dataclass(frozen=True)
class Licence:
    """A licence: its name, what it allows, for how many years (0: without end), and who alone can have it."""

    name: str
    content: str
    years: int = 5
    whom: str = ""


LICENCES: dict[str, tuple[Licence, ...]] = {
    "market_regulation": (
        Licence("食品经营许可证", "准予从事食品销售、餐饮服务经营活动", whom="organisation"),
        Licence("食品生产许可证", "准予从事许可证载明类别的食品生产活动", whom="organisation"),
        Licence("药品经营许可证", "准予从事药品零售经营活动", whom="organisation"),
        Licence("特种设备使用登记证", "准予特种设备投入使用", 0, whom="organisation"),
    ),
    "emergency": (Licence("危险化学品经营许可证", "准予经营许可证载明的危险化学品", 3, whom="organisation"),),
    "housing": (
        Licence("建筑工程施工许可证", "准予按照许可证载明的规模和工期施工", 2, whom="organisation"),
        Licence("城镇燃气经营许可证", "准予从事瓶装燃气经营", 3, whom="organisation"),
    ),
    "human_resources": (
        Licence("人力资源服务许可证", "准予从事职业中介活动", whom="organisation"),
        Licence("劳务派遣经营许可证", "准予从事劳务派遣业务", 3, whom="organisation"),
    ),
    "health": (
        Licence("公共场所卫生许可证", "准予经营住宿、理发、游泳等公共场所", 4, whom="organisation"),
        Licence("医疗机构执业许可证", "准予开展许可证载明的诊疗科目", whom="organisation"),
        Licence("护士执业证书", "准予在执业地点从事护理工作", whom="person"),
    ),
    "transport": (
        Licence("道路运输经营许可证", "准予从事道路普通货物运输", 4, whom="organisation"),
        Licence("道路运输从业人员从业资格证", "准予从事经营性道路货物运输驾驶", 6, whom="person"),
    ),
    "public_security": (
        Licence("特种行业许可证", "准予经营旅馆业", 0, whom="organisation"),
        Licence("机动车驾驶证", "准予驾驶准驾车型的机动车", 6, whom="person"),
    ),
    "ecology": (Licence("排污许可证", "准予按照许可证载明的种类、浓度和总量排放污染物", whom="organisation"),),
    "city_management": (Licence("占用挖掘城市道路许可", "准予在许可的地段和期限内临时占用道路", 1),),
    "fire": (Licence("公众聚集场所投入使用、营业前消防安全检查合格证", "准予投入使用、营业", 0, whom="organisation"),),
    "natural_resources": (
        Licence("建设工程规划许可证", "准予按照核定的图纸建设", 2, whom="organisation"),
        Licence("采矿许可证", "准予在划定矿区范围内开采", 10, whom="organisation"),
    ),
    "culture_tourism": (
        Licence("旅行社业务经营许可证", "准予经营境内旅游业务和入境旅游业务", 0, whom="organisation"),
        Licence("导游证", "准予从事导游活动", 3, whom="person"),
    ),
    "agriculture": (
        Licence("农药经营许可证", "准予经营农药", whom="organisation"),
        Licence("动物防疫条件合格证", "准予从事动物饲养", 0),
    ),
    "education": (Licence("民办学校办学许可证", "准予举办民办学校", whom="organisation"),),
    "water": (Licence("取水许可证", "准予在核定的取水量内取水"),),
    "forestry": (Licence("林木采伐许可证", "准予在核定的范围和数量内采伐", 1),),
}
OTHER_LICENCES = (
    Licence("行政审批事项准予许可决定", "准予申请人从事申请事项"),
    Licence("建设项目核准", "准予项目建设", 2, whom="organisation"),
)

HONOURS = (
    "诚信经营示范单位",
    "守合同重信用企业",
    "安全生产先进集体",
    "文明诚信商户",
    "质量信用优秀单位",
    "诚信示范街区商户",
)
PERSONAL_HONOURS = ("年度优秀志愿者", "诚信之星", "道德模范", "见义勇为先进个人", "优秀技能人才")
MATTERS = (
    "申请办理食品经营许可", "公共场所卫生许可告知承诺", "建筑业企业资质告知承诺", "办理社会保险登记容缺受理",
    "参加政府采购活动", "申请信用修复", "办理道路运输证年度审验",
)  # fmt: skip
PERSONAL_MATTERS = ("申请办理从业资格证", "申请办理教师资格认定", "办理证明事项告知承诺", "申请公共租赁住房")
COMMITMENTS = "承诺所提供的材料真实、准确、完整，依法依规开展经营活动，自觉接受监督；违背承诺的，自愿承担相应责任。"
DUTIES = ("给付货款及逾期利息", "返还借款本金及利息", "支付工程款", "支付劳动报酬", "赔偿各项损失", "履行担保责任")
CIRCUMSTANCES = (
    "有履行能力而拒不履行生效法律文书确定义务",
    "违反财产报告制度",
    "违反限制消费令",
    "无正当理由拒不履行执行和解协议",
)
ABNORMAL = ("未依照规定的期限公示年度报告", "通过登记的住所或者经营场所无法联系", "公示企业信息隐瞒真实情况、弄虚作假")
REMOVALS = (
    "已补报未报年份的年度报告并公示，申请移出",
    "依法办理住所变更登记，申请移出",
    "已更正其公示的信息，申请移出",
)
