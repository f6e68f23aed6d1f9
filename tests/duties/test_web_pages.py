"""Documents copied from a website or a part of one: what stands around the words, and what is left of them."""

from __future__ import annotations

from typing import Any

import pytest

from goodfaith.duties.reading import as_json, read_text

TITLE = "云海市人民政府办公室关于印发云海市诚信建设工作方案的通知\n"
NOTICE = """
云海政办〔2020〕12号

各县（市、区）人民政府，市直有关部门：

《云海市诚信建设工作方案》已经市政府同意，现印发给你们，请认真贯彻执行。
"""
SIGNED = "\n云海市人民政府办公室\n2020年3月5日\n"
PLAN = """
云海市诚信建设工作方案

为推进诚信建设，结合我市实际，制定本方案。

一、主要任务

（一）加强信息归集。完善归集目录，按月报送，提高数据质量，做到应归尽归。（市发展改革委牵头，市财政局、审计局配合，2020年6月底前完成）
"""
LAST = """
（二）推进联合惩戒。对失信主体依法实施惩戒，加大公开力度。

牵头单位：市市场监管局

完成时限：2020年12月底前
"""


def said(text: str) -> list[Any]:
    """Header and tasks, with the words of the notes."""
    answer = as_json(read_text(text))
    header = [answer["document"][key] for key in ("title", "doc_no", "issuer", "signed", "addressees")]
    keys = ("clause", "title", "lead_units_full", "participating_units_full", "deadline", "note")
    return [header, [[task[key] for key in keys] for plan in answer["plans"] for task in plan["tasks"]]]


def tasks(text: str) -> list[list[Any]]:
    """(clause, leading, others, deadline)"""
    return [[one[0], *one[2:5]] for one in said(text)[1]]


BASE = said(TITLE + NOTICE + SIGNED + PLAN + LAST)

ABOVE = [
    r"当前位置：首页 > 政务公开 > 政策文件 > 市政府办公室文件",
    r"您现在的位置： 首页>>信息公开>>规范性文件",
    r"首页 / 政务公开 / 法定主动公开内容 / 通知公告",
    r"所在位置：首页 → 公开 → 文件",
    r">> 专题专栏 >> 归档专题 >> 2020年重点工作（已归档）",
    r"云海市人民政府 > 信息公开",
    r"索 引 号：000014349/2020-00012	主题分类：综合政务",
    r"索引号	000014349/2020-00012",
    r"标　　题：云海市人民政府办公室关于印发云海市诚信建设工作方案的通知",
    r"發文機關：云海市人民政府办公室",
    r"信息公开类别：主动公开",
    r"发布时间：2020-03-11 10:20:11 来源：市政府办公室 浏览次数：1234 字体：[大 中 小]",
    r"2020年03月11日 10:20 来源：云海市人民政府网",
    r"时间：2020-03-11 17:01 浏览次数： 信息来源：云海市政府",
    r"文章来源：市政府信息公开办  点击数：22",
    r"【字体：大 中 小】【打印】【关闭】",
    r"【 浏览字号： 大 中 小 】",
    r"A+ A- 打印 收藏",
    r"分享到：微信 微博 QQ空间",
    r"分享",
    r"语音播报",
    r"视力保护色：",
    r"繁體 简体 无障碍阅读 长者模式",
    r"有效性：现行有效 废止日期：",
    r"公开类别　主动公开",
    "公开类别\n主动公开",
    "公开方式\n依申请公开",
    "信息分类\n农业、林业、水利",
    "主题分类：\n综合政务 > 社会信用",
    "主题分类\n城乡建设/住房保障\n公开属性\n主动公开",
    r"法定主动公开内容",
    r"信息公开目录 信息公开指南",
    r"云海市人民政府门户网站 www.example.gov.cn",
]

WITHIN = [
    r"【返回顶部】",
    r"返回顶部",
    r"返回页首",
    r"上一页 下一页",
    r"1 2 3 4 下一页",
    r"【第1页】【第2页】",
    r"[1] [2] [下一页]",
    r"扫一扫在手机打开当前页",
    r"打印本页",
]

