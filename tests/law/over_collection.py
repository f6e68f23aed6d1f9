"""What a real city's table dictionary of 2018 collected about people, by table and column names.

Facts only: the Chinese names of tables and of the columns that give them away, as that public dictionary
spells them. ``claim`` is the domain and the class under which such a table would try to pass today.
"""

from __future__ import annotations

REFUSED: list[tuple[str, tuple[str, ...], str]] = [
    # table, columns, one code that must be among the findings
    ("个人车辆信息", ("号牌种类", "中文品牌", "车辆型号", "使用性质"), "never_vehicle"),
    ("个人驾驶证信息", ("准驾车型", "驾驶证状态", "居住地址"), "never_vehicle"),
    ("个人低保信息", ("低保登记日期", "低保注销日期", "救助类型"), "never_relief"),
    ("个人低保家庭信息", ("保障人口数", "家庭人口数"), "kinship"),
    ("个人低保家庭成员信息", ("民族", "劳动能力", "健康状况", "残疾等级", "户主姓名", "家庭关系"), "never_health"),
    ("个人工资信息", ("登记机关", "登记日期"), "never_income"),
    ("个人婚姻登记信息", ("男方姓名", "女方姓名", "婚姻状况（女）", "婚姻状况（男）"), "never_marriage"),
    ("个人基本信息表", ("性别", "出生日期", "户籍地址", "民族"), "never_ethnicity"),
    ("个人交通失信信息", ("交通失信行为", "失信严重程度"), "never_conduct"),
    ("个人就业状况信息", ("就业状况",), "never_life"),
    ("个人纳税信息", ("税种", "缴纳状态", "税款所属起始日期", "纳税日期"), "never_tax_amount"),
    ("个人欠税信息", ("税种名称", "欠税余额"), "never_tax_amount"),
    ("个人身份变动信息", ("变更原因", "变更登记机关"), "never_life"),
    ("个人商业违约信息", ("账户号", "失信严重程度", "欠费金额", "账期时间"), "never_utility_arrears"),
    ("个人献血信息", ("献血码", "献血日期", "血液类型", "献血量"), "never_blood_donation"),
    ("个人献血信息", ("血液类型",), "never_blood_type"),
    ("个人行政处罚", ("处罚等级（特别严重、严重、一般、轻微）、失信行为等级、失信严重程度",), "person_scored"),
    ("个人双公示行政处罚", ("失信严重程度",), "person_scored"),
    ("个人其他不良信息", ("儿童身份证号", "失信严重程度", "不良行为事实"), "person_scored"),
    ("个人养老保险状态", ("养老保险状态",), "never_insurance_status"),
    ("个人职业服务时长", ("政治面貌", "工作单位", "服务时长"), "never_ethnicity"),
    ("个人职业汇总信息表", ("职业名称",), "never_life"),
    ("个人殡葬登记信息", ("死亡日期", "家属联系方式", "家属联系人姓名"), "never_funeral"),
    ("个人殡葬登记信息", ("家属联系方式",), "kinship"),
    ("个人儿童接种疫苗", ("儿童身份证号", "儿童性别", "最后一次疫苗接种日期", "接种疫苗次数"), "never_health"),
    ("个人儿童接种疫苗", ("儿童身份证号",), "minors"),
    ("个人社区矫正人员信息", ("服刑类别", "社区矫正类型", "矫正起始日期"), "never_correction"),
    ("个人信用评级", ("评定级别", "评定时间"), "person_scored"),
    ("个人志愿者服务", ("儿童身份证号", "积分", "政治面貌"), "person_scored"),
]

OUTSIDE: list[tuple[str, tuple[str, ...], str]] = [
    # no word in them is forbidden: they are refused because the closed vocabulary has no such domain
    ("个人学历信息", ("学历毕业学校", "学历毕业时间", "学位"), "education"),
    ("个人行贿犯罪案件", ("案件性质", "案情摘要", "涉案金额"), "criminal_files"),
    ("个人黑名单", ("主要失信事实", "认定单位"), "blacklist"),
    ("个人红名单", ("荣誉事项", "认定单位"), "redlist"),
]

ORGANISATIONS_REFUSED: list[tuple[str, tuple[str, ...], str]] = [
    ("法人欠缴费信息", ("欠缴类型名称", "欠费时段", "欠费量"), "never_utility_arrears"),
]

