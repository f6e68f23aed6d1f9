"""A small pack in which nothing is wrong; cases change one thing in it."""

from __future__ import annotations

from pathlib import Path

PACK = """\
pack:
  code: small
  name: {zh: 小数据包, en: Small pack}
  version: "1"
  sectors:
    - code: market
      name: {zh: 市场监管, en: Market regulation}
"""

INSTRUMENTS = """\
instruments:
  - code: law-a
    name: {zh: 甲法, en: Law A}
    kind: law
    issued_by: 全国人民代表大会常务委员会
    in_force: {from: 1996-10-01}
    checked: mirror
  - code: law-old
    name: {zh: 旧法, en: Old law}
    kind: law
    issued_by: 全国人民代表大会常务委员会
    in_force: {to: 2020-01-01}
    checked: mirror
  - code: order-old
    name: {zh: 旧办法, en: Old order}
    kind: departmental_rule
    issued_by: 国家发展和改革委员会
    in_force: {from: 2023-05-01, to: 2026-04-01}
    checked: mirror
  - code: order-new
    name: {zh: 新办法, en: New order}
    kind: departmental_rule
    issued_by: 国家发展和改革委员会
    in_force: {from: 2026-04-01}
    checked: mirror
"""

KINDS = """\
code_list:
  code: subject_kind
  name: {zh: 主体类别, en: Kind of subject}
  source: 双公示数据标准
  checked: mirror
  entries:
    - {code: "01", name: {zh: 自然人, en: Person}, aliases: [个人]}
    - {code: "02", name: {zh: 法人, en: Legal person}}
"""

RULE = """\
display_rule:
  code: penalty
  name: {zh: 处罚公示期, en: Display of penalties}
  versions:
    - code: new
      decided: {from: 2026-04-01}
      classes:
        - code: serious
          name: {zh: 严重, en: Serious}
          when:
            - {field: KIND, any_of: ["01"]}
          level: serious
          min_months: 12
          max_months: 36
          repair: plain
          basis: {instrument: order-new, article: 第十条, checked: mirror}
        - code: slight
          name: {zh: 轻微, en: Slight}
          level: minor
          max_months: 3
          basis: {instrument: order-new, article: 第九条, checked: mirror}
    - code: old
      decided: {to: 2026-04-01}
      classes:
        - code: all
          name: {zh: 一般, en: Ordinary}
          level: none
          max_months: 36
          basis: {instrument: order-old, article: 第八条, checked: mirror}
"""

REPAIRS = """\
repairs:
  - code: plain
    name: {zh: 信用修复, en: Repair}
    decides: {name: {zh: 处罚机关, en: The authority}, basis: {instrument: order-new, article: 第十一条, checked: mirror}}
    conditions:
      - {name: {zh: 已履行, en: Performed}, basis: {instrument: order-new, article: 第十二条, checked: mirror}}
    materials:
      - {name: {zh: 履行证明, en: Proof}, basis: {instrument: order-new, article: 第十三条, checked: mirror}}
    routes:
      - {code: performed, basis: {instrument: order-new, article: 第十二条, checked: mirror}}
    basis: {instrument: order-new, article: 第十一条, checked: mirror}
"""

LIMITS = """\
limits:
  - code: law_total
    name: {zh: 异议, en: Objection}
    procedure: objection
    step: total
    count: 20
    unit: working_days
    level: law
    in_force: {from: 2000-01-01}
    basis: {instrument: law-a, article: 第六十条, checked: mirror}
  - code: province_total
    name: {zh: 本省异议, en: Objection here}
    procedure: objection
    step: total
    count: 7
    unit: working_days
    extension: {count: 3, checked: mirror}
    suspends_for: [expert_opinion]
    level: province
    area: "99"
    in_force: {from: 2020-01-01}
    basis: {instrument: law-a, article: 第六十一条, checked: mirror}
  - code: city_total
    name: {zh: 本市异议, en: Objection in town}
    procedure: objection
    step: total
    count: 5
    unit: working_days
    extension: {total: 10, checked: unverified}
    level: city
    area: "9901"
    items: [market.penalty]
    in_force: {from: 2021-01-01, to: 2026-01-01}
    basis: {instrument: law-a, article: 第六十二条, checked: unverified}
"""

