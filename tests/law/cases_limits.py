"""What the checker must refuse in limits, repairs and the classes of negative items; the shape is that of :mod:`.cases`."""

from __future__ import annotations

LIMITS, REPAIRS, RULE = "limits/all.yaml", "repairs/all.yaml", "display_rules/penalty.yaml"
LAW = "instrument: law-a, article: 第六十条"
CITY_DAYS = "    in_force: {from: 2021-01-01, to: 2026-01-01}\n"

LIMIT_CASES: list[tuple[str, str, str, str, str]] = [
    # limits
    (LIMITS, LAW, "instrument: law-z, article: 第六十条", "instrument_unknown", "law-z"),
    (LIMITS, LAW, "instrument: order-old, article: 第六十条", "basis_stale", "order-old"),
    (LIMITS, LAW, "instrument: order-new, article: 第六十条", "basis_not_yet", "order-new"),
    (LIMITS, "checked: mirror}\n  - code: province", "}\n  - code: province", "checked_missing", "第六十条"),
    (LIMITS, "    step: total\n    count: 20", "    step: repair_accept\n    count: 20", "step_mismatch", "repair_accept"),
    (LIMITS, "    step: total\n    count: 20", "    step: someday\n    count: 20", "bad_choice", "someday"),
    (LIMITS, "    procedure: objection\n", "    procedure: petition\n", "bad_choice", "petition"),
    (LIMITS, "unit: working_days", "unit: weeks", "bad_choice", "weeks"),
    (LIMITS, "count: 20", "count: -1", "bad_number", "count: -1"),
    (LIMITS, "count: 20", "count: 400", "bad_number", "count: 400"),
    (LIMITS, "count: 5\n", "count: 0\n", "ok", ""),
    (LIMITS, '    area: "99"\n', "", "area_missing", "level: province"),
    (LIMITS, "    level: law\n", '    level: law\n    area: "99"\n', "area_unused", 'area: "99"\n    in_force: {from: 2000'),
    (LIMITS, 'area: "9901"', 'area: "99"', "area_mismatch", 'area: "99"\n    items'),
    (LIMITS, 'area: "9901"', 'area: "990"', "bad_code", '"990"'),
    (LIMITS, "{count: 3, checked: mirror}", "{checked: mirror}", "extension_shape", "extension: {checked"),
    (LIMITS, "{count: 3, checked: mirror}", "{count: 3, total: 12, checked: mirror}", "extension_shape", "extension: {count"),
    (LIMITS, "{total: 10,", "{total: 5,", "extension_too_short", "total: 5,"),
    (LIMITS, "{total: 10,", "{total: 6,", "ok", ""),
    (LIMITS, "{count: 3, checked: mirror}", "{count: 0, checked: mirror}", "bad_number", "count: 0"),
    (LIMITS, "[expert_opinion]", "[holidays]", "bad_choice", "[holidays]"),
    (LIMITS, "items: [market.penalty]", "items: [market.none]", "item_unknown", "market.none"),
    (LIMITS, "items: [market.penalty]", "sectors: [tax]", "sector_unknown", "[tax]"),
    (LIMITS, "items: [market.penalty]", "sectors: [market]", "ok", ""),
    (LIMITS, 'level: city\n    area: "9901"\n    items: [market.penalty]', 'level: province\n    area: "99"', "limits_overlap",
     "{from: 2021-01-01, to: 2026-01-01}"),
    (LIMITS, 'level: city\n    area: "9901"\n    items: [market.penalty]\n' + CITY_DAYS,
     'level: province\n    area: "99"\n    in_force: {from: 2019-01-01, to: 2020-01-01}\n', "ok", ""),
    (LIMITS, 'level: city\n    area: "9901"', 'level: province\n    area: "99"', "ok", ""),
    (LIMITS, "count: 5\n", "count: 8\n", "limit_laxer", "count: 8"),
    (LIMITS, "count: 5\n    unit: working_days", "count: 8\n    unit: days", "ok", ""),
    (LIMITS, "code: city_total", "code: law_total", "duplicate_code", "code: law_total\n    name: {zh: 本市"),
    # repairs
    (REPAIRS, "instrument: order-new, article: 第十三条", "instrument: order-z, article: 第十三条", "instrument_unknown", "order-z"),
    (REPAIRS, "      - {code: performed,", "      - {code: paid_service,", "bad_choice", "paid_service"),
    (REPAIRS, "    routes:\n", "    routes:\n      - {code: performed, basis: {instrument: law-a, article: 第一条, checked: mirror}}\n",
     "duplicate_code", "order-new, article: 第十二条, checked: mirror}}\n    basis"),
    (REPAIRS, "    materials:\n      - {name: {zh: 履行证明, en: Proof}, basis: {instrument: order-new, article: 第十三条, checked: mirror}}\n",
     "    materials: []\n", "empty", "materials"),
    # classes of negative items
    (RULE, "          level: serious\n", "", "level_missing", ""),
    (RULE, "level: serious", "level: dreadful", "bad_choice", "dreadful"),
    (RULE, "repair: plain", "repair: other", "repair_unknown", "repair: other"),
    (RULE, "repair: plain", "repair_barred: true", "barred_basis_missing", "repair_barred"),
    (RULE, "repair: plain", "repair_barred: true\n          barred_basis: {instrument: order-new, article: 第十四条, checked: mirror}",
     "ok", ""),
    (RULE, "repair: plain", "repair_barred: true\n          barred_basis: {instrument: order-z, article: 第十四条, checked: mirror}",
     "instrument_unknown", "order-z"),
    (RULE, "repair: plain", "repair: plain\n          repair_barred: true", "repair_and_barred", "repair: plain"),
    (RULE, "max_months: 36\n          repair: plain", "max_months: null\n          ends: by_itself", "ends_without_months", "ends:"),
]  # fmt: skip
