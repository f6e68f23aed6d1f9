"""What stands in the cells that are neither numbers of a subject nor dates nor codes.

Each writer takes a :class:`Sheet` and a field and gives an expression or a column of text. Which writer a field
has is told by its Chinese name, so that new items of the packs are filled sensibly too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl

from goodfaith.demo.city import City
from goodfaith.demo.numbers import Rng, pick
from goodfaith.demo.words import cases
from goodfaith.demo.words.organisations import PROJECTS
from goodfaith.law import schema

Column = pl.Expr | pl.Series


@dataclass
class Sheet:
    """Rows of one item in one edition, with their subjects, units, cases and dates as columns."""

    rng: Rng
    city: City
    item: schema.Item
    edition: schema.Edition
    frame: pl.DataFrame

    def pick(self, pool: tuple[str, ...]) -> pl.Series:
        """One of ``pool`` for each row."""
        return pick(self.rng, pool, self.frame.height)

    def number(self, low: float, spread: float, unit: int = 1) -> pl.Series:
        """Log-normal whole numbers around ``low``, in steps of ``unit``."""
        drawn = self.rng.lognormal(np.log(low), spread, self.frame.height)
        return pl.Series((np.maximum(np.round(drawn / unit), 1) * unit).astype(np.int64))


Writer = Callable[[Sheet, schema.ItemField], Column]


def col(name: str) -> Writer:
    """What a column of the sheet holds."""
    return lambda sheet, field: pl.col(name)


def fixed(text: str) -> Writer:
    """The same everywhere; ``{city}`` and ``{province}`` are filled in."""
    return lambda sheet, field: pl.lit(text.format(city=sheet.city.name, province=sheet.city.province))


def one_of(*pool: str) -> Writer:
    """One of some texts."""
    return lambda sheet, field: sheet.pick(pool)


def by_kind(of_people: tuple[str, ...], of_organisations: tuple[str, ...]) -> Writer:
    """One of the texts for people, or of those for organisations."""

    def write(sheet: Sheet, field: schema.ItemField) -> Column:
        people, firms = pl.lit(sheet.pick(of_people)), pl.lit(sheet.pick(of_organisations))
        return pl.when("person").then(people).otherwise(firms)

    return write


def numbered(pattern: str) -> Writer:
    """A number such as ``示监罚〔2026〕31号``: ``{mark}``, ``{year}``, ``{serial}`` and ``{n}`` (seven digits)."""

    def write(sheet: Sheet, field: schema.ItemField) -> Column:
        parts = {
            "mark": pl.col("mark"),
            "year": pl.col("decided").dt.year().cast(pl.String),
            "serial": pl.col("serial").cast(pl.String),
            "n": pl.col("serial").cast(pl.String).str.zfill(7),
            "area": pl.lit(sheet.city.area[:4]),
            "word": pl.lit(WORDS.get(sheet.item.code, sheet.item.name.zh[:1])),
        }
        pieces = pattern.replace("}", "{").split("{")
        return pl.concat_str(parts[p] if n % 2 else pl.lit(p) for n, p in enumerate(pieces))

    return write


WORDS = {
    "licensing.administrative_licence": "许准",
    "licensing.administrative_penalty": "罚决",
    "professions.disciplinary_decision": "职罚",
    "market.abnormal_operation": "异列",
    "market.serious_breach": "严列",
    "tax.arrears_notice": "欠告",
    "tax.major_violation": "失信",
    "construction.bad_conduct": "不良",
    "construction.wage_arrears_list": "欠薪列",
    "social_insurance.contribution_default": "社缴",
    "social_insurance.serious_breach_list": "社列",
    "work_safety.serious_breach_list": "安列",
    "honours.honour": "荣认",
}
"""The word in an item's document numbers."""


def _facts(sheet: Sheet, field: schema.ItemField) -> Column:
    when = pl.col("decided").dt.offset_by("-40d").dt.strftime("%Y年%m月%d日")
    return pl.concat_str(
        pl.lit("经查，当事人于"),
        when,
        pl.lit("被发现"),
        pl.col("breach"),
        pl.lit("，上述事实有现场检查笔录、询问笔录等证据证明。"),
    )