PURPOSES = """\
purposes:
  - code: self_access
    name: {zh: 本人查询, en: One's own file}
    basis:
      - {instrument: law-a, article: 第四十五条, checked: mirror}
    actors: [citizen]
    depth: full
    disclosures: [open, on_request, shared, closed]
  - code: licence_check
    name: {zh: 许可核查, en: Check before a licence}
    basis:
      - {instrument: law-a, article: 第三十四条, checked: mirror}
    actors: [officer, machine]
    roles: [clerk]
    unit_kinds: [department, court]
    depth: existence
    matter_required: true
  - code: inquiry
    name: {zh: 授权查询, en: Inquiry with consent}
    ground: consent
    basis:
      - {instrument: law-a, article: 第十三条, checked: mirror}
    actors: [officer]
    roles: [clerk]
    unit_kinds: [bank]
    items: listed
    listed: [market.penalty]
    depth: masked
  - code: inquest
    name: {zh: 案件调查, en: Investigation}
    basis:
      - {instrument: law-a, article: 第三十四条, checked: mirror}
    actors: [officer]
    roles: [clerk]
    unit_kinds: [court]
    depth: masked
    case_shown: false
    delay:
      basis: {instrument: law-a, article: 第三十五条, checked: mirror}
      max_days: 90
"""

MATTERS = """\
matters:
  - code: licence
    name: {zh: 行政许可, en: Licence}
    kind: licence
    basis:
      - {instrument: law-a, article: 第三十八条, checked: mirror}
    unit_kinds: [department]
    subjects: [person, organisation]
    purposes: [licence_check]
  - code: school_aid
    name: {zh: 学生资助, en: School aid}
    kind: school_aid
    basis:
      - {instrument: law-a, article: 第三十九条, checked: mirror}
    unit_kinds: [department]
    subjects: [person]
    purposes: [licence_check]
  - code: tender
    name: {zh: 投标审查, en: Tender}
    kind: bidding
    basis:
      - {instrument: law-a, article: 第四十条, checked: mirror}
    unit_kinds: [court]
    subjects: [organisation]
    purposes: [licence_check]
"""

MEASURES = """\
measures:
  - code: no_licence
    name: {zh: 一年内不得申请许可, en: No licence within a year}
    kind: restraint
    national_class: 1
    basis:
      - {instrument: law-a, article: 第七十八条, checked: mirror}
    enforcer: {zh: 许可机关, en: The licensing authority}
    subjects: [person, organisation]
    matters: [licence, tender]
    triggers:
      - {item: market.penalty, classes: [serious], months: 12}
    effect: {zh: 由审查人员核对后依法决定。, en: A person compares and decides by law.}
  - code: fast_lane
    name: {zh: 优先办理, en: Fast lane}
    kind: incentive
    basis:
      - {instrument: order-new, article: 第二条, checked: unverified}
    enforcer: {zh: 许可机关, en: The licensing authority}
    subjects: [organisation]
    matters: [licence]
    triggers:
      - {item: market.prize}
    effect: {zh: 可以优先办理。, en: May be taken first.}
"""

PRIZE = """\
item:
  code: market.prize
  name: {zh: 表彰, en: Commendation}
  sector: market
  catalogue_class: 11
  domain: honour
  description: {zh: 行政机关作出的表彰。, en: Commendations by authorities.}
  subjects: [organisation]
  polarity: positive
  source_authority: {zh: 行政机关, en: The authority}
  legal_basis:
    - {instrument: law-a, article: 第五十条, checked: mirror}
  disclosure: {organisation: open}
  display_rule: standing
  update_cycle: on_change
  editions:
    - code: e1
      name: {zh: 版式, en: Form}
      basis: {instrument: law-a, article: 第五十条, checked: mirror}
      subject: {name: NAME, kind: organisation, uscc: USCC}
      decided_on: DAY
      fact: [NAME, DAY]
      fields:
        - {code: NAME, name: {zh: 名称, en: Name}, type: subject_name, required: true}
        - {code: USCC, name: {zh: 代码, en: Code}, type: uscc}
        - {code: DAY, name: {zh: 日期, en: Day}, type: date, required: true}
"""

STANDING = """\
display_rule:
  code: standing
  name: {zh: 长期展示, en: Standing}
  versions:
    - code: always
      decided: {}
      classes:
        - code: standing
          name: {zh: 长期, en: Standing}
          max_months: null
          basis: {instrument: law-a, article: 第五十条, checked: mirror}
"""