LEGITIMATE_PEOPLE: list[tuple[str, tuple[str, ...]]] = [
    ("个人行政许可信息", ("许可证编号", "许可证名称", "许可证内容（范围）", "许可生效期", "许可证当前状态")),
    ("个人判决信息", ("案号", "判决结果", "执行结果", "判决机关")),
    ("个人法院执行信息", ("案号", "受理法院", "案件状态", "结案日期")),
    ("个人专业技术资格", ("专业技术资格名称", "专业类别", "审批单位")),
    ("个人职业执业资格信息", ("注册证书名称", "执业资格等级", "执业单位名称")),
    ("个人从业资格信息", ("从业资格名称", "从业资格等级", "发证单位")),
    ("个人资格注（撤）销信息", ("证书编号", "资格名称", "注（撤）销机关")),
    ("个人荣誉信息", ("荣誉名称（含级别）", "荣誉事项", "证书编号", "所在单位名称")),
    ("失信被执行人", ("性别", "年龄", "执行法院", "生效法律文书确定的义务", "被执行人的履行情况")),
    ("重大税收违法失信主体", ("纳税人识别号", "案件性质", "主要违法事实", "相关法律依据及税务处理处罚情况")),
    ("拖欠农民工工资失信联合惩戒对象", ("拖欠农民工工资情况", "认定单位")),
    ("注册建造师执业资格", ("住房和城乡建设主管部门", "注册专业", "聘用企业名称")),
    ("行政处罚", ("罚款金额（万元）", "没收违法所得、没收非法财物的金额（万元）", "暂扣或吊销证照名称及编号")),
]

LEGITIMATE_ORGANISATIONS: list[tuple[str, tuple[str, ...]]] = [
    ("企业欠税公告", ("欠税税种", "累计欠税余额", "生产经营地址")),
    ("企业参保欠缴信息", ("本月欠缴金额（元）", "累计欠缴金额合计（元）", "是否补缴")),
    ("企业法院判决信息", ("案号", "执行标的", "案件状态", "执行法院")),
    ("资质登记（变更）信息", ("资质证书编号", "资质名称", "资质等级", "执业范围")),
    ("企业表彰荣誉信息", ("表彰文件号", "荣誉等级", "荣誉内容")),
    ("安全生产许可", ("死亡人数", "事故等级", "许可范围")),
    ("药品、食品经营许可", ("疫苗生产范围", "经营方式", "诊疗科目")),
    ("农业转基因生物加工审批", ("转基因生物名称", "基因工程产品类别")),
    ("婚姻介绍机构登记", ("业务范围",)),
    ("宗教活动场所登记", ("场所名称", "负责机构")),
    ("纳税信用A级纳税人", ("评价年度", "纳税信用等级", "信用评价得分")),
    ("家庭农场登记", ("经营范围", "土地面积（亩）")),
    ("城镇污水排入排水管网许可", ("排水户类型", "许可排水量")),
    ("宠物诊疗机构许可", ("宠物医院名称", "诊疗范围")),
]

DISGUISES: list[tuple[str, str]] = [
    # a word anywhere: in a name, an alias, a description, in English
    ("宗教信仰", "never_religion"), ("religious belief", "never_religion"), ("DNA 样本编号", "never_genes"),
    ("指纹编号", "never_biometrics"), ("fingerprint", "never_biometrics"), ("人脸照片", "never_biometrics"),
    ("血型", "never_blood_type"), ("既往病史", "never_health"), ("vaccination date", "never_health"),
    ("HIV检测结果", "never_health"), ("艾滋病患者", "never_health"), ("是否党员", "never_ethnicity"),
    ("行踪轨迹", "never_location"), ("通话记录", "never_communications"), ("浏览记录", "never_browsing"),
    ("购物记录", "never_purchases"), ("朋友圈", "never_social_ties"), ("信访记录", "never_petition"),
    ("网络言论", "never_opinion"), ("无偿献血次数", "never_blood_donation"), ("养犬登记号", "never_pets"),
    ("垃圾分类情况", "never_conduct"), ("闯红灯次数", "never_conduct"), ("jaywalking", "never_conduct"),
    ("年收入", "never_income"), ("存款余额", "never_wealth"), ("有价证券", "never_wealth"),
    ("商业保险", "never_wealth"), ("不动产", "never_wealth"), ("纳税数额", "never_tax_amount"),
    ("月工资", "never_income"), ("配偶姓名", "never_marriage"), ("子女姓名", "kinship"),
    ("家庭成员", "kinship"), ("household size", "kinship"), ("最低生活保障", "never_relief"),
    ("水电费欠费", "never_utility_arrears"), ("机动车登记", "never_vehicle"), ("社区矫正", "never_correction"),
    ("三好学生", "minors"), ("个人信用分", "person_scored"), ("诚信积分", "person_scored"),
    ("credit score", "person_scored"), ("丧葬补助", "never_funeral"),
]  # fmt: skip