BELOW = [
    r"上一篇：云海市人民政府关于公布权责清单的通知",
    r"下一篇：关于做好2020年6月底前有关工作的通知",
    r"【上一篇】关于某事的通知",
    r"相关附件",
    r"附件下载：云海市诚信建设工作方案.pdf",
    r"1.云海市诚信建设工作方案.pdf",
    r"相关解读：《云海市诚信建设工作方案》政策解读",
    r"【政策解读】市发展改革委负责人解读诚信建设工作方案",
    r"政策解读",
    r"一图读懂：云海市诚信建设工作方案",
    r"主办单位：云海市人民政府　承办单位：云海市大数据管理局",
    r"版权所有：云海市人民政府",
    r"滇ICP备05000001号 滇公网安备53010302000001号",
    r"网站标识码：5300000001",
    r"网站地图 | 联系我们 | 隐私声明",
    r"地址：云海市人民路1号 邮编：650000",
    r"咨询电话：市发展改革委 0871-1234567",
    r"打印本页 关闭窗口",
    r"打印",
    r"初审：李四 复审：王五 终审：赵六",
    r"您是第 12345 位访问者",
    r"我要纠错",
    r"主动公开",
]


@pytest.mark.parametrize("line", ABOVE)
def test_what_a_site_prints_above_changes_nothing(line: str) -> None:
    assert said(f"{line}\n\n{TITLE}{NOTICE}{SIGNED}{PLAN}{LAST}") == BASE
    assert said(f"{TITLE}\n{line}\n{NOTICE}{SIGNED}{PLAN}{LAST}") == BASE


@pytest.mark.parametrize("line", WITHIN)
def test_what_a_site_prints_between_changes_nothing(line: str) -> None:
    whole = TITLE + NOTICE + SIGNED + PLAN + LAST
    assert said(whole.replace("\n（二）", f"\n{line}\n\n（二）")) == BASE
    assert said(whole.replace("完成时限", f"{line}\n\n完成时限")) == BASE
    assert said(whole.replace("市财政局、", f"市财政局、\n{line}\n")) == BASE


@pytest.mark.parametrize("line", BELOW)
def test_what_a_site_prints_below_changes_nothing(line: str) -> None:
    assert said(f"{TITLE}{NOTICE}{SIGNED}{PLAN}{LAST}\n{line}\n") == BASE


COPIES = [
    "抄送：云海市委办公室，市人大常委会办公室、市政协办公室。",
    "抄送:云海市委各部门，市人大常委会办公室，\n　　　市政协办公室，市监委、中级法院、检察院。\n云海市人民政府办公室　　2020年3月6日印发",
    "分送：各县（市、区）人民政府，市政府各部门。\n－－－－－－－－－－－－－－",
    "报：市委办公室、市人大常委会办公室。\n送：市纪委监委，市中级法院。\n发：各县（市、区）人民政府。",
    "主送：市政府各部门。\n\n抄 送：市委办公室，市检察院。",
    "－－－－－－－－－－－－－－\n抄报：省人民政府办公厅，省信用办。\n云海市人民政府办公室文电科",
]
LONG = "（三）开展宣传。组织诚信宣传，营造良好氛围。 —— 牵头领导：林某；牵头单位：市教育局；配合单位：市民政局；完成时限：长期坚持\n"


@pytest.mark.parametrize("copies", COPIES)
@pytest.mark.parametrize("last", ["", LONG])
def test_who_gets_copies_ends_the_text(copies: str, last: str) -> None:
    whole = TITLE + NOTICE + SIGNED + PLAN + LAST + last
    assert said(f"{whole}\n{copies}\n") == said(whole)
    assert said(f"{whole}{copies}\n") == said(whole)


def test_a_whole_foot_with_who_runs_the_site() -> None:
    foot = "\n".join((*BELOW, "承办单位：云海市大数据管理局", "滇ICP备05000001号", "联系电话：0871-1234567"))
    assert said(TITLE + NOTICE + SIGNED + PLAN + LAST + foot) == BASE


def test_a_label_on_the_last_line_is_a_duty_and_no_foot() -> None:
    text = TITLE + NOTICE + SIGNED + PLAN + "（二）加强宣传。广泛开展宣传，营造良好氛围。\n承办单位：市教育局\n"
    assert tasks(text)[1] == ["（二）", [], ["市教育局"], None]


def test_names_above_their_values() -> None:
    block = "索引号：\n000014349/2020-00012\n发文机关：\n云海市人民政府办公室\n成文日期：\n2020年03月05日\n发文字号：\n云海政办〔2020〕12号\n"
    assert said(block + TITLE + "\n".join(NOTICE.split("\n")[2:]) + PLAN + LAST)[0][:4] == BASE[0][:4]