def _result(sheet: Sheet, field: schema.ItemField) -> Column:
    fine = pl.when(pl.col("has_fine")).then(
        pl.concat_str(pl.lit("罚款人民币"), pl.col("fine").cast(pl.String), pl.lit("元"))
    )
    taken = pl.when(pl.col("has_taken")).then(
        pl.concat_str(pl.lit("没收违法所得人民币"), pl.col("taken").cast(pl.String), pl.lit("元"))
    )
    rest = (
        pl.col("kinds")
        .str.replace_all("(罚款|没收违法所得|没收非法财物);?", "")
        .str.strip_chars(";")
        .str.replace_all(";", "；")
    )
    said = pl.concat_str(pl.when(rest != "").then(rest), fine, taken, separator="；", ignore_nulls=True)
    return pl.concat_str(pl.lit("依法对当事人作出如下决定："), said, pl.lit("。"))


def _ten_thousands(column: str) -> Writer:
    return lambda sheet, field: (pl.col(column) / 10_000).round(4).cast(pl.String)


def _amount(sheet: Sheet, field: schema.ItemField) -> Column:
    if field.unit == "万元":
        return (sheet.number(30_000, 1.0, 100) / 10_000).round(4).cast(pl.String)
    return sheet.number(60_000, 1.2, 10).cast(pl.String)


def _year(sheet: Sheet, field: schema.ItemField) -> Column:
    year = pl.col("decided").dt.year()
    return (year - 1 if sheet.item.update_cycle == "yearly" else year).cast(pl.String)


def _months(sheet: Sheet, field: schema.ItemField) -> Column:
    start = pl.col("decided").dt.offset_by("-8mo").dt.strftime("%Y年%m月")
    return start + pl.lit("至") + pl.col("decided").dt.offset_by("-2mo").dt.strftime("%Y年%m月")


def _if(chance: float, writer: Writer) -> Writer:
    """Blank in some rows."""

    def write(sheet: Sheet, field: schema.ItemField) -> Column:
        there = pl.lit(pl.Series(sheet.rng.random(sheet.frame.height) < chance))
        value = writer(sheet, field)
        return pl.when(there).then(value if isinstance(value, pl.Expr) else pl.lit(value))

    return write


def nothing(sheet: Sheet, field: schema.ItemField) -> Column:
    """Left blank."""
    return pl.lit(None, dtype=pl.String)


