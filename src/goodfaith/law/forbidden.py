"""What an entry of the vocabulary of forbidden things is, and how it is looked for in a text."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Forbidden:
    """One thing: what it is called in a finding (``thing``), its words, the boundary and the article."""

    code: str
    boundary: str
    thing: str
    zh: re.Pattern[str]
    en: re.Pattern[str]
    why: str
    person_only: bool = False
    people_alone: bool = False
    """Only in items about people and nobody else: the official forms for both kinds have such a column."""

    def applies_to(self, subjects: Collection[str]) -> bool:
        """Whether an item about these kinds of subject is asked for it."""
        if self.people_alone:
            return set(subjects) == {"person"}
        return "person" in subjects or not self.person_only

    def found_in(self, text: str) -> str | None:
        """The words of ``text`` that name the thing; None when it does not."""
        match = self.zh.search(text) or self.en.search(text)
        return match.group() if match else None


_DENIED = re.compile(
    r"(?:不得?|不再|未|禁止|不予)(?:采集|收集|归集|记录|收录|包括|包含|含有?|涉及|载入|登载|要求|收)[^。；;]*"
    r"|(?:never|not) (?:collect|record|includ|contain|hold)\w*[^.;]*|(?:excluding|without)\b[^.;]*",
    re.IGNORECASE,
)


def without_denials(text: str) -> str:
    """A description may say what is *not* recorded; that part names nothing."""
    return _DENIED.sub("", text)