AREAS = """\
areas:
  source: GB/T 2260
  checked: mirror
  entries:
    - code: "990100"
      name: {zh: 示例市, en: Shili}
      valid: {from: 2000-01-01}
    - code: "990199"
      name: {zh: 旧示例县, en: Old county}
      valid: {to: 2000-01-01}
      successor: "990100"
"""

ITEM = """\
item:
  code: market.penalty
  name: {zh: 行政处罚, en: Administrative penalties}
  sector: market
  catalogue_class: 3
  domain: administrative_penalty
  description:
    zh: 行政机关作出的行政处罚决定。
    en: Decisions on administrative penalties.
  subjects: [person, organisation]
  polarity: negative
  source_authority: {zh: 行政机关, en: The authority}
  legal_basis:
    - instrument: law-a
      article: 第四十八条
      checked: mirror
  disclosure:
    organisation: open
    person: closed
  display_rule: penalty
  update_cycle: within_7_working_days
  effective_document:
    kind: penalty_decision
    name: {zh: 行政处罚决定书, en: Penalty decision}
  editions:
    - code: e2
      name: {zh: 新版, en: New form}
      decided: {from: 2018-07-25}
      basis: {instrument: law-a, article: 第四十八条, checked: mirror}
      subject:
        name: NAME
        kind: KIND
        person_values: ["01"]
        uscc: USCC
        document_no: ID_NO
      decided_on: DAY
      document_no: NO
      authority: BY
      fact: [NO, BY]
      in_force: [DAY, UNTIL]
      fields:
        - code: NAME
          name: {zh: 行政相对人名称, en: Name of the party}
          type: subject_name
          required: true
        - code: KIND
          name: {zh: 行政相对人类别, en: Kind of the party}
          type: code
          code_list: subject_kind
          required: true
        - code: USCC
          name: {zh: 统一社会信用代码, en: USCC}
          type: uscc
          blank_if: {field: KIND, any_of: ["01"]}
        - code: ID_NO
          name: {zh: 证件号码, en: Document number}
          aliases: [身份证号]
          required: {field: KIND, any_of: ["01"]}
          sensitivity: person_number
        - code: REP
          name: {zh: 法定代表人, en: Legal representative}
          type: person_name
          sensitivity: person_name
        - code: NO
          name: {zh: 决定书文号, en: Number of the decision}
          required: true
        - code: DAY
          name: {zh: 处罚决定日期, en: Day of the decision}
          type: date
          required: true
        - code: UNTIL
          name: {zh: 处罚有效期, en: In force until}
          type: date
          not_before: DAY
        - code: BY
          name: {zh: 处罚机关, en: Authority}
          required: true
    - code: e1
      name: {zh: 旧版, en: Old form}
      decided: {to: 2018-07-25}
      basis: {instrument: law-a, article: 全文, checked: mirror}
      subject: {name: NAME, kind: ID_NO, uscc: USCC, document_no: ID_NO}
      decided_on: DAY
      document_no: NO
      fact: [NO]
      fields:
        - {code: NAME, name: {zh: 相对人, en: Party}, type: subject_name, required: true}
        - {code: USCC, name: {zh: 代码, en: Code}, type: uscc}
        - {code: ID_NO, name: {zh: 居民身份证号, en: ID number}, sensitivity: person_number}
        - {code: NO, name: {zh: 文号, en: Number}, required: true}
        - {code: DAY, name: {zh: 日期, en: Day}, type: date, required: true}
"""

FILES = {
    "pack.yaml": PACK,
    "instruments/all.yaml": INSTRUMENTS,
    "code_lists/subject_kind.yaml": KINDS,
    "repairs/all.yaml": REPAIRS,
    "display_rules/penalty.yaml": RULE,
    "display_rules/standing.yaml": STANDING,
    "limits/all.yaml": LIMITS,
    "purposes/all.yaml": PURPOSES,
    "matters/all.yaml": MATTERS,
    "measures/all.yaml": MEASURES,
    "items/prize.yaml": PRIZE,
    "areas/all.yaml": AREAS,
    "items/penalty.yaml": ITEM,
}


def write(root: Path, name: str = "small", changed: dict[str, str] | None = None) -> Path:
    """The pack under ``root``, with some files replaced; returns ``root``."""
    for path, text in {**FILES, **(changed or {})}.items():
        target = root / name / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return root


def line_of(text: str, words: str) -> int:
    """The line (from 1) on which ``words`` stand first."""
    return text[: text.index(words)].count("\n") + 1
