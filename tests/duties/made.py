"""Documents of the genre made at random, whose tasks are known as they are made: notes, labels, sentences, tables."""

from __future__ import annotations

import calendar
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Row = tuple[str | None, str, list[str], list[str], Any, bool]
"""(clause, mode, full names of the leading, of the others, deadline, open), as in ``documents/truth``."""


def words(text: str) -> list[str]:
    return text.split()


HEADINGS = words(
    "规范涉企行政行为 明确总体目的 鼓励社会力量参与 完善激励政策及标准 推动信用信息共享 健全守信激励与失信惩戒机制 加强诚信教育 深化应用 "
    "强化事中事后监管 提升“双公示”质量 打造“信用+”场景 推进“一网通办” 做到应归尽归 坚持统筹推进 项目建设 中小企业信用"
)
TITLES = words(
    "建立健全信用承诺制度 推进信用信息归集共享 规范失信惩戒措施 开展诚信宣传教育活动 完善统一社会信用代码制度 清理拖欠企业账款 推行告知承诺制 "
    "推动“信易+”落地 规范行政执法行为 建立“红黑名单”制度 加强12345热线办理 推进5G网络建设 做好第三方评估 项目审批提速 减轻企业负担"
)
WORDS = (
    "按照“谁主管、谁负责”的原则，加快完善有关制度，确保取得实效。",
    "严格执行《社会信用体系建设规划纲要（2014—2020年）》（国发〔2014〕21号）有关规定。",
    "推动第一、二、三产业融合发展，提高服务水平。",
    "对符合条件的企业（含个体工商户）给予支持，办理时间压缩至1.5个工作日以内。",
    "企业（以下简称市场主体）可通过平台查询，实现“一网通办”。",
    "重点做好以下工作：健全目录，完善标准，加强审核。",
    "各级各部门要高度重视，明确专人负责，抓好工作落实。",
    "一是完善制度，二是强化监督，三是严格考核。",
    "新增服务网点3个，培训人员2000人次，资金投入1.2亿元。",
)
OWN = words(
    "发展改革委 教育局 工业和信息化局 公安局 民政局 司法局 财政局 人力资源和社会保障局 自然资源和规划局 住房和城乡建设局 农业农村局 水务局 商务局 "
    "文化和旅游局 卫生健康委 市场监管局 行政审批局 大数据局 城市管理局 法院 检察院 总工会 妇联 工商联 供销社 政务服务中心 公共资源交易中心"
)
NATIONAL = words(
    "国家发展改革委 教育部 工业和信息化部 公安部 民政部 财政部 人力资源社会保障部 商务部 人民银行 国务院国资委 海关总署 税务总局 市场监管总局 证监会 "
    "国家能源局 最高人民法院 全国总工会 中央宣传部 中央网信办"
)
PLACES = {"市": "江城市", "县": "清河县", "区": "东湖区", "州": "云山州", "盟": "锡原盟", "国": "国务院"}
BELOW = {
    "市": ["各县（市、区）人民政府", "各县区", "各区、县级市人民政府"],
    "县": ["各乡镇人民政府", "各乡镇（街道）"],
    "区": ["各街道办事处", "各镇人民政府"],
    "州": ["各县市人民政府"],
    "盟": ["各旗县市（区）人民政府"],
}
MANY = ("各", "相关", "有关", "市直", "县直", "州直", "盟直", "区级")