OFFICES = (
    *("中共云海市委全面依法治市委员会办公室", "云海市推进“放管服”改革工作专班", "云海市乡村振兴工作领导小组"),
    *("云海市社会信用体系建设联席会议", "云海市优化营商环境指挥部", "国家税务总局云海市税务局", "商务部办公厅"),
)


@pytest.mark.parametrize("office", OFFICES)
@pytest.mark.parametrize("annexes", ["", "\n附件：1.云海市诚信建设工作方案\n      2.任务分工表\n"])
def test_who_signed_and_when(office: str, annexes: str) -> None:
    if annexes and not office.endswith(("办公室", "税务局", "办公厅")):
        annexes = ""
    title = TITLE.replace("云海市人民政府办公室", office)
    text = f"{title}{NOTICE}{annexes}\n{office}\n2020年3月5日\n{PLAN}{LAST}"
    assert said(text)[0][2:4] == [office, "2020-03-05"]


def test_signed_on_one_line_and_above_the_title() -> None:
    one = "\n云海市人民政府办公室　　2020年3月5日\n"
    assert said(TITLE + NOTICE + one + PLAN + LAST)[0][3] == "2020-03-05"
    assert said(NOTICE + SIGNED + PLAN + LAST)[0][3] == "2020-03-05"


EXCERPTS = [
    (
        "12.信用承诺。推行告知承诺。（市司法局牵头）\n27.信用修复。简化流程。（市发改委牵头）\n41.人才培养。建设队伍。（市人社局牵头）",
        ["12", "27", "41"],
    ),
    (
        "（六）行动计划。实施如下项目：\n28.创业项目。扶持创业。（市人社局牵头）\n三、构建支撑体系\n（二）创新体系。实施如下项目：\n"
        "35.服务中心。建设中心。（市委组织部牵头）\n五、强化实施\n43.组织领导。加强领导。（市委组织部牵头）",
        ["28", "35", "43"],
    ),
    (
        "七、监督管理\n（九）加强检查。定期通报。（市财政局负责）\n（十二）建立制度。出台办法。（市司法局负责）",
        ["（九）", "（十二）"],
    ),
    (
        "第七条 信用档案。建立档案。（市发改委负责）\n第十九条 报告应用。推广应用。（市财政局负责）",
        ["第七条", "第十九条"],
    ),
    (
        "三、健全机制\n35.信用平台\n建设统一平台，归集各类数据。\n责任单位：市大数据局\n52.联合惩戒\n依法实施惩戒，加大力度。\n责任单位：市市场监管局",
        ["35", "52"],
    ),
    (
        "……\n（五）政务公开。及时公开。（市政府办负责）\n……\n（十一）司法公信。加强公开。（市法院负责）\n（略）",
        ["（五）", "（十一）"],
    ),
]


@pytest.mark.parametrize(("text", "clauses"), EXCERPTS)
def test_an_excerpt_keeps_its_numbers(text: str, clauses: list[str]) -> None:
    assert [one[0] for one in tasks(text)] == clauses


def test_a_number_within_a_sentence_begins_no_clause() -> None:
    text = "一、主要任务\n（一）压减材料。申报材料不得超过\n30.其余材料通过共享获取。按照本条第\n（九）项办理。（市政务局负责）\n（二）优化流程。提速办理。（市数据局负责）"
    assert [one[0] for one in tasks(text)] == ["（一）", "（二）"]


def test_a_page_that_lost_its_line_breaks() -> None:
    text = "云海市信用建设2020年工作要点为推进信用建设，制定本要点。一、夯实基础1.完善目录。修订目录。（市发改委负责）2.归集数据。按月归集。（市大数据局负责）二、强化应用3.推广报告。广泛应用。（市财政局负责）"
    assert said(text)[0][0] == "云海市信用建设2020年工作要点"
    assert [one[0] for one in tasks(text)] == ["1", "2", "3"]


AFTER = (
    *("以上任务均于2020年12月底前完成。", "各牵头单位要于每季度末报送进展情况。", "请各责任单位抓好落实。"),
    *("市信用办将适时组织督查，结果纳入年度考核。", "本方案自印发之日起施行。", "上述工作完成情况纳入考核。"),
    *("各县（市、区）要结合实际制定实施方案。", "市发展改革委要加强统筹协调，重大事项及时报告。"),
)


