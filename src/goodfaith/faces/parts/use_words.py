"""Purposes, matters and measures in words, for every face: who may look, why, how deep, and what bears where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodfaith.faces.parts.catalogue_words import disclosure_name, subject_name
from goodfaith.faces.parts.words import listed, named
from goodfaith.law.basics import LegalBasis
from goodfaith.law.packs import Catalogue
from goodfaith.law.schema import Matter, Measure, Purpose
from goodfaith.law.using import PROTECTED, MatterKind, Trigger

KINDS = get_args(MatterKind)


def unit_kind_name(code: str) -> str:
    """A kind of unit."""
    return {
        "credit_office": _("信用主管部门"),
        "department": _("政府部门"),
        "county": _("县（市、区）"),
        "court": _("人民法院"),
        "association": _("行业协会"),
        "agency": _("征信机构"),
        "bank": _("银行"),
        "investigator": _("侦查、检察和监察机关"),
    }.get(code, code)


def role_name(code: str) -> str:
    """A kind of officer."""
    return {"clerk": _("经办人"), "credit_office": _("信用主管部门工作人员"), "auditor": _("审计员")}.get(code, code)


def matter_kind_name(code: str) -> str:
    """A kind of matter."""
    return {
        "licence": _("许可审批"),
        "registration": _("登记"),
        "procurement": _("政府采购"),
        "bidding": _("招标投标"),
        "subsidy": _("财政性资金"),
        "appointment": _("录用任职"),
        "honour": _("评优评先"),
        "housing": _("住房保障"),
        "school_aid": _("教育资助"),
        "public_service": _("基本公共服务"),
        "qualification": _("资质"),
        "tax": _("税务"),
        "commitment": _("告知承诺"),
        "supervision": _("监督检查"),
        "finance": _("授信"),
    }.get(code, code)


def kind_name(kind: str) -> str:
    """Restraint or incentive."""
    return {"restraint": _("限制"), "incentive": _("激励")}.get(kind, kind)


def depth_name(purpose: Purpose) -> str:
    """How much is shown."""
    if purpose.matter_required:
        return _("只答复有没有影响本事项的措施，不给看记录")
    return {
        "full": _("完整显示"),
        "masked": _("姓名和号码部分遮盖"),
        "existence": _("只能看到有没有，看不到内容"),
    }[purpose.depth]


def who(purpose: Purpose) -> str:
    """Who may use a purpose, in one line."""
    if not purpose.unit_kinds:
        return _("只有本人（自然人，或者法人和其他组织自己）")
    units = listed(unit_kind_name(kind) for kind in purpose.unit_kinds)
    if purpose.own_unit_only:
        units += _("，只限自己单位提供的记录")
    return units


def hands(purpose: Purpose) -> str:
    """By whose hand: officers by role, systems."""
    parts = [role_name(role) for role in purpose.roles] if "officer" in purpose.actors else []
    return listed([*parts, _("单位的业务系统")] if "machine" in purpose.actors else parts)


def opens(purpose: Purpose) -> str:
    """Which records it opens."""
    if purpose.matter_required:
        return _("不打开记录；按办理事项查对措施清单")
    if purpose.items == "all":
        what = _("授权时写明的条目") if purpose.ground == "consent" else _("目录中的各个条目")
    else:
        n = len(purpose.listed)
        what = ngettext("所列 %(n)s 个条目", "所列 %(n)s 个条目", n) % {"n": n}
    return _("%(what)s，%(limit)s") % {"what": what, "limit": shut(purpose)}


def shut(purpose: Purpose) -> str:
    """Which records stay shut for a purpose."""
    closed = [disclosure_name(code) for code in ("on_request", "shared", "closed") if code not in purpose.disclosures]
    return _("不包括“%(classes)s”的记录") % {"classes": listed(closed)} if closed else _("包括“不公开”的记录")


def told(purpose: Purpose) -> str:
    """When and what the subject is told of a look."""
    text = _("立即告知，并出现在“谁查过我”")
    if purpose.delay is not None:
        days = purpose.delay.max_days
        longest = ngettext("最长 %(n)s 天", "最长 %(n)s 天", days) % {"n": days}
        text = _("依法可以推迟告知，%(longest)s；到期自动出现在“谁查过我”") % {"longest": longest}
    return text if purpose.case_shown else text + _("；不显示案号")


@dataclass(frozen=True, slots=True)
class Brings:
    """One trigger of a measure in words; ``item`` is the code for the link, ``name`` the item's name."""

    item: str
    name: str
    limits: str


