"""An invented letter of each kind, with everything in it that it can hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from goodfaith.rights.letters import answers, course, decisions, guide, units
from goodfaith.rights.letters.letter import Letter
from goodfaith.rights.letters.parts import Article, Head, Limit, Office, RecordFacts, Remedy
from goodfaith.rights.letters.words import letter_number

D = dt.date
OFFICE = Office(
    "示例市公共信用信息中心",
    "示例市行政中心二号楼一层3号窗口",
    "0990-1234567",
    "权益保障科",
    "工作日 9:00—12:00，14:00—17:30",
)
HEAD = Head(OFFICE, letter_number("示例信复", 2026, 17), "XF-2026-000123", "李明", D(2026, 11, 27))
UNIT_HEAD = Head(OFFICE, letter_number("示例信函", 2026, 8), "XF-2026-000123", "示例市市场监督管理局", D(2026, 11, 27))
ENTERPRISE = "示例市高黎贡山生态农业科技发展（集团）股份有限公司第二分公司"
RECORD = RecordFacts(
    "行政处罚", "示例市市场监督管理局", "示市监处罚〔2026〕第0123号", D(2026, 5, 18), ENTERPRISE,
    "019a2b3c-4d5e-7f60-8a9b-0c1d2e3f4a5b",
)  # fmt: skip
BARE = RecordFacts(RECORD.item, RECORD.authority, RECORD.document_no, RECORD.decided_on, "", RECORD.record_id)
SEVEN = Limit("七个工作日", D(2026, 12, 8))
ARTICLE = Article(
    "信用修复管理办法（示例文本）", "第十二条",
    "申请信用修复，应当同时具备下列条件：（一）公示已满最短期限；（二）已经纠正失信行为、履行完毕法定责任和义务；"
    "（三）公开作出信用承诺；（四）法律、法规规定的其他条件。认定单位应当自收到申请之日起三个工作日内决定是否受理。",
)  # fmt: skip
SECOND = Article(
    "社会信用条例（示例文本）", "第三十一条第二款", "信用主体认为信息有错误、遗漏或者超期展示的，有权提出异议。"
)
REMEDIES = (
    Remedy("申请行政复议", "示例市人民政府", "自收到本文书之日起六十日内", D(2027, 1, 26), "《中华人民共和国行政复议法》第二十条"),
    Remedy("提起行政诉讼", "示例市中级人民法院", "自收到本文书之日起六个月内", D(2027, 5, 27), "《中华人民共和国行政诉讼法》第四十六条"),
)  # fmt: skip


def acceptance() -> Letter:
    return course.acceptance(HEAD, course.Acceptance(
        "信用修复申请", D(2026, 11, 24), D(2026, 11, 27), "示例市市场监督管理局", SEVEN, (ARTICLE,), RECORD,
        ("该记录继续展示，并注明“修复申请办理中”", "您可以随时补充材料或者撤回申请"),
    ))  # fmt: skip


def supplement() -> Letter:
    return course.supplement(HEAD, course.Supplement(
        "信用修复申请", D(2026, 11, 24),
        (course.Missing("罚款缴纳凭证", "证明处罚决定确定的义务已经履行完毕", "向开户银行或者财政非税窗口打印；也可以授权我们向财政部门核对"),
         course.Missing("信用承诺书（签名并注明日期）", "修复须以公开承诺为条件", "登录平台在线填写，或者使用窗口备有的格式文本"),
         course.Missing("授权委托书", "申请由他人代为提交", "由委托人签名；本人到窗口办理的不需要")),
        Limit("十个工作日", D(2026, 12, 11)), "登录平台在“我的—办理进度”中上传，或者送交、邮寄至下方地址",
        "补正期间不计入办理期限", "视为放弃本次申请，不影响以后再次申请，已经提交的材料届时退还", (ARTICLE,),
    ))  # fmt: skip


def not_accepted() -> Letter:
    return course.not_accepted(HEAD, course.NotAccepted(
        "信用修复申请", D(2026, 11, 24),
        ("该记录的公示自2026年5月18日起算，最短公示期为一年，申请时尚未届满", "罚款尚有5000元没有缴纳"),
        (ARTICLE,), REMEDIES, RECORD,
        ("2027年5月18日起、缴清罚款后，可以重新申请", "认为记录本身有错误的，可以随时提出异议，不受上述时间限制"),
    ))  # fmt: skip


def extension() -> Letter:
    return course.extension(HEAD, course.Extension(
        "异议申请", D(2026, 11, 18), D(2026, 11, 27), Limit("五个工作日", D(2026, 12, 4)),
        "记录涉及外地机关作出的决定，需要向该机关核实原件", "示例市公共信用信息中心负责人", (SECOND,),
        ("记录上的异议标注保留", "核查时不以该记录为唯一依据"),
    ))  # fmt: skip


def suspension() -> Letter:
    return course.suspension(HEAD, course.Suspension(
        "异议申请", D(2026, 11, 18), D(2026, 11, 27), "签名的真伪需要司法鉴定，鉴定机构已于2026年11月26日受理委托",
        "收到鉴定意见", "四个工作日", (SECOND,), ("记录上的异议标注保留",),
    ))  # fmt: skip


def objection(outcome: str = "corrected") -> Letter:
    changes = (
        decisions.Change("行政相对人名称", "示例市高黎贡山生态农业发展有限公司", ENTERPRISE),
        decisions.Change("罚款金额（万元）", "50.000000", "5.000000"), decisions.Change("处罚有效期", "2027年5月18日", ""),
    )  # fmt: skip
    return decisions.objection_decision(HEAD, decisions.ObjectionDecision(
        outcome, D(2026, 11, 18), RECORD, "罚款金额应为5万元，记录为50万元，多了一个零。附处罚决定书复印件一份。",
        ("经向示例市市场监督管理局调取示市监处罚〔2026〕第0123号行政处罚决定书原件核对，决定书第三页载明罚款人民币伍万元整。",
         "记录的错误产生于2026年5月20日的报送文件，该文件以“元”为单位填写，未换算为“万元”。"),
        D(2026, 11, 27), (SECOND,), REMEDIES, changes if outcome == "corrected" else (),
        ("示例市公共资源交易中心", "示例商业银行股份有限公司"),
    ))  # fmt: skip


def repair_granted() -> Letter:
    return decisions.repair_decision(HEAD, decisions.RepairDecision(
        True, D(2026, 11, 20), RECORD,
        ("公示已于2026年11月18日满最短期限；罚款已于2026年6月2日缴清；您已于2026年11月20日公开作出信用承诺。",),
        D(2026, 11, 27), (ARTICLE,), REMEDIES,
        ("该记录终止公示", "该记录停止共享和使用", "依据该记录采取的惩戒措施予以解除"),
        told=("信用示例网站", "示例市公共资源交易中心"),
    ))  # fmt: skip


def repair_refused() -> Letter:
    return decisions.repair_decision(HEAD, decisions.RepairDecision(
        False, D(2026, 11, 20), RECORD, ("经向财政部门核对，罚款5万元中有5000元没有缴纳。",), D(2026, 11, 27), (ARTICLE,), REMEDIES,
        reasons=("法定责任和义务没有履行完毕",), again_from=D(2026, 12, 1), mend=("缴清余下的罚款5000元", "保留缴款凭证"),
    ))  # fmt: skip


def repair_guide() -> Letter:
    return guide.repair_guide(HEAD, guide.RepairGuide(
        RECORD, "一般", D(2026, 5, 18), D(2026, 8, 18), D(2027, 5, 17), "示例市市场监督管理局",
        ("公示满三个月", "违法行为已经纠正，罚款已经缴清", "公开作出信用承诺"),
        ("履行义务的证明（缴款凭证、整改报告等，能够由部门间核对的不必提交）", "信用承诺书"),
        ("网上：登录“信用中国”网站或者本平台，在“我的—信用修复”中提交", "窗口：示例市行政中心二号楼一层3号窗口"),
        "收到申请之日起三个工作日内决定是否受理，一般在十个工作日内答复",
        ("终止公示，停止共享和使用，解除惩戒措施", "向使用过该记录的单位发出撤回通知，第三方网站应当同步撤下"),
        (ARTICLE, SECOND), "“信用中国”网站和本平台的公开页面",
    ))  # fmt: skip


def complaint() -> Letter:
    return answers.complaint_answer(HEAD, answers.ComplaintAnswer(
        D(2026, 11, 2), "示例市某局工作人员在没有办理事项的情况下查询了本人档案（查询日志第10482条）。",
        ("该次查询填写的案号在该局办件系统中查无此件，操作人员陈述系误填。", "查询结果没有导出，没有发现对外提供。"),
        "该次查询没有正当目的，投诉成立", REMEDIES,
        ("已暂停该操作人员的查询权限，并移送其所在单位处理", "该局须在2026年12月11日前书面报告整改情况"), (SECOND,),
    ))  # fmt: skip


def information() -> Letter:
    return answers.information_answer(HEAD, answers.InformationAnswer(
        "查阅、复制", D(2026, 11, 20), "请提供贵平台保存的有关本人的全部个人信息，以及2026年以来查询过的单位。",
        ("经核对，平台保存的有关您的个人信息共23条，来自4个单位。",), (SECOND,), REMEDIES,
        (("登记注册信息", "2条，来自示例市公安局"), ("职称和职业信息", "3条，来自示例市人力资源和社会保障局")),
        ("提供全部记录的副本（附件一）", "提供2026年1月1日以来的查询日志（附件二）"),
        ("2026年10月的1条查询暂不提供：因办理案件依法缓期告知，期满后自动在“谁查过我”中显示",),
        ("有关本人的记录副本", "查询日志"),
    ))  # fmt: skip


def recall(reason: str = "corrected") -> Letter:
    return units.recall(UNIT_HEAD, units.Recall(
        "019a2b3c-0000-7f60-8a9b-0c1d2e3f4a5b", reason, BARE, D(2026, 11, 27),
        (units.Look(10482, D(2026, 6, 3), "公共资源交易资格审查"), units.Look(11007, D(2026, 9, 21), "财政资金申请审查")),
        ("停止使用该记录，并从本单位系统中更正或者删除", "依据原记录作出过决定的，重新审查并告知当事人", "转送过其他单位或者个人的，一并通知"),
        D(2026, 12, 11), "在平台“权益—撤回通知”中确认，或者由系统接口提交", (SECOND,),
    ))  # fmt: skip


def forwarding() -> Letter:
    return units.forwarding(UNIT_HEAD, units.Forwarding(
        "异议申请", ENTERPRISE, D(2026, 11, 24), RECORD, "罚款金额应为5万元，记录为50万元，多了一个零。",
        ("处罚决定书载明的罚款金额", "报送文件与决定书是否一致，错误产生的原因", "是否同意更正，更正后的内容"),
        Limit("三个工作日", D(2026, 12, 2)), "在平台“权益—待我答复”中填写并上传决定书", "逾期没有答复的，本中心依规定先行停止展示该记录",
        (SECOND,), ("异议申请书", "处罚决定书复印件"),
    ))  # fmt: skip


SAMPLES: dict[str, Callable[[], Letter]] = {
    one.__name__: one for one in (
        acceptance, supplement, not_accepted, extension, suspension, objection, repair_granted, repair_refused,
        repair_guide, complaint, information, recall, forwarding,
    )
}  # fmt: skip