@pytest.mark.parametrize("words", AFTER)
@pytest.mark.parametrize("note", ["由各县（市、区）人民政府、云海高新区管委会负责。", "由市教育局牵头，团市委配合。"])
def test_a_paragraph_about_all_clauses_hides_no_sentence_that_says_who(words: str, note: str) -> None:
    found = tasks(f"{TITLE}{NOTICE}{SIGNED}{PLAN}（二）加强宣传。广泛开展宣传，营造氛围。{note}\n　　{words}\n")
    assert [one[0] for one in found] == ["（一）", "（二）"]


MATTERS = [
    (
        "关于“健全追溯体系”的问题，由市农业局会同市工商局、质监局等部门研究提出意见。",
        ["市农业局"],
        ["市工商局", "市质监局"],
        None,
    ),
    ("关于健全追溯体系问题，由市农业局负责，6月底前完成。", [], ["市农业局"], "2020-06-30"),
    ("关于扩大试点的事项，由市商务局、财政局会同有关部门办理。", ["市商务局", "市财政局"], ["有关部门"], None),
]


@pytest.mark.parametrize(("words", "lead", "others", "deadline"), MATTERS)
def test_a_matter_and_who_deals_with_it(words: str, lead: list[str], others: list[str], deadline: str | None) -> None:
    found = tasks(f"{TITLE}{NOTICE}{SIGNED}云海市诚信建设工作方案\n为推进工作，制定本方案。\n一、分工\n（一）{words}\n")
    assert found == [["（一）", lead, others, deadline]]


DRESSES = [
    "   > **牵头单位：** 市审计局\n   >\n   > **配合单位：** 市财政局\n   >\n   > **完成时限：** 2020年9月底前",
    ">> 牵头单位：市审计局\n>>\n>> 配合单位：市财政局\n>>\n>> 完成时限：2020年9月底前",
    "- **牵头单位**：市审计局\n- **配合单位**：市财政局\n- **完成时限**：2020年9月底前",
    "```\n牵头单位：市审计局；配合单位：市财政局\n完成时限：2020年9月底前\n```",
    "| 牵头单位 | 市审计局 |\n|---|---|\n| 配合单位 | 市财政局 |\n| 完成时限 | 2020年9月底前 |",
    "牵头单位 | 市审计局\n配合单位 | 市财政局\n完成时限 | 2020年9月底前",
]


@pytest.mark.parametrize("words", DRESSES)
def test_labels_in_markdown(words: str) -> None:
    found = tasks(f"{TITLE}{NOTICE}{SIGNED}{PLAN}\n（二）**加强审计。** 按年度开展审计，公布结果。\n\n{words}\n")
    assert found[1] == ["（二）", ["市审计局"], ["市财政局"], "2020-09-30"]


NOTES = [
    ("（市发改委牵头 市财政局、审计局配合 2020年6月底前完成）", ["市发改委"], ["市财政局", "市审计局"], "2020-06-30"),
    ("责任单位：市司法局（局长李四）、各乡镇", [], ["市司法局", "各乡镇"], None),
    ("（市委宣传部、市文明办，市直各新闻媒体）", [], ["市委宣传部", "市文明办", "市直各新闻媒体"], None),
    ("（市公安局牵头，各有关县、县级市配合）", ["市公安局"], ["各有关县、县级市"], None),
    ("（市文化局牵头，南安银监分局、云海证监分局参加）", ["市文化局"], ["南安银监分局", "云海证监分局"], None),
    ("由市财政局会同审计局研究提出办法，报市政府批准。", ["市财政局"], ["市审计局"], None),
    (
        "由市文明办会同工商联、团市委等部门开展，每年9月20日前完成评选。",
        ["市文明办"],
        ["市工商联", "团市委"],
        {"yearly": "09-20"},
    ),
    ("由市发改委牵头、市大数据局负责技术支撑，2020年9月底前建成平台。", ["市发改委"], ["市大数据局"], "2020-09-30"),
]


@pytest.mark.parametrize(("words", "lead", "others", "deadline"), NOTES)
def test_notes_of_other_hands(words: str, lead: list[str], others: list[str], deadline: object) -> None:
    found = tasks(f"{TITLE}{NOTICE}{SIGNED}{PLAN}（二）加强宣传。广泛开展宣传，营造氛围。{words}\n")
    assert found[1] == ["（二）", lead, others, deadline]
