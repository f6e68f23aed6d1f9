"""What organisations, streets and projects are called."""

from __future__ import annotations

BRAND = (
    "澜栎晟璟沐橡霁衡禾岚朔淳砚翊堃榆汀珩渝弈铄楹蓁漪骁瀚笙荟屿岐稷蘅垚焜谧缙彧沅棠菡圻琮璞桓"
    "昱嵘祺岱钰沣霖臻芃郅翎晔琅旻铂犀隽湛朴裕鼎恒润诚瑞兴盈启拓弘景宏汇誉卓凌"
)
"""Characters that two or three of make a made-up brand."""

TRADES = {
    "construction": ("建筑工程", "建设工程", "市政工程", "装饰工程", "机电安装工程", "园林绿化工程"),
    "manufacture": ("机械制造", "电子科技", "精密铸造", "纺织", "包装材料", "五金制品", "新材料科技", "塑料制品"),
    "chemical": ("化工", "危险化学品经营", "燃气", "涂料"),
    "food": ("食品", "餐饮管理", "农产品加工", "乳业", "粮油", "饮品"),
    "retail": ("商贸", "百货", "贸易", "供应链管理", "电子商务"),
    "transport": ("物流", "运输", "汽车服务", "客运"),
    "health": ("医药", "医疗器械", "健康管理", "大药房"),
    "service": ("物业管理", "人力资源服务", "信息技术", "文化传媒", "旅行社", "家政服务", "教育咨询", "广告"),
    "estate": ("房地产开发", "置业", "房地产经纪"),
    "energy": ("能源科技", "环保科技", "电力工程", "再生资源"),
}
"""Trade group → trades as they stand in a name."""
TRADE_WEIGHTS = {
    "construction": 16, "manufacture": 16, "chemical": 4, "food": 13, "retail": 20, "transport": 8, "health": 6,
    "service": 14, "estate": 4, "energy": 4,
}  # fmt: skip
INDUSTRY = {
    "construction": "E47", "manufacture": "C33", "chemical": "C26", "food": "C14", "retail": "F52",
    "transport": "G54", "health": "F51", "service": "L72", "estate": "K70", "energy": "D44", "public": "S92",
    "social": "S95", "farm": "A01",
}  # fmt: skip
SCOPES = {
    "construction": "建设工程施工；建筑劳务分包；建筑材料销售（依法须经批准的项目，经相关部门批准后方可开展经营活动）",
    "manufacture": "生产、加工、销售自产产品；货物进出口；技术服务、技术开发、技术咨询",
    "chemical": "化工产品生产与销售（按许可证核定范围经营）；仓储服务",
    "food": "食品生产；食品销售；餐饮服务（按许可证核定范围经营）",
    "retail": "日用百货、五金交电、文具用品销售；互联网销售（除销售需要许可的商品）",
    "transport": "道路货物运输；普通货物仓储服务；装卸搬运",
    "health": "药品零售；第二类医疗器械销售；健康咨询服务（不含诊疗服务）",
    "service": "社会经济咨询服务；信息技术咨询服务；会议及展览服务",
    "estate": "房地产开发经营；非居住房地产租赁；住房租赁",
    "energy": "节能技术推广服务；资源再生利用技术研发；电力设施承装、承修、承试",
    "public": "承担法律、法规和上级机关赋予的公共管理与服务职责",
    "social": "开展行业调研、业务培训、信息交流和会员服务",
    "farm": "组织成员开展农产品的种植、销售、加工、储藏及相关技术信息服务",
}
SHOPS = ("餐饮店", "便利店", "五金经营部", "服装店", "理发店", "汽车修理部", "水果店", "建材经营部", "小吃店", "药店", "文具店", "食品店")
SHOP_TRADES = ("food", "retail", "manufacture", "retail", "service", "transport", "food", "construction", "food", "health", "retail", "food")
"""The trade group of each of :data:`SHOPS`."""
FARMS = ("果蔬种植", "水稻种植", "茶叶种植", "生猪养殖", "水产养殖", "中药材种植", "花卉苗木")
INSTITUTIONS = ("第{n}小学", "第{n}中学", "第{n}幼儿园", "第{n}社区卫生服务中心", "第{n}水质监测站", "第{n}图书分馆", "第{n}公共资源交易站")
BODIES = ("{s}街道办事处", "{s}镇人民政府")
ASSOCIATIONS = ("商会", "志愿服务协会", "职业技能培训学校", "养老服务中心", "行业研究会", "公益基金会", "体育协会", "民办幼儿园")

STREETS = tuple(
    "澄湖路 望松街 砚池巷 青榆大道 栖云路 竹溪街 白鹭洲路 晴川街 石桥巷 禾香路 枕江路 听澜街 云锦路 芦荻巷 梧桐里 "
    "朝霞路 清欢街 稻花路 暮山街 长堤路 莲塘巷 霁月路 风荷街 南屏路 橘园街 麦浪路 知秋巷 溪桥路 松涛街 鹤鸣路".split()
)
TOWNS = tuple("澄湖 望松 砚池 青榆 栖云 竹溪 白鹭洲 晴川 禾香 枕江 听澜 云锦 芦荻 梧桐 朝霞 莲塘 霁月 南屏 橘园 麦浪".split())
PROJECTS = ("安置房一期工程", "学校综合楼", "道路改造工程", "污水管网工程", "产业园标准厂房", "商住楼", "体育馆", "医院门诊楼", "公租房项目")
