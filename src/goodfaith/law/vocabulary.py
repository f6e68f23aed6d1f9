"""What is never recorded, whatever basis is claimed (boundaries 2, 3, 5 and 6), as a vocabulary with reasons.

Each entry has the words by which a pack would name the thing. Words that also have an innocent meaning carry
their exceptions in the pattern (转基因 is no genetic record of anybody; 房地产经纪人 owns no house by that).
Entries with ``person_only`` apply where the item may be about a natural person; the others everywhere.
The vocabulary is part of the program, not of the packs: no pack and no setting can switch it off.
"""

from __future__ import annotations

import re

from goodfaith.law.forbidden import Forbidden

CREDIT_14 = "《征信业管理条例》第十四条"
CREDIT_14_2 = "《征信业管理条例》第十四条第二款"
PIPL_28 = "《个人信息保护法》第二十八条"
PIPL_6 = "《个人信息保护法》第六条（最小范围）"
PIPL_31 = "《个人信息保护法》第三十一条"
OUTSIDE = "国办发〔2020〕49号（目录以外的信息不得纳入信用记录）"
HENAN_27 = "《河南省社会信用条例》第二十七条"
SCORE = "国家发展改革委 2019 年 7 月 18 日新闻发布会（个人信用分不得用于惩戒）"
CONDUCT = "国家发展改革委 2020 年的要求（闯红灯、垃圾分类等不得作为失信行为）"


def _never(code: str, thing: str, zh: str, en: str, why: str, person_only: bool = False) -> Forbidden:
    return _entry(code, "边界二", thing, zh, en, why, person_only)


def _entry(code: str, boundary: str, thing: str, zh: str, en: str, why: str, person_only: bool = False) -> Forbidden:
    english = re.compile(rf"(?<![A-Za-z])(?:{en})(?![A-Za-z])" if en else r"(?!)", re.IGNORECASE)
    return Forbidden(code, boundary, thing, re.compile(zh), english, why, person_only)


SENSITIVE = (
    _never(
        "never_religion",
        "宗教信仰",
        r"宗教(?!活动场所|团体|院校|事务|场所)|信教|教派|信仰",
        r"religion|religious (?:belief|faith)s?",
        CREDIT_14,
    ),
    _never(
        "never_genes",
        "基因",
        r"(?<!转)基因(?!工程|药|产品|检测(?:机构|试剂|仪))|遗传(?:信息|特征|病)|DNA",
        r"genes|genetic (?:data|record|information)",
        CREDIT_14,
    ),
    _never(
        "never_biometrics",
        "指纹等生物识别信息",
        r"指纹|虹膜|声纹|掌纹|人脸|面容|面部特征|步态|静脉识别|生物(?:识别|特征)",
        r"fingerprints?|biometrics?|iris scan",
        f"{CREDIT_14}、{PIPL_28}",
    ),
    _never("never_photograph", "照片", r"照片|相片|头像|肖像", r"photo(?:graph)?s?|portrait", PIPL_6, person_only=True),
    _never("never_blood_type", "血型", r"血型|血液类型", r"blood (?:type|group)s?", CREDIT_14),
    _never(
        "never_health",
        "疾病和病史",
        r"病史|病历|健康(?:档案|状况|码)|患病|接种疫苗|疫苗接种|接种(?:记录|次数|日期)|精神障碍"
        r"|[Hh][Ii][Vv]|艾滋|病毒携带|传染病(?:史|病人|患者|检测)",
        r"medical history|health (?:history|record|status)|vaccinat\w+|HIV(?: status| tests?)?",
        f"{CREDIT_14}、{PIPL_28}",
    ),
    _never(
        "never_health",
        "疾病、残疾等健康信息",
        r"疾病(?!预防|控制|防治)|就诊|住院|诊断(?:结果|证明|记录)|体检(?:结果|报告|信息)|疫苗(?!生产|经营|流通)|残疾|伤残|"
        r"劳动能力|孕|生育(?!保险)|吸毒|戒毒|核酸",
        r"diseases?|disabilit\w+",
        f"{CREDIT_14}、{PIPL_28}",
        person_only=True,
    ),
    _never("never_blood_donation", "献血", r"献血", r"blood donations?", OUTSIDE),
    _never(
        "never_ethnicity",
        "民族、政治面貌等特定身份",
        r"政治面貌|党员|党籍|党派|民族(?!事务|乡|自治|区域|医|药|宗教|博物)|政治(?:观点|倾向)",
        r"ethnicit\w+|political (?:status|opinions?|views?)|party member(?:ship)?",
        f"{PIPL_28}、{PIPL_6}",
        person_only=True,
    ),
)

