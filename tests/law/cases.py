"""What the checker must find: (file, what is there, what is put in its place, code, words on the line named)."""

from __future__ import annotations

from .cases_limits import LIMIT_CASES
from .cases_using import USING

ITEM = "items/penalty.yaml"
RULE = "display_rules/penalty.yaml"
KINDS = "code_lists/subject_kind.yaml"

OPEN_BY_ORDER = "  open_basis:\n    basis: {instrument: order-new, article: 第一条, checked: mirror}\n  display_rule:"

CASES: list[tuple[str, str, str, str, str]] = [
    # what the file looks like
    (ITEM, "  polarity: negative", "\tpolarity: negative", "yaml_tab", "\tpolarity"),
    (ITEM, "  sector: market", "  sector: market\n  sector: tax", "duplicate_key", "  sector: tax"),
    (ITEM, "  sector: market", "  sektor: market", "unknown_key", "sektor"),
    (ITEM, "item:", "items:", "top_key", "items:"),
    (ITEM, "name: {zh: 行政处罚, en", "name: {zh: 行政处罚, en: [", "yaml_syntax", "name:"),
    (ITEM, "catalogue_class: 3", "catalogue_class: 14", "bad_number", "catalogue_class"),
    (ITEM, "polarity: negative", "polarity: bad", "bad_choice", "polarity"),
    (ITEM, "      article: 第四十八条\n", "", "article_missing", "- instrument: law-a"),
    (ITEM, "  update_cycle: within_7_working_days\n", "", "key_missing", "item:"),
    (ITEM, "    kind: penalty_decision", "    kind: 01", "bad_choice", "kind: 01"),
    (ITEM, "decided: {to: 2018-07-25}", "decided: {to: 2018-02-30}", "bad_date", "2018-02-30"),
    (RULE, "decided: {to: 2026-04-01}", "decided: {from: 2026-04-02, to: 2026-04-01}", "empty_range", "2026-04-02"),
    ("pack.yaml", "code: small", "code: other", "pack_code_mismatch", "code: other"),
    # boundary 1
    (
        ITEM,
        "  legal_basis:\n    - instrument: law-a\n      article: 第四十八条\n      checked: mirror\n",
        "",
        "legal_basis_missing",
        "item:",
    ),
    (
        ITEM,
        "  effective_document:\n    kind: penalty_decision\n    name: {zh: 行政处罚决定书, en: Penalty decision}\n",
        "",
        "effective_document_missing",
        "polarity",
    ),
    (ITEM, "      document_no: NO\n      authority", "      authority", "document_no_missing", "- code: e2"),
    (
        ITEM,
        "en: Number of the decision}\n          required: true",
        "en: Number of the decision}\n          required: false",
        "document_no_not_required",
        "required: false",
    ),
    (ITEM, "domain: administrative_penalty", "domain: education", "domain_unknown", "domain: education"),
    (ITEM, "catalogue_class: 3", "catalogue_class: 11", "catalogue_class_mismatch", "catalogue_class"),
    (ITEM, "domain: administrative_penalty", "domain: administrative_inspection", "subject_not_allowed", "subjects:"),
    # boundary 9
    (ITEM, "    person: closed", "    person: open", "open_basis_missing", "person: open"),
    (
        ITEM,
        "    person: closed\n  display_rule:",
        "    person: open\n" + OPEN_BY_ORDER,
        "open_basis_too_low",
        "basis: {instrument: order-new",
    ),
    (ITEM, "    person: closed\n", "", "disclosure_missing", "disclosure:"),
    (ITEM, "subjects: [person, organisation]", "subjects: [organisation]", "disclosure_unused", "person: closed"),
    (
        ITEM,
        "          sensitivity: person_number",
        "          sensitivity: internal",
        "person_number_open",
        "- code: ID_NO",
    ),
    (
        ITEM,
        "          type: person_name\n          sensitivity: person_name",
        "          type: text",
        "person_name_open",
        "- code: REP",
    ),
    (
        ITEM,
        "          aliases: [身份证号]",
        "          aliases: [身份证号]\n          sensitivity: open",
        "duplicate_key",
        "          sensitivity: person_number",
    ),
    # references
    (ITEM, "    - instrument: law-a", "    - instrument: law-b", "instrument_unknown", "law-b"),
    (ITEM, "  sector: market", "  sector: tax", "sector_unknown", "sector: tax"),
    (ITEM, "display_rule: penalty", "display_rule: other", "display_rule_unknown", "display_rule: other"),
    (ITEM, "code_list: subject_kind", "code_list: kinds", "code_list_unknown", "code_list: kinds"),
    (
        ITEM,
        "decided_on: DAY\n      document_no: NO\n      authority",
        "decided_on: DATE\n      document_no: NO\n      authority",
        "field_unknown",
        "decided_on: DATE",
    ),
    (ITEM, "fact: [NO, BY]", "fact: [NO, WHO]", "field_unknown", "WHO"),
    (ITEM, "in_force: [DAY, UNTIL]", "in_force: [DAY, END]", "field_unknown", "END"),
    (ITEM, "        uscc: USCC\n", "        uscc: CODE\n", "field_unknown", "uscc: CODE"),
    (ITEM, "          not_before: DAY", "          not_before: DATE", "field_unknown", "not_before: DATE"),
    (
        ITEM,
        'required: {field: KIND, any_of: ["01"]}',
        'required: {field: SORT, any_of: ["01"]}',
        "field_unknown",
        "SORT",
    ),
    (
        ITEM,
        'required: {field: KIND, any_of: ["01"]}',
        'required: {field: KIND, any_of: ["09"]}',
        "code_unknown",
        '"09"',
    ),
    (ITEM, 'person_values: ["01"]', "person_values: [自然人]", "code_unknown", "person_values"),
    (ITEM, '        person_values: ["01"]\n', "", "person_values_missing", "      subject:\n"),
    (ITEM, "        document_no: ID_NO\n", "", "subject_number_missing", "      subject:\n"),
    (ITEM, "        uscc: USCC\n", "", "subject_number_missing", "      subject:\n"),
    (ITEM, "        kind: KIND", "        kind: person", "subject_kind", "kind: person"),
    # codes, headers, forms
    (ITEM, "aliases: [身份证号]", "aliases: [处罚机关]", "alias_clash", "name: {zh: 处罚机关"),
    (
        ITEM,
        "        - code: REP",
        "        - code: NAME",
        "duplicate_code",
        "        - code: NAME\n          name: {zh: 法定",
    ),
    (ITEM, "    - code: e1", "    - code: e2", "duplicate_code", "    - code: e2\n      name: {zh: 旧版"),
    (ITEM, "decided: {to: 2018-07-25}", "decided: {to: 2019-01-01}", "editions_overlap", "2019-01-01"),
    (
        ITEM,
        "en: Day of the decision}\n          type: date",
        "en: Day of the decision}\n          type: text",
        "decided_on_not_date",
        "decided_on",
    ),
    (ITEM, "          code_list: subject_kind\n", "", "code_without_list", "- code: KIND"),
    (KINDS, '"02"', '"01"', "duplicate_code", "法人"),
    (KINDS, "{zh: 法人, en: Legal person}", "{zh: 法人, en: Legal person}, aliases: [个人]", "alias_clash", "法人"),
    # display rules
    (RULE, "decided: {to: 2026-04-01}", "decided: {to: 2026-05-01}", "versions_overlap", "from: 2026-04-01"),
    (RULE, "decided: {to: 2026-04-01}", "decided: {to: 2026-03-31}", "versions_gap", "from: 2026-04-01"),
    (RULE, "decided: {to: 2026-04-01}", "decided: {from: 2023-05-01, to: 2026-04-01}", "display_gap", ""),
    (RULE, "decided: {from: 2026-04-01}", "decided: {from: 2026-04-01, to: 2030-01-01}", "display_gap", ""),
    (
        RULE,
        "          max_months: 3\n",
        '          max_months: 3\n          when: [{field: KIND, any_of: ["02"]}]\n',
        "last_class_conditional",
        'when: [{field: KIND, any_of: ["02"]}]',
    ),
    (
        RULE,
        '          when:\n            - {field: KIND, any_of: ["01"]}\n',
        "",
        "class_unreachable",
        "- code: serious",
    ),
    (
        RULE,
        "        - code: slight",
        """        - code: longer
          name: {zh: 更长, en: Longer}
          when:
            - {field: KIND, any_of: ["02"]}
          max_months: 48
          basis: {instrument: order-new, article: 第十条, checked: mirror}
        - code: slight""",
        "class_order",
        "- code: longer",
    ),
    (RULE, "min_months: 12", "min_months: 48", "months_reversed", "min_months"),
    (RULE, '{field: KIND, any_of: ["01"]}', "{field: KIND}", "condition_empty", "{field: KIND}"),
    (RULE, "{field: KIND,", "{field: SORT,", "condition_field_unknown", ""),
    (RULE, 'any_of: ["01"]', 'any_of: ["77"]', "condition_code_unknown", ""),
    (RULE, "  versions:", "  counted_from: SERVED\n  versions:", "counted_from_unknown", ""),
    (RULE, "instrument: order-old", "instrument: order-new", "basis_not_yet", "instrument: order-new, article: 第八条"),
    (RULE, "instrument: order-new, article: 第九条", "instrument: order-old, article: 第九条", "basis_stale", "第九条"),
    (ITEM, "    - instrument: law-a", "    - instrument: order-old", "basis_stale", "legal_basis"),
    (
        ITEM,
        "{instrument: law-a, article: 第四十八条",
        "{instrument: order-new, article: 第一条",
        "basis_not_yet",
        "order-new",
    ),
    # purposes and areas
    (
        "purposes/all.yaml",
        "    depth: full",
        "    depth: full\n    items: listed\n    listed: [market.none]",
        "item_unknown",
        "market.none",
    ),
    ("purposes/all.yaml", "    depth: full", "    depth: full\n    items: listed", "listed_mismatch", "self_access"),
    *USING,
    *LIMIT_CASES,
    ("areas/all.yaml", 'successor: "990100"', 'successor: "990101"', "area_unknown", "990101"),
    ("areas/all.yaml", '"990199"', '"990100"', "ok", ""),
    # occupations
    (ITEM, "domain: administrative_penalty", "domain: professional_qualification", "occupations_missing", "domain:"),
    (ITEM, "polarity: negative", "polarity: negative\n  occupations: [律师]", "ok", ""),
]
