"""The article that each kind of request and complaint rests on."""

from __future__ import annotations

from goodfaith.law.basics import LegalBasis


def _pipl(article: str) -> LegalBasis:
    return LegalBasis(instrument="pipl-2021", article=article, checked="mirror")


REQUESTS: dict[str, LegalBasis] = {
    "copy": _pipl("第四十五条"),
    "deletion": _pipl("第四十七条"),
    "explanation": _pipl("第四十八条"),
    "automated": _pipl("第二十四条第三款"),
    "portability": _pipl("第四十五条第三款"),
}
COMPLAINTS = _pipl("第五十条")
"""All kinds of complaint: the handler's duty to take requests in and to give reasons."""
