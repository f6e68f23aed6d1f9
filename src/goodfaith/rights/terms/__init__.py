"""The remedy calculator (修复计算器): how grave a record is, when it ends, what ends it earlier, by whom.

Each rule class is one article's answer; :func:`terms_of` finds the one that governs a record. What the numbers are
stands in the packs. :mod:`.bulk` gives the same days for all records in one statement.
"""

from goodfaith.rights.terms.facts import Barred as Barred
from goodfaith.rights.terms.facts import Facts as Facts
from goodfaith.rights.terms.facts import Span as Span
from goodfaith.rights.terms.facts import Terms as Terms
from goodfaith.rights.terms.registry import RULES as RULES
from goodfaith.rights.terms.registry import rule_for as rule_for
from goodfaith.rights.terms.registry import terms_of as terms_of
from goodfaith.rights.terms.words import route_name as route_name