PRIVATE_LIFE = (
    _never(
        "never_location",
        "行踪、位置",
        r"行踪|轨迹|出行记录|住宿记录|乘车记录|实时位置",
        r"trajector\w+|whereabouts|location track\w*",
        PIPL_28,
    ),
    _never(
        "never_location",
        "位置坐标",
        r"位置信息|定位(?:信息|数据|坐标)|经纬度|经度|纬度",
        r"geolocation|coordinates",
        PIPL_28,
        person_only=True,
    ),
    _never(
        "never_communications",
        "通信内容和记录",
        r"通话|短信(?:内容|记录)|聊天|通讯录|通(?:信|讯)(?:内容|记录)|微信(?:号|记录)",
        r"call records?|chat (?:logs?|records?)|communications? records?",
        f"《宪法》第四十条、{PIPL_6}",
    ),
    _never(
        "never_browsing",
        "上网和浏览记录",
        r"浏览(?:记录|历史)|上网(?:记录|行为|日志|习惯)|搜索记录",
        r"browsing|search history",
        PIPL_6,
    ),
    _never(
        "never_purchases",
        "购物和消费记录",
        r"购物(?:记录|行为|习惯|明细)|消费(?:记录|习惯|明细|行为)|购买(?:记录|历史)|网购",
        r"purchases|purchase history|shopping",
        PIPL_6,
    ),
    _never(
        "never_social_ties",
        "社会关系",
        r"社交(?:关系|账号|网络|行为)|好友|朋友圈|人际关系|社会关系|社会交往|邻里关系",
        r"social ties|friends|social network",
        PIPL_6,
    ),
    _never("never_petition", "信访", r"信访|上访|缠访|闹访", r"petition(?:s|ing)", f"《宪法》第四十一条、{OUTSIDE}"),
    _never(
        "never_opinion",
        "投诉、举报和言论",
        r"投诉(?!电话|渠道|方式|热线)|举报人|发帖|跟帖|言论|网络评论",
        r"complaints|opinions|posts online",
        f"《宪法》第四十一条、{OUTSIDE}",
        person_only=True,
    ),
    _never(
        "never_funeral",
        "殡葬",
        r"火化|丧葬|遗体|骨灰|死亡(?:日期|原因|证明|登记)|殡(?:葬登记|葬信息)",
        r"funerals?|cremation",
        PIPL_6,
    ),
    _never(
        "never_marriage",
        "婚姻",
        r"婚姻(?!介绍|登记(?:机关|处))|结婚|离婚|婚育|已婚|未婚|配偶",
        r"marriages?|marital|spouses?",
        PIPL_6,
    ),
    _never(
        "never_relief",
        "低保等社会救助",
        r"低保|最低生活保障|社会救助|救助(?:类型|金|对象)|特困|五保|贫困户|建档立卡|困难群众",
        r"low-income|minimum living|social relief",
        PIPL_6,
    ),
    _never(
        "never_correction",
        "社区矫正、服刑等经历",
        r"社区矫正(?!机构)|服刑|刑满|安置帮教|缓刑|假释|前科",
        r"community correction|probation",
        f"{PIPL_28}（特定身份）",
    ),
)

EVERYDAY = (
    _never(
        "never_pets",
        "养宠物",
        r"养犬|犬只|犬证|遛(?:狗|犬)|宠物(?!医院|诊疗|饲料|食品)",
        r"pets?|dogs?",
        CONDUCT,
        person_only=True,
    ),
    _never("never_conduct", "垃圾分类", r"垃圾(?:分类|投放)", r"(?:waste|garbage) sorting", CONDUCT, person_only=True),
    _never(
        "never_conduct",
        "闯红灯等日常行为",
        r"闯红灯|乱穿马路|横穿马路|行人(?:交通)?违法|交通(?:失信|违章)|违章停车|不文明|文明行为|随地吐痰|乱扔|广场舞|霸座|占座|"
        r"逃票|吸烟|燃放(?:烟花|爆竹|鞭炮)",
        r"jaywalking|uncivilised|spitting|smoking|fare dodging",
        CONDUCT,
        person_only=True,
    ),
    _never(
        "never_utility_arrears",
        "水电气暖、通讯、物业欠费",
        r"(?<!排)水费|水电费|(?<!机)电费|燃气费|天然气费|供热费|供暖费|暖气费|采暖费|话费|通讯费|宽带费|有线电视费|物业(?:服务)?(?:费|欠费)|"
        r"公共事业(?:欠费|费用)|欠缴类型|欠费(?:时段|量)",
        r"utilit(?:y|ies) (?:bills?|arrears)|utility arrears",
        HENAN_27,
    ),
    _never(
        "never_utility_arrears",
        "商业欠费、账户",
        r"账期|账户号|商业违约",
        r"",
        f"{HENAN_27}、{PIPL_28}（金融账户）",
        person_only=True,
    ),
    _never(
        "never_vehicle",
        "名下车辆和驾驶证",
        r"号牌|车牌|行驶证|准驾|驾驶证|(?:个人|名下|机动)车辆?(?:信息|登记|所有)|车辆(?:信息|型号|品牌)",
        r"vehicles? owned|licen[cs]e plates?|driving licen[cs]es?",
        PIPL_6,
        person_only=True,
    ),
)