DOCUMENT = numbered("示{mark}{word}〔{year}〕{serial}号")
BY_NAME: tuple[tuple[tuple[str, ...], Writer], ...] = (
    (("备注", "更正", "说明"), nothing),
    (("聘用企业统一", "执业机构统一", "工作单位统一"), col("employer_uscc")),
    (("聘用企业", "执业机构", "工作单位"), col("employer")),
    (("法定代表人证件号码",), _if(0.3, col("head_number"))),
    (("统一社会信用代码",), col("unit_uscc")),
    (("做出执行依据单位", "作出执行依据单位"), fixed("{city}中级人民法院")),
    (("省份",), fixed("{province}")),
    (("所属地市",), fixed("{city}")),
    (("所属区",), col("district")),
    (("行政区划", "地方编码", "区划代码"), col("area")),
    (("法院代码", "经办机构代码"), fixed("9901")),
    (("案号",), numbered("（{year}）示{area}执{serial}号")),
    (("执行依据文号",), numbered("（{year}）示{area}民初{serial}号")),
    (
        ("许可决定文书名称",),
        lambda s, f: pl.concat_str(pl.lit("准予行政许可决定书（"), pl.col("licence"), pl.lit("）")),
    ),
    (("许可证书名称", "项目名称"), col("licence")),
    (("工程项目",), one_of(*PROJECTS)),
    (("处罚名称",), lambda s, f: pl.concat_str(pl.lit("对"), pl.col("breach"), pl.lit("的行政处罚"))),
    (
        (
            "许可编号",
            "证书编号",
            "许可证编号",
            "单位编号",
            "注册编号",
            "行政许可编码",
            "行政处罚编码",
            "执业证号",
            "搜案编号",
            "承诺编码",
            "身份代码",
        ),
        numbered("ZS{area}{year}{n}"),
    ),
    (("文号", "文书号", "决定书", "决定文书"), DOCUMENT),
    (("违法行为类型", "不良行为", "违法类型"), col("breach")),
    (("行为具体情形",), one_of(*cases.CIRCUMSTANCES)),
    (("列入理由", "纳入理由", "列入经营异常名录原因"), one_of(*cases.ABNORMAL)),
    (("列入严重违法",), lambda s, f: pl.concat_str(pl.col("breach"), pl.lit("，情节严重，依法列入"))),
    (("移出经营异常名录原因", "移出严重违法失信企业名单原因", "移出原因"), one_of(*cases.REMOVALS)),
    (
        ("处理处罚情况",),
        lambda s, f: pl.concat_str(pl.lit("依据"), pl.col("basis"), pl.lit("，依法追缴税款、滞纳金并处罚款")),
    ),
    (("违法事实", "处罚事由", "事实", "简况"), _facts),
    (("依据",), col("basis")),
    (("处罚内容", "处罚结果", "处理结果"), _result),
    (("罚款金额",), _ten_thousands("fine")),
    (("没收违法所得",), _ten_thousands("taken")),
    (
        ("暂扣或吊销",),
        lambda s, f: pl.concat_str(pl.lit("营业许可证第"), pl.col("serial").cast(pl.String).str.zfill(7), pl.lit("号")),
    ),
    (("许可内容",), col("content")),
    (("资质名称",), one_of("建筑工程施工", "市政公用工程施工", "机电工程施工", "地基基础工程", "建筑装修装饰工程")),
    (("承包范围", "许可范围"), fixed("按照证书核定的范围从事经营活动")),
    (("经营范围",), col("scope")),
    (("行业代码",), col("industry")),
    (("企业类型", "组织类型", "机构类型"), col("type")),
    (("注册资本",), lambda s, f: pl.when(pl.col("kind").is_in(["enterprise", "cooperative"])).then(pl.col("capital"))),
    (("荣誉名称",), by_kind(cases.PERSONAL_HONOURS, cases.HONOURS)),
    (("荣誉内容",), fixed("经评选认定，予以通报表扬")),
    (("承诺事由",), by_kind(cases.PERSONAL_MATTERS, cases.MATTERS)),
    (("承诺内容",), fixed(cases.COMMITMENTS)),
    (
        ("确定的义务",),
        lambda s, f: pl.concat_str(
            pl.lit(s.pick(cases.DUTIES)), pl.lit(s.number(80_000, 1.1, 100)).cast(pl.String), pl.lit("元")
        ),
    ),
    (("已履行部分",), _if(0.3, fixed("已履行部分款项"))),
    (("未履行部分",), _if(0.6, fixed("其余款项未履行"))),
    (("所属期", "上报期"), _months),
    (("评价名称",), fixed("纳税缴费信用评价")),
    (("资格等级",), one_of("初级", "中级", "高级")),
    (("专业",), one_of("综合", "民商事", "财务", "临床", "机电", "土建")),
    (("地址", "住所"), col("address")),
    (("月数", "人数"), lambda s, f: s.number(6, 0.6).cast(pl.String)),
    (("机关", "单位", "部门", "机构", "法院", "来源"), col("unit_name")),
)
"""Words of which a field's Chinese name holds one → its writer. The first that fits."""
BY_TYPE: dict[str, Writer] = {
    "year": _year,
    "decimal": _amount,
    "integer": lambda s, f: s.number(5, 0.6).cast(pl.String),
    "person_name": col("head"),
    "uscc": col("unit_uscc"),
    "document_no": DOCUMENT,
}


def writer_of(field: schema.ItemField) -> Writer:
    """The writer of a field."""
    if field.type in ("person_name", "year"):
        return BY_TYPE[field.type]
    for words, writer in BY_NAME:
        if any(word in field.name.zh for word in words):
            return writer
    return BY_TYPE.get(field.type, fixed("按照规定办理"))