@dataclass
class Maker:
    """``level``: of the issuer. ``rows``: what a careful official reads in what was made."""

    seed: int
    rows: list[Row] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self.level: str = self.one(list(PLACES))
        self.place = PLACES[self.level]
        self.year: int = self.one([2019, 2020, 2022, 2024, 2025])

    def one(self, of: Any) -> Any:
        return self.random.choice(of)

    def often(self, share: float) -> bool:
        return self.random.random() < share

    def office(self) -> str:
        return "国务院办公厅" if self.level == "国" else f"{self.place}人民政府办公室"

    def unit(self) -> str:
        if self.level == "国":
            return str(self.one([*NATIONAL, "各地区", "各有关部门"]))
        if self.often(0.75):
            return self.level + str(self.one(["委宣传部", "委网信办", "政府办公室"] if self.often(0.15) else OWN))
        by_place = [f"人民银行{self.place[:2]}市分行", f"{self.place[:2]}海关", f"国家税务总局{self.place}税务局"]
        direct = [
            f"{self.level}{'级' if self.level == '区' else '直'}有关部门",
            "各有关部门",
            "各行业主管部门",
            "相关部门",
        ]
        return str(self.one(self.one([BELOW[self.level], by_place, direct])))

    def units(self, count: int, besides: list[str], omit: bool = True) -> tuple[str, list[str]]:
        """(as written, full names)"""
        names: list[str] = []
        while len(names) < count:
            name = self.unit()
            if name not in names and name not in besides:
                names.append(name)
        return self.written(names, omit and self.level != "国" and self.often(0.35)), names

    def written(self, names: list[str], omit: bool) -> str:
        words, before = names[0], self.plain(names[0])
        for name in names[1:]:
            plain = self.plain(name)
            words += self.one("、、、，") + (name[len(self.level) :] if omit and plain and before else name)
            before = plain
        return words

    def plain(self, name: str) -> bool:
        """Whether the level before the name may be left out."""
        return name.startswith(self.level) and name[len(self.level) :] in OWN

    def limit(self) -> tuple[str, Any]:
        year, month = self.year, self.random.randint(1, 12)
        end = f"{year}-{month:02}-{calendar.monthrange(year, month)[1]}"
        yearly = f"{month:02}-{calendar.monthrange(2023, month)[1]}"
        limits = [
            (f"{year}年{month}月底前完成", end), (f"{year}年{month}月", end), (f"{year + 1}年底前", f"{year + 1}-12-31"),
            ("持续推进", "ongoing"), ("长期坚持", "ongoing"), ("常态化开展", "ongoing"),
            (f"每年{month}月底前", {"yearly": yearly}), (f"{year}年{month}月15日前完成", f"{year}-{month:02}-15"),
            (f"到{year + 1}年", f"{year + 1}-12-31"), (f"{year}年第三季度", f"{year}-09-30"),
        ]  # fmt: skip
        chosen: tuple[str, Any] = self.one(limits)
        return chosen

    def mode_of(self, names: list[str]) -> str:
        return "single" if len(names) == 1 and not names[0].startswith(MANY) else "joint"

    def verb_note(self) -> tuple[str, Row]:
        """``A牵头，B配合，……`` and its kin."""
        lead_words, lead = self.units(self.random.randint(1, 2), [])
        part_words, part = self.units(self.random.randint(1, 4), lead)
        words, deadline = self.limit() if self.often(0.5) else ("", None)
        limit, is_open = f"{self.one('，，；')}{words}" if words else "", False
        form = self.one(["leads", "leads", "joint", "together", "alone"])
        if form == "leads":
            if self.often(0.2) and not part[-1].startswith(MANY):
                part_words, is_open = part_words + self.one(["等", "等部门", "等有关部门"]), True
            does = self.one(["配合", "参与", "参加", "按职责分工负责", "协助"])
            said = f"{lead_words}牵头{self.one('，；、')}{part_words}{does}"
            return said + limit, (None, "lead+others", lead, part, deadline, is_open)
        if form == "together":
            return f"{lead_words}会同{part_words}负责{limit}", (None, "lead+others", lead, part, deadline, False)
        if form == "alone":
            return f"{lead_words}牵头负责{limit}", (None, "lead_only", lead, [], deadline, False)
        does = self.one(["按职责分工负责", "负责", "分别负责", "按照职责分工负责"])
        return f"{part_words}{does}{limit}", (None, self.mode_of(part), [], part, deadline, False)

    def label_note(self, between: str) -> tuple[str, Row]:
        """``牵头单位：A；配合单位：B；完成时限：……``."""
        lead_words, lead = self.units(self.random.randint(1, 2), [])
        part_words, part = self.units(self.random.randint(1, 4), lead)
        words, deadline = self.limit() if self.often(0.5) else ("", None)
        limit = f"{between}{self.one(['完成时限', '完成时间', '时间节点'])}：{words}" if words else ""
        if self.often(0.6):
            said = f"{self.one(['牵头单位', '牵头部门'])}：{lead_words}{between}{self.one(['配合单位', '责任单位'])}：{part_words}"
            return said + limit, (None, "lead+others", lead, part, deadline, False)
        return f"责任单位：{part_words}{limit}", (None, self.mode_of(part), [], part, deadline, False)

    def clause(self, label: str, number: str, style: str, apart: str) -> str:
        body = apart + "".join(self.random.sample(WORDS, self.random.randint(1, 3)))
        between = "\n" if style == "lines" else self.one("；，。")
        said, row = self.verb_note() if style in ("bracket", "sentence") else self.label_note(between)
        self.rows.append((label, *row[1:]))
        note = {"bracket": self.one(["（%s）", "(%s)", "〔%s〕", "[%s]"]), "labels": "（%s）", "lines": "\n%s"}.get(
            style, "%s。"
        )
        return f"{number}{self.one(TITLES)}{body}{note % said}"