def brings(book: Catalogue, trigger: Trigger) -> Brings:
    """Which records bring the measure."""
    item = book.items.get(trigger.item)
    name = named(item.name) if item else trigger.item
    parts = []
    if trigger.classes and item is not None:
        parts.append(_("限于") + listed(_classes(book, item.display_rule, trigger.classes)))
    if trigger.months:
        text = ngettext("作出后 %(n)s 个月内", "作出后 %(n)s 个月内", trigger.months) % {"n": trigger.months}
        parts.append(text)
    return Brings(trigger.item, name, _("；").join(parts))


def _classes(book: Catalogue, rule_code: str, wanted: Iterable[str]) -> list[str]:
    """Names of display classes, each once, in the order of the rule."""
    rule = book.display_rules.get(rule_code)
    classes = [each for version in rule.versions for each in version.classes] if rule else []
    names = [named(each.name) for each in classes if each.code in set(wanted)]
    return list(dict.fromkeys(names))


@dataclass(frozen=True, slots=True)
class Bearing:
    """A measure as a page shows it."""

    measure: Measure
    kind: str
    subjects: str
    brought: list[Brings]
    basis: tuple[LegalBasis, ...]
    listed_as: str

    @property
    def sign(self) -> str:
        """The status tag's colour: cinnabar restrains, jade rewards."""
        return "restraint" if self.measure.kind == "restraint" else "order"


def bearing(book: Catalogue, measure: Measure) -> Bearing:
    """One measure in words."""
    return Bearing(
        measure,
        kind_name(measure.kind),
        listed(subject_name(kind) for kind in measure.subjects),
        [brings(book, trigger) for trigger in measure.triggers],
        measure.basis,
        list_entry(measure),
    )


def list_entry(measure: Measure) -> str:
    """Where the national list of restraints has it; empty for incentives and what was not seen there."""
    if measure.national_class is None:
        return ""
    said = {
        1: _("第一类：须有法律、法规或者党中央、国务院政策文件依据"),
        2: _("第二类：不减损权利的管理措施"),
        3: _("第三类：由市场主体自主决定"),
    }[measure.national_class]
    return _("%(said)s（“%(entry)s”）") % {"said": said, "entry": measure.list_entry} if measure.list_entry else said


def bearing_on(book: Catalogue, matter: Matter) -> list[Bearing]:
    """The measures that bear on a matter, restraints first."""
    found = (each for each in book.measures.values() if matter.code in each.matters)
    return [bearing(book, each) for each in sorted(found, key=lambda each: (each.kind != "restraint", each.code))]


def brought_by(book: Catalogue, item: str) -> list[tuple[Bearing, list[Matter]]]:
    """What a record of this item can bring, and in which matters."""
    found = (each for each in book.measures.values() if any(item == trigger.item for trigger in each.triggers))
    ordered = sorted(found, key=lambda each: (each.kind != "restraint", each.code))
    return [(bearing(book, each), [book.matters[code] for code in each.matters if code in book.matters])
            for each in ordered]  # fmt: skip


def in_order(book: Catalogue) -> list[Matter]:
    """The matters as people meet them, by kind; those in which no person can be restrained last."""
    return sorted(book.matters.values(), key=lambda each: (protected(each), KINDS.index(each.kind), each.code))


def protected(matter: Matter) -> bool:
    """Whether no restraint may bear on a person here."""
    return matter.kind in PROTECTED
