"""What the checker must refuse in purposes, matters and measures; the shape is that of :mod:`.cases`."""

from __future__ import annotations

PURPOSES, MATTERS, MEASURES = "purposes/all.yaml", "matters/all.yaml", "measures/all.yaml"
CHECK_USERS = "    roles: [clerk]\n    unit_kinds: [department, court]\n"
CONSENT_TAIL = "    items: listed\n    listed: [market.penalty]\n    depth: masked\n"
DELAY = "    delay:\n      basis: {instrument: law-a, article: 第三十五条, checked: mirror}\n      max_days: 90\n"
RESTRAINT_BASIS = "    basis:\n      - {instrument: law-a, article: 第七十八条, checked: mirror}\n"
TRIGGER = "{item: market.penalty, classes: [serious], months: 12}"

USING: list[tuple[str, str, str, str, str]] = [
    # purposes: who may look, at what, how deep (boundaries 7 and 8)
    (PURPOSES, "    unit_kinds: [department, court]\n", "", "unit_kinds_missing", "actors: [officer, machine]"),
    (PURPOSES, CHECK_USERS, "    unit_kinds: [department, court]\n", "roles_missing", "actors: [officer, machine]"),
    (PURPOSES, "    depth: full\n", "    depth: full\n    unit_kinds: [bank]\n", "unit_kinds_unused", "[bank]"),
    (PURPOSES, "unit_kinds: [department, court]", "unit_kinds: [ministry]", "bad_choice", "[ministry]"),
    (PURPOSES, CONSENT_TAIL, CONSENT_TAIL + "    disclosures: [open, closed]\n", "consent_opens_closed", "[open, closed]"),
    (
        PURPOSES,
        "    depth: existence\n    matter_required: true\n",
        "    depth: existence\n    matter_required: true\n    disclosures: [shared, closed]\n",
        "closed_opened",
        "[shared, closed]",
    ),
    (PURPOSES, "    ground: consent\n", "    ground: habit\n", "bad_choice", "ground: habit"),
    (PURPOSES, "listed: [market.penalty]\n    depth: masked", "listed: [market.penalty]\n    depth: full",
     "depth_too_deep", "full\n  - code: inquest"),
    (PURPOSES, "    actors: [citizen]\n", "    actors: [citizen, officer]\n    roles: [clerk]\n    unit_kinds: [court]\n",
     "depth_too_deep", "depth: full"),
    (PURPOSES, "    depth: existence\n", "    depth: masked\n", "check_too_deep", "    depth: masked\n    matter_required"),
    (PURPOSES, "max_days: 90", "max_days: 366", "delay_too_long", "max_days"),
    (PURPOSES, "max_days: 90", "max_days: 365", "ok", ""),
    (PURPOSES, "max_days: 90", "max_days: 0", "bad_number", "max_days"),
    (PURPOSES, "      basis: {instrument: law-a, article: 第三十五条, checked: mirror}\n", "", "basis_missing", "delay:"),
    (PURPOSES, "{instrument: law-a, article: 第三十五条", "{instrument: order-new, article: 第三十五条",
     "delay_basis_too_low", "第三十五条"),
    (PURPOSES, "{instrument: law-a, article: 第三十五条", "{instrument: law-z, article: 第三十五条",
     "instrument_unknown", "第三十五条"),
    (PURPOSES, CONSENT_TAIL, CONSENT_TAIL + DELAY, "delay_with_consent", "delay:"),
    (PURPOSES, "{instrument: law-a, article: 第十三条", "{instrument: order-old, article: 第十三条", "basis_stale", ""),
    # matters
    (MATTERS, "    purposes: [licence_check]\n", "    purposes: [no_such]\n", "purpose_unknown", "[no_such]"),
    (MATTERS, "    purposes: [licence_check]\n", "    purposes: []\n", "empty", "purposes: []"),
    (MATTERS, "unit_kinds: [department]\n", "unit_kinds: [department, county]\n", "unit_kinds_mismatch", "[licence_check]"),
    (MATTERS, "[licence_check]", "[licence_check, inquiry]", "unit_kinds_mismatch", "[licence_check, inquiry]"),
    (MATTERS, "[licence_check]", "[self_access]", "unit_kinds_mismatch", "[self_access]"),
    (MATTERS, "      - {instrument: law-a, article: 第三十八条, checked: mirror}\n", "      []\n", "basis_missing", "basis:"),
    (MATTERS, "instrument: law-a, article: 第三十八条", "instrument: law-z, article: 第三十八条",
     "instrument_unknown", "law-z"),
    (MATTERS, "kind: licence", "kind: marriage", "bad_choice", "kind: marriage"),
    # measures: without a basis, or on the wrong subject, unusable
    (MEASURES, RESTRAINT_BASIS, "", "basis_missing", "  - code: no_licence"),
    (MEASURES, RESTRAINT_BASIS, "    basis: []\n", "basis_missing", "basis: []"),
    (MEASURES, "{instrument: law-a, article: 第七十八条", "{instrument: law-z, article: 第七十八条",
     "instrument_unknown", "law-z"),
    (MEASURES, "{instrument: law-a, article: 第七十八条", "{instrument: order-old, article: 第七十八条", "basis_stale", ""),
    (MEASURES, "{instrument: law-a, article: 第七十八条", "{instrument: order-new, article: 第七十八条",
     "measure_basis_too_low", "basis:"),
    (
        MEASURES,
        RESTRAINT_BASIS,
        "    basis:\n      - {instrument: law-old, article: 第一条, checked: mirror}\n"
        "      - {instrument: order-new, article: 第一条, checked: mirror}\n",
        "measure_basis_too_low",
        "basis:",
    ),
    (PURPOSES, "{instrument: law-a, article: 第三十五条", "{instrument: law-old, article: 第三十五条", "basis_stale",
     "第三十五条"),
    (
        MEASURES,
        "    national_class: 1\n    basis:\n      - {instrument: law-a, ",
        "    national_class: 2\n    basis:\n      - {instrument: order-new, ",
        "ok",
        "",
    ),
    (MEASURES, "    kind: incentive\n", "    kind: incentive\n    national_class: 2\n", "national_class_unused",
     "national_class: 2"),
    (MEASURES, "    subjects: [organisation]\n", "    subjects: [person]\n", "subject_mismatch", "{item: market.prize}"),
    (MEASURES, "subjects: [person, organisation]\n    matters: [licence, tender]",
     "subjects: [person]\n    matters: [licence, tender]", "subject_mismatch", "[licence, tender]"),
    (MEASURES, "    kind: restraint\n    national_class: 1\n", "    kind: incentive\n", "incentive_by_breach", TRIGGER),
    (MEASURES, "    kind: incentive\n", "    kind: restraint\n    national_class: 2\n", "restraint_without_breach",
     "{item: market.prize}"),
    (MEASURES, "matters: [licence, tender]", "matters: [licence, nowhere]", "matter_unknown", "[licence, nowhere]"),
    (MEASURES, "item: market.penalty", "item: market.none", "item_unknown", "market.none"),
    (MEASURES, "classes: [serious]", "classes: [grave]", "class_unknown", "[grave]"),
    (MEASURES, "classes: [serious]", "classes: [serious, slight]", "minor_restrained", "[serious, slight]"),
    (MEASURES, TRIGGER, "{item: market.penalty, months: 12}", "minor_restrained", "{item: market.penalty, months: 12}"),
    (MEASURES, "months: 12", "months: 0", "bad_number", "months: 0"),
    (MEASURES, "matters: [licence, tender]", "matters: [licence, school_aid]", "basic_service_restrained",
     "[licence, school_aid]"),
    (MEASURES, "zh: 由审查人员核对后依法决定。", "zh: 限制子女就读高收费私立学校。", "education_restrained", "限制子女"),
    (MEASURES, "    effect: {zh: 由审查人员核对后依法决定。, en: A person compares and decides by law.}\n", "",
     "key_missing", "  - code: no_licence"),
]  # fmt: skip
