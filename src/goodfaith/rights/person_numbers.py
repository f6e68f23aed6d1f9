"""What must never be published: a person's number, wherever in a text it hides.

Stricter than the intake's look at open fields (:mod:`goodfaith.intake.checks.privacy`): here a number also counts
inside a longer one (a tax number made of an ID number), parted by spaces or dashes, full-width or in other digits.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from goodfaith.common.problems import Problem
from goodfaith.subjects.notation import normalise
from goodfaith.subjects.numbers import LENGTH, OLD_LENGTH, check_id_number

PROVINCES = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
"""The first two digits that an ID number can have (GB/T 2260; 83 for residents from Taiwan)."""
BETWEEN = re.compile(r"(?<=[0-9])[.,·•_/\\|:;*~、，。：；\s]+(?=[0-9X])")
RUN = re.compile(r"[0-9]{15,}X?")


def _digits(text: str) -> str:
    """The text in its one form, digits of other scripts in ASCII, what parts digits left out."""
    plain = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in normalise(text))
    return BETWEEN.sub("", plain)


def _candidates(text: str) -> Iterator[str]:
    for run in RUN.findall(_digits(text)):
        for size in (OLD_LENGTH, LENGTH):
            yield from (run[at : at + size] for at in range(len(run) - size + 1))


def holds_person_number(text: str) -> bool:
    """Whether a good ID number (18 characters, or the old 15) stands anywhere in the text."""
    return any(PROVINCES.match(one) and check_id_number(one) is None for one in _candidates(text))


def refuse_person_numbers(texts: Mapping[str, str | None]) -> None:
    """Problem ``person_number_in_public`` when one of the texts, by the name of its field, holds a person's number."""
    for name, text in texts.items():
        if text and holds_person_number(text):
            what = _("“%(field)s”中疑似含有公民身份号码，不能公开。") % {"field": name}
            raise Problem("person_number_in_public", what, _("请删去该字段后再发布；第三方凭记录编号查对。"))