MONEY = (
    _never(
        "never_income",
        "收入和工资",
        r"(?<!营业)(?<!业务)(?<!非税)收入|(?<!农民工)(?<!拖欠)工资(?!支付|保证金|专用)|薪酬|薪资|年薪|个人缴费基数",
        r"incomes?|salar(?:y|ies)",
        CREDIT_14_2,
        person_only=True,
    ),
    _never(
        "never_wealth",
        "存款、有价证券、商业保险、不动产",
        r"存款|银行(?:账户|账号|卡号)|账户余额|有价证券|证券账户|股票|商业保险|保单|不动产(?!登记代理|估价|经纪)|房产(?!中介|经纪|估价)|"
        r"房屋(?:产权|所有权)|住房(?!和城乡|城乡)|公积金|负债|贷款(?!公司)|信用卡|资产状况",
        r"bank (?:deposits?|accounts?)|securities held|commercial insurance|real estate owned|mortgages?",
        CREDIT_14_2,
        person_only=True,
    ),
    _never(
        "never_tax_amount",
        "自然人的纳税数额",
        r"纳税(?:数?额|金额|总额|信息|情况|记录|日期)|个人所得税|应纳税|欠税(?:余额|金额|数额)|税款(?:金额|数额|所属)|税种",
        r"tax amounts?|taxes paid",
        CREDIT_14_2,
        person_only=True,
    ),
    _never(
        "never_insurance_status",
        "个人参保和缴费状况",
        r"养老保险|参保|社保缴费|缴费(?:年月|状态|基数)|医保(?!基金|定点|部门)",
        r"pension status|insured status",
        PIPL_6,
        person_only=True,
    ),
    _never(
        "never_life",
        "就业、户籍等与信用无关的个人情况",
        r"就业(?:状况|情况|状态)|户籍|户口|职业汇总|身份变动|文化程度|服务时长|志愿(?:服务)?时长",
        r"employment status|household registration",
        PIPL_6,
        person_only=True,
    ),
)

PEOPLE = (
    _entry(
        "person_scored",
        "边界三",
        "自然人的评分、评级、排名或积分",
        r"信用(?:评级|评分|分|积分|等级|评价|得分|排名)|积分|评分|得分|打分|扣分|加分|分值|排名|名次|星级|评定级别|"
        r"信誉等级|失信行为等级|考试成绩",
        r"credit (?:scores?|ratings?|grades?|rank\w*|points)|scores?|points|rankings?|star rating",
        SCORE,
        person_only=True,
    ),
    Forbidden(
        "person_scored",
        "边界三",
        "对自然人失信程度的评定",
        re.compile(r"失信(?:行为)?(?:严重)?(?:程度|等级)"),
        re.compile(r"(?!)"),
        "展示期由法定分类决定，不由来源部门给人定级",
        people_alone=True,
    ),
    _entry(
        "kinship",
        "边界六",
        "亲属、家庭成员",
        r"家庭(?:成员|关系|人口|住址|情况|财产|信息)|家属|亲属|亲戚|户主|子女|父母|父亲|母亲|监护人|直系|兄弟姐妹",
        r"kinship|relatives|famil(?:y|ies) members?|parents?|households?|guardians?",
        "任何人不为他人的行为负责",
    ),
    _entry(
        "minors",
        "边界五",
        "儿童和学生",
        r"儿童(?!福利机构|玩具|用品)|幼儿(?!园)|未成年人(?:档案|信息|记录|名单|姓名)|中小学生|小学生|中学生|三好学生|少先队|班干部|"
        r"优秀学生|学生(?:荣誉|获奖|奖励|奖惩|表彰|评价|档案|综合|证)|学业成绩",
        r"children|pupils?|minors|school reports?",
        f"{PIPL_31}、《河南省社会信用条例》第三条",
        person_only=True,
    ),
)

FORBIDDEN: tuple[Forbidden, ...] = SENSITIVE + PRIVATE_LIFE + EVERYDAY + MONEY + PEOPLE