def chinese(number: int) -> str:
    digits = "零一二三四五六七八九十"
    if number <= 10:
        return digits[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")


SCHEMES: dict[str, tuple[Callable[[int], str], Callable[[int], str], bool]] = {
    "一（一）": (lambda n: f"（{chinese(n)}）", lambda n: f"（{chinese(n)}）", False),
    "一（一）running": (lambda n: f"（{chinese(n)}）", lambda n: f"（{chinese(n)}）", True),
    "一1": (str, lambda n: f"{n}.", False),
    "一1running": (str, lambda n: f"{n}．", True),
    "一（1）": (lambda n: f"（{n}）", lambda n: f"（{n}）", False),
    "一1、": (str, lambda n: f"{n}、", False),
    "章条": (lambda n: f"第{chinese(n)}条", lambda n: f"第{chinese(n)}条 ", True),
}
"""Scheme → (label, number as written, whether numbers run on across chapters)."""


def text(seed: int) -> tuple[str, list[Row]]:
    """A notice with a plan in chapters and clauses, and its tasks."""
    made = Maker(seed)
    plan = made.one(["推进社会信用体系建设实施方案", "优化营商环境若干措施", "加强诚信建设工作要点"])
    lines = [
        f"{made.office()}关于印发《{plan}》的通知", f"江政办发〔{made.year}〕12号", "各有关单位：",
        f"《{plan}》已经同意，现印发给你们，请认真贯彻执行。", made.office(), f"{made.year}年3月5日", plan,
        "为深入贯彻党中央、国务院决策部署，制定本方案。",
    ]  # fmt: skip
    scheme, style = made.one(list(SCHEMES)), made.one(["bracket", "labels", "lines", "inline", "sentence"])
    label, number, runs = SCHEMES[scheme]
    apart, count = made.one(["。", "。", "\n"]), 0
    for chapter in range(1, made.random.randint(3, 5)):
        before = f"第{chinese(chapter)}章 " if scheme == "章条" else f"{chinese(chapter)}、"
        lines.append(before + made.one(HEADINGS))
        count = count if runs else 0
        for _ in range(made.random.randint(2, 4)):
            count += 1
            lines.append(made.clause(label(count), number(count), style, apart))
    return "\n".join(lines) + "\n", made.rows


NAMES = {
    "task": ("工作任务", "重点任务", "任务内容", "工作内容"), "other": ("具体措施", "工作要求"), "person": ("责任领导", "分管领导"),
    "lead": ("牵头单位", "主办单位"), "part": ("配合单位", "责任单位", "参与单位"), "charge": ("责任单位", "责任部门"),
    "when": ("完成时限", "完成时间", "时限"), "remark": ("备注",),
}  # fmt: skip


def table(seed: int) -> tuple[str, list[Row]]:
    """A table of division of work, and its tasks."""
    made = Maker(seed)
    between = made.one(["\t", "\t", " | ", "    ", "\n", " "])
    marked, numbered = between in ("\t", " | "), between in ("\n", " ") or made.often(0.7)
    columns = ["task", *(["other"] if made.often(0.25) else []), *(["person"] if marked and made.often(0.2) else [])]
    columns += ["lead", "part"] if made.often(0.65) else ["charge"]
    columns += [*(["when"] if made.often(0.8) else []), *(["remark"] if marked and made.often(0.2) else [])]
    title = f"{'' if made.level == '国' else made.place}{made.year}年重点工作任务分解表"
    lines = [title, between.join([*(["序号"] if numbered else []), *(made.one(NAMES[column]) for column in columns)])]
    for number in range(1, made.random.randint(3, 9)):
        lines.append(between.join([*([str(number)] if numbered else []), *_cells(made, columns, numbered, number)]))
        if between == " | ":
            lines[-1] = f"| {lines[-1]} |"
    return "\n".join(lines) + "\n注：各单位按季度报送进展情况。\n", made.rows


def _cells(made: Maker, columns: list[str], numbered: bool, number: int) -> list[str]:
    lead_words, lead = made.units(made.random.randint(1, 2), [], omit=False)
    part_words, part = made.units(made.random.randint(1, 3), lead, omit=False)
    words, deadline = made.limit() if "when" in columns else ("", None)
    said = {
        "task": made.one(TITLES) + made.one(["", "，确保取得实效", "，新增3个试点"]), "other": "健全目录，完善标准",
        "person": made.one(["王志强", "李华"]), "lead": lead_words, "part": part_words, "charge": part_words, "when": words,
        "remark": "",
    }  # fmt: skip
    label = str(number) if numbered else None
    if "lead" in columns:
        made.rows.append((label, "lead+others", lead, part, deadline, False))
    else:
        made.rows.append((label, made.mode_of(part), [], part, deadline, False))
    return [said[column] for column in columns]
